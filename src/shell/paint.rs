//! A frame as bytes: what a terminal is told so that it shows one frame after another, and no more than that.
//!
//! Little is used, and what all terminals of today do: absolute and relative moves of the cursor, erasing to the end of a
//! row or of some cells (as since the VT220), and, where lines only moved, a scroll region with line feeds in it (VT100).
//! Several ways are written out, with lines moved and without, and the shortest is taken. Beside a sidebar, which must stay
//! where it is, moving whole rows gains little; a terminal that has said that it knows left and right margins (as the VT420
//! did) moves the rows of one pane alone, and a line further is a tenth of the bytes.

mod pen;
mod run;
mod shift;
mod way;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use self::pen::Pen;
use self::run::Run;
use self::shift::Shift;

/// The place of a cell: its column and its row.
pub type Place = (u16, u16);

/// What is probably written in so few bytes is, without looking for lines that moved.
const FEW: usize = 120;

/// The way to what is written takes about so many.
const WAY: usize = 4;

/// So many panes may move in one frame.
const PANES: usize = 2;

/// What the terminal shows, and how it comes to show something else.
#[derive(Debug)]
pub struct Painter {
    /// What was painted last; absent when the screen may show anything.
    shown: Option<Buffer>,
    pen: Pen,
    cursor: Option<bool>,
    margins: bool,
}

impl Painter {
    /// Returns a painter for a screen that may show anything. What a terminal erases has either the colour of the ground
    /// or, where `erases_in_colour` is not true of it, none.
    pub fn new(erases_in_colour: bool) -> Painter {
        Painter { shown: None, pen: Pen::new(erases_in_colour), cursor: None, margins: false }
    }

    /// Takes note that the terminal can move lines between a left and a right margin, and leave what stands beside them.
    pub fn use_margins(&mut self) {
        self.margins = true;
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
        let pen = std::mem::take(&mut self.pen);
        let mut pen = self.painted_or_moved(pen, &shown, &frame);
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

    /// Paints what differs in the shortest of the ways there are. What is probably shortest is tried first, and the others
    /// are given up as soon as they are longer.
    fn painted_or_moved(&self, pen: Pen, shown: &Buffer, frame: &Buffer) -> Pen {
        let runs = run::find(&pen, shown, frame);
        let bytes: usize =
            runs.iter().map(|run| WAY + if run.erased { 1 } else { usize::from(run.end - run.start) }).sum();
        let shift = (bytes > FEW).then(|| shift::find(shown, frame)).flatten();
        let mut best = None;
        if let Some(shift) = shift {
            if let Some(narrow) = self.margins.then(|| shift.narrow(shown, frame)).flatten() {
                best = moved_between_margins(pen.clone(), narrow, shown.clone(), frame);
            }
            let (mut pen, mut shown) = (pen.clone(), shown.clone());
            pen.scroll(&shift, frame.area.width);
            shift.apply(&mut shown);
            let runs = run::find(&pen, &shown, frame);
            best = Some(painted(&pen, frame, runs, best));
        }
        painted(&pen, frame, runs, best)
    }
}

/// Moves the lines of one pane, and of another by another distance, and paints what differs then.
fn moved_between_margins(mut pen: Pen, first: Shift, mut shown: Buffer, frame: &Buffer) -> Option<Pen> {
    let mut best = None;
    let mut shift = Some(first);
    for _ in 0..PANES {
        let Some(found) = shift else { break };
        pen.scroll(&found, frame.area.width);
        found.apply(&mut shown);
        let runs = run::find(&pen, &shown, frame);
        best = Some(painted(&pen, frame, runs, best));
        shift = shift::find(&shown, frame).and_then(|shift| shift.narrow(&shown, frame));
    }
    best
}

/// Paints the cells that differ, look by look or row by row; returns the shortest, which may be the best until now.
fn painted(pen: &Pen, frame: &Buffer, mut runs: Vec<Run>, mut best: Option<Pen>) -> Pen {
    let by_row = runs.clone();
    run::sort_by_look(&mut runs, pen.look());
    for runs in [runs, by_row] {
        best = Some(written(pen.clone(), frame, &runs, best));
    }
    best.unwrap_or_default()
}

/// Writes runs, unless that is no shorter than the best until now.
fn written(mut pen: Pen, frame: &Buffer, runs: &[Run], best: Option<Pen>) -> Pen {
    let width = usize::from(frame.area.width).max(1);
    let most = best.as_ref().map_or(usize::MAX, |best| best.out.len());
    for run in runs {
        let row = &frame.content[usize::from(run.y) * width..][..width];
        pen.write(run, row);
        if pen.out.len() >= most {
            break;
        }
    }
    best.filter(|best| best.out.len() <= pen.out.len()).unwrap_or(pen)
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
