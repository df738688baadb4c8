//! `demarche notes --all`: the notes of every document, listed or searched.

use std::path::Path;

use clap::Args;

use crate::annotation::export::{Filter, Format};
use crate::annotation::{Gathered, gather};
use crate::cli::USAGE;
use crate::cli::output;
use crate::shell::files::Places;
use crate::shell::{Failure, Result, recent, shelf};
use crate::text::Words;

#[derive(Debug, Args)]
pub struct All {
    /// The notes on every article: those of the data folder (or of `--notes`) and those beside articles read lately
    #[arg(long, conflicts_with_all = ["file", "import"])]
    all: bool,
    /// Only notes in which all of these words occur, in any order; lower case finds either case
    #[arg(long, value_name = "WORDS", requires = "all", conflicts_with = "file")]
    search: Option<String>,
}

impl All {
    /// Prints the notes of every document; finding none is exit code 1.
    pub fn run(&self, folder: Option<&Path>, format: Format, filter: &Filter) -> Result<u8> {
        let write = match format {
            Format::Text => gather::listing,
            Format::Json => gather::json,
            _ => {
                let failure = Failure::new("`--all` lists notes as text or json", "add --format json");
                return Err(Failure { code: USAGE, ..failure });
            }
        };
        let places = Places::find();
        let files = match folder {
            Some(folder) => shelf::files_in(folder),
            None => shelf::files(&places, &recent::load(&places.state)),
        };
        let words = Words::new(self.search.as_deref().unwrap_or_default());
        let mut found: Vec<Gathered> =
            files.iter().filter_map(|file| read(file)).map(|gathered| gathered.find(&words)).collect();
        let is_said = found.iter().any(|gathered| !gathered.entries.is_empty());
        found = found.into_iter().map(|gathered| gathered.keep(filter)).collect();
        output::print(&write(&found))?;
        if found.iter().any(|gathered| !gathered.entries.is_empty()) {
            return Ok(0);
        }
        Err(match &self.search {
            _ if is_said => Failure::new("nothing is let through by the filters", "try without them"),
            Some(search) => Failure::new(format!("no note has all of these words: {search}"), "try fewer of them"),
            None => {
                let folder = folder.map_or_else(|| places.data.join("notes"), Path::to_owned);
                Failure::new(format!("no notes yet: {}", folder.display()), "`--notes PATH` looks elsewhere")
            }
        })
    }
}

/// Reads a notes file; one that cannot be read is named, and so are the entries that cannot.
fn read(file: &Path) -> Option<Gathered> {
    let gathered = shelf::read(file).inspect_err(|failure| output::warn(failure)).ok()?;
    for problem in &gathered.problems {
        output::warn(format!("demarche: {}:{}: {}", gathered.path, problem.line, problem.reason));
    }
    Some(gathered)
}
