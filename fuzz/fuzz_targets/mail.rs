//! Any bytes are a letter whose blocks hold all of its text.
#![no_main]

use demarche::document::{Document, Format, Wish};
use libfuzzer_sys::fuzz_target;

mod promise;

fuzz_target!(|bytes: &[u8]| {
    let wish = Wish { format: Some(Format::Mail), whole_page: false };
    let document = Document::try_read("fuzz", bytes.to_vec(), wish).expect("any bytes are a letter");
    promise::blocks_are_whole(&document);
});
