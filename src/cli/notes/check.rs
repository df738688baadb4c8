//! `demarche notes check`: what in a notes file its reader may want to mend.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::annotation::{Problem, article_of, check};
use crate::app::config::NotesPlace;
use crate::cli::article::{Article, Reading};
use crate::cli::output;
use crate::document::Document;
use crate::shell::failure::{FAILED, Failure, Result};
use crate::shell::files::{Places, notes_path};
use crate::shell::settings;

/// Check notes: entries that cannot be read, links that lead nowhere, places that are lost, conflicts
///
/// Each problem is a line `file:line: reason`; with any the exit code is 1. Nothing is written.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Articles, whose notes are found as the reader finds them, or notes files (.toml), each checked against the
    /// article of its name beside it, if there is one
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The notes are in this file, or in this folder
    #[arg(long, value_name = "PATH")]
    notes: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    let mut code = 0;
    for file in &arguments.files {
        let is_notes = file.extension().is_some_and(|ending| ending == "toml");
        let (path, article) = if is_notes { (file.clone(), None) } else { notes_of(arguments, file)? };
        let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
        let problems = match String::from_utf8(bytes) {
            Ok(toml) => {
                let article = article.or_else(|| beside(arguments, &path, &toml));
                check(&toml, article.as_ref())
            }
            Err(error) => {
                let line =
                    error.as_bytes()[..error.utf8_error().valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
                vec![Problem { line, reason: "not UTF-8 text".to_owned() }]
            }
        };
        for Problem { line, reason } in &problems {
            output::print(&format!("{}:{line}: {reason}\n", path.display()))?;
        }
        if problems.is_empty() {
            output::print(&format!("{}: no problems\n", path.display()))?;
        } else {
            code = FAILED;
        }
    }
    Ok(code)
}

/// Returns the notes file of an article, and the article.
fn notes_of(arguments: &Arguments, file: &Path) -> Result<(PathBuf, Option<Document>)> {
    let Article { document, path } = arguments.reading.read(file)?;
    let places = Places::find();
    let beside = settings::options(&places.config).value.notes == NotesPlace::Beside;
    let notes = notes_path(&places, &document, path.as_deref(), arguments.notes.as_deref(), beside).path;
    Ok((notes, Some(document)))
}

/// Returns the article beside its notes, when it has the name that they say.
fn beside(arguments: &Arguments, notes: &Path, toml: &str) -> Option<Document> {
    let name = article_of(toml).0.filter(|name| !name.contains(['/', '\\']))?;
    let path = notes.with_file_name(name);
    // An article that is not there, or is none, is no problem of the notes.
    path.is_file().then(|| arguments.reading.read(&path).ok()).flatten().map(|article| article.document)
}
