//! How a grapheme is shown: the one door through which text becomes visible.
//!
//! A file's text may hold characters that steer a terminal, reorder a line or hide in it. None of them may reach
//! the screen as themselves: what steers is shown by a stand-in, so that nothing disappears without a trace
//! (a dropped escape would leave its `]52;c;…` looking like prose), and what is invisible by intent is left out.
//! The text itself is never changed, so offsets and quotations stay exact.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// What a grapheme looks like on a terminal and how many columns it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glyph<'a> {
    pub shown: Cow<'a, str>,
    pub width: usize,
}

/// Returns how a grapheme is shown. A tab and a line end are one space: whoever lays text out handles them before.
pub fn glyph(grapheme: &str) -> Glyph<'_> {
    if let [b' '..=b'~'] = grapheme.as_bytes() {
        return Glyph { shown: Cow::Borrowed(grapheme), width: 1 };
    }
    let shown = clean(grapheme);
    let width = columns(&shown);
    Glyph { shown, width }
}

/// Returns the text as one line that is safe to print; a line end and a tab become a space.
pub fn clean(text: &str) -> Cow<'_, str> {
    clean_but(text, false)
}

/// Returns the text safe to print with its line ends and tabs.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    clean_but(text, true)
}

/// Returns the columns that the cleaned text takes.
pub fn width(text: &str) -> usize {
    columns(&clean(text))
}

/// Returns the cleaned text, cut to a number of columns with `…` at its end where something is missing.
pub fn truncate(text: &str, columns: usize) -> Cow<'_, str> {
    let line = clean(text);
    let Some(cut) = cut_at(&line, columns) else { return line };
    Cow::Owned(if columns == 0 { String::new() } else { format!("{}{CUT}", &line[..cut]) })
}

/// Returns how many characters reorder text or hide in it: embeddings, overrides, isolates, tags.
pub fn count_disguises(text: &str) -> usize {
    let is_disguise = |at: usize| match text.get(at..).and_then(|rest| rest.chars().next()) {
        Some('\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{E0000}'..='\u{E007F}') => true,
        Some(_) | None => false,
    };
    // The bytes that all of them start with.
    memchr::memchr2_iter(0xE2, 0xF3, text.as_bytes()).filter(|&at| is_disguise(at)).count()
}

/// Stands where a text or a cluster was cut.
const CUT: char = '…';

/// The most combining marks shown of one cluster: the limit of Unicode's stream-safe text format (UAX #15).
const MARKS: usize = 30;

/// The most bytes shown of one cluster, the sign of the cut included.
const BYTES: usize = 256;

/// A run of this many bytes without ASCII is the shortest that can hold a cluster over a limit.
const RUN: usize = 2 * MARKS;

enum Shown {
    Itself,
    Nothing,
    As(char),
    /// By its number: `<U+202E>`.
    Number,
}

fn shown(character: char) -> Shown {
    match character {
        '\n' | '\t' => Shown::As(' '),
        '\0'..='\x1F' => {
            Shown::As(char::from_u32(0x2400 + u32::from(character)).unwrap_or(char::REPLACEMENT_CHARACTER))
        }
        '\x7F' => Shown::As('␡'),
        '\u{80}'..='\u{9F}' => Shown::Number,
        // The bidirectional embeddings, overrides and isolates, and the deprecated formats after them; the marks
        // (U+200E, U+200F, U+061C) belong to honest right-to-left text and stay.
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => Shown::Number,
        // Line and paragraph separators, interlinear annotation, and tags, which spell ASCII invisibly.
        '\u{2028}' | '\u{2029}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}' => Shown::Number,
        // Soft hyphen, zero-width space and joiners of words, invisible operators.
        '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' => Shown::Nothing,
        _ => Shown::Itself,
    }
}

fn clean_but(text: &str, keep_lines: bool) -> Cow<'_, str> {
    let kept = |character| keep_lines && matches!(character, '\n' | '\t');
    let is_plain_byte = |byte: u8| matches!(byte, b' '..=b'~') || kept(char::from(byte));
    if text.bytes().all(is_plain_byte) {
        return Cow::Borrowed(text);
    }
    let changes = |c: char| !kept(c) && !matches!(shown(c), Shown::Itself);
    if !text.contains(changes) && !has_giant_cluster(text) {
        return Cow::Borrowed(text);
    }
    // First the characters that are left out or replaced, then the clusters that stay, and last the tags: they
    // extend the cluster before them, so that replacing them earlier would let a giant cluster pass in pieces.
    let is_tag = |c: char| ('\u{E0020}'..='\u{E007F}').contains(&c);
    let mut line = String::with_capacity(text.len());
    text.chars().for_each(|c| if kept(c) || is_tag(c) { line.push(c) } else { push_shown(&mut line, c) });
    let mut out = String::with_capacity(line.len());
    for cluster in line.graphemes(true) {
        bounded(cluster).chars().for_each(|c| if is_tag(c) { push_shown(&mut out, c) } else { out.push(c) });
    }
    Cow::Owned(out)
}

fn push_shown(out: &mut String, character: char) {
    match shown(character) {
        Shown::Itself => out.push(character),
        Shown::Nothing => {}
        Shown::As(stand_in) => out.push(stand_in),
        Shown::Number => out.push_str(&format!("<U+{:04X}>", u32::from(character))),
    }
}

/// Returns the cluster without the marks and bytes beyond the limits.
fn bounded(cluster: &str) -> Cow<'_, str> {
    if !is_giant(cluster) {
        return Cow::Borrowed(cluster);
    }
    let mut marks = 0;
    let mut out = String::new();
    for character in cluster.chars() {
        marks += usize::from(is_combining_mark(character));
        if marks > MARKS && is_combining_mark(character) {
            continue;
        }
        if out.len() + character.len_utf8() + CUT.len_utf8() > BYTES {
            out.push(CUT);
            break;
        }
        out.push(character);
    }
    Cow::Owned(out)
}

fn is_giant(cluster: &str) -> bool {
    cluster.len() > BYTES || (cluster.len() >= RUN && cluster.chars().filter(|&c| is_combining_mark(c)).count() > MARKS)
}

/// Returns whether some cluster is over a limit, looking closely only at long runs without ASCII.
fn has_giant_cluster(text: &str) -> bool {
    // A run may have lost the ASCII character that its first cluster starts with, so the limit is one byte lower.
    let giant = |cluster: &str| cluster.len() >= BYTES || is_giant(cluster);
    text.split(|c: char| c.is_ascii()).any(|run| run.len() >= RUN && run.graphemes(true).any(giant))
}

/// Returns the columns of a cleaned line, cluster by cluster as the terminal's cells are filled.
fn columns(line: &str) -> usize {
    if line.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return line.len();
    }
    line.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Returns where a cleaned line must be cut to fit with the sign of the cut, `None` if it fits as it is.
fn cut_at(line: &str, columns: usize) -> Option<usize> {
    let mut used = 0;
    let mut cut = 0;
    for (at, cluster) in line.grapheme_indices(true) {
        used += cluster.width();
        if used > columns {
            return Some(cut);
        }
        if used < columns {
            cut = at + cluster.len();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(clean(text), expected);
    }

    #[test]
    fn what_steers_is_shown_by_a_stand_in() {
        check("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇");
        check("a\u{9b}31mb", "a<U+009B>31mb");
        check("safe\u{202e}exe.txt", "safe<U+202E>exe.txt");
        check("a\u{e0041}", "a<U+E0041>");
        check("one\u{2028}two\u{85}", "one<U+2028>two<U+0085>");
        check("one\r\ntwo\tthree", "one␍ two three");
        check("\x7f", "␡");
    }

    #[test]
    fn what_is_honest_stays() {
        for text in
            ["plain", "naïve — “quoted”", "שלום\u{200f}!", "می\u{200c}خواهم", "👩\u{200d}🚀", "e\u{301}", "한국어", ""]
        {
            assert!(matches!(clean(text), Cow::Borrowed(shown) if shown == text), "{text}");
        }
        check("zero\u{200b}width\u{feff}", "zerowidth");
    }

    #[test]
    fn clusters_are_bounded() {
        let zalgo = format!("a{}b", "\u{301}".repeat(100));
        check(&zalgo, &format!("a{}b", "\u{301}".repeat(MARKS)));
        let joined = "👩\u{200d}".repeat(1000);
        let shown = clean(&joined);
        assert!(shown.len() <= BYTES && shown.ends_with(CUT), "{} bytes", shown.len());
    }

    #[test]
    fn lines_keep_their_breaks() {
        assert_eq!(clean_lines("a\n\tb\x1b"), "a\n\tb␛");
        assert!(matches!(clean_lines("a\n\tb — c"), Cow::Borrowed(_)));
    }

    #[test]
    fn widths_are_the_terminals() {
        assert_eq!(width("日本"), 4);
        assert_eq!(width("e\u{301}"), 1);
        assert_eq!(width("\x1b"), 1);
        assert_eq!(glyph("\u{9b}"), Glyph { shown: "<U+009B>".into(), width: 8 });
        assert_eq!(glyph("\u{200b}"), Glyph { shown: "".into(), width: 0 });
        assert_eq!(glyph("\t"), Glyph { shown: " ".into(), width: 1 });
    }

    #[test]
    fn cutting_leaves_room_for_the_sign() {
        assert_eq!(truncate("demarche", 8), "demarche");
        assert_eq!(truncate("demarche", 5), "dema…");
        assert_eq!(truncate("日本語", 4), "日…");
        assert_eq!(truncate("日本語", 1), "…");
        assert_eq!(truncate("日本語", 0), "");
    }

    /// Text in which hostile characters are likely.
    fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            any::<char>().prop_map(String::from),
            "[a-z \\n\\t]{1,5}",
            "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}]{1,3}",
            "[\u{e0000}-\u{e007f}]{1,80}",
            "[\u{300}-\u{310}]{1,40}",
            "[\u{200d}\u{1f469}\u{600}\u{1100}\u{94d}\u{915}]{1,90}",
        ];
        prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    fn is_safe(c: char) -> bool {
        !c.is_control() && !matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
    }

    proptest! {
        #[test]
        fn nothing_hostile_is_shown(text in hostile()) {
            let shown = clean(&text);
            prop_assert!(shown.chars().all(is_safe), "{shown:?}");
            prop_assert_eq!(&clean(&shown), &shown);
            let lines = clean_lines(&text);
            prop_assert!(lines.chars().all(|c| is_safe(c) || c == '\n' || c == '\t'), "{lines:?}");
            prop_assert_eq!(&clean_lines(&lines), &lines);
            for grapheme in text.graphemes(true) {
                let glyph = glyph(grapheme);
                prop_assert!(glyph.shown.chars().all(is_safe));
                prop_assert_eq!(glyph.width, columns(&glyph.shown));
            }
        }

        #[test]
        fn a_cut_line_fits(text in hostile(), columns in 0usize..40) {
            let cut = truncate(&text, columns);
            prop_assert!(width(&cut) <= columns, "{cut:?}");
            prop_assert_eq!(width(&text) <= columns, cut == clean(&text));
        }
    }
}
