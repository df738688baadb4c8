//! Why the program takes some words for a position: the rule, the cue, who stands behind it, how sure it is.

use serde_json::{Value, json};

use super::readable::words;
use crate::analysis::attribution::describe;
use crate::analysis::explain::{self, Holder};
use crate::analysis::{Analysis, Position};
use crate::app::sidebar::CERTAIN;
use crate::document::Document;

/// Returns the reasons as one line.
pub fn line(document: &Document, analysis: &Analysis, position: &Position) -> String {
    let cue = match position.cue.is_empty() {
        true => "no cue".to_owned(),
        false => format!("cue “{}”", words(document, &position.cue)),
    };
    let frame = explain::frame(position).map(|frame| format!(" with {frame}")).unwrap_or_default();
    let reasons = position.grounds.reasons.iter().enumerate();
    let reasons: Vec<String> =
        reasons.map(|(index, part)| format!("{} {}", explain::amount(index, part.amount), part.what)).collect();
    let told = f64::from(position.hundredths()) / 100.0;
    let confidence = format!("confidence {told:.2}, {}: {}", tier(position), reasons.join(", "));
    let answers = position.answers.iter().map(|answer| {
        let answered = &analysis.positions[answer.position.0].id;
        format!("answers {answered} because {}", answer.why.says())
    });
    let rule = format!("{} ({})", position.rule, explain::rule(position));
    let parts = [rule, format!("{cue}{frame}"), Holder::of(analysis, position).says().to_owned()];
    let remarks = explain::remarks(position).into_iter().map(str::to_owned);
    parts.into_iter().chain(remarks).chain([confidence]).chain(answers).collect::<Vec<_>>().join("; ")
}

/// Returns the reasons as the record's field `explain`.
pub fn value(document: &Document, analysis: &Analysis, position: &Position) -> Value {
    let hundredths = |amount: f32| (f64::from(amount) * 100.0).round() / 100.0;
    let grounds = &position.grounds;
    json!({
        "rule": describe(position.rule),
        "cue": (!position.cue.is_empty()).then(|| words(document, &position.cue)),
        "frame": explain::frame(position),
        "holder": Holder::of(analysis, position).word(),
        "by_denial": grounds.by_denial,
        "tier": tier(position),
        "confidence": grounds.reasons.iter().map(|reason| {
            json!({ "reason": reason.what, "amount": hundredths(reason.amount) })
        }).collect::<Vec<_>>(),
        "answers": position.answers.iter().map(|answer| {
            json!({ "position": analysis.positions[answer.position.0].id, "why": answer.why.word() })
        }).collect::<Vec<_>>(),
    })
}

/// Returns how the reader shows a position: as it is, or dim.
fn tier(position: &Position) -> &'static str {
    if position.confidence < CERTAIN { "possible" } else { "certain" }
}
