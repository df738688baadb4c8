//! Reads the embedded lists into a lexicon. They are part of the program, so a mistake in them is one of ours: it panics,
//! and a test reads them all.

use std::collections::HashMap;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{ActorKind, BodyKind, Lexicon, PartyId, Sense, Sort, Stands};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct States {
    states: Vec<State>,
    regions: String,
    places: String,
    place_words: String,
    place_nouns: String,
    place_starts: String,
    saints: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct State {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    capitals: Vec<String>,
    #[serde(default)]
    seats: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisations {
    international: Vec<Organisation>,
    national: Vec<Organisation>,
    companies: Vec<Organisation>,
    outlets: Vec<String>,
    heads: String,
    firms: String,
    open_kinds: Vec<String>,
    kinds: Vec<String>,
    called: Vec<String>,
    staff: String,
    anything: String,
    company_ends: String,
    club_ends: String,
    organs: String,
    papers: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Organisation {
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    members: Vec<String>,
    #[serde(default)]
    seats: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    acts_for: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    honorifics: HashMap<String, String>,
    short: Vec<Office>,
    offices: Vec<Office>,
    speaking: String,
    private: String,
    male: String,
    female: String,
    groups: String,
    group_ends: String,
    things: String,
    anonymous: String,
    acquainted: String,
    authors: String,
    voices: String,
    company_offices: String,
    posts: Vec<Post>,
    collective: String,
    state_nouns: String,
    pairs: String,
    two_people: String,
    modifiers: String,
    counterparts: String,
    indefinite: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Office {
    name: String,
    of: Option<String>,
    noun: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Post {
    office: String,
    bodies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    male: String,
    female: String,
    either: String,
    particles: String,
    suffixes: String,
    compound_ends: String,
    days: String,
    months: String,
    never: String,
    kin: String,
}

pub fn load() -> Lexicon {
    let mut lexicon = Lexicon::default();
    add_states(&mut lexicon, read("states", include_str!("../../../assets/states.toml")));
    add_organisations(&mut lexicon, read("organisations", include_str!("../../../assets/organisations.toml")));
    add_titles(&mut lexicon, read("titles", include_str!("../../../assets/titles.toml")));
    add_names(&mut lexicon, read("names", include_str!("../../../assets/names.toml")));
    lexicon
}

fn read<T: DeserializeOwned>(name: &str, toml: &str) -> T {
    toml::from_str(toml).unwrap_or_else(|error| panic!("assets/{name}.toml: {error}"))
}

fn add_states(lexicon: &mut Lexicon, states: States) {
    // Places first: a state replaces a place of the same name.
    for place in phrases(&states.places) {
        lexicon.phrases.add(&place, Sense::Place);
    }
    for region in phrases(&states.regions) {
        lexicon.phrases.add(&region, Sense::Region);
    }
    lexicon.add_words(Sort::PlaceWord, states.place_words.split_whitespace());
    lexicon.add_words(Sort::PlaceStart, states.place_starts.split_whitespace());
    lexicon.add_words(Sort::Saint, states.saints.split_whitespace());
    lexicon.add_words(Sort::PlaceNoun, states.place_nouns.split_whitespace());
    for state in states.states {
        let party = lexicon.add_party(&state.name, ActorKind::State);
        // "The Swede"; where the word is the adjective as well, it stands for the state.
        let citizens = state.people.iter().filter_map(|people| people.strip_suffix('s'));
        for citizen in citizens.filter(|citizen| citizen.len() >= 5) {
            lexicon.phrases.add(citizen, Sense::Office(Some(party)));
        }
        // Rarer readings first, so that a name wins over a capital of the same words.
        lexicon.add_names(party, Stands::Capital, &state.capitals);
        lexicon.add_names(party, Stands::Seat, &state.seats);
        lexicon.add_names(party, Stands::People, &state.people);
        lexicon.add_names(party, Stands::Adjective, &state.adjectives);
        lexicon.add_names(party, Stands::Name, &[state.name]);
        lexicon.add_names(party, Stands::Name, &state.names);
    }
}

fn add_organisations(lexicon: &mut Lexicon, organisations: Organisations) {
    for outlet in organisations.outlets {
        let party = lexicon.add_party(&outlet, ActorKind::Organisation);
        lexicon.parties[party.0].outlet = true;
    }
    let listed = [organisations.international, organisations.national, organisations.companies];
    for organisation in listed.into_iter().flatten() {
        let party = lexicon.add_party(&organisation.name, ActorKind::Organisation);
        lexicon.add_names(party, Stands::Seat, &organisation.seats);
        lexicon.add_names(party, Stands::Name, &organisation.names);
        for member in organisation.members {
            let stands = if member.ends_with('s') { Stands::People } else { Stands::Adjective };
            lexicon.add_names(party, stands, &[member]);
        }
        let acts_for = organisation.acts_for.map(|state| party_named(lexicon, &state));
        let entry = &mut lexicon.parties[party.0];
        entry.nouns = organisation.nouns;
        entry.acts_for = acts_for;
    }
    let open = organisations.open_kinds.iter().map(|nouns| (nouns, true));
    let kinds = open.chain(organisations.kinds.iter().map(|nouns| (nouns, false)));
    for (index, (nouns, open)) in kinds.enumerate() {
        lexicon.kinds.extend(nouns.split_whitespace().map(|noun| (noun.to_owned(), BodyKind { index, open })));
    }
    let called = organisations.called.iter().filter_map(|called| called.split_once(": "));
    lexicon.called = called.map(|(end, noun)| (end.to_owned(), noun.to_owned())).collect();
    lexicon.add_words(Sort::Head, organisations.heads.split_whitespace());
    lexicon.add_words(Sort::Paper, organisations.papers.split_whitespace());
    lexicon.add_words(Sort::Anything, organisations.anything.split_whitespace());
    lexicon.add_words(Sort::Firm, organisations.firms.split_whitespace());
    lexicon.add_words(Sort::ClubEnd, organisations.club_ends.split_whitespace());
    lexicon.add_words(Sort::Staff, organisations.staff.split_whitespace());
    lexicon.add_words(Sort::Organ, organisations.organs.split_whitespace());
    lexicon.add_words(Sort::CompanyEnd, organisations.company_ends.split_whitespace());
}

fn add_titles(lexicon: &mut Lexicon, titles: Titles) {
    for (honorific, gender) in &titles.honorifics {
        lexicon.add_words(Sort::Honorific, [honorific.as_str()]);
        match gender.as_str() {
            "m" => lexicon.add_words(Sort::Male, [honorific.as_str()]),
            "f" => lexicon.add_words(Sort::Female, [honorific.as_str()]),
            _ => {}
        }
    }
    for office in titles.short {
        let of = office.of.map(|party| party_named(lexicon, &party));
        lexicon.phrases.add(&office.name, Sense::Office(of));
        lexicon.nouns.extend(office.noun.map(|noun| (office.name.to_lowercase(), noun)));
    }
    for office in titles.offices {
        let of = office.of.map(|party| party_named(lexicon, &party));
        lexicon.phrases.add_office(&office.name, of);
    }
    lexicon.add_words(Sort::Speaking, titles.speaking.split_whitespace());
    lexicon.add_words(Sort::Private, titles.private.split_whitespace());
    lexicon.add_words(Sort::Male, titles.male.split_whitespace());
    lexicon.add_words(Sort::Female, titles.female.split_whitespace());
    lexicon.add_words(Sort::Group, titles.groups.split_whitespace());
    lexicon.add_words(Sort::Thing, titles.things.split_whitespace());
    lexicon.add_words(Sort::Anonymous, titles.anonymous.split_whitespace());
    lexicon.add_words(Sort::Acquainted, titles.acquainted.split_whitespace());
    lexicon.add_words(Sort::Author, titles.authors.split_whitespace());
    lexicon.add_words(Sort::Voice, titles.voices.split_whitespace());
    let company_offices: Vec<String> = phrases(&titles.company_offices).collect();
    lexicon.add_words(Sort::CompanyOffice, company_offices.iter().map(String::as_str));
    lexicon.group_ends = titles.group_ends.split_whitespace().map(str::to_owned).collect();
    lexicon.posts = titles.posts.into_iter().map(|post| (post.office, post.bodies)).collect();
    lexicon.add_words(Sort::StateNoun, titles.state_nouns.split_whitespace());
    lexicon.add_words(Sort::Pair, titles.pairs.split_whitespace());
    lexicon.add_words(Sort::Pair, titles.two_people.split_whitespace());
    lexicon.add_words(Sort::PersonPair, titles.two_people.split_whitespace());
    lexicon.add_words(Sort::Collective, titles.collective.split_whitespace());
    lexicon.add_words(Sort::Modifier, titles.modifiers.split_whitespace());
    lexicon.add_words(Sort::Counterpart, titles.counterparts.split_whitespace());
    lexicon.add_words(Sort::Indefinite, titles.indefinite.split_whitespace());
}

fn add_names(lexicon: &mut Lexicon, names: Names) {
    for (list, gender) in [(&names.male, Some(Sort::Male)), (&names.female, Some(Sort::Female)), (&names.either, None)]
    {
        lexicon.add_words(Sort::GivenName, list.split_whitespace());
        if let Some(gender) = gender {
            lexicon.add_words(gender, list.split_whitespace());
        }
    }
    lexicon.add_words(Sort::Particle, names.particles.split_whitespace());
    lexicon.add_words(Sort::Suffix, names.suffixes.split_whitespace());
    lexicon.add_words(Sort::CompoundEnd, names.compound_ends.split_whitespace());
    for list in [&names.days, &names.months, &names.never] {
        lexicon.add_words(Sort::NeverName, list.split_whitespace());
    }
    lexicon.add_words(Sort::Kin, names.kin.split_whitespace());
}

fn party_named(lexicon: &Lexicon, name: &str) -> PartyId {
    lexicon.party_by_id(&super::kebab(name)).unwrap_or_else(|| panic!("assets: no party is called {name}"))
}

/// Returns the entries of a list whose spaces are written as underscores.
fn phrases(list: &str) -> impl Iterator<Item = String> {
    list.split_whitespace().map(|phrase| phrase.replace('_', " "))
}
