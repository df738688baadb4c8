//! What a session leaves when it could not save, and what a save leaves that was cut off: both are found again.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Keeper, read};
use crate::annotation::{check_writable, merge};
use crate::shell::save::{put_back, save_atomically, set_aside};

/// Notes that are not in their file.
#[derive(Serialize, Deserialize)]
struct Aside {
    /// The file as it was when they were last in it.
    base: String,
    notes: String,
}

const FOLDER: &str = "unsaved";
const ENDING: &str = "json";

impl Keeper {
    /// Keeps in the state folder what could not be saved; where that fails, too, it is in memory alone.
    pub(super) fn keep_aside(&mut self, ours: &str) {
        if self.aside.as_deref() != Some(ours) {
            let aside = Aside { base: self.base.clone().unwrap_or_default(), notes: ours.to_owned() };
            let ending = format!("{}.{ENDING}", self.session);
            let kept = self.keep(FOLDER, &ending, &serde_json::to_string(&aside).unwrap_or_default(), save_atomically);
            self.aside = kept.is_ok().then(|| ours.to_owned());
        }
    }

    /// Forgets what is in the notes file by now; what cannot be removed is in the notes already when it is found again.
    pub(super) fn forget_aside(&mut self) {
        let own = self.aside.take().map(|_| self.kept(FOLDER, &format!("{}.{ENDING}", self.session)));
        for path in self.found_aside.drain(..).chain(own) {
            let _ = fs::remove_file(path);
        }
    }

    /// Returns the file's text, joined with what earlier sessions could not save; a file that cannot be joined is
    /// returned as it is, and what was kept stays kept.
    pub(super) fn with_unsaved(&mut self, disk: Option<&str>) -> Option<String> {
        let mut text = disk.map(str::to_owned);
        for path in self.all_aside() {
            let Some(joined) = joined(&path, text.as_deref()) else { continue };
            text = Some(joined);
            self.found_aside.push(path);
        }
        if self.found_aside.is_empty() {
            return text;
        }
        if text.as_deref() == disk {
            self.forget_aside();
            return text;
        }
        self.unsaved = true;
        self.location.notice = Some("notes of an earlier session that could not be saved are back".to_owned());
        text
    }

    /// Returns what sessions on this notes file have kept aside.
    fn all_aside(&self) -> Vec<PathBuf> {
        let start = format!("{}.", self.name());
        let is_ours = |path: &PathBuf| {
            let name = path.file_name().and_then(|name| name.to_str());
            name.is_some_and(|name| name.starts_with(&start) && name.ends_with(ENDING))
        };
        let entries = fs::read_dir(self.state.join(FOLDER)).into_iter().flatten().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_ours).collect();
        paths.sort();
        paths
    }

    /// Puts back what was set aside by a save that was cut off, if the file is broken since; else it is a backup.
    pub(super) fn recover(&mut self) {
        if set_aside(self.path()).is_none() {
            return;
        }
        // Whoever has the lock may be in the midst of this very save.
        let Ok(_lock) = self.lock() else { return };
        let Some(copy) = set_aside(self.path()) else { return };
        let is_whole = read(self.path()).is_ok_and(|text| text.is_some_and(|text| check_writable(&text).is_ok()));
        let done = match is_whole {
            true => fs::read_to_string(&copy).and_then(|old| self.back_up(&old)).and_then(|()| fs::remove_file(&copy)),
            false => put_back(self.path()),
        };
        let what = match (done, is_whole) {
            (Ok(()), true) => "what was there before is among the backups".to_owned(),
            (Ok(()), false) => "what was there before is back".to_owned(),
            (Err(_), _) => format!("what was there before is in {}", copy.display()),
        };
        self.location.notice = Some(format!("the last save of the notes was cut off; {what}"));
    }
}

/// Joins what was kept aside with a text; `None` when one of the two cannot be read.
fn joined(path: &Path, text: Option<&str>) -> Option<String> {
    let Aside { base, notes } = serde_json::from_str(&read(path).ok()??).ok()?;
    match text {
        None => Some(notes),
        Some(text) if check_writable(text).is_ok() => merge(&base, &notes, text).ok().map(|merged| merged.toml),
        Some(_) => None,
    }
}
