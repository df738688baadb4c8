//! How far what the program found in an article agrees with the truth.
//!
//! A position that was found stands for a true one when their contents share at least half of the shorter one and neither is
//! more than three times as long as the other, in characters; or when their cues overlap and the contents touch. They
//! are paired one to one, the most alike first: alike is what is shared of both contents together, and more where the
//! cues overlap, too. Quotations without source and cue that go on with a position count as a part of it where they were found as one.
//! An actor that was found stands for the true one whose mentions it shares most of.

use std::cmp::Reverse;

use demarche::analysis::{Analysis, Position};
use demarche::text::Span;

use super::{TruePosition, Truth};

/// Who stands for whom, in one article.
#[derive(Debug)]
pub struct Agreement {
    /// Of each true position the one that was found for it.
    pub found: Vec<Option<usize>>,
    /// Of each position that was found the true one.
    pub truth_of: Vec<Option<usize>>,
    /// Of each true actor the one that was found for it.
    pub homes: Vec<Option<usize>>,
}

/// Pairs what was found with the truth.
pub fn agree(truth: &Truth, analysis: &Analysis) -> Agreement {
    let text = &truth.text;
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (i, position) in truth.positions.iter().enumerate() {
        let joined = truth.joined(i);
        for (j, found) in analysis.positions.iter().enumerate() {
            let alone = likeness(text, &position.cue, &position.content, found);
            let joined = likeness(text, &position.cue, &joined, found);
            pairs.push((alone.max(joined), i, j));
        }
    }
    pairs.retain(|pair| pair.0 > 0.0);
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let mut found = vec![None; truth.positions.len()];
    let mut truth_of = vec![None; analysis.positions.len()];
    for (_, i, j) in pairs {
        if found[i].is_none() && truth_of[j].is_none() {
            (found[i], truth_of[j]) = (Some(j), Some(i));
        }
    }
    for i in 1..found.len() {
        let touches = |&j: &usize| meet(&truth.positions[i].content, &analysis.positions[j].content);
        if found[i].is_none() && truth.continues(i) {
            found[i] = found[i - 1].filter(touches);
        }
    }
    Agreement { found, truth_of, homes: homes(truth, analysis) }
}

impl Agreement {
    /// Returns whether a position that was found for a true one is held by the right actor, or speaks for the right party.
    pub fn right_actor(&self, truth: &Truth, position: &TruePosition, found: &Position) -> bool {
        let homes = position.actors.iter().chain(&position.speaks_for).filter_map(|id| self.home(truth, id));
        let mut holders = found.actors.iter().chain(&found.speaks_for);
        position.actors.is_empty() || {
            let homes: Vec<usize> = homes.collect();
            holders.any(|holder| homes.contains(&holder.0))
        }
    }

    /// Returns the actor that was found for a true one.
    pub fn home(&self, truth: &Truth, id: &str) -> Option<usize> {
        let at = truth.actors.iter().position(|actor| actor.id == id)?;
        self.homes[at]
    }
}

/// Returns how alike a true position and one that was found are; nothing, when one cannot stand for the other.
fn likeness(text: &str, cue: &[Span], content: &[Span], found: &Position) -> f64 {
    let cue = shared(text, cue, &found.cue) > 0;
    let (a, b) = (length(text, content), length(text, &found.content));
    if a == 0 || b == 0 {
        return if cue { 1.0 } else { 0.0 };
    }
    let both = shared(text, content, &found.content);
    let share = both as f64 / (a + b - both) as f64;
    if 2 * both >= a.min(b) && a.max(b) <= 3 * a.min(b) {
        1.0 + share + if cue { 0.5 } else { 0.0 }
    } else if cue && both > 0 {
        0.5 + share
    } else {
        0.0
    }
}

/// Returns how much of two contents together is in both, counting letters and digits alone.
pub fn overlap(text: &str, a: &[Span], b: &[Span]) -> f64 {
    let letters = |span: &Span| span.of(text).chars().filter(|c| c.is_alphanumeric()).count();
    let all = |spans: &[Span]| spans.iter().map(letters).sum::<usize>();
    let both: usize = common(a, b).iter().map(letters).sum();
    let either = all(a) + all(b) - both;
    if either == 0 { 1.0 } else { both as f64 / either as f64 }
}

/// Returns whether two lists of pieces touch, or both are empty.
pub fn meet(a: &[Span], b: &[Span]) -> bool {
    a.is_empty() && b.is_empty() || !common(a, b).is_empty()
}

fn length(text: &str, spans: &[Span]) -> usize {
    spans.iter().map(|span| span.of(text).chars().count()).sum()
}

fn shared(text: &str, a: &[Span], b: &[Span]) -> usize {
    length(text, &common(a, b))
}

/// Returns what two lists of pieces have in common; the pieces of each list do not overlap.
fn common(a: &[Span], b: &[Span]) -> Vec<Span> {
    let both = |x: Span, y: Span| (x.start.max(y.start), x.end.min(y.end));
    let pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| both(x, y)));
    pairs.filter(|(start, end)| start < end).map(|(start, end)| Span::new(start, end)).collect()
}

fn homes(truth: &Truth, analysis: &Analysis) -> Vec<Option<usize>> {
    let text = &truth.text;
    // Two mentions are the same when they share at least half of their joint length.
    let same = |a: Span, b: Span| a.overlaps(b) && 2 * length(text, &common(&[a], &[b])) >= length(text, &[a.join(b)]);
    let hits = |mentions: &[Span], found: usize| {
        let own = &analysis.actors[found].mentions;
        own.iter().filter(|mention| mentions.iter().any(|&span| same(span, mention.span))).count()
    };
    let home = |mentions: &[Span]| {
        let each = (0..analysis.actors.len()).map(|found| (hits(mentions, found), found));
        each.filter(|(hits, _)| *hits > 0).max_by_key(|&(hits, found)| (hits, Reverse(found))).map(|(_, found)| found)
    };
    truth.actors.iter().map(|actor| home(&actor.mentions)).collect()
}
