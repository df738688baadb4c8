//! Answers: which position replies to which demand, offer, question, accusation or statement.
//!
//! Some the text states ([`stated`]): by an anaphor ("those demands"), by the same words, by a noun that says so ("the reply to
//! Russia's demands"). For the others, of the positions around one that can answer the one is taken that it answers most likely, or
//! none. How likely is learned from articles marked by hand (`[answers]` in `assets/judge.txt`) from what is seen of the two: their
//! acts, who is addressed, how near they are, words in common.

mod features;
mod link;
mod matter;
mod split;
mod stated;

use super::Act;
use super::judge::{Names, Sum, Table};
use super::model::{Answer, How, Position};
use super::position::{Sources, number};
use link::Read;
use stated::stated;

/// From this likelihood on an answer is taken for one …
const CERTAIN: f32 = 0.58;
/// … and from this on it is shown as a possible one.
const LIKELY: f32 = 0.40;

/// Links each position to those it answers, and parts what is answered part by part.
pub fn find_answers(sources: &Sources, positions: &mut Vec<Position>) {
    link(sources, positions);
    split::split(sources, positions);
    number(positions);
}

fn link(sources: &Sources, positions: &mut [Position]) {
    let read = Read::of(sources, positions);
    let mut links = stated(&read);
    for (answer, links) in links.iter_mut().enumerate() {
        links.extend(likely(&read, answer));
        links.sort_by_key(|link| (link.position, !link.certain));
        links.dedup_by_key(|link| link.position);
    }
    // What stands inside another one answers for it.
    for inner in 0..positions.len() {
        if let Some(outer) = positions[inner].nested_in.map(|outer| outer.0) {
            let (inner, outer) = (links[inner].clone(), &mut links[outer]);
            outer.retain(|link| inner.iter().all(|own| own.position != link.position));
        }
    }
    positions.iter_mut().zip(links).for_each(|(position, links)| position.answers = links);
}

/// Returns what a position with such an act is to what it answers, if it can answer anything.
pub fn how_of(act: Act, negated: bool) -> Option<How> {
    match act {
        Act::Refuses | Act::Denies | Act::Opposes => Some(How::Rejects),
        Act::Accepts | Act::Backs => Some(How::Accepts),
        Act::Offers => Some(How::Counters),
        Act::Commits => Some(if negated { How::Rejects } else { How::Meets }),
        Act::Withholds | Act::Does | Act::Says | Act::Expects => Some(How::Answers),
        Act::Asks | Act::Demands | Act::Warns | Act::Accuses | Act::Wants => None,
    }
}

/// Whoever wants another to do something asks for it, too.
pub fn asks(position: &Position) -> bool {
    matches!(position.act, Act::Demands | Act::Asks | Act::Offers)
        || position.act == Act::Wants && !position.addressees.is_empty()
}

/// What a position may answer, with what is seen of each.
#[derive(Clone, Debug)]
pub struct Rivals {
    /// The number of the position that answers.
    pub answer: usize,
    /// The numbers of the others, and the names of the features.
    pub to: Vec<(usize, Vec<String>)>,
}

/// Returns for each position what it may answer, for learning which it does.
pub fn rivals(sources: &Sources, positions: &[Position]) -> Vec<Rivals> {
    let read = Read::of(sources, positions);
    let features = |answer: usize, to: usize| {
        let mut names = Names::default();
        read.link(answer, to).tell(&mut names);
        (to, names.0)
    };
    let of = |answer: usize| {
        let to: Vec<_> = open(&read, answer).map(|to| features(answer, to)).collect();
        Rivals { answer, to }
    };
    (0..positions.len()).map(of).filter(|rivals| !rivals.to.is_empty()).collect()
}

/// Returns what a position answers by all that is seen of it and what stands around.
fn likely(read: &Read, answer: usize) -> Vec<Answer> {
    let table = &read.sources.judge.answers;
    let rivals: Vec<(usize, f32)> = open(read, answer).map(|to| (to, odds(table, read, answer, to))).collect();
    // That it answers nothing has even odds.
    let all: f32 = 1.0 + rivals.iter().map(|(_, odds)| odds).sum::<f32>();
    let likely = rivals.into_iter().map(|(to, odds)| (to, odds / all)).filter(|(_, share)| *share >= LIKELY);
    let link = |(to, share): (usize, f32)| {
        let link = read.link(answer, to);
        link.answer(share >= CERTAIN && !link.is_doubtful())
    };
    likely.map(link).collect()
}

/// How many positions around one are looked at.
const AROUND: usize = 24;

/// Returns the positions that one may answer.
fn open<'r>(read: &'r Read, answer: usize) -> impl Iterator<Item = usize> + 'r {
    let around = answer.saturating_sub(AROUND)..(answer + AROUND).min(read.positions.len());
    around.filter(move |&to| to != answer && read.link(answer, to).is_open())
}

fn odds(table: &Table, read: &Read, answer: usize, to: usize) -> f32 {
    let mut sum = Sum::of(table);
    read.link(answer, to).tell(&mut sum);
    sum.total.clamp(-30.0, 30.0).exp()
}
