//! Two positions of which one may answer the other: what they are to each other.

use std::collections::HashSet;

use super::matter::Matter;
use super::{asks, how_of};
use crate::analysis::Act;
use crate::analysis::model::{ActorId, Answer, How, Position, PositionId, Why};
use crate::analysis::position::{BARE, Sources};
use crate::text::Span;

/// From this share of the shorter content's words on, two positions are about the same matter.
pub const SAME_MATTER: f32 = 0.5;
/// From this share on they may be.
const LITTLE: f32 = 0.2;
/// How many positions back "those demands" of somebody else may stand …
const NEAR_POINTER: usize = 8;
/// … and "the survey", or what somebody who was asked points at.
const NEAR: usize = 4;

/// What is read of all positions before any two are compared.
pub struct Read<'a> {
    pub sources: &'a Sources<'a>,
    pub positions: &'a [Position],
    pub matters: Vec<Matter>,
    /// For each position the parties it is addressed to.
    addressed: Vec<HashSet<ActorId>>,
    /// For each position the parties that hold it.
    parties: Vec<HashSet<ActorId>>,
    /// For each position the sentence and the block in which it begins.
    pub places: Vec<(usize, usize)>,
}

impl<'a> Read<'a> {
    pub fn of(sources: &'a Sources<'a>, positions: &'a [Position]) -> Read<'a> {
        let parties = |actors: &[ActorId]| actors.iter().flat_map(|&actor| sources.parties(actor)).collect();
        let tree = sources.tree;
        let place = |position: &Position| {
            let at = tree.tokens_in(position.extent()).start.min(tree.len().saturating_sub(1));
            let sentence = tree.sentences().partition_point(|run| run.end <= at);
            (sentence, if tree.is_empty() { 0 } else { tree.block(at) })
        };
        Read {
            sources,
            positions,
            matters: positions.iter().map(|position| Matter::of(sources, position)).collect(),
            addressed: positions.iter().map(|position| parties(&position.addressees)).collect(),
            parties: positions.iter().map(|position| parties(&position.actors)).collect(),
            places: positions.iter().map(place).collect(),
        }
    }

    pub fn addressed(&self, position: usize) -> &HashSet<ActorId> {
        &self.addressed[position]
    }

    pub fn parties(&self, position: usize) -> &HashSet<ActorId> {
        &self.parties[position]
    }

    pub fn link(&self, answer: usize, to: usize) -> Link<'_> {
        Link { read: self, answer, to }
    }
}

/// Two positions that may belong together.
#[derive(Clone, Copy)]
pub struct Link<'a> {
    pub read: &'a Read<'a>,
    pub answer: usize,
    pub to: usize,
}

impl Link<'_> {
    pub fn position(&self) -> &Position {
        &self.read.positions[self.answer]
    }

    pub fn earlier(&self) -> &Position {
        &self.read.positions[self.to]
    }

    pub fn matter(&self) -> &Matter {
        &self.read.matters[self.answer]
    }

    pub fn before(&self) -> &Matter {
        &self.read.matters[self.to]
    }

    /// Returns the answer that this is, if it is one.
    pub fn answer(&self, certain: bool) -> Answer {
        Answer { position: PositionId(self.to), how: self.how(), certain, why: self.why() }
    }

    /// Returns the answer that the text states it to be, when those may answer who were asked or took part in a reply.
    pub fn stated(&self, involved: &HashSet<ActorId>) -> Option<Answer> {
        let (position, earlier, matter) = (self.position(), self.earlier(), self.matter());
        let overlap = self.overlap();
        if self.same_party() {
            let again = position.act == earlier.act && overlap >= SAME_MATTER;
            let (position, how) = (PositionId(self.to), How::Repeats);
            return again.then_some(Answer { position, how, certain: true, why: Why::SaidAgain });
        }
        let addressed = self.is_by_one_of(involved);
        let points = self.points(addressed);
        let replies = matter.is_reply && addressed;
        let beside = earlier.addressees.is_empty() && self.answer.abs_diff(self.to) <= 2;
        let told = points && (addressed || beside) || beside && self.names();
        let plain = match position.act {
            Act::Says if matter.deed && overlap >= SAME_MATTER => false,
            act => matches!(act, Act::Says | Act::Expects),
        };
        // What somebody wants of another is answered only where the text says so; words alone answer nothing.
        if plain && !replies && !told || earlier.act == Act::Wants && !points || self.is_due() {
            return None;
        }
        how_of(position.act, position.negated)?;
        let certain = match () {
            () if points => Some(Why::PointsBack),
            () if self.names() => Some(Why::NamesIt),
            () if self.shares_words() => Some(Why::SameWords),
            () if addressed && overlap >= SAME_MATTER => Some(Why::SameMatter),
            () => None,
        };
        let likely = match () {
            () if replies => Some(Why::IsReply),
            () if addressed && overlap >= LITTLE && self.shared() > 1 => Some(Why::LikeMatter),
            () => None,
        };
        let why = certain.or(likely)?;
        Some(Answer { position: PositionId(self.to), how: self.how(), certain: certain.is_some(), why })
    }

    /// Returns whether the two can belong together at all.
    pub fn is_open(&self) -> bool {
        let distance = self.to.abs_diff(self.answer);
        let reach = match self.to < self.answer {
            true if asks(self.earlier()) => WINDOW,
            true => NEAR_BY,
            false => AFTER,
        };
        let can = how_of(self.position().act, false).is_some() && !self.same_party() && !self.is_due();
        distance <= reach && can
    }

    /// Returns whether something speaks against an answer, so that it is none for certain.
    pub fn is_doubtful(&self) -> bool {
        self.is_asked_of_others() || self.is_off_the_matter()
    }

    /// Whoever was not asked hardly answers.
    fn is_asked_of_others(&self) -> bool {
        let known = !self.earlier().addressees.is_empty() && !self.position().actors.is_empty();
        asks(self.earlier()) && known && !self.is_addressed()
    }

    /// Whoever says something of another matter, and was not asked, hardly answers.
    fn is_off_the_matter(&self) -> bool {
        let matter = self.matter();
        let points = matter.pronoun || matter.points_back.is_some() || matter.words.is_empty();
        self.class() == "plain" && self.shared() == 0 && !self.is_addressed() && !points
    }

    fn how(&self) -> How {
        let position = self.position();
        match position.act {
            Act::Says if self.matter().does_so == Some(false) => How::Rejects,
            Act::Says if self.matter().deed && self.overlap() >= SAME_MATTER && asks(self.earlier()) => How::Meets,
            Act::Says if self.matter().negated && matches!(self.earlier().act, Act::Demands | Act::Offers) => {
                How::Rejects
            }
            Act::Says if matches!(self.earlier().act, Act::Says | Act::Accuses | Act::Warns) => How::Counters,
            act => how_of(act, position.negated).unwrap_or(How::Answers),
        }
    }

    fn why(&self) -> Why {
        match () {
            () if self.points(self.is_addressed()) => Why::PointsBack,
            () if self.names() => Why::NamesIt,
            () if self.earlier().nested_in == Some(PositionId(self.answer)) => Why::HoldsIt,
            () if self.shares_words() => Why::SameWords,
            () if self.matter().is_reply && self.is_addressed() => Why::IsReply,
            () if self.is_addressed() && self.overlap() >= SAME_MATTER => Why::SameMatter,
            () if self.is_addressed() && self.shared() > 0 => Why::LikeMatter,
            () if self.is_addressed() => Why::Addressed,
            () => Why::Beside,
        }
    }

    pub fn shared(&self) -> usize {
        self.matter().shared(self.before())
    }

    pub fn overlap(&self) -> f32 {
        self.matter().overlap(self.before())
    }

    /// Whoever must approve a plan has not done so.
    fn is_due(&self) -> bool {
        let tree = self.read.sources.tree;
        let modals = ["must", "should", "can", "could", "may", "might"];
        let mut cue = self.position().cue.iter().flat_map(|&span| tree.tokens_in(span));
        matches!(self.position().act, Act::Accepts | Act::Backs | Act::Commits | Act::Does)
            && cue.any(|at| tree.is_any(at, &modals))
    }

    /// Returns whether one of those addressed holds the position.
    pub fn is_addressed(&self) -> bool {
        self.is_by_one_of(&self.read.addressed[self.to])
    }

    pub fn is_by_one_of(&self, parties: &HashSet<ActorId>) -> bool {
        !self.read.parties[self.answer].is_disjoint(parties)
    }

    /// Returns whether both are about the very same stretch of text: "refused to leave, as Norway has demanded".
    pub fn shares_words(&self) -> bool {
        let pairs = self.position().content.iter().flat_map(|a| {
            let both = move |b: &Span| a.intersect(*b).map(|both| (both.len(), a.len().min(b.len())));
            self.earlier().content.iter().filter_map(both)
        });
        pairs.into_iter().any(|(both, short)| both * 2 >= short)
    }

    /// Returns whether one party holds both. Of several who speak together one may be a stranger to the other side ("both
    /// the mayor and the union said").
    pub fn same_party(&self) -> bool {
        let theirs = &self.read.parties[self.to];
        let ours = |&actor: &ActorId| self.read.sources.parties(actor).any(|party| theirs.contains(&party));
        !self.position().actors.is_empty() && self.position().actors.iter().all(ours)
    }

    /// "The survey", "such a limit": a noun of what was asked a little before.
    pub fn names(&self) -> bool {
        let named = self.matter().named.as_ref().is_some_and(|named| self.before().words.contains(named));
        named && self.to < self.answer && self.answer - self.to <= NEAR
    }

    /// Returns whether "those demands" or "it" can be this one: the word fits, and it is near or theirs to answer.
    pub fn points(&self, addressed: bool) -> bool {
        let Some(distance) = self.answer.checked_sub(self.to) else { return false };
        let asked = |act: Act| matches!(act, Act::Asks | Act::Demands | Act::Wants);
        let (position, act) = (self.position(), self.earlier().act);
        let close = addressed && distance <= NEAR;
        let claims = matches!(act, Act::Accuses | Act::Says | Act::Warns);
        let alike = |back: Act| {
            back == Act::Accuses && claims && distance <= 2
                || asked(back) && asked(act) && (addressed || distance <= 2)
                || back == Act::Offers && distance <= 2
        };
        let fits =
            self.matter().points_back.is_some_and(|back| back == act || alike(back) || close && back != Act::Accuses)
                || close && self.matter().does_so.is_some();
        let taken = matches!(position.act, Act::Refuses | Act::Accepts | Act::Opposes | Act::Backs);
        // "It" and a verb alone answer what was asked just before.
        let bare = position.rule == BARE && position.addressees == self.earlier().actors;
        let it = self.matter().pronoun && taken && distance <= 2;
        fits && (addressed || distance <= NEAR_POINTER)
            || (bare || it) && (addressed || self.earlier().addressees.is_empty())
    }
}

/// How many demands, offers and questions back an answer is looked for, counted in positions …
const WINDOW: usize = 24;
/// … how far back what else may be answered …
const NEAR_BY: usize = 8;
/// … and how far on: "refused to leave, as Norway had demanded".
const AFTER: usize = 4;
