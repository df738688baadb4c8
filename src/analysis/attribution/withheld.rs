//! A verb of publishing that is negated: "would not release its reply", "did not discuss the price".

use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::holder::holder;
use super::source::noun_phrase;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "withheld",
    class: Class::Verb,
    find,
    finds: "«source:The firm» «cue/withholds:would not publish» «content:its bills».",
    leaves: "The firm would publish its bills.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    let is_passive = tree.is_passive(site.at);
    let form = if is_passive { Form::Drawn } else { Form::Withheld };
    let frame = site.cue.frame(&form, false)?.clone();
    let wills = |&child: &usize| tree.tag(child) == Tag::Modal && tree.is_any(child, &["would", "will", "’d", "wo"]);
    let did_not = || tree.has_child(site.at, Relation::Auxiliary, &["did", "does", "do", "has", "have", "had"]);
    let refuses = tree.children(site.at).iter().any(wills) || !is_passive && did_not();
    if !refuses || !site.is_negated() {
        return None;
    }
    let source = match is_passive {
        true => noun_phrase(tree, tree.child(site.at, &[Relation::PassiveSubject, Relation::NominalSubject])?),
        false => holder(site)?,
    };
    let object = tree.child(site.at, &[Relation::Object]);
    let phrase = || tree.child(site.at, &[Relation::Oblique]);
    let head = object.or_else(phrase)?;
    // Who "would not be drawn into the war" withholds nothing.
    if is_passive && !tree.introduced_by(head, &["on", "about"]) {
        return None;
    }
    let content = site.content(head, source.words());
    (!content.is_empty()).then_some(Finding { source: Some(source), cue: Vec::new(), content, frame, negated: false })
}
