//! The language model: the weights of the tagger, the parser and the labeller, embedded and unpacked on first use.
//!
//! The file is one LZ4 block behind its unpacked size. Inside are sixteen letters that name the format, then nine
//! numbers of four bytes, low byte first: how many tags and relations it knows, and the sizes of the seven tables that
//! follow. `examples/train` writes it.

use std::sync::LazyLock;

use super::certain::{CertainRelations, CertainTags};
use super::relation::Relation;
use super::tag::Tag;
use super::weights::{Dense, Sparse};

/// The weights of a language, borrowed from the bytes of a model file.
#[derive(Clone, Copy, Debug)]
pub struct Model<'a> {
    pub tags: Sparse<'a>,
    pub transitions: Dense<'a>,
    pub relations: Sparse<'a>,
    pub certain_tags: CertainTags<'a>,
    pub certain_relations: CertainRelations<'a>,
}

/// The model that comes with the program.
pub static ENGLISH: LazyLock<Model<'static>> =
    LazyLock::new(|| Model::open(&UNPACKED).expect("a test opens the model that is embedded"));

static UNPACKED: LazyLock<Vec<u8>> = LazyLock::new(|| unpack(PACKED).unwrap_or_default());
const PACKED: &[u8] = include_bytes!("../../../assets/english.model");

/// The largest model there may be, unpacked: a wrong size in a file is not believed.
const LARGEST: usize = 16 << 20;

/// Returns the bytes of a model from those of its file; `None` when they are not one.
pub fn unpack(file: &[u8]) -> Option<Vec<u8>> {
    let (size, block) = lz4_flex::block::uncompressed_size(file).ok()?;
    if size > LARGEST {
        return None;
    }
    lz4_flex::block::decompress(block, size).ok().filter(|bytes| bytes.len() == size)
}

/// The format's name and its version.
const FORMAT: &[u8; 16] = b"demarche-model/2";
const HEADER: usize = 64;

impl<'a> Model<'a> {
    /// Borrows a model from a file's bytes; `None` when they are not one, or not of this version.
    pub const fn open(bytes: &'a [u8]) -> Option<Model<'a>> {
        let Some((header, rest)) = bytes.split_at_checked(HEADER) else { return None };
        let mut at = 0;
        while at < FORMAT.len() {
            if header[at] != FORMAT[at] {
                return None;
            }
            at += 1;
        }
        if number(header, 0) != Tag::ALL.len() || number(header, 1) != Relation::ALL.len() {
            return None;
        }
        let (tag_slots, rest) = take_slots::<4>(rest, number(header, 2));
        let (transitions, rest) = take_slots::<4>(rest, number(header, 3));
        let (relation_slots, rest) = take_slots::<4>(rest, number(header, 4));
        let (certain_words, rest) = take_slots::<4>(rest, number(header, 5));
        let Some((certain_arcs, rest)) = rest.split_at_checked(number(header, 6)) else { return None };
        let Some((tag_rows, relation_rows)) = rest.split_at_checked(number(header, 7)) else { return None };
        // Slots go by twos; a table without any would have no place to look.
        let slots = [tag_slots.len(), transitions.len(), relation_slots.len()];
        if slots[0] < 2 || slots[1] < 2 || slots[2] < 2 || (slots[0] | slots[1] | slots[2]) % 2 == 1 {
            return None;
        }
        if relation_rows.len() != number(header, 8) {
            return None;
        }
        Some(Model {
            tags: Sparse { slots: tag_slots, rows: tag_rows },
            transitions: Dense { slots: transitions },
            relations: Sparse { slots: relation_slots, rows: relation_rows },
            certain_tags: CertainTags { slots: certain_words },
            certain_relations: CertainRelations { arcs: certain_arcs },
        })
    }

    /// Returns the bytes of the model's file.
    pub fn pack(&self) -> Vec<u8> {
        lz4_flex::block::compress_prepend_size(&self.to_bytes())
    }

    fn to_bytes(self) -> Vec<u8> {
        let numbers = [
            Tag::ALL.len(),
            Relation::ALL.len(),
            self.tags.slots.len(),
            self.transitions.slots.len(),
            self.relations.slots.len(),
            self.certain_tags.slots.len(),
            self.certain_relations.arcs.len(),
            self.tags.rows.len(),
            self.relations.rows.len(),
        ];
        let mut bytes = FORMAT.to_vec();
        bytes.extend(numbers.iter().flat_map(|&number| (number as u32).to_le_bytes()));
        bytes.resize(HEADER, 0);
        bytes.extend(self.tags.slots.as_flattened());
        bytes.extend(self.transitions.slots.as_flattened());
        bytes.extend(self.relations.slots.as_flattened());
        bytes.extend(self.certain_tags.slots.as_flattened());
        bytes.extend(self.certain_relations.arcs);
        bytes.extend(self.tags.rows);
        bytes.extend(self.relations.rows);
        bytes
    }
}

/// Returns one of the header's numbers.
const fn number(header: &[u8], index: usize) -> usize {
    let at = FORMAT.len() + 4 * index;
    u32::from_le_bytes([header[at], header[at + 1], header[at + 2], header[at + 3]]) as usize
}

/// Cuts slots from the front of the bytes; fewer when the bytes end.
const fn take_slots<const SIZE: usize>(bytes: &[u8], count: usize) -> (&[[u8; SIZE]], &[u8]) {
    match bytes.split_at_checked(SIZE * count) {
        Some((slots, rest)) => (slots.as_chunks::<SIZE>().0, rest),
        None => (&[], bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::syntax::weights::FULL;

    #[test]
    fn a_model_is_written_as_it_was_read() {
        assert!(ENGLISH.to_bytes() == *UNPACKED);
        assert!(unpack(&ENGLISH.pack()).unwrap() == *UNPACKED);
        assert!(UNPACKED.len() <= 6 << 20, "the model takes {} bytes", UNPACKED.len());
    }

    #[test]
    fn every_slot_points_to_its_row() {
        for table in [ENGLISH.tags, ENGLISH.relations] {
            for slot in table.slots {
                let offset = u32::from_le_bytes([slot[1], slot[2], slot[3], 0]) as usize;
                let length = table.rows[offset];
                let bytes = if length >= FULL { length - FULL } else { 2 * length };
                assert!(offset + usize::from(bytes) < table.rows.len());
            }
        }
    }

    #[test]
    fn other_bytes_are_no_model() {
        let bytes = ENGLISH.to_bytes();
        assert!(Model::open(&bytes).is_some());
        assert!(Model::open(&bytes[..bytes.len() - 1]).is_none());
        assert!(Model::open(&bytes[..40]).is_none());
        assert!(Model::open(b"").is_none());
        assert!(unpack(b"").is_none());
        assert!(unpack(&[255; 40]).is_none());
        assert!(unpack(&PACKED[..PACKED.len() / 2]).is_none());
        assert!(Model::open(&[b"X", &bytes[1..]].concat()).is_none());
    }
}
