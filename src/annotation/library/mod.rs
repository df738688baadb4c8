//! The library: names, issues and tags that all of a reader's articles share, so that "Kremlin" is the same actor in
//! each of them. It is one file, `library.toml`, which the reader writes and the program only reads.

mod file;
mod naming;

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Color, Note, Reading};
use crate::analysis::{ActorKind, Position};
use crate::document::Document;
use crate::text::fold;

pub use crate::analysis::lexicon::Problem;

/// What the reader's articles share.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Library {
    pub actors: Vec<SharedActor>,
    pub issues: Vec<Issue>,
    pub tags: BTreeMap<String, SharedTag>,
}

/// An `[[actor]]`: whoever carries one of its names in an article is this actor.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedActor {
    pub id: String,
    pub name: String,
    /// Other names.
    pub aka: Vec<String>,
    /// What it is; `None` leaves that to the article.
    pub kind: Option<ActorKind>,
    /// The parties it speaks for, each in its time.
    pub speaks_for: Vec<SpeaksFor>,
}

/// The party that an actor speaks for, from the first day to the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpeaksFor {
    /// The id of a shared actor, or the id or name of one in the article.
    pub actor: String,
    pub from: Option<Date>,
    pub until: Option<Date>,
}

/// An `[[issue]]`: a matter on which actors take sides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Issue {
    pub id: String,
    pub name: String,
    /// A position that says one of them may be about this.
    pub words: Vec<String>,
    /// What it means to be for it, and against it.
    pub plus: Option<String>,
    pub minus: Option<String>,
}

impl Issue {
    /// Returns what being for it and against it means, as one phrase.
    pub fn sides(&self) -> Option<String> {
        match (&self.plus, &self.minus) {
            (Some(plus), Some(minus)) => Some(format!("{plus}, or {minus}")),
            (plus, minus) => plus.clone().or_else(|| minus.as_ref().map(|minus| format!("or {minus}"))),
        }
    }
}

/// What is known of a tag.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SharedTag {
    pub color: Option<Color>,
    pub note: Option<String>,
}

impl Library {
    /// Reads a library, and reports what in it could not be used.
    pub fn read(toml: &str) -> (Library, Vec<Problem>) {
        file::read(toml)
    }

    pub fn is_empty(&self) -> bool {
        self.actors.is_empty() && self.issues.is_empty() && self.tags.is_empty()
    }

    /// Returns the issue with an id.
    pub fn issue(&self, id: &str) -> Option<&Issue> {
        self.issues.iter().find(|issue| issue.id == id)
    }

    /// Returns what an issue is called; one that the library does not know is called by its id.
    pub fn issue_name<'i>(&'i self, id: &'i str) -> &'i str {
        self.issue(id).map_or(id, |issue| &issue.name)
    }

    /// Returns the issues that a position may be about, each with the word by which it is found.
    pub fn issues_of(&self, document: &Document, position: &Position) -> Vec<(&Issue, &str)> {
        issues_said(&self.plain_words(), document, position)
    }

    /// Returns the words of each issue, as they were written and as they are compared.
    fn plain_words(&self) -> PlainWords<'_> {
        let words = |issue: &'_ Issue| issue.words.iter().map(|word| plain(word)).collect();
        self.issues.iter().map(|issue| (issue, words(issue))).collect()
    }

    /// Notes for each position of a reading which issues its words suggest.
    pub fn suggest_issues(&self, document: &Document, reading: &mut Reading) {
        let words = self.plain_words();
        let ids =
            |position| issues_said(&words, document, position).into_iter().map(|(issue, _)| issue.id.clone()).collect();
        reading.suggested = match self.issues.is_empty() {
            true => Vec::new(),
            false => reading.analysis.positions.iter().map(ids).collect(),
        };
    }

    /// Returns the colour of a note: its own, else the first that one of its tags has.
    pub fn color_of(&self, note: &Note) -> Option<Color> {
        note.color.or_else(|| note.tags.iter().find_map(|tag| self.tags.get(tag)?.color))
    }
}

/// The issues with their words as words are compared, in the order of the file.
type PlainWords<'l> = Vec<(&'l Issue, Vec<String>)>;

/// Returns the issues that a position says a word of, each with the first of these words.
fn issues_said<'l>(words: &PlainWords<'l>, document: &Document, position: &Position) -> Vec<(&'l Issue, &'l str)> {
    let content = position.content.iter().map(|span| span.of(&document.text));
    let content = plain(&content.collect::<Vec<_>>().join(" "));
    let said = words.iter().filter_map(|(issue, words)| {
        let first = words.iter().position(|word| holds(&content, word))?;
        Some((*issue, issue.words[first].as_str()))
    });
    said.collect()
}

/// Text as words are compared: one form of quotation marks, dashes and spaces, in lower case.
fn plain(text: &str) -> String {
    fold(text).text.trim().to_lowercase()
}

/// Returns whether a text holds a word or phrase, alone or in the plural.
fn holds(text: &str, word: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    !word.is_empty()
        && text.match_indices(word).any(|(at, _)| {
            let rest = &text[at + word.len()..];
            let is_start = !text[..at].ends_with(char::is_alphanumeric);
            is_start && (is_end(rest) || rest.strip_prefix('s').is_some_and(is_end))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Act;
    use crate::annotation::fixture::document;
    use crate::text::Span;

    const LIBRARY: &str = "[[issue]]\nid = \"toll\"\nname = \"The toll\"\nwords = [\"toll\", \"ferry fares\"]\n\n\
        [[issue]]\nid = \"bridge\"\nname = \"A bridge\"\nwords = [\"bridge\"]\n\n\
        [tags]\nred-line = { color = \"red\" }\nlater = { note = \"look again\" }\n";

    /// Checks the ids of the issues of a content, and the words by which they are found.
    #[track_caller]
    fn check(content: &str, expected: &[(&str, &str)]) {
        let document = document(content);
        let position = Position::of("p1", Act::Demands, vec![Span::new(0, document.text.len())]);
        let (library, problems) = Library::read(LIBRARY);
        assert_eq!(problems, []);
        let found = library.issues_of(&document, &position);
        assert_eq!(found.iter().map(|(issue, word)| (issue.id.as_str(), *word)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn an_issue_is_known_by_its_words() {
        check("that the Toll be halved", &[("toll", "toll")]);
        check("that ferry\nfares fall and two bridges be built", &[("toll", "ferry fares"), ("bridge", "bridge")]);
        check("that tollbooths be closed in Bridgetown and extolled", &[]);
    }

    #[test]
    fn each_position_has_the_issues_that_its_own_words_suggest() {
        let document = document("that the toll fall. that a bridge be built. that it rain.");
        let sentences = document.text.match_indices("that").map(|(at, _)| at).chain([document.text.len()]);
        let starts: Vec<usize> = sentences.collect();
        let of = |ends: &[usize]| Position::of("p", Act::Demands, vec![Span::new(ends[0], ends[1])]);
        let mut reading = Reading::default();
        reading.analysis.positions = starts.windows(2).map(of).collect();
        Library::read(LIBRARY).0.suggest_issues(&document, &mut reading);
        assert_eq!(reading.suggested, [vec!["toll"], vec!["bridge"], vec![]]);
    }

    #[test]
    fn a_note_has_its_own_colour_before_that_of_its_tags() {
        let (library, _) = Library::read(LIBRARY);
        let note = |color, tags: &[&str]| Note {
            color,
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            ..Note::default()
        };
        assert_eq!(library.color_of(&note(None, &["later", "red-line"])), Some(Color::Red));
        assert_eq!(library.color_of(&note(Some(Color::Blue), &["red-line"])), Some(Color::Blue));
        assert_eq!(library.color_of(&note(None, &["other"])), None);
    }
}
