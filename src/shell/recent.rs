//! Which articles were read last, kept in the state folder: a list for the reader's own use, never part of the notes.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::save::{create_private_folder, replace_quickly};

/// An article that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    /// Where it was, as it was opened last; absolute.
    pub path: PathBuf,
    /// Its title, or its name when it has none.
    pub title: String,
    /// Where its notes are or would be kept.
    pub notes: PathBuf,
    pub opened: Timestamp,
}

#[derive(Default, Serialize, Deserialize)]
struct Kept {
    #[serde(default)]
    document: Vec<Recent>,
}

/// The most articles remembered.
const MOST: usize = 200;

const FILE: &str = "recent.toml";

/// Returns the articles that were read, the latest first. A list that cannot be read is as good as none.
pub fn load(state: &Path) -> Vec<Recent> {
    let kept = fs::read_to_string(state.join(FILE)).ok().and_then(|text| toml::from_str::<Kept>(&text).ok());
    kept.unwrap_or_default().document
}

/// Puts an article first in the list; the oldest of a long list are forgotten.
pub fn remember(state: &Path, recent: Recent) -> io::Result<()> {
    let mut document = load(state);
    document.retain(|other| other.path != recent.path);
    document.insert(0, recent);
    document.truncate(MOST);
    // A name that is no Unicode text cannot be written here.
    let text = toml::to_string(&Kept { document }).map_err(io::Error::other)?;
    create_private_folder(state)?;
    replace_quickly(&state.join(FILE), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recent(path: &str, second: i64) -> Recent {
        let opened = Timestamp::from_second(second).unwrap();
        Recent { path: path.into(), title: format!("On “{path}”\u{1b}"), notes: "/n.notes.toml".into(), opened }
    }

    #[test]
    fn the_latest_is_first_and_stands_once() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        assert_eq!(load(&state), []);
        for (path, second) in [("/a.txt", 1), ("/b.txt", 2), ("/a.txt", 3)] {
            remember(&state, recent(path, second)).unwrap();
        }
        assert_eq!(load(&state), [recent("/a.txt", 3), recent("/b.txt", 2)]);
    }

    #[test]
    fn the_list_does_not_grow_for_ever() {
        let state = tempfile::tempdir().unwrap();
        for number in 0..MOST + 3 {
            remember(state.path(), recent(&format!("/{number}.txt"), 0)).unwrap();
        }
        let list = load(state.path());
        assert_eq!((list.len(), list[0].path.as_path()), (MOST, Path::new("/202.txt")));
    }

    #[test]
    fn a_broken_list_is_begun_anew() {
        let state = tempfile::tempdir().unwrap();
        fs::write(state.path().join(FILE), "document = 3").unwrap();
        assert_eq!(load(state.path()), []);
        remember(state.path(), recent("/a.txt", 1)).unwrap();
        assert_eq!(load(state.path()).len(), 1);
    }

    #[test]
    fn a_name_that_is_no_text_is_not_remembered_and_costs_nothing_else() {
        use std::os::unix::ffi::OsStrExt;
        let state = tempfile::tempdir().unwrap();
        remember(state.path(), recent("/a.txt", 1)).unwrap();
        let path = PathBuf::from(std::ffi::OsStr::from_bytes(b"/\xFF.txt"));
        assert!(remember(state.path(), Recent { path, ..recent("", 2) }).is_err());
        assert_eq!(load(state.path()), [recent("/a.txt", 1)]);
    }
}
