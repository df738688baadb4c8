//! All notes files there are, those of the data folder and those of articles that were read lately; and the articles.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::failure::{Failure, Result};
use super::files::{ENDING, Places, beside_file};
use super::keeper::LARGEST;
use super::recent::{self, Recent};
use super::source::read_file;
use crate::annotation::{Entry, Gathered, gather};
use crate::app::start::{Article, Line};

/// Returns the notes files, each once however it is reached, in the order of their names.
pub fn files(places: &Places, recent: &[Recent]) -> Vec<PathBuf> {
    let mut files = files_in(&places.data.join("notes"));
    for Recent { path, notes, .. } in recent {
        files.push(notes.clone());
        files.push(beside_file(path));
    }
    files.retain(|path| path.is_file());
    files.sort();
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(real(path)));
    files
}

/// Returns the articles that were read, the latest first, and then those of which nothing but the notes is there.
pub fn articles(places: &Places) -> Vec<Article> {
    let recent = recent::load(&places.state);
    let mut known = HashSet::new();
    let mut articles: Vec<Article> = Vec::new();
    for Recent { path, title, notes, opened } in &recent {
        let gathered = read(notes).ok();
        known.insert(real(notes));
        articles.push(Article {
            title: title.clone(),
            place: path.display().to_string(),
            path: Some(path.clone()),
            opened: Some(*opened),
            notes: gathered.map_or_else(Vec::new, |gathered| lines(&gathered)),
        });
    }
    let others = files(places, &recent).into_iter().filter(|path| !known.contains(&real(path)));
    articles.extend(others.filter_map(|path| {
        let gathered = read(&path).ok().filter(|gathered| !gathered.entries.is_empty())?;
        let place = gathered.file.clone().unwrap_or_else(|| gathered.path.clone());
        let notes = lines(&gathered);
        Some(Article { title: gathered.title, path: None, place, opened: None, notes })
    }));
    articles
}

fn lines(gathered: &Gathered) -> Vec<Line> {
    let line = |entry: &Entry| Line { id: entry.id.clone(), text: gather::whole_line(entry) };
    gathered.entries.iter().map(line).collect()
}

/// Returns the one path of a file, however it is reached.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

/// Returns the notes files of a folder, or the one file that was named instead.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    if folder.is_file() {
        return vec![folder.to_owned()];
    }
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.as_os_str().as_encoded_bytes().ends_with(ENDING.as_bytes())).collect();
    files.sort();
    files
}

/// Reads the notes of one document without the document.
pub fn read(path: &Path) -> Result<Gathered> {
    let hint = "it is left out; mend it by hand";
    let bytes = read_file(path, LARGEST).map_err(|failure| Failure::new(failure.message, hint))?;
    let toml =
        String::from_utf8(bytes).map_err(|_| Failure::new(format!("{}: not UTF-8 text", path.display()), hint))?;
    Gathered::read(&path.display().to_string(), &toml).map_err(|error| {
        let place = format!("{}:{}:{}", path.display(), error.line, error.column);
        Failure::new(format!("{place}: {}", error.reason), hint)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn each_file_is_found_once() {
        let folder = tempfile::tempdir().unwrap();
        let places = Places::new(|_| None, Some(folder.path().into()));
        let notes = places.data.join("notes");
        fs::create_dir_all(&notes).unwrap();
        let at = |name: &str| folder.path().join(name);
        let others = ["a.notes.toml", "far.toml", "talks.notes.toml"].map(at);
        for path in [notes.join("b-1.notes.toml"), notes.join("draft.toml")].into_iter().chain(others) {
            fs::write(path, "").unwrap();
        }
        std::os::unix::fs::symlink(at("a.notes.toml"), notes.join("link.notes.toml")).unwrap();
        let recent = |path: &str, notes: PathBuf| Recent {
            path: at(path),
            title: String::new(),
            notes,
            opened: Timestamp::UNIX_EPOCH,
        };
        let recent = [
            recent("a.txt", notes.join("b-1.notes.toml")),
            recent("c.md", at("far.toml")),
            recent("-talks.txt", at("far.toml")),
        ];
        let names: Vec<PathBuf> = files(&places, &recent);
        // The sample and what came from a pipe are in the data folder; `a.notes.toml` is reached by its link first.
        let found = |name: &str| names.iter().filter(|path| path.ends_with(name)).count();
        assert_eq!((found("b-1.notes.toml"), found("far.toml"), found("draft.toml"), names.len()), (1, 1, 0, 4));
        assert_eq!(found("talks.notes.toml"), 1, "the name that notes have beside an article");
    }

    #[test]
    fn a_bad_file_is_named_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.notes.toml");
        for (bytes, reason) in [(&b"\n[[note]\n"[..], ":2:"), (b"\xFF", ": not UTF-8 text")] {
            fs::write(&path, bytes).unwrap();
            let failure = read(&path).unwrap_err();
            assert!(failure.message.starts_with(&format!("{}{reason}", path.display())), "{failure:?}");
        }
    }
}
