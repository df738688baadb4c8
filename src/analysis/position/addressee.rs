//! Whom a position is meant for: who is urged, asked, warned or accused.

use crate::analysis::Act;
use crate::analysis::attribution::Attribution;
use crate::analysis::model::ActorId;
use crate::analysis::relation::Relation;

use super::Sources;
use super::index::holds;

/// Returns the actors addressed: the cue's object, the one who is to act, or the phrase after "to", "on", "against".
pub fn of(sources: &Sources, attribution: &Attribution, holders: &[ActorId]) -> Vec<ActorId> {
    let tree = sources.tree;
    let anchor = attribution.anchor;
    if attribution.cue.is_empty() {
        return Vec::new();
    }
    let children = tree.children(anchor).iter().copied();
    let objects =
        children.clone().filter(|&child| matches!(tree.relation(child), Relation::Object | Relation::IndirectObject));
    let towards = children.filter(|&child| {
        matches!(tree.relation(child), Relation::Oblique | Relation::NounModifier)
            && tree.introduced_by(child, &["to", "on", "upon", "with", "from", "against"])
    });
    let directs = matches!(
        attribution.act,
        Act::Demands
            | Act::Asks
            | Act::Offers
            | Act::Warns
            | Act::Accuses
            | Act::Refuses
            | Act::Accepts
            | Act::Commits
            | Act::Does
    );
    let contents = attribution.content.iter().flat_map(|run| run.clone());
    let subjects = contents
        .filter(|&at| directs && matches!(tree.relation(at), Relation::NominalSubject | Relation::PassiveSubject))
        .filter(|&at| !in_side_clause(sources, at));
    let receivers: Vec<usize> = tree.children(anchor).iter().filter_map(|&child| receiver(sources, child)).collect();
    let is_receiver = |token: usize| receivers.contains(&token);
    let mut found: Vec<ActorId> = Vec::new();
    for token in objects.chain(towards).chain(subjects.take(1)).chain(receivers.iter().copied()) {
        // Whoever reports it is not meant by it.
        if matches!(tree.lemma(token), "reporter" | "journalist") || is_receiver(token) && !found.is_empty() {
            continue;
        }
        let source = attribution.source.as_ref().is_some_and(|source| holds(std::slice::from_ref(&source.run), token));
        for actor in sources.mentions.all_at(tree, token) {
            let own = holders.iter().any(|&holder| sources.parties(holder).any(|party| party == actor));
            if !own && !source && !found.contains(&actor) {
                found.push(actor);
            }
        }
    }
    found
}

/// "Promised to pay whatever the judges say", "before the men return": they are not asked for anything.
fn in_side_clause(sources: &Sources, subject: usize) -> bool {
    let tree = sources.tree;
    let Some(verb) = tree.head(subject) else { return false };
    tree.children(verb).iter().any(|&child| child < subject && tree.is_any(child, &SIDE))
}

const SIDE: [&str; 12] =
    ["after", "although", "because", "before", "if", "unless", "until", "what", "whatever", "when", "while", "whoever"];

/// "In a letter to the council, she wrote": the council.
fn receiver(sources: &Sources, child: usize) -> Option<usize> {
    let tree = sources.tree;
    let paper = tree.relation(child) == Relation::Oblique && sources.cues.lists.documents.contains(tree.lemma(child));
    let mut receivers = tree.children(child).iter().copied().filter(|_| paper);
    receivers.find(|&noun| tree.relation(noun) == Relation::NounModifier && tree.introduced_by(noun, &["to"]))
}
