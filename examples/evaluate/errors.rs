//! Errors to read, the most telling first: what was wrong though the program was sure, and what is missed most often.

use std::collections::HashMap;

use crate::corpus::{Article, Attribution, Prediction, Range};
use crate::measure::{Fate, Measured};

/// The most characters shown of a part.
const WIDTH: usize = 140;

/// Returns so many errors of each kind, to be printed.
pub fn list(articles: &[Article], predictions: &[Vec<Prediction>], measured: &[Measured], most: usize) -> String {
    let mut spurious = Vec::new();
    let mut wrong_source = Vec::new();
    for ((article, predictions), measured) in articles.iter().zip(predictions).zip(measured) {
        for (prediction, fate) in predictions.iter().zip(&measured.fates) {
            match *fate {
                Fate::Spurious => spurious.push((prediction.confidence, shown(article, prediction))),
                Fate::WrongSource(gold) => {
                    let right = words(article, &article.attributions[gold].source);
                    let shown = format!("{}    marked: {right}\n", shown(article, prediction));
                    wrong_source.push((prediction.confidence, shown));
                }
                Fate::Ignored | Fate::Right => {}
            }
        }
    }
    let kinds = [
        section("Found where nothing is marked, the surest first", spurious, most),
        section("Found with another source, the surest first", wrong_source, most),
        section("Missed, the cues that are missed most first", missed(articles, measured), most),
    ];
    kinds.concat()
}

fn section<R: Ord + Copy>(heading: &str, mut errors: Vec<(R, String)>, most: usize) -> String {
    errors.sort_by(|(a, _), (b, _)| b.cmp(a));
    let shown: String = errors.iter().take(most).map(|(_, error)| error.as_str()).collect();
    format!("{heading} ({} in all)\n\n{shown}\n", errors.len())
}

/// Returns what was missed, ranked by how often its cue was.
fn missed(articles: &[Article], measured: &[Measured]) -> Vec<(usize, String)> {
    let missed = || {
        let each = articles.iter().zip(measured);
        each.flat_map(|(article, measured)| {
            measured.missed.iter().map(move |&gold| (article, &article.attributions[gold]))
        })
    };
    let cue = |article, attribution: &Attribution| words(article, &attribution.cue).to_lowercase();
    let mut often: HashMap<String, usize> = HashMap::new();
    missed().for_each(|(article, attribution)| *often.entry(cue(article, attribution)).or_default() += 1);
    let error = |(article, attribution)| {
        let times = often[&cue(article, attribution)];
        (times, format!("with a cue missed {times} × {}", parts(article, attribution)))
    };
    missed().map(error).collect()
}

fn shown(article: &Article, Prediction { attribution, rule, confidence }: &Prediction) -> String {
    let act = attribution.act.as_deref().unwrap_or_default();
    format!("{:.2} {rule} {act} {}", f64::from(*confidence) / 100.0, parts(article, attribution))
}

fn parts(article: &Article, attribution: &Attribution) -> String {
    let Attribution { source, cue, content, .. } = attribution;
    let at = source.iter().chain(cue).chain(content).map(|range| range[0]).min().unwrap_or_default();
    let [source, cue, content] = [source, cue, content].map(|ranges| words(article, ranges));
    format!("{} {at}\n    {source} | {cue} | {content}\n", article.id)
}

/// Returns what stands in some ranges, on one line and not too long.
fn words(article: &Article, ranges: &[Range]) -> String {
    let piece = |&[start, end]: &Range| {
        let piece: String = article.text.chars().skip(start).take(end.saturating_sub(start)).collect();
        piece.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all = ranges.iter().map(piece).collect::<Vec<_>>().join(" … ");
    match all.char_indices().nth(WIDTH) {
        Some((cut, _)) => format!("{}…", &all[..cut]),
        None => all,
    }
}
