//! `demarche notes add`: a note on words of an article, from a script or another program.

use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;
use memchr::memmem;

use crate::annotation::{Body, Color, Edit, Entry, Id, Note, NoteKind, describe};
use crate::app::config::NotesPlace;
use crate::cli::article::{Article, Reading};
use crate::cli::output;
use crate::document::Document;
use crate::shell::files::Places;
use crate::shell::keeper::Keeper;
use crate::shell::{Failure, Result, settings};
use crate::text::{Span, fold};

/// Add a note on words of an article
///
/// It prints the note's id once the note is on the disk. Notes that are changed elsewhere at the same time are joined.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The article; `-` reads standard input
    file: PathBuf,
    /// The words, as the article has them; marks, dashes, spaces and line ends may be written otherwise
    #[arg(long, value_name = "WORDS")]
    quote: String,
    /// What to write on them; without it they are highlighted
    #[arg(long, value_name = "TEXT", default_value = "")]
    note: String,
    /// What is written is a question
    #[arg(long)]
    question: bool,
    /// A tag; may be given several times
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// The colour: yellow, green, blue, red or purple
    #[arg(long, value_parser = color)]
    color: Option<Color>,
    /// Which occurrence of the words, when there are several
    #[arg(long, value_name = "NUMBER")]
    nth: Option<usize>,
    /// The notes are in this file, or in this folder
    #[arg(long, value_name = "PATH")]
    notes: Option<PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    let Article { document, path } = arguments.reading.read(&arguments.file)?;
    let place = find(&document, &arguments.quote, arguments.nth)?;
    let places = Places::find();
    let beside = settings::options(&places.config).value.notes == NotesPlace::Beside;
    let (mut keeper, mut notes) =
        Keeper::open(&places, &document, path.as_deref(), arguments.notes.as_deref(), beside)?;
    if let Some(reason) = notes.read_only() {
        return Err(Failure::new(reason, "the file is left as it is; mend it by hand"));
    }
    let id = Id::fresh(|id| notes.entry(id).is_some(), |below| fastrand::usize(..below));
    let kind = match (arguments.question, arguments.note.is_empty()) {
        (true, _) => NoteKind::Question,
        (false, false) => NoteKind::Note,
        (false, true) => NoteKind::Highlight,
    };
    let note = Note {
        kind,
        text: arguments.note.trim().to_owned(),
        tags: arguments.tag.clone(),
        color: arguments.color,
        links: Vec::new(),
    };
    let now = Timestamp::from_second(Timestamp::now().as_second()).ok();
    let target = Some(describe(&document, place));
    notes.change(
        &document,
        Edit::Add(Entry { id: id.clone(), target, body: Body::Note(note), created: now, updated: None }),
    );
    keeper.save(&notes.to_toml())?;
    // Without the history of undo the notes are still whole.
    let _ = keeper.keep_journal(&notes.journal());
    output::print(&format!("{}\n", id.0))?;
    Ok(0)
}

/// Returns the place of some words, one of several by its number.
fn find(document: &Document, words: &str, nth: Option<usize>) -> Result<Span> {
    let text = fold(&document.text);
    let wanted = fold(words).text;
    let wanted = wanted.trim();
    let starts: Vec<usize> = match wanted {
        "" => Vec::new(),
        wanted => memmem::find_iter(text.text.as_bytes(), wanted.as_bytes()).collect(),
    };
    let place = |start: usize| text.original(Span::new(start, start + wanted.len()));
    match (starts.as_slice(), nth) {
        ([], _) => Err(Failure::new(format!("the article does not say '{words}'"), "demarche text FILE prints it")),
        ([only], None | Some(1)) => Ok(place(*only)),
        (several, Some(nth)) if (1..=several.len()).contains(&nth) => Ok(place(several[nth - 1])),
        (several, _) => {
            let places: Vec<String> = several
                .iter()
                .map(|&start| format!("¶ {}", document.paragraph_at(place(start).start).unwrap_or(0)))
                .collect();
            let message = format!("'{words}' stands {} times: {}", several.len(), places.join(", "));
            Err(Failure::new(message, "--nth NUMBER chooses one; or quote more words"))
        }
    }
}

fn color(word: &str) -> std::result::Result<Color, String> {
    Color::from_word(word).ok_or_else(|| "there are yellow, green, blue, red and purple".to_owned())
}
