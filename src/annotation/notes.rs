//! The annotation store: the notes of one document, the file they are kept in, and every change with its way back.
//!
//! The file's text is the truth: an entry is changed by changing its lines, and everything else stays byte for byte.

mod placing;

use std::collections::{HashMap, HashSet};

use super::history::{Change, History, Place, Step, inverse};
use super::pieces::{Kind, Piece, Unreadable, cut, unreadable};
use super::{Anchor, Anchorer, Body, Entry, Id, Selector, Verdict, quoting, record};
use crate::document::Document;

/// The notes of one document.
#[derive(Clone, Debug, Default)]
pub struct Notes {
    pieces: Vec<Held>,
    /// In reading order: corrections of actors, then by place, then those without a place.
    entries: Vec<Entry>,
    /// Anchors found, also of entries that undo may bring back.
    anchors: HashMap<Id, (Option<Selector>, Anchor)>,
    problems: Vec<Problem>,
    read_only: Option<String>,
    /// The version that stored offsets count in.
    sha256: Option<String>,
    history: History,
    /// There is a file, or lines for one.
    begun: bool,
}

/// A piece of the file and the entry it holds.
#[derive(Clone, Debug)]
struct Held {
    piece: Piece,
    entry: Result<Option<Entry>, String>,
}

/// Something in the file that is kept as it is and not shown as an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, from 1.
    pub line: usize,
    pub reason: String,
}

/// A change of the notes.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// An entry with an id that exists replaces that one.
    Add(Entry),
    Remove(Id),
    Replace(Entry),
    Many(Vec<Edit>),
    /// Lines of the file as they were: what an inverse is made of.
    Restore(Vec<Change>),
}

/// The version of the format written, and the last one understood.
const FORMAT: &str = "demarche-notes/";
const VERSION: u32 = 1;

const LOST: Anchor = Anchor::Lost { suggestion: None };

impl Notes {
    /// Returns the notes of a document that has none. The first change begins a file of its own, with what it says of
    /// the document: nobody waits for that who only reads.
    pub fn new() -> Notes {
        Notes::default()
    }

    /// Reads a notes file and finds the place of every entry.
    pub fn parse(toml: &str, document: &Document) -> Result<Notes, Unreadable> {
        let pieces = cut(toml)?;
        let head = between_entries(&pieces);
        let head = head_of(&head)?;
        let sha256 = head.get("article").and_then(|article| article.get("sha256")?.as_str()).map(str::to_owned);
        let read_only = head.get("format").and_then(|format| foreign(format.as_str()));
        let mut notes = Notes::of(held(pieces), sha256, read_only);
        notes.find_anchors(document);
        Ok(notes)
    }

    /// Returns empty notes that take no change, for a file that cannot be read.
    pub fn sealed(reason: &str) -> Notes {
        Notes { read_only: Some(quoting::one_line(reason)), ..Notes::new() }
    }

    fn of(pieces: Vec<Held>, sha256: Option<String>, read_only: Option<String>) -> Notes {
        let (entries, anchors, problems, history) = Default::default();
        let mut notes = Notes { pieces, entries, anchors, problems, read_only, sha256, history, begun: true };
        notes.arrange();
        notes
    }

    /// Returns why the file may not be written, when it may not.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Returns what in the file could not be read, in its order.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Returns the entries in reading order; corrections of actors first, entries without a place last.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    pub fn entry(&self, id: &Id) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.id == *id)
    }

    /// Returns where an entry is; one without a target is nowhere.
    pub fn anchor(&self, id: &Id) -> &Anchor {
        self.anchors.get(id).map_or(&LOST, |(_, anchor)| anchor)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.problems.is_empty()
    }

    /// Returns the file.
    pub fn to_toml(&self) -> String {
        joined(&self.pieces)
    }

    /// Returns the lines of each piece of the file with the number of the first, and the entry they hold.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &Piece, Option<&Entry>)> {
        let mut next = 1;
        self.pieces.iter().map(move |Held { piece, entry }| {
            let line = next;
            next += piece.text.matches('\n').count();
            (line, piece, entry.as_ref().ok().and_then(Option::as_ref))
        })
    }

    /// Does a change, without a way back in the history, and returns its inverse; a read-only file takes none.
    pub fn apply(&mut self, document: &Document, edit: Edit) -> Edit {
        let mut done = Vec::new();
        if self.read_only.is_none() {
            self.begin(document);
            self.look_ahead(document, &edit);
            self.perform_edit(document, edit, &mut done);
        }
        self.arrange();
        Edit::Restore(inverse(done))
    }

    /// Does a change that the reader can undo.
    pub fn change(&mut self, document: &Document, edit: Edit) {
        let what = self.describe(&edit);
        self.change_as(document, edit, what);
    }

    /// Does a change that the reader can undo under this name.
    pub fn change_as(&mut self, document: &Document, edit: Edit, what: String) {
        if let Edit::Restore(back) = self.apply(document, edit)
            && !back.is_empty()
        {
            self.history.did(Step { what, changes: inverse(back) });
        }
    }

    /// Undoes the last change and returns what it was; a change that no longer fits the file is passed over.
    pub fn undo(&mut self, document: &Document) -> Option<String> {
        while let Some(step) = self.history.done.pop() {
            if self.perform_all(document, &inverse(step.changes.clone())) {
                self.history.undone.push(step.clone());
                return Some(step.what);
            }
        }
        None
    }

    /// Does the last undone change again and returns what it was.
    pub fn redo(&mut self, document: &Document) -> Option<String> {
        while let Some(step) = self.history.undone.pop() {
            if self.perform_all(document, &step.changes) {
                self.history.done.push(step.clone());
                return Some(step.what);
            }
        }
        None
    }

    /// Returns the last of the history of undo as text, for the next session.
    pub fn journal(&self) -> String {
        self.history.to_json()
    }

    /// Takes over the history of an earlier session; text that is none leaves the notes without one.
    pub fn restore_journal(&mut self, journal: &str) {
        self.history = serde_json::from_str(journal).unwrap_or_default();
    }
}

impl Notes {
    /// Writes what a new file begins with, unless there is one.
    fn begin(&mut self, document: &Document) {
        if !std::mem::replace(&mut self.begun, true) {
            let piece = Piece { kind: None, text: preamble(document) };
            self.pieces.push(Held { piece, entry: Ok(None) });
            self.sha256 = Some(document.sha256().to_owned());
        }
    }

    /// Finds the places of all that will be added: the text is folded once for all of them.
    fn look_ahead(&mut self, document: &Document, edit: &Edit) {
        let Edit::Many(edits) = edit else { return };
        let anchorer = Anchorer::new(document);
        for edit in edits {
            if let Edit::Add(entry) = edit {
                self.find_anchor(document, entry, Some(&anchorer));
            }
        }
    }

    fn perform_edit(&mut self, document: &Document, edit: Edit, done: &mut Vec<Change>) {
        match edit {
            Edit::Add(mut entry) | Edit::Replace(mut entry) => {
                // An actor's correction is named by the actor, whatever name the entry came with.
                if let Body::Actor(correction) = &entry.body {
                    entry.id = Id(correction.actor.clone());
                }
                if self.entry_of(&entry.id).is_some_and(|old| record::kind_of(old) != record::kind_of(&entry)) {
                    self.perform_edit(document, Edit::Remove(entry.id.clone()), done);
                }
                let change = self.change_to(document, entry);
                done.extend(self.perform(document, &change).then_some(change));
            }
            Edit::Remove(id) => {
                if let Some(index) = self.piece_of(&id) {
                    let before = Some(self.pieces[index].piece.text.clone());
                    let change = Change { id, before, after: None, place: self.place_at(index) };
                    done.extend(self.perform(document, &change).then_some(change));
                }
            }
            Edit::Many(edits) => edits.into_iter().for_each(|edit| self.perform_edit(document, edit, done)),
            Edit::Restore(changes) => {
                for change in changes {
                    done.extend(self.perform(document, &change).then_some(change));
                }
            }
        }
    }

    /// Performs all of the changes or none.
    fn perform_all(&mut self, document: &Document, changes: &[Change]) -> bool {
        let mut done = Vec::new();
        self.begin(document);
        let fits = self.read_only.is_none()
            && changes.iter().all(|change| {
                let fits = self.perform(document, change);
                done.extend(fits.then(|| change.clone()));
                fits
            });
        if !fits {
            for change in inverse(done) {
                self.perform(document, &change);
            }
        }
        self.arrange();
        fits
    }

    /// Returns the change of lines that adds an entry or brings it to its new value.
    fn change_to(&mut self, document: &Document, mut entry: Entry) -> Change {
        // Offsets count in the version that the file names; in another they would only mislead, unless nothing else
        // tells the place from others like it.
        let foreign = !self.is_of(document);
        let old = self.piece_of(&entry.id).zip(self.entry_of(&entry.id).cloned());
        if let Some(target) = entry.target.as_mut().filter(|target| foreign && target.at.is_some())
            && old.as_ref().and_then(|(_, old)| old.target.as_ref()) != Some(target)
        {
            let anchorer = Anchorer::new(document);
            let anchor = anchorer.anchor(target, true);
            let bare = Selector { at: None, ..target.clone() };
            if anchorer.anchor(&bare, false).span() == anchor.span() {
                *target = bare;
            }
            self.anchors.insert(entry.id.clone(), (Some(target.clone()), anchor));
        }
        if let Some((index, old)) = old {
            let before = self.pieces[index].piece.text.clone();
            let after = record::rewrite(&before, &old, &entry);
            return Change { id: entry.id, before: Some(before), after: Some(after), place: self.place_at(index) };
        }
        let index = self.place_for(document, &entry);
        let place = self.place_at(index);
        let (lines, glue) = self.fit_in(&record::write(&entry), index);
        Change { place: Place { glue, ..place }, id: entry.id, before: None, after: Some(lines) }
    }

    /// Returns new lines as the file writes them, and the line ends that part them from what stands before a piece.
    fn fit_in(&self, lines: &str, index: usize) -> (String, String) {
        let first_line = self.pieces.iter().find_map(|held| held.piece.text.split_once('\n'));
        let newline = if first_line.is_some_and(|(line, _)| line.ends_with('\r')) { "\r\n" } else { "\n" };
        // What parts entries is of two pieces at most.
        let before = joined(&self.pieces[index.saturating_sub(2)..index]);
        let glue = match before.as_str() {
            "" => "".into(),
            before if before.ends_with("\n\n") || before.ends_with("\n\r\n") || before == newline => "".into(),
            before if before.ends_with('\n') => newline.into(),
            _ => newline.repeat(2),
        };
        let after = if index < self.pieces.len() { newline } else { "" };
        (lines.replace('\n', newline) + after, glue)
    }

    /// Returns before which piece a new entry belongs: among its own kind in reading order.
    fn place_for(&mut self, document: &Document, entry: &Entry) -> usize {
        let kind = record::kind_of(entry);
        self.find_anchor(document, entry, None);
        let start = self.start_of(entry);
        let of_kind = |held: &Held, wanted: &dyn Fn(Kind) -> bool| held.piece.kind.is_some_and(wanted);
        let before = self.pieces.iter().rposition(|held| {
            let earlier = |other: &Entry| kind == Kind::Actor || self.start_of(other) <= start;
            held.piece.kind == Some(kind) && matches!(&held.entry, Ok(Some(other)) if earlier(other))
        });
        let first = || self.pieces.iter().position(|held| held.piece.kind == Some(kind));
        let lower = || self.pieces.iter().rposition(|held| of_kind(held, &|other| other < kind)).map(|last| last + 1);
        let higher = || self.pieces.iter().position(|held| of_kind(held, &|other| other > kind));
        before.map(|last| last + 1).or_else(first).or_else(lower).or_else(higher).unwrap_or(self.pieces.len())
    }

    /// Returns where an entry begins for the order of entries.
    fn start_of(&self, entry: &Entry) -> usize {
        self.anchor(&entry.id).span().map_or(usize::MAX, |span| span.start)
    }

    /// Returns the place before a piece.
    fn place_at(&self, index: usize) -> Place {
        let before = &self.pieces[..index];
        let offset = before.iter().map(|held| held.piece.text.len()).sum();
        Place { offset, previous: before.iter().rev().find_map(Held::id).cloned(), glue: String::new() }
    }

    fn piece_of(&self, id: &Id) -> Option<usize> {
        self.pieces.iter().position(|held| held.id() == Some(id))
    }

    /// Returns an entry as it is in the midst of a change.
    fn entry_of(&self, id: &Id) -> Option<&Entry> {
        self.pieces.iter().filter_map(|held| held.entry.as_ref().ok()?.as_ref()).find(|entry| entry.id == *id)
    }

    fn find_anchors(&mut self, document: &Document) {
        let anchorer = Anchorer::new(document);
        for entry in self.entries.clone() {
            self.find_anchor(document, &entry, Some(&anchorer));
        }
        self.arrange();
    }

    /// Finds the place of an entry, unless its description is the one whose place is known.
    fn find_anchor(&mut self, document: &Document, entry: &Entry, anchorer: Option<&Anchorer>) {
        if self.anchors.get(&entry.id).is_some_and(|(known, _)| *known == entry.target) {
            return;
        }
        let same_file = self.is_of(document);
        let find = |selector| match anchorer {
            Some(anchorer) => anchorer.anchor(selector, same_file),
            None => Anchorer::new(document).anchor(selector, same_file),
        };
        let anchor = entry.target.as_ref().map_or(LOST, find);
        self.anchors.insert(entry.id.clone(), (entry.target.clone(), anchor));
    }

    /// Returns whether stored offsets count in this text.
    pub(super) fn is_of(&self, document: &Document) -> bool {
        self.sha256.as_deref().is_some_and(|sha256| sha256 == document.sha256())
    }

    /// Puts the entries in reading order and collects the problems.
    fn arrange(&mut self) {
        let mut seen = HashSet::new();
        let mut line = 1;
        self.problems.clear();
        for held in &mut self.pieces {
            if let Some(id) = held.id().filter(|id| !seen.insert((*id).clone())) {
                held.entry = Err(quoting::one_line(&format!("a second entry has the id '{}'", id.0)));
            }
            if let Err(reason) = &held.entry {
                let comments = held.piece.text.lines().take_while(|line| !line.trim_start().starts_with("[[")).count();
                self.problems.push(Problem { line: line + comments, reason: reason.clone() });
            }
            line += held.piece.text.matches('\n').count();
        }
        let mut entries: Vec<Entry> = self.pieces.iter().filter_map(|held| held.entry.clone().ok()?).collect();
        entries.sort_by_key(|entry| (record::kind_of(entry) != Kind::Actor, self.start_of(entry)));
        self.entries = entries;
    }

    /// Says what an edit does, for the status line.
    fn describe(&self, edit: &Edit) -> String {
        match edit {
            Edit::Add(entry) if self.entry(&entry.id).is_none() => format!("add {}", name_of(entry)),
            Edit::Add(entry) | Edit::Replace(entry) => format!("change {}", name_of(entry)),
            Edit::Remove(id) => format!("remove {}", self.entry(id).map_or("nothing".into(), name_of)),
            Edit::Many(edits) => edits.first().map_or("change nothing".into(), |first| self.describe(first)),
            Edit::Restore(_) => "restore".into(),
        }
    }
}

impl Held {
    fn id(&self) -> Option<&Id> {
        self.entry.as_ref().ok()?.as_ref().map(|entry| &entry.id)
    }

    /// Returns a piece of lines that must be one entry.
    fn of_entry(text: String) -> Option<Held> {
        let [piece] = <[Piece; 1]>::try_from(cut(&text).ok()?).ok()?;
        held(vec![piece]).pop().filter(|held| held.id().is_some())
    }
}

fn joined(pieces: &[Held]) -> String {
    pieces.iter().map(|held| held.piece.text.as_str()).collect()
}

fn held(pieces: Vec<Piece>) -> Vec<Held> {
    let read = |piece: Piece| {
        let entry = piece.kind.map_or(Ok(None), |kind| record::read(kind, &piece.text).map(Some));
        Held { piece, entry }
    };
    pieces.into_iter().map(read).collect()
}

/// Returns whether a file may be written over with what was merged from it, and if not, why.
pub fn check_writable(toml: &str) -> Result<(), Unreadable> {
    let pieces = cut(toml)?;
    match head_of(&between_entries(&pieces))?.get("format").and_then(|format| foreign(format.as_str())) {
        Some(reason) => Err(unreadable(toml, 0, &reason)),
        None => Ok(()),
    }
}

/// Returns what an article's notes say of the article: its file's name and its SHA-256.
pub fn article_of(toml: &str) -> (Option<String>, Option<String>) {
    let Ok(head) = head_of(toml) else { return (None, None) };
    let key = |key| Some(head.get("article")?.get(key)?.as_str()?.to_owned());
    (key("file"), key("sha256"))
}

/// Returns the lines that are no entry's: what is said of the whole file is in them, however many entries there are.
fn between_entries(pieces: &[Piece]) -> String {
    pieces.iter().filter(|piece| piece.kind.is_none()).map(|piece| piece.text.as_str()).collect()
}

fn head_of(toml: &str) -> Result<toml_edit::Document<&str>, Unreadable> {
    let head = toml.trim_start_matches('\u{feff}');
    toml_edit::Document::parse(head).map_err(|error| unreadable(toml, 0, error.message()))
}

/// Returns why a file of this format may only be read.
fn foreign(format: Option<&str>) -> Option<String> {
    let version = format.and_then(|format| format.strip_prefix(FORMAT)).and_then(|version| version.parse::<u32>().ok());
    match version {
        Some(version) if version <= VERSION => None,
        Some(version) => Some(format!("written by a later version (format {version}, this one knows {VERSION})")),
        None => Some("not a notes file of this program ('format' is another)".into()),
    }
}

/// Returns what a new file begins with.
fn preamble(document: &Document) -> String {
    let metadata = &document.metadata;
    let string = |text: &Option<String>| text.as_deref().map(quoting::string);
    let keys = [
        ("title", string(&metadata.title)),
        ("source", string(&metadata.source)),
        ("date", metadata.date.map(|date| date.to_string()).filter(|date| date.parse::<toml_edit::Datetime>().is_ok())),
        ("file", Some(quoting::string(&document.name))),
        ("sha256", Some(quoting::string(document.sha256()))),
        ("words", Some(document.text.split_whitespace().count().to_string())),
    ];
    let keys = keys.into_iter().filter_map(|(key, value)| Some(format!("{key:6} = {}\n", value?)));
    format!(
        "# Reading notes. Edit by hand if you like: comments, order and unknown keys are kept.\n\
         format = \"{FORMAT}{VERSION}\"\n\n[article]\n{}",
        keys.collect::<String>()
    )
}

/// Returns what the reader would call an entry: highlight “no plans to invade …”.
fn name_of(entry: &Entry) -> String {
    let quote = entry.target.as_ref().map_or("", |target| &target.quote);
    match &entry.body {
        Body::Actor(actor) => format!("correction of {}", quoting::one_line(&actor.name)),
        Body::Note(note) => format!("{} {}", note.kind.word(), shorten(quote)),
        Body::Position(position) if position.state == Verdict::Rejected => format!("rejection of {}", shorten(quote)),
        Body::Position(_) => format!("position {}", shorten(quote)),
    }
}

fn shorten(quote: &str) -> String {
    const LONGEST: usize = 32;
    let line = quoting::one_line(quote.trim_matches(['“', '”', '"']));
    match line.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("“{} …”", line[..at].trim_end()),
        None => format!("“{line}”"),
    }
}

#[cfg(test)]
mod tests;
