//! Links within a document: the places that have a name, and what leads there. A reference to a footnote is told from
//! other links, so that the note can be shown where it is referred to.

use std::collections::{HashMap, HashSet};

use super::epub::{decode_link, resolve};
use super::{Block, BlockKind, Inline};
use crate::text::{Offset, Span};

/// The places of a document that is being written. A target within it begins with `#`.
#[derive(Debug, Default)]
pub struct Places {
    /// The files of a book in the order of reading, and the one that is being written. A target names one by its number:
    /// a path may be long, and a file may name many places.
    parts: HashMap<String, usize>,
    path: Option<String>,
    /// How targets in this file begin.
    part: String,
    /// Where each place is, and whether that is among the footnotes, which stand at the end of the whole.
    known: HashMap<String, (bool, Offset)>,
    /// The names of the place where the next words will stand.
    next: Vec<String>,
    /// The targets of links that are said to be references to notes.
    notes: HashSet<String>,
}

impl Places {
    /// Takes up which files a book has.
    pub fn number_parts(&mut self, paths: impl Iterator<Item = String>) {
        self.parts = paths.enumerate().map(|(number, path)| (path, number)).collect();
    }

    /// Goes on with a file of a book; its start is a place, too.
    pub fn begin_part(&mut self, path: &str) {
        self.path = Some(path.to_owned());
        self.part = self.part_of(path);
        self.next.push(self.part.clone());
    }

    /// Returns how targets in a file begin; none is named like those in a file that is not there. No heading gives a
    /// name with a `/`.
    fn part_of(&self, path: &str) -> String {
        self.parts.get(path).map_or_else(|| "#/".to_owned(), |number| format!("#{number}/"))
    }

    /// Names the place where the next words will stand.
    pub fn name(&mut self, id: &str) {
        self.next.push(format!("{}#{id}", self.part));
    }

    /// Names the place of a footnote by its label.
    pub fn name_note(&mut self, label: &str) {
        self.next.push(note(label));
    }

    /// Returns the target of a reference to a footnote.
    pub fn refer(&mut self, label: &str) -> String {
        self.notes.insert(note(label));
        note(label)
    }

    /// Returns the target of a link as it is written in a page; one that leads into the same document begins with `#`.
    pub fn target(&mut self, link: &str, is_reference: bool) -> String {
        let (file, id) = link.split_once('#').map_or((link, None), |(file, id)| (file, Some(id)));
        let part = match (file, &self.path) {
            ("", _) => self.part.clone(),
            (file, Some(here)) => match resolve(here, file) {
                Some(path) => self.part_of(&path),
                None => return link.to_owned(),
            },
            (_, None) => return link.to_owned(),
        };
        let target = id.map_or_else(|| part.clone(), |id| format!("{part}#{id}"));
        if is_reference {
            self.notes.insert(target.clone());
        }
        target
    }

    /// Says where the next words stand.
    pub fn settle(&mut self, in_notes: bool, at: Offset) {
        for name in self.next.drain(..) {
            self.known.entry(name).or_insert((in_notes, at));
        }
    }

    /// Turns the links to places into what they lead to; one to a place that is not there is none. `notes_from` is where
    /// the footnotes begin.
    pub fn resolve(&self, text: &str, blocks: &[Block], notes_from: Offset, styles: &mut Vec<(Span, Inline)>) {
        let is_within = |inline: &Inline| matches!(inline, Inline::Link(target) if target.starts_with('#'));
        if !styles.iter().any(|(_, inline)| is_within(inline)) {
            return;
        }
        let headings = headings(text, blocks);
        styles.retain_mut(|(span, inline)| {
            let Inline::Link(target) = inline else { return true };
            if !target.starts_with('#') {
                return true;
            }
            let find = |target: &str| {
                let known = self.known.get(target).map(|&(in_notes, at)| if in_notes { notes_from + at } else { at });
                known.or_else(|| headings.get(&target[1..]).copied())
            };
            // A page may name a place as the link writes it, or as that reads without its percents.
            let Some(at) = find(target).or_else(|| find(&decode_link(target))) else { return false };
            let at = text.floor_char_boundary(at.min(text.len()));
            let is_said = self.notes.contains(target);
            let is_note = at > span.end && (is_said || is_label(span.of(text))) && !is_heading(blocks, at);
            *inline = if is_note { Inline::Note(at) } else { Inline::Place(at) };
            true
        });
    }
}

fn note(label: &str) -> String {
    format!("#[{}]", label.to_lowercase())
}

/// Returns where the headings stand, by the names that the sites for Markdown give them.
fn headings(text: &str, blocks: &[Block]) -> HashMap<String, Offset> {
    let mut headings = HashMap::new();
    for Block { span, .. } in blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(_))) {
        let words = span.of(text).to_lowercase();
        let kept = words.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        let name = kept.map(|c| if c == ' ' { '-' } else { c }).collect();
        headings.entry(name).or_insert(span.start);
    }
    headings
}

fn is_heading(blocks: &[Block], at: Offset) -> bool {
    let block = blocks.partition_point(|block| block.span.start <= at).checked_sub(1).map(|block| blocks[block]);
    block.is_some_and(|block| matches!(block.kind, BlockKind::Heading(_)))
}

/// Returns whether words are what a footnote is referred to by: a number, a letter in brackets, a star.
fn is_label(words: &str) -> bool {
    const LONGEST: usize = 5;
    let words = words.trim();
    let bare = words.trim_matches(['[', ']', '(', ')']);
    let is_number = !bare.is_empty() && bare.chars().all(|c| c.is_numeric());
    let is_sign = !bare.is_empty() && bare.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§' | '¶' | '‖'));
    let is_letter = bare.len() < words.len() && bare.chars().all(char::is_alphabetic) && bare.chars().count() == 1;
    words.chars().count() <= LONGEST && (is_number || is_sign || is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, Format};

    /// Checks the links within a document: their words, and the words that they lead to.
    #[track_caller]
    fn check(source: &str, format: Format, expected: &[(&str, &str)]) {
        let document = Document::read("a", source.as_bytes().to_vec(), Some(format));
        let Document { text, styles, .. } = &document;
        let links = styles.iter().filter_map(|(span, inline)| {
            let (sign, at) = match inline {
                Inline::Note(at) => ("note ", *at),
                Inline::Place(at) => ("", *at),
                _ => return None,
            };
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            Some((span.of(text), format!("{sign}{}", &text[at..end])))
        });
        let expected: Vec<(&str, String)> = expected.iter().map(|&(words, to)| (words, to.to_owned())).collect();
        assert_eq!(links.collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn footnotes_of_markdown_are_found() {
        let source =
            "# Boats\n\nOne[^a] and two[^B].[^none]\n\n[^b]: Second.\n[^a]: First.\n\nSee [boats](#boats), [no](#no).";
        check(source, Format::Markdown, &[("[a]", "note First."), ("[B]", "note Second."), ("boats", "Boats")]);
    }

    #[test]
    fn footnotes_of_a_page_are_found_and_what_leads_back_is_left_out() {
        let source = "<article><h1>Boats</h1><p>The ferry is late again, say the boatmen of the quay.\
            <sup><a href='#n1' id=r1>1</a></sup> More <a href='#end'>below</a>.</p><h2 id=end>Notes</h2>\
            <ol><li id=n1><p>By an hour. <a href='#r1'>↩</a></p></li></ol></article>";
        check(source, Format::Html, &[("1", "note By an hour."), ("below", "Notes")]);
    }

    #[test]
    fn a_place_is_where_something_is_seen() {
        let source = "<p>See <a href='#x'>this</a>, <a href='#y'>that</a>, <a href='#z'>more</a>, <a href='#e'>end</a>.</p>\
            <pre>foo\n<a id=x>\n</a></pre><p>bar<pre><b id=y>  </b>\n  baz</pre><ul><li><i id=z> </i><li>one</ul><pre>x<a id=e>\n";
        check(source, Format::Html, &[("this", "bar"), ("that", "baz"), ("more", "one")]);
    }

    #[test]
    fn a_note_is_named_by_what_leads_back_and_a_place_by_what_has_no_words() {
        let source = "<p>It is late<a href='#n1'>1</a>.</p><p><a id=n1 href='#r1'>↑</a> By an hour.</p>";
        check(source, Format::Html, &[("1", "note By an hour.")]);
        let source = "<p><a href='#a'>one</a> <a href='#b'>two</a> <a href='#c'>three</a></p>\
            <p><img id=a>First.<br id=b>Second.</p><hr id=c><p>Third.";
        check(source, Format::Html, &[("one", "First."), ("two", "Second."), ("three", "* * *")]);
    }

    #[test]
    fn percents_in_a_link_are_read() {
        let source = "<p><a href='#caf%C3%A9'>one</a> <a href='#50%25'>two</a> <a href='#100%25'>three</a></p>\
            <p id=café>First.</p><p id='50%25'>Second.</p><p id='100%'>Third.";
        check(source, Format::Html, &[("one", "First."), ("two", "Second."), ("three", "Third.")]);
        let source = "# Le café\n\n[one](#le-caf%C3%A9), [two](#%)";
        check(source, Format::Markdown, &[("one", "Le café")]);
    }

    #[test]
    fn a_place_in_a_book_does_not_repeat_the_path_of_its_file() {
        let folder = "a".repeat(1000);
        let mut places = Places::default();
        places.number_parts([format!("{folder}/b"), format!("{folder}/c")].into_iter());
        places.begin_part(&format!("{folder}/c"));
        assert_eq!(places.target("b#x", false), "#0/#x");
        assert_eq!(places.target("#x", false), "#1/#x");
        assert_eq!(places.target("d#x", false), "#/#x", "it leads nowhere");
        assert_eq!(places.target("https://example.org/#x", false), "https://example.org/#x");
        places.name("x");
        assert_eq!(places.next, ["#1/", "#1/#x"]);
    }

    #[test]
    fn a_reference_has_a_short_label() {
        for label in ["1", "[12]", "(3)", "*", "††", "[a]"] {
            assert!(is_label(label), "{label}");
        }
        for words in ["", "[]", "a", "Up", "1999 was", "123456", "^"] {
            assert!(!is_label(words), "{words}");
        }
    }
}
