//! The notes as a list: for reading in a terminal, and as JSON for other programs.

use serde::Serialize;

use super::export::Contents;
use super::{Anchor, Body, Entry, quoting};
use crate::text::{Offset, Span, clean};

/// Returns every entry in a few lines: its paragraph, kind, outcome, words, tags, text.
pub fn listing(contents: &Contents) -> String {
    let mut list = String::new();
    for entry in &contents.entries {
        let anchor = contents.notes.anchor(&entry.id);
        let place = anchor.span().map_or("-".into(), |span| format!("¶{}", contents.paragraph(span.start)));
        let state = entry.target.as_ref().map_or("", |_| anchor.word());
        let quote = entry.target.as_ref().map_or("", |target| target.quote.as_str());
        let quote = if quote.is_empty() { name_of(entry).into() } else { format!("“{quote}”") };
        let tags: String = tags_of(entry).iter().map(|tag| format!(" #{tag}")).collect();
        let line = format!("{place:5} {:9} {state:9} {quote}{tags}", kind_of(entry));
        list.push_str(clean(line.trim_end()).as_ref());
        list.push('\n');
        for line in text_of(entry).lines() {
            list.push_str(&format!("      {}\n", clean(line)));
        }
    }
    list
}

/// Returns every entry as JSON, one object in a list; offsets count characters of the document's text.
pub fn json(contents: &Contents) -> String {
    let records: Vec<Record> = contents.entries.iter().map(|entry| record(contents, entry)).collect();
    quoting::json(&records)
}

#[derive(Serialize)]
struct Record<'n> {
    id: &'n str,
    kind: &'n str,
    /// `null` for what has no place in the text.
    state: Option<&'n str>,
    start: Option<usize>,
    end: Option<usize>,
    /// Where a lost entry may have been.
    suggestion: Option<[usize; 2]>,
    /// Where an ambiguous one may be.
    places: Vec<[usize; 2]>,
    quote: &'n str,
    text: &'n str,
    tags: &'n [String],
}

fn record<'n>(contents: &Contents<'n>, entry: &'n Entry) -> Record<'n> {
    let anchor = contents.notes.anchor(&entry.id);
    let offset = |offset: Offset| contents.characters(offset);
    let both = |span: Span| [offset(span.start), offset(span.end)];
    let (suggestion, places) = match anchor {
        Anchor::Lost { suggestion } => (*suggestion, Vec::new()),
        Anchor::Ambiguous(places) => (places.first().copied(), places.iter().copied().map(both).collect()),
        _ => (None, Vec::new()),
    };
    Record {
        id: &entry.id.0,
        kind: kind_of(entry),
        state: entry.target.as_ref().map(|_| anchor.word()),
        start: anchor.span().map(|span| offset(span.start)),
        end: anchor.span().map(|span| offset(span.end)),
        suggestion: suggestion.map(both),
        places,
        quote: entry.target.as_ref().map_or("", |target| &target.quote),
        text: text_of(entry),
        tags: tags_of(entry),
    }
}

pub(super) fn kind_of(entry: &Entry) -> &'static str {
    match &entry.body {
        Body::Note(note) => note.kind.word(),
        Body::Actor(_) => "actor",
        Body::Position(_) => "position",
    }
}

/// Returns what was written.
pub fn text_of(entry: &Entry) -> &str {
    match &entry.body {
        Body::Note(note) => &note.text,
        Body::Position(position) if position.text.is_empty() => position.gist.as_deref().unwrap_or_default(),
        Body::Position(position) => &position.text,
        Body::Actor(_) => "",
    }
}

pub(super) fn tags_of(entry: &Entry) -> &[String] {
    match &entry.body {
        Body::Note(note) => &note.tags,
        Body::Position(position) => &position.tags,
        Body::Actor(_) => &[],
    }
}

pub(super) fn name_of(entry: &Entry) -> &str {
    match &entry.body {
        Body::Actor(actor) => &actor.name,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::export::Filter;
    use crate::annotation::fixture::document;
    use crate::annotation::{Notes, Reading};
    use crate::document::Document;

    const ARTICLE: &str = "The quay is shut.\n\nNo é ship came. The crew waits.\n";

    fn notes(document: &Document) -> Notes {
        let file = "[[actor]]\nid = \"crew\"\nname = \"The crew\"\n\n[[note]]\nid = \"aaaaaa\"\nquote = \"ship came\"\n\
            text = \"so?\\u001b\"\ntags = [\"t\"]\n\n[[note]]\nid = \"bbbbbb\"\nquote = \"no such words\"\n";
        Notes::parse(file, document).unwrap()
    }

    #[test]
    fn entries_are_listed() {
        let document = document(ARTICLE);
        let expected = "-     actor               The crew\n¶2    note      moved     “ship came” #t\n      so?␛\n\
            -     highlight lost      “no such words”\n";
        let (notes, reading) = (notes(&document), Reading::default());
        assert_eq!(listing(&Contents::new(&document, &notes, &reading, &Filter::default())), expected);
    }

    #[test]
    fn json_counts_characters() {
        let document = document(ARTICLE);
        let (notes, reading) = (notes(&document), Reading::default());
        let contents = Contents::new(&document, &notes, &reading, &Filter::default());
        let json: serde_json::Value = serde_json::from_str(&json(&contents)).unwrap();
        let expected = serde_json::json!([
            {"id": "crew", "kind": "actor", "state": null, "start": null, "end": null, "suggestion": null, "places": [],
             "quote": "", "text": "", "tags": []},
            {"id": "aaaaaa", "kind": "note", "state": "moved", "start": 24, "end": 33, "suggestion": null, "places": [],
             "quote": "ship came", "text": "so?\u{1b}", "tags": ["t"]},
            {"id": "bbbbbb", "kind": "highlight", "state": "lost", "start": null, "end": null, "suggestion": null, "places": [],
             "quote": "no such words", "text": "", "tags": []},
        ]);
        assert_eq!(json, expected);
    }
}
