//! Folding: one form for what editors, agencies and browsers write in several.
//!
//! An article is quoted from one site and read again from another, where a curly quotation mark is straight, a dash
//! is a hyphen and a line is broken elsewhere. Comparing folded texts sees through this, and every place in a folded
//! text leads back to the place it was made from. Case is kept: it tells names from words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Offset, Span};

/// A folded text with the way back to the text it was made from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    pub text: String,
    /// In order and side by side in the folded text; what was dropped lies between two pieces of the original.
    pieces: Vec<Piece>,
}

/// A stretch of folded text and what it was made from, byte for byte the same or replaced as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Piece {
    folded: Span,
    original: Span,
    verbatim: bool,
}

/// Returns the text with one form of quotation marks, dashes, ellipses, white space and accents, in linear time.
pub fn fold(text: &str) -> Folded {
    let mut folded = Folded { text: String::with_capacity(text.len()), pieces: Vec::new() };
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let form = form(first);
        let len = if matches!(form, Form::Itself) { group_len(&text[at..], first) } else { first.len_utf8() };
        let group = Span::new(at, at + len);
        at = group.end;
        match form {
            Form::Dropped => {}
            Form::Space => folded.push_space(group, first == ' '),
            Form::As(form) => folded.push(form, group, false),
            Form::Itself if len == 1 => folded.push(group.of(text), group, true),
            Form::Itself => {
                let composed: String = group.of(text).chars().filter(|&c| !is_dropped(c)).nfc().collect();
                folded.push(&composed, group, composed == group.of(text));
            }
        }
    }
    folded
}

impl Folded {
    /// Returns what a span of the folded text was made from.
    pub fn original(&self, folded: Span) -> Span {
        let start = match self.pieces.get(self.pieces.partition_point(|piece| piece.folded.end <= folded.start)) {
            Some(piece) if piece.verbatim => piece.original.start + (folded.start - piece.folded.start),
            Some(piece) => piece.original.start,
            None => self.pieces.last().map_or(0, |piece| piece.original.end),
        };
        if folded.is_empty() {
            return Span::new(start, start);
        }
        let last = self.pieces.partition_point(|piece| piece.folded.start < folded.end);
        let end = match last.checked_sub(1).map(|index| self.pieces[index]) {
            Some(piece) if piece.verbatim => piece.original.start + (folded.end - piece.folded.start),
            Some(piece) => piece.original.end,
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// Returns where a span of the original stands in the folded text; what was replaced as a whole is taken whole.
    pub fn folded(&self, original: Span) -> Span {
        let start = self.folded_offset(original.start, |piece| piece.folded.start);
        let end = self.folded_offset(original.end, |piece| piece.folded.end);
        Span::new(start, end.max(start))
    }

    fn folded_offset(&self, original: Offset, inside: impl Fn(&Piece) -> Offset) -> Offset {
        match self.pieces.get(self.pieces.partition_point(|piece| piece.original.end <= original)) {
            None => self.text.len(),
            Some(piece) if original <= piece.original.start => piece.folded.start,
            Some(piece) if piece.verbatim => piece.folded.start + (original - piece.original.start),
            Some(piece) => inside(piece),
        }
    }

    fn push(&mut self, form: &str, original: Span, verbatim: bool) {
        let folded = Span::new(self.text.len(), self.text.len() + form.len());
        self.text.push_str(form);
        match self.pieces.last_mut() {
            Some(last) if verbatim && last.verbatim && last.original.end == original.start => {
                last.folded.end = folded.end;
                last.original.end = original.end;
            }
            _ => self.pieces.push(Piece { folded, original, verbatim }),
        }
    }

    /// Adds a space, or lets the one at the end stand for this one too.
    fn push_space(&mut self, original: Span, verbatim: bool) {
        match self.pieces.last_mut() {
            Some(last) if self.text.ends_with(' ') => {
                if last.verbatim && last.folded.len() > 1 {
                    last.folded.end -= 1;
                    last.original.end -= 1;
                    let folded = Span::new(last.folded.end, self.text.len());
                    let original = Span::new(last.original.end, original.end);
                    self.pieces.push(Piece { folded, original, verbatim: false });
                } else {
                    last.original.end = original.end;
                    last.verbatim = false;
                }
            }
            _ => self.push(" ", original, verbatim),
        }
    }
}

enum Form {
    Itself,
    Space,
    Dropped,
    As(&'static str),
}

fn form(character: char) -> Form {
    match character {
        ' '..='~' if character != ' ' => Form::Itself,
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | 'ʼ' | '′' | '`' | '´' => Form::As("'"),
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => Form::As("\""),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => Form::As("-"),
        '…' => Form::As("..."),
        _ if is_dropped(character) => Form::Dropped,
        _ if character.is_whitespace() => Form::Space,
        _ => Form::Itself,
    }
}

/// Returns whether a character is invisible: a soft hyphen, a zero-width space or joiner, a direction mark.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{61C}' | '\u{2060}' | '\u{FEFF}')
}

/// Returns the bytes of the first character together with the marks that may compose with it.
fn group_len(text: &str, first: char) -> usize {
    let mut len = first.len_utf8();
    let mut at = len;
    for character in text[len..].chars() {
        at += character.len_utf8();
        if is_combining_mark(character) || ('\u{1160}'..='\u{11FF}').contains(&character) {
            len = at;
        } else if !is_dropped(character) {
            break;
        }
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(fold(text).text, expected);
    }

    #[test]
    fn one_form_for_what_is_written_in_several() {
        check("“Yes,” he said — ‘no’…", "\"Yes,\" he said - 'no'...");
        check("a\u{a0}\n  b", "a b");
        check("a \u{200b} b", "a b");
        check("co\u{ad}operate", "cooperate");
        check("Cafe\u{301} CAFÉ", "Café CAFÉ");
        check("\u{1112}\u{1161}\u{11ab}", "한");
        check("", "");
    }

    #[test]
    fn a_place_leads_back() {
        let text = "He said:\n“we …\u{a0}go”";
        let folded = fold(text);
        let at = folded.text.find("\"we ... go\"").unwrap();
        assert_eq!(folded.original(Span::new(at, at + 11)).of(text), "“we …\u{a0}go”");
        let dots = folded.text.find("..").unwrap();
        assert_eq!(folded.original(Span::new(dots + 1, dots + 2)).of(text), "…");
        assert_eq!(folded.folded(Span::new(text.find('“').unwrap(), text.len())), Span::new(at, at + 11));
    }

    proptest! {
        #[test]
        fn spans_map_back_to_their_words(text in "[a-c \\n“’—…\u{ad}\u{a0}e\u{301}é日\u{200b}]{0,60}", from in 0usize..60, len in 0usize..20) {
            let folded = fold(&text);
            prop_assert_eq!(&fold(&folded.text).text, &folded.text);
            let marks: Vec<usize> = folded.text.char_indices().map(|(at, _)| at).chain([folded.text.len()]).collect();
            let span = Span::new(marks[from.min(marks.len() - 1)], marks[(from + len).min(marks.len() - 1)]);
            let original = folded.original(span);
            prop_assert!(text.is_char_boundary(original.start) && text.is_char_boundary(original.end));
            // What was cut out of `...` comes back as the whole `…`, so the words may grow, never shrink.
            let (again, words) = (fold(original.of(&text)).text, fold(span.of(&folded.text)).text);
            prop_assert!(again.contains(words.trim()), "{again:?} from {words:?}");
        }

        #[test]
        fn any_text_folds(text in "\\PC{0,80}") {
            let folded = fold(&text);
            let all = folded.original(Span::new(0, folded.text.len()));
            prop_assert!(all.end <= text.len() && text.is_char_boundary(all.start) && text.is_char_boundary(all.end));
        }
    }
}
