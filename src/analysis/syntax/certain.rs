//! What needs no weighing: words that have one part of speech, arcs that have one relation, whatever stands around them.

use super::relation::Relation;
use super::search::Sentence;
use super::tag::Tag;
use super::transition::Place;
use super::word::Word;

/// The words that had one tag wherever they stood in the treebanks: "the", "of", a comma.
///
/// A slot is `[tag + 1, check in three bytes]`; a word stands in one of two slots, as a feature does.
#[derive(Clone, Copy, Debug)]
pub struct CertainTags<'a> {
    pub slots: &'a [[u8; 4]],
}

impl CertainTags<'_> {
    /// Knows no word.
    pub const NONE: CertainTags<'static> = CertainTags { slots: &[] };

    #[inline]
    pub fn tag(&self, word: &Word) -> Option<Tag> {
        let slots = self.slots.as_chunks::<2>().0;
        let (home, check) = place(word, slots.len());
        let found = slots.get(home)?.iter().find(|slot| slot[0] > 0 && slot[1..] == check)?;
        Some(Tag::of_index(usize::from(found[0]) - 1))
    }
}

/// Returns the pair of slots in which a word may stand, of so many pairs, and its check.
pub fn place(word: &Word, pairs: usize) -> (usize, [u8; 3]) {
    let [a, b, c, ..] = word.form.to_le_bytes();
    (((word.form >> 32).wrapping_mul(pairs as u64) >> 32) as usize, [a, b, c])
}

/// The relations that arcs had wherever they stood in the treebanks: a determiner before its noun.
///
/// There is a byte for each kind of arc: its relation, or [`UNCERTAIN`].
#[derive(Clone, Copy, Debug)]
pub struct CertainRelations<'a> {
    pub arcs: &'a [u8],
}

pub const UNCERTAIN: u8 = 255;

impl CertainRelations<'_> {
    /// Knows no arc.
    pub const NONE: CertainRelations<'static> = CertainRelations { arcs: &[] };

    #[inline]
    pub fn relation(&self, sentence: &Sentence, token: Place, head: Place) -> Option<Relation> {
        let relation = *self.arcs.get(kind_of_arc(sentence, token, head))?;
        (relation != UNCERTAIN).then(|| Relation::of_index(usize::from(relation)))
    }
}

/// The parts of speech, titles before names, and the root.
const ENDS: usize = Tag::ALL.len() + 2;
pub const KINDS_OF_ARCS: usize = 2 * ENDS * ENDS;

/// Returns the kind of an arc: both parts of speech, and the side.
pub fn kind_of_arc(sentence: &Sentence, token: Place, head: Place) -> usize {
    (sentence.index_of_tag(token) * ENDS + sentence.index_of_tag(head)) * 2 + usize::from(token < head)
}
