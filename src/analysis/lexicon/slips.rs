//! What of a TOML file that a reader wrote could not be read, line by line: the rest of it still works.

use std::fmt;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::text::nearest;

/// Something in a reader's file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The first is 1.
    pub line: usize,
    pub message: String,
    pub hint: Option<String>,
}

impl fmt::Display for Problem {
    /// Without the name of the file, which stands in front: `lexicon.toml:` `12: unknown key 'naems'`.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "\n  hint: {hint}"),
            None => Ok(()),
        }
    }
}

/// The problems of a file while it is read.
#[derive(Debug)]
pub struct Slips<'t> {
    toml: &'t str,
    problems: Vec<Problem>,
}

impl<'t> Slips<'t> {
    /// Reads what there is of a file; what is no TOML is the first of its problems.
    pub fn parse(toml: &'t str) -> (Spanned<DeTable<'t>>, Slips<'t>) {
        let (document, errors) = DeTable::parse_recoverable(toml);
        let mut slips = Slips { toml, problems: Vec::new() };
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            slips.report(at, format!("not TOML: {}", error.message().replace('\n', ", ")), None);
        }
        (document, slips)
    }

    /// Notes what is wrong at a byte of the file.
    pub fn report(&mut self, at: usize, message: String, hint: Option<String>) {
        let line = 1 + self.toml.bytes().take(at).filter(|&byte| byte == b'\n').count();
        self.problems.push(Problem { line, message, hint });
    }

    /// Notes a word that is none of those known, with the one that was meant, or all of them.
    pub fn report_unknown(&mut self, what: &str, word: &str, at: usize, known: &[&str]) {
        let hint = match nearest(word, known.iter().copied()) {
            Some(near) => format!("did you mean '{near}'?"),
            None => format!("one of {}", known.join(", ")),
        };
        self.report(at, format!("unknown {what} '{word}'"), Some(hint));
    }

    /// Returns the words of a list, or a single one written without brackets.
    pub fn words(&mut self, key: &str, value: &Spanned<DeValue>) -> Vec<String> {
        let one = std::slice::from_ref(value);
        let mut words = Vec::new();
        for item in value.get_ref().as_array().map_or(one, |list| list) {
            match item.get_ref().as_str() {
                Some(word) if word.chars().any(char::is_alphanumeric) => words.push(word.to_owned()),
                _ => self.report(item.span().start, format!("'{key}' holds something that is no word"), None),
            }
        }
        words
    }

    /// Returns the problems in the order of their lines.
    pub fn into_problems(mut self) -> Vec<Problem> {
        self.problems.sort_by_key(|problem| problem.line);
        self.problems
    }
}
