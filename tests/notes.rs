//! The notes file belongs to its reader: whatever is done to some entries, undone and done again, the rest of the file
//! stays as it was, byte for byte.

use demarche::annotation::{Body, Color, Edit, Entry, Id, Note, NoteKind, Notes, describe};
use demarche::document::Document;
use demarche::text::Span;
use proptest::prelude::*;
use proptest::sample::select;

const ARTICLE: &str = "The ferry to Osk stopped on Tuesday. Its crew wants new boats.\n\n\
    “No boat sails before May,” said Ruth Aal, the crew’s speaker. The owner refused to comment.\n\n\
    A second ferry is for sale in Lund. Nobody has seen it.\n";

const QUOTES: [&str; 6] =
    ["stopped on Tuesday", "new boats", "before May", "refused to comment", "in Lund", "not there"];

/// A part of a file: one that no edit below may touch, or an entry with the lines in it that are its reader's own.
#[derive(Clone, Debug)]
struct Part {
    id: Option<String>,
    text: String,
    own: Vec<String>,
}

/// Parts of which any order is a valid file; `N` is the number of the part, so that no two are alike.
const FOREIGN: [&str; 7] = [
    "[table-N]\nkey = [1, 2]   # kept\n[table-N.sub]\n\"odd key\" = 1979-05-27\n",
    "[[list-N]]\nx = { y = \"é\" }\n\n# a remark N\n\n[[list-N]]\n",
    "[[note]]\nid = \"bad-N\"\nkind = \"idea\"\n",
    "[[note]]\n# nothing fits N\nid = 7\ntext = \"\"\"\n[[note]]\n# no comment N\n\"\"\"\n",
    "[[position]]\nact = [\"N\"]\n",
    "[[actor]]\nname = \"nameless N\"\n",
    "[table-N]\n\n\n# far from everything N\n\n",
];

const ENTRIES: [(&str, &[&str]); 6] = [
    ("[[note]]\nid = \"ID\"\nquote = \"QUOTE\"\n", &[]),
    (
        "# above N\n[[note]] # header N\nid=\"ID\"\n  quote    =   'QUOTE' # quote N\nmine-N = { odd = true }\ntext = \"\"\"\na\nb\"\"\"\n# below N\n",
        &["# above N", "[[note]] # header N", "mine-N = { odd = true }", "# below N"],
    ),
    (
        "[[note]]\n# tags N\ntags = [\n  \"one\", # first N\n  'two',\n]\nid = \"ID\"\n[note.more-N]\nx = 1 # x N\n",
        &["# tags N", "[note.more-N]", "x = 1 # x N"],
    ),
    (
        "[[position]]\nid = \"ID\"\nact = \"says\"\n# why N\nquote = \"QUOTE\"\n[position.was]\nact = \"refuses\" # was N\n",
        &["# why N", "[position.was]", "act = \"refuses\" # was N"],
    ),
    ("[[position]]\nstate = \"confirmed\"  # N\nid = \"ID\"\nissue = [\"peace\"]\nmine-N = 3\n", &["mine-N = 3"]),
    ("[[actor]]\nid = \"ID\"\nname = \"Actor N\" # N\naka = [\"a\"]\n", &[]),
];

fn part() -> impl Strategy<Value = (bool, usize, usize)> {
    (any::<bool>(), 0..FOREIGN.len().max(ENTRIES.len()), 0..QUOTES.len())
}

/// Returns the parts of a file, the first its head.
fn parts() -> impl Strategy<Value = Vec<Part>> {
    let head = select(vec![
        "# head\nformat = \"demarche-notes/1\"\n\n[article]\nfile = \"ferry.txt\"  # kept\n",
        "\u{feff}format = \"demarche-notes/1\" # as the editor writes it\nmine = 1\n",
        "# only a remark\n",
    ]);
    (head, proptest::collection::vec(part(), 0..10)).prop_map(|(head, parts)| {
        let head = Part { id: None, text: head.to_owned(), own: Vec::new() };
        let parts = parts.into_iter().enumerate().map(|(number, (foreign, which, quote))| {
            let named = |text: &str| {
                let id = format!("id{number}");
                text.replace("ID", &id).replace("QUOTE", QUOTES[quote]).replace('N', &number.to_string())
            };
            if foreign {
                let text = named(FOREIGN[which % FOREIGN.len()]);
                return Part { id: None, text, own: Vec::new() };
            }
            let (text, own) = ENTRIES[which % ENTRIES.len()];
            Part { id: Some(format!("id{number}")), text: named(text), own: own.iter().map(|own| named(own)).collect() }
        });
        std::iter::once(head).chain(parts).collect()
    })
}

#[derive(Clone, Debug)]
enum Act {
    Add(usize),
    Remove(usize),
    Change(usize, u8),
    Undo,
    Redo,
    /// The session ends and another begins.
    Reopen,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        2 => (0..QUOTES.len()).prop_map(Act::Add),
        2 => (0..12usize).prop_map(Act::Remove),
        4 => (0..12usize, 0..9u8).prop_map(|(which, how)| Act::Change(which, how)),
        3 => Just(Act::Undo),
        2 => Just(Act::Redo),
        1 => Just(Act::Reopen),
    ]
}

fn new_entry(document: &Document, id: String, quote: usize) -> Entry {
    let start = document.text.find(QUOTES[quote]);
    let target = start.map(|start| describe(document, Span::new(start, start + QUOTES[quote].len())));
    Entry { id: Id(id), target, body: Body::Note(Note::default()), created: None, updated: None }
}

/// Changes one thing of an entry.
fn changed(document: &Document, mut entry: Entry, how: u8) -> Entry {
    if how == 8 && !matches!(entry.body, Body::Actor(_)) {
        entry.target = new_entry(document, String::new(), 1).target;
    }
    let tags = |tags: &mut Vec<String>| match how {
        0 => tags.push("new \"tag\"".to_owned()),
        1 => tags.clear(),
        _ => {}
    };
    match &mut entry.body {
        Body::Note(note) => {
            tags(&mut note.tags);
            match how {
                2 => note.text = "one line".to_owned(),
                3 => note.text = "several\nlines\u{9b}\n".to_owned(),
                4 => note.text.clear(),
                5 => note.color = Some(Color::Blue),
                6 => note.kind = NoteKind::Question,
                7 => note.links = vec!["answers:id1".to_owned()],
                _ => {}
            }
        }
        Body::Position(position) => {
            tags(&mut position.tags);
            match how {
                2 => position.gist = Some("short".to_owned()),
                3 => position.text = "several\nlines".to_owned(),
                4 => position.issue.clear(),
                5 => position.act = None,
                _ => {}
            }
        }
        Body::Actor(actor) => match how {
            0 => actor.aka.push("b".to_owned()),
            1 => actor.aka.clear(),
            2 => actor.role = Some("speaker".to_owned()),
            3 => actor.name = "New Name".to_owned(),
            _ => {}
        },
    }
    entry
}

/// Checks that what was not touched stands in the file as it stood, in its order.
fn check_untouched(parts: &[Part], touched: &[String], text: &str) -> Result<(), TestCaseError> {
    let mut from = 0;
    for part in parts {
        if part.id.as_ref().is_some_and(|id| touched.contains(id)) {
            continue;
        }
        let wanted = part.text.trim_matches('\n');
        let at = text[from..].find(wanted);
        prop_assert!(at.is_some(), "{wanted}\nis gone from\n{text}");
        from += at.unwrap_or_default() + wanted.len();
    }
    Ok(())
}

/// Checks that of the entries that were changed and are there still all lines of the reader's own are.
fn check_own(parts: &[Part], notes: &Notes) -> Result<(), TestCaseError> {
    let text = notes.to_toml();
    for part in parts {
        let is_there = part.id.as_ref().is_some_and(|id| notes.entry(&Id(id.clone())).is_some());
        for own in part.own.iter().filter(|_| is_there) {
            prop_assert!(text.contains(own), "{own}\nis gone from\n{text}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_not_touched_stays_as_it_was(
        parts in parts(), acts in proptest::collection::vec(act(), 1..14), ends in 0..3u8,
    ) {
        let document = Document::read("ferry.txt", ARTICLE, None);
        let between = if ends == 2 { "\n\n\n" } else { "\n" };
        let file = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(between);
        let crlf = ends == 1;
        let file = if crlf { file.replace('\n', "\r\n") } else { file.trim_end().to_owned() };
        let shown = |text: String| if crlf { text.replace("\r\n", "\n") } else { text };
        let mut notes = Notes::parse(&file, &document).unwrap();
        prop_assert_eq!(notes.to_toml(), file.clone());
        let mut touched: Vec<String> = Vec::new();
        let mut added = 0;
        for act in acts {
            let before = notes.to_toml();
            match act {
                Act::Add(quote) => {
                    added += 1;
                    notes.change(&document, Edit::Add(new_entry(&document, format!("new{added}"), quote)));
                }
                Act::Remove(which) | Act::Change(which, _) => {
                    let Some(entry) = notes.entries().get(which).cloned() else { continue };
                    touched.push(entry.id.0.clone());
                    let edit = match act {
                        Act::Change(_, how) => Edit::Replace(changed(&document, entry, how)),
                        _ => Edit::Remove(entry.id),
                    };
                    notes.change(&document, edit);
                }
                Act::Undo => drop(notes.undo(&document)),
                Act::Redo => {
                    if notes.redo(&document).is_some() {
                        let after = notes.to_toml();
                        notes.undo(&document);
                        prop_assert_eq!(notes.to_toml(), before, "undone");
                        notes.redo(&document);
                        prop_assert_eq!(notes.to_toml(), after, "done again");
                    }
                }
                Act::Reopen => {
                    let mut next = Notes::parse(&before, &document).unwrap();
                    next.restore_journal(&notes.journal());
                    notes = next;
                }
            }
            let text = shown(notes.to_toml());
            prop_assert!(!crlf || !notes.to_toml().replace("\r\n", "").contains('\n'), "the line ends are mixed");
            check_untouched(&parts, &touched, &text)?;
            if !crlf {
                check_own(&parts, &notes)?;
            }
            let again = Notes::parse(&notes.to_toml(), &document).unwrap();
            prop_assert_eq!(again.entries(), notes.entries());
            prop_assert_eq!(again.problems(), notes.problems());
        }
        while notes.undo(&document).is_some() {}
        prop_assert_eq!(notes.to_toml(), file);
    }
}
