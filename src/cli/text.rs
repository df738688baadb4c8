//! `demarche text`: the document's text, what offsets count into.

use std::path::PathBuf;

use clap::Args;

use super::article::{self, Reading};
use super::output;
use crate::shell::Result;

/// Print the article's text as the reader shows it, unwrapped: what offsets count into
#[derive(Debug, Args)]
pub struct Arguments {
    /// The article; `-` reads standard input
    file: PathBuf,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    let article = arguments.reading.read(&arguments.file)?;
    article::warnings(&article.document).for_each(output::warn);
    output::print(&article.document.text)?;
    Ok(0)
}
