//! HTML to a document: the article in a saved page, or all of the page.

mod about;

mod article;

mod columns;

pub(super) mod cut;

mod measure;

pub(super) mod reference;

mod sieve;

mod tree;

mod walk;

mod words;

use super::page::Writer;
use super::{BlockKind, Document, Metadata};
use tree::Tree;

/// Reads a page as a document: the article in it under its title, or the whole page as it is.
pub fn read(page: &str, is_whole: bool) -> Document {
    let tree = Tree::read(page, false);
    let about = about::read(&tree);
    let mut writer = Writer::default();
    let article = if is_whole { None } else { article::find(&tree, about.title.as_deref().unwrap_or_default()) };
    match &article {
        Some(article) => {
            write_head(&about, &mut writer);
            article.parts.iter().for_each(|&part| walk::write(&tree, part, &article.dropped, 0, &mut writer));
        }
        None => walk::write(&tree, 0, &[], 0, &mut writer),
    }
    writer.metadata = about;
    tree.warnings().for_each(|warning| writer.warn(warning));
    let mut document = writer.finish();
    if document.text.is_empty() && !page.is_empty() {
        document.warnings.push("the page holds no text".to_owned());
    }
    if article.is_none() && !is_whole && !document.text.is_empty() {
        document.warnings.push("no article was found in the page: all of it is shown".to_owned());
    }
    document
}

/// Writes the title and the byline as articles have them: both are known, so they are left out of the article itself.
pub(super) fn write_head(about: &Metadata, writer: &mut Writer) {
    if let Some(title) = &about.title {
        writer.whole(BlockKind::Heading(1), title);
    }
    if let Some(byline) = &about.byline {
        writer.whole(BlockKind::Credit, &format!("By {byline}"));
    }
}

/// A page that is read whole: a chapter of a book, a letter, a part of a Markdown file.
pub(super) struct Page(Tree);

impl Page {
    pub fn read(source: &str, is_xhtml: bool) -> Page {
        Page(Tree::read(source, is_xhtml))
    }

    /// Returns whether a heading stands in it.
    pub fn has_heading(&self) -> bool {
        self.0.nodes.iter().any(|node| matches!(node.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
    }

    pub fn write(&self, writer: &mut Writer) {
        self.write_but(&[], 0, writer);
    }

    /// Writes the page with its headings a level below the title of the book, without the line that says its name.
    pub fn write_below(&self, name: Option<&str>, writer: &mut Writer) {
        let Page(tree) = self;
        let mut dropped = vec![false; tree.nodes.len()];
        let first =
            (1..tree.nodes.len()).find(|&node| tree.nodes[node].is_text() && !tree.words(node).trim().is_empty());
        let block = first.and_then(|first| tree.ancestors(first).find(|&above| tree::is_block(tree.nodes[above].name)));
        if let Some(block) = block.filter(|&block| name.is_some_and(|name| tree.line(block) == name)) {
            dropped[block] = true;
        }
        self.write_but(&dropped, 1, writer);
    }

    fn write_but(&self, dropped: &[bool], lowered: u8, writer: &mut Writer) {
        walk::write(&self.0, 0, dropped, lowered, writer);
        self.0.warnings().for_each(|warning| writer.warn(warning));
    }
}

#[cfg(test)]
mod tests;
