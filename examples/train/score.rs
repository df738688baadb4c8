//! Scores of a model on treebanks: with the annotated tokens, and with the program's own tokens and sentences.

use std::collections::HashMap;
use std::time::Instant;

use demarche::analysis::syntax::english::Model;
use demarche::analysis::syntax::parser::parse_words;
use demarche::analysis::syntax::search::Search;
use demarche::analysis::syntax::word::Word;
use demarche::analysis::{Relation, Token, tokens};
use demarche::document::sentence;

use super::parsing::percent;
use super::treebank::{Article, Tree};

/// What was right, of how many words; attachment leaves punctuation out.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    words: usize,
    tags: usize,
    attached: usize,
    labelled: usize,
    attachable: usize,
}

impl Counts {
    fn line(&self) -> String {
        let [tags, attached, labelled] = [
            percent(self.tags, self.words),
            percent(self.attached, self.attachable),
            percent(self.labelled, self.attachable),
        ];
        format!("xpos {tags:.2} UAS {attached:.2} LAS {labelled:.2}")
    }
}

/// Returns a line with the scores of the annotated tokens.
pub fn score_annotated(articles: &[Article], model: &Model) -> String {
    let mut counts = Counts::default();
    let mut search = Search::default();
    let trees: Vec<&Tree> = articles.iter().flat_map(|article| &article.trees).collect();
    let start = Instant::now();
    for tree in &trees {
        let words: Vec<Word> = tree.words.iter().map(|word| Word::new(word)).collect();
        let parse = parse_words(&words, model, &mut search);
        for token in 0..words.len() {
            counts.words += 1;
            counts.tags += usize::from(parse.tags[token] == tree.tags[token]);
            if tree.relations[token] == Relation::Punctuation {
                continue;
            }
            let head = parse.heads[token].map_or(words.len() as u32, |head| head as u32);
            let is_attached = head == tree.heads[token];
            counts.attachable += 1;
            counts.attached += usize::from(is_attached);
            counts.labelled += usize::from(is_attached && parse.relations[token] == tree.relations[token]);
        }
    }
    let speed = counts.words as f64 / start.elapsed().as_secs_f64();
    format!("annotated tokens: {}, {:.0} tokens/s", counts.line(), speed)
}

/// Returns a line with the scores of the program's own tokens and sentences; a word that is no token of the program
/// counts as wrong.
pub fn score_own(articles: &[Article], model: &Model) -> String {
    let mut counts = Counts::default();
    let mut search = Search::default();
    let (mut shared, mut own) = (0, 0);
    for article in articles {
        let sentences: Vec<_> =
            article.paragraphs.iter().flat_map(|paragraph| sentence::split(&article.text, *paragraph)).collect();
        let tokens = tokens(&article.text, &sentences);
        own += tokens.len();
        let mut found = HashMap::new();
        for sentence in tokens.chunk_by(|a, b| a.sentence == b.sentence) {
            read_sentence(sentence, &article.text, model, &mut search, &mut found);
        }
        for tree in &article.trees {
            for (token, span) in tree.spans.iter().enumerate() {
                counts.words += 1;
                let is_punctuation = tree.relations[token] == Relation::Punctuation;
                counts.attachable += usize::from(!is_punctuation);
                let Some(&(tag, head, relation)) = found.get(&(span.start, span.end)) else { continue };
                shared += 1;
                counts.tags += usize::from(tag == tree.tags[token]);
                let right = tree.spans.get(tree.heads[token] as usize).map(|span| (span.start, span.end));
                if !is_punctuation && head == right {
                    counts.attached += 1;
                    counts.labelled += usize::from(relation == tree.relations[token]);
                }
            }
        }
    }
    let token_f1 = 2.0 * shared as f64 / (own + counts.words) as f64 * 100.0;
    format!("own tokens: token F1 {token_f1:.2} {}", counts.line())
}

type Place = (usize, usize);
type Found = HashMap<Place, (demarche::analysis::Tag, Option<Place>, Relation)>;

fn read_sentence(tokens: &[Token], text: &str, model: &Model, search: &mut Search, found: &mut Found) {
    let words: Vec<Word> = tokens.iter().map(|token| Word::new(token.of(text))).collect();
    let parse = parse_words(&words, model, search);
    let place = |index: usize| (tokens[index].span.start, tokens[index].span.end);
    for index in 0..tokens.len() {
        found.insert(place(index), (parse.tags[index], parse.heads[index].map(place), parse.relations[index]));
    }
}
