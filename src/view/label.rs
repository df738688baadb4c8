//! How actors, places and positions are called on the screen, the same in every pane.

use super::cells::Canvas;
use super::shorten::bare;
use crate::analysis::{Act, ActorId, PositionId, Quote};
use crate::annotation::Verdict;
use crate::app::{App, sidebar};
use crate::text::{Offset, Span};

/// Returns the name of an actor.
pub fn name(app: &App, actor: ActorId) -> &str {
    &app.reading.analysis.actors[actor.0].name
}

/// Returns what an actor is called where there is little room.
pub fn short_name(app: &App, actor: ActorId) -> &str {
    app.index.short_names.get(actor.0).map_or("", String::as_str)
}

/// Returns the letter that stands for a party where there is one column.
pub fn initial(app: &App, party: ActorId) -> String {
    let first = name(app, party).chars().find(|c| c.is_alphanumeric());
    first.map_or_else(|| "?".to_owned(), |c| c.to_uppercase().collect())
}

/// Returns the place of a party among all, which gives it its colour.
pub fn rank(app: &App, party: ActorId) -> usize {
    app.index.tallies.get(party.0).map_or(usize::MAX, |tally| tally.rank)
}

/// Returns the party that takes a position.
pub fn party_of(app: &App, position: PositionId) -> Option<ActorId> {
    let position = &app.reading.analysis.positions[position.0];
    let holder = position.speaks_for.first().or_else(|| position.actors.first())?;
    Some(app.index.party(*holder))
}

/// Returns the words of a position: what is said, else by which words it is withheld.
pub fn words(app: &App, canvas: &Canvas, position: PositionId) -> String {
    let position = &app.reading.analysis.positions[position.0];
    let pieces = if position.content.is_empty() { &position.cue } else { &position.content };
    let words = joined(app, canvas, pieces);
    if position.quote == Quote::Direct {
        // That they are the actor's own words has a sign of its own.
        return bare(&words).trim_end_matches([',', '.']).to_owned();
    }
    // After the act the conjunction says nothing, and the columns are few.
    words.strip_prefix("that ").map(str::to_owned).unwrap_or(words)
}

/// Returns the words of several pieces of text, with the sign of the cut between them.
fn joined(app: &App, canvas: &Canvas, pieces: &[Span]) -> String {
    let words: Vec<&str> = pieces.iter().map(|piece| piece.of(&app.document.text).trim()).collect();
    words.join(&format!(" {} ", canvas.signs.cut))
}

/// Returns words as a quotation on one line, whatever marks they had at their ends.
pub fn quotation(canvas: &Canvas, words: &str) -> String {
    let [open, close] = canvas.signs.quotes;
    format!("{open}{}{close}", bare(words))
}

/// Returns where the words of a position stand.
pub fn start(app: &App, position: PositionId) -> Offset {
    let position = &app.reading.analysis.positions[position.0];
    position.content.first().map_or_else(|| position.extent().start, |content| content.start)
}

/// Returns the number of the paragraph at an offset, as `¶8`.
pub fn place(app: &App, canvas: &Canvas, offset: Offset) -> String {
    let number = app.document.paragraph_at(offset);
    number.map_or_else(String::new, |number| format!("{}{number}", canvas.signs.paragraph))
}

/// Returns whether a position says that its act was not done. What is withheld, refused or denied is no double negation.
pub fn is_negated(app: &App, position: PositionId) -> bool {
    let position = &app.reading.analysis.positions[position.0];
    position.negated && !matches!(position.act, Act::Withholds | Act::Refuses | Act::Denies)
}

/// Returns whether the words of a position are the actor's own.
pub fn is_quoted(app: &App, position: PositionId) -> bool {
    app.reading.analysis.positions[position.0].quote != Quote::Indirect
}

/// Returns whether a position is shown dim: it is only possible.
pub fn is_possible(app: &App, position: PositionId) -> bool {
    sidebar::is_possible(&app.reading, position)
}

/// Returns the reader's judgement of a position.
pub fn verdict(app: &App, position: PositionId) -> Option<Verdict> {
    app.reading.verdicts.get(position.0)?.as_ref().map(|(verdict, _)| *verdict)
}
