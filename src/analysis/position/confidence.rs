//! How sure a finding is: by its rule, the verb, how much is said, and whether anybody known stands behind it.
//!
//! The numbers are how often such findings were right in news text, rounded; they order findings and promise no more.

use crate::analysis::Act;
use crate::analysis::attribution::Attribution;
use crate::analysis::model::{ActorId, Quote};

use super::Sources;

/// Returns a number from 0 to 1.
pub fn of(sources: &Sources, attribution: &Attribution, actors: &[ActorId], quote: Quote) -> f32 {
    let weak = if attribution.weak { 0.8 } else { 1.0 };
    finding(sources, attribution, quote) * weak * holder(sources, attribution, actors)
}

fn finding(sources: &Sources, attribution: &Attribution, quote: Quote) -> f32 {
    let tree = sources.tree;
    let words = attribution.content.iter().flat_map(|run| run.clone()).filter(|&at| !tree.is_punctuation(at)).count();
    match (attribution.rule, attribution.act) {
        ("direct-speech", _) => by_length(words, [0.8, 0.93, 0.97]),
        ("clause", act) => {
            let plain = sources.cues.lists.plain_verbs.contains(tree.lemma(attribution.anchor));
            let says_that = attribution.content.first().is_some_and(|run| tree.is(run.start, "that"));
            let base = match act {
                Act::Withholds => 0.88,
                _ if plain => 0.88,
                _ => 0.79,
            };
            let quoted = if quote == Quote::Indirect { 0.0 } else { 0.03 };
            by_length(words, [base - 0.1, base - 0.04, base]) + quoted + if says_that { 0.02 } else { 0.0 }
        }
        ("verbless", _) => 0.9,
        ("phrase", _) => 0.86,
        ("inserted", _) => by_length(words, [0.7, 0.8, 0.84]),
        ("infinitive", Act::Withholds) => 0.86,
        ("preposition-infinitive", _) | ("withheld", _) => 0.8,
        ("judgement", _) | ("preposition", Act::Accuses) => 0.78,
        ("infinitive" | "object-infinitive", _) => 0.72,
        ("preposition" | "passive", _) => 0.68,
        ("adjective" | "light-verb" | "comment" | "object", _) => 0.65,
        _ => 0.62,
    }
}

/// Picks by how much is said: hardly anything, a short clause, more.
fn by_length(words: usize, [least, short, full]: [f32; 3]) -> f32 {
    match words {
        0..6 => least,
        6..9 => short,
        _ => full,
    }
}

fn holder(sources: &Sources, attribution: &Attribution, actors: &[ActorId]) -> f32 {
    let tree = sources.tree;
    let Some(source) = &attribution.source else { return 0.5 };
    match (actors.is_empty(), tree.tag(source.head).is_pronoun()) {
        _ if tree.tag(source.run.start).is_wh() && source.run.len() == 1 => 0.72,
        (false, false) => 1.0,
        (false, true) => 0.93,
        (true, true) => 0.75,
        (true, false) => 0.85,
    }
}
