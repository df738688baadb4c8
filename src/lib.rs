//! demarche: a terminal reader that shows an article beside the actors it names and the positions they take.
//!
//! The map, in reading order; a module imports only from those above it (`tests/tidy.rs` checks):
//!
//! - [`text`]: spans, widths, folding, search, and the one door through which text becomes visible
//! - [`document`]: bytes to a document: text, blocks, metadata, sentences
//! - [`analysis`]: a document to its actors, positions and answers
//! - [`annotation`]: what the reader added: notes and corrections, their selectors, the notes file
//! - [`app`]: the application as a value: events in, effects out
//! - [`view`]: state to cells
//! - [`shell`]: the terminal and the files
//! - [`cli`]: the command line, one file a subcommand
#![forbid(unsafe_code)]

pub mod text;

pub mod document;

pub mod analysis;

pub mod annotation;

pub mod app;

pub mod view;

pub mod shell;

pub mod cli;
