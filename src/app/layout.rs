//! Where each byte falls on a screen of some width: rows of the article, laid out when they are first looked at.
//!
//! A layout belongs to one document and one width. A block is broken into rows once, on first use, so the first frame
//! costs one screen however long the text is, and scrolling costs the rows it passes. Breaks follow Unicode line
//! breaking (UAX #14, the `unicode-linebreak` crate), widths are the terminal's.

use std::cell::OnceCell;
use std::sync::Arc;

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_segmentation::UnicodeSegmentation;

use super::shown::Shown;
use crate::document::{Block, BlockKind, Document};
use crate::text::glyph::glyph;
use crate::text::{Offset, Span};

/// The narrowest measure, in columns: below it no word would be whole.
pub const NARROWEST: u16 = 8;

/// A line of the screen: the stretch of text it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// Without the white space at its end; empty for a gap between blocks.
    pub span: Span,
    /// Columns left free before the text.
    pub indent: u16,
    /// The word goes on in the next row: a hyphen is shown at the end.
    pub hyphen: bool,
    pub kind: RowKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowKind {
    /// The first row of a block.
    First,
    Next,
    /// The empty row after a block.
    Gap,
}

/// The place of a row: its block, and which of the block's rows it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowId {
    pub block: usize,
    pub row: usize,
}

/// A character as a row shows it: where it begins and how many columns it takes.
#[derive(Clone, Copy, Debug)]
pub struct Cell<'a> {
    pub offset: Offset,
    pub grapheme: &'a str,
    pub column: usize,
    pub width: usize,
}

#[derive(Debug)]
pub struct Layout {
    measure: u16,
    hyphenate: bool,
    /// The blocks that have rows, if not all.
    shown: Option<Arc<Shown>>,
    /// The rows of the blocks in groups: of most groups of a long text none is ever looked at.
    blocks: Box<[OnceCell<Group>]>,
    count: usize,
}

/// The rows of each of some blocks that follow each other.
type Group = Box<[OnceCell<Box<[Row]>>; GROUP]>;

/// As many blocks have their rows kept together.
const GROUP: usize = 128;

impl Layout {
    /// Returns a layout of rows at most `measure` columns wide; nothing is broken into rows yet.
    pub fn new(document: &Document, measure: u16, hyphenate: bool) -> Layout {
        let count = document.blocks.len().max(1);
        let blocks = vec![OnceCell::new(); count.div_ceil(GROUP)].into_boxed_slice();
        Layout { measure: measure.max(NARROWEST), hyphenate, shown: None, blocks, count }
    }

    /// Returns a layout of these blocks alone.
    pub fn of_shown(document: &Document, measure: u16, hyphenate: bool, shown: Option<Arc<Shown>>) -> Layout {
        Layout { shown, ..Layout::new(document, measure, hyphenate) }
    }

    /// Returns the blocks that are shown, if not all are.
    pub fn shown(&self) -> Option<&Arc<Shown>> {
        self.shown.as_ref()
    }

    /// Returns whether the block at an offset, or the last one before it, is shown.
    pub fn shows(&self, document: &Document, offset: Offset) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(document.block_at(offset)))
    }

    /// Returns the block shown after another.
    pub fn next_block(&self, block: usize) -> Option<usize> {
        match &self.shown {
            Some(shown) => shown.next(block),
            None => Some(block + 1).filter(|&next| next < self.count),
        }
    }

    /// Returns the block shown before another.
    pub fn previous_block(&self, block: usize) -> Option<usize> {
        match &self.shown {
            Some(shown) => shown.previous(block),
            None => block.checked_sub(1),
        }
    }

    /// Returns the widest a row may be, in columns.
    pub fn measure(&self) -> u16 {
        self.measure
    }

    pub fn hyphenates(&self) -> bool {
        self.hyphenate
    }

    /// Returns the rows of a block; a document without blocks has one empty row.
    pub fn rows(&self, document: &Document, block: usize) -> &[Row] {
        let group = self.blocks[block / GROUP].get_or_init(|| Box::new([const { OnceCell::new() }; GROUP]));
        group[block % GROUP].get_or_init(|| match document.blocks.get(block) {
            Some(found) => self.break_block(document, block, *found).into(),
            None => Box::new([Row { span: Span::default(), indent: 0, hyphen: false, kind: RowKind::First }]),
        })
    }

    pub fn row(&self, document: &Document, id: RowId) -> &Row {
        &self.rows(document, id.block)[id.row]
    }

    /// Returns the row that shows an offset: the last one that begins at it or before. For a block that is hidden that
    /// is the first row of the next one shown, or the last row of all.
    pub fn row_of(&self, document: &Document, offset: Offset) -> RowId {
        let block = document.block_at(offset);
        if !self.shows(document, offset) {
            return self.next_block(block).map_or_else(|| self.last(document), |block| RowId { block, row: 0 });
        }
        let rows = self.rows(document, block);
        RowId { block, row: rows.partition_point(|row| row.span.start <= offset).saturating_sub(1) }
    }

    /// Returns the row `delta` rows further down (up when negative), or the last (first) one there is.
    pub fn step(&self, document: &Document, from: RowId, delta: isize) -> RowId {
        let mut id = from;
        let mut left = delta.unsigned_abs();
        while left > 0 {
            if delta > 0 {
                let below = self.rows(document, id.block).len() - 1 - id.row;
                if left <= below {
                    id.row += left;
                    break;
                }
                let Some(block) = self.next_block(id.block) else {
                    id.row += below;
                    break;
                };
                left -= below + 1;
                id = RowId { block, row: 0 };
            } else {
                if left <= id.row {
                    id.row -= left;
                    break;
                }
                let Some(block) = self.previous_block(id.block) else {
                    id.row = 0;
                    break;
                };
                left -= id.row + 1;
                id = RowId { block, row: self.rows(document, block).len() - 1 };
            }
        }
        id
    }

    /// Returns how many rows lie between two rows, at most `limit`.
    pub fn distance(&self, document: &Document, from: RowId, to: RowId, limit: usize) -> usize {
        let (mut id, to) = if from <= to { (from, to) } else { (to, from) };
        let mut rows = 0;
        while id.block < to.block && rows < limit {
            rows += self.rows(document, id.block).len() - id.row;
            id = RowId { block: self.next_block(id.block).unwrap_or(to.block), row: 0 };
        }
        if id.block == to.block { (rows + to.row - id.row).min(limit) } else { limit }
    }

    /// Returns the last row that has text.
    pub fn last(&self, document: &Document) -> RowId {
        let block = self.previous_block(self.count).unwrap_or(0);
        RowId { block, row: self.rows(document, block).len() - 1 }
    }

    /// Returns the first row of the lowest screen of `height` rows: scrolling further down would show nothing new.
    pub fn last_top(&self, document: &Document, height: u16) -> RowId {
        let last = self.last(document);
        self.step(document, last, -(isize::from(height.max(1) as i16) - 1))
    }

    /// Returns the rows from the one that shows `top`, at most `height` of them.
    pub fn visible<'a>(
        &'a self,
        document: &'a Document,
        top: Offset,
        height: u16,
    ) -> impl Iterator<Item = (RowId, &'a Row)> {
        let mut id = Some(self.row_of(document, top));
        std::iter::from_fn(move || {
            let here = id?;
            let next = self.step(document, here, 1);
            id = (next != here).then_some(next);
            Some((here, self.row(document, here)))
        })
        .take(usize::from(height))
    }

    fn break_block(&self, document: &Document, index: usize, block: Block) -> Vec<Row> {
        let indent = indent(block.kind).min(self.measure.saturating_sub(NARROWEST));
        let columns = usize::from(self.measure - indent);
        // The marker of a list item is drawn in its indent.
        let span = Span::new(document.marker(index).end, block.span.end);
        let mut rows = match block.kind {
            BlockKind::Preformatted => preformatted(&document.text, span, columns),
            _ => fill(&document.text, span, columns, self.hyphenate, document.keeps_line_ends(index)),
        };
        for row in &mut rows {
            row.indent = indent;
        }
        if let Some(first) = rows.first_mut() {
            first.kind = RowKind::First;
        }
        if self.next_block(index).is_some_and(|next| has_gap(document, index, next)) {
            let end = block.span.end;
            rows.push(Row { span: Span::new(end, end), indent: 0, hyphen: false, kind: RowKind::Gap });
        }
        rows
    }
}

impl Row {
    /// Returns the column, counted from the row's own start, at which an offset is shown.
    pub fn column_of(&self, document: &Document, offset: Offset) -> u16 {
        let before = self.cells(document).take_while(|cell| cell.offset < offset).last();
        let columns = before.map_or(usize::from(self.indent), |cell| cell.column + cell.width);
        u16::try_from(columns).unwrap_or(u16::MAX)
    }

    /// Returns the offset shown at a column: that of the character there, or of the row's end.
    pub fn offset_at(&self, document: &Document, column: u16) -> Offset {
        let found = self.cells(document).find(|cell| usize::from(column) < cell.column + cell.width);
        found.map_or(self.span.end, |cell| cell.offset)
    }

    /// Returns the characters of the row with the columns they take, counted from the row's own start.
    pub fn cells<'a>(&self, document: &'a Document) -> impl Iterator<Item = Cell<'a>> + use<'a> {
        let block = document.blocks.get(document.block_at(self.span.start));
        let tabs = block.is_some_and(|block| block.kind == BlockKind::Preformatted);
        let (start, indent) = (self.span.start, usize::from(self.indent));
        let mut column = indent;
        self.span.of(&document.text).grapheme_indices(true).map(move |(at, grapheme)| {
            let width = advance(grapheme, column - indent, tabs);
            column += width;
            Cell { offset: start + at, grapheme, column: column - width, width }
        })
    }
}

/// Breaks a text that is no document's into lines of at most so many columns.
pub fn wrap(text: &str, columns: u16) -> Vec<&str> {
    wrap_spans(text, columns).into_iter().map(|row| row.of(text)).collect()
}

/// Returns where these rows stand in the text.
pub fn wrap_spans(text: &str, columns: u16) -> Vec<Span> {
    let all = Span::new(0, text.len());
    let rows = fill(text, all, usize::from(columns.max(NARROWEST)), false, true);
    rows.into_iter().map(|row| row.span).collect()
}

/// Columns a block is set in by.
fn indent(kind: BlockKind) -> u16 {
    match kind {
        BlockKind::ListItem { depth, .. } => 3 + 2 * u16::from(depth.min(8)),
        BlockKind::Quotation => 2,
        _ => 0,
    }
}

/// An empty row stands between blocks, but not between the items of a list or the pieces of one long block.
fn has_gap(document: &Document, index: usize, next: usize) -> bool {
    let (Some(block), Some(after)) = (document.blocks.get(index), document.blocks.get(next)) else { return false };
    let items = |kind| matches!(kind, BlockKind::ListItem { .. });
    let joined = after.span.start == block.span.end;
    !(next == index + 1 && (joined || items(block.kind) && items(after.kind)))
}

/// Greedy rows: each as many words as fit.
fn fill(text: &str, block: Span, columns: usize, hyphenate: bool, line_ends: bool) -> Vec<Row> {
    let words = block.of(text);
    let mut rows = Rows { text, start: block.start, rows: Vec::new() };
    let mut width = 0;
    let mut at = 0;
    for (end, opportunity) in linebreaks(words) {
        let unit = Span::new(block.start + at, block.start + end);
        at = end;
        let bare = unit_width(text, unit.trim_end(text));
        if width + bare > columns && unit.start > rows.start {
            width = match syllables(text, unit, columns.saturating_sub(width + 1), hyphenate) {
                Some(hyphen) => {
                    rows.close(hyphen, true);
                    unit_width(text, Span::new(hyphen, unit.end))
                }
                None => {
                    rows.close(unit.start, false);
                    unit_width(text, unit)
                }
            };
        } else {
            width += unit_width(text, unit);
        }
        if bare > columns {
            // The space after the word hangs over the edge; it never begins a row.
            let word = unit.trim_end(text);
            width = rows.cut(word.end, columns, false) + unit_width(text, Span::new(word.end, unit.end));
        }
        if line_ends && opportunity == BreakOpportunity::Mandatory {
            rows.close(unit.end, false);
            width = 0;
        }
    }
    rows.close(block.end, false);
    rows.rows
}

/// Rows under construction: those closed, and where the open one starts.
struct Rows<'a> {
    text: &'a str,
    start: Offset,
    rows: Vec<Row>,
}

impl Rows<'_> {
    fn close(&mut self, end: Offset, hyphen: bool) {
        let span = Span::new(self.start, end).trim_end(self.text);
        if !span.is_empty() || self.rows.is_empty() {
            self.rows.push(Row { span, indent: 0, hyphen, kind: RowKind::Next });
        }
        self.start = end;
    }

    /// Breaks what is wider than the measure: after the last space that fits, else at the last character; returns the
    /// open row's width.
    fn cut(&mut self, end: Offset, columns: usize, tabs: bool) -> usize {
        let mut width = 0;
        let mut bare = true;
        // Where the last word begins, and the columns before it.
        let mut word = None;
        let from = self.start;
        for (at, grapheme) in self.text[from..end].grapheme_indices(true) {
            let mut wide = advance(grapheme, width, tabs);
            let is_space = grapheme.chars().all(char::is_whitespace);
            // A space hangs over the edge.
            if width + wide > columns && width > 0 && !is_space {
                let (break_at, before) = word.take().unwrap_or((from + at, width));
                self.close(break_at, false);
                width -= before;
                wide = advance(grapheme, width, tabs);
            }
            width += wide;
            bare &= is_space;
            if is_space && !bare {
                word = Some((from + at + grapheme.len(), width));
            }
        }
        width
    }
}

/// Returns the last place in a word where a syllable ends within `room` columns.
fn syllables(text: &str, unit: Span, room: usize, hyphenate: bool) -> Option<Offset> {
    let word = unit.of(text);
    let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
    if !hyphenate || letters.len() < 6 || !letters.chars().all(char::is_alphabetic) {
        return None;
    }
    let mut at = unit.start;
    let mut best = None;
    for syllable in hypher::hyphenate(letters, hypher::Lang::English) {
        at += syllable.len();
        let fits = unit_width(text, Span::new(unit.start, at)) <= room;
        if at < unit.start + letters.len() && fits {
            best = Some(at);
        }
    }
    best
}

/// Rows as the text has them; a line wider than the measure is cut.
fn preformatted(text: &str, block: Span, columns: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut start = block.start;
    for line in block.of(text).split('\n') {
        let span = Span::new(start, start + line.len());
        let mut pieces = Rows { text, start: span.start, rows: Vec::new() };
        pieces.cut(span.end, columns, true);
        pieces.close(span.end, false);
        rows.append(&mut pieces.rows);
        start = span.end + 1;
    }
    rows
}

/// Columns between the stops of a tab.
const TAB: usize = 8;

/// Returns the columns a character takes at a column of its row: a tab goes on to the next stop.
fn advance(grapheme: &str, column: usize, tabs: bool) -> usize {
    match grapheme {
        "\t" if tabs => TAB - column % TAB,
        _ => glyph(grapheme).width,
    }
}

fn unit_width(text: &str, span: Span) -> usize {
    let words = span.of(text);
    match words.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
        true => words.len(),
        false => words.graphemes(true).map(|g| glyph(g).width).sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn document(text: &str) -> Document {
        Document::read("test.txt", text.as_bytes().to_vec(), None)
    }

    fn all_rows<'a>(layout: &'a Layout, document: &Document) -> Vec<&'a Row> {
        (0..document.blocks.len().max(1)).flat_map(|block| layout.rows(document, block)).collect()
    }

    #[track_caller]
    fn check(text: &str, measure: u16, rows: &[&str]) {
        let document = document(text);
        let layout = Layout::new(&document, measure, false);
        let got: Vec<&str> = all_rows(&layout, &document).iter().map(|row| row.span.of(&document.text)).collect();
        assert_eq!(got, rows);
    }

    #[test]
    fn rows_break_between_words() {
        check("The talks went on until dawn.", 12, &["The talks", "went on", "until dawn."]);
    }

    #[test]
    fn lines_that_stay_break_between_words_too() {
        let text = "Harbour talks stall over night shifts\nBy Ana Reyes\nPort Ellin, 3 March\n\nThe union went.";
        let rest = ["By Ana Reyes", "Port Ellin, 3 March", "", "The union went."];
        check(text, 30, &[&["Harbour talks stall over night", "shifts"], &rest[..]].concat());
        check(text, 29, &[&["Harbour talks stall over", "night shifts"], &rest[..]].concat());
    }

    #[test]
    fn a_word_wider_than_the_measure_is_cut() {
        check("Donaudampfschiff sails", 8, &["Donaudam", "pfschiff", "sails"]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        check("日本語の記事です", 8, &["日本語の", "記事です"]);
    }

    #[test]
    fn hyphens_stand_where_a_syllable_ends() {
        let document = document("An agreement on negotiations.");
        let layout = Layout::new(&document, 11, true);
        let rows: Vec<_> = layout.rows(&document, 0).iter().map(|r| (r.span.of(&document.text), r.hyphen)).collect();
        assert_eq!(rows[0], ("An agree", true), "{rows:?}");
    }

    #[test]
    fn stepping_visits_every_row() {
        let document = document("One two three.\n\nFour five six seven.\n\nEight.");
        let layout = Layout::new(&document, 8, false);
        let rows = all_rows(&layout, &document).len();
        let first = RowId { block: 0, row: 0 };
        let mut id = first;
        for n in 0..rows {
            assert_eq!(layout.step(&document, first, n as isize), id);
            assert_eq!(layout.step(&document, id, -(n as isize)), first);
            assert_eq!(layout.distance(&document, first, id, usize::MAX), n);
            id = layout.step(&document, id, 1);
        }
        assert_eq!(id, layout.last(&document));
    }

    #[test]
    fn what_is_hidden_has_no_rows() {
        let document = document("One two three.\n\nFour.\n\n- Five.\n- Six.\n- Seven.\n\nEight.");
        let blocks = &document.blocks;
        let shown = Shown::touched(&document, [0, 2, 4].map(|block| blocks[block].span)).map(Arc::new);
        let layout = Layout::of_shown(&document, 8, false, shown);
        let all: Vec<&str> = layout.visible(&document, 0, 99).map(|(_, row)| row.span.of(&document.text)).collect();
        assert_eq!(all, ["One two", "three.", "", "Five.", "", "Seven."]);
        let first = RowId { block: 0, row: 0 };
        assert_eq!(layout.step(&document, first, 9), layout.last(&document));
        assert_eq!(layout.step(&document, layout.last(&document), -9), first);
        assert_eq!(layout.distance(&document, first, layout.last(&document), 99), 5);
        assert_eq!(layout.row_of(&document, blocks[1].span.start), RowId { block: 2, row: 0 });
        assert_eq!(layout.row_of(&document, blocks[5].span.start), layout.last(&document));
    }

    #[test]
    fn a_screen_of_what_is_shown_lays_out_no_more() {
        let document = document(&"A ferry.\n\nA boat.\n\n".repeat(2000));
        let ferries = document.blocks.iter().step_by(2).map(|block| block.span);
        let layout = Layout::of_shown(&document, 40, false, Shown::touched(&document, ferries).map(Arc::new));
        let middle = document.blocks[2001].span.start;
        let rows: Vec<RowId> = layout.visible(&document, middle, 30).map(|(id, _)| id).collect();
        assert_eq!((rows.len(), rows[0].block, rows[29].block), (30, 2002, 2030));
        assert_eq!(layout.last_top(&document, 30).block, 3968);
        let groups = layout.blocks.iter().filter_map(OnceCell::get);
        let laid_out = groups.flat_map(|rows| rows.iter()).filter(|rows| rows.get().is_some()).count();
        assert!(laid_out < 40, "{laid_out} blocks for two screens");
    }

    proptest! {
        /// Every character that is not white space is in exactly one row, in order, and no row is too wide.
        #[test]
        fn nothing_is_lost_and_nothing_too_wide(text in "(\\PC{0,12}[ \n]){0,30}", measure in 8u16..60, hyphenate: bool) {
            let document = document(&text);
            let layout = Layout::new(&document, measure, hyphenate);
            let mut shown = String::new();
            let mut at = 0;
            for row in all_rows(&layout, &document) {
                prop_assert!(row.span.start >= at, "rows run forward");
                at = row.span.end;
                let width = unit_width(&document.text, row.span) + usize::from(row.hyphen);
                let single = row.span.of(&document.text).graphemes(true).count() == 1;
                prop_assert!(width + usize::from(row.indent) <= usize::from(measure) || single, "{row:?}");
                shown.push_str(row.span.of(&document.text));
            }
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let unmarked = |i: usize| Span::new(document.marker(i).end, document.blocks[i].span.end);
            let expected: String = (0..document.blocks.len()).map(|i| bare(unmarked(i).of(&document.text))).collect();
            prop_assert_eq!(bare(&shown), expected);
        }

        /// An offset in a row is found again from its row and column.
        #[test]
        fn columns_and_offsets_agree(text in "[a-z日é ]{1,80}", measure in 8u16..40) {
            let document = document(&text);
            let layout = Layout::new(&document, measure, false);
            for row in all_rows(&layout, &document) {
                for (at, _) in row.span.of(&document.text).grapheme_indices(true) {
                    let offset = row.span.start + at;
                    prop_assert_eq!(row.offset_at(&document, row.column_of(&document, offset)), offset);
                }
            }
        }
    }
}
