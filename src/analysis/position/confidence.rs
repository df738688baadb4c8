//! How sure a finding is: by its rule, the verb, how much is said, and whether anybody known stands behind it.
//!
//! The numbers are how often such findings were right in news text, rounded; they order findings and promise no more.
//! Each step is kept with its reason, so that whoever asks why a position is there can be told.

use crate::analysis::Act;
use crate::analysis::attribution::Attribution;
use crate::analysis::model::{ActorId, Quote, Reason};

use super::Sources;

/// A number from 0 to 1 with the reasons that lead to it.
pub struct Confidence {
    pub value: f32,
    pub reasons: Vec<Reason>,
}

/// Returns how sure a finding is.
pub fn of(sources: &Sources, attribution: &Attribution, actors: &[ActorId], quote: Quote) -> Confidence {
    let mut confidence = finding(sources, attribution, quote);
    confidence.times(if attribution.weak { 0.8 } else { 1.0 }, "its cue often means something else");
    let (factor, what) = holder(sources, attribution, actors);
    confidence.times(factor, what);
    confidence
}

impl Confidence {
    fn new(value: f32, what: &'static str) -> Confidence {
        Confidence { value, reasons: vec![Reason { what, amount: value }] }
    }

    /// Goes on to another value, for a reason.
    pub fn reach(&mut self, value: f32, what: &'static str) {
        if value != self.value {
            self.reasons.push(Reason { what, amount: value - self.value });
            self.value = value;
        }
    }

    fn times(&mut self, factor: f32, what: &'static str) {
        self.reach(self.value * factor, what);
    }

    /// Takes the value for how much is said: hardly anything, a short clause, more.
    fn by_length(mut self, words: usize, [least, short]: [f32; 2]) -> Confidence {
        match words {
            0..6 => self.reach(least, "hardly anything is said"),
            6..9 => self.reach(short, "little is said"),
            _ => {}
        }
        self
    }
}

fn finding(sources: &Sources, attribution: &Attribution, quote: Quote) -> Confidence {
    let tree = sources.tree;
    let words = attribution.content.iter().flat_map(|run| run.clone()).filter(|&at| !tree.is_punctuation(at)).count();
    let rule = |value| Confidence::new(value, "its rule and act");
    match (attribution.rule, attribution.act) {
        ("direct-speech", _) => rule(0.97).by_length(words, [0.8, 0.93]),
        ("clause", act) => {
            let plain = sources.cues.lists.plain_verbs.contains(tree.lemma(attribution.anchor));
            let says_that = attribution.content.first().is_some_and(|run| tree.is(run.start, "that"));
            let base = match act {
                Act::Withholds => rule(0.88),
                _ if plain => Confidence::new(0.88, "its rule, with a plain verb of speech"),
                _ => rule(0.79),
            };
            let full = base.value;
            let mut confidence = base.by_length(words, [full - 0.1, full - 0.04]);
            if quote != Quote::Indirect {
                confidence.reach(confidence.value + 0.03, "words of it stand in quotation marks");
            }
            if says_that {
                confidence.reach(confidence.value + 0.02, "“that” begins what is said");
            }
            confidence
        }
        ("verbless", _) => rule(0.9),
        ("phrase", _) => rule(0.86),
        ("inserted", _) => rule(0.84).by_length(words, [0.7, 0.8]),
        ("infinitive", Act::Withholds) => rule(0.86),
        ("preposition-infinitive", _) | ("withheld", _) => rule(0.8),
        ("judgement", _) | ("preposition", Act::Accuses) => rule(0.78),
        ("infinitive" | "object-infinitive", _) => rule(0.72),
        ("preposition" | "passive", _) => rule(0.68),
        ("unsourced", _) => rule(0.68),
        ("adjective" | "light-verb" | "comment" | "object", _) => rule(0.65),
        _ => rule(0.62),
    }
}

/// Returns what the source makes of a confidence, and what it is.
fn holder(sources: &Sources, attribution: &Attribution, actors: &[ActorId]) -> (f32, &'static str) {
    let tree = sources.tree;
    let Some(source) = &attribution.source else { return (1.0, "nobody is named as its source") };
    // "the firm, which …" says who it is; "people who …" may be anybody.
    let aside = source.run.start > 0 && tree.is_comma(source.run.start - 1);
    let relative = tree.tag(source.run.start).is_wh() && source.run.len() == 1;
    match (actors.is_empty(), tree.tag(source.head).is_pronoun()) {
        (false, _) if relative && aside => (0.85, "its source is a relative pronoun that is explained"),
        _ if relative => (0.72, "its source is a relative pronoun"),
        (false, false) => (1.0, "its source is a known actor"),
        (false, true) => (0.93, "its source is a pronoun"),
        (true, true) => (0.75, "its source is a pronoun that stands for nobody known"),
        (true, false) => (0.85, "its source is no known actor"),
    }
}
