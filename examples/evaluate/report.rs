//! The tables: measures with intervals, how well confidence is calibrated, what a threshold costs and brings.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::corpus::{Article, Prediction};
use crate::measure::{Count, Fate, Measure, Measured, Part, Tally, measure};

/// The samples that intervals are drawn from are the same each time.
const SEED: u64 = 1;

const THRESHOLDS: [u32; 9] = [0, 50, 60, 70, 75, 80, 85, 90, 95];

/// Where one group of confidences ends and the next begins, in hundredths.
const GROUPS: [u32; 8] = [0, 50, 60, 70, 80, 90, 95, 101];

/// Returns the table of measures, with the 95 % interval of F1.
pub fn measures(measured: &[Measured], samples: usize) -> String {
    let total = sum(measured.iter());
    let intervals = intervals(measured, samples, Count::f1);
    let mut table =
        format!("{:26}{:>7}{:>7}{:>7}   {:14}{:>6}{:>11}\n", "", "P", "R", "F1", "95 %", "gold", "predicted");
    for (key, count) in &total.0 {
        let (part, measure) = key;
        // Strict and loose readings of parts say little; acts have a table of their own.
        let is_shown = match part {
            Part::All => true,
            Part::Direct | Part::Mixed | Part::Indirect => matches!(measure, Measure::Found | Measure::Attributed),
            Part::Act(_) => false,
        };
        if is_shown {
            let name = format!("{}{}", name(*measure), suffix(part));
            let interval = interval(&intervals, key);
            let _ = writeln!(table, "{name:26}{}   {interval:14}{:>6}{:>11}", row(*count), count.gold, count.predicted);
        }
    }
    table
}

/// Returns precision, recall and F1 of what is found and of what is attributed, and F1 of direct, mixed and indirect speech: the
/// line by which systems are compared.
pub fn row_of_study(measured: &[Measured]) -> String {
    let total = sum(measured.iter());
    let three = |measure| {
        let count = total.of(Part::All, measure);
        let [p, r, f1] = [count.precision(), count.recall(), Some(count.f1())].map(percent);
        format!("{p}/{r}/**{f1}**")
    };
    let f1 = |part: Part| percent(Some(total.of(part, Measure::Attributed).f1()));
    let classes = [Part::Direct, Part::Mixed, Part::Indirect].map(f1).join(" / ");
    let heads = "| found P/R/**F1** | attributed P/R/**F1** | direct / mixed / indirect |";
    format!("{heads}\n| {} | {} | {classes} |\n", three(Measure::Found), three(Measure::Attributed))
}

/// Returns the measures by act, with the 95 % interval of the precision of what is attributed.
///
/// Without acts in the corpus there is precision alone: of what the program gives an act, how much is marked at all.
pub fn acts(measured: &[Measured], samples: usize) -> String {
    let total = sum(measured.iter());
    let intervals = intervals(measured, samples, |count| count.precision().unwrap_or_default());
    let heads = ["P", "R", "F1"].map(|head| format!("{head:>7}")).concat();
    let mut table = format!("{:12}{heads}   {heads}   {:14}{:>6}{:>11}\n", "act", "95 % of P", "gold", "predicted");
    for (key, attributed) in &total.0 {
        let (Part::Act(act), Measure::Attributed) = key else { continue };
        let found = total.of(key.0.clone(), Measure::Found);
        let (found, interval, gold) = (row(found), interval(&intervals, key), attributed.gold);
        let attributed_row = row(*attributed);
        let _ =
            writeln!(table, "{act:12}{found}   {attributed_row}   {interval:14}{gold:>6}{:>11}", attributed.predicted);
    }
    table
}

/// Returns for each group of confidences how many were right: a confidence is a promise, and this says how it is kept.
pub fn calibration(measured: &[Measured], predictions: &[Vec<Prediction>]) -> String {
    let fates = measured.iter().flat_map(|measured| &measured.fates);
    let told: Vec<(u32, Fate)> = predictions.iter().flatten().map(|p| p.confidence).zip(fates.copied()).collect();
    let mut table =
        format!("{:16}{:>10}{:>10}{:>10}{:>12}\n", "confidence", "predicted", "mean", "found", "attributed");
    let (mut off, mut all) = (0.0, 0.0);
    for group in GROUPS.windows(2) {
        let inside: Vec<&(u32, Fate)> = told
            .iter()
            .filter(|(confidence, fate)| (group[0]..group[1]).contains(confidence) && *fate != Fate::Ignored)
            .collect();
        if inside.is_empty() {
            continue;
        }
        let n = inside.len() as f64;
        let mean = inside.iter().map(|(confidence, _)| f64::from(*confidence)).sum::<f64>() / n / 100.0;
        let share = |test: fn(Fate) -> bool| inside.iter().filter(|(_, fate)| test(*fate)).count() as f64 / n;
        let (found, right) = (share(|fate| fate != Fate::Spurious), share(|fate| fate == Fate::Right));
        off += n * (mean - right).abs();
        all += n;
        let name = format!("{:.2} to {:.2}", f64::from(group[0]) / 100.0, f64::from(group[1] - 1) / 100.0);
        let (mean, found, right) = (percent(Some(mean)), percent(Some(found)), percent(Some(right)));
        let _ = writeln!(table, "{name:16}{:>10}{mean:>10}{found:>10}{right:>12}", inside.len());
    }
    if all > 0.0 {
        let _ = writeln!(table, "mean distance from attributed: {:.1}", 100.0 * off / all);
    }
    table
}

/// Returns what is found when only what is sure enough is counted.
pub fn thresholds(articles: &[Article], predictions: &[Vec<Prediction>]) -> String {
    let heads = ["P", "R", "F1"].map(|head| format!("{head:>7}")).concat();
    let mut table = format!("{:16}{:>10} {heads}   {heads}\n", "at least", "predicted");
    for least in THRESHOLDS {
        let kept = |predictions: &Vec<Prediction>| {
            predictions.iter().filter(|prediction| prediction.confidence >= least).cloned().collect::<Vec<_>>()
        };
        let measured: Vec<Measured> =
            articles.iter().zip(predictions).map(|(article, all)| measure(article, &kept(all))).collect();
        let total = sum(measured.iter());
        let [found, attributed] = [Measure::Found, Measure::Attributed].map(|measure| total.of(Part::All, measure));
        let least = f64::from(least) / 100.0;
        let _ = writeln!(table, "{least:<16.2}{:>10} {}   {}", found.predicted, row(found), row(attributed));
    }
    table
}

/// Adds up.
pub fn sum<'a>(measured: impl Iterator<Item = &'a Measured>) -> Tally {
    let mut total = Tally::default();
    measured.for_each(|measured| total += &measured.tally);
    total
}

type Intervals = BTreeMap<(Part, Measure), (f64, f64)>;

/// Returns between which values a measure lies in 95 of 100 samples of as many articles, drawn with replacement.
fn intervals(measured: &[Measured], samples: usize, value: impl Fn(Count) -> f64) -> Intervals {
    let mut random = fastrand::Rng::with_seed(SEED);
    let mut values: BTreeMap<(Part, Measure), Vec<f64>> = BTreeMap::new();
    for _ in 0..samples {
        let drawn = (0..measured.len()).map(|_| &measured[random.usize(..measured.len())]);
        for (key, count) in sum(drawn).0 {
            values.entry(key).or_default().push(value(count));
        }
    }
    let ends = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        let last = (values.len() * 975 / 1000).max(1) - 1;
        (values[values.len() * 25 / 1000], values[last])
    };
    values.into_iter().map(|(key, values)| (key, ends(values))).collect()
}

fn name(measure: Measure) -> &'static str {
    match measure {
        Measure::Found => "found",
        Measure::Attributed => "attributed",
        Measure::SameSource => "attributed, same source",
        Measure::FoundLoosely => "found loosely",
        Measure::AttributedLoosely => "attributed loosely",
    }
}

fn suffix(part: &Part) -> &'static str {
    match part {
        Part::All | Part::Act(_) => "",
        Part::Direct => ", direct",
        Part::Mixed => ", mixed",
        Part::Indirect => ", indirect",
    }
}

/// Returns precision, recall and F1 in columns; recall of nothing is no number.
fn row(count: Count) -> String {
    let f1 = (count.gold > 0).then(|| count.f1());
    [count.precision(), count.recall(), f1].map(|number| format!("{:>7}", percent(number))).concat()
}

fn interval(intervals: &Intervals, key: &(Part, Measure)) -> String {
    let interval = intervals.get(key);
    interval.map(|(low, high)| format!("{:.1}–{:.1}", 100.0 * low, 100.0 * high)).unwrap_or_default()
}

fn percent(number: Option<f64>) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{:.1}", 100.0 * number))
}
