//! The numbers of the paragraphs, as the reader sees them beside the text: ¶1, ¶2, …

use super::{BlockKind, Document};
use crate::text::Offset;

impl Document {
    /// Returns the number of the paragraph at an offset, counted from 1: that of its block, or of the last paragraph
    /// before it when the block is a heading, a credit or a rule. `None` before the first paragraph.
    pub fn paragraph_at(&self, offset: Offset) -> Option<usize> {
        self.paragraph_of(self.block_at(offset))
    }

    /// Returns the number of the paragraph that a block is or follows, counted from 1.
    pub fn paragraph_of(&self, block: usize) -> Option<usize> {
        self.numbers().get(block).map(|&number| number as usize).filter(|&number| number > 0)
    }

    /// Returns where the paragraph of a number starts, counted from 1.
    pub fn paragraph_start(&self, number: usize) -> Option<Offset> {
        let block = self.numbers().partition_point(|&n| (n as usize) < number);
        self.blocks.get(block).filter(|_| number > 0).map(|block| block.span.start)
    }

    /// Returns how many paragraphs there are.
    pub fn paragraphs(&self) -> usize {
        self.numbers().last().map_or(0, |&number| number as usize)
    }

    /// For each block, the number of the paragraph that it is or follows; counted on first use.
    fn numbers(&self) -> &[u32] {
        self.numbers.get_or_init(|| {
            let mut number = 0;
            let mut end = None;
            let counted = self.blocks.iter().map(|block| {
                // The pieces of one long block are one paragraph.
                let goes_on = end == Some(block.span.start);
                end = Some(block.span.end);
                number += u32::from(is_paragraph(block.kind) && !goes_on);
                number
            });
            counted.collect()
        })
    }
}

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
}
