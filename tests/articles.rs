//! Whole articles as a careful reader reads them, and beside each what the program gets wrong in it.
//!
//! `articles/NAME.txt` is the truth: the marked text, a list of its positions, its actors (`support/truth/marked.rs` explains
//! the form). People write it. `articles/errors/NAME.txt` is what the program misses, invents or takes for something
//! else, and `articles/errors/summary.txt` the counts; `UPDATE=1 cargo test --test articles` rewrites both, and the
//! review reads the difference.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use demarche::analysis::analyze;
use demarche::analysis::lexicon::Lexicon;
use demarche::document::{Document, Format};

#[path = "support/truth/mod.rs"]
mod truth;

use truth::agreement::agree;
use truth::differences::{Difference, differences};
use truth::score::{Score, ratio};
use truth::{Truth, marked};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/articles");

#[test]
fn every_article_reads_as_recorded() {
    let names = names();
    assert!(names.len() >= 8, "the articles are not there");
    let readings = read_all(&names);
    let mut changed = Vec::new();
    for (name, (_, differences)) in names.iter().zip(&readings) {
        let lines: String = differences.iter().map(|d| format!("{} {}\n", d.kind.word(), d.line)).collect();
        changed.extend(record(name, &lines));
    }
    let scores: Vec<Score> = readings.iter().map(|(score, _)| *score).collect();
    changed.extend(record("summary.txt", &summary(&names, &scores)));
    let hint = "`UPDATE=1 cargo test --test articles` accepts it";
    assert!(changed.is_empty(), "read differently; {hint}\n{}", changed.concat());
}

/// Returns the names of all articles, in order.
fn names() -> Vec<String> {
    let files = fs::read_dir(FOLDER).expect("the folder of articles").map(|entry| entry.expect("a file").path());
    let articles = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    let mut names: Vec<String> =
        articles.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Reads all articles, as many at a time as there are processors.
fn read_all(names: &[String]) -> Vec<(Score, Vec<Difference>)> {
    let next = AtomicUsize::new(0);
    let readings = Mutex::new(vec![(Score::default(), Vec::new()); names.len()]);
    let work = || {
        while let Some((at, name)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, names.get(at)?)))
        {
            let reading = read(name);
            readings.lock().expect("no article panics")[at] = reading;
        }
    };
    std::thread::scope(|scope| {
        (0..std::thread::available_parallelism().map_or(1, usize::from)).for_each(|_| drop(scope.spawn(work)));
    });
    readings.into_inner().expect("no article panics")
}

fn read(name: &str) -> (Score, Vec<Difference>) {
    let article = fs::read_to_string(Path::new(FOLDER).join(name)).expect("the article can be read");
    let truth: Truth = marked::read(&article).unwrap_or_else(|wrong| panic!("{name}: {wrong}"));
    let document = Document::read(name, truth.text.clone().into_bytes(), Some(Format::Plain));
    assert_eq!(document.text, truth.text, "{name} is not read as it is written");
    let analysis = analyze(&document, Lexicon::embedded());
    let agreement = agree(&truth, &analysis);
    let differences = differences(&truth, &analysis, &agreement);
    (Score::of(&truth, &analysis, &agreement, &differences), differences)
}

/// Compares what is recorded, or records it; returns what changed.
fn record(name: &str, found: &str) -> Option<String> {
    let path: PathBuf = Path::new(FOLDER).join("errors").join(name);
    let recorded = fs::read_to_string(&path).unwrap_or_default();
    if recorded == found {
        return None;
    }
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent()?).and_then(|()| fs::write(&path, found)).expect("the errors can be written");
        return None;
    }
    let only = |a: &str, b: &str, sign: char| {
        let lines = a.lines().filter(|line| !b.lines().any(|other| other == *line));
        lines.map(|line| format!("  {sign} {line}\n")).collect::<String>()
    };
    Some(format!("{name}\n{}{}", only(&recorded, found, '-'), only(found, &recorded, '+')))
}

/// Returns the table of counts.
fn summary(names: &[String], scores: &[Score]) -> String {
    let mut table =
        format!("{}\n", row("article", ["core", "found", "missed", "spurious", "actor", "act", "content", "answers"]));
    let mut total = Score::default();
    for (name, score) in names.iter().zip(scores) {
        table += &counts(name.trim_end_matches(".txt"), score);
        total += *score;
    }
    table += &counts("all", &total);
    let percent = |share: f64| format!("{:.1}", 100.0 * share);
    table += &format!(
        "\ncore positions: precision {}, recall {}, F1 {}\nof those found: right actor {}, right act {}, right content {}\n\
         actors found: {} of {}; answers found: {} of {}, and {} that are none\n",
        percent(total.precision()),
        percent(total.recall()),
        percent(total.f1()),
        percent(ratio(total.right_actor, total.hit)),
        percent(ratio(total.right_act, total.hit)),
        percent(ratio(total.right_content, total.hit)),
        total.homes,
        total.actors,
        total.answered,
        total.answers,
        total.wrong_answers,
    );
    table
}

fn counts(name: &str, score: &Score) -> String {
    let numbers = [
        score.core,
        score.hit,
        score.core - score.hit,
        score.predicted - score.used,
        score.right_actor,
        score.right_act,
        score.right_content,
    ];
    let [core, found, missed, spurious, actor, act, content] = numbers.map(|number| number.to_string());
    let answers = format!("{}/{}", score.answered, score.answers);
    let cells = [&core, &found, &missed, &spurious, &actor, &act, &content, &answers].map(String::as_str);
    format!("{}\n", row(name, cells))
}

fn row(name: &str, cells: [&str; 8]) -> String {
    cells.iter().fold(format!("{name:<26}"), |row, cell| format!("{row}{cell:>9}"))
}
