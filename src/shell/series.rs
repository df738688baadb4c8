//! The files that a command line names, read one after the other as `less` does: where the reader is among them, and
//! which can be read.

use std::path::{Path, PathBuf, absolute};

use super::failure::{Failure, Result};
use crate::app::state::Turn;

/// The files, the one that is read or was read last, and whether another article is read that is none of them.
#[derive(Debug, Default)]
pub struct Series {
    files: Vec<PathBuf>,
    at: usize,
    is_left: bool,
}

/// What looking for a file that can be read came to.
#[derive(Debug, PartialEq, Eq)]
pub struct Found<T> {
    /// The file and what was read; absent when there is none further on.
    pub opened: Option<(PathBuf, T)>,
    /// Why others were passed over.
    pub missed: Vec<Failure>,
}

impl Series {
    pub fn new(files: Vec<PathBuf>) -> Series {
        Series { files, at: 0, is_left: false }
    }

    /// Opens the first file that can be read.
    pub fn begin<T>(&mut self, open: impl FnMut(&Path) -> Result<T>) -> Found<T> {
        self.look(0, true, open)
    }

    /// Opens the file so many steps on, or back; one that cannot be read is passed over in that direction, and where none
    /// is left the reader stays.
    pub fn step<T>(&mut self, steps: isize, open: impl FnMut(&Path) -> Result<T>) -> Found<T> {
        let last = self.files.len().saturating_sub(1);
        let next = self.at.saturating_add_signed(steps).min(last);
        match next == self.at {
            true => Found { opened: None, missed: Vec::new() },
            false => self.look(next, steps > 0, open),
        }
    }

    /// Goes on from an article that was opened otherwise, which may be one of the files.
    pub fn go_to(&mut self, path: &Path) {
        let path = absolute(path).ok();
        let is_it = |at: &usize| self.files.get(*at).is_some_and(|file| absolute(file).ok() == path);
        // A file that is named twice is the one that was gone to.
        let found = Some(self.at).filter(is_it).or_else(|| (0..self.files.len()).find(is_it));
        self.is_left = found.is_none();
        self.at = found.unwrap_or(self.at);
    }

    /// Returns which of the files is read; `None` while another is, and where it is the only one.
    pub fn turn(&self) -> Option<Turn> {
        (self.has_several() && !self.is_left).then_some(Turn { number: self.at + 1, of: self.files.len() })
    }

    /// Returns the file that is read or was read last, as it is named on the command line.
    pub fn file(&self) -> Option<&Path> {
        self.files.get(self.at).map(PathBuf::as_path)
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub fn has_several(&self) -> bool {
        self.files.len() > 1
    }

    fn look<T>(&mut self, from: usize, forward: bool, mut open: impl FnMut(&Path) -> Result<T>) -> Found<T> {
        let mut missed = Vec::new();
        let mut next = Some(from);
        while let Some((at, file)) = next.and_then(|at| Some((at, self.files.get(at)?))) {
            match open(file) {
                Ok(opened) => {
                    (self.at, self.is_left) = (at, false);
                    return Found { opened: Some((file.clone(), opened)), missed };
                }
                Err(failure) => missed.push(failure),
            }
            next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
        }
        Found { opened: None, missed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps through files; those that begin with `-` cannot be read. Returns where the reader is, and what was missed.
    #[track_caller]
    fn check(files: &[&str], steps: &[isize], expected: &[(&str, usize)]) {
        let mut series = Series::new(files.iter().map(PathBuf::from).collect());
        let open = |path: &Path| match path.to_string_lossy().starts_with('-') {
            true => Err(Failure::new(path.to_string_lossy(), "")),
            false => Ok(()),
        };
        let shown = |found: Found<()>| {
            let opened = found.opened.map_or_else(String::new, |(path, ())| path.to_string_lossy().into_owned());
            (opened, found.missed.len())
        };
        let mut came = vec![shown(series.begin(open))];
        came.extend(steps.iter().map(|&steps| shown(series.step(steps, open))));
        assert_eq!(came, expected.iter().map(|&(name, missed)| (name.to_owned(), missed)).collect::<Vec<_>>());
    }

    #[test]
    fn files_follow_each_other() {
        check(&["a", "b", "c"], &[1, 1, 1, -2, -1], &[("a", 0), ("b", 0), ("c", 0), ("", 0), ("a", 0), ("", 0)]);
        check(&["a"], &[1, -1], &[("a", 0), ("", 0), ("", 0)]);
        check(&["a", "b", "c"], &[9, -9], &[("a", 0), ("c", 0), ("a", 0)]);
    }

    #[test]
    fn what_cannot_be_read_is_passed_over() {
        check(&["-a", "b", "-c", "d"], &[1, -1, -1, 9], &[("b", 1), ("d", 1), ("b", 1), ("", 1), ("d", 0)]);
        check(&["-a", "-b"], &[], &[("", 2)]);
        check(&["a", "-b"], &[1, -1], &[("a", 0), ("", 1), ("", 0)]);
    }

    #[test]
    fn a_file_of_the_series_is_known_by_its_name() {
        let mut series =
            Series::new(["https://example.org/a", "b", "https://example.org/a"].map(PathBuf::from).to_vec());
        let turn = |number| Some(Turn { number, of: 3 });
        series.begin(|_| Ok(()));
        assert_eq!(series.turn(), turn(1), "a page has no path");
        series.go_to(&absolute("b").unwrap());
        assert_eq!(series.turn(), turn(2));
        series.go_to(Path::new("x"));
        assert_eq!((series.turn(), series.file()), (None, Some(Path::new("b"))));
        series.step(1, |_| Ok(()));
        assert_eq!(series.turn(), turn(3));
        series.go_to(Path::new("https://example.org/a"));
        assert_eq!(series.turn(), turn(3), "it is the one that was gone to");
        assert_eq!(Series::new(vec!["a".into()]).turn(), None, "there is no other");
    }
}
