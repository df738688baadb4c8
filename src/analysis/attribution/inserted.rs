//! A cue set into what it reports or behind it, without quotation marks: "The road, the mayor said, will stay closed."

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::source::{Source, phrase_after, phrase_before, twofold};
use super::tree::Tree;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "inserted",
    class: Class::Verb,
    find,
    finds: "«content:The road will stay closed», «source:the mayor» «cue:said».",
    leaves: "The mayor, as everybody knows, said nothing.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    let perfect = tree.tag(site.at) == Tag::PastParticiple && tree.child(site.at, &[Relation::Auxiliary]).is_some();
    let finite = perfect || matches!(tree.tag(site.at), Tag::Past | Tag::Present | Tag::ThirdPerson);
    if !finite || tree.in_speech(site.at) {
        return None;
    }
    // ", an official told the paper": the object stands behind the cue, what is told around it.
    let told = || site.cue.frame(&Form::Quotation, true).filter(|_| site.cue.frame(&Form::Clause, true).is_some());
    let frame = site.cue.frame(&Form::Quotation, false).or_else(told).filter(|frame| !frame.weak)?;
    let sentence = tree.sentence(site.at);
    let (source, start, end) = insertion(site).filter(|(source, ..)| !tree.tag(source.run.start).is_wh())?;
    // What stands before must be a clause, not a name or a date.
    let before = sentence.start..start;
    let predicates = before.clone().any(|at| tree.tag(at).is_finite() || tree.quotation(at).is_some());
    let after = end..sentence.end;
    let resumes = after.len() > 3 && tree.is_comma(end) && !takes_leave(tree, end + 1);
    let clause = predicates || resumes && before.len() > 1;
    if !clause {
        return None;
    }
    // "He noted the losses and, he added, the rain": the clause around has a cue of its own.
    let hosted = before.clone().any(|at| {
        tree.tag(at).is_finite() && tree.relation(at) == Relation::Root && super::content::reports(tree, site.cues, at)
    });
    // At the end of a sentence the whole of it is reported, with a report in it: "Lee said it was late, the radio reported".
    let closing = !resumes && tree.tag(source.head).is_noun() && source.run.start > site.tree.sentence(site.at).start;
    let hosted = hosted && !closing;
    if hosted
        && (!resumes || matches!(tree.tag((end + 1).min(sentence.end - 1)), Tag::Preposition | Tag::To | Tag::Adverb))
    {
        return None;
    }
    let mut content = if hosted { Vec::new() } else { site.stretch(before, source.words()) };
    if resumes {
        content.extend(site.stretch(end + 1..sentence.end, source.words()));
    }
    (!content.is_empty()).then(|| Finding {
        source: Some(source),
        cue: Vec::new(),
        content,
        frame: frame.clone(),
        negated: false,
    })
}

/// Returns the source with where the insertion begins and ends: between commas, or between a comma and a full stop.
fn insertion(site: &Site) -> Option<(Source, usize, usize)> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let behind_comma = |at: usize| at > sentence.start && tree.is_any(at - 1, &[",", "—", "–", "”", "\"", "’’"]);
    let own = site.subject();
    let before = own.clone().filter(|source| source.run.end <= site.at).into_iter();
    let before =
        before.chain(phrase_before(tree, site.at, sentence.start)).find(|source| behind_comma(source.run.start));
    if let Some(source) = before {
        let end = ends(site, site.at + 1)?;
        return Some((source.clone(), source.run.start, end));
    }
    if let Some(source) = twofold(tree, site.at) {
        let end = ends(site, site.at + 1)?;
        return Some((source.clone(), source.run.start, end));
    }
    if behind_comma(site.at) {
        let source = own
            .filter(|source| source.run.start > site.at)
            .or_else(|| phrase_after(tree, site.at + 1, sentence.end))?;
        let end = ends(site, source.run.end)?;
        let nobody = tree.is_any(source.head, &["nothing", "something", "anything", "little", "much", "so"]);
        return (!nobody).then_some((source, site.at, end));
    }
    None
}

/// Returns the comma or full stop behind the cue; a phrase of time or place may stand before it.
fn ends(site: &Site, from: usize) -> Option<usize> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let mut at = from;
    while at < sentence.end {
        if tree.is_comma(at) || tree.is_any(at, &[".", ";", "—", "–"]) {
            return Some(at);
        }
        if tree.tag(at).is_verb() || tree.tag(at).is_wh() || tree.is_any(at, &["that", "whether"]) || at - from > 12 {
            return None;
        }
        at += 1;
    }
    Some(at)
}

/// Returns whether a new clause of the reporter's begins: "adding …", "who …", "as …", "but …".
fn takes_leave(tree: &Tree, at: usize) -> bool {
    at < tree.len()
        && (tree.tag(at) == Tag::Gerund
            || tree.tag(at).is_wh()
            || tree.is_any(
                at,
                &[
                    "as",
                    "although",
                    "though",
                    "while",
                    "but",
                    "and",
                    "or",
                    "a",
                    "an",
                    "whose",
                    "after",
                    "before",
                    "when",
                    "according",
                ],
            ))
}
