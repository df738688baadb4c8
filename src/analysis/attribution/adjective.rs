//! An adjective that is said of somebody: "is committed to paying", "was confident that …", "are opposed to the plan".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;

use super::noun::complement;
use super::source::subject;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "adjective",
    class: Class::Adjective,
    find,
    finds: "«source:The union» «cue/accepts:is ready» «content:to return to work».",
    leaves: "The ready meal is hot.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if matches!(tree.relation(site.at), Relation::Adjectival | Relation::Compound) && tree.children(site.at).is_empty()
    {
        return None;
    }
    let own = tree.child(site.at, &[Relation::PassiveSubject]).map(|own| super::source::noun_phrase(tree, own));
    let source = own.or_else(|| subject(tree, site.at))?;
    if tree.is_any(source.head, &["it", "that", "this", "there", "which", "what"]) {
        return None;
    }
    let without = [source.run.clone()];
    let (content, frame, cue) = complement(site, site.at, &without).or_else(|| {
        // "is sure the bridge will hold": a clause without "that" completes an adjective too.
        let clause = tree.child(site.at, &[Relation::ClausalComplement]).filter(|&clause| clause > site.at)?;
        let frame = site.cue.frame(&Form::Clause, false)?;
        Some((site.content(clause, &without), frame.clone(), Vec::new()))
    })?;
    (!content.is_empty()).then_some(Finding { source: Some(source), cue, content, frame, negated: false })
}
