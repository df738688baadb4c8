//! The names of the articles: those of the command line, then those of a list that is read as far as it is needed.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::slice;

use crate::shell::failure::{Failure, Result};

pub struct Names<'a> {
    files: slice::Iter<'a, PathBuf>,
    list: Option<&'a Path>,
    opened: Option<List>,
}

impl Names<'_> {
    /// `list` names a file of names; `-` is standard input.
    pub fn new<'a>(files: &'a [PathBuf], list: Option<&'a Path>) -> Names<'a> {
        Names { files: files.iter(), list, opened: None }
    }
}

impl Iterator for Names<'_> {
    type Item = Result<PathBuf>;

    fn next(&mut self) -> Option<Result<PathBuf>> {
        if let Some(file) = self.files.next() {
            return Some(Ok(file.clone()));
        }
        if let Some(list) = self.list.take() {
            match List::open(list) {
                Ok(opened) => self.opened = Some(opened),
                Err(failure) => return Some(Err(failure)),
            }
        }
        self.opened.as_mut()?.next()
    }
}

/// Names one a line, or each with a zero byte behind it, as `find -print0` writes them.
struct List {
    input: Box<dyn BufRead + Send>,
    name: PathBuf,
    end: u8,
}

/// No name is longer; what is, is no list of names.
const LONGEST: u64 = 64 << 10;

impl List {
    fn open(path: &Path) -> Result<List> {
        if path == Path::new("-") {
            return List::new(io::stdin(), path);
        }
        let file = File::open(path).map_err(|error| Failure::io("open", path, &error))?;
        List::new(file, path)
    }

    fn new(input: impl Read + Send + 'static, path: &Path) -> Result<List> {
        let mut input = BufReader::new(input);
        let start = input.fill_buf().map_err(|error| Failure::io("read", path, &error))?;
        let end = if start.contains(&0) { 0 } else { b'\n' };
        Ok(List { input: Box::new(input), name: path.to_owned(), end })
    }

    /// Returns the next name that is not empty.
    fn next(&mut self) -> Option<Result<PathBuf>> {
        loop {
            let mut name = Vec::new();
            if let Err(error) = (&mut self.input).take(LONGEST).read_until(self.end, &mut name) {
                // It would fail again.
                self.input = Box::new(io::empty());
                return Some(Err(Failure::io("read", &self.name, &error)));
            }
            if name.is_empty() {
                return None;
            }
            let name = name.strip_suffix(&[self.end]).unwrap_or(&name);
            let name = if self.end == 0 { name } else { name.trim_ascii_end() };
            if !name.is_empty() {
                return Some(Ok(path(name)));
            }
        }
    }
}

/// A name is bytes and need not be text.
#[cfg(unix)]
fn path(name: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(name))
}

#[cfg(not(unix))]
fn path(name: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(name).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &'static [u8], expected: &[&str]) {
        let mut list = List::new(list, Path::new("list")).unwrap();
        let names: Vec<PathBuf> = std::iter::from_fn(|| list.next()).map(Result::unwrap).collect();
        assert_eq!(names, expected.iter().map(PathBuf::from).collect::<Vec<_>>());
    }

    #[test]
    fn names_are_lines_or_end_with_a_zero_byte() {
        check(b"a.txt\nb c.txt\r\n\nd.txt", &["a.txt", "b c.txt", "d.txt"]);
        check(b"a\nb.txt\0 c.txt\0", &["a\nb.txt", " c.txt"]);
        check(b"", &[]);
    }

    #[test]
    fn a_list_that_is_not_there_is_one_failure() {
        let files = [PathBuf::from("a.txt")];
        let names: Vec<_> = Names::new(&files, Some(Path::new("/no/such/list"))).collect();
        assert_eq!(names.len(), 2);
        assert_eq!(names[0], Ok(PathBuf::from("a.txt")));
        assert!(names[1].is_err());
    }
}
