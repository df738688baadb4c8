//! What the article says: its actors, the positions they take, and what answers what.
//!
//! `text → sentences, tokens → tags, trees → quotations → mentions → actors → cues → attributions → positions → answers`,
//! as plain functions over one text and byte spans.

pub mod act;
pub mod model;
pub mod token;

pub mod syntax;

pub mod lemma;

pub mod lexicon;
pub mod mention;

pub mod actor;

pub mod cue;
pub mod judge;
pub mod quotation;

pub mod attribution;
pub mod position;

pub mod answer;
pub mod open;

mod analyze;
pub mod explain;
pub mod language;
pub mod markup;
pub mod record;

pub use act::Act;
pub use analyze::{Languages, analyze, analyze_with, examine, examine_answers, read, read_while};
pub use judge::Judge;
pub use language::Language;
pub use lemma::lemma;
pub use model::{
    Actor, ActorId, ActorKind, Analysis, Answer, Form, Grounds, How, Mention, Position, PositionId, Quote, Reason, Why,
};
pub use syntax::parser::{Parse, SentenceParse, parse, parse_sentence};
pub use syntax::relation::{self, Relation};
pub use syntax::tag::{self, Tag};
pub use token::{Token, tokens};
