//! One reading of one article: what is opened before the first frame, done after it, and kept at the end.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustix::io::Errno;

use super::extraction::extract;
use super::failure::{Failure, Result, reason};
use super::files::Places;
use super::keeper::{Keeper, Place};
use super::opening::Opening;
use super::reader::{self, Reader};
use super::settings::{self, Setting};
use super::source::Source;
use super::worker::Teller;
use super::{panic, terminal};
use crate::annotation::{NoteKind, Notes};
use crate::app::config::NotesPlace;
use crate::app::state::{Draft, DraftOn, Mode};
use crate::app::{App, Command, Config, Event, Problem, prompt};
use crate::document::{Document, Format};

/// What to read, and how.
#[derive(Debug)]
pub struct Opened {
    /// All of it, or its beginning.
    pub document: Document,
    /// Where the rest is read from, when there is one.
    pub rest: Option<Opening>,
    /// Where it was read from, if from a file.
    pub path: Option<PathBuf>,
    /// Where the notes are to be kept, when the reader says so.
    pub notes: Option<PathBuf>,
    /// The character to start at.
    pub at: Option<usize>,
    pub places: Places,
    pub options: Setting<Config>,
}

/// What is known before the text is whole, and needed when it is.
struct Begun {
    path: Option<PathBuf>,
    notes: Option<PathBuf>,
    at: Option<usize>,
    places: Places,
    problems: Vec<Problem>,
}

/// Reads an article on the whole screen; returns what to exit with.
pub fn run(opened: Opened) -> Result<u8> {
    let Opened { document, rest, path, notes, at, places, options } = opened;
    let keymap = settings::keymap(&places.config);
    let theme = settings::theme(&places.config, &options.value.theme);
    let problems = [options.problems, keymap.problems, theme.problems].concat();
    let begun = Begun { path, notes, at, places, problems };
    let beside = options.value.notes == NotesPlace::Beside;
    let (keeper, notes) = match document.partial {
        true => (Keeper::of_none(&begun.places), Notes::sealed("the text is still being read")),
        false => begun.open_notes(&document, beside)?,
    };
    let place = begun.place(&keeper, &document);
    let folder = begun.path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default();
    let mut app = App::new(document, notes, options.value, keymap.value, terminal::size());
    place.restore(&mut app.state);
    app.seed = fastrand::u64(..);
    // A size brings the place into view, even the one it had.
    app.handle(Event::Resize(app.state.size));
    panic::prepare(begun.places.state.join("reports"));
    let mut reader = Reader::new(app, theme.value, keeper, folder).map_err(|error| no_terminal(&error))?;
    let read = catch_unwind(AssertUnwindSafe(|| read(&mut reader, rest, begun)));
    reader.keep_draft();
    let Reader { app, keeper, .. } = &reader;
    if !app.document.partial {
        keeper.keep_place(&app.document, Place::of(&app.state));
    }
    drop(reader);
    read.unwrap_or_else(|payload| resume_unwind(payload))
}

/// Reads until the reader leaves: what there is until all of it is there, then all of it.
fn read(reader: &mut Reader, rest: Option<Opening>, begun: Begun) -> Result<u8> {
    let leave = |error: io::Error| ended(&error);
    if let Some(rest) = rest {
        let format = reader.app.document.format;
        match reader.start(move |teller| teller.tell_all_of(rest, format)).and_then(|()| reader.run()) {
            Ok(Some(code)) => return Ok(code),
            Ok(None) => begun.settle_in(reader)?,
            Err(error) => return leave(error),
        }
    }
    let run = begin(reader, begun.places.config, &begun.problems).and_then(|()| reader.run());
    run.map_or_else(leave, |code| Ok(code.unwrap_or_default()))
}

impl Begun {
    fn open_notes(&self, document: &Document, beside: bool) -> Result<(Keeper, Notes)> {
        Keeper::open(&self.places, document, self.path.as_deref(), self.notes.as_deref(), beside)
    }

    /// Returns where to begin; in a part of a text, at a place that is in it.
    fn place(&self, keeper: &Keeper, document: &Document) -> Place {
        let mut place = keeper.place(document);
        if let Some(start) = self.at.and_then(|at| document.characters().byte(&document.text, at)) {
            (place.top, place.here) = (start, start);
        }
        match document.partial && place.here >= document.text.len() {
            true => Place { top: 0, here: 0, ..place },
            false => place,
        }
    }

    /// Opens the notes of a text that has been read to its end, and goes to the place if the reader has gone nowhere.
    fn settle_in(&self, reader: &mut Reader) -> Result<()> {
        let app = &mut reader.app;
        let (keeper, notes) = self.open_notes(&app.document, app.config.notes == NotesPlace::Beside)?;
        if (app.state.top, app.state.here) == (0, 0) {
            self.place(&keeper, &app.document).restore(&mut app.state);
        }
        app.replace_notes(notes);
        app.handle(Event::Resize(app.state.size));
        reader.keeper = keeper;
        Ok(())
    }
}

impl Teller {
    /// Reads the rest of a text, as its beginning was read, and tells what there is of it.
    fn tell_all_of(&mut self, opening: Opening, format: Format) {
        let format = Some(format);
        let event = match opening.finish(format, |document| self.tell(Event::Read(Box::new(document)))) {
            Ok(Source { name, bytes, .. }) => Event::Read(Box::new(Document::read(&name, bytes, format))),
            Err(Failure { message, hint, .. }) => Event::NotRead { message, hint },
        };
        self.tell(event);
    }
}

/// Does what need not be done before the first frame: starts the analysis, tells what was wrong, offers a draft.
fn begin(reader: &mut Reader, config: PathBuf, problems: &[Problem]) -> io::Result<()> {
    let App { document, state, config: options, .. } = &reader.app;
    let (document, here, languages) = (Arc::clone(document), state.here, options.languages());
    reader.start(move |teller| extract(&document, here, &config, languages, teller))?;
    let told: Vec<Failure> = told(reader, problems);
    for Failure { message, hint, .. } in told {
        reader.handle(Event::Told { message, hint })?;
    }
    reader.save_recovered()?;
    offer_draft(reader)?;
    reader.draw()
}

/// Returns what the reader should know before reading: of the text, of the settings, of the notes.
fn told(reader: &Reader, problems: &[Problem]) -> Vec<Failure> {
    let notes = &reader.app.notes;
    let path = reader.keeper.path().display();
    let warnings = reader.app.document.warnings.iter();
    // With a hint it stays until it is dismissed; the first key would take it away otherwise.
    let mut told: Vec<Failure> = warnings.map(|warning| Failure::new(warning, "esc takes it away")).collect();
    told.extend(settings::summary(problems).map(|(message, hint)| Failure::new(message, hint)));
    told.extend(reader.keeper.notice().map(|notice| Failure::new(notice, "")));
    let key = reader.app.keymap.keys_of(Command::JoinCopies).into_iter().next();
    let key = key.unwrap_or_else(|| Command::JoinCopies.entry().name.to_owned());
    told.extend(reader.keeper.copies().iter().map(|copy| {
        let name = copy.file_name().unwrap_or_default().to_string_lossy();
        Failure::new(format!("another machine's notes are beside yours: {name}"), format!("{key} joins them"))
    }));
    told.extend(notes.problems().iter().map(|problem| {
        let message = format!("{path}:{}: {}", problem.line, problem.reason);
        Failure::new(message, "these lines are kept as they are; the other notes are shown")
    }));
    told.extend(
        notes.read_only().map(|reason| Failure::new(reason, "the notes cannot be changed; the file is left as it is")),
    );
    told
}

/// Opens a note that was not finished when the reader was ended last, at the sentence where it was written.
fn offer_draft(reader: &mut Reader) -> io::Result<()> {
    let Some(text) = reader.keeper.draft() else { return Ok(()) };
    let Some(sentence) = reader.app.document.sentence_at(reader.app.state.here) else { return Ok(()) };
    let (editor, on) = (prompt::page(&text), DraftOn::New(NoteKind::Note, sentence));
    reader.app.state.mode = Mode::Write(Draft { editor, on });
    let message = "this note was not finished when demarche was ended".to_owned();
    reader.handle(Event::Told { message, hint: "esc saves it, ctrl-c gives it up".to_owned() })
}

fn no_terminal(error: &io::Error) -> Failure {
    let hint = "demarche text FILE prints the article without a screen";
    Failure::new(format!("no terminal to read from: {}", reason(error)), hint)
}

/// A terminal that is gone is the end of the reading and nothing to complain of.
fn ended(error: &io::Error) -> Result<u8> {
    let gone = [Errno::IO, Errno::PIPE, Errno::BADF, Errno::NXIO].map(Errno::raw_os_error);
    if error.raw_os_error().is_some_and(|number| gone.contains(&number)) {
        return Ok(reader::HUNG_UP);
    }
    Err(Failure::new(format!("the terminal failed: {}", reason(error)), ""))
}
