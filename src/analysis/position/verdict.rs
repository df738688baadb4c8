//! A judgement that refuses, inside somebody's words: he said that the demand "was a non-starter".

use crate::analysis::Act;
use crate::analysis::attribution::tree::{Run, Tree, trim};
use crate::analysis::model::{Grounds, Position, Quote};
use crate::analysis::relation::Relation;

use super::{Draft, Sources, is_pronoun};

pub const NAME: &str = "verdict";

/// Adds a refusal for each label of refusal that a speaker puts on something.
pub fn add(sources: &Sources, drafts: &mut Vec<Draft>) {
    let says = |draft: &&Draft| matches!(draft.position.act, Act::Says | Act::Expects);
    let found: Vec<Draft> = drafts.iter().filter(says).flat_map(|draft| verdicts(sources, draft)).collect();
    drafts.extend(found);
}

fn verdicts(sources: &Sources, draft: &Draft) -> Vec<Draft> {
    let words = draft.content.iter().flat_map(|run| run.clone());
    words.filter_map(|at| verdict(sources, draft, at)).collect()
}

/// `be` is a verb of being between what is judged and the label.
fn verdict(sources: &Sources, draft: &Draft, be: usize) -> Option<Draft> {
    let tree = sources.tree;
    if !matches!(tree.lemma(be), "be" | "remain") || negated(tree, be) {
        return None;
    }
    let label = label(sources, be)?;
    let head = if tree.relation(be) == Relation::Copula { tree.head(be)? } else { be };
    let subject = tree.child(head, &[Relation::NominalSubject]).filter(|&subject| subject < be)?;
    let judged = trim(tree, tree.subtree(subject, |_| false)[0]..be);
    let (actor, form) = sources.mentions.at(tree, subject).unzip();
    // Whoever judges a party or "it" says nothing that could be looked up in the text.
    let pronoun = form.is_some_and(is_pronoun) || !tree.tag(subject).is_noun();
    if actor.is_some() && tree.tag(subject).is_proper() || pronoun || !draft.content.iter().any(|run| run.contains(&be))
    {
        return None;
    }
    let speaker = &draft.position;
    let content: Vec<Run> = std::iter::once(judged).collect();
    let position = Position {
        act: Act::Refuses,
        negated: false,
        hedged: false,
        quote: if tree.quotation(subject).is_some() { Quote::Direct } else { Quote::Indirect },
        addressees: Vec::new(),
        cue: vec![tree.span(&(be..label))],
        content: content.iter().map(|run| tree.span(run)).collect(),
        answers: Vec::new(),
        rule: NAME,
        confidence: 0.8 * speaker.confidence,
        grounds: Grounds {
            frame: None,
            by_denial: false,
            ..speaker.grounds.clone().times(0.8, "it is read out of what somebody says")
        },
        ..speaker.clone()
    };
    Some(Draft { position, anchor: be, content, nested_in: None })
}

/// Returns where a label of refusal right behind a verb ends: "was simply *unacceptable*", "is “a non-starter”".
fn label(sources: &Sources, be: usize) -> Option<usize> {
    let tree = sources.tree;
    let end = tree.sentence(be).end.min(be + REACH);
    let after = tree.tokens[be].span.end..tree.tokens[end - 1].span.end;
    let words = tree.text.get(after.clone())?.to_lowercase();
    let labels = sources.cues.lists.refusing_labels.iter();
    let found = labels.filter_map(|label| words.find(label.as_str()).map(|at| at + label.len())).min()?;
    // Between the verb and its label stand articles, adverbs and marks only.
    let last = (be + 1..end).find(|&at| tree.tokens[at].span.end >= after.start + found)?;
    let clear = (be + 1..last).all(|at| !tree.tag(at).is_verb() && !tree.is_comma(at));
    clear.then_some(last + 1)
}

/// How many tokens behind the verb the label may end.
const REACH: usize = 8;

fn negated(tree: &Tree, be: usize) -> bool {
    let next = (be + 1).min(tree.len() - 1);
    tree.is_any(next, &["not", "n't", "n’t", "never", "no", "hardly"])
}
