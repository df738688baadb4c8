//! `demarche config`: the defaults, where the reader's own files are, and what is wrong with them.

use std::fmt::Write;
use std::path::Path;

use clap::{Args, ValueEnum};

use super::output;
use crate::app::{Config, Problem, config, keymap};
use crate::shell::Result;
use crate::shell::files::Places;
use crate::shell::settings::{self, Setting};
use crate::view::theme;

/// Say where your files are, print the options as the program has them, and check yours
#[derive(Debug, Args)]
pub struct Arguments {
    /// Print this file as the program has it, to copy and change: demarche config keys > keys.toml
    #[arg(value_enum)]
    defaults: Option<Defaults>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Defaults {
    /// config.toml
    Options,
    /// keys.toml
    Keys,
    /// themes/dark.toml
    Dark,
    /// themes/light.toml
    Light,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    if let Some(defaults) = arguments.defaults {
        output::print(match defaults {
            Defaults::Options => config::DEFAULT,
            Defaults::Keys => keymap::DEFAULT,
            Defaults::Dark => theme::DARK,
            Defaults::Light => theme::LIGHT,
        })?;
        return Ok(0);
    }
    let places = Places::find();
    let options = settings::options(&places.config);
    output::print(&format!("{}\n{}", listing(&places, &options.value), config::DEFAULT))?;
    let problems = problems(&places, options);
    for problem in &problems {
        output::warn(format!("{problem}\n  hint: {}", problem.hint));
    }
    Ok(u8::from(!problems.is_empty()))
}

/// Lists the reader's files, those that are there and those that could be.
fn listing(places: &Places, options: &Config) -> String {
    let mut listing = String::new();
    let mut say = |what: &str, path: &Path, is_yours: bool| {
        let state = match (path.exists(), is_yours) {
            (true, _) => "",
            (false, true) => "  (not there: the defaults hold)",
            (false, false) => "  (not there yet)",
        };
        let _ = writeln!(listing, "{what:<8} {}{state}", path.display());
    };
    say("options", &places.config.join(settings::OPTIONS), true);
    say("keys", &places.config.join(settings::KEYS), true);
    say("names", &places.config.join(settings::LEXICON), true);
    say("themes", &places.config.join(settings::THEMES), true);
    say("library", &settings::library_path(places, options), false);
    say("notes", &places.data.join("notes"), false);
    say("state", &places.state, false);
    listing
}

/// Returns everything that is wrong with the reader's files.
fn problems(places: &Places, options: Setting<Config>) -> Vec<Problem> {
    let folder = &places.config;
    let library = settings::library(places, &options.value);
    let mut problems = options.problems;
    problems.extend(settings::keymap(folder).problems);
    problems.extend(settings::lexicon(folder).problems);
    problems.extend(library.problems);
    let themes: Vec<String> = settings::themes(folder);
    if !themes.contains(&options.value.theme) {
        problems.extend(settings::theme(folder, &options.value.theme).problems);
    }
    problems.extend(themes.iter().flat_map(|name| settings::theme(folder, name).problems));
    problems
}
