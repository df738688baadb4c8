//! Looking for words in any order: all of them must be somewhere in what is searched.

use super::search::Query;

/// Words that were typed to find something by. Each is looked for as it is written, by the rules of typing that hold
/// for every search: lower case finds either case, a straight quotation mark finds a curly one.
#[derive(Clone, Debug, Default)]
pub struct Words(Vec<Query>);

impl Words {
    pub fn new(typed: &str) -> Words {
        Words(typed.split_whitespace().map(|word| Query::new(&regex::escape(word))).collect())
    }

    /// Returns whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns whether each word is in one of the texts.
    pub fn are_in(&self, texts: &[&str]) -> bool {
        self.0.iter().all(|word| texts.iter().any(|text| word.find_from(text, 0).is_some()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(typed: &str, texts: &[&str], expected: bool) {
        assert_eq!(Words::new(typed).are_in(texts), expected, "{typed:?} in {texts:?}");
    }

    #[test]
    fn every_word_is_somewhere() {
        check("quay shut", &["The Quay", "is shut."], true);
        check("quay open", &["The Quay", "is shut."], false);
        check(" \t", &[], true);
        check("x", &[], false);
    }

    #[test]
    fn case_is_smart_in_each_word() {
        check("Quay shut", &["the quay", "SHUT"], false);
        check("Quay shut", &["The Quay", "SHUT"], true);
    }

    #[test]
    fn a_word_is_no_expression() {
        check("a.c", &["abc"], false);
        check("a.c (", &["a.c ("], true);
        check("mayor's", &["the mayor’s"], true);
        check("co-op", &["co‑op"], true);
    }
}
