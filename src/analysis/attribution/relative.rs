//! A cue in a relative clause whose content is the noun before it: "the plan (that) the council rejected".

use crate::analysis::Act;
use crate::analysis::cue::{Class, Form, Frame};
use crate::analysis::relation::Relation;

use super::infinitive::takes_to;
use super::source::{Source, noun_phrase};
use super::tree::{Run, Tree};
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "relative",
    class: Class::Verb,
    find,
    finds: "«content:The plan», which «source:the council» «cue/opposes:opposed», has failed.",
    leaves: "The council that opposes the road met on Monday.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    let noun = modified(tree, site.at)?;
    let source = site.subject().filter(|source| source.run.start > noun && source.run.end <= site.at)?;
    if tree.tag(source.run.start).is_wh() || tree.is_passive(site.at) || takes_object(tree, site.at) {
        return None;
    }
    let (frame, rest) = completed(site)?;
    // What somebody says is not the noun that is talked about: "the road that he described".
    if frame.weak || matches!(frame.act, Act::Says | Act::Wants | Act::Does) {
        return None;
    }
    let mut content = vec![meant(tree, noun, &source, site.at)];
    content.extend(rest.into_iter().flat_map(|verb| site.content(verb, source.words())));
    Some(Finding { source: Some(source), cue: Vec::new(), content, frame: frame.clone(), negated: false })
}

/// Returns the noun that the relative clause of a verb modifies.
pub fn modified(tree: &Tree, verb: usize) -> Option<usize> {
    tree.head(verb)
        .filter(|&noun| tree.relation(verb) == Relation::RelativeClause && noun < verb && tree.tag(noun).is_noun())
}

/// Returns whether something else than a relative pronoun is the verb's object.
fn takes_object(tree: &Tree, verb: usize) -> bool {
    let other = |&child: &usize| {
        matches!(tree.relation(child), Relation::Object | Relation::ClausalComplement | Relation::Parataxis)
            && !tree.tag(child).is_wh()
    };
    tree.children(verb).iter().any(other)
}

/// Returns the frame, and the infinitive that stands for the deed: "which it has refused *to do*".
fn completed<'a>(site: &'a Site) -> Option<(&'a Frame, Option<usize>)> {
    let tree = site.tree;
    let below = tree.children(site.at).iter().copied().filter(|&child| child > site.at);
    let open = |&child: &usize| tree.relation(child) == Relation::OpenComplement;
    match below.clone().find(open) {
        Some(verb) => {
            let does = takes_to(tree, verb) && tree.lemma(verb) == "do";
            site.cue.frame(&Form::Infinitive, false).filter(|_| does).map(|frame| (frame, Some(verb)))
        }
        None => site.cue.frame(&Form::Object, false).map(|frame| (frame, None)),
    }
}

/// Returns the words for what is meant: the noun phrase without the clause.
fn meant(tree: &Tree, noun: usize, source: &Source, cue: usize) -> Run {
    let mut run = noun_phrase(tree, noun).run;
    let clause = tree.subtree(cue, |_| false)[0].min(source.run.start);
    run.end = run.end.min(clause).max(noun + 1);
    run
}
