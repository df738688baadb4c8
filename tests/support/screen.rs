//! A frame, and a frame as text: its rows, and beneath each a row of letters for the styles.

use demarche::app::App;
use demarche::view::{self, Slot, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// What was drawn, and where the cursor was put.
pub struct Frame {
    pub buffer: Buffer,
    pub cursor: Option<(u16, u16)>,
}

/// Draws an app on a screen of its size.
pub fn frame(app: &App, theme: &Theme) -> Frame {
    let area = Rect::new(0, 0, app.state.size.columns, app.state.size.rows);
    let mut buffer = Buffer::empty(area);
    let cursor = view::draw(app, theme, &mut buffer);
    Frame { buffer, cursor: cursor.filter(|&(x, y)| x < area.width && y < area.height) }
}

/// Returns the rows of a frame, each with its styles beneath it where it has any; `_` stands under the cursor.
pub fn text(frame: &Frame, theme: &Theme) -> String {
    let area = frame.buffer.area;
    let mut out = String::new();
    for y in 0..area.height {
        let mut row = String::new();
        let mut styles = String::new();
        let mut hidden = 0;
        for x in 0..area.width {
            let cell = &frame.buffer[(x, y)];
            if hidden == 0 {
                row.push_str(cell.symbol());
                hidden = unicode_width::UnicodeWidthStr::width(cell.symbol()).saturating_sub(1);
            } else {
                hidden -= 1;
            }
            let is_cursor = frame.cursor == Some((x, y));
            styles.push(if is_cursor { '_' } else { letter(cell.style(), cell.symbol(), theme) });
        }
        out += format!("| {}", row.trim_end()).trim_end();
        out += "\n";
        if !styles.trim_end().is_empty() {
            out += format!(": {}", styles.trim_end()).trim_end();
            out += "\n";
        }
    }
    out
}

/// A cell's style as one letter, so that what moves or changes its look changes the transcript. A ground is said
/// before the letters on it, and what has none of its own is blank.
fn letter(style: Style, symbol: &str, theme: &Theme) -> char {
    let bg = |slot: Slot| theme[slot].bg.is_some() && style.bg == theme[slot].bg;
    let grounds = [
        (Slot::Current, 'M'),
        (Slot::Match, 'm'),
        (Slot::Line, 'l'),
        (Slot::WeakLine, 'w'),
        (Slot::Content, 'c'),
        (Slot::Yellow, 'y'),
        (Slot::Green, 'g'),
        (Slot::Blue, 'b'),
        (Slot::Red, 'r'),
        (Slot::Purple, 'p'),
    ];
    if style.add_modifier.contains(Modifier::REVERSED) {
        return 'R';
    }
    if style.add_modifier.contains(Modifier::CROSSED_OUT) {
        return 'X';
    }
    let is = |slot: Slot| theme[slot].fg.is_some() && style.fg == theme[slot].fg;
    let found = grounds.iter().find(|(slot, _)| bg(*slot));
    let source = style.add_modifier.contains(Modifier::BOLD | Modifier::UNDERLINED);
    match found {
        _ if source => 'S',
        _ if is(Slot::Cue) => 'C',
        Some((_, letter)) => *letter,
        None if symbol.trim().is_empty() => ' ',
        None if is(Slot::Warning) => '!',
        None if is(Slot::Spotlight) => ',',
        None => ink(style, theme),
    }
}

fn ink(style: Style, theme: &Theme) -> char {
    let is = |party: Style| party.fg.is_some() && party.fg == style.fg;
    let party = (0..8).find(|&rank| is(theme.party(rank)) || is(theme.party_name(rank)));
    let plain = style.fg.is_none() || style.fg == theme[Slot::Page].fg || style.fg == Some(Color::Reset);
    match party {
        Some(rank) => char::from(b'1' + rank as u8),
        None if style.add_modifier.contains(Modifier::BOLD) => 'B',
        None if style.add_modifier.contains(Modifier::ITALIC) => 'I',
        None if style.add_modifier.contains(Modifier::UNDERLINED) => 'U',
        None if style.add_modifier.contains(Modifier::DIM) => '.',
        None if plain => ' ',
        None => '.',
    }
}
