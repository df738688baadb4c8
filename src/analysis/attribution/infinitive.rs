//! A verb and an infinitive: "refused to leave", "declined to comment"; with an object "urged the council to vote".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::holder::holder;
use super::tree::Tree;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "infinitive",
    class: Class::Verb,
    find,
    finds: "«source:The union» «cue/refuses:has refused» «content:to end the strike».",
    leaves: "The train to Leeds refused all tickets.",
};

pub const WITH_OBJECT: Rule = Rule {
    name: "object-infinitive",
    class: Class::Verb,
    find: find_with_object,
    finds: "«source:The union» «cue/asks:urged» «content:the council to reopen the depot».",
    leaves: "The union urged restraint.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if tree.is_passive(site.at) || tree.child(site.at, &[Relation::Object]).is_some() {
        return None;
    }
    let verb = tree.children(site.at).iter().copied().find(|&child| is_infinitive(tree, child) && child > site.at)?;
    let speaks = site.cues.lists.speaking_verbs.contains(tree.lemma(verb));
    let speaking = speaks.then(|| site.cue.frame(&Form::Speaking, false)).flatten();
    let frame = speaking.or_else(|| site.cue.frame(&Form::Infinitive, false))?.clone();
    let source = holder(site)?;
    Some(Finding {
        content: site.content(verb, source.words()),
        source: Some(source),
        cue: Vec::new(),
        frame,
        negated: false,
    })
}

fn find_with_object(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if tree.is_passive(site.at) {
        return None;
    }
    let frame = site.cue.frame(&Form::Infinitive, true)?.clone();
    let own = |&child: &usize| {
        let clause =
            is_infinitive(tree, child) || tree.relation(child) == Relation::AdverbialClause && takes_to(tree, child);
        clause && child > site.at
    };
    let object = tree.child(site.at, &[Relation::Object, Relation::IndirectObject]);
    let verb = tree.children(site.at).iter().copied().find(own).or_else(|| {
        // "asked the council to vote": the infinitive is often hung on the object.
        let below = |&child: &usize| tree.relation(child) == Relation::NounClause && takes_to(tree, child);
        object.and_then(|object| tree.children(object).iter().copied().find(below))
    });
    let verb = verb.or_else(|| misread(site))?;
    let inner_subject = tree.child(verb, &[Relation::NominalSubject]).is_some();
    let heads: Vec<usize> = object.into_iter().chain([verb]).collect();
    if object.is_none() && !inner_subject {
        return None;
    }
    let source = holder(site)?;
    Some(Finding {
        content: site.content_of(&heads, source.words()),
        source: Some(source),
        cue: Vec::new(),
        frame,
        negated: false,
    })
}

/// "urged both sides to settle": a verb without an object is taken for a noun behind a preposition.
fn misread(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let bare = |&child: &usize| {
        let inner = tree.children(child);
        child > site.at + 2
            && tree.tag(child) == Tag::Noun
            && tree.is(child - 1, "to")
            && inner.iter().all(|&at| tree.relation(at) != Relation::Determiner && at + 1 >= child)
    };
    tree.children(site.at).iter().copied().filter(|&child| tree.relation(child) == Relation::Oblique).find(bare)
}

fn is_infinitive(tree: &Tree, at: usize) -> bool {
    tree.relation(at).is_complement() && takes_to(tree, at)
}

/// Returns whether a verb is introduced by "to".
pub fn takes_to(tree: &Tree, at: usize) -> bool {
    tree.has_child(at, Relation::Mark, &["to"]) || tree.has_child(at, Relation::Auxiliary, &["to"])
}
