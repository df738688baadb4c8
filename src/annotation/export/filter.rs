//! What is let through: every condition must hold, and of several values of one any will do.

use crate::analysis::model::words;
use crate::analysis::{Act, Actor, ActorId, Analysis, Position};
use crate::annotation::{Anchor, Body, Entry, Verdict, list};

/// The conditions; one without values holds for everything.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    pub kinds: Vec<Kind>,
    /// Without `#`; capitals do not matter.
    pub tags: Vec<String>,
    /// Ids, names or other names; a party stands for its members, too.
    pub actors: Vec<String>,
    pub acts: Vec<Act>,
    pub states: Vec<State>,
    /// Positions less sure than this are left out, unless the reader said something of them.
    pub least: f32,
}

/// What a thing is that the reader can take away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Highlight,
    Note,
    Question,
    Bookmark,
    Position,
    Actor,
}

/// What the reader said of a position, or how the place of an entry was found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// As the program read it.
    Auto,
    Confirmed,
    Corrected,
    Added,
    /// Left out unless it is asked for.
    Rejected,
    Same,
    Moved,
    Edited,
    Lost,
    Ambiguous,
}

words!(Kind {
    Highlight "highlight", Note "note", Question "question", Bookmark "bookmark", Position "position", Actor "actor",
});
words!(State {
    Auto "auto", Confirmed "confirmed", Corrected "corrected", Added "added", Rejected "rejected",
    Same "same", Moved "moved", Edited "edited", Lost "lost", Ambiguous "ambiguous",
});

impl Filter {
    /// Returns whether it cannot be told from the notes alone what is let through.
    pub fn needs_reading(&self) -> bool {
        self.is_about_positions() || self.states.contains(&State::Auto)
    }

    /// Returns whether something is asked of who does what.
    pub fn is_about_positions(&self) -> bool {
        !self.actors.is_empty() || !self.acts.is_empty()
    }

    pub fn lets_kind(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    pub fn lets_tags(&self, tags: &[String]) -> bool {
        let lower = |tag: &str| tag.trim_start_matches('#').to_lowercase();
        self.tags.is_empty() || tags.iter().any(|tag| self.tags.iter().any(|wanted| lower(wanted) == lower(tag)))
    }

    /// Returns whether a verdict (`None` is the automatic reading) or an anchor is asked for.
    pub fn lets_state(&self, verdict: Option<Option<Verdict>>, anchor: Option<&Anchor>) -> bool {
        let said = verdict.map(|verdict| verdict.map_or(State::Auto, state_of));
        if self.states.is_empty() {
            return said != Some(State::Rejected);
        }
        let found = anchor.and_then(|anchor| State::from_word(anchor.word()));
        // What was rejected is no longer read: that its place is the same is no reason to show it.
        let found = found.filter(|_| said != Some(State::Rejected));
        said.into_iter().chain(found).any(|state| self.states.contains(&state))
    }

    /// Returns whether who takes a position, and its act, are asked for.
    pub fn lets_position(&self, analysis: &Analysis, position: &Position) -> bool {
        let takes = |id: &ActorId| self.names(analysis, *id);
        let by = self.actors.is_empty() || position.actors.iter().chain(&position.speaks_for).any(takes);
        by && (self.acts.is_empty() || self.acts.contains(&position.act))
    }

    /// Returns whether a correction of an actor is asked for.
    pub fn lets_actor(&self, analysis: &Analysis, id: &str) -> bool {
        let actor = analysis.actors.iter().position(|actor| actor.id == id);
        self.acts.is_empty() && (self.actors.is_empty() || actor.is_some_and(|id| self.names(analysis, ActorId(id))))
    }

    /// Returns whether an actor or a party above it is named.
    fn names(&self, analysis: &Analysis, id: ActorId) -> bool {
        // Parties of parties are few; the bound keeps a circle in the notes from going round.
        let chain = std::iter::successors(Some(id), |id| analysis.actors[id.0].acts_for).take(4);
        chain.into_iter().any(|id| self.actors.iter().any(|name| is_called(&analysis.actors[id.0], name)))
    }
}

/// Returns whether an actor goes by a name; capitals and an article before it do not matter.
pub fn is_called(actor: &Actor, name: &str) -> bool {
    let plain = |name: &str| {
        let lower = name.trim().to_lowercase();
        lower.strip_prefix("the ").map(str::to_owned).unwrap_or(lower)
    };
    let name = plain(name);
    let names = [&actor.id, &actor.name].into_iter().chain(&actor.aliases);
    names.into_iter().any(|other| plain(other) == name)
}

/// Returns the kind of an entry.
pub fn kind_of(entry: &Entry) -> Kind {
    Kind::from_word(list::kind_of(entry)).unwrap_or(Kind::Note)
}

/// Returns what an entry says of a position.
pub fn verdict_of(entry: &Entry) -> Option<Verdict> {
    match &entry.body {
        Body::Position(correction) => Some(correction.state),
        Body::Note(_) | Body::Actor(_) => None,
    }
}

fn state_of(verdict: Verdict) -> State {
    State::from_word(verdict.word()).unwrap_or(State::Auto)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn every_kind_verdict_and_anchor_has_its_word() {
        for verdict in Verdict::ALL {
            assert_eq!(state_of(*verdict).word(), verdict.word());
        }
        let place = Span::new(0, 1);
        let lost = Anchor::Lost { suggestion: None };
        let anchors =
            [Anchor::Same(place), Anchor::Moved(place), Anchor::Edited(place), lost, Anchor::Ambiguous(Vec::new())];
        for anchor in anchors {
            assert!(State::from_word(anchor.word()).is_some(), "{}", anchor.word());
        }
    }

    #[test]
    fn tags_are_compared_without_capitals() {
        let filter = Filter { tags: vec!["#Red-Line".into()], ..Filter::default() };
        assert!(filter.lets_tags(&["other".into(), "red-line".into()]));
        assert!(!filter.lets_tags(&["red".into()]) && !filter.lets_tags(&[]));
    }

    #[test]
    fn what_was_rejected_must_be_asked_for() {
        let same = Anchor::Same(Span::new(0, 1));
        let lets = |states: &[State], verdict| {
            Filter { states: states.to_vec(), ..Filter::default() }.lets_state(Some(verdict), Some(&same))
        };
        assert!(lets(&[], None) && lets(&[], Some(Verdict::Added)) && !lets(&[], Some(Verdict::Rejected)));
        assert!(lets(&[State::Rejected], Some(Verdict::Rejected)) && !lets(&[State::Same], Some(Verdict::Rejected)));
        assert!(lets(&[State::Auto], None) && lets(&[State::Same], Some(Verdict::Added)));
    }
}
