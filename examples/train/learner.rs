//! The averaged perceptron: weights that grow by mistakes, and the tables they are packed into.

use std::collections::HashMap;

use demarche::analysis::syntax::weights::{FULL, Weights, place};

/// Weights of features while they are learned: one row a feature, made at its first update.
pub struct Learner {
    classes: usize,
    /// Open addressing: the feature and its row.
    index: Vec<(u32, u32)>,
    features: Vec<u32>,
    weights: Vec<f32>,
    /// What to take off the weights, divided by the steps, for their average over all steps.
    totals: Vec<f32>,
    step: f32,
    /// No new features: the rows are those that were chosen.
    frozen: bool,
}

/// A feature with its averaged weights.
pub type Row = (u32, Vec<f32>);

const EMPTY: u32 = u32::MAX;

impl Learner {
    pub fn new(classes: usize) -> Learner {
        let index = vec![(0, EMPTY); 1 << 16];
        Learner { classes, index, features: vec![], weights: vec![], totals: vec![], step: 1.0, frozen: false }
    }

    /// A learner that knows these features alone.
    pub fn of_features(classes: usize, features: impl Iterator<Item = u32>) -> Learner {
        let mut learner = Learner::new(classes);
        for feature in features {
            learner.add_row(feature);
        }
        learner.frozen = true;
        learner
    }

    pub fn next_step(&mut self) {
        self.step += 1.0;
    }

    pub fn update(&mut self, features: &[u32], class: usize, change: f32) {
        for &feature in features {
            let row = match self.find(feature) {
                Some(row) => row,
                None if self.frozen => continue,
                None => self.add_row(feature),
            };
            let at = row * self.classes + class;
            self.weights[at] += change;
            self.totals[at] += change * self.step;
        }
    }

    /// Returns the learner with the averages of its weights, to be used and not taught further.
    pub fn averaged(mut self) -> Learner {
        for (weight, total) in self.weights.iter_mut().zip(&mut self.totals) {
            *weight -= std::mem::take(total) / self.step;
        }
        self
    }

    /// Returns the features with their averaged weights, the weightiest first.
    pub fn rows(&self) -> Vec<Row> {
        let average = |at: usize| self.weights[at] - self.totals[at] / self.step;
        let row = |row: usize| (row * self.classes..(row + 1) * self.classes).map(average).collect();
        let mut rows: Vec<Row> = self.features.iter().enumerate().map(|(at, &feature)| (feature, row(at))).collect();
        let weight = |row: &Row| row.1.iter().map(|w| w.abs()).sum::<f32>();
        rows.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then(a.0.cmp(&b.0)));
        rows
    }

    #[inline]
    fn find(&self, feature: u32) -> Option<usize> {
        let mask = self.index.len() - 1;
        let mut at = (feature.wrapping_mul(0x9E37_79B1) >> 4) as usize & mask;
        loop {
            let (key, row) = self.index[at];
            if row == EMPTY {
                return None;
            }
            if key == feature {
                return Some(row as usize);
            }
            at = (at + 1) & mask;
        }
    }

    fn add_row(&mut self, feature: u32) -> usize {
        if self.features.len() * 2 >= self.index.len() {
            self.index = vec![(0, EMPTY); self.index.len() * 2];
            for row in 0..self.features.len() {
                self.enter(self.features[row], row);
            }
        }
        let row = self.features.len();
        self.features.push(feature);
        self.weights.resize(self.weights.len() + self.classes, 0.0);
        self.totals.resize(self.totals.len() + self.classes, 0.0);
        self.enter(feature, row);
        row
    }

    fn enter(&mut self, feature: u32, row: usize) {
        let mask = self.index.len() - 1;
        let mut at = (feature.wrapping_mul(0x9E37_79B1) >> 4) as usize & mask;
        while self.index[at].1 != EMPTY {
            at = (at + 1) & mask;
        }
        self.index[at] = (feature, row as u32);
    }
}

impl Weights for Learner {
    fn add(&self, features: &[u32], scores: &mut [f32]) {
        for &feature in features {
            if let Some(row) = self.find(feature) {
                let row = &self.weights[row * self.classes..(row + 1) * self.classes];
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += weight;
                }
            }
        }
    }
}

/// Packs weights of three classes into slots, the weightiest features first; what finds no place is left out.
pub fn pack_dense(rows: &[Row], slots: usize) -> Vec<[u8; 4]> {
    let scale = scale(rows);
    let mut table = vec![[0u8; 4]; slots];
    let mut taken = vec![false; slots];
    for (feature, weights) in rows {
        let (places, check) = place(*feature, slots);
        let Some(free) = places.into_iter().find(|&place| !taken[place]) else { continue };
        let [a, b, c] = [0, 1, 2].map(|class| quantise(weights[class], scale) as u8);
        if [a, b, c] != [0; 3] {
            table[free] = [check, a, b, c];
            taken[free] = true;
        }
    }
    table
}

/// Packs weights of many classes, the weightiest features first, into slots and so many bytes of rows.
pub fn pack_sparse(rows: &[Row], slots: usize, room: usize) -> (Vec<[u8; 4]>, Vec<u8>) {
    let scale = scale(rows);
    let mut table = vec![[0u8; 4]; slots];
    let mut packed = vec![0];
    let mut known: HashMap<Vec<u8>, u32> = HashMap::new();
    for (feature, weights) in rows {
        let (places, check) = place(*feature, slots);
        let Some(free) = places.into_iter().find(|&place| table[place] == [0; 4]) else { continue };
        let bytes = pack_row(weights, scale);
        let is_known = known.contains_key(&bytes);
        if bytes.len() == 1 || !is_known && packed.len() + bytes.len() > room {
            continue;
        }
        let offset = *known.entry(bytes).or_insert_with_key(|bytes| {
            packed.extend(bytes);
            (packed.len() - bytes.len()) as u32
        });
        let [a, b, c, _] = offset.to_le_bytes();
        table[free] = [check, a, b, c];
    }
    (table, packed)
}

/// Packs a row as pairs, or in full when there are many.
fn pack_row(weights: &[f32], scale: f32) -> Vec<u8> {
    let kept = |(class, &weight): (usize, &f32)| {
        let weight = quantise(weight, scale);
        (weight.abs() >= LEAST).then_some([class as u8, weight as u8])
    };
    let pairs: Vec<[u8; 2]> = weights.iter().enumerate().filter_map(kept).collect();
    let mut bytes = vec![pairs.len() as u8];
    if pairs.len() < MANY {
        bytes.extend(pairs.as_flattened());
    } else {
        bytes[0] = FULL + weights.len() as u8;
        bytes.resize(1 + weights.len(), 0);
        pairs.iter().for_each(|&[class, weight]| bytes[1 + usize::from(class)] = weight);
    }
    bytes
}

/// So many pairs are added more slowly than a full row, which takes a little more room.
const MANY: usize = 15;

/// The smallest weight, of 127, that is kept in a pair.
const LEAST: i8 = 2;

/// What makes the largest weight 127: cutting large weights short would destroy the model.
fn scale(rows: &[Row]) -> f32 {
    127.0 / rows.iter().flat_map(|row| &row.1).fold(1e-6f32, |most, weight| most.max(weight.abs()))
}

fn quantise(weight: f32, scale: f32) -> i8 {
    (weight * scale).round() as i8
}
