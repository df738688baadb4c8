//! Any text as tokens: each inside its sentence, in order, on character boundaries, and nothing but white space between.
#![no_main]

use demarche::analysis::tokens;
use demarche::document::Document;
use demarche::text::Span;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let document = Document::read("fuzz.txt", text.as_bytes().to_vec(), None);
    let sentences: Vec<Span> = (0..document.blocks.len()).flat_map(|block| document.sentences_in(block)).collect();
    let mut at = sentences.first().map_or(0, |sentence| sentence.start);
    let mut last = 0;
    for token in tokens(&document.text, &sentences) {
        let sentence = sentences[token.sentence];
        assert!(token.sentence >= last && sentence.covers(token.span) && !token.span.is_empty());
        if token.sentence == last {
            assert!(document.text[at.max(sentence.start)..token.span.start].trim().is_empty());
        }
        assert!(document.text.get(token.span.start..token.span.end).is_some());
        (at, last) = (token.span.end, token.sentence);
    }
});
