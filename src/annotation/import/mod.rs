//! What other programs keep as annotations, read as one plain value, and from there as entries of the notes.
//!
//! One file a format, each a function from text to [`Annotation`]s; [`plan`] alone knows the document and the notes.
//! The whole file is read before anything is changed, and a mistake in it has a line and the name of a field.

pub mod own;

pub mod hypothesis;

pub mod web;

pub mod readwise;

pub mod kindle;

pub mod koreader;

pub mod brat;

pub mod tsv;

mod csv;
mod detect;
mod json;
mod locate;
mod plan;

#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::fmt;

use jiff::Timestamp;

use super::{Body, Note, NoteKind, Selector, quoting};
use crate::analysis::model::words;
use crate::document::decode;

pub use detect::detect;
pub use plan::{Plan, plan};

/// A kind of file that annotations are read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    Own,
    Hypothesis,
    Web,
    Readwise,
    Kindle,
    Koreader,
    Brat,
    Tsv,
}

words!(Format {
    Own "toml", Hypothesis "hypothesis", Web "jsonld", Readwise "readwise", Kindle "kindle", Koreader "koreader",
    Brat "brat", Tsv "tsv"
});

/// One annotation as a file has it, not yet looked for in the document.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Where it begins in the file, from 1.
    pub line: usize,
    /// What the other program calls it.
    pub id: Option<String>,
    /// The text it is on: a title, an address, `urn:sha256:…`. One that names no text is on the reader's document, and
    /// its offsets count in that.
    pub on: Option<String>,
    /// Its words; `prev` and `next` stand directly around them unless there is a sentence.
    pub target: Option<Selector>,
    pub body: Body,
    /// What it is linked to: a relation and what the other program calls the other annotation.
    pub links: Vec<(String, String)>,
    pub created: Option<Timestamp>,
    pub updated: Option<Timestamp>,
}

/// What was read from a file: annotations, and what is none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    pub annotations: Vec<Annotation>,
    /// In the order of the file.
    pub bad: Vec<Bad>,
}

/// Why something in a file is no annotation, or the whole file none of this format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// From 1.
    pub line: usize,
    /// The key or column; empty when it is not about one.
    pub field: String,
    pub reason: String,
}

/// Longer words of one annotation are nobody's: what a reader marks is a passage.
const LONGEST_TEXT: usize = 1 << 20;

/// A file with more annotations is refused, before they fill the memory.
const MOST: usize = 200_000;

/// Reads a file of a format; an error is about the file as a whole.
pub fn read(format: Format, bytes: &[u8]) -> Result<Found, Bad> {
    let text = &text_of(bytes)?;
    let mut found = match format {
        Format::Own => own::read(text),
        Format::Hypothesis => hypothesis::read(text),
        Format::Web => web::read(text),
        Format::Readwise => readwise::read(text),
        Format::Kindle => kindle::read(text),
        Format::Koreader => koreader::read(text),
        Format::Brat => brat::read(text),
        Format::Tsv => tsv::read(text),
    }?;
    if found.is_full() {
        return Err(Bad::new(1, "", format!("there are more than {MOST} annotations")));
    }
    found.leave_out_doubles();
    found.leave_out_giants();
    found.bad.sort_by_key(|bad| bad.line);
    Ok(found)
}

/// Returns a file's text without its byte order mark: UTF-8, or UTF-16 that says so.
fn text_of(bytes: &[u8]) -> Result<String, Bad> {
    let utf_16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    if utf_16 {
        let decoded = decode::decode(bytes.to_vec());
        return match decoded.replaced {
            0 => Ok(decoded.text.to_string()),
            _ => Err(Bad::new(1, "", format!("the text is not valid {}", decoded.encoding))),
        };
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned()),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\n').count() + 1;
            Err(Bad::new(line, "", "the text is not valid UTF-8"))
        }
    }
}

impl Bad {
    pub fn new(line: usize, field: impl Into<String>, reason: impl Into<String>) -> Bad {
        Bad { line, field: quoting::one_line(&field.into()), reason: quoting::one_line(&reason.into()) }
    }
}

/// `12: target.selector.exact: is a number, not a text`.
impl fmt::Display for Bad {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.field.as_str() {
            "" => write!(f, "{}: {}", self.line, self.reason),
            field => write!(f, "{}: {field}: {}", self.line, self.reason),
        }
    }
}

impl Annotation {
    /// Returns an annotation of which nothing is known but what it says.
    fn new(line: usize, body: Body) -> Annotation {
        Annotation { line, id: None, on: None, target: None, body, links: Vec::new(), created: None, updated: None }
    }
}

impl Found {
    /// Adds what was read, until there is too much of it.
    fn push(&mut self, read: Result<Annotation, Bad>) {
        match read {
            _ if self.is_full() => {}
            Ok(annotation) => self.annotations.push(annotation),
            Err(bad) => self.bad.push(bad),
        }
    }

    fn is_full(&self) -> bool {
        self.annotations.len() + self.bad.len() > MOST
    }

    /// Leaves out what stands twice; two that differ cannot have one id.
    fn leave_out_doubles(&mut self) {
        let mut seen = HashMap::new();
        let mut kept: Vec<Annotation> = Vec::with_capacity(self.annotations.len());
        for annotation in std::mem::take(&mut self.annotations) {
            let first = annotation.id.as_ref().and_then(|id| seen.get(&(annotation.on.clone(), id.clone())).copied());
            let first: Option<&Annotation> = first.map(|index: usize| &kept[index]);
            match first {
                Some(first) if Annotation { line: first.line, ..annotation.clone() } == *first => {}
                Some(first) => {
                    let id = annotation.id.as_deref().unwrap_or_default();
                    let reason = format!("'{id}' is the one of line {}, too", first.line);
                    self.bad.push(Bad::new(annotation.line, "id", reason));
                }
                None => {
                    seen.extend(annotation.id.clone().map(|id| ((annotation.on.clone(), id), kept.len())));
                    kept.push(annotation);
                }
            }
        }
        self.annotations = kept;
    }

    fn leave_out_giants(&mut self) {
        let Found { annotations, bad } = self;
        annotations.retain(|annotation| {
            let target = annotation.target.as_ref();
            let quote = target.map_or(0, |target| target.quote.len().max(target.sentence.len()));
            let text = match &annotation.body {
                Body::Note(note) => note.text.len(),
                Body::Position(position) => position.text.len(),
                Body::Actor(_) => 0,
            };
            let giant = [(quote, "quote"), (text, "text")].into_iter().find(|&(length, _)| length > LONGEST_TEXT);
            bad.extend(giant.map(|(_, field)| Bad::new(annotation.line, field, "is longer than a megabyte")));
            giant.is_none()
        });
    }
}

/// Returns the body of a plain note: a highlight as long as nothing is said.
fn note(text: &str, tags: Vec<String>) -> Note {
    let text = text.trim_end().replace("\r\n", "\n");
    let kind = if text.is_empty() { NoteKind::Highlight } else { NoteKind::Note };
    Note { kind, text, tags, ..Note::default() }
}

/// Returns the description of words; none when there are no words.
fn words_of(quote: &str) -> Option<Selector> {
    let quote = quote.trim().to_owned();
    (!quote.is_empty()).then(|| Selector { quote, ..Selector::default() })
}

/// Returns tags in their own form: one line each, each once, none empty.
fn tags_of<'a>(tags: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let one_line = |tag: &str| tag.trim().trim_start_matches('#').split_whitespace().collect::<Vec<_>>().join(" ");
    let mut seen = HashSet::from([String::new()]);
    tags.into_iter().map(one_line).filter(|tag| seen.insert(tag.clone())).collect()
}

/// Returns a time as programs write it; one without a zone is read as UTC.
fn time_of(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    let civil = || jiff::tz::TimeZone::UTC.to_timestamp(text.parse().ok()?).ok();
    text.parse().ok().or_else(civil)
}
