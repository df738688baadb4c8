//! The tagger: parts of speech from left to right, each seeing the two before it.

use super::certain::CertainTags;
use super::features::Features;
use super::tag::Tag;
use super::weights::{self, Weights};
use super::word::Word;

/// Returns the part of speech of each word of a sentence.
pub fn tag_sentence(words: &[Word], weights: &impl Weights, certain: CertainTags) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::with_capacity(words.len());
    let mut features = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(tag) = certain.tag(word) {
            tags.push(tag);
            continue;
        }
        let before = [1, 2].map(|back| at.checked_sub(back).map(|index| tags[index]));
        collect_features(words, at, before, &mut features);
        let mut scores = [0.0; Tag::ALL.len()];
        weights.add(&features, &mut scores);
        tags.push(Tag::of_index(weights::best(&scores)));
    }
    tags
}

/// How far back a word's class is still felt: "said at a briefing that …".
const NEAR: usize = 8;

/// Writes the features of the word at an index, given the tags of the last word and the one before it.
pub fn collect_features(words: &[Word], at: usize, before: [Option<Tag>; 2], features: &mut Vec<u32>) {
    let word = |offset: isize| at.checked_add_signed(offset).and_then(|index| words.get(index)).unwrap_or(&Word::EDGE);
    let [last, second] = before.map(|tag| tag.map_or(90, |tag| tag as u64) + 100);
    let (me, prev, next) = (word(0), word(-1), word(1));
    let first = u64::from(at == 0);
    let features = &mut Features::new(features, None);
    features.add(&[1]);
    features.add(&[me.low]);
    features.add(&[me.form, first]);
    for end in me.ends {
        features.add(&[end]);
    }
    features.add(&[me.starts[0]]);
    features.add(&[me.starts[1]]);
    features.add(&[me.shape, first]);
    features.add(&[me.shape, me.ends[2]]);
    features.add(&[me.starts[1], me.ends[1]]);
    features.add(&[prev.low]);
    features.add(&[word(-2).low]);
    features.add(&[next.low]);
    features.add(&[word(2).low]);
    features.add(&[prev.ends[2]]);
    features.add(&[next.ends[2]]);
    features.add(&[next.ends[1], me.ends[2]]);
    features.add(&[prev.shape, me.shape]);
    features.add(&[next.shape, me.shape]);
    features.add(&[prev.shape, me.shape, next.shape]);
    features.add(&[last]);
    features.add(&[second]);
    features.add(&[last, second]);
    features.add(&[last, me.low]);
    features.add(&[last, second, me.low]);
    features.add(&[last, me.ends[2]]);
    features.add(&[last, me.shape, first]);
    features.add(&[last, next.low]);
    features.add(&[last, next.ends[2]]);
    features.add(&[last, me.ends[1], next.ends[1]]);
    features.add(&[prev.low, me.low]);
    features.add(&[me.low, next.low]);
    features.add(&[prev.low, next.low]);
    features.add(&[next.low, word(2).low]);
    features.add(&[word(-2).low, prev.low]);
    features.add(&[me.low, next.ends[2]]);
    features.add(&[me.low, word(2).ends[1]]);
    // words that behave alike
    features.add(&[prev.class, me.low]);
    features.add(&[prev.class, me.ends[2]]);
    features.add(&[word(-2).class, prev.low]);
    features.add(&[word(-2).class, prev.low, me.ends[2]]);
    features.add(&[next.class, me.low]);
    features.add(&[me.class, me.ends[1], last]);
    let near = &words[at.saturating_sub(NEAR)..at];
    let classes = near.iter().fold(0, |seen, word| seen | 1 << word.class);
    features.add(&[classes, me.low]);
    features.add(&[classes, me.low, next.ends[1]]);
}
