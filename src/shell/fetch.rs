//! Pages from elsewhere, fetched by a program that the reader names. This program opens no connection of its own.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

use super::failure::{Failure, Result, reason};
use super::outside::check_link;
use super::program::{complaint, why};
use super::source::{Source, read_most};

/// Returns whether what stands on a command line is the address of a page.
pub fn is_address(path: &Path) -> bool {
    let starts = |scheme: &str| {
        path.to_str().and_then(|path| path.get(..scheme.len())).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    starts("https://") || starts("http://")
}

/// Fetches a page by the program of the settings, run without a shell; what it prints is the page.
pub fn fetch(fetch: &[String], address: &Path, most: u64) -> Result<Source> {
    let shown = address.display();
    let hint = "`fetch` in config.toml names the program";
    let Some((program, arguments)) = fetch.split_first() else {
        let hint = format!("curl -fsSL {shown} | demarche -, or name the program once: `fetch` in config.toml");
        return Err(Failure::new(format!("no program to fetch pages with: {shown}"), hint));
    };
    check_link(&address.to_string_lossy())?;
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let cannot_run = |error: io::Error| Failure::new(format!("cannot run '{program}': {}", reason(&error)), hint);
    let mut child = command.spawn().map_err(cannot_run)?;
    let complaint = complaint(&mut child);
    let page = child.stdout.take().map_or_else(|| Ok(Vec::new()), |page| read_most(page, 0, most, address));
    if page.is_err() {
        // It would wait for ever for somebody to read the rest.
        let _ = child.kill();
    }
    let ended = child.wait().map_err(cannot_run)?;
    let complaint = complaint.join().unwrap_or_default();
    let bytes = page?;
    if !ended.success() {
        return Err(Failure::new(format!("'{program}' could not fetch: {shown}{}", why(ended, &complaint)), hint));
    }
    if bytes.is_empty() {
        return Err(Failure::new(format!("'{program}' fetched nothing: {shown}"), hint));
    }
    Ok(Source { name: name_of(&address.to_string_lossy()), path: None, bytes })
}

/// Returns what to call a page: the last part of its address, or the site.
fn name_of(address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').find(|part| !part.is_empty()).unwrap_or("page").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(command: &[&str], most: u64, expected: std::result::Result<&[u8], &str>) {
        let words: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        let fetched = fetch(&words, Path::new("https://example.org/a/talks.html?x=1"), most);
        let found = fetched.as_ref().map(|source| source.bytes.as_slice()).map_err(|failure| failure.message.as_str());
        assert_eq!(found, expected);
        assert!(fetched.map_or_else(|failure| !failure.hint.is_empty(), |source| source.name == "talks.html"));
    }

    #[test]
    fn what_a_program_prints_is_the_page() {
        check(&["echo", "-n"], 100, Ok(b"https://example.org/a/talks.html?x=1"));
        check(
            &["sh", "-c", "echo \"$1\" >&2; exit 22", "no such page"],
            9,
            Err("'sh' could not fetch: https://example.org/a/talks.html?x=1: https://example.org/a/talks.html?x=1"),
        );
        check(&["false"], 9, Err("'false' could not fetch: https://example.org/a/talks.html?x=1: exit status: 1"));
        check(&["true"], 9, Err("'true' fetched nothing: https://example.org/a/talks.html?x=1"));
        check(&["sh", "-c", "yes"], 9, Err("larger than 0 MB: https://example.org/a/talks.html?x=1"));
        check(&["no-such-program-here"], 9, Err("cannot run 'no-such-program-here': no such file or directory"));
        check(&[], 9, Err("no program to fetch pages with: https://example.org/a/talks.html?x=1"));
    }

    #[test]
    fn an_address_is_none_of_a_file() {
        assert!(is_address(Path::new("https://example.org")) && is_address(Path::new("HTTP://example.org/a")));
        assert!(!is_address(Path::new("https.html")) && !is_address(Path::new("file:///etc/passwd")));
        assert_eq!(name_of("https://example.org/"), "example.org");
        let failure = fetch(&["echo".to_owned()], Path::new("https://example.org/\u{1b}[31m"), 9).unwrap_err();
        assert!(failure.message.starts_with("not a link to open"));
    }
}
