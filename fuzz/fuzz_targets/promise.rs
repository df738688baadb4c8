//! What every document keeps, whatever it was read from.

use demarche::document::{Document, Inline, LONGEST_BLOCK};

/// Asserts that blocks are in order, apart, on character boundaries, bounded, and hold all but white space; that the
/// sentences of each do the same within it; that mark-up is in order and on words; and that a link leads into a block.
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
    for (span, inline) in &document.styles {
        assert!(!span.is_empty() && text.get(span.start..span.end).is_some());
        if let Inline::Place(at) | Inline::Note(at) = *inline {
            assert!(text.is_char_boundary(at));
            assert!(document.blocks.get(document.block_at(at)).is_some_and(|block| block.span.contains(at)));
        }
    }
    assert!(document.styles.is_sorted_by_key(|(span, _)| span.start));
}
