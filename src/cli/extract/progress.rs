//! How far it is, on one line of the terminal; nothing where nobody would see it.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// No more often than this; a terminal is slower than an article.
const PAUSE: Duration = Duration::from_millis(100);

/// A count of articles that is written over itself.
pub struct Progress {
    is_shown: bool,
    total: Option<usize>,
    done: usize,
    drawn: Option<Instant>,
    /// The columns the line takes now.
    columns: usize,
}

impl Progress {
    /// Starts to count; `total` is absent when nobody knows it before the end.
    pub fn new(total: Option<usize>) -> Progress {
        // Where the articles themselves are printed on the terminal they are progress enough.
        let is_shown = total != Some(1) && io::stderr().is_terminal() && !io::stdout().is_terminal();
        let mut progress = Progress { is_shown, total, done: 0, drawn: None, columns: 0 };
        progress.draw();
        progress
    }

    /// Counts one more.
    pub fn step(&mut self) {
        self.done += 1;
        if self.drawn.is_none_or(|drawn| drawn.elapsed() >= PAUSE) {
            self.draw();
        }
    }

    /// Takes the line away, so that a message can stand there.
    pub fn clear(&mut self) {
        if self.columns > 0 {
            write(&format!("\r{:1$}\r", "", self.columns));
            (self.columns, self.drawn) = (0, None);
        }
    }

    fn draw(&mut self) {
        if self.is_shown {
            let line = line(self.done, self.total);
            write(&format!("\r{line}"));
            (self.columns, self.drawn) = (line.len(), Some(Instant::now()));
        }
    }
}

fn line(done: usize, total: Option<usize>) -> String {
    match total {
        Some(total) => format!("{done} of {total} articles"),
        None => format!("{done} articles"),
    }
}

fn write(line: &str) {
    let mut err = io::stderr().lock();
    // Nothing depends on its being seen.
    let _ = err.write_all(line.as_bytes()).and_then(|()| err.flush());
}
