//! The parser's search: the best few ways through the transitions of a sentence, side by side.

use super::outlook::collect_features;
use super::tag::Tag;
use super::transition::{NONE, Place, States, TRANSITIONS, Transition};
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
}

impl Sentence {
    pub fn new(words: &[Word], tags: &[Tag]) -> Sentence {
        let mut sentence = Sentence::default();
        let mut before = [0; 3];
        for (word, tag) in words.iter().zip(tags) {
            sentence.words.push(word.low);
            // A title before a name is no part of the name, and has too much in common with it to be told by words.
            let is_title = tag.is_proper() && word.class == word::TITLE;
            sentence.tags.push(if is_title { 1100 } else { *tag as u64 + 1000 });
            sentence.kinds.push(*tag as u64 + 1000 + (word.class << 16));
            sentence.before.push(before);
            before[0] += u16::from(matches!(tag, Tag::Comma | Tag::Colon));
            before[1] += u16::from(tag.is_verb() || *tag == Tag::Modal);
            before[2] += u16::from(*tag == Tag::Conjunction);
        }
        sentence.words.extend([11, 12]);
        sentence.tags.extend([13, 14]);
        sentence.kinds.extend([13, 14]);
        sentence.before.extend([before, before]);
        sentence
    }

    pub fn len(&self) -> usize {
        self.words.len() - 2
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
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

/// A way that has fallen behind the best by more than this hardly ever catches up; the largest weight is 127.
const MARGIN: f32 = 200.0;

/// Finds the best parse with at most so many states side by side; returns the head of each word, the root being the number
/// of words.
pub fn find_heads(sentence: &Sentence, weights: &impl Weights, width: usize, states: &mut States) -> Vec<Place> {
    if sentence.is_empty() {
        return Vec::new();
    }
    let mut beam = vec![states.start(sentence.len())];
    let mut candidates = Vec::new();
    let mut features = Vec::new();
    for _ in 0..2 * sentence.len() {
        expand(sentence, weights, states, &beam, &mut features, &mut candidates);
        let least = candidates[0].score - MARGIN;
        let near = candidates.iter().take(width).take_while(|candidate| candidate.score >= least).count();
        candidates.truncate(near);
        beam.clear();
        beam.extend(candidates.iter().map(|c| states.advance(c.state, c.by, c.score)));
    }
    states.heads(beam[0])
}

/// A transition that a state may take.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub state: u32,
    pub by: Transition,
    pub score: f32,
}

/// Writes every transition of the states of a beam, the best first.
pub fn expand(
    sentence: &Sentence,
    weights: &impl Weights,
    states: &States,
    beam: &[u32],
    features: &mut Vec<u32>,
    candidates: &mut Vec<Candidate>,
) {
    candidates.clear();
    for &number in beam {
        let state = states.get(number);
        let mut scores = [0.0; 3];
        if states.is_choice(state) {
            collect_features(sentence, state, states.stack(state), features);
            weights.add(features, &mut scores);
        }
        for (transition, score) in TRANSITIONS.into_iter().zip(scores) {
            if states.allows(state, transition) {
                candidates.push(Candidate { state: number, by: transition, score: state.score + score });
            }
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
}
