//! Any bytes are a book whose blocks hold all of its text, or are refused with a hint.
#![no_main]

use demarche::document::{Document, Format, Wish};
use libfuzzer_sys::fuzz_target;

mod promise;

fuzz_target!(|bytes: &[u8]| {
    let wish = Wish { format: Some(Format::Epub), whole_page: false };
    match Document::try_read("fuzz", bytes.to_vec(), wish) {
        Ok(document) => promise::blocks_are_whole(&document),
        Err(unreadable) => assert!(!unreadable.reason.is_empty() && !unreadable.hint.is_empty()),
    }
});
