//! A frame as bytes: what a terminal is told so that it shows one frame after another, and no more than that.
//!
//! Nothing is used that only some terminals do: absolute and relative moves of the cursor, erasing to the end of a row,
//! and, where lines only moved, a scroll region with line feeds in it, as terminals have had since the VT100. Two ways
//! are written out, with lines moved and without, and the shorter one is taken: beside a sidebar, which must stay where it
//! is, that is now the one and now the other.

mod pen;
mod run;
mod shift;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use self::pen::Pen;
use self::run::Run;
use self::shift::Shift;

/// The place of a cell: its column and its row.
pub type Place = (u16, u16);

/// What differs in so few bytes is written at once, without looking for lines that moved.
const FEW: usize = 160;

/// What the terminal shows, and how it comes to show something else.
#[derive(Debug)]
pub struct Painter {
    /// What was painted last; absent when the screen may show anything.
    shown: Option<Buffer>,
    pen: Pen,
    cursor: Option<bool>,
}

impl Painter {
    /// Returns a painter for a screen that may show anything. What a terminal erases has either the colour of the ground
    /// or, where `erases_in_colour` is not true of it, none.
    pub fn new(erases_in_colour: bool) -> Painter {
        Painter { shown: None, pen: Pen::new(erases_in_colour), cursor: None }
    }

    /// Forgets what the terminal shows: the next frame is painted in full.
    pub fn forget(&mut self) {
        self.shown = None;
    }

    /// Returns the bytes after which the terminal shows a frame, and the cursor at a place of it or nowhere; none when it
    /// does already.
    pub fn paint(&mut self, mut frame: Buffer, cursor: Option<Place>) -> Vec<u8> {
        settle(&mut frame);
        let shown = match self.shown.take().filter(|shown| shown.area == frame.area) {
            Some(shown) => shown,
            None => {
                self.pen.clear();
                self.cursor = None;
                blank(frame.area)
            }
        };
        let mut pen = std::mem::take(&mut self.pen);
        let plain = painted(pen.clone(), &shown, &frame);
        pen = match (plain.out.len() > FEW).then(|| shift::find(&shown, &frame)).flatten() {
            Some(shift) => shorter(plain, moved(pen, shift, shown, &frame)),
            None => plain,
        };
        if self.cursor != Some(cursor.is_some()) {
            pen.out.extend_from_slice(if cursor.is_some() { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.cursor = Some(cursor.is_some());
        }
        if let Some(place) = cursor {
            pen.go(place);
        }
        let bytes = std::mem::take(&mut pen.out);
        (self.pen, self.shown) = (pen, Some(frame));
        bytes
    }
}

fn shorter(a: Pen, b: Pen) -> Pen {
    if b.out.len() < a.out.len() { b } else { a }
}

/// Moves lines and paints what differs then.
fn moved(mut pen: Pen, shift: Shift, mut shown: Buffer, frame: &Buffer) -> Pen {
    pen.scroll(shift);
    shift.apply(&mut shown);
    painted(pen, &shown, frame)
}

/// Paints the cells that differ: row by row, or look by look.
fn painted(pen: Pen, shown: &Buffer, frame: &Buffer) -> Pen {
    let mut runs = run::find(&pen, shown, frame);
    let by_row = written(pen.clone(), frame, &runs);
    if by_row.out.len() <= FEW {
        return by_row;
    }
    run::sort_by_look(&mut runs, pen.look());
    shorter(by_row, written(pen, frame, &runs))
}

fn written(mut pen: Pen, frame: &Buffer, runs: &[Run]) -> Pen {
    let width = usize::from(frame.area.width).max(1);
    for run in runs {
        let row = &frame.content[usize::from(run.y) * width..][..width];
        pen.write(run, row);
    }
    pen
}

/// Brings the cells of a frame into the one form in which they are compared: what a wide character hides is nothing, and
/// the ink of a blank does not count.
fn settle(frame: &mut Buffer) {
    let width = usize::from(frame.area.width).max(1);
    for row in frame.content.chunks_mut(width) {
        let mut hidden = 0;
        for cell in row {
            if hidden > 0 {
                hidden -= 1;
                cell.set_symbol("");
                continue;
            }
            let wide = cell.symbol().width();
            match cell.symbol() {
                " " => bare(cell),
                _ if wide == 0 => {
                    cell.set_symbol(" ");
                    bare(cell);
                }
                _ => hidden = wide - 1,
            }
        }
    }
}

fn bare(cell: &mut Cell) {
    cell.modifier &= SEEN_ON_BLANKS;
    if cell.modifier.is_empty() {
        cell.fg = Color::Reset;
    }
}

/// What of a style is seen where there is no letter.
const SEEN_ON_BLANKS: Modifier =
    Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT).union(Modifier::SLOW_BLINK);

/// Returns an empty screen.
fn blank(area: Rect) -> Buffer {
    Buffer::filled(area, Cell::new(" "))
}

#[cfg(test)]
mod tests;
