//! Killed at any moment, the program has lost no note that it called saved.

mod terminal;

use std::fs;
use std::io::Read;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

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

/// The same for programs that add one note: so many folders, so many kills in each, so many programs at a time.
const FOLDERS: u64 = 3;
const KILLED: usize = 150;
const AT_ONCE: usize = 3;

#[test]
fn no_saved_note_is_lost_by_a_kill() {
    thread::scope(|scope| {
        for seed in 0..READERS {
            scope.spawn(move || kill_again_and_again(&mut fastrand::Rng::with_seed(seed)));
        }
    });
}

fn kill_again_and_again(random: &mut fastrand::Rng) {
    let article = article();
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

/// How many sentences the article has.
const SENTENCES: usize = 480;

fn article() -> String {
    let sentences = |from: usize| (from..from + 8).map(|n| format!("The ferry left pier {n} before noon."));
    (0..SENTENCES / 8).map(|n| sentences(n * 8).collect::<Vec<_>>().join(" ") + "\n\n").collect()
}

#[test]
fn no_added_note_is_lost_by_a_kill() {
    thread::scope(|scope| {
        for seed in 0..FOLDERS {
            scope.spawn(move || kill_what_adds(&mut fastrand::Rng::with_seed(seed)));
        }
    });
}

/// Lets programs add notes to one file at the same time and kills them while they do.
fn kill_what_adds(random: &mut fastrand::Rng) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("harbour.txt"), article()).unwrap();
    let start = Instant::now();
    assert!(is_saved(add(folder.path(), 0)), "the first is left alone");
    let usual = start.elapsed();
    let (mut saved, mut killed, mut number) = (vec![0], 0, 1);
    while killed < KILLED {
        let mut programs: Vec<(usize, Child)> =
            (number..number + AT_ONCE).map(|n| (n, add(folder.path(), n))).collect();
        number += AT_ONCE;
        for (_, program) in &mut programs {
            thread::sleep(usual.mul_f64(random.f64()) / AT_ONCE as u32);
            program.kill().unwrap();
        }
        for (number, program) in programs {
            let (was_saved, was_killed) = end_of(program);
            killed += usize::from(was_killed);
            saved.extend(was_saved.then_some(number));
        }
    }
    let file = fs::read_dir(folder.path().join("data/demarche/notes")).unwrap().flatten();
    let files: Vec<_> =
        file.map(|entry| entry.path()).filter(|path| path.extension().is_some_and(|e| e == "toml")).collect();
    assert_eq!(files.len(), 1);
    let toml = fs::read_to_string(&files[0]).unwrap();
    let notes = Notes::parse(&toml, &Document::read("harbour.txt", article().into_bytes(), None)).unwrap();
    assert_eq!(notes.problems(), []);
    for number in saved {
        assert_eq!(toml.matches(&format!("thought {number}.")).count(), 1, "thought {number} of {toml}");
    }
}

/// Starts a program that adds a note and prints its id once it is saved.
fn add(folder: &Path, number: usize) -> Child {
    let (quote, note) = (format!("pier {} before", number % SENTENCES), format!("thought {number}."));
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.args(["notes", "add", "harbour.txt", "--quote", &quote, "--note", &note]).current_dir(folder).env_clear();
    for (name, place) in [("HOME", "."), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")] {
        command.env(name, folder.join(place));
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn is_saved(program: Child) -> bool {
    end_of(program).0
}

/// Waits for a program; returns whether it called its note saved, and whether it was killed.
fn end_of(mut program: Child) -> (bool, bool) {
    let mut printed = String::new();
    program.stdout.take().unwrap().read_to_string(&mut printed).unwrap();
    let status = program.wait().unwrap();
    (printed.ends_with('\n'), status.signal() == Some(9))
}

/// Writes a note on a sentence; returns whether it was called saved before the program ended.
fn write(session: &mut Session, sentence: u64, words: &str) -> bool {
    // The first digit is bound to no command of its own, so that all of them are one count.
    session.offer_keys(&format!("gg{})i{words}", 400 + sentence));
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
