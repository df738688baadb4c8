//! Documents that speak: a position of "the letter" is one of whoever wrote it.

use crate::analysis::attribution::source::Source;
use crate::analysis::model::{ActorId, Form};
use crate::analysis::relation::Relation;

use super::Sources;

/// How far back the author of "the document" is looked for, in tokens.
const REACH: usize = 400;

/// Returns the author of the document a source names, if it is one.
pub fn author(sources: &Sources, source: &Source) -> Option<ActorId> {
    let tree = sources.tree;
    if !sources.cues.lists.documents.contains(tree.lemma(source.head)) {
        return None;
    }
    if let Some(author) = owner(sources, source.head) {
        return Some(author);
    }
    if let Some(author) = sources.cast.author_of(tree.span(&source.meant)) {
        return Some(author);
    }
    // "The document" is the last one whose author was named.
    let definite = tree.children(source.head).iter().any(|&child| tree.is_any(child, &["the", "this", "that"]));
    let earlier = (source.head.saturating_sub(REACH)..source.head).rev();
    let mut documents =
        earlier.filter(|&at| sources.cues.lists.documents.contains(tree.lemma(at)) && tree.tag(at).is_noun());
    definite.then(|| documents.find_map(|at| owner(sources, at))).flatten()
}

/// Returns whose a document is, by the words around its noun: "the council's letter", "the U.S. reply", "a letter from Ruiz".
fn owner(sources: &Sources, noun: usize) -> Option<ActorId> {
    let tree = sources.tree;
    let children = tree.children(noun).iter().copied();
    let possessive = children.clone().find(|&child| tree.relation(child) == Relation::NounModifierPossessive);
    let from = || {
        children
            .clone()
            .find(|&child| tree.relation(child) == Relation::NounModifier && tree.introduced_by(child, &["from", "by"]))
    };
    let modifier = || {
        let kinds = [Relation::Compound, Relation::Adjectival, Relation::NounModifierUnmarked];
        let modifies = move |&child: &usize| kinds.contains(&tree.relation(child)) && child < noun;
        children.clone().filter(modifies).find(|&child| sources.mentions.at(tree, child).is_some())
    };
    let owner = possessive.or_else(from).or_else(modifier)?;
    sources
        .mentions
        .at(tree, owner)
        .filter(|(_, form)| *form != Form::Pronoun || possessive.is_some())
        .map(|(actor, _)| actor)
}
