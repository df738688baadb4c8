//! A quotation beside its cue: before it, behind it, or on both sides.
//!
//! What counts is that they touch: the parser is at its worst where a sentence is half quotation.

use crate::analysis::cue::{Class, Form};
use crate::analysis::tag::Tag;

use super::source::{self, Source, phrase_after, phrase_before};
use super::tree::{Run, Tree};
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "direct-speech",
    class: Class::Verb,
    find,
    finds: "«content:“The bridge is safe,”» «cue:said» «source:Ana Ruiz, the mayor of Leeds», «content:“and it will stay open.”»",
    leaves: "The so-called “bridge of sighs” is closed.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    // The parser takes a speaker behind a quotation for something that was said; only "was said" is passive here.
    if tree.in_speech(site.at) || tree.passive_auxiliary(site.at).is_some() {
        return None;
    }
    // Beside an object a quotation is speech only where a clause could be: "told the court", not "called the court".
    let to_object = site.cue.frame(&Form::Clause, true).and_then(|_| site.cue.frame(&Form::Quotation, true));
    let frame = site.cue.frame(&Form::Quotation, false).or(to_object);
    let frame = frame.filter(|frame| !frame.weak)?.clone();
    // ", adding “…”": what a participle reports comes after it.
    let finite = tree.tag(site.at) != Tag::Gerund;
    let before = finite.then(|| before(site)).flatten();
    let after = after(site, before.as_ref().map_or(site.at + 1, |found| found.source.run.end.max(site.at + 1)));
    let (source, content) = match (before, after) {
        (Some(before), Some(after)) => (before.source, vec![before.content, after]),
        (Some(before), None) => (before.source, vec![before.content]),
        (None, Some(after)) => (holder(site)?, vec![after]),
        (None, None) => return None,
    };
    Some(Finding { source: Some(source), cue: Vec::new(), content, frame, negated: false })
}

struct Before {
    source: Source,
    content: Run,
}

/// Finds a quotation that ends right before the cue and its subject: "…," the mayor said; "…," said the mayor.
fn before(site: &Site) -> Option<Before> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    if let Some(quotation) = ends_at(tree, site.at) {
        let own = site.subject().filter(|source| source.run.start >= site.at);
        let source = phrase_after(tree, site.at + 1, sentence.end).or(own)?;
        return Some(Before { source, content: speech(tree, quotation) });
    }
    let source = phrase_before(tree, site.at, sentence.start);
    let own = site.subject().filter(|source| source.run.end <= site.at);
    // The tree's subject has its appositions; the linear one is right where the tree is wrong.
    for source in [own, source].into_iter().flatten() {
        if let Some(quotation) = ends_at(tree, source.run.start) {
            return Some(Before { source, content: speech(tree, quotation) });
        }
    }
    described(site)
}

/// Finds a speaker with a description between commas, however long: “…,” Ana Ruiz, who has led Leeds since May, said.
fn described(site: &Site) -> Option<Before> {
    let tree = site.tree;
    let sentence = tree.sentence(site.at);
    let end = source::skip_auxiliaries(tree, site.at);
    let mark = (sentence.start..end).rev().take(source::LONGEST_DESCRIBED).find(|&at| tree.in_speech(at))?;
    let start = if tree.is_comma(mark + 1) { mark + 2 } else { mark + 1 };
    let quotation = ends_at(tree, start)?;
    let source = source::described(tree, start, end)?;
    Some(Before { source, content: speech(tree, quotation) })
}

/// Returns the quotation that ends right before a token; a comma may stand between.
fn ends_at(tree: &Tree, at: usize) -> Option<usize> {
    let mut last = at.checked_sub(1)?;
    if (tree.is_comma(last) || tree.is_any(last, &["—", "–"])) && tree.quotation(last).is_none() {
        last = last.checked_sub(1)?;
    }
    let quotation = tree.quotation(last).filter(|&quotation| tree.run_of(quotation).end == last + 1)?;
    // A quotation that ends its sentence with a full stop belongs to that sentence, not to the cue of the next.
    let over = tree.tokens[last].sentence != tree.tokens[at].sentence
        && tree.quotations[quotation].inner.of(tree.text).trim_end().ends_with('.');
    if over {
        return None;
    }
    let whole = !tree.quotations[quotation].is_scare(tree.text);
    (whole && tree.block(last) == tree.block(at)).then_some(quotation)
}

/// Returns the quotation that begins right behind the cue, its object or its source.
fn after(site: &Site, from: usize) -> Option<Run> {
    let tree = site.tree;
    let mut at = from;
    let sentence = tree.sentence(site.at);
    // "said on Monday:", "told the paper," and nothing that is a clause of its own.
    while at < sentence.end && tree.quotation(at).is_none() && at - from < 10 {
        let stops = tree.tag(at).is_verb() || tree.is_any(at, &["that", "and", "but", "."]);
        if stops {
            return None;
        }
        at += 1;
    }
    let quotation = (at < tree.len()).then(|| tree.quotation(at)).flatten()?;
    let hangs = at > from
        && matches!(
            tree.tag(at - 1),
            Tag::Preposition | Tag::Determiner | Tag::Possessive | Tag::To | Tag::PossessivePronoun
        );
    if hangs || tree.is_any(site.at + 1, &["as"]) {
        return None;
    }
    let introduced = at == from || tree.is_any(at - 1, &[",", ":"]) || at - from < 8 && begins_upper(tree, at);
    let run = speech(tree, quotation);
    let next_block = at >= sentence.end;
    let allowed = !next_block || tree.is(sentence.end - 1, ":");
    (introduced && allowed && run.start == at && !tree.quotations[quotation].is_scare(tree.text)).then_some(run)
}

fn begins_upper(tree: &Tree, at: usize) -> bool {
    let first = (at..tree.len()).find(|&at| !tree.is_punctuation(at));
    first.is_some_and(|first| tree.word(first).starts_with(char::is_uppercase))
}

/// Returns a quotation with the words of its sentence that it takes up: 'The reply “sets out a path,” he said'.
fn speech(tree: &Tree, quotation: usize) -> Run {
    let run = tree.run_of(quotation);
    let sentence = tree.sentence(run.start);
    let lead = sentence.start..run.start;
    let inner_starts_lower = tree.quotations[quotation].inner.of(tree.text).starts_with(char::is_lowercase);
    // A quotation that begins in the middle of a sentence, with nothing but its subject before it, is said whole.
    let whole =
        inner_starts_lower && !lead.is_empty() && !lead.clone().any(|at| tree.is_comma(at) || is_reporting(tree, at));
    if whole { sentence.start..run.end } else { run }
}

fn is_reporting(tree: &Tree, at: usize) -> bool {
    matches!(tree.lemma(at), "say" | "tell" | "add" | "call" | "describe") && tree.tag(at).is_verb()
}

fn holder(site: &Site) -> Option<Source> {
    let tree = site.tree;
    let finite = matches!(tree.tag(site.at), Tag::Past | Tag::Present | Tag::ThirdPerson);
    let before = || phrase_before(tree, site.at, tree.sentence(site.at).start);
    site.subject().or_else(|| super::holder::joined(site)).or_else(|| finite.then(before).flatten())
}
