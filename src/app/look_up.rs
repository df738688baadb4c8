//! What a program of the reader's says of some words of the text: asked for, and there or not yet.

use super::layout::wrap_spans;
use crate::text::Span;

/// Words that are looked up.
#[derive(Debug)]
pub struct LookUp {
    pub words: String,
    /// What was said, line by line; absent while the program runs.
    answer: Option<Vec<String>>,
    /// The rows of a width: a line, and the part of it.
    rows: Vec<(usize, Span)>,
    columns: u16,
}

impl LookUp {
    pub fn new(words: String) -> LookUp {
        LookUp { words, answer: None, rows: Vec::new(), columns: 0 }
    }

    pub fn is_under_way(&self) -> bool {
        self.answer.is_none()
    }

    /// Takes in what the program said.
    pub fn answer(&mut self, text: &str) {
        let lines: Vec<String> = plain(text).lines().map(|line| line.trim_end().to_owned()).collect();
        let blank = |line: &&String| line.is_empty();
        let end = lines.len() - lines.iter().rev().take_while(blank).count();
        let start = lines.iter().take_while(blank).count().min(end);
        self.answer = Some(lines[start..end].to_vec());
        self.columns = 0;
    }

    /// Breaks the lines for a width, unless they are.
    pub fn fit(&mut self, columns: u16) {
        if self.columns == columns {
            return;
        }
        self.columns = columns;
        let lines = self.answer.iter().flatten().enumerate();
        self.rows =
            lines.flat_map(|(index, line)| rows(line, columns).into_iter().map(move |row| (index, row))).collect();
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Returns the rows from one on.
    pub fn rows_from(&self, first: usize) -> impl Iterator<Item = &str> {
        let lines = self.answer.as_deref().unwrap_or_default();
        self.rows.iter().skip(first).map(|(line, row)| row.of(&lines[*line]))
    }

    /// Returns the lines as they were said.
    pub fn lines(&self) -> &[String] {
        self.answer.as_deref().unwrap_or_default()
    }
}

/// Returns the parts of a line, in order, that fit into a width; an empty line is one.
fn rows(line: &str, columns: u16) -> Vec<Span> {
    let rows = wrap_spans(line, columns);
    if rows.is_empty() { vec![Span::new(0, 0)] } else { rows }
}

/// Returns text as a program meant it to be read: without the sequences that would colour it, and without letters struck
/// twice. What else may steer a terminal is made safe where it is shown.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '\u{1b}' if rest.peek() == Some(&'[') => {
                rest.next();
                while rest.next().is_some_and(|c| !('@'..='~').contains(&c)) {}
            }
            '\u{8}' => {
                if !out.ends_with('\n') {
                    out.pop();
                }
            }
            '\r' => {}
            '\t' => out.push_str("    "),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, columns: u16, expected: &[&str]) {
        let mut look_up = LookUp::new("quay".to_owned());
        assert!(look_up.is_under_way());
        look_up.answer(text);
        look_up.fit(columns);
        assert_eq!(look_up.rows_from(0).map(str::trim_end).collect::<Vec<_>>(), expected);
        assert!(!look_up.is_under_way());
    }

    #[test]
    fn what_is_said_is_broken_into_rows() {
        check(
            "\n\nquay (noun)\n\n  a landing place for ships\n\n",
            20,
            &["quay (noun)", "", "  a landing place", "for ships"],
        );
        check("", 20, &[]);
    }

    #[test]
    fn colours_and_double_strokes_are_left_out() {
        check("\u{1b}[1;31mquay\u{1b}[0m\r\nq\u{8}qu\u{8}u\n\u{8}\u{1b}[", 20, &["quay", "qu"]);
        check("\u{1b}]52;c;aGk=\u{7}", 30, &["\u{1b}]52;c;aGk=\u{7}"]);
    }
}
