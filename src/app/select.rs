//! The reader's selection: two ends, moved by words or sentences, grown by what the article is made of.

use unicode_segmentation::UnicodeSegmentation;

use crate::analysis::Analysis;
use crate::analysis::quotation::quotations_in;
use crate::document::Document;
use crate::text::{Offset, Span};

/// A stretch of the article between two places of the cursor; both ends stand inside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: Offset,
    /// Where the cursor is.
    pub head: Offset,
    pub unit: Unit,
}

/// What a selection is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Words,
    Sentences,
    /// Exactly from one end to the other; both are boundaries.
    Exact,
}

impl Selection {
    /// Returns a selection of exactly this stretch.
    pub fn exact(span: Span) -> Selection {
        Selection { anchor: span.start, head: span.end, unit: Unit::Exact }
    }

    /// Returns the words selected: whole words or sentences, whichever the unit says.
    pub fn span(&self, document: &Document) -> Span {
        let (first, last) = (self.anchor.min(self.head), self.anchor.max(self.head));
        match self.unit {
            Unit::Exact => Span::new(first, last),
            Unit::Words => word_at(document, first).join(word_at(document, last)),
            Unit::Sentences => {
                let at = |offset| document.sentence_at(offset).unwrap_or(Span::new(offset, offset));
                at(first).join(at(last))
            }
        }
    }

    /// Returns the next larger thing that covers the selection: quotation, sentence, position, paragraph.
    pub fn grown(&self, document: &Document, analysis: &Analysis) -> Selection {
        let span = self.span(document);
        let sentence = document.sentence_at(span.start);
        let block = document.blocks.get(document.block_at(span.start));
        let quotations = block.map_or_else(Vec::new, |block| quotations_in(document, block));
        let quotations = quotations.into_iter().map(|quotation| quotation.span);
        let positions = analysis.positions.iter().map(|position| position.extent());
        let candidates = quotations.chain(sentence).chain(positions).chain(block.map(|block| block.span));
        let larger = candidates.filter(|c| c.covers(span) && c.len() > span.len()).min_by_key(|c| c.len());
        larger.map_or(*self, Selection::exact)
    }
}

/// Returns the quotation at an offset, else the next one in its paragraph, with its marks.
pub fn quotation_at(document: &Document, offset: Offset) -> Option<Span> {
    let block = document.blocks.get(document.block_at(offset))?;
    quotations_in(document, block).iter().map(|quotation| quotation.span).find(|span| span.end > offset)
}

/// Returns the paragraph at an offset, without the marker of a list or a quotation.
pub fn paragraph_at(document: &Document, offset: Offset) -> Option<Span> {
    let block = document.block_at(offset);
    let span = document.blocks.get(block)?.span;
    Some(Span::new(document.marker(block).end, span.end)).filter(|span| !span.is_empty())
}

/// Returns the word at an offset; between words, the empty span there.
pub fn word_at(document: &Document, offset: Offset) -> Span {
    let line = line_around(&document.text, offset);
    for (at, word) in line.of(&document.text).split_word_bound_indices() {
        let span = Span::new(line.start + at, line.start + at + word.len());
        if span.contains(offset) {
            return if word.trim().is_empty() { Span::new(offset, offset) } else { span };
        }
    }
    Span::new(offset, offset)
}

/// Returns the start of the first word after an offset, or the end of the text.
pub fn next_word(text: &str, offset: Offset) -> Offset {
    words_from(text, offset).map(|word| word.start).find(|&start| start > offset).unwrap_or(text.len())
}

/// Returns the last character of the word that ends after an offset.
pub fn word_end(text: &str, offset: Offset) -> Offset {
    let last = |word: Span| word.start + word.of(text).grapheme_indices(true).next_back().map_or(0, |(at, _)| at);
    words_from(text, offset).map(last).find(|&end| end > offset).unwrap_or(offset)
}

/// Returns the start of the last word that begins before an offset, or the start of the text.
pub fn previous_word(text: &str, offset: Offset) -> Offset {
    let mut line = line_around(text, text.floor_char_boundary(offset.saturating_sub(1)));
    loop {
        let words = line.of(text).split_word_bound_indices().filter(|(_, word)| is_word(word));
        let mut starts = words.map(|(at, _)| line.start + at).filter(|&start| start < offset);
        if let Some(start) = starts.next_back() {
            return start;
        }
        if line.start == 0 {
            return 0;
        }
        line = line_around(text, line.start - 1);
    }
}

fn words_from(text: &str, offset: Offset) -> impl Iterator<Item = Span> {
    let start = line_around(text, offset).start;
    let words = text[start..].split_word_bound_indices().filter(|(_, word)| is_word(word));
    words.map(move |(at, word)| Span::new(start + at, start + at + word.len()))
}

fn is_word(piece: &str) -> bool {
    piece.chars().any(char::is_alphanumeric)
}

/// Words never cross a line of the text, and a line is all that need be read to find one.
fn line_around(text: &str, offset: Offset) -> Span {
    let offset = offset.min(text.len());
    let start = text[..offset].rfind('\n').map_or(0, |at| at + 1);
    let end = text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1);
    Span::new(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document::read("test.txt", text.as_bytes().to_vec(), None)
    }

    #[test]
    fn the_word_before_may_be_behind_a_character_of_several_bytes() {
        let text = "One fish.\n\n“Two”";
        assert_eq!(previous_word(text, text.find('T').unwrap()), 4);
        assert_eq!(previous_word(text, text.len()), text.find('T').unwrap());
    }

    #[test]
    fn words_are_whole() {
        let text = "She won’t go. He will.";
        let document = document(text);
        let selection = Selection { anchor: 5, head: 6, unit: Unit::Words };
        assert_eq!(selection.span(&document).of(text), "won’t");
        let backward = Selection { anchor: 6, head: 0, unit: Unit::Words };
        assert_eq!(backward.span(&document).of(text), "She won’t");
    }

    #[test]
    fn growing_takes_the_sentence_then_the_paragraph() {
        let text = "She won’t go. He will.\n\nNobody else.";
        let document = document(text);
        let word = Selection { anchor: 0, head: 0, unit: Unit::Words };
        let sentence = word.grown(&document, &Analysis::default());
        assert_eq!(sentence.span(&document).of(text), "She won’t go.");
        let paragraph = sentence.grown(&document, &Analysis::default());
        assert_eq!(paragraph.span(&document).of(text), "She won’t go. He will.");
        assert_eq!(paragraph.grown(&document, &Analysis::default()), paragraph);
    }

    #[test]
    fn growing_takes_the_quotation_when_it_is_next() {
        let text = "“We won’t go: we stay,” she said. “Why?” he asked.";
        let document = document(text);
        let grow = |selection: Selection| selection.grown(&document, &Analysis::default());
        let word =
            Selection { anchor: text.find("stay").unwrap(), head: text.find("stay").unwrap(), unit: Unit::Words };
        let quotation = grow(word);
        assert_eq!(quotation.span(&document).of(text), "“We won’t go: we stay,”");
        assert_eq!(grow(quotation).span(&document).of(text), "“We won’t go: we stay,” she said.");
        let why = Selection::exact(Span::new(text.find("Why").unwrap(), text.find("Why").unwrap() + 3));
        assert_eq!(grow(why).span(&document).of(text), "“Why?”");
    }

    #[test]
    fn a_quotation_is_taken_at_the_cursor_or_behind_it() {
        let text = "“Yes,” she said. “It was late,” Lee said, asked the time.\n\nNobody asked.";
        let document = document(text);
        let at = |words: &str| quotation_at(&document, text.find(words).unwrap()).map(|span| span.of(text));
        assert_eq!(at("Yes"), Some("“Yes,”"));
        assert_eq!(at("she"), Some("“It was late,”"));
        assert_eq!((at("asked the"), at("Nobody")), (None, None));
        let listed = Document::read("a.txt", b"- First item.\n- Second.".to_vec(), None);
        assert_eq!(paragraph_at(&listed, 0).map(|span| span.of(&listed.text)), Some("First item."));
    }

    #[test]
    fn word_moves_cross_lines() {
        let text = "One two.\n\nThree";
        assert_eq!(next_word(text, 0), 4);
        assert_eq!(next_word(text, 4), 10);
        assert_eq!(next_word(text, 10), text.len());
        assert_eq!(previous_word(text, 10), 4);
        assert_eq!(previous_word(text, 4), 0);
        assert_eq!(word_end(text, 0), 2);
        assert_eq!(word_end(text, 2), 6);
    }
}
