//! Articles with a hand-made reading of everything: positions with actors, acts and answers, not attributions alone.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use demarche::analysis::lexicon::Lexicon;
use demarche::analysis::{Analysis, Position, analyze};
use demarche::document::{Document, Format};
use demarche::text::Span;

use crate::corpus::{Article, Attribution, Range};
use crate::truth::agreement::{Agreement, agree};
use crate::truth::differences::{Difference, Kind, differences};
use crate::truth::score::{Score, ratio};
use crate::truth::{Level, TruePosition, Truth, folder};

/// The samples that intervals are drawn from are the same each time.
const SEED: u64 = 1;

/// An article, what is true of it, and how the program reads it.
pub struct Read {
    pub name: String,
    truth: Truth,
    analysis: Analysis,
    agreement: Agreement,
    differences: Vec<Difference>,
    score: Score,
}

/// Reads the articles of a folder.
pub fn read(path: &Path) -> Result<Vec<Read>> {
    let truths = folder::read(path).map_err(anyhow::Error::msg)?;
    Ok(truths.into_iter().map(|(name, truth)| Read::new(name, truth)).collect())
}

impl Read {
    fn new(name: String, truth: Truth) -> Read {
        let document = Document::read(&name, truth.text.clone().into_bytes(), Some(Format::Plain));
        let analysis = analyze(&document, Lexicon::embedded());
        let agreement = agree(&truth, &analysis);
        let differences = differences(&truth, &analysis, &agreement);
        let score = Score::of(&truth, &analysis, &agreement, &differences);
        Read { name, truth, analysis, agreement, differences, score }
    }

    /// Returns the article as attributions, as corpora have them.
    pub fn article(&self) -> Article {
        let text = &self.truth.text;
        let mut characters = vec![0; text.len() + 1];
        for (count, (at, c)) in text.char_indices().enumerate() {
            characters[at..at + c.len_utf8()].fill(count);
        }
        characters[text.len()] = text.chars().count();
        let ranges =
            |spans: &[Span]| spans.iter().map(|s| [characters[s.start], characters[s.end]]).collect::<Vec<Range>>();
        let attribution = |(number, position): (usize, &TruePosition)| Attribution {
            source: ranges(&position.source),
            cue: ranges(&position.cue),
            content: ranges(&self.truth.joined(number)),
            act: Some(position.acts[0].word().to_owned()),
        };
        let own = self.truth.positions.iter().enumerate().filter(|(number, _)| !self.truth.continues(*number));
        let attributions = own.map(attribution).collect();
        Article { id: self.name.clone(), text: text.clone(), attributions, discard: Vec::new() }
    }

    /// Returns each core position that was found with the one found for it.
    fn hits(&self) -> impl Iterator<Item = (&TruePosition, &Position)> {
        let all = self.truth.positions.iter().zip(&self.agreement.found);
        let core = all.filter(|(position, _)| position.level == Level::Core);
        core.filter_map(|(position, found)| Some((position, &self.analysis.positions[(*found)?])))
    }
}

/// Returns the table of everything, with the 95 % intervals.
pub fn summary(articles: &[Read], samples: usize) -> String {
    let total = sum(articles.iter());
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut drawn: Vec<Score> = Vec::new();
    for _ in 0..samples {
        drawn.push(sum((0..articles.len()).map(|_| &articles[random.usize(..articles.len())])));
    }
    let rows: [(&str, Value); 9] = [
        ("core positions, P", Score::precision),
        ("core positions, R", Score::recall),
        ("core positions, F1", Score::f1),
        ("of the found: right actor", |score| ratio(score.right_actor, score.hit)),
        ("of the found: right act", |score| ratio(score.right_act, score.hit)),
        ("of the found: right content", |score| ratio(score.right_content, score.hit)),
        ("actors found", |score| ratio(score.homes, score.actors)),
        ("answers found", |score| ratio(score.answered, score.answers)),
        ("answers that are none", |score| ratio(score.wrong_answers, score.wrong_answers + score.answered)),
    ];
    let mut table = format!(
        "{} articles, {} core positions, {} found, {} predicted, {} of them spurious\n",
        articles.len(),
        total.core,
        total.hit,
        total.predicted,
        total.predicted - total.used
    );
    for (name, value) in rows {
        let mut values: Vec<f64> = drawn.iter().map(value).collect();
        values.sort_by(f64::total_cmp);
        let end = |share: usize| values.get(values.len() * share / 1000).copied().unwrap_or_default();
        let (value, low, high) = (100.0 * value(&total), 100.0 * end(25), 100.0 * end(975));
        let _ = writeln!(table, "{name:30}{value:>6.1}   {low:.1}–{high:.1}");
    }
    table
}

type Value = fn(&Score) -> f64;

fn sum<'a>(articles: impl Iterator<Item = &'a Read>) -> Score {
    articles.fold(Score::default(), |mut total, article| {
        total += article.score;
        total
    })
}

/// Returns what was found and read right of the core positions of each act.
pub fn acts(articles: &[Read]) -> String {
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for article in articles {
        let core = article.truth.positions.iter().filter(|position| position.level == Level::Core);
        core.for_each(|position| counts.entry(position.acts[0].word()).or_default()[0] += 1);
        for (position, found) in article.hits() {
            let count = counts.entry(position.acts[0].word()).or_default();
            count[1] += 1;
            count[2] += usize::from(article.agreement.right_actor(&article.truth, position, found));
            count[3] += usize::from(position.acts.contains(&found.act));
        }
    }
    let mut table = format!("{:12}{:>6}{:>9}{:>9}{:>9}\n", "act", "core", "found", "actor", "act");
    for (act, [core, hit, actor, right]) in counts {
        let [found, actor, right] = [(hit, core), (actor, hit), (right, hit)].map(|(a, b)| 100.0 * ratio(a, b));
        let _ = writeln!(table, "{act:12}{core:>6}{found:>9.1}{actor:>9.1}{right:>9.1}");
    }
    table
}

/// Returns so many errors of each kind, the surest first.
pub fn errors(articles: &[Read], most: usize) -> String {
    let mut list = String::new();
    for kind in Kind::ALL {
        let all = articles.iter().flat_map(|article| article.differences.iter().map(move |d| (article, d)));
        let mut of_kind: Vec<(&Read, &Difference)> = all.filter(|(_, difference)| difference.kind == kind).collect();
        of_kind.sort_by(|a, b| b.1.confidence.total_cmp(&a.1.confidence));
        let _ = writeln!(list, "{} ({} in all)\n", kind.word(), of_kind.len());
        for (article, difference) in of_kind.iter().take(most) {
            let _ = writeln!(list, "{:.2} {} {}", difference.confidence, article.name, difference.line);
        }
        list.push('\n');
    }
    list
}
