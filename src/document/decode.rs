//! Bytes to text. Any bytes are read; what was guessed or replaced is counted, so that the reader can be told.

use bytes::Bytes;
use bytestring::ByteString;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use memchr::{memchr, memchr_iter};

use super::sha256_of;

/// A text with what is known of how it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// Without a byte order mark, every line end one `\n`: offsets of a document count into this. What is so already is
    /// not copied.
    pub text: ByteString,
    /// The name of the encoding as the WHATWG writes it.
    pub encoding: &'static str,
    /// How many stretches were not valid and are U+FFFD now.
    pub replaced: usize,
    /// Whether the encoding is a guess from the bytes.
    pub guessed: bool,
    /// The SHA-256 of the bytes; absent when the text is the bytes as they were.
    pub sha256: Option<String>,
}

/// Reads bytes as text. A byte order mark wins; else UTF-8 if it fits; else UTF-16 if the zeros say so; else what a page
/// says of itself; else a guess.
///
/// UTF-7 and ISO-2022 are never guessed: their escapes make one text look like another. A page may say the latter.
pub fn decode(bytes: impl Into<Bytes>) -> Decoded {
    let bytes = bytes.into();
    let marked = Encoding::for_bom(&bytes);
    let decoded = if let Some(order) = utf_32(&bytes) {
        decode_utf_32(&bytes, order)
    } else if let Some((encoding, mark)) = marked {
        if encoding == UTF_8 { decode_utf_8(bytes, mark) } else { decode_as(&bytes, mark, encoding, false) }
    } else if memchr(0, &bytes).is_some()
        && let Some(encoding) = utf_16_by_zeros(&bytes)
    {
        decode_as(&bytes, 0, encoding, true)
    } else if let Some(encoding) = declared(&bytes).filter(|encoding| *encoding == ISO_2022_JP) {
        decode_as(&bytes, 0, encoding, false)
    } else {
        decode_utf_8(bytes, 0)
    };
    with_line_ends(decoded)
}

/// Reads bytes in the encoding that what they came in says. A byte order mark wins, and what is said to be ASCII, or what
/// nobody knows, is found as in a file.
pub fn decode_as_said(bytes: impl Into<Bytes>, label: &str) -> Decoded {
    let bytes = bytes.into();
    let said = Encoding::for_label_no_replacement(label.as_bytes()).filter(|_| !label.eq_ignore_ascii_case("us-ascii"));
    match said.filter(|_| Encoding::for_bom(&bytes).is_none()) {
        Some(encoding) => with_line_ends(decode_as(&bytes, 0, encoding, false)),
        None => decode(bytes),
    }
}

fn with_line_ends(mut decoded: Decoded) -> Decoded {
    if let Some(first) = memchr(b'\r', decoded.text.as_bytes()) {
        decoded.sha256 = decoded.sha256.or_else(|| Some(sha256_of(decoded.text.as_bytes())));
        decoded.text = unify_line_ends(decoded.text, first);
    }
    decoded
}

/// Returns what kind of file bytes are that are no text, in a word for a message: `binary (PNG)`.
pub fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    let has_zero = memchr(0, &bytes[..bytes.len().min(HEAD)]).is_some();
    let known = MAGIC.iter().find(|(magic, at, _)| {
        // An article may start with the word RIFF: what is made of letters alone needs a zero to be believed.
        let is_word = magic.iter().all(u8::is_ascii_alphanumeric);
        (has_zero || !is_word) && bytes.get(*at..).is_some_and(|rest| rest.starts_with(magic))
    });
    match known {
        Some((_, _, kind)) => Some(kind),
        None if !has_zero || is_damaged_text(bytes) || utf_32(bytes).is_some() || utf_16_by_zeros(bytes).is_some() => {
            None
        }
        None if Encoding::for_bom(bytes).is_some_and(|(encoding, _)| encoding != UTF_8) => None,
        None => Some("data"),
    }
}

/// Returns whether bytes are text but for zeros in it, as a broken disk or a careless program leaves them.
fn is_damaged_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    let zeros = memchr_iter(0, head).count();
    let is_text = std::str::from_utf8(head).map_or_else(|error| error.error_len().is_none(), |_| true);
    is_text && zeros * 4 <= head.len()
}

/// How much of a file is looked at to tell what it is.
const HEAD: usize = 64 * 1024;

/// What the files that a reader may open by mistake start with, where, and what they are called.
const MAGIC: &[(&[u8], usize, &str)] = &[
    (b"%PDF-", 0, "PDF"),
    (b"\x89PNG\r\n\x1a\n", 0, "PNG"),
    (b"\xFF\xD8\xFF", 0, "JPEG"),
    (b"GIF87a", 0, "GIF"),
    (b"GIF89a", 0, "GIF"),
    (b"RIFF", 0, "RIFF"),
    (b"\x1F\x8B", 0, "gzip"),
    (b"BZh", 0, "bzip2"),
    (b"\xFD7zXZ\0", 0, "xz"),
    (b"\x28\xB5\x2F\xFD", 0, "zstd"),
    (b"7z\xBC\xAF\x27\x1C", 0, "7-Zip"),
    (b"PK\x03\x04", 0, "zip"),
    (b"PK\x05\x06", 0, "zip"),
    (b"Rar!\x1A\x07", 0, "RAR"),
    (b"ustar", 257, "tar"),
    (b"\x7FELF", 0, "ELF"),
    (b"MZ\x90\0", 0, "Windows program"),
    (b"\xCF\xFA\xED\xFE", 0, "Mach-O"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 0, "Microsoft Office"),
    (b"SQLite format 3\0", 0, "SQLite"),
    (b"OggS", 0, "Ogg"),
    (b"ID3", 0, "MP3"),
    (b"ftyp", 4, "MP4"),
    (b"wOFF", 0, "WOFF"),
    (b"\0asm", 0, "WebAssembly"),
];

/// Returns how four bytes make a number, if a byte order mark of UTF-32 says so.
fn utf_32(bytes: &[u8]) -> Option<fn([u8; 4]) -> u32> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => Some(u32::from_le_bytes),
        [0, 0, 0xFE, 0xFF, ..] => Some(u32::from_be_bytes),
        _ => None,
    }
}

fn decode_utf_32(bytes: &[u8], order: fn([u8; 4]) -> u32) -> Decoded {
    let mut replaced = 0;
    let mut text = String::with_capacity(bytes.len() / 4);
    for unit in bytes[4..].chunks(4) {
        let character = <[u8; 4]>::try_from(unit).ok().and_then(|unit| char::from_u32(order(unit)));
        replaced += usize::from(character.is_none());
        text.push(character.unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    Decoded { text: text.into(), encoding: "UTF-32", replaced, guessed: false, sha256: Some(sha256_of(bytes)) }
}

/// Returns UTF-16 in the order in which the zeros of Latin letters, spaces and line ends stand, if they do.
fn utf_16_by_zeros(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    let units = head.len() / 2;
    let (mut first, mut second) = (0, 0);
    for unit in head.chunks_exact(2) {
        match unit {
            [0, 0] => return None,
            [0, _] => first += 1,
            [_, 0] => second += 1,
            _ => {}
        }
    }
    match (first, second) {
        (0, zeros) if zeros * 2 > units && zeros > 0 => Some(UTF_16LE),
        (zeros, 0) if zeros * 2 > units && zeros > 0 => Some(UTF_16BE),
        _ => None,
    }
}

/// Reads UTF-8 from after its mark; what is mostly something else is guessed.
fn decode_utf_8(bytes: Bytes, mark: usize) -> Decoded {
    let sha256 = (mark > 0).then(|| sha256_of(&bytes));
    let bytes = bytes.slice(mark..);
    if let Ok(text) = ByteString::try_from(bytes.clone()) {
        return Decoded { text, encoding: UTF_8.name(), replaced: 0, guessed: false, sha256 };
    }
    let sha256 = sha256.or_else(|| Some(sha256_of(&bytes)));
    let (valid, invalid) = count_sequences(&bytes);
    // One damaged character among many good ones is damage; a text in another encoding has hardly a good one.
    if mark > 0 || invalid * 4 <= valid {
        let text = String::from_utf8_lossy(&bytes).into_owned().into();
        return Decoded { text, encoding: UTF_8.name(), replaced: invalid, guessed: false, sha256 };
    }
    if let Some(encoding) = declared(&bytes) {
        return decode_as(&bytes, 0, encoding, false);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    decode_as(&bytes, 0, detector.guess(None, Utf8Detection::Deny), true)
}

/// Returns the encoding that a page of HTML or XML names near its start, if its bytes can be read by it.
///
/// What is not UTF-8 though the page says so, and what is read as ASCII and cannot be UTF-16, is left to be guessed.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const NEAR: usize = 4096;
    let head = bytes[..bytes.len().min(NEAR)].trim_ascii_start();
    if !head.starts_with(b"<") {
        return None;
    }
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let named = ["charset=", "encoding="].iter().filter_map(|key| head.find(key).map(|at| at + key.len())).min()?;
    let value = head[named..].trim_start_matches([' ', '"', '\'']);
    let label = value.split(['"', '\'', ' ', ';', '>', '?', '/']).next()?;
    let encoding = Encoding::for_label_no_replacement(label.as_bytes())?;
    (![UTF_8, UTF_16BE, UTF_16LE].contains(&encoding)).then_some(encoding)
}

/// Returns how many characters beyond ASCII are valid UTF-8, and how many stretches are not.
fn count_sequences(bytes: &[u8]) -> (usize, usize) {
    let (mut valid, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        valid += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    (valid, invalid)
}

/// Reads what stands after the mark.
fn decode_as(bytes: &[u8], mark: usize, encoding: &'static Encoding, guessed: bool) -> Decoded {
    let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
    let replaced = if damaged { text.matches(char::REPLACEMENT_CHARACTER).count() } else { 0 };
    let (text, sha256) = (text.into_owned().into(), Some(sha256_of(bytes)));
    Decoded { text, encoding: encoding.name(), replaced, guessed, sha256 }
}

/// Makes every CRLF and lone CR one `\n`, in place where the text is nobody else's, from the first CR on.
fn unify_line_ends(text: ByteString, first: usize) -> ByteString {
    let mut bytes = Vec::from(text.into_bytes());
    let mut write = first;
    let mut read = first;
    while read < bytes.len() {
        // At a CR: it becomes the line end, and an LF after it goes; then all up to the next CR moves down.
        bytes[write] = b'\n';
        write += 1;
        read += 1 + usize::from(bytes.get(read + 1) == Some(&b'\n'));
        let next = memchr(b'\r', &bytes[read..]).map_or(bytes.len(), |at| read + at);
        bytes.copy_within(read..next, write);
        write += next - read;
        read = next;
    }
    bytes.truncate(write);
    // Only ASCII was removed, so this is the same text; the lossy reading can never be needed.
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: &str, replaced: usize, guessed: bool) {
        let decoded = decode(bytes.to_vec());
        let found = (&*decoded.text, decoded.encoding, decoded.replaced, decoded.guessed);
        assert_eq!(found, (text, encoding, replaced, guessed));
    }

    fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn marks_win() {
        check(b"\xEF\xBB\xBFna\xC3\xAFve", "naïve", "UTF-8", 0, false);
        check(&utf_16("\u{feff}naïve 日", u16::to_le_bytes), "naïve 日", "UTF-16LE", 0, false);
        check(&utf_16("\u{feff}naïve 日", u16::to_be_bytes), "naïve 日", "UTF-16BE", 0, false);
        check(b"\xFF\xFE\0\0a\0\0\0\0\xD8\0\0", "a\u{fffd}", "UTF-32", 1, false);
        check(b"\0\0\xFE\xFF\0\0\0a\0", "a\u{fffd}", "UTF-32", 1, false);
    }

    #[test]
    fn what_has_no_mark_is_tried_and_then_guessed() {
        check("naïve".as_bytes(), "naïve", "UTF-8", 0, false);
        check(&utf_16("The talks end.", u16::to_le_bytes), "The talks end.", "UTF-16LE", 0, true);
        check(&utf_16("The talks end.", u16::to_be_bytes), "The talks end.", "UTF-16BE", 0, true);
        check(b"The caf\xE9 na\xEFve", "The café naïve", "windows-1252", 0, true);
        check(b"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF.", "éééé \u{fffd}.", "UTF-8", 1, false);
        check(b"", "", "UTF-8", 0, false);
    }

    #[test]
    fn a_page_may_say_its_encoding() {
        check(
            b"<meta charset=\"windows-1251\">\xD2\xE5",
            "<meta charset=\"windows-1251\">Те",
            "windows-1251",
            0,
            false,
        );
        let xml = b"<?xml version='1.0' encoding='ISO-8859-2'?>\xB3";
        check(xml, "<?xml version='1.0' encoding='ISO-8859-2'?>ł", "ISO-8859-2", 0, false);
        check(b"<meta charset=iso-2022-jp>\x1b$B$3\x1b(B", "<meta charset=iso-2022-jp>こ", "ISO-2022-JP", 0, false);
        check("<meta charset=latin1>é".as_bytes(), "<meta charset=latin1>é", "UTF-8", 0, false);
        check(b"<meta charset=utf-8>caf\xE9 na\xEFve", "<meta charset=utf-8>café naïve", "windows-1252", 0, true);
        check(b"charset=windows-1251 caf\xE9", "charset=windows-1251 café", "windows-1252", 0, true);
    }

    #[test]
    fn escapes_of_other_encodings_stay_as_they_are() {
        check(b"+ADw-script+AD4-", "+ADw-script+AD4-", "UTF-8", 0, false);
        check(b"a \x1b$B$3$s", "a \u{1b}$B$3$s", "UTF-8", 0, false);
    }

    #[test]
    fn line_ends_are_one() {
        check(b"a\r\nb\rc\n\r\n\r", "a\nb\nc\n\n\n", "UTF-8", 0, false);
        check("é\r\né\r".as_bytes(), "é\né\n", "UTF-8", 0, false);
    }

    #[test]
    fn a_binary_file_is_named() {
        assert_eq!(binary_kind(b"%PDF-1.7\n"), Some("PDF"));
        assert_eq!(binary_kind(b"\x89PNG\r\n\x1a\n\0"), Some("PNG"));
        assert_eq!(binary_kind(b"a\0b\0\0c"), Some("data"));
        assert_eq!(binary_kind(b"The talks\0 end on Monday."), None);
        check(&b"one\0two\0\n\n".repeat(9), &"one\0two\0\n\n".repeat(9), "UTF-8", 0, false);
        assert_eq!(binary_kind(b"The talks\0 end \xFFon Monday."), Some("data"));
        assert_eq!(binary_kind(b"RIFF in the party"), None);
        assert_eq!(binary_kind(b"RIFF\x24\0\0\0WAVE"), Some("RIFF"));
        assert_eq!(binary_kind(&utf_16("The talks end.", u16::to_le_bytes)), None);
        assert_eq!(binary_kind(&utf_16("\u{feff}日本", u16::to_be_bytes)), None);
        assert_eq!(binary_kind("naïve".as_bytes()), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            binary_kind(&bytes);
            prop_assert!(!decode(bytes).text.contains('\r'));
        }

        #[test]
        fn text_comes_back(text in "[^\r\u{feff}\0]{0,60}") {
            prop_assert_eq!(&decode(text.clone().into_bytes()).text, &text);
            let marked = format!("\u{feff}{text}");
            prop_assert_eq!(decode(utf_16(&marked, u16::to_be_bytes)).text, text);
        }
    }
}
