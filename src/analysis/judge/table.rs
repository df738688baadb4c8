//! Weights by the names of features, and what collects features: a sum while reading, names while learning.

/// A weight for each feature, found by a hash of its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table(Vec<(u64, f32)>);

impl Table {
    /// Makes a table of names and weights.
    pub fn new<N: AsRef<str>>(weights: impl IntoIterator<Item = (N, f32)>) -> Table {
        let hashed = weights.into_iter().map(|(name, weight)| (hash(START, name.as_ref()), weight));
        let mut all: Vec<(u64, f32)> = hashed.collect();
        all.sort_by_key(|(name, _)| *name);
        Table(all)
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the weight of a feature, 0 of an unknown one.
    pub fn weight(&self, name: &str) -> f32 {
        self.of(hash(START, name))
    }

    fn of(&self, name: u64) -> f32 {
        self.0.binary_search_by_key(&name, |(name, _)| *name).map_or(0.0, |at| self.0[at].1)
    }
}

/// What is told of each feature: its part and the words of its value, `rule` and `clause strong`.
pub trait Notice {
    fn add(&mut self, part: &str, value: &[&str]);
}

/// The sum of the weights of features.
pub struct Sum<'a> {
    table: &'a Table,
    pub total: f32,
}

impl Sum<'_> {
    pub fn of(table: &Table) -> Sum<'_> {
        Sum { table, total: 0.0 }
    }
}

impl Notice for Sum<'_> {
    fn add(&mut self, part: &str, value: &[&str]) {
        let named = hash(hash(START, part), "=");
        let spaced = |at: usize, state: u64| if at == 0 { state } else { hash(state, " ") };
        let name = value.iter().enumerate().fold(named, |state, (at, word)| hash(spaced(at, state), word));
        self.total += self.table.of(name);
    }
}

/// The names of features.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Names(pub Vec<String>);

impl Notice for Names {
    fn add(&mut self, part: &str, value: &[&str]) {
        self.0.push(format!("{part}={}", value.join(" ")));
    }
}

/// FNV-1a, which needs no memory and can go on where it stopped.
fn hash(state: u64, text: &str) -> u64 {
    text.bytes().fold(state, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

const START: u64 = 0xcbf2_9ce4_8422_2325;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_its_pieces_are_one_feature() {
        let table = Table::new([("a=b c", 2.0), ("a=", 1.0)]);
        let mut sum = Sum::of(&table);
        let mut names = Names::default();
        for value in [&["b", "c"][..], &[""], &[], &["b"]] {
            sum.add("a", value);
            names.add("a", value);
        }
        assert_eq!(sum.total, 4.0);
        assert_eq!(names.0, ["a=b c", "a=", "a=", "a=b"]);
        assert_eq!(names.0.iter().map(|name| table.weight(name)).sum::<f32>(), 4.0);
    }
}
