//! Texts folded for comparison, and places in them that cut no word.

use unicode_normalization::char::is_combining_mark;

use crate::text::{Folded, Offset, Span};

/// Returns where the last so many characters of a text begin.
pub fn last(text: &str, characters: usize) -> usize {
    text.char_indices().rev().take(characters).last().map_or(text.len(), |(at, _)| at)
}

/// Returns a text folded for comparison; the sign for a paragraph break is white space as well.
pub fn fold(text: &str) -> Folded {
    match text.contains('¶') {
        // As long in bytes as what they replace, so the way back stays right.
        true => crate::text::fold(&text.replace('¶', "  ")),
        false => crate::text::fold(text),
    }
}

pub fn folded_words(text: &str) -> String {
    fold(text).text.trim().to_owned()
}

/// Returns whether a place in a text is inside a word.
pub fn splits_word(text: &str, at: Offset) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let before = text[..at].chars().next_back().is_some_and(is_word);
    before && text[at..].chars().next().is_some_and(is_word)
}

/// Returns the byte offset of the n-th character.
pub fn byte_of(text: &str, nth: usize) -> usize {
    text.char_indices().nth(nth).map_or(text.len(), |(at, _)| at)
}

/// Returns the span, counted from an offset, so that it cuts no word: one that is half inside is taken in.
pub fn whole_words(text: &str, span: Span, from: usize) -> Span {
    let (start, end) = (from + span.start, from + span.end);
    let start = word_at(text, start)
        .map_or(start, |word| if 2 * (word.end - start) >= word.end - word.start { word.start } else { word.end });
    let end = word_at(text, end)
        .map_or(end, |word| if 2 * (end - word.start) >= word.end - word.start { word.end } else { word.start });
    Span::new(start.min(end), end).trim(text)
}

/// Returns the word that a place is inside of.
fn word_at(text: &str, at: Offset) -> Option<Span> {
    if !splits_word(text, at) {
        return None;
    }
    let (mut start, mut end) = (at, at);
    while splits_word(text, start) {
        start = text.floor_char_boundary(start - 1);
    }
    while splits_word(text, end) {
        end = text.ceil_char_boundary(end + 1);
    }
    Some(Span::new(start, end))
}
