//! The notes file as text: cut into the lines of each entry and whatever stands between.
//!
//! The pieces joined are the file, byte for byte, so what a change does not touch cannot change. An entry's piece is
//! its header, its keys and sub-tables, the comments directly above and below, and the empty lines that follow.

use toml_edit::{Document, Item, Table};

use super::quoting::one_line;
use crate::text::Span;

/// The kinds of entries, in the order in which a new file has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Actor,
    Note,
    Position,
}

impl Kind {
    pub const ALL: [Kind; 3] = [Kind::Actor, Kind::Note, Kind::Position];

    /// Returns the key of its tables: `[[note]]`.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Actor => "actor",
            Kind::Note => "note",
            Kind::Position => "position",
        }
    }
}

/// Some lines of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// `None` for what is no entry.
    pub kind: Option<Kind>,
    pub text: String,
}

/// Why a file cannot be read as notes; it is never written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Counted from 1.
    pub line: usize,
    pub column: usize,
    /// In one line, without anything a terminal would obey.
    pub reason: String,
}

/// Cuts a notes file into its pieces.
pub fn cut(text: &str) -> Result<Vec<Piece>, Unreadable> {
    // A byte-order mark is no TOML, but editors write it; it stays in the first piece.
    let mark = text.len() - text.trim_start_matches('\u{feff}').len();
    let document = Document::parse(&text[mark..]).map_err(|error| {
        let at = mark + error.span().map_or(0, |span| span.start);
        let error = unreadable(text, at, error.message());
        // Behind two versions that stand one below the other they are the reason, whatever the parser stumbled over.
        conflict_marks(text).next().filter(|mark| mark.line <= error.line).unwrap_or(error)
    })?;
    let mut found = Found { headers: Vec::new(), ends: Vec::new(), mark };
    for (key, item) in document.as_table() {
        if let Some(kind) = Kind::ALL.into_iter().find(|kind| kind.key() == key).filter(|_| !item.is_array_of_tables())
        {
            let at = mark + item.span().map_or(0, |span| span.start);
            return Err(unreadable(text, at, &format!("'{key}' is not a list of [[{}]] entries", kind.key())));
        }
        found.item(key, 1, item);
    }
    found.headers.sort_by_key(|header| header.at.start);
    found.ends.sort_unstable();
    cut_at(text, &found)
}

/// Returns the places where a version control system left two versions one below the other.
pub fn conflict_marks(text: &str) -> impl Iterator<Item = Unreadable> {
    let lines = text.split_inclusive('\n').scan(0, |end, line| {
        let at = *end;
        *end += line.len();
        Some((at, line))
    });
    let marks = lines.filter(|(_, line)| line.starts_with("<<<<<<< ") || line.starts_with(">>>>>>> "));
    marks.map(|(at, line)| {
        unreadable(text, at, &format!("two versions stand here, keep one and remove the marks: '{}'", line.trim_end()))
    })
}

/// Returns the error of a place in the file.
pub fn unreadable(text: &str, at: usize, reason: &str) -> Unreadable {
    let before = &text[..text.floor_char_boundary(at)];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Unreadable { line, column, reason: one_line(reason) }
}

/// Everything that has a place in the file.
struct Found {
    headers: Vec<Header>,
    /// Where the values end.
    ends: Vec<usize>,
    mark: usize,
}

struct Header {
    at: Span,
    kind: Option<Kind>,
    /// Begins an entry, rather than a table inside one.
    first: bool,
}

impl Found {
    fn item(&mut self, root: &str, depth: usize, item: &Item) {
        match item {
            Item::None => {}
            Item::Value(value) => self.ends.extend(value.span().map(|span| self.mark + span.end)),
            Item::Table(table) => self.table(root, depth, false, table),
            Item::ArrayOfTables(tables) => tables.iter().for_each(|table| self.table(root, depth, true, table)),
        }
    }

    fn table(&mut self, root: &str, depth: usize, of_array: bool, table: &Table) {
        let written = !table.is_implicit() && !table.is_dotted();
        if let Some(span) = table.span().filter(|_| written) {
            let kind = Kind::ALL.into_iter().find(|kind| kind.key() == root);
            let at = Span::new(self.mark + span.start, self.mark + span.end);
            self.headers.push(Header { at, kind, first: depth == 1 && of_array });
        }
        for (_, item) in table {
            self.item(root, depth + 1, item);
        }
    }
}

fn cut_at(text: &str, found: &Found) -> Result<Vec<Piece>, Unreadable> {
    // Where each entry's lines begin and end.
    let mut entries: Vec<(Kind, Span)> = Vec::new();
    let mut open: Option<Kind> = None;
    let mut from = 0;
    for (index, header) in found.headers.iter().enumerate() {
        let next = found.headers.get(index + 1).map_or(text.len(), |next| line_start(text, next.at.start));
        let last = found.ends[..found.ends.partition_point(|&end| end <= next)].last();
        let content = last.map_or(header.at.end, |&end| end.max(header.at.end));
        match header.kind {
            Some(kind) if header.first => {
                let start = above(text, line_start(text, header.at.start), from);
                entries.push((kind, Span::new(start, below(text, content, next))));
                open = Some(kind);
            }
            Some(kind) if open == Some(kind) => {
                if let Some((_, lines)) = entries.last_mut() {
                    lines.end = below(text, content, next);
                }
            }
            Some(kind) => {
                let reason = format!("a table of [[{}]] stands apart from its entry", kind.key());
                return Err(unreadable(text, header.at.start, &reason));
            }
            None => open = None,
        }
        from = line_end(text, content);
    }
    Ok(pieces_of(text, &entries))
}

fn pieces_of(text: &str, entries: &[(Kind, Span)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut done = 0;
    for &(kind, lines) in entries {
        if done < lines.start {
            pieces.push(Piece { kind: None, text: text[done..lines.start].into() });
        }
        pieces.push(Piece { kind: Some(kind), text: lines.of(text).into() });
        done = lines.end;
    }
    if done < text.len() {
        pieces.push(Piece { kind: None, text: text[done..].into() });
    }
    pieces
}

/// Returns the start of the comments directly above a line, not reaching before `from`.
fn above(text: &str, line: usize, from: usize) -> usize {
    let mut start = line;
    while start > from {
        let previous = line_start(text, start - 1);
        if previous < from || !text[previous..start].trim_start_matches('\u{feff}').trim_start().starts_with('#') {
            break;
        }
        start = previous;
    }
    start
}

/// Returns the end of what belongs to an entry below its last value: its comments and the empty lines after them.
fn below(text: &str, content: usize, next: usize) -> usize {
    let mut end = line_end(text, content).min(next);
    let comments = lines_while(&text[end..next], |line| line.trim_start().starts_with('#'));
    // Comments without an empty line before the next header are that header's.
    let to_the_next = end + comments == next && next < text.len();
    if !to_the_next {
        end += comments;
    }
    end + lines_while(&text[end..next], |line| line.trim().is_empty())
}

fn lines_while(text: &str, belongs: impl Fn(&str) -> bool) -> usize {
    text.split_inclusive('\n').take_while(|line| belongs(line)).map(str::len).sum()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |newline| at + newline + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Shows the pieces of a file, each entry's after its kind.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let pieces = cut(text).unwrap();
        let shown: Vec<(&str, &str)> =
            pieces.iter().map(|piece| (piece.kind.map_or("", Kind::key), piece.text.as_str())).collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn an_entry_has_its_comments_and_the_empty_lines_after_it() {
        let note = "# mine\n[[note]] # x\nid = \"a\"\ntext = \"\"\"\n# no comment\n\n[[note]]\"\"\"\n# below\n\n\n";
        let text = format!(
            "format = 1\n\n# ---- notes\n\n{note}# ---- more\n\n[[position]]\nid = \"b\"\n[position.was]\nact = \"says\"\n"
        );
        check(
            &text,
            &[
                ("", "format = 1\n\n# ---- notes\n\n"),
                ("note", note),
                ("", "# ---- more\n\n"),
                ("position", "[[position]]\nid = \"b\"\n[position.was]\nact = \"says\"\n"),
            ],
        );
    }

    #[test]
    fn foreign_tables_are_between() {
        check(
            "[[note]]\nid = 1\n[other]\n# x\ny = 2\n[[actor]]",
            &[("note", "[[note]]\nid = 1\n"), ("", "[other]\n# x\ny = 2\n"), ("actor", "[[actor]]")],
        );
    }

    #[test]
    fn a_comment_above_a_header_is_not_the_entry_before() {
        check("[[note]]\n# of the next\n[[note]]\n", &[("note", "[[note]]\n"), ("note", "# of the next\n[[note]]\n")]);
    }

    #[test]
    fn what_is_not_a_list_of_entries_is_unreadable() {
        for (text, line, column, reason) in [
            ("x = 1\n<<<<<<< HEAD\ny = 2\n=======\n", 2, 1, "two versions stand here"),
            ("x = 1\ntext = \"\"\"\nmore\n", 4, 1, "invalid multi-line basic string"),
            ("\nnote = 3\n", 2, 8, "'note' is not a list of [[note]] entries"),
            ("[[note]]\nid = 1\n[other]\n[note.more]\n", 4, 1, "a table of [[note]] stands apart from its entry"),
        ] {
            let error = cut(text).unwrap_err();
            assert_eq!((error.line, error.column), (line, column), "{error:?}");
            assert!(error.reason.starts_with(reason), "{error:?}");
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_the_file(lines in proptest::collection::vec(0..10usize, 0..30), newline in "\r?\n") {
            const LINES: [&str; 10] = ["", "# comment", "[[note]]", "[[actor]]", "[[position]]", "[note.more]", "[other]",
                "key = 1 # trailing", "text = \"\"\"\n[[note]]\n# no\n\"\"\"", "  "];
            let text = lines.iter().map(|&line| format!("{}{newline}", LINES[line])).collect::<String>();
            if let Ok(pieces) = cut(&text) {
                prop_assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
                for piece in pieces.iter().filter(|piece| piece.kind.is_some()) {
                    let alone = cut(&piece.text).unwrap();
                    prop_assert_eq!(alone.len(), 1, "{:?}", piece);
                }
            }
        }
    }
}
