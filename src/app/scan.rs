//! A search through a very long text, a piece at a time between events, so that no key waits for its end.

use crate::text::{Offset, Query, Span};

/// As much is looked through in one step: about a millisecond of it.
const PIECE: usize = 1 << 20;

/// How far a search has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scan {
    pub goal: Goal,
    /// What was found before.
    pub found: Vec<Span>,
    /// Where it goes on.
    at: Offset,
}

/// What is looked for, and what is done with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The first match from an offset on, or from the start again where there is none.
    First {
        from: Offset,
        wrapped: bool,
        /// The pattern is typed: what is found is gone to.
        accepted: bool,
    },
    /// All matches; then so many of them are stepped over.
    All { steps: isize },
}

impl Scan {
    pub fn for_first(from: Offset) -> Scan {
        Scan { goal: Goal::First { from, wrapped: false, accepted: false }, found: Vec::new(), at: from }
    }

    pub fn for_all(steps: isize) -> Scan {
        Scan { goal: Goal::All { steps }, found: Vec::new(), at: 0 }
    }

    /// Looks through one piece more; returns whether that was the last.
    pub fn go_on(&mut self, query: &Query, text: &str) -> bool {
        let until = text.ceil_char_boundary((self.at + PIECE).min(text.len()));
        let (found, at) = query.find_in(text, Span::new(self.at, until));
        self.found.extend(found);
        self.at = at;
        let is_at_end = at >= text.len();
        match &mut self.goal {
            Goal::All { .. } => is_at_end,
            Goal::First { .. } if !self.found.is_empty() => true,
            Goal::First { from, wrapped: true, .. } => is_at_end || at >= *from,
            Goal::First { from, wrapped, .. } if is_at_end && *from > 0 => {
                (*wrapped, self.at) = (true, 0);
                false
            }
            Goal::First { .. } => is_at_end,
        }
    }

    /// Returns how much of the text is looked through, in percent.
    pub fn percent(&self, length: usize) -> usize {
        let done = match self.goal {
            Goal::First { from, wrapped: true, .. } => length.saturating_sub(from) + self.at,
            Goal::First { from, .. } => self.at.saturating_sub(from),
            Goal::All { .. } => self.at,
        };
        (done * 100 / length.max(1)).min(99)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Looks from an offset on for a word; returns where it was found and in how many steps.
    #[track_caller]
    fn check(text: &str, from: Offset, word: &str, expected: Option<Offset>, steps: usize) {
        let (mut scan, query) = (Scan::for_first(from), Query::new(word));
        let mut taken = 1;
        while !scan.go_on(&query, text) {
            taken += 1;
        }
        assert_eq!((scan.found.first().map(|span| span.start), taken), (expected, steps));
    }

    #[test]
    fn the_first_match_is_looked_for_once_around() {
        let text = format!("one {}two", "- ".repeat(PIECE * 3 / 4));
        let end = text.len() - 3;
        check(&text, 0, "one", Some(0), 1);
        check(&text, 0, "two", Some(end), 2);
        check(&text, 4, "one", Some(0), 3);
        check(&text, end, "two", Some(end), 1);
        check(&text, 0, "three", None, 2);
        check(&text, end, "three", None, 3);
        check(&text, text.len(), "three", None, 3);
        check("", 0, "three", None, 1);
    }
}
