//! Answers that the text itself states, however far away: by an anaphor, by the same words, by calling something a reply.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::asks;
use super::link::{Link, Read};
use crate::analysis::Act;
use crate::analysis::model::{ActorId, Answer, How, Position, PositionId, Why};

/// How many demands, offers and questions back an answer is looked for.
const WINDOW: usize = 24;
/// How many positions back a demand looks for what it comments on, and "the bid" for the offer before the request.
const NEAR: usize = 4;

/// Returns for each position what it is stated to answer.
pub fn stated(read: &Read) -> Vec<Vec<Answer>> {
    let positions = read.positions;
    // Who may answer: those addressed, and then those who took part in a reply to it.
    let mut involved: Vec<HashSet<ActorId>> = (0..positions.len()).map(|at| read.addressed(at).clone()).collect();
    let mut open: Vec<usize> = Vec::new();
    let mut links: Vec<(usize, Answer)> = Vec::new();
    for (index, position) in positions.iter().enumerate() {
        let earlier = open.iter().rev().take(WINDOW);
        let answers = earlier.filter_map(|&earlier| read.link(index, earlier).stated(&involved[earlier])).collect();
        links.extend(surest(read, index, answers, &involved).into_iter().map(|answer| (index, answer)));
        if asks(position) {
            links.extend(answered_before(read, index));
            open.push(index);
        }
        for (answer, to) in
            links.iter().rev().take(WINDOW).filter(|(from, to)| *from == index || to.position.0 == index)
        {
            involved[to.position.0].extend(read.parties(*answer));
        }
    }
    let mut answers = vec![Vec::new(); positions.len()];
    for (index, answer) in links {
        answers[index].push(answer);
    }
    answers
}

/// One position answers few others; the surest and nearest are kept.
fn surest(read: &Read, index: usize, mut answers: Vec<Answer>, involved: &[HashSet<ActorId>]) -> Vec<Answer> {
    let points_back = read.matters[index].points_back;
    // "The bid" is the offer before the request.
    let exact = |answer: &Answer| points_back == Some(read.positions[answer.position.0].act);
    if answers.iter().any(|answer| exact(answer) && index - answer.position.0 <= NEAR) {
        answers.retain(exact);
    }
    let asked = |answer: &Answer| {
        let to = answer.position.0;
        index - to <= 2 || read.link(index, to).is_by_one_of(&involved[to])
    };
    answers.sort_by_key(|answer| (!answer.certain, !asked(answer), Reverse(answer.position.0)));
    // "Those demands" are the last ones named; without such a pointer two may be meant.
    answers.truncate(if points_back.is_some() { 1 } else { 2 });
    answers
}

/// Returns the answer of a position before a demand that answers it all the same: the reply it stands in ("responded to
/// Norway's demand that …"), or the refusal it comments on ("refused to leave, as Norway has demanded").
fn answered_before(read: &Read, index: usize) -> Option<(usize, Answer)> {
    let demand = &read.positions[index];
    let answer = |how, why| Answer { position: PositionId(index), how, certain: true, why };
    if let Some(outer) = demand.nested_in.map(|outer| outer.0) {
        let responds = read.positions[outer].act == Act::Does && read.positions[outer].actors != demand.actors;
        if responds {
            return Some((outer, answer(How::Answers, Why::HoldsIt)));
        }
    }
    let takes_a_stand = |position: &Position| {
        matches!(position.act, Act::Refuses | Act::Accepts | Act::Denies | Act::Opposes | Act::Backs)
    };
    let fits = |link: &Link| link.shares_words() && !link.same_party();
    let near = (index.saturating_sub(NEAR)..index).rev().filter(|&earlier| takes_a_stand(&read.positions[earlier]));
    let earlier = near.into_iter().find(|&earlier| fits(&read.link(earlier, index)))?;
    let accepts = matches!(read.positions[earlier].act, Act::Accepts | Act::Backs);
    Some((earlier, answer(if accepts { How::Accepts } else { How::Rejects }, Why::SameWords)))
}
