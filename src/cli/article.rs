//! What all commands that take an article have in common: how it is named and how it is read.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::document::{Document, Format, decode};
use crate::shell::opening::Opening;
use crate::shell::source::{MOST, Source};
use crate::shell::{Failure, Result};

/// How files are read.
#[derive(Clone, Debug, Args)]
pub struct Reading {
    /// Read it as plain text, whatever its name says
    #[arg(long, conflicts_with = "markdown")]
    pub plain: bool,
    /// Read it as Markdown, whatever its name says
    #[arg(long)]
    pub markdown: bool,
    /// The largest file to read, in megabytes
    #[arg(long, value_name = "MEGABYTES", default_value_t = MOST >> 20)]
    pub max_size: u64,
}

impl Reading {
    /// Reads a file, or `-` for standard input.
    pub fn read(&self, path: &Path) -> Result<Article> {
        self.article(Source::read(path, self.most())?)
    }

    /// Reads the beginning of a file, or of what comes through standard input, and returns where the rest is read from; a
    /// short one is read whole.
    pub fn begin(&self, path: &Path) -> Result<(Article, Option<Opening>)> {
        let opening = Opening::begin(path, self.most())?;
        refuse_binary(opening.source())?;
        let path = opening.source().path.clone();
        match opening.beginning(self.format()) {
            Some(document) => Ok((Article { document, path }, Some(opening))),
            None => Ok((self.article(opening.finish(self.format(), |_| ())?)?, None)),
        }
    }

    /// Returns what was read from a file or standard input as an article.
    pub fn article(&self, source: Source) -> Result<Article> {
        refuse_binary(&source)?;
        let document = Document::read(&source.name, source.bytes, self.format());
        Ok(Article { document, path: source.path })
    }

    /// Returns the most bytes of one article.
    pub fn most(&self) -> u64 {
        self.max_size.saturating_mul(1 << 20)
    }

    /// Returns the format that was asked for.
    pub fn format(&self) -> Option<Format> {
        match (self.plain, self.markdown) {
            (true, _) => Some(Format::Plain),
            (_, true) => Some(Format::Markdown),
            _ => None,
        }
    }
}

/// A document and where it was read from.
#[derive(Debug)]
pub struct Article {
    pub document: Document,
    /// Absent for standard input and the sample.
    pub path: Option<PathBuf>,
}

/// Returns the article that the program brings itself.
pub fn sample() -> Article {
    const SAMPLE: &str = include_str!("../../assets/sample.txt");
    Article { document: Document::read("sample.txt", SAMPLE.as_bytes().to_vec(), None), path: None }
}

fn refuse_binary(source: &Source) -> Result<()> {
    match decode::binary_kind(&source.bytes) {
        Some(kind) => Err(Failure::new(format!("binary ({kind}), not text: {}", shown(source)), hint_for(kind))),
        None => Ok(()),
    }
}

fn shown(source: &Source) -> String {
    source.path.as_ref().map_or_else(|| source.name.clone(), |path| path.display().to_string())
}

fn hint_for(kind: &str) -> &'static str {
    match kind {
        "PDF" => "pdftotext FILE.pdf - | demarche -",
        "gzip" => "gunzip -c FILE.gz | demarche -",
        _ => "demarche reads plain text and Markdown; convert the file first",
    }
}
