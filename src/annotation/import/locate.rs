//! Where the words of an annotation stand in the document.

use crate::annotation::{Anchor, Anchorer, Selector};
use crate::document::Document;
use crate::text::Span;

/// How much of what stands around the words is compared, in characters.
const CONTEXT: usize = 64;
/// Words longer than this, in bytes, are found by their two ends: comparing all of them would take too long.
const LONG: usize = 4096;
/// How long such an end is, in characters.
const END: usize = 512;
/// What lies between the two ends may be longer or shorter by this factor.
const STRETCH: usize = 2;

/// Finds the place of a description that may know no sentence.
pub struct Locator<'d> {
    document: &'d Document,
    anchorer: Anchorer<'d>,
}

impl<'d> Locator<'d> {
    pub fn new(document: &'d Document) -> Locator<'d> {
        Locator { document, anchorer: Anchorer::new(document) }
    }

    /// Returns where the target is; `same_text` says that its offsets count in this very document.
    pub fn locate(&self, target: &Selector, same_text: bool) -> Anchor {
        if target.quote.trim().is_empty() && target.sentence.is_empty() {
            return self.by_offsets(target, same_text);
        }
        let target = within_reach(target);
        match self.anchorer.anchor(&target, same_text) {
            Anchor::Same(span) => Anchor::Same(span),
            _ if target.quote.len() > LONG => self.by_ends(&target),
            anchor => anchor,
        }
    }

    /// Offsets without words can be trusted only in the text in which they were counted.
    fn by_offsets(&self, target: &Selector, same_text: bool) -> Anchor {
        let (text, index) = (&self.document.text, self.document.characters());
        let at = target.at.filter(|(start, end)| same_text && start < end);
        let span = at.and_then(|(start, end)| Some(Span::new(index.byte(text, start)?, index.byte(text, end)?)));
        span.filter(|span| !span.trim(text).is_empty()).map_or(Anchor::Lost { suggestion: None }, Anchor::Same)
    }

    fn by_ends(&self, target: &Selector) -> Anchor {
        let quote = &target.quote;
        let (head, tail) = (first(quote, END), last(quote, END));
        // Cut after a word, or the end of the piece would be no whole word.
        let head = head.rsplit_once(char::is_whitespace).map_or(head, |(words, _)| words);
        let tail = tail.split_once(char::is_whitespace).map_or(tail, |(_, words)| words);
        let find = |words: &str, prev: &str, next: &str| {
            let [quote, prev, next] = [words, prev, next].map(str::to_owned);
            self.anchorer.anchor(&Selector { quote, prev, next, ..Selector::default() }, false).span()
        };
        let (start, end) = (find(head, &target.prev, ""), find(tail, "", &target.next));
        let whole = start.zip(end).filter(|(start, end)| start.start < end.end).map(|(start, end)| start.join(end));
        let fits = |span: &Span| span.len() <= quote.len() * STRETCH && quote.len() <= span.len() * STRETCH;
        whole.filter(fits).map_or(Anchor::Lost { suggestion: None }, Anchor::Edited)
    }
}

/// Returns the description with as much around the words as is compared.
fn within_reach(target: &Selector) -> Selector {
    let mut target = target.clone();
    target.prev = last(&target.prev, CONTEXT).to_owned();
    target.next = first(&target.next, CONTEXT).to_owned();
    target
}

/// Returns the first characters of a text.
pub fn first(text: &str, characters: usize) -> &str {
    text.char_indices().nth(characters).map_or(text, |(at, _)| &text[..at])
}

/// Returns the last characters of a text.
pub fn last(text: &str, characters: usize) -> &str {
    let start = text.char_indices().rev().take(characters).last();
    start.map_or("", |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::document;

    const ARTICLE: &str = "The ferry to Osk stopped on Tuesday. Its crew wants new boats.\n\n\
        “No boat sails before May,” said Ruth Aal, the crew’s speaker. The owner refused to comment.\n";

    #[track_caller]
    fn check(target: Selector, same_text: bool, expected: Option<&str>) {
        let document = document(ARTICLE);
        let anchor = Locator::new(&document).locate(&target, same_text);
        assert_eq!(anchor.span().map(|span| span.of(ARTICLE)), expected, "{anchor:?}");
    }

    fn words(quote: &str, prev: &str, next: &str) -> Selector {
        Selector { quote: quote.into(), prev: prev.into(), next: next.into(), ..Selector::default() }
    }

    #[test]
    fn words_are_found_by_themselves_or_by_what_stands_around() {
        check(words("\"No boat sails before May,\"", "", ""), false, Some("“No boat sails before May,”"));
        check(words("crew", "", ""), false, None);
        check(words("crew", "on Tuesday.\nIts ", " wants new"), false, Some("crew"));
        check(words("crew", "said Ruth Aal, the ", ""), false, Some("crew"));
        check(words("crew", "nowhere at all near the ", " of the other ship"), false, None);
        check(words("the minister resigned at once", "", ""), false, None);
    }

    #[test]
    fn offsets_count_in_their_own_text_alone() {
        let at = |quote: &str, at| Selector { at: Some(at), ..words(quote, "", "") };
        let second = ARTICLE[..ARTICLE.find("crew’s").unwrap()].chars().count();
        check(at("crew", (second, second + 4)), true, Some("crew"));
        check(at("", (4, 9)), true, Some("ferry"));
        check(at("", (4, 9)), false, None);
        check(at("", (4, 99_999)), true, None);
        check(at("", (9, 4)), true, None);
    }

    #[test]
    fn long_words_are_found_by_their_ends() {
        let sentence = |n: usize| format!("In round {n} the delegates of town {n} spoke of the {n} bridges. ");
        let text: String = (0..200).map(sentence).collect();
        let document = document(&text);
        let start = text.find("the delegates of town 20 ").unwrap();
        let end = text.find(" bridges. In round 150").unwrap();
        let edited = text[start..end].replace("town 77 spoke", "town 77 never spoke");
        assert!(edited.len() > LONG);
        let anchor = Locator::new(&document).locate(&words(&edited, "", ""), false);
        assert_eq!(anchor.span(), Some(Span::new(start, end)));
    }

    #[test]
    fn ends_of_texts() {
        assert_eq!(
            (first("aé", 1), first("aé", 5), last("aé", 1), last("aé", 5), last("", 2)),
            ("a", "aé", "é", "aé", "")
        );
    }
}
