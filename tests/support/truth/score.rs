//! Counts over articles: what was found of the truth, and how much of that was read right.

use std::ops::AddAssign;

use demarche::analysis::Analysis;

use super::agreement::Agreement;
use super::differences::{Difference, Kind};
use super::{Level, Truth};

/// What was counted in an article, or in many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// The true positions that any good reader would list, and how many of them were found.
    pub core: usize,
    pub hit: usize,
    /// The positions that were found, and how many of them stand for a true one of whatever level.
    pub predicted: usize,
    pub used: usize,
    /// Of the hits.
    pub right_actor: usize,
    pub right_act: usize,
    pub right_content: usize,
    /// The true actors, and how many of them were found.
    pub actors: usize,
    pub homes: usize,
    /// The true answers between positions that any good reader would list, how many of them were found, and how many
    /// answers of positions that were found are none.
    pub answers: usize,
    pub answered: usize,
    pub wrong_answers: usize,
}

impl Score {
    /// Counts an article.
    pub fn of(truth: &Truth, analysis: &Analysis, agreement: &Agreement, differences: &[Difference]) -> Score {
        let core = |i: usize| truth.positions[i].level == Level::Core;
        let hits = || (0..truth.positions.len()).filter(|&i| core(i) && agreement.found[i].is_some());
        let wrong = |kind: Kind| {
            let number = |line: &str| line.split(':').next().and_then(|number| number.parse::<usize>().ok());
            let of_kind = differences.iter().filter(|difference| difference.kind == kind);
            of_kind.filter_map(|difference| number(&difference.line)).filter(|number| core(number - 1)).count()
        };
        let links = || {
            let each = truth.positions.iter().enumerate();
            let all = each.flat_map(|(from, position)| position.answers.iter().map(move |answer| (from, answer.1)));
            all.filter(|&(from, to)| core(from) && core(to))
        };
        let answered = |(from, to): (usize, usize)| {
            let (Some(from), Some(to)) = (agreement.found[from], agreement.found[to]) else { return false };
            analysis.positions[from].answers.iter().any(|answer| answer.position.0 == to)
        };
        let hit = hits().count();
        let wanted = || truth.actors.iter().zip(&agreement.homes).filter(|(actor, _)| actor.shown);
        Score {
            core: (0..truth.positions.len()).filter(|&i| core(i)).count(),
            hit,
            predicted: analysis.positions.len(),
            used: agreement.truth_of.iter().flatten().count(),
            right_actor: hit - wrong(Kind::Actor),
            right_act: hit - wrong(Kind::Act),
            right_content: hit - wrong(Kind::Content),
            actors: wanted().count(),
            homes: wanted().filter(|(_, home)| home.is_some()).count(),
            answers: links().count(),
            answered: links().filter(|&link| answered(link)).count(),
            wrong_answers: differences.iter().filter(|d| d.kind == Kind::Answer && d.line.contains(": not ")).count(),
        }
    }

    pub fn precision(&self) -> f64 {
        ratio(self.used, self.predicted)
    }

    pub fn recall(&self) -> f64 {
        ratio(self.hit, self.core)
    }

    pub fn f1(&self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// Returns a share, none of nothing.
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        let pairs = [
            (&mut self.core, other.core),
            (&mut self.hit, other.hit),
            (&mut self.predicted, other.predicted),
            (&mut self.used, other.used),
            (&mut self.right_actor, other.right_actor),
            (&mut self.right_act, other.right_act),
            (&mut self.right_content, other.right_content),
            (&mut self.actors, other.actors),
            (&mut self.homes, other.homes),
            (&mut self.answers, other.answers),
            (&mut self.answered, other.answered),
            (&mut self.wrong_answers, other.wrong_answers),
        ];
        for (own, other) in pairs {
            *own += other;
        }
    }
}
