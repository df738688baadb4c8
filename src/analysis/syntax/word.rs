//! What the tagger and the parser see of a word: its normal form, ends, beginning and shape, as hashes.
//!
//! The normal form is lower-case, with straight quotation marks, plain dashes and every digit as `0`, so that a text set
//! with curly quotation marks reads like one that is not.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// A word as numbers, ready to be combined into features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The normal form.
    pub low: u64,
    /// The normal form with its capitals, and with quotation marks that say whether they open or close.
    pub form: u64,
    /// The last one to four characters of the normal form.
    pub ends: [u64; 4],
    /// The first one and three.
    pub starts: [u64; 2],
    /// Runs of capitals, small letters, digits and marks.
    pub shape: u64,
    /// The class of words that behave alike in a sentence; 0 when it is in none.
    pub class: u64,
    /// It has neither a letter nor a digit.
    pub is_mark: bool,
}

impl Word {
    pub fn new(form: &str) -> Word {
        let directed = directed(form);
        let form = plain(form);
        let mut low = [0u8; LONGEST];
        let mut length = 0;
        for byte in form.bytes().take(LONGEST) {
            low[length] = if byte.is_ascii_digit() { b'0' } else { byte.to_ascii_lowercase() };
            length += 1;
        }
        let low = &low[..length];
        let hashed = hash(low);
        let end = |n: usize| hash(&low[length.saturating_sub(n)..]);
        Word {
            low: hashed,
            form: directed.bytes().take(LONGEST).fold(SEED, |h, b| step(h, if b.is_ascii_digit() { b'0' } else { b })),
            ends: [end(1), end(2), end(3), end(4)],
            starts: [hash(&low[..length.min(1)]), hash(&low[..length.min(3)])],
            shape: shape(form),
            class: CLASSES.get(&hashed).copied().unwrap_or(0),
            is_mark: !form.contains(char::is_alphanumeric),
        }
    }

    /// What stands before the first word and after the last.
    pub const EDGE: Word = Word { low: 3, form: 3, ends: [3; 4], starts: [3; 2], shape: 3, class: 0, is_mark: true };
}

/// The class of what stands before a name: "Mayor", "Mr.".
pub const TITLE: u64 = 6;

/// Joins two numbers into one feature; the order matters.
#[inline]
pub fn mix(hash: u64, part: u64) -> u64 {
    (hash ^ part).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
}

/// Nothing of a word after this many bytes is looked at: addresses and smashed text are not worth more.
const LONGEST: usize = 40;

const SEED: u64 = 0xCBF2_9CE4_8422_2325;

#[inline]
fn step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
}

fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(SEED, |h, &b| step(h, b))
}

/// Returns the form in which the treebanks write a mark.
fn plain(form: &str) -> &str {
    match form {
        "“" | "”" | "``" | "''" | "’’" | "‘‘" | "„" => "\"",
        "‘" | "’" | "`" => "'",
        "–" | "—" | "--" | "---" => "-",
        "…" | "...." => "...",
        "’s" => "'s",
        "’S" => "'S",
        "n’t" => "n't",
        "’re" => "'re",
        "’ve" => "'ve",
        "’ll" => "'ll",
        "’m" => "'m",
        "’d" => "'d",
        _ => form,
    }
}

/// Returns the form with one way to write each quotation mark that opens or closes.
fn directed(form: &str) -> &str {
    match form {
        "“" | "``" | "‘‘" | "„" => "“",
        "”" | "''" | "’’" => "”",
        "‘" | "`" => "‘",
        "’" => "’",
        _ => plain(form),
    }
}

fn shape(form: &str) -> u64 {
    let mut hash = SEED;
    let mut last = 0;
    for byte in form.bytes().take(10) {
        let kind = match byte {
            b'A'..=b'Z' => b'X',
            b'a'..=b'z' => b'x',
            b'0'..=b'9' => b'0',
            0x80.. => b'u',
            mark => mark,
        };
        if kind != last {
            hash = step(hash, kind);
            last = kind;
        }
    }
    step(hash, u8::from(form.len() > 10))
}

/// The classes of `assets/classes.toml`, numbered from 1 in the order of their names, by the normal forms of their words.
static CLASSES: LazyLock<HashMap<u64, u64>> = LazyLock::new(|| {
    let file: BTreeMap<String, Vec<String>> =
        toml::from_str(include_str!("../../../assets/classes.toml")).expect("assets/classes.toml is checked by tests");
    let numbered = file.values().zip(1..);
    numbered.flat_map(|(words, class)| words.iter().map(move |word| (hash(word.as_bytes()), class))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_alike(a: &str, b: &str) {
        assert_eq!(Word::new(a), Word::new(b), "{a} and {b}");
    }

    #[test]
    fn typography_makes_no_difference() {
        assert_eq!(Word::new("“").low, Word::new("\"").low);
        check_alike("“", "``");
        check_alike("n’t", "n't");
        check_alike("1998", "2026");
        check_alike("—", "--");
    }

    #[test]
    fn classes_join_words() {
        assert_eq!(Word::new("President").class, TITLE);
        assert_eq!(Word::new("Mr.").class, TITLE);
        assert_ne!(Word::new("said").class, Word::new("told").class);
        assert_eq!(Word::new("bridge").class, 0);
    }

    #[test]
    fn capitals_and_ends_are_seen() {
        let (a, b) = (Word::new("Talks"), Word::new("talks"));
        assert_eq!(a.low, b.low);
        assert_ne!(a.form, b.form);
        assert_ne!(a.shape, b.shape);
        assert_eq!(Word::new("walking").ends[2], Word::new("Talking").ends[2]);
    }
}
