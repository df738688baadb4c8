//! `demarche notes merge`: two changed copies of a notes file made one; a merge driver of git.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::annotation::{Conflict, Unreadable, check_writable, merge};
use crate::cli::output;
use crate::shell::save::save_atomically;
use crate::shell::{Failure, Result};

/// What a merge driver exits with when both sides changed the same.
const CONFLICTS: u8 = 1;

/// Join two changed copies of a notes file, entry by entry, into OURS
///
/// Where both changed the same of the same entry, both are kept, the entry says so, and the exit code is 1. As a merge
/// driver of git: `git config merge.demarche.driver "demarche notes merge %O %A %B"`, and in .gitattributes
/// `*.notes.toml merge=demarche`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The file that both copies were made from; an empty one when there is none
    base: PathBuf,
    /// One copy; the joined notes are written here
    ours: PathBuf,
    /// The other copy
    theirs: PathBuf,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    let Arguments { base, ours, theirs } = arguments;
    let (base_text, ours_text, theirs_text) = (read(base)?, read(ours)?, read(theirs)?);
    for (path, text) in [(base, &base_text), (ours, &ours_text), (theirs, &theirs_text)] {
        check_writable(text).map_err(|error| cannot(path, &error))?;
    }
    let merged = merge(&base_text, &ours_text, &theirs_text).map_err(|error| cannot(ours, &error))?;
    if merged.toml != ours_text {
        save_atomically(ours, merged.toml.as_bytes()).map_err(|error| Failure::io("write", ours, &error))?;
    }
    for Conflict { id, key } in &merged.conflicts {
        let entry = id.as_deref().unwrap_or("the file");
        output::warn(format!("demarche: changed on both sides, both are kept: {key} of {entry}"));
    }
    Ok(if merged.conflicts.is_empty() { 0 } else { CONFLICTS })
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))
}

fn cannot(path: &Path, error: &Unreadable) -> Failure {
    let Unreadable { line, column, reason } = error;
    Failure::new(
        format!("not merged: {}:{line}:{column}: {reason}", path.display()),
        "nothing was written; mend it first",
    )
}
