//! What all commands that take an article have in common: how it is named and how it is read.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::document::{Document, Format, decode};
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

    /// Returns what was read from a file or standard input as an article.
    pub fn article(&self, source: Source) -> Result<Article> {
        if let Some(kind) = decode::binary_kind(&source.bytes) {
            return Err(Failure::new(format!("binary ({kind}), not text: {}", shown(&source)), hint_for(kind)));
        }
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
