//! A cue beside what it comments on: "to close the road, as the council has demanded".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;

use super::source::{phrase_after, phrase_before};
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "comment",
    class: Class::Verb,
    find,
    finds: "«content:The road will stay open», as «source:the council» «cue/demands:has demanded».",
    leaves: "As the council demanded a new road, the town built one.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    let frame = site.cue.frame(&Form::Comment, false)?.clone();
    let sentence = tree.sentence(site.at);
    // "as" stands before the source, or before the cue with the source behind: "as demanded the council" is no English,
    // but "as did", "as said" are read as far as the next mark only.
    let source = phrase_before(tree, site.at, sentence.start)
        .filter(|source| source.run.start > sentence.start && tree.is(source.run.start - 1, "as"))
        .or_else(|| {
            site.subject().filter(|source| {
                source.run.end <= site.at && source.run.start > sentence.start && tree.is(source.run.start - 1, "as")
            })
        })?;
    let end = site.at + 1;
    let stops = end >= sentence.end || tree.is_punctuation(end);
    if !stops || phrase_after(tree, end, sentence.end).is_some_and(|next| next.run.start == end) {
        return None;
    }
    let start = source.run.start - 1;
    let heads = innermost(site, start);
    let content = match heads {
        Some(head) => clipped(site, head, start),
        None if start > sentence.start + 1 => site.stretch(sentence.start..start, &[]),
        None => site.stretch(end + 1..sentence.end, &[]),
    };
    (!content.is_empty()).then_some(Finding { source: Some(source), cue: Vec::new(), content, frame, negated: false })
}

/// Returns the infinitive or gerund that ends where the comment begins: what is demanded, not the whole sentence.
fn innermost(site: &Site, start: usize) -> Option<usize> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let mut at = start.checked_sub(2)?;
    if !sentence.contains(&at) {
        return None;
    }
    while let Some(head) = tree.head(at) {
        let complement =
            matches!(tree.relation(at), Relation::OpenComplement | Relation::ClausalComplement | Relation::NounClause);
        if complement && tree.tag(at).is_verb() && at < start {
            return Some(at);
        }
        at = head;
    }
    None
}

fn clipped(site: &Site, head: usize, end: usize) -> Vec<super::Run> {
    let words = site.tree.subtree(head, |child| child >= end);
    match (words.first(), words.last()) {
        (Some(&first), Some(_)) => site.stretch(first..end, &[]),
        _ => Vec::new(),
    }
}
