//! The command line: what each command prints, what goes wrong and how it is said, and what is exited with.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

const ARTICLE: &str = "Ferries run again\n\nODDHAVN — The guild demanded new boats. \"No,\" said Mayor Tomas Brekke.\n";

/// A folder with an article in it, and a reader's home that is empty.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.write("a.txt", ARTICLE);
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, contents).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.args(arguments).current_dir(self.path()).env_clear().env("PATH", "/usr/bin:/bin");
        for (name, folder) in
            [("HOME", "."), ("XDG_CONFIG_HOME", "config"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")]
        {
            command.env(name, self.path().join(folder));
        }
        command.stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().unwrap(), self.path())
    }

    fn pipe(&self, input: &[u8], arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::of(child.wait_with_output().unwrap(), self.path())
    }
}

/// What a command came to; the folder is written `DIR`.
#[derive(Debug)]
struct Ran {
    code: i32,
    out: String,
    err: String,
}

impl Ran {
    fn of(output: Output, folder: &Path) -> Ran {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(folder.to_str().unwrap(), "DIR");
        Ran { code: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Checks that it printed something and had nothing to say.
    #[track_caller]
    fn prints(&self, out: &str) {
        assert_eq!((self.code, self.out.as_str(), self.err.as_str()), (0, out, ""));
    }

    /// Checks that it failed with a message and a hint.
    #[track_caller]
    fn fails(&self, message: &str) {
        assert_eq!((self.code, self.out.as_str()), (1, ""), "{self:?}");
        self.says(message);
    }

    #[track_caller]
    fn says(&self, message: &str) {
        let mut lines = self.err.lines();
        assert_eq!(lines.next(), Some(format!("demarche: {message}").as_str()));
        assert!(lines.next().is_some_and(|hint| hint.starts_with("  hint: ") && hint.len() > 12), "{}", self.err);
        assert_eq!(lines.next(), None);
    }

    #[track_caller]
    fn json(&self) -> serde_json::Value {
        assert_eq!((self.code, self.err.as_str()), (0, ""));
        serde_json::from_str(&self.out).unwrap()
    }
}

#[test]
fn without_a_terminal_the_reader_prints_the_text() {
    let desk = Desk::new();
    desk.run(&["a.txt"]).prints(ARTICLE);
    desk.run(&["text", "a.txt"]).prints(ARTICLE);
    desk.pipe(ARTICLE.as_bytes(), &["-"]).prints(ARTICLE);
    desk.pipe(ARTICLE.as_bytes(), &[]).prints(ARTICLE);
    desk.pipe(ARTICLE.as_bytes(), &["text", "-"]).prints(ARTICLE);
    let sample = desk.run(&[]);
    assert!(sample.code == 0 && sample.out.len() > 1000 && sample.err.is_empty());
}

#[test]
fn several_files_are_printed_one_after_the_other() {
    let desk = Desk::new();
    desk.write("b.md", "# Boats\n\nTwo *boats* sank.");
    let expected = format!("{ARTICLE}\nBoats\n\nTwo boats sank.\n\n{ARTICLE}");
    desk.run(&["a.txt", "b.md", "a.txt"]).prints(&expected);
    desk.run(&["text", "a.txt", "b.md", "a.txt"]).prints(&expected);
    desk.pipe(b"From a pipe.", &["-", "b.md"]).prints("From a pipe.\n\nBoats\n\nTwo boats sank.");
    let ran = desk.run(&["missing.txt", "a.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ARTICLE));
    assert!(ran.err.starts_with("demarche: no such file: missing.txt"), "{}", ran.err);
    desk.write("text", "Not the command.");
    desk.run(&["a.txt", "text"]).prints(&format!("{ARTICLE}\nNot the command."));
}

#[test]
fn the_text_is_exact_in_a_pipe() {
    let desk = Desk::new();
    desk.write("steers.txt", "a\x1b[31mb\u{202e}c\n");
    let ran = desk.run(&["text", "steers.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (0, "a\x1b[31mb\u{202e}c\n"));
    let said = "demarche: 1 invisible control character, on a screen shown by its number: steers.txt\n";
    assert_eq!(ran.err, said);
}

#[test]
fn two_hyphens_end_the_options() {
    let desk = Desk::new();
    desk.write("--help", "Not the help.\n");
    desk.write("text", "Not the command.\n");
    desk.run(&["--", "--help"]).prints("Not the help.\n");
    desk.run(&["--", "text"]).prints("Not the command.\n");
    desk.run(&["text", "--", "--help"]).prints("Not the help.\n");
}

#[test]
fn a_format_may_be_asked_for() {
    let desk = Desk::new();
    desk.write("note.txt", "# A *word*\n");
    desk.run(&["text", "note.txt"]).prints("# A *word*\n");
    assert_eq!(desk.run(&["text", "--markdown", "note.txt"]).out.trim_end(), "A word");
    assert_eq!(desk.run(&["--plain", "--markdown", "note.txt"]).code, 2);
}

#[test]
fn a_page_is_known_by_its_first_lines() {
    let desk = Desk::new();
    let page =
        "<!DOCTYPE html><title>Talks</title><body><nav>Home</nav><p>They went home, all of them, and said nothing.";
    let article = "Talks\n\nThey went home, all of them, and said nothing.";
    assert_eq!(desk.pipe(page.as_bytes(), &["text", "-"]).out.trim_end(), article);
    let whole = desk.pipe(page.as_bytes(), &["text", "--whole-page", "-"]).out;
    assert!(whole.starts_with("Home\n\nThey went"), "{whole}");
    desk.write("page.txt", page);
    assert_eq!(desk.run(&["text", "page.txt"]).out.trim_end(), page);
    assert_eq!(desk.run(&["text", "--read-as", "html", "page.txt"]).out.trim_end(), article);
    let letter = desk.pipe(b"From: a@b\nSubject: Talks\nDate: x\n\nThey ended.\n", &["-"]);
    assert_eq!(letter.out.trim_end(), "Talks\n\nBy a@b\n\nThey ended.");
    assert_eq!(desk.run(&["--read-as", "html", "--plain", "page.txt"]).code, 2);
}

#[test]
fn who_wrote_a_page_takes_no_position_and_offsets_count_into_its_text() {
    let desk = Desk::new();
    let page = "<html><head><title>Talks on the quay</title><meta name=author content='Ana Silva'></head><body><article>\
                <p class=byline>By Ana Silva</p><p>Mayor Tom Berg said that the ferry would <em>stay</em>, whatever it costs.</p>\
                <p>The province refused to pay for the ferry.</p></article>";
    desk.write("talks.html", page);
    let text = desk.run(&["text", "talks.html"]).out;
    assert!(
        text.starts_with("Talks on the quay\n\nBy Ana Silva\n\nMayor Tom Berg said that the ferry would stay"),
        "{text}"
    );
    let record: serde_json::Value = serde_json::from_str(&desk.run(&["extract", "talks.html"]).out).unwrap();
    let names: Vec<&str> = record["actors"].as_array().unwrap().iter().map(|a| a["name"].as_str().unwrap()).collect();
    assert!(names.contains(&"Tom Berg") && !names.contains(&"Ana Silva"), "{names:?}");
    let span = record["positions"][0]["content"][0].as_array().unwrap();
    let [start, end] = [0, 1].map(|at| usize::try_from(span[at].as_u64().unwrap()).unwrap());
    let words: String = text.chars().skip(start).take(end - start).collect();
    assert!(words.contains("ferry would stay"), "{words}");
}

#[test]
fn what_is_wrong_with_a_text_is_said_beside_it() {
    let desk = Desk::new();
    desk.write("old.txt", b"The caf\xE9 refused to close.\n");
    let said = "demarche: the encoding is guessed: windows-1252: old.txt\n";
    for arguments in [&["text", "old.txt"][..], &["old.txt"]] {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (0, "The caf\u{e9} refused to close.\n", said));
    }
    let ran = desk.run(&["extract", "old.txt", "a.txt"]);
    assert_eq!((ran.code, ran.out.lines().count(), ran.err.as_str()), (0, 2, said));
}

#[test]
fn a_book_that_is_none_is_refused() {
    let desk = Desk::new();
    desk.write("book.epub", b"PK\x03\x04\0\0");
    desk.run(&["text", "book.epub"]).fails("no EPUB book: it is no zip archive, or only a part of one: book.epub");
}

#[test]
fn an_address_is_fetched_by_the_program_of_the_settings() {
    let desk = Desk::new();
    let address = "https://example.org/talks.html";
    desk.run(&["text", address]).fails(&format!("no program to fetch pages with: {address}"));
    desk.write("config/demarche/config.toml", "fetch = [\"sh\", \"-c\", \"echo \\\"<p>From $1.\\\"\", \"-\"]");
    assert_eq!(desk.run(&["text", address]).out.trim_end(), format!("From {address}."));
}

#[test]
fn what_cannot_be_read_is_named_with_a_hint() {
    let desk = Desk::new();
    desk.write("folder/b.txt", "");
    desk.write("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    desk.write("large.txt", "x".repeat((1 << 20) + 1));
    std::os::unix::fs::symlink("nowhere", desk.path().join("link.txt")).unwrap();
    for command in [&["text"][..], &["extract"], &["notes"], &[]] {
        let run = |file: &str| desk.run(&[command, &[file]].concat());
        run("missing.txt").fails("no such file: missing.txt");
        run("link.txt").fails("no such file: link.txt");
        run("folder").fails("a directory, not a file: folder");
        run("/dev/zero").fails("not a regular file: /dev/zero");
        run("picture.txt").fails("binary (PNG), not text: picture.txt");
        run("no\x1b[31m.txt").fails("no such file: no␛[31m.txt");
    }
    desk.run(&["text", "--max-size", "1", "large.txt"]).fails("larger than 1 MB: large.txt");
}

#[test]
fn the_largest_size_is_no_limit() {
    let desk = Desk::new();
    desk.write("a.txt", "The talks end.\n");
    desk.run(&["text", "--max-size", "17592186044416", "a.txt"]).prints("The talks end.\n");
    desk.pipe(b"The talks end.\n", &["text", "--max-size", "17592186044416", "-"]).prints("The talks end.\n");
}

#[test]
fn a_file_one_may_not_read_is_named() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    fs::set_permissions(desk.path().join("a.txt"), fs::Permissions::from_mode(0o000)).unwrap();
    // Whoever may read everything reads this, too.
    if fs::read(desk.path().join("a.txt")).is_err() {
        desk.run(&["text", "a.txt"]).fails("not allowed to read: a.txt");
    }
}

#[test]
fn a_wrong_command_line_is_exit_code_two() {
    let desk = Desk::new();
    for arguments in [
        &["--colour"][..],
        &["extract"],
        &["extract", "--format", "xml", "a.txt"],
        &["--recent", "a.txt"],
        &["completions", "sh"],
    ] {
        let ran = desk.run(arguments);
        assert!(ran.code == 2 && ran.out.is_empty() && ran.err.starts_with("error: "), "{arguments:?}: {ran:?}");
    }
    assert!(!desk.run(&["--colour\x1b[31m"]).err.contains('\x1b'));
}

#[test]
fn help_and_version_are_printed() {
    let desk = Desk::new();
    desk.run(&["--version"]).prints(concat!("demarche ", env!("CARGO_PKG_VERSION"), "\n"));
    let (short, long) = (desk.run(&["-h"]), desk.run(&["--help"]));
    assert!(short.code == 0 && long.code == 0 && short.out.len() < long.out.len());
    for command in ["extract", "notes", "text", "config", "completions", "manual"] {
        assert!(long.out.contains(command));
        assert_eq!(desk.run(&[command, "--help"]).code, 0);
    }
}

#[test]
fn a_record_holds_actors_and_positions() {
    let desk = Desk::new();
    let record = desk.run(&["extract", "a.txt"]).json();
    assert_eq!(record["schema"], "demarche-extract-1");
    assert_eq!(record["document"]["id"], "a.txt");
    assert_eq!(record["document"]["characters"], ARTICLE.chars().count());
    let acts: Vec<&str> = record["positions"].as_array().unwrap().iter().map(|p| p["act"].as_str().unwrap()).collect();
    assert!(acts.contains(&"demands"), "{acts:?}");
    assert_eq!(desk.pipe(ARTICLE.as_bytes(), &["extract", "-"]).json()["document"]["id"], "-");
}

#[test]
fn several_articles_are_one_line_each() {
    let desk = Desk::new();
    desk.write("b.md", "# Second\n\nThe guild refused.\n");
    let ran = desk.run(&["extract", "a.txt", "b.md"]);
    let names: Vec<String> = ran
        .out
        .lines()
        .map(|line| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            record["document"]["id"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(names, ["a.txt", "b.md"]);
    assert_eq!(desk.run(&["extract", "--format", "json", "a.txt", "b.md"]).json().as_array().unwrap().len(), 2);
    assert_eq!(desk.run(&["extract", "--format", "jsonl", "a.txt"]).out.lines().count(), 1);
}

#[test]
fn an_article_that_cannot_be_read_does_not_stop_the_others() {
    let desk = Desk::new();
    let ran = desk.run(&["extract", "a.txt", "missing.txt", "a.txt"]);
    assert_eq!((ran.code, ran.out.lines().count()), (1, 2));
    ran.says("no such file: missing.txt");
}

#[test]
fn positions_are_readable() {
    let desk = Desk::new();
    let text = desk.run(&["extract", "--format", "text", "a.txt"]);
    assert!(text.out.starts_with("Ferries run again\n") && text.out.contains("demands  new boats"), "{}", text.out);
    let markdown = desk.run(&["extract", "--format", "markdown", "a.txt"]);
    assert!(
        markdown.out.starts_with("# Ferries run again\n") && markdown.out.contains("- **demands** new boats"),
        "{}",
        markdown.out
    );
    let csv = desk.run(&["extract", "--format", "csv", "a.txt", "a.txt"]);
    assert_eq!(csv.out.matches("document,id,actors").count(), 1);
    assert_eq!(csv.out.matches(",demands,").count(), 2, "{}", csv.out);
}

#[test]
fn notes_are_listed_with_their_place() {
    let desk = Desk::new();
    let none = desk.run(&["notes", "a.txt"]);
    assert_eq!((none.code, none.out.as_str()), (0, ""));
    assert!(none.err.starts_with("demarche: no notes yet: DIR/data/demarche/notes/"), "{}", none.err);
    desk.write("a.notes.toml", NOTES);
    let list = desk.run(&["notes", "a.txt"]);
    assert!(list.code == 0 && list.out.contains("“new boats”") && list.out.contains("how many?"), "{list:?}");
    let json = desk.run(&["notes", "--format", "json", "a.txt"]).json();
    assert_eq!(json[0]["text"], "how many?");
    let markdown = desk.run(&["notes", "--format", "markdown", "a.txt"]);
    assert!(markdown.out.contains("how many?"), "{markdown:?}");
    desk.write("elsewhere/x.toml", NOTES);
    assert!(desk.run(&["notes", "--notes", "elsewhere/x.toml", "a.txt"]).out.contains("how many?"));
}

#[test]
fn notes_are_exported_and_filtered() {
    let desk = Desk::new();
    desk.write("a.notes.toml", NOTES);
    let help = desk.run(&["notes", "--help"]).out;
    for format in ["text", "json", "markdown", "csv", "matrix", "org", "jsonld", "hypothesis", "readwise", "dna"] {
        let ran = desk.run(&["notes", "--format", format, "a.txt"]);
        assert!(ran.code == 0 && ran.err.is_empty() && !ran.out.is_empty(), "{format}: {ran:?}");
        assert!(help.contains(&format!("- {format}:")), "{help}");
    }
    let csv = desk.run(&["notes", "--format=csv", "--act", "demands,offers", "--actor", "The guild", "a.txt"]);
    assert_eq!((csv.out.lines().count(), csv.out.matches(",demands,").count()), (2, 1), "{csv:?}");
    let list = desk.run(&["notes", "--act=demands", "--kind=question", "a.txt"]);
    assert!(list.out.contains("how many?"), "{list:?}");
    let nothing = desk.run(&["notes", "--act=denies", "a.txt"]);
    assert_eq!((nothing.code, nothing.out.as_str()), (0, ""));
    assert_eq!(nothing.err, "demarche: nothing is let through by the filters\n");
    let unknown = desk.run(&["notes", "--actor", "giuld", "a.txt"]);
    assert_eq!((unknown.code, unknown.out.as_str()), (1, ""));
    assert!(unknown.err.contains("no such actor in a.txt: 'giuld'\n  hint: did you mean '"), "{}", unknown.err);
    for wrong in [["--format", "xls"], ["--kind", "thought"], ["--state", "lots"]] {
        let ran = desk.run(&["notes", wrong[0], wrong[1], "a.txt"]);
        assert!(ran.code == 2 && ran.out.is_empty() && ran.err.contains("possible values"), "{ran:?}");
    }
    let bash = desk.run(&["completions", "bash"]).out;
    assert!(bash.contains("graphml") && bash.contains("--actor"), "completions know the formats");
}

const NOTES: &str = r#"format = "demarche-notes/1"

[[note]]
id = "k3m9qz"
kind = "question"
quote = "new boats"
sentence = "ODDHAVN — The guild demanded new boats."
text = "how many?"
"#;

#[test]
fn notes_that_cannot_be_read_are_left_as_they_are() {
    let desk = Desk::new();
    let broken = "format = \"demarche-notes/1\"\n\n[[note]\nid = ";
    desk.write("a.notes.toml", broken);
    let ran = desk.run(&["notes", "a.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("demarche: ./a.notes.toml:3:") && ran.err.contains("\n  hint: "), "{}", ran.err);
    assert_eq!(fs::read_to_string(desk.path().join("a.notes.toml")).unwrap(), broken);
    fs::remove_file(desk.path().join("a.notes.toml")).unwrap();
    fs::create_dir(desk.path().join("a.notes.toml")).unwrap();
    assert_eq!(desk.run(&["notes", "a.txt"]).code, 1);
}

/// A desk with notes on two articles, one of them in the data folder and one beside an article that was read.
fn desk_with_notes() -> Desk {
    let desk = Desk::new();
    let first =
        NOTES.replace("\n\n[[note]]", "\n\n[article]\ntitle = \"Ferries run again\"\nfile = \"a.txt\"\n\n[[note]]");
    desk.write("data/demarche/notes/a-12345678.notes.toml", first);
    desk.write(
        "b.notes.toml",
        NOTES.replace("how many?", "Which boats\\u001b?").replace("id = \"k3", "tags = [\"ask\"]\nid = \"m3"),
    );
    let (path, notes) = (desk.path().join("b.txt"), desk.path().join("data/none.notes.toml"));
    let opened = "2026-01-02T03:04:05Z";
    let recent = format!("[[document]]\npath = {path:?}\ntitle = \"B\"\nnotes = {notes:?}\nopened = {opened:?}\n");
    desk.write("state/demarche/recent.toml", recent);
    desk
}

#[test]
fn the_notes_of_all_documents_are_listed_and_searched() {
    let desk = desk_with_notes();
    let all = "b\n  DIR/b.notes.toml\n  question  “new boats” #ask\n            Which boats␛?\n\n\
        Ferries run again\n  DIR/data/demarche/notes/a-12345678.notes.toml\n  question  “new boats”\n            how many?\n";
    desk.run(&["notes", "--all"]).prints(all);
    let (b, a) = all.split_once("\n\n").unwrap();
    desk.run(&["notes", "--all", "--search", "boats which ASK"])
        .fails("no note has all of these words: boats which ASK");
    desk.run(&["notes", "--all", "--search", "boats Which ask"]).prints(&format!("{b}\n"));
    desk.run(&["notes", "--all", "--search", "ferries many"]).prints(a);
    let json = desk.run(&["notes", "--all", "--format", "json", "--search", "ask"]).json();
    assert_eq!((json.as_array().unwrap().len(), &json[0]["notes"]), (1, &"DIR/b.notes.toml".into()));
    desk.run(&["notes", "--all", "--tag", "ask"]).prints(&format!("{b}\n"));
    desk.run(&["notes", "--all", "--kind", "bookmark"]).fails("nothing is let through by the filters");
    desk.run(&["notes", "--all", "--notes", "data/demarche/notes", "--search", "which"])
        .fails("no note has all of these words: which");
    Desk::new().run(&["notes", "--all"]).fails("no notes yet: DIR/data/demarche/notes");
    for arguments in [
        &["notes", "--all", "a.txt"][..],
        &["notes", "--all", "--act", "says"],
        &["notes", "--search", "x", "a.txt"],
        &["notes"],
    ] {
        assert_eq!(desk.run(arguments).code, 2, "{arguments:?}");
    }
    assert_eq!(desk.run(&["notes", "--all", "--format", "markdown"]).code, 2);
}

#[test]
fn where_articles_were_read_lately_is_printed_into_a_pipe() {
    desk_with_notes().run(&["--recent"]).prints("DIR/b.txt\n");
    Desk::new().run(&["--recent"]).prints("");
    assert_eq!(desk_with_notes().run(&["--recent", "a.txt"]).code, 2);
}

#[test]
fn a_bad_notes_file_hides_none_of_the_others() {
    let desk = desk_with_notes();
    desk.write("data/demarche/notes/bad.notes.toml", "[[note]\n");
    desk.write("b.notes.toml", format!("{NOTES}\n[[note]]\nkind = \"idea\"\n"));
    let ran = desk.run(&["notes", "--all"]);
    assert_eq!((ran.code, ran.out.matches("how many?").count()), (0, 2), "{ran:?}");
    for reason in
        ["demarche: DIR/b.notes.toml:10: 'idea' is no kind", "demarche: DIR/data/demarche/notes/bad.notes.toml:1:"]
    {
        assert!(ran.err.lines().any(|line| line.starts_with(reason)), "{}", ran.err);
    }
}

#[test]
fn annotations_are_imported_once_and_undone_as_one() {
    let desk = Desk::new();
    desk.write("a.notes.toml", NOTES);
    desk.write("marks.tsv", "guild demanded\tby whom?\tx\nthe sea was calm\nnew boats\thow many?\n");
    desk.run(&["notes", "a.txt", "--import", "marks.tsv"])
        .prints("imported 2 notes, 1 of them lost; 1 there already\n");
    let imported = fs::read_to_string(desk.path().join("a.notes.toml")).unwrap();
    assert!(imported.starts_with(NOTES.trim_end().split("[[note]]").next().unwrap()), "{imported}");
    let list = desk.run(&["notes", "a.txt"]).out;
    assert!(
        list.contains("“guild demanded” #x\n      by whom?") && list.contains("lost      “the sea was calm”"),
        "{list}"
    );
    desk.run(&["notes", "a.txt", "--import", "marks.tsv"]).prints("imported 0 notes; 3 there already\n");
    assert_eq!(fs::read_to_string(desk.path().join("a.notes.toml")).unwrap(), imported);
    let journal = fs::read_dir(desk.path().join("state/demarche/journals")).unwrap().next().unwrap().unwrap().path();
    assert!(fs::read_to_string(journal).unwrap().contains("\"what\":\"import 2 notes\""));
}

#[test]
fn a_broken_import_changes_nothing() {
    let desk = Desk::new();
    desk.write("a.notes.toml", NOTES);
    let import = |file: &str, more: &[&str]| desk.run(&[&["notes", "a.txt", "--import", file], more].concat());
    desk.write("marks.json", "{\"rows\": [{\"text\": \"x\"},\n{\"text\": 3}]}");
    import("marks.json", &[]).fails("nothing imported: marks.json:2: text: is a number, not a text");
    desk.write("cut.json", "{\"rows\": [");
    import("cut.json", &[]).fails("nothing imported: cut.json:1: no JSON as expected: EOF while parsing a list");
    import("cut.json", &["--skip-bad"])
        .fails("nothing imported: cut.json:1: no JSON as expected: EOF while parsing a list");
    import("a.txt", &[]).fails("nothing imported, the format is not known: a.txt");
    import("missing.json", &[]).fails("no such file: missing.json");
    desk.write("two.tsv", "a\tb\tc\td\nguild\nx\ty\tz\t!\n");
    let two = import("two.tsv", &[]);
    assert!(two.code == 1 && two.err.contains("demarche: two.tsv:1: ") && two.err.contains("two.tsv:3: "), "{two:?}");
    assert!(two.err.contains("nothing imported, 2 of 3 are broken: two.tsv\n  hint: "), "{two:?}");
    assert_eq!(fs::read_to_string(desk.path().join("a.notes.toml")).unwrap(), NOTES);
    let skipped = import("two.tsv", &["--skip-bad"]);
    assert_eq!((skipped.code, skipped.out.as_str()), (0, "imported 1 note; 2 broken, left out\n"));
    assert_eq!(import("two.tsv", &["--from", "docx"]).code, 2);
    assert_eq!(desk.run(&["notes", "a.txt", "--skip-bad"]).code, 2);
    assert_eq!(import("two.tsv", &["--format", "json"]).code, 2);
}

#[test]
fn notes_that_cannot_be_written_take_no_import() {
    let desk = Desk::new();
    let later = NOTES.replace("notes/1", "notes/9");
    desk.write("a.notes.toml", &later);
    desk.write("marks.tsv", "guild\n");
    desk.run(&["notes", "a.txt", "--import", "marks.tsv"])
        .fails("nothing imported: written by a later version (format 9, this one knows 1)");
    assert_eq!(fs::read_to_string(desk.path().join("a.notes.toml")).unwrap(), later);
    desk.pipe(b"guild\n", &["notes", "-", "--import", "-"]).fails("standard input is both the article and the import");
    let piped = desk.pipe(b"guild\n", &["notes", "a.txt", "--import", "-", "--from", "tsv", "--notes", "other.toml"]);
    piped.prints("imported 1 note\n");
}

#[test]
fn files_of_the_readers_are_found_and_checked() {
    let desk = Desk::new();
    let fresh = desk.run(&["config"]);
    assert_eq!((fresh.code, fresh.err.as_str()), (0, ""));
    assert!(fresh.out.contains("DIR/config/demarche/config.toml  (not there"), "{}", fresh.out);
    desk.write("config/demarche/config.toml", "mesure = 50\ntheme = \"mine\"\n");
    desk.write("config/demarche/keys.toml", "quit = [\"Q\"]\nscrol-down = [\"J\"]\n");
    desk.write("config/demarche/themes/mine.toml", "txt = {}\n");
    desk.write("config/demarche/lexicon.toml", "[[actor]\n");
    let wrong = desk.run(&["config"]);
    assert_eq!(wrong.code, 1);
    for line in [
        "config.toml:1: unknown option 'mesure'",
        "  hint: did you mean 'measure'?",
        "keys.toml:2: unknown command 'scrol-down'",
        "  hint: did you mean 'scroll-down'?",
        "themes/mine.toml:1: unknown style 'txt'",
    ] {
        assert!(wrong.err.lines().any(|l| l == line), "{line}\n{}", wrong.err);
    }
    assert!(wrong.err.contains("lexicon.toml:1: "), "{}", wrong.err);
}

#[test]
fn the_keys_that_hold_are_printed_with_their_commands() {
    let desk = Desk::new();
    let line = |command: &str| {
        let ran = desk.run(&["config", "--print-keys"]);
        let line = ran.out.lines().find(|line| line.split(' ').next() == Some(command)).map(str::to_owned);
        (ran.code, line.unwrap_or_default().split_once(" = ").unwrap_or_default().1.to_owned(), ran.err)
    };
    assert_eq!(line("half-page-down"), (0, "[\"ctrl-d\"]".to_owned(), String::new()));
    desk.write("config/demarche/config.toml", "keys = \"less\"\n");
    assert_eq!(line("half-page-down").1, "[\"d\", \"ctrl-d\"]");
    desk.write("config/demarche/keys.toml", "half-page-down = \"f9\"\n");
    assert_eq!((line("half-page-down").1, line("delete").1), ("[\"f9\"]".to_owned(), "[\"D\", \"delete\"]".to_owned()));
    desk.write("config/demarche/config.toml", "keys = \"lss\"\n");
    let (code, _, errors) = line("quit");
    assert_eq!((code, errors.as_str()), (1, "config.toml:1: 'keys' cannot be this\n  hint: did you mean 'less'?\n"));
    desk.write("config/demarche/keys.toml", desk.run(&["config", "vi"]).out);
    assert_eq!(line("swap-ends").1, "[\"o\"]");
}

const LIBRARY: &str = "[[actor]]\nid = \"guild\"\nname = \"Ferry Guild\"\naka = [\"the guild\"]\n\n[[actor]]\nid = \"brekke\"\n\
    name = \"T. Brekke\"\naka = [\"Tomas Brekke\"]\nkind = \"persn\"\n";

#[test]
fn the_library_names_actors_in_every_article() {
    let desk = Desk::new();
    desk.write("b.txt", "Tomas Brekke said that the quay was shut. Brekke demanded money.\n");
    desk.write("data/demarche/library.toml", LIBRARY.replace("persn", "person"));
    let names = |file: &str| {
        let record = desk.run(&["extract", file]).json();
        let actors = record["actors"].as_array().unwrap().iter();
        actors.map(|actor| format!("{} {}", actor["id"], actor["name"]).replace('"', "")).collect::<Vec<_>>()
    };
    assert_eq!(names("a.txt"), ["guild Ferry Guild", "brekke T. Brekke"]);
    assert_eq!(names("b.txt"), ["brekke T. Brekke"]);
    assert_eq!(desk.run(&["config"]).code, 0);
    desk.write("data/demarche/library.toml", LIBRARY);
    let ran = desk.run(&["extract", "a.txt"]);
    assert!(ran.code == 0 && ran.out.contains("T. Brekke"), "{ran:?}");
    ran.says("library.toml:10: unknown kind 'persn'");
    assert_eq!(desk.run(&["config"]).code, 1);
}

#[test]
fn the_matrix_has_a_column_for_an_issue_that_words_suggest() {
    let desk = Desk::new();
    let matrix = || desk.run(&["notes", "--format", "matrix", "a.txt"]).out.lines().next().unwrap().to_owned();
    assert!(matrix().ends_with("actor,no issue"), "{}", matrix());
    desk.write("data/demarche/library.toml", "[[issue]]\nid = \"fleet\"\nname = \"Boats\"\nwords = \"boat\"\n");
    assert!(matrix().contains("fleet"), "{}", matrix());
}

#[test]
fn the_library_is_where_the_options_say() {
    let desk = Desk::new();
    desk.write("config/demarche/config.toml", "library = \"~/shared.toml\"\n");
    desk.run(&["extract", "--format", "csv", "a.txt"]).says("shared.toml:1: no such file: DIR/./shared.toml");
    desk.write("shared.toml", LIBRARY.replace("persn", "person"));
    assert!(desk.run(&["extract", "a.txt"]).out.contains("T. Brekke"));
    assert!(desk.run(&["config"]).out.contains("library  DIR/./shared.toml\n"));
}

#[test]
fn broken_settings_never_keep_an_article_from_being_read() {
    let desk = Desk::new();
    desk.write("config/demarche/config.toml", b"\xFF\0 = [[[");
    desk.write("config/demarche/lexicon.toml", "= = =");
    desk.run(&["a.txt"]).prints(ARTICLE);
    let ran = desk.run(&["extract", "a.txt"]);
    assert!(ran.code == 0 && ran.out.contains("demarche-extract-1"));
    assert!(ran.err.starts_with("demarche: lexicon.toml:1: "), "{}", ran.err);
}

#[test]
fn defaults_are_printed_to_be_copied() {
    let desk = Desk::new();
    desk.run(&["config", "options"]).prints(include_str!("../config/config.toml"));
    desk.run(&["config", "keys"]).prints(include_str!("../config/keys.toml"));
    desk.run(&["config", "dark"]).prints(include_str!("../config/themes/dark.toml"));
    desk.run(&["config", "high-contrast"]).prints(include_str!("../config/themes/high-contrast.toml"));
    for (name, file) in [("options", "config.toml"), ("keys", "keys.toml"), ("light", "themes/light.toml")] {
        desk.write(&format!("config/demarche/{file}"), desk.run(&["config", name]).out);
    }
    assert_eq!(desk.run(&["config"]).code, 0);
}

#[test]
fn completions_and_the_manual() {
    let desk = Desk::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(desk.run(&["completions", shell]).out.contains("extract"), "{shell}");
    }
    let manual = desk.run(&["manual"]).out;
    assert!(manual.starts_with(".ie") || manual.contains(".TH"), "{manual}");
    for words in ["next\\-position", "SH KEYS", "\\-\\-max\\-size"] {
        assert!(manual.contains(words), "{words}");
    }
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let desk = Desk::new();
    desk.write("long.txt", "All is well.\n".repeat(100_000));
    let mut command = desk.command(&["text", "long.txt"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_full_disk_is_told() {
    let desk = Desk::new();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = desk.command(&["text", "a.txt"]).stdout(full).output().unwrap();
    Ran::of(output, desk.path()).fails("cannot write: standard output: no space left on device");
}

#[test]
fn notes_are_checked_and_each_problem_has_its_line() {
    let desk = Desk::new();
    desk.write("a.notes.toml", NOTES);
    desk.run(&["notes", "check", "a.txt"]).prints("./a.notes.toml: no problems\n");
    let wrong = format!("{NOTES}\n[[note]]\nquote = \"no such words\"\nlinks = [\"see:nobody\"]\n");
    desk.write("a.notes.toml", &wrong);
    let line = wrong.lines().count();
    let link = format!("a.notes.toml:{line}: 'see:nobody' leads to no entry\n");
    let lost = format!("a.notes.toml:{}: lost: these words are not in the article\n", line - 1);
    let ran = desk.run(&["notes", "check", "a.txt"]);
    assert_eq!((ran.code, ran.out, ran.err.as_str()), (1, format!("./{lost}./{link}"), ""));
    // A notes file alone is checked without the article, unless it names one beside it.
    let ran = desk.run(&["notes", "check", "a.notes.toml"]);
    assert_eq!((ran.code, ran.out), (1, link.clone()));
    let head = "format = \"demarche-notes/1\"\n";
    desk.write("a.notes.toml", wrong.replace(head, &format!("{head}[article]\nfile = \"a.txt\"\n")));
    assert!(desk.run(&["notes", "check", "a.notes.toml"]).out.contains("lost"), "the article is beside it");
    desk.write("bad.toml", b"# one\n\xff\n");
    let ran = desk.run(&["notes", "check", "bad.toml"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, "bad.toml:2: not UTF-8 text\n"));
    let ran = desk.run(&["notes", "check", "none.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, "demarche: cannot read: none.toml: no such file or directory\n"));
}

#[test]
fn a_note_is_added_from_the_command_line() {
    let desk = Desk::new();
    let ran = desk.run(&["notes", "add", "a.txt", "--quote", "new  boats", "--note", "how many?", "--tag", "ask"]);
    assert_eq!((ran.code, ran.out.len(), ran.err.as_str()), (0, 7, ""), "its id");
    let curly = desk.run(&["notes", "add", "a.txt", "--quote", "“No,” said", "--color", "blue"]);
    assert_eq!(curly.code, 0, "{curly:?}");
    let list = desk.run(&["notes", "a.txt"]).out;
    let expected =
        "¶1    note      same      “new boats” #ask\n      how many?\n¶1    highlight same      “\"No,\" said”\n";
    assert_eq!(list, expected);
    let several = desk.run(&["notes", "add", "a.txt", "--quote", "d"]);
    several.fails("'d' stands 5 times: ¶ 1, ¶ 1, ¶ 1, ¶ 1, ¶ 1");
    desk.run(&["notes", "add", "a.txt", "--quote", "no such"]).fails("the article does not say 'no such'");
}

#[test]
fn two_copies_of_notes_are_merged_into_the_first() {
    let desk = Desk::new();
    let color = |color: &str| format!("{NOTES}color = \"{color}\"\n");
    desk.write("base", NOTES);
    desk.write("ours", color("red"));
    desk.write("theirs", NOTES.replace("how many?", "why?"));
    desk.run(&["notes", "merge", "base", "ours", "theirs"]).prints("");
    let merged = fs::read_to_string(desk.path().join("ours")).unwrap();
    assert_eq!(merged, color("red").replace("how many?", "why?"));
    desk.write("theirs", color("blue"));
    let ran = desk.run(&["notes", "merge", "base", "ours", "theirs"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""));
    assert!(ran.err.starts_with("demarche: changed on both sides, both are kept: color of "), "{}", ran.err);
    desk.write("theirs", "<<<<<<< HEAD\n");
    let before = fs::read_to_string(desk.path().join("ours")).unwrap();
    let ran = desk.run(&["notes", "merge", "base", "ours", "theirs"]);
    assert!(ran.code == 1 && ran.err.starts_with("demarche: not merged: theirs:1:1: two versions"), "{ran:?}");
    assert_eq!(fs::read_to_string(desk.path().join("ours")).unwrap(), before);
}

#[cfg(unix)]
#[test]
fn a_save_that_fails_is_no_save_and_the_note_is_there_the_next_time() {
    let desk = Desk::new();
    desk.run(&["notes", "add", "a.txt", "--quote", "new boats", "--note", "the first"]);
    let folder = desk.path().join("data/demarche/notes");
    let file = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let before = fs::read(&file).unwrap();
    // No file can grow: what is written fails half-way.
    let line = "ulimit -f 0; trap '' XFSZ; exec \"$0\" notes add a.txt --quote guild --note second";
    let mut command = desk.command(&[]);
    let program = command.get_program().to_owned();
    let environment: Vec<_> =
        command.get_envs().map(|(name, value)| (name.to_owned(), value.unwrap().to_owned())).collect();
    command = Command::new("sh");
    command.args(["-c", line]).arg(program).current_dir(desk.path()).env_clear().envs(environment);
    let ran = Ran::of(command.output().unwrap(), desk.path());
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    assert!(ran.err.contains("file too large"), "{}", ran.err);
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "nothing temporary is left");
}

#[test]
fn lines_are_read_from_a_script() {
    let desk = Desk::new();
    let script = b"\np\nnote Who \x1b[2Jsays?\nhilight\nnotes\n";
    let ran = desk.pipe(script, &["--linear", "--notes", "notes.toml", "a.txt"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    for words in
        ["Ferries run again", "- guild demands: ", "noted\nsaved\n", "unknown command 'hilight'\n  hint: did you"]
    {
        assert!(ran.out.contains(words), "{words}: {}", ran.out);
    }
    assert!(ran.out.contains(": Who [2Jsays?"), "{}", ran.out);
    assert!(!ran.out.contains('\x1b') && !ran.out.contains("demarche>"), "{}", ran.out);
    let notes = fs::read_to_string(desk.path().join("notes.toml")).unwrap();
    assert!(notes.contains("text     = \"Who [2Jsays?\""), "{notes}");
    let help = desk.pipe(b"help\n", &["--linear", "a.txt"]).out;
    assert!(help.contains("  next-position (p): Go to") && !help.contains("focus-mode"), "{help}");
    // What steers a terminal is shown by a stand-in, even in a pipe.
    desk.write("steers.txt", "Red \x1b[31mquay\n\nNorway refused.\n");
    assert!(desk.pipe(b"", &["--linear", "steers.txt"]).out.contains("Red ␛[31mquay"));
}

#[test]
fn lines_end_with_an_error_when_notes_are_not_saved() {
    let desk = Desk::new();
    desk.write("full", "");
    let ran = desk.pipe(b"note Who?\n", &["--linear", "--notes", "full/notes.toml", "a.txt"]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(!ran.out.contains("saved\n") && ran.out.contains("hint: "), "{}", ran.out);
    assert!(desk.run(&["manual"]).out.contains("THE LINEAR MODE"));
}
