//! The reader on lines: what is typed comes a line at a time, and what is shown is printed below what was shown before.

use std::collections::VecDeque;
use std::io;

use super::terminal;
use crate::app::layout::wrap;
use crate::app::look_up::LookUp;
use crate::app::{App, Size};
use crate::view::linear;

/// A screen that nobody sees: narrow, so that no page of the sidebar stands in columns.
pub const SIZE: Size = Size { columns: 60, rows: 40 };

/// A longer text is shown to somebody who types before it is analysed, in bytes; what was written before waits.
const AT_ONCE: usize = 1 << 20;

/// The most bytes of a line.
const LONGEST: usize = 1 << 20;

/// Lines in and lines out.
#[derive(Debug, Default)]
pub struct Lines {
    /// The columns of the terminal; what goes elsewhere is not broken.
    columns: Option<u16>,
    /// Somebody types, and is told when it is their turn.
    prompts: bool,
    /// The prompt stands there already.
    prompted: bool,
    article: Shown,
    /// The bytes of a line that is not whole yet.
    begun: Vec<u8>,
    typed: VecDeque<String>,
    /// No line will come any more.
    closed: bool,
}

/// What was printed of the article.
#[derive(Debug, Default)]
struct Shown {
    greeting: bool,
    /// The first paragraph; lines are taken from then on.
    text: bool,
    reading: bool,
    /// How many messages.
    told: usize,
    /// A line was taken in that is not answered yet.
    asked: bool,
}

impl Lines {
    /// Begins for lines that somebody types, or that come from elsewhere.
    pub fn new(typed: bool) -> Lines {
        let columns = rustix::termios::isatty(rustix::stdio::stdout()).then(|| terminal::size().columns);
        Lines { columns, prompts: typed, ..Lines::default() }
    }

    /// Begins with another article; what was typed ahead is for that.
    pub fn begin_anew(&mut self) {
        self.article = Shown::default();
    }

    pub fn resize(&mut self) {
        self.columns = self.columns.map(|_| terminal::size().columns);
    }

    /// The prompt is gone, or something else was printed behind it.
    pub fn is_interrupted(&mut self) {
        self.prompted = false;
    }

    /// Ends the line of a prompt that nobody answers.
    pub fn leave_prompt(&mut self) -> io::Result<()> {
        match std::mem::take(&mut self.prompted) {
            true => terminal::print("\n"),
            false => Ok(()),
        }
    }

    /// Takes in what was typed.
    pub fn feed(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            match byte {
                b'\n' => self.end_line(),
                _ if self.begun.len() < LONGEST => self.begun.push(byte),
                _ => {}
            }
        }
    }

    /// Takes in that nothing follows; a last line without an end is one.
    pub fn close(&mut self) {
        self.closed = true;
        if !self.begun.is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let line = String::from_utf8_lossy(&std::mem::take(&mut self.begun)).into_owned();
        self.typed.push_back(line.replace(|c: char| c.is_control() && c != '\t', ""));
    }

    /// Returns the next line, once the article is there for it to work on.
    pub fn next_line(&mut self, app: &App) -> Option<String> {
        if !self.article.text || is_under_way(app) {
            return None;
        }
        let line = self.typed.pop_front()?;
        self.article.asked = true;
        self.prompted = false;
        Some(line)
    }

    /// Returns whether all lines were taken in and none will come.
    pub fn is_over(&self) -> bool {
        self.closed && self.article.text && self.typed.is_empty() && !self.article.asked
    }

    /// Prints what there is to say since the last time.
    pub fn draw(&mut self, app: &App) -> io::Result<()> {
        let lines = self.news(app);
        let mut out = String::new();
        if !lines.is_empty() && self.prompted {
            out.push('\n');
            self.prompted = false;
        }
        for line in &lines {
            self.push(&mut out, line);
        }
        if self.prompts && !self.article.asked && self.article.text && self.typed.is_empty() && !self.prompted {
            out.push_str(&linear::prompt(app));
            self.prompted = true;
        }
        terminal::print(&out)
    }

    fn news(&mut self, app: &App) -> Vec<String> {
        let mut lines = Vec::new();
        let shown = &mut self.article;
        if !std::mem::replace(&mut shown.greeting, true) {
            lines.extend(linear::greeting(app));
        }
        if is_analyzed(app) && !std::mem::replace(&mut shown.reading, true) {
            lines.extend(linear::reading(app));
        }
        if is_under_way(app) {
            // The line is answered when the program has.
            return lines;
        }
        if std::mem::take(&mut shown.asked) {
            lines.extend(linear::answer(app, shown.told));
        } else {
            lines.extend(linear::news(app, shown.told));
        }
        shown.told = app.state.messages.len();
        let is_long = self.prompts && app.document.text.len() > AT_ONCE;
        if !shown.text && (is_analyzed(app) || app.state.halted || is_long) {
            shown.text = true;
            lines.extend(linear::opening(app));
        }
        lines
    }

    /// Appends a line, broken for a terminal.
    fn push(&self, out: &mut String, line: &str) {
        match self.columns {
            Some(columns) if !line.is_empty() => {
                let words = line.trim_start();
                let indent = &line[..line.len() - words.len()];
                let taken = u16::try_from(indent.len()).unwrap_or(u16::MAX).saturating_add(1);
                for row in wrap(words, columns.saturating_sub(taken)) {
                    out.push_str(indent);
                    out.push_str(row.trim_end());
                    out.push('\n');
                }
            }
            _ => {
                out.push_str(line);
                out.push('\n');
            }
        }
    }
}

/// Whether the article has been analysed as far as it will be.
fn is_analyzed(app: &App) -> bool {
    app.analysis.is_some() && !app.state.analyzing
}

/// Whether something is looked up, which the next line waits for.
fn is_under_way(app: &App) -> bool {
    app.state.look_up.as_ref().is_some_and(LookUp::is_under_way)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::Notes;
    use crate::app::{Config, Event, Keymap};
    use crate::document::Document;

    fn app() -> App {
        let document = Document::read("quay.txt", b"The quay is shut.".to_vec(), None);
        App::new(document, Notes::new(), Config::default(), Keymap::default(), SIZE)
    }

    #[track_caller]
    fn check(pieces: &[&[u8]], expected: &[&str]) {
        let mut lines = Lines::default();
        lines.article.text = true;
        pieces.iter().for_each(|piece| lines.feed(piece));
        lines.close();
        let app = app();
        let typed: Vec<String> = std::iter::from_fn(|| lines.next_line(&app)).collect();
        assert_eq!(typed, expected);
        lines.news(&app);
        assert!(lines.is_over());
    }

    #[test]
    fn lines_are_whole_whatever_pieces_they_come_in() {
        check(&[b"no", b"te a\n\np", b"\n"], &["note a", "", "p"]);
        check(&[b"undo"], &["undo"]);
        check(&[b"note \x1b[A\xc3", b"\xa9\xff\r\n"], &["note [Aé\u{fffd}"]);
        check(&[], &[]);
    }

    #[test]
    fn a_line_waits_for_the_article() {
        let mut lines = Lines::default();
        lines.feed(b"p\n");
        lines.close();
        let mut app = app();
        assert_eq!(lines.next_line(&app), None);
        assert!(!lines.is_over());
        lines.article.text = true;
        app.state.look_up = Some(LookUp::new("quay".to_owned()));
        assert_eq!(lines.next_line(&app), None, "the program is waited for");
        app.state.look_up = None;
        assert_eq!(lines.next_line(&app).as_deref(), Some("p"));
        assert!(!lines.is_over(), "it is not answered yet");
    }

    #[test]
    fn a_long_article_is_analysed_to_its_end_before_a_line_that_nobody_types() {
        let text = "The quay is shut.\n".repeat(AT_ONCE / 16);
        let document = Document::read("quay.txt", text.into_bytes(), None);
        let mut app = App::new(document, Notes::new(), Config::default(), Keymap::default(), SIZE);
        let shows = |app: &App, prompts| {
            let mut lines = Lines { prompts, ..Lines::default() };
            lines.feed(b"p\n");
            let news = lines.news(app);
            (news.iter().any(|line| line.contains("actors found")), lines.next_line(app).is_some())
        };
        app.handle(Event::Analyzing(Some(0)));
        assert_eq!([false, true].map(|prompts| shows(&app, prompts)), [(false, false), (false, true)]);
        app.handle(Event::Analyzed(Box::default()));
        assert_eq!(shows(&app, false), (false, false), "a part of it");
        app.handle(Event::Analyzing(None));
        assert_eq!(shows(&app, false), (true, true));
        let mut halted = self::app();
        halted.handle(Event::NotRead { message: "too much".to_owned(), hint: String::new() });
        assert_eq!(shows(&halted, false), (false, true), "nothing more will come");
    }

    #[test]
    fn lines_are_broken_for_a_terminal_alone() {
        let text = "  the ferries were tied up on Monday morning";
        let push = |columns| {
            let mut out = String::new();
            Lines { columns, ..Lines::default() }.push(&mut out, text);
            out
        };
        assert_eq!(push(None), format!("{text}\n"));
        assert_eq!(push(Some(27)), "  the ferries were tied up\n  on Monday morning\n");
        assert_eq!(push(Some(19)), "  the ferries were\n  tied up on\n  Monday morning\n");
    }
}
