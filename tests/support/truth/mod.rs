//! What a careful reader found in an article, and how far what the program found agrees with it.
//!
//! [`marked`] reads the form such readings are written in, [`agreement`] pairs the program's positions with the true ones.

#![allow(dead_code)] // each test and example uses a part

pub mod agreement;
pub mod differences;
pub mod folder;
pub mod json;
pub mod marked;
pub mod score;

use demarche::analysis::{Act, ActorKind, How};
use demarche::text::Span;

/// A hand-made reading of an article: bytes of `text` throughout.
#[derive(Debug, Default)]
pub struct Truth {
    pub text: String,
    pub actors: Vec<TrueActor>,
    /// In the order of their numbers: number 1 stands first.
    pub positions: Vec<TruePosition>,
}

#[derive(Debug)]
pub struct TrueActor {
    pub id: String,
    pub kind: ActorKind,
    pub acts_for: Option<String>,
    /// A sidebar should show it.
    pub shown: bool,
    pub mentions: Vec<Span>,
}

#[derive(Debug)]
pub struct TruePosition {
    pub actors: Vec<String>,
    pub speaks_for: Vec<String>,
    pub addressees: Vec<String>,
    /// The best first; any of them is right.
    pub acts: Vec<Act>,
    /// Indices into the positions.
    pub answers: Vec<(How, usize)>,
    pub nested_in: Option<usize>,
    pub level: Level,
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
}

/// How much a reader would miss a position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Any good reader would list it.
    Core,
    /// Welcome: subtle, or inside another one. It costs nothing when it is missed.
    Extra,
    /// Debatable.
    Optional,
}

impl Truth {
    /// Returns whether a position only goes on with the one before it: “Yes,” she said. *“At once.”*
    pub fn continues(&self, number: usize) -> bool {
        let Some(before) = number.checked_sub(1).map(|before| &self.positions[before]) else { return false };
        let Some(own) = self.positions.get(number) else { return false };
        let gap = self.text.get(before.extent().end..own.extent().start);
        own.source.is_empty()
            && own.cue.is_empty()
            && own.actors == before.actors
            && gap.is_some_and(|gap| !gap.contains('\n'))
    }

    /// Returns the content of a position with what goes on with it.
    pub fn joined(&self, number: usize) -> Vec<Span> {
        let next = (number + 1..self.positions.len()).take_while(|&next| self.continues(next));
        std::iter::once(number).chain(next).flat_map(|number| self.positions[number].content.clone()).collect()
    }
}

impl TruePosition {
    /// Returns the smallest span that covers source, cue and content.
    pub fn extent(&self) -> Span {
        let parts = self.source.iter().chain(&self.cue).chain(&self.content).copied();
        parts.reduce(Span::join).unwrap_or_default()
    }
}
