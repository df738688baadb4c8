//! Copies that a synchronizer kept beside the notes, because two machines had changed them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Keeper, read};
use crate::annotation::{check_writable, merge};
use crate::shell::failure::{Failure, Result};

/// Notes joined with all their copies.
#[derive(Debug, PartialEq, Eq)]
pub struct Joined {
    pub toml: String,
    /// The names of the copies.
    pub copies: Vec<String>,
}

impl Keeper {
    /// Returns the copies, the oldest name first.
    pub fn copies(&self) -> Vec<PathBuf> {
        let folder = self.path().parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let Some(name) = self.path().file_name().and_then(|name| name.to_str()) else { return Vec::new() };
        let beside = fs::read_dir(folder).into_iter().flatten().flatten();
        let copies = beside.filter(|entry| entry.file_name().to_str().is_some_and(|other| is_copy(name, other)));
        let mut copies: Vec<PathBuf> = copies.map(|entry| entry.path()).collect();
        copies.sort();
        copies
    }

    /// Joins the copies into the notes and saves; then the copies are among the backups and no longer beside.
    ///
    /// What they have in common with the notes is not known, so that nothing counts as removed, and what differs is
    /// kept twice.
    pub fn join_copies(&mut self, ours: &str) -> Result<Joined> {
        let mut joined = Joined { toml: ours.to_owned(), copies: Vec::new() };
        let mut texts = Vec::new();
        for path in self.copies() {
            let cannot = |reason: String| {
                Failure::new(format!("cannot join {}: {reason}", path.display()), "mend it by hand, or move it away")
            };
            let text = read(&path).map_err(|error| cannot(crate::shell::failure::reason(&error)))?.unwrap_or_default();
            let merged = check_writable(&text).and_then(|()| merge("", &joined.toml, &text));
            let merged = merged.map_err(|error| cannot(format!("line {}: {}", error.line, error.reason)))?;
            joined.toml = merged.toml;
            joined.copies.push(path.file_name().unwrap_or_default().to_string_lossy().into_owned());
            self.conflicts.extend(merged.conflicts);
            texts.push((path, text));
        }
        self.save(&joined.toml)?;
        for (path, text) in texts {
            let moved = self.back_up(&text).and_then(|()| fs::remove_file(&path));
            moved.map_err(|error| Failure::io("remove the copy", &path, &error))?;
        }
        Ok(joined)
    }
}

/// Returns whether a file is a copy of another by its name: Syncthing's `a.sync-conflict-DATE-TIME-DEVICE.toml`, or
/// Dropbox's and Nextcloud's `a (… conflicted copy …).toml`.
fn is_copy(name: &str, other: &str) -> bool {
    let (stem, ending) = name.rsplit_once('.').map_or((name, ""), |(stem, _)| (stem, &name[stem.len()..]));
    let middle = other.strip_prefix(stem).and_then(|rest| rest.strip_suffix(ending));
    middle.is_some_and(|middle| {
        middle.starts_with(".sync-conflict-") || middle.starts_with(" (") && middle.contains("conflicted copy")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_known_by_its_name() {
        for (other, expected) in [
            ("a.notes.sync-conflict-20260102-030405-ABCDEFG.toml", true),
            ("a.notes (Ada's conflicted copy 2026-01-02).toml", true),
            ("a.notes (conflicted copy 2026-01-02 030405).toml", true),
            ("a.notes.toml", false),
            ("b.notes.sync-conflict-20260102-030405-ABCDEFG.toml", false),
            ("a.notes.sync-conflict-20260102-030405-ABCDEFG.txt", false),
            ("a.notes (old).toml", false),
        ] {
            assert_eq!(is_copy("a.notes.toml", other), expected, "{other}");
        }
        assert!(is_copy("notes", "notes.sync-conflict-1"));
    }
}
