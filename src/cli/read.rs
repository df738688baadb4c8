//! `demarche FILE`: the reader itself; where there is no terminal for it, the text.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::article::{self, Article, Reading};
use super::output;
use crate::shell::files::Places;
use crate::shell::{Result, reading, recent, settings, source};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The article; `-` or a pipe is standard input, https://… is fetched, none opens the sample
    file: Option<PathBuf>,
    /// Begin with the list of articles read lately and those with notes; into a pipe, print where those read lately are
    #[arg(long, conflicts_with = "file")]
    recent: bool,
    /// Keep the notes in this file, or in this folder
    #[arg(long, value_name = "PATH")]
    notes: Option<PathBuf>,
    /// The colours: auto, dark, light, high-contrast, or a theme or base16 scheme of your own
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Signs for terminals without Unicode
    #[arg(long)]
    ascii: bool,
    /// Start at this character of the text, as `demarche extract` counts them
    #[arg(long, value_name = "OFFSET")]
    at: Option<usize>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: Arguments) -> Result<u8> {
    let is_piped = !arguments.recent && source::is_standard_input_given();
    let file = arguments.file.as_deref().or_else(|| is_piped.then_some(Path::new("-")));
    let places = Places::find();
    if !has_screen() && arguments.recent {
        let paths = recent::load(&places.state).into_iter().map(|article| format!("{}\n", article.path.display()));
        output::print(&paths.collect::<String>())?;
        return Ok(0);
    }
    if !has_screen() {
        let article = file.map_or_else(|| Ok(article::sample()), |file| arguments.reading.read(file))?;
        output::print(&article.document.text)?;
        return Ok(0);
    }
    let (article, rest) = match file {
        Some(file) => arguments.reading.begin(file)?,
        None => (article::sample(), None),
    };
    let mut options = settings::options(&places.config);
    options.value.ascii |= arguments.ascii;
    if let Some(theme) = arguments.theme {
        options.value.theme = theme;
    }
    let Article { document, path } = article;
    let Arguments { notes, at, recent: lists, reading: how, .. } = arguments;
    let opener = Box::new(move |path: &Path| how.read(path).map(|article| article.document));
    reading::run(reading::Opened { document, rest, path, notes, at, lists, places, options, opener })
}

/// Returns whether standard output is a terminal that can show more than lines.
fn has_screen() -> bool {
    let kind = env::var("TERM").unwrap_or_default();
    io::stdout().is_terminal() && !kind.is_empty() && kind != "dumb"
}
