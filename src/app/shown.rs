//! Which blocks of the article are shown while a filter is on, and which stand next to each other then.

use crate::document::Document;
use crate::document::paragraph::is_paragraph;
use crate::text::Span;

/// The blocks that a filter chose: their numbers in reading order, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    blocks: Vec<usize>,
    /// How many of them are paragraphs.
    paragraphs: usize,
}

impl Shown {
    /// Returns the blocks that some spans touch, `None` if there are none. The spans stand in reading order.
    pub fn touched(document: &Document, spans: impl IntoIterator<Item = Span>) -> Option<Shown> {
        let mut blocks: Vec<usize> = Vec::new();
        for span in spans {
            let mut block = document.block_at(span.start);
            while let Some(touched) = document.blocks.get(block).filter(|block| block.span.start < span.end) {
                if touched.span.overlaps(span) && blocks.last().is_none_or(|&last| last < block) {
                    blocks.push(block);
                }
                block += 1;
            }
        }
        let paragraphs = blocks.iter().filter(|&&block| is_paragraph(document.blocks[block].kind)).count();
        (!blocks.is_empty()).then_some(Shown { blocks, paragraphs })
    }

    pub fn paragraphs(&self) -> usize {
        self.paragraphs
    }

    pub fn contains(&self, block: usize) -> bool {
        self.blocks.binary_search(&block).is_ok()
    }

    /// Returns the first block behind another.
    pub fn next(&self, block: usize) -> Option<usize> {
        self.blocks.get(self.blocks.partition_point(|&shown| shown <= block)).copied()
    }

    /// Returns the last block before another.
    pub fn previous(&self, block: usize) -> Option<usize> {
        self.blocks[..self.blocks.partition_point(|&shown| shown < block)].last().copied()
    }

    /// Returns the text shown, in stretches without anything hidden in them.
    pub fn stretches(&self, document: &Document) -> impl Iterator<Item = Span> {
        let runs = self.blocks.chunk_by(|before, block| before + 1 == *block);
        runs.map(|run| document.blocks[run[0]].span.join(document.blocks[run[run.len() - 1]].span))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &[&str], blocks: &[usize], stretches: &[&str]) {
        let text = "The harbour\n\nOne ferry.\n\nTwo ferries.\n\nNo boat.\n\nThree ferries.";
        let document = Document::read("ferries.md", text.replace("The", "# The").into_bytes(), None);
        let text = &document.text;
        let spans = words.iter().map(|words| text.find(words).map(|at| Span::new(at, at + words.len())).unwrap());
        let shown = Shown::touched(&document, spans);
        let (found, runs) = match &shown {
            Some(shown) => (shown.blocks.clone(), shown.stretches(&document).map(|span| span.of(text)).collect()),
            None => (Vec::new(), Vec::new()),
        };
        assert_eq!((found.as_slice(), runs.as_slice()), (blocks, stretches));
    }

    #[test]
    fn blocks_are_shown_that_are_touched() {
        check(&["ferry", "One", "Three"], &[1, 4], &["One ferry.", "Three ferries."]);
        check(&["ferry.\n\nTwo"], &[1, 2], &["One ferry.\n\nTwo ferries."]);
        check(&[], &[], &[]);
    }

    #[test]
    fn what_is_hidden_is_passed_over() {
        let document = Document::read("a.md", b"# A\n\nb\n\nc\n\nd".to_vec(), None);
        let shown = Shown::touched(&document, [Span::new(0, 1), document.blocks[2].span]).unwrap();
        assert_eq!((shown.next(0), shown.next(1), shown.next(2)), (Some(2), Some(2), None));
        assert_eq!((shown.previous(0), shown.previous(2), shown.previous(3)), (None, Some(0), Some(2)));
        assert_eq!((shown.contains(1), shown.contains(2), shown.paragraphs()), (false, true, 1));
    }
}
