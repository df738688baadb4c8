//! Moving through the article: by line, page, sentence, paragraph, heading; jumps and marks.

use std::iter::successors;

use super::{filtering, in_sidebar, sidebar};
use crate::app::App;
use crate::app::layout::RowKind;
use crate::app::state::{Mode, Waiting};
use crate::document::BlockKind;
use crate::text::Offset;

/// The text is set no wider than this.
pub const WIDEST: u16 = 120;

/// The jump list keeps this many places.
const JUMPS: usize = 100;

/// Scrolls by lines. Where the screen cannot scroll further the cursor goes on; in the sidebar, the selected line.
pub fn lines(app: &mut App, delta: isize) {
    if in_sidebar(app) {
        return sidebar::step(app, delta);
    }
    if matches!(app.state.mode, Mode::Select(_)) || !scroll(app, delta) {
        cursor_rows(app, delta);
    }
}

/// Scrolls by pages, or by a part of one; a page keeps one line of the last.
pub fn pages(app: &mut App, pages: isize, part: isize) {
    let height = match in_sidebar(app) {
        true => app.panes().list.height,
        false => height(app),
    };
    let rows = (isize::from(height as i16) / part - if part == 1 { 1 } else { 0 }).max(1);
    lines(app, pages.saturating_mul(rows));
}

/// Goes to the start of the text, or to the paragraph of a number.
pub fn start(app: &mut App, count: Option<usize>) {
    match count {
        Some(number) => paragraph(app, number),
        None if in_sidebar(app) => sidebar::step(app, isize::MIN + 1),
        None => {
            let first = app.layout.row_of(&app.document, 0).block;
            jump(app, app.document.blocks.get(first).map_or(0, |block| block.span.start));
        }
    }
}

/// Goes to the end of the text, or to the paragraph of a number.
pub fn end(app: &mut App, count: Option<usize>) {
    match count {
        Some(number) => paragraph(app, number),
        None if in_sidebar(app) => sidebar::step(app, isize::MAX),
        None => {
            let last = app.layout.last(&app.document);
            let offset = app.layout.row(&app.document, last).span.start;
            jump(app, offset);
            if app.document.partial && !app.state.halted {
                app.state.waiting = Some(Waiting::End);
                app.state.tell("this is as far as the text has been read; its end is shown when it is there");
            }
        }
    }
}

fn paragraph(app: &mut App, number: usize) {
    match app.document.paragraph_start(number) {
        Some(offset) => jump(app, offset),
        None => app.state.tell(format!("the text has {} paragraphs", app.document.paragraphs())),
    }
}

/// Goes on or back by paragraphs.
pub fn paragraphs(app: &mut App, times: isize) {
    let starts = |app: &App, block: usize| app.document.blocks.get(block).map(|block| block.span.start);
    repeat(app, times, |app, forward| {
        let block = app.document.block_at(app.state.here);
        match forward {
            true => starts(app, app.layout.next_block(block)?),
            false => starts(app, block)
                .filter(|&start| start < app.state.here)
                .or_else(|| starts(app, app.layout.previous_block(block)?)),
        }
    });
}

/// Goes on or back by sentences.
pub fn sentences(app: &mut App, times: isize) {
    repeat(app, times, |app, forward| {
        let document = &app.document;
        let block = document.block_at(app.state.here);
        let starts = |block: usize| document.sentences_in(block).into_iter().map(|sentence| sentence.start);
        document.blocks.get(block)?;
        let (next, previous) =
            (|&block: &usize| app.layout.next_block(block), |&block: &usize| app.layout.previous_block(block));
        match forward {
            true => successors(Some(block), next).find_map(|b| starts(b).find(|&start| start > app.state.here)),
            false => successors(Some(block), previous).find_map(|b| starts(b).rfind(|&start| start < app.state.here)),
        }
    });
}

/// Goes on or back by headings.
pub fn headings(app: &mut App, times: isize) {
    let from = app.state.here;
    repeat(app, times, |app, forward| {
        let heading = |block: &&crate::document::Block| {
            matches!(block.kind, BlockKind::Heading(_)) && app.layout.shows(&app.document, block.span.start)
        };
        let blocks = &app.document.blocks;
        let here = app.state.here;
        match forward {
            true => blocks.iter().filter(heading).find(|block| block.span.start > here),
            false => blocks.iter().filter(heading).rfind(|block| block.span.start < here),
        }
        .map(|block| block.span.start)
    });
    if app.state.here == from {
        app.state.tell(if times > 0 { "no heading further on" } else { "no heading before" });
    }
}

/// Moves the cursor as often as asked, each time to where `next` says; stops where there is no further place.
fn repeat(app: &mut App, times: isize, next: impl Fn(&App, bool) -> Option<Offset>) {
    for _ in 0..times.unsigned_abs() {
        let Some(offset) = next(app, times > 0) else { break };
        app.state.here = offset;
    }
    show_here(app);
}

/// Goes to a place and remembers where it was.
pub fn jump(app: &mut App, offset: Offset) {
    remember_jump(app);
    go(app, offset);
}

/// Keeps the place of the cursor as one where a jump began.
pub fn remember_jump(app: &mut App) {
    let jumps = &mut app.state.jumps;
    jumps.places.truncate(jumps.at);
    jumps.places.retain(|&place| place != app.state.here);
    jumps.places.push(app.state.here);
    if jumps.places.len() > JUMPS {
        jumps.places.remove(0);
    }
    jumps.at = jumps.places.len();
}

/// Goes back in the jump list.
pub fn jump_back(app: &mut App) {
    let jumps = &mut app.state.jumps;
    if jumps.at == 0 {
        return app.state.tell("this is where the jumps began");
    }
    if jumps.at == jumps.places.len() {
        jumps.places.push(app.state.here);
    }
    jumps.at -= 1;
    let offset = jumps.places[jumps.at];
    go(app, offset);
}

/// Goes forward again in the jump list.
pub fn jump_forward(app: &mut App) {
    let jumps = &mut app.state.jumps;
    if jumps.at + 1 >= jumps.places.len() {
        return app.state.tell("this is the last jump");
    }
    jumps.at += 1;
    let offset = jumps.places[jumps.at];
    go(app, offset);
}

/// Puts the cursor at a place and the place on the screen; a place that the filter hides is shown again with all others.
pub fn go(app: &mut App, offset: Offset) {
    app.state.here = boundary(app, offset);
    if !app.layout.shows(&app.document, app.state.here) {
        filtering::reveal(app);
    }
    show_here(app);
}

/// Sets the text wider or narrower.
pub fn widen(app: &mut App, columns: i16) {
    app.config.measure = app.config.measure.saturating_add_signed(columns).clamp(20, WIDEST);
    app.state.tell(format!("set at most {} columns wide", app.config.measure));
}

/// Scrolls so that the cursor is on the screen: by a third of it when the place was not to be seen.
pub fn show_here(app: &mut App) {
    if let Mode::Select(selection) = &mut app.state.mode {
        selection.head = app.state.here;
    }
    let height = usize::from(height(app));
    let (document, layout) = (&app.document, &app.layout);
    let row = layout.row_of(document, app.state.here);
    let top = layout.row_of(document, app.state.top);
    let visible = row >= top && layout.distance(document, top, row, height) < height;
    if !visible {
        let third = layout.step(document, row, -(isize::try_from(height / 3).unwrap_or(0)));
        let top = third.min(layout.last_top(document, height as u16));
        app.state.top = layout.row(document, top).span.start;
    }
}

/// Keeps the top where the text has rows, and the cursor on the screen, after a change of size.
pub fn keep_in_view(app: &mut App) {
    let (document, layout) = (&app.document, &app.layout);
    let last = layout.last_top(document, height(app));
    if layout.row_of(document, app.state.top) > last {
        app.state.top = layout.row(document, last).span.start;
    }
    clamp_cursor(app);
}

/// Puts the row of the cursor, or of the nearest text shown, so many rows below the top, as far as the text allows.
pub fn hold(app: &mut App, above: usize) {
    let (document, layout) = (&app.document, &app.layout);
    let row = layout.row_of(document, app.state.here);
    let above = isize::try_from(above).unwrap_or(0);
    let top = layout.step(document, row, -above).min(layout.last_top(document, height(app)));
    app.state.top = layout.row(document, top).span.start;
    if !layout.shows(document, app.state.here) {
        app.state.here = layout.row(document, row).span.start;
    }
    show_here(app);
}

/// Returns the rows of the article that are shown, or would be if it were.
fn height(app: &App) -> u16 {
    let panes = app.panes();
    match panes.article.height {
        0 => panes.sidebar.height.max(1),
        height => height,
    }
}

/// Scrolls; returns whether anything moved.
fn scroll(app: &mut App, delta: isize) -> bool {
    let (document, layout) = (&app.document, &app.layout);
    let top = layout.row_of(document, app.state.top);
    let last = layout.last_top(document, height(app)).max(top);
    let next = layout.step(document, top, delta).min(last);
    app.state.top = layout.row(document, next).span.start;
    clamp_cursor(app);
    next != top
}

/// Moves the cursor by rows, over the gaps between blocks, at the same column.
fn cursor_rows(app: &mut App, delta: isize) {
    let (document, layout) = (&app.document, &app.layout);
    let from = layout.row_of(document, app.state.here);
    let column = layout.row(document, from).column_of(document, app.state.here);
    let mut to = layout.step(document, from, delta);
    if layout.row(document, to).kind == RowKind::Gap {
        to = layout.step(document, to, delta.signum());
    }
    app.state.here = layout.row(document, to).offset_at(document, column);
    show_here(app);
}

fn clamp_cursor(app: &mut App) {
    let height = height(app);
    let (document, layout) = (&app.document, &app.layout);
    let top = layout.row_of(document, app.state.top);
    let here = layout.row_of(document, app.state.here);
    let bottom = layout.step(document, top, isize::from(height as i16) - 1);
    let to = match here {
        here if here < top => with_text(app, top, 1),
        here if here > bottom => with_text(app, bottom, -1),
        _ => return,
    };
    app.state.here = layout.row(document, to).span.start;
}

/// Returns a row, or its neighbour when it is a gap.
fn with_text(app: &App, row: crate::app::layout::RowId, direction: isize) -> crate::app::layout::RowId {
    match app.layout.row(&app.document, row).kind {
        RowKind::Gap => app.layout.step(&app.document, row, direction),
        _ => row,
    }
}

/// Returns the nearest character boundary at or before an offset.
pub(super) fn boundary(app: &App, offset: Offset) -> Offset {
    let text = &app.document.text;
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
