//! The article: rows of text with their numbers, marks and the bar of who speaks, under the strokes of `ink`.

use ratatui::style::Modifier;

use super::cells::Canvas;
use super::ink::{Stroke, speaker, strokes};
use super::theme::Slot;
use super::{Place, label};
use crate::analysis::ActorId;
use crate::annotation::{Body, NoteKind};
use crate::app::layout::{Row, RowId, RowKind};
use crate::app::links::Hints;
use crate::app::panes::MARGIN;
use crate::app::state::Mode;
use crate::app::{App, Area};
use crate::document::{Block, BlockKind};
use crate::text::glyph::glyph;
use crate::text::{Offset, Span};

/// Draws the visible rows; returns the place of the cursor.
pub fn draw(app: &App, pane: Area, area: Area, canvas: &mut Canvas) -> Option<Place> {
    let rows: Vec<(RowId, &Row)> = app.layout.visible(&app.document, app.state.top, area.height).collect();
    let (first, last) = (rows.first().filter(|_| area.width > 0)?, rows.last()?);
    let strokes = strokes(app, canvas, Span::new(first.1.span.start, last.1.span.end.max(first.1.span.start)));
    let has_margin = area.x - pane.x >= MARGIN;
    let mut above = None;
    for (y, &(id, row)) in (area.y..).zip(&rows) {
        let block = app.document.blocks.get(id.block);
        draw_text(app, block, row, Area { y, height: 1, ..area }, &strokes, canvas);
        if has_margin {
            above = draw_margin(app, id, row, above, (area.x, y), canvas);
        }
    }
    if let Mode::Links(hints) = &app.state.mode {
        draw_labels(app, hints, area, &rows, canvas);
    }
    cursor(app, area, &rows)
}

/// Draws the letters that choose a link on the first of its words.
fn draw_labels(app: &App, hints: &Hints, area: Area, rows: &[(RowId, &Row)], canvas: &mut Canvas) {
    for (label, link) in hints.left() {
        let start = link.span.start;
        let row = rows.iter().zip(area.y..).find(|((_, row), _)| row.span.contains(start));
        let Some(((_, row), y)) = row else { continue };
        let x = area.x.saturating_add(row.column_of(&app.document, start));
        canvas.put(x, y, area.x + area.width, label, canvas.theme[Slot::Current]);
    }
}

/// Draws what stands before the text of a row; returns who speaks in it.
fn draw_margin(
    app: &App,
    id: RowId,
    row: &Row,
    above: Option<ActorId>,
    (x, y): Place,
    canvas: &mut Canvas,
) -> Option<ActorId> {
    let (number, mark, bar) = (x - MARGIN, x - MARGIN + 3, x - MARGIN + 5);
    if row.kind == RowKind::First
        && let Some(count) = own_number(app, id.block)
    {
        // The last three digits say enough where there are thousands.
        let count = format!("{:>3}", count % 1000);
        canvas.put(number, y, mark, &count, canvas.theme[Slot::Number]);
    }
    if let Some(kind) = mark_of(app, row) {
        canvas.put(mark, y, bar, canvas.signs.note(kind), canvas.theme[Slot::Mark]);
    }
    let (party, is_possible) = speaker(app, row.span)?;
    let style = canvas.theme.party(label::rank(app, party));
    let style = if is_possible { style.add_modifier(Modifier::DIM) } else { style };
    match above == Some(party) {
        true => canvas.put(bar, y, x, canvas.signs.bar, style),
        false => canvas.put(bar, y, x, &label::initial(app, party), style),
    };
    Some(party)
}

/// Returns the number of a block that begins a paragraph.
fn own_number(app: &App, block: usize) -> Option<usize> {
    let number = app.document.paragraph_of(block)?;
    let before = block.checked_sub(1).and_then(|before| app.document.paragraph_of(before));
    (before != Some(number)).then_some(number)
}

/// Returns the kind of the annotation that begins in a row; of several, the one that says most.
fn mark_of(app: &App, row: &Row) -> Option<NoteKind> {
    let begun = app.index.notes.touching(row.span).filter(|(span, _)| span.start >= row.span.start);
    let kinds = begun.filter_map(|&(_, number)| match app.notes.entries().get(number)?.body {
        // A highlight with words or tags on it is a note.
        Body::Note(ref note) if note.kind == NoteKind::Highlight && !note.text.is_empty() => Some(NoteKind::Note),
        Body::Note(ref note) => Some(note.kind),
        _ => None,
    });
    let weight = |kind: &NoteKind| match kind {
        NoteKind::Question => 3,
        NoteKind::Note => 2,
        NoteKind::Bookmark => 1,
        NoteKind::Highlight => 0,
    };
    kinds.max_by_key(weight)
}

fn draw_text(app: &App, block: Option<&Block>, row: &Row, line: Area, strokes: &[Stroke], canvas: &mut Canvas) {
    let Area { x, y, width, .. } = line;
    let end = x + width;
    let Some(block) = block.filter(|_| row.kind != RowKind::Gap) else { return };
    if block.kind == BlockKind::Rule {
        let half = width / 4;
        return canvas.row(x + half, y, end - half, canvas.signs.rule, Slot::Border);
    }
    let base = canvas.theme[Slot::Text].patch(canvas.theme[base_slot(block.kind)]);
    draw_marker(block, row, (x, y), canvas);
    let mut columns = Columns::default();
    for cell in row.cells(&app.document) {
        let (from, to) = (column(x, cell.column), column(x, cell.column + cell.width));
        if to > end {
            break;
        }
        columns.push(cell.offset, from, to);
        let shown = if cell.grapheme == "\t" { " " } else { cell.grapheme };
        canvas.put_glyph(from, y, end, &glyph(shown), base);
        canvas.paint(from, y, to, base);
    }
    if row.hyphen {
        canvas.put(columns.end.max(x), y, end, canvas.signs.hyphen, base);
    }
    for stroke in strokes.iter().filter(|stroke| stroke.span.overlaps(row.span)) {
        let (from, to) = columns.of(stroke.span);
        canvas.paint(from, y, to, stroke.style);
    }
}

/// Draws what stands in a row's indent: the bar of a quotation, the bullet or number of a list's item.
fn draw_marker(block: &Block, row: &Row, (x, y): Place, canvas: &mut Canvas) {
    let end = x + row.indent;
    let style = canvas.theme[Slot::Bullet];
    match block.kind {
        BlockKind::Quotation => {
            canvas.put(x, y, end, canvas.signs.quotation, style);
        }
        BlockKind::ListItem { number, .. } if row.kind == RowKind::First => {
            let number = number.map(|number| format!("{number}."));
            let marker = number.as_deref().unwrap_or(canvas.signs.bullet);
            canvas.put_right(x, y, end.saturating_sub(1), marker, style);
        }
        _ => {}
    }
}

fn base_slot(kind: BlockKind) -> Slot {
    match kind {
        BlockKind::Heading(_) => Slot::Heading,
        BlockKind::Credit => Slot::Credit,
        BlockKind::Quotation => Slot::Quotation,
        BlockKind::Preformatted => Slot::Preformatted,
        BlockKind::Paragraph | BlockKind::ListItem { .. } | BlockKind::Rule => Slot::Text,
    }
}

fn column(x: u16, column: usize) -> u16 {
    x.saturating_add(u16::try_from(column).unwrap_or(u16::MAX))
}

/// Where the characters of a row stand on the screen.
#[derive(Default)]
struct Columns {
    starts: Vec<(Offset, u16)>,
    end: u16,
}

impl Columns {
    fn push(&mut self, offset: Offset, from: u16, to: u16) {
        self.starts.push((offset, from));
        self.end = to;
    }

    /// Returns the columns of a stretch of text, from the first to before the last.
    fn of(&self, span: Span) -> (u16, u16) {
        let at = |offset| {
            let index = self.starts.partition_point(|&(start, _)| start < offset);
            self.starts.get(index).map_or(self.end, |&(_, column)| column)
        };
        (at(span.start), at(span.end))
    }
}

/// Returns the place of the cursor, when its row is on the screen.
fn cursor(app: &App, area: Area, rows: &[(RowId, &Row)]) -> Option<Place> {
    let here = app.state.here;
    let before = |row: &Row| row.span.start <= here && row.kind != RowKind::Gap;
    let index = rows.iter().rposition(|(_, row)| before(row))?;
    let row = rows[index].1;
    let x = area.x.saturating_add(row.column_of(&app.document, here)).min(area.x + area.width - 1);
    Some((x, area.y + u16::try_from(index).ok()?))
}
