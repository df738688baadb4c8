//! Notes and positions in the forms of other programs.

mod markdown;

pub use markdown::markdown;
