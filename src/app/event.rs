//! What comes in: keys, mouse, sizes, and what the world did.

use jiff::Timestamp;

use super::start::Article;
use super::{Key, Size};
use crate::analysis::Analysis;
use crate::document::Document;
use crate::text::Offset;

#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    Key(Key),
    Mouse(Mouse),
    /// A line typed in the linear mode, without its end.
    Line(String),
    /// Text pasted into the terminal.
    Paste(String),
    Resize(Size),
    /// There is time to look through a piece more of the text.
    GoOn,
    /// More of the text was read than the app has, or all of it.
    Read(Box<Document>),
    /// The rest of the text could not be read; the reason, and what to do.
    NotRead {
        message: String,
        hint: String,
    },
    /// The worker begins to analyse the article around an offset, or ends.
    Analyzing(Option<Offset>),
    /// The worker has read the article, or a part of it.
    Analyzed(Box<Analysis>),
    /// The worker could not; the reason.
    NotAnalyzed(String),
    /// The notes are on disk, as they stood at this revision.
    Saved {
        revision: u64,
    },
    /// The notes are not on disk.
    NotSaved {
        revision: u64,
        message: String,
        hint: String,
    },
    /// The notes file was changed by somebody else; its text now.
    NotesChanged(String),
    /// What the reader wrote in `$EDITOR`.
    Edited(String),
    /// The articles to go on with.
    Articles(Vec<Article>),
    /// What the reader's program said of the words.
    LookedUp(String),
    NotLookedUp {
        message: String,
        hint: String,
    },
    /// Something to tell.
    Told {
        message: String,
        hint: String,
    },
    /// The time, for what is written next; sent before every key.
    Time(Timestamp),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub kind: MouseKind,
    /// Counted from the screen's left upper corner.
    pub column: u16,
    pub row: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}
