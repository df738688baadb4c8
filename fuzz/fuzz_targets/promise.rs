//! What every document keeps, whatever it was read from.

use demarche::document::{Document, LONGEST_BLOCK};

/// Asserts that blocks are in order, apart, on character boundaries, bounded, and hold all but white space; that the
/// sentences of each do the same within it; and that mark-up is in order and on words.
pub fn blocks_are_whole(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for (index, block) in document.blocks.iter().enumerate() {
        assert!(block.span.start < block.span.end && block.span.len() <= LONGEST_BLOCK);
        assert!(text.get(block.span.start..block.span.end).is_some());
        assert!(text[end..block.span.start].trim().is_empty());
        end = block.span.end;
        let mut at = document.marker(index).end;
        for sentence in document.sentences_in(index) {
            assert!(text[at..sentence.start].trim().is_empty() && !sentence.is_empty());
            at = sentence.end;
        }
        assert!(at <= end);
    }
    assert!(text[end..].trim().is_empty());
    for (span, _) in &document.styles {
        assert!(!span.is_empty() && text.get(span.start..span.end).is_some());
    }
    assert!(document.styles.is_sorted_by_key(|(span, _)| span.start));
}
