//! What is looked for and what was found that is like it: when an edited sentence is convincing enough to be the one.

use super::Selector;
use super::folding::{folded_words, last};
use super::selector::occurrences;
use super::similar::{Pattern, similarity};
use crate::text::Span;

/// An edited sentence must be this much like the stored one …
const ALIKE: f64 = 0.70;
/// … beside a neighbour that is this much like the stored one.
pub const NEIGHBOUR: f64 = 0.50;
/// So much alike and so long, it needs no neighbour.
const NEARLY_SAME: f64 = 0.95;
const LONG: usize = 40;
/// So much alike and so much more than anything else, a long sentence needs no neighbour either.
const ALONE: f64 = 0.85;
const ALONE_MARGIN: f64 = 0.20;
/// A neighbour that no longer stands beside the sentence is looked for within so many characters …
const NEAR: usize = 300;
/// … must be this much like the stored one, and counts for less: the sentence has to be this much alike then.
const NEAR_ALIKE: f64 = 0.85;
const NEAR_COUNTS: f64 = 0.45;
const ALIKE_WHEN_NEAR: f64 = 0.80;
/// A sentence shorter than this may stand anywhere ("He agreed."), so even word for word it needs a neighbour beside it.
pub const TELLING_LENGTH: usize = 20;

/// A selector's texts, folded.
pub struct Wanted {
    pub sentence: String,
    /// The quote and where it stands in the sentence; `None` when it does not.
    pub words: String,
    pub quote: Option<Span>,
    pub prev: Vec<char>,
    pub next: Vec<char>,
}

impl Wanted {
    pub fn of(selector: &Selector) -> Wanted {
        let (mut sentence, mut words) = (folded_words(&selector.sentence), folded_words(&selector.quote));
        // An entry written by hand may have one of the two.
        if sentence.is_empty() {
            sentence.clone_from(&words);
        } else if words.is_empty() {
            words.clone_from(&sentence);
        }
        let start = occurrences(&sentence, &words).nth(selector.nth);
        let quote = start.map(|start| Span::new(start, start + words.len()));
        let context = |words: &str| folded_words(words).chars().collect();
        Wanted { quote, prev: context(&selector.prev), next: context(&selector.next), sentence, words }
    }

    /// Returns the quote's place in a copy of the sentence.
    pub fn quote_in(&self, sentence: Span) -> Option<Span> {
        self.quote.map(|quote| Span::new(sentence.start + quote.start, sentence.start + quote.end))
    }
}

/// A stretch of the folded text that may be the home sentence.
pub struct Candidate {
    pub place: Span,
    pub alike: f64,
    pub neighbours: Neighbours,
}

impl Candidate {
    /// The words count most; the neighbours tell sentences of one pattern apart.
    pub fn score(&self) -> f64 {
        0.8 * self.alike + 0.1 * self.neighbours.sum()
    }

    pub fn convinces(&self, wanted: &Wanted) -> bool {
        let nearly_same = self.alike >= NEARLY_SAME && wanted.sentence.chars().count() >= LONG;
        let beside = self.alike >= ALIKE && self.neighbours.best() >= NEIGHBOUR;
        let telling = wanted.sentence.chars().count() >= TELLING_LENGTH;
        let near = telling && self.alike >= ALIKE_WHEN_NEAR && self.neighbours.best() >= NEAR_ALIKE * NEAR_COUNTS;
        nearly_same || beside || near
    }

    pub fn stands_alone(&self, wanted: &Wanted, second: Option<&Candidate>) -> bool {
        let long = wanted.sentence.chars().count() >= LONG;
        long && self.alike >= ALONE && second.is_none_or(|second| self.alike - second.alike >= ALONE_MARGIN)
    }
}

/// How much the stored neighbours are like those of a place; `None` when nothing is stored.
#[derive(Clone, Copy)]
pub struct Neighbours {
    prev: Option<f64>,
    next: Option<f64>,
}

impl Neighbours {
    /// Returns what stands before and after a place in a folded text, or near it, beside what is stored.
    pub fn of(place: Span, text: &str, wanted: &Wanted) -> Neighbours {
        let (before, after) = (text[..place.start].trim_end(), text[place.end..].trim_start());
        let adjacent: Vec<char> = before[last(before, wanted.prev.len())..].chars().collect();
        let prev = nearness(&wanted.prev, &adjacent, || before[last(before, NEAR)..].chars().collect());
        let adjacent: Vec<char> = after.chars().take(wanted.next.len()).collect();
        let next = nearness(&wanted.next, &adjacent, || after.chars().take(NEAR).collect());
        Neighbours { prev, next }
    }

    pub fn best(self) -> f64 {
        self.prev.unwrap_or(0.0).max(self.next.unwrap_or(0.0))
    }

    pub fn sum(self) -> f64 {
        self.prev.unwrap_or(0.0) + self.next.unwrap_or(0.0)
    }

    pub fn unknown(self) -> bool {
        self.prev.is_none() && self.next.is_none()
    }
}

/// Returns how much a stored neighbour is like what stands beside a place, or, for less, like something near it.
fn nearness(stored: &[char], adjacent: &[char], near: impl Fn() -> Vec<char>) -> Option<f64> {
    if stored.is_empty() {
        return None;
    }
    let beside = similarity(stored, adjacent);
    if beside >= NEIGHBOUR {
        return Some(beside);
    }
    let errors = Pattern::new(stored).best_fit(&near()).errors;
    let alike = 1.0 - errors as f64 / stored.len() as f64;
    Some(if alike >= NEAR_ALIKE { beside.max(NEAR_COUNTS * alike) } else { beside })
}
