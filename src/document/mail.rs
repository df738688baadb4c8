//! A letter sent by e-mail to a document: its subject is the title, who sent it the byline, and what it quotes stays set
//! off by `>`. Of a letter in two forms the plain one is read, of an archive of letters the first. Browsers save a page
//! with its pictures in one file (MHTML) as if it were a letter; it is read as a page.

use bytestring::ByteString;
use mailparse::body::Body;
use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};

use super::page::Writer;
use super::{Block, BlockKind, Document, Metadata, date, decode, html, meta, plain, warnings_of_encoding};
use crate::text::Span;

/// Reads a letter as a document; what is no letter is read as it is written. Of a saved page the article is read, unless
/// all of it is wanted.
pub fn read(bytes: &[u8], is_whole: bool) -> Document {
    let (letter, others) = first_letter(bytes);
    let Ok(mail) = parse_mail(letter) else {
        let decoded = decode::decode(bytes.to_vec());
        let mut warnings = vec!["this is no letter: it is shown as it is written".to_owned()];
        warnings.extend(warnings_of_encoding(&decoded));
        return Document { warnings, ..plain::read(decoded.text) };
    };
    let about = about(&mail);
    let parts: Vec<&ParsedMail> = mail.parts().filter(|part| part.subparts.is_empty() && !is_attached(part)).collect();
    let part = |kind: &str| parts.iter().find(|part| part.ctype.mimetype.eq_ignore_ascii_case(kind));
    if let Some(page) = part("text/html").filter(|_| is_saved_page(&mail)) {
        let (text, warnings) = body(page);
        return with_warnings(html::read(&text, is_whole), warnings);
    }
    let page = part("text/html");
    let plain_body = part("text/plain").map(|part| body(part));
    let mut document = match plain_body.filter(|(text, _)| page.is_none() || !text.trim().is_empty()) {
        Some((text, warnings)) => with_warnings(plain_letter(&text, about), warnings),
        None => {
            let (text, warnings) = page.map(|page| body(page)).unwrap_or_default();
            with_warnings(set_letter(&text, about), warnings)
        }
    };
    if parts.iter().all(|part| !part.ctype.mimetype.starts_with("text/")) {
        document.warnings.push("the letter holds no text".to_owned());
    }
    match others {
        0 => {}
        1 => document.warnings.push("1 more letter in the file is not shown".to_owned()),
        count => document.warnings.push(format!("{count} more letters in the file are not shown")),
    }
    document
}

/// Returns the first letter of an archive of letters (mbox), and how many follow it; a letter alone is the first.
fn first_letter(bytes: &[u8]) -> (&[u8], usize) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let Some(start) = bytes.strip_prefix(b"From ").and_then(|rest| memchr::memchr(b'\n', rest)) else {
        return (bytes, 0);
    };
    let letter = &bytes["From ".len() + start + 1..];
    let others =
        || memchr::memmem::find_iter(letter, b"\n\nFrom ").chain(memchr::memmem::find_iter(letter, b"\n\r\nFrom "));
    (&letter[..others().min().unwrap_or(letter.len())], others().count())
}

/// Returns whether a browser has put a page into a letter's form.
fn is_saved_page(mail: &ParsedMail) -> bool {
    let from = mail.headers.get_first_value("From").unwrap_or_default();
    from.starts_with("<Saved by") || mail.headers.get_first_header("Snapshot-Content-Location").is_some()
}

fn with_warnings(mut document: Document, warnings: Vec<String>) -> Document {
    document.warnings.splice(..0, warnings);
    document
}

/// Returns the text of a part, and what the reader should know of how it was read.
fn body(part: &ParsedMail) -> (ByteString, Vec<String>) {
    let mut warnings = Vec::new();
    let bytes = part.get_body_raw().unwrap_or_else(|_| {
        warnings.push("the letter is damaged: what can be read of it is shown".to_owned());
        what_decodes(part)
    });
    let charset = &part.ctype.charset;
    if charset.to_ascii_lowercase().ends_with("utf-7")
        && let Ok(text) = part.get_body()
    {
        return (decode::decode(text.into_bytes()).text, warnings);
    }
    let decoded = decode::decode_as_said(bytes, charset);
    warnings.extend(warnings_of_encoding(&decoded));
    (decoded.text, warnings)
}

/// Returns what a damaged part holds: the bytes that its base64 still says, or what is written if that is something else.
fn what_decodes(part: &ParsedMail) -> Vec<u8> {
    let (Body::Base64(body) | Body::QuotedPrintable(body)) = part.get_body_encoded() else { return Vec::new() };
    let written = body.get_raw();
    let strange = written.iter().filter(|byte| digit(**byte).is_none() && !b"=\r\n".contains(byte)).count();
    if strange * 20 > written.len() {
        return written.to_vec();
    }
    let (mut bytes, mut bits, mut count) = (Vec::with_capacity(written.len() / 4 * 3), 0_u32, 0);
    for &byte in written {
        let Some(digit) = digit(byte) else {
            // A `=` fills up the last byte before it; a line end is nothing.
            count = if byte == b'=' { 0 } else { count };
            continue;
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}

/// Returns the six bits that a letter of base64 stands for.
fn digit(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

fn is_attached(part: &ParsedMail) -> bool {
    part.get_content_disposition().disposition == DispositionType::Attachment
}

fn about(mail: &ParsedMail) -> Metadata {
    let line = |name: &str| {
        let line = meta::short_line(&mail.headers.get_first_value(name)?);
        Some(line).filter(|line| !line.is_empty())
    };
    // The day stands before the hour: `Tue, 4 May 2021 10:31:00 +0200`.
    let sent =
        line("Date").map(|sent| sent.split(' ').take_while(|word| !word.contains(':')).collect::<Vec<_>>().join(" "));
    Metadata {
        title: line("Subject"),
        byline: line("From").map(|from| without_address(&from)),
        dateline: None,
        date: sent.and_then(|sent| date::only_date(&sent)),
        source: line("List-Id").map(|list| without_address(&list)),
    }
}

/// Returns the name in `Ana Silva <ana@example.org>`, or the address where no name is given.
fn without_address(from: &str) -> String {
    let name = from.split('<').next().unwrap_or_default().trim().trim_matches('"').trim();
    let address = || from.trim_matches(['<', '>', ' ']).to_owned();
    if name.is_empty() { address() } else { name.to_owned() }
}

/// Sets a letter that is a page.
fn set_letter(page: &str, about: Metadata) -> Document {
    let mut writer = Writer::default();
    html::write_head(&about, &mut writer);
    html::Page::read(page, false).write_below(None, &mut writer);
    writer.metadata = about;
    writer.finish()
}

/// Puts the subject and the sender before a letter in plain text, line by line as it was written.
fn plain_letter(body: &str, about: Metadata) -> Document {
    let body = body.trim_matches('\n');
    let mut text = String::new();
    let mut blocks = Vec::new();
    let byline = about.byline.as_ref().map(|byline| format!("By {byline}"));
    for (kind, words) in [(BlockKind::Heading(1), about.title.as_ref()), (BlockKind::Credit, byline.as_ref())] {
        let Some(words) = words else { continue };
        blocks.push(Block { kind, span: Span::new(text.len(), text.len() + words.len()) });
        text.push_str(words);
        text.push_str("\n\n");
    }
    let before = text.len();
    let shift = |block: &Block, by: usize| Span::new(block.span.start + by, block.span.end + by);
    text.push_str(body);
    let (words, signature) = body.split_at(signature(body).unwrap_or(body.len()));
    blocks.extend(plain::blocks(words).iter().map(|block| {
        // The subject is the title, so the first line of the letter is none.
        let kind = if block.kind == BlockKind::Heading(1) { BlockKind::Paragraph } else { block.kind };
        Block { kind, span: shift(block, before) }
    }));
    let metadata = meta::of_blocks(&text, &blocks);
    if let Some(names) = signature.strip_prefix(DASHES) {
        let at = before + words.len();
        blocks.push(Block { kind: BlockKind::Rule, span: Span::new(at, at + DASHES.trim_end().len()) });
        let names = plain::blocks(names).into_iter();
        blocks.extend(names.map(|block| Block { kind: BlockKind::Credit, span: shift(&block, at + DASHES.len()) }));
    }
    if blocks.is_empty() {
        text.clear();
    }
    let metadata = Metadata { dateline: metadata.dateline, date: about.date.or(metadata.date), ..about };
    Document { text: text.into(), blocks, metadata, ..Document::default() }
}

/// The line before a signature.
const DASHES: &str = "-- \n";

/// Returns where the signature begins.
fn signature(body: &str) -> Option<usize> {
    let at = body.rfind(DASHES)?;
    (at == 0 || body[..at].ends_with('\n')).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(letter: &str, expected: &str) -> Document {
        let document = read(letter.replace('\n', "\r\n").as_bytes(), false);
        crate::document::check_blocks(&document);
        let blocks = document.blocks.iter().map(|block| format!("{:?}: {}", block.kind, block.span.of(&document.text)));
        assert_eq!(blocks.collect::<Vec<_>>().join("\n"), expected);
        document
    }

    #[test]
    fn the_head_is_metadata_and_what_is_quoted_stays_so() {
        let document = check(
            "From: =?utf-8?q?Ana_Silv=C3=A3?= <ana@example.org>\nSubject: The ferry\n talks\nDate: Tue, 4 May 2021 10:31:00 +0200\n\
             List-Id: The Quay <quay.example.org>\n\nTom wrote:\n> It stays.\n> Does it?\n\nIt does not.\n-- \nAna Silva\n",
            "Heading(1): The ferry talks\nCredit: By Ana Silvã\nParagraph: Tom wrote:\nQuotation: > It stays.\n\
             Quotation: > Does it?\nParagraph: It does not.\nRule: --\nCredit: Ana Silva",
        );
        let Metadata { title, byline, date, source, .. } = document.metadata;
        assert_eq!(title.as_deref(), Some("The ferry talks"));
        assert_eq!(byline.as_deref(), Some("Ana Silvã"));
        assert_eq!((date, source.as_deref()), (Some(jiff::civil::date(2021, 5, 4)), Some("The Quay")));
    }

    #[test]
    fn of_two_forms_the_plain_one_is_read() {
        let head = "From: a@example.org\nSubject: S\nContent-Type: multipart/alternative; boundary=b\n\n";
        let page = "--b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<p>A <b>caf=E9</b>.\n";
        let plain = "--b\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nQSBjYWbDqSE=\n";
        let start = "Heading(1): S\nCredit: By a@example.org\nParagraph: ";
        check(&format!("{head}{page}{plain}--b--\n"), &format!("{start}A café!"));
        check(&format!("{head}{page}--b--\n"), &format!("{start}A café."));
    }

    #[test]
    fn of_a_damaged_letter_what_decodes_is_shown() {
        let head = "Subject: S\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n";
        let damaged = ["the letter is damaged: what can be read of it is shown"];
        let cut = "VGhlIGZlcnJ5IHN0YXlzLCB0aGUgbWF5b3Igc2FpZC4gVGhlIHF1YXkgaXMgc2h1dCB0aGlzIHdlZWsu";
        let document = check(
            &format!("{head}{}\n", &cut[..77]),
            "Heading(1): S\nParagraph: The ferry stays, the mayor said. The quay is shut this we",
        );
        assert_eq!(document.warnings, damaged);
        let pieces = "VGhlIGZlcnJ5IA==\nc3RheXMu\nQ\n";
        check(&format!("{head}{pieces}"), "Heading(1): S\nParagraph: The ferry stays.");
        let document = check(&format!("{head}The ferry stays.\n"), "Heading(1): S\nParagraph: The ferry stays.");
        assert_eq!(document.warnings, damaged);
    }

    #[test]
    fn an_encoding_that_is_not_said_is_guessed_and_named() {
        let read = |charset: &str| {
            read(
                format!("Subject: S\n{charset}\n")
                    .as_bytes()
                    .iter()
                    .chain(b"It is a caf\xE9.\n")
                    .copied()
                    .collect::<Vec<u8>>()
                    .as_slice(),
                false,
            )
        };
        let document = read("");
        assert_eq!(document.text, "S\n\nIt is a caf\u{e9}.");
        assert_eq!(document.warnings, ["the encoding is guessed: windows-1252"]);
        let document = read("Content-Type: text/plain; charset=utf-8\n");
        assert_eq!(document.warnings, ["1 character was not valid UTF-8 and is shown as \u{fffd}"]);
        let document = read("Content-Type: text/plain; charset=iso-8859-1\n");
        assert_eq!((&*document.text, document.warnings), ("S\n\nIt is a caf\u{e9}.", Vec::new()));
        let document = super::read(b"Subject: S\nContent-Type: text/plain; charset=utf-7\n\nA caf+AOk-.\n", false);
        assert_eq!(document.text, "S\n\nA caf\u{e9}.");
    }

    #[test]
    fn of_an_archive_the_first_letter_is_read() {
        let document = check(
            "From a@b Mon\nSubject: One\n\nFirst.\n\nFrom a@b Tue\nSubject: Two\n\nSecond.\n",
            "Heading(1): One\nParagraph: First.",
        );
        assert_eq!(document.warnings, ["1 more letter in the file is not shown"]);
    }

    #[test]
    fn a_page_saved_in_one_file_is_read_as_a_page() {
        check(
            "From: <Saved by Blink>\nSnapshot-Content-Location: https://example.org/a\nSubject: T\nMIME-Version: 1.0\n\
             Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\
             Content-Transfer-Encoding: quoted-printable\n\n<title>Caf=C3=A9</title><nav>Home</nav><p>It is shut, she said.\n--b--\n",
            "Heading(1): Café\nParagraph: It is shut, she said.",
        );
    }

    #[test]
    fn what_holds_no_text_says_so() {
        let document = check("Content-Type: image/png\nSubject: S\n\nx", "Heading(1): S");
        assert_eq!(document.warnings, ["the letter holds no text"]);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_letter(bytes in prop::collection::vec(any::<u8>(), 0..200), head in "(From: a\nSubject: [a-z=?]{0,9}\n(Content-Type: (text/html|multipart/mixed; boundary=b)\n)?\n)?") {
            crate::document::check_blocks(&read(&[head.as_bytes(), &bytes].concat(), false));
        }
    }
}
