//! What was read: one text, cut into blocks, with what it says of itself.

pub mod decode;

pub mod format;

pub mod date;

pub mod credit;

pub mod meta;

pub mod heading;

pub mod plain;

mod page;

mod places;

pub mod markdown;

pub mod html;

pub mod epub;

pub mod mail;

pub mod paragraph;

mod part;

pub mod sentence;

pub use format::{Format, Wish};

use std::sync::OnceLock;

use bytes::Bytes;
use bytestring::ByteString;
use memchr::{memchr, memchr_iter, memmem};
use sha2::{Digest, Sha256};

use crate::text::glyph::count_disguises;
use crate::text::{CharIndex, Offset, Span};

/// An article as read: a title, metadata, and a sequence of blocks over one string of text.
///
/// For a plain-text file the text is the file as decoded, character for character (but every line end is `\n`); for
/// other formats it is what the reader shows, unwrapped. Everything else in the program points into it with byte spans.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// What the reader calls it: a file name without its folder, `-` for standard input.
    pub name: String,
    pub format: Format,
    /// Whether the text is set as the reader shows it, so that each `\n` in it breaks a line; in a plain text it may stand
    /// where a line was full.
    pub is_set: bool,
    /// Copies of a document share it; of a long file it may be the file's own bytes.
    pub text: ByteString,
    /// In reading order, without overlap; every character that is not white space is in one. None is longer than
    /// [`LONGEST_BLOCK`], so that laying out what is visible stays cheap: a longer one is several of the same kind.
    pub blocks: Vec<Block>,
    /// Inline mark-up (emphasis, links), sorted by start.
    pub styles: Vec<(Span, Inline)>,
    pub metadata: Metadata,
    /// What the reader should know about how the text was read: replaced characters, a guessed encoding.
    pub warnings: Vec<String>,
    /// This is the beginning of a longer text that is still being read: see [`Document::beginning`].
    pub partial: bool,
    sha256: OnceLock<String>,
    fingerprint: OnceLock<String>,
    characters: OnceLock<CharIndex>,
    numbers: OnceLock<Vec<u32>>,
}

/// Why a file cannot be read at all, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    pub reason: String,
    pub hint: &'static str,
}

/// The most bytes of a block.
pub const LONGEST_BLOCK: usize = 64 * 1024;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub kind: BlockKind,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading with its level; the document's title is the heading of level 1 named by the metadata.
    Heading(u8),
    Paragraph,
    /// Who wrote, photographed or contributed, a caption, a date line of its own: no party of the article speaks here.
    Credit,
    /// An item with its nesting depth (0 is the outermost) and its number in an ordered list. The marker, `• ` or
    /// `2. `, is part of the text: see [`Document::marker`].
    ListItem {
        depth: u8,
        number: Option<u16>,
    },
    /// A passage set off as a quotation; in plain text one line of it with its `>`.
    Quotation,
    /// Text whose line breaks and spaces are kept.
    Preformatted,
    Rule,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Emphasis,
    Strong,
    Code,
    Strikethrough,
    /// A link with its target as written.
    Link(String),
    /// A link to a place in the document.
    Place(Offset),
    /// A reference to a footnote, whose words begin there.
    Note(Offset),
}

/// What the text says of itself; each is absent when it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    pub title: Option<String>,
    pub byline: Option<String>,
    /// The place of a dateline (`GENEVA (Reuters) —`), as written, and where the dateline stands.
    pub dateline: Option<(String, Span)>,
    pub date: Option<jiff::civil::Date>,
    /// The outlet or site.
    pub source: Option<String>,
}

impl Document {
    /// Reads bytes as a document; any bytes are one, if need be without text and with a warning.
    pub fn read(name: &str, bytes: impl Into<Bytes>, format: Option<Format>) -> Document {
        Document::try_read(name, bytes, format.into()).unwrap_or_else(|unreadable| Document {
            name: name.to_owned(),
            warnings: vec![unreadable.reason],
            ..Document::default()
        })
    }

    /// Reads bytes as a document, unless they are an archive that cannot be opened. Without a wish the name decides the
    /// format, then the bytes.
    pub fn try_read(name: &str, bytes: impl Into<Bytes>, wish: Wish) -> Result<Document, Unreadable> {
        let bytes = bytes.into();
        let packed = wish.format.or_else(|| Format::of_packed(name, &bytes));
        if let Some(format @ (Format::Epub | Format::Mail)) = packed {
            let mut document =
                if format == Format::Epub { epub::read(&bytes)? } else { mail::read(&bytes, wish.whole_page) };
            document.warnings.extend(warnings_of_text(name, &document.text));
            let (name, blocks) = (name.to_owned(), bounded(&document.text, document.blocks));
            return Ok(Document { name, format, blocks, sha256: sha256_of(&bytes).into(), ..document });
        }
        let decoded = decode::decode(bytes);
        let mut warnings = warnings_of_bytes(&decoded);
        let format = wish.format.unwrap_or_else(|| Format::of(name, &decoded.text));
        let name = name.to_owned();
        if format == Format::Plain {
            let document = plain::read(decoded.text);
            warnings.extend(warnings_of_text(&name, &document.text));
            let blocks = bounded(&document.text, document.blocks);
            let sha256 = decoded.sha256.map_or_else(OnceLock::new, OnceLock::from);
            return Ok(Document { name, format, blocks, sha256, warnings, ..document });
        }
        let sha256 = decoded.sha256.unwrap_or_else(|| sha256_of(decoded.text.as_bytes()));
        let document = match format {
            Format::Html => html::read(&decoded.text, wish.whole_page),
            _ => markdown::read(&decoded.text),
        };
        warnings.extend(document.warnings);
        warnings.extend(warnings_of_text(&name, &document.text));
        let blocks = bounded(&document.text, document.blocks);
        Ok(Document { name, format, blocks, sha256: sha256.into(), warnings, ..document })
    }

    /// Reads the beginning of a longer text as a document of its own, so that it can be shown before the rest is read: the
    /// text of the whole begins with this one's. `None` where the beginning does not tell how the whole will be read.
    pub fn beginning(name: &str, bytes: &[u8], format: Option<Format>) -> Option<Document> {
        let bytes = &bytes[..last_end(bytes)?];
        let text = std::str::from_utf8(bytes).ok().filter(|text| memchr(0, text.as_bytes()).is_none())?;
        let packed = || Format::of_packed(name, bytes);
        let format = format.or_else(packed).unwrap_or_else(|| Format::of(name, text));
        let is_told = match format {
            Format::Plain => true,
            Format::Markdown => markdown::stands_alone(text),
            Format::Html | Format::Epub | Format::Mail => false,
        };
        is_told.then(|| Document { partial: true, ..Document::read(name, bytes.to_vec(), Some(format)) })
    }

    /// Returns the SHA-256 of the file's bytes, in lower-case hexadecimal. Where the text is the file, it is counted on
    /// first use: opening a long article does not wait for it.
    pub fn sha256(&self) -> &str {
        self.sha256.get_or_init(|| sha256_of(self.text.as_bytes()))
    }

    /// Returns a short name for the text, made of its length and its ends: it costs the same for every text, and tells
    /// apart all but texts that were made to be mistaken for each other.
    pub fn fingerprint(&self) -> &str {
        const ENDS: usize = 4 << 10;
        self.fingerprint.get_or_init(|| {
            let bytes = self.text.as_bytes();
            let hash = Sha256::new()
                .chain_update(bytes.len().to_le_bytes())
                .chain_update(&bytes[..bytes.len().min(ENDS)])
                .chain_update(&bytes[bytes.len().saturating_sub(ENDS)..]);
            hexadecimal(&hash.finalize()[..8])
        })
    }

    /// Returns whether a `\n` inside a block breaks the line; in other blocks it is a space.
    pub fn keeps_line_ends(&self, block: usize) -> bool {
        self.is_set || self.blocks[block].kind == BlockKind::Preformatted
    }

    /// Returns the marker that a list item or a quotation starts with and the space after it, empty if there is none.
    pub fn marker(&self, block: usize) -> Span {
        let Block { kind, span } = self.blocks[block];
        let words = span.of(&self.text);
        let len = match kind {
            BlockKind::ListItem { .. } => plain::item_marker(words).map_or(0, |(len, _)| len),
            BlockKind::Quotation if !self.is_set => plain::quotation_marker(words),
            _ => 0,
        };
        Span::new(span.start, span.start + len)
    }

    /// Returns the index between bytes and characters, made on first use.
    pub fn characters(&self) -> &CharIndex {
        self.characters.get_or_init(|| CharIndex::new(&self.text))
    }

    /// Returns the index of the block at an offset, or of the last one before it.
    pub fn block_at(&self, offset: Offset) -> usize {
        self.blocks.partition_point(|block| block.span.start <= offset).saturating_sub(1)
    }

    /// Returns the sentences of a block after its marker, in order; a block without sentences (a rule) has none.
    pub fn sentences_in(&self, block: usize) -> Vec<Span> {
        match self.blocks[block] {
            Block { kind: BlockKind::Rule, .. } => Vec::new(),
            Block { span, .. } => sentence::split(&self.text, Span::new(self.marker(block).end, span.end)),
        }
    }

    /// Returns the sentence at an offset, or the last one before it in its block.
    pub fn sentence_at(&self, offset: Offset) -> Option<Span> {
        let block = self.block_at(offset);
        let sentences = self.blocks.get(block).map(|_| self.sentences_in(block))?;
        let index = sentences.partition_point(|sentence| sentence.start <= offset).saturating_sub(1);
        sentences.get(index).copied()
    }
}

/// Returns where the last whole paragraph ends, or line, or word; none of them is looked for far from the end.
fn last_end(bytes: &[u8]) -> Option<usize> {
    let half = bytes.len() / 2;
    let after = |ends: &[u8]| memmem::rfind(&bytes[half..], ends).map(|at| half + at + ends.len());
    after(b"\n\n").or_else(|| after(b"\n")).or_else(|| after(b" ")).or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => Some(bytes.len()),
        Err(error) => error.error_len().is_none().then_some(error.valid_up_to()),
    })
}

fn warnings_of_bytes(decoded: &decode::Decoded) -> Vec<String> {
    let mut warnings = Vec::new();
    if decoded.text.is_empty() {
        warnings.push("the text is missing: the file is empty".to_owned());
    }
    warnings.extend(warnings_of_encoding(decoded));
    warnings
}

fn warnings_of_encoding(decoded: &decode::Decoded) -> Vec<String> {
    let mut warnings = Vec::new();
    if decoded.guessed {
        warnings.push(format!("the encoding is guessed: {}", decoded.encoding));
    }
    match decoded.replaced {
        0 => {}
        1 => warnings.push(format!("1 character was not valid {} and is shown as \u{fffd}", decoded.encoding)),
        n => warnings.push(format!("{n} characters were not valid {} and are shown as \u{fffd}", decoded.encoding)),
    }
    warnings
}

fn warnings_of_text(name: &str, text: &str) -> Vec<String> {
    let mut warnings = Vec::new();
    match memchr_iter(0, text.as_bytes()).count() {
        0 => {}
        1 => warnings.push("1 NUL, on a screen ␀: the file may be damaged".to_owned()),
        n => warnings.push(format!("{n} NULs, on a screen ␀: the file may be damaged")),
    }
    match count_disguises(text) + count_disguises(name) {
        0 => {}
        1 => warnings.push("1 invisible control character, on a screen shown by its number".to_owned()),
        n => warnings.push(format!("{n} invisible control characters, on a screen shown by their numbers")),
    }
    warnings
}

/// Cuts the blocks that are too long, at white space if there is any near the limit.
fn bounded(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    if blocks.iter().all(|block| block.span.len() <= LONGEST_BLOCK) {
        return blocks;
    }
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let mut rest = block.span;
        while rest.len() > LONGEST_BLOCK {
            let end = text.floor_char_boundary(rest.start + LONGEST_BLOCK);
            let near = text.floor_char_boundary(end - LONGEST_BLOCK / 8);
            let cut = text[near..end].rfind(char::is_whitespace).map_or(end, |at| near + at);
            let piece = Span::new(rest.start, cut).trim(text);
            rest = Span::new(cut, rest.end).trim(text);
            // That it goes on is seen by where it ends: where the next piece begins.
            let joined = Span::new(piece.start, rest.start);
            let is_joined = !rest.is_empty() && joined.len() <= LONGEST_BLOCK;
            out.push(Block { kind: block.kind, span: if is_joined { joined } else { piece } });
        }
        out.push(Block { kind: block.kind, span: rest });
    }
    out.retain(|block| !block.span.is_empty());
    out
}

fn sha256_of(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Asserts what every document keeps, whatever it was read from.
#[cfg(test)]
#[track_caller]
fn check_blocks(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        assert!(end <= block.span.start && block.span.start < block.span.end, "{block:?} after {end} in {text:?}");
        assert!(text.is_char_boundary(block.span.start) && text.is_char_boundary(block.span.end), "{block:?}");
        assert!(text[end..block.span.start].trim().is_empty(), "outside of blocks: {:?}", &text[end..block.span.start]);
        assert!(block.span.len() <= LONGEST_BLOCK, "{block:?}");
        end = block.span.end;
    }
    assert!(text[end..].trim().is_empty(), "outside of blocks: {:?}", &text[end..]);
    for (span, inline) in &document.styles {
        assert!(!span.is_empty() && text.is_char_boundary(span.start) && text.is_char_boundary(span.end), "{span:?}");
        if let Inline::Place(at) | Inline::Note(at) = *inline {
            let is_in_block = document.blocks.get(document.block_at(at)).is_some_and(|block| block.span.contains(at));
            assert!(is_in_block && text.is_char_boundary(at), "{inline:?} in {text:?}");
        }
    }
    for index in 0..document.blocks.len() {
        let mut at = document.marker(index).end;
        for sentence in document.sentences_in(index) {
            assert!(at <= sentence.start && sentence.start < sentence.end, "{sentence:?} after {at} in {text:?}");
            assert!(
                text[at..sentence.start].trim().is_empty(),
                "outside of sentences: {:?}",
                &text[at..sentence.start]
            );
            at = sentence.end;
        }
        let rest = &text[at..document.blocks[index].span.end];
        assert!(
            document.blocks[index].kind == BlockKind::Rule || rest.trim().is_empty(),
            "outside of sentences: {rest:?}"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(name: &str, bytes: &[u8], format: Format, warnings: &[&str]) {
        let document = Document::read(name, bytes.to_vec(), None);
        assert_eq!((document.format, document.warnings), (format, warnings.iter().map(|w| (*w).to_owned()).collect()));
    }

    #[test]
    fn the_name_decides_the_format_and_then_the_text() {
        check("a.md", b"plain", Format::Markdown, &[]);
        check("a.txt", b"# Title\n\nText", Format::Plain, &[]);
        check("-", b"# Title\n\nText", Format::Markdown, &[]);
        check("-", b"Text", Format::Plain, &[]);
    }

    #[test]
    fn the_reader_is_told_what_was_guessed() {
        check("a.txt", b"caf\xE9", Format::Plain, &["the encoding is guessed: windows-1252"]);
        let damaged = "1 character was not valid UTF-8 and is shown as \u{fffd}";
        check("a.txt", b"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xFF", Format::Plain, &[damaged]);
        let disguised = "1 invisible control character, on a screen shown by its number";
        check("a.txt", "no\u{202e}sey \u{200f}“x”".as_bytes(), Format::Plain, &[disguised]);
        check("a\u{202e}.txt", b"x", Format::Plain, &[disguised]);
        check(
            "a.txt",
            b"The talks\0 end on Monday.",
            Format::Plain,
            &["1 NUL, on a screen ␀: the file may be damaged"],
        );
        check("a.txt", b"\xEF\xBB\xBF", Format::Plain, &["the text is missing: the file is empty"]);
    }

    #[test]
    fn a_hash_names_the_bytes() {
        for (name, bytes) in
            [("a.txt", "abc"), ("a.md", "*abc*"), ("a.txt", "a\r\n"), ("a.txt", "a\rb"), ("b", "\u{feff}a")]
        {
            let document = Document::read(name, bytes.to_owned(), None);
            assert_eq!(document.sha256(), sha256_of(bytes.as_bytes()), "{bytes:?}");
        }
        let hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Document::read("a.txt", b"abc".to_vec(), None).sha256(), hash);
        let latin = Document::read("a.txt", b"caf\xE9".to_vec(), None);
        assert_eq!((latin.sha256(), &*latin.text), (sha256_of(b"caf\xE9").as_str(), "café"));
    }

    #[test]
    fn a_fingerprint_tells_texts_apart_by_length_and_ends() {
        let of = |text: &str| Document::read("a.txt", text.to_owned(), None).fingerprint().to_owned();
        assert_eq!((of("abc"), of("abc").len()), (of("abc"), 16));
        let long = "word ".repeat(50_000);
        let texts = ["", "a", "aa", "ab", long.as_str(), &format!("{long}word "), &format!("{}more ", &long[5..])];
        let names: std::collections::HashSet<String> = texts.map(of).into_iter().collect();
        assert_eq!(names.len(), texts.len());
    }

    #[test]
    fn a_giant_line_is_several_blocks() {
        for text in ["word ".repeat(60_000), "é".repeat(150_000)] {
            let document = Document::read("a.txt", text.clone().into_bytes(), None);
            check_blocks(&document);
            assert_eq!((document.blocks.len(), &*document.text), (5, &*text));
        }
    }

    #[test]
    fn a_beginning_ends_with_a_paragraph() {
        let check = |name: &str, bytes: &[u8], expected: Option<&str>| {
            let beginning = Document::beginning(name, bytes, None);
            assert_eq!(beginning.as_ref().map(|document| &*document.text), expected, "{bytes:?}");
            let whole = Document::read(name, [bytes, b"\xA9 and more"].concat(), None);
            assert!(beginning.is_none_or(|document| document.partial && whole.text.starts_with(&*document.text)));
        };
        check("a.txt", b"One two three.\n\nFour\xC3", Some("One two three.\n\n"));
        check("a.txt", b"One.\n\nTwo three\nfour five", Some("One.\n\nTwo three\n"));
        check("a.txt", b"One two.\r\nThree four.\r\nFive six", Some("One two.\nThree four.\n"));
        check("a.txt", "One two thrée".as_bytes(), Some("One two "));
        check("a.txt", &"éé".as_bytes()[..3], Some("é"));
        check("a.md", b"*One* two.\n\nThree", Some("One two."));
        check("a.md", b"A [x](y), - [ ] z.\n\n[r]: /u\n\nB [r], [s][r].\n\nC", Some("A x, - [ ] z.\n\nB r, s."));
        check("a.html", b"<p>One.\n\n<p>Two", None);
        check("-", b"<!DOCTYPE html><p>One.\n\n<p>Two", None);
        check("-", b"From: a@b\nTo: c\nDate: Mon\n\nOne.\n\nTwo", None);
        check("a.txt", b"One tw\xE9 three.\n", None);
        check("a.txt", b"O\0n\0e\0\n\0", None);
    }

    #[test]
    fn a_beginning_that_what_follows_would_change_is_none() {
        let beginnings = [
            ("One[^a].\n\n[^a]: A note.\n\nTwo", ".\n\nThree."),
            ("One [two][a].\n\nThree", "\n\n[a]: /x"),
            ("One [two].\n\nThree", "\n\n[two]: /x"),
            ("One[^a].\n\nTwo", "\n\n[^a]: A note."),
        ];
        for (start, rest) in beginnings {
            let read = |text: &str| Document::read("a.md", text.to_owned(), None).text;
            let cut = &start[..last_end(start.as_bytes()).unwrap()];
            assert!(!read(&format!("{start}{rest}")).starts_with(&*read(cut)), "{start}");
            assert_eq!(Document::beginning("a.md", start.as_bytes(), None), None, "{start}");
        }
    }

    #[test]
    fn markers_are_no_sentences() {
        let document = Document::read("a.txt", b"1. First. Second.\n2. Third.\n".to_vec(), None);
        let sentences: Vec<&str> = document.sentences_in(0).iter().map(|span| span.of(&document.text)).collect();
        assert_eq!((document.marker(0).of(&document.text), sentences), ("1. ", vec!["First.", "Second."]));
    }

    /// Signs that mean something in Markdown, with a few letters and empty lines.
    fn markdown_signs() -> impl Strategy<Value = String> {
        "(\n\n|\n|[-*>#`\\[\\]()|~_!0-9.:^= ]|[a-c]|```|---|- |1\\. |</?div>|</?pre>|<!--|-->){0,40}(\n\n)?"
    }

    proptest! {
        #[test]
        fn what_follows_changes_no_beginning(start in markdown_signs(), rest in markdown_signs()) {
            if let Some(beginning) = Document::beginning("a.md", start.as_bytes(), None) {
                let whole = Document::read("a.md", start + &rest, None);
                prop_assert!(whole.text.starts_with(&*beginning.text), "{:?} {:?}", whole.text, beginning.text);
            }
        }

        #[test]
        fn any_bytes_are_a_document(bytes in prop::collection::vec(any::<u8>(), 0..300), markdown in any::<bool>()) {
            let format = if markdown { Format::Markdown } else { Format::Plain };
            check_blocks(&Document::read("any", bytes, Some(format)));
        }

        #[test]
        fn any_lines_are_a_document(lines in prop::collection::vec(
            "([-*>=#] ?|[0-9]\\. |  |\t)?([A-Z][a-z]{1,9}[ .,”\u{a0}]{1,2}){0,12}|[-=*]{3}", 0..30)
        ) {
            let document = Document::read("any.txt", lines.join("\n").into_bytes(), None);
            check_blocks(&document);
            prop_assert_eq!(document.text, lines.join("\n"));
        }
    }
}
