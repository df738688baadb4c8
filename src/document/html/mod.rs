//! HTML to a document: the article in a saved page, or all of the page.

mod about;

mod article;

mod columns;

mod measure;

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
    if article.is_none() && !is_whole {
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

/// A page that is read whole: a chapter of a book, a letter.
pub(super) struct Page(Tree);

impl Page {
    pub fn read(source: &str, is_xhtml: bool) -> Page {
        Page(Tree::read(source, is_xhtml))
    }

    /// Returns whether a heading stands in it.
    pub fn has_heading(&self) -> bool {
        self.0.nodes.iter().any(|node| matches!(node.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6"))
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
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Compares the text of a whole page, with the kind of each block before it and its mark-up in braces after it.
    #[track_caller]
    fn check(page: &str, expected: &str) {
        let document = read(page, true);
        let mut found = String::new();
        for block in &document.blocks {
            found.push_str(&format!("{:?}: {}\n", block.kind, block.span.of(&document.text)));
        }
        for (span, inline) in &document.styles {
            found.push_str(&format!("{{{inline:?}: {}}}\n", span.of(&document.text)));
        }
        assert_eq!(found.trim_end(), expected.trim_end(), "{:?}", document.text);
    }

    #[test]
    fn blocks_and_mark_up() {
        check(
            "<title>T</title><body>\n <h2>A  <i>title</i>\n</h2><p>One &amp; <b>two<p>Three<br>four <a href='/x'> five</a>, six.",
            "Heading(2): A title\nParagraph: One & two\nParagraph: Three\nfour five, six.\n\
             {Emphasis: title}\n{Strong: two}\n{Link(\"/x\"): five}",
        );
    }

    #[test]
    fn lists_quotations_and_code() {
        check(
            "<ul><li>one<li>two<ol start=3><li>deep</ol></ul><blockquote><p>said</p><p>more</blockquote>\
             <pre>a\n  b</pre>text<hr>end",
            "ListItem { depth: 0, number: None }: • one\nListItem { depth: 0, number: None }: • two\n\
             ListItem { depth: 1, number: Some(3) }: 3. deep\nQuotation: said\nQuotation: more\n\
             Preformatted: a\n  b\nParagraph: text\nRule: * * *\nParagraph: end",
        );
    }

    #[test]
    fn tables_of_columns_are_tables_and_others_are_layout() {
        check(
            "<table><tr><th>State<th>Votes<tr><td><p>Peru</p><td>7</table>",
            "Preformatted: State  Votes\n─────  ─────\nPeru   7",
        );
        check("<table><tr><td>One</td></tr><tr><td>Two</td></tr></table>", "Paragraph: One\nParagraph: Two");
    }

    #[test]
    fn what_is_not_to_be_read_is_left_out() {
        check(
            "<script>no()</script><style>p{}</style><p hidden>no<p style='color: red; display: none'>no</p>\
             <svg><title>no</title></svg><noscript>no</noscript><p>yes<textarea>no</textarea><a href='javascript:x'>!</a>",
            "Paragraph: yes!",
        );
        check("<p>a<script>b</scrip", "Paragraph: a");
    }

    #[test]
    fn old_pages_break_lines_for_paragraphs() {
        check("One.<br><br>Two,<br>three.<font>Four</font>", "Paragraph: One.\nParagraph: Two,\nthree.Four");
    }

    #[test]
    fn mark_up_across_blocks_is_begun_again() {
        check(
            "<a href=u><div>One</div><div>two</div></a>",
            "Paragraph: One\nParagraph: two\n{Link(\"u\"): One}\n{Link(\"u\"): two}",
        );
        check("x <b>y <i>z</b> t</i>", "Paragraph: x y z t\n{Strong: y z}\n{Emphasis: z}");
    }

    #[test]
    fn references_to_control_characters_stay_text() {
        assert_eq!(read("a&#27;[31m&#x9d;&#0;&nbsp;&eacute;&copy;", true).text, "a\u{1b}[31m\u{9d}\u{fffd}\u{a0}é©");
    }

    #[test]
    fn a_page_nested_without_end_is_read_flat() {
        let page = "<div><ul><li>".repeat(30_000) + "deep<p>end";
        assert!(read(&page, true).text.ends_with("deep\n\nend"));
    }

    proptest! {
        #[test]
        fn any_page_is_read(page in "(</?(p|b|a href=x|ul|ol|li|table|tr|td|pre|blockquote|h2|q|br|hr|div|code|svg|title)>|[a-c &;\\n<>\"]|\\PC){0,60}") {
            crate::document::check_blocks(&read(&page, true));
        }
    }
}
