//! A passive with its agent: "the plan was rejected by the council", "the firm was accused by the court of lying".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;

use super::infinitive::takes_to;
use super::preposition::phrases;
use super::source::agent;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "passive",
    class: Class::Verb,
    find,
    finds: "«content:The plan» «cue/refuses:was rejected» by «source:the council».",
    leaves: "The plan was rejected on Monday.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if !tree.is_passive(site.at) {
        return None;
    }
    let source = agent(tree, site.at)?;
    let subject = tree.child(site.at, &[Relation::PassiveSubject, Relation::NominalSubject])?;
    let below = tree.children(site.at).iter().copied();
    let infinitive = below.clone().find(|&child| takes_to(tree, child) && child > site.at);
    let clause = below.clone().find(|&child| tree.relation(child) == Relation::ClausalComplement && child > site.at);
    let completed = infinitive.map(|verb| (verb, Form::Infinitive)).or_else(|| clause.map(|verb| (verb, Form::Clause)));
    let framed = completed.and_then(|(verb, form)| site.cue.frame(&form, true).map(|frame| (verb, frame)));
    let with_preposition = || {
        phrases(tree, site.at).find_map(|phrase| {
            let word = tree.introducers(phrase).next()?;
            site.cue.preposition(&word, true).map(|frame| (phrase, frame))
        })
    };
    let (heads, frame) = match framed.or_else(with_preposition) {
        Some((phrase, frame)) => (vec![subject, phrase], frame),
        None => (vec![subject], site.cue.frame(&Form::Object, false)?),
    };
    let content = site.content_of(&heads, source.words());
    Some(Finding { source: Some(source), cue: Vec::new(), content, frame: frame.clone(), negated: false })
}
