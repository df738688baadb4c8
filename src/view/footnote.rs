//! A footnote, shown where it is referred to: a box over the panes.

use super::Place;
use super::cells::Canvas;
use super::popup;
use super::theme::Slot;
use crate::app::overlay::{self, Line};
use crate::app::state::Overlay;
use crate::app::{App, Area, Command, why};
use crate::text::Offset;

pub fn draw(app: &App, at: Offset, top: usize, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let lines = overlay::lines(app, Overlay::Footnote(at));
    let rows = u16::try_from(lines.len().max(1)).unwrap_or(u16::MAX).saturating_add(2);
    let area = popup::centred(body, why::width(body.width), rows);
    let key = app.keymap.keys_of(Command::OpenLink).into_iter().next();
    let goes = key.map_or_else(String::new, |key| format!("{key} goes there  "));
    let hint = goes + &overlay::leaving(app, rows > area.height).replace("any key", "any other key");
    let inside = popup::draw(area, "Footnote", &hint, canvas);
    let end = inside.x + inside.width;
    for (y, line) in (inside.y..inside.y + inside.height).zip(lines.iter().skip(top)) {
        if let Line::Text(text) = line {
            canvas.put_cut(inside.x, y, end, text, canvas.theme[Slot::Text]);
        }
    }
    Some((inside.x, inside.y)).filter(|_| inside.width > 0 && inside.height > 0)
}
