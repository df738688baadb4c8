//! Backups: the file as each session found it.

use std::fs;
use std::io;
use std::path::PathBuf;

use super::Keeper;
use crate::shell::save::{create_private_folder, save_atomically};

/// Backups kept for each notes file.
pub(super) const BACKUPS: usize = 20;

impl Keeper {
    /// Keeps a copy of some notes beside the last ones of earlier sessions.
    pub(super) fn back_up(&self, text: &str) -> io::Result<()> {
        let folder = self.state.join("backups").join(self.name());
        create_private_folder(&folder)?;
        let mut names: Vec<PathBuf> = fs::read_dir(&folder)?.flatten().map(|entry| entry.path()).collect();
        // What a killed program left has no number.
        names.retain(|path| path.extension().is_some_and(|ending| ending == "toml"));
        names.sort();
        // Numbered, so that a clock that was set back mixes nothing up.
        let last = names.last().and_then(|last| last.file_stem()?.to_str()?.parse::<u64>().ok());
        save_atomically(&folder.join(format!("{:06}.toml", last.map_or(1, |last| last + 1))), text.as_bytes())?;
        let surplus = (names.len() + 1).saturating_sub(BACKUPS);
        names.iter().take(surplus).try_for_each(fs::remove_file)
    }
}
