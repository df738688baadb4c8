//! What goes out: what the world must do. The shell runs these; what came of them comes back as events.

use std::path::PathBuf;

use super::state::Unfinished;
use crate::annotation::Id;
use crate::annotation::export::Format;
use crate::text::Offset;

/// One thing for the shell to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write the notes, which stand at this revision; answered by `Saved` or `NotSaved`.
    Save {
        revision: u64,
        toml: String,
    },
    /// Write the notes into another file, named as the reader typed it, and keep them there; answered by `Saved` or
    /// `Told`.
    SaveElsewhere {
        path: String,
        revision: u64,
        toml: String,
    },
    /// Join the copies that a synchronizer left beside the notes; answered by `NotesChanged` and `Saved`, or `Told`.
    JoinCopies {
        revision: u64,
        toml: String,
    },
    /// Keep an unfinished note, or forget it.
    KeepDraft(Option<Unfinished>),
    /// Put text on the clipboard.
    Copy(String),
    /// Let the reader write in `$EDITOR`; answered by `Edited`.
    EditOutside(String),
    /// Hand a link to the configured opener.
    OpenLink(String),
    /// Have words of the text looked up by the configured program, which reads their sentence; answered by `LookedUp` or
    /// `NotLookedUp`.
    LookUp {
        words: String,
        sentence: String,
    },
    /// Nobody waits for the answer any more.
    StopLookUp,
    /// Write an export beside the article; answered by `Told`.
    Export {
        format: Format,
        contents: String,
    },
    /// Analyse the article around an offset, and no longer elsewhere; answered by `Analyzing` and `Analyzed`.
    Extract {
        around: Offset,
    },
    /// Stop the analysis that is under way.
    StopWork,
    /// Find the articles that were read lately and those with notes; answered by `Articles`.
    ListArticles,
    /// Go on with another article, at one of its notes; answered by `Told` when it cannot be read.
    Open {
        path: PathBuf,
        note: Option<Id>,
    },
    /// Go on with the file of the command line so many steps on, or back; answered by `Told` when there is none.
    OpenInSeries(isize),
    /// Draw everything anew.
    Redraw,
    Suspend,
    Quit,
}
