//! Ways of the cursor from one place to another, and the shortest of them: thousands are weighed for a frame.

use std::ops::Deref;

use super::Place;

/// The longest way there is: lines down, a return and columns along, each with the largest number.
const LONGEST: usize = 20;

/// Fewer lines down are taken one by one.
const LINES: u16 = 4;

/// A sequence that moves the cursor.
#[derive(Clone, Copy, Debug, Default)]
pub struct Way {
    bytes: [u8; LONGEST],
    length: usize,
}

/// Returns the shortest way to a place, from another or from nobody knows where; it is empty when the cursor is there.
pub fn shortest(from: Option<Place>, (x, y): Place) -> Way {
    let absolute = match (x, y) {
        (0, 0) => Way::default().and(b"\x1b[H"),
        (0, _) => Way::default().and(b"\x1b[").number(y + 1).and(b"H"),
        _ => Way::default().and(b"\x1b[").number(y + 1).and(b";").number(x + 1).and(b"H"),
    };
    let Some((column, row)) = from else { return absolute };
    let vertical = match y {
        _ if y >= row && y - row < LINES => Way::default().repeat(b'\n', y - row),
        _ => Way::default().step(y.abs_diff(row), if y > row { b'B' } else { b'A' }),
    };
    vertical.along(column, x).or(absolute)
}

impl Way {
    fn along(self, from: u16, to: u16) -> Way {
        let step = self.step(to.abs_diff(from), if to > from { b'C' } else { b'D' });
        let anew = self.and(b"\r").step(to, b'C');
        let column = self.and(b"\x1b[").number(to + 1).and(b"G");
        // A backspace would be shorter for a step or two; but none is ever sent, so that one of an article's would be found.
        step.or(anew).or(column)
    }

    /// Returns the shorter of two ways.
    fn or(self, other: Way) -> Way {
        if other.length < self.length { other } else { self }
    }

    fn and(mut self, bytes: &[u8]) -> Way {
        self.bytes[self.length..][..bytes.len()].copy_from_slice(bytes);
        self.length += bytes.len();
        self
    }

    fn repeat(mut self, byte: u8, times: u16) -> Way {
        let times = usize::from(times);
        self.bytes[self.length..][..times].fill(byte);
        self.length += times;
        self
    }

    /// Adds the relative move by some cells.
    fn step(self, cells: u16, letter: u8) -> Way {
        match cells {
            0 => self,
            1 => self.and(&[0x1b, b'[', letter]),
            _ => self.and(b"\x1b[").number(cells).and(&[letter]),
        }
    }

    fn number(self, number: u16) -> Way {
        let more = if number > 9 { self.number(number / 10) } else { self };
        more.and(&[b'0' + (number % 10) as u8])
    }
}

impl Deref for Way {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
