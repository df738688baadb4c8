//! The notes of many documents, read from their files alone: nothing says where an entry stands in its article, only
//! what it says.

use serde::Serialize;
use toml_edit::Item;

use super::export::{Filter, Kind};
use super::list::{kind_of, name_of, tags_of, text_of};
use super::notes::{Problem, article_of};
use super::{Body, Entry, Notes, Unreadable};
use crate::document::Document;
use crate::text::{Words, clean};

/// The notes of one document, without the document.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// Where the notes are kept.
    pub path: String,
    /// What the article is called: its title, else its file's name, else what the notes are called.
    pub title: String,
    /// The name of the article's file, where the notes say it.
    pub file: Option<String>,
    /// The SHA-256 of the version that was read.
    pub sha256: Option<String>,
    /// In the order of the file.
    pub entries: Vec<Entry>,
    /// What of the file could not be read.
    pub problems: Vec<Problem>,
}

impl Gathered {
    /// Reads a notes file.
    pub fn read(path: &str, toml: &str) -> Result<Gathered, Unreadable> {
        // On a text without words every entry is lost and none is looked for long.
        let notes = Notes::parse(toml, &Document::read("", Vec::new(), None))?;
        if let Some(reason) = notes.read_only().filter(|_| notes.entries().is_empty()) {
            return Err(Unreadable { line: 1, column: 1, reason: reason.to_owned() });
        }
        let (file, sha256) = article_of(toml);
        let title = title_of(toml).or_else(|| file.clone()).unwrap_or_else(|| {
            let name = path.rsplit('/').next().unwrap_or(path);
            name.strip_suffix(".notes.toml").unwrap_or(name).to_owned()
        });
        let (entries, problems) = (notes.entries().to_vec(), notes.problems().to_vec());
        Ok(Gathered { path: path.to_owned(), title, file, sha256, entries, problems })
    }

    /// Keeps the entries that say all of the words, of themselves or with the title of their article.
    pub fn find(mut self, words: &Words) -> Gathered {
        self.entries.retain(|entry| is_found(&self.title, entry, words));
        self
    }

    /// Keeps the entries of the kinds and with the tags that a filter lets through.
    pub fn keep(mut self, filter: &Filter) -> Gathered {
        let is_of_kind = |entry: &Entry| Kind::from_word(kind_of(entry)).is_some_and(|kind| filter.lets_kind(kind));
        self.entries.retain(|entry| is_of_kind(entry) && filter.lets_tags(tags_of(entry)));
        self
    }
}

fn title_of(toml: &str) -> Option<String> {
    let document = toml_edit::Document::parse(toml.trim_start_matches('\u{feff}')).ok()?;
    let title = document.get("article").and_then(|article| article.get("title")).and_then(Item::as_str)?;
    Some(title.to_owned()).filter(|title| !title.trim().is_empty())
}

fn is_found(title: &str, entry: &Entry, words: &Words) -> bool {
    let mut texts = vec![title, kind_of(entry), quote_of(entry), name_of(entry), text_of(entry), act_of(entry)];
    texts.extend(tags_of(entry).iter().map(String::as_str));
    match &entry.body {
        Body::Actor(actor) => texts.extend(actor.aka.iter().map(String::as_str)),
        Body::Position(position) => {
            texts.extend(position.issue.iter().chain(&position.gist).chain(&position.actor).map(String::as_str));
        }
        Body::Note(_) => {}
    }
    words.are_in(&texts)
}

/// Returns an entry on one line: its kind, its words, its tags.
pub fn line(entry: &Entry) -> String {
    let quote = quote_of(entry);
    let words = if quote.is_empty() { name_of(entry).to_owned() } else { format!("“{quote}”") };
    let act = act_of(entry);
    let act = if act.is_empty() { String::new() } else { format!("{act} ") };
    let tags: String = tags_of(entry).iter().map(|tag| format!(" #{tag}")).collect();
    clean(format!("{:9} {act}{words}{tags}", kind_of(entry)).trim_end()).into_owned()
}

/// Returns an entry on one line with what was written.
pub fn whole_line(entry: &Entry) -> String {
    let text = text_of(entry);
    let gap = if text.is_empty() { "" } else { "  " };
    format!("{}{gap}{}", line(entry), clean(text))
}

/// Returns the entries under the titles of their articles; articles without any are left out.
pub fn listing(gathered: &[Gathered]) -> String {
    let mut list = String::new();
    for of_one in gathered.iter().filter(|of_one| !of_one.entries.is_empty()) {
        if !list.is_empty() {
            list.push('\n');
        }
        list.push_str(&format!("{}\n  {}\n", clean(&of_one.title), clean(&of_one.path)));
        for entry in &of_one.entries {
            list.push_str(&format!("  {}\n", line(entry)));
            for text in text_of(entry).lines() {
                list.push_str(&format!("            {}\n", clean(text)));
            }
        }
    }
    list
}

/// Returns the entries as JSON, one object each in one list.
pub fn json(gathered: &[Gathered]) -> String {
    let records = gathered.iter().flat_map(|of_one| of_one.entries.iter().map(|entry| record(of_one, entry)));
    serde_json::to_string_pretty(&records.collect::<Vec<_>>()).unwrap_or_default() + "\n"
}

#[derive(Serialize)]
struct Record<'g> {
    notes: &'g str,
    title: &'g str,
    file: Option<&'g str>,
    id: &'g str,
    kind: &'g str,
    /// `null` but for positions.
    act: Option<&'g str>,
    /// The name of a corrected actor, the id of a position's.
    actor: Option<&'g str>,
    quote: &'g str,
    text: &'g str,
    tags: &'g [String],
}

fn record<'g>(of_one: &'g Gathered, entry: &'g Entry) -> Record<'g> {
    let actor = match &entry.body {
        Body::Actor(actor) => Some(actor.name.as_str()),
        Body::Position(position) => position.actor.as_deref(),
        Body::Note(_) => None,
    };
    Record {
        notes: &of_one.path,
        title: &of_one.title,
        file: of_one.file.as_deref(),
        id: &entry.id.0,
        kind: kind_of(entry),
        act: Some(act_of(entry)).filter(|act| !act.is_empty()),
        actor,
        quote: quote_of(entry),
        text: text_of(entry),
        tags: tags_of(entry),
    }
}

fn quote_of(entry: &Entry) -> &str {
    entry.target.as_ref().map_or("", |target| &target.quote)
}

fn act_of(entry: &Entry) -> &'static str {
    match &entry.body {
        Body::Position(position) => position.act.map_or("", |act| act.word()),
        Body::Note(_) | Body::Actor(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"format = "demarche-notes/1"

[article]
title = "The quay \u001b[31mis shut"
file  = "quay.txt"

[[actor]]
id   = "crew"
name = "The crew"
aka  = ["Deckhands"]

[[note]]
id    = "aaaaaa"
quote = "no ship came"
text  = "So who paid?\nNobody."
tags  = ["ferry"]

[[note]]
id   = "bbbbbb"
kind = "idea"

[[position]]
id    = "cccccc"
actor = "crew"
act   = "demands"
quote = "new boats"
issue = ["safety"]
"#;

    fn gathered() -> Gathered {
        Gathered::read("notes/quay.notes.toml", FILE).unwrap()
    }

    #[track_caller]
    fn check(typed: &str, ids: &[&str]) {
        let found = gathered().find(&Words::new(typed));
        assert_eq!(found.entries.iter().map(|entry| entry.id.0.as_str()).collect::<Vec<_>>(), ids, "{typed}");
    }

    #[test]
    fn words_may_stand_in_any_part_of_an_entry() {
        check("", &["crew", "aaaaaa", "cccccc"]);
        check("ship nobody", &["aaaaaa"]);
        check("ship boats", &[]);
        check("Ship", &[]);
        check("ferry quay", &["aaaaaa"]);
        check("deckhands", &["crew"]);
        check("demands", &["cccccc"]);
        check("safety crew", &["cccccc"]);
    }

    #[test]
    fn entries_are_listed_under_their_article_and_cannot_steer_a_terminal() {
        let expected = "The quay ␛[31mis shut\n  notes/quay.notes.toml\n  actor     The crew\n  \
            note      “no ship came” #ferry\n            So who paid?\n            Nobody.\n  \
            position  demands “new boats”\n";
        assert_eq!(listing(&[gathered()]), expected);
        let nothing = gathered().find(&Words::new("nowhere"));
        assert_eq!(listing(&[nothing, gathered()]), expected, "nothing is said of an article without entries");
    }

    #[test]
    fn json_says_the_same() {
        let json: serde_json::Value = serde_json::from_str(&json(&[gathered().find(&Words::new("boats"))])).unwrap();
        let expected = serde_json::json!([{
            "notes": "notes/quay.notes.toml", "title": "The quay \u{1b}[31mis shut", "file": "quay.txt",
            "id": "cccccc", "kind": "position", "act": "demands", "actor": "crew", "quote": "new boats", "text": "",
            "tags": [],
        }]);
        assert_eq!(json, expected);
    }

    #[test]
    fn a_bad_entry_is_named_and_a_bad_file_refused() {
        assert_eq!(gathered().problems, [Problem { line: 18, reason: "'idea' is no kind".into() }]);
        assert_eq!(Gathered::read("a.notes.toml", "\n[[note]\n").unwrap_err().line, 2);
        let other = Gathered::read("a.notes.toml", "format = \"other/1\"\n").unwrap_err();
        assert!(other.reason.starts_with("not a notes file"), "{other:?}");
    }

    #[test]
    fn an_article_without_a_title_is_called_by_its_file_or_its_notes() {
        let title = |toml| Gathered::read("x/b-1234.notes.toml", toml).unwrap().title;
        assert_eq!(title("[article]\ntitle = \" \"\nfile = \"b.txt\"\n"), "b.txt");
        assert_eq!(title(""), "b-1234");
    }
}
