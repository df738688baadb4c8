//! How a file's bytes are read: by how its name ends, and where that says nothing, by what the bytes clearly are.

use super::markdown;

/// How a file's bytes are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    #[default]
    Plain,
    Markdown,
    Html,
    Epub,
    /// A letter, or a page that a browser saved in the form of one.
    Mail,
}

/// What a reader asks for when a file is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whatever the file's name and its bytes say.
    pub format: Option<Format>,
    /// Of a web page all that it shows, not the article alone.
    pub whole_page: bool,
}

impl From<Option<Format>> for Wish {
    fn from(format: Option<Format>) -> Wish {
        Wish { format, whole_page: false }
    }
}

impl Format {
    /// Returns the format of a text by how its name ends, and for other names by what the text clearly is.
    pub fn of(name: &str, text: &str) -> Format {
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
        match ending.as_deref() {
            Some("md" | "markdown" | "mkd") => Format::Markdown,
            Some("html" | "htm" | "xhtml" | "xht" | "shtml") => Format::Html,
            Some("eml" | "mbox" | "mbx" | "mht" | "mhtml") => Format::Mail,
            Some("txt" | "text") => Format::Plain,
            _ if is_html(text) => Format::Html,
            _ if is_mail(text) => Format::Mail,
            // A README without an ending is Markdown; `#` starts a comment in many a file with one.
            None if markdown::is_obvious(text) => Format::Markdown,
            _ => Format::Plain,
        }
    }

    /// Returns the format of bytes that are no text, or of several parts, each with its own encoding.
    pub fn of_packed(name: &str, bytes: &[u8]) -> Option<Format> {
        if Format::is_epub(name, bytes) {
            return Some(Format::Epub);
        }
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LONGEST_HEAD)]);
        Some(Format::of(name, &head)).filter(|format| *format == Format::Mail)
    }

    /// Returns whether bytes are an EPUB book: a zip archive that says so, or that is named so.
    pub fn is_epub(name: &str, bytes: &[u8]) -> bool {
        const KIND: &[u8] = b"mimetypeapplication/epub+zip";
        let is_named = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("epub"));
        // The first member's name stands after the thirty bytes of its head, and its words after the name.
        let is_said = bytes.starts_with(b"PK\x03\x04") && bytes.get(30..30 + KIND.len()) == Some(KIND);
        is_named || is_said
    }
}

/// How much of a text is looked at.
const HEAD: usize = 4096;

/// How much of a letter: all that passed it on have signed at its head, before it says who wrote it.
const LONGEST_HEAD: usize = 64 * 1024;

fn head(text: &str, most: usize) -> &str {
    text[..text.floor_char_boundary(most)].trim_start_matches(['\u{feff}', ' ', '\n', '\t'])
}

/// Returns whether a text is clearly a web page: it begins as one, or is full of its tags.
fn is_html(text: &str) -> bool {
    let head = head(text, HEAD).to_ascii_lowercase();
    let mut start = head.as_str();
    while let Some((_, rest)) = start.strip_prefix("<!--").and_then(|comment| comment.split_once("-->")) {
        start = rest.trim_start();
    }
    let begins = ["<!doctype html", "<html", "<head", "<body", "<article", "<title"];
    let is_xml = start.starts_with("<?xml") && head.contains("<html");
    let tags = ["<p>", "</p>", "<p ", "<div", "<h1", "<h2", "<br", "<span", "<a href"];
    let is_soup = || start.starts_with('<') && tags.iter().filter(|tag| head.contains(**tag)).count() >= 3;
    begins.iter().any(|begin| start.starts_with(begin)) || is_xml || is_soup()
}

/// Returns whether a text begins with the head of a letter sent by e-mail.
fn is_mail(text: &str) -> bool {
    let start = head(text, LONGEST_HEAD);
    // The last line may be cut off.
    let start = if text.len() < LONGEST_HEAD { start } else { start.rsplit_once('\n').map_or("", |(whole, _)| whole) };
    let lines = start.strip_prefix("From ").and_then(|rest| rest.split_once('\n')).map_or(start, |(_, rest)| rest);
    let mut known = Vec::new();
    for line in lines.lines().take_while(|line| !line.is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-') && !name.is_empty();
        let Some((name, _)) = line.split_once(':').filter(|(name, _)| is_name(name)) else { return false };
        known.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| known.iter().any(|known| known == name);
    let said =
        ["date", "subject", "to", "message-id", "received", "mime-version"].iter().filter(|name| has(name)).count();
    has("from") && said >= 2 || said >= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: Format) {
        assert_eq!(Format::of(name, text), expected, "{name}: {text}");
    }

    #[test]
    fn the_name_decides() {
        check("a.HTM", "text", Format::Html);
        check("a.eml", "text", Format::Mail);
        check("a.txt", "<!DOCTYPE html><p>text", Format::Plain);
        check("a.md", "From: a\nDate: b\nTo: c\n\n", Format::Markdown);
    }

    #[test]
    fn then_the_text() {
        check("-", "\n <!DOCTYPE HTML><p>text", Format::Html);
        check("index.php", "<!-- saved --><html lang=en>", Format::Html);
        check("-", "<?xml version='1.0'?>\n<!DOCTYPE x>\n<html>", Format::Html);
        check("-", "<div><p>One</p><br>", Format::Html);
        check("-", "From a@b Mon\nFrom: a@b\nSubject: x\n y\nDate: Mon\n\ntext", Format::Mail);
        check("-", "# Title\n\ntext", Format::Markdown);
        check("a.conf", "# Title\n\ntext", Format::Plain);
        check("-", "<3 is a heart", Format::Plain);
        check("-", "From: Ana\n\nDear all", Format::Plain);
        check("-", "Mayor: we will\nDate: soon\nFrom: here and there\nplain talk", Format::Plain);
    }

    #[test]
    fn a_letter_that_was_passed_on_often_is_one() {
        let start = format!("{}From: a@b\nDate: Mon\nSubject: x\n", "Received: from a by b\n\tfor c\n".repeat(200));
        check("-", &format!("{start}\ntext"), Format::Mail);
        assert_eq!(Format::of_packed("-", format!("{start}\ntext").as_bytes()), Some(Format::Mail));
        // The head that is looked at ends within a name.
        let filled = format!("X: {}\n", "y".repeat(LONGEST_HEAD - start.len() - "X: \nRep".len()));
        let letter = format!("{start}{filled}Reply-To: a@b\n\ntext");
        check("-", &letter, Format::Mail);
        assert_eq!(Format::of_packed("-", letter.as_bytes()), Some(Format::Mail));
    }

    #[test]
    fn a_book_says_so() {
        let head = [b"PK\x03\x04".as_slice(), &[0; 26], b"mimetypeapplication/epub+zip"].concat();
        assert!(Format::is_epub("-", &head) && Format::is_epub("a.EPUB", b""));
        assert!(!Format::is_epub("a.zip", b"PK\x03\x04") && !Format::is_epub("-", b"mimetypeapplication/epub+zip"));
    }
}
