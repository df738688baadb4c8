//! What was learned from articles marked by hand: how sure a finding is, where a content ends, and what answers what.
//!
//! All are sums: each thing that is seen of a finding, a *feature*, has a weight in `assets/judge.txt`, which anybody can
//! read; `assets/judge.md` says what it was learned from and what it is worth. The features themselves are named where they are seen,
//! in [`position`](super::position), [`attribution::ends`](super::attribution::ends) and [`answer`](super::answer).

mod table;

use std::sync::LazyLock;

pub use table::{Names, Notice, Sum, Table};

/// The weights of each question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judge {
    /// How sure a finding is, in log odds.
    pub confidence: Table,
    /// Where a content ends: of several places the one with the highest sum.
    pub ends: Table,
    /// Which of the positions around it one answers, in log odds against none.
    pub answers: Table,
}

impl Judge {
    /// Returns the weights the program brings.
    pub fn embedded() -> &'static Judge {
        static EMBEDDED: LazyLock<Judge> = LazyLock::new(|| {
            Judge::read(include_str!("../../../assets/judge.txt")).expect("the weights in assets/ are well formed")
        });
        &EMBEDDED
    }

    /// Reads weights: under `[confidence]`, `[ends]` and `[answers]` a line for each, the feature, a space, the weight.
    pub fn read(text: &str) -> Result<Judge, String> {
        let mut sections = [("[confidence]", Vec::new()), ("[ends]", Vec::new()), ("[answers]", Vec::new())];
        let mut section = None;
        let filled = text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        for (index, line) in filled {
            if let Some(at) = sections.iter().position(|(name, _)| *name == line) {
                section = Some(at);
                continue;
            }
            let weight = line.rsplit_once(' ').and_then(|(name, weight)| Some((name, weight.parse().ok()?)));
            match (section, weight) {
                (Some(at), Some(weight)) => sections[at].1.push(weight),
                _ => return Err(format!("line {}: '{line}' is no weight", index + 1)),
            }
        }
        let [confidence, ends, answers] = sections.map(|(_, weights)| Table::new(weights));
        Ok(Judge { confidence, ends, answers })
    }
}

/// The feature that every finding has.
pub const BASE: &str = "base=";

/// The weight of what is thought of a finding by its rule alone, in log odds.
pub const PRIOR: &str = "prior=";

/// Returns the log odds of a share, of certainty a large number.
pub fn log_odds(share: f32) -> f32 {
    let share = share.clamp(0.001, 0.999);
    (share / (1.0 - share)).ln()
}

/// Returns the share that log odds stand for.
pub fn share(log_odds: f32) -> f32 {
    1.0 / (1.0 + (-log_odds).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_added() {
        let judge =
            Judge::read("# learned\n[confidence]\nrule=clause strong 0.5\nbias= -1\n\n[ends]\nway=cut -2\n").unwrap();
        let mut sum = Sum::of(&judge.confidence);
        sum.add("bias", &[""]);
        sum.add("rule", &["clause", "strong"]);
        sum.add("rule", &["clause", "weak"]);
        assert_eq!(sum.total, -0.5);
        let mut sum = Sum::of(&judge.ends);
        sum.add("way", &["cut"]);
        assert_eq!(sum.total, -2.0);
    }

    #[test]
    fn what_is_no_weight_is_said() {
        assert_eq!(Judge::read("[ends]\nway cut").unwrap_err(), "line 2: 'way cut' is no weight");
        assert_eq!(Judge::read("way=cut 1").unwrap_err(), "line 1: 'way=cut 1' is no weight");
    }

    #[test]
    fn a_share_of_even_odds_is_a_half() {
        assert_eq!((share(0.0), log_odds(0.5)), (0.5, 0.0));
        assert!(share(30.0) <= 1.0 && share(-30.0) >= 0.0);
    }

    #[test]
    fn the_weights_of_the_program_are_there() {
        let Judge { confidence, ends, answers } = Judge::embedded();
        assert!([confidence, ends, answers].iter().all(|table| table.len() > 100));
    }
}
