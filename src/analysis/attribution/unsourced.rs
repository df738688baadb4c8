//! A passive that names nobody: "is expected to close", "was accused of hiding the bills", "was asked whether it is true".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::infinitive::takes_to;
use super::preposition::phrases;
use super::source::agent;
use super::tree::Run;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "unsourced",
    class: Class::Verb,
    find,
    finds: "«content:The firm» «cue/accuses:was accused» «content:of hiding its losses».",
    leaves: "The firm was praised on Monday.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    let frame = site.cue.frame(&Form::Unsourced, false)?;
    if !matches!(tree.tag(site.at), Tag::PastParticiple | Tag::Past) || agent(tree, site.at).is_some() {
        return None;
    }
    let subject = tree.child(site.at, &[Relation::PassiveSubject, Relation::NominalSubject]).filter(|&at| at < site.at);
    let passive = tree.passive_auxiliary(site.at).is_some() && subject.is_some();
    // "Asked whether it was true, she left": the participle has the subject of its sentence.
    let free = tree.relation(site.at) == Relation::AdverbialClause && subject.is_none();
    if !passive && !free {
        return None;
    }
    let (completion, whole) = completion(site)?;
    let heads: Vec<usize> = subject.filter(|_| whole).into_iter().chain([completion]).collect();
    let about = tree.children(completion).iter().copied().find(|&at| !whole && tree.is(at, "about"));
    let without: Vec<Run> = about.map(|at| at..at + 1).into_iter().collect();
    let content = site.content_of(&heads, &without);
    let words: usize = content.iter().map(|run| run.len()).sum();
    (words > 1).then(|| Finding {
        source: None,
        cue: about.into_iter().collect(),
        content,
        frame: frame.clone(),
        negated: false,
    })
}

/// Returns what completes the passive, and whether its subject is a part of what is said.
fn completion(site: &Site) -> Option<(usize, bool)> {
    let tree = site.tree;
    let below = tree.children(site.at).iter().copied().filter(|&child| child > site.at);
    let clausal = |child: usize| {
        matches!(
            tree.relation(child),
            Relation::OpenComplement | Relation::ClausalComplement | Relation::AdverbialClause
        )
    };
    if let Some(verb) = below.clone().find(|&child| clausal(child) && takes_to(tree, child)) {
        return Some((verb, true));
    }
    if let Some(clause) = below.clone().find(|&child| tree.relation(child) == Relation::ClausalComplement) {
        return Some((clause, false));
    }
    // One is accused of a deed, and asked about a thing.
    let phrase =
        |words: &[&str]| phrases(tree, site.at).find(|&phrase| phrase > site.at && tree.introduced_by(phrase, words));
    phrase(&["of", "for"]).map(|deed| (deed, true)).or_else(|| phrase(&["about"]).map(|thing| (thing, false)))
}
