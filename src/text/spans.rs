//! Spans with something on each, found by the stretch of text they touch: what a frame asks for.

use super::{Offset, Span};

/// A list of spans that is looked through in the time of what is found, however many there are.
#[derive(Clone, Debug)]
pub struct Spans<T> {
    /// Sorted by start; the longer first.
    items: Vec<(Span, T)>,
    /// How far the items up to each one reach. It never falls, so it can be searched.
    reach: Vec<Offset>,
}

impl<T> Default for Spans<T> {
    fn default() -> Spans<T> {
        Spans { items: Vec::new(), reach: Vec::new() }
    }
}

impl<T> Spans<T> {
    pub fn new(mut items: Vec<(Span, T)>) -> Spans<T> {
        items.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
        let mut furthest = 0;
        let reach = items.iter().map(|(span, _)| {
            furthest = furthest.max(span.end);
            furthest
        });
        Spans { reach: reach.collect(), items }
    }

    /// Returns what shares at least one byte with a stretch of text, in reading order.
    pub fn touching(&self, stretch: Span) -> impl Iterator<Item = &(Span, T)> {
        let from = self.reach.partition_point(|&reach| reach <= stretch.start);
        let upto = self.items.partition_point(|(span, _)| span.start < stretch.end).max(from);
        self.items[from..upto].iter().filter(move |(span, _)| span.overlaps(stretch))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn all_that_touches_is_found(
            spans in prop::collection::vec((0usize..50, 0usize..20), 0..30), start in 0usize..60, len in 0usize..20,
        ) {
            let items: Vec<_> = spans.iter().map(|&(start, len)| (Span::new(start, start + len), start)).collect();
            let stretch = Span::new(start, start + len);
            let mut found: Vec<_> = Spans::new(items.clone()).touching(stretch).copied().collect();
            let mut expected: Vec<_> = items.into_iter().filter(|(span, _)| span.overlaps(stretch)).collect();
            expected.sort();
            found.sort();
            prop_assert_eq!(found, expected);
        }
    }
}
