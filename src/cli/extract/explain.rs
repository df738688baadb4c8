//! Why the program takes some words for a position: the rule, the cue, and who stands behind it.

use serde_json::{Value, json};

use super::readable::words;
use crate::analysis::attribution::describe;
use crate::analysis::{Analysis, Form, Position};
use crate::document::Document;

/// Returns the reasons as one line.
pub fn line(document: &Document, analysis: &Analysis, position: &Position) -> String {
    let cue = match position.cue.is_empty() {
        true => "no cue".to_owned(),
        false => format!("cue “{}”", words(document, &position.cue)),
    };
    let description = describe(position.rule).map(|description| format!(" ({description})")).unwrap_or_default();
    let holder = Holder::of(analysis, position).says();
    format!("{}{description}; {cue}; {holder}; confidence {:.2}", position.rule, position.confidence)
}

/// Returns the reasons as the record's field `explain`.
pub fn value(document: &Document, analysis: &Analysis, position: &Position) -> Value {
    json!({
        "rule": describe(position.rule),
        "cue": (!position.cue.is_empty()).then(|| words(document, &position.cue)),
        "holder": Holder::of(analysis, position).word(),
    })
}

/// What the source of a position is to the program; a position is the surer the more is known of it.
#[derive(Clone, Copy)]
enum Holder {
    Named,
    Pronoun,
    Unknown,
    Nobody,
}

impl Holder {
    fn of(analysis: &Analysis, position: &Position) -> Holder {
        let is_pronoun = || {
            let held = position.actors.iter().flat_map(|actor| &analysis.actors[actor.0].mentions);
            let pronouns = held.filter(|mention| mention.form == Form::Pronoun);
            pronouns.map(|mention| mention.span).any(|span| position.source.contains(&span))
        };
        match (position.source.is_empty(), position.actors.is_empty()) {
            (true, _) => Holder::Nobody,
            (false, true) => Holder::Unknown,
            (false, false) if is_pronoun() => Holder::Pronoun,
            (false, false) => Holder::Named,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Holder::Named => "named",
            Holder::Pronoun => "pronoun",
            Holder::Unknown => "unknown",
            Holder::Nobody => "nobody",
        }
    }

    fn says(self) -> &'static str {
        match self {
            Holder::Named => "the source is a known actor",
            Holder::Pronoun => "the source is a pronoun",
            Holder::Unknown => "the source is no known actor",
            Holder::Nobody => "no source",
        }
    }
}
