//! Keys to commands: `config/keys.toml`, the set of keys that an option names, and the user's file over both.

use std::fmt::Write;

use toml_edit::Document;

use super::command::{Command, Group, TABLE};
use super::config::Problem;
use super::key::{Key, parse_keys, spell_keys};
use crate::text::nearest;

/// The keys of every command as the program has them.
pub const DEFAULT: &str = include_str!("../../config/keys.toml");

/// The sets of keys that the option `keys` names, each with what it changes.
pub const PRESETS: &[(&str, &str)] = &[
    ("default", ""),
    ("vi", include_str!("../../config/keys/vi.toml")),
    ("less", include_str!("../../config/keys/less.toml")),
    ("arrows", include_str!("../../config/keys/arrows.toml")),
];

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap {
    bindings: Vec<(Vec<Key>, Command)>,
}

/// What a run of keys means so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    Command(Command),
    /// More keys may make a command.
    Unfinished,
    Nothing,
}

impl Default for Keymap {
    fn default() -> Keymap {
        Keymap { bindings: Vec::new() }.with("keys.toml", DEFAULT).0
    }
}

impl Keymap {
    /// Returns the keymap of a set of keys; an unknown one is the default.
    pub fn named(preset: &str) -> Keymap {
        let toml = PRESETS.iter().find(|(name, _)| *name == preset).map_or("", |(_, toml)| toml);
        Keymap::default().with(preset, toml).0
    }

    /// Returns the keymap with the user's file over it; what it does not name stays. A line that cannot be read is
    /// left out and reported.
    pub fn with(mut self, file: &str, toml: &str) -> (Keymap, Vec<Problem>) {
        let document = match Document::parse(toml) {
            Ok(document) => document,
            Err(error) => return (self, vec![Problem::syntax(file, toml, &error)]),
        };
        let mut problems = Vec::new();
        for (name, item) in document.iter() {
            let at = line_of(&document, toml, name);
            let Some(command) = Command::from_name(name) else {
                let hint = nearest(name, TABLE.iter().map(|entry| entry.name))
                    .map_or("`?` lists all commands".to_owned(), |near| format!("did you mean '{near}'?"));
                problems.push(Problem::new(file, at, format!("unknown command '{name}'"), hint));
                continue;
            };
            match read_bindings(item) {
                Ok(bindings) => self.bind(command, bindings),
                Err(reason) => problems.push(Problem::new(
                    file,
                    at,
                    reason,
                    "write a list of keys, such as [\"j\", \"ctrl-d\", \"g g\"]".to_owned(),
                )),
            }
        }
        (self, problems)
    }

    /// Gives a command these keys and no others; a run of keys belongs to the command that took it last.
    fn bind(&mut self, command: Command, runs: Vec<Vec<Key>>) {
        self.bindings.retain(|(keys, bound)| *bound != command && !runs.contains(keys));
        self.bindings.extend(runs.into_iter().map(|keys| (keys, command)));
    }

    /// Returns what a run of keys means.
    pub fn meaning(&self, keys: &[Key]) -> Meaning {
        let exact = self.bindings.iter().find(|(bound, _)| bound == keys);
        match exact {
            Some(&(_, command)) => Meaning::Command(command),
            None if self.bindings.iter().any(|(bound, _)| bound.starts_with(keys)) => Meaning::Unfinished,
            None => Meaning::Nothing,
        }
    }

    /// Returns the keys of a command as they are written, the first the user would press first.
    pub fn keys_of(&self, command: Command) -> Vec<String> {
        self.bindings.iter().filter(|(_, bound)| *bound == command).map(|(keys, _)| spell_keys(keys)).collect()
    }

    /// Returns the keymap as a file that says the same.
    pub fn to_toml(&self) -> String {
        let mut toml = String::new();
        for group in Group::ALL {
            let _ = writeln!(toml, "{}# {}", if toml.is_empty() { "" } else { "\n" }, group.title().to_lowercase());
            for entry in TABLE.iter().filter(|entry| entry.group == *group) {
                let keys: toml_edit::Array = self.keys_of(entry.command).into_iter().collect();
                let _ = writeln!(toml, "{:<19} = {keys}", entry.name);
            }
        }
        toml
    }
}

fn read_bindings(item: &toml_edit::Item) -> Result<Vec<Vec<Key>>, String> {
    let list = match item.as_array() {
        Some(array) => array.iter().map(|value| value.as_str()).collect::<Option<Vec<_>>>(),
        None => item.as_str().map(|one| vec![one]),
    };
    let list = list.ok_or("keys are words in a list")?;
    list.into_iter()
        .map(|keys| match parse_keys(keys) {
            Ok(run) if run.is_empty() => Err("an empty key".to_owned()),
            Ok(run) => Ok(run),
            Err(unknown) => Err(unknown.to_string()),
        })
        .collect()
}

/// Returns the line of a key in a TOML file.
fn line_of(document: &Document<&str>, toml: &str, name: &str) -> usize {
    let span = document.as_table().key(name).and_then(|key| key.span());
    span.map_or(1, |span| toml[..span.start].matches('\n').count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_is_in_the_file_and_no_key_stands_twice() {
        let keymap = Keymap { bindings: Vec::new() };
        check_file(keymap.clone(), DEFAULT);
        check_reachable("default", &keymap.with("keys.toml", DEFAULT).0);
    }

    #[test]
    fn every_set_of_keys_reaches_every_command() {
        for (name, toml) in PRESETS {
            check_file(Keymap { bindings: Vec::new() }, toml);
            check_reachable(name, &Keymap::named(name));
        }
    }

    /// Checks that all of a file can be used, and that it gives no key to two commands.
    #[track_caller]
    fn check_file(keymap: Keymap, toml: &str) {
        let (keymap, problems) = keymap.with("keys.toml", toml);
        assert_eq!(problems, []);
        let lists = toml.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(" = "));
        let written: usize = lists.map(|(_, keys)| keys.matches(", ").count() + 1).sum();
        assert_eq!(keymap.bindings.len(), written, "two commands share a run of keys");
    }

    #[track_caller]
    fn check_reachable(name: &str, keymap: &Keymap) {
        for entry in TABLE {
            assert!(!keymap.keys_of(entry.command).is_empty(), "{name}: {} has no key", entry.name);
        }
        for (keys, command) in &keymap.bindings {
            assert_eq!(keymap.meaning(keys), Meaning::Command(*command));
            for shorter in 1..keys.len() {
                let meaning = keymap.meaning(&keys[..shorter]);
                assert_eq!(meaning, Meaning::Unfinished, "{name}: {command:?} can never be reached");
            }
        }
    }

    #[test]
    fn a_keymap_is_written_as_it_is_read() {
        for (name, _) in PRESETS {
            let keymap = Keymap::named(name);
            let (again, problems) = Keymap { bindings: Vec::new() }.with("keys.toml", &keymap.to_toml());
            assert_eq!(problems, []);
            assert!(TABLE.iter().all(|entry| again.keys_of(entry.command) == keymap.keys_of(entry.command)), "{name}");
        }
    }

    #[track_caller]
    fn check(toml: &str, line: usize, text: &str, hint: &str) {
        let (_, problems) = Keymap::default().with("keys.toml", toml);
        assert_eq!(problems, [Problem::new("keys.toml", line, text.to_owned(), hint.to_owned())]);
    }

    #[test]
    fn a_wrong_name_is_reported_with_the_nearest_right_one() {
        check(
            "quit = [\"Q\"]\nscrol-down = [\"J\"]\n",
            2,
            "unknown command 'scrol-down'",
            "did you mean 'scroll-down'?",
        );
    }

    #[test]
    fn what_is_wrong_hides_nothing_else() {
        let (keymap, problems) = Keymap::default().with("keys.toml", "quit = 7\nundo = [\"U\"]\n");
        assert_eq!(problems.len(), 1);
        assert_eq!(keymap.keys_of(Command::Undo), ["U"]);
        assert_eq!(keymap.keys_of(Command::Quit), ["q", "ctrl-c"]);
    }

    #[test]
    fn the_last_to_take_a_key_has_it() {
        let (keymap, _) = Keymap::default().with("keys.toml", "quit = [\"j\"]");
        assert_eq!(keymap.meaning(&["j".parse().unwrap()]), Meaning::Command(Command::Quit));
        assert_eq!(keymap.keys_of(Command::ScrollDown), ["down"]);
    }
}
