//! Why a position is there: the lines of the answer, from the words of `analysis::explain` and the reader's notes.

use super::App;
use super::layout::wrap;
use super::overlay::Line;
use super::sidebar::CERTAIN;
use crate::analysis::explain::{self, Holder};
use crate::analysis::{ActorId, Answer, Position, PositionId, Quote};
use crate::annotation::Verdict;
use crate::annotation::reading::READER;
use crate::text::Span;

/// The column of the texts, after the names of the parts.
pub const TEXTS: u16 = 12;
/// The most columns of the box with its border and the air in it.
const WIDTH: u16 = 84;
/// The columns of border and air.
const FRAME: u16 = 4;
/// Longer words are shortened.
const LONGEST: usize = 160;

/// Returns the columns of the box on a screen of so many.
pub fn width(columns: u16) -> u16 {
    columns.saturating_sub(FRAME).clamp(columns.min(1), WIDTH)
}

/// Returns the columns inside it.
pub fn inner_width(columns: u16) -> u16 {
    width(columns).saturating_sub(FRAME).max(1)
}

/// Returns the lines for a position: none when there is no such position any more.
pub fn lines(app: &App, id: PositionId) -> Vec<Line> {
    let Some(position) = app.reading.analysis.positions.get(id.0) else { return Vec::new() };
    let room = width(app.state.size.columns).saturating_sub(FRAME + TEXTS).max(1);
    let mut lines = Vec::new();
    for (name, text) in parts(app, id, position) {
        let mut name = name;
        for line in wrap(&text, room) {
            lines.push(Line::Part { name, text: line.to_owned() });
            name = "";
        }
    }
    lines
}

/// A part of the answer with its name.
pub type Part = (&'static str, String);

/// Returns the parts of the answer, each as one text.
pub fn parts(app: &App, id: PositionId, position: &Position) -> Vec<Part> {
    let mut parts = vec![("who", who(app, position)), ("act", act(position)), ("words", said(app, position))];
    if let Some(verdict) = app.reading.verdicts.get(id.0).and_then(Option::as_ref).map(|(verdict, _)| *verdict) {
        parts.push(("you", judged(verdict).to_owned()));
    }
    parts.extend(found(app, position));
    if !position.addressees.is_empty() {
        parts.push(("put to", names(app, &position.addressees)));
    }
    if let Some(outer) = position.nested_in {
        parts.push(("inside", told(app, outer)));
    }
    if position.rule != READER {
        parts.push(("confidence", confidence(position)));
        let reasons = position.grounds.reasons.iter().enumerate();
        parts.extend(reasons.map(|(n, part)| ("", format!("{:>5} {}", explain::amount(n, part.amount), part.what))));
    }
    parts.extend(position.answers.iter().map(|answer| ("answers", answers(app, answer.position, answer))));
    parts.extend(answered(app, id));
    parts
}

/// What the program went by: the rule, the cue, the source.
fn found(app: &App, position: &Position) -> Vec<Part> {
    if position.rule == READER {
        return Vec::new();
    }
    let mut parts = vec![("rule", format!("{} [{}]", explain::rule(position), position.rule))];
    let frame = explain::frame(position).map(|frame| format!(", with {frame}")).unwrap_or_default();
    let cue = if position.cue.is_empty() { "none".to_owned() } else { quoted(app, &position.cue) };
    parts.push(("cue", format!("{cue}{frame}")));
    let holder = Holder::of(&app.reading.analysis, position).says();
    let source = if position.source.is_empty() { String::new() } else { quoted(app, &position.source) + ": " };
    parts.push(("source", format!("{source}{holder}")));
    parts
}

/// Returns who takes a position, and for whom.
pub fn who(app: &App, position: &Position) -> String {
    let who = if position.actors.is_empty() { "nobody known".to_owned() } else { names(app, &position.actors) };
    match position.speaks_for.is_empty() {
        true => who,
        false => format!("{who}, for {}", names(app, &position.speaks_for)),
    }
}

fn act(position: &Position) -> String {
    let remarks = explain::remarks(position);
    let act = position.act.word();
    if remarks.is_empty() { act.to_owned() } else { format!("{act}; {}", remarks.join("; ")) }
}

fn said(app: &App, position: &Position) -> String {
    let own = match position.quote {
        Quote::Direct => "the actor’s own words",
        Quote::Mixed => "partly the actor’s own words",
        Quote::Indirect => "as the text puts it",
    };
    if position.content.is_empty() { "none".to_owned() } else { format!("{}, {own}", quoted(app, &position.content)) }
}

fn judged(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Confirmed => "confirmed it",
        Verdict::Corrected => "corrected it; what follows is the program’s reading",
        Verdict::Rejected => "rejected it",
        Verdict::Added => "added it",
    }
}

fn confidence(position: &Position) -> String {
    let tier = match position.confidence < CERTAIN {
        true => format!("possible (under {CERTAIN:.2})"),
        false => format!("certain ({CERTAIN:.2} or more)"),
    };
    format!("{:>5.2} {tier}", f64::from(position.hundredths()) / 100.0)
}

/// Says how one position answers another, and why it is taken for an answer.
fn answers(app: &App, other: PositionId, answer: &Answer) -> String {
    let sure = if answer.certain { "" } else { "possibly " };
    format!("{sure}{}: {}, because {}", answer.how.word(), told(app, other), answer.why.says())
}

/// Returns what answers a position.
fn answered(app: &App, id: PositionId) -> Vec<Part> {
    let positions = app.reading.analysis.positions.iter().enumerate();
    let replies = positions.flat_map(|(index, reply)| {
        let answers = reply.answers.iter().filter(|answer| answer.position == id);
        answers.map(move |answer| (PositionId(index), answer))
    });
    replies.map(|(reply, answer)| ("answered", answers(app, reply, answer))).collect()
}

/// Returns a position in short: who, the act, the paragraph.
fn told(app: &App, id: PositionId) -> String {
    let position = &app.reading.analysis.positions[id.0];
    let place = app.document.paragraph_at(position.extent().start).map(|n| format!(" (¶{n})")).unwrap_or_default();
    let who = position.actors.first().map_or("somebody", |actor| &app.reading.analysis.actors[actor.0].name);
    format!("{who} {}{place}", position.act.word())
}

fn names(app: &App, actors: &[ActorId]) -> String {
    let names = actors.iter().map(|actor| app.reading.analysis.actors[actor.0].name.as_str());
    names.collect::<Vec<_>>().join(", ")
}

/// Returns words of the text on one line, in quotation marks, and not all of them when they are many.
pub fn quoted(app: &App, pieces: &[Span]) -> String {
    let pieces =
        pieces.iter().map(|piece| piece.of(&app.document.text).split_whitespace().collect::<Vec<_>>().join(" "));
    let words = pieces.collect::<Vec<_>>().join(" … ");
    let inner = words.strip_prefix(['“', '"']).and_then(|words| words.strip_suffix(['”', '"']));
    let bare = inner.unwrap_or(&words).trim_end_matches(',');
    match bare.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("“{} …”", &bare[..bare[..end].rfind(' ').unwrap_or(end)]),
        None => format!("“{bare}”"),
    }
}
