//! The pages that lie over the screen: help and messages.

use super::Place;
use super::cells::Canvas;
use super::theme::Slot;
use crate::app::overlay::{HINT, KEYS, Line, TEXT, docs, lines};
use crate::app::state::Overlay;
use crate::app::{App, Command};
use crate::text::width;

/// The rows above the lines and below them: the title and a rule, a rule and the keys.
const ABOVE: u16 = 2;
const BELOW: u16 = 2;

pub fn draw(app: &App, overlay: Overlay, top: usize, canvas: &mut Canvas) -> Option<Place> {
    let area = canvas.all();
    let (end, bottom) = (area.x + area.width, area.y + area.height);
    let framed = area.height > ABOVE + BELOW + 1;
    let lines = lines(app, overlay);
    let (first, last) = if framed { (area.y + ABOVE, bottom - BELOW) } else { (area.y, bottom) };
    for (y, line) in (first..last).zip(lines.iter().skip(top)) {
        draw_line(line, y, end, canvas);
    }
    if framed {
        let title = match overlay {
            Overlay::Help => "Help: all commands and their keys",
            Overlay::Messages => "Messages, the latest first",
            Overlay::Why(_) | Overlay::LookUp | Overlay::Footnote(_) => "",
        };
        canvas.put_cut(area.x + 1, area.y, end, title, canvas.theme[Slot::Title]);
        for y in [area.y + 1, bottom - 2] {
            canvas.row(area.x, y, end, canvas.signs.rule, Slot::Border);
        }
        canvas.put_cut(area.x + 1, bottom - 1, end, &hint(app, lines.len(), last - first), canvas.theme[Slot::Status]);
    }
    Some((area.x, first)).filter(|_| area.width > 0 && area.height > 0)
}

fn hint(app: &App, lines: usize, height: u16) -> String {
    let keys = |command| app.keymap.keys_of(command).into_iter().next().unwrap_or_default();
    match lines > usize::from(height) {
        true => format!("{} {} scroll   any other key leaves", keys(Command::ScrollDown), keys(Command::ScrollUp)),
        false => "any key leaves".to_owned(),
    }
}

fn draw_line(line: &Line, y: u16, end: u16, canvas: &mut Canvas) {
    match line {
        Line::Title(title) => {
            canvas.put_cut(1, y, end, title, canvas.theme[Slot::PopupTitle]);
        }
        Line::Command { keys, name, doc } => {
            let docs = docs(end);
            canvas.put_cut(KEYS, y, (docs - 1).min(end), keys, canvas.theme[Slot::Key]);
            let after = canvas.put_cut(docs, y, end, doc, canvas.theme[Slot::Text]);
            if usize::from(after) + width(name) + 3 <= usize::from(end) {
                canvas.put_right(after, y, end - 1, name, canvas.theme[Slot::Dim]);
            }
        }
        Line::More(doc) => {
            canvas.put_cut(docs(end), y, end, doc, canvas.theme[Slot::Text]);
        }
        Line::Text(text) => {
            canvas.put_cut(TEXT, y, end, text, canvas.theme[Slot::Text]);
        }
        Line::Hint(hint) => {
            canvas.put_cut(HINT, y, end, hint, canvas.theme[Slot::Dim]);
        }
        Line::Part { .. } | Line::Gap => {}
    }
}
