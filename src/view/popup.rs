//! A box over the panes.

use super::cells::Canvas;
use super::theme::Slot;
use crate::app::Area;

/// Draws an empty box with a title; returns the area inside it. On a screen too small for a border, it has none.
pub fn draw(area: Area, title: &str, hint: &str, canvas: &mut Canvas) -> Area {
    canvas.clear(area, Slot::Popup);
    if area.width < 12 || area.height < 3 {
        return area;
    }
    let (right, bottom) = (area.x + area.width - 1, area.y + area.height - 1);
    for y in [area.y, bottom] {
        canvas.row(area.x + 1, y, right, canvas.signs.rule, Slot::Border);
    }
    for x in [area.x, right] {
        canvas.column(Area { x, y: area.y + 1, width: 1, height: area.height - 2 }, canvas.signs.divider, Slot::Border);
    }
    let [a, b, c, d] = canvas.signs.corners;
    for (x, y, sign) in [(area.x, area.y, a), (right, area.y, b), (area.x, bottom, c), (right, bottom, d)] {
        canvas.row(x, y, x + 1, sign, Slot::Border);
    }
    label(area.x + 2, area.y, right - 1, title, Slot::PopupTitle, canvas);
    label(area.x + 2, bottom, right - 1, hint, Slot::Dim, canvas);
    Area { x: area.x + 2, y: area.y + 1, width: area.width - 4, height: area.height - 2 }
}

/// Words on the border, with a space on either side.
fn label(x: u16, y: u16, end: u16, words: &str, slot: Slot, canvas: &mut Canvas) {
    if words.is_empty() {
        return;
    }
    canvas.row(x, y, x + 1, " ", Slot::Border);
    let after = canvas.put_cut(x + 1, y, end.saturating_sub(1), words, canvas.theme[slot]);
    canvas.row(after, y, after + 1, " ", Slot::Border);
}

/// Returns an area of a size in the middle of another, a little above the centre as a page is set.
pub fn centred(body: Area, width: u16, height: u16) -> Area {
    let (width, height) = (width.min(body.width), height.min(body.height));
    Area { x: body.x + (body.width - width) / 2, y: body.y + (body.height - height) / 3, width, height }
}

/// Returns the first of so many lines to show, so that the selected one is among them.
pub fn first_shown(selected: usize, height: u16) -> usize {
    (selected + 1).saturating_sub(usize::from(height))
}
