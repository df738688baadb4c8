//! `demarche notes`: the notes of a document, listed, exported or imported, each with whether its place was found again;
//! the notes of all documents.

mod add;
mod all;
mod check;
mod merge;

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};

use self::all::All;
use super::article::{Article, Reading};
use super::import::Import;
use super::output;
use crate::analysis::{self, Act, Analysis};
use crate::annotation::export::{self, Contents, Filter, Format, Kind, State, is_called};
use crate::annotation::{self, corrected};
use crate::app::config::NotesPlace;
use crate::document::Document;
use crate::shell::files::Places;
use crate::shell::keeper::Keeper;
use crate::shell::{Failure, Result, settings};
use crate::text::nearest;

/// Print the notes on an article, or on all of them; export or import them
///
/// A filter may be given several times, or its values parted by commas: of these one must hold, of different filters
/// all. A note counts as of an actor or an act when it stands on a position of it.
///
/// Words after `notes` that are no command name the article: `demarche notes ./add` lists the notes on a file of that
/// name.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    listing: Listing,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Arguments),
    Check(check::Arguments),
    Merge(merge::Arguments),
}

#[derive(Debug, Args)]
struct Listing {
    /// The article; `-` reads standard input
    #[arg(required_unless_present = "all")]
    file: Option<PathBuf>,
    /// The notes are in this file, or in this folder
    #[arg(long, value_name = "PATH")]
    notes: Option<PathBuf>,
    /// The form
    #[arg(long, value_name = "NAME", value_parser = formats(), default_value = Format::default().word())]
    format: Format,
    #[command(flatten)]
    all: All,
    #[command(flatten)]
    import: Import,
    #[command(flatten)]
    reading: Reading,
    #[command(flatten)]
    only: Only,
}

/// The filters.
#[derive(Debug, Args)]
#[command(next_help_heading = "Filters")]
struct Only {
    /// Only these kinds
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = words(Kind::ALL, Kind::word, Kind::from_word))]
    kind: Vec<Kind>,
    /// Only what has one of these tags
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    tag: Vec<String>,
    /// Only what these actors do, or who speaks for them: a name or an id
    #[arg(long, conflicts_with = "all", value_name = "NAME")]
    actor: Vec<String>,
    /// Only these acts
    #[arg(long, conflicts_with = "all", value_name = "ACT", value_delimiter = ',', value_parser = words(Act::ALL, Act::word, Act::from_word))]
    act: Vec<Act>,
    /// Only positions of which you said this, and what has a place that was found again like this
    #[arg(long, conflicts_with = "all", value_name = "STATE", value_delimiter = ',', value_parser = words(State::ALL, State::word, State::from_word))]
    state: Vec<State>,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    match &arguments.command {
        Some(Command::Add(arguments)) => add::run(arguments),
        Some(Command::Check(arguments)) => check::run(arguments),
        Some(Command::Merge(arguments)) => merge::run(arguments),
        None => list(&arguments.listing),
    }
}

fn list(arguments: &Listing) -> Result<u8> {
    let Some(file) = &arguments.file else {
        return arguments.all.run(arguments.notes.as_deref(), arguments.format, &arguments.only.filter());
    };
    let Article { document, path } = arguments.reading.read(file)?;
    let places = Places::find();
    let options = settings::options(&places.config).value;
    let beside = options.notes == NotesPlace::Beside;
    let (keeper, notes) = Keeper::open(&places, &document, path.as_deref(), arguments.notes.as_deref(), beside)?;
    if let Some(from) = arguments.import.file() {
        return arguments.import.run(from, &document, keeper, notes);
    }
    let file = keeper.path();
    if let Some(reason) = notes.read_only().filter(|_| notes.is_empty()) {
        return Err(Failure::new(reason, "the file is left as it is; mend it by hand"));
    }
    for problem in notes.problems() {
        output::warn(format!("demarche: {}:{}: {}", file.display(), problem.line, problem.reason));
    }
    let filter = arguments.only.filter();
    // A list of notes does not wait for the article to be read, unless it depends on what is said there.
    let reading = match arguments.format.needs_reading() || filter.needs_reading() {
        true => {
            let lexicon = settings::lexicon(&places.config).value;
            let library = settings::library(&places, &options).value;
            let mut analysis = analysis::read(&document, &lexicon, options.languages());
            library.name_actors(document.metadata.date, &mut analysis);
            let mut reading = corrected(&document, &analysis, &notes);
            library.suggest_issues(&document, &mut reading);
            reading
        }
        false => annotation::Reading::default(),
    };
    check_actors(&document, &reading.analysis, &filter)?;
    let contents = Contents::new(&document, &notes, &reading, &filter);
    output::print(&export::write(arguments.format, &contents))?;
    if notes.is_empty() {
        output::warn(format!("demarche: no notes yet: {}", file.display()));
    } else if contents.is_empty() {
        output::warn("demarche: nothing is let through by the filters");
    }
    Ok(0)
}

impl Only {
    fn filter(&self) -> Filter {
        let Only { kind, tag, actor, act, state } = self;
        Filter {
            kinds: kind.clone(),
            tags: tag.clone(),
            actors: actor.clone(),
            acts: act.clone(),
            states: state.clone(),
            least: 0.0,
        }
    }
}

/// An actor that is misspelt would only leave everything out.
fn check_actors(document: &Document, analysis: &Analysis, filter: &Filter) -> Result<()> {
    let is_known = |name: &&String| analysis.actors.iter().any(|actor| is_called(actor, name));
    let Some(unknown) = filter.actors.iter().find(|name| !is_known(name)) else { return Ok(()) };
    let names = analysis.actors.iter().flat_map(|actor| [&actor.name, &actor.id]);
    let hint = match nearest(unknown, names.map(String::as_str)) {
        Some(name) => format!("did you mean '{name}'?"),
        None => "`demarche extract --format text` lists the actors".to_owned(),
    };
    Err(Failure::new(format!("no such actor in {}: '{unknown}'", document.name), hint))
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let values = Format::ALL.iter().map(|format| PossibleValue::new(format.word()).help(format.sheet().holds));
    PossibleValuesParser::new(values).try_map(|word| Format::from_word(&word).ok_or("no such format"))
}

/// Reads the words of a closed list.
fn words<T: Copy + Send + Sync + 'static>(
    all: &'static [T],
    word: fn(T) -> &'static str,
    from_word: fn(&str) -> Option<T>,
) -> impl TypedValueParser<Value = T> {
    let values = all.iter().map(|&value| PossibleValue::new(word(value)));
    PossibleValuesParser::new(values).try_map(move |word| from_word(&word).ok_or("no such word"))
}
