//! A noun whose verb adds nothing: "gave no sign of …", "made proposals for …", "had no plans to …".

use crate::analysis::Act;
use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::noun::complement;
use super::source::subject;
use super::tree::{Run, Tree};
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "light-verb",
    class: Class::Noun,
    find,
    finds: "«source:The firm» «cue/denies:had no plans» «content:to close the depot».",
    leaves: "The plans of the depot were lost.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    let (verb, keeps) = carrier(site)?;
    let owner = tree.child(site.at, &[Relation::NounModifierPossessive]);
    if owner.is_some_and(|owner| !tree.tag(owner).is_pronoun()) || tree.is_passive(verb) {
        return None;
    }
    let source = subject(tree, verb)?;
    let (content, frame, preposition) = complement(site, site.at, source.words())
        .or_else(|| complement(site, verb, source.words()))
        .or_else(|| anaphor(site, &source.run))?;
    if frame.act == Act::Does && !happened(tree, verb) {
        return None;
    }
    let mut cue = verb_group(tree, verb);
    cue.extend(verb + 1..site.at);
    cue.extend(preposition.iter().copied());
    let within = |run: &Run| run.contains(&verb) || source.run.contains(&verb);
    if content.iter().any(within) {
        return None;
    }
    let negated = !keeps && denied(site, verb);
    Some(Finding { source: Some(source), cue, content, frame, negated })
}

/// Returns the verb the noun depends on, and whether its negation leaves the noun standing ("has not moved from its refusal").
fn carrier(site: &Site) -> Option<(usize, bool)> {
    let (tree, lists) = (site.tree, &site.cues.lists);
    let verb = tree.head(site.at).filter(|&verb| tree.tag(verb).is_verb() && verb < site.at)?;
    // "put off a decision" makes none.
    if tree.tag(verb + 1) == Tag::Particle {
        return None;
    }
    match tree.relation(site.at) {
        Relation::Object => lists.light_verbs.contains(tree.lemma(verb)).then_some((verb, false)),
        Relation::Oblique | Relation::NounModifier => {
            let keeps =
                lists.keeping_verbs.contains(tree.lemma(verb)) && tree.introduced_by(site.at, &["from", "on", "in"]);
            keeps.then_some((verb, true))
        }
        _ => None,
    }
}

/// A deed is one when the text says it happened: a finite verb that no clause above makes a wish or a report.
fn happened(tree: &Tree, verb: usize) -> bool {
    let finite = tree.tag(verb) == Tag::Past || tree.has_child(verb, Relation::Auxiliary, &["has", "have", "had"]);
    finite && matches!(tree.relation(verb), Relation::Root | Relation::Conjunct)
}

fn denied(site: &Site, verb: usize) -> bool {
    let negations = &site.cues.lists.negations;
    let below = site.tree.children(verb).iter().chain(site.tree.children(site.at));
    below.into_iter().any(|&child| negations.contains(&site.tree.word(child).to_ascii_lowercase()))
}

/// "made such proposals": the content stands elsewhere and is pointed at.
fn anaphor(site: &Site, source: &Run) -> Option<(Vec<Run>, super::Frame, Vec<usize>)> {
    let tree = site.tree;
    let pointer = |&child: &usize| {
        matches!(tree.relation(child), Relation::Determiner | Relation::Adjectival)
            && tree.is_any(child, &["such", "these", "those", "similar", "the same"])
    };
    let points = tree.children(site.at).iter().any(pointer);
    let frame = site.cue.frame(&Form::Infinitive, false).or_else(|| site.cue.frame(&Form::Clause, false))?;
    points.then(|| (site.content_with_cue(source), frame.clone(), Vec::new()))
}

/// Returns a verb with its auxiliaries and the adverbs between.
fn verb_group(tree: &Tree, verb: usize) -> Vec<usize> {
    let belongs = |&child: &usize| match tree.relation(child) {
        Relation::Auxiliary => true,
        Relation::Adverbial => child < verb && tree.tag(child) != Tag::WhAdverb,
        _ => false,
    };
    tree.children(verb).iter().copied().filter(belongs).chain([verb]).collect()
}
