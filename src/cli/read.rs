//! `demarche FILE`: the reader itself; where there is no terminal for it, the text.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::article::{self, Article, Reading};
use super::output;
use crate::shell::files::Places;
use crate::shell::reading::Surface;
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
    /// Read in lines, without a screen: for screen readers, terminals that only print, and scripts
    #[arg(long)]
    linear: bool,
    /// Start at this character of the text, as `demarche extract` counts them
    #[arg(long, value_name = "OFFSET")]
    at: Option<usize>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: Arguments) -> Result<u8> {
    let is_piped = !arguments.recent && source::is_standard_input_given();
    let file = arguments.file.as_deref().or_else(|| is_piped.then_some(Path::new("-")));
    let surface = surface(arguments.linear, file == Some(Path::new("-")));
    let places = Places::find();
    if surface.is_none() && arguments.recent {
        let paths = recent::load(&places.state).into_iter().map(|article| format!("{}\n", article.path.display()));
        output::print(&paths.collect::<String>())?;
        return Ok(0);
    }
    let (article, rest) = match (file, surface) {
        (Some(file), Some(Surface::Screen)) => arguments.reading.begin(file)?,
        (Some(file), _) => (arguments.reading.read(file)?, None),
        (None, _) => (article::sample(), None),
    };
    let Some(surface) = surface else {
        article::warnings(&article.document).for_each(output::warn);
        output::print(&article.document.text)?;
        return Ok(0);
    };
    let mut options = settings::options(&places.config);
    options.value.ascii |= arguments.ascii;
    if let Some(theme) = arguments.theme {
        options.value.theme = theme;
    }
    let Article { document, path } = article;
    let Arguments { notes, at, recent: lists, reading: how, .. } = arguments;
    let opener = Box::new(move |path: &Path| how.read(path).map(|article| article.document));
    reading::run(reading::Opened { document, rest, path, notes, at, lists, places, options, opener, surface })
}

/// Returns what there is to read on: lines when they are asked for, and on a terminal that only prints where somebody can
/// type; `None` when standard output is no terminal.
fn surface(linear: bool, article_in_input: bool) -> Option<Surface> {
    let lines = Surface::Lines { article_in_input };
    let kind = env::var("TERM").unwrap_or_default();
    match io::stdout().is_terminal() {
        _ if linear => Some(lines),
        true if !kind.is_empty() && kind != "dumb" => Some(Surface::Screen),
        true if article_in_input || io::stdin().is_terminal() => Some(lines),
        _ => None,
    }
}
