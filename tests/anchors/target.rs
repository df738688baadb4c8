//! What a reader marks: seven kinds of target, chosen by chance.

use demarche::document::Document;
use demarche::text::Span;
use fastrand::Rng;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Word,
    /// Words that stand more than once in the article.
    Repeated,
    Phrase,
    Clause,
    Sentence,
    TwoSentences,
    Paragraph,
}

impl Kind {
    pub const ALL: [Kind; 7] =
        [Kind::Word, Kind::Repeated, Kind::Phrase, Kind::Clause, Kind::Sentence, Kind::TwoSentences, Kind::Paragraph];

    /// Returns the span of some target of this kind, when the article has one.
    pub fn choose(self, document: &Document, rng: &mut Rng) -> Option<Span> {
        let text = &document.text;
        let block = rng.usize(..document.blocks.len());
        let sentences = document.sentences_in(block);
        let nth = rng.usize(..sentences.len().max(1));
        let sentence = sentences.get(nth)?.trim(text);
        match self {
            Kind::Word => some_words(text, sentence, 1..=1, rng).filter(|word| word.of(text).len() > 3),
            Kind::Repeated => (0..20).find_map(|_| {
                let length = 1 + rng.usize(..2);
                some_words(text, sentence, length..=length, rng)
                    .filter(|words| words.of(text).len() > 3 && text.matches(words.of(text)).count() > 1)
            }),
            Kind::Phrase => some_words(text, sentence, 2..=4, rng),
            Kind::Clause => {
                let clauses = sentence.of(text).split_inclusive([',', ';', ':']);
                let mut from = sentence.start;
                let spans = clauses.map(|clause| {
                    from += clause.len();
                    Span::new(from - clause.len(), from).trim(text)
                });
                rng.choice(spans.filter(|clause| clause.of(text).split(' ').count() > 3).collect::<Vec<_>>())
            }
            Kind::Sentence => Some(sentence),
            Kind::TwoSentences => sentences.get(nth + 1).map(|next| Span::new(sentence.start, next.trim(text).end)),
            Kind::Paragraph => Some(document.blocks[block].span.trim(text)),
        }
    }
}

/// Returns a run of so many words of a sentence.
fn some_words(text: &str, sentence: Span, many: std::ops::RangeInclusive<usize>, rng: &mut Rng) -> Option<Span> {
    let mut words: Vec<Span> = Vec::new();
    for (at, c) in sentence.of(text).char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        let (at, end) = (sentence.start + at, sentence.start + at + c.len_utf8());
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = end,
            None => words.push(Span::new(at, end)),
        }
    }
    let many = rng.usize(many);
    let first = rng.usize(..(words.len() + 1).checked_sub(many).filter(|&starts| starts > 0)?);
    Some(words[first].join(words[first + many - 1]))
}
