//! Organisations in full, their short forms and acronyms, and the common nouns that point back to them.

use std::collections::{BTreeMap, HashMap};

use super::anaphor;
use super::cast::{Draft, Profile};
use crate::analysis::ActorKind;
use crate::analysis::lexicon::Sort;
use crate::analysis::mention::{Body, RawMention, What};

/// Merges what the lexicon knows by name, and the parts of states, which it knows as places.
pub fn merge_parties(draft: &mut Draft) {
    let mut regions: HashMap<&str, usize> = HashMap::new();
    for (index, mention) in draft.mentions.iter().enumerate() {
        let actor = match mention.what {
            What::Party(party) => draft.party_actor(party),
            What::Region => {
                let name = mention.span.of(draft.text);
                let region = Profile { name: name.to_owned(), kind: Some(ActorKind::State), ..Profile::default() };
                *regions.entry(name).or_insert_with(|| draft.add(Profile { proper: true, ..region }))
            }
            _ => continue,
        };
        draft.assign(index, actor);
    }
}

/// Merges organisations: the same party and the same title are one, and so is a name that another begins with.
pub fn merge_organisations(draft: &mut Draft) {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    // A heading names what the body names, before or after it.
    let mut order: Vec<usize> = (0..draft.mentions.len()).collect();
    order.sort_by_key(|&index| draft.mentions[index].heading);
    for index in order {
        let mention = &draft.mentions[index];
        let What::Organisation(body) = &mention.what else { continue };
        // What only describes a body waits until all that have a name are known.
        if body.named.is_some() || is_described(draft, mention, body) {
            continue;
        }
        let keys = keys(draft, body);
        let actor = keys.iter().find_map(|key| known.get(key)).copied();
        let actor = match actor {
            Some(actor) => actor,
            None if mention.heading => continue,
            None => match new_organisation(draft, body) {
                Some(actor) => actor,
                None => continue,
            },
        };
        for key in keys {
            known.entry(key).or_insert(actor);
        }
        draft.assign(index, actor);
    }
    merge_short_forms(draft, &known);
    take_defined_acronyms(draft);
}

/// "The National Bank of Carvenia (NBC)": here the letters are the bank's, whoever else may be known by them.
fn take_defined_acronyms(draft: &mut Draft) {
    const NEAR: usize = 4;
    let mut defined: HashMap<&str, usize> = HashMap::new();
    for (index, short) in draft.mentions.iter().enumerate() {
        let letters = short.span.of(draft.text);
        let before = draft.text[..short.span.start].strip_suffix(" (");
        let Some(before) = before.filter(|_| draft.text[short.span.end..].starts_with(')')) else { continue };
        // What the name is of may stand in it as a mention of its own.
        let full = (index.saturating_sub(NEAR)..index).rev().find(|&other| match &draft.mentions[other] {
            RawMention { what: What::Organisation(body), span, .. } => {
                span.end == before.len() && initials(&body.name).as_deref() == Some(letters)
            }
            _ => false,
        });
        defined.extend(full.and_then(|full| draft.owner[full]).map(|actor| (letters, actor)));
    }
    for index in 0..draft.mentions.len() {
        let RawMention { what, span, .. } = &draft.mentions[index];
        let last = span.of(draft.text).rsplit(' ').next().unwrap_or_default();
        if let (What::Party(party), Some(&actor)) = (what, defined.get(last)) {
            draft.assign(index, actor);
            draft.rename_party(*party, actor);
        }
    }
}

pub fn new_organisation(draft: &mut Draft, body: &Body) -> Option<usize> {
    let owner = body.owner.and_then(|owner| draft.actor_in(owner));
    let acts_for = match body.party {
        Some(party) if is_organ(draft, body) => Some(draft.party_actor(party)),
        _ => None,
    };
    let home = body.party.map(|party| draft.party_actor(party));
    // Whoever has a government is somebody: "the Blom administration".
    if let Some(owner) = owner.filter(|_| is_organ(draft, body)) {
        draft.profiles[owner].sure = true;
    }
    let mut nouns = vec![body.noun.clone(), body.title.clone()];
    let company = draft.lexicon.is(Sort::Firm, &body.noun) || draft.lexicon.is(Sort::CompanyEnd, body.last_word());
    nouns.extend(company.then(|| "company".to_owned()));
    nouns.extend(draft.lexicon.called(&body.title).map(str::to_owned));
    nouns.extend(draft.lexicon.is(Sort::ClubEnd, body.last_word()).then(|| "club".to_owned()));
    let acts_for = acts_for.or(owner.filter(|_| !body.proper));
    Some(draft.add(Profile {
        name: body.name.clone(),
        kind: Some(ActorKind::Organisation),
        nouns,
        acts_for,
        home,
        proper: body.proper,
        // "the herders' association" may be anybody's until it takes a stand.
        sure: body.proper || !body.indefinite && (body.party.is_some() || owner.is_some() || body.noun == "office"),
        ..Profile::default()
    }))
}

/// "The Danish company": it has no name, and may be one that was named; "the Lund team" may not.
pub fn is_described(draft: &Draft, mention: &RawMention, body: &Body) -> bool {
    let free = body.party.is_some() || body.owner.is_none() || anaphor::is_owned_by_person(draft, body);
    let pointing = !body.proper && !mention.heading && !body.indefinite && anaphor::points_back(draft, body);
    pointing && free && !is_organ(draft, body)
}

/// Finds for whom bodies act whose owner was not known before the roles were: "the governor's office".
pub fn settle_owners(draft: &mut Draft) {
    for index in 0..draft.mentions.len() {
        let What::Organisation(body) = &draft.mentions[index].what else { continue };
        let (Some(owner), Some(actor)) = (body.owner, draft.owner[index]) else { continue };
        let Some(owner) = draft.actor_in(owner).filter(|&owner| owner != actor) else { continue };
        let profile = &draft.profiles[owner];
        let person = profile.kind == Some(ActorKind::Person) && profile.role.is_some();
        let office = body.noun == "office" || is_organ(draft, body);
        if (person && office) || (profile.kind == Some(ActorKind::Organisation) && !body.proper) {
            let profile = &mut draft.profiles[actor];
            profile.acts_for = profile.acts_for.or(Some(owner));
        }
    }
}

/// A part of the government of the state that stands in its name.
pub fn is_organ(draft: &Draft, body: &Body) -> bool {
    draft.lexicon.is(Sort::Organ, &body.noun)
}

/// What an organisation is found again by: party and title, its words, its first words.
fn keys(draft: &Draft, body: &Body) -> Vec<String> {
    let name = body.name.to_lowercase().replace("’s", "").replace("'s", "");
    let mut keys = Vec::new();
    if let Some(party) = body.party {
        keys.push(format!("{}/{}", draft.lexicon.party(party).id, body.title));
    }
    // "the Warhol Foundation for the Arts" and "the Warhol Foundation"
    let stem = name.split(" for ").next().and_then(|stem| stem.split(" of ").next()).unwrap_or(&name);
    if body.proper && stem.contains(' ') {
        keys.push(stem.to_owned());
    }
    keys.push(name);
    keys
}

/// Ties "NPP" to "New People's Party", whose initials it is, and "Bellmoor" to "Bellmoor Dairy".
fn merge_short_forms(draft: &mut Draft, known: &BTreeMap<String, usize>) {
    let mut short: HashMap<String, usize> = HashMap::new();
    let mut first_words: Vec<(String, usize)> = Vec::new();
    let mut last_words: Vec<(String, usize)> = Vec::new();
    for (name, &actor) in known.iter().filter(|(name, actor)| draft.profiles[**actor].proper && !name.contains('/')) {
        let words = words_of_name(name);
        short.extend(initials(name).map(|letters| (letters, actor)));
        // "Rovers" for "Halmstead Rovers"
        let last = words.clone().next_back().filter(|last| !draft.lexicon.is(Sort::Head, last));
        last_words.extend(last.map(|last| (last.to_owned(), actor)));
        first_words.extend(words.take(1).map(|first| (first.to_owned(), actor)));
    }
    for (word, actor) in first_words.into_iter().chain(last_words) {
        short.entry(word).or_insert(actor);
    }
    let lands = lands(draft);
    for index in 0..draft.mentions.len() {
        let What::Name(named) = &draft.mentions[index].what else { continue };
        let letters = named.name.last.replace('.', "");
        let acronym = letters.chars().all(char::is_uppercase);
        let key = if acronym { letters } else { letters.to_lowercase() };
        // A person known by a first name is not the company that carries it.
        let person = draft.owner[index].is_some_and(|actor| {
            let profile = &draft.profiles[actor];
            profile.sure || profile.names.iter().any(|name| !name.given.is_empty())
        });
        let (true, false, Some(&actor)) = (named.name.given.is_empty(), person, short.get(&key)) else { continue };
        // "Carvenian", where there is a Carvenia, is hers rather than the Carvenian Chamber's.
        match key.strip_suffix("an").and_then(|stem| lands.get(stem)) {
            Some(&land) => {
                draft.assign(index, land);
                // Two names a letter apart were one until here, by the first of them.
                let profile = &mut draft.profiles[land];
                profile.name.truncate(profile.name.len() - usize::from(profile.name == named.name.last));
            }
            None => draft.assign(index, actor),
        }
    }
}

/// Returns the words of a name that count in its initials.
fn words_of_name(name: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    name.split([' ', '-']).filter(|word| !matches!(*word, "of" | "the" | "for" | "and" | "&"))
}

/// Returns the initials of a name of several words: "NBC" of "National Bank of Carvenia".
fn initials(name: &str) -> Option<String> {
    let letters: String = words_of_name(name).filter_map(|word| word.chars().next()).collect();
    (letters.chars().count() >= 2).then(|| letters.to_uppercase())
}

/// Returns the names that may be of lands, "Carvenia", by what stands before their last letter.
fn lands(draft: &Draft) -> HashMap<String, usize> {
    let named = draft.mentions.iter().zip(&draft.owner).filter_map(|(mention, owner)| match (&mention.what, *owner) {
        (What::Name(named), Some(owner)) if named.name.given.is_empty() && !draft.profiles[owner].sure => {
            Some((named.name.last.to_lowercase().strip_suffix('a')?.to_owned(), owner))
        }
        _ => None,
    });
    named.collect()
}

/// Finds for whom each paper speaks: its owner, those called its authors, or the author of the last paper that had one
/// ("the letter says"), of the same kind where there is one.
pub fn find_authors(draft: &mut Draft) {
    let mut last = None;
    let mut last_of: HashMap<&str, usize> = HashMap::new();
    let mentions = draft.mentions;
    for (index, mention) in mentions.iter().enumerate() {
        let What::Paper(paper) = &mention.what else { continue };
        let author = paper.owner.and_then(|owner| draft.possessor(index, owner));
        let author = author.or_else(|| named_authors(draft, index)).or_else(|| writer(draft, index));
        // "a report" is a new one, by somebody not named.
        let again = || last_of.get(paper.noun.as_str()).copied().or(last);
        let known = author.or_else(|| again().filter(|_| mention.definite));
        draft.authors[index] = known;
        last = known;
        last_of.extend(known.map(|author| (paper.noun.as_str(), author)));
    }
}

/// "In a letter to the council, she wrote": who does something in the sentence.
fn writer(draft: &Draft, index: usize) -> Option<usize> {
    let paper = &draft.mentions[index];
    let before = draft.text[..paper.span.start].trim_end();
    let inside = before.ends_with("In") && !paper.definite;
    let mut after = (index + 1..draft.mentions.len()).take(AHEAD).filter(|_| inside);
    let subject = |other: &usize| {
        let mention = &draft.mentions[*other];
        let begins = mention.subject || draft.text[..mention.span.start].ends_with(", ");
        let owns = draft.text[mention.span.end..].starts_with(['’', '\'']);
        begins && mention.sentence == paper.sentence && !owns
    };
    after.find(subject).and_then(|other| draft.owner[other])
}

/// How many mentions behind "in a letter" its writer is looked for.
const AHEAD: usize = 8;

/// "the report's authors"
fn named_authors(draft: &Draft, index: usize) -> Option<usize> {
    let paper = draft.mentions[index].span;
    let before = (index.saturating_sub(3)..index).rev();
    let mut around = before.filter(|&other| match &draft.mentions[other].what {
        What::Group(group) => group.owner == Some(paper) && draft.lexicon.is(Sort::Author, &group.noun),
        _ => false,
    });
    around.find_map(|other| draft.owner[other])
}
