//! The application as a value: events in, effects out. No terminal, no files, no clock.
//!
//! `key → Event → Command → update → Vec<Effect>`; effects are run by the shell, and what came of them comes back as
//! events. Size is state and geometry a pure function of it, so scrolling is decided before anything is drawn.

pub mod command;
pub mod config;
pub mod effect;
pub mod event;
pub mod exchange;
pub mod index;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod line;
pub mod links;
pub mod look_up;
pub mod menu;
pub mod naming;
pub mod overlay;
pub mod panes;
pub mod prompt;
pub mod scan;
pub mod select;
pub mod shown;
pub mod sidebar;
pub mod start;
pub mod state;
mod update;
pub mod why;

pub use command::{Command, TABLE};
pub use config::{Config, Problem};
pub use effect::Effect;
pub use event::{Event, Mouse, MouseKind};
pub use exchange::Exchange;
pub use index::Index;
pub use key::{Code, Key};
pub use keymap::Keymap;
pub use layout::Layout;
pub use panes::{Area, Panes, Size};
pub use sidebar::Item;
pub use state::{Mode, Page, Pane, State};
pub use update::palette::matching;
pub use update::window::{WHOLE, WINDOW};

use std::sync::Arc;

use jiff::Timestamp;

use self::sidebar::Listed;
use crate::analysis::Analysis;
use crate::annotation::{Library, Notes, Reading, corrected};
use crate::document::Document;

/// The whole program between two events.
#[derive(Debug)]
pub struct App {
    /// Shared with the worker.
    pub document: Arc<Document>,
    /// What the worker read; absent until it is done.
    pub analysis: Option<Analysis>,
    /// The worker could not read it; the analysis is empty.
    pub unread: bool,
    /// The analysis as the reader's corrections leave it.
    pub reading: Reading,
    pub exchange: Exchange,
    /// What a frame needs to know of all this.
    pub index: Index,
    pub notes: Notes,
    /// What all articles share.
    pub library: Library,
    pub config: Config,
    pub keymap: Keymap,
    pub layout: Layout,
    /// The lines of the sidebar page that is shown.
    pub items: Vec<Item>,
    /// What those lines were made from.
    listed: Option<Listed>,
    pub state: State,
    /// The time of the last event, for what is written next.
    pub now: Timestamp,
    /// Seeds the ids of what is written next.
    pub seed: u64,
}

impl App {
    pub fn new(document: impl Into<Arc<Document>>, notes: Notes, config: Config, keymap: Keymap, size: Size) -> App {
        let document = document.into();
        let reading = corrected(&document, &Analysis::default(), &notes);
        let layout = Layout::new(&document, config.measure, config.hyphenate);
        let state = State::new(size);
        let index = Index::new(&document, &reading, &notes);
        let mut app = App {
            document,
            analysis: None,
            unread: false,
            reading,
            exchange: Exchange::default(),
            index,
            notes,
            library: Library::default(),
            config,
            keymap,
            layout,
            items: Vec::new(),
            listed: None,
            state,
            now: Timestamp::UNIX_EPOCH,
            seed: 0,
        };
        app.settle();
        app
    }

    /// Takes in one event; returns what the world must do.
    pub fn handle(&mut self, event: Event) -> Vec<Effect> {
        let mut effects = update::update(self, event);
        self.settle();
        effects.extend(update::window::follow(self));
        effects
    }

    /// Returns whether a search goes on: with every [`Event::GoOn`] it comes further.
    pub fn is_searching(&self) -> bool {
        self.state.find.scan.is_some()
    }

    /// Returns where the panes stand now.
    pub fn panes(&self) -> Panes {
        panes::panes(self.state.size, self.arrangement())
    }

    /// Returns whether the exchange has room for a column for each party.
    pub fn exchange_in_columns(&self) -> bool {
        self.panes().list.width >= exchange::COLUMNS
    }

    fn arrangement(&self) -> panes::Arrangement {
        panes::Arrangement {
            focus_mode: self.state.focus_mode,
            in_sidebar: self.state.pane == Pane::Sidebar,
            measure: self.config.measure,
            sidebar_percent: self.config.sidebar,
        }
    }

    /// Brings what is derived up to date: the layout after a resize, the reading after a change of notes, the lines
    /// of the sidebar.
    fn settle(&mut self) {
        let width = self.panes().text.width;
        let asked = width.max(layout::NARROWEST);
        if width > 0 && (self.layout.measure() != asked || self.layout.hyphenates() != self.config.hyphenate) {
            let shown = self.layout.shown().cloned();
            self.layout = Layout::of_shown(&self.document, width, self.config.hyphenate, shown);
            update::moving::keep_in_view(self);
        }
        self.list();
        update::sidebar::keep_item_in_view(self);
        if let Some(look_up) = &mut self.state.look_up {
            look_up.fit(why::inner_width(self.state.size.columns));
        }
    }

    /// Lists the lines of the sidebar anew, when something they are made from has changed.
    fn list(&mut self) {
        let in_columns = self.exchange_in_columns();
        let listed = Some(Listed::of(&self.state, in_columns));
        if self.listed == listed {
            return;
        }
        let sources = sidebar::Sources {
            document: &self.document,
            reading: &self.reading,
            exchange: &self.exchange,
            notes: &self.notes,
            analyzed: self.analysis.is_some(),
            unread: self.unread,
            in_columns,
        };
        self.items = sidebar::items(sources, &self.state);
        self.listed = listed;
    }

    /// Returns the first and the last paragraph that was analysed, when not all were.
    pub fn analyzed_paragraphs(&self) -> Option<(usize, usize)> {
        let part = self.analysis.as_ref()?.part?;
        let last = self.document.paragraph_at(part.end.saturating_sub(1))?;
        Some((self.document.paragraph_at(part.start).unwrap_or(1), last))
    }

    /// Puts another document in the place of the one that is read.
    fn replace_document(&mut self, document: Document) {
        let above = update::filtering::rows_above(self);
        self.document = Arc::new(document);
        self.layout = Layout::new(&self.document, self.layout.measure(), self.config.hyphenate);
        self.reread_below(above);
    }

    /// Puts the notes of the document in the place of those there are.
    pub fn replace_notes(&mut self, notes: Notes) {
        self.notes = notes;
        self.reread();
    }

    /// Reads the analysis again through the reader's corrections.
    fn reread(&mut self) {
        self.reread_below(update::filtering::rows_above(self));
    }

    /// Does so with so many rows above the cursor, where a filter chooses what is shown.
    fn reread_below(&mut self, above: usize) {
        self.listed = None;
        if let Some(analysis) = &self.analysis {
            let reading = corrected(&self.document, analysis, &self.notes);
            let before = std::mem::replace(&mut self.reading, reading);
            update::renumbering::carry_over(&mut self.state, &before.analysis, &self.reading.analysis);
            self.library.suggest_issues(&self.document, &mut self.reading);
            self.exchange = Exchange::new(&self.reading.analysis);
        }
        self.index = Index::new(&self.document, &self.reading, &self.notes);
        update::filtering::refresh(self, above);
    }
}

#[cfg(test)]
mod tests;
