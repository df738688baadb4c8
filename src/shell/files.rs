//! Where things are kept: the user's folders, and the notes file of a document.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::failure::{Failure, reason};
use crate::annotation::{Notes, article_of};
use crate::document::Document;

/// The user's folders for this program; none of them need exist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// What the user writes: `config.toml`, `keys.toml`, `lexicon.toml`.
    pub config: PathBuf,
    /// What must not be lost: notes.
    pub data: PathBuf,
    /// What makes the next session like the last: places, drafts, backups, the history of undo.
    pub state: PathBuf,
}

/// Below a file nothing can be made: without a home every write fails, and says why, but reading goes on.
const NOWHERE: &str = "/dev/null/no-home";

impl Places {
    /// Returns the folders that the environment names.
    pub fn find() -> Places {
        Places::new(|name| std::env::var_os(name), std::env::home_dir())
    }

    /// Returns the folders by the XDG rules.
    pub fn new(variable: impl Fn(&str) -> Option<OsString>, home: Option<PathBuf>) -> Places {
        let home = home.filter(|home| home.is_absolute()).unwrap_or_else(|| NOWHERE.into());
        let folder = |name: &str, below_home: &str| {
            // The rules say that a path that is not absolute is to be ignored.
            let named = variable(name).map(PathBuf::from).filter(|path| path.is_absolute());
            named.unwrap_or_else(|| home.join(below_home)).join("demarche")
        };
        Places {
            config: folder("XDG_CONFIG_HOME", ".config"),
            data: folder("XDG_DATA_HOME", ".local/share"),
            state: folder("XDG_STATE_HOME", ".local/state"),
        }
    }
}

/// Returns the failure of writing a file, with what to do about it.
pub(super) fn not_written(what: &str, path: &Path, error: &io::Error) -> Failure {
    use io::ErrorKind::{NotADirectory, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    let hint = match error.kind() {
        _ if path.starts_with(NOWHERE) => "set HOME, or use --notes PATH",
        StorageFull | QuotaExceeded => "make room: it is tried again",
        PermissionDenied | ReadOnlyFilesystem | NotADirectory => "choose another place: --notes PATH",
        _ => "it is tried again; or use --notes PATH",
    };
    // The path is the longest part, so it comes last: a narrow screen cuts it.
    Failure::new(format!("{what}, {}: {}", reason(error), path.display()), hint)
}

/// Where the notes of a document are or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub path: PathBuf,
    /// What the reader should know about the choice.
    pub notice: Option<String>,
}

/// What the name of every notes file ends with.
pub const ENDING: &str = ".notes.toml";

/// Returns where the notes of a document are kept.
///
/// In this order: where the reader says; beside the document, if a file is there or is wished there; in the data
/// folder the file that names this very text by its SHA-256, then one that names the document's file and in which at
/// least half of the entries have a place in this text (two articles may both be called `article.txt`), then a new
/// one. What came from standard input has no name worth comparing. The names of the files say which may be meant, so
/// that the SHA-256 is needed only where there are notes.
pub fn notes_path(
    places: &Places,
    document: &Document,
    file: Option<&Path>,
    wish: Option<&Path>,
    beside: bool,
) -> Location {
    let stem = stem(&document.name);
    if let Some(path) = wish {
        let is_folder = path.is_dir() || path.as_os_str().as_encoded_bytes().ends_with(b"/");
        let path = if is_folder { path.join(format!("{stem}{ENDING}")) } else { path.to_owned() };
        return Location { path, notice: None };
    }
    let mut notice = None;
    if let Some(file) = file {
        let (folder, path) = (folder_of(file), beside_file(file));
        if path.symlink_metadata().is_ok() || (beside && tempfile::tempfile_in(folder).is_ok()) {
            return Location { path, notice };
        }
        if beside {
            notice =
                Some(format!("notes are kept in {}: {} cannot be written to", places.data.display(), folder.display()));
        }
    }
    Location { path: in_data_folder(&places.data.join("notes"), document, &stem), notice }
}

/// Returns where the notes of a document's file are when they are kept beside it.
pub fn beside_file(file: &Path) -> PathBuf {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    folder_of(file).join(format!("{}{ENDING}", stem(&name)))
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn in_data_folder(folder: &Path, document: &Document, stem: &str) -> PathBuf {
    let new = format!("{stem}-{}{ENDING}", &document.fingerprint()[..8]);
    let mut files: Vec<(bool, PathBuf)> = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let by_text = name.ends_with(&new[stem.len()..]);
        let by_name = document.name != "-" && name.ends_with(ENDING) && name.starts_with(&format!("{stem}-"));
        if by_text || by_name {
            files.push((!by_text, entry.path()));
        }
    }
    files.sort();
    let texts: Vec<(PathBuf, String)> =
        files.into_iter().filter_map(|(_, path)| Some((path.clone(), fs::read_to_string(path).ok()?))).collect();
    let same_text = texts.iter().find(|(_, text)| article_of(text).1.as_deref() == Some(document.sha256()));
    let same_name = || texts.iter().find(|(_, text)| is_earlier_version(document, text));
    same_text.or_else(same_name).map_or_else(|| folder.join(new), |(path, _)| path.clone())
}

/// Returns whether notes are of an earlier version of the document.
fn is_earlier_version(document: &Document, notes: &str) -> bool {
    if document.name == "-" || article_of(notes).0.as_deref() != Some(&document.name) {
        return false;
    }
    let Ok(notes) = Notes::parse(notes, document) else { return false };
    let placed: Vec<_> = notes.entries().iter().filter(|entry| entry.target.is_some()).collect();
    let found = placed.iter().filter(|entry| notes.anchor(&entry.id).span().is_some()).count();
    found * 2 >= placed.len() && found > 0
}

/// Returns the document's name without its ending, fit for a file name.
fn stem(name: &str) -> String {
    const LONGEST: usize = 100;
    let name = if name == "-" { "standard-input" } else { name };
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let fit: String = stem.chars().map(|c| if c.is_control() || c == '/' || c == '\\' { '_' } else { c }).collect();
    match fit[..fit.floor_char_boundary(LONGEST)].trim_start_matches(['.', '-']) {
        "" => "document".into(),
        fit => fit.into(),
    }
}

/// Returns a short name for something long, the same each time.
pub(super) fn short_name(long: &[u8]) -> String {
    Sha256::digest(long).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(folder: &Path) -> Places {
        Places::new(|_| None, Some(folder.into()))
    }

    fn document(name: &str, text: &str) -> Document {
        Document::read(name, text.to_owned(), None)
    }

    #[test]
    fn folders_follow_the_environment() {
        let variable = |name: &str| match name {
            "XDG_DATA_HOME" => Some("/data".into()),
            "XDG_STATE_HOME" => Some("not/absolute".into()),
            _ => None,
        };
        let places = Places::new(variable, Some("/home/ada".into()));
        assert_eq!(places.config, Path::new("/home/ada/.config/demarche"));
        assert_eq!(places.data, Path::new("/data/demarche"));
        assert_eq!(places.state, Path::new("/home/ada/.local/state/demarche"));
    }

    #[test]
    fn without_a_home_nothing_is_written_and_the_hint_says_why() {
        let places = Places::new(|_| None, None);
        let error = fs::create_dir_all(&places.data).unwrap_err();
        let failure = not_written("notes not saved", &places.data, &error);
        assert!(failure.hint.starts_with("set HOME"), "{failure}");
    }

    #[test]
    fn each_reason_has_something_to_do_about_it() {
        use io::ErrorKind::{Other, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        for (kind, hint) in [
            (StorageFull, "make room: it is tried again"),
            (QuotaExceeded, "make room: it is tried again"),
            (PermissionDenied, "choose another place: --notes PATH"),
            (ReadOnlyFilesystem, "choose another place: --notes PATH"),
            (Other, "it is tried again; or use --notes PATH"),
        ] {
            let failure = not_written("notes not saved", Path::new("a.toml"), &kind.into());
            assert!(failure.message.starts_with("notes not saved, ") && failure.message.ends_with(": a.toml"));
            assert_eq!(failure.hint, hint);
        }
    }

    #[test]
    fn the_reader_decides_first() {
        let folder = tempfile::tempdir().unwrap();
        let (places, document) = (places(folder.path()), document("a.txt", "x"));
        let check = |path: &Path, expected: &Path| {
            assert_eq!(notes_path(&places, &document, None, Some(path), false).path, expected);
        };
        check(Path::new("/some/file.toml"), Path::new("/some/file.toml"));
        check(Path::new("/some/folder/"), Path::new("/some/folder/a.notes.toml"));
        check(folder.path(), &folder.path().join("a.notes.toml"));
    }

    #[test]
    fn a_file_beside_the_document_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let (places, document) = (places(folder.path()), document("a.b.txt", "x"));
        let (file, beside) = (folder.path().join("a.b.txt"), folder.path().join("a.b.notes.toml"));
        let path = |beside| notes_path(&places, &document, Some(&file), None, beside).path;
        assert!(path(false).starts_with(places.data.join("notes")));
        assert_eq!(path(true), beside);
        fs::write(&beside, "").unwrap();
        assert_eq!(path(false), beside);
    }

    #[test]
    fn where_nothing_can_be_written_the_data_folder_is_used_with_a_notice() {
        let folder = tempfile::tempdir().unwrap();
        let (places, document) = (places(folder.path()), document("a.txt", "x"));
        let location = notes_path(&places, &document, Some(Path::new("/proc/a.txt")), None, true);
        assert!(
            location.path.starts_with(&places.data) && location.notice.unwrap().ends_with("/proc cannot be written to")
        );
    }

    #[test]
    fn in_the_data_folder_the_text_is_known_by_its_hash_then_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let places = places(folder.path());
        let mut old = document("a.txt", "The harbour was closed for a week. Nobody knew why.");
        let path = |document: &Document| notes_path(&places, document, None, None, false).path;
        let first = path(&old);
        fs::create_dir_all(first.parent().unwrap()).unwrap();
        let head = format!("[article]\nfile = \"a.txt\"\nsha256 = \"{}\"\n", old.sha256());
        fs::write(&first, head + "\n[[note]]\nquote = \"harbour was closed\"\n").unwrap();
        old.name = "renamed.txt".into();
        assert_eq!(path(&old), first);
        assert_eq!(path(&document("a.txt", "At last: the harbour was closed for a week.")), first);
        assert_ne!(path(&document("a.txt", "Another article with the same name.")), first);
        assert_ne!(path(&document("-", "At last: the harbour was closed for a week.")), first);
    }

    #[test]
    fn names_are_fit_for_files() {
        for (name, expected) in
            [("-", "standard-input"), ("../x/y.txt", "_x_y"), (".txt", "document"), ("a\u{1b}.md", "a_")]
        {
            assert_eq!(stem(name), expected);
        }
    }
}
