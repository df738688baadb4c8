//! `demarche notes FILE --import FROM`: what another program keeps as annotations becomes notes, all of it or nothing.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};

use super::output;
use crate::annotation::Notes;
use crate::annotation::import::{self, Bad, Format, Found, Plan};
use crate::document::Document;
use crate::shell::keeper::{Keeper, LARGEST};
use crate::shell::source::Source;
use crate::shell::{Failure, Result};

/// What is imported.
#[derive(Debug, Args)]
pub struct Import {
    /// Add the annotations of this file to the notes; `-` reads standard input
    ///
    /// Words are looked for in the article; what is not found is kept as lost. Importing the same file again adds
    /// nothing, and `u` in the reader takes the whole import back. If anything in the file is broken, nothing is
    /// imported.
    #[arg(long, value_name = "FROM", conflicts_with = "format", value_hint = ValueHint::FilePath)]
    import: Option<PathBuf>,
    /// What kind of file it is; without this, its text and its name tell
    #[arg(long, value_name = "FORMAT", requires = "import", value_parser = format_parser())]
    from: Option<Format>,
    /// Leave out what is broken, say what it was, and import the rest
    #[arg(long, requires = "import")]
    skip_bad: bool,
}

/// The most bytes of a file that is imported.
const MOST: u64 = 64 << 20;
/// More mistakes than this are counted and not listed.
const LISTED: usize = 20;

fn format_parser() -> impl TypedValueParser<Value = Format> {
    let words = Format::ALL.iter().map(|format| format.word());
    PossibleValuesParser::new(words).try_map(|word| Format::from_word(&word).ok_or("no such format"))
}

impl Import {
    /// Returns the file to import from, when there is one.
    pub fn file(&self) -> Option<&Path> {
        self.import.as_deref()
    }

    /// Imports and says what came of it.
    pub fn run(&self, from: &Path, document: &Document, mut keeper: Keeper, mut notes: Notes) -> Result<u8> {
        if let Some(reason) = notes.read_only() {
            return Err(Failure::new(
                format!("nothing imported: {reason}"),
                "mend the notes file, or use --notes PATH",
            ));
        }
        if from == Path::new("-") && document.name == "-" {
            return Err(Failure::new(
                "standard input is both the article and the import",
                "name a file for one of them",
            ));
        }
        let source = Source::read(from, MOST).map_err(|failure| Failure { hint: hint_for(&failure), ..failure })?;
        let format = self.from.or_else(|| import::detect(&source.name, &source.bytes));
        let words = Format::ALL.iter().map(|format| format.word()).collect::<Vec<_>>().join(", ");
        let format = format.ok_or_else(|| {
            let message = format!("nothing imported, the format is not known: {}", from.display());
            Failure::new(message, format!("`--from FORMAT` says it: {words}"))
        })?;
        let found = self.check(from, format, import::read(format, &source.bytes))?;
        let plan = import::plan(document, &notes, format, found.annotations);
        if plan.added > 0 {
            notes.change_as(document, plan.edit.clone(), format!("import {}", counted(plan.added, "note")));
            save(&mut keeper, &notes)?;
        }
        output::print(&format!("{}\n", summary(&plan, found.bad.len())))?;
        Ok(0)
    }

    /// Returns what can be imported; what is broken ends it, unless it is to be left out.
    fn check(&self, from: &Path, format: Format, read: std::result::Result<Found, Bad>) -> Result<Found> {
        let found = read.map_err(|bad| {
            let message = format!("nothing imported: {}:{bad}", from.display());
            Failure::new(message, format!("it is read as {}; `--from FORMAT` says another", format.word()))
        })?;
        let Found { bad, annotations } = &found;
        let listed = if self.skip_bad || bad.len() > 1 { bad.len().min(LISTED) } else { 0 };
        for bad in &bad[..listed] {
            output::warn(format!("demarche: {}:{bad}", from.display()));
        }
        if bad.len() > LISTED {
            output::warn(format!("demarche: and {} more", bad.len() - LISTED));
        }
        match bad.as_slice() {
            _ if self.skip_bad => Ok(found),
            [] => Ok(found),
            [bad] => Err(Failure::new(format!("nothing imported: {}:{bad}", from.display()), SKIP)),
            bad => {
                let all = bad.len() + annotations.len();
                Err(Failure::new(
                    format!("nothing imported, {} of {all} are broken: {}", bad.len(), from.display()),
                    SKIP,
                ))
            }
        }
    }
}

const SKIP: &str = "mend the file, or `--skip-bad` imports the others";

fn hint_for(failure: &Failure) -> String {
    if failure.message.starts_with("larger") { "import it in parts".to_owned() } else { failure.hint.clone() }
}

fn save(keeper: &mut Keeper, notes: &Notes) -> Result<()> {
    let toml = notes.to_toml();
    if toml.len() as u64 > LARGEST {
        let message = format!("nothing imported, the notes would be larger than {} MB", LARGEST >> 20);
        return Err(Failure::new(message, "import it in parts, with `--notes PATH` into several files"));
    }
    keeper.save(&toml)?;
    // Without it the notes are whole; only `u` in the reader could not take them back.
    let _ = keeper.keep_journal(&notes.journal());
    for conflict in keeper.conflicts() {
        let entry = conflict.id.unwrap_or_else(|| "the file".to_owned());
        output::warn(format!("demarche: changed here and elsewhere, both are kept: {} of {entry}", conflict.key));
    }
    Ok(())
}

/// Says what an import came to: `imported 12 notes, 2 of them lost; 3 were there already`.
fn summary(plan: &Plan, broken: usize) -> String {
    let mut parts = vec![format!("imported {}", counted(plan.added, "note"))];
    if plan.lost > 0 {
        parts[0].push_str(&format!(", {} of them lost", plan.lost));
    }
    for (count, what) in [
        (plan.known, "there already"),
        (plan.elsewhere, "on other texts, left out"),
        (plan.empty, "without words, left out"),
        (broken, "broken, left out"),
    ] {
        parts.extend((count > 0).then(|| format!("{count} {what}")));
    }
    parts.join("; ")
}

fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
