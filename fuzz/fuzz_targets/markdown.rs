//! Any bytes are a Markdown document whose blocks hold all of its text.
#![no_main]

use demarche::document::{Document, Format};
use libfuzzer_sys::fuzz_target;

mod promise;

fuzz_target!(|bytes: &[u8]| {
    let document = Document::read("fuzz.md", bytes.to_vec(), Some(Format::Markdown));
    promise::blocks_are_whole(&document);
});
