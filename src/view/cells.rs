//! The one door by which text gets into cells. Whatever is written here passes `text::glyph`, so no control character,
//! no reordering and no invisible text of a file can reach the terminal; and whatever does not fit is left out.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Style;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::signs::{ASCII, Signs, UNICODE};
use super::theme::{Slot, Theme};
use crate::app::Area;
use crate::text::glyph;
use crate::text::glyph::Glyph;

/// The cells of a frame, with what every pane draws with.
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    pub theme: &'a Theme,
    pub signs: &'static Signs,
}

impl<'a> Canvas<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, ascii: bool) -> Canvas<'a> {
        Canvas { buffer, theme, signs: if ascii { &ASCII } else { &UNICODE } }
    }

    /// Returns the whole screen.
    pub fn all(&self) -> Area {
        let area = self.buffer.area;
        Area { x: area.x, y: area.y, width: area.width, height: area.height }
    }

    /// Writes a text from a column on, up to the column `end`; returns the column after it. Cells left of it stay.
    pub fn put(&mut self, x: u16, y: u16, end: u16, text: &str, style: impl Into<Style>) -> u16 {
        let style = style.into();
        let mut x = x;
        for grapheme in text.graphemes(true) {
            let Some(next) = self.put_glyph(x, y, end, &glyph(grapheme), style) else { break };
            x = next;
        }
        x
    }

    /// Writes a text, shortened with a sign where it does not fit.
    pub fn put_cut(&mut self, x: u16, y: u16, end: u16, text: &str, style: impl Into<Style>) -> u16 {
        let room = usize::from(end.saturating_sub(x));
        let shown = super::shorten::cut(text, room, self.signs.cut);
        self.put(x, y, end, &shown, style)
    }

    /// Writes a text so that it ends before the column `end`, where it fits after `start`; returns where it begins.
    pub fn put_right(&mut self, start: u16, y: u16, end: u16, text: &str, style: impl Into<Style>) -> u16 {
        let width = u16::try_from(crate::text::width(text)).unwrap_or(u16::MAX);
        let x = end.saturating_sub(width).max(start);
        self.put(x, y, end, text, style);
        x
    }

    /// Writes one glyph if it fits; a stand-in of several characters (`<U+009B>`) takes a cell for each.
    pub fn put_glyph(&mut self, x: u16, y: u16, end: u16, glyph: &Glyph, style: Style) -> Option<u16> {
        let width = u16::try_from(glyph.width).unwrap_or(u16::MAX);
        let next = x.checked_add(width).filter(|&next| next <= end)?;
        if glyph.shown.graphemes(true).nth(1).is_none() {
            self.set(x, y, &glyph.shown, width, style);
            return Some(next);
        }
        let mut at = x;
        for part in glyph.shown.graphemes(true) {
            let width = u16::try_from(part.width()).unwrap_or(0);
            self.set(at, y, part, width, style);
            at += width;
        }
        Some(next)
    }

    /// Lays a style over cells that are there.
    pub fn paint(&mut self, x: u16, y: u16, end: u16, style: impl Into<Style>) {
        let style = style.into();
        for x in x..end {
            if let Some(cell) = self.cell(x, y) {
                cell.set_style(style);
            }
        }
    }

    /// Makes an area empty, in one style.
    pub fn clear(&mut self, area: Area, slot: Slot) {
        let style = self.theme[Slot::Page].patch(self.theme[slot]);
        for y in area.y..area.y.saturating_add(area.height) {
            // Half of a wide character would stand over the edge.
            if let Some(left) =
                area.x.checked_sub(1).and_then(|x| self.cell(x, y)).filter(|left| left.symbol().width() > 1)
            {
                left.set_symbol(" ");
            }
            for x in area.x..area.x.saturating_add(area.width) {
                if let Some(cell) = self.cell(x, y) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Repeats a sign along a row.
    pub fn row(&mut self, x: u16, y: u16, end: u16, sign: &str, slot: Slot) {
        let style = self.theme[slot];
        for x in x..end {
            self.set(x, y, sign, 1, style);
        }
    }

    /// Repeats a sign down the first column of an area.
    pub fn column(&mut self, area: Area, sign: &str, slot: Slot) {
        let style = self.theme[slot];
        for y in area.y..area.y.saturating_add(area.height.min(area.width.saturating_mul(u16::MAX))) {
            self.set(area.x, y, sign, 1, style);
        }
    }

    fn set(&mut self, x: u16, y: u16, symbol: &str, width: u16, style: Style) {
        if width == 0 || self.cell(x + width - 1, y).is_none() {
            return;
        }
        for behind in x + 1..x + width {
            if let Some(cell) = self.cell(behind, y) {
                cell.set_symbol(" ").set_style(style);
            }
        }
        if let Some(cell) = self.cell(x, y) {
            cell.set_symbol(symbol).set_style(style);
        }
    }

    fn cell(&mut self, x: u16, y: u16) -> Option<&mut Cell> {
        self.buffer.cell_mut(Position { x, y })
    }
}
