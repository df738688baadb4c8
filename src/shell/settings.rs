//! The reader's own files in the configuration directory: options, keys, themes, names. None of them must be there,
//! and nothing that is wrong in one keeps an article from being read.

use std::env;
use std::path::{Path, PathBuf};

use super::files::Places;
use super::source::read_file;
use crate::analysis::lexicon::Lexicon;
use crate::annotation::Library;
use crate::app::{Config, Keymap, Problem};
use crate::text::nearest;
use crate::view::base16::toml_of_yaml;
use crate::view::{Depth, Theme, theme};

pub const OPTIONS: &str = "config.toml";
pub const KEYS: &str = "keys.toml";
pub const THEMES: &str = "themes";
pub const LEXICON: &str = "lexicon.toml";
/// In the data folder, beside the notes.
pub const LIBRARY: &str = "library.toml";

/// The most bytes read of a configuration file.
const MOST: u64 = 4 << 20;

/// What a file says, as far as it could be used.
#[derive(Clone, Debug)]
pub struct Setting<T> {
    pub value: T,
    pub problems: Vec<Problem>,
}

impl<T> From<(T, Vec<Problem>)> for Setting<T> {
    fn from((value, problems): (T, Vec<Problem>)) -> Setting<T> {
        Setting { value, problems }
    }
}

pub fn options(folder: &Path) -> Setting<Config> {
    read(folder, OPTIONS, Config::default(), |config, toml| config.with(OPTIONS, toml))
}

/// Returns the set of keys that the options name, with the reader's own over it.
pub fn keymap(folder: &Path, options: &Config) -> Setting<Keymap> {
    read(folder, KEYS, Keymap::named(&options.keys), |keymap, toml| keymap.with(KEYS, toml))
}

pub fn lexicon(folder: &Path) -> Setting<Lexicon> {
    read(folder, LEXICON, Lexicon::embedded().clone(), |lexicon, toml| {
        let (lexicon, problems) = lexicon.with_user(toml);
        (lexicon, of_file(LEXICON, problems))
    })
}

/// Returns what all articles share: from the file that the options name, else from the data folder.
pub fn library(places: &Places, options: &Config) -> Setting<Library> {
    let path = library_path(places, options);
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or(LIBRARY);
    let folder = path.parent().unwrap_or(Path::new("."));
    let library = read(folder, name, Library::default(), |_, toml| {
        let (library, problems) = Library::read(toml);
        (library, of_file(name, problems))
    });
    // A library that was named is missed; the usual one need not be there.
    match options.library.is_empty() || path.symlink_metadata().is_ok() {
        true => library,
        false => {
            let hint = format!("{OPTIONS} names it: library = {:?}", options.library);
            (library.value, vec![Problem::new(name, 1, format!("no such file: {}", path.display()), hint)]).into()
        }
    }
}

/// Returns where the library is; `~/` is the home folder, and any other path counts from the configuration directory.
pub fn library_path(places: &Places, options: &Config) -> PathBuf {
    match options.library.as_str() {
        "" => places.data.join(LIBRARY),
        path => match (path.strip_prefix("~/"), env::home_dir()) {
            (Some(rest), Some(home)) => home.join(rest),
            _ => places.config.join(path),
        },
    }
}

fn of_file(name: &str, problems: Vec<crate::analysis::lexicon::Problem>) -> Vec<Problem> {
    let problem =
        |p: crate::analysis::lexicon::Problem| Problem::new(name, p.line, p.message, p.hint.unwrap_or_default());
    problems.into_iter().map(problem).collect()
}

/// Returns a theme of the program or of the reader's folder, in the colours of this terminal.
pub fn theme(folder: &Path, name: &str) -> Setting<Theme> {
    let depth = depth(|variable| env::var(variable).ok());
    let setting = match name {
        "auto" if has_light_ground(&env::var("COLORFGBG").unwrap_or_default()) => (Theme::light(), Vec::new()).into(),
        "auto" => (Theme::dark(), Vec::new()).into(),
        name => match Theme::own(name) {
            Some(theme) => (theme, Vec::new()).into(),
            None => named_theme(folder, name),
        },
    };
    Setting { value: setting.value.adapt(depth), ..setting }
}

/// The endings of theme files: themes and base16 schemes, and schemes as they are passed on.
const ENDINGS: &[&str] = &["toml", "yaml", "yml"];

fn named_theme(folder: &Path, name: &str) -> Setting<Theme> {
    let is_name = !name.is_empty() && !name.starts_with('.') && !name.contains('/');
    let files = ENDINGS.iter().map(|ending| format!("{THEMES}/{name}.{ending}"));
    if let Some(file) = files.filter(|_| is_name).find(|file| folder.join(file).exists()) {
        return read(folder, &file, Theme::dark(), |_, text| match file.ends_with(".toml") {
            true => Theme::named(&file, text),
            false => Theme::named(&file, &toml_of_yaml(text)),
        });
    }
    let yours = themes(folder);
    let own = theme::OWN.iter().map(|(name, _)| *name);
    let near = nearest(name, own.clone().chain(["auto"]).chain(yours.iter().map(String::as_str)));
    let hint = near.map_or_else(
        || {
            let own: Vec<&str> = own.collect();
            format!("auto, {} are there; others are files in {}", own.join(", "), folder.join(THEMES).display())
        },
        |near| format!("did you mean '{near}'?"),
    );
    (Theme::dark(), vec![Problem::new(OPTIONS, 1, format!("no theme '{name}'"), hint)]).into()
}

/// Returns the names of the reader's own themes.
pub fn themes(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder.join(THEMES)).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_theme = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| ENDINGS.contains(&ending))
    };
    let mut names: Vec<String> =
        entries.filter(is_theme).filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
    names.sort();
    names.dedup();
    names
}

/// Lays a file over what holds without it.
fn read<T>(folder: &Path, name: &str, usual: T, with: impl FnOnce(T, &str) -> (T, Vec<Problem>)) -> Setting<T> {
    let path = folder.join(name);
    if path.symlink_metadata().is_err() {
        return (usual, Vec::new()).into();
    }
    let unread = |text: String, hint: &str| vec![Problem::new(name, 1, text, hint.to_owned())];
    match read_file(&path, MOST).map(String::from_utf8) {
        Ok(Ok(toml)) => with(usual, &toml).into(),
        Ok(Err(_)) => {
            (usual, unread("not UTF-8 text".to_owned(), "the whole file is left out until it is mended")).into()
        }
        Err(failure) => (usual, unread(failure.message, "the program's own settings are used")).into(),
    }
}

/// Returns how many colours the terminal has, by what it says in the environment; it is never asked.
fn depth(variable: impl Fn(&str) -> Option<String>) -> Depth {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    let says =
        |name: &str, words: &[&str]| variable(name).is_some_and(|value| words.iter().any(|word| value.contains(word)));
    if is_set("NO_COLOR") || says("TERM", &["dumb", "mono", "vt100", "vt220"]) {
        Depth::None
    } else if says("COLORTERM", &["truecolor", "24bit"]) || says("TERM", &["direct", "kitty", "ghostty", "alacritty"]) {
        Depth::True
    } else if says("TERM", &["256"]) || is_set("COLORTERM") {
        Depth::TwoFiftySix
    } else {
        Depth::Sixteen
    }
}

/// `COLORFGBG` is `foreground;background` or `foreground;other;background` in the numbers of the first sixteen colours.
fn has_light_ground(colors: &str) -> bool {
    let ground = colors.rsplit(';').next().and_then(|number| number.parse::<u8>().ok());
    colors.contains(';') && matches!(ground, Some(7 | 9..=15))
}

/// Returns the first problem in the way it is told in the reader, with the number of the others.
pub fn summary(problems: &[Problem]) -> Option<(String, String)> {
    let first = problems.first()?;
    let more = match problems.len() - 1 {
        0 => String::new(),
        more => format!(" (and {more} more: `demarche config` lists all)"),
    };
    Some((format!("{first}{more}"), first.hint.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_depth(environment: &[(&str, &str)], expected: Depth) {
        let get = |name: &str| environment.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
        assert_eq!(depth(get), expected, "{environment:?}");
    }

    #[test]
    fn colours_are_as_many_as_the_environment_says() {
        check_depth(&[("TERM", "xterm-256color")], Depth::TwoFiftySix);
        check_depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], Depth::True);
        check_depth(&[("TERM", "xterm")], Depth::Sixteen);
        check_depth(&[("TERM", "xterm"), ("NO_COLOR", "")], Depth::Sixteen);
        check_depth(&[("COLORTERM", "truecolor"), ("NO_COLOR", "1")], Depth::None);
        check_depth(&[("TERM", "vt220")], Depth::None);
    }

    #[test]
    fn the_ground_is_the_last_number() {
        assert!(has_light_ground("0;15") && has_light_ground("0;default;15") && has_light_ground("0;7"));
        assert!(
            !has_light_ground("15;0") && !has_light_ground("0;8") && !has_light_ground("") && !has_light_ground("15")
        );
    }

    #[test]
    fn a_file_that_is_wrong_or_unreadable_is_left_out_and_named() {
        let folder = tempfile::tempdir().unwrap();
        assert!(options(folder.path()).problems.is_empty());
        std::fs::write(folder.path().join(OPTIONS), "measure = 50\nmesure = 3").unwrap();
        let setting = options(folder.path());
        assert_eq!(setting.value.measure, 50);
        assert_eq!(summary(&setting.problems).unwrap().0, "config.toml:2: unknown option 'mesure'");
        std::fs::write(folder.path().join(OPTIONS), [0xFF]).unwrap();
        assert_eq!(options(folder.path()).problems[0].to_string(), "config.toml:1: not UTF-8 text");
        std::fs::create_dir(folder.path().join(KEYS)).unwrap();
        assert_eq!(keymap(folder.path(), &Config::default()).problems.len(), 1);
    }

    #[test]
    fn themes_are_found_by_name() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(THEMES)).unwrap();
        std::fs::write(folder.path().join("themes/mine.toml"), "base = \"light\"").unwrap();
        assert!(theme(folder.path(), "mine").problems.is_empty());
        assert_eq!(theme(folder.path(), "yours").problems[0].text, "no theme 'yours'");
        assert_eq!(theme(folder.path(), "../mine").problems.len(), 1);
        std::fs::write(folder.path().join("themes/quay.yaml"), "scheme: Quay\nbase00: \"101418\"\n").unwrap();
        assert_eq!(themes(folder.path()), ["mine", "quay"]);
        assert_eq!(theme(folder.path(), "quay").problems[0].to_string(), "themes/quay.yaml:1: 'base01' is no colour");
        assert_eq!(theme(folder.path(), "hihg-contrast").problems[0].hint, "did you mean 'high-contrast'?");
        assert_eq!(theme(folder.path(), "quai").problems[0].hint, "did you mean 'quay'?");
        assert!(theme(folder.path(), "high-contrast").problems.is_empty());
    }
}
