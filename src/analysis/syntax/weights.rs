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

/// Weights of many classes, most of them absent: a slot is `[check, offset in three bytes]`, and at the offset stands a
/// row: its length, then so many pairs of class and weight; or [`FULL`] and its length, then a weight for each class.
#[derive(Clone, Copy, Debug)]
pub struct Sparse<'a> {
    pub slots: &'a [[u8; 4]],
    pub rows: &'a [u8],
}

/// Returns the two slots in which a feature may stand, of an even number of slots, and its check.
#[inline]
pub fn place(feature: u32, slots: usize) -> ([usize; 2], u8) {
    let home = ((u64::from(feature & 0x00FF_FFFF) * slots as u64) >> 24) as usize;
    ([home, home ^ 1], (feature >> 24) as u8)
}

/// Returns the two slots in which a feature may stand, of an even number of slots, and its check.
#[inline]
fn find(pairs: &[[[u8; 4]; 2]], feature: u32) -> ([[u8; 4]; 2], u8) {
    let place = u64::from(feature & 0x00FF_FFFF).wrapping_mul(pairs.len() as u64) >> 24;
    (pairs[place as usize], (feature >> 24) as u8)
}

/// Whether a feature is known cannot be foretold, and a wrong guess costs more than the whole sum: so both tables add
/// without asking.
impl Weights for Dense<'_> {
    #[inline]
    fn add(&self, features: &[u32], scores: &mut [f32]) {
        let slots = self.slots.as_chunks::<2>().0;
        for features in features.chunks(Lanes::MOST) {
            let mut lanes = Lanes::default();
            for &feature in features {
                let (pair, check) = find(slots, feature);
                lanes.add(pair, check);
            }
            for (score, sum) in scores.iter_mut().zip(lanes.sums()) {
                *score += sum as f32;
            }
        }
    }
}

/// Sums of the weights of two slots at once, four to a number: each in sixteen bits, with 128 added so that none is
/// negative.
#[derive(Default)]
struct Lanes {
    /// The second weight of each slot, and its check, which is not used.
    even: u64,
    /// The first and the third weight of each slot.
    odd: u64,
    /// How many slots were added, first ones and second ones.
    known: u64,
}

impl Lanes {
    /// Sixteen bits hold so many sums of weights.
    const MOST: usize = 256;
    const EVERY_OTHER: u64 = 0x00FF_00FF_00FF_00FF;
    const FIRST_OF_EACH: u64 = 0x0000_00FF_0000_00FF;
    const BIAS: u64 = 0x8080_8000_8080_8000;

    /// Adds those of two slots that have the check.
    #[inline]
    fn add(&mut self, [[p, a, b, c], [q, d, e, f]]: [[u8; 4]; 2], check: u8) {
        let pair = u64::from_le_bytes([p, a, b, c, q, d, e, f]);
        let differs = (pair ^ (u64::from(check) << 32 | u64::from(check))) & Self::FIRST_OF_EACH;
        // A difference carries into the ninth bit of its half, so that bit is 0 where the check is right …
        let same = (!differs.wrapping_add(Self::FIRST_OF_EACH) >> 8) & 0x0000_0001_0000_0001;
        // … and 1 becomes a half full of ones.
        let mask = (same << 32).wrapping_sub(same);
        let weights = (pair ^ Self::BIAS) & mask;
        self.even = self.even.wrapping_add(weights & Self::EVERY_OTHER);
        self.odd = self.odd.wrapping_add(weights >> 8 & Self::EVERY_OTHER);
        self.known = self.known.wrapping_add(same);
    }

    fn sums(&self) -> [i32; 3] {
        let lane = |lanes: u64, index: u32| (lanes >> (16 * index) & 0xFFFF) as i32;
        let bias = 128 * (self.known as u32 as i32 + (self.known >> 32) as i32);
        [
            lane(self.odd, 0) + lane(self.odd, 2) - bias,
            lane(self.even, 1) + lane(self.even, 3) - bias,
            lane(self.odd, 1) + lane(self.odd, 3) - bias,
        ]
    }
}

impl Weights for Sparse<'_> {
    #[inline]
    fn add(&self, features: &[u32], scores: &mut [f32]) {
        let slots = self.slots.as_chunks::<2>().0;
        for features in features.chunks(SOME) {
            let mut found = [0u32; 2 * SOME];
            let mut count = 0;
            for &feature in features {
                let (pair, check) = find(slots, feature);
                for [own, low, middle, high] in pair {
                    found[count % (2 * SOME)] = u32::from_le_bytes([low, middle, high, 0]);
                    count += usize::from(own == check);
                }
            }
            let mut sums = [0i16; CLASSES];
            for &offset in &found[..count] {
                self.add_row(offset as usize, &mut sums);
            }
            for (score, sum) in scores.iter_mut().zip(sums) {
                *score += f32::from(sum);
            }
        }
    }
}

impl Sparse<'_> {
    /// Adds the weights of one feature.
    #[inline]
    fn add_row(&self, offset: usize, sums: &mut [i16; CLASSES]) {
        let (&length, row) = self.rows[offset..].split_first().unwrap_or((&0, &[]));
        if length >= FULL {
            let weights = &row[..usize::from(length - FULL).min(CLASSES)];
            for (sum, &weight) in sums.iter_mut().zip(weights) {
                *sum = sum.wrapping_add(i16::from(weight as i8));
            }
        } else {
            for &[class, weight] in row[..2 * usize::from(length)].as_chunks::<2>().0 {
                let sum = &mut sums[usize::from(class) % CLASSES];
                *sum = sum.wrapping_add(i16::from(weight as i8));
            }
        }
    }
}

/// Room for the classes of any table, a power of two.
const CLASSES: usize = 64;

/// How many features are looked up before the weights of those that are known are added; sixteen bits hold the sums of
/// so many.
const SOME: usize = 64;

/// A row's length from here on is that of a full row.
pub const FULL: u8 = 128;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn slot() -> impl Strategy<Value = [u8; 4]> {
        (0..4u8, any::<[i8; 3]>()).prop_map(|(check, weights)| {
            let [a, b, c] = weights.map(|weight| weight as u8);
            [check, a, b, c]
        })
    }

    proptest! {
        #[test]
        fn lanes_add_what_has_the_check(slots in prop::collection::vec((slot(), slot()), 0..256), check in 0..4u8) {
            let mut lanes = Lanes::default();
            let mut sums = [0; 3];
            for (first, second) in slots {
                lanes.add([first, second], check);
                for slot in [first, second].into_iter().filter(|slot| slot[0] == check) {
                    (0..3).for_each(|class| sums[class] += i32::from(slot[class + 1] as i8));
                }
            }
            prop_assert_eq!(lanes.sums(), sums);
        }
    }

    #[test]
    fn a_sparse_row_is_added_class_by_class() {
        // One pair of slots: the row of the first is full and gives the first two classes one and minus one; that of
        // the second gives class 3 five and class 9 minus two.
        let table = Sparse { slots: &[[8, 6, 0, 0], [7, 1, 0, 0]], rows: &[0, 2, 3, 5, 9, 254, 130, 1, 255] };
        let mut scores = [0.0; 10];
        table.add(&[7 << 24, 6 << 24, 8 << 24, 7 << 24], &mut scores);
        assert_eq!(scores, [1.0, -1.0, 0.0, 10.0, 0.0, 0.0, 0.0, 0.0, 0.0, -4.0]);
    }
}
