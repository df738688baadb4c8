//! A verb, what it judges, and the judgement: "called the plan “a disaster”", "described it as fair", "deemed it void".

use crate::analysis::Act;
use crate::analysis::cue::{Class, Form, Frame};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::holder::holder;
use super::preposition::phrases;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "judgement",
    class: Class::Verb,
    find,
    finds: "«source:The union» «cue:has called» «content:the offer “a bad joke”».",
    leaves: "The union has called the office twice.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if tree.is_passive(site.at) {
        return None;
    }
    let (end, mut frame) = judgement(site)?;
    let start = site.at + 1;
    let source = holder(site)?;
    if start >= end {
        return None;
    }
    let content = site.stretch(start..end, source.words());
    let words = content.iter().map(|run| tree.span(run).of(tree.text).to_lowercase());
    if words.into_iter().any(|words| site.cues.lists.refusing_labels.iter().any(|label| words.contains(label.as_str())))
    {
        frame.act = Act::Refuses;
    }
    Some(Finding { source: Some(source), cue: Vec::new(), content, frame, negated: false })
}

/// Returns where the judgement ends: a phrase with "as", a quotation, or a predicate behind the object.
fn judgement(site: &Site) -> Option<(usize, Frame)> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let last = |head: usize| tree.subtree(head, |_| false).last().map_or(head + 1, |last| last + 1);
    let object = tree.child(site.at, &[Relation::Object]);
    if let Some(frame) = site.cue.preposition("as", true) {
        let below = phrases(tree, site.at).chain(object.into_iter().flat_map(|object| phrases(tree, object)));
        let phrase = below.into_iter().find(|&phrase| phrase > site.at && tree.introduced_by(phrase, &["as"]));
        if let Some(phrase) = phrase {
            return Some((last(phrase), frame.clone()));
        }
    }
    let frame = site.cue.frame(&Form::Quotation, true)?;
    if site.cue.frame(&Form::Clause, true).is_some() {
        return None; // "told the court “…”" is speech to the object, not about it.
    }
    let object_end = object.map(last)?;
    let quotation = (site.at + 1..sentence.end.min(object_end + 3)).find_map(|at| tree.quotation(at));
    if let Some(quotation) = quotation {
        let run = tree.run_of(quotation);
        return (run.start > site.at + 1 && run.end <= sentence.end).then(|| (run.end, frame.clone()));
    }
    if let Some(end) = labelled(site) {
        return Some((end, frame.clone()));
    }
    // "called the actions lawful": an adjective behind its noun says what the noun is.
    let behind = |&at: &usize| {
        tree.tag(at).is_adjective() && at + 1 == object_end && tree.head(at) == object && at > object.unwrap_or(at)
    };
    let adjective = object.and_then(|object| tree.children(object).iter().copied().find(behind));
    if let Some(adjective) = adjective {
        return Some((adjective + 1, frame.clone()));
    }
    let predicate =
        tree.child(site.at, &[Relation::OpenComplement]).filter(|&at| at > site.at && !tree.tag(at).is_verb());
    predicate
        .filter(|&predicate| object.is_some_and(|object| object < predicate))
        .map(|predicate| (last(predicate), frame.clone()))
}

/// Returns where a label ends that stands right behind what it labels: "called *the offer* a bad joke".
fn labelled(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let end = tree.sentence(site.at).end.min(site.at + REACH);
    let named = |at: usize| tree.tag(at).is_noun() || tree.tag(at) == Tag::Pronoun;
    let inside = |at: &usize| {
        let tag = tree.tag(*at);
        named(*at) || tag.is_adjective() || matches!(tag, Tag::Determiner | Tag::PossessivePronoun | Tag::Possessive)
    };
    let article = (site.at + 1..end).take_while(inside).find(|&at| {
        at > site.at + 1 && named(at - 1) && tree.is_any(at, &["a", "an", "the", "his", "her", "their", "one"])
    })?;
    let head = tree.head(article).filter(|&head| head > article).unwrap_or(article);
    let last = tree.subtree(head, |child| child < article).last().map_or(head + 1, |&last| last + 1);
    Some(last.max(article + 1).min(tree.sentence(site.at).end))
}

/// How far behind its verb a label is looked for.
const REACH: usize = 10;
