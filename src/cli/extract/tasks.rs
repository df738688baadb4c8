//! What the command line names, one piece of work at a time: an article, or a line that holds one.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use super::names::Names;
use crate::shell::failure::{Failure, Result};

/// A piece of work.
#[derive(Debug, PartialEq, Eq)]
pub enum Task {
    /// A file to read, or `-`.
    File(PathBuf),
    /// What standard input held, as an article.
    Input(Vec<u8>),
    /// A line of JSON Lines, and where it stands: `-:17`.
    Line(Vec<u8>, String),
    /// What could not be read.
    Failed(Failure),
}

/// An article as a line holds it.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub id: String,
    pub text: String,
}

/// How the command line's files are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    Article,
    Lines,
    /// Standard input as lines when its first line is an entry; every file as an article.
    Told,
}

/// The work of a command line, in its order. No more than one line or one standard input is held.
pub struct Tasks<'a> {
    names: Names<'a>,
    input: Input,
    most: u64,
    lines: Option<Lines>,
}

impl Tasks<'_> {
    /// `most` is the most bytes of one article.
    pub fn new(names: Names<'_>, input: Input, most: u64) -> Tasks<'_> {
        Tasks { names, input, most, lines: None }
    }

    fn open(&mut self, file: &Path) -> Option<Task> {
        let is_input = file == Path::new("-");
        match (self.input, is_input) {
            (Input::Lines, true) => self.lines = Some(Lines::new(io::stdin(), file, self.most)),
            (Input::Lines, false) => match File::open(file) {
                Ok(opened) => self.lines = Some(Lines::new(opened, file, self.most)),
                Err(error) => return Some(Task::Failed(Failure::io("open", file, &error))),
            },
            (Input::Told, true) => return Some(self.open_input(file)),
            (Input::Article | Input::Told, _) => return Some(Task::File(file.to_owned())),
        }
        None
    }

    /// Tells by its first line what standard input holds.
    fn open_input(&mut self, name: &Path) -> Task {
        let mut lines = Lines::new(io::stdin(), name, self.most);
        match lines.next() {
            Some(Ok(line)) if entry(&line).is_ok() => {
                let place = lines.place();
                self.lines = Some(lines);
                Task::Line(line, place)
            }
            Some(Ok(line)) => lines.rest(line).map_or_else(Task::Failed, Task::Input),
            Some(Err(failure)) => Task::Failed(failure),
            None => Task::Input(Vec::new()),
        }
    }
}

impl Iterator for Tasks<'_> {
    type Item = Task;

    fn next(&mut self) -> Option<Task> {
        loop {
            if let Some(lines) = &mut self.lines {
                match lines.next_filled() {
                    Some(Ok(line)) => return Some(Task::Line(line, lines.place())),
                    Some(Err(failure)) => return Some(Task::Failed(failure)),
                    None => self.lines = None,
                }
            }
            let task = match self.names.next()? {
                Ok(file) => self.open(&file),
                Err(failure) => Some(Task::Failed(failure)),
            };
            if task.is_some() {
                return task;
            }
        }
    }
}

/// Lines that are read one by one, none longer than allowed.
struct Lines {
    input: Box<dyn BufRead + Send>,
    name: PathBuf,
    most: u64,
    number: usize,
    /// Reading failed; it would fail again.
    broken: bool,
}

impl Lines {
    fn new(input: impl Read + Send + 'static, name: &Path, most: u64) -> Lines {
        Lines { input: Box::new(BufReader::new(input)), name: name.to_owned(), most, number: 0, broken: false }
    }

    fn place(&self) -> String {
        format!("{}:{}", self.name.display(), self.number)
    }

    /// Returns the next line that is not empty.
    fn next_filled(&mut self) -> Option<Result<Vec<u8>>> {
        loop {
            match self.next()? {
                Ok(line) if line.trim_ascii().is_empty() => {}
                line => return Some(line),
            }
        }
    }

    fn next(&mut self) -> Option<Result<Vec<u8>>> {
        if self.broken {
            return None;
        }
        self.number += 1;
        let mut line = Vec::new();
        let mut read = (&mut self.input).take(self.most.saturating_add(1)).read_until(b'\n', &mut line);
        let is_cut = line.len() as u64 > self.most && !line.ends_with(b"\n");
        if is_cut {
            read = read.and_then(|_| self.input.skip_until(b'\n'));
        }
        match read {
            Ok(_) if is_cut => Some(Err(too_long(self.most, &self.place()))),
            Ok(_) => Some(Ok(line)).filter(|line| line != &Ok(Vec::new())),
            Err(error) => {
                self.broken = true;
                Some(Err(Failure::io("read", &self.name, &error)))
            }
        }
    }

    /// Reads to the end behind what was read already: it is one article after all.
    fn rest(self, mut bytes: Vec<u8>) -> Result<Vec<u8>> {
        let room = self.most.saturating_add(1).saturating_sub(bytes.len() as u64);
        let mut input = self.input;
        (&mut input).take(room).read_to_end(&mut bytes).map_err(|error| Failure::io("read", &self.name, &error))?;
        if bytes.len() as u64 > self.most {
            Err(too_long(self.most, &self.name.display().to_string()))
        } else {
            Ok(bytes)
        }
    }
}

fn too_long(most: u64, place: &str) -> Failure {
    let hint = "`--max-size MEGABYTES` sets how much is read";
    Failure::new(format!("larger than {} MB: {place}", most >> 20), hint)
}

/// Reads a line as an article; returns what is wrong with it otherwise.
pub fn entry(line: &[u8]) -> std::result::Result<Entry, String> {
    #[derive(Deserialize)]
    struct Line {
        id: Value,
        text: String,
    }
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    let Line { id, text } = serde_json::from_slice(line).map_err(|error| {
        let reason = error.to_string().replace('`', "'");
        reason.split(" at line").next().unwrap_or_default().to_owned()
    })?;
    match id {
        Value::String(id) => Ok(Entry { id, text }),
        Value::Number(id) => Ok(Entry { id: id.to_string(), text }),
        _ => Err("'id' is neither a text nor a number".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: std::result::Result<(&str, &str), &str>) {
        let expected = expected.map(|(id, text)| Entry { id: id.to_owned(), text: text.to_owned() });
        assert_eq!(entry(line.as_bytes()), expected.map_err(str::to_owned));
    }

    #[test]
    fn a_line_is_an_article() {
        check(r#"{"id": "a", "text": "“Yes.”\n"}"#, Ok(("a", "“Yes.”\n")));
        check("\u{feff}{\"url\": null, \"text\": \"\", \"id\": 17}\r\n", Ok(("17", "")));
        check(r#"{"id": "a"}"#, Err("missing field 'text'"));
        check(r#"{"id": null, "text": ""}"#, Err("'id' is neither a text nor a number"));
        check(r#"{"id": "a", "text": 3}"#, Err("invalid type: integer '3', expected a string"));
        check(r#"{"id": "a", "#, Err("EOF while parsing a value"));
    }

    #[test]
    fn lines_are_counted_and_none_is_too_long() {
        let input: &[u8] = b"one\n\n  \nfour is long\nfive\n\xFFsix";
        let mut lines = Lines::new(input, Path::new("a"), 5);
        let mut read = Vec::new();
        while let Some(line) = lines.next_filled() {
            let line = line.map_or_else(|failure| failure.message, |line| String::from_utf8_lossy(&line).into_owned());
            read.push((lines.place(), line));
        }
        let read: Vec<(&str, &str)> = read.iter().map(|(place, line)| (place.as_str(), line.as_str())).collect();
        let long = "larger than 0 MB: a:4";
        assert_eq!(read, [("a:1", "one\n"), ("a:4", long), ("a:5", "five\n"), ("a:6", "\u{fffd}six")]);
    }

    #[test]
    fn an_article_is_read_on_from_its_first_line() {
        let rest = |most: u64| {
            let mut lines = Lines::new(&b"one\ntwo\n"[..], Path::new("-"), most);
            let first = lines.next().unwrap().unwrap();
            lines.rest(first)
        };
        assert_eq!(rest(8), Ok(b"one\ntwo\n".to_vec()));
        assert_eq!(rest(7).unwrap_err().message, "larger than 0 MB: -");
    }
}
