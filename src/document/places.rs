//! Links within a document: the places that have a name, and what leads there. A reference to a footnote is told from
//! other links, so that the note can be shown where it is referred to.

use std::collections::{HashMap, HashSet};

use super::epub::resolve;
use super::{Block, BlockKind, Inline};
use crate::text::{Offset, Span};

/// The places of a document that is being written. A target within it begins with `#`.
#[derive(Debug, Default)]
pub struct Places {
    /// The file of a book that is being written, with a `#` before it.
    part: String,
    /// Where each place is, and whether that is among the footnotes, which stand at the end of the whole.
    known: HashMap<String, (bool, Offset)>,
    /// The names of the place where the next words will stand.
    next: Vec<String>,
    /// The targets of links that are said to be references to notes.
    notes: HashSet<String>,
}

impl Places {
    /// Goes on with a file of a book; its start is a place, too.
    pub fn begin_part(&mut self, path: &str) {
        self.part = format!("#{path}");
        self.next.push(self.part.clone());
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
        let part = match (file, self.part.strip_prefix('#')) {
            ("", _) => self.part.clone(),
            (file, Some(part)) => match resolve(part, file) {
                Some(path) => format!("#{path}"),
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
            let known = self.known.get(target).map(|&(in_notes, at)| if in_notes { notes_from + at } else { at });
            let Some(at) = known.or_else(|| headings.get(&target[1..]).copied()) else { return false };
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
    fn a_reference_has_a_short_label() {
        for label in ["1", "[12]", "(3)", "*", "††", "[a]"] {
            assert!(is_label(label), "{label}");
        }
        for words in ["", "[]", "a", "Up", "1999 was", "123456", "^"] {
            assert!(!is_label(words), "{words}");
        }
    }
}
