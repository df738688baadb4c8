//! What went wrong at the edge of the program, said in three parts: what, where, what next.

use std::fmt;
use std::io;
use std::path::Path;

use crate::text;

/// The exit code of a program that did not do what it was asked.
pub const FAILED: u8 = 1;

/// A reason to stop: one line, and a hint when there is something to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `what: where`.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
    /// What the program exits with.
    pub code: u8,
}

pub type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    pub fn new(message: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure { message: message.into(), hint: hint.into(), code: FAILED }
    }

    /// Returns the failure that is none: whoever read what was printed has read enough.
    pub fn closed_pipe() -> Failure {
        Failure { message: String::new(), hint: String::new(), code: 0 }
    }

    /// Returns whether there is nothing to say.
    pub fn is_quiet(&self) -> bool {
        self.message.is_empty()
    }

    /// Returns the failure of an operation on a file: `cannot write: notes.toml: no space left on device`.
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Failure {
        Failure::new(format!("cannot {doing}: {}: {}", path.display(), reason(error)), String::new())
    }
}

/// Returns the system's reason as a phrase: without its number and its capital.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// As it is printed, safe for a terminal whatever a file's name holds.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "demarche: {}", text::clean(&self.message))?;
        match self.hint.as_str() {
            "" => Ok(()),
            hint => write!(f, "\n  hint: {}", text::clean(hint)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_line_and_a_hint() {
        let failure = Failure::new("no such file: 'a\x1b]52;c;x\x07.txt'", "look again");
        assert_eq!(failure.to_string(), "demarche: no such file: 'a␛]52;c;x␇.txt'\n  hint: look again");
        assert_eq!(Failure::new("not now", "").to_string(), "demarche: not now");
    }

    #[test]
    fn the_systems_reason_is_a_phrase() {
        let error = io::Error::from_raw_os_error(2);
        assert_eq!(reason(&error), "no such file or directory");
        let failure = Failure::io("write", Path::new("notes.toml"), &error);
        assert_eq!(failure.message, "cannot write: notes.toml: no such file or directory");
    }
}
