//! The palette: a command by its name.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher};

use super::run;
use crate::app::command::{Command, Entry, TABLE};
use crate::app::prompt::Prompt;
use crate::app::state::{Mode, PalettePrompt};
use crate::app::{App, Code, Effect, Key};

/// Opens the palette with all commands.
pub fn open(app: &mut App) {
    app.state.mode = Mode::Palette(PalettePrompt { prompt: Prompt::new(""), selected: 0 });
}

/// Returns the commands that a text finds by name or description, the best first; all of them for none.
pub fn matching(text: &str) -> Vec<&'static Entry> {
    if text.trim().parse::<usize>().is_ok() {
        return TABLE.iter().filter(|entry| entry.name == "goto-start").collect();
    }
    let pattern = Pattern::parse(text, CaseMatching::Smart, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut scored: Vec<(u32, &Entry)> = Vec::new();
    let mut buffer = Vec::new();
    for entry in TABLE {
        let mut score = |words: &str, weight: u32| {
            let words = nucleo_matcher::Utf32Str::new(words, &mut buffer);
            pattern.score(words, &mut matcher).map(|score| score * weight)
        };
        if let Some(score) = score(entry.name, 4).max(score(entry.doc, 1)) {
            scored.push((score, entry));
        }
    }
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    let mut found: Vec<&Entry> = scored.into_iter().map(|(_, entry)| entry).collect();
    if let Some(command) = Command::from_short(text.trim()) {
        found.retain(|entry| entry.command != command);
        found.insert(0, command.entry());
    }
    found
}

/// Takes in a key of the palette. A number goes to that paragraph.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Palette(palette) = &mut app.state.mode else { return Vec::new() };
    let found = matching(palette.prompt.text());
    match key.code {
        Code::Esc => app.state.mode = Mode::Read,
        Code::Char('c' | 'g') if key.ctrl => app.state.mode = Mode::Read,
        Code::Backspace if palette.prompt.text().is_empty() => app.state.mode = Mode::Read,
        Code::Up => palette.selected = palette.selected.saturating_sub(1),
        Code::Down => palette.selected = (palette.selected + 1).min(found.len().saturating_sub(1)),
        Code::Tab => {
            if let Some(entry) = found.get(palette.selected) {
                palette.prompt = Prompt::new(entry.name);
                palette.selected = 0;
            }
        }
        Code::Enter => {
            let number = palette.prompt.text().trim().parse().ok();
            let chosen = found.get(palette.selected).map(|entry| entry.command);
            app.state.mode = Mode::Read;
            app.state.count = number;
            return chosen.map_or_else(Vec::new, |command| run(app, command));
        }
        _ => {
            if palette.prompt.type_key(key) {
                palette.selected = 0;
            }
        }
    }
    Vec::new()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_name_finds_it() {
        assert_eq!(matching("foc")[0].name, "focus-mode");
        assert_eq!(matching("undo")[0].name, "undo");
        assert_eq!(matching("").len(), TABLE.len());
        assert_eq!(matching("12")[0].name, "goto-start");
        assert!(matching("zzzz").is_empty());
        assert_eq!(["n", "p ", "q"].map(|short| matching(short)[0].name), ["next-file", "previous-file", "quit"]);
    }
}
