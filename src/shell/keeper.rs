//! The keeper of a notes file: what was loaded, what is saved, and whoever else writes to it.

mod backup;
mod copies;
mod draft;
mod recovery;

use std::fs::{self, File, TryLockError};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::failure::{Failure, Result};
use super::files::{Location, Places, not_written, notes_path, short_name};
use super::place;
use super::save::{create_private_folder, replace_quickly, save_atomically, sweep};
use crate::annotation::{Conflict, Notes, Unreadable, check_writable, merge};
use crate::document::Document;

pub use self::copies::Joined;
pub use super::place::Place;

/// Keeps one notes file, and beside it in the state folder its backups, its draft, its history, the reader's place.
#[derive(Debug)]
pub struct Keeper {
    location: Location,
    state: PathBuf,
    /// The text that the notes in memory were last loaded from or saved as; `None` when there was no file.
    base: Option<String>,
    /// The notes in memory hold changes that are not in the file.
    unsaved: bool,
    /// A backup of the file as the session found it has been made.
    backed_up: bool,
    conflicts: Vec<Conflict>,
    /// What could not be saved and is kept in the state folder instead.
    aside: Option<String>,
    /// What other sessions kept there; it is among the notes in memory.
    found_aside: Vec<PathBuf>,
    /// Tells what this session keeps there from what others on the same file do.
    session: String,
}

/// A larger file is no notes file.
pub const LARGEST: u64 = 64 << 20;
const LOCK_WAIT: Duration = Duration::from_secs(2);
const LOCK_RETRY: Duration = Duration::from_millis(10);

const NOT_SAVED: &str = "notes not saved";

impl Keeper {
    /// Finds and reads the notes of a document; a file that cannot be understood leaves notes that cannot be changed.
    pub fn open(
        places: &Places,
        document: &Document,
        file: Option<&Path>,
        wish: Option<&Path>,
        beside: bool,
    ) -> Result<(Keeper, Notes)> {
        let mut keeper = Keeper::of(notes_path(places, document, file, wish, beside), places.state.clone());
        keeper.recover();
        let mut notes = match read(keeper.path()) {
            Ok(text) => keeper.load(text, document),
            Err(error) => Notes::sealed(&format!("{}: {}", keeper.path().display(), super::failure::reason(&error))),
        };
        if let Some(journal) = keeper.journal() {
            notes.restore_journal(&journal);
        }
        Ok((keeper, notes))
    }

    /// Returns a keeper of no file, for as long as it is not known which it is.
    pub fn of_none(places: &Places) -> Keeper {
        Keeper::of(Location { path: places.data.join("notes"), notice: None }, places.state.clone())
    }

    fn of(location: Location, state: PathBuf) -> Keeper {
        let (base, aside, found_aside, conflicts) = Default::default();
        let session = std::iter::repeat_with(fastrand::alphanumeric).take(8).collect();
        Keeper { location, state, base, unsaved: false, backed_up: false, conflicts, aside, found_aside, session }
    }

    /// Returns the notes of the file, and those of an earlier session that could not be saved then.
    fn load(&mut self, disk: Option<String>, document: &Document) -> Notes {
        let text = self.with_unsaved(disk.as_deref());
        self.base = disk;
        let Some(text) = text else { return Notes::new() };
        Notes::parse(&text, document).unwrap_or_else(|error| {
            let Unreadable { line, column, reason } = error;
            Notes::sealed(&format!("{}:{line}:{column}: {reason}", self.path().display()))
        })
    }

    /// Returns where the notes are kept.
    pub fn path(&self) -> &Path {
        &self.location.path
    }

    /// Returns what the reader should know about where the notes are kept.
    pub fn notice(&self) -> Option<&str> {
        self.location.notice.as_deref()
    }

    pub fn state_folder(&self) -> &Path {
        &self.state
    }

    /// Saves the notes; when this returns without an error they are on the disk, joined with what others wrote.
    ///
    /// What others wrote is then loaded with [`Keeper::changed_outside`]; until it is, later saves join it again.
    pub fn save(&mut self, ours: &str) -> Result<()> {
        self.unsaved = true;
        match self.write(ours) {
            Ok(()) => {
                (self.unsaved, self.base) = (false, Some(ours.to_owned()));
                self.forget_aside();
                Ok(())
            }
            Err(failure) => {
                self.keep_aside(ours);
                Err(failure)
            }
        }
    }

    /// Returns whether the notes in memory are not all in the file.
    pub fn is_unsaved(&self) -> bool {
        self.unsaved
    }

    /// Saves the notes in another file, which must be new, and keeps them there from now on.
    pub fn move_to(&mut self, path: &Path, ours: &str) -> Result<()> {
        let path = if path.is_dir() { path.join(self.path().file_name().unwrap_or_default()) } else { path.to_owned() };
        if path.symlink_metadata().is_ok() {
            return Err(Failure::new(format!("there is a file already: {}", path.display()), "name one that is new"));
        }
        let mut there = Keeper::of(Location { path, notice: None }, self.state.clone());
        there.write(ours)?;
        there.base = Some(ours.to_owned());
        self.forget_aside();
        *self = there;
        Ok(())
    }

    /// Returns the file's text, once, when it is not what the notes in memory were made from or saved as.
    pub fn changed_outside(&mut self) -> Option<String> {
        let text = read(self.path()).ok().flatten()?;
        if self.unsaved || self.base.as_ref() == Some(&text) || check_writable(&text).is_err() {
            return None;
        }
        self.base = Some(text.clone());
        Some(text)
    }

    /// Returns, once, what this reader and another changed differently; both are in the file.
    pub fn conflicts(&mut self) -> Vec<Conflict> {
        std::mem::take(&mut self.conflicts)
    }

    /// Keeps the history of undo; the notes are whole without it, so that no save waits for it to be on the disk.
    pub fn keep_journal(&self, journal: &str) -> Result<()> {
        self.keep("journals", "json", journal, replace_quickly)
    }

    pub fn journal(&self) -> Option<String> {
        read(&self.kept("journals", "json")).ok().flatten()
    }

    /// Returns where the reader was, or the beginning.
    pub fn place(&self, document: &Document) -> Place {
        place::load(&self.state, document).unwrap_or_default()
    }

    /// Keeps where the reader is; a place that cannot be kept is no reason to complain.
    pub fn keep_place(&self, document: &Document, place: Place) {
        let _ = place::save(&self.state, document, place);
    }

    fn write(&mut self, ours: &str) -> Result<()> {
        let failed = |path: &Path, error: &io::Error| not_written(NOT_SAVED, path, error);
        let path = self.path().to_owned();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            create_private_folder(folder).map_err(|error| failed(folder, &error))?;
        }
        let _lock = self.lock()?;
        let disk = read(&path).map_err(|error| failed(&path, &error))?;
        let toml = self.joined(ours, disk.as_deref())?;
        if disk.as_ref() == Some(&toml) {
            return Ok(());
        }
        if !self.backed_up {
            sweep(&path);
            if let Some(old) = &disk {
                self.back_up(old).map_err(|error| not_written("notes not saved, no backup", &self.state, &error))?;
            }
        }
        save_atomically(&path, toml.as_bytes()).map_err(|error| failed(&path, &error))?;
        // What this session wrote needs no backup; what others wrote has one of theirs.
        self.backed_up = true;
        Ok(())
    }

    /// Returns what to write: ours, joined with what others wrote since.
    fn joined(&mut self, ours: &str, disk: Option<&str>) -> Result<String> {
        let Some(disk) = disk else { return Ok(ours.into()) };
        let is_base = self.base.as_deref() == Some(disk);
        if !is_base || !self.backed_up {
            // What this session wrote was looked at then: a long file takes a while.
            check_writable(disk).map_err(|error| self.refusal(&error))?;
        }
        if is_base {
            return Ok(ours.into());
        }
        let merged =
            merge(self.base.as_deref().unwrap_or_default(), ours, disk).map_err(|error| self.refusal(&error))?;
        check_writable(&merged.toml).map_err(|error| self.refusal(&error))?;
        self.conflicts.extend(merged.conflicts);
        Ok(merged.toml)
    }

    fn refusal(&self, error: &Unreadable) -> Failure {
        let place = format!("{}:{}:{}", self.path().display(), error.line, error.column);
        let hint = "mend the file, or use --notes PATH";
        Failure::new(format!("{NOT_SAVED}: {place}: {}", error.reason), hint)
    }

    fn keep(&self, folder: &str, ending: &str, text: &str, write: fn(&Path, &[u8]) -> io::Result<()>) -> Result<()> {
        let path = self.kept(folder, ending);
        let done = match text {
            "" => fs::remove_file(&path).or_else(|error| match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Ok(()),
                _ => Err(error),
            }),
            text => create_private_folder(&self.state.join(folder)).and_then(|()| write(&path, text.as_bytes())),
        };
        done.map_err(|error| not_written("not kept", &path, &error))
    }

    fn kept(&self, folder: &str, ending: &str) -> PathBuf {
        self.state.join(folder).join(format!("{}.{ending}", self.name()))
    }

    /// Returns the name of what belongs to this notes file: one for all ways to write its path.
    fn name(&self) -> String {
        let path = std::path::absolute(self.path()).unwrap_or_else(|_| self.path().to_owned());
        // The same before and after the folders are made.
        let known = path.ancestors().find_map(|there| {
            let rest = path.strip_prefix(there).ok()?;
            let there = fs::canonicalize(there).ok()?;
            Some(if rest.as_os_str().is_empty() { there } else { there.join(rest) })
        });
        short_name(known.unwrap_or(path).as_os_str().as_encoded_bytes())
    }

    /// Locks out other readers while this one saves; a file system without locks has to do without.
    fn lock(&self) -> Result<Option<File>> {
        let path = self.kept("locks", "lock");
        let file = create_private_folder(&self.state.join("locks")).and_then(|()| File::create(&path));
        let file = file.map_err(|error| not_written(NOT_SAVED, &path, &error))?;
        let start = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::Error(_)) => return Ok(None),
                Err(TryLockError::WouldBlock) if start.elapsed() < LOCK_WAIT => std::thread::sleep(LOCK_RETRY),
                Err(TryLockError::WouldBlock) => {
                    let message = format!("{NOT_SAVED}, another reader is saving: {}", self.path().display());
                    return Err(Failure::new(message, "it is tried again"));
                }
            }
        }
    }
}

/// Reads a text file; `None` when there is none, or nothing in it: what another program emptied has no say.
fn read(path: &Path) -> io::Result<Option<String>> {
    let file = match File::open(path) {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        file => file?,
    };
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("not a regular file"));
    }
    let mut text = String::new();
    match file.take(LARGEST + 1).read_to_string(&mut text)? as u64 {
        0 => Ok(None),
        size if size > LARGEST => Err(io::Error::other("too large for a notes file")),
        _ => Ok(Some(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::backup::BACKUPS;
    use super::*;
    use crate::app::state::Unfinished;

    const FILE: &str = "# mine\nformat = \"demarche-notes/1\"\n\n[[note]]\nid = \"aaaaaa\"\ntext = \"one\"\n";

    struct Desk {
        folder: tempfile::TempDir,
        path: PathBuf,
        places: Places,
    }

    fn desk(contents: Option<&str>) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.notes.toml");
        if let Some(contents) = contents {
            fs::write(&path, contents).unwrap();
        }
        let places = Places::new(|_| None, Some(folder.path().join("home")));
        Desk { folder, path, places }
    }

    fn document() -> Document {
        Document::read("a.txt", "An article. It is short.", None)
    }

    impl Desk {
        fn open(&self) -> Keeper {
            self.open_at(&self.path).0
        }

        fn open_at(&self, path: &Path) -> (Keeper, Notes) {
            Keeper::open(&self.places, &document(), None, Some(path), false).unwrap()
        }

        #[track_caller]
        fn check(&self, contents: &str) {
            assert_eq!(fs::read_to_string(&self.path).unwrap(), contents);
        }

        fn backups(&self) -> usize {
            let folders = fs::read_dir(self.places.state.join("backups")).into_iter().flatten().flatten();
            folders.map(|folder| fs::read_dir(folder.path()).unwrap().count()).sum()
        }
    }

    fn with(note: &str) -> String {
        format!("{FILE}\n[[note]]\nid = \"{note}\"\n")
    }

    #[test]
    fn what_is_saved_is_in_the_file() {
        let desk = desk(None);
        let mut keeper = desk.open();
        keeper.save(FILE).unwrap();
        keeper.save(&with("bbbbbb")).unwrap();
        desk.check(&with("bbbbbb"));
        assert_eq!((desk.backups(), keeper.changed_outside()), (0, None), "there was nothing to keep");
    }

    #[test]
    fn two_readers_lose_nothing() {
        let desk = desk(Some(FILE));
        let (mut first, mut second) = (desk.open(), desk.open());
        first.save(&with("bbbbbb")).unwrap();
        second.save(&with("cccccc")).unwrap();
        let both = format!("{}\n[[note]]\nid = \"bbbbbb\"\n", with("cccccc"));
        desk.check(&both);
        second.save(&with("cccccc").replace("one", "1")).unwrap();
        desk.check(&both.replace("one", "1"));
        for keeper in [&mut first, &mut second] {
            assert_eq!(keeper.changed_outside(), Some(both.replace("one", "1")));
            assert_eq!(keeper.changed_outside(), None, "it is handed out once");
        }
    }

    #[test]
    fn two_new_files_lose_nothing() {
        let desk = desk(None);
        let (mut first, mut second) = (desk.open(), desk.open());
        first.save(FILE).unwrap();
        second.save(&FILE.replace("aaaaaa", "bbbbbb")).unwrap();
        let text = fs::read_to_string(&desk.path).unwrap();
        assert!(text.contains("aaaaaa") && text.contains("bbbbbb") && text.matches("format").count() == 1, "{text}");
    }

    #[test]
    fn readers_at_the_same_time_lose_nothing() {
        let desk = desk(Some(FILE));
        std::thread::scope(|scope| {
            for reader in 0..4 {
                let desk = &desk;
                scope.spawn(move || {
                    let (mut keeper, notes) = desk.open_at(&desk.path);
                    let mut text = notes.to_toml();
                    for note in 0..5 {
                        text.push_str(&format!("\n[[note]]\nid = \"r{reader}n{note}\"\n"));
                        keeper.save(&text).unwrap();
                    }
                });
            }
        });
        let text = fs::read_to_string(&desk.path).unwrap();
        for (reader, note) in (0..4).flat_map(|reader| (0..5).map(move |note| (reader, note))) {
            assert_eq!(text.matches(&format!("\"r{reader}n{note}\"")).count(), 1, "{text}");
        }
    }

    #[test]
    fn a_file_that_is_not_understood_is_never_written() {
        for broken in ["<<<<<<< HEAD\n", "format = \"demarche-notes/2\"\n", "format = \"demarche-notes/1\"\nnote = 1\n"]
        {
            let desk = desk(Some(FILE));
            let mut keeper = desk.open();
            fs::write(&desk.path, broken).unwrap();
            let failure = keeper.save(&with("bbbbbb")).unwrap_err();
            assert!(failure.message.starts_with("notes not saved: /"), "{failure}");
            assert_eq!(keeper.changed_outside(), None);
            let (mut keeper, notes) = desk.open_at(&desk.path);
            assert!(notes.read_only().is_some() && keeper.save(&with("bbbbbb")).is_err());
            desk.check(broken);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_never_written() {
        let desk = desk(None);
        fs::write(&desk.path, b"\xff\xfe").unwrap();
        let (mut keeper, notes) = desk.open_at(&desk.path);
        assert!(notes.read_only().is_some() && keeper.save(FILE).is_err());
        assert_eq!(fs::read(&desk.path).unwrap(), b"\xff\xfe");
    }

    #[test]
    fn each_session_keeps_one_backup_and_twenty_are_kept() {
        let desk = desk(Some(FILE));
        for session in 0..BACKUPS + 3 {
            let mut keeper = desk.open();
            keeper.save(&with(&format!("{session:06}"))).unwrap();
            keeper.save(&with(&format!("x{session:05}"))).unwrap();
            assert_eq!(desk.backups(), (session + 1).min(BACKUPS));
        }
    }

    #[test]
    fn a_file_that_another_program_emptied_is_written_whole() {
        let desk = desk(Some(FILE));
        let mut keeper = desk.open();
        fs::write(&desk.path, "").unwrap();
        assert_eq!(keeper.changed_outside(), None);
        keeper.save(&with("bbbbbb")).unwrap();
        desk.check(&with("bbbbbb"));
    }

    #[test]
    fn what_could_not_be_saved_is_there_in_the_next_session() {
        let desk = desk(Some("in the way"));
        let path = desk.path.join("a.notes.toml");
        let (mut keeper, _) = desk.open_at(&path);
        assert!(keeper.save(FILE).is_err() && keeper.save(&with("bbbbbb")).is_err());
        fs::remove_file(&desk.path).unwrap();
        fs::create_dir(&desk.path).unwrap();
        fs::write(&path, with("cccccc")).unwrap();
        let (mut next, notes) = desk.open_at(&path);
        let both = format!("{}\n[[note]]\nid = \"cccccc\"\n", with("bbbbbb"));
        assert!(next.is_unsaved() && notes.to_toml() == both, "{}", notes.to_toml());
        next.save(&both).unwrap();
        let (last, notes) = desk.open_at(&path);
        assert!(!last.is_unsaved() && last.notice().is_none() && notes.to_toml() == both);
    }

    #[test]
    fn what_two_readers_could_not_save_is_all_there_in_the_next_session() {
        let desk = desk(Some("in the way"));
        let path = desk.path.join("a.notes.toml");
        let ((mut one, _), (mut other, _)) = (desk.open_at(&path), desk.open_at(&path));
        assert!(one.save(&with("bbbbbb")).is_err() && other.save(&with("cccccc")).is_err());
        fs::remove_file(&desk.path).unwrap();
        let (mut next, notes) = desk.open_at(&path);
        let ids = |notes: &Notes| {
            let mut ids: Vec<String> = notes.entries().iter().map(|entry| entry.id.0.clone()).collect();
            ids.sort();
            ids
        };
        assert_eq!(ids(&notes), ["aaaaaa", "bbbbbb", "cccccc"]);
        next.save(&notes.to_toml()).unwrap();
        let (last, notes) = desk.open_at(&path);
        assert!(!last.is_unsaved() && last.notice().is_none());
        assert_eq!(ids(&notes), ["aaaaaa", "bbbbbb", "cccccc"]);
    }

    #[test]
    fn notes_are_saved_elsewhere_when_the_reader_says_so() {
        let desk = desk(Some("in the way"));
        let (mut keeper, _) = desk.open_at(&desk.path.join("a.notes.toml"));
        assert!(keeper.save(FILE).is_err());
        assert!(keeper.move_to(&desk.path, FILE).unwrap_err().message.starts_with("there is a file already"));
        let folder = desk.folder.path().join("safe");
        fs::create_dir(&folder).unwrap();
        keeper.move_to(&folder, FILE).unwrap();
        keeper.save(&with("bbbbbb")).unwrap();
        assert_eq!(fs::read_to_string(folder.join("a.notes.toml")).unwrap(), with("bbbbbb"));
        desk.check("in the way");
    }

    #[test]
    fn a_copy_of_a_synchronizer_is_joined_and_kept_as_a_backup() {
        let desk = desk(Some(FILE));
        let copy = desk.folder.path().join("a.notes.sync-conflict-20260102-030405-ABCDEFG.toml");
        fs::write(&copy, with("bbbbbb").replace("one", "uno")).unwrap();
        let mut keeper = desk.open();
        assert_eq!(keeper.copies(), std::slice::from_ref(&copy));
        let joined = keeper.join_copies(&with("cccccc")).unwrap();
        desk.check(&joined.toml);
        for kept in ["one", "uno", "bbbbbb", "cccccc"] {
            assert!(joined.toml.contains(kept), "{kept} is not in {}", joined.toml);
        }
        assert_eq!((keeper.copies().len(), keeper.conflicts().len(), desk.backups()), (0, 1, 2));
        fs::write(&copy, "<<<<<<< HEAD\n").unwrap();
        assert!(keeper.join_copies(FILE).unwrap_err().message.contains("line 1"));
        assert!(copy.exists());
        desk.check(&joined.toml);
    }

    #[cfg(unix)]
    #[test]
    fn a_save_in_place_that_was_cut_off_is_mended() {
        let desk = desk(Some("[[note]]\nid = \"aa"));
        fs::hard_link(&desk.path, desk.folder.path().join("other")).unwrap();
        let copy = desk.folder.path().join(".a.notes.toml.before");
        fs::write(&copy, FILE).unwrap();
        let (keeper, notes) = desk.open_at(&desk.path);
        assert_eq!((notes.to_toml().as_str(), copy.exists(), desk.backups()), (FILE, false, 0));
        assert!(keeper.notice().is_some_and(|notice| notice.ends_with("is back")));
        desk.check(FILE);
        fs::write(&copy, with("bbbbbb")).unwrap();
        let (keeper, notes) = desk.open_at(&desk.path);
        assert_eq!((notes.to_toml().as_str(), copy.exists(), desk.backups()), (FILE, false, 1));
        assert!(keeper.notice().is_some_and(|notice| notice.ends_with("among the backups")));
    }

    #[test]
    fn draft_history_and_place_are_kept_for_the_next_session() {
        let desk = desk(None);
        let keeper = desk.open();
        let (draft, document) = (Unfinished { text: "half a tho".to_owned(), at: 12 }, document());
        assert_eq!((keeper.draft(&document), keeper.place(&document)), (None, Place::default()));
        keeper.keep_draft(&document, Some(&draft)).unwrap();
        keeper.keep_journal("{}").unwrap();
        keeper.keep_place(&document, Place { top: 3, here: 12, ..Place::default() });
        let next = desk.open();
        assert_eq!((next.draft(&document), next.journal().as_deref()), (Some(draft), Some("{}")));
        assert_eq!(next.place(&document), Place { top: 3, here: 12, ..Place::default() });
        keeper.keep_draft(&document, None).unwrap();
        assert_eq!(keeper.draft(&document), None);
    }

    #[test]
    fn where_nothing_can_be_written_the_failure_names_the_place() {
        let desk = desk(Some(FILE));
        let path = desk.path.join("under a file");
        let (mut keeper, notes) = desk.open_at(&path);
        assert_eq!(notes.read_only(), None, "notes can be taken, and saved elsewhere");
        let failure = keeper.save(FILE).unwrap_err();
        assert!(failure.message.contains("a.notes.toml") && !failure.hint.is_empty(), "{failure}");
        assert!(desk.folder.path().exists());
        desk.check(FILE);
    }
}
