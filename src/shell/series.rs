//! The files that a command line names, read one after the other as `less` does: where the reader is among them, and
//! which can be read.

use std::path::{Path, PathBuf, absolute};

use super::failure::{Failure, Result};
use crate::app::state::Turn;

/// The files, and the one that is read or was read last.
#[derive(Debug, Default)]
pub struct Series {
    files: Vec<PathBuf>,
    at: usize,
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
        Series { files, at: 0 }
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

    /// Returns which of the files a path is, and goes on from there; `None` for another, and where it is the only one.
    pub fn turn(&mut self, path: Option<&Path>) -> Option<Turn> {
        let path = absolute(path?).ok()?;
        let is_it = |file: &&PathBuf| absolute(file).is_ok_and(|file| file == path);
        // A file that is named twice is the one that was gone to.
        let at = match self.files.get(self.at).filter(is_it) {
            Some(_) => self.at,
            None => self.files.iter().position(|file| is_it(&file))?,
        };
        self.at = at;
        self.has_several().then_some(Turn { number: at + 1, of: self.files.len() })
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
                    self.at = at;
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
    fn a_file_of_the_series_is_known_by_its_path() {
        let mut series = Series::new(["a", "b", "a"].map(PathBuf::from).to_vec());
        assert_eq!(series.turn(Some(Path::new("b"))), Some(Turn { number: 2, of: 3 }));
        assert_eq!(series.turn(Some(&absolute("a").unwrap())), Some(Turn { number: 1, of: 3 }));
        assert_eq!(series.turn(Some(Path::new("x"))), None);
        series.step(2, |_| Ok(()));
        assert_eq!(series.turn(Some(Path::new("a"))), Some(Turn { number: 3, of: 3 }));
        assert_eq!(Series::new(vec!["a".into()]).turn(Some(Path::new("a"))), None, "there is no other");
    }
}
