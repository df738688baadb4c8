//! The language of a document. The rules know English alone; what they find in other text is nonsense.
//!
//! A piece of text that has the share of the commonest English words that English has is English, which costs next to
//! nothing; any other is put to a library, whatlang. Of the libraries compared it is the smallest that says how sure it
//! is. Of pieces of 120 letters and more from quotations in ten languages and from the treebanks (`English` is the share
//! of English ones taken for something else, the others are the shares recognised as foreign):
//!
//! | | adds to the program | English | German | French, Spanish, Italian | Polish | Russian | bytes a second |
//! | --- | --- | --- | --- | --- | --- | --- | --- |
//! | whatlang 0.18, confidence over 0.5 | 0.3 MB, 70 languages | 0.0 % | 100 % | 92 to 100 % | 89 % | 95 % | 2.5 MB |
//! | whatlang 0.18, as it calls reliable | | 0.0 % | 99.7 % | 81 to 99 % | 86 % | 92 % | 3.7 MB |
//! | whichlang 0.1, which is never unsure | 0.3 MB, 16 languages | 0.1 % | 100 % | 100 % | 74 % | 100 % | 70 MB |
//! | lingua 1.8, confidence over 0.7 | 5 MB for each language | 0.2 % | 100 % | 99 to 100 % | 96 % | 100 % | 0.8 MB |

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::document::{Block, BlockKind, Document};
use crate::text::Span;

/// A language by its code (ISO 639-3) and its English name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Language {
    pub code: &'static str,
    pub name: &'static str,
}

impl Language {
    pub const ENGLISH: Language = Language { code: "eng", name: "English" };

    /// Says that the analysis finds nothing in such text.
    pub fn notice(self) -> String {
        format!("looks like {}: actors and positions are only found in English", self.name)
    }
}

impl Default for Language {
    fn default() -> Language {
        Language::ENGLISH
    }
}

/// The bytes of a piece that is judged on its own, and how many of them are looked at, evenly spread.
const PIECE: usize = 600;
const PIECES: usize = 24;
/// With fewer bytes of letters a piece is not judged, and a document is English.
const SHORT: usize = 120;
/// How sure the library must be.
const SURE: f64 = 0.5;
/// Of English text every third word is a common one; a tenth is enough, and no other language reaches it.
const COMMON: usize = 10;

/// Returns the language that most of a document is in: English where that is unclear.
pub fn language(document: &Document) -> Language {
    let pieces = pieces(document);
    let step = pieces.len().div_ceil(PIECES).max(1);
    let mut all = 0;
    let mut foreign: Vec<(Language, usize)> = Vec::new();
    for piece in pieces.iter().step_by(step) {
        let letters: usize = piece.chars().filter(|c| c.is_alphabetic()).map(char::len_utf8).sum();
        all += letters;
        let Some(language) = foreign_language(piece, letters) else { continue };
        match foreign.iter_mut().find(|(known, _)| *known == language) {
            Some((_, sum)) => *sum += letters,
            None => foreign.push((language, letters)),
        }
    }
    let sum: usize = foreign.iter().map(|(_, letters)| letters).sum();
    let most = foreign.into_iter().max_by_key(|(_, letters)| *letters);
    most.filter(|_| sum * 2 > all).map_or(Language::ENGLISH, |(language, _)| language)
}

/// Returns the text of a document in pieces, without what is no prose. Blocks go together, so that verses and items of a
/// list are not each too short to be judged.
fn pieces(document: &Document) -> Vec<&str> {
    let text = &*document.text;
    let is_prose = |block: &Block| !matches!(block.kind, BlockKind::Preformatted | BlockKind::Rule);
    let mut pieces = Vec::new();
    for stretch in document.blocks.split(|block| !is_prose(block)) {
        let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { continue };
        let mut rest = Span::new(first.span.start, last.span.end).of(text);
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
            pieces.push(piece);
            rest = after;
        }
    }
    pieces
}

/// Returns the language of a piece that is surely not English.
fn foreign_language(piece: &str, letters: usize) -> Option<Language> {
    if letters < SHORT || is_plainly_english(piece) {
        return None;
    }
    let found = whatlang::detect(piece)?;
    let is_foreign = found.lang() != whatlang::Lang::Eng && found.confidence() > SURE;
    is_foreign.then(|| Language { code: found.lang().code(), name: found.lang().eng_name() })
}

fn is_plainly_english(piece: &str) -> bool {
    let (mut common, mut words) = (0, 0);
    for word in piece.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        common += usize::from(WORDS.common.contains(word) || WORDS.common.contains(&word.to_ascii_lowercase()));
    }
    common * COMMON >= words
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    common: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/language.toml")).expect("assets/language.toml is read by tests")
});

#[cfg(test)]
mod tests;
