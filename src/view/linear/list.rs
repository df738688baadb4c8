//! The pages of the sidebar as lines: those that stand for something have a number to go there by.

use super::{counted, one_line, own, paragraph_of, position};
use crate::analysis::{ActorId, PositionId};
use crate::annotation::{Body, Entry};
use crate::app::{App, Item, sidebar};
use crate::text::Span;
use crate::view::label;

/// Returns the lines of the page that is shown.
pub fn lines(app: &App) -> Vec<String> {
    let mut number = 0;
    let mut lines = Vec::new();
    for item in &app.items {
        number += usize::from(item.stands_for_something());
        let texts = texts(app, item);
        let mut first = item.stands_for_something();
        for text in texts {
            let head = if std::mem::take(&mut first) { format!("{number}. ") } else { String::new() };
            lines.push(own(app, &format!("{head}{text}")));
        }
    }
    lines
}

/// Returns one line of it, without its number.
pub fn line(app: &App, item: &Item) -> Vec<String> {
    texts(app, item).into_iter().map(|text| own(app, &text)).collect()
}

/// Returns the notes on a stretch of text.
pub fn notes_in(app: &App, span: Span) -> Vec<String> {
    let entries = app.notes.entries().iter();
    let here = entries.filter(|entry| app.notes.anchor(&entry.id).span().is_some_and(|at| span.contains(at.start)));
    let notes = here.filter(|entry| matches!(entry.body, Body::Note(_)));
    notes.map(|entry| own(app, &format!("- {}", note(entry)))).collect()
}

fn texts(app: &App, item: &Item) -> Vec<String> {
    let analysis = &app.reading.analysis;
    match item {
        Item::Party(id) => vec![party(app, *id)],
        Item::Members(id) => vec![format!("   for it speak {}", members(app, *id))],
        Item::Position(id) => {
            let outcome = position::came_of(app, *id).into_iter().map(|line| format!("   {line}"));
            std::iter::once(stated(app, *id)).chain(outcome).collect()
        }
        Item::Asked(id) => vec![stated(app, *id)],
        Item::Answers { to, how, certain, .. } => {
            let sure = if *certain { "" } else { "possibly " };
            vec![format!("{sure}{} {}", how.word(), position::short(app, *to))]
        }
        Item::Nameless => vec!["positions of which no actor was found".to_owned()],
        Item::Silent => {
            let silent = sidebar::silent(&app.reading, &app.state);
            let names: Vec<&str> = silent.into_iter().map(|id| label::name(app, id)).collect();
            vec![format!("named without a position: {}", names.join(", "))]
        }
        Item::OpenSum { unanswered, open } => {
            vec![format!("open: {unanswered} unanswered, {open} left open by the text")]
        }
        Item::Open(index) => {
            let span = analysis.open.get(*index).copied().unwrap_or_default();
            vec![format!("“{}”{}", one_line(span.of(&app.document.text)), paragraph_of(app, span.start))]
        }
        Item::Asker(id) => vec![format!("{} asks or offers", label::name(app, *id))],
        Item::Reply { reply, certain, .. } => {
            let sure = if *certain { "answered" } else { "possibly answered" };
            let who = label::party_of(app, *reply).map_or("somebody", |party| label::name(app, party));
            vec![format!("{sure}: {who} {}{}", position::said(app, *reply), end(app, *reply))]
        }
        Item::NoReply(_) => vec!["   no answer found in this article".to_owned()],
        Item::Entry(id) => app.notes.entry(id).map(|entry| placed(app, entry)).into_iter().collect(),
        Item::Heading { block, depth } => {
            let span = app.document.blocks.get(*block).map(|block| block.span).unwrap_or_default();
            let indent = "   ".repeat(usize::from(*depth));
            vec![format!("{indent}{}", one_line(span.of(&app.document.text)))]
        }
        Item::Empty(reason) => vec![(*reason).to_owned()],
        Item::Foreign(language) => vec![format!("looks like {}:", language.name)],
        Item::Gap => Vec::new(),
    }
}

fn stated(app: &App, id: PositionId) -> String {
    format!("{}{}", position::said(app, id), end(app, id))
}

fn end(app: &App, id: PositionId) -> String {
    format!("{}{}", position::remarks(app, id), paragraph_of(app, label::start(app, id)))
}

fn party(app: &App, id: ActorId) -> String {
    let tally = app.index.tallies.get(id.0).map(|tally| tally.listed(&app.state)).unwrap_or_default();
    let sum: usize = tally.iter().map(|(_, count)| count).sum();
    format!("{}, {}", label::name(app, id), counted(sum, "position"))
}

fn members(app: &App, id: ActorId) -> String {
    let members = sidebar::members(&app.reading, &app.state, id).into_iter();
    members.map(|(member, _)| label::name(app, member)).collect::<Vec<_>>().join(", ")
}

fn placed(app: &App, entry: &Entry) -> String {
    let anchor = app.notes.anchor(&entry.id);
    let place = match anchor.span() {
        Some(span) => paragraph_of(app, span.start),
        None if entry.target.is_some() => format!(", {}", anchor.word()),
        None => String::new(),
    };
    format!("{}{place}", note(entry))
}

/// Returns a note in words: its kind, the words it stands on, what was written, its tags.
fn note(entry: &Entry) -> String {
    let quote = entry.target.as_ref().map(|target| format!(" on “{}”", one_line(&target.quote))).unwrap_or_default();
    let (kind, text, tags) = match &entry.body {
        Body::Note(note) => (note.kind.word(), note.text.as_str(), note.tags.as_slice()),
        Body::Position(correction) => (correction.state.word(), correction.text.as_str(), correction.tags.as_slice()),
        Body::Actor(actor) => (actor.state.word(), actor.name.as_str(), &[][..]),
    };
    let text = if text.is_empty() { String::new() } else { format!(": {}", one_line(text)) };
    let tags: String = tags.iter().map(|tag| format!(" #{tag}")).collect();
    format!("{kind}{quote}{text}{tags}")
}
