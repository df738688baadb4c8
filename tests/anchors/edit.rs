//! Fifteen ways in which a published article changes, made on purpose, with the new place of every character known.

use std::ops::Range;

use demarche::document::Document;
use fastrand::Rng;
use unicode_normalization::UnicodeNormalization;

/// A character, and which character of the first version it was; `None` for a new one.
pub type Tracked = (char, Option<usize>);

/// An article in paragraphs of sentences, each character with its origin.
#[derive(Clone)]
pub struct Article {
    pub paragraphs: Vec<Vec<Vec<Tracked>>>,
}

/// What an editor does to an article between two visits of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Edit {
    Identity,
    ParagraphInserted,
    ParagraphDeleted,
    SentenceInserted,
    SentenceDeleted,
    WordsEdited,
    TyposFixed,
    QuotesAndDashes,
    WhiteSpace,
    Reordered,
    LeadRewritten,
    LookAlike,
    SplitAndMerged,
    NameStyle,
    AllAtOnce,
}

impl Edit {
    pub const ALL: [Edit; 15] = [
        Edit::Identity,
        Edit::ParagraphInserted,
        Edit::ParagraphDeleted,
        Edit::SentenceInserted,
        Edit::SentenceDeleted,
        Edit::WordsEdited,
        Edit::TyposFixed,
        Edit::QuotesAndDashes,
        Edit::WhiteSpace,
        Edit::Reordered,
        Edit::LeadRewritten,
        Edit::LookAlike,
        Edit::SplitAndMerged,
        Edit::NameStyle,
        Edit::AllAtOnce,
    ];

    /// Returns the article after the edit; what is put in comes from another article.
    pub fn apply(self, article: &Article, other: &Article, rng: &mut Rng) -> Vec<Tracked> {
        let mut article = article.clone();
        match self {
            Edit::Identity | Edit::QuotesAndDashes | Edit::WhiteSpace => {}
            Edit::ParagraphInserted => article.insert_paragraph(other, rng),
            Edit::ParagraphDeleted => article.delete_paragraph(rng),
            Edit::SentenceInserted => article.insert_sentences(other, rng),
            Edit::SentenceDeleted => article.delete_sentences(rng),
            Edit::WordsEdited => article.edit_words(other, 0.06, rng),
            Edit::TyposFixed => article.fix_typos(0.05, rng),
            Edit::Reordered => rng.shuffle(&mut article.paragraphs),
            Edit::LeadRewritten => article.rewrite_lead(other, rng),
            Edit::LookAlike => article.put_look_alikes(other, rng),
            Edit::SplitAndMerged => article.split_and_merge(),
            Edit::NameStyle => article.drop_titles(),
            Edit::AllAtOnce => article.everything(other, rng),
        }
        match self {
            Edit::QuotesAndDashes => restyle(&article.flat()),
            Edit::WhiteSpace => rewrap(&article.flat()),
            Edit::AllAtOnce => rewrap(&restyle(&article.flat())),
            _ => article.flat(),
        }
    }
}

impl Article {
    pub fn of(text: &str) -> Article {
        let document = Document::read("article.txt", text.as_bytes().to_vec(), None);
        let text = &*document.text;
        let tracked = |span: demarche::text::Span| {
            let first = text[..span.start].chars().count();
            span.of(text).trim_end().chars().enumerate().map(|(at, c)| (c, Some(first + at))).collect()
        };
        let sentences = |block| document.sentences_in(block).iter().map(|&span| tracked(span)).collect::<Vec<_>>();
        let paragraphs = (0..document.blocks.len()).map(sentences).filter(|sentences| !sentences.is_empty());
        Article { paragraphs: paragraphs.collect() }
    }

    /// Returns the text as one row of characters: a space between sentences, an empty line between paragraphs.
    pub fn flat(&self) -> Vec<Tracked> {
        let mut flat: Vec<Tracked> = Vec::new();
        for (nth, paragraph) in self.paragraphs.iter().enumerate() {
            if nth > 0 {
                flat.extend([('\n', None), ('\n', None)]);
            }
            for (nth, sentence) in paragraph.iter().enumerate() {
                if nth > 0 {
                    flat.push((' ', None));
                }
                flat.extend(sentence);
            }
        }
        flat.push(('\n', None));
        flat
    }

    fn sentence(&self, rng: &mut Rng) -> (usize, usize) {
        let paragraph = rng.usize(..self.paragraphs.len());
        (paragraph, rng.usize(..self.paragraphs[paragraph].len()))
    }

    /// Returns a sentence of this article as new words for another.
    fn lent(&self, rng: &mut Rng) -> Vec<Tracked> {
        let (paragraph, sentence) = self.sentence(rng);
        self.paragraphs[paragraph][sentence].iter().map(|&(c, _)| (c, None)).collect()
    }

    fn insert_paragraph(&mut self, other: &Article, rng: &mut Rng) {
        let paragraph = (0..3).map(|_| other.lent(rng)).collect();
        let at = rng.usize(..=self.paragraphs.len());
        self.paragraphs.insert(at, paragraph);
    }

    fn delete_paragraph(&mut self, rng: &mut Rng) {
        for _ in 0..2 {
            let at = rng.usize(..self.paragraphs.len());
            self.paragraphs.remove(at);
        }
    }

    fn insert_sentences(&mut self, other: &Article, rng: &mut Rng) {
        for _ in 0..3 {
            let (paragraph, sentence) = self.sentence(rng);
            self.paragraphs[paragraph].insert(sentence, other.lent(rng));
        }
    }

    fn delete_sentences(&mut self, rng: &mut Rng) {
        for _ in 0..4 {
            let (paragraph, sentence) = self.sentence(rng);
            self.paragraphs[paragraph].remove(sentence);
            self.paragraphs.retain(|paragraph| !paragraph.is_empty());
        }
    }

    fn edit_words(&mut self, other: &Article, share: f64, rng: &mut Rng) {
        for sentence in self.paragraphs.iter_mut().flatten() {
            *sentence = with_other_words(sentence, other, share, rng);
        }
    }

    fn fix_typos(&mut self, share: f64, rng: &mut Rng) {
        for sentence in self.paragraphs.iter_mut().flatten() {
            for word in words(sentence) {
                if word.len() > 3 && rng.f64() < share {
                    let at = word.start + 1 + rng.usize(..word.len() - 2);
                    sentence[at] = (rng.lowercase(), None);
                }
            }
        }
    }

    fn rewrite_lead(&mut self, other: &Article, rng: &mut Rng) {
        for paragraph in self.paragraphs.iter_mut().take(2) {
            for sentence in paragraph {
                *sentence = with_other_words(sentence, other, 0.6, rng);
            }
        }
    }

    /// Takes sentences out and puts others of the same pattern elsewhere.
    fn put_look_alikes(&mut self, other: &Article, rng: &mut Rng) {
        for _ in 0..3 {
            let (from, nth) = self.sentence(rng);
            let gone = self.paragraphs[from].remove(nth);
            let alike: Vec<Tracked> = gone.iter().map(|&(c, _)| (c, None)).collect();
            self.paragraphs.retain(|paragraph| !paragraph.is_empty());
            let far = |&to: &usize| to.abs_diff(from) > 2;
            let to = rng.choice((0..self.paragraphs.len()).filter(far).collect::<Vec<_>>()).unwrap_or(0);
            let nth = rng.usize(..self.paragraphs[to].len());
            self.paragraphs[to].insert(nth, with_other_words(&alike, other, 0.35, rng));
        }
    }

    /// Parts sentences at ", and " and joins short neighbours.
    fn split_and_merge(&mut self) {
        for paragraph in &mut self.paragraphs {
            let mut sentences: Vec<Vec<Tracked>> = Vec::new();
            for sentence in std::mem::take(paragraph) {
                if let Some((first, second)) = part(&sentence) {
                    sentences.extend([first, second]);
                    continue;
                }
                match sentences.last_mut().filter(|last| last.len() < 60 && last[last.len() - 1].0 == '.') {
                    Some(last) => {
                        last.pop();
                        last.extend("; ".chars().map(|c| (c, None)));
                        last.extend(sentence);
                    }
                    None => sentences.push(sentence),
                }
            }
            *paragraph = sentences;
        }
    }

    /// "Mr. Lee" becomes "Lee".
    fn drop_titles(&mut self) {
        for sentence in self.paragraphs.iter_mut().flatten() {
            for title in ["Mr. ", "Ms. ", "Mrs. ", "Dr. ", "Mr ", "Ms ", "Mrs ", "Dr "] {
                let title: Vec<char> = title.chars().collect();
                let holds = |at: usize, s: &[Tracked]| title.iter().zip(&s[at..]).all(|(t, (c, _))| t == c);
                let mut at = 0;
                while at + title.len() <= sentence.len() {
                    if holds(at, sentence) && (at == 0 || !sentence[at - 1].0.is_alphanumeric()) {
                        sentence.drain(at..at + title.len());
                    } else {
                        at += 1;
                    }
                }
            }
        }
    }

    fn everything(&mut self, other: &Article, rng: &mut Rng) {
        self.insert_paragraph(other, rng);
        self.delete_paragraph(rng);
        self.insert_sentences(other, rng);
        self.delete_sentences(rng);
        self.drop_titles();
        self.edit_words(other, 0.06, rng);
        self.fix_typos(0.05, rng);
        let (a, b) = (rng.usize(..self.paragraphs.len()), rng.usize(..self.paragraphs.len()));
        self.paragraphs.swap(a, b);
    }
}

/// Returns the words of a sentence as ranges of its characters.
pub fn words(sentence: &[Tracked]) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, (c, _)) in sentence.iter().enumerate() {
        if c.is_alphanumeric() {
            match words.last_mut().filter(|word| word.end == at) {
                Some(word) => word.end += 1,
                None => words.push(at..at + 1),
            }
        }
    }
    words
}

/// Returns a sentence with a share of its words exchanged for words of another article.
fn with_other_words(sentence: &[Tracked], other: &Article, share: f64, rng: &mut Rng) -> Vec<Tracked> {
    let (mut edited, mut from) = (Vec::new(), 0);
    let words_of_it = words(sentence);
    let mut chosen = vec![false; words_of_it.len()];
    let exact = (words_of_it.len() as f64 * share + rng.f64()) as usize;
    chosen.iter_mut().take(exact).for_each(|chosen| *chosen = true);
    rng.shuffle(&mut chosen);
    for (word, chosen) in words_of_it.into_iter().zip(chosen) {
        if chosen {
            let lender = other.lent(rng);
            let Some(lent) = rng.choice(words(&lender)) else { continue };
            edited.extend(&sentence[from..word.start]);
            edited.extend(&lender[lent]);
            from = word.end;
        }
    }
    edited.extend(&sentence[from..]);
    edited
}

/// Parts a sentence at its first ", and ".
fn part(sentence: &[Tracked]) -> Option<(Vec<Tracked>, Vec<Tracked>)> {
    let joint: Vec<char> = ", and ".chars().collect();
    let at = sentence.windows(joint.len()).position(|window| window.iter().zip(&joint).all(|((c, _), j)| c == j))?;
    let mut first = sentence[..at].to_vec();
    first.push(('.', None));
    let mut second = sentence[at + joint.len()..].to_vec();
    let (c, origin) = *second.first()?;
    second[0] = (c.to_uppercase().next().unwrap_or(c), origin);
    Some((first, second))
}

/// Straight marks for curly ones and the other way round, hyphens for dashes.
fn restyle(text: &[Tracked]) -> Vec<Tracked> {
    let mut restyled = Vec::new();
    for &(c, origin) in text {
        let to: &[char] = match c {
            '“' | '”' => &['"'],
            '‘' | '’' => &['\''],
            '"' => &['”'],
            '\'' => &['’'],
            '—' => &[' ', '-', ' '],
            '–' => &['-'],
            '…' => &['.', '.', '.'],
            _ => &[c],
        };
        restyled.extend(to.iter().map(|&to| (to, origin)));
    }
    restyled
}

/// Lines of 64 columns, two spaces after a full stop, letters and their accents apart.
fn rewrap(text: &[Tracked]) -> Vec<Tracked> {
    let (mut wrapped, mut column): (Vec<Tracked>, usize) = (Vec::new(), 0);
    for (at, &(c, origin)) in text.iter().enumerate() {
        let next = text[at + 1..].iter().position(|(c, _)| c.is_whitespace()).unwrap_or(0);
        match c {
            ' ' if column + next > 64 => {
                wrapped.push(('\n', origin));
                column = 0;
                continue;
            }
            ' ' if wrapped.last().is_some_and(|&(c, _)| c == '.') => wrapped.extend([(' ', None), (' ', origin)]),
            _ => wrapped.extend(std::iter::once(c).nfd().map(|c| (c, origin))),
        }
        column = if c == '\n' { 0 } else { column + 1 };
    }
    wrapped
}
