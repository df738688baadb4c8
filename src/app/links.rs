//! Links: which there are in a stretch of text, where they lead, and the letters by which one is chosen.

use crate::document::{BlockKind, Document, Inline};
use crate::text::{Offset, Span};

/// A link and its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub span: Span,
    pub to: Target,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To another page, as it is written.
    Page(String),
    /// To a place of this text.
    Place(Offset),
    /// To a footnote.
    Note(Offset),
}

/// The links that can be chosen by the letters shown on them.
#[derive(Debug)]
pub struct Hints {
    pub links: Vec<(String, Link)>,
    /// The letters that were typed so far.
    pub typed: String,
}

impl Hints {
    pub fn new(links: Vec<Link>) -> Hints {
        let labels = labels(links.len());
        Hints { links: labels.into_iter().zip(links).collect(), typed: String::new() }
    }

    /// Returns the links whose letters begin with those that were typed.
    pub fn left(&self) -> impl Iterator<Item = &(String, Link)> {
        self.links.iter().filter(|(label, _)| label.starts_with(&self.typed))
    }
}

/// Returns the links that touch a stretch of text, in reading order.
pub fn within(document: &Document, window: Span) -> Vec<Link> {
    let styles = &document.styles;
    let upto = styles.partition_point(|(span, _)| span.start < window.end);
    // A link stays inside its block.
    let block = document.blocks.get(document.block_at(window.start)).map_or(0, |block| block.span.start);
    let from = styles.partition_point(|(span, _)| span.start < block).min(upto);
    let links = styles[from..upto].iter().filter(|(span, _)| span.overlaps(window));
    let links = links.filter_map(|(span, inline)| {
        let to = match inline {
            Inline::Link(page) => Target::Page(page.clone()),
            Inline::Place(at) => Target::Place(*at),
            Inline::Note(at) => Target::Note(*at),
            Inline::Emphasis | Inline::Strong | Inline::Code | Inline::Strikethrough => return None,
        };
        Some(Link { span: *span, to })
    });
    links.collect()
}

/// Returns the link under the cursor.
pub fn at(document: &Document, here: Offset) -> Option<Link> {
    within(document, Span::new(here, here + 1)).into_iter().find(|link| link.span.contains(here))
}

/// Returns the link under the cursor, else the next one of the sentence.
pub fn near(document: &Document, here: Offset) -> Option<Link> {
    at(document, here).or_else(|| {
        let sentence = document.sentence_at(here).filter(|sentence| sentence.end > here)?;
        within(document, Span::new(here, sentence.end)).into_iter().find(|link| link.span.start >= here)
    })
}

/// Returns the words of a footnote: its paragraph, or its part of one, and the paragraphs that stand before the next note.
pub fn words_of_note(document: &Document, at: Offset) -> String {
    const MOST: usize = 4;
    let notes = document.styles.iter().filter_map(|(_, inline)| match inline {
        Inline::Note(other) if *other > at => Some(*other),
        _ => None,
    });
    let next = notes.min();
    let blocks = document.blocks.iter().skip(document.block_at(at)).take(MOST);
    let blocks = blocks.take_while(|block| !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Rule));
    let mut blocks: Vec<Span> = blocks.map(|block| block.span).collect();
    // Of what follows the last note nobody can say whether it belongs to it.
    let of_next = blocks.iter().position(|block| next.is_some_and(|next| block.contains(next)));
    blocks.truncate(of_next.unwrap_or(1).max(1));
    let pieces = blocks.iter().map(|block| {
        let end = next.filter(|next| block.contains(*next)).unwrap_or(block.end);
        Span::new(block.start.max(at).min(end), end).of(&document.text).trim()
    });
    pieces.collect::<Vec<_>>().join("\n\n")
}

/// The letters, those under the fingers first.
const LETTERS: &str = "asdfghjklqwertyuiopzxcvbnm";

/// Returns as many labels, none of which begins another: one letter each, or two where there are more links than letters.
fn labels(count: usize) -> Vec<String> {
    match count <= LETTERS.len() {
        true => LETTERS.chars().take(count).map(String::from).collect(),
        false => LETTERS.chars().flat_map(|a| LETTERS.chars().map(move |b| format!("{a}{b}"))).take(count).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    #[track_caller]
    fn check_notes(source: &str, format: Format, expected: &[&str]) {
        let document = Document::read("a", source.as_bytes().to_vec(), Some(format));
        let links = within(&document, Span::new(0, document.text.len()));
        let words = links.into_iter().filter_map(|link| match link.to {
            Target::Note(at) => Some(words_of_note(&document, at)),
            _ => None,
        });
        assert_eq!(words.collect::<Vec<_>>(), expected, "{}", document.text);
    }

    #[test]
    fn a_note_is_its_paragraphs() {
        let source = "One[^1], two[^2].\n\n[^1]: First.\n\n    And more.\n\n[^2]: Second.\n\nThe end.";
        check_notes(source, Format::Markdown, &["First.\n\nAnd more.", "Second."]);
        let page = "<p>One<a href=#a>1</a>, two<a href=#b>2</a>, three <a href=#c>*</a>.<p><a id=a>1</a> First. <a id=b>2</a> Second.\
            <p id=c>* Third.<p>The end.";
        check_notes(page, Format::Html, &["1 First.", "2 Second.", "* Third."]);
        let after_code = "<p>See<a href='#x'>1</a></p><pre>foo\n<a id=x>\n</a></pre><p>bar";
        check_notes(after_code, Format::Html, &["bar"]);
    }

    #[test]
    fn no_label_begins_another() {
        assert_eq!(labels(3), ["a", "s", "d"]);
        let many = labels(30);
        assert!(many.len() == 30 && many.iter().all(|label| label.len() == 2), "{many:?}");
    }

    #[test]
    fn the_link_under_the_cursor_comes_first() {
        let source = "See [one](https://a.example) and [two](https://b.example). Then [three](#x).";
        let document = Document::read("a.md", source.as_bytes().to_vec(), None);
        let words = |words: &str| near(&document, document.text.find(words).unwrap()).map(|link| link.to);
        assert_eq!(words("one"), Some(Target::Page("https://a.example".into())));
        assert_eq!(words("and"), Some(Target::Page("https://b.example".into())));
        assert_eq!(words("Then"), None, "there is no such place");
    }
}
