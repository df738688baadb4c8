//! What is printed: exact into a pipe or a file, made safe for a terminal; a pipe that is closed ends it quietly.

use std::io::{self, IsTerminal, Write};

use crate::shell::failure::{Failure, Result, reason};
use crate::text;

/// Prints text to standard output.
pub fn print(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    let shown = if out.is_terminal() { text::clean_lines(text) } else { text.into() };
    out.write_all(shown.as_bytes()).and_then(|()| out.flush()).map_err(cannot_print)
}

/// Prints a message to standard error.
pub fn warn(message: impl std::fmt::Display) {
    // There is nobody left to tell when this fails.
    let _ = writeln!(io::stderr(), "{}", text::clean_lines(&message.to_string()));
}

fn cannot_print(error: io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::closed_pipe(),
        _ => Failure::new(format!("cannot write: standard output: {}", reason(&error)), "is the disk full?"),
    }
}
