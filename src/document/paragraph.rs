//! The numbers of the paragraphs, as the reader sees them beside the text: ¶1, ¶2, …

use std::ops::Range;

use super::{Block, BlockKind, Document};
use crate::text::Offset;

impl Document {
    /// Returns the number of the paragraph at an offset, counted from 1: that of its block, or of the last paragraph
    /// before it when the block is a heading, a credit or a rule. `None` before the first paragraph.
    pub fn paragraph_at(&self, offset: Offset) -> Option<usize> {
        self.paragraph_of(self.block_at(offset))
    }

    /// Returns the number of the paragraph that a block is or follows, counted from 1.
    pub fn paragraph_of(&self, block: usize) -> Option<usize> {
        self.blocks.get(block)?;
        let from = block - block % STEP;
        let number = self.numbers()[block / STEP] as usize + self.begun(from..block + 1).count();
        Some(number).filter(|&number| number > 0)
    }

    /// Returns where the paragraph of a number starts, counted from 1.
    pub fn paragraph_start(&self, number: usize) -> Option<Offset> {
        let step = self.numbers().partition_point(|&n| (n as usize) < number).checked_sub(1)?;
        let before = self.numbers()[step] as usize;
        let block = self.begun(step * STEP..self.blocks.len()).nth(number - before - 1)?;
        Some(self.blocks[block].span.start)
    }

    /// Returns how many paragraphs there are.
    pub fn paragraphs(&self) -> usize {
        self.blocks.len().checked_sub(1).and_then(|last| self.paragraph_of(last)).unwrap_or(0)
    }

    /// For every so many blocks, how many paragraphs begin before them; counted on first use.
    fn numbers(&self) -> &[u32] {
        self.numbers.get_or_init(|| {
            let mut number = 0;
            let steps = (0..self.blocks.len()).step_by(STEP).map(|from| {
                let before = number;
                number += self.begun(from..(from + STEP).min(self.blocks.len())).count() as u32;
                before
            });
            steps.collect()
        })
    }

    /// Returns those of some blocks that begin a paragraph.
    fn begun(&self, blocks: Range<usize>) -> impl Iterator<Item = usize> {
        blocks.filter(|&block| {
            let Block { kind, span } = self.blocks[block];
            // The pieces of one long block are one paragraph.
            let goes_on = block > 0 && self.blocks[block - 1].span.end == span.start;
            is_paragraph(kind) && !goes_on
        })
    }
}

/// As many blocks are counted when the number of one is asked for.
const STEP: usize = 128;

/// Returns whether a block has a number of its own.
pub fn is_paragraph(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Heading(_) | BlockKind::Credit | BlockKind::Rule)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_and_credits_have_no_number() {
        let text = "Talks stall\n\nBy Ann Lee\n\nThe first paragraph is here.\n\nThe second one follows it.\n";
        let document = Document::read("talks.txt", text.as_bytes().to_vec(), None);
        assert_eq!(document.paragraphs(), 2);
        assert_eq!(document.paragraph_at(0), None);
        let second = text.find("The second").unwrap();
        assert_eq!(document.paragraph_at(second + 4), Some(2));
        assert_eq!(document.paragraph_start(2), Some(second));
        assert_eq!((document.paragraph_start(0), document.paragraph_start(3)), (None, None));
    }

    #[test]
    fn numbers_and_places_are_inverse_in_a_long_text() {
        let text = "A ferry.\n\n- - -\n\nA boat.\n\n".repeat(2 * STEP) + &"word ".repeat(30_000);
        let document = Document::read("talks.txt", text, None);
        assert_eq!(document.paragraphs(), 4 * STEP + 1, "the last is several blocks");
        for number in 1..=document.paragraphs() {
            let start = document.paragraph_start(number).unwrap();
            assert_eq!(document.paragraph_at(start), Some(number));
        }
        assert_eq!(document.paragraph_at(document.text.len()), Some(document.paragraphs()));
        assert_eq!(document.paragraph_start(document.paragraphs() + 1), None);
    }
}
