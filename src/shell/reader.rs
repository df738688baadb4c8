//! The keyboard event loop: wait, take in everything that came, draw once.

mod effects;

mod lines;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::extraction::{Names, extract};
use super::face::Face;
use super::failure::{Failure, Result};
use super::files::Places;
use super::input::Input;
use super::keeper::Keeper;
use super::lines::Lines;
use super::look_up::LookUp;
use super::pending::Pending;
use super::series::Series;
use super::signals;
use super::terminal::{self, Screen};
use super::wait::{Keys, Wait};
use super::worker::{Teller, Worker};
use crate::annotation::Id;
use crate::app::state::{Mode, Unfinished};
use crate::app::{App, Event};
use crate::document::Document;
use crate::text::Offset;
use crate::view::Theme;

/// How long an escape may stand alone before it is the key and not the first byte of another.
const ESCAPE: Duration = Duration::from_millis(30);

/// How long a paste may pause before it is taken to have lost its end.
const PASTE: Duration = Duration::from_secs(1);

/// How old an unfinished note may be that is not kept yet.
const DRAFT: Duration = Duration::from_secs(1);

/// How long to wait before notes that could not be saved are tried again.
const RETRY: Duration = Duration::from_secs(5);

/// The notes file is looked at before the first key after a pause of this length.
const PAUSE: Duration = Duration::from_secs(2);

/// How long a search goes on before what was typed is looked at, and the screen drawn.
const SEARCH: Duration = Duration::from_millis(8);

/// The exit code of a program that a signal ended.
const SIGNALLED: u8 = 128;

/// The same for a terminal that is gone.
pub const HUNG_UP: u8 = SIGNALLED + rustix::process::Signal::HUP.as_raw() as u8;

/// What there is to read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    Screen,
    /// Lines, typed into standard input, unless the article came through it.
    Lines {
        article_in_input: bool,
    },
}

/// How another article is read, and from which file, if it is none from elsewhere; the command line says.
pub type Opener = Box<dyn Fn(&Path) -> Result<(Document, Option<PathBuf>)>>;

/// An article to go on with.
#[derive(Debug)]
pub struct Next {
    pub document: Document,
    /// Where it was read from, if from a file, and by what name it was asked for.
    pub path: Option<PathBuf>,
    pub named: PathBuf,
    /// The note to begin at.
    pub note: Option<Id>,
    /// What was passed over on the way.
    pub missed: Vec<Failure>,
}

/// Everything that lives from the first frame to the last.
pub struct Reader {
    pub app: App,
    pub theme: Theme,
    pub keeper: Keeper,
    /// Where exports go: beside the article.
    pub folder: PathBuf,
    /// The article to go on with, once the reader leaves this one.
    pub next: Option<Next>,
    /// The files of the command line.
    pub series: Series,
    places: Places,
    opener: Opener,
    face: Face,
    wait: Wait,
    worker: Option<Worker>,
    input: Input,
    /// When what is unfinished in the input is settled.
    settle: Pending<()>,
    /// Words that are looked up, and until when.
    look_up: Option<LookUp>,
    look_up_ends: Pending<()>,
    draft: Pending<Option<Unfinished>>,
    retry: Pending<(u64, String)>,
    last_key: Instant,
    /// What to exit with, once the reader leaves.
    left: Option<u8>,
}

impl Reader {
    /// Takes the screen, or what there is, and shows the first frame.
    pub fn new(
        app: App,
        theme: Theme,
        keeper: Keeper,
        (places, opener): (Places, Opener),
        surface: Surface,
    ) -> io::Result<Reader> {
        let wait = match surface {
            Surface::Screen => Wait::new()?,
            Surface::Lines { article_in_input } => Wait::for_lines(article_in_input)?,
        };
        signals::watch_over_leaving(|number| {
            terminal::give_back();
            std::process::exit(i32::from(SIGNALLED + number));
        })?;
        let face = match surface {
            Surface::Screen => Face::Screen(Screen::take(app.config.mouse, app.state.size)?),
            Surface::Lines { .. } => Face::Lines(Lines::new(wait.is_typed())),
        };
        let mut reader = Reader {
            app,
            theme,
            keeper,
            folder: PathBuf::new(),
            next: None,
            series: Series::default(),
            places,
            opener,
            face,
            wait,
            worker: None,
            input: Input::default(),
            settle: Pending::nothing(),
            look_up: None,
            look_up_ends: Pending::nothing(),
            draft: Pending::nothing(),
            retry: Pending::nothing(),
            last_key: Instant::now(),
            left: None,
        };
        reader.draw()?;
        Ok(reader)
    }

    /// Goes on with another article on the same screen.
    pub fn take_up(&mut self, app: App, keeper: Keeper) -> io::Result<()> {
        (self.app, self.keeper) = (app, keeper);
        (self.worker, self.input, self.left) = (None, Input::default(), None);
        (self.look_up, self.look_up_ends) = (None, Pending::nothing());
        (self.settle, self.draft, self.retry) = (Pending::nothing(), Pending::nothing(), Pending::nothing());
        self.last_key = Instant::now();
        if let Face::Lines(lines) = &mut self.face {
            lines.begin_anew();
        }
        self.resize()?;
        self.draw()
    }

    /// Starts work of which events tell what comes of it.
    pub fn start(&mut self, work: impl FnOnce(&mut Teller) + Send + 'static) -> io::Result<()> {
        self.worker = Some(Worker::start(work, self.wait.waker()?)?);
        Ok(())
    }

    /// Starts the analysis around an offset; what else is under way is of no use any more.
    pub fn extract(&mut self, around: Offset) -> io::Result<()> {
        self.worker.iter().for_each(Worker::stop);
        let App { document, config, library, .. } = &self.app;
        let (document, config, languages) = (Arc::clone(document), self.places.config.clone(), config.languages());
        let names = Names { config, library: library.clone(), languages };
        self.start(move |teller| extract(&document, around, &names, teller))
    }

    /// Reads until the reader leaves, and returns what to exit with; or until the whole text is there, when it was not.
    pub fn run(&mut self) -> io::Result<Option<u8>> {
        let was_partial = self.app.document.partial;
        let mut typed = Vec::new();
        loop {
            typed.clear();
            let keys = self.wait.wait(self.patience(), &mut typed)?;
            let changed = match self.face {
                Face::Screen(_) => self.take_in(keys, &typed)?,
                Face::Lines(_) => self.take_in_lines(keys, &typed).map(|()| false)?,
            };
            if let Some(code) = self.left {
                return Ok(Some(code));
            }
            if was_partial && !self.app.document.partial {
                return Ok(None);
            }
            if changed {
                self.draw()?;
            }
        }
    }

    /// Takes an event in and does what comes of it.
    pub fn handle(&mut self, event: Event) -> io::Result<()> {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            panic_when_asked(&event);
            for effect in self.app.handle(event) {
                events.extend(self.run_effect(effect)?);
            }
        }
        Ok(())
    }

    /// Keeps an unfinished note that is not kept yet, for when the reader leaves in whatever way.
    pub fn keep_draft(&mut self) {
        if let Some(note) = self.draft.take() {
            // There is nobody left to tell; the draft of a second ago is still there.
            let _ = self.keeper.keep_draft(&self.app.document, note.as_ref());
        }
    }

    pub fn draw(&mut self) -> io::Result<()> {
        let Reader { app, theme, face, .. } = self;
        face.draw(app, theme)
    }

    /// Returns how long to sleep at most; for ever when nothing is pending.
    fn patience(&self) -> Option<Duration> {
        if self.app.is_searching() {
            return Some(Duration::ZERO);
        }
        let now = Instant::now();
        let due =
            [&self.settle.delay(now), &self.draft.delay(now), &self.retry.delay(now), &self.look_up_ends.delay(now)];
        due.into_iter().flatten().min().copied()
    }

    /// Takes in all that came; returns whether the screen may have changed.
    fn take_in(&mut self, keys: Keys, typed: &[u8]) -> io::Result<bool> {
        let now = Instant::now();
        if let Some(signal) = self.wait.signals.leaving() {
            self.left = Some(SIGNALLED + signal);
            return Ok(false);
        }
        if keys == Keys::Closed {
            self.left = Some(HUNG_UP);
            return Ok(false);
        }
        let mut changed = self.take_signals()?;
        let events = self.take_keys(typed, now);
        if !events.is_empty() {
            changed = true;
            self.look_outside(now)?;
            self.handle(Event::Time(Timestamp::now()))?;
        }
        for event in events {
            self.handle(event)?;
            if self.left.is_some() {
                return Ok(false);
            }
        }
        for event in self.take_results() {
            changed = true;
            self.handle(event)?;
        }
        changed |= self.go_on_searching(now)?;
        Ok(self.do_what_is_due(now)? || changed)
    }

    /// Looks through more of a very long text, if something is looked for; returns whether it was.
    fn go_on_searching(&mut self, since: Instant) -> io::Result<bool> {
        let is_searching = self.app.is_searching();
        while self.app.is_searching() && since.elapsed() < SEARCH {
            self.handle(Event::GoOn)?;
        }
        Ok(is_searching)
    }

    /// Returns what others have done meanwhile: the analysis, what was looked up.
    fn take_results(&mut self) -> Vec<Event> {
        let mut events = self.worker.as_ref().map_or_else(Vec::new, Worker::take);
        events.extend(self.take_look_up());
        events
    }

    /// Decodes what was typed; what is unfinished is settled when nothing follows in time.
    fn take_keys(&mut self, typed: &[u8], now: Instant) -> Vec<Event> {
        if typed.is_empty() && self.settle.take_due(now).is_some() {
            return self.input.settle();
        }
        let events = self.input.feed(typed);
        if let Some(are_known) = self.input.take_margins() {
            self.face.learn_margins(are_known);
        }
        if !typed.is_empty() {
            self.settle.take();
            if self.input.is_unfinished() {
                self.settle.set(now, if self.input.is_pasting() { PASTE } else { ESCAPE }, ());
            }
        }
        events
    }

    /// Follows the signals that do not end the program.
    fn take_signals(&mut self) -> io::Result<bool> {
        if self.wait.signals.take_stop() {
            self.face.lend(signals::stop_here)?;
            self.wait.signals.take_continued();
            self.resize()?;
            return Ok(true);
        }
        if self.wait.signals.take_continued() {
            // Stopped without a word before: what the terminal shows now is somebody else's.
            self.face.lend(|| ())?;
            self.resize()?;
            return Ok(true);
        }
        if self.wait.signals.take_resized() {
            self.resize()?;
            return Ok(true);
        }
        Ok(false)
    }

    fn resize(&mut self) -> io::Result<()> {
        let size = self.face.resize();
        self.handle(Event::Resize(size))
    }

    /// Looks whether somebody else changed the notes, once after every pause.
    fn look_outside(&mut self, now: Instant) -> io::Result<()> {
        let paused = now.duration_since(self.last_key) > PAUSE;
        self.last_key = now;
        let saved = self.retry.delay(now).is_none();
        match (paused && saved).then(|| self.keeper.changed_outside()).flatten() {
            Some(toml) => self.handle(Event::NotesChanged(toml)),
            None => Ok(()),
        }
    }

    fn do_what_is_due(&mut self, now: Instant) -> io::Result<bool> {
        let due = self.draft.take_due(now);
        if due.is_some_and(|note| self.keeper.keep_draft(&self.app.document, note.as_ref()).is_err()) {
            self.handle(Event::Told {
                message: "the unfinished note is not kept".to_owned(),
                hint: "esc saves it".to_owned(),
            })?;
            return Ok(true);
        }
        let Some((revision, toml)) = self.retry.take_due(now) else { return Ok(false) };
        let told = self.app.state.saving.failed.clone();
        let events = self.save(revision, toml);
        if self.retry.delay(now).is_none() && !matches!(self.app.state.mode, Mode::Write(_)) {
            self.draft_changed(None);
        }
        // What was told already is not told again every few seconds.
        let is_news =
            |event: &Event| !matches!(event, Event::NotSaved { message, .. } if Some(message) == told.as_ref());
        let news: Vec<Event> = events.into_iter().filter(is_news).collect();
        let changed = !news.is_empty();
        for event in news {
            self.handle(event)?;
        }
        Ok(changed)
    }
}

/// For the test that the screen is given back: panics on the key that a variable names, in debug builds alone.
fn panic_when_asked(event: &Event) {
    if cfg!(debug_assertions)
        && let Event::Key(key) = event
        && std::env::var("DEMARCHE_PANIC_AT").is_ok_and(|asked| asked == key.to_string())
    {
        panic!("asked for with {key}");
    }
}
