//! Approximate matching: the edit distance by bit-parallel Myers, the best place of a pattern, an alignment.
//!
//! The distance is Levenshtein's over characters. Columns of the matrix are kept as bits, 64 rows to a word, in
//! blocks (Myers 1999, with the carries of Hyyrö 2003), so a step costs one word operation for 64 characters.

use std::collections::HashMap;

/// Where a pattern fits a text best, in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fit {
    pub start: usize,
    pub end: usize,
    pub errors: usize,
}

/// Returns the number of insertions, deletions and substitutions from one to the other.
pub fn distance(a: &[char], b: &[char]) -> usize {
    Rows::of(a.iter()).last_row(b.iter(), Start::Here).last().copied().unwrap_or(a.len())
}

/// Returns how alike two texts are: 1 for equal, 0 for nothing in common.
pub fn similarity(a: &[char], b: &[char]) -> f64 {
    match a.len().max(b.len()) {
        0 => 1.0,
        longer => 1.0 - distance(a, b) as f64 / longer as f64,
    }
}

/// Characters to be looked for in many texts.
pub struct Pattern {
    forwards: Rows,
    backwards: Rows,
}

impl Pattern {
    pub fn new(characters: &[char]) -> Pattern {
        Pattern { forwards: Rows::of(characters.iter()), backwards: Rows::of(characters.iter().rev()) }
    }

    pub fn len(&self) -> usize {
        self.forwards.height
    }

    /// Returns the stretch of the text with the fewest errors; of equals the first.
    pub fn best_fit(&self, text: &[char]) -> Fit {
        let scores = self.forwards.last_row(text.iter(), Start::Anywhere);
        let best = scores.iter().enumerate().min_by_key(|&(_, &score)| score);
        let Some((last, &errors)) = best.filter(|&(_, &errors)| errors < self.len()) else {
            return Fit { start: 0, end: 0, errors: self.len() };
        };
        let end = last + 1;
        // Backwards from the end, the start is where the same number of errors is reached; the length nearest to the
        // pattern's is the most natural of several.
        let backwards = self.backwards.last_row(text[..end].iter().rev().take(2 * self.len()), Start::Here);
        let lengths = backwards.iter().enumerate().map(|(at, &score)| (score, (at + 1).abs_diff(self.len()), at + 1));
        let length = lengths.min().map_or(0, |(_, _, length)| length);
        Fit { start: end - length, end, errors }
    }
}

/// Where each character of the first text went in the second.
pub struct Alignment {
    /// For each character the place before and after what it became; equal when it was deleted.
    places: Vec<(usize, usize)>,
    /// Whether each character is still the same.
    kept: Vec<bool>,
}

/// More cells than this are not aligned: 16 MB of memory, some thirty long sentences.
const MOST_CELLS: usize = 1 << 24;

impl Alignment {
    /// Returns an alignment with the fewest edits, `None` when the texts are too long for one.
    pub fn of(a: &[char], b: &[char]) -> Option<Alignment> {
        let width = b.len() + 1;
        let cells = (a.len() + 1).checked_mul(width).filter(|&cells| cells <= MOST_CELLS)?;
        let mut steps = vec![Step::Both; cells];
        let mut above: Vec<u32> = (0..width as u32).collect();
        let mut row = vec![0; width];
        for (i, from) in a.iter().enumerate() {
            row[0] = i as u32 + 1;
            for (j, to) in b.iter().enumerate() {
                let both = above[j] + u32::from(from != to);
                let (cost, step) =
                    (both, Step::Both).min((above[j + 1] + 1, Step::Delete)).min((row[j] + 1, Step::Insert));
                row[j + 1] = cost;
                steps[(i + 1) * width + j + 1] = step;
            }
            std::mem::swap(&mut above, &mut row);
        }
        let places = trace(&steps, a.len(), b.len());
        let kept = places.iter().zip(a).map(|(&(from, to), character)| from < to && b[from] == *character).collect();
        Some(Alignment { places, kept })
    }

    /// Returns the range in the second text of a range that is not empty in the first: from the first character
    /// that is still there to the last; empty when none is.
    pub fn range(&self, start: usize, end: usize) -> (usize, usize) {
        let mut kept = (start..end).filter(|&at| self.kept[at]);
        match (kept.next(), kept.next_back()) {
            (Some(first), last) => (self.places[first].0, self.places[last.unwrap_or(first)].1),
            (None, _) => (self.places[start].0, self.places[start].0),
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Both,
    Delete,
    Insert,
}

fn trace(steps: &[Step], rows: usize, columns: usize) -> Vec<(usize, usize)> {
    let mut places = vec![(0, 0); rows];
    let (mut i, mut j) = (rows, columns);
    while i > 0 {
        let step = if j == 0 { Step::Delete } else { steps[i * (columns + 1) + j] };
        if step != Step::Insert {
            i -= 1;
            places[i].1 = j;
        }
        if step != Step::Delete {
            j -= 1;
        }
        if step != Step::Insert {
            places[i].0 = j;
        }
    }
    places
}

/// Whether a pattern must begin where the text begins.
#[derive(Clone, Copy, PartialEq)]
enum Start {
    Here,
    Anywhere,
}

/// The pattern's rows as bits: for each character the rows that hold it.
struct Rows {
    /// One after the other for each of the 128 characters of ASCII, which are most of any text.
    ascii: Vec<u64>,
    others: HashMap<char, Vec<u64>>,
    none: Vec<u64>,
    height: usize,
}

impl Rows {
    fn of<'a>(pattern: impl ExactSizeIterator<Item = &'a char>) -> Rows {
        let height = pattern.len();
        let none = vec![0; height.div_ceil(64)];
        let (mut ascii, mut others) = (vec![0; 128 * none.len()], HashMap::new());
        for (row, &character) in pattern.enumerate() {
            let (block, bit) = (row / 64, 1 << (row % 64));
            if character.is_ascii() {
                ascii[character as usize * none.len() + block] |= bit;
            } else {
                others.entry(character).or_insert_with(|| none.clone())[block] |= bit;
            }
        }
        Rows { ascii, others, none, height }
    }

    fn with(&self, character: char) -> &[u64] {
        let blocks = self.none.len();
        match character.is_ascii() {
            true => &self.ascii[character as usize * blocks..][..blocks],
            false => self.others.get(&character).unwrap_or(&self.none),
        }
    }

    /// Returns the distance of the whole pattern after each character of the text.
    fn last_row<'a>(&self, text: impl Iterator<Item = &'a char>, start: Start) -> Vec<usize> {
        let mut columns = vec![Column::FIRST; self.none.len()];
        let last = 1 << (self.height.wrapping_sub(1) % 64);
        let mut score = self.height as isize;
        let mut scores = Vec::with_capacity(text.size_hint().0);
        for &character in text {
            let rows = self.with(character);
            let mut carry = if start == Start::Here { 1 } else { 0 };
            let bottom = columns.len().saturating_sub(1);
            for (block, column) in columns.iter_mut().enumerate() {
                carry = column.step(rows[block], carry, if block == bottom { last } else { 1 << 63 });
            }
            score += carry;
            scores.push(score as usize);
        }
        scores
    }
}

/// 64 rows of one column: where the distance rises and where it falls from a row to the next.
#[derive(Clone, Copy)]
struct Column {
    rises: u64,
    falls: u64,
}

impl Column {
    const FIRST: Column = Column { rises: !0, falls: 0 };

    /// Moves to the next column; takes and returns the horizontal difference above and at the row of `last`.
    fn step(&mut self, equal: u64, carry: isize, last: u64) -> isize {
        let vertical = equal | self.falls;
        let equal = equal | u64::from(carry < 0);
        let horizontal = ((equal & self.rises).wrapping_add(self.rises) ^ self.rises) | equal;
        let rises = self.falls | !(horizontal | self.rises);
        let falls = self.rises & horizontal;
        let out = isize::from(rises & last != 0) - isize::from(falls & last != 0);
        let rises = rises << 1 | u64::from(carry > 0);
        let falls = falls << 1 | u64::from(carry < 0);
        self.rises = falls | !(vertical | rises);
        self.falls = rises & vertical;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn naive(a: &[char], b: &[char]) -> Vec<Vec<usize>> {
        let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
        for i in 0..=a.len() {
            for j in 0..=b.len() {
                table[i][j] = match (i, j) {
                    (0, j) => j,
                    (i, 0) => i,
                    _ => (table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]))
                        .min(table[i - 1][j] + 1)
                        .min(table[i][j - 1] + 1),
                };
            }
        }
        table
    }

    fn characters(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    fn best_fit(pattern: &str, text: &str) -> Fit {
        Pattern::new(&characters(pattern)).best_fit(&characters(text))
    }

    #[test]
    fn a_pattern_is_found_with_its_errors() {
        let fit = best_fit("refuse to sign", "They now refused to sign it.");
        assert_eq!(fit, Fit { start: 9, end: 24, errors: 1 });
        assert_eq!(best_fit("abc", "xyz").errors, 3);
    }

    #[test]
    fn an_alignment_follows_the_words() {
        let (a, b) = (characters("a ban on arms sales"), characters("a full ban on all arms exports"));
        let (start, end) = Alignment::of(&a, &b).unwrap().range(9, 13);
        assert_eq!(b[start..end].iter().collect::<String>(), "arms");
    }

    proptest! {
        #[test]
        fn myers_counts_what_the_table_counts(a in "[abcd]{0,200}", b in "[abcd]{0,200}") {
            let (a, b) = (characters(&a), characters(&b));
            prop_assert_eq!(distance(&a, &b), naive(&a, &b)[a.len()][b.len()]);
        }

        #[test]
        fn the_best_fit_has_the_fewest_errors(a in "[ab]{1,80}", b in "[abc]{0,120}") {
            let (a, b) = (characters(&a), characters(&b));
            let fit = Pattern::new(&a).best_fit(&b);
            prop_assert_eq!(distance(&a, &b[fit.start..fit.end]), fit.errors);
            let fewest = (0..=b.len()).flat_map(|from| naive(&a, &b[from..])[a.len()].clone()).min();
            prop_assert_eq!(Some(fit.errors), fewest);
        }

        #[test]
        fn an_alignment_runs_forward(a in "[ab]{1,30}", b in "[ab]{0,30}") {
            let (a, b) = (characters(&a), characters(&b));
            let places = Alignment::of(&a, &b).unwrap().places;
            let kept = places.iter().zip(&a).filter(|&(&(from, to), &c)| to > from && b[from] == c).count();
            prop_assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            prop_assert!(a.len().max(b.len()) - kept <= naive(&a, &b)[a.len()][b.len()] + a.len().abs_diff(b.len()));
        }
    }
}
