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

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag};

use super::page::Writer;
use super::{Document, Metadata};
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
    let mut document = writer.finish();
    if article.is_none() && !is_whole && !document.text.is_empty() {
        document.warnings.push("no article was found in the page: all of it is shown".to_owned());
    }
    if tree.is_simplified {
        document
            .warnings
            .push("the page is nested deeper than any article: its deepest parts are shown side by side".to_owned());
    }
    document
}

/// Writes the title and the byline as articles have them: both are known, so they are left out of the article itself.
pub(super) fn write_head(about: &Metadata, writer: &mut Writer) {
    if let Some(title) = &about.title {
        write_block(
            Tag::Heading { level: HeadingLevel::H1, id: None, classes: Vec::new(), attrs: Vec::new() },
            title,
            writer,
        );
    }
    if let Some(byline) = &about.byline {
        // What is only the description of an image is a credit.
        let [dest_url, title, id] = ["", "", ""].map(Into::into);
        write_block(Tag::Image { link_type: LinkType::Inline, dest_url, title, id }, &format!("By {byline}"), writer);
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
        walk::write(&self.0, 0, &[], 0, writer);
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
        walk::write(tree, 0, &dropped, 1, writer);
    }
}

pub(super) fn write_block(tag: Tag<'static>, words: &str, writer: &mut Writer) {
    let end = tag.to_end();
    writer.event(Event::Start(tag));
    writer.event(Event::Text(words.to_owned().into()));
    writer.event(Event::End(end));
    writer.event(Event::End(pulldown_cmark::TagEnd::Paragraph));
}

#[cfg(test)]
mod tests;
