//! What the reader says of an actor or a position, as an edit of the notes.

use jiff::Timestamp;

use super::{ActorCorrection, Body, Edit, Entry, Id, Notes, PositionCorrection, Reading, Verdict, describe};
use crate::analysis::{Act, Actor, ActorId, PositionId};
use crate::document::Document;
use crate::text::Span;

/// What the reader says of a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Correction {
    Confirm,
    /// It is no position.
    Reject,
    Act(Act),
    /// The actor with this id holds it.
    Actor(String),
    /// It is about these issues.
    Issues(Vec<String>),
    /// What was said of it is taken back.
    Restore,
}

/// Who corrects: the id for a new entry and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub id: Id,
    pub now: Timestamp,
}

/// Returns the edit that corrects a position; a second correction of one position changes the first.
pub fn correct_position(
    document: &Document,
    notes: &Notes,
    reading: &Reading,
    position: PositionId,
    correction: Correction,
    stamp: Stamp,
) -> Edit {
    let said = reading.verdicts[position.0].as_ref().and_then(|(_, id)| notes.entry(id));
    let Some((old, Body::Position(body))) = said.map(|entry| (entry, &entry.body)) else {
        let entry = first_correction(document, reading, position, stamp);
        return match correction {
            Correction::Restore => Edit::Many(Vec::new()),
            correction => Edit::Add(say(entry.0, entry.1, correction)),
        };
    };
    let takes_back = correction == Correction::Restore;
    if takes_back || (body.state == Verdict::Added && correction == Correction::Reject) {
        return Edit::Remove(old.id.clone());
    }
    let entry = Entry { updated: Some(stamp.now), ..old.clone() };
    Edit::Replace(say(entry, body.clone(), correction))
}

fn first_correction(
    document: &Document,
    reading: &Reading,
    position: PositionId,
    stamp: Stamp,
) -> (Entry, PositionCorrection) {
    let position = &reading.analysis.positions[position.0];
    let place = position.content.iter().copied().reduce(Span::join).unwrap_or_else(|| position.extent());
    let id_of = |actor: &ActorId| reading.analysis.actors[actor.0].id.clone();
    let body = PositionCorrection {
        actor: position.actors.first().map(id_of),
        act: Some(position.act),
        to: position.addressees.iter().map(id_of).collect(),
        ..PositionCorrection::default()
    };
    let target = Some(describe(document, place));
    let entry =
        Entry { id: stamp.id, target, body: Body::Position(body.clone()), created: Some(stamp.now), updated: None };
    (entry, body)
}

fn say(entry: Entry, mut body: PositionCorrection, correction: Correction) -> Entry {
    let state = match &correction {
        Correction::Reject => Verdict::Rejected,
        _ if body.state == Verdict::Added => Verdict::Added,
        Correction::Confirm | Correction::Issues(_) if body.was_act.is_none() && body.was_actor.is_none() => {
            Verdict::Confirmed
        }
        _ => Verdict::Corrected,
    };
    let of_the_program = body.state != Verdict::Added;
    match correction {
        Correction::Act(act) => {
            let was = body.act.replace(act);
            body.was_act = body.was_act.or(was.filter(|&was| of_the_program && was != act));
        }
        Correction::Actor(actor) => {
            let was = body.actor.replace(actor);
            body.was_actor = body.was_actor.or(was.filter(|was| of_the_program && Some(was) != body.actor.as_ref()));
            body.via = None;
        }
        Correction::Issues(issues) => body.issue = issues,
        Correction::Confirm | Correction::Reject | Correction::Restore => {}
    }
    body.state = state;
    Entry { body: Body::Position(body), ..entry }
}

/// Returns the edit that adds a position the program missed.
pub fn add_position(document: &Document, place: Span, actor: &str, act: Act, stamp: Stamp) -> Edit {
    let body = PositionCorrection {
        actor: Some(actor.to_owned()),
        act: Some(act),
        state: Verdict::Added,
        ..PositionCorrection::default()
    };
    let target = Some(describe(document, place));
    Edit::Add(Entry { id: stamp.id, target, body: Body::Position(body), created: Some(stamp.now), updated: None })
}

/// Returns the edit that adds an actor the program missed; the article's mentions are those of its name.
pub fn add_actor(name: &str, stamp: Stamp) -> Edit {
    let Stamp { id, now } = stamp;
    let (actor, name) = (id.0.clone(), name.to_owned());
    let body = Body::Actor(ActorCorrection { actor, name, state: Verdict::Added, ..ActorCorrection::default() });
    Edit::Add(Entry { id, target: None, body, created: Some(now), updated: None })
}

/// Returns the edit that gives an actor another name.
pub fn rename_actor(notes: &Notes, actor: &Actor, name: &str, now: Timestamp) -> Edit {
    edit_actor(notes, actor, now, |correction| {
        let old = std::mem::replace(&mut correction.name, name.to_owned());
        if old != name && !correction.aka.contains(&old) {
            correction.aka.push(old);
        }
        correction.aka.retain(|other| other != name);
    })
}

/// Returns the edit that says two actors are one; what the reader said of the second is part of the first.
pub fn merge_actors(notes: &Notes, into: &Actor, from: &Actor, now: Timestamp) -> Edit {
    let second = Id(from.id.clone());
    let said = notes.entry(&second).and_then(|entry| match &entry.body {
        Body::Actor(correction) => Some(correction.clone()),
        _ => None,
    });
    let edit = edit_actor(notes, into, now, |correction| {
        let names = [&from.name].into_iter().chain(&from.aliases).cloned();
        let more = said.iter().flat_map(|said| said.aka.iter().chain(&said.split).cloned());
        for name in names.chain(more) {
            if name != correction.name && !correction.aka.contains(&name) {
                correction.aka.push(name);
            }
        }
        for name in [&into.name, &from.name] {
            if !correction.split.contains(name) {
                correction.split.push(name.clone());
            }
        }
    });
    match said {
        Some(_) => Edit::Many(vec![edit, Edit::Remove(second)]),
        None => edit,
    }
}

fn edit_actor(notes: &Notes, actor: &Actor, now: Timestamp, change: impl FnOnce(&mut ActorCorrection)) -> Edit {
    let id = Id(actor.id.clone());
    let old = notes.entry(&id);
    let mut correction = match old.map(|entry| &entry.body) {
        Some(Body::Actor(correction)) => correction.clone(),
        _ => ActorCorrection { actor: actor.id.clone(), name: actor.name.clone(), ..ActorCorrection::default() },
    };
    if correction.name.is_empty() {
        correction.name.clone_from(&actor.name);
    }
    change(&mut correction);
    if correction.state != Verdict::Added {
        correction.state = Verdict::Corrected;
    }
    let body = Body::Actor(correction);
    match old {
        Some(entry) => Edit::Replace(Entry { body, updated: Some(now), ..entry.clone() }),
        None => Edit::Add(Entry { id, target: None, body, created: Some(now), updated: None }),
    }
}
