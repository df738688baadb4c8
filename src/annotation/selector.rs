//! How a target is described in the notes file: its words, its home sentence, and what stands around.

use super::Selector;
use crate::document::{Document, sentence};
use crate::text::{Offset, Span};

/// How much is kept of what comes before and after the home sentence, in characters.
const CONTEXT: usize = 32;

/// What stands for the white space between two blocks.
const BREAK: &str = " ¶ ";

/// Returns the description of a span, from which it can be found again in a changed text.
pub fn describe(document: &Document, span: Span) -> Selector {
    let text = &*document.text;
    let span = span.trim(text);
    let home = home_of(document, span);
    let quote = flow(document, span);
    let head = flow(document, Span::new(home.start, span.end));
    let place = head.len().saturating_sub(quote.len());
    let index = document.characters();
    Selector {
        nth: occurrences(&head, &quote).take_while(|&at| at < place).count(),
        quote,
        sentence: flow(document, home),
        prev: before(document, home.start),
        next: after(document, home.end),
        at: Some((index.characters(text, span.start), index.characters(text, span.end))),
    }
}

/// Returns the sentences that share something with a span, as one extent that covers it.
pub fn home_of(document: &Document, span: Span) -> Span {
    let first = document.block_at(span.start);
    let blocks = (first..document.blocks.len()).take_while(|&b| b == first || document.blocks[b].span.start < span.end);
    let sentences = blocks.flat_map(|block| document.sentences_in(block));
    let home = sentences.filter(|s| s.overlaps(span) || s.contains(span.start)).reduce(Span::join);
    home.map_or(span, |home| home.join(span))
}

/// Returns a description of its own for each sentence of a target, as though each had been marked alone.
pub fn parts(selector: &Selector) -> Vec<Selector> {
    let home = selector.sentence.as_str();
    let Some(start) = occurrences(home, &selector.quote).nth(selector.nth) else { return Vec::new() };
    let quote = Span::new(start, start + selector.quote.len());
    let sentences = paragraphs(home).flat_map(|paragraph| sentence::split(home, paragraph));
    let part = |sentence: Span| {
        let words = Span::new(quote.start.max(sentence.start), quote.end.min(sentence.end).max(quote.start)).trim(home);
        let earlier = occurrences(sentence.of(home), words.of(home)).take_while(|at| sentence.start + at < words.start);
        Selector {
            quote: words.of(home).to_owned(),
            sentence: sentence.of(home).to_owned(),
            prev: tail(home[..sentence.start].chars().rev().chain(selector.prev.chars().rev())),
            next: home[sentence.end..].chars().chain(selector.next.chars()).take(CONTEXT).collect(),
            at: None,
            nth: earlier.count(),
        }
    };
    sentences.filter(|sentence| sentence.overlaps(quote)).map(|sentence| part(sentence.trim(home))).collect()
}

/// Returns the stretches of a stored sentence between its paragraph breaks.
fn paragraphs(home: &str) -> impl Iterator<Item = Span> + '_ {
    home.split(BREAK).map(move |paragraph| {
        let start = paragraph.as_ptr().addr() - home.as_ptr().addr();
        Span::new(start, start + paragraph.len())
    })
}

fn tail(backwards: impl Iterator<Item = char>) -> String {
    let last: Vec<char> = backwards.take(CONTEXT).collect();
    last.into_iter().rev().collect()
}

/// Returns where a phrase begins in a text; occurrences may overlap.
pub fn occurrences<'a>(text: &'a str, phrase: &'a str) -> impl Iterator<Item = usize> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..).filter(|_| !phrase.is_empty())?.find(phrase)?;
        from = at + text[at..].chars().next().map_or(1, char::len_utf8);
        Some(at)
    })
}

/// Returns the words of a span in one line: white space is one space, a block's end is marked.
pub fn flow(document: &Document, span: Span) -> String {
    let words = span.trim(&document.text);
    join(units(document, words.of(&document.text).char_indices().map(|(at, c)| (words.start + at, c))))
}

fn before(document: &Document, at: Offset) -> String {
    let mut units: Vec<Unit> = units(document, document.text[..at].char_indices().rev()).take(CONTEXT).collect();
    units.reverse();
    join(units.into_iter())
}

fn after(document: &Document, at: Offset) -> String {
    let forward = document.text[at..].char_indices().map(move |(i, c)| (at + i, c));
    join(units(document, forward).take(CONTEXT))
}

/// One character of a context: a visible one, or all the white space between two.
enum Unit {
    Character(char),
    Space,
    Break,
}

fn join(units: impl Iterator<Item = Unit>) -> String {
    let mut words = String::new();
    for unit in units {
        match unit {
            Unit::Character(character) => words.push(character),
            Unit::Space => words.push(' '),
            Unit::Break => words.push_str(BREAK),
        }
    }
    words
}

/// Reads characters in either direction; white space at the ends of the whole text is nothing.
fn units<'a>(
    document: &'a Document,
    characters: impl Iterator<Item = (Offset, char)> + 'a,
) -> impl Iterator<Item = Unit> + 'a {
    let mut characters = characters.peekable();
    let text = &*document.text;
    std::iter::from_fn(move || {
        let (first, character) = characters.next()?;
        if !character.is_whitespace() {
            return Some(Unit::Character(character));
        }
        let (mut low, mut high) = (first, first + character.len_utf8());
        while let Some((at, next)) = characters.next_if(|(_, next)| next.is_whitespace()) {
            (low, high) = (low.min(at), high.max(at + next.len_utf8()));
        }
        if low == 0 || high == text.len() {
            return None;
        }
        let parted = document.block_at(low - 1) != document.block_at(high);
        Some(if parted { Unit::Break } else { Unit::Space })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::document;

    #[track_caller]
    fn check(text: &str, words: &str, quote: &str, sentence: &str, prev: &str, next: &str) {
        let document = document(text);
        let start = text.find(words).unwrap();
        let selector = describe(&document, Span::new(start, start + words.len()));
        let found = [&selector.quote, &selector.sentence, &selector.prev, &selector.next];
        assert_eq!(found, [quote, sentence, prev, next]);
        let start = text[..start].chars().count();
        assert_eq!(selector.at, Some((start, start + words.chars().count())));
    }

    const TEXT: &str =
        "The mayor left early. Nobody saw the mayor’s car leave.\n\nThe council met again. It chose a date.\n";

    #[test]
    fn words_are_described_by_their_sentence_and_its_surroundings() {
        check(
            TEXT,
            "Nobody",
            "Nobody",
            "Nobody saw the mayor’s car leave.",
            "The mayor left early. ",
            " ¶ The council met again. It chose",
        );
        check(TEXT, "a date", "a date", "It chose a date.", "r leave. ¶ The council met again. ", "");
    }

    #[test]
    fn a_target_over_several_sentences_has_them_all() {
        let sentences = "Nobody saw the mayor’s car leave. ¶ The council met again.";
        check(
            TEXT,
            "car leave.\n\nThe council",
            "car leave. ¶ The council",
            sentences,
            "The mayor left early. ",
            " It chose a date.",
        );
    }

    #[test]
    fn line_ends_of_wrapped_text_are_spaces() {
        let text = "The council met for the third time this week, and once more it could not\n\
            agree on a date for the vote. Several members left before the end of the\n\
            meeting and said that they would not come back until a date was found.\n";
        let sentence =
            "The council met for the third time this week, and once more it could not agree on a date for the vote.";
        check(text, "could not\nagree", "could not agree", sentence, "", " Several members left before the");
    }

    #[test]
    fn white_space_around_the_words_is_not_theirs() {
        let document = document(TEXT);
        let words = describe(&document, Span::new(21, 29));
        assert_eq!((words.quote.as_str(), words.at), ("Nobody", Some((22, 28))));
    }

    #[test]
    fn the_second_of_equal_words_in_a_sentence_is_counted() {
        let text = "The ban on the ban was lifted.";
        let document = document(text);
        assert_eq!(describe(&document, Span::new(4, 7)).nth, 0);
        assert_eq!(describe(&document, Span::new(15, 18)).nth, 1);
    }
}
