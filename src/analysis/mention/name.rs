//! The parts of a person's name, and whether two names can be one person's.

use crate::analysis::lexicon::{Lexicon, Sort};

/// He or she, as far as a title, a role or a given name tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    Male,
    Female,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonName {
    /// Everything before the last name: given names, initials.
    pub given: Vec<String>,
    /// With its particles: "von der Leyen".
    pub last: String,
    /// "Jr."
    pub suffix: Option<String>,
}

impl PersonName {
    /// Takes the words of a name apart.
    pub fn new(words: &[&str], lexicon: &Lexicon) -> PersonName {
        let mut words = words.to_vec();
        let suffix = words.pop_if(|word| lexicon.is(Sort::Suffix, word)).map(str::to_owned);
        let mut last = words.len().saturating_sub(1);
        // A hyphen is a token of its own: "Anne - Marie", "Yeung - tat".
        while last >= 2 && words[last - 1] == "-" {
            last -= 2;
        }
        while last >= 1 && lexicon.is(Sort::Particle, words[last - 1]) {
            last -= 1;
        }
        let given = words[..last].iter().filter(|word| **word != "-").map(|word| (*word).to_owned()).collect();
        PersonName { given, last: words[last..].join(" ").replace(" - ", "-"), suffix }
    }

    pub fn full(&self) -> String {
        let parts = self.given.iter().chain([&self.last]).chain(&self.suffix);
        parts.map(String::as_str).collect::<Vec<_>>().join(" ")
    }

    /// Returns what the given names tell: the first that is known decides.
    pub fn gender(&self, lexicon: &Lexicon) -> Option<Gender> {
        let parts = self.given.iter().chain(self.given.is_empty().then_some(&self.last));
        parts.filter(|name| lexicon.is(Sort::GivenName, name)).map(|name| gender_of(name, lexicon)).next().flatten()
    }

    /// Returns whether a last name alone may be this one with a letter left out or doubled: "Halvrsen".
    pub fn is_slip(&self, other: &PersonName) -> bool {
        let (a, b) = (self.last.as_str(), other.last.as_str());
        let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
        let near = short.chars().count() >= 5 && long.chars().count() == short.chars().count() + 1;
        let alone = other.given.is_empty() && !self.given.is_empty();
        near && alone && strsim::osa_distance(a, b) == 1
    }

    /// Returns whether both can be one person: the same last name, and no given name that speaks against it.
    pub fn agrees(&self, other: &PersonName) -> bool {
        let same_last = same_spelling(&self.last, &other.last) || ends_alike(&self.last, &other.last);
        same_last
            && given_agree(&self.given, &other.given)
            && (self.suffix == other.suffix || self.suffix.is_none() || other.suffix.is_none())
    }
}

/// Returns what a word tells of him or her: an honorific, a role noun, a given name.
pub fn gender_of(word: &str, lexicon: &Lexicon) -> Option<Gender> {
    match (lexicon.is(Sort::Male, word), lexicon.is(Sort::Female, word)) {
        (true, false) => Some(Gender::Male),
        (false, true) => Some(Gender::Female),
        _ => None,
    }
}

/// Returns whether two names are one, allowing a slip of one letter in a long one.
pub fn same_spelling(a: &str, b: &str) -> bool {
    a == b || (a.chars().count().min(b.chars().count()) >= 7 && strsim::osa_distance(a, b) == 1) || plain(a) == plain(b)
}

/// "von der Leyen" and "Leyen".
fn ends_alike(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.strip_suffix(short).is_some_and(|rest| rest.ends_with([' ']))
}

fn given_agree(a: &[String], b: &[String]) -> bool {
    let (Some(first), Some(other)) = (a.first(), b.first()) else { return true };
    if is_initial(first) || is_initial(other) {
        return first.chars().next() == other.chars().next();
    }
    let starts =
        first.len().min(other.len()) >= 3 && (first.starts_with(other.as_str()) || other.starts_with(first.as_str()));
    same_spelling(first, other) || starts || a.contains(other) || b.contains(first)
}

fn is_initial(name: &str) -> bool {
    name.ends_with('.') && name.chars().filter(|c| c.is_alphabetic()).count() <= 2
}

/// Without marks and small print: "Özil" and "Ozil".
fn plain(name: &str) -> String {
    crate::analysis::lexicon::kebab(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(a: &str, b: &str, expected: bool) {
        let name = |name: &str| PersonName::new(&name.split(' ').collect::<Vec<_>>(), Lexicon::embedded());
        assert_eq!(name(a).agrees(&name(b)), expected, "{a} and {b}");
        assert_eq!(name(b).agrees(&name(a)), expected, "{b} and {a}");
    }

    #[test]
    fn names_of_one_person_agree() {
        check("Anna Blom", "Blom", true);
        check("Anna M. Blom", "A. Blom", true);
        check("Andrew Stensland", "Stenslund", true);
        check("Ursula von der Leyen", "Leyen", true);
        check("Mesut Özil", "Ozil", true);
        check("Wong Yeung - tat", "Wong Yeung - tat", true);
        check("Chris Lund", "Christopher Lund", true);
        check("Kari Lund KC", "Kari Lund", true);
    }

    #[test]
    fn a_last_name_alone_may_miss_a_letter() {
        let name = |name: &str| PersonName::new(&name.split(' ').collect::<Vec<_>>(), Lexicon::embedded());
        let slip = |full: &str, last: &str| name(full).is_slip(&name(last));
        assert!(slip("Nils Torell", "Torel"));
        assert!(slip("Nils Torell", "Torrell"));
        assert!(!slip("Nils Torell", "Tarell"), "a different letter is a different name");
        assert!(!slip("Nils Torell", "Per Torel"));
    }

    #[test]
    fn names_of_two_people_do_not() {
        check("Anna Blom", "Per Blom", false);
        check("Anna Blom", "P. Blom", false);
        check("Blom", "Blum", false);
        check("Anna Blom", "Anna Berg", false);
        check("Per Blom Jr.", "Per Blom Sr.", false);
    }
}
