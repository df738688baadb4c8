//! Finding a described target in the document as it is now: the same place, or none.
//!
//! In this order: the offsets, when the file is the very one they count in; the home sentence word for word after
//! folding, the right one of several by its neighbours; the home sentence with edits, when enough of it and of its
//! neighbourhood is left; a long quote that stands only once. A wrong place is worse than no place, so whatever is
//! in doubt is lost or ambiguous, with what it might have been.

use std::cell::OnceCell;

use memchr::memmem;

use super::Selector;
use super::candidate::{Candidate, NEIGHBOUR, Neighbours, TELLING_LENGTH, Wanted};
use super::folding::{byte_of, fold, folded_words, splits_word, whole_words};
use super::seeds::Seeds;
use super::selector::{flow, occurrences, parts};
use super::similar::{Alignment, Pattern, similarity};
use crate::document::Document;
use crate::text::{Folded, Span};

/// The span a selector resolves to in the document as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// The same words at the same place.
    Same(Span),
    /// The same sentence elsewhere.
    Moved(Span),
    /// The sentence or its words were edited.
    Edited(Span),
    Lost {
        suggestion: Option<Span>,
    },
    /// Several places fit equally well.
    Ambiguous(Vec<Span>),
}

impl Anchor {
    /// Returns the place, when there is one.
    pub fn span(&self) -> Option<Span> {
        match self {
            Anchor::Same(span) | Anchor::Moved(span) | Anchor::Edited(span) => Some(*span),
            Anchor::Lost { .. } | Anchor::Ambiguous(_) => None,
        }
    }

    pub fn word(&self) -> &'static str {
        match self {
            Anchor::Same(_) => "same",
            Anchor::Moved(_) => "moved",
            Anchor::Edited(_) => "edited",
            Anchor::Lost { .. } => "lost",
            Anchor::Ambiguous(_) => "ambiguous",
        }
    }
}

/// The resolver for all the selectors of a document: it is folded and indexed once, and only when needed.
pub struct Anchorer<'a> {
    document: &'a Document,
    folded: OnceCell<Folded>,
    seeds: OnceCell<Seeds>,
}

/// An edited sentence must be better than the next candidate by this much.
const MARGIN: f64 = 0.05;
/// More errors than this for each character are no candidate at all.
const MOST_ERRORS: f64 = 0.45;
/// A target of more sentences than this is found whole or not at all.
const MOST_PARTS: usize = 64;
/// A sentence longer than this, in bytes, is found word for word or in parts: comparing it letter by letter takes time
/// with the square of its length.
const MOST_COMPARED: usize = 4096;
/// More places of one phrase than this are not looked at.
const MOST_PLACES: usize = 64;
/// A quote as long as this is found without its sentence, when it stands only once.
const LONG_QUOTE: usize = 32;

impl<'a> Anchorer<'a> {
    pub fn new(document: &'a Document) -> Anchorer<'a> {
        Anchorer { document, folded: OnceCell::new(), seeds: OnceCell::new() }
    }

    /// Returns where the selector's target is now; `same_file` says that its offsets count in this very text.
    pub fn anchor(&self, selector: &Selector, same_file: bool) -> Anchor {
        if let Some(span) = self.at_offsets(selector).filter(|_| same_file) {
            return Anchor::Same(span);
        }
        let wanted = Wanted::of(selector);
        if wanted.sentence.is_empty() {
            return Anchor::Lost { suggestion: None };
        }
        let found = match self.word_for_word(&wanted.sentence).as_slice() {
            [] => self.edited(&wanted),
            [only] => self.only(*only, &wanted),
            several => self.one_of(several, &wanted, selector),
        };
        match found {
            Anchor::Lost { suggestion } => {
                let parts = || self.in_parts(selector);
                self.long_quote(&wanted).or_else(parts).unwrap_or(Anchor::Lost { suggestion })
            }
            Anchor::Moved(span) if self.at_offsets(selector) == Some(span) => Anchor::Same(span),
            found => found,
        }
    }

    /// Returns the place of the stored offsets, when the stored words stand there.
    fn at_offsets(&self, selector: &Selector) -> Option<Span> {
        let (start, end) = selector.at.filter(|(start, end)| start < end)?;
        let (text, index) = (&self.document.text, self.document.characters());
        let span = Span::new(index.byte(text, start)?, index.byte(text, end)?);
        let words = if selector.quote.is_empty() { &selector.sentence } else { &selector.quote };
        (folded_words(words) == folded_words(&flow(self.document, span))).then_some(span)
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| fold(&self.document.text))
    }

    /// Returns every place of a folded phrase that begins and ends with whole words.
    fn word_for_word(&self, phrase: &str) -> Vec<Span> {
        let text = &self.folded().text;
        let places = memmem::find_iter(text.as_bytes(), phrase.as_bytes()).map(|at| Span::new(at, at + phrase.len()));
        let whole = places.filter(|place| !splits_word(text, place.start) && !splits_word(text, place.end));
        whole.take(MOST_PLACES).collect()
    }

    fn only(&self, place: Span, wanted: &Wanted) -> Anchor {
        let neighbours = self.neighbours(place, wanted);
        let long = wanted.sentence.chars().count() >= TELLING_LENGTH;
        let telling = long || neighbours.unknown() || self.is_block_of_words(place);
        match wanted.quote_in(place).filter(|_| telling || neighbours.best() >= NEIGHBOUR) {
            Some(quote) => Anchor::Moved(self.folded().original(quote)),
            None => Anchor::Lost { suggestion: Some(self.folded().original(place)) },
        }
    }

    /// Returns whether a place is a whole block of several words: a heading moves with what stands below it.
    fn is_block_of_words(&self, place: Span) -> bool {
        let span = self.folded().original(place);
        let block = self.document.blocks[self.document.block_at(span.start)].span.trim(&self.document.text);
        block == span.trim(&self.document.text) && span.of(&self.document.text).split_whitespace().nth(1).is_some()
    }

    fn one_of(&self, places: &[Span], wanted: &Wanted, selector: &Selector) -> Anchor {
        let mut scored: Vec<(f64, Span)> = Vec::new();
        for &place in places {
            scored.extend(wanted.quote_in(place).map(|quote| (self.neighbours(place, wanted).sum(), quote)));
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let Some(&(best, quote)) = scored.first() else { return Anchor::Lost { suggestion: None } };
        let equal: Vec<Span> = scored
            .iter()
            .take_while(|(score, _)| best - score <= MARGIN)
            .map(|(_, q)| self.folded().original(*q))
            .collect();
        match equal.as_slice() {
            [_] if best >= NEIGHBOUR => Anchor::Moved(self.folded().original(quote)),
            // Words and neighbours alike: only the offsets can tell, and only when they hit one exactly.
            equal => match self.at_offsets(selector).filter(|hint| equal.contains(hint)) {
                Some(hint) => Anchor::Same(hint),
                None => Anchor::Ambiguous(equal.to_vec()),
            },
        }
    }

    /// Finds the sentence with edits and the quote inside it.
    fn edited(&self, wanted: &Wanted) -> Anchor {
        let candidates = self.candidates(wanted);
        let Some(best) = candidates.first() else { return Anchor::Lost { suggestion: None } };
        let quote = self.quote_inside(best.place, wanted);
        let suggestion = Some(self.folded().original(quote.unwrap_or(best.place)));
        if !best.convinces(wanted) && !best.stands_alone(wanted, candidates.get(1)) {
            return Anchor::Lost { suggestion };
        }
        let rivals =
            candidates.iter().filter(|other| best.score() - other.score() <= MARGIN && other.convinces(wanted));
        match (rivals.count().max(1), quote) {
            (1, Some(quote)) if self.stands_out(&candidates) => Anchor::Edited(self.folded().original(quote)),
            (1, _) => Anchor::Lost { suggestion },
            (equal, _) => {
                let places = candidates[..equal].iter().map(|candidate| self.folded().original(candidate.place));
                Anchor::Ambiguous(places.collect())
            }
        }
    }

    fn stands_out(&self, candidates: &[Candidate]) -> bool {
        candidates.get(1).is_none_or(|second| candidates[0].score() - second.score() > MARGIN)
    }

    /// Returns the stretches that are like the sentence, the best first, without overlap.
    fn candidates(&self, wanted: &Wanted) -> Vec<Candidate> {
        if wanted.sentence.len() > MOST_COMPARED {
            return Vec::new();
        }
        let folded = self.folded();
        let pattern = Pattern::new(&wanted.sentence.chars().collect::<Vec<_>>());
        let seeds = self.seeds.get_or_init(|| Seeds::of(&folded.text));
        let slack = (wanted.sentence.len() as f64 * MOST_ERRORS) as usize + 16;
        let mut candidates: Vec<Candidate> = Vec::new();
        for start in seeds.starts(&wanted.sentence) {
            let from = folded.text.floor_char_boundary(start.saturating_sub(slack as isize).max(0) as usize);
            let to = start.saturating_add_unsigned(wanted.sentence.len() + slack).max(0) as usize;
            let window = &folded.text[from..folded.text.ceil_char_boundary(to).max(from)];
            let fit = pattern.best_fit(&window.chars().collect::<Vec<_>>());
            let length = fit.end - fit.start;
            if fit.errors as f64 > MOST_ERRORS * pattern.len() as f64 || length == 0 {
                continue;
            }
            let place =
                whole_words(&folded.text, Span::new(byte_of(window, fit.start), byte_of(window, fit.end)), from);
            let alike = 1.0 - fit.errors as f64 / pattern.len().max(length) as f64;
            candidates.push(Candidate { place, alike, neighbours: self.neighbours(place, wanted) });
        }
        candidates.sort_by(|a, b| b.score().total_cmp(&a.score()));
        let mut apart: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            if !apart.iter().any(|better| better.place.overlaps(candidate.place)) {
                apart.push(candidate);
            }
        }
        apart
    }

    /// Returns where the quote went in a stretch that is like its sentence, `None` when too little of it is left.
    fn quote_inside(&self, place: Span, wanted: &Wanted) -> Option<Span> {
        let (text, range) = (&self.folded().text, wanted.quote?);
        if range == Span::new(0, wanted.sentence.len()) {
            return Some(place);
        }
        let mut word_for_word = occurrences(place.of(text), &wanted.words).fuse();
        if let (Some(at), None) = (word_for_word.next(), word_for_word.next()) {
            let start = place.start + at;
            return Some(Span::new(start, start + wanted.words.len()));
        }
        let (sentence, now): (Vec<char>, Vec<char>) =
            (wanted.sentence.chars().collect(), place.of(text).chars().collect());
        let start = wanted.sentence[..range.start].chars().count();
        let quote: Vec<char> = wanted.words.chars().collect();
        let (from, to) = Alignment::of(&sentence, &now)?.range(start, start + quote.len());
        if similarity(&quote, &now[from..to]) < NEIGHBOUR {
            return None;
        }
        let inside = Span::new(byte_of(place.of(text), from), byte_of(place.of(text), to));
        Some(whole_words(text, inside, place.start))
    }

    fn long_quote(&self, wanted: &Wanted) -> Option<Anchor> {
        if wanted.words.chars().count() < LONG_QUOTE {
            return None;
        }
        match self.word_for_word(&wanted.words).as_slice() {
            [only] => Some(Anchor::Edited(self.folded().original(*only))),
            _ => None,
        }
    }

    /// Finds a target of several sentences by what is left of them: more than half, in order and together.
    fn in_parts(&self, selector: &Selector) -> Option<Anchor> {
        let parts = parts(selector);
        let whole: usize = parts.iter().map(|part| part.quote.len()).sum();
        if !(2..=MOST_PARTS).contains(&parts.len()) {
            return None;
        }
        let found = parts.iter().filter_map(|part| Some((part.quote.len(), self.anchor(part, false).span()?)));
        let found: Vec<(usize, Span)> = found.collect();
        let in_order = found.windows(2).all(|pair| pair[0].1.end <= pair[1].1.start);
        let left: usize = found.iter().map(|(length, _)| length).sum();
        let span = found.first()?.1.join(found.last()?.1);
        let together = span.end - span.start <= 2 * whole;
        (in_order && together && 2 * left > whole).then_some(Anchor::Edited(span))
    }

    fn neighbours(&self, place: Span, wanted: &Wanted) -> Neighbours {
        Neighbours::of(place, &self.folded().text, wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::document;
    use crate::annotation::selector::describe;

    const BEFORE: &str = "The port of Lindholm has been closed since Monday. Dockers want shorter shifts.\n\n\
        “We will not go back to the old hours,” said Ana Sorel, who speaks for the dockers. The owners call the demand \
        absurd. They offered a bonus instead.\n\n\
        The city council will vote on a mediator on Friday. Mayor Petra Holm said she would accept any result.\n";

    /// Describes the words in the article above, resolves them in another and returns what was found.
    fn anchor(document: &Document, selector: &Selector, same_file: bool) -> Anchor {
        Anchorer::new(document).anchor(selector, same_file)
    }

    #[track_caller]
    fn check(words: &str, after: &str, outcome: &str, expected: &str) {
        let (old, new) = (document(BEFORE), document(after));
        let start = BEFORE.find(words).expect("the words stand in the article");
        let selector = describe(&old, Span::new(start, start + words.len()));
        let anchor = anchor(&new, &selector, false);
        let found = anchor.span().map_or("", |span| span.of(&new.text));
        assert_eq!((anchor.word(), found), (outcome, expected), "{anchor:?}");
    }

    #[test]
    fn in_the_same_file_the_offsets_are_enough() {
        let document = document("He agreed. She did not. He agreed.");
        let selector = Selector { quote: "He agreed.".into(), at: Some((24, 34)), ..Selector::default() };
        assert_eq!(anchor(&document, &selector, true), Anchor::Same(Span::new(24, 34)));
        let wrong = Selector { quote: "She did".into(), at: Some((3, 10)), ..Selector::default() };
        assert_eq!(anchor(&document, &wrong, true), Anchor::Moved(Span::new(11, 18)), "offsets are verified");
    }

    #[test]
    fn a_paragraph_above_moves_everything() {
        let after = format!("LINDHOLM, May 4\n\n{BEFORE}");
        check("old hours", &after, "moved", "old hours");
        check("They offered a bonus instead.", &after, "moved", "They offered a bonus instead.");
    }

    #[test]
    fn what_stands_where_it_stood_is_the_same() {
        check("old hours", &BEFORE.replace("Friday", "Saturday"), "same", "old hours");
    }

    #[test]
    fn restyled_quotes_and_wrapped_lines_change_nothing() {
        let restyled = BEFORE.replace(['“', '”'], "\"");
        check("not go back to the old hours,” said", &restyled, "same", "not go back to the old hours,\" said");
        check("old hours", &BEFORE.replace("to the old", "to\nthe  old"), "moved", "old hours");
    }

    #[test]
    fn edited_words_are_followed() {
        let after = BEFORE.replace("said Ana Sorel, who speaks", "Ana Sorel told reporters, who speaks");
        check("old hours", &after, "edited", "old hours");
        let after = BEFORE.replace("will vote on a mediator on Friday", "is to vote on mediators on Friday");
        check("on a mediator", &after, "edited", "on mediators");
        check(
            "The city council will vote on a mediator on Friday.",
            &after,
            "edited",
            "The city council is to vote on mediators on Friday.",
        );
    }

    #[test]
    fn a_deleted_sentence_is_lost() {
        check("demand absurd", &BEFORE.replace("The owners call the demand absurd. ", ""), "lost", "");
        check(
            "Mayor Petra Holm",
            &BEFORE.replace(" Mayor Petra Holm said she would accept any result.", ""),
            "lost",
            "",
        );
    }

    #[test]
    fn deleted_words_of_a_kept_sentence_are_lost() {
        check("since Monday", &BEFORE.replace(" since Monday", ""), "lost", "");
    }

    #[test]
    fn a_sentence_far_from_its_neighbours_is_followed_when_nothing_is_like_it() {
        let after =
            "Yesterday was quiet.\n\nThe city’s council will now vote on a mediator on Friday. Nobody objects.\n";
        check("on a mediator", after, "edited", "on a mediator");
        let rival = "The city council will vote on a budget on Friday. Who knows.\n";
        check("on a mediator", &format!("{after}\nPigeons sleep.\n\n{rival}"), "lost", "");
    }

    #[test]
    fn a_short_heading_moves_with_what_stands_below_it() {
        let before = "It began well.\n\nTalks fail\n\nNobody came on Monday.\n\nPrices rise\n\nBread costs more.\n";
        let old = document(before);
        let start = before.find("Talks fail").unwrap();
        let selector = describe(&old, Span::new(start, start + 10));
        let moved = "It began well.\n\nPrices rise\n\nBread costs more.\n\nTalks fail\n\nThe rest is history.\n";
        assert_eq!(anchor(&document(moved), &selector, false).word(), "moved");
        let inside = "It began well.\n\nPrices rise\n\nHe let the talks fail once more.\n";
        assert_eq!(anchor(&document(inside), &selector, false).word(), "lost");
    }

    #[test]
    fn a_neighbour_may_have_something_put_between() {
        let after = BEFORE.replace("They offered a bonus", "Nobody spoke for an hour. They then offered a bonus");
        check("bonus instead", &after, "edited", "bonus instead");
    }

    #[test]
    fn of_several_sentences_what_is_left_is_found() {
        let words = "The owners call the demand absurd. They offered a bonus instead.";
        let after = BEFORE.replace("The owners call the demand absurd. They", "They");
        check(words, &after, "lost", "");
        let words =
            "“We will not go back to the old hours,” said Ana Sorel, who speaks for the dockers. The owners call";
        let after = BEFORE.replace("The owners call the demand absurd. ", "");
        check(
            words,
            &after,
            "edited",
            "“We will not go back to the old hours,” said Ana Sorel, who speaks for the dockers",
        );
    }

    #[test]
    fn a_look_alike_elsewhere_is_no_place() {
        let gone = BEFORE.replace("They offered a bonus instead.", "Talks go on.");
        let after =
            format!("{gone}\nIn another dispute, at the mills of Varn, the owners said they offered a loan at once.\n");
        check("They offered a bonus instead.", &after, "lost", "");
    }

    #[test]
    fn of_equal_sentences_the_neighbours_choose() {
        let after = format!("They offered a bonus instead.\n\nIt was a bad week.\n\n{BEFORE}");
        check("They offered a bonus instead.", &after, "moved", "They offered a bonus instead.");
        let start = after.rfind("They offered").unwrap();
        let old = document(BEFORE);
        let at = BEFORE.find("They offered").unwrap();
        let selector = describe(&old, Span::new(at, at + 29));
        assert_eq!(anchor(&document(&after), &selector, false).span().unwrap().start, start);
    }

    #[test]
    fn equal_sentences_without_neighbours_are_ambiguous() {
        let selector = Selector { quote: "He agreed.".into(), ..Selector::default() };
        let twice = document("He agreed. She did not. He agreed.");
        assert_eq!(anchor(&twice, &selector, false), Anchor::Ambiguous(vec![Span::new(0, 10), Span::new(24, 34)]));
    }

    #[test]
    fn a_long_quote_is_found_without_its_sentence() {
        let words = "will not go back to the old hours,” said Ana Sorel";
        check(
            words,
            &format!("Asked at noon what came next and whether there was hope, {words}: “No.”\n"),
            "edited",
            words,
        );
    }

    #[test]
    fn a_sign_for_a_break_in_the_text_itself_harms_nothing() {
        let text = "See the treaty, ¶ 4, for this.\n\nIt binds ¶ nobody.\n";
        let document = document(text);
        let words = Span::new(text.find("treaty").unwrap(), text.find("nobody").unwrap());
        let selector = describe(&document, words);
        assert_eq!(anchor(&document, &selector, false).span().unwrap().of(text), "treaty, ¶ 4, for this.\n\nIt binds");
    }

    #[test]
    fn a_target_that_is_too_long_to_be_compared_is_found_in_parts() {
        let sentence = |n: usize| {
            format!("In round {n} the delegates of town {n} spoke of the bridge over river {n}, and of the road. ")
        };
        let text: String = (0..90).map(sentence).collect();
        let start = text.find("delegates of town 20 ").unwrap();
        let end = text.find(" spoke of the bridge over river 80").unwrap();
        assert!(end - start > MOST_COMPARED);
        let words = text[start..end].replace("town 40 spoke", "town 40 never spoke");
        let selector = Selector { sentence: words.clone(), quote: words, ..Selector::default() };
        assert_eq!(anchor(&document(&text), &selector, false), Anchor::Edited(Span::new(start, end)));
    }

    #[test]
    fn hostile_offsets_harm_nothing() {
        let document = document(BEFORE);
        for at in [(0, 0), (5, 2), (usize::MAX - 1, usize::MAX), (3, usize::MAX)] {
            let selector = Selector { quote: "no such words here".into(), at: Some(at), ..Selector::default() };
            assert_eq!(anchor(&document, &selector, true), Anchor::Lost { suggestion: None });
        }
        assert_eq!(anchor(&document, &Selector::default(), true), Anchor::Lost { suggestion: None });
    }
}
