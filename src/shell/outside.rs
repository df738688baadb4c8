//! Other programs that have the terminal for a while: the reader's editor, and what opens links. Never a shell.

use std::env;
use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions};
use std::io::{self, IsTerminal, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use tempfile::TempDir;

use super::failure::{Failure, Result};
use super::program::cannot_run;
use super::save::create_private_folder;

/// What the reader wrote, and the folder that still holds it until it is saved.
#[derive(Debug)]
pub struct Written {
    pub text: String,
    pub folder: TempDir,
}

/// Lets the reader write in `$VISUAL` or `$EDITOR`. The text comes back whatever the editor's exit code: it is the
/// reader's, and a crash is no reason to lose it.
pub fn edit(text: &str, folder: &Path) -> Result<Written> {
    let words = editor()?;
    let cannot = |error: io::Error| Failure::io("write", folder, &error);
    create_private_folder(folder).map_err(cannot)?;
    let folder = tempfile::Builder::new().prefix("note-").tempdir_in(folder).map_err(cannot)?;
    let path = folder.path().join("NOTE.md");
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    drop(file);
    run(&words, path.as_os_str(), "set VISUAL or EDITOR to a program that is there")?;
    let bytes = fs::read(&path).map_err(|error| Failure::io("read", &path, &error))?;
    Ok(Written { text: String::from_utf8_lossy(&bytes).into_owned(), folder })
}

/// Hands a link to the configured program.
pub fn open_link(open: &[String], link: &str) -> Result<()> {
    check_link(link)?;
    let ended = run(open, link.as_ref(), "`open` in config.toml names the program")?;
    if ended.success() {
        return Ok(());
    }
    Err(Failure::new(format!("'{}' could not open: {link}", open.join(" ")), "`open` in config.toml names the program"))
}

/// A document's link is opened only when it can be nothing but a page or an address.
pub(super) fn check_link(link: &str) -> Result<()> {
    let lower = link.to_ascii_lowercase();
    let is_known = ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let is_plain = link.chars().all(|c| !c.is_control() && !c.is_whitespace()) && crate::text::clean(link) == link;
    if is_known && is_plain {
        return Ok(());
    }
    Err(Failure::new(format!("not a link to open: {link}"), "only http, https and mailto links are opened"))
}

fn editor() -> Result<Vec<String>> {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let editor = set("VISUAL").or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let hint = "set EDITOR to a program and its arguments, quoted as in a shell";
    shell_words::split(&editor).map_err(|_| Failure::new(format!("cannot read the name of the editor: {editor}"), hint))
}

/// Runs a program with the terminal as its standard input, and waits for it.
fn run(words: &[String], last: &OsStr, hint: &str) -> Result<ExitStatus> {
    let Some((program, arguments)) = words.split_first() else {
        return Err(Failure::new("no program is named", hint));
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(last);
    if !io::stdin().is_terminal() {
        // The article came through standard input.
        command.stdin(File::open("/dev/tty").map_or_else(|_| Stdio::null(), Stdio::from));
    }
    command.status().map_err(|error| cannot_run(program, &error, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_and_addresses_are_opened() {
        for link in ["https://example.org/a?b=c#d", "HTTP://EXAMPLE.ORG", "mailto:desk@example.org"] {
            assert_eq!(check_link(link), Ok(()), "{link}");
        }
        let refused = [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "-https://example.org",
            "https://a b",
            "https://a\n-x",
            "https://a\x1b[31m",
            "https://a\u{202e}b",
            "/relative",
            "",
        ];
        for link in refused {
            assert!(check_link(link).is_err(), "{link}");
        }
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let failure = open_link(&["no-such-program-here".to_owned()], "https://example.org").unwrap_err();
        assert_eq!(failure.message, "cannot run 'no-such-program-here': no such file or directory");
        assert!(!failure.hint.is_empty());
    }

    #[test]
    fn the_link_is_one_argument() {
        let open = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            open_link(&words, "https://example.org/$(touch%20x);a")
        };
        assert_eq!(open(&["true"]), Ok(()));
        assert!(open(&["false"]).is_err());
    }
}
