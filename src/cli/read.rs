//! `demarche FILE`: the reader itself; where there is no terminal for it, the text.

use std::env;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use super::article::{self, Article, Reading};
use super::{output, text};
use crate::shell::files::Places;
use crate::shell::opening::Opening;
use crate::shell::reading::Surface;
use crate::shell::series::Series;
use crate::shell::{Failure, Result, reading, recent, settings, source};

#[derive(Debug, Args)]
pub struct Arguments {
    /// The articles, one after the other; `-` or a pipe is standard input, https://… is fetched, none opens the sample
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Begin with the list of articles read lately and those with notes; into a pipe, print where those read lately are
    #[arg(long, conflicts_with = "files")]
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
    let files = match arguments.files.is_empty() && is_piped {
        true => vec![PathBuf::from("-")],
        false => arguments.files,
    };
    let surface = surface(arguments.linear, files == [Path::new("-")]);
    let places = Places::find();
    if surface.is_none() && arguments.recent {
        let paths = recent::load(&places.state).into_iter().map(|article| format!("{}\n", article.path.display()));
        output::print(&paths.collect::<String>())?;
        return Ok(0);
    }
    let Some(surface) = surface else {
        return match files.is_empty() {
            true => output::print(&article::sample().document.text).map(|()| 0),
            false => text::print(&files, &arguments.reading),
        };
    };
    let mut series = Series::new(files);
    let ((article, rest), missed) = open(&mut series, &arguments.reading, surface)?;
    let mut options = settings::options(&places.config);
    options.value.ascii |= arguments.ascii;
    if let Some(theme) = arguments.theme {
        options.value.theme = theme;
    }
    let Article { document, path } = article;
    let Arguments { notes, at, recent: lists, reading: how, .. } = arguments;
    let opener = Box::new(move |path: &Path| match path == Path::new("-") {
        true => Err(input_among_files()),
        false => how.read(path).map(|Article { document, path }| (document, path)),
    });
    let opened =
        reading::Opened { document, rest, path, series, missed, notes, at, lists, places, options, opener, surface };
    reading::run(opened)
}

/// What is read first, where its rest is read from, and why files before it were passed over.
type First = ((Article, Option<Opening>), Vec<Failure>);

/// Opens the first file that can be read, or the sample when none is named.
fn open(series: &mut Series, reading: &Reading, surface: Surface) -> Result<First> {
    if series.is_empty() {
        return Ok(((article::sample(), None), Vec::new()));
    }
    let several = series.has_several();
    let found = series.begin(|file| match surface {
        _ if several && file == Path::new("-") => Err(input_among_files()),
        Surface::Screen => reading.begin(file),
        Surface::Lines { .. } => Ok((reading.read(file)?, None)),
    });
    let mut missed = found.missed;
    match (found.opened, missed.pop()) {
        (Some((_, first)), last) => Ok((first, missed.into_iter().chain(last).collect())),
        (None, last) => {
            missed.iter().for_each(output::warn);
            Err(last.unwrap_or_else(|| Failure::new("no file to read", "")))
        }
    }
}

/// What comes through standard input can be read once, and keys may come through it.
fn input_among_files() -> Failure {
    Failure::new("standard input is read alone, not among files: -", "cat FILES | demarche -")
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
