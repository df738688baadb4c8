//! A position in words: who, the act, what is said, and what came of it.

use super::{own, paragraph_of};
use crate::analysis::PositionId;
use crate::annotation::Verdict;
use crate::app::exchange::{Outcome, Reply};
use crate::app::{App, sidebar, why};
use crate::text::Span;
use crate::view::label;

/// Returns the lines of the listed positions that begin in a stretch of text.
pub fn lines_in(app: &App, span: Span) -> Vec<String> {
    let positions = &app.reading.analysis.positions;
    let ids = (0..positions.len()).map(PositionId).filter(|id| span.contains(positions[id.0].extent().start));
    let listed = ids.filter(|&id| sidebar::listed(&app.reading, &app.state, id));
    listed.flat_map(|id| lines(app, id)).collect()
}

/// Returns a position with what it answers and what answers it.
pub fn lines(app: &App, id: PositionId) -> Vec<String> {
    let position = &app.reading.analysis.positions[id.0];
    let who = why::who(app, position);
    let comma = if who.contains(", ") { "," } else { "" };
    let mut lines = vec![own(app, &format!("- {who}{comma} {}{}", said(app, id), remarks(app, id)))];
    for answer in &position.answers {
        let sure = if answer.certain { "" } else { "possibly " };
        lines.push(format!("  {sure}{} {}", answer.how.word(), short(app, answer.position)));
    }
    lines.extend(came_of(app, id).into_iter().map(|line| format!("  {line}")));
    lines
}

/// Returns the act and the words: `demands: “that Sudra withdraw its trawlers”`.
pub fn said(app: &App, id: PositionId) -> String {
    let position = &app.reading.analysis.positions[id.0];
    let pieces = if position.content.is_empty() { &position.cue } else { &position.content };
    let not = if label::is_negated(app, id) { "not " } else { "" };
    let act = position.act.word();
    if pieces.is_empty() { format!("{not}{act}") } else { format!("{not}{act}: {}", why::quoted(app, pieces)) }
}

/// Returns who takes a position, by which act, and where: `Sudra refuses, paragraph 2`.
pub fn short(app: &App, id: PositionId) -> String {
    let position = &app.reading.analysis.positions[id.0];
    let who = position.actors.first().map_or("somebody", |&actor| label::name(app, actor));
    format!("{who} {}{}", position.act.word(), paragraph_of(app, label::start(app, id)))
}

/// Returns what came of a demand, an offer or a request.
pub fn came_of(app: &App, id: PositionId) -> Vec<String> {
    match app.exchange.outcome(&app.reading.analysis, id) {
        Outcome::NotAsked => Vec::new(),
        Outcome::Nothing => vec!["no answer found in this article".to_owned()],
        _ => app.exchange.replies(id).iter().map(|reply| answered(app, reply)).collect(),
    }
}

fn answered(app: &App, reply: &Reply) -> String {
    let sure = if reply.certain { "answered" } else { "possibly answered" };
    format!("{sure}: {}", short(app, reply.position))
}

/// Says that the words are the actor's own, that it is only possible, what the reader thinks of it.
pub fn remarks(app: &App, id: PositionId) -> String {
    let mut remarks = Vec::new();
    if label::is_quoted(app, id) {
        remarks.push("own words");
    }
    if label::is_possible(app, id) {
        remarks.push("only possible");
    }
    match label::verdict(app, id) {
        Some(Verdict::Confirmed) => remarks.push("confirmed by you"),
        Some(Verdict::Corrected) => remarks.push("corrected by you"),
        Some(Verdict::Rejected) => remarks.push("rejected by you"),
        Some(Verdict::Added) => remarks.push("added by you"),
        None => {}
    }
    remarks.iter().map(|remark| format!(", {remark}")).collect()
}
