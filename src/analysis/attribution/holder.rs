//! Who holds a cue that is a verb: its subject, or what the sentence says instead where the tree has none.

use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::Site;
use super::content::reports;
use super::source::{self, Source, phrase_before};
use super::tree::Tree;

/// Returns the subject of a verb; where the tree has none, the noun phrase before it.
pub fn holder(site: &Site) -> Option<Source> {
    let tree = site.tree;
    // Where a name was taken for a verb, the verb of the sentence was taken for a participle: "Stanmere denied that …".
    let root = tree.tag(site.at) == Tag::PastParticiple && tree.relation(site.at) == Relation::Root;
    let finite = root || tree.tag(site.at).is_finite() || tree.child(site.at, &[Relation::Auxiliary]).is_some();
    let before = || phrase_before(tree, site.at, tree.sentence(site.at).start);
    // "Lee, after the storm, said that …": the subject hangs on another verb.
    let shared = || {
        tree.head(site.at)
            .filter(|_| tree.relation(site.at) == Relation::Parataxis)
            .and_then(|head| source::subject(tree, head))
    };
    let described = || {
        let group = source::skip_auxiliaries(tree, site.at);
        source::described(tree, tree.sentence(site.at).start, group)
    };
    added_by(site)
        .or_else(|| issued(site))
        .or_else(|| site.subject())
        .or_else(|| joined(site))
        .or_else(|| finite.then(|| before().or_else(shared).or_else(described)).flatten())
        .or_else(|| (finite && reports(tree, site.cues, site.at)).then(|| misread(tree, site.at)).flatten())
        .filter(|source| !source.run.contains(&site.at))
}

/// "declined to comment but said that …": behind a conjunction the subject is that of the verb before it.
pub fn joined(site: &Site) -> Option<Source> {
    let tree = site.tree;
    let start = tree.sentence(site.at).start;
    let group = source::skip_auxiliaries(tree, site.at);
    let finite =
        |at: usize| tree.tag(at).is_finite() || tree.child(at, &[Relation::Auxiliary, Relation::Copula]).is_some();
    // "and on Monday announced that …": a phrase of time may stand between.
    let time = |at: usize| {
        matches!(
            tree.tag(at),
            Tag::Preposition | Tag::Determiner | Tag::Number | Tag::Noun | Tag::ProperNoun | Tag::Adverb
        )
    };
    let and = (start..group).rev().take(5).find(|&at| !time(at)).filter(|&at| tree.is_any(at, &["and", "but", "or"]));
    let and = and.filter(|&and| and + 1 == group || tree.tag(and + 1) == Tag::Preposition);
    let group = and.map(|and| and + 1).filter(|_| finite(site.at))?;
    let main = |&at: &usize| {
        (finite(at) || tree.relation(at) == Relation::Root) && tree.relation(at) != Relation::RelativeClause
    };
    let verb = (start..group).rev().filter(|&at| !tree.in_speech(at)).find(main)?;
    source::subject(tree, verb).or_else(|| holder(&Site { at: verb, ..*site }))
}

/// Returns what stands between the beginning of its clause and a verb of speaking: a subject that was tagged as something
/// else ("campaign *aides* said", "nearly *half* said").
fn misread(tree: &Tree, cue: usize) -> Option<Source> {
    let group = source::skip_auxiliaries(tree, cue);
    let sentence = tree.sentence(cue);
    let opens = |at: usize| tree.is_punctuation(at) || tree.is_any(at, &["and", "but"]);
    let start = (sentence.start..group).rev().take_while(|&at| !opens(at)).last()?;
    let run = start..group;
    let first = tree.tag(start);
    let phrase =
        matches!(first, Tag::Preposition | Tag::To | Tag::Gerund) && !tree.word(start).starts_with(char::is_uppercase);
    let clause = tree.is_any(start, &["as", "if", "when", "while", "after", "before", "because", "that", "what", "it"]);
    let verb = run.clone().any(|at| tree.tag(at) == Tag::Modal || matches!(tree.lemma(at), "be" | "have" | "do"));
    if run.len() > SHORT || phrase || clause || verb || first.is_wh() || tree.quotation(start).is_some() {
        return None;
    }
    let head = run.clone().rev().find(|&at| !matches!(tree.tag(at), Tag::Adverb)).unwrap_or(start);
    Some(Source { head, meant: run.clone(), run })
}

/// How many words a subject has that is read without the tree.
const SHORT: usize = 8;

/// "issued a statement saying that …": who issued it, not the paper.
fn issued(site: &Site) -> Option<Source> {
    let tree = site.tree;
    let clause = tree.relation(site.at) == Relation::NounClause && tree.tag(site.at) == Tag::Gerund;
    let paper = tree.head(site.at).filter(|&at| clause && site.cues.lists.documents.contains(tree.lemma(at)))?;
    (tree.relation(paper) == Relation::Object).then(|| source::governing(tree, paper)).flatten()
}

/// ", adding that …": a participle of speaking behind a comma goes on for whoever spoke before it in the sentence.
fn added_by(site: &Site) -> Option<Source> {
    let tree = site.tree;
    let start = tree.sentence(site.at).start;
    let participle = tree.tag(site.at) == Tag::Gerund && site.at > start && tree.is_comma(site.at - 1);
    if !participle || !reports(tree, site.cues, site.at) || tree.in_speech(site.at) {
        return None;
    }
    let speaks = |at: usize| tree.tag(at).is_finite() && reports(tree, site.cues, at) && !tree.in_speech(at);
    let near = (start..site.at).rev().find(|&at| speaks(at) && tree.relation(at) != Relation::RelativeClause)?;
    // In "Ruiz said that the council welcomed it, adding …" Ruiz adds, not the council.
    let within = |at: usize| tree.relation(at) != Relation::Conjunct || tree.is_any(at - 1, &["and", "but", "or"]);
    let above = std::iter::successors(Some(near), |&at| tree.head(at)).take(64);
    let governing = above.skip(1).filter(|&at| at < near && speaks(at) && within(at)).last();
    source::subject(tree, governing.unwrap_or(near))
}
