//! Tables of weights, read in place from the bytes of a model file.
//!
//! A feature is 32 bits of a hash. The lower ones name a place in a table of slots, the upper eight are its check, kept
//! in the slot: a feature that was never learned reads nothing instead of another feature's weights.

/// Adds up the weights of features: the learner and the finished tables both do.
pub trait Weights {
    /// Adds the weights of the features to the scores, one score a class.
    fn add(&self, features: &[u32], scores: &mut [f32]);
}

/// Weights of three classes, in the slot itself: `[check, a, b, c]`.
#[derive(Clone, Copy, Debug)]
pub struct Dense<'a> {
    pub slots: &'a [[u8; 4]],
}

/// Weights of many classes, most of them absent: a slot is `[check, offset in three bytes]`, and at the offset stand
/// the number of pairs and the pairs of class and weight.
#[derive(Clone, Copy, Debug)]
pub struct Sparse<'a> {
    pub slots: &'a [[u8; 4]],
    pub pairs: &'a [u8],
}

/// Returns the two slots in which a feature may stand, of an even number of slots, and its check.
#[inline]
pub fn place(feature: u32, slots: usize) -> ([usize; 2], u8) {
    let home = ((u64::from(feature & 0x00FF_FFFF) * slots as u64) >> 24) as usize;
    ([home, home ^ 1], (feature >> 24) as u8)
}

impl Weights for Dense<'_> {
    #[inline]
    fn add(&self, features: &[u32], scores: &mut [f32]) {
        let mut sums = [0i32; 3];
        for &feature in features {
            let (places, check) = place(feature, self.slots.len());
            for slot in places.map(|place| self.slots[place]) {
                if slot[0] == check {
                    for (sum, &weight) in sums.iter_mut().zip(&slot[1..]) {
                        *sum += i32::from(weight as i8);
                    }
                }
            }
        }
        for (score, sum) in scores.iter_mut().zip(sums) {
            *score += sum as f32;
        }
    }
}

impl Weights for Sparse<'_> {
    #[inline]
    fn add(&self, features: &[u32], scores: &mut [f32]) {
        for &feature in features {
            let (places, check) = place(feature, self.slots.len());
            for slot in places.map(|place| self.slots[place]) {
                if slot[0] == check {
                    let offset = u32::from_le_bytes([slot[1], slot[2], slot[3], 0]) as usize;
                    let length = 2 * usize::from(self.pairs[offset]);
                    for pair in self.pairs[offset + 1..offset + 1 + length].as_chunks::<2>().0 {
                        if let Some(score) = scores.get_mut(usize::from(pair[0])) {
                            *score += f32::from(pair[1] as i8);
                        }
                    }
                }
            }
        }
    }
}

/// Returns the index of the highest score; the first of several.
pub fn best(scores: &[f32]) -> usize {
    let mut best = 0;
    for (index, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = index;
        }
    }
    best
}
