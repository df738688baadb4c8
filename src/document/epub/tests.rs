use std::io::Write;

use proptest::prelude::*;
use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::*;
use crate::document::Inline;

/// Packs members by their paths.
fn pack(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (path, content) in members {
        let method = if *path == "mimetype" { CompressionMethod::STORE } else { CompressionMethod::DEFLATE };
        let encrypted = path.ends_with(".locked");
        let file = archive.new_file(path.trim_end_matches(".locked"));
        let (mut entry, config) = file.compression_method(method).encrypted(encrypted).start().unwrap();
        let mut writer = config.wrap(Vec::new());
        writer.write_all(content).unwrap();
        let (content, descriptor) = writer.finish().unwrap();
        let packed = if method == CompressionMethod::STORE {
            content
        } else {
            miniz_oxide::deflate::compress_to_vec(&content, 6)
        };
        entry.write_all(&packed).unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

const CONTAINER: &str = r#"<?xml version="1.0"?><container><rootfiles>
    <rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"#;

const PACKAGE: &str = r#"<?xml version="1.0"?><package xmlns:dc="x"><metadata>
    <dc:title>The Ferry Talks</dc:title><dc:creator>Ana Silva</dc:creator><dc:creator>Tom Berg</dc:creator>
    <dc:date>2021-05-04</dc:date><dc:publisher>Quay &amp; Sons</dc:publisher></metadata><manifest>
    <item id="nav" href="nav.xhtml" properties="nav"/><item id="ncx" href="old.ncx" media-type="application/x-dtbncx+xml"/>
    <item id="one" href="text/one.xhtml"/><item id="two" href="text/two%20b.xhtml"/><item id="out" href="../../x"/>
    </manifest><spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>"#;

const ONE: &str = r#"<?xml version="1.0"?><html><head><title/><script src="a.js"/></head><body><h1>The <i>quay</i></h1>
    <p>The mayor said the ferry stays.<a id="x"/> It does.</p></body></html>"#;

const TWO: &str = "<html><body><div><p>Two</p><blockquote><p>We leave.</p></blockquote></div></body></html>";

const NAV: &str = r#"<nav epub:type="toc"><ol><li><a href="text/one.xhtml">One</a></li>
    <li><a href="text/two%20b.xhtml#p1">Two</a></li></ol></nav>"#;

fn book<'a>(package: &'a str, more: &[(&'a str, &'a [u8])]) -> Vec<u8> {
    let members = [
        ("mimetype", b"application/epub+zip".as_slice()),
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", package.as_bytes()),
        ("OEBPS/nav.xhtml", NAV.as_bytes()),
        ("OEBPS/text/one.xhtml", ONE.as_bytes()),
        ("OEBPS/text/two b.xhtml", TWO.as_bytes()),
    ];
    pack(&[&members[..], more].concat())
}

#[track_caller]
fn check_refused(bytes: &[u8], reason: &str) {
    let refused = read(bytes).map(|document| document.text).unwrap_err();
    assert_eq!(refused.reason, reason);
    assert!(!refused.hint.is_empty());
}

#[test]
fn a_book_is_one_text_under_its_headings() {
    let document = Document::read("a.zip", book(PACKAGE, &[]), None);
    crate::document::check_blocks(&document);
    assert_eq!(
        document.text,
        "The Ferry Talks\n\nBy Ana Silva, Tom Berg\n\nThe quay\n\nThe mayor said the ferry stays. It does.\n\n\
         Two\n\nWe leave."
    );
    let headings = document.blocks.iter().filter_map(|block| match block.kind {
        super::super::BlockKind::Heading(level) => Some((level, block.span.of(&document.text))),
        _ => None,
    });
    assert_eq!(headings.collect::<Vec<_>>(), [(1, "The Ferry Talks"), (2, "The quay"), (2, "Two")]);
    assert_eq!(document.metadata.source.as_deref(), Some("Quay & Sons"));
    assert_eq!(document.metadata.date, Some(jiff::civil::date(2021, 5, 4)));
    assert_eq!((document.format, document.warnings), (super::super::Format::Epub, Vec::new()));
}

#[test]
fn the_contents_of_older_books_name_the_chapters_too() {
    let ncx = r#"<ncx><navMap><navPoint><navLabel><text>Two</text></navLabel><content src="text/two%20b.xhtml"/>"#;
    let package = PACKAGE.replace(r#" properties="nav""#, "").replace("nav.xhtml", "gone.xhtml");
    let package = package.replace(r#"<itemref idref="nav"/>"#, "");
    let document = read(&book(&package, &[("OEBPS/old.ncx", ncx.as_bytes())])).unwrap();
    assert!(document.text.ends_with("It does.\n\nTwo\n\nWe leave."), "{}", document.text);
}

#[test]
fn what_is_missing_is_said_and_the_rest_is_read() {
    let package = PACKAGE.replace("text/one.xhtml", "text/gone.xhtml");
    let document = read(&book(&package, &[])).unwrap();
    assert_eq!(document.warnings, ["1 chapter cannot be read as it is: missing: OEBPS/text/gone.xhtml"]);
    check_refused(
        &book(&package.replace("text/two%20b.xhtml", "text/lost.xhtml"), &[]),
        "no text in the book: 2 chapters cannot be read as they are; the first: missing: OEBPS/text/gone.xhtml",
    );
    let members = [("OEBPS/book.opf", PACKAGE.as_bytes()), ("OEBPS/text/one.xhtml", ONE.as_bytes())];
    let document = read(&pack(&members)).unwrap();
    assert_eq!(
        document.warnings[..2],
        [
            "the book is not marked as one: its mimetype is missing",
            "where the book's package is, is missing: OEBPS/book.opf is taken",
        ]
    );
    let unlisted = PACKAGE.replace(r#"idref="one""#, r#"idref="three""#);
    assert_eq!(read(&book(&unlisted, &[])).unwrap().warnings, ["1 chapter cannot be read as it is: missing: three"]);
    let outside = PACKAGE.replace(r#"idref="one""#, r#"idref="out""#);
    assert_eq!(
        read(&book(&outside, &[])).unwrap().warnings,
        ["1 chapter cannot be read as it is: outside of the book: ../../x"]
    );
    let mut damaged = book(PACKAGE, &[("OEBPS/z.xhtml", b"<p>The end.")]);
    let at = damaged.windows(10).rposition(|bytes| bytes == b"OEBPS/text").unwrap();
    damaged[at - 46 + 16] ^= 1;
    assert_eq!(
        read(&damaged).unwrap().warnings,
        ["1 chapter cannot be read as it is: damaged: OEBPS/text/two b.xhtml"]
    );
}

#[test]
fn a_book_marked_as_something_else_is_read_with_a_warning() {
    let marked = |mark: &[u8]| {
        let rest = [("OEBPS/book.opf", PACKAGE.as_bytes()), ("OEBPS/text/one.xhtml", ONE.as_bytes())];
        read(&pack(&[&[("mimetype", mark)], &rest[..]].concat())).unwrap().warnings.swap_remove(0)
    };
    assert_eq!(marked(b"text/plain"), "the book is not marked as one: its mimetype is invalid");
    let unsaid = "where the book's package is, is missing: OEBPS/book.opf is taken";
    assert_eq!(
        (marked(b"application/epub+zip").as_str(), marked(b"application/epub+zip\n").as_str()),
        (unsaid, unsaid)
    );
}

#[test]
fn an_encoding_that_is_guessed_is_named() {
    let package = PACKAGE.replace("text/one.xhtml", "text/old.xhtml");
    let document = read(&book(&package, &[("OEBPS/text/old.xhtml", b"<p>A caf\xE9.</p>")])).unwrap();
    assert!(document.text.contains("A caf\u{e9}."));
    assert_eq!(
        document.warnings,
        ["1 chapter cannot be read as it is: the encoding is guessed: windows-1252: OEBPS/text/old.xhtml"]
    );
}

#[test]
fn what_is_no_book_is_refused() {
    check_refused(b"PK\x03\x04", "no EPUB book: it is no zip archive, or only a part of one");
    check_refused(&pack(&[("a.txt", b"text")]), "no EPUB book: it has no package (.opf)");
    check_refused(&book("<package/>", &[]), "no text in the book");
    let locked = [("META-INF/container.xml", CONTAINER.as_bytes()), ("OEBPS/book.opf.locked", b"x")];
    check_refused(&pack(&locked), "no EPUB book: OEBPS/book.opf is encrypted");
}

#[test]
fn a_book_that_is_sold_locked_is_refused() {
    let listed = br#"<encryption><EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#aes128-cbc"/>"#;
    let more = [("META-INF/encryption.xml", listed.as_slice()), ("META-INF/rights.xml", b"<rights/>")];
    check_refused(&book(PACKAGE, &more), "encrypted (Adobe)");
    check_refused(&book(PACKAGE, &more[..1]), "encrypted (unknown DRM)");
}

#[test]
fn what_unpacks_without_end_is_not_unpacked() {
    let much = "<p>".repeat(10 << 20);
    let package = PACKAGE.replace("text/one.xhtml", "much.xhtml");
    let document = read(&book(&package, &[("OEBPS/much.xhtml", much.as_bytes())])).unwrap();
    assert_eq!(document.warnings, ["1 chapter cannot be read as it is: too large when unpacked: OEBPS/much.xhtml"]);
}

#[test]
fn what_was_unpacked_in_vain_counts() {
    let much = vec![b' '; 10 << 20];
    let bytes = pack(&[("much", &much), ("little", b"text")]);
    let archive = Archive::open(&bytes).unwrap();
    assert!(archive.read("little").is_ok());
    for _ in 0..32 {
        assert_eq!(archive.read("much").unwrap_err(), "too large when unpacked");
    }
    assert_eq!(archive.read("little").unwrap_err(), "too large when unpacked");
}

#[test]
fn a_chapter_is_read_once() {
    let again = r#"<item id="again" href="./text/one.xhtml"/></manifest>"#;
    let spine = r#"<itemref idref="one"/><itemref idref="two"/><itemref idref="one"/><itemref idref="again"/>"#;
    let package =
        PACKAGE.replace("</manifest>", again).replace(r#"<itemref idref="one"/><itemref idref="two"/>"#, spine);
    assert_eq!(read(&book(&package, &[])).unwrap().text, read(&book(PACKAGE, &[])).unwrap().text);
    let spine = r#"<itemref idref="one"/>"#.to_owned() + &r#"<itemref idref="gone"/>"#.repeat(3);
    let document = read(&book(&PACKAGE.replace(r#"<itemref idref="one"/>"#, &spine), &[])).unwrap();
    assert_eq!(document.warnings, ["1 chapter cannot be read as it is: missing: gone"]);
}

#[test]
fn a_path_without_end_leads_nowhere() {
    let folder = "a/".repeat(600);
    let container = CONTAINER.replace("OEBPS", &format!("{folder}OEBPS"));
    let package = (format!("{folder}OEBPS/book.opf"), PACKAGE);
    let members = [("META-INF/container.xml", container.as_bytes()), (package.0.as_str(), package.1.as_bytes())];
    check_refused(&pack(&members), "no EPUB book: it has no package (.opf)");
}

#[test]
fn members_that_overlap_are_refused() {
    let mut bytes = book(PACKAGE, &[]);
    // The last member's place in the list of members is that of the first one.
    let at = bytes.windows(4).rposition(|bytes| bytes == b"PK\x01\x02").unwrap();
    bytes[at + 42..at + 46].fill(0);
    check_refused(&bytes, "no EPUB book: the members of the archive overlap");
}

proptest! {
    #[test]
    fn any_damage_is_survived(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
        let mut bytes = book(PACKAGE, &[]);
        let length = bytes.len();
        bytes[at.index(length)] = byte;
        let _ = read(&bytes);
        let _ = read(&bytes[..cut.index(length)]);
    }
}

#[test]
fn notes_in_another_chapter_are_found() {
    let one = "<html><body><h1>One</h1><p>The ferry stays.<a epub:type='noteref' href='two%20b.xhtml#n1'>note</a>\
        <a href='two%20b.xhtml'>Next</a> <a href='gone.xhtml#n1'>Gone</a></p></body></html>";
    let two = "<html><body><h1>Two</h1><aside epub:type='footnote' id='n1'><p>Until May. <a href='one.xhtml'>Back</a>\
        <a role='doc-backlink' href='one.xhtml#r1'>[1]</a></p></aside></body></html>";
    let members = [
        ("META-INF/container.xml", CONTAINER.as_bytes()),
        ("OEBPS/book.opf", PACKAGE.as_bytes()),
        ("OEBPS/text/one.xhtml", one.as_bytes()),
        ("OEBPS/text/two b.xhtml", two.as_bytes()),
    ];
    let document = read(&pack(&members)).unwrap();
    let text = &document.text;
    let links: Vec<(&str, &str)> = document
        .styles
        .iter()
        .filter_map(|(span, inline)| match inline {
            Inline::Note(at) => Some((span.of(text), &text[*at..*at + 9])),
            Inline::Place(at) => Some((span.of(text), &text[*at..*at + 3])),
            Inline::Link(target) => Some((span.of(text), target)),
            _ => None,
        })
        .collect();
    assert_eq!(links, [("note", "Until May"), ("Next", "Two"), ("Back", "One")], "{text}");
    assert!(!text.contains("[1]"), "{text}");
}
