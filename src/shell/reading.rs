//! One reading of one article: what is opened before the first frame, done after it, and kept at the end.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rustix::io::Errno;

use super::failure::{Failure, Result, reason};
use super::files::Places;
use super::keeper::{Keeper, Place};
use super::opening::Opening;
pub use super::reader::Surface;
use super::reader::{self, Next, Opener, Reader};
use super::recent::{self, Recent};
use super::series::Series;
use super::settings::{self, Setting};
use super::source::Source;
use super::worker::Teller;
use super::{lines, panic, shelf, terminal};
use crate::annotation::{Library, NoteKind, Notes};
use crate::app::config::NotesPlace;
use crate::app::state::{Draft, DraftOn, Mode, Unfinished};
use crate::app::{App, Command, Config, Event, Keymap, Problem, Size, prompt};
use crate::document::{Document, Format};
use crate::text::Offset;

/// What to read, and how.
pub struct Opened {
    /// All of it, or its beginning.
    pub document: Document,
    /// Where the rest is read from, when there is one.
    pub rest: Option<Opening>,
    /// Where it was read from, if from a file.
    pub path: Option<PathBuf>,
    /// The files of the command line, and why some of them are passed over.
    pub series: Series,
    pub missed: Vec<Failure>,
    /// Where the notes are to be kept, when the reader says so.
    pub notes: Option<PathBuf>,
    /// The character to start at.
    pub at: Option<usize>,
    /// Begin with the list of articles.
    pub lists: bool,
    pub places: Places,
    pub options: Setting<Config>,
    /// How the reader reads another article from here.
    pub opener: Opener,
    pub surface: Surface,
}

/// What goes on from one article to the next.
struct Session {
    places: Places,
    config: Config,
    keymap: Keymap,
    library: Library,
    /// Where the article was read from, and by what name it was asked for: an address is no path.
    path: Option<PathBuf>,
    named: Option<PathBuf>,
    /// Where notes are wished, and of which article: a file that was named is one article's, a folder is for all.
    notes: Option<PathBuf>,
    notes_of: Option<PathBuf>,
    /// The character to start at.
    at: Option<usize>,
    /// Where the rest of the article is read from.
    rest: Option<Opening>,
    /// What is to be told and shown at the beginning alone.
    problems: Vec<Problem>,
    missed: Vec<Failure>,
    lists: bool,
    surface: Surface,
}

/// Reads an article on the whole screen, and those that are opened from there; returns what to exit with.
pub fn run(opened: Opened) -> Result<u8> {
    let Opened { document, rest, path, series, missed, notes, at, lists, places, options, opener, surface } = opened;
    let keymap = settings::keymap(&places.config, &options.value);
    let theme = settings::theme(&places.config, &options.value.theme);
    let library = settings::library(&places, &options.value);
    let problems = [options.problems, keymap.problems, theme.problems, library.problems].concat();
    let (config, keymap, library) = (options.value, keymap.value, library.value);
    let named = series.file().map(Path::to_owned);
    let notes_of = named.clone();
    let mut session = Session {
        places,
        config,
        keymap,
        library,
        path,
        named,
        notes,
        notes_of,
        at,
        rest,
        problems,
        missed,
        lists,
        surface,
    };
    let (mut app, keeper) = session.open(document, |document, _| session.start(document))?;
    app.state.turn = series.turn();
    panic::prepare(session.places.state.join("reports"));
    let reader = Reader::new(app, theme.value, keeper, (session.places.clone(), opener), surface);
    let mut reader = reader.map_err(|error| no_terminal(&error))?;
    reader.folder = session.folder();
    reader.series = series;
    loop {
        let ended = session.read(&mut reader);
        match (ended, reader.next.take()) {
            (Ok(_), Some(next)) => session.go_on(&mut reader, next)?,
            (ended, _) => return ended,
        }
    }
}

impl Session {
    /// Opens an article where the reader left it, or where `start` says.
    fn open(
        &self,
        document: Document,
        start: impl FnOnce(&Document, &Notes) -> Option<Offset>,
    ) -> Result<(App, Keeper)> {
        let (keeper, notes) = match document.partial {
            true => (Keeper::of_none(&self.places), Notes::sealed("the text is still being read")),
            false => self.open_notes(&document)?,
        };
        let place = place(&keeper, &document, start(&document, &notes));
        let mut app = App::new(document, notes, self.config.clone(), self.keymap.clone(), self.size());
        app.library = self.library.clone();
        place.restore(&mut app.state);
        app.seed = fastrand::u64(..);
        // A size brings the place into view, even the one it had.
        app.handle(Event::Resize(app.state.size));
        Ok((app, keeper))
    }

    fn size(&self) -> Size {
        match self.surface {
            Surface::Screen => terminal::size(),
            Surface::Lines { .. } => lines::SIZE,
        }
    }

    fn open_notes(&self, document: &Document) -> Result<(Keeper, Notes)> {
        let beside = self.config.notes == NotesPlace::Beside;
        Keeper::open(&self.places, document, self.path.as_deref(), self.wished_notes(), beside)
    }

    /// Returns where the notes of this article are wished.
    fn wished_notes(&self) -> Option<&Path> {
        let absolute = |path: &Option<PathBuf>| path.as_ref().and_then(|path| std::path::absolute(path).ok());
        let is_for_it = |notes: &&Path| notes.is_dir() || absolute(&self.named) == absolute(&self.notes_of);
        self.notes.as_deref().filter(is_for_it)
    }

    /// Opens the notes of a text that has been read to its end, and goes to the place if the reader has gone nowhere.
    fn settle_in(&self, reader: &mut Reader) -> Result<()> {
        let app = &mut reader.app;
        let (keeper, notes) = self.open_notes(&app.document)?;
        if (app.state.top, app.state.here) == (0, 0) {
            place(&keeper, &app.document, self.start(&app.document)).restore(&mut app.state);
        }
        app.replace_notes(notes);
        app.handle(Event::Resize(app.state.size));
        reader.keeper = keeper;
        Ok(())
    }

    /// Returns the offset of the character to start at.
    fn start(&self, document: &Document) -> Option<Offset> {
        self.at.and_then(|at| document.characters().byte(&document.text, at))
    }

    /// Returns where exports go: beside the article.
    fn folder(&self) -> PathBuf {
        self.path.as_deref().and_then(Path::parent).map(Path::to_owned).unwrap_or_default()
    }

    /// Reads until the reader leaves the article; returns what to exit with.
    fn read(&mut self, reader: &mut Reader) -> Result<u8> {
        let read = catch_unwind(AssertUnwindSafe(|| self.read_in_steps(reader)));
        reader.keep_draft();
        if !reader.app.document.partial {
            reader.keeper.keep_place(&reader.app.document, Place::of(&reader.app.state));
        }
        read.unwrap_or_else(|payload| resume_unwind(payload))
    }

    /// Reads what there is of the article until all of it is there, then all of it.
    fn read_in_steps(&mut self, reader: &mut Reader) -> Result<u8> {
        if let Some(rest) = self.rest.take() {
            let (format, folder) = (reader.app.document.format, self.places.state.clone());
            match reader.start(move |teller| teller.tell_all_of(rest, format, &folder)).and_then(|()| reader.run()) {
                Ok(Some(code)) => return Ok(code),
                Ok(None) => self.settle_in(reader)?,
                Err(error) => return ended(&error),
            }
        }
        let run = self.begin(reader).and_then(|()| reader.run());
        run.map_or_else(|error| ended(&error), |code| Ok(code.unwrap_or_default()))
    }

    /// Takes up another article.
    fn go_on(&mut self, reader: &mut Reader, next: Next) -> Result<()> {
        let Next { document, path, named, note, missed } = next;
        (self.path, self.named) = (path, Some(named));
        self.missed = missed;
        self.at = None;
        self.config = reader.app.config.clone();
        let start = |_: &Document, notes: &Notes| notes.anchor(&note?).span().map(|span| span.start);
        let (mut app, keeper) = self.open(document, start)?;
        app.state.turn = reader.series.turn();
        reader.folder = self.folder();
        reader.take_up(app, keeper).or_else(|error| ended(&error).map(drop))
    }

    /// Does what need not be done before the first frame: starts the analysis, tells what was wrong, offers a draft.
    fn begin(&mut self, reader: &mut Reader) -> io::Result<()> {
        reader.extract(reader.app.state.here)?;
        let told = told(reader, &std::mem::take(&mut self.problems));
        for Failure { message, hint, .. } in told.into_iter().chain(std::mem::take(&mut self.missed)) {
            reader.handle(Event::Told { message, hint })?;
        }
        if std::mem::take(&mut self.lists) {
            reader.handle(Event::Articles(shelf::articles(&self.places)))?;
        }
        reader.save_recovered()?;
        offer_draft(reader, self.surface)?;
        reader.draw()?;
        remember(&self.places.state, self.path.as_deref(), reader);
        Ok(())
    }
}

/// Puts the article into the list of those read lately; the list is worth no complaint.
fn remember(state: &Path, path: Option<&Path>, reader: &Reader) {
    let Some(path) = path.and_then(|path| std::path::absolute(path).ok()) else { return };
    let document = &reader.app.document;
    let title = document.metadata.title.clone().unwrap_or_else(|| document.name.clone());
    let notes = std::path::absolute(reader.keeper.path()).unwrap_or_else(|_| reader.keeper.path().to_owned());
    let _ = recent::remember(state, Recent { path, title, notes, opened: Timestamp::now() });
}

/// Returns where to begin; in a part of a text, at a place that is in it.
fn place(keeper: &Keeper, document: &Document, start: Option<Offset>) -> Place {
    let mut place = keeper.place(document);
    if let Some(start) = start {
        (place.top, place.here) = (start, start);
    }
    match document.partial && place.here >= document.text.len() {
        true => Place { top: 0, here: 0, ..place },
        false => place,
    }
}

impl Teller {
    /// Reads the rest of a text, as its beginning was read, and tells what there is of it.
    fn tell_all_of(&mut self, opening: Opening, format: Format, folder: &Path) {
        let mapped = opening.map(format, folder);
        let format = Some(format);
        if let Some(bytes) = mapped {
            let document = Document::read(&opening.source().name, bytes, format);
            return self.tell(Event::Read(Box::new(document)));
        }
        let event = match opening.finish(format, |document| self.tell(Event::Read(Box::new(document)))) {
            Ok(Source { name, bytes, .. }) => Event::Read(Box::new(Document::read(&name, bytes, format))),
            Err(Failure { message, hint, .. }) => Event::NotRead { message, hint },
        };
        self.tell(event);
    }
}

/// Returns what the reader should know before reading: of the text, of the settings, of the notes.
fn told(reader: &Reader, problems: &[Problem]) -> Vec<Failure> {
    let notes = &reader.app.notes;
    // The folders would leave no room for what is wrong.
    let path = reader.keeper.path();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
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
        let message = format!("{name}:{}: {}", problem.line, problem.reason);
        Failure::new(message, "these lines are kept as they are; the other notes are shown")
    }));
    told.extend(notes.read_only().map(|reason| {
        let message = reason.replacen(&*path.to_string_lossy(), &name, 1);
        Failure::new(message, "the notes cannot be changed; the file is left as it is")
    }));
    told
}

/// Opens a note that was not finished when the reader was ended last, on the sentence that it was written on.
fn offer_draft(reader: &mut Reader, surface: Surface) -> io::Result<()> {
    let document = &reader.app.document;
    let Some(Unfinished { text, at }) = reader.keeper.draft(document) else { return Ok(()) };
    let sentence = document.sentence_at(at).or_else(|| document.sentence_at(reader.app.state.here));
    let Some(sentence) = sentence else { return Ok(()) };
    let (editor, on) = (prompt::page(&text), DraftOn::New(NoteKind::Note, sentence));
    reader.app.state.mode = Mode::Write(Draft { editor, on });
    let message = "this note was not finished when demarche was ended".to_owned();
    let hint = match surface {
        Surface::Screen => "esc saves it, ctrl-c gives it up",
        Surface::Lines { .. } => "a full stop alone saves it, .cancel gives it up",
    };
    reader.handle(Event::Told { message, hint: hint.to_owned() })
}

fn no_terminal(error: &io::Error) -> Failure {
    let hint = "demarche text FILE prints the article without a screen";
    Failure::new(format!("no terminal to read from: {}", reason(error)), hint)
}

/// A terminal that is gone, or a pipe that takes no more lines, is the end of the reading and nothing to complain of.
fn ended(error: &io::Error) -> Result<u8> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(0);
    }
    let gone = [Errno::IO, Errno::BADF, Errno::NXIO].map(Errno::raw_os_error);
    if error.raw_os_error().is_some_and(|number| gone.contains(&number)) {
        return Ok(reader::HUNG_UP);
    }
    Err(Failure::new(format!("the terminal failed: {}", reason(error)), ""))
}
