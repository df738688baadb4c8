//! Lines in which an article speaks of its makers: bylines, contributors, photo credits. Nobody takes a position there.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use super::{Block, BlockKind, date};

/// Makes the paragraphs that are credits so.
pub(super) fn name_credits(text: &str, blocks: &mut [Block]) {
    for (index, block) in blocks.iter_mut().enumerate().filter(|(_, block)| block.kind == BlockKind::Paragraph) {
        let words = block.span.of(text);
        if is_credit(words) || (index < FIRST_BLOCKS && byline(words).is_some()) {
            block.kind = BlockKind::Credit;
        }
    }
}

/// How far into an article its title, byline and dateline are looked for; later, `By …` starts a sentence.
pub(super) const FIRST_BLOCKS: usize = 12;

/// Returns whether a paragraph is a credit anywhere in an article; a byline counts only near its start, see [`byline`].
pub fn is_credit(paragraph: &str) -> bool {
    if paragraph.len() > LONGEST || paragraph.len() < SHORTEST {
        return false;
    }
    let is_furniture = |end: &str| end.chars().all(|c| matches!(c, '.' | ')' | ' '));
    let mut phrases = PHRASES.find_iter(paragraph);
    WORDS.starts.iter().any(|start| paragraph.starts_with(start.as_str()))
        || phrases
            .any(|found| found.pattern().as_usize() < WORDS.holds.len() || is_furniture(&paragraph[found.end()..]))
        || date::only_date(paragraph).is_some()
}

/// Returns the names of a byline: `By Jane Doe and John Roe, Associated Press`.
pub fn byline(line: &str) -> Option<&str> {
    let names = ["By ", "BY ", "by "].iter().find_map(|start| line.strip_prefix(start))?.trim();
    let is_name = |word: &str| {
        let word = word.trim_matches([',', '(', ')', ';']);
        word.starts_with(|c: char| c.is_uppercase()) || WORDS.byline_words.iter().any(|w| w == word)
    };
    let names_only = names.split_whitespace().all(|word| is_name(word) || word == "|");
    // `By Monday` and `By the River` are no names: there are at least two words, and the first is one.
    let begins = names.starts_with(|c: char| c.is_uppercase()) && names.contains(char::is_whitespace);
    let is_short = names.len() <= LONGEST_BYLINE && !names.ends_with(['.', '!', '?', ':', '”', '"']);
    (is_short && begins && names_only && date::only_date(names).is_none()).then_some(names)
}

/// The words of credits and date lines, from `assets/credits.toml`.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    starts: Vec<String>,
    ends: Vec<String>,
    holds: Vec<String>,
    byline_words: Vec<String>,
    pub(super) date_words: Vec<String>,
}

pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/credits.toml")).expect("assets/credits.toml is read by a test")
});

/// The phrases that a credit holds, and after them those that it ends with.
static PHRASES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let mut builder = AhoCorasick::builder();
    // Made before the first frame of every article: a faster automaton would take longer to make than it saves.
    builder.match_kind(MatchKind::LeftmostLongest).kind(Some(AhoCorasickKind::ContiguousNFA));
    builder.build(WORDS.holds.iter().chain(&WORDS.ends)).expect("the phrases are fixed and few")
});

/// A caption may be a long sentence; a longer paragraph is the article's own.
const LONGEST: usize = 500;
const SHORTEST: usize = 8;
const LONGEST_BYLINE: usize = 160;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, expected: bool) {
        assert_eq!(is_credit(paragraph), expected, "{paragraph}");
    }

    #[test]
    fn credits() {
        check("Ana Silva and Tom Berg contributed reporting.", true);
        check("Ana Silva contributed reporting from Lisbon.", true);
        check("(Reporting by Ana Silva; Editing by Tom Berg)", true);
        check("Photo: Ana Silva", true);
        check("The harbour of Split on Monday. (AP Photo/Ana Silva)", true);
        check("26 January 2022, 10:31 GMT", true);
        check("The firm contributed reporting software worth a million.", false);
        check("Reporters waited outside the ministry.", false);
        check("", false);
    }

    #[test]
    fn bylines() {
        assert_eq!(
            byline("By Ana Silva and Tom Berg, Associated Press"),
            Some("Ana Silva and Tom Berg, Associated Press")
        );
        assert_eq!(byline("By ANA SILVA"), Some("ANA SILVA"));
        assert_eq!(byline("By Monday the talks had ended"), None);
        assert_eq!(byline("By Monday"), None);
        assert_eq!(byline("By 2020 Everything Changed."), None);
    }
}
