//! A table of phrases, asked at a place of the text for the longest that begins there.

use std::collections::HashMap;

use super::{PartyId, Sense};

#[derive(Clone, Debug, Default)]
pub struct Phrases {
    /// By the first run of letters and digits; the longest first.
    senses: HashMap<String, Vec<(String, Sense)>>,
    /// Offices of several words, in lower case, in the same manner.
    offices: HashMap<String, Vec<(String, Option<PartyId>)>>,
}

impl Phrases {
    /// Adds a phrase; a later one with the same words replaces the earlier.
    pub fn add(&mut self, phrase: &str, sense: Sense) {
        insert(&mut self.senses, phrase, sense);
    }

    pub fn add_office(&mut self, office: &str, of: Option<PartyId>) {
        insert(&mut self.offices, office, of);
    }

    pub fn longest_at(&self, text: &str, start: usize) -> Option<(usize, Sense)> {
        longest(&self.senses, text, start, first_word(&text[start..]), |c| c)
    }

    pub fn office_at(&self, text: &str, start: usize) -> Option<(usize, Option<PartyId>)> {
        let first = first_word(&text[start..]);
        let fold = |c: char| c.to_lowercase().next().unwrap_or(c);
        match first.chars().any(char::is_uppercase) {
            true => longest(&self.offices, text, start, &first.to_lowercase(), fold),
            false => longest(&self.offices, text, start, first, fold),
        }
    }
}

fn insert<T>(table: &mut HashMap<String, Vec<(String, T)>>, phrase: &str, value: T) {
    let phrases = table.entry(first_word(phrase).to_owned()).or_default();
    phrases.retain(|(known, _)| known != phrase);
    let place = phrases.partition_point(|(known, _)| known.len() >= phrase.len());
    phrases.insert(place, (phrase.to_owned(), value));
}

fn longest<T: Copy>(
    table: &HashMap<String, Vec<(String, T)>>,
    text: &str,
    start: usize,
    first: &str,
    fold: impl Fn(char) -> char,
) -> Option<(usize, T)> {
    let phrases = table.get(first)?;
    phrases.iter().find_map(|(phrase, value)| Some((start + length_of(phrase, &text[start..], &fold)?, *value)))
}

/// Returns how much of the text the phrase takes up, when the text begins with it and the word ends there.
///
/// One space of the phrase stands for any white space, so a phrase is found across a line end.
fn length_of(phrase: &str, text: &str, fold: impl Fn(char) -> char) -> Option<usize> {
    let mut rest = text.chars();
    for expected in phrase.chars() {
        let got = fold(rest.next()?);
        let same = match expected {
            ' ' => got.is_whitespace(),
            '\'' => matches!(got, '\'' | '’'),
            _ => got == expected,
        };
        if !same {
            return None;
        }
        if expected == ' ' {
            rest = rest.as_str().trim_start().chars();
        }
    }
    let ended = !rest.as_str().starts_with(char::is_alphanumeric);
    ended.then(|| text.len() - rest.as_str().len())
}

fn first_word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}
