//! Sums that the search has added up before, by what they were for.

use super::transition::Place;

/// What some features bring to the three transitions.
pub type Scores = [f32; 3];

/// What a list of features is made of, tokens and numbers of tokens: where two are the same, so are the features.
pub type Key = [Place; 7];

/// A small table of sums; a newer one takes the place of an older one, which is then added up again.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    /// Of each sum the sentence and the key.
    entries: Vec<(u32, Key, Scores)>,
    sentence: u32,
}

/// A power of two.
const ENTRIES: usize = 256;

impl Memo {
    /// Forgets everything: the next sums are another sentence's.
    pub fn forget(&mut self) {
        self.entries.resize(ENTRIES, (0, [0; 7], [0.0; 3]));
        self.sentence = self.sentence.checked_add(1).unwrap_or_else(|| {
            self.entries.fill((0, [0; 7], [0.0; 3]));
            1
        });
    }

    /// Returns the sum for a key, added up unless it is known.
    #[inline]
    pub fn sum(&mut self, key: Key, add: impl FnOnce() -> Scores) -> Scores {
        match self.entries.get_mut(place(key)) {
            Some((sentence, known, scores)) => {
                if *sentence != self.sentence || *known != key {
                    (*sentence, *known, *scores) = (self.sentence, key, add());
                }
                *scores
            }
            None => add(),
        }
    }
}

/// Returns where the sum for a key stands.
#[inline]
fn place(key: Key) -> usize {
    const FACTORS: Key = [0x9E37_79B1, 0x85EB_CA77, 0xC2B2_AE3D, 0x27D4_EB2F, 0x1656_67B1, 0x7FEB_352D, 0x846C_A68B];
    let mixed = key.iter().zip(FACTORS).fold(0, |mixed: u32, (&part, factor)| mixed ^ part.wrapping_mul(factor));
    (mixed >> 16) as usize % ENTRIES
}
