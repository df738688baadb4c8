//! Two together: "both governments", "the two clubs", "both sides".

use super::cast::{Draft, Profile};
use super::role::resolve_group;
use crate::analysis::ActorKind;
use crate::analysis::lexicon::Sort;
use crate::analysis::mention::{Gender, Role};

/// How many mentions before "both governments" are read.
const BEFORE: usize = 200;

/// Resolves a noun phrase for two; "both clubs" that cannot be told are nobody one could show.
pub fn resolve_pair(draft: &mut Draft, index: usize, group: &Role) {
    match find_pair(draft, index, &group.noun) {
        Some(pair) => draft.pairs.push((index, pair)),
        None if draft.lexicon.is(Sort::Pair, &group.noun) => {}
        None => resolve_group(draft, index, group),
    }
}

/// "Both governments", "the two clubs".
pub fn is_pair(draft: &Draft, index: usize, group: &Role) -> bool {
    let span = draft.mentions[index].span;
    let words = span.of(draft.text).to_lowercase();
    let words = words.strip_prefix("the ").unwrap_or(&words);
    let two = words.strip_prefix("two ").or(words.strip_prefix("both "));
    let before = draft.text[..span.start].trim_end();
    let both = || before.ends_with("both") || before.ends_with("Both");
    let listed = draft.lexicon.is(Sort::StateNoun, &group.noun) || draft.lexicon.is(Sort::Pair, &group.noun);
    listed && (two == Some(group.noun.as_str()) || both() && words == group.noun)
}

/// Finds the two of which the text has spoken: the only ones of their kind so far, or those it names more often.
fn find_pair(draft: &Draft, index: usize, noun: &str) -> Option<[usize; 2]> {
    if draft.lexicon.is(Sort::PersonPair, noun)
        && let Some(pair) = last_people(draft, index, noun)
    {
        return Some(pair);
    }
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for actor in draft.owner[index.saturating_sub(BEFORE)..index].iter().rev().flatten() {
        let Some(actor) = meant(draft, *actor, noun) else { continue };
        match counts.iter_mut().find(|(known, _)| *known == actor) {
            Some((_, count)) => *count += 1,
            None => counts.push((actor, 1)),
        }
    }
    let (first, _) = take_most(&mut counts)?;
    let (second, more) = take_most(&mut counts)?;
    let clear = counts.is_empty() || more > 1 && counts.iter().all(|(_, less)| more > *less);
    clear.then_some([first, second])
}

/// Takes the actor that was counted most often; of those counted as often, the one named last.
fn take_most(counts: &mut Vec<(usize, usize)>) -> Option<(usize, usize)> {
    let most = counts.iter().map(|(_, count)| *count).max()?;
    let at = counts.iter().position(|(_, count)| *count == most)?;
    Some(counts.remove(at))
}

/// Returns who counts as one of the two when an actor is named: itself, or on one of two sides whom it acts for.
fn meant(draft: &Draft, actor: usize, noun: &str) -> Option<usize> {
    let profile = &draft.profiles[actor];
    let kind = profile.kind?;
    if draft.lexicon.is(Sort::StateNoun, noun) {
        return (kind == ActorKind::State).then_some(actor);
    }
    if draft.lexicon.is(Sort::PersonPair, noun) && noun != "rivals" {
        return is_one_of(profile, noun).then_some(actor);
    }
    match noun {
        "sides" | "parties" | "rivals" | "camps" => {
            let above = std::iter::successors(Some(actor), |&actor| draft.profiles[actor].acts_for);
            let party = above.take(4).last()?;
            let body = draft.profiles[party].kind != Some(ActorKind::Person);
            (body && !draft.profiles[party].place).then_some(party)
        }
        // "both clubs" need not have been called clubs before.
        _ => (kind == ActorKind::Organisation && !profile.place && may_be(draft, profile, noun)).then_some(actor),
    }
}

fn is_one_of(profile: &Profile, noun: &str) -> bool {
    let person = |gender| profile.gender.is_none_or(|known| known == gender);
    let fits = match noun {
        "men" => person(Gender::Male),
        "women" => person(Gender::Female),
        _ => true,
    };
    profile.kind == Some(ActorKind::Person) && profile.proper && fits
}

/// Returns the only two people of the last sentence that names two: "Blom met Lie. The two leaders …"
fn last_people(draft: &Draft, index: usize, noun: &str) -> Option<[usize; 2]> {
    let here = draft.mentions[index].sentence;
    let mut people: Vec<usize> = Vec::new();
    let mut sentence = here;
    for other in (index.saturating_sub(BEFORE)..index).rev() {
        let mention = &draft.mentions[other];
        if mention.sentence != sentence {
            if people.len() >= 2 || here - mention.sentence > SENTENCES {
                break;
            }
            people.clear();
            sentence = mention.sentence;
        }
        let Some(actor) = draft.owner[other] else { continue };
        if is_one_of(&draft.profiles[actor], noun) && !people.contains(&actor) {
            people.push(actor);
        }
    }
    people.reverse();
    <[usize; 2]>::try_from(people).ok()
}

/// How many sentences back two people named together may stand.
const SENTENCES: usize = 3;

fn may_be(draft: &Draft, profile: &Profile, noun: &str) -> bool {
    let singular = match noun.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => noun.trim_end_matches('s').to_owned(),
    };
    let Some(wanted) = draft.lexicon.kind_of_body(&singular) else { return false };
    let mut kinds = profile.nouns.iter().filter_map(|noun| draft.lexicon.kind_of_body(noun)).peekable();
    match kinds.peek() {
        Some(_) => kinds.any(|kind| kind.index == wanted.index),
        None => profile.proper && !profile.names.is_empty(),
    }
}
