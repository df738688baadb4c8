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
        .filter(|&at| directs && matches!(tree.relation(at), Relation::NominalSubject | Relation::PassiveSubject));
    let mut found: Vec<ActorId> = Vec::new();
    for token in objects.chain(towards).chain(subjects.take(1)) {
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
