//! The examples of `docs/extract.md` with other programs, run as they stand there, each where its program is installed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

const GUIDE: &str = include_str!("../docs/extract.md");

/// Returns the one example of the guide that holds some words.
#[track_caller]
fn example(words: &str) -> String {
    let examples = GUIDE.split("\n\n").filter(|part| part.lines().all(|line| line.starts_with("    ")));
    let found: Vec<&str> = examples.filter(|example| example.contains(words)).collect();
    let [one] = found[..] else { panic!("{} examples with {words:?}", found.len()) };
    one.lines().map(|line| format!("{}\n", &line[4..])).collect()
}

/// A folder with articles, and the program on the path.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().unwrap());
        for folder in ["articles", "bin"] {
            fs::create_dir(desk.path().join(folder)).unwrap();
        }
        std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_demarche"), desk.path().join("bin/demarche")).unwrap();
        let article = |n: usize| format!("Norway demanded {n} new ferries. Sweden refused to build {n} new ferries.\n");
        let mut lines = String::new();
        for n in 10..22 {
            fs::write(desk.path().join(format!("articles/{n}.txt")), article(n)).unwrap();
            lines += &format!("{}\n", json!({ "id": format!("{n}.txt"), "text": article(n) }));
        }
        fs::write(desk.path().join("articles.jsonl"), lines).unwrap();
        fs::copy(desk.path().join("articles/10.txt"), desk.path().join("a.txt")).unwrap();
        desk
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Puts a program of a few lines on the path.
    fn tool(&self, name: &str, script: &str) {
        let path = self.path().join("bin").join(name);
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// Runs a script of bash; returns what it prints.
    #[track_caller]
    fn run(&self, script: &str) -> String {
        let path = format!("{}:{}", self.path().join("bin").display(), std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("bash");
        command.args(["-euo", "pipefail", "-c", script]).current_dir(self.path()).env("PATH", path);
        command.env("HOME", self.path()).env("XDG_CONFIG_HOME", self.path()).stdin(Stdio::null());
        let output = command.output().expect("bash runs");
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{script}\n{errors}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Returns the ids of the records in a file.
    #[track_caller]
    fn ids(&self, file: &str) -> Vec<String> {
        let lines = fs::read_to_string(self.path().join(file)).unwrap();
        let id =
            |line: &str| serde_json::from_str::<Value>(line).unwrap()["document"]["id"].as_str().unwrap().to_owned();
        lines.lines().map(id).collect()
    }
}

fn names() -> Vec<String> {
    (10..22).map(|n| format!("{n}.txt")).collect()
}

/// Returns whether a command runs here; says so when it does not.
fn runs(program: &str, arguments: &[&str]) -> bool {
    let mut command = Command::new(program);
    let ran = command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status();
    let runs = ran.is_ok_and(|status| status.success());
    if !runs {
        eprintln!("not tried, for want of it: {program} {}", arguments.join(" "));
    }
    runs
}

#[test]
fn jq() {
    if !runs("jq", &["--version"]) {
        return;
    }
    let desk = Desk::new();
    let table = desk.run(&example("[$d, .actors[0] // \"?\", .act] | @tsv"));
    assert_eq!(table.lines().next(), Some("10.txt\tnorway\tdemands"));
    assert_eq!(table.lines().count(), names().len());
    let words = desk.run(&example("--rawfile text"));
    assert_eq!(words, "demands: 10 new ferries\nrefuses: to build 10 new ferries\n");
    desk.run(&example("jq -Rsc"));
    assert_eq!(fs::read_to_string(desk.path().join("articles.jsonl")).unwrap().lines().count(), names().len());
}

#[test]
fn find() {
    let desk = Desk::new();
    desk.run(&example("--files-from -"));
    assert_eq!(desk.ids("records.jsonl"), names());
}

#[test]
fn gnu_parallel() {
    if !runs("parallel", &["--will-cite", "--version"]) {
        return;
    }
    let desk = Desk::new();
    for words in ["parallel -0 -X -k", "parallel --pipepart"] {
        desk.run(&example(words));
        assert_eq!(desk.ids("records.jsonl"), names(), "{words}");
    }
}

/// The command line of DuckDB, as far as the examples use it, over the library that Python has.
const DUCKDB: &str = "#!/usr/bin/env python3\nimport duckdb, sys\nassert sys.argv[1] == '-c'\n\
    result = duckdb.execute(sys.argv[2])\n\
    if 'COPY' not in sys.argv[2]:\n    [print(*row, sep='|') for row in result.fetchall()]\n";

#[test]
fn duckdb() {
    if !runs("python3", &["-c", "import duckdb"]) {
        return;
    }
    let desk = Desk::new();
    desk.tool("duckdb", DUCKDB);
    desk.run("duckdb -c \"COPY (SELECT id, text FROM 'articles.jsonl') TO 'texts.parquet' (FORMAT parquet)\"");
    desk.run(&example("FROM 'texts.parquet'"));
    assert_eq!(desk.ids("records.jsonl"), names());
    let counts = desk.run(&example("FROM 'records.jsonl'"));
    let mut counts: Vec<&str> = counts.lines().filter_map(|row| row.rsplit_once('|')).map(|(row, _)| row).collect();
    counts.sort_unstable();
    assert_eq!(counts, ["demands|12", "refuses|12"]);
}

#[test]
fn spark() {
    if !runs("python3", &["-c", "import pyspark"]) || !runs("java", &["-version"]) {
        return;
    }
    let desk = Desk::new();
    let before = "from pyspark.sql import SparkSession\n\
        spark = SparkSession.builder.master('local[2]').config('spark.ui.enabled', 'false').getOrCreate()\n\
        frame = spark.read.json('articles.jsonl')\n";
    let after = "print(*sorted(row.id for row in records.select('document.id').collect()), sep='\\n')\n";
    fs::write(desk.path().join("job.py"), format!("{before}{}{after}", example("texts.pipe("))).unwrap();
    assert_eq!(desk.run("python3 job.py").lines().collect::<Vec<_>>(), names());
}
