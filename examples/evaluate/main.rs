//! Scores the extraction on a labelled corpus: `cargo run --release --example evaluate -- CORPUS.jsonl [--errors 20]`, or on a
//! folder of articles with hand-made readings, marked (`tests/articles`) or as JSON beside their text.
//!
//! A line of the corpus is `{"id", "text", "attributions": [{"source", "cue", "content"}]}`, each part a list of
//! `[start, end]` in characters; `-` reads standard input. `docs/extract.md` says what the tables mean.

mod corpus;
mod errors;
mod measure;
mod report;
#[path = "../../tests/support/truth/mod.rs"]
mod truth;
mod truths;
mod words;

use std::io::{ErrorKind, Read, Write};
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Parser;

use corpus::{Article, Prediction};
use measure::{Measured, measure};

/// Score the extraction on a labelled corpus
#[derive(Debug, Parser)]
struct Arguments {
    /// The corpus as JSON Lines, or a folder of readings; `-` reads standard input
    corpus: PathBuf,
    /// List so many errors of each kind
    #[arg(long, default_value_t = 0)]
    errors: usize,
    /// How many samples the intervals are drawn from
    #[arg(long, default_value_t = 1000)]
    samples: usize,
    /// Count positions inside the content of another one, too
    #[arg(long)]
    nested: bool,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let pages = if arguments.corpus.is_dir() {
        let read = truths::read(&arguments.corpus)?;
        let articles: Vec<Article> = read.iter().map(truths::Read::article).collect();
        let mut pages = vec![
            truths::summary(&read, arguments.samples),
            format!("Core positions by act\n{}", truths::acts(&read)),
            "As attributions, those inside others among them\n".to_owned(),
        ];
        pages.extend(attributions(&articles, true, arguments.samples, 0));
        if arguments.errors > 0 {
            pages.push(truths::errors(&read, arguments.errors));
        }
        pages
    } else {
        let lines = read(&arguments.corpus).with_context(|| format!("cannot read {}", arguments.corpus.display()))?;
        attributions(&corpus::read(&lines)?, arguments.nested, arguments.samples, arguments.errors)
    };
    print(&pages.join("\n"))
}

/// Returns the tables of a corpus of attributions.
fn attributions(articles: &[Article], nested: bool, samples: usize, errors: usize) -> Vec<String> {
    let started = Instant::now();
    let predictions = predict(articles, nested);
    let seconds = started.elapsed().as_secs_f64();
    let measured: Vec<Measured> = articles.iter().zip(&predictions).map(|(a, p)| measure(a, p)).collect();
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    let rate = words as f64 / seconds;
    let mut pages = vec![
        format!("{} articles, {words} words, read in {seconds:.1} s ({rate:.0} words/s)\n", articles.len()),
        report::measures(&measured, samples),
        report::row_of_study(&measured),
        format!("By act: found, and attributed\n{}", report::acts(&measured, samples)),
        report::calibration(&measured, &predictions),
        format!(
            "By the least confidence that is counted: found, and attributed\n{}",
            report::thresholds(articles, &predictions)
        ),
    ];
    if errors > 0 {
        pages.push(errors::list(articles, &predictions, &measured, errors));
    }
    pages
}

/// Prints; whoever closes the pipe has read enough.
fn print(report: &str) -> Result<()> {
    match std::io::stdout().write_all(report.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

fn read(path: &PathBuf) -> std::io::Result<String> {
    if path.as_os_str() != "-" {
        return std::fs::read_to_string(path);
    }
    let mut lines = String::new();
    std::io::stdin().read_to_string(&mut lines).map(|_| lines)
}

/// Reads all articles, as many at a time as there are processors.
fn predict(articles: &[Article], nested: bool) -> Vec<Vec<Prediction>> {
    let next = AtomicUsize::new(0);
    let predicted = Mutex::new(vec![Vec::new(); articles.len()]);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, article)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, articles.get(at)?)))
                {
                    let predictions = corpus::predict(article, nested);
                    predicted.lock().expect("no thread fails")[at] = predictions;
                }
            });
        }
    });
    predicted.into_inner().expect("no thread fails")
}

#[cfg(test)]
mod tests;
