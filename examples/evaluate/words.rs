//! What is counted: the words of an article, and which of them stand in quotation marks.
//!
//! Quotation marks, commas and full stops at the edge of a span are no words, so they never matter.

use std::collections::BTreeSet;

use crate::corpus::Range;

/// Words, by their numbers.
pub type Set = BTreeSet<usize>;

/// Where the words of a text are, in characters.
#[derive(Debug)]
pub struct Words(Vec<Range>);

impl Words {
    /// Finds the longest runs of letters and digits, with the apostrophes, full stops and hyphens inside them.
    pub fn new(text: &[char]) -> Words {
        let is_letter = |at: usize| text.get(at).is_some_and(|c| c.is_alphanumeric());
        let joins = |at: usize| matches!(text.get(at), Some('\'' | '’' | '.' | '-')) && is_letter(at + 1);
        let mut words = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let start = at;
            while is_letter(at) || at > start && joins(at) {
                at += 1;
            }
            if at > start {
                words.push([start, at]);
            }
            at = at.max(start + 1);
        }
        Words(words)
    }

    /// Returns the words that the ranges touch.
    pub fn within(&self, ranges: &[Range]) -> Set {
        let touched = |&[start, end]: &Range| {
            let from = self.0.partition_point(|word| word[1] <= start);
            (from..self.0.len()).take_while(move |&word| self.0[word][0] < end)
        };
        ranges.iter().flat_map(touched).collect()
    }
}

/// Returns what stands inside double quotation marks. A paragraph ends what it leaves open.
pub fn quoted(text: &[char]) -> Vec<Range> {
    let mut quoted = Vec::new();
    let mut start = 0;
    for paragraph in text.split(|&c| c == '\n') {
        let mut open = None;
        let mut at = 0;
        while at < paragraph.len() {
            let (mark, len) = mark(&paragraph[at..]);
            let closes = mark == Mark::Close || mark == Mark::Straight && open.is_some();
            match open {
                Some(from) if closes => {
                    quoted.push([from, start + at]);
                    open = None;
                }
                None if matches!(mark, Mark::Open | Mark::Straight) => open = Some(start + at + len),
                _ => {}
            }
            at += len;
        }
        quoted.extend(open.map(|from| [from, start + paragraph.len()]));
        start += paragraph.len() + 1;
    }
    quoted
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    Straight,
    No,
}

/// Returns the quotation mark a text begins with, and its characters.
fn mark(text: &[char]) -> (Mark, usize) {
    let ends = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace() || ".,;:!?)—-".contains(*c));
    match text {
        ['“' | '„', ..] => (Mark::Open, 1),
        ['”', ..] => (Mark::Close, 1),
        ['"', ..] => (Mark::Straight, 1),
        ['\'', '\'', ..] => (Mark::Straight, 2),
        ['`', '`', ..] | ['‘', '‘', ..] => (Mark::Open, 2),
        ['’', '’', rest @ ..] if ends(rest.first()) => (Mark::Close, 2),
        _ => (Mark::No, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, words: &[&str], quotations: &[&str]) {
        let text: Vec<char> = text.chars().collect();
        let shown = |&[start, end]: &Range| text[start..end].iter().collect::<String>();
        assert_eq!(Words::new(&text).0.iter().map(shown).collect::<Vec<_>>(), words);
        assert_eq!(quoted(&text).iter().map(shown).collect::<Vec<_>>(), quotations);
    }

    #[test]
    fn words_and_quotations() {
        check("The U.S. doesn’t pay—", &["The", "U.S", "doesn’t", "pay"], &[]);
        check("“Élan” -- \"a-b\" c'", &["Élan", "a-b", "c"], &["Élan", "a-b"]);
        check("''So,'' ``no’’.", &["So", "no"], &["So,", "no"]);
        check("“open\nand on” 3rd", &["open", "and", "on", "3rd"], &["open"]);
    }

    #[test]
    fn a_range_holds_the_words_it_touches() {
        let words = Words::new(&"one two three".chars().collect::<Vec<_>>());
        assert_eq!(words.within(&[[2, 5], [12, 13]]), Set::from([0, 1, 2]));
        assert_eq!(words.within(&[[3, 4], [13, 20], [9, 2]]), Set::new());
    }
}
