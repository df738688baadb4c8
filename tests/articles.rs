//! Whole articles with everything the program reads from them: the marked text, and below a line a list of the positions.
//!
//! `UPDATE=1 cargo test --test articles` rewrites them; the review reads the difference. They show what is found, not what
//! a perfect reader would find.

use std::path::Path;

use demarche::analysis::lexicon::Lexicon;
use demarche::analysis::markup::{mark, unmark};
use demarche::analysis::{ActorId, Analysis, Position, analyze};
use demarche::document::Document;

const LINE: &str = "\n\n====\n";

#[track_caller]
fn check(name: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles").join(name);
    let expected = std::fs::read_to_string(&path).expect("the article is there");
    let marked = expected.split_once(LINE).map_or(expected.as_str(), |(marked, _)| marked);
    let text = unmark(marked).trim_end().to_owned();
    let analysis = analyze(&Document::read(name, text.clone().into_bytes(), None), Lexicon::embedded());
    let found = format!("{}{LINE}{}", mark(&text, &analysis), list(&text, &analysis));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, found).expect("the article can be written");
    } else {
        assert_eq!(found, expected, "{name} reads differently; `UPDATE=1 cargo test --test articles` accepts it");
    }
}

/// One line a position: its number, act, actors, whom it addresses, what it answers, inside which it stands.
fn list(text: &str, analysis: &Analysis) -> String {
    let line = |(index, position): (usize, &Position)| {
        let mut line = format!("{}. {} {}", index + 1, names(analysis, &position.actors), position.act.word());
        let mut add =
            |label: &str, words: String| line += &if words.is_empty() { words } else { format!(", {label} {words}") };
        add("to", names(analysis, &position.addressees));
        add("for", names(analysis, &position.speaks_for));
        for answer in &position.answers {
            add(answer.how.word(), (answer.position.0 + 1).to_string());
        }
        add("in", position.nested_in.map(|outer| (outer.0 + 1).to_string()).unwrap_or_default());
        line + "\n"
    };
    let positions: String = analysis.positions.iter().enumerate().map(line).collect();
    let open: String = analysis.open.iter().map(|open| format!("open: {}\n", open.of(text))).collect();
    positions + &open
}

fn names(analysis: &Analysis, actors: &[ActorId]) -> String {
    let names: Vec<&str> = actors.iter().map(|actor| analysis.actors[actor.0].id.as_str()).collect();
    names.join("+")
}

#[test]
fn a_strike() {
    check("strike.txt");
}

#[test]
fn a_court_case() {
    check("court.txt");
}

#[test]
fn a_trade_dispute() {
    check("trade.txt");
}

#[test]
fn a_climate_summit() {
    check("climate.txt");
}

#[test]
fn a_merger() {
    check("merger.txt");
}

#[test]
fn a_transfer_row() {
    check("transfer.txt");
}

#[test]
fn a_school_board() {
    check("school.txt");
}

#[test]
fn a_science_dispute() {
    check("science.txt");
}
