//! Two positions of which one may answer the other, and what is seen of them that may say so.
//!
//! Each feature is a part and a value; [`Judge`](crate::analysis::judge::Judge) has a weight for each.

use std::collections::HashSet;

use super::matter::Matter;
use super::{asks, how_of};
use crate::analysis::Act;
use crate::analysis::judge::Notice;
use crate::analysis::model::{ActorId, Answer, How, Position, PositionId, Quote, Why};
use crate::analysis::position::{BARE, Sources};
use crate::text::Span;

/// From this share of the shorter content's words on, two positions are about the same matter.
const SAME_MATTER: f32 = 0.5;
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
    places: Vec<(usize, usize)>,
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
    read: &'a Read<'a>,
    answer: usize,
    to: usize,
}

impl Link<'_> {
    fn position(&self) -> &Position {
        &self.read.positions[self.answer]
    }

    fn earlier(&self) -> &Position {
        &self.read.positions[self.to]
    }

    fn matter(&self) -> &Matter {
        &self.read.matters[self.answer]
    }

    fn before(&self) -> &Matter {
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

    /// Tells everything that is seen.
    pub fn tell(&self, notice: &mut impl Notice) {
        notice.add("link", &[]);
        self.tell_acts(notice);
        self.tell_place(notice);
        self.tell_parties(notice);
        self.tell_matter(notice);
        self.tell_words(notice);
    }

    fn tell_acts(&self, notice: &mut impl Notice) {
        let (act, before) = (self.act(), self.earlier().act.word());
        notice.add("act", &[act]);
        notice.add("to", &[before]);
        notice.add("acts", &[act, before]);
        notice.add("class", &[self.class(), before]);
        let quotes = [quote(self.position()), quote(self.earlier())];
        notice.add("quotes", &quotes);
    }

    fn tell_place(&self, notice: &mut impl Notice) {
        let class = self.class();
        let gap = gap(self.answer, self.to);
        let ((sentence, block), (to_sentence, to_block)) = (self.read.places[self.answer], self.read.places[self.to]);
        let blocks = match block.abs_diff(to_block) {
            0 if sentence == to_sentence => "same sentence",
            0 => "same block",
            1 => "next block",
            2 => "second block",
            3 | 4 => "near block",
            _ => "far block",
        };
        let asked = if asks(self.earlier()) { "asked" } else { "said" };
        notice.add("gap", &[gap]);
        notice.add("gap", &[gap, class]);
        notice.add("gap", &[gap, asked]);
        notice.add("blocks", &[blocks]);
        notice.add("blocks", &[blocks, class]);
        notice.add("between", &[self.between(), class]);
        let nested = match () {
            () if self.position().nested_in == Some(PositionId(self.to)) => "in it",
            () if self.earlier().nested_in == Some(PositionId(self.answer)) => "holds it",
            () => "",
        };
        notice.add("nested", &[nested]);
        notice.add("nested", &[nested, self.act()]);
    }

    /// What stands between the two of others that might be answered as well.
    fn between(&self) -> &'static str {
        let range = self.to.min(self.answer) + 1..self.to.max(self.answer);
        let mut asked = false;
        for other in range {
            let own = &self.read.parties[other];
            if own.is_disjoint(&self.read.parties[self.answer]) && asks(&self.read.positions[other]) {
                asked = true;
            }
        }
        match (self.to.abs_diff(self.answer), asked) {
            (1, _) => "nothing",
            (_, true) => "asked",
            (_, false) => "said",
        }
    }

    fn tell_parties(&self, notice: &mut impl Notice) {
        let class = self.class();
        let known = match (self.position().actors.is_empty(), self.earlier().actors.is_empty()) {
            (false, false) => "both",
            (true, false) => "asker",
            (false, true) => "answerer",
            (true, true) => "nobody",
        };
        let addressed = match () {
            () if self.is_addressed() => "to them",
            () if self.earlier().addressees.is_empty() => "to nobody",
            () => "to others",
        };
        let is_in = |matter: &Matter, parties: &HashSet<ActorId>| {
            let names = parties.iter().map(|actor| &self.read.sources.actors[actor.0].id);
            if names.into_iter().any(|name| matter.words.contains(name)) { "yes" } else { "no" }
        };
        let named = is_in(self.before(), &self.read.parties[self.answer]);
        let naming = is_in(self.matter(), &self.read.parties[self.to]);
        let back = !self.read.addressed[self.answer].is_disjoint(&self.read.parties[self.to]);
        notice.add("known", &[known]);
        notice.add("addressed", &[addressed]);
        notice.add("addressed", &[addressed, class]);
        notice.add("addressed", &[addressed, gap(self.answer, self.to)]);
        notice.add("named", &[named, class]);
        notice.add("naming", &[naming, class]);
        notice.add("back", &[if back { "yes" } else { "no" }, class]);
        notice.add("spoke", &[self.spoke(), class]);
    }

    /// Whether the same party stands between, so that it has had its say already.
    fn spoke(&self) -> &'static str {
        let range = self.to.min(self.answer) + 1..self.to.max(self.answer);
        let own = &self.read.parties[self.answer];
        let spoke = |other: usize| !self.read.parties[other].is_disjoint(own);
        if range.into_iter().any(spoke) { "before" } else { "first" }
    }

    fn tell_matter(&self, notice: &mut impl Notice) {
        let class = self.class();
        let shared = ["none", "one", "two", "three", "more"][self.shared().min(4)];
        let share = match self.overlap() {
            share if share >= SAME_MATTER => "half",
            share if share >= 0.25 => "quarter",
            share if share > 0.0 => "little",
            _ => "none",
        };
        notice.add("shared", &[shared]);
        notice.add("shared", &[shared, class]);
        notice.add("overlap", &[share]);
        notice.add("overlap", &[share, gap(self.answer, self.to)]);
        if self.shares_words() {
            notice.add("same-words", &[]);
            notice.add("same-words", &[self.act()]);
        }
        let matter = self.matter();
        let points = match matter.points_back {
            Some(act) if act == self.earlier().act => "at such",
            Some(_) if asks(self.earlier()) => "at another",
            Some(_) => "elsewhere",
            None => "",
        };
        let signs = [
            (self.points(self.is_addressed()), "points"),
            (self.names(), "names"),
            (matter.pronoun, "pronoun"),
            (matter.does_so.is_some(), "does-so"),
            (matter.is_reply, "reply"),
            (matter.deed, "deed"),
            (self.position().rule == BARE, "bare"),
            (matter.words.is_empty(), "wordless"),
        ];
        notice.add("points", &[points]);
        notice.add("points", &[points, gap(self.answer, self.to)]);
        for (_, sign) in signs.into_iter().filter(|(seen, _)| *seen) {
            notice.add(sign, &[]);
            notice.add(sign, &[gap(self.answer, self.to)]);
            notice.add(sign, &[self.act()]);
        }
    }

    fn tell_words(&self, notice: &mut impl Notice) {
        let tree = self.read.sources.tree;
        let class = self.class();
        for (part, position) in [("cue", self.position()), ("to-cue", self.earlier())] {
            let cue = position.cue.iter().flat_map(|&span| tree.tokens_in(span));
            let head = cue.into_iter().rfind(|&at| tree.tag(at).is_verb() || tree.tag(at).is_noun());
            let lemma = head.map_or(String::new(), |at| tree.lemma(at).to_lowercase());
            notice.add(part, &[&lemma]);
        }
        let negated = if self.matter().negated { "not" } else { "" };
        notice.add("negated", &[negated, class, self.earlier().act.word()]);
        let (sentence, _) = self.read.places[self.answer];
        if let Some(run) = tree.sentences().get(sentence) {
            let first = tree.word(run.start).to_lowercase();
            if self.read.sources.cues.lists.contrasts.contains(&first) {
                notice.add("opens", &[&first]);
                notice.add("opens", &["with one", gap(self.answer, self.to)]);
            }
        }
        let question = self.earlier().content.iter().any(|span| span.of(tree.text).contains('?'));
        notice.add("question", &[if question { "yes" } else { "no" }, class]);
    }

    fn act(&self) -> &'static str {
        match (self.position().act, self.position().negated) {
            (Act::Commits, true) => "commits not",
            (act, _) => act.word(),
        }
    }

    /// What kind of answer the act gives.
    fn class(&self) -> &'static str {
        match self.position().act {
            Act::Refuses | Act::Denies | Act::Opposes | Act::Accepts | Act::Backs => "stance",
            Act::Says | Act::Expects => "plain",
            _ => "deed",
        }
    }

    fn shared(&self) -> usize {
        self.matter().shared(self.before())
    }

    fn overlap(&self) -> f32 {
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
    fn is_addressed(&self) -> bool {
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
    fn names(&self) -> bool {
        let named = self.matter().named.as_ref().is_some_and(|named| self.before().words.contains(named));
        named && self.to < self.answer && self.answer - self.to <= NEAR
    }

    /// Returns whether "those demands" or "it" can be this one: the word fits, and it is near or theirs to answer.
    fn points(&self, addressed: bool) -> bool {
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

/// How many positions lie between the two.
fn gap(answer: usize, to: usize) -> &'static str {
    match (answer > to, answer.abs_diff(to)) {
        (true, 1) => "1",
        (true, 2) => "2",
        (true, 3) => "3",
        (true, 4..=6) => "near",
        (true, 7..=12) => "far",
        (true, _) => "farther",
        (false, 1) => "after 1",
        (false, 2) => "after 2",
        (false, _) => "after",
    }
}

fn quote(position: &Position) -> &'static str {
    match position.quote {
        Quote::Direct => "direct",
        Quote::Mixed => "mixed",
        Quote::Indirect => "indirect",
    }
}
