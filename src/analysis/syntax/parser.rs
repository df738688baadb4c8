//! The parser: the tokens of a document to its parts of speech and its dependency trees.

use super::english::{ENGLISH, Model};
use super::labeller;
use super::relation::Relation;
use super::search::{Search, Sentence};
use super::tag::Tag;
use super::tagger;
use super::transition::Place;
use super::word::Word;
use crate::analysis::token::Token;

/// The parts of speech and the dependency trees of a document's tokens, one tree a sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parse {
    pub tags: Vec<Tag>,
    /// Of each token the token it depends on, as an index into the document's tokens; none for a sentence's root.
    pub heads: Vec<Option<usize>>,
    /// What each token is to its head.
    pub relations: Vec<Relation>,
    /// The dependents of all tokens, those of one together, in order.
    dependents: Vec<usize>,
    /// Where the dependents of a token begin.
    starts: Vec<usize>,
    /// The first and last token below each, itself included.
    reach: Vec<(usize, usize)>,
    /// The root of each sentence that has tokens, in order.
    roots: Vec<usize>,
}

/// Parts of speech and the tree of one sentence; the heads are indices into its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SentenceParse {
    pub tags: Vec<Tag>,
    pub heads: Vec<Option<usize>>,
    pub relations: Vec<Relation>,
}

/// Tags and parses the tokens of a document.
pub fn parse(text: &str, tokens: &[Token]) -> Parse {
    parse_while(text, tokens, &|| true).unwrap_or_default()
}

/// Tags and parses as long as `go_on` says so, which is asked every few thousand words: this is what takes long.
pub fn parse_while(text: &str, tokens: &[Token], go_on: &dyn Fn() -> bool) -> Option<Parse> {
    let mut parse = Parse::default();
    let mut search = Search::default();
    let mut sentences = tokens.chunk_by(|a, b| a.sentence == b.sentence).peekable();
    while sentences.peek().is_some() {
        let mut batch: Vec<Vec<Word>> = Vec::new();
        let mut words = 0;
        if !go_on() {
            return None;
        }
        while let Some(sentence) = sentences.next_if(|_| words < BATCH) {
            words += sentence.len();
            batch.push(sentence.iter().map(|token| Word::new(token.of(text))).collect());
        }
        let batch: Vec<&[Word]> = batch.iter().map(|words| &words[..]).collect();
        parse_batch(&batch, &ENGLISH, &mut search).into_iter().for_each(|found| parse.push(found));
    }
    parse.link();
    Some(parse)
}

/// Tags and parses one sentence, whatever its words are: a quotation may stand in it as one word.
pub fn parse_sentence(words: &[&str]) -> SentenceParse {
    let words: Vec<Word> = words.iter().map(|word| Word::new(word)).collect();
    parse_words(&words, &ENGLISH, &mut Search::default())
}

/// How many ways through a sentence are followed side by side, at most.
pub const WIDTH: usize = 8;

/// A longer sentence is parsed in pieces, so that its memory is bounded, and with one way alone; no sentence of prose
/// comes near.
const LONGEST: usize = 400;

/// So many words are tagged before they are parsed, and parsed before they are labelled: the processor holds one table
/// of weights at hand, not all three.
const BATCH: usize = 4000;

/// Tags and parses the words of one sentence with a model.
pub fn parse_words(words: &[Word], model: &Model, search: &mut Search) -> SentenceParse {
    parse_batch(&[words], model, search).pop().unwrap_or_default()
}

/// The words of a sentence that are parsed together, and their heads.
struct Piece {
    sentence: Sentence,
    heads: Vec<Place>,
}

/// Tags and parses some sentences with a model.
fn parse_batch(sentences: &[&[Word]], model: &Model, search: &mut Search) -> Vec<SentenceParse> {
    let tags: Vec<Vec<Tag>> =
        sentences.iter().map(|words| tagger::tag_sentence(words, &model.tags, model.certain_tags)).collect();
    let pieces: Vec<Vec<Piece>> =
        sentences.iter().zip(&tags).map(|(words, tags)| find_pieces(words, tags, model, search)).collect();
    tags.into_iter().zip(&pieces).map(|(tags, pieces)| label(tags, pieces, model)).collect()
}

fn find_pieces(words: &[Word], tags: &[Tag], model: &Model, search: &mut Search) -> Vec<Piece> {
    let width = if words.len() > LONGEST { 1 } else { WIDTH };
    let pieces = words.chunks(LONGEST).zip(tags.chunks(LONGEST)).map(|(words, tags)| {
        let sentence = Sentence::new(words, tags);
        let heads = match sentence.is_ornament() {
            true => hang_on_first(words.len()),
            false => search.find_heads(&sentence, &model.transitions, width),
        };
        Piece { sentence, heads }
    });
    pieces.collect()
}

/// Returns the heads of words that are nothing but marks: there is no tree to be found.
fn hang_on_first(words: usize) -> Vec<Place> {
    (0..words).map(|word| if word == 0 { words as Place } else { 0 }).collect()
}

/// Names the relations in the pieces of a sentence and joins them.
fn label(tags: Vec<Tag>, pieces: &[Piece], model: &Model) -> SentenceParse {
    let mut all = SentenceParse { tags, ..SentenceParse::default() };
    let mut root: Option<usize> = None;
    for Piece { sentence, heads } in pieces {
        let from = all.heads.len();
        let relations = match sentence.is_ornament() {
            true => heads.iter().map(|&head| if head == 0 { Relation::Punctuation } else { Relation::Root }).collect(),
            false => labeller::find_relations(sentence, heads, &model.relations, model.certain_relations),
        };
        for (&head, relation) in heads.iter().zip(relations) {
            let is_root = head as usize == sentence.len();
            // The roots of later pieces stand beside the first one.
            all.heads.push(if is_root { root } else { Some(from + head as usize) });
            all.relations.push(if is_root && root.is_some() { Relation::Parataxis } else { relation });
        }
        root = root.or_else(|| all.heads.iter().position(Option::is_none));
    }
    all
}

impl Parse {
    /// Returns the dependents of a token, in order.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.dependents[self.starts[token]..self.starts[token + 1]]
    }

    /// Returns the dependents of a token that stand in a relation to it, in order.
    pub fn children_by(&self, token: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        self.children(token).iter().copied().filter(move |&child| self.relations[child] == relation)
    }

    /// Returns the first dependent of a token that stands in a relation to it.
    pub fn child_by(&self, token: usize, relation: Relation) -> Option<usize> {
        self.children_by(token, relation).next()
    }

    /// Returns the tokens from the first to the last that depends on a token, directly or not, itself included.
    pub fn subtree(&self, token: usize) -> std::ops::Range<usize> {
        let (first, last) = self.reach[token];
        first..last + 1
    }

    /// Returns the heads of a token, from its own up to the root.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.heads[token], |&head| self.heads[head])
    }

    /// Adds the next sentence.
    fn push(&mut self, sentence: SentenceParse) {
        let from = self.tags.len();
        self.roots.extend(sentence.heads.iter().position(Option::is_none).map(|root| from + root));
        self.tags.extend(sentence.tags);
        self.heads.extend(sentence.heads.into_iter().map(|head| head.map(|head| from + head)));
        self.relations.extend(sentence.relations);
    }

    /// Fills what the navigation needs from the heads.
    fn link(&mut self) {
        let count = self.heads.len();
        self.starts = vec![0; count + 1];
        for head in self.heads.iter().flatten() {
            self.starts[head + 1] += 1;
        }
        for index in 1..=count {
            self.starts[index] += self.starts[index - 1];
        }
        let mut next = self.starts.clone();
        self.dependents = vec![0; self.heads.iter().flatten().count()];
        for (token, head) in self.heads.iter().enumerate() {
            if let Some(head) = *head {
                self.dependents[next[head]] = token;
                next[head] += 1;
            }
        }
        self.find_reach();
    }

    /// Every token comes after its head in a walk downward, so the walk backward ends each subtree before its head.
    fn find_reach(&mut self) {
        self.reach = (0..self.heads.len()).map(|token| (token, token)).collect();
        let mut order: Vec<usize> = self.roots.clone();
        let mut at = 0;
        while at < order.len() {
            order.extend_from_slice(&self.dependents[self.starts[order[at]]..self.starts[order[at] + 1]]);
            at += 1;
        }
        for &token in order.iter().rev() {
            if let Some(head) = self.heads[token] {
                let (first, last) = self.reach[token];
                let reach = &mut self.reach[head];
                *reach = (reach.0.min(first), reach.1.max(last));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::token::tokens;
    use crate::text::Span;

    fn read(text: &str) -> (Vec<Token>, Parse) {
        let tokens = tokens(text, &[Span::new(0, text.len())]);
        let parse = parse(text, &tokens);
        (tokens, parse)
    }

    /// Each arc is `dependent relation head`; the root has no head.
    #[track_caller]
    fn check(text: &str, arcs: &[&str]) {
        let (tokens, parse) = read(text);
        let word = |token: usize| tokens[token].of(text);
        let all: Vec<String> = (0..tokens.len())
            .map(|token| {
                let head = parse.heads[token].map_or(String::new(), |head| format!(" {}", word(head)));
                format!("{} {}{head}", word(token), parse.relations[token].word())
            })
            .collect();
        for arc in arcs {
            assert!(all.iter().any(|found| found == arc), "{arc} is not in {all:#?}");
        }
    }

    #[test]
    fn speakers_and_what_they_say() {
        check(
            "Mayor Lee said the bridge was safe.",
            &[
                "Lee nsubj said",
                "Mayor nmod:desc Lee",
                "said root",
                "safe ccomp said",
                "bridge nsubj safe",
                "was cop safe",
            ],
        );
        check(
            "The union, which represents 400 drivers, rejected the offer on Tuesday.",
            &["union nsubj rejected", "represents acl:relcl union", "offer obj rejected", "rejected root"],
        );
        check("The minister refused to sign the treaty.", &["sign xcomp refused", "treaty obj sign"]);
        check("The plan was criticised by the opposition.", &["plan nsubj:pass criticised", "was aux:pass criticised"]);
        check("They do not want war.", &["not advmod want", "They nsubj want", "war obj want", "do aux want"]);
    }

    #[test]
    fn navigation_follows_the_heads() {
        let (_, parse) = read("The two ministers did not agree.");
        assert_eq!(parse.roots, [5]);
        assert_eq!(parse.children(2), [0, 1]);
        assert_eq!(parse.subtree(2), 0..3);
        assert_eq!(parse.subtree(5), 0..7);
        assert_eq!(parse.child_by(5, Relation::NominalSubject), Some(2));
        assert_eq!(parse.ancestors(0).collect::<Vec<_>>(), [2, 5]);
    }

    #[test]
    fn a_sentence_without_end_is_parsed_in_pieces() {
        let text = "and the mayor said ".repeat(2000);
        let (tokens, parse) = read(&text);
        assert_eq!(parse.heads.iter().filter(|head| head.is_none()).count(), 1);
        assert_eq!(parse.subtree(parse.roots[0]), 0..tokens.len());
    }

    #[test]
    fn marks_alone_hang_on_the_first() {
        assert_eq!(read("“ — ; ”").1.heads, [None, Some(0), Some(0), Some(0)]);
        check("* * — $ $", &["— punct *"]);
    }

    #[test]
    fn no_words_no_tree() {
        assert_eq!(read("").1, Parse { starts: vec![0], ..Parse::default() });
        assert_eq!(parse_sentence(&[]), SentenceParse::default());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_sentence_is_one_tree(text in "([a-z]{1,6} |[A-Z][a-z]{1,6} |[,.“”0-9'-]|said |\\PC){0,80}") {
            let (tokens, parse) = read(&text);
            prop_assert_eq!(parse.heads.iter().filter(|head| head.is_none()).count(), usize::from(!tokens.is_empty()));
            for token in 0..tokens.len() {
                prop_assert!(parse.ancestors(token).take(tokens.len() + 1).count() <= tokens.len());
                prop_assert!(parse.heads[token].is_none() || parse.relations[token] != Relation::Root);
                prop_assert!(parse.children(token).iter().all(|&child| parse.heads[child] == Some(token)));
            }
            prop_assert!(parse.roots.first().is_none_or(|&root| parse.subtree(root) == (0..tokens.len())));
        }
    }
}
