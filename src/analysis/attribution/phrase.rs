//! Cues that are no verb, noun or adjective: "according to the mayor, the bridge is safe".

use crate::analysis::cue::{Cues, Form, Phrase};

use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::source::{Source, noun_phrase, phrase_after};
use super::tree::{Run, Tree, trim};
use super::{Attribution, LONGEST};

pub const NAME: &str = "phrase";

/// Returns the attributions that hang on a phrase.
pub fn find(tree: &Tree, cues: &Cues) -> Vec<Attribution> {
    let at_phrase = |at: usize| cues.phrases.iter().find(|phrase| begins(tree, at, phrase)).map(|phrase| (at, phrase));
    tree.sentences()
        .iter()
        .filter(|sentence| sentence.len() <= LONGEST)
        .cloned()
        .flatten()
        .filter_map(at_phrase)
        .filter_map(|(at, phrase)| attribution(tree, at, phrase))
        .collect()
}

fn begins(tree: &Tree, at: usize, phrase: &Phrase) -> bool {
    let end = at + phrase.words.len();
    end < tree.sentence(at).end && phrase.words.iter().enumerate().all(|(i, word)| tree.is(at + i, word))
}

fn attribution(tree: &Tree, at: usize, phrase: &Phrase) -> Option<Attribution> {
    if tree.in_speech(at) {
        return None;
    }
    let cue = at..at + phrase.words.len();
    let sentence = tree.sentence(at);
    let source = source(tree, at, cue.end, sentence.end)?;
    let content = content(tree, &cue, &source, &sentence)?;
    Some(Attribution {
        source: Some(source),
        anchor: at,
        cue: vec![cue],
        content: vec![content],
        act: phrase.act,
        negated: false,
        hedged: false,
        weak: false,
        form: Form::Clause,
        rule: NAME,
    })
}

fn source(tree: &Tree, at: usize, start: usize, end: usize) -> Option<Source> {
    // The noun the preposition hangs on, where the tree has it right; else the nouns that follow.
    let heads = [tree.head(at), tree.head(start - 1)];
    let head = heads.into_iter().flatten().find(|&head| head >= start && head < end && tree.tag(head).is_noun());
    let from_tree = head.map(|head| noun_phrase(tree, head)).filter(|source| source.run.start >= start);
    let mut source = from_tree.or_else(|| phrase_after(tree, start, end)).or_else(|| up_to_mark(tree, start, end))?;
    source.run.start = start.max(source.run.start);
    Some(source)
}

/// Returns the few words up to the next mark, where the tagger saw no noun in them ("press reports").
fn up_to_mark(tree: &Tree, start: usize, end: usize) -> Option<Source> {
    let stop = (start..end.min(start + SHORT)).find(|&at| tree.is_punctuation(at))?;
    (stop > start).then(|| Source { head: stop - 1, run: start..stop, meant: start..stop })
}

const SHORT: usize = 8;

/// Returns where the clause behind a source begins: past what describes it between commas ("which advises the council").
fn behind(tree: &Tree, mut at: usize, end: usize) -> usize {
    let says = |run: Run| run.into_iter().any(|at| tree.tag(at).is_finite() && tree.quotation(at).is_none());
    while at + 1 < end && tree.is_comma(at) {
        let Some(comma) = (at + 1..end).find(|&at| tree.is_comma(at)) else { break };
        let relative = tree.tag(at + 1).is_wh();
        let describes = relative || is_described(tree, at + 1) && !says(at + 1..comma);
        // A relative clause may hold commas of its own; it ends at the first one behind its verb.
        let whole = !relative || says(at + 1..comma);
        if !(describes && whole && says(comma..end)) {
            break;
        }
        at = comma;
    }
    at
}

fn is_described(tree: &Tree, at: usize) -> bool {
    let tag = tree.tag(at);
    tag.is_noun() || tag.is_adjective() || matches!(tag, Tag::Determiner | Tag::Number | Tag::PossessivePronoun)
}

/// Returns what stands on the other side: behind the source when the phrase begins the sentence, else before it.
fn content(tree: &Tree, cue: &Run, source: &Source, sentence: &Run) -> Option<Run> {
    let before = trim(tree, sentence.start..cue.start);
    let after = trim(tree, behind(tree, source.run.end, sentence.end)..sentence.end);
    let predicate = |at: usize| {
        tree.tag(at).is_finite()
            || tree.quotation(at).is_some()
            || tree.tag(at).is_verb() && tree.child(at, &[Relation::NominalSubject]).is_some()
    };
    let clause = |run: &Run| run.len() > 2 && run.clone().any(predicate);
    let content = if clause(&before) { before } else { after };
    (content.len() > 2).then_some(content)
}
