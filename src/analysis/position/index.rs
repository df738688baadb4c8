//! Which actor stands at a place of the text.

use crate::analysis::attribution::tree::{Run, Tree};
use crate::analysis::model::{Actor, ActorId, Form};
use crate::text::Span;

/// All mentions of all actors, in reading order.
pub struct Mentions {
    all: Vec<(Span, ActorId, Form)>,
    /// The longest mention, so that a look-up knows how far back to look.
    longest: usize,
}

impl Mentions {
    pub fn new(actors: &[Actor]) -> Mentions {
        let of = |(index, actor): (usize, &Actor)| {
            actor.mentions.iter().map(move |mention| (mention.span, ActorId(index), mention.form)).collect::<Vec<_>>()
        };
        let mut all: Vec<(Span, ActorId, Form)> = actors.iter().enumerate().flat_map(of).collect();
        all.sort_by_key(|(span, actor, _)| (*span, *actor));
        let longest = all.iter().map(|(span, ..)| span.len()).max().unwrap_or(0);
        Mentions { all, longest }
    }

    /// Returns the mentions that overlap a span.
    pub fn within(&self, span: Span) -> impl Iterator<Item = (Span, ActorId, Form)> + '_ {
        let first = self.all.partition_point(|(mention, ..)| mention.start + self.longest < span.start);
        let near = self.all[first..].iter().take_while(move |(mention, ..)| mention.start < span.end);
        near.filter(move |(mention, ..)| mention.overlaps(span)).copied()
    }

    /// Returns the actors of the longest mention over a token: two for "both governments".
    pub fn all_at(&self, tree: &Tree, token: usize) -> Vec<ActorId> {
        let over: Vec<_> = self.within(tree.tokens[token].span).collect();
        let longest = over.iter().map(|(span, ..)| span.len()).max();
        over.iter().filter(|(span, ..)| Some(span.len()) == longest).map(|(_, actor, _)| *actor).collect()
    }

    /// Returns the longest mention over a token, as its actor.
    pub fn at(&self, tree: &Tree, token: usize) -> Option<(ActorId, Form)> {
        let longest = self.within(tree.tokens[token].span).max_by_key(|(span, ..)| span.len())?;
        Some((longest.1, longest.2))
    }
}

/// Returns whether a run holds a token.
pub fn holds(runs: &[Run], token: usize) -> bool {
    runs.iter().any(|run| run.contains(&token))
}
