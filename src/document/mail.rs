//! A letter sent by e-mail to a document: its subject is the title, who sent it the byline, and what it quotes stays set
//! off by `>`. Of a letter in two forms the plain one is read, of an archive of letters the first. Browsers save a page
//! with its pictures in one file (MHTML) as if it were a letter; it is read as a page.

use mailparse::{DispositionType, MailHeaderMap, ParsedMail, parse_mail};

use super::page::Writer;
use super::{Block, BlockKind, Document, Metadata, date, decode, html, meta, plain};
use crate::text::Span;

/// Reads a letter as a document; what is no letter is read as it is written. Of a saved page the article is read, unless
/// all of it is wanted.
pub fn read(bytes: &[u8], is_whole: bool) -> Document {
    let (letter, others) = first_letter(bytes);
    let Ok(mail) = parse_mail(letter) else {
        let document = plain::read(String::from_utf8_lossy(bytes).into_owned());
        return Document { warnings: vec!["this is no letter: it is shown as it is written".to_owned()], ..document };
    };
    let about = about(&mail);
    let parts: Vec<&ParsedMail> = mail.parts().filter(|part| part.subparts.is_empty() && !is_attached(part)).collect();
    let part = |kind: &str| parts.iter().find(|part| part.ctype.mimetype.eq_ignore_ascii_case(kind));
    if let Some(page) = part("text/html").filter(|_| is_saved_page(&mail)) {
        return html::read(&body(page), is_whole);
    }
    let plain_body = part("text/plain").map(|part| body(part)).filter(|body| !body.trim().is_empty());
    let mut document = match (plain_body, part("text/html")) {
        (Some(text), _) => plain_letter(&text, about),
        (None, Some(part)) => set_letter(&body(part), about),
        (None, None) => plain_letter("", about),
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

/// Returns the text of a part. Where its encoding is not said, it is found as in a file.
fn body(part: &ParsedMail) -> String {
    if part.ctype.charset.eq_ignore_ascii_case("us-ascii") {
        return decode::decode(part.get_body_raw().unwrap_or_default()).text;
    }
    part.get_body().unwrap_or_default().replace("\r\n", "\n").replace('\r', "\n")
}

fn is_attached(part: &ParsedMail) -> bool {
    part.get_content_disposition().disposition == DispositionType::Attachment
}

fn about(mail: &ParsedMail) -> Metadata {
    const LONGEST: usize = 400;
    let line = |name: &str| {
        let value = mail.headers.get_first_value(name)?;
        let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = line[..line.floor_char_boundary(LONGEST)].to_owned();
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
    Document { text, blocks, metadata, ..Document::default() }
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
