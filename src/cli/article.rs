//! What all commands that take an article have in common: how it is named and how it is read.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use crate::document::{Document, Format, Unreadable, Wish, decode};
use crate::shell::files::Places;
use crate::shell::opening::Opening;
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

    /// Reads the beginning of a file, or of what comes through standard input, and returns where the rest is read from; a
    /// short one is read whole, and so is a page from elsewhere.
    pub fn begin(&self, path: &Path) -> Result<(Article, Option<Opening>)> {
        if fetch::is_address(path) {
            return Ok((self.read(path)?, None));
        }
        let opening = Opening::begin(path, self.most())?;
        refuse_binary(opening.source(), self.format())?;
        let path = opening.source().path.clone();
        match opening.beginning(self.format()) {
            Some(document) => Ok((Article { document, path }, Some(opening))),
            None => Ok((self.article(opening.finish(self.format(), |_| ())?)?, None)),
        }
    }

    /// Returns what was read from a file or standard input as an article.
    pub fn article(&self, source: Source) -> Result<Article> {
        refuse_binary(&source, self.format())?;
        let wish = Wish { format: self.format(), whole_page: self.whole_page };
        let shown = shown(&source);
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

/// Returns what is to be said of a document that is read without a screen: what is wrong with it, and which it is.
pub fn warnings(document: &Document) -> impl Iterator<Item = Failure> {
    document.warnings.iter().map(|warning| Failure::new(format!("{warning}: {}", document.name), ""))
}

/// Returns the article that the program brings itself.
pub fn sample() -> Article {
    const SAMPLE: &str = include_str!("../../assets/sample.txt");
    Article { document: Document::read("sample.txt", SAMPLE.as_bytes().to_vec(), None), path: None }
}

fn refuse_binary(source: &Source, format: Option<Format>) -> Result<()> {
    let is_archive = format == Some(Format::Epub) || Format::is_epub(&source.name, &source.bytes);
    match decode::binary_kind(&source.bytes).filter(|_| !is_archive) {
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
        _ => "demarche reads text, Markdown, HTML, EPUB and e-mail; convert the file first",
    }
}
