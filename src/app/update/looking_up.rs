//! Looking words up: what is asked of the reader's program, and what becomes of its answer.

use super::{copying, selecting};
use crate::app::look_up::LookUp;
use crate::app::state::{Mode, Overlay};
use crate::app::{App, Effect, select};

/// The most bytes of words that are looked up.
const MOST: usize = 4096;

/// Has the selection looked up, or the word at the cursor.
pub fn start(app: &mut App) -> Vec<Effect> {
    if app.config.look_up.is_empty() {
        let hint = "`look-up` in config.toml names one, such as [\"dict\", \"--\"]";
        app.state.warn("no program to look words up with", hint);
        return Vec::new();
    }
    let span = selecting::selected(app).unwrap_or_else(|| select::word_at(&app.document, app.state.here));
    let words = spoken(&copying::one_line(app, span));
    if !words.chars().any(char::is_alphanumeric) {
        app.state.tell("there is no word here to look up");
        return Vec::new();
    }
    if words.len() > MOST {
        app.state.warn(format!("too long to look up: {} kB", words.len() / 1000), "select less");
        return Vec::new();
    }
    let sentence = app.document.sentence_at(span.start).map(|sentence| spoken(&copying::one_line(app, sentence)));
    app.state.look_up = Some(LookUp::new(words.clone()));
    app.state.mode = Mode::Page(Overlay::LookUp, 0);
    vec![Effect::LookUp { words, sentence: sentence.unwrap_or_default() }]
}

/// Takes in what the program said; nobody waits for it any more when the page was left.
pub fn answer(app: &mut App, text: &str) {
    let Some(look_up) = &mut app.state.look_up else { return };
    look_up.answer(text);
    if look_up.lines().is_empty() {
        let words = look_up.words.clone();
        fail(app, format!("nothing was said of '{words}'"), String::new());
    }
}

/// Leaves the page and tells why nothing is there.
pub fn fail(app: &mut App, message: String, hint: String) {
    app.state.look_up = None;
    if let Mode::Page(Overlay::LookUp, _) = app.state.mode {
        app.state.mode = Mode::Read;
    }
    match hint.is_empty() {
        true => app.state.tell(message),
        false => app.state.warn(message, hint),
    }
}

/// Leaves the page; a program that still runs is stopped.
pub fn leave(app: &mut App) -> Vec<Effect> {
    match app.state.look_up.take() {
        Some(look_up) if look_up.is_under_way() => {
            app.state.tell("given up");
            vec![Effect::StopLookUp]
        }
        _ => Vec::new(),
    }
}

/// A program's argument holds no characters that steer.
fn spoken(words: &str) -> String {
    words.replace(char::is_control, "")
}
