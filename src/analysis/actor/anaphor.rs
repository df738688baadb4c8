//! Common nouns that point back to a body: "the ministry", "the company", "the German club", "his club".

use super::body::{is_organ, new_organisation};
use super::cast::{Draft, Profile};
use crate::analysis::ActorKind;
use crate::analysis::lexicon::Sort;
use crate::analysis::mention::{Body, What};

/// Resolves "the ministry" to the nearest organisation before it that the noun fits, the whole title first.
pub fn resolve_definite(draft: &mut Draft, index: usize, body: &Body) {
    if let Some(actor) = beside(draft, body).or_else(|| resolve_owned(draft, index, body)) {
        return draft.assign(index, actor);
    }
    let by_title = draft.last_before(index, |_, profile| profile.nouns.contains(&body.title));
    // "the localist camp" is not "the loyalist camp", but "the rich company" may be any company with a name.
    let plain = body.title == body.noun;
    let article = draft.mentions[index].article;
    let by_noun = |_, profile: &Profile| profile.nouns.contains(&body.noun) && (plain || profile.proper);
    let kind = plain && article && points_back(draft, body) && !draft.mentions[index].heading;
    if kind && draft.lexicon.is(Sort::Anything, &body.noun) {
        match of_kind(draft, index, body) {
            Found::One(actor) => return draft.assign(index, actor),
            Found::Several => return,
            Found::None => {}
        }
    }
    let known = by_title.or_else(|| draft.last_before(index, by_noun));
    let known = known.or_else(|| (plain && article).then(|| state_of_government(draft, index, body)).flatten());
    let heading = draft.mentions[index].heading;
    let known = match known {
        None if kind => match of_kind(draft, index, body) {
            Found::One(actor) => Some(actor),
            Found::Several => return,
            Found::None => None,
        },
        known => known,
    };
    let fits = |profile: &Profile| profile.nouns.contains(&body.title) || (plain && profile.nouns.contains(&body.noun));
    let actor = known.or_else(|| if heading { draft.first_after(index, fits) } else { None });
    let actor = actor.or_else(|| {
        (article && !heading).then(|| {
            draft.add(Profile {
                name: body.name.clone(),
                kind: Some(ActorKind::Organisation),
                nouns: vec![body.noun.clone(), body.title.clone()],
                ..Profile::default()
            })
        })
    });
    if let Some(actor) = actor {
        draft.assign(index, actor);
    }
}

/// Resolves "the German club" to a club that was named, or makes it an actor of its own.
pub fn resolve_described(draft: &mut Draft, index: usize, body: &Body) {
    let heading = draft.mentions[index].heading;
    let known = beside(draft, body);
    let party = body.party.map(|party| draft.party_actor(party));
    let same = |_, profile: &Profile| profile.home == party && profile.nouns.contains(&body.title);
    let known = known.or_else(|| draft.last_before(index, same));
    let known = known.or_else(|| match of_kind(draft, index, body) {
        Found::One(actor) if body.title == body.noun => Some(actor),
        _ => None,
    });
    let actor = known.or_else(|| (!heading).then(|| new_organisation(draft, body)).flatten());
    if let Some(actor) = actor {
        draft.assign(index, actor);
    }
}

/// "His club", "her party"
pub fn is_owned_by_person(draft: &Draft, body: &Body) -> bool {
    let owner = body.owner.map(|owner| owner.of(draft.text).to_lowercase());
    owner.is_some_and(|owner| matches!(owner.as_str(), "his" | "her"))
}

/// "His club" is the one he acts for, "her office" speaks for her.
fn of_person(draft: &mut Draft, index: usize, body: &Body, person: usize) -> Option<usize> {
    if !is_owned_by_person(draft, body) {
        return None;
    }
    let party = draft.profiles[person].acts_for;
    if let Some(party) = party.filter(|&party| fits(&draft.profiles[party], draft, body, None)) {
        return Some(party);
    }
    let speaks = matches!(body.noun.as_str(), "administration" | "cabinet" | "campaign" | "office");
    if !speaks || body.title != body.noun || draft.mentions[index].heading {
        return None;
    }
    let same = |_, profile: &Profile| profile.acts_for == Some(person) && profile.nouns.contains(&body.noun);
    if let Some(known) = draft.last_before(index, same) {
        return Some(known);
    }
    let profile = &draft.profiles[person];
    let owner = profile.names.first().map_or(profile.name.as_str(), |name| name.last.as_str());
    Some(draft.add(Profile {
        name: format!("{owner}’s {}", body.noun),
        kind: Some(ActorKind::Organisation),
        nouns: vec![body.noun.clone()],
        acts_for: Some(person),
        sure: true,
        ..Profile::default()
    }))
}

/// Returns whether a noun may be one for a body that is known by name: "company", "club".
pub fn points_back(draft: &Draft, body: &Body) -> bool {
    draft.lexicon.kind_of_body(&body.noun).is_some()
}

/// "Blue Coast, the group that": the noun is one for it from here on.
fn beside(draft: &mut Draft, body: &Body) -> Option<usize> {
    let actor = draft.owner[body.named?]?;
    let home = body.party.map(|party| draft.party_actor(party));
    let profile = &mut draft.profiles[actor];
    for noun in [&body.noun, &body.title] {
        if !profile.nouns.contains(noun) {
            profile.nouns.push(noun.clone());
        }
    }
    profile.home = profile.home.or(home);
    if profile.party.is_none() {
        profile.kind = Some(ActorKind::Organisation);
        profile.sure = true;
    }
    Some(actor)
}

/// The bodies that a noun may point back to.
enum Found {
    None,
    One(usize),
    /// Two fit equally well.
    Several,
}

/// Finds the body of the right kind that the text speaks of: named last, as a subject, often.
fn of_kind(draft: &Draft, index: usize, body: &Body) -> Found {
    let home = body.party.and_then(|party| draft.known_party(party));
    let here = draft.mentions[index].sentence;
    let mut scores: Vec<(usize, f32)> = Vec::new();
    let mut count: Vec<(usize, f32)> = Vec::new();
    for other in (index.saturating_sub(REACH)..index).rev() {
        let (mention, Some(actor)) = (&draft.mentions[other], draft.owner[other]) else { continue };
        let distance = here.saturating_sub(mention.sentence);
        if distance > SENTENCES || !fits(&draft.profiles[actor], draft, body, home) {
            continue;
        }
        match count.iter_mut().find(|(known, _)| *known == actor) {
            Some((_, times)) => *times += 1.0,
            None => count.push((actor, 1.0)),
        }
        let score = if mention.subject { 1.0 } else { 0.0 } - distance as f32;
        match scores.iter_mut().find(|(known, _)| *known == actor) {
            Some((_, best)) => *best = best.max(score),
            None => scores.push((actor, score)),
        }
    }
    for (actor, score) in &mut scores {
        let times = count.iter().find(|(known, _)| known == actor).map_or(1.0, |(_, times)| *times);
        *score += times.min(6.0) / 4.0;
    }
    let Some(&(first, best)) = scores.iter().max_by(|a, b| a.1.total_cmp(&b.1)) else { return Found::None };
    let rival = scores.iter().any(|(other, score)| *other != first && best - score <= MARGIN);
    if rival { Found::Several } else { Found::One(first) }
}

/// How many mentions and sentences back the body is looked for, and by how much it must be better than another.
const REACH: usize = 60;
const SENTENCES: usize = 10;
const MARGIN: f32 = 0.4;

/// Returns whether nothing that is known of a body speaks against the noun.
fn fits(profile: &Profile, draft: &Draft, body: &Body, home: Option<usize>) -> bool {
    let lexicon = draft.lexicon;
    let Some(wanted) = lexicon.kind_of_body(&body.noun) else { return false };
    let elsewhere = home.is_some() && profile.home.is_some() && profile.home != home;
    if profile.kind != Some(ActorKind::Organisation) || !profile.proper || profile.place || elsewhere {
        return false;
    }
    let mut kinds = profile.nouns.iter().filter_map(|noun| Some((noun, lexicon.kind_of_body(noun)?))).peekable();
    if kinds.peek().is_none() {
        // Of what has nothing but a name it may be said once the name was said twice.
        return wanted.open && !profile.names.is_empty() && profile.mentions >= 2;
    }
    let general = |noun: &str| lexicon.is(Sort::Anything, noun);
    kinds.any(|(_, kind)| kind.index == wanted.index)
        && (general(&body.noun)
            || profile
                .nouns
                .iter()
                .all(|noun| general(noun) || lexicon.kind_of_body(noun).is_none() || akin(noun, &body.noun)))
}

/// Resolves "its ministry" to the ministry of the state that "its" stands for, when that is one.
fn resolve_owned(draft: &mut Draft, index: usize, body: &Body) -> Option<usize> {
    let state = draft.possessor(index, body.owner?)?;
    if draft.profiles[state].kind == Some(ActorKind::Person) {
        return of_person(draft, index, body, state);
    }
    if draft.profiles[state].kind != Some(ActorKind::State) || !is_organ(draft, body) {
        return None;
    }
    let same = |_, profile: &Profile| profile.home == Some(state) && profile.nouns.contains(&body.title);
    let known = draft.last_before(index, same);
    let known = known.or_else(|| draft.first_after(index, |profile| same(0, profile)));
    if known.is_some() || draft.mentions[index].heading {
        return known;
    }
    Some(draft.add(Profile {
        name: format!("{}’s {}", draft.profiles[state].name, body.title),
        kind: Some(ActorKind::Organisation),
        nouns: vec![body.noun.clone(), body.title.clone()],
        acts_for: Some(state),
        home: Some(state),
        sure: true,
        ..Profile::default()
    }))
}

/// "Brewer" and "brewery"
fn akin(one: &str, other: &str) -> bool {
    one.starts_with(other) || other.starts_with(one)
}

/// "The government" is the state named last, or the one that whoever was named last acts for.
fn state_of_government(draft: &mut Draft, index: usize, body: &Body) -> Option<usize> {
    if body.noun != "government" {
        return None;
    }
    let state = |actor: usize| {
        let above = std::iter::successors(Some(actor), |&actor| draft.profiles[actor].acts_for).take(4);
        above.into_iter().find_map(|actor| match draft.profiles[actor].kind {
            Some(ActorKind::State) => Some(actor),
            _ => draft.profiles[actor].home.filter(|&home| draft.profiles[home].kind == Some(ActorKind::State)),
        })
    };
    let near = draft.owner[index.saturating_sub(NEAR)..index].iter().rev().flatten();
    near.copied().find_map(state).or_else(|| state_of_place(draft, index))
}

/// The state whose seat of government is the only one named so far: "judges in Oslo".
fn state_of_place(draft: &mut Draft, index: usize) -> Option<usize> {
    let before = draft.mentions[..index].iter().rev().take(PLACES);
    let mut places = before.filter_map(|mention| match mention.what {
        What::Place(party) => Some(party),
        _ => None,
    });
    let only = places.next().filter(|first| places.all(|other| other == *first))?;
    (draft.lexicon.party(only).kind == ActorKind::State).then(|| draft.party_actor(only))
}

/// How many mentions back a seat of government is looked for.
const PLACES: usize = 300;

/// How many mentions back the state of "the government" is looked for.
const NEAR: usize = 20;
