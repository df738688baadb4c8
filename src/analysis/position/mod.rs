//! Positions: attributions resolved to actors, with how they are quoted, whom they address and how sure they are.

mod addressee;
mod bare;
mod confidence;
mod document;
mod features;
mod index;
mod learned;
mod nesting;
mod obligation;
pub mod stranger;
mod verdict;

use super::actor::{Cast, Speech};
use super::attribution::ends::Choice;
use super::attribution::tree::{Run, Tree};
use super::attribution::{Attribution, PHRASE, VERBLESS};
use super::cue::Cues;
use super::judge::{Judge, Names};
use super::model::{Actor, ActorId, Form as MentionForm, Grounds, Position, PositionId, Quote, Reason};
use super::tag::Tag;
use crate::text::Span;

pub use bare::NAME as BARE;
use features::Seen;
pub use index::Mentions;
pub use obligation::NAME as OBLIGATION;
pub use verdict::NAME as VERDICT;

/// Below this hardly anything is a position; it is not reported at all.
pub const FLOOR: f32 = 0.2;

/// What positions are read from.
pub struct Sources<'a> {
    pub tree: &'a Tree<'a>,
    pub cues: &'a Cues,
    pub cast: &'a Cast,
    pub actors: &'a [Actor],
    pub mentions: Mentions,
    pub judge: &'a Judge,
}

impl<'a> Sources<'a> {
    pub fn new(tree: &'a Tree<'a>, cues: &'a Cues, cast: &'a Cast, judge: &'a Judge) -> Sources<'a> {
        Sources { tree, cues, cast, actors: &cast.actors, mentions: Mentions::new(&cast.actors), judge }
    }

    /// Returns the actors an attribution comes from: those its source names, or the author of a document.
    pub fn holders(&self, attribution: &Attribution) -> Vec<ActorId> {
        let Some(source) = &attribution.source else { return Vec::new() };
        let named = self.cast.actors_of(self.tree.span(&source.meant));
        let is_document = self.cues.lists.documents.contains(self.tree.lemma(source.head));
        match named.is_empty() || is_document {
            true => document::author(self, source).map_or(named, |author| vec![author]),
            false => named,
        }
    }

    /// Returns an actor and the parties above it.
    pub fn parties(&self, actor: ActorId) -> impl Iterator<Item = ActorId> + '_ {
        // Parties of parties are few; the bound keeps a circle in the data from going round.
        std::iter::successors(Some(actor), |&actor| self.actors[actor.0].acts_for).take(4)
    }
}

/// Returns the positions of a document in reading order.
pub fn find_positions(sources: &Sources, attributions: &[Attribution]) -> Vec<Position> {
    let sure = |draft: &Draft| draft.position.confidence >= FLOOR;
    let drafts = attributions.iter().filter_map(|attribution| draft(sources, attribution));
    let mut drafts: Vec<Draft> = drafts.filter(sure).collect();
    obligation::add(sources, &mut drafts);
    verdict::add(sources, &mut drafts);
    bare::add(sources, &mut drafts);
    nesting::arrange(sources, drafts)
}

/// A finding before it is decided whether it is reported, and what is seen of it.
pub struct Finding {
    pub position: Position,
    /// How sure it is by its rule alone.
    pub prior: f32,
    pub features: Vec<String>,
    /// The places where the last piece of its content may end, as that piece, with what is seen of each; the present one first.
    pub ends: Vec<(Span, Vec<String>)>,
}

/// Returns everything that may be a position, however unsure, for those who learn what is worth reporting.
pub fn find_all(sources: &Sources, attributions: &[Attribution]) -> Vec<Finding> {
    let finding = |attribution: &Attribution| {
        let Draft { position, .. } = draft(sources, attribution)?;
        let mut features = Names::default();
        Seen { sources, attribution, actors: &position.actors, quote: position.quote }.tell(&mut features);
        let prior = confidence::of(sources, attribution, &position.actors, position.quote).value;
        Some(Finding { prior, features: features.0, ends: possible_ends(sources, attribution), position })
    };
    attributions.iter().filter_map(finding).collect()
}

fn possible_ends(sources: &Sources, attribution: &Attribution) -> Vec<(Span, Vec<String>)> {
    let Some(choice) = Choice::of(sources.tree, sources.cues, attribution) else { return Vec::new() };
    let seen = |end: usize| {
        let mut features = Names::default();
        choice.see(end, &mut features);
        (sources.tree.span(&(choice.run.start..end)), features.0)
    };
    std::iter::once(choice.run.end).chain(choice.others()).map(seen).collect()
}

/// A position before it has a place among the others.
pub struct Draft {
    pub position: Position,
    /// The token its cue stands at.
    pub anchor: usize,
    pub content: Vec<Run>,
    pub nested_in: Option<usize>,
}

fn draft(sources: &Sources, attribution: &Attribution) -> Option<Draft> {
    let tree = sources.tree;
    let actors = sources.holders(attribution);
    let source = attribution.source.as_ref();
    let anonymous = source.is_some_and(|source| {
        source.run.len() == 1 && tree.is_any(source.head, &["it", "there", "this", "that", "one", "you"])
    });
    let noun = source.is_some_and(|source| tree.tag(source.head).is_noun() || tree.tag(source.head) == Tag::Number);
    if actors.is_empty() && (anonymous || attribution.weak && !noun) {
        return None;
    }
    let quote = quote(tree, &attribution.content);
    let promised = confidence::of(sources, attribution, &actors, quote);
    let confidence = learned::correct(&Seen { sources, attribution, actors: &actors, quote }, promised);
    let spans = |runs: &[Run]| runs.iter().map(|run| tree.span(run)).collect::<Vec<Span>>();
    let addressees = addressee::of(sources, attribution, &actors);
    let position = Position {
        id: String::new(),
        speaks_for: speaks_for(sources, &actors),
        act: attribution.act,
        negated: attribution.negated,
        hedged: attribution.hedged,
        quote,
        addressees,
        source: source.iter().map(|source| tree.span(&source.run)).collect(),
        cue: spans(&attribution.cue),
        content: spans(&attribution.content),
        answers: Vec::new(),
        nested_in: None,
        rule: attribution.rule,
        confidence: confidence.value,
        grounds: grounds(sources, attribution, confidence.reasons),
        actors,
    };
    Some(Draft { position, anchor: attribution.anchor, content: attribution.content.clone(), nested_in: None })
}

fn speaks_for(sources: &Sources, actors: &[ActorId]) -> Vec<ActorId> {
    let mut parties: Vec<ActorId> = actors.iter().filter_map(|actor| sources.actors[actor.0].acts_for).collect();
    parties.sort_unstable();
    parties.dedup();
    parties.retain(|party| !actors.contains(party));
    parties
}

/// Rules that look at words alone and at no frame of a cue.
const FRAMELESS: &[&str] = &[PHRASE, VERBLESS];

fn grounds(sources: &Sources, attribution: &Attribution, reasons: Vec<Reason>) -> Grounds {
    let tree = sources.tree;
    let denies = |at: usize| sources.cues.lists.negations.contains(&tree.word(at).to_ascii_lowercase());
    let mut before = tree.children(attribution.anchor).iter().copied().filter(|&at| at < attribution.anchor);
    Grounds {
        frame: (!FRAMELESS.contains(&attribution.rule)).then(|| attribution.form.clone()),
        // A denial that is not marked as one has gone into the act.
        by_denial: !attribution.negated && before.any(denies),
        reasons,
    }
}

/// Returns how much of a content stands in quotation marks.
fn quote(tree: &Tree, content: &[Run]) -> Quote {
    let words = content.iter().flat_map(|run| run.clone()).filter(|&at| !tree.is_punctuation(at));
    let (mut all, mut quoted) = (0, 0);
    for word in words {
        all += 1;
        quoted += usize::from(tree.quotation(word).is_some());
    }
    match quoted {
        0 => Quote::Indirect,
        quoted if quoted * 10 >= all * 9 => Quote::Direct,
        _ => Quote::Mixed,
    }
}

/// Returns the quoted parts of attributions with their sources, for "I" and "we" in them.
pub fn speeches(tree: &Tree, attributions: &[Attribution]) -> Vec<Speech> {
    let mut speeches = Vec::new();
    for attribution in
        attributions.iter().filter(|attribution| !tree.in_speech(attribution.anchor) || attribution.cue.is_empty())
    {
        let Some(source) = attribution.source.as_ref().map(|source| tree.span(&source.meant)) else { continue };
        let words = attribution.content.iter().flat_map(|run| run.clone());
        let mut quotations: Vec<usize> = words.filter_map(|at| tree.quotation(at)).collect();
        quotations.dedup();
        speeches
            .extend(quotations.iter().map(|&quotation| Speech { source, content: tree.quotations[quotation].inner }));
    }
    speeches
}

/// Numbers positions that stand in reading order.
pub fn number(positions: &mut [Position]) {
    for (index, position) in positions.iter_mut().enumerate() {
        position.id = format!("p{}", index + 1);
    }
}

fn is_pronoun(form: MentionForm) -> bool {
    form == MentionForm::Pronoun
}

fn position_id(index: usize) -> PositionId {
    PositionId(index)
}

#[cfg(test)]
mod tests;
