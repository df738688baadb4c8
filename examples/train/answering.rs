//! Learns which of the positions around it one answers, from articles whose answers were marked by hand.

use std::fmt::Write;

use demarche::analysis::judge::{Judge, Table};
use demarche::analysis::lexicon::Lexicon;
use demarche::analysis::{Analysis, examine_answers};

use super::choosing::{Choice, Rate, Thing};
use super::judging::Article;
use super::truth::Level;
use super::truth::agreement::{Agreement, agree};

/// Chosen on articles that are not learned from and not reported on.
pub const RATE: Rate = Rate { prior: 3.0, least: 3 };

/// Returns for each position of an article what it may answer, of which the true ones are right, or nothing.
pub fn choices(article: &Article, judge: &Judge) -> Vec<Choice> {
    let (analysis, rivals) = examine_answers(&article.document, Lexicon::embedded(), judge);
    let links = Links::of(article, &analysis);
    let debatable = |answer: usize| {
        let truth = links.agreement.truth_of[answer];
        truth.is_some_and(|truth| article.truth.positions[truth].level == Level::Optional)
    };
    let choice = |rivals: demarche::analysis::answer::Rivals| {
        let thing = |(to, features)| Thing { features, prior: 0.0, is_right: links.is_true(rivals.answer, to) };
        let mut things: Vec<Thing> = rivals.to.into_iter().map(thing).collect();
        let nothing = things.iter().all(|thing| !thing.is_right);
        things.push(Thing { is_right: nothing, ..Thing::default() });
        Choice(things)
    };
    rivals.into_iter().filter(|rivals| !debatable(rivals.answer)).map(choice).collect()
}

/// The true answers of an article, between the positions that were found.
struct Links<'a> {
    article: &'a Article,
    agreement: Agreement,
}

impl Links<'_> {
    fn of<'a>(article: &'a Article, analysis: &Analysis) -> Links<'a> {
        Links { article, agreement: agree(&article.truth, analysis) }
    }

    fn is_true(&self, answer: usize, to: usize) -> bool {
        let (Some(answer), Some(to)) = (self.agreement.truth_of[answer], self.agreement.truth_of[to]) else {
            return false;
        };
        self.article.truth.positions[answer].answers.iter().any(|&(_, other)| other == to)
    }
}

/// What was told of answers: how likely each was, and whether it is one; and how many there are in truth.
#[derive(Debug, Default)]
pub struct Told {
    answers: Vec<(f32, bool)>,
    /// Between positions that were both found.
    found: usize,
    all: usize,
}

impl Told {
    /// Adds the answers of an article that was not learned from.
    pub fn add(&mut self, article: &Article, judge: &Judge) {
        let (analysis, rivals) = examine_answers(&article.document, Lexicon::embedded(), judge);
        let links = Links::of(article, &analysis);
        for rivals in rivals {
            let odds = |features: &[String]| {
                let sum: f32 = features.iter().map(|name| judge.answers.weight(name)).sum();
                sum.exp()
            };
            let all = 1.0 + rivals.to.iter().map(|(_, features)| odds(features)).sum::<f32>();
            let told = rivals.to.iter().map(|(to, features)| (odds(features) / all, links.is_true(rivals.answer, *to)));
            self.answers.extend(told);
        }
        for position in &article.truth.positions {
            self.all += position.answers.len();
        }
        for (from, position) in article.truth.positions.iter().enumerate() {
            let found = |at: usize| links.agreement.found[at].is_some();
            self.found += position.answers.iter().filter(|(_, to)| found(from) && found(*to)).count();
        }
    }

    /// Returns what is found and what of it is right when answers are taken from some likelihoods on.
    pub fn table(&self) -> String {
        let mut table = format!("{} answers, {} of them between what was found\n", self.all, self.found);
        for least in [0.2, 0.3, 0.4, 0.5, 0.58, 0.7] {
            let taken = self.answers.iter().filter(|(likely, _)| *likely >= least);
            let (count, right) = taken.fold((0, 0), |(n, r), (_, is_right)| (n + 1, r + usize::from(*is_right)));
            let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
            let _ = writeln!(
                table,
                "from {least:.2} on: {count:4} told, {right:4} right, P {:.3} R {:.3} of the found {:.3}",
                share(right, count),
                share(right, self.all),
                share(right, self.found)
            );
        }
        table
    }
}

/// Returns the judge with what was learned of answers.
pub fn taught(articles: &[&Article], judge: Judge) -> (Judge, Vec<(String, f32)>) {
    let choices: Vec<Choice> = articles.iter().flat_map(|article| choices(article, &judge)).collect();
    let weights = super::choosing::learn(&choices, RATE);
    (Judge { answers: Table::new(weights.clone()), ..judge }, weights)
}
