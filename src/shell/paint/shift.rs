//! Lines that only moved: found by comparing stretches of rows, for the painter to move them with the terminal's help.

use std::ops::{Range, RangeInclusive};

use ratatui::buffer::{Buffer, Cell};

/// The rows from `top` to `bottom` move up by `by` rows, or down when it is negative: what of them stands in some columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    pub top: u16,
    pub bottom: u16,
    pub columns: Range<u16>,
    pub by: i16,
}

/// Rows are compared in stretches of so many columns, so that those of a pane are found whatever stands beside it.
const COLUMNS: usize = 12;

/// Fewer stretches that agree are chance.
const FEWEST: usize = 4;

/// Returns by how many rows most of what is new moved, if anything did; whole rows, whatever stands beside it.
pub fn find(shown: &Buffer, frame: &Buffer) -> Option<Shift> {
    let (width, height) = (usize::from(frame.area.width), usize::from(frame.area.height));
    // For each distance, from all rows up to all rows down: how many stretches moved by it, and the rows they are in.
    let mut found: Vec<(usize, Range<usize>)> = vec![(0, height..0); 2 * height + 1];
    for from in (0..width).step_by(COLUMNS) {
        let columns = from..(from + COLUMNS).min(width);
        let (old, new) = (words(shown, columns.clone()), words(frame, columns));
        for (y, word) in new.iter().enumerate().filter(|(y, word)| word.is_some() && **word != old[*y]) {
            for (before, _) in old.iter().enumerate().filter(|(_, old)| *old == word) {
                let (count, rows) = &mut found[height + before - y];
                *count += 1;
                *rows = rows.start.min(y.min(before))..rows.end.max(y.max(before) + 1);
            }
        }
    }
    let (at, (count, rows)) = found.into_iter().enumerate().max_by_key(|(_, (count, _))| *count)?;
    let by = i16::try_from(at).ok()? - i16::try_from(height).ok()?;
    let (top, bottom) = (u16::try_from(rows.start).ok()?, u16::try_from(rows.end.saturating_sub(1)).ok()?);
    let shift = Shift { top, bottom, columns: 0..frame.area.width, by };
    (count >= FEWEST && by != 0 && by.unsigned_abs() <= bottom.saturating_sub(top)).then_some(shift)
}

/// Returns a number for what a stretch of each row says; a blank one says nothing.
fn words(buffer: &Buffer, columns: Range<usize>) -> Vec<Option<u64>> {
    let rows = buffer.content.chunks(usize::from(buffer.area.width).max(1));
    rows.map(|row| {
        let cells = &row[columns.clone()];
        let bytes = || cells.iter().flat_map(|cell| cell.symbol().bytes());
        bytes()
            .any(|byte| byte != b' ')
            .then(|| bytes().fold(FNV, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME)))
    })
    .collect()
}

/// The numbers of the hash by Fowler, Noll and Vo.
const FNV: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x100_0000_01b3;

impl Shift {
    /// Returns the same shift of those columns alone of which moving makes the most right, if they are not all.
    pub fn narrow(&self, shown: &Buffer, frame: &Buffer) -> Option<Shift> {
        let width = usize::from(frame.area.width);
        let mut gains = vec![0; width];
        for y in self.rows() {
            let new = row(frame, y);
            let (stays, comes) = (row(shown, y), self.source(y).map(|y| row(shown, y)));
            for (x, gain) in gains.iter_mut().enumerate() {
                *gain -= i32::from(new[x] == stays[x]);
                *gain += i32::from(comes.is_some_and(|comes| new[x] == comes[x]));
            }
        }
        let Range { mut start, mut end } = best_stretch(&gains);
        // A wide character moves whole or not at all.
        let cuts = |x: usize| x < width && self.rows().any(|y| row(shown, y)[x].symbol().is_empty());
        while start > 0 && cuts(start) {
            start -= 1;
        }
        while cuts(end) {
            end += 1;
        }
        // A region has two columns at least (DECSLRM).
        let is_part = start + 1 < end && end - start < width;
        is_part.then(|| Shift { columns: start as u16..end as u16, ..self.clone() })
    }

    /// Moves what a buffer holds; of what comes in every cell counts as different from any other.
    pub fn apply(&self, buffer: &mut Buffer) {
        let width = usize::from(buffer.area.width);
        let cells = |y: u16| {
            let row = usize::from(y) * width;
            row + usize::from(self.columns.start)..row + usize::from(self.columns.end)
        };
        let mut move_to = |y: u16| match self.source(y) {
            Some(from) => cells(y).zip(cells(from)).for_each(|(to, from)| buffer.content.swap(to, from)),
            None => buffer.content[cells(y)].fill(Cell::new("")),
        };
        if self.by > 0 { self.rows().for_each(&mut move_to) } else { self.rows().rev().for_each(&mut move_to) }
    }

    fn rows(&self) -> RangeInclusive<u16> {
        self.top..=self.bottom
    }

    /// Returns the row of which the cells move to a row.
    fn source(&self, y: u16) -> Option<u16> {
        y.checked_add_signed(self.by).filter(|y| self.rows().contains(y))
    }
}

fn row(buffer: &Buffer, y: u16) -> &[Cell] {
    let width = usize::from(buffer.area.width);
    &buffer.content[usize::from(y) * width..][..width]
}

/// Returns the neighbours that gain most together.
fn best_stretch(gains: &[i32]) -> Range<usize> {
    let (mut best, mut most) = (0..0, 0);
    let (mut start, mut sum) = (0, 0);
    for (x, gain) in gains.iter().enumerate() {
        if sum <= 0 {
            (start, sum) = (x, 0);
        }
        sum += gain;
        if sum > most {
            (best, most) = (start..x + 1, sum);
        }
    }
    best
}
