//! Any text is read as notes or refused with a place; what is read is written back byte for byte, and undone so.
#![no_main]

use demarche::annotation::{Edit, Notes};
use demarche::document::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|toml: &str| {
    let text = "The ferry stopped on Tuesday. Its crew wants new boats.\n\nNo boat sails before May.\n";
    let document = Document::read("article.txt", text.to_owned(), None);
    let Ok(mut notes) = Notes::parse(toml, &document) else { return };
    assert_eq!(notes.to_toml(), toml);
    let ids: Vec<_> = notes.entries().iter().map(|entry| entry.id.clone()).collect();
    for id in ids {
        notes.change(&document, Edit::Remove(id));
    }
    while notes.undo(&document).is_some() {}
    assert_eq!(notes.to_toml(), toml);
});
