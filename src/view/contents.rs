//! The contents: the headings of the article, each indented below the one it belongs to.

use super::Place;
use super::cells::Canvas;
use super::sidebar::{Columns, draw_line, draw_list};
use super::theme::Slot;
use crate::app::{App, Area, Item};
use crate::document::{Block, BlockKind};

/// Draws the page; returns the place of the selected line, which is the heading that the cursor stands under.
pub fn draw(app: &App, list: Area, canvas: &mut Canvas) -> Option<Place> {
    draw_list(app, list, canvas, draw_heading).selected
}

fn draw_heading(app: &App, item: &Item, line: Area, canvas: &mut Canvas) {
    let Item::Heading { block, depth } = *item else { return draw_line(app, item, line, canvas) };
    let Some(Block { kind, span }) = app.document.blocks.get(block) else { return };
    let slot = if *kind == BlockKind::Heading(1) { Slot::Strong } else { Slot::Text };
    let columns = Columns::of(line);
    let indent = (u16::from(depth) * 2).min(line.width / 3);
    columns.words(canvas, line.x + 2 + indent, span.of(&app.document.text), canvas.theme[slot]);
    // The number of the paragraph it stands above, where its own is that of the one before.
    let below = app.document.blocks[block + 1..].iter().find(|below| !matches!(below.kind, BlockKind::Heading(_)));
    columns.place(app, canvas, below.unwrap_or(&app.document.blocks[block]).span.start);
}
