//! What all commands that take an article have in common: how it is named and how it is read.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::document::{Document, Format, Unreadable, Wish, decode};
use crate::shell::files::Places;
use crate::shell::source::{MOST, Source};
use crate::shell::{Failure, Result, fetch, settings};

/// How files are read.
#[derive(Clone, Debug, Args)]
pub struct Reading {
    /// What the file is, whatever its name and its text say
    #[arg(long, value_name = "FORMAT", conflicts_with_all = ["plain", "markdown"])]
    pub read_as: Option<ReadAs>,
    /// The same as --read-as plain
    #[arg(long, conflicts_with = "markdown")]
    pub plain: bool,
    /// The same as --read-as markdown
    #[arg(long)]
    pub markdown: bool,
    /// Of a web page all that it shows, not the article alone
    #[arg(long)]
    pub whole_page: bool,
    /// The largest file to read, in megabytes
    #[arg(long, value_name = "MEGABYTES", default_value_t = MOST >> 20)]
    pub max_size: u64,
}

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadAs {
    /// Plain text
    Plain,
    /// Markdown
    Markdown,
    /// A saved web page
    Html,
    /// A book, EPUB 2 or 3
    Epub,
    /// A letter sent by e-mail
    Mail,
}

impl Reading {
    /// Reads a file, `-` for standard input, or what the program of the settings fetches from an address.
    pub fn read(&self, path: &Path) -> Result<Article> {
        if fetch::is_address(path) {
            let options = settings::options(&Places::find().config);
            return self.article(fetch::fetch(&options.value.fetch, path, self.most())?);
        }
        self.article(Source::read(path, self.most())?)
    }

    /// Returns what was read from a file or standard input as an article.
    pub fn article(&self, source: Source) -> Result<Article> {
        let shown = source.path.as_ref().map_or_else(|| source.name.clone(), |path| path.display().to_string());
        let is_archive = self.format() == Some(Format::Epub) || Format::is_epub(&source.name, &source.bytes);
        if let Some(kind) = decode::binary_kind(&source.bytes).filter(|_| !is_archive) {
            return Err(Failure::new(format!("binary ({kind}), not text: {shown}"), hint_for(kind)));
        }
        let wish = Wish { format: self.format(), whole_page: self.whole_page };
        let document = Document::try_read(&source.name, source.bytes, wish)
            .map_err(|Unreadable { reason, hint }| Failure::new(format!("{reason}: {shown}"), hint))?;
        Ok(Article { document, path: source.path })
    }

    /// Returns the most bytes of one article.
    pub fn most(&self) -> u64 {
        self.max_size.saturating_mul(1 << 20)
    }

    /// Returns the format that was asked for.
    pub fn format(&self) -> Option<Format> {
        match self.read_as {
            Some(ReadAs::Plain) => Some(Format::Plain),
            Some(ReadAs::Markdown) => Some(Format::Markdown),
            Some(ReadAs::Html) => Some(Format::Html),
            Some(ReadAs::Epub) => Some(Format::Epub),
            Some(ReadAs::Mail) => Some(Format::Mail),
            None if self.plain => Some(Format::Plain),
            None => self.markdown.then_some(Format::Markdown),
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

fn hint_for(kind: &str) -> &'static str {
    match kind {
        "PDF" => "pdftotext FILE.pdf - | demarche -",
        "gzip" => "gunzip -c FILE.gz | demarche -",
        _ => "demarche reads text, Markdown, HTML, EPUB and e-mail; convert the file first",
    }
}
