//! Text as the rest of the program knows it: byte spans, character offsets, and what may be shown.

pub mod span;

pub mod spans;

pub mod glyph;

pub mod fold;

pub mod search;

pub mod words;

mod nearest;

pub use fold::{Folded, fold};
pub use glyph::{Glyph, clean, clean_lines, glyph, truncate, width};
pub use nearest::nearest;
pub use search::Query;
pub use span::{CharIndex, Offset, Span};
pub use spans::Spans;
pub use words::Words;
