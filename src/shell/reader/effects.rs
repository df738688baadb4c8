//! Effects: what the app wants of the world is done here, and what came of it goes back as events.

use std::fs::OpenOptions;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{DRAFT, Next, RETRY, Reader, Worker};
use crate::annotation::export::Format;
use crate::annotation::{Conflict, Id};
use crate::app::state::Unfinished;
use crate::app::{Command, Effect, Event};
use crate::shell::face::Face;
use crate::shell::failure::{Failure, Result};
use crate::shell::keeper::Joined;
use crate::shell::look_up::{self, LookUp};
use crate::shell::outside::Written;
use crate::shell::series::Found;
use crate::shell::{clipboard, outside, shelf, signals};

impl Reader {
    /// Does one thing; only a terminal that is gone is an error.
    pub(super) fn run_effect(&mut self, effect: Effect) -> io::Result<Vec<Event>> {
        Ok(match effect {
            Effect::Save { revision, toml } => self.save(revision, toml),
            Effect::SaveElsewhere { path, revision, toml } => self.save_elsewhere(&path, revision, &toml),
            Effect::JoinCopies { revision, toml } => self.join_copies(revision, &toml),
            Effect::KeepDraft(note) => {
                self.draft_changed(note);
                Vec::new()
            }
            Effect::Copy(text) => match &mut self.face {
                Face::Screen(screen) => clipboard::copy(screen, &text)?.into_iter().collect(),
                Face::Lines(_) => clipboard::copy_or_say(&text).into_iter().collect(),
            },
            Effect::EditOutside(text) => self.edit_outside(text)?,
            Effect::OpenLink(link) => self.open_link(&link)?,
            Effect::LookUp { words, sentence } => self.start_look_up(&words, &sentence)?.into_iter().collect(),
            Effect::StopLookUp => {
                self.end_look_up();
                Vec::new()
            }
            Effect::Export { format, contents } => {
                vec![told(export(&self.folder, &self.app.document.name, format, &contents))]
            }
            Effect::ListArticles => vec![Event::Articles(shelf::articles(&self.places))],
            Effect::Open { path, note } => self.open(path, note),
            Effect::OpenInSeries(steps) => self.open_in_series(steps),
            Effect::Redraw => {
                self.face.resize();
                Vec::new()
            }
            Effect::Extract { around } => {
                self.extract(around)?;
                Vec::new()
            }
            Effect::StopWork => {
                self.worker.iter().for_each(Worker::stop);
                Vec::new()
            }
            Effect::Suspend => suspend(),
            Effect::Quit => {
                self.left = Some(0);
                Vec::new()
            }
        })
    }

    /// Reads another article and leaves this one for it; one that cannot be read is told and this one stays.
    fn open(&mut self, named: PathBuf, note: Option<Id>) -> Vec<Event> {
        match (self.opener)(&named) {
            Ok((document, path)) => {
                self.series.go_to(&named);
                self.next = Some(Next { document, path, named, note, missed: Vec::new() });
                self.left = Some(0);
                Vec::new()
            }
            Err(failure) => vec![told(Err(failure))],
        }
    }

    /// Goes on with another file of the command line; those that cannot be read are told, and passed over.
    fn open_in_series(&mut self, steps: isize) -> Vec<Event> {
        let Reader { series, opener, .. } = self;
        let Found { opened, missed } = series.step(steps, opener);
        match opened {
            Some((named, (document, path))) => {
                self.next = Some(Next { document, path, named, note: None, missed });
                self.left = Some(0);
                Vec::new()
            }
            None => {
                let end = match steps > 0 {
                    _ if !self.series.has_several() => "one file alone was named on the command line",
                    true => "this is the last file",
                    false => "this is the first file",
                };
                let failures = missed.into_iter().map(|failure| told(Err(failure)));
                if failures.len() > 0 { failures.collect() } else { vec![told(Ok(end.to_owned()))] }
            }
        }
    }

    /// Saves; what could not be saved is tried again after a while, and with every later change.
    pub(super) fn save(&mut self, revision: u64, toml: String) -> Vec<Event> {
        self.retry.take();
        match self.keeper.save(&toml) {
            Ok(()) => {
                // Without the history of undo the notes are still whole.
                let _ = self.keeper.keep_journal(&self.app.notes.journal());
                let joined = self.keeper.changed_outside().map(Event::NotesChanged);
                let conflicts = self.keeper.conflicts().into_iter().map(told_of);
                std::iter::once(Event::Saved { revision }).chain(joined).chain(conflicts).collect()
            }
            Err(Failure { message, hint, .. }) => {
                let _ = self.keeper.keep_journal(&self.app.notes.journal());
                self.retry.set(Instant::now(), RETRY, (revision, toml));
                let keys = self.app.keymap.keys_of(Command::SaveElsewhere);
                let elsewhere = keys.first().map_or(String::new(), |key| format!("; {key} saves them elsewhere"));
                vec![Event::NotSaved { revision, message, hint: hint + &elsewhere }]
            }
        }
    }

    /// Saves what an earlier session could not save.
    pub fn save_recovered(&mut self) -> io::Result<()> {
        if !self.keeper.is_unsaved() {
            return Ok(());
        }
        self.app.state.saving.revision += 1;
        let events = self.save(self.app.state.saving.revision, self.app.notes.to_toml());
        events.into_iter().try_for_each(|event| self.handle(event))
    }

    fn save_elsewhere(&mut self, path: &str, revision: u64, toml: &str) -> Vec<Event> {
        let home = path.strip_prefix("~/").and_then(|rest| Some(std::env::home_dir()?.join(rest)));
        if let Err(failure) = self.keeper.move_to(&home.unwrap_or_else(|| path.into()), toml) {
            return vec![told(Err(failure))];
        }
        self.retry.take();
        self.draft_changed(None);
        let _ = self.keeper.keep_journal(&self.app.notes.journal());
        let message = format!("the notes are kept in {} now", self.keeper.path().display());
        vec![Event::Saved { revision }, Event::Told { message, hint: "the next time: --notes PATH".to_owned() }]
    }

    fn join_copies(&mut self, revision: u64, toml: &str) -> Vec<Event> {
        match self.keeper.join_copies(toml) {
            Ok(Joined { copies, .. }) if copies.is_empty() => {
                vec![told(Ok("there is no copy beside the notes".to_owned()))]
            }
            Ok(Joined { toml, copies }) => {
                self.retry.take();
                let joined = told(Ok(format!("joined, and kept as a backup: {}", copies.join(", "))));
                let conflicts = self.keeper.conflicts().into_iter().map(told_of);
                let events = [Event::Saved { revision }, Event::NotesChanged(toml), joined];
                events.into_iter().chain(conflicts).collect()
            }
            Err(failure) => vec![told(Err(failure))],
        }
    }

    /// An unfinished note is kept a moment after the last key. A finished one is forgotten at once, but not before it
    /// is on disk as a note.
    pub(super) fn draft_changed(&mut self, note: Option<Unfinished>) {
        let now = Instant::now();
        let finished = note.is_none();
        if finished && self.retry.delay(now).is_some() {
            return;
        }
        self.draft.set(now, DRAFT, note);
        if finished {
            self.keep_draft();
        }
    }

    fn edit_outside(&mut self, text: String) -> io::Result<Vec<Event>> {
        let Reader { face, wait, keeper, .. } = self;
        let written = face.lend(|| wait.signals.lend(|| outside::edit(&text, keeper.state_folder())))?;
        self.resize()?;
        match written {
            Ok(Written { text, folder }) => {
                self.handle(Event::Edited(text))?;
                if self.retry.delay(Instant::now()).is_some() {
                    // Not saved: the file is the only copy on disk.
                    let _ = folder.keep();
                }
                Ok(Vec::new())
            }
            // What was in the small editor before is not lost with the big one.
            Err(failure) => Ok(vec![told(Err(failure)), Event::Edited(text)]),
        }
    }

    /// Starts a program; another that still runs is stopped.
    fn start_look_up(&mut self, words: &str, sentence: &str) -> io::Result<Option<Event>> {
        self.end_look_up();
        match LookUp::start(&self.app.config.look_up, words, sentence, self.wait.waker()?) {
            Ok(look_up) => {
                self.look_up = Some(look_up);
                self.look_up_ends.set(Instant::now(), look_up::PATIENCE, ());
                Ok(None)
            }
            Err(failure) => Ok(Some(not_looked_up(failure))),
        }
    }

    pub(super) fn is_looking_up(&self) -> bool {
        self.look_up.is_some()
    }

    /// Waits for it no longer, and stops the program if it still runs.
    pub(super) fn end_look_up(&mut self) {
        self.look_up = None;
        self.look_up_ends.take();
    }

    /// Returns what was looked up, once it is there, or that it took too long.
    pub(super) fn take_look_up(&mut self) -> Option<Event> {
        let look_up = self.look_up.as_ref()?;
        let event = match look_up.take() {
            Some(Ok(text)) => Event::LookedUp(text),
            Some(Err(failure)) => not_looked_up(failure),
            None => {
                self.look_up_ends.take_due(Instant::now())?;
                not_looked_up(look_up.too_slow())
            }
        };
        self.end_look_up();
        Some(event)
    }

    fn open_link(&mut self, link: &str) -> io::Result<Vec<Event>> {
        let Reader { face, wait, app, .. } = self;
        let opened = face.lend(|| wait.signals.lend(|| outside::open_link(&app.config.open, link)))?;
        self.resize()?;
        Ok(vec![told(opened.map(|()| format!("opened {link}")))])
    }
}

/// Stops as a job of a shell, the others of the job with it; the signal comes back and is followed as any other.
fn suspend() -> Vec<Event> {
    if signals::can_be_continued() && rustix::process::kill_current_process_group(rustix::process::Signal::TSTP).is_ok()
    {
        return Vec::new();
    }
    vec![Event::Told { message: "there is no shell to go back to".to_owned(), hint: "q leaves".to_owned() }]
}

fn told_of(Conflict { id, key }: Conflict) -> Event {
    let entry = id.unwrap_or_else(|| "the file".to_owned());
    Event::Told { message: format!("changed here and elsewhere: {key} of {entry}"), hint: "both are kept".to_owned() }
}

fn not_looked_up(Failure { message, hint, .. }: Failure) -> Event {
    Event::NotLookedUp { message, hint }
}

fn told(result: Result<String>) -> Event {
    match result {
        Ok(message) => Event::Told { message, hint: String::new() },
        Err(Failure { message, hint, .. }) => {
            Event::Told { message, hint: if hint.is_empty() { "nothing was changed".to_owned() } else { hint } }
        }
    }
}

/// Writes an export into a folder under a name that is free; returns what to tell.
fn export(folder: &Path, document: &str, format: Format, contents: &str) -> Result<String> {
    let stem = match document {
        "-" => "demarche",
        name => Path::new(name).file_stem().and_then(|stem| stem.to_str()).unwrap_or(name),
    };
    let (part, ending) = format.sheet().ending.rsplit_once('.').unwrap_or((format.word(), "txt"));
    let names = (1..100).map(|count| match count {
        1 => format!("{stem}.{part}.{ending}"),
        _ => format!("{stem}.{part}-{count}.{ending}"),
    });
    let place = if folder.as_os_str().is_empty() { "to" } else { "beside the article:" };
    for name in names {
        let path = folder.join(&name);
        let file = OpenOptions::new().write(true).create_new(true).open(&path);
        let written = match file {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
            file => file.and_then(|mut file| file.write_all(contents.as_bytes()).and_then(|()| file.sync_all())),
        };
        return written
            .map(|()| format!("exported {place} {name}"))
            .map_err(|error| Failure::io("export", &path, &error));
    }
    Err(Failure::new(format!("a hundred exports are here already: {stem}.{part}.{ending}"), "move some away"))
}
