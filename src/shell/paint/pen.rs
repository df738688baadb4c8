//! The pen: writes cells where they belong, in the fewest bytes that say so.

use std::ops::Range;

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::run::Run;
use super::shift::Shift;
use super::{Place, SEEN_ON_BLANKS, way};

/// So many blanks are never erased in fewer bytes.
const FEW_BLANKS: usize = 4;

/// What a terminal was told, with what it knows by now: where the cursor is and how letters look.
#[derive(Clone, Debug, Default)]
pub struct Pen {
    pub out: Vec<u8>,
    /// Where the cursor is; absent when that is not sure.
    at: Option<Place>,
    look: Look,
    erases_in_colour: bool,
}

/// How letters look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    fg: Color,
    bg: Color,
    modifier: Modifier,
}

impl Look {
    pub fn of(cell: &Cell) -> Look {
        Look { fg: cell.fg, bg: cell.bg, modifier: cell.modifier }
    }

    /// Returns whether a cell can be written in this look; what is not seen of a blank need not be as it says.
    pub fn suits(self, cell: &Cell) -> bool {
        let look = Look::of(cell);
        match cell.symbol() == " " && cell.modifier.is_empty() {
            true => self.erases_like(look),
            false => self == look,
        }
    }

    /// Returns whether what is erased looks the same.
    pub fn erases_like(self, other: Look) -> bool {
        self.bg == other.bg && !self.modifier.intersects(SEEN_ON_BLANKS)
    }
}

impl Pen {
    pub fn new(erases_in_colour: bool) -> Pen {
        Pen { erases_in_colour, ..Pen::default() }
    }

    /// Makes the whole screen blank.
    pub fn clear(&mut self) {
        self.out.extend_from_slice(b"\x1b[m\x1b[2J");
        self.at = None;
        self.look = Look::default();
    }

    /// Returns whether a cell looks like what this terminal leaves where it erases.
    pub fn can_erase(&self, cell: &Cell) -> bool {
        let is_blank = cell.symbol() == " " && cell.modifier.is_empty();
        is_blank && (self.erases_in_colour || cell.bg == Color::Reset)
    }

    pub fn look(&self) -> Look {
        self.look
    }

    /// Writes a run of a row, or erases it.
    pub fn write(&mut self, run: &Run, row: &[Cell]) {
        self.go_along((run.start, run.y), row);
        if !run.erased {
            return self.write_cells(&row[usize::from(run.start)..usize::from(run.end)], row.len());
        }
        if !self.look.erases_like(run.look) {
            self.dress(Look { fg: self.look.fg, modifier: self.look.modifier - SEEN_ON_BLANKS, ..run.look });
        }
        self.out.extend_from_slice(b"\x1b[K");
    }

    /// Moves lines; what comes in is undefined. In whole rows line feeds in a region's last row move it up, reverse ones in
    /// its first row move it down. Within margins, lines are deleted or inserted in its first row.
    pub fn scroll(&mut self, shift: &Shift, columns: u16) {
        let Shift { top, bottom, columns: Range { start, end }, by } = *shift;
        let (left, lines) = (start + 1, usize::from(by.unsigned_abs()));
        let is_whole = start == 0 && end == columns;
        if !is_whole {
            self.out.extend_from_slice(format!("\x1b[?69h\x1b[{left};{end}s").as_bytes());
        }
        self.out.extend_from_slice(format!("\x1b[{};{}r", top + 1, bottom + 1).as_bytes());
        // Where the cursor goes with a region, terminals do not agree.
        self.at = None;
        match (is_whole, by > 0) {
            (true, true) => {
                self.go((0, bottom));
                self.out.extend(std::iter::repeat_n(b'\n', lines));
            }
            (true, false) => {
                self.go((0, top));
                self.out.extend(b"\x1bM".repeat(lines));
            }
            (false, up) => {
                self.go((start, top));
                self.out.extend_from_slice(format!("\x1b[{lines}{}\x1b[?69l", if up { 'M' } else { 'L' }).as_bytes());
            }
        }
        self.out.extend_from_slice(b"\x1b[r");
        self.at = Some((0, 0));
    }

    /// Writes cells from the cursor on; many blanks are erased, which leaves the cursor before them.
    fn write_cells(&mut self, mut cells: &[Cell], columns: usize) {
        while !cells.is_empty() {
            let blanks = cells.iter().take_while(|cell| self.can_erase(cell) && self.look.suits(cell)).count();
            let (now, later) = cells.split_at(blanks.max(1));
            cells = later;
            if !self.erase(blanks, !later.is_empty()) {
                now.iter().for_each(|cell| self.put(cell, columns));
            }
        }
    }

    /// Erases some cells and, when more is to follow, goes behind them; does nothing where writing blanks is as short.
    fn erase(&mut self, cells: usize, more: bool) -> bool {
        let Some((x, y)) = self.at.filter(|_| cells > FEW_BLANKS) else { return false };
        let behind = if more { (x + cells as u16, y) } else { (x, y) };
        let erasing = format!("\x1b[{cells}X");
        let moving = way::shortest(self.at, behind);
        let is_shorter = erasing.len() + moving.len() < cells;
        if is_shorter {
            self.out.extend_from_slice(erasing.as_bytes());
            self.out.extend_from_slice(&moving);
            self.at = Some(behind);
        }
        is_shorter
    }

    /// Writes a cell at the cursor; one that is hidden behind a wide one is written already.
    fn put(&mut self, cell: &Cell, columns: usize) {
        let symbol = cell.symbol();
        if symbol.is_empty() {
            return;
        }
        if !self.look.suits(cell) {
            self.dress(Look::of(cell));
        }
        self.out.extend_from_slice(symbol.as_bytes());
        // Terminals differ in what they do behind the last column, and in how wide they take a character of several.
        let is_sure = symbol.len() == 1 || symbol.chars().nth(1).is_none();
        let behind = |(x, y): Place| Some((x + symbol.width() as u16, y)).filter(|(x, _)| usize::from(*x) < columns);
        self.at = self.at.filter(|_| is_sure).and_then(behind);
    }

    /// Moves the cursor within a row that looks like `row` up to there, by writing once more what is on the way where that
    /// is shorter.
    fn go_along(&mut self, (x, y): Place, row: &[Cell]) {
        if let Some((from, row_now)) = self.at
            && row_now == y
            && from < x
        {
            let between = &row[usize::from(from)..usize::from(x)];
            let is_plain = |cell: &Cell| !cell.symbol().is_empty() && cell.symbol().len() <= 3 && self.look.suits(cell);
            let bytes: usize = between.iter().map(|cell| cell.symbol().len()).sum();
            if bytes <= way::shortest(self.at, (x, y)).len() && between.iter().all(is_plain) {
                return between.iter().for_each(|cell| self.put(cell, row.len()));
            }
        }
        self.go((x, y));
    }

    /// Moves the cursor.
    pub fn go(&mut self, place: Place) {
        self.out.extend_from_slice(&way::shortest(self.at, place));
        self.at = Some(place);
    }

    /// Changes how letters look: by what differs, or from the beginning where that is shorter.
    fn dress(&mut self, look: Look) {
        if look == self.look {
            return;
        }
        let start = self.out.len();
        self.out.extend_from_slice(b"\x1b[");
        push_changes(&mut self.out, self.look, look);
        self.out.push(b'm');
        let end = self.out.len();
        self.out.extend_from_slice(b"\x1b[0;");
        push_changes(&mut self.out, Look::default(), look);
        if self.out.ends_with(b";") {
            self.out.truncate(end + 2);
        }
        self.out.push(b'm');
        if self.out.len() - end < end - start {
            self.out.drain(start..end);
        } else {
            self.out.truncate(end);
        }
        self.look = look;
    }
}

/// The modifiers with the numbers that turn them on and off.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Adds the numbers that make one look of another.
fn push_changes(out: &mut Vec<u8>, from: Look, to: Look) {
    let start = out.len();
    let mut kept = from.modifier;
    if kept != to.modifier {
        for (modifier, _, off) in MODIFIERS {
            if kept.contains(modifier) && !to.modifier.contains(modifier) {
                push_number(out, off);
                // One number turns off all that share it.
                MODIFIERS.iter().filter(|(_, _, other)| *other == off).for_each(|(other, ..)| kept -= *other);
            }
        }
        let added = to.modifier - kept;
        MODIFIERS.iter().filter(|(m, ..)| added.contains(*m)).for_each(|(_, on, _)| push_number(out, *on));
    }
    if from.fg != to.fg {
        push_colour(out, to.fg, 30);
    }
    if from.bg != to.bg {
        push_colour(out, to.bg, 40);
    }
    if out.len() > start {
        out.pop();
    }
}

/// Adds the numbers of a colour of letters (30) or of the ground (40).
fn push_colour(out: &mut Vec<u8>, colour: Color, base: u8) {
    let number = match colour {
        Color::Reset => 9,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 60,
        Color::LightRed => 61,
        Color::LightGreen => 62,
        Color::LightYellow => 63,
        Color::LightBlue => 64,
        Color::LightMagenta => 65,
        Color::LightCyan => 66,
        Color::White => 67,
        Color::Indexed(index) => return [base + 8, 5, index].into_iter().for_each(|number| push_number(out, number)),
        Color::Rgb(r, g, b) => return [base + 8, 2, r, g, b].into_iter().for_each(|number| push_number(out, number)),
    };
    push_number(out, base + number);
}

/// Adds a number and a semicolon behind it.
fn push_number(out: &mut Vec<u8>, number: u8) {
    if number > 99 {
        out.push(b'0' + number / 100);
    }
    if number > 9 {
        out.push(b'0' + number / 10 % 10);
    }
    out.extend([b'0' + number % 10, b';']);
}
