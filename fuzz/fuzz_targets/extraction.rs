//! Any text as an article: no panic, every span on character boundaries and inside the text, every index valid.
#![no_main]

use demarche::analysis::analyze;
use demarche::analysis::lexicon::Lexicon;
use demarche::document::Document;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::read("fuzz.txt", text.as_bytes().to_vec(), None);
    let analysis = analyze(&document, Lexicon::embedded());
    let (actors, positions) = (analysis.actors.len(), analysis.positions.len());
    for actor in &analysis.actors {
        assert!(actor.acts_for.is_none_or(|party| party.0 < actors));
        for mention in &actor.mentions {
            assert!(document.text.get(mention.span.start..mention.span.end).is_some());
        }
    }
    for position in &analysis.positions {
        for span in position.source.iter().chain(&position.cue).chain(&position.content) {
            assert!(document.text.get(span.start..span.end).is_some());
        }
        assert!(position.actors.iter().chain(&position.addressees).all(|actor| actor.0 < actors));
        assert!(position.answers.iter().all(|answer| answer.position.0 < positions));
        assert!((0.0..=1.0).contains(&position.confidence));
    }
});
