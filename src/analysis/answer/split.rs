//! Two things asked for in one breath that are answered apart: "open its harbors *and* release the crew".

use super::asks;
use super::matter::Matter;
use crate::analysis::attribution::tree::{Tree, trim};
use crate::analysis::model::{Position, PositionId};
use crate::analysis::position::Sources;
use crate::text::Span;

/// Makes two positions of each demand, offer or question whose two parts have answers of their own. What each answers is
/// known by then.
pub fn split(sources: &Sources, positions: &mut Vec<Position>) {
    let mut answers = vec![Vec::new(); positions.len()];
    for (number, position) in positions.iter().enumerate() {
        position.answers.iter().for_each(|answer| answers[answer.position.0].push(number));
    }
    let parts = |number: usize| parts_answered_apart(sources, positions, number, &answers[number]);
    let parts: Vec<Option<Parts>> = (0..positions.len()).map(parts).collect();
    if parts.iter().any(Option::is_some) {
        *positions = parted(std::mem::take(positions), &parts);
    }
}

/// The two parts of a content, and the positions that answer the second one.
struct Parts {
    first: Span,
    second: Span,
    answers: Vec<usize>,
}

fn parts_answered_apart(sources: &Sources, positions: &[Position], number: usize, answers: &[usize]) -> Option<Parts> {
    let position = &positions[number];
    let [content] = position.content[..] else { return None };
    if !asks(position) || answers.len() < 2 {
        return None;
    }
    let (first, second) = coordinated(sources.tree, content)?;
    let matter = |content: Span| Matter::of(sources, &Position { content: vec![content], ..position.clone() });
    let (a, b) = (matter(first), matter(second));
    let shared = |&answer: &usize| {
        let own = Matter::of(sources, &positions[answer]);
        (own.shared(&a), own.shared(&b))
    };
    let of_first = answers.iter().map(shared).any(|(a, b)| a > b);
    let of_second = answers.iter().filter(|answer| matches!(shared(answer), (a, b) if b > a));
    let answers: Vec<usize> = of_second.copied().collect();
    (of_first && !answers.is_empty()).then_some(Parts { first, second, answers })
}

/// Puts each second part behind its first one, as a position of its own.
fn parted(positions: Vec<Position>, parts: &[Option<Parts>]) -> Vec<Position> {
    let places: Vec<usize> = parts
        .iter()
        .scan(0, |place, parts| {
            let own = *place;
            *place += 1 + usize::from(parts.is_some());
            Some(own)
        })
        .collect();
    let mut all = Vec::with_capacity(positions.len() + 1);
    for (number, mut position) in positions.into_iter().enumerate() {
        let in_second = |parts: &Parts| position.content.iter().all(|span| parts.second.covers(*span));
        position.nested_in = position.nested_in.map(|outer| {
            let second = !position.content.is_empty() && parts[outer.0].as_ref().is_some_and(in_second);
            PositionId(places[outer.0] + usize::from(second))
        });
        for answer in &mut position.answers {
            let to = answer.position.0;
            let second = parts[to].as_ref().is_some_and(|parts| parts.answers.contains(&number));
            answer.position = PositionId(places[to] + usize::from(second));
        }
        let Some(Parts { first, second, .. }) = parts[number] else {
            all.push(position);
            continue;
        };
        all.push(Position { content: vec![first], ..position.clone() });
        all.push(Position { content: vec![second], ..position });
    }
    all
}

/// Returns the two clauses, infinitives or verb phrases that one "and" joins in a content.
fn coordinated(tree: &Tree, content: Span) -> Option<(Span, Span)> {
    let run = tree.tokens_in(content);
    let begins = |at: usize| at + 1 < run.end && (tree.is_any(at, &["that", "to"]) || tree.tag(at).is_verb());
    let mut joints = run.clone().filter(|&at| at > run.start && tree.is(at, "and") && begins(at + 1));
    let joint = joints.next().filter(|_| joints.next().is_none())?;
    let (first, second) = (trim(tree, run.start..joint), trim(tree, joint + 1..run.end));
    (first.len() > 1 && second.len() > 1).then(|| (tree.span(&first), tree.span(&second)))
}
