//! Events of mark-up to a document: what Markdown, HTML and the chapters of a book have in common.
//!
//! Blocks stand apart by a blank line, items of a list by a line end. Markers of lists and task boxes are part of the
//! text, a table is preformatted with padded columns, footnotes stand at the end. The events are taken one by one
//! without recursion, so depth costs nothing.

use std::cmp::Reverse;

use pulldown_cmark::{Event, MetadataBlockKind, Tag, TagEnd};

use super::places::Places;
use super::{Block, BlockKind, Document, Inline, Metadata, credit, html, meta};
use crate::text::{Offset, Span, width};

/// A text as it is written, with its blocks and mark-up.
#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<Block>,
    styles: Vec<(Span, Inline)>,
}

/// The block that is being written.
struct Open {
    kind: BlockKind,
    start: Offset,
    /// The length of the text before the block and what sets it apart.
    before: Offset,
    /// Whether all of its words are the description of an image.
    is_caption: bool,
}

/// Writes a document event by event; what it holds is what the events so far have opened.
#[derive(Default)]
pub(super) struct Writer {
    body: Page,
    notes: Page,
    in_note: bool,
    /// The label of the footnote whose text has not begun.
    label: Option<String>,
    open: Option<Open>,
    heading: Option<u8>,
    quotations: usize,
    /// The next number of each open list, outermost first.
    lists: Vec<Option<u64>>,
    /// The number of the item whose text has not begun.
    item: Option<Option<u64>>,
    inlines: Vec<Option<(Offset, Inline)>>,
    /// Where links within the document lead.
    pub places: Places,
    images: usize,
    in_code: bool,
    table: Option<Vec<Vec<String>>>,
    html: String,
    front_matter: Option<String>,
    /// What the source says of itself apart from its text.
    pub metadata: Metadata,
    warnings: Vec<String>,
}

/// Mark-up within mark-up is kept to here.
const DEEPEST: usize = 64;

impl Writer {
    pub fn event(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(words) | Event::InlineMath(words) | Event::DisplayMath(words) => self.write(&words),
            Event::Code(words) => {
                self.begin(Inline::Code);
                self.write(&words);
                self.finish_inline();
            }
            Event::Html(source) => self.html.push_str(&source),
            Event::InlineHtml(tag) if tag.get(..3).is_some_and(|tag| tag.eq_ignore_ascii_case("<br")) => {
                self.write("\n")
            }
            Event::InlineHtml(_) => {}
            Event::FootnoteReference(label) => {
                let target = self.places.refer(&label);
                self.begin(Inline::Link(target));
                self.write(&format!("[{label}]"));
                self.finish_inline();
            }
            Event::SoftBreak => self.write(" "),
            Event::HardBreak => self.write("\n"),
            Event::Rule => self.whole(BlockKind::Rule, "* * *"),
            Event::TaskListMarker(done) => self.write(if done { "☑ " } else { "☐ " }),
        }
    }

    fn start(&mut self, tag: Tag) {
        match tag {
            Tag::Emphasis => self.begin(Inline::Emphasis),
            Tag::Strong => self.begin(Inline::Strong),
            Tag::Strikethrough => self.begin(Inline::Strikethrough),
            Tag::Link { dest_url, .. } => self.begin(Inline::Link(dest_url.into_string())),
            Tag::Image { .. } => self.images += 1,
            Tag::Superscript | Tag::Subscript => {}
            Tag::TableHead | Tag::TableRow => self.table.iter_mut().for_each(|rows| rows.push(Vec::new())),
            Tag::TableCell => {
                let row = self.table.as_mut().and_then(|rows| rows.last_mut());
                row.into_iter().for_each(|row| row.push(String::new()));
            }
            block => {
                self.close();
                self.start_block(block);
            }
        }
    }

    fn start_block(&mut self, tag: Tag) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::BlockQuote(_) => self.quotations += 1,
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::List(first) => self.lists.push(first),
            Tag::Item => {
                let next = self.lists.last_mut();
                self.item = next.map(|number| std::mem::replace(number, number.map(|n| n.saturating_add(1))));
            }
            Tag::FootnoteDefinition(label) => {
                self.in_note = true;
                self.places.name_note(&label);
                self.label = Some(format!("[{label}] "));
            }
            Tag::Table(_) => self.table = Some(Vec::new()),
            Tag::HtmlBlock => self.html.clear(),
            Tag::MetadataBlock(_) => self.front_matter = Some(String::new()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link => return self.finish_inline(),
            TagEnd::Image => return self.images -= 1,
            TagEnd::Superscript | TagEnd::Subscript | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell => {
                return;
            }
            _ => {}
        }
        self.close();
        match tag {
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::BlockQuote(_) => self.quotations -= 1,
            TagEnd::CodeBlock => self.in_code = false,
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::Item => self.item = None,
            TagEnd::FootnoteDefinition => (self.in_note, self.label) = (false, None),
            TagEnd::Table => {
                let rows = self.table.take().unwrap_or_default();
                self.whole(BlockKind::Preformatted, &columns(&rows));
            }
            TagEnd::HtmlBlock => {
                let page = html::Page::read(&std::mem::take(&mut self.html), false);
                page.write(self);
            }
            TagEnd::MetadataBlock(kind) => {
                let source = self.front_matter.take().unwrap_or_default();
                self.metadata = meta::front_matter(&source, kind == MetadataBlockKind::PlusesStyle);
            }
            _ => {}
        }
    }

    fn page(&mut self) -> &mut Page {
        if self.in_note { &mut self.notes } else { &mut self.body }
    }

    /// Writes words to what is open: the front matter, a cell, or a block, which is opened if there is none.
    fn write(&mut self, words: &str) {
        let cell = self.table.as_mut().and_then(|rows| rows.last_mut()?.last_mut());
        if let Some(hidden) = self.front_matter.as_mut().or(cell) {
            return hidden.push_str(words);
        }
        if words.is_empty() || (self.open.is_none() && words.trim().is_empty() && !self.in_code) {
            return;
        }
        self.ensure_open();
        let is_image = self.images > 0 || words.trim().is_empty();
        self.open.iter_mut().for_each(|open| open.is_caption &= is_image);
        self.push(words);
    }

    /// Adds words to the open block. Places are at what is seen: white space at its end is cut off with it.
    fn push(&mut self, words: &str) {
        let seen = words.trim_start();
        if !seen.is_empty() {
            let at = self.page().text.len() + words.len() - seen.len();
            self.places.settle(self.in_note, at);
        }
        self.page().text.push_str(words);
    }

    fn ensure_open(&mut self) {
        if self.open.is_some() {
            return;
        }
        let depth = u8::try_from(self.lists.len().saturating_sub(1).min(DEEPEST)).unwrap_or(u8::MAX);
        let (kind, marker) = match (self.heading, self.item) {
            _ if self.in_code => (BlockKind::Preformatted, String::new()),
            (Some(level), _) => (BlockKind::Heading(level), String::new()),
            (None, Some(Some(number))) => {
                let number = number.min(u64::from(u32::MAX));
                (BlockKind::ListItem { depth, number: u16::try_from(number).ok() }, format!("{number}. "))
            }
            (None, Some(None)) => (BlockKind::ListItem { depth, number: None }, "• ".to_owned()),
            (None, None) if self.quotations > 0 => (BlockKind::Quotation, String::new()),
            (None, None) => (BlockKind::Paragraph, String::new()),
        };
        if matches!(kind, BlockKind::ListItem { .. }) {
            self.item = None;
        }
        self.open_as(kind);
        let label = self.label.take().unwrap_or_default();
        self.page().text.push_str(&(label + &marker));
    }

    fn open_as(&mut self, kind: BlockKind) {
        let is_item = |kind: BlockKind| matches!(kind, BlockKind::ListItem { .. });
        let page = self.page();
        let before = page.text.len();
        match page.blocks.last() {
            Some(last) if is_item(last.kind) && is_item(kind) => page.text.push('\n'),
            Some(_) => page.text.push_str("\n\n"),
            None => {}
        }
        let start = page.text.len();
        self.open = Some(Open { kind, start, before, is_caption: kind == BlockKind::Paragraph });
    }

    /// Ends the open block; one without words leaves no trace.
    fn close(&mut self) {
        let Some(Open { mut kind, start, before, is_caption }) = self.open.take() else { return };
        if is_caption {
            kind = BlockKind::Credit;
        }
        let page = self.page();
        let end = start + page.text[start..].trim_end().len();
        for (span, _) in page.styles.iter_mut().rev().take_while(|(span, _)| span.end > end) {
            *span = Span::new(span.start.min(end), end);
        }
        if end == start {
            return page.text.truncate(before);
        }
        page.text.truncate(end);
        let span = Span::new(start, end);
        let span = if kind == BlockKind::Preformatted { span } else { span.trim(&page.text) };
        page.blocks.push(Block { kind, span });
    }

    /// Writes a block of its own.
    pub fn whole(&mut self, kind: BlockKind, words: &str) {
        self.close();
        self.open_as(kind);
        self.push(words);
        self.close();
    }

    /// Begins mark-up within a block.
    pub fn begin(&mut self, inline: Inline) {
        if self.table.is_some() || self.inlines.len() >= DEEPEST {
            return self.inlines.push(None);
        }
        self.ensure_open();
        let start = self.page().text.len();
        self.inlines.push(Some((start, inline)));
    }

    /// Ends the mark-up that was begun last.
    pub fn finish_inline(&mut self) {
        if let Some(Some((start, inline))) = self.inlines.pop() {
            let page = self.page();
            let span = Span::new(start.min(page.text.len()), page.text.len());
            page.styles.push((span, inline));
        }
    }

    /// Keeps what the reader should know, once.
    pub fn warn(&mut self, warning: &str) {
        if self.warnings.iter().all(|known| known != warning) {
            self.warnings.push(warning.to_owned());
        }
    }

    /// Returns how much has been written.
    pub fn length(&self) -> usize {
        self.body.text.len() + self.notes.text.len()
    }

    pub fn finish(mut self) -> Document {
        self.close();
        let Page { mut text, mut blocks, mut styles } = self.body;
        if !text.is_empty() && !self.notes.text.is_empty() {
            text.push_str("\n\n");
        }
        let shift = |span: Span| Span::new(span.start + text.len(), span.end + text.len());
        blocks.extend(self.notes.blocks.iter().map(|block| Block { span: shift(block.span), ..*block }));
        styles.extend(self.notes.styles.into_iter().map(|(span, inline)| (shift(span), inline)));
        let notes_from = text.len();
        text.push_str(&self.notes.text);
        styles.retain(|(span, _)| !span.is_empty());
        self.places.resolve(&text, &blocks, notes_from, &mut styles);
        styles.sort_by_key(|(span, _)| (span.start, Reverse(span.end)));
        credit::name_credits(&text, &mut blocks);
        let metadata = joined(self.metadata, meta::of_blocks(&text, &blocks));
        let warnings = self.warnings;
        Document { is_set: true, text: text.into(), blocks, styles, metadata, warnings, ..Document::default() }
    }
}

/// Returns what the front matter says, and where it is silent what the text says.
fn joined(front_matter: Metadata, text: Metadata) -> Metadata {
    Metadata {
        title: front_matter.title.or(text.title),
        byline: front_matter.byline.or(text.byline),
        dateline: text.dateline,
        date: front_matter.date.or(text.date),
        source: front_matter.source.or(text.source),
    }
}

/// Returns a table's rows as lines with padded columns, the first underlined.
fn columns(rows: &[Vec<String>]) -> String {
    // A cell wider than this stands out of its column: padding every other row to it would cost its square.
    const WIDEST: usize = 40;
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut widths = vec![0; count];
    for row in rows {
        for (column, cell) in row.iter().enumerate() {
            widths[column] = widths[column].max(width(cell.trim()).min(WIDEST));
        }
    }
    let mut lines = Vec::with_capacity(rows.len() + 1);
    for (index, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (cell, &widest) in row.iter().zip(&widths) {
            let cell = cell.trim();
            line.push_str(cell);
            line.extend(std::iter::repeat_n(' ', widest.saturating_sub(width(cell)) + 2));
        }
        lines.push(line.trim_end().to_owned());
        if index == 0 {
            lines.push(widths.iter().map(|&widest| "─".repeat(widest)).collect::<Vec<_>>().join("  "));
        }
    }
    lines.join("\n")
}
