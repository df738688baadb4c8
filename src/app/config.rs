//! Options: `config/config.toml`, and the user's copy over it. A wrong line is reported and the rest still works.

use std::fmt;

use toml_edit::{Document, Item};

use super::keymap::PRESETS;
use crate::analysis::Languages;
use crate::text::nearest;

/// The options as the program has them.
pub const DEFAULT: &str = include_str!("../../config/config.toml");

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// `auto`, `dark`, `light`, or the name of a user's theme.
    pub theme: String,
    /// The set of keys below the user's own.
    pub keys: String,
    /// In columns.
    pub measure: u16,
    /// In percent of the screen's width.
    pub sidebar: u16,
    pub hyphenate: bool,
    pub notes: NotesPlace,
    /// The file of what all articles share; empty for the one in the data directory.
    pub library: String,
    pub ascii: bool,
    pub mouse: bool,
    /// Actors and positions are looked for in text that is no English, too.
    pub any_language: bool,
    /// A program and its arguments; the link comes last.
    pub open: Vec<String>,
    /// The same for pages to be read; empty if nothing is to be fetched.
    pub fetch: Vec<String>,
    /// The same for words to be looked up.
    pub look_up: Vec<String>,
}

/// Where new notes files go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NotesPlace {
    #[default]
    Data,
    Beside,
}

/// A line of a configuration file that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    pub text: String,
    pub hint: String,
}

impl Problem {
    pub fn new(file: &str, line: usize, text: String, hint: String) -> Problem {
        Problem { file: file.to_owned(), line, text, hint }
    }

    /// Returns the problem of a file that is not TOML.
    pub fn syntax(file: &str, toml: &str, error: &toml_edit::TomlError) -> Problem {
        let line = error.span().map_or(1, |span| toml[..span.start.min(toml.len())].matches('\n').count() + 1);
        let reason = error.message().lines().next().unwrap_or("not TOML").to_owned();
        Problem::new(file, line, reason, "the whole file is left out until it is mended".to_owned())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.text)
    }
}

/// One option: its name, and how its value is read into the configuration; an error says what would be right.
type Option_ = (&'static str, fn(&mut Config, &Item) -> Result<(), &'static str>);

const OPTIONS: &[Option_] = &[
    ("theme", |config, item| text(item).map(|value| config.theme = value.to_owned())),
    ("keys", |config, item| match text(item) {
        Ok(name) if words_of("keys").contains(&name) => {
            config.keys = name.to_owned();
            Ok(())
        }
        _ => Err("\"default\", \"vi\", \"less\" or \"arrows\""),
    }),
    ("measure", |config, item| number(item, 20, 120, "a number from 20 to 120").map(|value| config.measure = value)),
    ("sidebar", |config, item| number(item, 20, 70, "a number from 20 to 70").map(|value| config.sidebar = value)),
    ("hyphenate", |config, item| truth(item).map(|value| config.hyphenate = value)),
    ("notes", |config, item| match text(item) {
        Ok("data") => {
            config.notes = NotesPlace::Data;
            Ok(())
        }
        Ok("beside") => {
            config.notes = NotesPlace::Beside;
            Ok(())
        }
        _ => Err("\"data\" or \"beside\""),
    }),
    ("library", |config, item| text(item).map(|value| config.library = value.to_owned())),
    ("ascii", |config, item| truth(item).map(|value| config.ascii = value)),
    ("mouse", |config, item| truth(item).map(|value| config.mouse = value)),
    ("any_language", |config, item| truth(item).map(|value| config.any_language = value)),
    ("open", |config, item| match words(item) {
        Some(words) if !words.is_empty() => {
            config.open = words;
            Ok(())
        }
        _ => Err("a list of words: a program and its arguments"),
    }),
    ("fetch", |config, item| {
        let fetch = words(item).ok_or("a list of words: a program and its arguments")?;
        config.fetch = fetch;
        Ok(())
    }),
    ("look-up", |config, item| {
        let look_up = words(item).ok_or("a list of words: a program and its arguments")?;
        config.look_up = look_up;
        Ok(())
    }),
];

/// Returns the words that an option takes, where it takes nothing else.
fn words_of(option: &str) -> Vec<&'static str> {
    match option {
        "keys" => PRESETS.iter().map(|(name, _)| *name).collect(),
        "notes" => vec!["data", "beside"],
        _ => Vec::new(),
    }
}

impl Default for Config {
    fn default() -> Config {
        let empty = Config {
            theme: String::new(),
            keys: String::new(),
            measure: 0,
            sidebar: 0,
            hyphenate: false,
            notes: NotesPlace::Data,
            library: String::new(),
            ascii: false,
            mouse: false,
            any_language: false,
            open: Vec::new(),
            fetch: Vec::new(),
            look_up: Vec::new(),
        };
        empty.with("config.toml", DEFAULT).0
    }
}

impl Config {
    /// Returns the configuration with the user's file over it, and what of the file could not be used.
    pub fn with(mut self, file: &str, toml: &str) -> (Config, Vec<Problem>) {
        let document = match Document::parse(toml) {
            Ok(document) => document,
            Err(error) => return (self, vec![Problem::syntax(file, toml, &error)]),
        };
        let mut problems = Vec::new();
        for (name, item) in document.iter() {
            let span = document.as_table().key(name).and_then(|key| key.span());
            let line = span.map_or(1, |span| toml[..span.start].matches('\n').count() + 1);
            let problem = match OPTIONS.iter().find(|(option, _)| *option == name) {
                Some((_, read)) => match read(&mut self, item) {
                    Ok(()) => continue,
                    Err(right) => {
                        let near = item.as_str().and_then(|word| nearest(word, words_of(name)));
                        let hint = near.map_or(format!("write {right}"), |near| format!("did you mean '{near}'?"));
                        (format!("'{name}' cannot be this"), hint)
                    }
                },
                None => {
                    let near = nearest(name, OPTIONS.iter().map(|(option, _)| *option));
                    let hint = near.map_or("`demarche config` prints all options".to_owned(), |near| {
                        format!("did you mean '{near}'?")
                    });
                    (format!("unknown option '{name}'"), hint)
                }
            };
            problems.push(Problem::new(file, line, problem.0, problem.1));
        }
        (self, problems)
    }

    /// Returns which texts are analysed.
    pub fn languages(&self) -> Languages {
        if self.any_language { Languages::Any } else { Languages::English }
    }

    /// Returns the names of all options.
    pub fn names() -> impl Iterator<Item = &'static str> {
        OPTIONS.iter().map(|(name, _)| *name)
    }
}

fn text(item: &Item) -> Result<&str, &'static str> {
    item.as_str().ok_or("a word in quotation marks")
}

fn words(item: &Item) -> Option<Vec<String>> {
    item.as_array()?.iter().map(|word| word.as_str().map(str::to_owned)).collect()
}

fn truth(item: &Item) -> Result<bool, &'static str> {
    item.as_bool().ok_or("true or false")
}

fn number(item: &Item, least: u16, most: u16, right: &'static str) -> Result<u16, &'static str> {
    let value = item.as_integer().and_then(|value| u16::try_from(value).ok());
    value.filter(|value| (least..=most).contains(value)).ok_or(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_set_every_option() {
        let (_, problems) = Config::default().with("config.toml", DEFAULT);
        assert_eq!(problems, []);
        let set: Vec<&str> = DEFAULT
            .lines()
            .filter_map(|line| line.split_once(" = "))
            .map(|(name, _)| name)
            .filter(|name| !name.starts_with('#'))
            .collect();
        assert_eq!(set, Config::names().collect::<Vec<_>>());
    }

    #[track_caller]
    fn check(toml: &str, message: &str, hint: &str) {
        let (config, problems) = Config::default().with("config.toml", toml);
        assert_eq!(
            problems.iter().map(|p| (p.to_string(), p.hint.clone())).collect::<Vec<_>>(),
            [(message.to_owned(), hint.to_owned())]
        );
        assert!(!config.mouse || !toml.contains("mouse = false"), "the right lines still work");
    }

    #[test]
    fn wrong_lines_are_named_and_the_rest_works() {
        check("mouse = false\nmesure = 50", "config.toml:2: unknown option 'mesure'", "did you mean 'measure'?");
        check(
            "measure = 500\nmouse = false",
            "config.toml:1: 'measure' cannot be this",
            "write a number from 20 to 120",
        );
        check("notes = \"here\"", "config.toml:1: 'notes' cannot be this", "write \"data\" or \"beside\"");
        check("notes = \"besides\"", "config.toml:1: 'notes' cannot be this", "did you mean 'beside'?");
        check("keys = \"vim\"", "config.toml:1: 'keys' cannot be this", "did you mean 'vi'?");
        let all = "write \"default\", \"vi\", \"less\" or \"arrows\"";
        check("keys = \"emacs\"", "config.toml:1: 'keys' cannot be this", all);
    }

    #[test]
    fn a_file_that_is_not_toml_is_left_out() {
        let (config, problems) = Config::default().with("config.toml", "mouse = false\nmeasure = = 3");
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].line, 2);
        assert_eq!(config, Config::default());
    }
}
