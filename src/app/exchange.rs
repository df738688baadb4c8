//! What came of what was asked: who asked whom, which positions answer, and the outcome in one sign.

use crate::analysis::{Act, ActorId, Analysis, How, PositionId};

/// The answers of an analysis, seen from what they answer.
#[derive(Clone, Debug, Default)]
pub struct Exchange {
    /// For each position, those that answer it, in reading order.
    replies: Vec<Vec<Reply>>,
}

/// The columns from which each party that is asked has a column of its own.
pub const COLUMNS: u16 = 76;

/// A position that answers another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reply {
    pub position: PositionId,
    pub how: How,
    pub certain: bool,
}

/// What came of a demand, an offer or a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Met,
    Refused,
    Answered,
    /// Only likely answers.
    Possible,
    /// Nothing was found in this article, which is not to say that there is none.
    Nothing,
    /// It asks for nothing.
    NotAsked,
}

impl Outcome {
    /// Returns what these replies come to.
    pub fn of(replies: &[Reply]) -> Outcome {
        let certain = |wanted: &[How]| replies.iter().any(|reply| reply.certain && wanted.contains(&reply.how));
        if certain(&[How::Rejects]) {
            Outcome::Refused
        } else if certain(&[How::Meets, How::Accepts]) {
            Outcome::Met
        } else if certain(How::ALL) {
            Outcome::Answered
        } else if !replies.is_empty() {
            Outcome::Possible
        } else {
            Outcome::Nothing
        }
    }

    pub fn sign(self) -> &'static str {
        match self {
            Outcome::Met => "✓",
            Outcome::Refused => "✗",
            Outcome::Answered => "↳",
            Outcome::Possible => "⇄",
            Outcome::Nothing => "◌",
            Outcome::NotAsked => "",
        }
    }

    /// Returns the sign for terminals without Unicode.
    pub fn ascii(self) -> &'static str {
        match self {
            Outcome::Met => "v",
            Outcome::Refused => "x",
            Outcome::Answered => ">",
            Outcome::Possible => "?",
            Outcome::Nothing => "o",
            Outcome::NotAsked => "",
        }
    }
}

impl Exchange {
    pub fn new(analysis: &Analysis) -> Exchange {
        let mut replies = vec![Vec::new(); analysis.positions.len()];
        let parties: Vec<_> = (0..replies.len()).map(|index| party_of(analysis, PositionId(index))).collect();
        for (index, position) in analysis.positions.iter().enumerate() {
            for answer in &position.answers {
                // What a party says of its own demand, again or more softly, is no answer to it.
                if parties[index].is_some() && parties.get(answer.position.0) == Some(&parties[index]) {
                    continue;
                }
                let reply = Reply { position: PositionId(index), how: answer.how, certain: answer.certain };
                if let Some(list) = replies.get_mut(answer.position.0) {
                    list.push(reply);
                }
            }
        }
        Exchange { replies }
    }

    pub fn replies(&self, position: PositionId) -> &[Reply] {
        self.replies.get(position.0).map_or(&[], Vec::as_slice)
    }

    /// Returns what came of a position.
    pub fn outcome(&self, analysis: &Analysis, position: PositionId) -> Outcome {
        match asks(analysis.positions[position.0].act) {
            true => Outcome::of(self.replies(position)),
            false => Outcome::NotAsked,
        }
    }
}

/// Returns whether an act waits for an answer.
pub fn asks(act: Act) -> bool {
    matches!(act, Act::Demands | Act::Asks | Act::Offers)
}

/// Returns the party an actor belongs to: the end of the chain of those it acts for.
pub fn party(analysis: &Analysis, actor: ActorId) -> ActorId {
    let mut party = actor;
    // A chain is no longer than there are actors; a circle in it ends here, too.
    for _ in 0..analysis.actors.len() {
        match analysis.actors[party.0].acts_for {
            Some(next) if next != party && next.0 < analysis.actors.len() => party = next,
            _ => break,
        }
    }
    party
}

/// Returns the party that takes a position: the one spoken for, or the first actor's.
pub fn party_of(analysis: &Analysis, position: PositionId) -> Option<ActorId> {
    let position = &analysis.positions[position.0];
    let holder = position.speaks_for.first().or_else(|| position.actors.first())?;
    Some(party(analysis, *holder))
}
