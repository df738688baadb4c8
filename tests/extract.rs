//! `demarche extract`: its formats, its options, and many articles at once.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use serde_json::Value;
use snapbox::cmd::OutputAssert;
use snapbox::str;
use tempfile::TempDir;

const BRIDGE: &str = "Bridge stays shut\n\nThe ferry union demanded that the council pay for new boats. \
    \"We will not pay,\" said Tom Berg, a council spokesman. The council refused to pay for new boats.\n";

const MILL: &str = "# Mill to close\n\nThe Hollin mill said it would *close* in May.\n";

/// A folder with three articles in it.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        desk.write("bridge.txt", BRIDGE);
        desk.write("mill.md", MILL);
        desk.write("quiet.txt", "All is well.\n");
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, contents: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), contents).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
        command.arg("extract").args(arguments).current_dir(self.path()).env_clear();
        command.env("HOME", self.path()).env("XDG_CONFIG_HOME", self.path()).stdin(Stdio::null());
        command
    }

    fn output(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Runs it on files alone.
    fn run(&self, arguments: &[&str]) -> OutputAssert {
        OutputAssert::new(self.output(arguments))
    }

    /// Runs it with something on standard input.
    fn pipe(&self, input: impl AsRef<[u8]>, arguments: &[&str]) -> OutputAssert {
        self.write("input", input);
        let input = fs::File::open(self.path().join("input")).unwrap();
        OutputAssert::new(self.command(arguments).stdin(input).output().unwrap())
    }
}

/// Returns the ids of the records, one a line.
#[track_caller]
fn ids(output: &OutputAssert) -> Vec<String> {
    let lines = std::str::from_utf8(&output.get_output().stdout).unwrap().lines();
    let id = |line| {
        let record: Value = serde_json::from_str(line).unwrap();
        record["document"]["id"].as_str().unwrap().to_owned()
    };
    lines.map(id).collect()
}

#[test]
fn a_page_for_a_terminal() {
    Desk::new().run(&["--format", "text", "bridge.txt", "mill.md", "quiet.txt"]).success().stderr_eq("").stdout_eq(
        str![[r#"
Bridge stays shut

council
  ✗ refuses  to pay for new boats
      ↳ rejects ferry union: that the council pay for new boats

Tom Berg (council spokesman, for council)
  “ says  "We will not pay,"
      ↳ rejects ferry union: that the council pay for new boats

ferry union
  ! demands  that the council pay for new boats

Mill to close

Hollin
  “ says  it would close in May

quiet.txt

"#]],
    );
}

#[test]
fn a_page_in_markdown() {
    Desk::new().run(&["--format", "markdown", "mill.md", "quiet.txt"]).success().stderr_eq("").stdout_eq(str![[r#"
# Mill to close

## Hollin

- **says** it would close in May

# quiet.txt

"#]]);
}

#[test]
fn one_table() {
    let desk = Desk::new();
    desk.write("sum.txt", "The ferry union demanded “=1+1, at once”.\n");
    let output = desk.output(&["--format", "csv", "mill.md", "quiet.txt", "sum.txt"]);
    assert!(output.stdout.starts_with("\u{feff}document,".as_bytes()), "a byte order mark, once");
    assert_eq!(String::from_utf8_lossy(&output.stdout).matches('\u{feff}').count(), 1);
    OutputAssert::new(output).success().stderr_eq("").stdout_eq(str![[r#"
[..]document,id,actors,speaks_for,act,negated,hedged,quote,addressees,source,cue,content,start,end,confidence
mill.md,p1,Hollin,,says,false,false,indirect,,The Hollin mill,said,it would close in May,15,57,0.[..]
sum.txt,p1,ferry union,,demands,false,false,[..],,The ferry union,demanded,[..],0,40,0.[..]

"#]]);
}

#[test]
fn no_cell_is_a_formula() {
    let desk = Desk::new();
    desk.write("=cmd.txt", "Ana Ruiz said the road was safe.\n");
    let output = desk.output(&["--format", "csv", "./=cmd.txt"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.lines().nth(1).is_some_and(|row| row.starts_with("'=cmd.txt,p1,Ana Ruiz,")), "{table}");
}

#[test]
fn one_object_or_a_list() {
    let desk = Desk::new();
    let read = |arguments: &[&str]| -> Value { serde_json::from_slice(&desk.output(arguments).stdout).unwrap() };
    let one = read(&["quiet.txt"]);
    assert!(one.is_object());
    assert_eq!(read(&["--format", "json", "quiet.txt", "missing", "quiet.txt"]), Value::from(vec![one.clone(), one]));
    assert_eq!(read(&["--format", "json", "missing", "gone"]), Value::from(Vec::<Value>::new()));
    desk.run(&["--format", "json", "quiet.txt", "quiet.txt"]).success().stdout_eq(str![[r#"
[
  {
    "schema": "demarche-extract-1",
    "document": {
      "id": "quiet.txt",
      "title": null,
      "characters": 13,
      "sha256": "[..]",
      "language": "eng",
      "skipped": null
    },
    "actors": [],
    "positions": [],
    "open": []
  },
  {
    "schema": "demarche-extract-1",
    "document": {
      "id": "quiet.txt",
      "title": null,
      "characters": 13,
      "sha256": "[..]",
      "language": "eng",
      "skipped": null
    },
    "actors": [],
    "positions": [],
    "open": []
  }
]

"#]]);
}

/// Checks that an object has exactly these fields, in this order.
#[track_caller]
fn has(object: &Value, fields: &str) {
    let names: Vec<&str> = object.as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(names, fields.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn every_field_is_always_there() {
    let desk = Desk::new();
    let (mut actors, mut positions, mut answers) = (0, 0, 0);
    for file in ["bridge.txt", "mill.md", "quiet.txt"] {
        let record: Value = serde_json::from_slice(&desk.output(&[file]).stdout).unwrap();
        has(&record, "schema document actors positions open");
        has(&record["document"], "id title characters sha256 language skipped");
        for actor in record["actors"].as_array().unwrap() {
            actors += 1;
            has(actor, "id name kind role acts_for aliases mentions");
            actor["mentions"].as_array().unwrap().iter().for_each(|mention| has(mention, "start end form"));
        }
        for position in record["positions"].as_array().unwrap() {
            positions += 1;
            has(
                position,
                "id actors speaks_for act negated hedged quote addressees source cue content answers nested_in rule confidence",
            );
            let all = position["answers"].as_array().unwrap();
            answers += all.len();
            all.iter().for_each(|answer| has(answer, "position how certain"));
        }
    }
    assert!(actors > 2 && positions > 3 && answers > 0, "{actors}, {positions}, {answers}");
}

#[test]
fn reasons_are_given_when_asked_for() {
    let desk = Desk::new();
    desk.run(&["--explain", "--format", "text", "mill.md"]).success().stdout_eq(str![[r#"
Mill to close

Hollin
  “ says  it would close in May
      clause (a verb and a clause, such as: said that it was safe); cue “said” with a clause; the source is a known actor; confidence 0.[..], certain: 0.[..] its rule[..]

"#]]);
    desk.run(&["--explain", "--format", "markdown", "mill.md"]).success().stdout_eq(str![[r#"
# Mill to close

## Hollin

- **says** it would close in May
  - clause (a verb and a clause, such as: said that it was safe); cue “said” with a clause; the source is a known actor; confidence 0.[..], certain: 0.[..] its rule[..]

"#]]);
    let table = String::from_utf8(desk.output(&["--explain", "--format", "csv", "mill.md"]).stdout).unwrap();
    assert!(table.lines().next().unwrap().ends_with(",confidence,rule,explain"));
    assert!(table.lines().nth(1).unwrap().contains(",clause,\"clause (a verb and a clause,"), "{table}");
    let record: Value = serde_json::from_slice(&desk.output(&["--explain", "mill.md"]).stdout).unwrap();
    let explain = &record["positions"][0]["explain"];
    has(explain, "rule cue frame holder by_denial tier confidence answers");
    assert_eq!((explain["frame"].as_str(), explain["tier"].as_str()), (Some("a clause"), Some("certain")));
    assert_eq!((explain["cue"].as_str(), explain["holder"].as_str()), (Some("said"), Some("named")));
}

const PORT: &str = "Le syndicat des marins a déclaré lundi que ses membres reprendraient le travail si la mairie augmentait \
    leurs salaires de quatre pour cent. La maire, Anne Morel, a jugé la demande excessive et a refusé de négocier.\n";

#[test]
fn text_in_another_language_is_named_and_left_alone() {
    let desk = Desk::new();
    desk.write("port.txt", PORT);
    let notice = str![[r#"
demarche: looks like French: actors and positions are only found in English: port.txt
  hint: `--any-language` looks for them all the same

"#]];
    let output = desk.run(&["mill.md", "port.txt", "quiet.txt"]).success().stderr_eq(notice.clone());
    let records: Vec<Value> = std::str::from_utf8(&output.get_output().stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let said = |record: &Value| (record["document"]["language"].clone(), record["document"]["skipped"].clone());
    assert_eq!(said(&records[0]), ("eng".into(), Value::Null));
    let skipped = "looks like French: actors and positions are only found in English";
    assert_eq!(said(&records[1]), ("fra".into(), skipped.into()));
    assert_eq!(
        (records[1]["actors"].clone(), records[1]["positions"].clone()),
        (Vec::<Value>::new().into(), Vec::<Value>::new().into())
    );
    assert_eq!(said(&records[2]), ("eng".into(), Value::Null), "too short to tell");
    desk.run(&["--format", "text", "port.txt"]).success().stderr_eq(notice).stdout_eq(str![[r#"
port.txt

looks like French: actors and positions are only found in English

"#]]);
    let output = desk.run(&["--any-language", "port.txt"]).success().stderr_eq("");
    let record: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(said(&record), ("fra".into(), Value::Null));
    assert_ne!(record["actors"], Value::from(Vec::<Value>::new()), "it was analysed");
}

#[test]
fn what_is_less_sure_can_be_left_out() {
    let desk = Desk::new();
    let positions = |least: &str| {
        let output = desk.output(&["--format", "jsonl", "--min-confidence", least, "bridge.txt"]);
        let record: Value = serde_json::from_slice(&output.stdout).unwrap();
        record["positions"].as_array().unwrap().clone()
    };
    let all = positions("0");
    let surest = all.iter().map(|position| position["confidence"].as_f64().unwrap()).fold(0.0, f64::max);
    let kept = positions(&surest.to_string());
    assert!(!kept.is_empty() && kept.len() < all.len());
    assert!(kept.iter().all(|position| position["confidence"].as_f64() == Some(surest)));
    assert_eq!(positions("1").len(), 0);
    let table = desk.output(&["--format", "csv", "--min-confidence", "1", "bridge.txt"]).stdout;
    assert_eq!(String::from_utf8(table).unwrap().lines().count(), 1);
    for wrong in ["1.1", "-1", "NaN", "much"] {
        desk.run(&["--min-confidence", wrong, "bridge.txt"]).code(2).stdout_eq("");
    }
}

#[test]
fn many_articles_come_in_their_order() {
    let desk = Desk::new();
    let names: Vec<String> = (0..200).map(|n| format!("{n}.txt")).collect();
    for (n, name) in names.iter().enumerate() {
        desk.write(name, BRIDGE.repeat(if n % 17 == 0 { 20 } else { 1 }));
    }
    let files: Vec<&str> = names.iter().map(String::as_str).collect();
    for threads in ["1", "2", "7"] {
        let output = desk.run(&[&["--threads", threads][..], &files].concat()).success().stderr_eq("");
        assert_eq!(ids(&output), names);
    }
    desk.run(&["--threads", "0", "mill.md"]).code(2);
}

#[test]
fn a_list_names_articles_too() {
    let desk = Desk::new();
    desk.write("list", "quiet.txt\nmissing\n\nbridge.txt\n");
    let output = desk.run(&["--files-from", "list", "mill.md"]).code(1).stderr_eq(str![[r#"
demarche: no such file: missing
  hint: [..]

"#]]);
    assert_eq!(ids(&output), ["mill.md", "quiet.txt", "bridge.txt"]);
    let output = desk.pipe("quiet.txt\0mill.md\0", &["--files-from", "-"]).success().stderr_eq("");
    assert_eq!(ids(&output), ["quiet.txt", "mill.md"]);
    desk.run(&["--files-from", "gone"]).code(1).stdout_eq("").stderr_eq("demarche: cannot open: gone: [..]\n");
    desk.run(&[]).code(2);
}

#[test]
fn a_bad_file_is_told_and_the_others_go_on() {
    let desk = Desk::new();
    desk.write("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let output = desk.run(&["mill.md", "missing", "quiet.txt", "picture", "bridge.txt"]).code(1).stderr_eq(str![[r#"
demarche: no such file: missing
  hint: [..]
demarche: binary (PNG), not text: picture
  hint: [..]

"#]]);
    assert_eq!(ids(&output), ["mill.md", "quiet.txt", "bridge.txt"]);
}

const LINES: &str = "{\"id\": \"first\", \"text\": \"Ana Ruiz said the road was safe.\"}\n\
    no object\n\
    \n\
    {\"id\": 4, \"text\": \"All is well.\", \"url\": null}\n\
    {\"id\": \"no text\"}\n\
    {\"id\": \"last.md\", \"text\": \"# No heading\"}";

#[test]
fn lines_of_standard_input_are_articles() {
    let desk = Desk::new();
    for arguments in [&["--format", "jsonl", "-"][..], &["--input", "jsonl", "-"]] {
        let output = desk.pipe(LINES, arguments).code(1).stderr_eq(str![[r#"
demarche: -:2: expected ident
  hint: a line holds one article: {"id": "a1", "text": "…"}
demarche: -:5: missing field 'text'
  hint: a line holds one article: {"id": "a1", "text": "…"}

"#]]);
        assert_eq!(ids(&output), ["first", "4", "last.md"]);
    }
}

#[test]
fn a_line_is_plain_text_and_offsets_count_into_it() {
    let desk = Desk::new();
    let line = |text: &str| serde_json::json!({ "id": "a.md", "text": text }).to_string();
    let output = desk.pipe(line("# “Élan” and *more*"), &["--format", "jsonl", "-"]).success();
    let record: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(record["document"]["characters"], 19);
}

#[test]
fn lines_and_files_can_be_mixed() {
    let desk = Desk::new();
    let output = desk.pipe(LINES, &["--format", "jsonl", "mill.md", "-", "quiet.txt"]).code(1);
    assert_eq!(ids(&output), ["mill.md", "first", "4", "last.md", "quiet.txt"]);
    let output = desk.pipe(BRIDGE, &["mill.md", "-", "quiet.txt"]).success().stderr_eq("");
    assert_eq!(ids(&output), ["mill.md", "-", "quiet.txt"]);
}

#[test]
fn files_hold_lines_when_that_is_said() {
    let desk = Desk::new();
    desk.write("corpus.jsonl", "{\"id\": \"a\", \"text\": \"Rain.\"}\n{\"id\": \"b\", \"text\": \"Sun.\"}\n");
    let output = desk.run(&["--input", "jsonl", "corpus.jsonl", "missing", "corpus.jsonl"]).code(1);
    assert_eq!(
        ids(&output.stderr_eq("demarche: cannot open: missing: no such file or directory\n")),
        ["a", "b", "a", "b"]
    );
    let list: Value =
        serde_json::from_slice(&desk.output(&["--input", "jsonl", "--format", "json", "corpus.jsonl"]).stdout).unwrap();
    assert_eq!(list.as_array().unwrap().len(), 2);
}

#[test]
fn an_article_is_not_taken_for_lines() {
    let desk = Desk::new();
    for article in ["{\"id\": 1}\nis no article of a line.\n", "", BRIDGE] {
        assert_eq!(ids(&desk.pipe(article, &["--format", "jsonl", "-"]).success()), ["-"]);
    }
    assert_eq!(ids(&desk.pipe(LINES, &["--format", "jsonl", "--input", "article", "-"]).success()), ["-"]);
    let output = desk.pipe(LINES, &["-"]).success();
    let record: Value = serde_json::from_slice(&output.get_output().stdout).unwrap();
    assert_eq!(record["document"]["characters"], LINES.chars().count());
}

#[test]
fn a_closed_pipe_ends_it_quietly() {
    let desk = Desk::new();
    let files = vec!["bridge.txt"; 500];
    let mut command = desk.command(&files);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
    OutputAssert::new(child.wait_with_output().unwrap()).success().stderr_eq("");
}

#[test]
fn progress_is_for_a_terminal() {
    let desk = Desk::new();
    let pty = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new("/bin/sh");
    command.args(["-c", "\"$0\" extract mill.md missing quiet.txt > out.jsonl", env!("CARGO_BIN_EXE_demarche")]);
    command.cwd(desk.path());
    command.env("HOME", desk.path());
    let mut reader = pty.master.try_clone_reader().unwrap();
    let mut child = pty.slave.spawn_command(command).unwrap();
    drop(pty.slave);
    let mut shown = Vec::new();
    // The end of a terminal is an error, not the end of a file.
    let _ = reader.read_to_end(&mut shown);
    child.wait().unwrap();
    let shown = String::from_utf8(shown).unwrap();
    assert!(shown.starts_with("\r0 of 3 articles"), "{shown:?}");
    assert!(shown.contains("\rdemarche: no such file: missing"), "{shown:?}");
    assert!(shown.ends_with(" \r"), "the line is taken away: {shown:?}");
    assert_eq!(fs::read_to_string(desk.path().join("out.jsonl")).unwrap().lines().count(), 2);
}
