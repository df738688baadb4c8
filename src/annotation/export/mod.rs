//! Notes and positions in the forms of other programs.
//!
//! Every writer takes the same [`Contents`]: what a [`Filter`] let through, with places, words, parties and answers.

mod format;

mod filter;

mod contents;

mod markdown;

mod org;

mod table;

mod code;

mod statements;

mod matrix;

mod dna;

mod readwise;

mod place;

mod w3c;

mod hypothesis;

mod csl;

mod graphml;

pub use contents::Contents;
pub use filter::{Filter, Kind, State, is_called};
pub use format::{Format, Sheet};

use super::list;

/// Returns the contents in a format.
pub fn write(format: Format, contents: &Contents) -> String {
    match format {
        Format::Text => list::listing(contents),
        Format::Json => list::json(contents),
        Format::Markdown => markdown::write(contents),
        Format::Csv => statements::write(contents),
        Format::Matrix => matrix::write(contents),
        Format::Org => org::write(contents),
        Format::Jsonld => w3c::write(contents),
        Format::Hypothesis => hypothesis::write(contents),
        Format::Readwise => readwise::write(contents),
        Format::Dna => dna::write(contents),
        Format::Graphml => graphml::write(contents),
        Format::Csl => csl::write(contents),
    }
}
