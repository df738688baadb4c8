//! A list to choose from: each choice with its letter.

use super::Place;
use super::cells::Canvas;
use super::popup;
use super::theme::Slot;
use crate::app::Area;
use crate::app::state::Menu;
use crate::text::width;

pub fn draw(menu: &Menu, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let widest = menu.choices.iter().map(|choice| width(&choice.label)).max().unwrap_or(0).max(width(&menu.title));
    let columns = u16::try_from(widest).unwrap_or(u16::MAX).saturating_add(8).clamp(28, 60);
    let rows = u16::try_from(menu.choices.len()).unwrap_or(u16::MAX).saturating_add(2);
    let inside = popup::draw(popup::centred(body, columns, rows), &menu.title, "esc leaves", canvas);
    let end = inside.x + inside.width;
    let first = popup::first_shown(menu.selected, inside.height);
    let mut place = None;
    let visible = menu.choices.iter().enumerate().skip(first).take(usize::from(inside.height));
    for (y, (index, choice)) in (inside.y..).zip(visible) {
        canvas.put(inside.x, y, end, &choice.key.to_string(), canvas.theme[Slot::Key]);
        canvas.put_cut(inside.x + 3, y, end, &canvas.signs.spell(&choice.label), canvas.theme[Slot::Text]);
        if index == menu.selected {
            canvas.paint(inside.x.saturating_sub(1), y, end + 1, canvas.theme[Slot::Choice]);
            place = Some((inside.x, y));
        }
    }
    place
}
