//! A corpus of two made-up articles, and what is to be counted in it.

use super::*;
use crate::corpus::{Attribution, Range};
use crate::measure::{Count, Fate, Measure, Part};

const TEXT: &str = "“We stay,” Ana Ruiz said. Tom Berg said the mill would close soon. It rained.";

/// Returns an article in which three attributions are marked: one direct, one indirect, one without a source.
fn article() -> Article {
    let gold = vec![
        attribution(&["Ana Ruiz"], "said", "We stay"),
        attribution(&["Tom Berg"], "said the", "the mill would close soon"),
        attribution(&[], "rained", "It rained"),
    ];
    Article { id: "made-up".to_owned(), text: TEXT.to_owned(), attributions: gold, discard: Vec::new() }
}

fn attribution(source: &[&str], cue: &str, content: &str) -> Attribution {
    let source = source.iter().map(|words| range(words)).collect();
    Attribution { source, cue: vec![range(cue)], content: vec![range(content)], act: None }
}

fn range(words: &str) -> Range {
    let start = TEXT[..TEXT.find(words).expect("words of the text")].chars().count();
    [start, start + words.chars().count()]
}

fn prediction(source: &[&str], content: &str, act: &str, confidence: u32) -> Prediction {
    let attribution = Attribution { act: Some(act.to_owned()), ..attribution(source, "said", content) };
    Prediction { attribution, rule: "made-up", confidence }
}

fn predictions() -> Vec<Prediction> {
    vec![
        prediction(&["Ruiz"], "“We stay,”", "says", 97),
        // Four of five words, and the wrong source.
        prediction(&["Ana"], "mill would close soon", "expects", 90),
        prediction(&["Berg"], "Tom Berg", "says", 50),
    ]
}

#[track_caller]
fn check(measured: &Measured, part: Part, measure: Measure, [right, predicted, hit, gold]: [usize; 4]) {
    assert_eq!(measured.tally.of(part, measure), Count { right, predicted, hit, gold });
}

#[test]
fn what_is_found_and_who_said_it() {
    let measured = measure(&article(), &predictions());
    check(&measured, Part::All, Measure::Found, [2, 3, 2, 3]);
    check(&measured, Part::All, Measure::Attributed, [1, 3, 1, 3]);
    check(&measured, Part::All, Measure::SameSource, [0, 3, 0, 3]);
    check(&measured, Part::Direct, Measure::Attributed, [1, 1, 1, 1]);
    check(&measured, Part::Indirect, Measure::Found, [1, 2, 1, 2]);
    check(&measured, Part::Act("says".to_owned()), Measure::Found, [1, 2, 0, 0]);
    assert_eq!(measured.fates, [Fate::Right, Fate::WrongSource(1), Fate::Spurious]);
    assert_eq!(measured.missed, [2]);
}

#[test]
fn what_is_discarded_counts_nowhere() {
    let mut article = article();
    article.discard = vec![range("Tom Berg said the mill would close soon")];
    let measured = measure(&article, &predictions());
    check(&measured, Part::All, Measure::Found, [1, 1, 1, 2]);
    assert_eq!(measured.fates, [Fate::Right, Fate::Ignored, Fate::Ignored]);
}

#[test]
fn half_of_the_shorter_is_enough_for_a_loose_reading() {
    let measured = measure(&article(), &[prediction(&["Tom Berg"], "close soon", "says", 90)]);
    check(&measured, Part::All, Measure::Attributed, [0, 1, 0, 3]);
    check(&measured, Part::All, Measure::AttributedLoosely, [1, 1, 1, 3]);
}

#[test]
fn the_tables_are_written() {
    let (articles, predictions) = ([article()], [predictions()]);
    let measured = [measure(&articles[0], &predictions[0])];
    let row = |table: &str, name: &str| {
        let row = table.lines().find_map(|line| line.strip_prefix(name)).expect("a row of that name");
        row.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let measures = report::measures(&measured, 10);
    assert_eq!(row(&measures, "found  "), "66.7 66.7 66.7 66.7–66.7 3 3");
    let acts = report::acts(&measured, 10);
    assert_eq!(row(&acts, "expects"), "100.0 – – 0.0 – – 0.0–0.0 0 1");
    let calibration = report::calibration(&measured, &predictions);
    assert_eq!(row(&calibration, "0.95 to 1.00"), "1 97.0 100.0 100.0");
    assert_eq!(row(&calibration, "0.90 to 0.94"), "1 90.0 100.0 0.0");
    assert_eq!(row(&calibration, "mean distance from attributed:"), "47.7");
    let thresholds = report::thresholds(&articles, &predictions);
    assert_eq!(row(&thresholds, "0.95"), "1 100.0 33.3 50.0 100.0 33.3 50.0");
    let errors = errors::list(&articles, &predictions, &measured, 1);
    for line in [
        "0.50 made-up says made-up 20",
        "    Berg | said | Tom Berg",
        "    marked: Tom Berg",
        "with a cue missed 1 × made-up 67",
    ] {
        assert!(errors.lines().any(|other| other == line), "{line}\n{errors}");
    }
}

#[test]
fn the_program_itself_is_scored() {
    let line = serde_json::json!({ "id": "a", "text": TEXT, "attributions": [] });
    let articles = corpus::read(&format!("{line}\n\n{line}\n")).unwrap();
    let predictions = predict(&articles, false);
    assert_eq!(predictions.len(), 2);
    let contents = predictions.iter().flatten().map(|prediction| prediction.attribution.content[0]);
    assert!(contents.filter(|content| content[0] == 0).count() == 2, "{predictions:?}");
    assert!(corpus::read("{}").unwrap_err().to_string().contains("line 1"));
}
