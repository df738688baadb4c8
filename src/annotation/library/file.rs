//! `library.toml` as text. Whatever cannot be read is reported, with its line, and the rest still works.
//! `docs/library.md` has an example.

use std::collections::HashSet;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::naming::key;
use super::{Issue, Library, Problem, SharedActor, SharedTag, SpeaksFor};
use crate::analysis::ActorKind;
use crate::analysis::lexicon::{Slips, kebab};
use crate::annotation::Color;
use crate::text::nearest;

type Value<'t> = Spanned<DeValue<'t>>;

const FORMAT: &str = "demarche-library/1";

const TABLES: &[&str] = &["format", "actor", "issue", "tags"];
const ACTOR: &[&str] = &["id", "name", "aka", "kind", "speaks-for"];
const SPEAKS_FOR: &[&str] = &["actor", "from", "until"];
const ISSUE: &[&str] = &["id", "name", "words", "plus", "minus"];
const TAG: &[&str] = &["color", "note"];

/// What an actor may be that no kind fits.
const OTHER: &str = "other";

pub fn read(toml: &str) -> (Library, Vec<Problem>) {
    let (document, slips) = Slips::parse(toml);
    let mut reader = Reader { library: Library::default(), actors_at: Vec::new(), slips };
    reader.check_keys(document.get_ref(), TABLES);
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "format" if value.get_ref().as_str() != Some(FORMAT) => {
                let hint = "what this version knows of it is used".to_owned();
                reader.slips.report(value.span().start, format!("'format' is not \"{FORMAT}\""), Some(hint));
            }
            "actor" => reader.read_each("actor", value, Reader::read_actor),
            "issue" => reader.read_each("issue", value, Reader::read_issue),
            "tags" => reader.read_tags(value),
            _ => {}
        }
    }
    reader.check_names();
    (reader.library, reader.slips.into_problems())
}

/// The file while it is read.
struct Reader<'t> {
    library: Library,
    /// Where the entry of each actor begins.
    actors_at: Vec<usize>,
    slips: Slips<'t>,
}

impl Reader<'_> {
    /// Reads the entries of a list of tables one by one.
    fn read_each(&mut self, what: &str, list: &Value, read: fn(&mut Self, &DeTable, usize)) {
        let hint = || Some(format!("write [[{what}]]"));
        let Some(entries) = list.get_ref().as_array() else {
            return self.slips.report(list.span().start, format!("'{what}' is not a list"), hint());
        };
        for entry in entries.iter() {
            match entry.get_ref().as_table() {
                Some(table) => read(self, table, entry.span().start),
                None => self.slips.report(entry.span().start, format!("'{what}' holds something else"), hint()),
            }
        }
    }

    fn read_actor(&mut self, table: &DeTable, at: usize) {
        self.check_keys(table, ACTOR);
        let Some((id, name)) = self.read_names("an actor", table, at) else { return };
        let kind = table.get("kind").and_then(|kind| self.read_kind(kind));
        let aka = self.words(table, "aka");
        let speaks_for = table.get("speaks-for").map_or_else(Vec::new, |value| self.read_parties(value));
        self.actors_at.push(at);
        self.library.actors.push(SharedActor { id, name, aka, kind, speaks_for });
    }

    fn read_issue(&mut self, table: &DeTable, at: usize) {
        self.check_keys(table, ISSUE);
        let Some((id, name)) = self.read_names("an issue", table, at) else { return };
        if self.library.issue(&id).is_some() {
            return self.slips.report(at, format!("a second issue has the id '{id}'"), None);
        }
        let words = self.words(table, "words");
        let (plus, minus) = (self.text(table, "plus"), self.text(table, "minus"));
        self.library.issues.push(Issue { id, name, words, plus, minus });
    }

    fn read_tags(&mut self, tags: &Value) {
        let Some(table) = tags.get_ref().as_table() else {
            return self.slips.report(
                tags.span().start,
                "'tags' is not a table".to_owned(),
                Some("write [tags]".to_owned()),
            );
        };
        for (name, value) in table.iter() {
            let Some(keys) = value.get_ref().as_table() else {
                let hint = format!("write {} = {{ color = \"red\" }}", name.get_ref());
                self.slips.report(value.span().start, format!("tag '{}' is not a table", name.get_ref()), Some(hint));
                continue;
            };
            self.check_keys(keys, TAG);
            let color = keys.get("color").and_then(|color| self.read_color(color));
            let note = self.text(keys, "note");
            self.library.tags.insert(name.get_ref().trim_start_matches('#').to_owned(), SharedTag { color, note });
        }
    }

    /// Returns the id and the name of an entry; without a name it is none.
    fn read_names(&mut self, what: &str, table: &DeTable, at: usize) -> Option<(String, String)> {
        let id = self.text(table, "id").filter(|id| !id.trim().is_empty());
        let name = self.text(table, "name").or_else(|| id.clone()).filter(|name| !name.trim().is_empty());
        let Some(name) = name else {
            self.slips.report(at, format!("{what} without 'name'"), None);
            return None;
        };
        let id = id.unwrap_or_else(|| kebab(&name));
        Some((if id.is_empty() { name.clone() } else { id }, name))
    }

    fn read_kind(&mut self, kind: &Value) -> Option<ActorKind> {
        let word = kind.get_ref().as_str().unwrap_or_default();
        let known = ActorKind::from_word(word);
        if known.is_none() && word != OTHER {
            let words = ActorKind::ALL.iter().map(|kind| kind.word()).chain([OTHER]);
            self.slips.report_unknown("kind", word, kind.span().start, &words.collect::<Vec<_>>());
        }
        known
    }

    fn read_color(&mut self, color: &Value) -> Option<Color> {
        let word = color.get_ref().as_str().unwrap_or_default();
        let known = Color::from_word(word);
        if known.is_none() {
            let words: Vec<&str> = Color::ALL.iter().map(|color| color.word()).collect();
            self.slips.report_unknown("colour", word, color.span().start, &words);
        }
        known
    }

    /// Reads parties with their times; a single one may stand without brackets, or by its id alone.
    fn read_parties(&mut self, value: &Value) -> Vec<SpeaksFor> {
        let one = std::slice::from_ref(value);
        let list = value.get_ref().as_array().map_or(one, |list| list);
        list.iter().filter_map(|value| self.read_party(value)).collect()
    }

    fn read_party(&mut self, value: &Value) -> Option<SpeaksFor> {
        if let Some(actor) = value.get_ref().as_str() {
            return Some(SpeaksFor { actor: actor.to_owned(), ..SpeaksFor::default() });
        }
        let table = value.get_ref().as_table();
        if let Some(table) = table {
            self.check_keys(table, SPEAKS_FOR);
        }
        let Some((table, actor)) = table.and_then(|table| Some((table, self.text(table, "actor")?))) else {
            let hint = Some("write { actor = \"ID\", from = 2021-01-31 }".to_owned());
            self.slips.report(value.span().start, "'speaks-for' names no actor".to_owned(), hint);
            return None;
        };
        let (from, until) = (self.date(table, "from"), self.date(table, "until"));
        match (from, until) {
            // A time that cannot be read would otherwise be all times.
            (Err(()), _) | (_, Err(())) => None,
            (Ok(from), Ok(until)) => Some(SpeaksFor { actor, from, until }),
        }
    }

    fn date(&mut self, table: &DeTable, key: &str) -> Result<Option<Date>, ()> {
        let Some(value) = table.get(key) else { return Ok(None) };
        let written = match value.get_ref() {
            DeValue::Datetime(date) => date.to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let day = written.get(..10).unwrap_or(&written);
        day.parse().map(Some).map_err(|_| {
            let hint = Some("write year-month-day: 2021-01-31".to_owned());
            self.slips.report(value.span().start, format!("'{key}' is not a day"), hint);
        })
    }

    fn text(&mut self, table: &DeTable, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str().map(str::to_owned);
        if text.is_none() {
            self.slips.report(value.span().start, format!("'{key}' is not a text"), None);
        }
        text
    }

    fn words(&mut self, table: &DeTable, key: &str) -> Vec<String> {
        table.get(key).map_or_else(Vec::new, |value| self.slips.words(key, value))
    }

    /// A name of two actors would make one of them depend on the order of the file without a word.
    fn check_names(&mut self) {
        let mut seen = HashSet::new();
        let mut twice = Vec::new();
        for (actor, &at) in self.library.actors.iter().zip(&self.actors_at) {
            let mut own = HashSet::new();
            for name in std::iter::once(&actor.name).chain(&actor.aka) {
                if own.insert(key(name)) && !seen.insert(key(name)) {
                    twice.push((at, name.clone()));
                }
            }
        }
        for (at, name) in twice {
            self.slips.report(at, format!("'{name}' names two actors"), Some("it is the first of them".to_owned()));
        }
    }

    /// Reports keys that look like a slip; others may be a later version's, or the reader's own.
    fn check_keys(&mut self, table: &DeTable, known: &[&str]) {
        for key in table.keys().filter(|key| !known.contains(&key.get_ref().as_ref())) {
            if let Some(near) = nearest(key.get_ref(), known.iter().copied()) {
                let hint = Some(format!("did you mean '{near}'?"));
                self.slips.report(key.span().start, format!("unknown key '{}'", key.get_ref()), hint);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    #[track_caller]
    fn check_problems(toml: &str, expected: &[&str]) -> Library {
        let (library, problems) = read(toml);
        assert_eq!(problems.iter().map(Problem::to_string).collect::<Vec<_>>(), expected);
        library
    }

    #[test]
    fn a_library_is_read() {
        let toml = "format = \"demarche-library/1\"\n\n[[actor]]\nid = \"ansa\"\nname = \"Ansa\"\naka = [\"the town\"]\n\
            kind = \"state\"\n\n[[actor]]\nname = \"Ida Holm\"\nkind = \"person\"\n\
            speaks-for = [{ actor = \"ansa\", from = 2021-01-26, until = 2025-01-20 }, \"county\"]\n\n[[actor]]\n\
            id = \"x\"\nname = \"X\"\nkind = \"other\"\nspeaks-for = { actor = \"ansa\" }\nmine = 1\n\n[[issue]]\n\
            id = \"toll\"\nname = \"The toll\"\nwords = \"toll\"\nplus = \"keep it\"\nminus = \"end it\"\n\n\
            [tags]\n\"#red-line\" = { color = \"red\", note = \"no way\" }\n";
        let library = check_problems(toml, &[]);
        let [ansa, holm, x] = &library.actors[..] else { panic!("{library:?}") };
        assert_eq!((ansa.id.as_str(), ansa.kind, ansa.aka.len()), ("ansa", Some(ActorKind::State), 1));
        let parties = [
            SpeaksFor { actor: "ansa".into(), from: Some(date(2021, 1, 26)), until: Some(date(2025, 1, 20)) },
            SpeaksFor { actor: "county".into(), ..SpeaksFor::default() },
        ];
        assert_eq!((holm.id.as_str(), holm.speaks_for.as_slice()), ("ida-holm", &parties[..]));
        assert_eq!((x.kind, x.speaks_for.len()), (None, 1));
        assert_eq!(library.issues[0].plus.as_deref(), Some("keep it"));
        assert_eq!(library.tags["red-line"], SharedTag { color: Some(Color::Red), note: Some("no way".into()) });
    }

    #[test]
    fn the_example_of_the_documentation_is_right() {
        let page = include_str!("../../../docs/library.md");
        let (_, example) = page.split_once("```toml\n").unwrap();
        let library = check_problems(example.split_once("```").unwrap().0, &[]);
        assert_eq!((library.actors.len(), library.issues.len(), library.tags.len()), (2, 1, 1));
    }

    #[test]
    fn a_bad_entry_is_named_and_hides_nothing_else() {
        let toml = "[[actor]]\naka = [\"B\"]\n\n[[actor]]\nname = \"C\"\nkind = \"sate\"\naka = [1, \"D\"]\n\n\
            [[issue]]\nwords = [\"x\"]\n\n[[issue]]\nname = \"Fares\"\nwrods = [\"fare\"]\n\n\
            [tags]\na = \"red\"\nb = { color = \"read\" }\n";
        let library = check_problems(
            toml,
            &[
                "1: an actor without 'name'",
                "6: unknown kind 'sate'\n  hint: did you mean 'state'?",
                "7: 'aka' holds something that is no word",
                "9: an issue without 'name'",
                "14: unknown key 'wrods'\n  hint: did you mean 'words'?",
                "17: tag 'a' is not a table\n  hint: write a = { color = \"red\" }",
                "18: unknown colour 'read'\n  hint: did you mean 'red'?",
            ],
        );
        assert_eq!((library.actors[0].name.as_str(), library.actors[0].aka.as_slice()), ("C", &["D".to_owned()][..]));
        assert_eq!((library.issues[0].id.as_str(), library.tags.len()), ("fares", 1));
    }

    #[test]
    fn a_time_that_cannot_be_read_is_no_time() {
        let party = |of: &str| format!("[[actor]]\nname = \"A\"\nspeaks-for = [{of}]\n");
        let library = check_problems(
            &party("{ actor = \"b\", from = \"soon\" }, { actor = \"c\" }"),
            &["3: 'from' is not a day\n  hint: write year-month-day: 2021-01-31"],
        );
        assert_eq!(library.actors[0].speaks_for.len(), 1);
        check_problems(
            &party("{ from = 2021-01-01 }"),
            &["3: 'speaks-for' names no actor\n  hint: write { actor = \"ID\", from = 2021-01-31 }"],
        );
    }

    #[test]
    fn names_and_ids_stand_for_one() {
        check_problems(
            "[[actor]]\nname = \"A\"\naka = [\"Z\"]\n\n[[actor]]\nname = \"B\"\naka = [\"Z\", \"B\"]\n",
            &["5: 'Z' names two actors\n  hint: it is the first of them"],
        );
        check_problems(
            "[[actor]]\nname = \"the Guild\"\naka = [\"Guild\"]\n\n[[actor]]\nname = \"B\"\naka = [\"Guild\"]\n\n\
             [[actor]]\nname = \"Guild Hall\"\n",
            &["5: 'Guild' names two actors\n  hint: it is the first of them"],
        );
        check_problems(
            "[[actor]]\nname = \"Crew’s Guild\"\n[[actor]]\nname = \"The Crew's Guild\"\n",
            &["3: 'The Crew's Guild' names two actors\n  hint: it is the first of them"],
        );
        check_problems("[[issue]]\nname = \"A\"\n[[issue]]\nid = \"a\"\n", &["3: a second issue has the id 'a'"]);
    }

    #[test]
    fn a_broken_line_or_another_format_hides_nothing_else() {
        let (library, problems) = read("format = \"demarche-library/2\"\n[[actor]]\nname = \"B\"\naka = [\n\n[tags]\n");
        assert!(problems.iter().any(|problem| problem.line == 1) && problems.len() > 1, "{problems:?}");
        assert_eq!(library.actors.len(), 1);
        check_problems("actor = 3\n", &["1: 'actor' is not a list\n  hint: write [[actor]]"]);
    }

    proptest! {
        #[test]
        fn any_text_is_survived(toml in "(\\PC|\n|\\[\\[actor\\]\\]\n|\\[\\[issue\\]\\]\n|\\[tags\\]\n|name = \"x\"\n|speaks-for = |from = 2021-01-01\n){0,40}") {
            let (_, problems) = read(&toml);
            prop_assert!(problems.iter().all(|problem| problem.line >= 1));
        }
    }
}
