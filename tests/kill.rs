//! Killed at any moment, the program has lost no note that it called saved.

mod terminal;

use std::fs;
use std::thread;
use std::time::Duration;

use demarche::annotation::Notes;
use demarche::document::Document;
use terminal::Session;

/// Readers that are killed again and again, each with notes of its own, and how often each is killed.
const READERS: u64 = 4;
const KILLS: u64 = 15;

/// The most notes that are saved before the kill.
const NOTES: u64 = 3;

/// The kill comes while another note is written, this late at most: a note takes about as long.
const LATEST: Duration = Duration::from_millis(25);

#[test]
fn no_saved_note_is_lost_by_a_kill() {
    thread::scope(|scope| {
        for seed in 0..READERS {
            scope.spawn(move || kill_again_and_again(&mut fastrand::Rng::with_seed(seed)));
        }
    });
}

fn kill_again_and_again(random: &mut fastrand::Rng) {
    let sentences = |from: usize| (from..from + 8).map(|n| format!("The ferry left pier {n} before noon."));
    let article: String = (0..60).map(|n| sentences(n * 8).collect::<Vec<_>>().join(" ") + "\n\n").collect();
    let document = Document::read("harbour.txt", article.clone().into_bytes(), None);
    let mut saved = Vec::new();
    let mut session = Session::open(&article);
    for round in 0..KILLS {
        session.see("The ferry left pier 0");
        for note in 0..random.u64(..=NOTES) {
            let words = format!("thought {round}.{note}.");
            assert!(write(&mut session, round * (NOTES + 1) + note, &words), "it ended by itself");
            saved.push(words);
        }
        session.kill_after(LATEST.mul_f64(random.f64()));
        let words = format!("thought {round}.last.");
        if write(&mut session, round * (NOTES + 1) + NOTES, &words) {
            saved.push(words);
        }
        session.exit_code();
        check(&session, &document, &saved);
        session = session.reopen();
    }
}

/// Writes a note on a sentence; returns whether it was called saved before the program ended.
fn write(session: &mut Session, sentence: u64, words: &str) -> bool {
    session.offer_keys(&format!("gg{})i{words}", sentence + 1));
    // The word of the note before is gone when these are there.
    let is_written = |screen: &str| screen.contains(words) && !screen.contains("saved");
    session.sees(is_written) && {
        session.offer_keys("\x1b");
        session.sees(|screen| screen.contains("saved"))
    }
}

/// Checks that the notes file is whole and has all that was saved.
#[track_caller]
fn check(session: &Session, document: &Document, saved: &[String]) {
    let files = session.files("data/demarche/notes");
    let file = files.iter().find(|path| path.ends_with(".notes.toml"));
    let toml = file.map_or(String::new(), |file| fs::read_to_string(session.home().join(file)).unwrap());
    let notes = Notes::parse(&toml, document).unwrap();
    assert_eq!(notes.problems(), [], "{toml}");
    for words in saved {
        assert!(toml.contains(words), "'{words}' is lost:\n{toml}");
    }
}
