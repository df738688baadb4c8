//! The terminal and the files: the one layer that touches the world.

pub mod failure;

pub mod source;

mod mapping;

pub mod opening;

mod extraction;

pub mod files;

pub(crate) mod save;

pub mod recent;

mod place;

pub mod keeper;

pub mod shelf;

pub mod series;

pub mod settings;

mod input;

mod lines;

mod face;

mod signals;

mod wait;

pub mod paint;

pub mod terminal;

mod panic;

mod clipboard;

mod outside;

mod program;

pub mod fetch;

mod look_up;

mod worker;

mod pending;

mod reader;

pub mod reading;

pub use failure::{Failure, Result};
pub use source::Source;
