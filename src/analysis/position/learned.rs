//! How sure a finding is after all: what its rule promises, corrected by what was learned from articles marked by hand.

use crate::analysis::judge::{BASE, PRIOR, Sum, log_odds, share};

use super::confidence::Confidence;
use super::features::{Aspect, Seen};

/// Takes the share of findings like it that are right, with a reason for each aspect that counts.
pub fn correct(seen: &Seen, promised: Confidence) -> Confidence {
    let table = &seen.sources.judge.confidence;
    let mut sum = Sum::of(table);
    sum.total = table.weight(PRIOR) * log_odds(promised.value) + table.weight(BASE);
    let mut confidence = promised;
    for aspect in Aspect::ALL {
        seen.tell_of(aspect, &mut sum);
        let value = share(sum.total);
        let counts = (value - confidence.value).abs() >= LEAST || aspect == Aspect::Place;
        if counts {
            confidence.reach(value, what(aspect));
        }
    }
    confidence
}

/// What moves a confidence less is told together with what comes next.
const LEAST: f32 = 0.005;

fn what(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Rule => "how often such findings were right",
        Aspect::Cue => "how often they were with such a cue",
        Aspect::Source => "with such a source",
        Aspect::Content => "with such a content",
        Aspect::Place => "in such a place of the text",
    }
}
