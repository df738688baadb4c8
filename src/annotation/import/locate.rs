//! Where the words of an annotation stand in the document.

use crate::annotation::{Anchor, Anchorer, Selector};
use crate::document::Document;
use crate::text::Span;

/// How much of what stands around the words is compared, in characters.
const CONTEXT: usize = 64;
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
        self.anchorer.anchor(&whole(target), same_text)
    }

    /// Offsets without words can be trusted only in the text in which they were counted.
    fn by_offsets(&self, target: &Selector, same_text: bool) -> Anchor {
        let (text, index) = (&self.document.text, self.document.characters());
        let at = target.at.filter(|(start, end)| same_text && start < end);
        let span = at.and_then(|(start, end)| Some(Span::new(index.byte(text, start)?, index.byte(text, end)?)));
        span.filter(|span| !span.trim(text).is_empty()).map_or(Anchor::Lost { suggestion: None }, Anchor::Same)
    }
}

/// Returns the description as that of a sentence, with as much around the words as is compared.
fn whole(target: &Selector) -> Selector {
    let mut target = target.clone();
    if target.sentence.is_empty() {
        target.sentence.clone_from(&target.quote);
    }
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
    fn several_sentences_are_found_when_one_was_edited() {
        let edited = "Its crew wants new boats. “No ship at all will ever sail,” said Ruth Aal, the crew’s speaker. The owner refused";
        check(
            words(edited, "", ""),
            false,
            ARTICLE.get(ARTICLE.find("Its").unwrap()..ARTICLE.find(" to comment").unwrap()),
        );
    }

    #[test]
    fn ends_of_texts() {
        assert_eq!(
            (first("aé", 1), first("aé", 5), last("aé", 1), last("aé", 5), last("", 2)),
            ("a", "aé", "é", "aé", "")
        );
    }
}
