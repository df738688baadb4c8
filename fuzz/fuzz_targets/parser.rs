//! Any words as a sentence: one tree over all of them, whatever they are.
#![no_main]

use demarche::analysis::{Relation, parse_sentence};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: Vec<&str>| {
    let parse = parse_sentence(&words);
    assert_eq!([parse.tags.len(), parse.heads.len(), parse.relations.len()], [words.len(); 3]);
    assert_eq!(parse.heads.iter().filter(|head| head.is_none()).count(), usize::from(!words.is_empty()));
    for (word, head) in parse.heads.iter().enumerate() {
        assert_eq!(head.is_none(), parse.relations[word] == Relation::Root);
        let above = std::iter::successors(Some(word), |&word| parse.heads[word]);
        assert!(above.take(words.len() + 1).count() <= words.len(), "a word stands above itself");
    }
});
