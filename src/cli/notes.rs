//! `demarche notes`: the notes of a document, listed or exported, each with whether its place was found again.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::article::{Article, Reading};
use super::output;
use crate::analysis;
use crate::annotation::{corrected, export, list};
use crate::app::config::NotesPlace;
use crate::shell::files::Places;
use crate::shell::keeper::Keeper;
use crate::shell::{Failure, Result, settings};

/// Print the notes on an article
#[derive(Debug, Args)]
pub struct Arguments {
    /// The article; `-` reads standard input
    file: PathBuf,
    /// The notes are in this file, or in this folder
    #[arg(long, value_name = "PATH")]
    notes: Option<PathBuf>,
    /// The form
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For reading in a terminal: paragraph, kind, whether the place was found, words
    Text,
    /// One list, with offsets into `demarche text`
    Json,
    /// Notes and positions, for reading elsewhere
    Markdown,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    let Article { document, path } = arguments.reading.read(&arguments.file)?;
    let places = Places::find();
    let options = settings::options(&places.config).value;
    let beside = options.notes == NotesPlace::Beside;
    let (keeper, notes) = Keeper::open(&places, &document, path.as_deref(), arguments.notes.as_deref(), beside)?;
    let file = keeper.path();
    if let Some(reason) = notes.read_only().filter(|_| notes.is_empty()) {
        return Err(Failure::new(reason, "the file is left as it is; mend it by hand"));
    }
    for problem in notes.problems() {
        output::warn(format!("demarche: {}:{}: {}", file.display(), problem.line, problem.reason));
    }
    output::print(&match arguments.format {
        Format::Text => list::listing(&document, &notes),
        Format::Json => list::json(&document, &notes),
        Format::Markdown => {
            let lexicon = settings::lexicon(&places.config).value;
            let analysis = analysis::read(&document, &lexicon, options.languages());
            export::markdown(&document, &notes, &corrected(&document, &analysis, &notes))
        }
    })?;
    if notes.is_empty() {
        output::warn(format!("demarche: no notes yet: {}", file.display()));
    }
    Ok(0)
}
