//! What the reader added: highlights, notes, tags, corrections; how each is described in the notes file and found again.

pub mod entry;

pub mod selector;

pub mod anchor;

pub mod notes;

pub mod reading;

pub mod correct;

pub mod library;

pub mod merge;

pub mod about;

pub mod check;

pub mod export;

pub mod import;

pub mod list;

pub mod gather;

mod between;
mod candidate;
mod folding;
mod history;
mod pieces;
mod quoting;
mod record;
mod seeds;
mod similar;

#[cfg(test)]
mod fixture;

pub use anchor::{Anchor, Anchorer};
pub use check::check;
pub use correct::{Correction, Stamp};
pub use entry::{ActorCorrection, Body, Color, Entry, Id, Note, NoteKind, PositionCorrection, Selector, Verdict};
pub use gather::Gathered;
pub use library::Library;
pub use merge::{Conflict, Merged, merge};
pub use notes::{Edit, Notes, Problem, article_of, check_writable};
pub use pieces::Unreadable;
pub use reading::{Reading, actor_named, corrected};
pub use selector::describe;
