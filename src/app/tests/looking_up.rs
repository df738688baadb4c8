//! Words looked up by a program of the reader's own.

use super::*;

/// Returns an app that has words looked up, with the cursor on a word.
fn with_dictionary(words: &str) -> App {
    let mut app = reader();
    app.config.look_up = vec!["dict".to_owned()];
    app.state.here = span(words).start;
    app
}

#[test]
fn the_word_or_the_selection_is_looked_up_with_its_sentence() {
    let sentence = "“We need the ferry,” said Anna Blom, the mayor.".to_owned();
    let mut app = with_dictionary("need");
    let effect = Effect::LookUp { words: "need".to_owned(), sentence: sentence.clone() };
    assert_eq!(press(&mut app, "D"), [effect]);
    app.handle(Event::LookedUp("to be without\n".to_owned()));
    assert_eq!(app.state.look_up.as_ref().unwrap().lines(), ["to be without"]);
    assert_eq!(press(&mut app, "esc"), [], "it has ended");
    assert!(app.state.look_up.is_none());
    let effect = Effect::LookUp { words: "need the".to_owned(), sentence };
    assert_eq!(press(&mut app, "v w D"), [effect]);
}

#[test]
fn a_look_up_that_is_left_is_stopped() {
    let mut app = with_dictionary("need");
    press(&mut app, "D");
    assert_eq!(press(&mut app, "esc"), [Effect::StopLookUp]);
    app.handle(Event::LookedUp("too late".to_owned()));
    assert!(matches!(app.state.mode, Mode::Read) && app.state.look_up.is_none());
}

#[test]
fn a_look_up_that_fails_is_told() {
    let told = |app: &App| app.state.message.clone().map(|message| (message.text, message.hint)).unwrap();
    let mut app = with_dictionary("need");
    press(&mut app, "D");
    app.handle(Event::NotLookedUp { message: "cannot run 'dict'".to_owned(), hint: "name another".to_owned() });
    assert!(matches!(app.state.mode, Mode::Read));
    assert_eq!(told(&app), ("cannot run 'dict'".to_owned(), "name another".to_owned()));
    press(&mut app, "D");
    app.handle(Event::LookedUp(" \n".to_owned()));
    assert_eq!(told(&app).0, "nothing was said of 'need'");
    app.config.look_up = Vec::new();
    assert_eq!(press(&mut app, "D"), []);
    assert_eq!(told(&app).0, "no program to look words up with");
}
