//! Parts of speech and dependency trees: what each token of a sentence is, and what it is to its head.
//!
//! `words → tags → heads → relations`: a greedy tagger, a transition-based parser and a labeller, all three sums of the
//! weights of hashed features in one embedded model. `parser` is the way in; `examples/train` writes the model.

pub mod relation;
pub mod tag;

pub mod features;
pub mod weights;
pub mod word;

pub mod certain;
pub mod tagger;

pub mod transition;

pub mod memo;
mod offspring;
pub mod outlook;
pub mod search;

pub mod arc;
pub mod labeller;

pub mod english;

pub mod parser;
