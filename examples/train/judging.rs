//! Learns `assets/judge.txt` from articles marked by hand: where contents end, how sure a finding is, then what answers
//! what.
//!
//! Everything printed is of articles that were not learned from: each tenth is read with what the others taught.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use demarche::analysis::judge::{BASE, Judge, PRIOR, Table, log_odds, share};
use demarche::analysis::lexicon::Lexicon;
use demarche::analysis::position::{FLOOR, Finding};
use demarche::analysis::{analyze_with, examine};
use demarche::document::{Document, Format};
use demarche::text::Span;

use super::answering::{self, Told};
use super::choosing::{Choice, Rate, Thing, learn};
use super::truth::agreement::{agree, meet, overlap};
use super::truth::differences::differences;
use super::truth::score::Score;
use super::truth::{Level, Truth, folder};

/// Chosen on articles that are not learned from and not reported on.
const ENDS: Rate = Rate { prior: 5.0, least: 3 };
const CONFIDENCE: Rate = Rate { prior: 100.0, least: 3 };
const FOLDS: usize = 10;

pub struct Article {
    pub truth: Truth,
    pub document: Document,
}

type Weights = Vec<(String, f32)>;

/// Learns from the readings in some folders and writes the weights.
pub fn run(out: &Path, folders: &[PathBuf]) -> Result<()> {
    let mut articles = Vec::new();
    for path in folders {
        for (name, truth) in folder::read(path).map_err(anyhow::Error::msg)? {
            let document = Document::read(&name, truth.text.clone().into_bytes(), Some(Format::Plain));
            ensure!(document.text == truth.text, "{name} is not read as it is written");
            articles.push(Article { truth, document });
        }
    }
    let all: Vec<&Article> = articles.iter().collect();
    let platt = validate(&all)?;
    let (ends, confidence) = teach(&all)?;
    let confidence = scaled(confidence, platt);
    let judge =
        Judge { ends: Table::new(ends.clone()), confidence: Table::new(confidence.clone()), answers: Table::default() };
    let (_, answers) = answering::taught(&all, judge);
    std::fs::write(out, page(&ends, &confidence, &answers)).with_context(|| format!("cannot write {}", out.display()))
}

/// Learns both tables.
fn teach(articles: &[&Article]) -> Result<(Weights, Weights)> {
    let ends = learn(&choices(articles, &Judge::default(), end_choices), ENDS);
    let judge = Judge { ends: Table::new(ends.clone()), ..Judge::default() };
    let mut confidence = learn(&choices(articles, &judge, finding_choices), CONFIDENCE);
    confidence.push((PRIOR.to_owned(), 1.0));
    confidence.sort_by(|a, b| a.0.cmp(&b.0));
    Ok((ends, confidence))
}

fn choices(articles: &[&Article], judge: &Judge, of: fn(&Truth, Vec<Finding>) -> Vec<Choice>) -> Vec<Choice> {
    let read = |article: &&Article| of(&article.truth, examine(&article.document, Lexicon::embedded(), judge));
    articles.iter().flat_map(read).collect()
}

/// Returns for each finding whose end may be moved the ends, of which those nearest to the truth are right.
fn end_choices(truth: &Truth, findings: Vec<Finding>) -> Vec<Choice> {
    let mut choices = Vec::new();
    for Finding { position, ends, .. } in findings {
        let alike = |content: &[Span]| {
            let cued = truth.positions.iter().filter(|other| !other.cue.is_empty() && meet(&other.cue, &position.cue));
            let alike = cued.map(|other| overlap(&truth.text, &other.content, content));
            alike.max_by(f64::total_cmp)
        };
        let Some(&(present, _)) = ends.first() else { continue };
        let others: Vec<Span> = position.content.iter().copied().filter(|span| *span != present).collect();
        let content = |end: Span| others.iter().copied().chain([end]).collect::<Vec<_>>();
        let shares: Vec<f64> = ends.iter().filter_map(|(end, _)| alike(&content(*end))).collect();
        let best = shares.iter().copied().fold(0.0, f64::max);
        if ends.len() > 1 && best > 0.0 {
            let right = |share: &f64| *share > best - 1e-9;
            let thing = |((_, features), share)| Thing { features, prior: 0.0, is_right: right(share) };
            choices.push(Choice(ends.into_iter().zip(&shares).map(thing).collect()));
        }
    }
    choices
}

/// Returns for each finding whether it is right. A debatable one is neither.
fn finding_choices(truth: &Truth, findings: Vec<Finding>) -> Vec<Choice> {
    let labels = labels(truth, &findings);
    let each = findings.into_iter().zip(labels);
    each.filter_map(|(finding, label)| Some(Choice::whether(finding.features, log_odds(finding.prior), label?)))
        .collect()
}

/// Returns which findings are right: half of both contents together is shared, one to one, and the sources meet.
fn labels(truth: &Truth, findings: &[Finding]) -> Vec<Option<bool>> {
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, finding) in findings.iter().enumerate() {
        let alike = |content: &[Span]| overlap(&truth.text, &finding.position.content, content);
        let all = truth.positions.iter().enumerate();
        pairs.extend(all.map(|(j, other)| (alike(&other.content).max(alike(&truth.joined(j))), i, j)));
    }
    pairs.retain(|(alike, ..)| *alike >= 0.5);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut labels = vec![Some(false); findings.len()];
    let (mut used, mut taken) = (vec![false; findings.len()], vec![false; truth.positions.len()]);
    for (_, i, j) in pairs {
        if !used[i] && !taken[j] {
            (used[i], taken[j]) = (true, true);
            let other = &truth.positions[j];
            let right = meet(&findings[i].position.source, &other.source);
            labels[i] = (other.level != Level::Optional).then_some(right);
        }
    }
    labels
}

/// Reads each tenth with what the others taught; prints what that gives, and returns how the sums are to be scaled.
fn validate(articles: &[&Article]) -> Result<(f32, f32)> {
    let mut told: Vec<(f32, bool)> = Vec::new();
    let mut answers = Told::default();
    let stages = ["rules alone", "with ends", "with ends and confidence"];
    let least = [RULES_FLOOR, RULES_FLOOR, FLOOR];
    let mut scores = [Score::default(); 3];
    for fold in 0..FOLDS {
        let (held, others): (Vec<_>, Vec<_>) =
            articles.iter().enumerate().partition(|(index, _)| index % FOLDS == fold);
        let others: Vec<&Article> = others.into_iter().map(|(_, article)| *article).collect();
        let (ends, confidence) = teach(&others)?;
        let rules = Judge { confidence: Table::new([(PRIOR, 1.0)]), ..Judge::default() };
        let ends = Judge { ends: Table::new(ends), ..rules.clone() };
        let both = Judge { confidence: Table::new(confidence), ..ends.clone() };
        let (all, _) = answering::taught(&others, both.clone());
        for (_, article) in held {
            answers.add(article, &all);
            for ((score, least), judge) in scores.iter_mut().zip(least).zip([&rules, &ends, &both]) {
                *score += score_of(article, judge, least);
            }
            let findings = examine(&article.document, Lexicon::embedded(), &both);
            let labels = labels(&article.truth, &findings);
            told.extend(findings.iter().zip(labels).filter_map(|(f, label)| Some((f.position.confidence, label?))));
        }
    }
    println!("{} articles, {} findings", articles.len(), told.len());
    for (stage, score) in stages.into_iter().zip(scores) {
        println!(
            "{stage:26} core P {:.3} R {:.3} F1 {:.3}; of the found: actor {:.3} act {:.3} content {:.3}",
            score.precision(),
            score.recall(),
            score.f1(),
            score.right_actor as f64 / score.hit as f64,
            score.right_act as f64 / score.hit as f64,
            score.right_content as f64 / score.hit as f64
        );
    }
    let platt = scale(&told);
    print!("{}{}", calibration(&told, platt), answers.table());
    Ok(platt)
}

/// What the rules alone left out.
const RULES_FLOOR: f32 = 0.45;

/// Scores what is found with some confidence; answers are not looked at.
fn score_of(article: &Article, judge: &Judge, least: f32) -> Score {
    let mut analysis = analyze_with(&article.document, Lexicon::embedded(), judge);
    analysis.positions.retain(|position| position.confidence >= least);
    analysis.positions.iter_mut().for_each(|position| position.answers.clear());
    let agreement = agree(&article.truth, &analysis);
    let differences = differences(&article.truth, &analysis, &agreement);
    Score::of(&article.truth, &analysis, &agreement, &differences)
}

/// Returns by what the sums must be multiplied, and what be added, to be the log odds of being right (Platt).
fn scale(told: &[(f32, bool)]) -> (f32, f32) {
    let (mut by, mut plus) = (1.0_f64, 0.0_f64);
    for _ in 0..2000 {
        let (mut slope_by, mut slope_plus) = (0.0, 0.0);
        for &(share_told, right) in told {
            let sum = f64::from(log_odds(share_told));
            let off = f64::from(u8::from(right)) - f64::from(share((by * sum + plus) as f32));
            slope_by += off * sum;
            slope_plus += off;
        }
        by += slope_by / told.len() as f64 * 0.2;
        plus += slope_plus / told.len() as f64 * 0.2;
    }
    (by as f32, plus as f32)
}

fn scaled(weights: Weights, (by, plus): (f32, f32)) -> Weights {
    let scaled = |(name, weight): (String, f32)| {
        let add = if name == BASE { plus } else { 0.0 };
        (name, weight * by + add)
    };
    weights.into_iter().map(scaled).collect()
}

/// Returns for each tenth of confidence how many there are and how many of them are right.
fn calibration(told: &[(f32, bool)], (by, plus): (f32, f32)) -> String {
    let mut table = format!("{:14}{:>7}{:>9}{:>9}{:>9}\n", "confidence", "n", "mean", "right", "n and up");
    let scaled: Vec<(f32, bool)> =
        told.iter().map(|(told, right)| (share(by * log_odds(*told) + plus), *right)).collect();
    for tenth in 0..10 {
        let low = tenth as f32 / 10.0;
        let inside: Vec<_> = scaled.iter().filter(|(told, _)| (low..low + 0.1).contains(told)).collect();
        let up: Vec<_> = scaled.iter().filter(|(told, _)| *told >= low).collect();
        let n = inside.len().max(1) as f32;
        let right = |all: &[&(f32, bool)]| all.iter().filter(|(_, right)| *right).count() as f32;
        let _ = writeln!(
            table,
            "{low:.1} to {:.1}    {:>7}{:>9.3}{:>9.3}{:>9.3}",
            low + 0.1,
            inside.len(),
            inside.iter().map(|(told, _)| told).sum::<f32>() / n,
            right(&inside) / n,
            right(&up) / up.len().max(1) as f32,
        );
    }
    table
}

/// Returns the file of weights.
fn page(ends: &Weights, confidence: &Weights, answers: &Weights) -> String {
    let mut page =
        "# Learned by `cargo run --release --example train -- judge`; assets/judge.md says from what. CC BY 4.0.\n\
                    # A feature of a finding, a space, its weight in log odds.\n"
            .to_owned();
    for (section, weights) in [("confidence", confidence), ("ends", ends), ("answers", answers)] {
        let _ = writeln!(page, "[{section}]");
        for (name, weight) in weights.iter().filter(|(_, weight)| weight.abs() >= LEAST) {
            let _ = writeln!(page, "{name} {weight:.3}");
        }
    }
    page
}

/// A smaller weight says nothing.
const LEAST: f32 = 0.01;
