//! The parser's search: the best few ways through the transitions of a sentence, side by side.

use super::memo::{Memo, Scores};
use super::outlook::{List, Outlook};
use super::tag::Tag;
use super::transition::{NONE, Node, Place, State, States, TRANSITIONS, Transition};
use super::weights::Weights;
use super::word::{self, Word};

/// A sentence as the parser's features see it.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// The normal forms, then the root, then what stands for no token.
    words: Vec<u64>,
    tags: Vec<u64>,
    /// The tags, each with its word's class.
    kinds: Vec<u64>,
    /// Of each token the commas, verbs and conjunctions before it.
    before: Vec<[u16; 3]>,
    is_ornament: bool,
}

impl Sentence {
    pub fn new(words: &[Word], tags: &[Tag]) -> Sentence {
        let is_ornament = words.iter().all(|word| word.is_mark);
        let mut sentence = Sentence { is_ornament, ..Sentence::default() };
        let mut before = [0; 3];
        for (word, tag) in words.iter().zip(tags) {
            sentence.words.push(word.low);
            // A title before a name is no part of the name, and has too much in common with it to be told by words.
            let is_title = tag.is_proper() && word.class == word::TITLE;
            sentence.tags.push(if is_title { TITLE } else { *tag as u64 + FIRST_TAG });
            sentence.kinds.push(*tag as u64 + FIRST_TAG + (word.class << 16));
            sentence.before.push(before);
            before[0] += u16::from(matches!(tag, Tag::Comma | Tag::Colon));
            before[1] += u16::from(tag.is_verb() || *tag == Tag::Modal);
            before[2] += u16::from(*tag == Tag::Conjunction);
        }
        sentence.words.extend([11, 12]);
        sentence.tags.extend([ROOT, NOTHING]);
        sentence.kinds.extend([ROOT, NOTHING]);
        sentence.before.extend([before, before]);
        sentence
    }

    pub fn len(&self) -> usize {
        self.words.len() - 2
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Returns whether there is nothing but marks in it.
    pub fn is_ornament(&self) -> bool {
        self.is_ornament
    }

    #[inline]
    fn at(&self, token: Place) -> usize {
        (token as usize).min(self.words.len() - 1)
    }

    #[inline]
    pub fn word(&self, token: Place) -> u64 {
        self.words[self.at(token)]
    }

    #[inline]
    pub fn tag(&self, token: Place) -> u64 {
        self.tags[self.at(token)]
    }

    /// Returns a number for the tag: below [`Tag::ALL`]'s length, but for a title the next one, and then the root.
    pub fn index_of_tag(&self, token: Place) -> usize {
        match self.tag(token) {
            TITLE => Tag::ALL.len(),
            ROOT | NOTHING => Tag::ALL.len() + 1,
            tag => (tag - FIRST_TAG) as usize,
        }
    }

    /// The tag with the word's class.
    #[inline]
    pub fn kind(&self, token: Place) -> u64 {
        self.kinds[self.at(token)]
    }

    /// What stands between two tokens: whether commas, verbs, conjunctions.
    pub fn between(&self, left: Place, right: Place) -> u64 {
        if left == NONE || right == NONE {
            return 99;
        }
        let (from, to) = (self.before[self.at(left + 1)], self.before[self.at(right)]);
        let count = |kind: usize| u64::from(to[kind].saturating_sub(from[kind]).min(2));
        count(0) | count(1) << 2 | count(2) << 4
    }
}

/// What stands for tags in features.
const FIRST_TAG: u64 = 1000;
const TITLE: u64 = 1100;
const ROOT: u64 = 13;
const NOTHING: u64 = 14;

/// A way that has fallen behind the best by more than this hardly ever catches up; the largest weight is 127.
const MARGIN: f32 = 200.0;

/// A search for the best ways through a sentence, with the room that it takes; the next sentence uses it again.
#[derive(Clone, Debug, Default)]
pub struct Search {
    pub states: States,
    features: Vec<u32>,
    /// The sums of each list.
    memos: [Memo; List::ALL.len()],
    /// What the states of this step see, with their scores.
    views: Vec<(View, Scores)>,
    /// The transitions that they may take, the best first.
    candidates: Vec<Candidate>,
}

/// A transition that a state may take.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub state: u32,
    pub by: Transition,
    pub score: f32,
}

impl Search {
    /// Forgets the last sentence; returns the number of the next one's first state.
    pub fn start(&mut self, sentence: &Sentence) -> u32 {
        self.memos.iter_mut().for_each(Memo::forget);
        self.states.start(sentence.len())
    }

    /// Returns the head of each word in the best parse that is found with at most so many states side by side; the root
    /// is the number of words.
    pub fn find_heads(&mut self, sentence: &Sentence, weights: &impl Weights, width: usize) -> Vec<Place> {
        if sentence.is_empty() {
            return Vec::new();
        }
        let mut beam = vec![self.start(sentence)];
        for _ in 0..2 * sentence.len() {
            self.expand(sentence, weights, &beam, width);
            let least = self.candidates[0].score - MARGIN;
            let near = self.candidates.iter().take_while(|candidate| candidate.score >= least);
            beam.clear();
            beam.extend(near.map(|near| self.states.advance(near.state, near.by, near.score)));
        }
        self.states.heads(beam[0])
    }

    /// Returns the best transitions of the states of a beam, at most so many, the best first.
    pub fn expand(&mut self, sentence: &Sentence, weights: &impl Weights, beam: &[u32], width: usize) -> &[Candidate] {
        self.candidates.clear();
        self.views.clear();
        for &number in beam {
            let scores = self.scores(sentence, weights, number);
            let state = self.states.get(number);
            for (by, score) in TRANSITIONS.into_iter().zip(scores) {
                if self.states.allows(state, by) {
                    let candidate = Candidate { state: number, by, score: state.score + score };
                    enter(&mut self.candidates, candidate, width);
                }
            }
        }
        &self.candidates
    }

    /// Returns what each transition would add to a state's score; nothing when there is no choice.
    pub fn scores(&mut self, sentence: &Sentence, weights: &impl Weights, number: u32) -> Scores {
        let state = self.states.get(number);
        if !self.states.is_choice(state) {
            return [0.0; 3];
        }
        let stack = self.states.stack(state);
        let view = View::new(state, stack);
        if let Some((_, scores)) = self.views.iter().find(|(seen, _)| *seen == view) {
            return *scores;
        }
        let outlook = Outlook::new(sentence, state, stack);
        let features = &mut self.features;
        let mut scores = [0.0; 3];
        for (memo, list) in self.memos.iter_mut().zip(List::ALL) {
            let sum = memo.sum(outlook.key(list), || {
                let mut sum = [0.0; 3];
                features.clear();
                outlook.collect(list, features);
                weights.add(features, &mut sum);
                sum
            });
            (0..3).for_each(|by| scores[by] += sum[by]);
        }
        features.clear();
        outlook.collect_rest(features);
        weights.add(features, &mut scores);
        self.views.push((view, scores));
        scores
    }
}

/// Enters a candidate behind those that are as good, and drops the last one when there are more than so many.
fn enter(candidates: &mut Vec<Candidate>, candidate: Candidate, width: usize) {
    let place = candidates.iter().rposition(|other| other.score >= candidate.score).map_or(0, |at| at + 1);
    if place < width {
        candidates.truncate(width - 1);
        candidates.insert(place, candidate);
    }
}

/// Everything that a state's features are made of: two states that look alike have the same scores.
#[derive(Clone, Copy, Debug, PartialEq)]
struct View {
    stack: [Place; 3],
    depth: u32,
    /// The dependents of the top two of the stack and of the next one.
    dependents: [([Place; 2], [Place; 2], u8, u8); 3],
    front: Place,
}

impl View {
    fn new(state: &State, stack: [Node; 3]) -> View {
        let dependents = |node: Node| (node.left, node.right, node.lefts.min(3), node.rights.min(3));
        View {
            stack: stack.map(|node| node.token),
            depth: state.depth.min(3),
            dependents: [stack[0], stack[1], state.front].map(dependents),
            front: state.front.token,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::analysis::syntax::certain::{CertainRelations, CertainTags};
    use crate::analysis::syntax::english::ENGLISH;
    use crate::analysis::syntax::labeller::find_relations;
    use crate::analysis::syntax::parser::WIDTH;
    use crate::analysis::syntax::tagger::tag_sentence;

    /// Counts the features that are looked up.
    struct Counting<'a, W> {
        weights: W,
        count: &'a Cell<usize>,
    }

    impl<W: Weights> Weights for Counting<'_, W> {
        fn add(&self, features: &[u32], scores: &mut [f32]) {
            self.count.set(self.count.get() + features.len());
            self.weights.add(features, scores);
        }
    }

    /// Returns how many features are looked up to tag, parse and label a sentence.
    fn work(words: &str) -> usize {
        let count = &Cell::new(0);
        let words: Vec<Word> = words.split(' ').map(Word::new).collect();
        let tags = tag_sentence(&words, &Counting { weights: ENGLISH.tags, count }, CertainTags::NONE);
        let sentence = Sentence::new(&words, &tags);
        let heads = Search::default().find_heads(&sentence, &Counting { weights: ENGLISH.transitions, count }, WIDTH);
        find_relations(&sentence, &heads, &Counting { weights: ENGLISH.relations, count }, CertainRelations::NONE);
        count.get()
    }

    #[test]
    fn a_sentence_four_times_as_long_takes_four_times_the_work() {
        for words in ["the mayor , who said that Lee ,", "Lee and", "“ ( ,", "that he said", "of", "x"] {
            let (once, fourfold) = (work(&[words; 50].join(" ")), work(&[words; 200].join(" ")));
            assert!(fourfold <= 5 * once, "{words}: {once} and {fourfold}");
        }
    }
}
