//! The lines of the pages that lie over the screen: help, messages, and why a position is there.

use super::App;
use super::command::{Command, Group, TABLE};
use super::layout::wrap;
use super::links;
use super::state::Overlay;
use super::why;
use crate::text::Offset;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Title(&'static str),
    Command {
        keys: String,
        name: &'static str,
        doc: &'static str,
    },
    /// The doc of a command goes on.
    More(&'static str),
    Text(String),
    Hint(String),
    /// A part of an answer, with its name on its first line.
    Part {
        name: &'static str,
        text: String,
    },
    Gap,
}

/// The columns before the keys of a command, a text or a hint.
pub const KEYS: u16 = 3;
pub const TEXT: u16 = 1;
pub const HINT: u16 = 3;
/// Below this many columns the docs stand closer to the keys.
const WIDE: u16 = 80;

/// Returns the column of the docs.
pub fn docs(columns: u16) -> u16 {
    if columns < WIDE { 18 } else { 28 }
}

/// Returns the lines of a page, made from the command table, the keymap and what was told.
pub fn lines(app: &App, overlay: Overlay) -> Vec<Line> {
    match overlay {
        Overlay::Help => help(app),
        Overlay::Messages => messages(app),
        Overlay::Why(position) => why::lines(app, position),
        Overlay::LookUp => look_up(app),
        Overlay::Footnote(at) => footnote(app, at),
    }
}

/// Returns how many lines there are, for scrolling.
pub fn count(app: &App, overlay: Overlay) -> usize {
    match (overlay, &app.state.look_up) {
        (Overlay::LookUp, Some(look_up)) => look_up.len(),
        _ => lines(app, overlay).len(),
    }
}

/// Returns which keys scroll a page and that others leave it.
pub fn leaving(app: &App, scrolls: bool) -> String {
    let key = |command| app.keymap.keys_of(command).into_iter().next().unwrap_or_default();
    match scrolls {
        true => format!("{} {} scroll  any other key leaves", key(Command::ScrollDown), key(Command::ScrollUp)),
        false => "any key leaves".to_owned(),
    }
}

fn footnote(app: &App, at: Offset) -> Vec<Line> {
    let words = links::words_of_note(&app.document, at);
    let rows = wrap(&words, why::inner_width(app.state.size.columns)).into_iter();
    rows.map(|row| Line::Text(row.to_owned())).collect()
}

fn look_up(app: &App) -> Vec<Line> {
    let look_up = app.state.look_up.iter();
    look_up.flat_map(|look_up| look_up.rows_from(0)).map(|row| Line::Text(row.to_owned())).collect()
}

fn help(app: &App) -> Vec<Line> {
    let columns = app.state.size.columns;
    let mut lines = Vec::new();
    for &group in Group::ALL {
        if !lines.is_empty() {
            lines.push(Line::Gap);
        }
        lines.push(Line::Title(group.title()));
        for entry in TABLE.iter().filter(|entry| entry.group == group) {
            let keys = app.keymap.keys_of(entry.command).join("  ");
            let mut docs = wrap(entry.doc, columns.saturating_sub(docs(columns) + 1)).into_iter();
            let doc = docs.next().unwrap_or_default();
            lines.push(Line::Command { keys, name: entry.name, doc });
            lines.extend(docs.map(Line::More));
        }
    }
    lines
}

fn messages(app: &App) -> Vec<Line> {
    let columns = app.state.size.columns;
    let broken =
        |text: &str, indent| wrap(text, columns.saturating_sub(indent + 1)).into_iter().map(str::to_owned).collect();
    let mut lines = Vec::new();
    for message in app.state.messages.iter().rev() {
        let (texts, hints): (Vec<_>, Vec<_>) = (broken(&message.text, TEXT), broken(&message.hint, HINT));
        lines.extend(texts.into_iter().map(Line::Text));
        lines.extend(hints.into_iter().filter(|hint: &String| !hint.is_empty()).map(Line::Hint));
    }
    if lines.is_empty() {
        lines.push(Line::Text("nothing was told so far".to_owned()));
    }
    lines
}
