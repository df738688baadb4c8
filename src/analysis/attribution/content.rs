//! What is said: the words below a head, clipped where the reporter takes over again.

use crate::analysis::cue::{Class, Cues, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::tree::{Run, Tree, runs, trim};
use super::{Site, boundary};

/// Conjunctions that begin a clause of the reporter's behind a comma: "…, although officials have said …".
const REPORTERS: &[&str] = &["as", "although", "though", "while", "whereas", "even"];

impl Site<'_> {
    /// Returns the content below a head; the cue and `without` are not in it.
    pub fn content(&self, head: usize, without: &[Run]) -> Vec<Run> {
        self.content_of(&[head], without)
    }

    /// Returns the joint content of several heads.
    pub fn content_of(&self, heads: &[usize], without: &[Run]) -> Vec<Run> {
        let tree = self.tree;
        let stop = |child: usize| child == self.at || is_reporters(tree, self.cues, child);
        let mut words: Vec<usize> = heads.iter().flat_map(|&head| tree.subtree(head, stop)).collect();
        words.sort_unstable();
        words.dedup();
        words.retain(|word| *word != self.at && !without.iter().any(|run| run.contains(word)));
        finish(tree, self.cues, &words, self.at, without)
    }

    /// Returns a run of tokens as content.
    pub fn stretch(&self, run: Run, without: &[Run]) -> Vec<Run> {
        let words: Vec<usize> = run.filter(|word| !without.iter().any(|run| run.contains(word))).collect();
        finish(self.tree, self.cues, &words, self.at, without)
    }
}

/// Joins words to runs, completes quotations that are cut, and takes loose marks off.
fn finish(tree: &Tree, cues: &Cues, words: &[usize], cue: usize, without: &[Run]) -> Vec<Run> {
    let mut finished: Vec<Run> = Vec::new();
    for run in resumed(tree, runs(tree, words), cue) {
        let run = boundary::settle(tree, cues, run, cue, without);
        if run.clone().all(|at| tree.is_punctuation(at)) {
            continue;
        }
        match finished.last_mut() {
            Some(last) if run.start <= last.end => last.end = last.end.max(run.end),
            _ => finished.push(run),
        }
    }
    // A stray word far from the rest is an error of the tree, not a second piece.
    if finished.len() > 1 {
        let longest = finished.iter().map(|run| run.len()).max().unwrap_or(0);
        finished.retain(|run| run.len() > 1 || longest <= 2);
    }
    // Nor is what stands behind a clause of the reporter's.
    let gap = |two: &[Run]| {
        (two[0].end..two[1].start)
            .any(|at| at != cue && tree.head(at) != Some(cue) && tree.tag(at).is_finite() && !inside(without, at))
    };
    if let Some(end) = finished.windows(2).position(gap).filter(|_| tree.tag(cue).is_verb()) {
        finished.truncate(end + 1);
    }
    finished
}

/// Joins two runs over a relative clause between them: "the firm, *which owns the port*, was late".
///
/// At the end of a content such a clause is the reporter's; where the content goes on behind it, it is a part of it.
fn resumed(tree: &Tree, runs: Vec<Run>, cue: usize) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for run in runs {
        match joined.last_mut() {
            Some(last) if is_relative(tree, &(last.end..run.start)) && !(last.end..run.start).contains(&cue) => {
                last.end = run.end
            }
            _ => joined.push(run),
        }
    }
    joined
}

fn is_relative(tree: &Tree, hole: &Run) -> bool {
    let first = hole.clone().find(|&at| !tree.is_punctuation(at));
    first.is_some_and(|first| tree.tag(first).is_wh() && first > hole.start)
}

fn inside(runs: &[Run], at: usize) -> bool {
    runs.iter().any(|run| run.contains(&at))
}

/// Returns whether a clause inside a content is the reporter's, or another cue of the same speaker's.
fn is_reporters(tree: &Tree, cues: &Cues, clause: usize) -> bool {
    let relation = tree.relation(clause);
    if matches!(relation, Relation::Oblique | Relation::NounModifier | Relation::AdverbialClause)
        && begins_phrase(tree, cues, clause)
    {
        return true;
    }
    if !matches!(
        relation,
        Relation::AdverbialClause | Relation::Parataxis | Relation::Conjunct | Relation::RelativeClause
    ) || tree.quotation(clause).is_some()
    {
        return false;
    }
    let words = tree.subtree(clause, |_| false);
    let first = words.iter().copied().find(|&at| !tree.is_punctuation(at)).unwrap_or(clause);
    let after_comma = first > 0 && tree.is_comma(first - 1) && tree.head(clause).is_some_and(|head| head < first);
    match relation {
        Relation::AdverbialClause if after_comma => {
            tree.is_any(first, REPORTERS)
                || tree.tag(clause) == Tag::Gerund && first == clause && reports(tree, cues, clause)
        }
        // ", which is his third this year": the reporter explains.
        Relation::RelativeClause => after_comma && tree.is_any(first, &["which", "who", "whose", "where"]),
        // "she respects him but argues that …": another cue of the same speaker.
        Relation::Conjunct => {
            let finite = matches!(tree.tag(clause), Tag::Past | Tag::ThirdPerson | Tag::Present);
            // "called on them to pay the bill and asked for talks": a finite verb is no second infinitive, and no noun.
            let infinitive = |head| tree.tag(head) == Tag::Verb && tree.has_child(head, Relation::Mark, &["to"]);
            let other = tree.head(clause).is_some_and(|head| tree.tag(head).is_noun() || infinitive(head));
            if other && matches!(tree.tag(clause), Tag::Past | Tag::ThirdPerson) {
                return tree.child(clause, &[Relation::NominalSubject]).is_none();
            }
            let complement =
                tree.child(clause, &[Relation::ClausalComplement]).is_some_and(|complement| complement > clause);
            finite
                && complement
                && tree.child(clause, &[Relation::NominalSubject]).is_none()
                && reports(tree, cues, clause)
        }
        Relation::Parataxis => first > 0 && tree.is_any(first - 1, &[";", "—", "–"]) && reports(tree, cues, clause),
        _ => false,
    }
}

/// ", according to two diplomats": the source of what stands before it.
fn begins_phrase(tree: &Tree, cues: &Cues, phrase: usize) -> bool {
    let first = tree.subtree(phrase, |_| false).into_iter().find(|&at| !tree.is_punctuation(at)).unwrap_or(phrase);
    cues.phrases.iter().any(|cue| {
        first + cue.words.len() < tree.len() && cue.words.iter().enumerate().all(|(i, word)| tree.is(first + i, word))
    })
}

/// Returns whether a verb can bring a quotation: "adding", "said".
pub fn reports(tree: &Tree, cues: &Cues, verb: usize) -> bool {
    tree.tag(verb).is_verb()
        && cues
            .of(Class::Verb, tree.lemma(verb))
            .iter()
            .any(|cue| cue.frames.iter().any(|frame| frame.form == Form::Quotation))
}

impl Site<'_> {
    /// Returns the noun phrase of the cue itself, where it only points at what was said before: "such proposals".
    pub fn content_with_cue(&self, source: &Run) -> Vec<Run> {
        let words = self.tree.subtree(self.at, |_| false);
        let first = words.iter().copied().find(|word| !source.contains(word)).unwrap_or(self.at);
        vec![trim(self.tree, first..self.at + 1)]
    }
}
