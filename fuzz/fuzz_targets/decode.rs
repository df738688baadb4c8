//! Any bytes are a plain document that keeps every character, and nothing live is shown of it.
#![no_main]

use demarche::document::decode::binary_kind;
use demarche::document::{Document, Format};
use demarche::text::clean;
use libfuzzer_sys::fuzz_target;

mod promise;

fuzz_target!(|bytes: &[u8]| {
    binary_kind(bytes);
    let document = Document::read("fuzz.txt", bytes.to_vec(), Some(Format::Plain));
    promise::blocks_are_whole(&document);
    assert!(!clean(&document.text).chars().any(char::is_control));
});
