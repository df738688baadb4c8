//! The cursor and the selection.

use unicode_segmentation::UnicodeSegmentation;

use super::{in_sidebar, moving, sidebar};
use crate::app::App;
use crate::app::select::{self, Selection, Unit};
use crate::app::state::Mode;
use crate::text::{Offset, Span};

/// Selects by word from the cursor; again stops.
pub fn words(app: &mut App) {
    toggle(app, Unit::Words);
}

/// Selects by sentence from the cursor; again stops.
pub fn sentences(app: &mut App) {
    toggle(app, Unit::Sentences);
}

fn toggle(app: &mut App, unit: Unit) {
    app.state.pane = crate::app::Pane::Article;
    let here = app.state.here;
    app.state.mode = match app.state.mode {
        Mode::Select(selection) if selection.unit == unit => Mode::Read,
        Mode::Select(selection) => Mode::Select(Selection { head: here, unit, ..selection }),
        _ => Mode::Select(Selection { anchor: here, head: here, unit }),
    };
}

/// Selects the sentence; when something is selected, the next larger thing around it.
pub fn grow(app: &mut App) {
    app.state.pane = crate::app::Pane::Article;
    let selection = match app.state.mode {
        Mode::Select(selection) => selection.grown(&app.document, &app.reading.analysis),
        _ => match app.document.sentence_at(app.state.here) {
            Some(sentence) => Selection::exact(sentence),
            None => return,
        },
    };
    take(app, selection);
}

/// Selects the quotation at the cursor, else the next one in its paragraph.
pub fn quotation(app: &mut App) {
    app.state.pane = crate::app::Pane::Article;
    match select::quotation_at(&app.document, app.state.here) {
        Some(span) => take(app, Selection::exact(span)),
        None => app.state.tell("no quotation here or further on in the paragraph"),
    }
}

/// Selects the position at the cursor, else the next one in its sentence.
pub fn position(app: &mut App) {
    app.state.pane = crate::app::Pane::Article;
    match sidebar::position_near(app) {
        Some(id) => {
            let extent = app.reading.analysis.positions[id.0].extent();
            take(app, Selection::exact(extent));
        }
        None => app.state.tell("no position in this sentence"),
    }
}

/// Selects the paragraph of the cursor.
pub fn paragraph(app: &mut App) {
    app.state.pane = crate::app::Pane::Article;
    if let Some(span) = select::paragraph_at(&app.document, app.state.here) {
        take(app, Selection::exact(span));
    }
}

/// Selects, with the cursor at the start of it.
fn take(app: &mut App, selection: Selection) {
    let start = selection.span(&app.document).start;
    moving::go(app, start);
    app.state.mode = Mode::Select(selection);
}

/// Moves by characters; in the sidebar, folds and unfolds.
pub fn characters(app: &mut App, times: isize) {
    if in_sidebar(app) {
        return sidebar::fold(app, Some(times < 0));
    }
    let text = &app.document.text;
    let mut here = app.state.here;
    for _ in 0..times.unsigned_abs() {
        let next = match times > 0 {
            true => text[here..].graphemes(true).next().map_or(here, |g| here + g.len()),
            false => text[..here].graphemes(true).next_back().map_or(here, |g| here - g.len()),
        };
        here = over_hidden(app, here, over_line_end(text, next, times > 0));
    }
    put(app, here);
}

pub fn next_words(app: &mut App, times: isize) {
    by_words(app, times, select::next_word);
}

pub fn word_ends(app: &mut App, times: isize) {
    by_words(app, times, select::word_end);
}

pub fn previous_words(app: &mut App, times: isize) {
    by_words(app, times, select::previous_word);
}

fn by_words(app: &mut App, times: isize, next: fn(&str, Offset) -> Offset) {
    let mut here = app.state.here;
    for _ in 0..times.unsigned_abs() {
        here = over_hidden_words(app, here, next);
    }
    put(app, here);
}

/// Returns where the next word is among those that are shown: words that the filter hides are none.
fn over_hidden_words(app: &App, from: Offset, next: fn(&str, Offset) -> Offset) -> Offset {
    let (document, layout) = (&app.document, &app.layout);
    let text = &document.text;
    let mut to = next(text, from);
    while !layout.shows(document, to) {
        let block = document.block_at(to);
        let edge = match to > from {
            true => layout.next_block(block).map(|block| document.blocks[block].span.start.saturating_sub(1)),
            false => layout.previous_block(block).map(|block| document.blocks[block].span.end),
        };
        let Some(edge) = edge else { return from };
        to = next(text, text.floor_char_boundary(edge));
    }
    to
}

/// Moves to the start of the row.
pub fn line_start(app: &mut App) {
    let row = app.layout.row_of(&app.document, app.state.here);
    put(app, app.layout.row(&app.document, row).span.start);
}

/// Moves to the last character of the row.
pub fn line_end(app: &mut App) {
    let row = app.layout.row_of(&app.document, app.state.here);
    put(app, last_character(app, app.layout.row(&app.document, row).span));
}

/// Goes to the other end of the selection.
pub fn swap_ends(app: &mut App) {
    let Mode::Select(selection) = app.state.mode else { return };
    let span = selection.span(&app.document);
    let head = if app.state.here == span.start { last_character(app, span) } else { span.start };
    moving::go(app, head);
    app.state.mode = Mode::Select(Selection { anchor: selection.head, head, ..selection });
    if selection.unit == Unit::Exact {
        app.state.mode = Mode::Select(selection);
    }
}

/// Lets the sidebar follow, when a command moved the cursor of the article.
pub fn follow(app: &mut App) {
    if !in_sidebar(app) && app.state.followed != app.state.here {
        app.state.followed = app.state.here;
        sidebar::follow(app);
    }
}

/// Returns what is selected, without white space at its ends; `None` when nothing is.
pub fn selected(app: &App) -> Option<Span> {
    match &app.state.mode {
        Mode::Select(selection) => {
            Some(selection.span(&app.document).trim(&app.document.text)).filter(|span| !span.is_empty())
        }
        _ => None,
    }
}

/// Returns what is selected, or the sentence at the cursor.
pub fn selected_or_sentence(app: &App) -> Option<Span> {
    selected(app).or_else(|| app.document.sentence_at(app.state.here)).filter(|span| !span.is_empty())
}

/// Puts the cursor somewhere in the article; an exact selection goes on by words.
fn put(app: &mut App, offset: Offset) {
    if let Mode::Select(selection) = &mut app.state.mode
        && selection.unit == Unit::Exact
    {
        selection.unit = Unit::Words;
    }
    let last = app.document.text.trim_end().len();
    let offset = offset.min(last.saturating_sub(1));
    moving::go(app, over_hidden(app, app.state.here, offset));
}

/// Returns where a move to an offset ends when the filter hides it: in the next block shown that way, else where it began.
fn over_hidden(app: &App, from: Offset, offset: Offset) -> Offset {
    let (document, layout) = (&app.document, &app.layout);
    if layout.shows(document, offset) {
        return offset;
    }
    let block = document.block_at(offset);
    let shown = match offset > from {
        true => layout.next_block(block).map(|block| document.blocks[block].span.start),
        false => layout.previous_block(block).map(|block| last_character(app, document.blocks[block].span)),
    };
    shown.unwrap_or(from)
}

/// Returns where the last character of a stretch begins.
fn last_character(app: &App, span: Span) -> Offset {
    span.start + span.of(&app.document.text).grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
}

/// The cursor stands on characters, never on the white space between two blocks.
fn over_line_end(text: &str, here: Offset, forward: bool) -> Offset {
    if !text[here..].starts_with('\n') {
        return here;
    }
    match forward {
        true => text[here..].find(|c| c != '\n').map_or(here, |at| here + at),
        false => text[..here].trim_end_matches('\n').char_indices().next_back().map_or(here, |(at, _)| at),
    }
}
