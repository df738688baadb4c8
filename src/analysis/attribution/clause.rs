//! A verb and a clause: "said (that) it was safe", "told reporters that …", "said at a meeting that …", "asked whether …".

use crate::analysis::cue::{Class, Form, Frame};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::content::reports;
use super::holder::holder;
use super::tree::{Run, Tree, trim};
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "clause",
    class: Class::Verb,
    find,
    finds: "«source:The mayor» «cue:said» at a meeting on Monday «content:that the bridge was safe».",
    leaves: "The bridge that the mayor opened is safe.",
};

/// "that" may stand this many words behind its verb: "said at an evening news conference that".
const REACH: usize = 14;

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if tree.is_passive(site.at) || tree.introduced_by(site.at, &["if"]) {
        return None;
    }
    let clause = complement(site)?;
    let frame = frame(site, clause)?.clone();
    let source = holder(site)?;
    let mut heads = vec![clause];
    heads.extend(condition(site, clause));
    let mut without = vec![source.run.clone()];
    // What stands between the cue and "that" tells when and where it was said.
    let that = tree
        .children(clause)
        .iter()
        .copied()
        .find(|&child| tree.is(child, "that") && child > site.at && child < clause);
    without.extend(that.map(|that| site.at + 1..that));
    if tree.head(site.at) == Some(clause) {
        without.push(tree.sentence(site.at).start..site.at);
    }
    let content = site.content_of(&heads, &without);
    let content = if frame.form == Form::Obligation { apart(site, content) } else { content };
    let words: usize = content.iter().map(|run| run.len()).sum();
    (words > 1).then_some(Finding { source: Some(source), cue: Vec::new(), content, frame, negated: false })
}

/// Divides what is demanded where a second demand is joined to it: "that he leave | and that she stay".
fn apart(site: &Site, content: Vec<Run>) -> Vec<Run> {
    let tree = site.tree;
    let joins = |at: usize| tree.is_any(at, &["and", "or"]) && tree.is(at + 1, "that") && tree.quotation(at).is_none();
    let mut parts = Vec::new();
    for mut run in content {
        while let Some(and) = (run.start + 2..run.end.saturating_sub(2)).find(|&at| joins(at)) {
            parts.push(trim(tree, run.start..and));
            run.start = and + 1;
        }
        parts.push(run);
    }
    parts
}

/// Returns the head of the clause that completes the cue.
fn complement(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let clausal = |&child: &usize| {
        // "said at a conference that": the phrase of place is no clause, whatever the parser calls it.
        // A clause before the cue is none of it: the parser hangs "campaign aides" there, or "after he left".
        child > site.at
            && tree.child(child, &[Relation::Case]).is_none_or(|case| case > site.at + 1)
            && tree.relation(child) == Relation::ClausalComplement
            || child > site.at
                && tree.relation(child) == Relation::OpenComplement
                && !tree.has_child(child, Relation::Mark, &["to"])
                && has_subject(tree, child)
    };
    // "suggested reopening the road" is an act, where the cue has a frame for it.
    let acts = |child: usize| {
        let gerund = tree.tag(child) == Tag::Gerund && !has_subject(tree, child);
        gerund && tree.child(child, &[Relation::Auxiliary]).is_none() && site.cue.frame(&Form::Gerund, false).is_some()
    };
    if tree
        .children(site.at)
        .iter()
        .any(|&child| child > site.at && tree.relation(child).is_complement() && acts(child))
    {
        return None;
    }
    let own = tree.children(site.at).iter().copied().find(clausal);
    // A free relative ("said what he thinks") hangs on its own pronoun.
    let free = || tree.child(site.at, &[Relation::Object]).filter(|&object| tree.tag(object).is_wh());
    let sure =
        reports(tree, site.cues, site.at) && site.cue.frame(&Form::Clause, false).is_some_and(|frame| !frame.weak);
    // Behind a phrase of time or place the parser takes the clause for one of that phrase.
    let linear = || {
        let reach = site.at + 1..(site.at + REACH).min(sentence.end);
        let other_subject = |that: usize| {
            let siblings = tree.head(that).map_or(&[][..], |head| tree.children(head));
            siblings.iter().any(|&sibling| sibling != that && tree.relation(sibling).is_subject())
        };
        let opens = |&at: &usize| {
            let relative = tree.relation(at).is_subject() && !other_subject(at);
            tree.is(at, "that") && !relative && tree.relation(at) != Relation::Determiner
        };
        let that = reach.clone().find(opens)?;
        // Behind an object the clause belongs to that object: "rejected the claim that …".
        let object = tree.child(site.at, &[Relation::Object]).filter(|object| *object < that);
        if object.is_some() && site.cue.frame(&Form::Clause, true).is_none() {
            return None;
        }
        let between = site.at + 1..that;
        let clear = !between.clone().any(|at| tree.tag(at).is_verb() || tree.quotation(at).is_some());
        tree.head(that).filter(|&head| clear && head > that && (has_subject(tree, head) || sure))
    };
    own.or_else(free).or_else(linear).or_else(|| adjacent(site)).or_else(|| turned(site))
}

/// A clause right behind a verb of speaking is what is said, whatever the parser calls it.
fn adjacent(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let sure = site
        .cue
        .frame(&Form::Clause, false)
        .or_else(|| site.cue.frame(&Form::Clause, true))
        .filter(|frame| !frame.weak)?;
    let object = tree.child(site.at, &[Relation::IndirectObject, Relation::Object]).filter(|_| sure.object);
    let behind = object.and_then(|object| tree.subtree(object, |_| false).last().copied()).unwrap_or(site.at) + 1;
    let first = (behind..sentence.end.min(behind + 2)).find(|&at| tree.is(at, "that")).unwrap_or(behind);
    let opens = first < sentence.end
        && (tree.is(first, "that")
            || !tree.is_punctuation(first) && !matches!(tree.tag(first), Tag::Preposition | Tag::To | Tag::Particle));
    if !opens || !reports(tree, site.cues, site.at) {
        return None;
    }
    let mut top = first;
    while let Some(head) = tree.head(top).filter(|&head| head > site.at) {
        top = head;
    }
    let auxiliary = tree.child(top, &[Relation::Auxiliary, Relation::Copula, Relation::PassiveAuxiliary]).is_some();
    let clause = tree.tag(top).is_finite() || auxiliary && !tree.has_child(top, Relation::Mark, &["to"]);
    let gerund =
        || tree.tag(top) == Tag::Gerund && tree.subtree(top, |_| false).into_iter().any(|at| tree.tag(at).is_finite());
    (top > site.at && (clause || gerund())).then_some(top)
}

/// The parser may hang the cue on its own content: "the firm says its staff has helped", with "says" below "helped".
fn turned(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let head = tree
        .head(site.at)
        .filter(|&head| head > site.at && tree.child(site.at, &[Relation::NominalSubject]).is_some())?;
    let hung =
        matches!(tree.relation(site.at), Relation::AdverbialClause | Relation::ClausalComplement | Relation::Parataxis);
    let marked = tree.child(site.at, &[Relation::Mark, Relation::Object]).is_some()
        || tree.children(site.at).iter().any(|&child| tree.tag(child).is_wh());
    let clear = !(site.at..head).any(|at| tree.is_comma(at));
    (hung && !marked && clear && tree.tag(site.at).is_finite() && has_subject(tree, head)).then_some(head)
}

/// Returns a clause of condition or reason right behind the content that the parser hung on the cue.
fn condition(site: &Site, clause: usize) -> Option<usize> {
    let tree = site.tree;
    let end = tree.subtree(clause, |_| false).last().copied()? + 1;
    let behind = |&child: &usize| {
        let first = tree.subtree(child, |_| false)[0];
        matches!(tree.relation(child), Relation::AdverbialClause | Relation::Conjunct)
            && (first == end || first == end + 1)
            && tree.introduced_by(child, CONDITIONS)
    };
    tree.children(site.at).iter().copied().find(behind)
}

const CONDITIONS: &[&str] = &["once", "if", "because", "unless", "until", "before", "so"];

fn has_subject(tree: &Tree, clause: usize) -> bool {
    tree.children(clause).iter().any(|&child| tree.relation(child).is_subject())
}

/// Returns the cue's frame that fits the clause.
fn frame<'a>(site: &'a Site, clause: usize) -> Option<&'a Frame> {
    let tree = site.tree;
    let either = |form: &Form| site.cue.frame(form, false).or_else(|| site.cue.frame(form, true));
    if asks(tree, clause) {
        return either(&Form::Question).or_else(|| either(&Form::Clause));
    }
    let special = if obliges(tree, site.at, clause) {
        either(&Form::Obligation)
    } else if looks_forward(tree, clause) {
        either(&Form::Prospect)
    } else {
        None
    };
    special.or_else(|| either(&Form::Clause))
}

/// Returns whether a clause begins with a question word.
fn asks(tree: &Tree, clause: usize) -> bool {
    let first = tree.subtree(clause, |_| false).into_iter().find(|&at| !tree.is_punctuation(at)).unwrap_or(clause);
    tree.tag(first).is_wh() && !tree.is(first, "that") || tree.is_any(first, &["whether", "if"])
}

/// Returns whether a clause says what somebody is to do: "that he leave", "that he should leave".
pub fn obliges(tree: &Tree, cue: usize, clause: usize) -> bool {
    if tree.has_child(clause, Relation::Auxiliary, &["should", "must", "ought"]) {
        return true;
    }
    // "that the road be closed"
    if tree.has_child(clause, Relation::PassiveAuxiliary, &["be"]) || tree.has_child(clause, Relation::Copula, &["be"])
    {
        return tree.child(clause, &[Relation::Auxiliary]).is_none()
            && !tree.has_child(clause, Relation::Mark, &["to"])
            && has_subject(tree, clause);
    }
    let bare = tree.child(clause, &[Relation::Auxiliary]).is_none() && !tree.has_child(clause, Relation::Mark, &["to"]);
    let past = matches!(tree.tag(cue), Tag::Past | Tag::PastParticiple)
        || tree.has_child(cue, Relation::Auxiliary, &["had", "was", "were"]);
    // After a cue in the past a verb in the present is the subjunctive of a plural: "insisted that drivers stay home".
    let subjunctive = match tree.tag(clause) {
        Tag::Verb => true,
        Tag::Present => past && !matches!(tree.lemma(clause), "be" | "have" | "do"),
        _ => false,
    };
    bare && subjunctive && has_subject(tree, clause)
}

/// Returns whether a clause says what a named other will do: "hoped Norway would agree".
fn looks_forward(tree: &Tree, clause: usize) -> bool {
    let other = tree.child(clause, &[Relation::NominalSubject]).is_some_and(|subject| tree.tag(subject).is_proper());
    other && tree.has_child(clause, Relation::Auxiliary, &["will", "would", "’ll", "'ll"])
}
