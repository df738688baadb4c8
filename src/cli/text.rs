//! `demarche text`: the document's text, what offsets count into.

use std::path::PathBuf;

use clap::Args;

use super::article::{self, Reading};
use super::output;
use crate::shell::Result;

/// Print the article's text as the reader shows it, unwrapped: what offsets count into
#[derive(Debug, Args)]
pub struct Arguments {
    /// The articles; `-` reads standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    print(&arguments.files, &arguments.reading)
}

/// Prints the texts of files, with an empty line between two; one that cannot be read is told, and the others are printed.
pub fn print(files: &[PathBuf], reading: &Reading) -> Result<u8> {
    let mut code = 0;
    let mut before = None;
    for file in files {
        match reading.read(file) {
            Ok(article) => {
                article::warnings(&article.document).for_each(output::warn);
                let text = article.document.text;
                output::print(&format!("{}{text}", between(before)))?;
                before = Some(text.ends_with('\n'));
            }
            Err(failure) => {
                output::warn(&failure);
                code = failure.code;
            }
        }
    }
    Ok(code)
}

/// Returns what stands between two texts, the first of which ends with its line or does not.
fn between(ended: Option<bool>) -> &'static str {
    match ended {
        None => "",
        Some(true) => "\n",
        Some(false) => "\n\n",
    }
}
