//! The palette: commands by name, with their keys.

use super::Place;
use super::cells::Canvas;
use super::popup;
use super::prompt;
use super::theme::Slot;
use crate::app::state::PalettePrompt;
use crate::app::{App, Area, matching};

/// The most columns and rows it takes.
const WIDTH: u16 = 84;
const HEIGHT: u16 = 18;

pub fn draw(app: &App, palette: &PalettePrompt, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let area = popup::centred(body, WIDTH.min(body.width.saturating_sub(4).max(1)), HEIGHT);
    let inside = popup::draw(area, "Commands", "", canvas);
    let end = inside.x + inside.width;
    let cursor = prompt::draw(": ", &palette.prompt, (inside.x, inside.y), end, canvas);
    let found = matching(palette.prompt.text());
    let rows = inside.height.saturating_sub(2);
    if found.is_empty() && rows > 0 {
        canvas.put_cut(inside.x, inside.y + 2, end, "no command is like this", canvas.theme[Slot::Dim]);
    }
    let first = popup::first_shown(palette.selected, rows);
    for (y, (index, entry)) in (inside.y + 2..).zip(found.iter().enumerate().skip(first).take(usize::from(rows))) {
        let keys = app.keymap.keys_of(entry.command).join("  ");
        let doc_end = canvas.put_right(inside.x, y, end, &keys, canvas.theme[Slot::Key]).saturating_sub(2);
        canvas.put(inside.x, y, end, entry.name, canvas.theme[Slot::Text]);
        let doc_at = inside.x + 22;
        if doc_at + 10 < doc_end {
            canvas.put_cut(doc_at, y, doc_end, entry.doc, canvas.theme[Slot::Dim]);
        }
        if index == palette.selected {
            canvas.paint(inside.x.saturating_sub(1), y, end + 1, canvas.theme[Slot::Choice]);
        }
    }
    cursor
}
