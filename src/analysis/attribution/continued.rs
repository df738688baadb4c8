//! Quotations without a cue that go on with what somebody was saying: in the next sentence, in the next paragraph.

use super::Attribution;
use super::tree::Tree;
use super::verbless::claimed;

/// Gives each quotation nobody was found to say to the speaker it continues, as a further piece of content.
///
/// Within a paragraph that is the speaker of the quotation or cue before it, or of one that follows; a paragraph
/// that is nothing but quotation continues the speaker of the last one.
pub fn extend(tree: &Tree, found: &mut [Attribution]) {
    let claimed = claimed(tree, found);
    let speaking: Vec<usize> = (0..found.len()).filter(|&index| speaks(tree, &found[index])).collect();
    let mut next = 0;
    let mut last: Option<usize> = None;
    for (quotation, &claimed) in claimed.iter().enumerate() {
        let run = tree.run_of(quotation);
        if run.is_empty() {
            continue;
        }
        while next < speaking.len() && found[speaking[next]].anchor < run.start {
            last = Some(speaking[next]);
            next += 1;
        }
        if claimed || !stands_alone(tree, quotation) {
            continue;
        }
        let block = tree.block(run.start);
        let same_block = |index: usize| tree.block(found[index].anchor) == block;
        let before = last.filter(|&index| same_block(index));
        let after = speaking.get(next).copied().filter(|&index| same_block(index));
        let carried = || {
            last.filter(|&index| tree.block(found[index].anchor) + 1 >= block || tree.quotations[quotation].continues)
        };
        let only_quotation = tree.block(tree.run_of(quotation).start.saturating_sub(1)) != block || run.start == 0;
        let owner = before.or(after).or_else(|| only_quotation.then(carried).flatten());
        if let Some(owner) = owner {
            found[owner].content.push(run);
        }
    }
    for attribution in found {
        attribution.content.sort_by_key(|run| run.start);
    }
}

/// Returns whether an attribution is somebody speaking, so that a quotation may go on with it.
fn speaks(tree: &Tree, attribution: &Attribution) -> bool {
    !tree.in_speech(attribution.anchor) && attribution.form != crate::analysis::cue::Form::Object
        || attribution.content.iter().any(|run| tree.in_speech(run.start) && attribution.cue.is_empty())
}

/// Returns whether a quotation is a sentence of its own: speech that begins where a sentence begins.
fn stands_alone(tree: &Tree, quotation: usize) -> bool {
    let speech = tree.quotations[quotation];
    let run = tree.run_of(quotation);
    let begins = tree.sentence(run.start).start == run.start || speech.continues;
    begins && !speech.is_scare(tree.text)
}
