//! An answer in one verb, right behind what was asked: "She asked him to wait. He refused."

use crate::analysis::Act;
use crate::analysis::attribution::tree::Tree;
use crate::analysis::model::{ActorId, Grounds, Position, Quote, Reason};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::{Draft, Sources};

pub const NAME: &str = "bare-answer";

/// How far behind what was asked the answer may stand, in tokens.
const NEAR: usize = 80;
/// The verb is surer than most, but it says nothing of the matter.
const CONFIDENCE: f32 = 0.75;

/// Adds a refusal or an acceptance for each verb without an object whose subject was just asked for something.
pub fn add(sources: &Sources, drafts: &mut Vec<Draft>) {
    // Of two that were asked the later one is answered.
    let asked = drafts.iter().rev().filter(|draft| asks(&draft.position));
    let found: Vec<Draft> = asked.filter_map(|draft| answer(sources, drafts, draft)).collect();
    for draft in found {
        if drafts.iter().all(|known| known.anchor != draft.anchor) {
            drafts.push(draft);
        }
    }
}

fn asks(position: &Position) -> bool {
    matches!(position.act, Act::Demands | Act::Asks | Act::Offers)
}

fn answer(sources: &Sources, drafts: &[Draft], asked: &Draft) -> Option<Draft> {
    let tree = sources.tree;
    let end = asked.content.iter().map(|run| run.end).max()?.max(asked.anchor + 1);
    let verb = (end..tree.len().min(end + NEAR)).find(|&at| act(tree, at).is_some())?;
    let act = act(tree, verb)?;
    if tree.in_speech(verb) || tree.block(verb) > tree.block(asked.anchor) + 1 {
        return None;
    }
    let subject = tree.child(verb, &[Relation::NominalSubject])?;
    let actors = sources.mentions.all_at(tree, subject);
    // What was asked of nobody in particular is answered at once or not by a word.
    let other = |draft: &Draft| draft.position.actors != asked.position.actors;
    let between = drafts.iter().any(|draft| (asked.anchor + 1..verb).contains(&draft.anchor) && other(draft));
    if asked.position.addressees.is_empty() && between {
        return None;
    }
    let named = drafts.iter().any(|draft| draft.anchor == verb);
    if actors.is_empty() || named || !is_addressed(sources, &asked.position, &actors) {
        return None;
    }
    let source = tree.span(&(subject..subject + 1));
    let whole = sources.mentions.within(source).map(|(span, ..)| span).max_by_key(|span| span.len()).unwrap_or(source);
    let position = Position {
        id: String::new(),
        speaks_for: super::speaks_for(sources, &actors),
        actors,
        act,
        negated: false,
        hedged: false,
        quote: Quote::Indirect,
        addressees: asked.position.actors.clone(),
        source: vec![whole],
        cue: vec![tree.span(&(verb..verb + 1))],
        content: Vec::new(),
        answers: Vec::new(),
        nested_in: None,
        rule: NAME,
        confidence: CONFIDENCE,
        grounds: Grounds {
            reasons: vec![Reason { what: "a verb alone, right behind what was asked", amount: CONFIDENCE }],
            ..Grounds::default()
        },
    };
    Some(Draft { position, anchor: verb, content: Vec::new(), nested_in: None })
}

/// What was asked of somebody is answered by him; what was asked of nobody in particular, by anybody but the one who asks.
fn is_addressed(sources: &Sources, asked: &Position, actors: &[ActorId]) -> bool {
    let same =
        |one: ActorId, other: ActorId| sources.parties(one).any(|party| sources.parties(other).any(|p| p == party));
    let any = |list: &[ActorId]| list.iter().any(|&one| actors.iter().any(|&other| same(one, other)));
    if asked.addressees.is_empty() { !any(&asked.actors) } else { any(&asked.addressees) }
}

/// Returns what a finite verb in the past says by itself: "refused", "agreed at once"; one with an object says more.
fn act(tree: &Tree, verb: usize) -> Option<Act> {
    let act = match tree.lemma(verb) {
        "refuse" | "decline" | "balk" => Act::Refuses,
        "agree" | "accept" | "oblige" | "comply" | "consent" => Act::Accepts,
        _ => return None,
    };
    let more = [
        Relation::Object,
        Relation::ClausalComplement,
        Relation::OpenComplement,
        Relation::Auxiliary,
        Relation::PassiveAuxiliary,
        Relation::Conjunct,
    ];
    // "Agreed at once", but not "agreed with her".
    let about = |&child: &usize| tree.relation(child) == Relation::Oblique && tree.introduced_by(child, &ABOUT);
    if tree.children(verb).iter().any(about) {
        return None;
    }
    (tree.tag(verb) == Tag::Past && tree.child(verb, &more).is_none()).then_some(act)
}

const ABOUT: [&str; 7] = ["about", "by", "from", "in", "on", "to", "with"];
