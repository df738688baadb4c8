//! HTML to a tree, in one pass that takes time and memory linear in the page.
//!
//! The rules by which browsers put up trees take time quadratic in the depth; these are simpler. Elements that a page
//! leaves open are closed where a reader would expect it: a paragraph by the next block, an item by the next item. Nodes stand in the order of the page, so that what is
//! below a node is a range of nodes, and its words a range of the text.

use super::columns;
use super::cut::{Cutter, Piece, Tag};
use super::reference;
use crate::document::meta;

/// A page as nodes over one text.
#[derive(Debug, Default)]
pub struct Tree {
    /// In the order of the page; the first is the root.
    pub nodes: Vec<Node>,
    /// All that is written in the page, references decoded, as the nodes follow each other.
    pub text: String,
    /// The scripts that describe the page (JSON-LD).
    pub descriptions: Vec<String>,
    /// Which nodes are tables in columns.
    pub columns: Vec<bool>,
    /// Whether the page was nested deeper than was kept.
    pub is_flattened: bool,
    /// Whether the page had more in it than was kept.
    pub is_cut: bool,
}

/// An element or a stretch of text.
#[derive(Debug)]
pub struct Node {
    /// The element's name, [`OTHER`] for one that is not known, empty for text.
    pub name: &'static str,
    pub parent: u32,
    /// After the last node below this one.
    pub end: u32,
    /// Where the words of the node stand in the tree's text; of an element, where they begin.
    start: u32,
    attributes: Option<Box<Attributes>>,
}

/// The attributes that are kept, by their names.
type Attributes = Vec<(&'static str, String)>;

/// The name of every element without a meaning for reading.
pub const OTHER: &str = "?";

/// Elements stand in each other to here; what stands deeper follows side by side.
const DEEPEST: usize = 128;
const MOST_NODES: usize = 1_000_000;
/// No article is described at greater length; what is described costs many times its length to read.
const LONGEST_DESCRIPTION: usize = 1 << 20;

#[rustfmt::skip]
const ATTRIBUTES: &[&str] = &[
    "aria-hidden", "aria-modal", "class", "content", "datetime", "epub:type", "hidden", "href", "id", "itemprop", "name", "property",
    "rel", "role", "start", "style", "type",
];

/// The elements that mean something to a reader, in the order of the alphabet.
#[rustfmt::skip]
pub(super) const NAMES: &[&str] = &[
    "a", "address", "article", "aside", "audio", "b", "blockquote", "body", "br", "button", "canvas", "caption",
    "center", "cite", "code", "dd", "del", "details", "dfn", "dialog", "div", "dl", "dt", "em", "embed", "fieldset",
    "figcaption", "figure", "footer", "form", "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hgroup", "hr", "html", "i", "iframe", "img", "input", "ins", "kbd", "label", "legend", "li", "link",
    "main", "map", "math", "menu", "meta", "nav", "noembed", "noframes", "noscript", "object", "ol", "optgroup",
    "option", "p", "picture", "plaintext", "pre", "q", "rp", "rt", "ruby", "s", "samp", "script", "search",
    "section", "select", "small", "source", "span", "strike", "strong", "style", "sub", "summary", "sup", "svg",
    "table", "tbody", "td", "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "tt", "u", "ul",
    "var", "video", "wbr", "xmp",
];

/// Elements that hold nothing.
const VOID: &[&str] = &["br", "embed", "frame", "hr", "img", "input", "link", "meta", "source", "wbr"];
const VOID_OTHERS: &[&str] = &["area", "base", "col", "param", "track", "basefont", "bgsound", "keygen"];

/// Elements that begin on a line of their own and end an open paragraph.
#[rustfmt::skip]
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "center", "dd", "details", "dialog", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "li",
    "main", "menu", "nav", "ol", "p", "plaintext", "pre", "search", "section", "summary", "table", "ul", "xmp",
];
const TABLE_PARTS: &[&str] = &["caption", "tbody", "td", "tfoot", "th", "thead", "tr"];
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements in which there are no tags.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];
const OF_HEAD: &[&str] = &["link", "meta", "noscript", "script", "style", "template", "title", OTHER];

/// Returns whether an element begins on a line of its own.
pub fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name) || TABLE_PARTS.contains(&name) || matches!(name, "body" | "html" | "legend" | "option")
}

impl Tree {
    /// Reads a page; any text is one. In XHTML an element may be closed in its own tag: `<title/>`.
    pub fn read(page: &str, is_xhtml: bool) -> Tree {
        let mut builder = Builder::new(is_xhtml);
        let mut cutter = Cutter::new(page, is_xhtml);
        while let Some(piece) = cutter.next() {
            match piece {
                Piece::Open(tag) => {
                    if let Some(name) = builder.open(&tag) {
                        builder.write_inside(name, cutter.inside(name));
                    }
                }
                Piece::Close(name) => builder.close(known(name)),
                Piece::Words(words) => builder.write(&reference::decode(words, false)),
                Piece::Raw(words) => builder.write(words),
            }
            if builder.tree.nodes.len() >= MOST_NODES {
                builder.tree.is_cut = true;
                break;
            }
        }
        builder.finish()
    }

    /// Returns all words at and below a node, with the white space between them as it is written.
    pub fn words(&self, node: usize) -> &str {
        let end = self.nodes.get(self.nodes[node].end as usize).map_or(self.text.len(), |next| next.start as usize);
        &self.text[self.nodes[node].start as usize..end]
    }

    /// Returns the words of a node on one line.
    pub fn line(&self, node: usize) -> String {
        meta::one_line(self.words(node))
    }

    /// Returns what the reader should know of how the page was read.
    pub fn warnings(&self) -> impl Iterator<Item = &'static str> {
        let flattened = "the page is nested deeper than any article: its deepest parts are shown side by side";
        let cut = "the page has more than 1,000,000 parts: the rest is not shown";
        [(self.is_flattened, flattened), (self.is_cut, cut)].into_iter().filter_map(|(is, told)| is.then_some(told))
    }

    /// Returns the value of an attribute, empty if there is none.
    pub fn attribute(&self, node: usize, name: &str) -> &str {
        let attributes = self.nodes[node].attributes.as_deref();
        let named = attributes.and_then(|attributes| attributes.iter().find(|(known, _)| *known == name));
        named.map_or("", |(_, value)| value)
    }

    pub fn has_attribute(&self, node: usize, name: &str) -> bool {
        let attributes = self.nodes[node].attributes.as_deref();
        attributes.is_some_and(|attributes| attributes.iter().any(|(known, _)| *known == name))
    }

    /// Returns the nodes directly below one.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[node].end as usize;
        let next = move |child: &usize| Some(self.nodes[*child].end as usize).filter(|next| *next < end);
        std::iter::successors(Some(node + 1).filter(|first| *first < end), next)
    }

    /// Returns the nodes above one, the nearest first, without the root.
    pub fn ancestors(&self, node: usize) -> impl Iterator<Item = usize> {
        let above = |node: &usize| Some(self.nodes[*node].parent as usize).filter(|parent| *parent != 0);
        std::iter::successors(above(&node), above)
    }

    /// Returns the first element with this name.
    pub fn first(&self, name: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.name == name)
    }
}

impl Node {
    pub fn is_text(&self) -> bool {
        self.name.is_empty()
    }
}

/// Returns the name of an element as it is known here.
fn known(name: &str) -> &'static str {
    const LONGEST: usize = 16;
    if name.len() > LONGEST {
        return OTHER;
    }
    let name = name.to_ascii_lowercase();
    NAMES.binary_search(&name.as_str()).map_or(OTHER, |at| NAMES[at])
}

/// Returns the attributes of a tag that are kept; of two with the same name the first counts.
fn kept(tag: &Tag) -> Attributes {
    let kept = tag.attributes().filter_map(|(name, value)| {
        let known = ATTRIBUTES.iter().find(|known| known.eq_ignore_ascii_case(name))?;
        Some((*known, value.into_owned()))
    });
    kept.collect()
}

/// The tree as far as it is put up.
struct Builder {
    tree: Tree,
    /// The nodes that are open, from the root down.
    open: Vec<u32>,
    is_xhtml: bool,
}

impl Builder {
    fn new(is_xhtml: bool) -> Builder {
        let root = Node { name: "html", parent: 0, end: 1, start: 0, attributes: None };
        let tree = Tree { nodes: vec![root], ..Tree::default() };
        Builder { tree, open: vec![0], is_xhtml }
    }

    /// Takes a start tag; returns its name if there are no tags in the element.
    fn open(&mut self, tag: &Tag) -> Option<&'static str> {
        let name = known(tag.name);
        let is_foreign = self.is_within("svg") || self.is_within("math");
        let is_closed = tag.is_closed && (self.is_xhtml || is_foreign || matches!(name, "svg" | "math"));
        match name {
            "html" => {
                self.tree.nodes[0].attributes = Some(Box::new(kept(tag)));
                return None;
            }
            "body" if self.is_within("body") => return None,
            _ if !is_foreign => self.close_for(name),
            _ => {}
        }
        let is_void =
            VOID.contains(&name) || VOID_OTHERS.iter().any(|void| void.eq_ignore_ascii_case(tag.name)) || is_closed;
        let is_too_deep = self.open.len() >= DEEPEST;
        self.tree.is_flattened |= is_too_deep && !is_void;
        self.push(name, kept(tag), !is_void && !is_too_deep);
        Some(name).filter(|name| RAW.contains(name) && !is_closed && !is_foreign)
    }

    /// Takes the inside of the element that was opened last, in which there are no tags.
    fn write_inside(&mut self, name: &'static str, words: &str) {
        let node = self.tree.nodes.len() - 1;
        match name {
            "script" => {
                let is_description = self.tree.attribute(node, "type").contains("ld+json");
                if is_description && words.len() <= LONGEST_DESCRIPTION {
                    self.tree.descriptions.push(words.to_owned());
                }
            }
            "style" => {}
            "title" | "textarea" => self.write(&reference::decode(words, false)),
            _ => self.write(words),
        }
        if self.open.last() == Some(&(node as u32)) {
            self.pop();
        }
    }

    fn push(&mut self, name: &'static str, attributes: Attributes, is_open: bool) {
        let (at, start) = (self.tree.nodes.len() as u32, self.tree.text.len() as u32);
        let parent = self.open.last().copied().unwrap_or(0);
        let attributes = (!attributes.is_empty()).then(|| Box::new(attributes));
        self.tree.nodes.push(Node { name, parent, end: at + 1, start, attributes });
        if is_open {
            self.open.push(at);
        }
    }

    /// Closes what the start of an element ends, though the page does not say so.
    fn close_for(&mut self, name: &str) {
        const CELL: &[&str] = &["table", "td", "th", "caption", "button", "template"];
        if self.top() == "head" && !OF_HEAD.contains(&name) {
            self.pop();
        }
        if BLOCKS.contains(&name) {
            self.close_nearest(&["p"], CELL);
        }
        match name {
            "body" => self.close_nearest(&["head"], &[]),
            "li" => self.close_nearest(&["li"], &["ul", "ol", "menu", "table", "td", "th"]),
            "dt" | "dd" => self.close_nearest(&["dt", "dd"], &["dl", "table", "td", "th"]),
            "td" | "th" => self.close_nearest(&["td", "th"], &["tr", "table"]),
            "tr" => self.close_nearest(&["tr"], &["table"]),
            "thead" | "tbody" | "tfoot" => self.close_nearest(&["thead", "tbody", "tfoot"], &["table"]),
            "option" | "optgroup" => self.close_nearest(&["option"], &["select"]),
            "a" => self.close_nearest(&["a"], BLOCKS),
            _ if HEADINGS.contains(&name) && HEADINGS.contains(&self.top()) => self.pop(),
            _ => {}
        }
    }

    fn close(&mut self, name: &'static str) {
        match name {
            "html" | "body" => {}
            "br" => self.push("br", Vec::new(), false),
            "p" if !self.is_within("p") => self.push("p", Vec::new(), false),
            _ if HEADINGS.contains(&name) => self.close_nearest(HEADINGS, &["table", "td", "th"]),
            "table" => self.close_nearest(&["table"], &[]),
            _ if TABLE_PARTS.contains(&name) => self.close_nearest(&[name], &["table"]),
            "svg" | "math" | "head" => self.close_nearest(&[name], &[]),
            _ if is_block(name) => self.close_nearest(&[name], &["table", "td", "th", "caption"]),
            // The end of an emphasis ends no paragraph that began within it.
            _ => self.close_nearest(&[name], BLOCKS),
        }
    }

    /// Closes the innermost of these elements and all that is open in it, unless it stands outside of one of the others.
    fn close_nearest(&mut self, names: &[&str], stops: &[&str]) {
        let open = self.open.iter().enumerate().skip(1).rev();
        let mut names_of = open.map(|(depth, node)| (depth, self.tree.nodes[*node as usize].name));
        let nearest = names_of.find(|(_, name)| names.contains(name) || stops.contains(name));
        if let Some((depth, name)) = nearest
            && names.contains(&name)
        {
            while self.open.len() > depth {
                self.pop();
            }
        }
    }

    fn pop(&mut self) {
        if self.open.len() > 1
            && let Some(node) = self.open.pop()
        {
            self.tree.nodes[node as usize].end = self.tree.nodes.len() as u32;
        }
    }

    fn top(&self) -> &'static str {
        self.open.last().map_or("", |node| self.tree.nodes[*node as usize].name)
    }

    fn is_within(&self, name: &str) -> bool {
        self.open.iter().any(|node| self.tree.nodes[*node as usize].name == name)
    }

    fn write(&mut self, words: &str) {
        let is_blank = words.trim().is_empty();
        match self.top() {
            "head" | "html" if is_blank => return,
            "head" => self.pop(),
            _ => {}
        }
        let parent = self.open.last().copied().unwrap_or(0);
        let continues = self.tree.nodes.last().is_some_and(|last| last.is_text() && last.parent == parent);
        if !continues {
            self.push("", Vec::new(), false);
        }
        self.tree.text.push_str(words);
    }

    fn finish(mut self) -> Tree {
        let end = self.tree.nodes.len() as u32;
        self.open.iter().for_each(|node| self.tree.nodes[*node as usize].end = end);
        self.tree.columns = columns::find(&self.tree.nodes, |node| self.tree.words(node).len());
        self.tree
    }
}
