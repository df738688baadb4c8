//! What the program knows of names before it reads an article: states, organisations, titles, given names.
//!
//! The words live in `assets/*.toml`; this file turns them into one table that is asked two questions: which phrase of
//! the lexicon begins here, and what sort of word is this. The reader's own `lexicon.toml` is laid over a copy
//! ([`Lexicon::with_user`]).

mod assets;
mod phrases;
mod slips;
mod user;
mod user_cue;

use std::collections::HashMap;
use std::sync::LazyLock;

use super::cue::Cues;
use super::{ActorKind, Form};
use phrases::Phrases;
pub use slips::{Problem, Slips};

/// An index into the lexicon's parties.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartyId(pub usize);

/// A state, organisation or (in the reader's own lexicon) person or group that is known by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Party {
    pub id: String,
    pub name: String,
    pub kind: ActorKind,
    pub acts_for: Option<PartyId>,
    /// The common nouns by which a text goes on: "the alliance".
    pub nouns: Vec<String>,
    /// It brings the news: a party only when it acts itself.
    pub outlet: bool,
}

/// What a phrase of the lexicon stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    Party(PartyId, Stands),
    /// A part of a state with a government of its own.
    Region,
    Place,
    /// An office before a name, in full or short ("Sen."), with the party it belongs to when the text names none.
    Office(Option<PartyId>),
}

/// How a phrase stands for a party.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    Name,
    Adjective,
    /// The people or members, for the whole: "the Norwegians", "Democrats".
    People,
    /// A city that is the party only where a party can stand.
    Capital,
    /// A house of government, which is the party everywhere.
    Seat,
}

impl Stands {
    pub fn form(self) -> Form {
        match self {
            Stands::Name | Stands::People => Form::Name,
            Stands::Adjective => Form::Adjective,
            Stands::Capital | Stands::Seat => Form::Seat,
        }
    }
}

/// What sort of word a single word may be; several at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sort {
    /// "Mr."
    Honorific,
    /// A person who speaks for a party: "spokeswoman".
    Speaking,
    /// A person who speaks for himself or herself: "farmer".
    Private,
    /// People who hold a position together: "officials".
    Group,
    /// People who are the party rather than a part of it: "authorities".
    Collective,
    /// A plural noun that ends as groups of people do: "papers".
    Thing,
    /// People whom the article does not name: "sources".
    Anonymous,
    /// What makes such people a source: "familiar".
    Acquainted,
    /// People who wrote a text: "authors".
    Author,
    /// Whoever speaks for a body: "spokesman".
    Voice,
    /// An office in a company: "chief executive".
    CompanyOffice,
    /// Several states: "governments".
    StateNoun,
    /// "counterpart"
    Counterpart,
    /// What may stand before a role and belongs to its name: "deputy".
    Modifier,
    /// The head of an organisation's name: "ministry".
    Head,
    /// A head that "the company" points back to: "airline".
    Firm,
    /// A noun that points back to anything with a name: "organization".
    Anything,
    /// People and offices that a body has and a person has not: "shareholders".
    Staff,
    /// Two of them are the last two of their kind: "both clubs".
    Pair,
    /// Two of them are two people: "both men".
    PersonPair,
    /// A head written small that belongs to the government of the state before it: "navy".
    Organ,
    /// A text that speaks for whoever wrote it: "letter".
    Paper,
    /// "Inc."
    CompanyEnd,
    /// "Rovers"
    ClubEnd,
    GivenName,
    Particle,
    Suffix,
    /// What makes an adjective of the name before its hyphen: "led".
    CompoundEnd,
    /// Capitalised for reasons of its own: "However", "Monday".
    NeverName,
    /// No name by itself, but it may begin one: "Jewish".
    Kin,
    /// Before a capital that is only a place: "in".
    PlaceWord,
    /// The last word of a place's name: "Square".
    PlaceNoun,
    /// The first word of a place's name: "River".
    PlaceStart,
    /// "St."
    Saint,
    /// "a", "some"
    Indefinite,
    Male,
    Female,
}

/// The sorts of one word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sorts(u64);

impl Sorts {
    pub fn contains(self, sort: Sort) -> bool {
        self.0 & (1 << sort as u32) != 0
    }
}

/// A kind of body: the nouns of one kind may point to the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BodyKind {
    pub index: usize,
    /// Something of which nothing but the name is known may be one.
    pub open: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    parties: Vec<Party>,
    by_id: HashMap<String, PartyId>,
    phrases: Phrases,
    words: HashMap<String, Sorts>,
    /// The nouns of offices that are written short: "governor" for "gov.".
    nouns: HashMap<String, String>,
    /// The endings of nouns for several people: "ers".
    group_ends: Vec<String>,
    /// The nouns of the bodies in which there is an office: "board" for "superintendent".
    posts: HashMap<String, Vec<String>>,
    /// What bodies are called by the ends of their names, in lower case.
    called: Vec<(String, String)>,
    /// The kinds of the nouns of bodies.
    kinds: HashMap<String, BodyKind>,
    /// The cues with the reader's own among them, where the reader has any.
    own_cues: Option<Box<Cues>>,
}

impl Lexicon {
    /// Returns the lexicon that comes with the program.
    pub fn embedded() -> &'static Lexicon {
        static EMBEDDED: LazyLock<Lexicon> = LazyLock::new(assets::load);
        &EMBEDDED
    }

    /// Returns a copy with the reader's own names laid over it, and what could not be read of them.
    pub fn with_user(&self, toml: &str) -> (Lexicon, Vec<Problem>) {
        user::extend(self, toml)
    }

    /// Returns the cues: those of the program, and before them the reader's own.
    pub fn cues(&self) -> &Cues {
        self.own_cues.as_deref().unwrap_or(Cues::builtin())
    }

    pub fn party(&self, party: PartyId) -> &Party {
        &self.parties[party.0]
    }

    /// Returns the party with an id: `united-states`.
    pub fn party_by_id(&self, id: &str) -> Option<PartyId> {
        self.by_id.get(id).copied()
    }

    /// Returns the longest phrase that begins at `start`, and where it ends. Case counts, the shape of quotes does not.
    pub fn phrase_at(&self, text: &str, start: usize) -> Option<(usize, Sense)> {
        self.phrases.longest_at(text, start)
    }

    /// Returns the longest office of several words that begins at `start` ("secretary of state"), in any case.
    pub fn office_at(&self, text: &str, start: usize) -> Option<(usize, Option<PartyId>)> {
        self.phrases.office_at(text, start)
    }

    /// Returns whether a word is of a sort. Names are asked for as they are written, other words in lower case.
    pub fn is(&self, sort: Sort, word: &str) -> bool {
        self.sorts(word).contains(sort)
    }

    /// Returns all sorts of a word.
    pub fn sorts(&self, word: &str) -> Sorts {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// Returns the noun of an office in lower case, in full where it is written short: "governor" for "gov.".
    pub fn office_noun(&self, office: String) -> String {
        self.nouns.get(&office).cloned().unwrap_or(office)
    }

    /// Returns whether a plural noun means people: by its ending, or because the lexicon knows one of them.
    pub fn is_group(&self, noun: &str) -> bool {
        let known = |one: &str| self.is(Sort::Private, one) || self.is(Sort::Speaking, one);
        let people =
            self.group_ends.iter().any(|end| noun.ends_with(end.as_str())) || noun.strip_suffix('s').is_some_and(known);
        people && !self.is(Sort::Thing, noun)
    }

    /// Returns the kind of body that a noun names, where a text goes on with other nouns of that kind.
    pub fn kind_of_body(&self, noun: &str) -> Option<BodyKind> {
        self.kinds.get(noun).copied()
    }

    /// Returns another noun for a body with such a name, in lower case: "hospital" for "… medical center".
    pub fn called(&self, name: &str) -> Option<&str> {
        self.called.iter().find(|(end, _)| name.ends_with(end.as_str())).map(|(_, noun)| noun.as_str())
    }

    /// Returns the nouns of the bodies in which there is such an office.
    pub fn bodies_of(&self, office: &str) -> &[String] {
        self.posts.get(office).map_or(&[], Vec::as_slice)
    }

    /// Adds a party, or finds the one with its name; both answer to the name.
    fn add_party(&mut self, name: &str, kind: ActorKind) -> PartyId {
        let id = kebab(name);
        if let Some(&party) = self.by_id.get(&id) {
            return party;
        }
        let party = PartyId(self.parties.len());
        let (name, nouns) = (name.to_owned(), Vec::new());
        self.parties.push(Party { id: id.clone(), name: name.clone(), kind, acts_for: None, nouns, outlet: false });
        self.by_id.insert(id, party);
        self.phrases.add(&name, Sense::Party(party, Stands::Name));
        party
    }

    fn add_names(&mut self, party: PartyId, stands: Stands, names: &[String]) {
        for name in names {
            self.phrases.add(name, Sense::Party(party, stands));
        }
    }

    fn add_words<'w>(&mut self, sort: Sort, words: impl IntoIterator<Item = &'w str>) {
        for word in words {
            self.words.entry(word.to_owned()).or_default().0 |= 1 << sort as u32;
        }
    }
}

/// Returns a name as an id: lower case, ASCII where that is possible, hyphens between the words.
pub fn kebab(name: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut id = String::new();
    for c in name.nfd().filter(|&c| !unicode_normalization::char::is_combining_mark(c)) {
        match c {
            '\'' | '’' | '.' => {}
            'ø' | 'Ø' => id.push('o'),
            'ł' | 'Ł' => id.push('l'),
            'ß' => id.push_str("ss"),
            'æ' | 'Æ' => id.push_str("ae"),
            c if c.is_alphanumeric() => id.extend(c.to_lowercase()),
            _ if !id.is_empty() && !id.ends_with('-') => id.push('-'),
            _ => {}
        }
    }
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str, Stands)>) {
        let lexicon = Lexicon::embedded();
        let found = lexicon.phrase_at(text, 0).and_then(|(end, sense)| match sense {
            Sense::Party(party, stands) => Some((&text[..end], lexicon.party(party).id.as_str(), stands)),
            _ => None,
        });
        assert_eq!(found, expected);
    }

    #[test]
    fn phrases_stand_for_parties() {
        check("Norway said", Some(("Norway", "norway", Stands::Name)));
        check("U.S. officials", Some(("U.S.", "united-states", Stands::Name)));
        check("Danes voted", Some(("Danes", "denmark", Stands::People)));
        check("Oslo’s plan", Some(("Oslo", "norway", Stands::Capital)));
        check("White House aides", Some(("White House", "united-states", Stands::Seat)));
        check("Security Council members", Some(("Security Council", "un-security-council", Stands::Name)));
        check("Côte d’Ivoire", Some(("Côte d’Ivoire", "ivory-coast", Stands::Name)));
        check("South  \nSudan", Some(("South  \nSudan", "south-sudan", Stands::Name)));
        check("Democrats", Some(("Democrats", "democratic-party", Stands::People)));
    }

    #[test]
    fn only_whole_words_in_their_own_case_match() {
        check("Nigeria", Some(("Nigeria", "nigeria", Stands::Name)));
        check("Irani", None);
        check("us, too", None);
        check("Usher", None);
        check("turkey", None);
    }

    #[test]
    fn each_state_is_there_once_and_reads_as_itself() {
        let lexicon = Lexicon::embedded();
        let states: Vec<&Party> = lexicon.parties.iter().filter(|party| party.kind == ActorKind::State).collect();
        assert!(states.len() >= 197, "{} states", states.len());
        for state in states {
            let found = lexicon.phrase_at(&state.name, 0);
            let party = lexicon.party_by_id(&state.id).unwrap();
            assert_eq!(found, Some((state.name.len(), Sense::Party(party, Stands::Name))), "{}", state.name);
        }
    }

    #[test]
    fn words_have_sorts() {
        let lexicon = Lexicon::embedded();
        assert!(lexicon.is(Sort::Speaking, "spokeswoman"));
        assert!(lexicon.is(Sort::Female, "spokeswoman"));
        assert!(lexicon.is(Sort::GivenName, "Ingrid"));
        assert!(lexicon.is(Sort::NeverName, "Monday"));
        assert!(lexicon.is(Sort::Head, "ministry"));
        assert!(!lexicon.is(Sort::GivenName, "However"));
    }

    #[test]
    fn ids_are_plain() {
        assert_eq!(kebab("U.S. Côte d’Ivoire & Co."), "us-cote-divoire-co");
        assert_eq!(kebab("Łódź–Ørsted"), "lodz-orsted");
        assert_eq!(kebab("—"), "");
    }
}
