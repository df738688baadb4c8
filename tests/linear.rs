//! Sessions of the linear mode as text: an article, then lines and what is printed for them. `UPDATE=1 cargo test`
//! rewrites them, and the review reads the difference.

mod support;

use demarche::app::keymap::PRESETS;
use demarche::app::{Command, Event, Keymap, TABLE, line};
use demarche::view::linear;
use proptest::prelude::*;
use support::replay::replay;
use support::session::Session;

/// Plays a transcript; returns it as it should be.
fn play(transcript: &str) -> String {
    let mut steps = transcript.split("\n> ");
    let head = steps.next().unwrap_or_default().split("\n===").next().unwrap_or_default();
    let mut session = Session::begin(head);
    let mut out = head.trim_end().to_owned() + "\n===\n";
    let opening = [linear::greeting(&session.app), linear::reading(&session.app), linear::opening(&session.app)];
    out += &printed(&opening.concat());
    for step in steps {
        let line = step.split('\n').next().unwrap_or_default();
        let told = session.app.state.messages.len();
        session.take(Event::Line(line.trim_end().to_owned()));
        let prompt = linear::prompt(&session.app);
        let next = if prompt == "demarche> " { String::new() } else { format!("[{}]\n", prompt.trim_end()) };
        out += &format!("\n> {line}\n{}{next}", printed(&linear::answer(&session.app, told)));
    }
    out
}

/// A line as it stands in a transcript: what would steer a terminal is shown as it is printed.
fn printed(lines: &[String]) -> String {
    lines.iter().map(|line| demarche::text::clean_lines(line).trim_end().to_owned() + "\n").collect()
}

#[test]
fn lines() {
    replay("linear", play);
}

#[test]
fn the_help_is_true_with_every_set_of_keys() {
    let lines = [
        ("", "An empty line goes on", Command::NextParagraph),
        ("back", ", back goes back", Command::PreviousParagraph),
        ("here", "here says the paragraph again", Command::Redraw),
        ("3 next-position", "3 next-position", Command::NextPosition),
        ("3p", "3p", Command::NextPosition),
        ("notes 2", "notes 2", Command::ShowNotes),
        ("/fares", "/WORDS", Command::Search),
        ("note Who?", "note WORDS", Command::Note),
        ("tag fares", "tag WORDS", Command::Tag),
        ("goto 4", "goto 4", Command::GotoStart),
    ];
    for (name, _) in PRESETS {
        let keymap = Keymap::named(name);
        for (line, said, command) in lines {
            assert!(linear::HELP.contains(said), "the help does not say {said}");
            assert_eq!(line::read(line, &keymap).map(|asked| asked.command), Ok(command), "{name}: {line}");
        }
    }
}

/// Lines that reach far: commands and keys with numbers and words, and what their prompts ask for.
fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        (0..TABLE.len()).prop_map(|index| TABLE[index].name.to_owned()),
        "[a-zA-Z0-9?%<>\\[\\]{}()' ./:+-]{0,3}",
        Just("actors".to_owned()),
        Just("notes".to_owned()),
        ".{0,4}",
    ];
    let rest = prop_oneof![Just(String::new()), "[0-9]{1,2}".prop_map(|n| format!(" {n}")), " [a-zé.]{1,9}"];
    (prop_oneof![Just(String::new()), "[0-9]{1,20}"], word, rest).prop_map(|(count, word, rest)| count + &word + &rest)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_line_is_without_an_answer(lines in prop::collection::vec(line(), 0..40)) {
        let head = include_str!("linear/notes.txt").split("\n===").next().unwrap_or_default();
        let mut session = Session::begin(head);
        for line in lines {
            let told = session.app.state.messages.len();
            session.take(Event::Line(line));
            let answer = linear::answer(&session.app, told);
            prop_assert!(answer.iter().all(|line| !line.contains('\n')), "{answer:?}");
            prop_assert!(linear::prompt(&session.app).ends_with("> "));
        }
    }
}
