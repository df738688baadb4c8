//! A part of a document as a document of its own: what is looked through first where the whole would take long.

use super::{Block, Document};
use crate::text::{Offset, Span};

impl Document {
    /// Returns the stretch of the blocks around an offset, about so many bytes of them. A quarter of them stands before
    /// the offset: who reads goes on.
    pub fn part_around(&self, around: Offset, bytes: usize) -> Span {
        self.blocks_around(around, bytes).0
    }

    /// Returns that part, and where in this document it begins.
    pub fn part(&self, around: Offset, bytes: usize) -> (Document, Offset) {
        let (part, blocks) = self.blocks_around(around, bytes);
        let start = part.start;
        let moved = |span: Span| Span::new(span.start - start, span.end - start);
        let styles = self.styles.iter().filter(|(span, _)| part.covers(*span));
        let mut metadata = self.metadata.clone();
        metadata.dateline = metadata.dateline.filter(|(_, span)| start == 0 && part.covers(*span));
        let document = Document {
            name: self.name.clone(),
            format: self.format,
            text: self.text.slice_ref(part.of(&self.text)),
            blocks: blocks.iter().map(|&Block { kind, span }| Block { kind, span: moved(span) }).collect(),
            styles: styles.map(|(span, style)| (moved(*span), style.clone())).collect(),
            metadata,
            ..Document::default()
        };
        (document, start)
    }

    fn blocks_around(&self, around: Offset, bytes: usize) -> (Span, &[Block]) {
        let from = self.block_at(around.saturating_sub(bytes / 4));
        let start = self.blocks.get(from).filter(|_| from > 0).map_or(0, |block| block.span.start);
        let upto = self.blocks.partition_point(|block| block.span.end <= start + bytes).max(from + 1);
        let blocks = &self.blocks[from..upto.min(self.blocks.len())];
        (Span::new(start, blocks.last().map_or(start, |block| block.span.end)), blocks)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_blocks_of_the_whole() {
        let text = "First paragraph.\n\nSecond *one* here.\n\n- An item.\n\nThe last.\n";
        let whole = Document::read("a.md", text.as_bytes().to_vec(), None);
        for (around, bytes) in (0..whole.text.len() + 9).flat_map(|around| [0, 1, 20, 40, 99].map(|b| (around, b))) {
            let (part, start) = whole.part(around, bytes);
            super::super::check_blocks(&part);
            assert!(whole.text[start..].starts_with(&*part.text) && !part.blocks.is_empty());
            for block in &part.blocks {
                let there =
                    Block { kind: block.kind, span: Span::new(block.span.start + start, block.span.end + start) };
                assert!(whole.blocks.contains(&there), "{around} {bytes} {block:?}");
            }
        }
        assert_eq!(whole.part(0, 1000).0.text, whole.text.trim_end());
        assert_eq!(Document::default().part(7, 7).0, Document::default());
    }
}
