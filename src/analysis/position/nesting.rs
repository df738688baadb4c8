//! Positions inside the contents of others: found, ordered, and left out where they say nothing of their own.

use crate::analysis::Act;
use crate::analysis::model::Position;

use super::index::holds;
use super::{Draft, Sources, number, position_id};

/// Orders drafts, finds for each the innermost content its cue stands in, and leaves the idle ones out.
pub fn arrange(sources: &Sources, mut drafts: Vec<Draft>) -> Vec<Position> {
    drafts.sort_by_key(|draft| (draft.position.extent(), draft.anchor));
    enclose(&mut drafts);
    let keep: Vec<bool> = (0..drafts.len()).map(|index| !is_idle(sources, &drafts, index)).collect();
    let mut places = vec![None; drafts.len()];
    let mut positions: Vec<Position> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if keep[index] {
            places[index] = Some(positions.len());
            positions.push(draft.position.clone());
        }
    }
    for (index, draft) in drafts.iter().enumerate() {
        let Some(place) = places[index] else { continue };
        // What stood in an idle one stands in the one around it.
        let mut outer = draft.nested_in;
        while let Some(index) = outer
            && places[index].is_none()
        {
            outer = drafts[index].nested_in;
        }
        positions[place].nested_in = outer.and_then(|outer| places[outer]).map(position_id);
    }
    number(&mut positions);
    positions
}

/// How many drafts before and after one are looked at: those of its paragraph, and a long quotation around it.
const WINDOW: usize = 24;

fn enclose(drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let anchor = drafts[index].anchor;
        let near = index.saturating_sub(WINDOW)..(index + WINDOW).min(drafts.len());
        let size = |outer: usize| drafts[outer].content.iter().map(|run| run.len()).sum::<usize>();
        let around = near.filter(|&outer| outer != index && holds(&drafts[outer].content, anchor));
        // Two that stand in each other come from a crossed tree; the later one gives way.
        let around = around.filter(|&outer| !holds(&drafts[index].content, drafts[outer].anchor) || outer < index);
        let innermost = around.min_by_key(|&outer| size(outer));
        drafts[index].nested_in = innermost.filter(|&outer| !loops(drafts, outer, index));
    }
}

fn loops(drafts: &[Draft], mut outer: usize, index: usize) -> bool {
    while let Some(next) = drafts[outer].nested_in {
        if next == index {
            return true;
        }
        outer = next;
    }
    outer == index
}

/// Returns whether a cue stands in the content of another one of its actors, whoever else takes up the same words.
fn goes_on(drafts: &[Draft], index: usize) -> bool {
    let near = index.saturating_sub(WINDOW)..(index + WINDOW).min(drafts.len());
    let own = |&other: &usize| other != index && drafts[other].position.actors == drafts[index].position.actors;
    near.filter(own).any(|other| holds(&drafts[other].content, drafts[index].anchor))
}

/// Returns whether a nested position only repeats that its speaker speaks: "I think", "we believe", "he said he said".
fn is_idle(sources: &Sources, drafts: &[Draft], index: usize) -> bool {
    let inner = &drafts[index].position;
    let in_speech = sources.tree.in_speech(drafts[index].anchor);
    let Some(outer) = drafts[index].nested_in.map(|outer| &drafts[outer].position) else {
        // Inside a quotation nobody is known to say, "I" and "they" are nobody.
        let quotation = sources.tree.quotation(drafts[index].anchor).filter(|_| in_speech);
        let speech = quotation.map(|quotation| sources.tree.quotations[quotation].span);
        return !inner.cue.is_empty()
            && speech.is_some_and(|speech| inner.source.iter().all(|source| speech.covers(*source)));
    };
    let same = inner.actors == outer.actors || inner.actors.iter().any(|actor| outer.speaks_for.contains(actor));
    let anonymous = inner.actors.is_empty();
    // "refuses to consider joining": what is only considered inside a refusal is no second position.
    let unasserted = sources.tree.is_bare_complement(drafts[index].anchor) && (same || goes_on(drafts, index));
    unasserted
        || matches!(inner.act, Act::Says | Act::Expects | Act::Withholds) && (same || in_speech)
        || in_speech && anonymous
}
