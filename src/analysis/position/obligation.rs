//! What somebody says another must do, inside their words: "Norway has to decide", she said.

use crate::analysis::Act;
use crate::analysis::attribution::tree::{Run, Tree};
use crate::analysis::model::{Grounds, Position, Quote};
use crate::analysis::relation::Relation;

use super::{Draft, Sources, is_pronoun};

pub const NAME: &str = "obligation";

/// Adds a demand for each obligation of a known actor in the words of another one.
pub fn add(sources: &Sources, drafts: &mut Vec<Draft>) {
    let found: Vec<Draft> =
        drafts.iter().filter(|draft| says(draft)).flat_map(|draft| obligations(sources, draft)).collect();
    drafts.extend(found);
}

fn says(draft: &Draft) -> bool {
    matches!(draft.position.act, Act::Says | Act::Warns | Act::Expects)
}

fn obligations(sources: &Sources, draft: &Draft) -> Vec<Draft> {
    let words = draft.content.iter().flat_map(|run| run.clone());
    words.filter_map(|at| obligation(sources, draft, at)).collect()
}

fn obligation(sources: &Sources, draft: &Draft, verb: usize) -> Option<Draft> {
    let tree = sources.tree;
    let (duty, cue) = duty(tree, verb)?;
    let subject = tree.child(verb, &[Relation::NominalSubject])?;
    let (actor, form) = sources.mentions.at(tree, subject)?;
    let speaker = &draft.position;
    let own = speaker.actors.iter().any(|&speaker| sources.parties(speaker).any(|party| party == actor));
    if own || is_pronoun(form) || !draft.content.iter().any(|run| run.contains(&subject)) {
        return None;
    }
    let words = tree.subtree(duty, |child| child < duty || tree.relation(child) == Relation::NominalSubject);
    let last = words.iter().copied().rfind(|&at| !tree.is_punctuation(at))?;
    let content: Vec<Run> = std::iter::once(duty..last + 1).collect();
    let position = Position {
        act: Act::Demands,
        negated: false,
        hedged: false,
        quote: if tree.quotation(verb).is_some() { Quote::Direct } else { Quote::Indirect },
        addressees: vec![actor],
        cue: vec![tree.span(&cue)],
        content: content.iter().map(|run| tree.span(run)).collect(),
        answers: Vec::new(),
        rule: NAME,
        confidence: 0.7 * speaker.confidence,
        grounds: Grounds {
            frame: None,
            by_denial: false,
            ..speaker.grounds.clone().times(0.7, "it is read out of what somebody says")
        },
        ..speaker.clone()
    };
    Some(Draft { position, anchor: cue.start, content, nested_in: None })
}

/// Returns the verb that names the duty, with the words that make it one: "must *go*", "has to *go*", "needs to *go*".
fn duty(tree: &Tree, verb: usize) -> Option<(usize, std::ops::Range<usize>)> {
    if !tree.tag(verb).is_verb() {
        return None;
    }
    if let Some(modal) = tree.children(verb).iter().copied().find(|&child| tree.is(child, "must") && child < verb) {
        return Some((verb, modal..modal + 1));
    }
    let bound = matches!(tree.lemma(verb), "have" | "need") && tree.tag(verb).is_finite();
    let duty =
        tree.child(verb, &[Relation::OpenComplement]).filter(|&duty| tree.has_child(duty, Relation::Mark, &["to"]))?;
    let to = tree.children(duty).iter().copied().find(|&child| tree.is(child, "to"))?;
    (bound && to == verb + 1).then_some((duty, verb..to + 1))
}
