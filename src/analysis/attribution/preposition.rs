//! A verb and a preposition: "called for a ban", "accused the firm of lying", "called on the mayor to resign".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::holder::holder;
use super::infinitive::takes_to;
use super::tree::Tree;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "preposition",
    class: Class::Verb,
    find,
    finds: "«source:The court» «cue/accuses:accused» «content:the firm of hiding the bills».",
    leaves: "The court of appeal is in Leeds.",
};

pub const WITH_INFINITIVE: Rule = Rule {
    name: "preposition-infinitive",
    class: Class::Verb,
    find: find_with_infinitive,
    finds: "«source:The party» «cue/demands:called on» «content:the mayor to resign».",
    leaves: "The party called on Monday.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if tree.is_passive(site.at) {
        return None;
    }
    let object = tree.child(site.at, &[Relation::Object]);
    let phrases = phrases(tree, site.at).chain(object.into_iter().flat_map(|object| phrases(tree, object)));
    for phrase in phrases.filter(|&phrase| phrase > site.at) {
        for word in tree.introducers(phrase) {
            let Some(frame) = site.cue.preposition(&word, object.is_some()) else { continue };
            let source = holder(site)?;
            let preposition = tree.children(phrase).iter().copied().find(|&child| tree.is(child, &word))?;
            let (heads, cue) = match object {
                Some(object) => (vec![object, phrase], vec![]),
                None => (vec![phrase], vec![preposition]),
            };
            let mut without = vec![source.run.clone()];
            without.extend(cue.iter().map(|&at| at..at + 1));
            let content = site.content_of(&heads, &without);
            return Some(Finding { source: Some(source), cue, content, frame: frame.clone(), negated: false });
        }
    }
    object.and_then(|object| behind_time(site, object))
}

/// "accused the firm on Monday of hiding the bills": the parser hangs the deed on what stands between.
fn behind_time(site: &Site, object: usize) -> Option<Finding> {
    let tree = site.tree;
    let end = tree.sentence(site.at).end.min(object + REACH);
    let deed = (object + 1..end.saturating_sub(1)).take_while(|&at| !tree.tag(at).is_finite()).find(|&at| {
        tree.tag(at + 1) == Tag::Gerund && site.cue.preposition(&tree.word(at).to_ascii_lowercase(), true).is_some()
    })?;
    let frame = site.cue.preposition(&tree.word(deed).to_ascii_lowercase(), true)?.clone();
    let source = holder(site)?;
    let mut heads = vec![object, deed + 1];
    heads.dedup();
    let content = site.content_of(&heads, source.words());
    Some(Finding { source: Some(source), cue: Vec::new(), content, frame, negated: false })
}

/// How far behind its object a deed is looked for.
const REACH: usize = 20;

fn find_with_infinitive(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    for phrase in phrases(tree, site.at).filter(|&phrase| phrase > site.at) {
        for word in tree.introducers(phrase) {
            let Some(frame) = site.cue.frame(&Form::PrepositionInfinitive(word.clone()), false) else { continue };
            let below = tree.children(site.at).iter().chain(tree.children(phrase));
            let Some(verb) =
                below.copied().find(|&child| child > phrase && takes_to(tree, child) && tree.tag(child).is_verb())
            else {
                continue;
            };
            let source = holder(site)?;
            let preposition = tree.children(phrase).iter().copied().find(|&child| tree.is(child, &word))?;
            let content = site.content_of(&[phrase, verb], &[source.run.clone(), preposition..preposition + 1]);
            return Some(Finding {
                source: Some(source),
                cue: vec![preposition],
                content,
                frame: frame.clone(),
                negated: false,
            });
        }
    }
    None
}

/// Returns the phrases and gerunds below a word that a preposition may introduce.
pub fn phrases<'a>(tree: &'a Tree, at: usize) -> impl Iterator<Item = usize> + 'a {
    let kinds = [
        Relation::Oblique,
        Relation::NounModifier,
        Relation::AdverbialClause,
        Relation::NounClause,
        Relation::OpenComplement,
    ];
    tree.children(at).iter().copied().filter(move |&child| kinds.contains(&tree.relation(child)))
}
