//! What a session leaves when it could not save, and what a save leaves that was cut off: both are found again.

use std::fs;

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

impl Keeper {
    /// Keeps in the state folder what could not be saved; where that fails, too, it is in memory alone.
    pub(super) fn keep_aside(&mut self, ours: &str) {
        if self.aside.as_deref() != Some(ours) {
            let aside = Aside { base: self.base.clone().unwrap_or_default(), notes: ours.to_owned() };
            let kept = self.keep(FOLDER, "json", &serde_json::to_string(&aside).unwrap_or_default(), save_atomically);
            self.aside = kept.is_ok().then(|| ours.to_owned());
        }
    }

    pub(super) fn forget_aside(&mut self) {
        if self.aside.take().is_some() {
            // It is in the notes already when it is found again.
            let _ = fs::remove_file(self.kept(FOLDER, "json"));
        }
    }

    /// Returns the file's text, joined with what an earlier session could not save; a file that cannot be joined is
    /// returned as it is, and what was kept stays kept.
    pub(super) fn with_unsaved(&mut self, disk: Option<&str>) -> Option<String> {
        let text = disk.map(str::to_owned);
        let Ok(Some(aside)) = read(&self.kept(FOLDER, "json")) else { return text };
        let Ok(Aside { base, notes }) = serde_json::from_str(&aside) else { return text };
        let joined = match disk {
            None => notes.clone(),
            Some(disk) if check_writable(disk).is_ok() => match merge(&base, &notes, disk) {
                Ok(merged) => merged.toml,
                Err(_) => return text,
            },
            Some(_) => return text,
        };
        self.aside = Some(notes);
        if Some(joined.as_str()) == disk {
            self.forget_aside();
            return text;
        }
        self.unsaved = true;
        self.location.notice = Some("notes of an earlier session that could not be saved are back".to_owned());
        Some(joined)
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
