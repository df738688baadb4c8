//! What is exported and imported again are the same notes, as far as the format has room for them.

mod support;

use demarche::analysis::Analysis;
use demarche::annotation::export::{self, Contents, Filter};
use demarche::annotation::import::{Format, plan, read};
use demarche::annotation::{Body, Color, Edit, Entry, Id, Note, NoteKind, Notes, Reading, corrected, describe};
use demarche::document::Document;
use demarche::text::Span;
use proptest::prelude::*;
use support::reading;

const ARTICLE: &str = include_str!("exports/ferry.txt");
const READING: &str = include_str!("exports/ferry.reading");
const NOTES: &str = include_str!("exports/ferry.notes.toml");

fn document() -> Document {
    Document::read("ferry.txt", ARTICLE, None)
}

/// Returns notes as the file of a format.
fn export(format: Format, document: &Document, notes: &Notes, analysis: &Analysis) -> String {
    let written = match format {
        Format::Web => export::Format::Jsonld,
        Format::Hypothesis => export::Format::Hypothesis,
        Format::Readwise => export::Format::Readwise,
        _ => return notes.to_toml(),
    };
    let reading: Reading = corrected(document, analysis, notes);
    export::write(written, &Contents::new(document, notes, &reading, &Filter::default()))
}

/// Imports a file into notes; returns how many were added.
fn import(format: Format, document: &Document, notes: &mut Notes, file: &str) -> usize {
    let found = read(format, file.as_bytes()).unwrap_or_else(|bad| panic!("{bad}"));
    assert_eq!(found.bad, []);
    let plan = plan(document, notes, format, found.annotations);
    notes.change(document, plan.edit);
    plan.added
}

/// Exports notes and imports them into an empty file.
fn there_and_back(format: Format, document: &Document, notes: &Notes, analysis: &Analysis) -> Notes {
    let mut back = Notes::new();
    import(format, document, &mut back, &export(format, document, notes, analysis));
    back
}

fn note_of(entry: &Entry) -> Option<(&str, &Note)> {
    match &entry.body {
        Body::Note(note) => Some((&entry.id.0, note)),
        Body::Actor(_) | Body::Position(_) => None,
    }
}

#[test]
fn every_entry_comes_back_from_a_notes_file() {
    let document = document();
    let notes = Notes::parse(NOTES, &document).unwrap();
    let back = there_and_back(Format::Own, &document, &notes, &Analysis::default());
    // A description that was written by hand is completed; what it leads to is the same.
    let told = |notes: &Notes| {
        let entry = |entry: &Entry| Entry { target: None, ..entry.clone() };
        let entries = notes.entries().iter().map(|known| (entry(known), notes.anchor(&known.id).span()));
        entries.collect::<Vec<_>>()
    };
    assert_eq!(told(&back), told(&notes));
}

#[test]
fn what_is_exported_is_known_when_it_is_imported() {
    let document = document();
    let analysis = reading::analysis(ARTICLE, READING);
    let notes = Notes::parse(NOTES, &document).unwrap();
    for format in [Format::Own, Format::Web, Format::Hypothesis] {
        let mut same = notes.clone();
        let file = export(format, &document, &notes, &analysis);
        assert_eq!(import(format, &document, &mut same, &file), 0, "{}", format.word());
        assert_eq!(same.to_toml(), notes.to_toml());
    }
}

#[test]
fn notes_and_positions_come_back_from_web_annotations() {
    let document = document();
    let analysis = reading::analysis(ARTICLE, READING);
    let notes = Notes::parse(NOTES, &document).unwrap();
    let back = there_and_back(Format::Web, &document, &notes, &analysis);
    let mut compared = 0;
    for entry in notes.entries() {
        let same = back.entry(&entry.id);
        match (&entry.body, same.map(|same| &same.body)) {
            (Body::Note(note), Some(Body::Note(again))) => {
                compared += 1;
                assert_eq!((&again.text, &again.tags, again.kind), (&note.text, &note.tags, note.kind));
                assert_eq!(back.anchor(&entry.id).span(), notes.anchor(&entry.id).span(), "{entry:?}");
            }
            (Body::Position(position), Some(Body::Position(again))) => {
                compared += 1;
                assert_eq!((again.state, &again.gist), (position.state, &position.gist));
                assert_eq!(back.anchor(&entry.id).span(), notes.anchor(&entry.id).span(), "{entry:?}");
            }
            (Body::Note(_), other) => panic!("{} came back as {other:?}", entry.id.0),
            (Body::Actor(_) | Body::Position(_), _) => {}
        }
    }
    assert!(compared > 3, "{compared}");
}

/// Notes on words of the article, of every kind.
fn notes() -> impl Strategy<Value = Notes> {
    let letters = "[0-9a-hjkmnp-tv-z]{6}";
    let text = "([a-zé“”\"\\\\,.#*]{1,6}[ \n]?){0,4}[a-z]|";
    let tags = proptest::collection::btree_set("[a-zé-]{1,5}", 0..3);
    let kinds = proptest::sample::select(NoteKind::ALL);
    let colors = proptest::option::of(proptest::sample::select(Color::ALL));
    let times = proptest::option::of(1_500_000_000..1_900_000_000i64);
    let note = (letters, (0..ARTICLE.len(), 1..120usize), text, tags, kinds, colors, times);
    proptest::collection::vec(note, 0..8).prop_map(|all| {
        let document = document();
        let mut notes = Notes::new();
        for (id, (start, length), text, tags, kind, color, time) in all {
            let start = ARTICLE.floor_char_boundary(start);
            let end = ARTICLE.ceil_char_boundary((start + length).min(ARTICLE.len()));
            let span = Span::new(start, end).trim(ARTICLE);
            if span.is_empty() {
                continue;
            }
            let time = time.map(|time| jiff::Timestamp::from_second(time).unwrap());
            let body = Note { kind, text, tags: tags.into_iter().collect(), color, links: vec!["see:aaaaaa".into()] };
            let target = Some(describe(&document, span));
            let (id, body, updated) = (Id(id), Body::Note(body), time.filter(|_| length % 2 == 0));
            notes.change(&document, Edit::Add(Entry { id, target, body, created: time, updated }));
        }
        notes
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn notes_files_and_web_annotations_lose_nothing(notes in notes()) {
        let document = document();
        for format in [Format::Own, Format::Web] {
            let back = there_and_back(format, &document, &notes, &Analysis::default());
            prop_assert_eq!(back.entries(), notes.entries(), "{}", format.word());
        }
    }

    #[test]
    fn hypothesis_keeps_words_texts_and_tags(notes in notes()) {
        let document = document();
        let back = there_and_back(Format::Hypothesis, &document, &notes, &Analysis::default());
        prop_assert_eq!(back.entries().len(), notes.entries().len());
        for entry in notes.entries() {
            let again = back.entry(&entry.id).unwrap();
            prop_assert_eq!((&again.target, again.created), (&entry.target, entry.created));
            let ((_, note), (_, again)) = (note_of(entry).unwrap(), note_of(again).unwrap());
            prop_assert_eq!((&again.text, &again.tags), (&note.text, &note.tags));
        }
    }

    #[test]
    fn readwise_keeps_sentences_texts_and_tags(notes in notes()) {
        // A note that begins with a full stop begins with a tag.
        prop_assume!(notes.entries().iter().all(|entry| !note_of(entry).unwrap().1.text.starts_with('.')));
        let document = document();
        let back = there_and_back(Format::Readwise, &document, &notes, &Analysis::default());
        let told = |notes: &Notes, quote: bool| {
            let row = |entry: &Entry| {
                let target = entry.target.clone().unwrap();
                let (_, note) = note_of(entry).unwrap();
                (if quote { target.quote } else { target.sentence }, note.text.clone(), note.tags.clone())
            };
            let rows: Vec<_> = notes.entries().iter().map(row).collect();
            std::collections::BTreeSet::from_iter(rows.into_iter().map(|row| format!("{row:?}")))
        };
        prop_assert_eq!(told(&back, true), told(&notes, false));
    }
}
