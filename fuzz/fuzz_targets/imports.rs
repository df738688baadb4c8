//! Any bytes as a file of any format, which the first byte names: read or refused with a line, and imported only once.
#![no_main]

use demarche::annotation::Notes;
use demarche::annotation::import::{Format, detect, plan, read};
use demarche::document::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let format = Format::ALL[usize::from(*first) % Format::ALL.len()];
    let text = "The ferry stopped on Tuesday. Its crew wants new boats.\n\nNo boat sails before May.\n";
    let document = Document::read("article.txt", text.to_owned(), None);
    detect("-", bytes);
    let lines = bytes.iter().filter(|&&byte| byte == b'\n').count() + 1;
    let found = match read(format, bytes) {
        Ok(found) => found,
        Err(bad) => return assert!((1..=lines).contains(&bad.line), "{bad}"),
    };
    let mut notes = Notes::new();
    let first = plan(&document, &notes, format, found.annotations.clone());
    notes.change(&document, first.edit);
    assert_eq!((notes.entries().len(), notes.problems().len()), (first.added, 0));
    assert_eq!(plan(&document, &notes, format, found.annotations).added, 0);
});
