//! The nodes of a page to the events of a document.

use std::mem::discriminant;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

use super::tree::{self, Tree};
use crate::document::Inline;
use crate::document::page::Writer;

/// What of a page is written, and how.
pub struct Walk<'a> {
    tree: &'a Tree,
    /// How many levels the headings stand below those of the page: the chapters of a book stand below its title.
    lowered: u8,
    writer: &'a mut Writer,
    /// The elements that are open, each with the node at which it ends and what closes it.
    open: Vec<(usize, Close)>,
    /// The mark-up that words are in, and how much of it has been begun.
    inlines: Vec<Inline>,
    begun: usize,
    gap: Gap,
    /// Within preformatted text.
    in_code: bool,
    /// Within a cell of a table that is set in columns.
    in_cell: bool,
}

/// What stood before the next word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    /// The start of a block or a line: white space is none.
    Start,
    Word,
    Space,
    /// A line break, and whether there was more than one.
    Break(bool),
}

/// What is to be done at the end of an element.
enum Close {
    Block,
    Tag(TagEnd),
    Item,
    Cell,
    Code,
    Inline,
    Caption,
    Quote,
}

/// Writes a node and all below it, but for what is left out.
pub fn write(tree: &Tree, root: usize, dropped: &[bool], lowered: u8, writer: &mut Writer) {
    let mut walk = Walk {
        tree,
        lowered,
        writer,
        open: Vec::new(),
        inlines: Vec::new(),
        begun: 0,
        gap: Gap::Start,
        in_code: false,
        in_cell: false,
    };
    let end = tree.nodes[root].end as usize;
    let mut at = root;
    while at < end {
        walk.close_before(at);
        at = if is_skipped(tree, at) || dropped.get(at) == Some(&true) {
            tree.nodes[at].end as usize
        } else if leads_back(tree, at) {
            // It is not shown, but the note may be named by it.
            walk.name_place(at);
            tree.nodes[at].end as usize
        } else {
            walk.enter(at);
            at + 1
        };
    }
    walk.close_before(end);
    walk.boundary();
}

/// Returns whether an element is never shown: it is hidden, or is no text to read.
pub fn is_skipped(tree: &Tree, node: usize) -> bool {
    let never = [
        "audio", "button", "canvas", "embed", "frame", "frameset", "head", "iframe", "input", "map", "math", "noembed",
        "noframes", "noscript", "object", "rp", "rt", "script", "select", "style", "svg", "template", "textarea",
        "title", "video",
    ];
    let name = tree.nodes[node].name;
    !name.is_empty() && (never.contains(&name) || is_hidden(tree, node))
}

/// Returns whether an element is hidden. A page that hides all of itself shows itself later, by a script.
fn is_hidden(tree: &Tree, node: usize) -> bool {
    let style = tree.attribute(node, "style");
    let is_whole_page = matches!(tree.nodes[node].name, "html" | "body");
    !is_whole_page && (tree.has_attribute(node, "hidden") || style.split(';').any(hides))
}

/// Returns whether a rule of a style hides: `display: none !important`.
fn hides(rule: &str) -> bool {
    let rule = rule.split_whitespace().collect::<String>().to_ascii_lowercase();
    matches!(rule.trim_end_matches("!important"), "display:none" | "visibility:hidden")
}

impl Walk<'_> {
    fn enter(&mut self, node: usize) {
        let tree = self.tree;
        let name = tree.nodes[node].name;
        if name.is_empty() {
            return self.words(tree.words(node));
        }
        self.name_place(node);
        match name {
            "br" => return self.line_break(),
            "wbr" | "img" | "link" | "meta" | "source" => return,
            "hr" if !self.in_cell => {
                self.boundary();
                return self.writer.event(Event::Rule);
            }
            _ => {}
        }
        let end = tree.nodes[node].end as usize;
        if let Some(inline) = self.inline(node) {
            // Mark-up within the same says nothing more; a link in a link leads where the outer one does.
            let is_new = self.inlines.iter().all(|open| discriminant(open) != discriminant(&inline));
            if is_new && !self.in_code {
                self.inlines.push(inline);
                self.open.push((end, Close::Inline));
            }
            return;
        }
        if name == "q" {
            self.words("“");
            return self.open.push((end, Close::Quote));
        }
        if self.in_cell && !matches!(name, "td" | "th" | "tr") {
            // The blocks of a cell are its words.
            if tree::is_block(name) {
                self.space();
            }
            return;
        }
        if tree::is_block(name) {
            self.boundary();
            let close = self.block(node, name);
            self.open.push((end, close));
        }
    }

    /// Names the place of what follows, if an element gives it a name.
    fn name_place(&mut self, node: usize) {
        let tree = self.tree;
        let id = match tree.attribute(node, "id") {
            "" if tree.nodes[node].name == "a" => tree.attribute(node, "name"),
            id => id,
        };
        if !id.is_empty() {
            self.writer.places.name(id);
        }
    }

    /// Begins a block; returns what ends it.
    fn block(&mut self, node: usize, name: &str) -> Close {
        let level = |level: u8| match (level + self.lowered).min(6) {
            1 => HeadingLevel::H1,
            2 => HeadingLevel::H2,
            3 => HeadingLevel::H3,
            4 => HeadingLevel::H4,
            5 => HeadingLevel::H5,
            _ => HeadingLevel::H6,
        };
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.in_code => {
                let level = level(name.as_bytes()[1] - b'0');
                self.begin(Tag::Heading { level, id: None, classes: Vec::new(), attrs: Vec::new() })
            }
            "blockquote" => self.begin(Tag::BlockQuote(None::<BlockQuoteKind>)),
            "ul" | "menu" => self.begin(Tag::List(None)),
            "ol" => self.begin(Tag::List(Some(self.tree.attribute(node, "start").trim().parse().unwrap_or(1)))),
            "li" => {
                self.writer.event(Event::Start(Tag::Item));
                Close::Item
            }
            "pre" | "xmp" | "plaintext" if !self.in_code => {
                self.writer.event(Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)));
                self.in_code = true;
                Close::Code
            }
            "figcaption" | "caption" => {
                let [dest_url, title, id] = ["", "", ""].map(Into::into);
                let link_type = pulldown_cmark::LinkType::Inline;
                self.writer.event(Event::Start(Tag::Image { link_type, dest_url, title, id }));
                Close::Caption
            }
            "table" if !self.in_code && self.tree.columns[node] => self.begin(Tag::Table(Vec::<Alignment>::new())),
            "tr" if self.is_in_columns() => self.begin(Tag::TableRow),
            "td" | "th" if self.is_in_columns() => {
                self.in_cell = true;
                self.writer.event(Event::Start(Tag::TableCell));
                Close::Cell
            }
            _ => Close::Block,
        }
    }

    fn begin(&mut self, tag: Tag<'static>) -> Close {
        let end = tag.to_end();
        self.writer.event(Event::Start(tag));
        Close::Tag(end)
    }

    /// Returns whether the innermost table is set in columns.
    fn is_in_columns(&self) -> bool {
        self.open.iter().any(|(_, close)| matches!(close, Close::Tag(TagEnd::Table)))
    }

    /// Ends what ends before a node, innermost first.
    fn close_before(&mut self, node: usize) {
        while let Some((_, close)) = self.open.pop_if(|(end, _)| *end <= node) {
            match close {
                Close::Inline => {
                    self.inlines.pop();
                    if self.begun > self.inlines.len() {
                        self.begun -= 1;
                        self.writer.finish_inline();
                    }
                    continue;
                }
                Close::Quote => {
                    // No space of the page's own stands before the mark.
                    self.gap = if self.gap == Gap::Space { Gap::Word } else { self.gap };
                    self.words("”");
                    continue;
                }
                Close::Cell => {
                    self.end_inlines();
                    self.in_cell = false;
                    self.gap = Gap::Start;
                    self.writer.event(Event::End(TagEnd::TableCell));
                    continue;
                }
                _ => self.boundary(),
            }
            match close {
                Close::Tag(end) => self.writer.event(Event::End(end)),
                Close::Item => self.writer.event(Event::End(TagEnd::Item)),
                Close::Caption => self.writer.event(Event::End(TagEnd::Image)),
                Close::Code => {
                    self.in_code = false;
                    self.writer.event(Event::End(TagEnd::CodeBlock));
                }
                _ => {}
            }
        }
    }

    /// Ends the block that is being written. Mark-up that goes on is begun again with the next words.
    fn boundary(&mut self) {
        if self.in_code {
            // Lines of preformatted text are kept as they are, whatever they are made of.
            return;
        }
        self.end_inlines();
        self.gap = Gap::Start;
        self.writer.event(Event::End(TagEnd::Paragraph));
    }

    fn end_inlines(&mut self) {
        for _ in 0..std::mem::take(&mut self.begun) {
            self.writer.finish_inline();
        }
    }

    fn line_break(&mut self) {
        if self.in_code {
            return self.writer.event(Event::HardBreak);
        }
        self.gap = match self.gap {
            Gap::Start => Gap::Start,
            Gap::Break(_) => Gap::Break(true),
            _ if self.in_cell => Gap::Space,
            _ => Gap::Break(false),
        };
    }

    fn space(&mut self) {
        if self.gap == Gap::Word {
            self.gap = Gap::Space;
        }
    }

    fn words(&mut self, words: &str) {
        if self.in_code {
            return self.writer.event(Event::Text(words.replace('\r', "").into()));
        }
        if words.starts_with(is_space) {
            self.space();
        }
        let mut line = String::new();
        for word in words.split(is_space).filter(|word| !word.is_empty()) {
            match self.gap {
                Gap::Space => line.push(' '),
                // Two line breaks are how old pages end a paragraph.
                Gap::Break(true) => self.boundary(),
                Gap::Break(false) => self.writer.event(Event::HardBreak),
                Gap::Start | Gap::Word => {}
            }
            self.begin_inlines(&mut line);
            line.push_str(word);
            self.gap = Gap::Space;
        }
        if line.is_empty() {
            return;
        }
        self.gap = if words.ends_with(is_space) { Gap::Space } else { Gap::Word };
        self.writer.event(Event::Text(line.into()));
    }

    /// Begins the mark-up that the next word is in; the space before it is written first.
    fn begin_inlines(&mut self, line: &mut String) {
        if self.begun == self.inlines.len() || self.in_cell {
            return;
        }
        if !line.is_empty() {
            self.writer.event(Event::Text(std::mem::take(line).into()));
        }
        for inline in &self.inlines[self.begun..] {
            self.writer.begin(inline.clone());
        }
        self.begun = self.inlines.len();
    }
}

/// Returns whether a character separates words in a page; a space that does not break is none.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\n' | '\t' | '\r' | '\x0c')
}

/// Returns whether an element only leads back from a note to what refers to it, as the reader's jumps do.
fn leads_back(tree: &Tree, node: usize) -> bool {
    const SIGNS: [&str; 8] = ["↩", "↩\u{fe0e}", "↩\u{fe0f}", "↵", "⏎", "↑", "^", "⤴"];
    tree.nodes[node].name == "a"
        && tree.attribute(node, "href").contains('#')
        && (is_called(tree, node, "backlink") || SIGNS.contains(&tree.line(node).as_str()))
}

/// Returns whether an element is said to be something of a book: a `noteref`, a `backlink`.
fn is_called(tree: &Tree, node: usize, what: &str) -> bool {
    let called =
        |name| tree.attribute(node, name).split_whitespace().any(|word| word.trim_start_matches("doc-") == what);
    called("role") || called("epub:type")
}

impl Walk<'_> {
    /// Returns the mark-up that an element is.
    fn inline(&mut self, node: usize) -> Option<Inline> {
        let Walk { tree, writer, .. } = self;
        if tree.nodes[node].name != "a" {
            return inline(tree.nodes[node].name);
        }
        let target = tree.attribute(node, "href").trim();
        if target.is_empty() || is_program(target) {
            return None;
        }
        let target = writer.places.target(target, is_called(tree, node, "noteref"));
        Some(Inline::Link(target))
    }
}

/// Returns the mark-up that an element of a name is.
fn inline(name: &str) -> Option<Inline> {
    match name {
        "em" | "i" | "cite" | "dfn" | "var" => Some(Inline::Emphasis),
        "strong" | "b" => Some(Inline::Strong),
        "code" | "kbd" | "samp" | "tt" => Some(Inline::Code),
        "s" | "del" | "strike" => Some(Inline::Strikethrough),
        _ => None,
    }
}

/// Returns whether a link leads to no page but to what the page brings itself.
fn is_program(target: &str) -> bool {
    ["javascript:", "data:", "vbscript:"]
        .iter()
        .any(|scheme| target.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
}
