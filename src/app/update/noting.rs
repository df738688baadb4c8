//! Highlights and bookmarks, deleting, undo and redo, and going from one annotation to the next.

use super::{in_sidebar, moving, picking, selecting};
use crate::annotation::{Body, Color, Edit, Entry, Id, Note, NoteKind, Stamp, describe};
use crate::app::prompt::Prompt;
use crate::app::state::{Mode, Naming};
use crate::app::{App, Effect, Item, menu};
use crate::text::{Offset, Span};

/// Highlights the selection or the sentence.
pub fn highlight(app: &mut App) -> Vec<Effect> {
    paint(app, Color::Yellow)
}

/// Asks for a colour to highlight in.
pub fn choose_color(app: &mut App) {
    app.state.painting = selecting::selected_or_sentence(app);
    picking::open(app, menu::colors());
}

/// Highlights in a colour; what is highlighted already changes its colour.
pub fn paint(app: &mut App, color: Color) -> Vec<Effect> {
    let Some(span) = app.state.painting.take().or_else(|| selecting::selected_or_sentence(app)) else {
        app.state.tell("there is nothing here to highlight");
        return Vec::new();
    };
    app.state.mode = Mode::Read;
    let there = app.notes.entries().iter().find(|entry| {
        matches!(&entry.body, Body::Note(note) if note.kind == NoteKind::Highlight)
            && app.notes.anchor(&entry.id).span() == Some(span)
    });
    match there.cloned() {
        Some(mut entry) => {
            if let Body::Note(note) = &mut entry.body {
                if note.color == Some(color) {
                    app.state.tell("it is highlighted already; d deletes it");
                    return Vec::new();
                }
                note.color = Some(color);
            }
            replace(app, entry, "another colour")
        }
        None => {
            add(app, span, Note { kind: NoteKind::Highlight, color: Some(color), ..Note::default() }, "highlighted")
        }
    }
}

/// Bookmarks the sentence.
pub fn bookmark(app: &mut App) -> Vec<Effect> {
    let Some(span) = selecting::selected_or_sentence(app) else { return Vec::new() };
    app.state.mode = Mode::Read;
    add(app, span, Note { kind: NoteKind::Bookmark, ..Note::default() }, "bookmarked")
}

/// Deletes the annotation under the cursor, or the selected one of the notes page.
pub fn delete(app: &mut App) -> Vec<Effect> {
    match under_cursor(app) {
        Some(id) => change(app, Edit::Remove(id), "deleted; u brings it back"),
        None => {
            app.state.tell("there is no annotation here");
            Vec::new()
        }
    }
}

pub fn undo(app: &mut App) -> Vec<Effect> {
    match app.notes.undo(&app.document) {
        Some(what) => changed(app, format!("undone: {what}")),
        None => {
            app.state.tell("nothing to undo");
            Vec::new()
        }
    }
}

pub fn redo(app: &mut App) -> Vec<Effect> {
    match app.notes.redo(&app.document) {
        Some(what) => changed(app, format!("done again: {what}")),
        None => {
            app.state.tell("nothing to do again");
            Vec::new()
        }
    }
}

/// Asks for another file to save the notes in.
pub fn choose_file(app: &mut App) {
    app.state.mode = Mode::Name(Prompt::new(""), Naming::NotesFile);
}

pub fn save_elsewhere(app: &App, path: String) -> Vec<Effect> {
    vec![Effect::SaveElsewhere { path, revision: app.state.saving.revision, toml: app.notes.to_toml() }]
}

pub fn join_copies(app: &mut App) -> Vec<Effect> {
    match is_read_only(app) {
        true => Vec::new(),
        false => vec![Effect::JoinCopies { revision: app.state.saving.revision, toml: app.notes.to_toml() }],
    }
}

/// Goes to the next annotation shown, or to the one before.
pub fn step(app: &mut App, times: isize) {
    let spans = app.notes.entries().iter().filter_map(|entry| app.notes.anchor(&entry.id).span());
    let starts = spans.map(|span| span.start).filter(|&start| app.layout.shows(&app.document, start));
    let mut starts: Vec<Offset> = starts.collect();
    starts.sort_unstable();
    starts.dedup();
    let next = match times > 0 {
        true => starts.partition_point(|&start| start <= app.state.here).checked_add_signed(times - 1),
        false => starts.partition_point(|&start| start < app.state.here).checked_add_signed(times),
    };
    match next.and_then(|at| starts.get(at).copied()) {
        Some(offset) => moving::jump(app, offset),
        None if starts.is_empty() && app.layout.shown().is_some() => app.state.tell("no annotations in what is shown"),
        None if starts.is_empty() => app.state.tell("no annotations yet: c highlights, i writes a note"),
        None => app.state.tell(if times > 0 { "no annotation further on" } else { "no annotation before" }),
    }
}

/// Returns the annotation at the cursor, the smallest of several; in the notes page, the selected one.
pub fn under_cursor(app: &App) -> Option<Id> {
    if in_sidebar(app)
        && let Some(Item::Entry(id)) = &app.state.item
    {
        return Some(id.clone());
    }
    let placed = app.notes.entries().iter().filter(|entry| matches!(entry.body, Body::Note(_)));
    let placed = placed.filter_map(|entry| Some((entry, app.notes.anchor(&entry.id).span()?)));
    let here = placed.filter(|(_, span)| span.contains(app.state.here));
    here.min_by_key(|(_, span)| span.len()).map(|(entry, _)| entry.id.clone())
}

/// Adds a note on a stretch of text.
pub fn add(app: &mut App, span: Span, note: Note, done: &str) -> Vec<Effect> {
    let Stamp { id, now } = stamp(app);
    let target = Some(describe(&app.document, span));
    let entry = Entry { id, target, body: Body::Note(note), created: Some(now), updated: None };
    change(app, Edit::Add(entry), done)
}

/// Returns an id that no entry has, and the time.
pub fn stamp(app: &App) -> Stamp {
    let seed = app.seed ^ app.now.as_nanosecond() as u64 ^ app.state.saving.revision;
    let mut random = fastrand::Rng::with_seed(seed);
    let id = Id::fresh(|id| app.notes.entry(id).is_some(), |below| random.usize(..below));
    Stamp { id, now: app.now }
}

/// Puts a changed entry in the place of the old one.
pub fn replace(app: &mut App, mut entry: Entry, done: &str) -> Vec<Effect> {
    entry.updated = Some(app.now);
    change(app, Edit::Replace(entry), done)
}

/// Makes a change of the notes, to be undone by `undo`, and has it saved.
pub fn change(app: &mut App, edit: Edit, done: &str) -> Vec<Effect> {
    if is_read_only(app) {
        return Vec::new();
    }
    app.notes.change(&app.document, edit);
    changed(app, done.to_owned())
}

/// Returns whether the notes take no change, and says why.
fn is_read_only(app: &mut App) -> bool {
    let reason = app.notes.read_only().map(|reason| format!("the notes are read-only: {reason}"));
    let is_read_only = reason.is_some();
    if let Some(reason) = reason {
        app.state.warn(reason, "mend or move the notes file and open the article again");
    }
    is_read_only
}

fn changed(app: &mut App, done: String) -> Vec<Effect> {
    app.reread();
    app.state.tell(done);
    app.state.saving.revision += 1;
    vec![Effect::Save { revision: app.state.saving.revision, toml: app.notes.to_toml() }]
}
