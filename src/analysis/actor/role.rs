//! People by office and groups: whom "the secretary general" means, and for whom people and groups act.

use super::cast::{Draft, Profile};
use crate::analysis::ActorKind;
use crate::analysis::lexicon::Sort;
use crate::analysis::mention::{Role, What};

/// Resolves a role to the person beside it, the person known by it, or an actor that is only known by it.
pub fn resolve_role(draft: &mut Draft, index: usize, role: &Role) {
    if let Some(person) = role.person.and_then(|person| draft.owner[person]) {
        draft.assign(index, person);
        return;
    }
    let owner = party_of(draft, index, role).or_else(|| body_of_voice(draft, index, role));
    let acts_for = owner.filter(|&owner| speaks_for(draft, role, owner));
    let noun = role.noun.as_str();
    let title = role.title.to_lowercase();
    let known = draft.last_before(index, |_, profile| {
        let same_owner = owner.is_none() || profile.acts_for.is_none() || profile.acts_for == owner;
        let gender = role.gender.is_none() || profile.gender.is_none() || role.gender == profile.gender;
        let same = profile.nouns.iter().any(|known| *known == title || known == noun) && tells_same(role, profile);
        same && same_owner && gender && profile.kind == Some(ActorKind::Person)
    });
    let mention = &draft.mentions[index];
    let known = known.filter(|_| role.definite).or_else(|| in_heading(draft, index, role));
    // "The city attorney" before "the city attorney, Anna Blom".
    let told = role.definite && owner.is_none() && role.title.contains(' ');
    let named =
        |profile: &Profile| profile.proper && profile.kind == Some(ActorKind::Person) && profile.nouns.contains(&title);
    let known = known.or_else(|| told.then(|| draft.first_after(index, named)).flatten());
    let known = known.or_else(|| {
        let person = epithet(draft, index, role)?;
        // From here on the word alone tells who it is.
        let words = [role.noun.as_str(), role.words.split(' ').next().unwrap_or_default()];
        let told = words.into_iter().filter(|word| *word == role.noun || word.ends_with("-year-old"));
        draft.profiles[person].nouns.extend(told.map(str::to_owned));
        Some(person)
    });
    let actor = known.or_else(|| {
        (!mention.heading).then(|| {
            draft.add(Profile {
                name: role.words.clone(),
                kind: Some(ActorKind::Person),
                gender: role.gender,
                nouns: vec![title, noun.to_owned()],
                role: Some(role.words.clone()),
                acts_for,
                sure: owner.is_some() && role.definite && role.speaks,
                ..Profile::default()
            })
        })
    });
    if let Some(actor) = actor {
        draft.assign(index, actor);
    }
}

/// "The 24-year-old", "the Swede": whoever was the last to do something, if that was one person.
fn epithet(draft: &Draft, index: usize, role: &Role) -> Option<usize> {
    let citizen = role.default.filter(|_| !role.speaks);
    let state = citizen.and_then(|state| draft.known_party(state));
    if !role.definite || role.owner.is_some() || citizen.is_none() && !role.noun.ends_with("-year-old") {
        return None;
    }
    let age = role.words.split(' ').find(|word| word.ends_with("-year-old"));
    let fits = |profile: &Profile| {
        let mut ages = profile.nouns.iter().filter(|noun| noun.ends_with("-year-old")).peekable();
        let same_age = age.is_none() || ages.peek().is_none() || ages.any(|known| Some(known.as_str()) == age);
        let at_home =
            state.is_none() || profile.acts_for.is_none_or(|party| Some(party) == state || !is_state(draft, party));
        profile.kind == Some(ActorKind::Person) && profile.proper && same_age && at_home
    };
    let mut found: Option<(usize, usize)> = None;
    for other in (index.saturating_sub(OFFICE)..index).rev() {
        let mention = &draft.mentions[other];
        let actor =
            draft.owner[other].filter(|&actor| mention.subject && !mention.heading && fits(&draft.profiles[actor]));
        match (actor, found) {
            (Some(actor), None) => found = Some((mention.sentence, actor)),
            (Some(actor), Some((sentence, known))) if sentence == mention.sentence && actor != known => return None,
            _ => {}
        }
    }
    found.map(|(_, actor)| actor)
}

fn is_state(draft: &Draft, actor: usize) -> bool {
    draft.profiles[actor].kind == Some(ActorKind::State)
}

/// "The Vermont senator" is not any senator, but one whose own title has the word.
fn tells_same(role: &Role, profile: &Profile) -> bool {
    let names = role.words.split(' ').filter(|word| word.starts_with(char::is_uppercase));
    let mut names = names.filter(|word| !role.title.contains(*word)).peekable();
    let own = profile.role.as_deref().unwrap_or_default();
    role.owner.is_some() || names.peek().is_none() || names.any(|name| own.contains(name))
}

/// "Governor Signs Bill": the first person of the body with that office.
fn in_heading(draft: &Draft, index: usize, role: &Role) -> Option<usize> {
    let fits = |profile: &Profile| profile.kind == Some(ActorKind::Person) && profile.nouns.contains(&role.noun);
    draft.mentions[index].heading.then(|| draft.first_after(index, fits)).flatten()
}

/// Resolves a group to the same group before it, or to an actor of its own.
pub fn resolve_group(draft: &mut Draft, index: usize, group: &Role) {
    let owner = party_of(draft, index, group).map(|owner| whole_of(draft, group, owner));
    let noun = group.noun.as_str();
    let name = group_name(group);
    let known = draft.last_before(index, |_, profile| {
        let same_owner = owner.is_none() || profile.acts_for.is_none() || profile.acts_for == owner;
        profile.kind == Some(ActorKind::Group)
            && (profile.name.eq_ignore_ascii_case(&name)
                || (same_owner
                    && group.title.eq_ignore_ascii_case(noun)
                    && group.words.len() <= group.title.len()
                    && owner.is_none()
                    && profile.nouns[0] == noun))
    });
    let mention = &draft.mentions[index];
    let actor = known.or_else(|| {
        let named = owner.is_some() || mention.kin;
        (!mention.heading).then(|| {
            draft.add(Profile {
                name,
                kind: Some(ActorKind::Group),
                nouns: vec![noun.to_owned()],
                acts_for: owner.filter(|_| group.speaks),
                sure: named,
                ..Profile::default()
            })
        })
    });
    if let Some(actor) = actor {
        draft.assign(index, actor);
    }
}

/// "Her members" are the party's.
fn whole_of(draft: &Draft, group: &Role, owner: usize) -> usize {
    let named = group.owner.is_some_and(|owner| draft.actor_in(owner).is_some());
    let person = draft.profiles[owner].kind == Some(ActorKind::Person);
    draft.profiles[owner].acts_for.filter(|_| person && !named).unwrap_or(owner)
}

/// Finds for whom people act who speak for a group: "a lawyer for the farmers".
pub fn settle_groups(draft: &mut Draft) {
    for index in 0..draft.mentions.len() {
        let (What::Name(named), Some(actor)) = (&draft.mentions[index].what, draft.owner[index]) else { continue };
        let Some(role) = named.role.as_ref().filter(|role| role.speaks) else { continue };
        let group = role.owner.and_then(|owner| draft.possessor(index, owner)).filter(|&group| group != actor);
        let group = group.filter(|&group| draft.profiles[group].kind == Some(ActorKind::Group));
        let profile = &mut draft.profiles[actor];
        profile.acts_for = profile.acts_for.or(group);
    }
}

/// Gives people named beside a role, or with it as a title, their role and the party they act for.
pub fn settle_roles(draft: &mut Draft) {
    for index in 0..draft.mentions.len() {
        let What::Name(named) = &draft.mentions[index].what else { continue };
        let (Some(role), Some(actor)) = (&named.role, draft.owner[index]) else { continue };
        let party = party_of(draft, index, role)
            .or_else(|| party_of_fellows(draft, index))
            .or_else(|| body_of_voice(draft, index, role))
            .or_else(|| body_of_office(draft, index, role));
        let party = party.filter(|&party| party != actor && speaks_for(draft, role, party));
        let profile = &mut draft.profiles[actor];
        if profile.role.is_none() {
            profile.role = Some(role.words.clone());
        }
        profile.acts_for = profile.acts_for.or(party);
        for noun in [role.title.to_lowercase(), role.noun.clone()] {
            if !profile.nouns.contains(&noun) {
                profile.nouns.push(noun);
            }
        }
    }
    // "the Blom administration" acts for the state that Blom acts for.
    for actor in 0..draft.profiles.len() {
        let Some(person) = draft.profiles[actor].acts_for else { continue };
        let of_person = draft.profiles[person].kind == Some(ActorKind::Person);
        let noun = draft.profiles[actor].nouns.first();
        if of_person && noun.is_some_and(|noun| draft.lexicon.is(Sort::Organ, noun)) {
            draft.profiles[actor].acts_for = draft.profiles[person].acts_for.or(Some(person));
        }
    }
}

/// A spokeswoman speaks for anybody, a professor at most for the university, a sister for nobody.
fn speaks_for(draft: &Draft, role: &Role, party: usize) -> bool {
    role.speaks || draft.profiles[party].kind == Some(ActorKind::Organisation)
}

/// "Chief executive Anna Blom" belongs to the company that was the last to do something, "Superintendent Anna Blom" to the
/// school board that was named.
fn body_of_office(draft: &Draft, index: usize, role: &Role) -> Option<usize> {
    let noun = role.noun.replace('-', " ");
    let bodies = draft.lexicon.bodies_of(&noun);
    if role.owner.is_some() || role.party.is_some() {
        return None;
    }
    if !bodies.is_empty() {
        return draft.last_before(index, |_, profile| profile.nouns.iter().any(|noun| bodies.contains(noun)));
    }
    if !draft.lexicon.is(Sort::CompanyOffice, &noun) {
        return None;
    }
    let before = index.saturating_sub(OFFICE)..index;
    let mut subjects = before.rev().filter(|&other| draft.mentions[other].subject && !draft.mentions[other].heading);
    let company = subjects.find_map(|other| {
        let actor = draft.owner[other]?;
        let profile = &draft.profiles[actor];
        (profile.kind == Some(ActorKind::Organisation) && profile.acts_for.is_none()).then_some(actor)
    })?;
    draft.profiles[company].nouns.iter().any(|noun| draft.lexicon.is(Sort::Firm, noun)).then_some(company)
}

/// "A spokesman", after "Orvik Shipping denied it.": of the body that was the last to do something, a few sentences ago.
fn body_of_voice(draft: &Draft, index: usize, role: &Role) -> Option<usize> {
    const SENTENCES: usize = 3;
    if role.owner.is_some() || role.party.is_some() || !draft.lexicon.is(Sort::Voice, &role.noun) {
        return None;
    }
    let here = draft.mentions[index].sentence;
    let before = (index.saturating_sub(OFFICE)..index).rev();
    let mut near = before.take_while(|&other| draft.mentions[other].sentence + SENTENCES > here);
    near.find_map(|other| {
        let actor = draft.owner[other].filter(|_| draft.mentions[other].subject && !draft.mentions[other].heading)?;
        let profile = &draft.profiles[actor];
        (profile.kind == Some(ActorKind::Organisation) && profile.proper).then_some(actor)
    })
}

/// How many mentions back the body may be to which an office belongs.
const OFFICE: usize = 10;

fn party_of(draft: &mut Draft, index: usize, role: &Role) -> Option<usize> {
    let owner = role.owner.and_then(|owner| draft.possessor(index, owner));
    if owner.is_some() {
        return owner;
    }
    let party = role.party.or(role.default)?;
    Some(draft.party_actor(party))
}

fn group_name(group: &Role) -> String {
    group.words.strip_prefix("other ").unwrap_or(&group.words).to_owned()
}

/// Coordinates name a party for each other: "President Blom and other Norwegian officials".
fn party_of_fellows(draft: &mut Draft, index: usize) -> Option<usize> {
    let mention = &draft.mentions[index];
    let between = |other: &crate::analysis::mention::RawMention| draft.text.get(mention.span.end..other.span.start);
    let near = draft.mentions[index + 1..].iter().take(3);
    let fellows = near.into_iter().find(|other| between(other).is_some_and(|words| words.trim() == "and"))?;
    match &fellows.what {
        What::Group(group) if group.words.starts_with("other ") => party_of(draft, index, &group.clone()),
        _ => None,
    }
}
