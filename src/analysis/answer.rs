//! Answers: which position replies to which demand, offer or question.
//!
//! A link needs an act that can answer, an actor who may, and a sign that both are about one matter: words in
//! common, an anaphor ("those demands"), or a noun that says so ("the reply to Russia's demands").

use std::collections::HashSet;

use super::Act;
use super::attribution::tree::Tree;
use super::model::{ActorId, Answer, How, Position, PositionId, Why};
use super::position::{BARE, Sources};
use super::relation::Relation;
use crate::text::Span;

/// How many demands, offers and questions back an answer is looked for.
const WINDOW: usize = 24;
/// From this share of the shorter content's words on, two positions are about the same matter.
const SAME_MATTER: f32 = 0.5;
const LIKELY: f32 = 0.2;

/// Links each position to those it answers.
pub fn find_answers(sources: &Sources, positions: &mut [Position]) {
    let matters: Vec<Matter> = positions.iter().map(|position| Matter::of(sources, position)).collect();
    // Who may answer: those addressed, and then those who took part in a reply to it.
    let mut involved: Vec<HashSet<ActorId>> = positions.iter().map(|position| involved(sources, position)).collect();
    let mut open: Vec<usize> = Vec::new();
    let mut links: Vec<(usize, Answer)> = Vec::new();
    for index in 0..positions.len() {
        let link = |answer: usize, to: usize| Link { sources, positions, matters: &matters, answer, to };
        let mut answers = Vec::new();
        for &earlier in open.iter().rev().take(WINDOW) {
            answers.extend(link(index, earlier).answer(&involved[earlier]));
        }
        // "The bid" is the offer before the request.
        let exact = |answer: &Answer| matters[index].points_back == Some(positions[answer.position.0].act);
        if answers.iter().any(|answer| exact(answer) && link(index, answer.position.0).distance() <= NEAR) {
            answers.retain(exact);
        }
        // One position answers few others; the surest and nearest are shown.
        let asked = |answer: &Answer| {
            let link = link(index, answer.position.0);
            link.distance() <= 2 || link.addressed(&involved[answer.position.0])
        };
        answers.sort_by_key(|answer| (!answer.certain, !asked(answer), std::cmp::Reverse(answer.position.0)));
        // "those demands" are the last ones named; without such a pointer two may be meant.
        answers.truncate(if matters[index].points_back.is_some() { 1 } else { 2 });
        links.extend(answers.into_iter().map(|answer| (index, answer)));
        if asks(&positions[index]) {
            links.extend(answered_before(&link, positions, index));
            open.push(index);
        }
        for (answer, to) in
            links.iter().rev().take(WINDOW).filter(|(answer, to)| *answer == index || to.position.0 == index)
        {
            let parties = positions[*answer].actors.iter().flat_map(|&actor| sources.parties(actor));
            involved[to.position.0].extend(parties);
        }
    }
    for (index, answer) in links {
        positions[index].answers.push(answer);
    }
    for position in positions {
        position.answers.sort_by_key(|answer| answer.position);
        position.answers.dedup_by_key(|answer| answer.position);
    }
}

/// Returns what a position with such an act is to what it answers, if it can answer anything.
pub fn how_of(act: Act, negated: bool) -> Option<How> {
    match act {
        Act::Refuses | Act::Denies | Act::Opposes => Some(How::Rejects),
        Act::Accepts | Act::Backs => Some(How::Accepts),
        Act::Offers => Some(How::Counters),
        Act::Commits => Some(if negated { How::Rejects } else { How::Meets }),
        Act::Withholds | Act::Does | Act::Says | Act::Expects => Some(How::Answers),
        Act::Asks | Act::Demands | Act::Warns | Act::Accuses | Act::Wants => None,
    }
}

/// Whoever wants another to do something asks for it, too.
pub fn asks(position: &Position) -> bool {
    matches!(position.act, Act::Demands | Act::Asks | Act::Offers)
        || position.act == Act::Wants && !position.addressees.is_empty()
}

/// Returns the answer of a position before a demand that answers it all the same: the reply it stands in ("responded to Norway's
/// demand that …"), or the refusal it comments on ("refused to leave, as Norway has demanded").
fn answered_before<'a>(
    link: &impl Fn(usize, usize) -> Link<'a>,
    positions: &[Position],
    index: usize,
) -> Option<(usize, Answer)> {
    let demand = &positions[index];
    let answer = |how, why| Answer { position: PositionId(index), how, certain: true, why };
    if let Some(outer) = demand.nested_in.map(|outer| outer.0) {
        let responds = positions[outer].act == Act::Does && positions[outer].actors != demand.actors;
        if responds {
            return Some((outer, answer(How::Answers, Why::HoldsIt)));
        }
    }
    let near = (index.saturating_sub(NEAR)..index).rev();
    let fits = |&earlier: &usize| shares_words(&positions[earlier], demand) && !link(earlier, index).same_party();
    let answering = |&earlier: &usize| {
        matches!(positions[earlier].act, Act::Refuses | Act::Accepts | Act::Denies | Act::Opposes | Act::Backs)
    };
    let earlier = near.filter(answering).find(fits)?;
    let accepts = matches!(positions[earlier].act, Act::Accepts | Act::Backs);
    Some((earlier, answer(if accepts { How::Accepts } else { How::Rejects }, Why::SameWords)))
}

/// How many positions back a demand looks for what it comments on.
const NEAR: usize = 4;
/// How many positions back "those demands" of somebody else may stand.
const NEAR_POINTER: usize = 8;

fn involved(sources: &Sources, position: &Position) -> HashSet<ActorId> {
    position.addressees.iter().flat_map(|&actor| sources.parties(actor)).collect()
}

/// What a position is about.
struct Matter {
    /// Lemmas of its nouns, verbs and adjectives, and the actors it names.
    words: HashSet<String>,
    /// "those demands", "the same approach": points back at something.
    points_back: Option<Act>,
    /// "The demand for 12 percent": points back when the rest agrees.
    names_demand: bool,
    /// The content is nothing but "the survey": a noun of the earlier position.
    named: Option<String>,
    /// The content is nothing but "it" or "that".
    pronoun: bool,
    /// "It would not do so": whether it would.
    does_so: Option<bool>,
    /// Its source or cue is called a reply.
    is_reply: bool,
    /// Reports a deed, which may meet a demand.
    deed: bool,
}

impl Matter {
    fn of(sources: &Sources, position: &Position) -> Matter {
        let tree = sources.tree;
        let mut matter = Matter {
            words: HashSet::new(),
            points_back: None,
            named: None,
            pronoun: false,
            does_so: None,
            names_demand: false,
            is_reply: false,
            deed: false,
        };
        matter.named = named(tree, position);
        matter.pronoun = match position.content[..] {
            [span] => matches!(
                span.of(tree.text).to_lowercase().as_str(),
                "it" | "that" | "this" | "them" | "that out" | "it down"
            ),
            _ => false,
        };
        for &span in &position.content {
            for at in tokens(tree, span) {
                matter.read(sources, position, at);
            }
        }
        let source = position.source.iter().flat_map(|&span| tokens(tree, span));
        matter.is_reply = source.into_iter().any(|at| is_reply(sources, at));
        matter
    }

    fn read(&mut self, sources: &Sources, position: &Position, at: usize) {
        let tree = sources.tree;
        if let Some((actor, _)) = sources.mentions.at(tree, at) {
            if !position.actors.contains(&actor) {
                self.words.insert(sources.actors[actor.0].id.clone());
            }
            return;
        }
        let tag = tree.tag(at);
        let lemma = tree.lemma(at).to_lowercase();
        if at > 1 && tree.is(at, "so") && tree.is(at - 1, "do") {
            let denied = (at.saturating_sub(3)..at).any(|before| tree.is_any(before, &["not", "n't", "n’t", "never"]));
            self.does_so = Some(!denied);
        }
        let dull = matches!(
            lemma.as_str(),
            "be" | "have" | "do" | "say" | "make" | "other" | "such" | "same" | "more" | "new" | "take" | "go"
        );
        if (tag.is_noun() || tag.is_verb() || tag.is_adjective()) && !dull && lemma.len() > 2 {
            self.words.insert(stem(&lemma));
        }
        let pointed = at > 0 && tree.is_any(at - 1, &["those", "these", "such", "that", "this", "same"]);
        // "The demand" and "the idea" point back too, where nothing says which.
        let the =
            tree.has_child(at, Relation::Determiner, &["the"]) && !tree.children(at).iter().any(|&child| child > at);
        if tag.is_noun() && (pointed || the) {
            let what = match lemma.as_str() {
                "demand" | "condition" | "ultimatum" | "call" => Some(Act::Demands),
                "proposal" | "offer" | "plan" | "idea" | "suggestion" | "bid" | "invitation" => Some(Act::Offers),
                "request" | "appeal" | "question" | "plea" | "motion" => Some(Act::Asks),
                _ => None,
            };
            self.points_back = what.or(self.points_back);
        }
        if tag.is_noun()
            && at > 0
            && tree.is(at - 1, "the")
            && matches!(lemma.as_str(), "demand" | "proposal" | "offer")
        {
            self.names_demand = true;
        }
        let done = matches!(tag, super::tag::Tag::Past | super::tag::Tag::PastParticiple);
        self.deed |= done && tree.child(at, &[Relation::NominalSubject]).is_some();
    }
}

/// Returns the noun of a content that is a definite noun phrase of two or three words.
fn named(tree: &Tree, position: &Position) -> Option<String> {
    let [span] = position.content[..] else { return None };
    let run = tokens(tree, span);
    let noun = run.end.checked_sub(1)?;
    let such = tree.is(run.start, "such");
    let definite =
        (2..=3).contains(&run.len()) && (such || tree.is_any(run.start, &["the", "this", "that", "those", "these"]));
    (definite && tree.tag(noun).is_noun()).then(|| stem(&tree.lemma(noun).to_lowercase()))
}

/// Words are compared by their beginnings: "withdraw" and "withdrawal", "propose" and "proposal".
fn stem(lemma: &str) -> String {
    lemma.chars().take(6).collect()
}

fn is_reply(sources: &Sources, at: usize) -> bool {
    let tree = sources.tree;
    if matches!(tree.lemma(at), "response" | "reply" | "answer") {
        return true;
    }
    // "The document" is a reply when the last document with an author was one.
    let document = sources.cues.lists.documents.contains(tree.lemma(at))
        && tree.child(at, &[Relation::NounModifierPossessive]).is_none();
    let mut earlier = (at.saturating_sub(200)..at).rev();
    let mut last = || {
        earlier.find(|&at| {
            tree.tag(at).is_noun()
                && matches!(tree.lemma(at), "response" | "reply" | "answer" | "letter" | "report" | "statement")
        })
    };
    document && last().is_some_and(|last| matches!(tree.lemma(last), "response" | "reply" | "answer"))
}

fn tokens(tree: &Tree, span: Span) -> std::ops::Range<usize> {
    let start = tree.tokens.partition_point(|token| token.span.end <= span.start);
    let end = tree.tokens.partition_point(|token| token.span.start < span.end);
    start..end.max(start)
}

/// Two positions that may belong together.
struct Link<'a> {
    sources: &'a Sources<'a>,
    positions: &'a [Position],
    matters: &'a [Matter],
    answer: usize,
    to: usize,
}

impl Link<'_> {
    fn answer(&self, involved: &HashSet<ActorId>) -> Option<Answer> {
        let (position, earlier) = (&self.positions[self.answer], &self.positions[self.to]);
        let (matter, before) = (&self.matters[self.answer], &self.matters[self.to]);
        if self.same_party() {
            let repeats = position.act == earlier.act && self.overlap() >= SAME_MATTER;
            let (position, how) = (PositionId(self.to), How::Repeats);
            return repeats.then_some(Answer { position, how, certain: true, why: Why::SaidAgain });
        }
        let addressed = self.addressed(involved);
        let pointed = self.points(addressed);
        let overlap = self.overlap();
        let replies = matter.is_reply && addressed;
        let nearest = earlier.addressees.is_empty() && self.distance() <= 2;
        let told = addressed || nearest;
        let how = self.how(overlap, replies, pointed && told || nearest && self.names())?;
        // What somebody wants of another is answered only where the text says so.
        if earlier.act == Act::Wants && !pointed {
            return None;
        }
        let pointed = pointed || matter.names_demand && asks(earlier) && shared(matter, before) > 0;
        let named = self.names();
        let certain = match () {
            () if pointed => Some(Why::PointsBack),
            () if named => Some(Why::NamesIt),
            () if shares_words(position, earlier) => Some(Why::SameWords),
            () if addressed && overlap >= SAME_MATTER => Some(Why::SameMatter),
            () => None,
        };
        let likely = match () {
            () if replies => Some(Why::IsReply),
            () if addressed && overlap >= LIKELY && shared(matter, before) > 1 => Some(Why::LikeMatter),
            () => None,
        };
        let why = certain.or(likely)?;
        Some(Answer { position: PositionId(self.to), how, certain: certain.is_some(), why })
    }

    /// "The survey", "such a limit": a noun of what was asked a little before.
    fn names(&self) -> bool {
        let named = self.matters[self.answer].named.as_ref();
        named.is_some_and(|named| self.matters[self.to].words.contains(named)) && self.distance() <= NEAR
    }

    /// Returns how many positions lie between the two, one more.
    fn distance(&self) -> usize {
        self.answer.saturating_sub(self.to)
    }

    /// Returns whether one of those asked, or who replied before, holds the position.
    fn addressed(&self, involved: &HashSet<ActorId>) -> bool {
        let parties = |&actor: &ActorId| self.sources.parties(actor).any(|party| involved.contains(&party));
        self.positions[self.answer].actors.iter().any(parties)
    }

    /// Returns whether "those demands" or "the request" can be this one: the word fits, and it is near or his to answer.
    fn points(&self, addressed: bool) -> bool {
        let asked = |act: Act| matches!(act, Act::Asks | Act::Demands | Act::Wants);
        let act = self.positions[self.to].act;
        let back = self.matters[self.answer].points_back;
        let distance = self.distance();
        let close = addressed && distance <= NEAR;
        let alike = |back: Act| {
            asked(back) && asked(act) && (addressed || distance <= 2) || back == Act::Offers && distance <= 2
        };
        let fits = back.is_some_and(|back| back == act || alike(back) || close)
            || close && self.matters[self.answer].does_so.is_some();
        let (answer, to) = (&self.positions[self.answer], &self.positions[self.to]);
        let taken = matches!(answer.act, Act::Refuses | Act::Accepts | Act::Opposes | Act::Backs);
        // "It" and a verb alone answer what was asked just before.
        let bare = answer.rule == BARE && answer.addressees == to.actors;
        let it = self.matters[self.answer].pronoun && taken && distance <= 2;
        fits && (addressed || distance <= NEAR_POINTER) || (bare || it) && (addressed || to.addressees.is_empty())
    }

    fn how(&self, overlap: f32, replies: bool, pointed: bool) -> Option<How> {
        let position = &self.positions[self.answer];
        // Whoever must approve a plan has not done so.
        let due = position.cue.iter().flat_map(|&span| tokens(self.sources.tree, span));
        let due =
            due.into_iter().any(|at| self.sources.tree.is_any(at, &["must", "should", "can", "could", "may", "might"]));
        if due && matches!(position.act, Act::Accepts | Act::Backs | Act::Commits | Act::Does) {
            return None;
        }
        match position.act {
            Act::Says if pointed && self.matters[self.answer].does_so == Some(false) => Some(How::Rejects),
            Act::Says if self.matters[self.answer].deed && overlap >= SAME_MATTER => Some(How::Meets),
            Act::Says | Act::Expects => (replies || pointed).then_some(How::Answers),
            act => how_of(act, position.negated),
        }
    }

    fn same_party(&self) -> bool {
        let parties = |index: usize| -> HashSet<ActorId> {
            self.positions[index].actors.iter().flat_map(|&actor| self.sources.parties(actor)).collect()
        };
        let theirs = parties(self.to);
        // Of several who speak together one may be a stranger to the other side ("both the mayor and the union said").
        let ours = |&actor: &ActorId| self.sources.parties(actor).any(|party| theirs.contains(&party));
        !self.positions[self.answer].actors.is_empty() && self.positions[self.answer].actors.iter().all(ours)
    }

    /// Returns the share of the shorter content's words that both have.
    fn overlap(&self) -> f32 {
        let (a, b) = (&self.matters[self.answer], &self.matters[self.to]);
        let short = a.words.len().min(b.words.len());
        if short == 0 { 0.0 } else { shared(a, b) as f32 / short.max(3) as f32 }
    }
}

fn shared(a: &Matter, b: &Matter) -> usize {
    a.words.intersection(&b.words).count()
}

/// Returns whether two positions are about the very same stretch of text: "refused to leave, as Norway has demanded".
fn shares_words(a: &Position, b: &Position) -> bool {
    let pairs = a.content.iter().flat_map(|a| {
        b.content.iter().filter_map(move |b| a.intersect(*b).map(|both| (both.len(), a.len().min(b.len()))))
    });
    pairs.into_iter().any(|(both, short)| both * 2 >= short)
}
