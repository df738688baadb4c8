//! A quotation and a name without a cue: '“It is safe,” Mr. Lee.', 'Lee: “It is safe.”', '“It is safe.” — Lee'

use crate::analysis::Act;
use crate::analysis::cue::{Cues, Form};
use crate::analysis::relation::Relation;

use super::source::{Source, phrase_after, phrase_before, subject};
use super::tree::{Run, Tree, trim};
use super::{Attribution, LONGEST};

pub const NAME: &str = "verbless";

/// Adds an attribution for each quotation that nobody said yet and that a name alone follows or introduces.
pub fn find(tree: &Tree, cues: &Cues, found: &mut Vec<Attribution>) {
    let claimed = claimed(tree, found);
    let mut added = Vec::new();
    for (quotation, claimed) in claimed.iter().enumerate() {
        if *claimed || tree.quotations[quotation].is_scare(tree.text) {
            continue;
        }
        let run = tree.run_of(quotation);
        if run.is_empty() || tree.sentence(run.start).len() > LONGEST || tree.sentence(run.end - 1).len() > LONGEST {
            continue;
        }
        if let Some(source) = behind(tree, &run).or_else(|| signed(tree, &run)).or_else(|| before(tree, &run)) {
            added.push(attribution(source, run));
        } else if let Some((source, cue)) = announced(tree, cues, &run).or_else(|| led_to(tree, &run)) {
            added.push(Attribution { cue: vec![cue.clone()], anchor: cue.start, ..attribution(source, run) });
        }
    }
    let silent = |sentence: &&Run| {
        let first = found.partition_point(|attribution| attribution.anchor < sentence.start);
        sentence.len() <= LONGEST && found.get(first).is_none_or(|next| next.anchor >= sentence.end)
    };
    added.extend(tree.sentences().iter().filter(silent).filter_map(|sentence| headed(tree, sentence)));
    found.extend(added);
    found.sort_by_key(|attribution| attribution.anchor);
}

/// Returns what stands behind a name and a colon at the head of a sentence, as in headlines: "Ruiz: The port is safe".
fn headed(tree: &Tree, sentence: &Run) -> Option<Attribution> {
    let colon = (sentence.start + 1..sentence.end.min(sentence.start + 6)).find(|&at| tree.is(at, ":"))?;
    let source = phrase_before(tree, colon, sentence.start)?;
    let content = trim(tree, colon + 1..sentence.end);
    let says = content.clone().any(|at| tree.tag(at).is_finite()) && content.len() > 3;
    let named = source.run.start == sentence.start && source.run.clone().all(|at| tree.tag(at).is_proper());
    let plain = says && named && !tree.in_speech(colon) && tree.quotation(content.start).is_none();
    plain.then(|| Attribution { form: Form::Clause, ..attribution(source, content) })
}

/// Returns for each quotation whether it is content already.
pub fn claimed(tree: &Tree, found: &[Attribution]) -> Vec<bool> {
    let mut claimed = vec![false; tree.quotations.len()];
    for attribution in found {
        // What a speaker says inside a quotation says nothing about whose quotation it is.
        let inside = tree.quotation(attribution.anchor).filter(|_| !attribution.cue.is_empty());
        for at in attribution.content.iter().flat_map(|run| run.clone()) {
            if let Some(quotation) = tree.quotation(at)
                && inside != Some(quotation)
            {
                claimed[quotation] = true;
            }
        }
    }
    claimed
}

fn attribution(source: Source, content: Run) -> Attribution {
    Attribution {
        source: Some(source),
        anchor: content.start,
        cue: Vec::new(),
        content: vec![content],
        act: Act::Says,
        negated: false,
        hedged: false,
        weak: true,
        form: Form::Quotation,
        rule: NAME,
    }
}

/// Returns the name that ends the sentence behind a quotation.
fn behind(tree: &Tree, quotation: &Run) -> Option<Source> {
    let sentence = tree.sentence(quotation.end - 1);
    let dash = quotation.end < tree.len() && tree.is_any(quotation.end, DASHES);
    let start = quotation.end + usize::from(dash);
    let comma =
        quotation.end >= 2 && (tree.is_comma(quotation.end - 2) || tree.word(quotation.end - 1).starts_with(','));
    if start >= sentence.end || !(comma || dash) {
        return None;
    }
    let source = phrase_after(tree, start, sentence.end)?;
    let ends = source.run.end >= sentence.end || source.run.end + 1 == sentence.end && tree.is(source.run.end, ".");
    (ends && source.run.start == start && is_name(tree, &source)).then_some(source)
}

/// Returns the name under a quotation that stands for itself, behind a dash: “We have waited long enough.” — Ana Ruiz
fn signed(tree: &Tree, quotation: &Run) -> Option<Source> {
    let dash = quotation.end;
    let opens = tree.sentence(quotation.start).start == quotation.start || begins_line(tree, quotation.start);
    if dash >= tree.len() || !opens || quotation.len() < LEAST_SIGNED || !tree.is_any(dash, DASHES) {
        return None;
    }
    let is_capital = |at: usize| tree.word(at).starts_with(char::is_uppercase);
    let goes_on = |&at: &usize| at < tree.len() && is_capital(at) && (at == dash + 1 || !begins_line(tree, at));
    let end = (dash + 1..dash + 1 + LONGEST_NAME).take_while(goes_on).last()? + 1;
    let stop = end + usize::from(end < tree.len() && tree.is(end, "."));
    let closes = stop == tree.len() || begins_line(tree, stop) || tree.quotation(stop).is_some();
    let source = phrase_after(tree, dash + 1, end).filter(|source| source.run == (dash + 1..end))?;
    (closes && is_name(tree, &source)).then_some(source)
}

/// Dashes before a name.
const DASHES: &[&str] = &["—", "–", "--", "―"];
/// A shorter quotation, with its marks, is a phrase that a dash goes on from.
const LEAST_SIGNED: usize = 6;
const LONGEST_NAME: usize = 6;

fn begins_line(tree: &Tree, at: usize) -> bool {
    let gap = |before: usize| &tree.text[tree.tokens[before].span.end..tree.tokens[at].span.start];
    at == 0 || tree.block(at) != tree.block(at - 1) || gap(at - 1).contains('\n')
}

/// Returns the name and colon before a quotation.
fn before(tree: &Tree, quotation: &Run) -> Option<Source> {
    let colon = quotation.start.checked_sub(1).filter(|&colon| tree.is(colon, ":"))?;
    let sentence = tree.sentence(colon);
    let source = phrase_before(tree, colon, sentence.start)?;
    (source.run.start == sentence.start && is_name(tree, &source)).then_some(source)
}

/// Returns who issued a statement, and those words, in the sentence before a quotation that begins one.
fn announced(tree: &Tree, cues: &Cues, quotation: &Run) -> Option<(Source, Run)> {
    let last = quotation.start.checked_sub(1)?;
    let before = tree.sentence(last);
    let next_to = tree.block(last) == tree.block(quotation.start) || tree.is(last, ":");
    if tree.sentence(quotation.start).start != quotation.start
        || !next_to
        || before.clone().any(|at| tree.in_speech(at))
    {
        return None;
    }
    let paper = before
        .clone()
        .find(|&at| tree.relation(at) == Relation::Object && cues.lists.documents.contains(tree.lemma(at)))?;
    let verb = tree.head(paper).filter(|&verb| verb < paper && tree.tag(verb).is_verb())?;
    subject(tree, verb).map(|source| (source, verb..paper + 1))
}

/// Returns whose deed a colon and a quotation follow, and the deed: 'Ruiz had one more thing to add: “…”'
fn led_to(tree: &Tree, quotation: &Run) -> Option<(Source, Run)> {
    let colon = quotation.start.checked_sub(1).filter(|&colon| tree.is(colon, ":"))?;
    let sentence = tree.sentence(colon);
    let root = (sentence.start..colon).find(|&at| tree.relation(at) == Relation::Root && tree.tag(at).is_verb())?;
    let source = subject(tree, root).filter(|source| source.run.end <= root && is_name_or_person(tree, source))?;
    let clear = !(sentence.start..colon).any(|at| tree.in_speech(at));
    clear.then_some((source, root..root + 1))
}

fn is_name_or_person(tree: &Tree, source: &Source) -> bool {
    is_name(tree, source) || tree.is_any(source.head, &["he", "she", "they"])
}

fn is_name(tree: &Tree, source: &Source) -> bool {
    source.run.clone().any(|at| tree.tag(at).is_proper())
}
