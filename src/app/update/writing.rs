//! Writing notes and tags.

use super::{in_sidebar, noting, selecting};
use crate::annotation::{Body, Edit, Id, Note, NoteKind, PositionCorrection};
use crate::app::prompt::{self, Prompt};
use crate::app::state::{Draft, DraftOn, Mode, TagPrompt, Unfinished};
use crate::app::{App, Code, Effect, Item, Key};
use crate::text::Span;

/// Writes a note: on the selection, on the annotation under the cursor, on the selected position, on the sentence.
pub fn note(app: &mut App) {
    write(app, NoteKind::Note);
}

/// Writes a question.
pub fn question(app: &mut App) {
    write(app, NoteKind::Question);
}

fn write(app: &mut App, kind: NoteKind) {
    match target(app, kind) {
        Some(on) => {
            let editor = prompt::page(&text_of(app, &on));
            app.state.mode = Mode::Write(Draft { editor, on });
        }
        None => app.state.tell("there is nothing here to write on"),
    }
}

/// Tags the annotation under the cursor, or highlights the selection or the sentence with tags.
pub fn tag(app: &mut App) {
    let Some(on) = target(app, NoteKind::Highlight) else { return app.state.tell("there is nothing here to tag") };
    let tags = match &on {
        DraftOn::Old(id, _) => match app.notes.entry(id).map(|entry| &entry.body) {
            Some(Body::Note(Note { tags, .. }) | Body::Position(PositionCorrection { tags, .. })) => tags.join(" "),
            _ => String::new(),
        },
        DraftOn::New(..) => String::new(),
    };
    app.state.mode = Mode::Tag(TagPrompt { prompt: Prompt::new(&tags), on });
}

/// Lets the reader write in `$EDITOR`: what is being written, or the note that `note` would write.
pub fn outside(app: &mut App) -> Vec<Effect> {
    let Some(on) = target(app, NoteKind::Note) else {
        app.state.tell("there is nothing here to write on");
        return Vec::new();
    };
    let text = text_of(app, &on);
    app.state.outside = Some(on);
    vec![Effect::EditOutside(text)]
}

/// Takes in what was written in `$EDITOR`.
pub fn written_outside(app: &mut App, text: &str) -> Vec<Effect> {
    match app.state.outside.take() {
        Some(on) => {
            let mut effects = finish(app, on, text.trim());
            // What was begun in the small editor is finished.
            effects.push(Effect::KeepDraft(None));
            effects
        }
        None => Vec::new(),
    }
}

/// Takes in a key of the note editor.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let leaves = key.code == Code::Esc || key.ctrl && key.code == Code::Char('s');
    let gives_up = key.ctrl && key.code == Code::Char('c');
    if leaves {
        let Mode::Write(draft) = std::mem::take(&mut app.state.mode) else { return Vec::new() };
        let mut effects = finish(app, draft.on, &prompt::page_text(&draft.editor));
        effects.push(Effect::KeepDraft(None));
        return effects;
    }
    if gives_up {
        app.state.mode = Mode::Read;
        app.state.tell("given up");
        return vec![Effect::KeepDraft(None)];
    }
    let Mode::Write(draft) = &mut app.state.mode else { return Vec::new() };
    if key.ctrl && key.code == Code::Char('e') {
        let text = prompt::page_text(&draft.editor);
        app.state.outside = Some(draft.on.clone());
        app.state.mode = Mode::Read;
        return vec![Effect::EditOutside(text)];
    }
    draft.editor.input(prompt::input(key));
    keep(app)
}

/// Takes pasted text into the note.
pub fn paste(app: &mut App, text: &str) -> Vec<Effect> {
    let Mode::Write(draft) = &mut app.state.mode else { return Vec::new() };
    draft.editor.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"));
    keep(app)
}

/// Has what there is of the note kept, with the place it is on.
fn keep(app: &App) -> Vec<Effect> {
    let Mode::Write(Draft { editor, on }) = &app.state.mode else { return Vec::new() };
    let place = match on {
        DraftOn::New(_, span) => Some(*span),
        DraftOn::Old(id, _) => app.notes.anchor(id).span(),
    };
    let at = place.map_or(app.state.here, |span| span.start);
    vec![Effect::KeepDraft(Some(Unfinished { text: editor.lines().join("\n"), at }))]
}

/// Takes in a key of the tag prompt.
pub fn type_tag(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Tag(tag) = &mut app.state.mode else { return Vec::new() };
    match key.code {
        Code::Esc => app.state.mode = Mode::Read,
        Code::Char('c') if key.ctrl => app.state.mode = Mode::Read,
        Code::Enter => {
            let Mode::Tag(tag) = std::mem::take(&mut app.state.mode) else { return Vec::new() };
            return set_tags(app, tag.on, tags(tag.prompt.text()));
        }
        _ => {
            tag.prompt.type_key(key);
        }
    }
    Vec::new()
}

/// Reads tags as typed: words with or without `#`, between spaces or commas.
fn tags(typed: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for word in typed.split([' ', ',', '\t']).map(|word| word.trim_start_matches('#')) {
        if !word.is_empty() && !tags.iter().any(|tag| tag == word) {
            tags.push(word.to_owned());
        }
    }
    tags
}

fn set_tags(app: &mut App, on: DraftOn, tags: Vec<String>) -> Vec<Effect> {
    match on {
        DraftOn::New(kind, span) if !tags.is_empty() => {
            noting::add(app, span, Note { kind, tags, ..Note::default() }, "tagged")
        }
        DraftOn::New(..) => Vec::new(),
        DraftOn::Old(id, _) => {
            let Some(mut entry) = app.notes.entry(&id).cloned() else { return Vec::new() };
            match &mut entry.body {
                Body::Note(Note { tags: old, .. }) | Body::Position(PositionCorrection { tags: old, .. })
                    if *old != tags =>
                {
                    *old = tags;
                }
                _ => return Vec::new(),
            }
            noting::replace(app, entry, "tagged")
        }
    }
}

/// What a note would be written on.
fn target(app: &App, kind: NoteKind) -> Option<DraftOn> {
    if let Some(span) = selecting::selected(app) {
        return Some(DraftOn::New(kind, span));
    }
    if let Some(id) = noting::under_cursor(app) {
        return match app.notes.entry(&id).map(|entry| &entry.body)? {
            // A question on a note makes it one; otherwise it stays what it is.
            Body::Note(note) => Some(DraftOn::Old(id, if kind == NoteKind::Question { kind } else { note.kind })),
            Body::Position(_) => Some(DraftOn::Old(id, kind)),
            Body::Actor(_) => None,
        };
    }
    let position = match &app.state.item {
        Some(item) if in_sidebar(app) => item.position(),
        _ => None,
    };
    let span = match (position, &app.state.item) {
        (Some(id), _) => Some(position_span(app, id)),
        (None, Some(Item::Open(index))) if in_sidebar(app) => app.reading.analysis.open.get(*index).copied(),
        _ => app.document.sentence_at(app.state.here),
    };
    span.filter(|span| !span.is_empty()).map(|span| DraftOn::New(kind, span))
}

/// The words of a position that a note is written on: its content, with the cue when there is none.
fn position_span(app: &App, id: crate::analysis::PositionId) -> Span {
    let position = &app.reading.analysis.positions[id.0];
    position.content.iter().copied().reduce(Span::join).unwrap_or(position.extent())
}

fn text_of(app: &App, on: &DraftOn) -> String {
    let DraftOn::Old(id, _) = on else { return String::new() };
    match app.notes.entry(id).map(|entry| &entry.body) {
        Some(Body::Note(Note { text, .. }) | Body::Position(PositionCorrection { text, .. })) => text.clone(),
        _ => String::new(),
    }
}

/// Keeps what was written; a note without words is none.
fn finish(app: &mut App, on: DraftOn, text: &str) -> Vec<Effect> {
    app.state.mode = Mode::Read;
    match on {
        DraftOn::New(..) if text.is_empty() => Vec::new(),
        DraftOn::New(kind, span) => {
            noting::add(app, span, Note { kind, text: text.to_owned(), ..Note::default() }, "noted")
        }
        DraftOn::Old(id, kind) => rewrite(app, &id, kind, text),
    }
}

fn rewrite(app: &mut App, id: &Id, kind: NoteKind, text: &str) -> Vec<Effect> {
    let Some(mut entry) = app.notes.entry(id).cloned() else { return write_anew(app, kind, text) };
    match &mut entry.body {
        Body::Note(note) if note.text == text && note.kind == kind => return Vec::new(),
        Body::Note(note) => {
            let (was, tagged) = (std::mem::replace(&mut note.kind, kind), !note.tags.is_empty());
            note.text = text.to_owned();
            if text.is_empty() && matches!(was, NoteKind::Note | NoteKind::Question) && !tagged {
                return noting::change(app, Edit::Remove(id.clone()), "deleted; u brings it back");
            }
        }
        Body::Position(correction) if correction.text == text => return Vec::new(),
        Body::Position(correction) => correction.text = text.to_owned(),
        Body::Actor(_) => return Vec::new(),
    }
    noting::replace(app, entry, "noted")
}

/// Keeps the words of a note that somebody else deleted while it was edited.
fn write_anew(app: &mut App, kind: NoteKind, text: &str) -> Vec<Effect> {
    let sentence = app.document.sentence_at(app.state.here).filter(|_| !text.is_empty());
    let Some(sentence) = sentence else { return Vec::new() };
    let note = Note { kind, text: text.to_owned(), ..Note::default() };
    noting::add(app, sentence, note, "noted anew: it was deleted elsewhere")
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_words_with_or_without_a_hash() {
        assert_eq!(super::tags("#arms, red-line  arms"), ["arms", "red-line"]);
        assert!(super::tags(" , #").is_empty());
    }
}
