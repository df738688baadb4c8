//! Any bytes are a web page, whole or the article in it, whose blocks hold all of its text.
#![no_main]

use demarche::document::{Document, Format, Wish};
use libfuzzer_sys::fuzz_target;

mod promise;

fuzz_target!(|bytes: &[u8]| {
    for whole_page in [false, true] {
        let wish = Wish { format: Some(Format::Html), whole_page };
        let document = Document::try_read("fuzz", bytes.to_vec(), wish).expect("any bytes are a page");
        promise::blocks_are_whole(&document);
    }
});
