//! Notes in git: `demarche notes merge` as a merge driver joins what two people changed.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use demarche::annotation::{Body, Color, Edit, Entry, Id, NoteKind, Notes, describe};
use demarche::document::Document;
use demarche::text::Span;
use fastrand::Rng;

/// Merges, and the edits that each side makes before one.
const MERGES: u64 = 34;
const EDITS: usize = 10;

/// The entries that a file begins with.
const ENTRIES: usize = 24;

const FILE: &str = "talks.notes.toml";

/// A repository with the merge driver set, as docs/notes.md says.
struct Repository(tempfile::TempDir);

impl Repository {
    /// Returns one, or none where there is no git.
    fn new() -> Option<Repository> {
        if Command::new("git").arg("--version").output().is_err() {
            eprintln!("skipped: there is no git here");
            return None;
        }
        let repository = Repository(tempfile::tempdir().unwrap());
        repository.git(&["init", "-q", "-b", "main"]);
        let driver = format!("'{}' notes merge %O %A %B", env!("CARGO_BIN_EXE_demarche"));
        repository.git(&["config", "merge.demarche.driver", &driver]);
        fs::write(repository.path().join(".gitattributes"), "*.notes.toml merge=demarche\n").unwrap();
        repository.git(&["add", ".gitattributes"]);
        Some(repository)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs git; returns whether it exited with 0.
    fn ran(&self, arguments: &[&str]) -> bool {
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.path()).env("HOME", self.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        for role in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{role}_NAME"), "Ada").env(format!("GIT_{role}_EMAIL"), "ada@example.org");
        }
        command.output().unwrap().status.success()
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) {
        assert!(self.ran(arguments), "git {arguments:?}");
    }

    fn commit(&self, toml: &str) {
        fs::write(self.path().join(FILE), toml).unwrap();
        self.git(&["add", FILE]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "notes"]);
    }

    /// Merges what two sides made of one file; returns the result, and whether git saw no conflict.
    fn merge(&self, base: &str, ours: &str, theirs: &str) -> (String, bool) {
        self.commit(base);
        self.git(&["checkout", "-q", "-B", "theirs"]);
        self.commit(theirs);
        self.git(&["checkout", "-q", "main"]);
        self.commit(ours);
        let clean = self.ran(&["merge", "-q", "-m", "joined", "theirs"]);
        let merged = fs::read_to_string(self.path().join(FILE)).unwrap();
        if !clean {
            self.git(&["commit", "-q", "-a", "-m", "joined by hand"]);
        }
        (merged, clean)
    }
}

fn article() -> Document {
    let text: String = (0..60).map(|n| format!("Delegate {n} left the hall at noon.\n\n")).collect();
    Document::read("talks.txt", text.into_bytes(), None)
}

fn entry(document: &Document, id: String, sentence: usize) -> Entry {
    let words = format!("Delegate {sentence} left");
    let start = document.text.find(&words).unwrap();
    let target = Some(describe(document, Span::new(start, start + words.len())));
    Entry { id: Id(id), target, body: Body::Note(Default::default()), created: None, updated: None }
}

/// Returns a file whose entries have a comment and a key of their reader's own, with a table of hers between them.
fn base(document: &Document) -> String {
    let mut notes = Notes::new();
    for number in 0..ENTRIES {
        notes.change(document, Edit::Add(entry(document, format!("entry{number}"), number * 2)));
    }
    let mut toml = notes.to_toml();
    for number in 0..ENTRIES {
        let id = format!("id       = \"entry{number}\"\n");
        toml = toml.replace(&id, &format!("{id}# remark {number}\nmine     = {number}\n"));
    }
    toml + "\n[mine]\n# the end\nx = 1\n"
}

/// Makes one random edit.
fn edit(document: &Document, notes: &mut Notes, side: &str, number: usize, random: &mut Rng) {
    let which = random.usize(..ENTRIES);
    let old = notes.entry(&Id(format!("entry{which}"))).cloned();
    let edit = match (random.usize(..12), old) {
        (0, Some(old)) => Edit::Remove(old.id),
        (1 | 2, _) => Edit::Add(entry(document, format!("{side}{number}"), random.usize(..60))),
        (3, Some(old)) => {
            Edit::Replace(Entry { target: entry(document, String::new(), random.usize(..60)).target, ..old })
        }
        (what, Some(mut old)) => {
            let Body::Note(note) = &mut old.body else { return };
            match what {
                4..=6 => note.text = format!("{side} says {number}"),
                7 | 8 => note.tags.push(format!("{side}-{number}")),
                9 | 10 => note.color = Some(*random.choice(Color::ALL).unwrap()),
                _ => note.kind = *random.choice(NoteKind::ALL).unwrap(),
            }
            Edit::Replace(old)
        }
        (_, None) => return,
    };
    notes.change(document, edit);
}

/// The lines of each entry by its id.
fn entries(toml: &str) -> BTreeMap<String, String> {
    let mut entries = BTreeMap::new();
    for block in toml.split("[[note]]\n").skip(1) {
        let block = block.split("\n[mine]").next().unwrap().trim_end().to_owned();
        let id = block.split('"').nth(1).unwrap().to_owned();
        assert!(entries.insert(id, block).is_none(), "an entry stands twice:\n{toml}");
    }
    entries
}

/// The fields of an entry, each as text: what one field is is one value here.
fn fields(document: &Document, toml: &str) -> BTreeMap<String, [String; 4]> {
    let notes = Notes::parse(toml, document).unwrap();
    assert_eq!(notes.problems(), [], "{toml}");
    let fields = |entry: &Entry| {
        let Body::Note(note) = &entry.body else { panic!("a note") };
        let color = note.color.map_or("", Color::word);
        [note.text.clone(), color.to_owned(), note.kind.word().to_owned(), format!("{:?}", entry.target)]
    };
    notes.entries().iter().map(|entry| (entry.id.0.clone(), fields(entry))).collect()
}

#[test]
fn what_two_people_changed_is_joined_by_git() {
    let Some(repository) = Repository::new() else { return };
    let document = article();
    let base = base(&document);
    let mut conflicts = 0;
    for round in 0..MERGES {
        let sides = ["ours", "theirs"].map(|side| {
            let mut random = Rng::with_seed(round * 2 + u64::from(side == "ours"));
            let mut notes = Notes::parse(&base, &document).unwrap();
            // Every other merge is of a few edits, so that many have no conflict.
            let edits = if round % 2 == 0 { EDITS } else { EDITS / 4 };
            (0..edits).for_each(|number| edit(&document, &mut notes, side, number, &mut random));
            notes.to_toml()
        });
        let (merged, clean) = repository.merge(&base, &sides[0], &sides[1]);
        let expected = check(&document, &base, &sides, &merged);
        assert_eq!(clean, expected == 0, "git says whether there is a conflict: round {round}, {expected} expected");
        conflicts += expected;
    }
    assert!(conflicts > 0, "some of the edits were meant to meet");
}

/// Checks a merged file entry by entry; returns how many fields both sides changed differently.
fn check(document: &Document, base: &str, sides: &[String; 2], merged: &str) -> usize {
    let [ours, theirs] = sides;
    let lines = [base, ours, theirs, merged].map(entries);
    let values = [base, ours, theirs, merged].map(|toml| fields(document, toml));
    let ids: std::collections::BTreeSet<&String> = lines.iter().flat_map(BTreeMap::keys).collect();
    let mut conflicts = 0;
    for id in ids {
        let [was, our, their, now] = [0, 1, 2, 3].map(|side| lines[side].get(id));
        let place = format!("{id} in\n{merged}");
        match (was, our, their) {
            (was, our, their) if was == their => assert_eq!(now, our, "{place}"),
            (was, our, their) if was == our => assert_eq!(now, their, "{place}"),
            (_, None, None) => assert_eq!(now, None, "{place}"),
            (Some(_), Some(_), Some(_)) => {
                let [was, our, their, now_is] = [0, 1, 2, 3].map(|side| &values[side][id]);
                for field in 0..was.len() {
                    let both = our[field] != was[field] && their[field] != was[field] && our[field] != their[field];
                    let expected = if our[field] == was[field] { &their[field] } else { &our[field] };
                    conflicts += usize::from(both);
                    if both && field == 0 {
                        assert!(now_is[0].contains(&our[0]) && now_is[0].contains(&their[0]), "{place}");
                        assert!(now_is[0].contains("--- the other version ---"), "{place}");
                    } else {
                        assert_eq!(&now_is[field], expected, "{place}");
                        assert!(!both || now.unwrap().contains("\nconflict = {"), "{place}");
                    }
                }
                let number = id.trim_start_matches("entry");
                for own in [format!("# remark {number}\n"), format!("mine     = {number}\n")] {
                    assert!(now.unwrap().contains(&own), "{place}");
                }
            }
            // One removed what the other changed.
            (_, our, their) => {
                conflicts += 1;
                assert!(now.unwrap().starts_with(our.or(their).unwrap().as_str()), "{place}");
                assert!(now.unwrap().contains("conflict = { removed = true }"), "{place}");
            }
        }
    }
    assert!(
        merged.starts_with(base.split("[[note]]").next().unwrap()) && merged.contains("[mine]\n# the end\nx = 1\n")
    );
    conflicts
}

#[test]
fn a_side_that_is_no_notes_file_is_a_conflict_and_left_as_it_is() {
    let Some(repository) = Repository::new() else { return };
    let base = base(&article());
    let ours = base.replace("remark 1\n", "remark one\n");
    let (merged, clean) = repository.merge(&base, &ours, "<<<<<<< HEAD\n");
    assert_eq!((merged, clean), (ours, false));
}
