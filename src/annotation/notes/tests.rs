//! The notes file under every operation: what changes, and that nothing else does.

use proptest::prelude::*;

use super::*;
use crate::annotation::fixture::document;
use crate::annotation::{Color, Note, NoteKind, PositionCorrection, describe};
use crate::text::Span;

const ARTICLE: &str = "The ferry to Osk stopped on Tuesday. Its crew wants new boats.\n\n\
    “No boat sails before May,” said Ruth Aal, the crew’s speaker. The owner refused to comment.\n";

const FILE: &str = "# my notes\nformat = \"demarche-notes/1\"\n\n[article]\nfile = \"ferry.txt\"  # kept\n\n\
    [[actor]]\nid = \"aal\"\nname = \"Ruth Aal\"\n\n# ---- notes ----\n\n\
    # about the stop\n[[note]]\nid = \"aaaaaa\"\nquote = \"stopped on Tuesday\"\nmine = 1  # unknown\n\n\
    [other]\nkey = [1, 2]\n\n[[note]]\nid = \"bbbbbb\"\nquote = \"refused to comment\"\ntext = \"why?\"\n\n\
    [[note]]\nid = \"broken\"\nkind = \"idea\"\n";

fn entry(id: &str, words: &str) -> Entry {
    let document = document(ARTICLE);
    let start = ARTICLE.find(words).unwrap();
    let target = Some(describe(&document, Span::new(start, start + words.len())));
    Entry { id: Id(id.into()), target, body: Body::Note(Note::default()), created: None, updated: None }
}

fn order(notes: &Notes) -> Vec<&str> {
    notes.entries().iter().map(|entry| entry.id.0.as_str()).collect()
}

#[test]
fn a_first_note_makes_a_whole_file() {
    let document = document("A vote was held. It failed.");
    let mut notes = Notes::new();
    assert!(notes.is_empty());
    let note = Note { text: "By one?".into(), color: Some(Color::Blue), ..Note::default() };
    let target = Some(describe(&document, Span::new(20, 26)));
    let body = Body::Note(note);
    notes.change(&document, Edit::Add(Entry { id: Id("k7q2mz".into()), target, body, created: None, updated: None }));
    let hash = document.sha256();
    assert_eq!(
        notes.to_toml(),
        format!(
            r#"# Reading notes. Edit by hand if you like: comments, order and unknown keys are kept.
format = "demarche-notes/1"

[article]
file   = "article.txt"
sha256 = "{hash}"
words  = 6

[[note]]
id       = "k7q2mz"
kind     = "highlight"
quote    = "failed"
sentence = "It failed."
prev     = "A vote was held. "
at       = [20, 26]      # hint only: characters in the version named by article.sha256
text     = "By one?"
color    = "blue"
"#
        )
    );
}

#[test]
fn entries_stand_in_reading_order() {
    let document = document(ARTICLE);
    let mut notes = Notes::parse(FILE, &document).unwrap();
    assert_eq!(order(&notes), ["aal", "aaaaaa", "bbbbbb"]);
    notes.change(&document, Edit::Add(entry("cccccc", "before May")));
    assert_eq!(order(&notes), ["aal", "aaaaaa", "cccccc", "bbbbbb"]);
    let lines = "mine = 1  # unknown\n\n[[note]]\nid       = \"cccccc\"\n";
    assert!(notes.to_toml().contains(lines), "{}", notes.to_toml());
}

#[test]
fn a_bad_entry_is_named_and_kept() {
    let notes = Notes::parse(FILE, &document(ARTICLE)).unwrap();
    assert_eq!(notes.problems(), [Problem { line: 27, reason: "'idea' is no kind".into() }]);
    assert_eq!(FILE.lines().nth(26), Some("[[note]]"));
    assert_eq!(notes.to_toml(), FILE);
}

#[test]
fn a_second_entry_of_one_id_hides_nothing() {
    let twice = "[[note]]\nid = \"a\"\nquote = \"crew\"\n\n[[note]]\nid = \"a\"\nquote = \"boats\"\n";
    let notes = Notes::parse(twice, &document(ARTICLE)).unwrap();
    assert_eq!((order(&notes), notes.problems().len(), notes.problems()[0].line), (vec!["a"], 1, 5));
}

#[test]
fn a_later_format_is_only_read() {
    let document = document(ARTICLE);
    let later = FILE.replace("notes/1", "notes/2");
    let mut notes = Notes::parse(&later, &document).unwrap();
    assert_eq!(notes.read_only(), Some("written by a later version (format 2, this one knows 1)"));
    notes.change(&document, Edit::Remove(Id("aaaaaa".into())));
    assert_eq!((notes.to_toml(), notes.undo(&document)), (later, None));
}

#[test]
fn the_way_back_is_kept_between_sessions() {
    let document = document(ARTICLE);
    let mut notes = Notes::parse(FILE, &document).unwrap();
    notes.change(&document, Edit::Remove(Id("aaaaaa".into())));
    notes.change(&document, Edit::Add(entry("cccccc", "before May")));
    let (file, journal) = (notes.to_toml(), notes.journal());
    let mut later = Notes::parse(&file, &document).unwrap();
    later.restore_journal(&journal);
    assert_eq!(later.undo(&document).unwrap(), "add highlight “before May”");
    assert_eq!(later.undo(&document).unwrap(), "remove highlight “stopped on Tuesday”");
    assert_eq!(later.to_toml(), FILE);
    assert!(later.redo(&document).is_some() && later.redo(&document).is_some());
    assert_eq!(later.to_toml(), file);
}

#[test]
fn what_no_longer_fits_is_passed_over() {
    let document = document(ARTICLE);
    let mut notes = Notes::parse(FILE, &document).unwrap();
    let mut changed = notes.entry(&Id("bbbbbb".into())).unwrap().clone();
    changed.body = Body::Note(Note { kind: NoteKind::Question, ..Note::default() });
    notes.change(&document, Edit::Remove(Id("aaaaaa".into())));
    notes.change(&document, Edit::Replace(changed));
    let elsewhere = notes.to_toml().replace("refused to comment", "refused");
    let mut later = Notes::parse(&elsewhere, &document).unwrap();
    later.restore_journal(&notes.journal());
    assert_eq!(later.undo(&document).unwrap(), "remove highlight “stopped on Tuesday”");
    assert!(later.to_toml().contains("quote = \"refused\""));
    later.restore_journal("{ not a journal");
    assert_eq!(later.undo(&document), None);
}

#[test]
fn in_another_version_of_the_article_no_offsets_are_written() {
    let old = document(ARTICLE);
    let new = document(&format!("Osk, Tuesday\n\n{ARTICLE}"));
    let mut notes = Notes::parse(&format!("[article]\nsha256 = \"{}\"\n", old.sha256()), &new).unwrap();
    let start = new.text.find("crew").unwrap();
    let target = Some(describe(&new, Span::new(start, start + 4)));
    notes.change(&new, Edit::Add(Entry { target, ..entry("aaaaaa", "crew") }));
    assert_eq!(notes.anchor(&Id("aaaaaa".into())).span(), Some(Span::new(start, start + 4)));
    assert!(!notes.to_toml().contains("at  "), "{}", notes.to_toml());
}

fn edit() -> impl Strategy<Value = Option<Edit>> {
    let id = proptest::sample::select(vec!["aaaaaa", "bbbbbb", "cccccc", "dddddd", "aal"]);
    let words = proptest::sample::select(vec!["ferry", "Its crew", "before May", "The owner refused to comment."]);
    let text = "[a“\"\\n\u{9b}]{0,6}";
    (0..6, id, words, text).prop_map(|(what, id, words, text)| {
        let entry = entry(id, words);
        let position = PositionCorrection { gist: Some(text.clone()), ..PositionCorrection::default() };
        match what {
            0 => Some(Edit::Add(entry)),
            1 => Some(Edit::Remove(Id(id.into()))),
            2 => Some(Edit::Replace(Entry { body: Body::Note(Note { text, ..Note::default() }), ..entry })),
            3 if id > "cc" => Some(Edit::Add(Entry { body: Body::Position(position), ..entry })),
            4 => Some(Edit::Many(vec![Edit::Remove(Id(id.into())), Edit::Add(entry)])),
            _ => None,
        }
    })
}

/// Lines of the file that belong to no entry, and those of entries that this program does not know.
const FOREIGN: [&str; 7] = [
    "# my notes",
    "file = \"ferry.txt\"  # kept",
    "# ---- notes ----",
    "[other]",
    "key = [1, 2]",
    "id = \"broken\"",
    "kind = \"idea\"",
];

proptest! {
    #[test]
    fn whatever_is_done_is_undone_to_the_byte(edits in proptest::collection::vec(edit(), 1..12), end in 0..4usize) {
        let document = document(ARTICLE);
        let file = match end {
            0 => FILE.to_owned(),
            1 => FILE.trim_end().to_owned(),
            2 => FILE.replace('\n', "\r\n"),
            _ => FILE.replace("\n\n", "\n"),
        };
        let mut notes = Notes::parse(&file, &document).unwrap();
        for edit in edits {
            match edit {
                Some(edit) => notes.change(&document, edit),
                None => drop(notes.undo(&document)),
            }
            let text = notes.to_toml();
            // Without an empty line between, the section's comment is the note's own.
            for line in FOREIGN.iter().filter(|line| end != 3 || !line.starts_with("# ----")) {
                prop_assert!(text.contains(*line), "{line} is gone from {text}");
            }
            let again = Notes::parse(&text, &document).unwrap();
            prop_assert_eq!(again.entries(), notes.entries(), "{}", text);
        }
        let (last, journal) = (notes.to_toml(), notes.journal());
        let mut notes = Notes::parse(&last, &document).unwrap();
        notes.restore_journal(&journal);
        while notes.undo(&document).is_some() {}
        prop_assert_eq!(notes.to_toml(), file);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "([\\[\\]#=\"'{},.\n a1]|note|position|\\[\\[note\\]\\]\n|id = \"x\"\n){0,40}") {
        if let Ok(notes) = Notes::parse(&text, &document(ARTICLE)) {
            prop_assert_eq!(notes.to_toml(), text);
        }
    }
}
