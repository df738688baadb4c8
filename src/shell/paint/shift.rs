//! Lines that only moved: found by comparing stretches of rows, for the painter to move them with the terminal's help.

use std::ops::Range;

use ratatui::buffer::{Buffer, Cell};

/// The rows from `top` to `bottom` move up by `by` rows, or down when it is negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    pub top: u16,
    pub bottom: u16,
    pub by: i16,
}

/// Rows are compared in stretches of so many columns, so that those of a pane are found whatever stands beside it.
const COLUMNS: usize = 12;

/// Fewer stretches that agree are chance.
const FEWEST: usize = 4;

/// Returns by how many rows most of what is new moved, if anything did.
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
    (count >= FEWEST && by != 0 && by.unsigned_abs() <= bottom.saturating_sub(top)).then_some(Shift { top, bottom, by })
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
    /// Moves the rows of a buffer; in those that come in every cell counts as different from any other.
    pub fn apply(self, buffer: &mut Buffer) {
        let width = usize::from(buffer.area.width);
        let rows = usize::from(self.top) * width..(usize::from(self.bottom) + 1) * width;
        let distance = usize::from(self.by.unsigned_abs()) * width;
        let region = &mut buffer.content[rows];
        let new = if self.by > 0 {
            region.rotate_left(distance);
            region.len() - distance..region.len()
        } else {
            region.rotate_right(distance);
            0..distance
        };
        region[new].fill(Cell::new(""));
    }
}
