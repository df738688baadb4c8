//! What a program of the reader's says of some words: a box over the panes.

use super::Place;
use super::cells::Canvas;
use super::popup;
use super::theme::Slot;
use crate::app::{App, Area, overlay, why};

pub fn draw(app: &App, top: usize, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let look_up = app.state.look_up.as_ref()?;
    let rows = u16::try_from(look_up.len().max(1)).unwrap_or(u16::MAX).saturating_add(2);
    let area = popup::centred(body, why::width(body.width), rows);
    let hint = match look_up.is_under_way() {
        true => "esc stops".to_owned(),
        false => overlay::leaving(app, rows > area.height),
    };
    let inside = popup::draw(area, &look_up.words, &hint, canvas);
    let end = inside.x + inside.width;
    if look_up.is_under_way() {
        let text = canvas.signs.spell("looking it up …").into_owned();
        canvas.put_cut(inside.x, inside.y, end, &text, canvas.theme[Slot::Dim]);
    }
    for (y, row) in (inside.y..inside.y + inside.height).zip(look_up.rows_from(top)) {
        canvas.put_cut(inside.x, y, end, row, canvas.theme[Slot::Text]);
    }
    Some((inside.x, inside.y)).filter(|_| inside.width > 0 && inside.height > 0)
}
