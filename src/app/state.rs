//! All that changes while reading: plain data.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::links::Hints;
use super::look_up::LookUp;
use super::prompt::Prompt;
use super::scan::Scan;
use super::select::{Selection, Unit};
use super::sidebar::Item;
use super::start::StartPage;
use super::{Key, Size};
use crate::analysis::{ActorId, PositionId};
use crate::annotation::{Id, NoteKind};
use crate::text::search::Query;
use crate::text::{Offset, Span};

#[derive(Debug)]
pub struct State {
    pub size: Size,
    /// The first character shown: it survives a resize; a row number would not.
    pub top: Offset,
    /// The cursor: where commands act. Always on the screen.
    pub here: Offset,
    /// Where the cursor was when the keyboard went to the sidebar: a jump from there began here.
    pub entered_from: Offset,
    /// Where the cursor was when the sidebar last followed it.
    pub followed: Offset,
    pub pane: Pane,
    pub page: Page,
    /// The selected line of the sidebar.
    pub item: Option<Item>,
    /// The first line of the sidebar that is shown.
    pub sidebar_top: usize,
    /// The parties whose positions are folded away, by id.
    pub folded: BTreeSet<String>,
    pub actor: Option<ActorId>,
    pub position: Option<PositionId>,
    pub spotlight: bool,
    pub focus_mode: bool,
    pub show_rejected: bool,
    pub show_possible: bool,
    pub mode: Mode,
    pub find: Find,
    pub filter: Filter,
    /// What was asked for of a text that is still being read, until the next key.
    pub waiting: Option<Waiting>,
    /// The rest of the text could not be read.
    pub halted: bool,
    /// The analysis is under way.
    pub analyzing: bool,
    /// What of the text is analysed, or was last, when it is too long to be analysed as a whole.
    pub window: Option<Span>,
    /// The reader has stopped the analysis.
    pub stopped: bool,
    pub marks: BTreeMap<char, Offset>,
    pub jumps: Jumps,
    /// The keys of a command that is not complete yet.
    pub pending: Vec<Key>,
    /// The number typed before a command.
    pub count: Option<usize>,
    /// The last key was a digit with a command of its own.
    pub digit: Option<Digit>,
    pub message: Option<Message>,
    /// Everything that was told, oldest first; once what was told again at once.
    pub messages: Vec<Message>,
    pub saving: Saving,
    /// What will be written in `$EDITOR`, while it runs.
    pub outside: Option<DraftOn>,
    /// What will be highlighted in the colour that is being chosen.
    pub painting: Option<Span>,
    /// What the button was pressed on, until it is released.
    pub pressed: Option<Pressed>,
    /// The last press in the article: another at the same place soon after is a double one.
    pub click: Option<Click>,
    /// When the last event came.
    pub moment: Timestamp,
    /// Which of the files of the command line this is.
    pub turn: Option<Turn>,
    /// What is looked up, while its page is there.
    pub look_up: Option<LookUp>,
    /// What the last line asked to be shown, in the linear mode.
    pub answer: Answer,
}

/// What a line asks to be shown where there is no screen to show all; what is told comes in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    #[default]
    Nothing,
    /// What the next line has to say: the choices, what a name is for.
    Asked,
    /// The paragraph at the cursor with its positions and notes.
    Paragraph,
    Sentence,
    Word,
    Selection,
    /// The selected position.
    Position,
    /// The match of the search.
    Match,
    /// The lines of the page of the sidebar.
    List,
    /// The selected one of them.
    Line,
    Page(Overlay),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    #[default]
    Article,
    Sidebar,
}

/// What the button of the mouse holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    /// The text at an offset; a drag selects by the unit.
    Text(Offset, Unit),
    /// The divider, and how wide the text could be when it was pressed.
    Divider(u16),
}

/// A press of the button, and how many there were at its place, one soon after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Click {
    pub at: Timestamp,
    pub column: u16,
    pub row: u16,
    pub count: u8,
}

/// A place among the files of the command line; the first is number 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    pub number: usize,
    pub of: usize,
}

/// A digit that showed a page of the sidebar, and what it would be again if the digit began a count.
#[derive(Debug)]
pub struct Digit {
    pub number: usize,
    pub pane: Pane,
    pub page: Page,
    pub item: Option<Item>,
    pub sidebar_top: usize,
}

/// What the sidebar shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    #[default]
    Actors,
    Exchange,
    Notes,
    Contents,
}

/// What the keyboard does; a mode holds its own draft.
#[derive(Debug, Default)]
pub enum Mode {
    #[default]
    Read,
    Select(Selection),
    Search(SearchPrompt),
    Filter(FilterPrompt),
    Palette(PalettePrompt),
    Write(Draft),
    Tag(TagPrompt),
    Name(Prompt, Naming),
    Menu(Menu),
    Start(StartPage),
    /// Letters choose a link.
    Links(Hints),
    /// The next letter names a mark to set.
    SetMark,
    /// The next letter names a mark to go to.
    GotoMark,
    /// A page over the screen, with its first line.
    Page(Overlay, usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Overlay {
    Help,
    Messages,
    /// Why a position is there.
    Why(PositionId),
    /// What the reader's program says of some words.
    LookUp,
    /// The footnote that begins there.
    Footnote(Offset),
}

#[derive(Debug)]
pub struct SearchPrompt {
    pub prompt: Prompt,
    /// Where the reader was, to go back to when the search is given up.
    pub from: (Offset, Offset),
}

#[derive(Debug)]
pub struct FilterPrompt {
    pub prompt: Prompt,
    /// Where the reader was and what was shown, to go back to when the filter is given up.
    pub from: (Offset, Offset),
    pub before: Filter,
}

#[derive(Debug)]
pub struct PalettePrompt {
    pub prompt: Prompt,
    pub selected: usize,
}

/// A note being written.
#[derive(Debug)]
pub struct Draft {
    pub editor: ratatui_textarea::TextArea<'static>,
    pub on: DraftOn,
}

/// What there is of a note that is being written, and where what it is on begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfinished {
    pub text: String,
    pub at: Offset,
}

#[derive(Clone, Debug, PartialEq)]
pub enum DraftOn {
    /// A new note of a kind on a stretch of text.
    New(NoteKind, Span),
    /// An annotation that is there, and the kind it will be.
    Old(Id, NoteKind),
}

#[derive(Debug)]
pub struct TagPrompt {
    pub prompt: Prompt,
    pub on: DraftOn,
}

/// What the name that is typed is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    Rename(ActorId),
    /// What a position is about.
    Issue(PositionId),
    /// An actor that was missed, who holds a position that was missed there.
    Holder(Span),
    /// The file that the notes are saved in from now on.
    NotesFile,
}

/// A list to choose from by letter or by moving.
#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    pub title: String,
    pub choices: Vec<Choice>,
    pub selected: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    pub key: char,
    pub label: String,
    pub does: super::menu::Pick,
}

/// The search: what is looked for and where it stands.
#[derive(Debug, Default)]
pub struct Find {
    pub query: Option<Query>,
    /// The matches, in reading order.
    pub matches: Vec<Span>,
    /// These are all matches; else those near the reader, while a pattern for a very long text is typed.
    pub is_whole: bool,
    /// What is being looked through for more of them.
    pub scan: Option<Scan>,
    /// The match the reader is at.
    pub at: Option<usize>,
    /// What was looked for, oldest first.
    pub history: Vec<String>,
    /// Parts of words are no matches.
    pub whole_words: bool,
}

/// What the paragraphs that are shown have in common: nothing when all are.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// What they say.
    pub query: Option<Query>,
    /// Who speaks in them, by id: in what this actor says the query must be found.
    pub actor: Option<String>,
}

/// What is done when more of the text is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Go to the end.
    End,
    /// Go to the next match.
    Match,
}

/// Where jumps began, and where in that list the reader is.
#[derive(Clone, Debug, Default)]
pub struct Jumps {
    pub places: Vec<Offset>,
    pub at: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub text: String,
    pub hint: String,
    /// It stays until the reader has seen it.
    pub warning: bool,
}

/// Whether the notes in memory are on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Saving {
    /// Counts the changes.
    pub revision: u64,
    pub saved: u64,
    /// Why the last save failed.
    pub failed: Option<String>,
    /// Show "saved" until the next key.
    pub just_saved: bool,
}

impl State {
    pub fn new(size: Size) -> State {
        State {
            size,
            top: 0,
            here: 0,
            entered_from: 0,
            followed: Offset::MAX,
            pane: Pane::default(),
            page: Page::default(),
            item: None,
            sidebar_top: 0,
            folded: BTreeSet::new(),
            actor: None,
            position: None,
            spotlight: false,
            focus_mode: false,
            show_rejected: false,
            show_possible: true,
            mode: Mode::Read,
            find: Find::default(),
            filter: Filter::default(),
            waiting: None,
            halted: false,
            analyzing: false,
            window: None,
            stopped: false,
            marks: BTreeMap::new(),
            jumps: Jumps::default(),
            pending: Vec::new(),
            count: None,
            digit: None,
            message: None,
            messages: Vec::new(),
            saving: Saving::default(),
            outside: None,
            painting: None,
            pressed: None,
            click: None,
            moment: Timestamp::UNIX_EPOCH,
            turn: None,
            look_up: None,
            answer: Answer::default(),
        }
    }

    /// Tells the reader something, until the next key.
    pub fn tell(&mut self, text: impl Into<String>) {
        self.post(Message { text: text.into(), hint: String::new(), warning: false });
    }

    /// Tells the reader something that went wrong and what to do next; it stays until dismissed.
    pub fn warn(&mut self, text: impl Into<String>, hint: impl Into<String>) {
        self.post(Message { text: text.into(), hint: hint.into(), warning: true });
    }

    fn post(&mut self, message: Message) {
        if self.messages.last() != Some(&message) {
            self.messages.push(message.clone());
        }
        self.message = Some(message);
    }
}
