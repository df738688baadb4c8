//! Extents of text: the only coordinates the core knows.

use std::ops::Range;

/// A place in a document's text, in bytes, on a character boundary.
pub type Offset = usize;

/// A half-open range of bytes in a document's text, on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub start: Offset,
    pub end: Offset,
}

impl Span {
    /// Returns the span from `start` to `end`, both in bytes.
    pub fn new(start: Offset, end: Offset) -> Span {
        debug_assert!(start <= end, "a span runs forward: {start}..{end}");
        Span { start, end }
    }

    /// Returns the words of the span.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }

    pub fn len(self) -> usize {
        self.end - self.start
    }

    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    pub fn contains(self, offset: Offset) -> bool {
        self.start <= offset && offset < self.end
    }

    pub fn covers(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns what the two share, if they share anything.
    pub fn intersect(self, other: Span) -> Option<Span> {
        self.overlaps(other).then(|| Span::new(self.start.max(other.start), self.end.min(other.end)))
    }

    /// Returns the smallest span that covers both.
    pub fn join(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Returns the span without the white space at its end.
    pub fn trim_end(self, text: &str) -> Span {
        Span::new(self.start, self.start + self.of(text).trim_end().len())
    }

    /// Returns the span without the white space at its ends.
    pub fn trim(self, text: &str) -> Span {
        let words = self.of(text);
        let start = self.start + (words.len() - words.trim_start().len());
        Span::new(start, (start + words.trim().len()).max(start))
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

impl From<Span> for Range<usize> {
    fn from(span: Span) -> Range<usize> {
        span.start..span.end
    }
}

/// Bytes to Unicode scalar offsets and back: the outside counts characters, the inside bytes.
///
/// One count is kept for each stretch of the text, so a conversion reads at most one stretch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CharIndex {
    /// Characters before byte `i * STRETCH` (rounded up to a boundary).
    counts: Vec<usize>,
}

const STRETCH: usize = 1024;

impl CharIndex {
    pub fn new(text: &str) -> CharIndex {
        let mut counts = vec![0];
        let mut characters = 0;
        for stretch in text.as_bytes().chunks(STRETCH) {
            characters += stretch.iter().filter(|&&byte| starts_character(byte)).count();
            counts.push(characters);
        }
        CharIndex { counts }
    }

    /// Returns how many characters stand before a byte offset; an offset past the end counts as the end.
    pub fn characters(&self, text: &str, offset: Offset) -> usize {
        let offset = offset.min(text.len());
        let stretch = offset / STRETCH;
        let rest = &text.as_bytes()[stretch * STRETCH..offset];
        self.counts[stretch] + rest.iter().filter(|&&byte| starts_character(byte)).count()
    }

    /// Returns the byte offset of a character offset, `None` past the end of the text.
    pub fn byte(&self, text: &str, characters: usize) -> Option<Offset> {
        let stretch = self.counts.partition_point(|&count| count <= characters).saturating_sub(1);
        let mut left = characters - self.counts[stretch];
        let from = stretch * STRETCH;
        for (at, &byte) in text.as_bytes()[from.min(text.len())..].iter().enumerate() {
            if starts_character(byte) {
                if left == 0 {
                    return Some(from + at);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(text.len())
    }
}

fn starts_character(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn characters_and_bytes_are_inverse(text in "\\PC{0,3000}") {
            let index = CharIndex::new(&text);
            for (characters, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(index.characters(&text, byte), characters);
                prop_assert_eq!(index.byte(&text, characters), Some(byte));
            }
            let all = text.chars().count();
            prop_assert_eq!(index.byte(&text, all), Some(text.len()));
            prop_assert_eq!(index.byte(&text, all + 1), None);
        }
    }

    #[test]
    fn trimming_keeps_the_words() {
        let text = "  a word ";
        assert_eq!(Span::new(0, text.len()).trim(text).of(text), "a word");
        assert_eq!(Span::new(0, 2).trim(text), Span::new(2, 2));
    }
}
