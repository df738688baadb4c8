//! What goes out: what the world must do. The shell runs these; what came of them comes back as events.

/// One thing for the shell to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Write the notes, which stand at this revision; answered by `Saved` or `NotSaved`.
    Save {
        revision: u64,
        toml: String,
    },
    /// Keep the text of an unfinished note, or forget it.
    KeepDraft(Option<String>),
    /// Put text on the clipboard.
    Copy(String),
    /// Let the reader write in `$EDITOR`; answered by `Edited`.
    EditOutside(String),
    /// Hand a link to the configured opener.
    OpenLink(String),
    /// Write an export into the reader's folder; answered by `Told`.
    Export {
        format: ExportFormat,
        contents: String,
    },
    /// Draw everything anew.
    Redraw,
    Suspend,
    Quit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    Markdown,
    Json,
}
