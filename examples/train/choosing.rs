//! Learning from choices: of several things, each with features, some are right.
//!
//! A log-linear model with a Gaussian prior, learned choice by choice with steps that shrink with what a weight has seen (AdaGrad).
//! The order is drawn from a seed, so the same choices give the same weights.

use std::collections::HashMap;

/// Things to choose from.
#[derive(Clone, Debug, Default)]
pub struct Choice<F = String>(pub Vec<Thing<F>>);

#[derive(Clone, Debug, Default)]
pub struct Thing<F = String> {
    pub features: Vec<F>,
    /// What is thought of it before anything is learned, in log odds.
    pub prior: f32,
    pub is_right: bool,
}

impl Choice {
    /// A choice between something and nothing.
    pub fn whether(features: Vec<String>, prior: f32, is_right: bool) -> Choice {
        let nothing = Thing { is_right: !is_right, ..Thing::default() };
        Choice(vec![Thing { features, prior, is_right }, nothing])
    }
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Rate {
    /// How strongly a weight is drawn to nothing.
    pub prior: f32,
    /// In how many choices a feature must be seen.
    pub least: usize,
}

const EPOCHS: usize = 100;
const STEP: f32 = 0.1;
const SEED: u64 = 20261124;

/// Returns the features with their weights, in the order of their names.
pub fn learn(choices: &[Choice], rate: Rate) -> Vec<(String, f32)> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for choice in choices {
        let mut names: Vec<&str> =
            choice.0.iter().flat_map(|thing| thing.features.iter().map(String::as_str)).collect();
        names.sort_unstable();
        names.dedup();
        names.into_iter().for_each(|name| *counts.entry(name).or_default() += 1);
    }
    counts.retain(|_, count| *count >= rate.least);
    let mut names: Vec<&str> = counts.keys().copied().collect();
    names.sort_unstable();
    let index: HashMap<&str, usize> = names.iter().enumerate().map(|(index, name)| (*name, index)).collect();
    let pull: Vec<f32> = names.iter().map(|name| rate.prior / counts[name] as f32).collect();
    let known = |thing: &Thing| Thing {
        features: thing.features.iter().filter_map(|name| index.get(name.as_str()).copied()).collect(),
        prior: thing.prior,
        is_right: thing.is_right,
    };
    let indexed: Vec<Choice<usize>> =
        choices.iter().map(|choice| Choice(choice.0.iter().map(known).collect())).collect();
    let weights = descend(&indexed, &pull);
    names.into_iter().map(str::to_owned).zip(weights).collect()
}

fn descend(choices: &[Choice<usize>], pull: &[f32]) -> Vec<f32> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut order: Vec<usize> = (0..choices.len()).collect();
    let mut weights = vec![0.0_f32; pull.len()];
    let mut seen = vec![1e-6_f32; pull.len()];
    let mut slope = vec![0.0_f32; pull.len()];
    for _ in 0..EPOCHS {
        random.shuffle(&mut order);
        for choice in order.iter().map(|&at| &choices[at]) {
            let mut touched: Vec<usize> = Vec::new();
            for (thing, push) in choice.0.iter().zip(pushes(choice, &weights)) {
                thing.features.iter().for_each(|&feature| slope[feature] += push);
                touched.extend(&thing.features);
            }
            touched.sort_unstable();
            touched.dedup();
            for feature in touched {
                let step = std::mem::take(&mut slope[feature]) - pull[feature] * weights[feature];
                seen[feature] += step * step;
                weights[feature] += STEP * step / seen[feature].sqrt();
            }
        }
    }
    weights
}

/// Returns for each thing how much likelier it should be: its share among the right ones less its share among all.
fn pushes(choice: &Choice<usize>, weights: &[f32]) -> Vec<f32> {
    let sum = |thing: &Thing<usize>| thing.prior + thing.features.iter().map(|&feature| weights[feature]).sum::<f32>();
    let sums: Vec<f32> = choice.0.iter().map(sum).collect();
    let highest = sums.iter().copied().fold(f32::MIN, f32::max);
    let odds: Vec<f32> = sums.iter().map(|sum| (sum - highest).exp()).collect();
    let all: f32 = odds.iter().sum();
    let right: f32 = odds.iter().zip(&choice.0).filter(|(_, thing)| thing.is_right).map(|(odds, _)| odds).sum();
    let push = |(odds, thing): (&f32, &Thing<usize>)| {
        let wanted = if thing.is_right { odds / right.max(1e-9) } else { 0.0 };
        wanted - odds / all
    };
    odds.iter().zip(&choice.0).map(push).collect()
}
