//! Why a position is there: a box over the panes, each part of the answer with its name.

use super::Place;
use super::cells::Canvas;
use super::popup;
use super::theme::Slot;
use crate::analysis::PositionId;
use crate::app::overlay::Line;
use crate::app::why::{self, TEXTS};
use crate::app::{App, Area, Command};

pub fn draw(app: &App, id: PositionId, top: usize, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let lines = why::lines(app, id);
    let rows = u16::try_from(lines.len()).unwrap_or(u16::MAX).saturating_add(2);
    let area = popup::centred(body, why::width(body.width), rows);
    let inside = popup::draw(area, "Why is this here?", &hint(app, rows > area.height), canvas);
    let end = inside.x + inside.width;
    for (y, line) in (inside.y..inside.y + inside.height).zip(lines.iter().skip(top)) {
        let Line::Part { name, text } = line else { continue };
        canvas.put(inside.x, y, end, name, canvas.theme[Slot::Key]);
        canvas.put_cut(inside.x + TEXTS, y, end, &canvas.signs.spell(text), canvas.theme[Slot::Text]);
    }
    Some((inside.x, inside.y)).filter(|_| inside.width > 0 && inside.height > 0)
}

fn hint(app: &App, scrolls: bool) -> String {
    let key = |command| app.keymap.keys_of(command).into_iter().next().unwrap_or_default();
    let scroll = if scrolls {
        format!("{} {} scroll  ", key(Command::ScrollDown), key(Command::ScrollUp))
    } else {
        String::new()
    };
    let (next, correct) = (key(Command::NextPosition), key(Command::Correct));
    format!("{scroll}{correct} correct  {next} next  any other key leaves")
}
