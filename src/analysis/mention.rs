//! Where the text names somebody: states, organisations, people, roles, groups, and the common nouns that point back.
//!
//! A raw mention is a reading of one place and knows nothing of the others; [`super::actor`] decides which of them are
//! one actor. The steps: the text is cut into [`units`], role and body nouns grow into [`noun`] phrases, and
//! what stands side by side becomes a mention: title and name, name and apposition, state and ministry.

mod apposition;
mod name;
mod noun;
mod units;
mod words;

use std::ops::Range;

use super::lexicon::{Lexicon, PartyId, Sense, Sort, Stands};
use super::{ActorKind, Form, Parse, Tag, Token};
use crate::document::Document;
use crate::text::Span;
pub use name::{Gender, PersonName, gender_of, same_spelling};
use noun::{Article, NounKind, NounPhrase, Units};
use units::UnitKind;
pub use words::{Words, Zone};

/// A stretch of text that names an actor, or points to one, and what it says of it.
#[derive(Clone, Debug, PartialEq)]
pub struct RawMention {
    pub span: Span,
    /// The span with whatever describes it: "Norway’s minister Anna Blom" where the span is "minister Anna Blom".
    pub reach: Span,
    /// The token that the rest of its words depend on.
    pub head: usize,
    pub sentence: usize,
    pub what: What,
    pub form: Form,
    /// It stands in a heading: it counts when the body names the same.
    pub heading: bool,
    /// It does something: the subject of a verb.
    pub subject: bool,
    /// An article stands in front.
    pub article: bool,
    /// It is "the" or "this" one, or somebody's.
    pub definite: bool,
    /// Several people: "the Norwegians", "officials".
    pub plural: bool,
    /// It is told apart by where its people are from or what they believe: "European allies".
    pub kin: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Party(PartyId),
    /// A part of a state.
    Region,
    Name(Named),
    Organisation(Body),
    /// One person by office: "the mayor".
    Role(Role),
    Group(Role),
    /// A body by its noun alone: "the ministry".
    Definite(Body),
    Paper(Paper),
    /// A seat of government where something only happens. It is no mention of the state, but tells which one is near.
    Place(PartyId),
}

/// A run of capitalised words that may be a person's name.
#[derive(Clone, Debug, PartialEq)]
pub struct Named {
    pub name: PersonName,
    pub gender: Option<Gender>,
    pub role: Option<Role>,
    /// A title, a given name or an apposition says that this is a person.
    pub person: bool,
    /// It begins with a party, or one of its words is written small elsewhere: "Space Shuttle".
    pub common: bool,
    /// It stands after "in" and the like.
    pub placed: bool,
    /// The noun beside it says that it is a body: "the group Green Harbor", "Green Harbor, a lobby".
    pub body: Option<String>,
    /// The text goes on with "which" or "its".
    pub thing: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// As it stands in the text, without article and possessive: "Russian foreign ministry".
    pub name: String,
    /// Its noun, in lower case: "ministry".
    pub noun: String,
    /// Noun and modifiers without the party: "foreign ministry".
    pub title: String,
    pub party: Option<PartyId>,
    pub owner: Option<Span>,
    /// Written with capitals: a name of its own.
    pub proper: bool,
    /// "a Norwegian court": one of several.
    pub indefinite: bool,
    /// The mention of the body it describes, as an index into the list of mentions: "Blue Coast, the group".
    pub named: Option<usize>,
}

impl Body {
    pub fn last_word(&self) -> &str {
        self.name.rsplit(' ').next().unwrap_or_default()
    }
}

/// A text, with whom it belongs to: "the ministry's letter". It is not its author, but speaks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// "letter"
    pub noun: String,
    pub owner: Option<Span>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// "deputy foreign minister"
    pub title: String,
    pub noun: String,
    /// The whole phrase without article: "Norwegian deputy foreign minister".
    pub words: String,
    pub owner: Option<Span>,
    pub party: Option<PartyId>,
    /// The party the office belongs to when the text names none.
    pub default: Option<PartyId>,
    pub gender: Option<Gender>,
    /// It speaks for its party.
    pub speaks: bool,
    pub definite: bool,
    /// The mention of the person it describes, as an index into the list of mentions.
    pub person: Option<usize>,
}

/// Returns the mentions in reading order, the longer of two that begin together first.
pub fn find_mentions(document: &Document, tokens: &[Token], parse: &Parse, lexicon: &Lexicon) -> Vec<RawMention> {
    let words = Words::new(document, tokens, parse, lexicon);
    let units = Units::new(units::find_units(&words), words.count());
    let phrases = noun::find_noun_phrases(&words, &units);
    let mut mentions = Vec::new();
    for unit in &units.list {
        mentions.extend(mention_of_unit(&words, unit, &units, &phrases));
    }
    for phrase in &phrases {
        mentions.extend(mention_of_phrase(&words, &units, phrase));
    }
    mentions.sort_by_key(|mention: &RawMention| (mention.span.start, std::cmp::Reverse(mention.span.end)));
    apposition::join_appositions(&words, &mut mentions);
    apposition::join_bodies(&words, &mut mentions);
    mentions
}

fn mention_of_unit(words: &Words, unit: &units::Unit, units: &Units, phrases: &[NounPhrase]) -> Option<RawMention> {
    let tokens = unit.tokens.clone();
    match unit.kind {
        UnitKind::Party(party, Stands::Adjective) if is_membership(words, party, &tokens) => None,
        UnitKind::Party(party, stands) => {
            let here = stands != Stands::Capital || words.stands_for_party(&tokens);
            let what = if here { What::Party(party) } else { What::Place(party) };
            Some(mention(words, with_article(words, &tokens), tokens.end - 1, what, stands.form()))
        }
        UnitKind::Region => {
            let acts = words.subject(&tokens) || words.possessive(tokens.end);
            acts.then(|| mention(words, tokens.clone(), tokens.end - 1, What::Region, Form::Name))
        }
        UnitKind::Organisation(head) => {
            let body = body_of_name(words, &tokens, head);
            Some(mention(words, with_article(words, &tokens), head, What::Organisation(body), Form::Name))
        }
        UnitKind::Name { given } => Some(named(words, &tokens, given, units, phrases)),
        // "the group Clear Harbor"
        UnitKind::Place if tokens.len() > 1 && words.phrase_at(tokens.start).is_none() => {
            let body = body_beside(words, phrases, &tokens).is_some();
            body.then(|| named(words, &tokens, false, units, phrases))
        }
        UnitKind::Place
        | UnitKind::Honorific
        | UnitKind::Role(_)
        | UnitKind::Group
        | UnitKind::Body
        | UnitKind::Paper => None,
    }
}

/// Reads a name with what stands before it: an honorific, a title.
fn named(words: &Words, tokens: &Range<usize>, given: bool, units: &Units, phrases: &[NounPhrase]) -> RawMention {
    let parts: Vec<&str> = tokens.clone().map(|at| words.word(at)).collect();
    let name = PersonName::new(&parts, words.lexicon);
    let (start, honorific) = honorifics_before(words, units, tokens.start);
    let title = title_before(phrases, start);
    let mut role = title.map(|phrase| role_of(words, phrase));
    let mut reach = title.map_or(start, |phrase| phrase.tokens.start)..tokens.end;
    if let Some(role) = &mut role
        && role.owner.is_none()
        && let Some(owner) = owner_after(words, units, tokens.end)
    {
        role.owner = Some(words.span(&owner));
        reach.end = owner.end;
    }
    let acts = tokens.len() > 1 || words.subject(tokens) || words.possessive(tokens.end);
    let gender = honorific.or(role.as_ref().and_then(|role| role.gender)).or_else(|| name.gender(words.lexicon));
    let person = (given && acts) || start < tokens.start || role.is_some();
    let before = tokens.start.saturating_sub(1);
    let before = if words.determiner(before) { before.saturating_sub(1) } else { before };
    let placed = words.is_any_case(Sort::PlaceWord, before);
    let body = if given { None } else { body_beside(words, phrases, tokens) };
    let common = is_common(words, tokens);
    let thing = !given && !person && goes_on_as_thing(words, tokens);
    let what = What::Name(Named { name, gender, role, person, common, placed, body, thing });
    let start = title.map_or(start, |phrase| phrase.title.start.max(units_end(units, phrase)));
    let mut found = mention(words, start..tokens.end, tokens.end - 1, what, Form::Name);
    found.reach = words.span(&reach);
    // "the Blom administration" says nothing of Blom.
    let next = phrases.partition_point(|phrase| phrase.head < tokens.end);
    let inside = phrases.get(next).is_some_and(|phrase| phrase.tokens.start < start);
    found.article = start > 0 && words.determiner(start - 1) && !inside;
    found
}

/// "Anna Blom, a Democrat," and "Anna Blom, Democrat of Ohio": it says of her what she is.
fn is_membership(words: &Words, party: PartyId, tokens: &Range<usize>) -> bool {
    let Some(before) = tokens.start.checked_sub(1) else { return false };
    let before = if words.is_any_case(Sort::Indefinite, before) { before.saturating_sub(1) } else { before };
    let closed = matches!(words.lower(tokens.end), "," | "." | "of" | "from" | "who");
    words.lexicon.party(party).kind == ActorKind::Organisation && words.word(before) == "," && closed
}

/// "Bellmoor Dairy, which", "Bellmoor Dairy closed its": no pronoun for a person.
fn goes_on_as_thing(words: &Words, name: &Range<usize>) -> bool {
    if words.word(name.end) == "," {
        return words.lower(name.end + 1) == "which" && words.together(name.start, name.end + 1);
    }
    let ends = |&at: &usize| {
        let noun = words.tag(at).is_noun() && !words.is(Sort::NeverName, at);
        noun || words.tag(at) == Tag::Pronoun || words.possessive_pronoun(at) || !words.together(name.start, at)
    };
    let next = (name.end..words.count().min(name.end + 12)).find(ends);
    words.subject(name) && next.is_some_and(|at| words.lower(at) == "its" && words.together(name.start, at))
}

/// Returns the noun of a body that names what follows or stands beside it: "the group Green Harbor", "a consumer group,
/// Green Harbor,", "Green Harbor, a consumer group".
fn body_beside(words: &Words, phrases: &[NounPhrase], name: &Range<usize>) -> Option<String> {
    let index = phrases.partition_point(|phrase| phrase.head < name.start);
    let body = |phrase: &&NounPhrase| phrase.kind == NounKind::Body && words.small(phrase.head);
    let noun = |phrase: &NounPhrase| words.lower(phrase.head).to_owned();
    let before = phrases[..index].last().filter(body).filter(|phrase| words.together(phrase.head, name.start));
    let closed = words.word(name.end) == "," && !matches!(words.lower(name.end + 1), "and" | "or");
    let beside = before.filter(|phrase| {
        let apposed = closed && words.word(phrase.tokens.end) == "," && phrase.tokens.end + 1 == name.start;
        let known = phrase.article != Article::None || words.starts_sentence(phrase.tokens.start);
        known && (names_body(words, phrase, name) || apposed)
    });
    let after = phrases[index..].iter().take(2).find(|phrase| phrase.tokens.start == name.end + 1).filter(body);
    let after = after.filter(|phrase| words.word(name.end) == "," && phrase.article == Article::Indefinite);
    beside.or(after).map(noun)
}

fn is_name_of(words: &Words, phrase: &NounPhrase, unit: &units::Unit) -> bool {
    let written = words.small(phrase.head) && phrase.article != Article::None;
    let place = unit.kind == UnitKind::Place && words.phrase_at(unit.tokens.start).is_none();
    let name = unit.kind == UnitKind::Name { given: false } || (place && unit.tokens.len() > 1);
    written && name && names_body(words, phrase, &unit.tokens)
}

fn is_proper(unit: &units::Unit) -> bool {
    matches!(unit.kind, UnitKind::Name { .. } | UnitKind::Place | UnitKind::Organisation(_))
}

/// "the group Green Harbor", but not "the party Blom founded".
fn names_body(words: &Words, phrase: &NounPhrase, name: &Range<usize>) -> bool {
    // "owned by the carmaker Hansen."
    let next = name.end;
    let closed = !words.tag(next).is_verb() && words.tag(next) != Tag::Modal && !words.capitalised(next);
    phrase.tokens.end == name.start && (name.len() > 1 || !words.subject(name) || closed)
}

/// Returns where the honorifics before a name begin, and what the first tells of him or her.
fn honorifics_before(words: &Words, units: &Units, name: usize) -> (usize, Option<Gender>) {
    let (mut start, mut gender) = (name, None);
    while let Some(unit) = start.checked_sub(1).and_then(|before| units.at(before))
        && unit.kind == UnitKind::Honorific
    {
        gender = gender_of(words.word(unit.tokens.start), words.lexicon).or(gender);
        start = unit.tokens.start;
    }
    (start, gender)
}

/// Returns whether a name begins with a party ("China Daily") or holds a word that is written small elsewhere.
fn is_common(words: &Words, tokens: &Range<usize>) -> bool {
    let party = words.phrase_at(tokens.start).is_some() && !words.is(Sort::GivenName, tokens.start);
    party || tokens.clone().any(|at| words.capitalised(at) && words.is_written_small(at))
}

/// Returns the singular role phrase that ends where a name begins: "Norwegian Prime Minister" before "Anna Blom".
fn title_before(phrases: &[NounPhrase], start: usize) -> Option<&NounPhrase> {
    let index = phrases.partition_point(|phrase| phrase.head < start);
    let near = phrases[..index].iter().rev().take(3);
    near.into_iter().find(|phrase| phrase.kind == NounKind::Role && phrase.tokens.end == start)
}

/// "President Anna Blom of Norway"
fn owner_after(words: &Words, units: &Units, at: usize) -> Option<Range<usize>> {
    let unit = units.at(at + 1).filter(|unit| unit.tokens.start == at + 1)?;
    let party = matches!(unit.kind, UnitKind::Party(..) | UnitKind::Organisation(_));
    (words.lower(at) == "of" && party).then(|| unit.tokens.clone())
}

/// Returns where the last party or name inside a title's modifiers ends, so that the person's span begins after it.
fn units_end(units: &Units, phrase: &NounPhrase) -> usize {
    let owners = (phrase.title.start..phrase.head).filter_map(|at| units.at(at));
    let foreign = owners.filter(|unit| !matches!(unit.kind, UnitKind::Role(_) | UnitKind::Body));
    foreign.map(|unit| unit.tokens.end).max().unwrap_or(phrase.title.start)
}

fn mention_of_phrase(words: &Words, units: &Units, phrase: &NounPhrase) -> Option<RawMention> {
    let next = units.at(phrase.tokens.end).filter(|unit| unit.tokens.start == phrase.tokens.end);
    let before_name = next.is_some_and(|unit| matches!(unit.kind, UnitKind::Name { .. } | UnitKind::Honorific));
    let what = match phrase.kind {
        NounKind::Role if before_name => return None,
        // "Rival club Green Harbor" points back to nobody.
        NounKind::Body
            if phrase.article == Article::None
                && next.is_some_and(|unit| words.in_compound(phrase.head) && is_proper(unit)) =>
        {
            return None;
        }
        // "the group Green Harbor" is named by its name.
        NounKind::Body if next.is_some_and(|unit| is_name_of(words, phrase, unit)) => return None,
        NounKind::Role => What::Role(role_of(words, phrase)),
        NounKind::Group => What::Group(role_of(words, phrase)),
        // "the event website" publishes for itself, "its website" for whom it belongs to.
        NounKind::Body if phrase.owner.is_none() || !words.is(Sort::Paper, phrase.head) => {
            body_of_phrase(words, units, phrase)?
        }
        NounKind::Body | NounKind::Paper => What::Paper(Paper {
            noun: words.lower(phrase.head).to_owned(),
            owner: phrase.owner.as_ref().map(|owner| words.span(owner)),
        }),
    };
    let form = if matches!(what, What::Organisation(_)) { Form::Name } else { Form::Title };
    // In "the terse ministry statement" the article is the statement's.
    let alone = matches!(what, What::Definite(_)) && words.in_compound(phrase.head);
    let tokens = if alone { phrase.head..phrase.head + 1 } else { phrase.tokens.clone() };
    Some(mention(words, tokens, phrase.head, what, form))
}

fn role_of(words: &Words, phrase: &NounPhrase) -> Role {
    let noun = words.lexicon.office_noun(words.phrase(&phrase.noun).to_lowercase());
    let start = phrase.tokens.start;
    let articles = (start..phrase.head).take_while(|&at| words.determiner(at)).count();
    let inner = start + if words.lower(start + 1) == "of" { 0 } else { articles };
    Role {
        title: words.phrase(&phrase.title),
        words: words.phrase(&(inner..phrase.tokens.end)),
        owner: phrase.owner.as_ref().map(|owner| words.span(owner)),
        party: phrase.party,
        default: phrase.default,
        gender: gender_of(words.lower(phrase.head), words.lexicon),
        speaks: phrase.speaks,
        definite: phrase.article == Article::Definite,
        person: None,
        noun,
    }
}

/// Reads "the Norwegian foreign ministry", "the Blom administration", "the ministry".
fn body_of_phrase(words: &Words, units: &Units, phrase: &NounPhrase) -> Option<What> {
    let inner = (phrase.tokens.start..phrase.tokens.end).skip_while(|&at| words.determiner(at));
    let inner: Vec<usize> = inner.collect();
    let name = words.phrase(&(*inner.first()?..inner.last()? + 1));
    let body = Body {
        name,
        noun: words.lower(phrase.head).to_owned(),
        title: words.phrase(&phrase.title).to_lowercase(),
        party: phrase.party.or_else(|| phrase.owner.as_ref().and_then(|owner| party_in(units, owner))),
        owner: phrase.owner.as_ref().map(|owner| words.span(owner)),
        proper: words.capitalised(phrase.head) && !words.starts_sentence(phrase.head),
        indefinite: phrase.article != Article::Definite,
        named: None,
    };
    // "the sheriff's office" is a body of its own, whoever the sheriff is.
    let owned =
        body.owner.is_some() && !phrase.owner.as_ref().is_some_and(|owner| words.possessive_pronoun(owner.start));
    if words.in_compound(phrase.head) && !owned {
        let noun = body.noun.clone();
        return Some(What::Definite(Body { name: noun.clone(), title: noun, ..body }));
    }
    match phrase.article {
        _ if owned => Some(What::Organisation(body)),
        Article::Definite => Some(What::Definite(body)),
        // "alliance members": a body in front of another noun points back as well.
        Article::None if phrase.tokens.len() == 1 => Some(What::Definite(body)),
        _ => None,
    }
}

fn party_in(units: &Units, tokens: &Range<usize>) -> Option<PartyId> {
    tokens.clone().find_map(|at| match units.at(at)?.kind {
        UnitKind::Party(party, _) => Some(party),
        _ => None,
    })
}

fn body_of_name(words: &Words, tokens: &Range<usize>, head: usize) -> Body {
    let listed = tokens.clone().find_map(|at| match words.phrase_at(at) {
        Some((phrase, Sense::Party(party, _))) => Some((phrase, party)),
        _ => None,
    });
    let (title, party) = match &listed {
        Some((phrase, party)) if phrase.start == tokens.start => (phrase.end..tokens.end, Some(*party)),
        Some((phrase, party)) if phrase.end == tokens.end => (tokens.start..phrase.start - 1, Some(*party)),
        Some((_, party)) => (tokens.clone(), Some(*party)),
        None => (tokens.clone(), None),
    };
    Body {
        name: words.phrase(tokens),
        noun: words.lower(head).to_owned(),
        title: if title.is_empty() { words.phrase(tokens) } else { words.phrase(&title) }.to_lowercase(),
        party,
        owner: None,
        proper: true,
        indefinite: false,
        named: None,
    }
}

fn with_article(words: &Words, tokens: &Range<usize>) -> Range<usize> {
    match tokens.start.checked_sub(1) {
        Some(before) if words.lower(before) == "the" && words.together(before, tokens.start) => before..tokens.end,
        _ => tokens.clone(),
    }
}

fn mention(words: &Words, tokens: Range<usize>, head: usize, what: What, form: Form) -> RawMention {
    RawMention {
        span: words.span(&tokens),
        reach: words.span(&tokens),
        head,
        sentence: words.tokens[head].sentence,
        what,
        form,
        heading: words.zone(head) == Zone::Heading,
        subject: words.subject(&tokens),
        article: words.determiner(tokens.start),
        definite: words.determiner(tokens.start) && !words.is_any_case(Sort::Indefinite, tokens.start),
        plural: words.tag(head).is_plural(),
        kin: tokens.clone().any(|at| words.is(Sort::Kin, at)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{parse, tokens};
    use super::*;

    /// Checks the mentions of a text, each as its words and what they are.
    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str)]) {
        let document = Document::read("-", text.as_bytes().to_vec(), None);
        let sentences: Vec<Span> = (0..document.blocks.len()).flat_map(|block| document.sentences_in(block)).collect();
        let tokens = tokens(&document.text, &sentences);
        let parse = parse(&document.text, &tokens);
        let mentions = find_mentions(&document, &tokens, &parse, Lexicon::embedded());
        let found: Vec<(&str, String)> =
            mentions.iter().map(|mention| (mention.span.of(&document.text), describe(mention))).collect();
        let found: Vec<(&str, &str)> = found.iter().map(|(words, what)| (*words, what.as_str())).collect();
        assert_eq!(found, expected);
    }

    fn describe(mention: &RawMention) -> String {
        match &mention.what {
            What::Party(party) => Lexicon::embedded().party(*party).id.clone(),
            What::Region => "region".into(),
            What::Name(named) if named.person => "person".into(),
            What::Name(_) => "name".into(),
            What::Organisation(body) => format!("organisation: {}", body.title),
            What::Role(role) => format!("role: {}", role.title),
            What::Group(group) => format!("group: {}", group.title),
            What::Definite(body) => format!("body: {}", body.title),
            What::Paper(_) => "paper".into(),
            What::Place(_) => "place".into(),
        }
    }

    #[test]
    fn titles_belong_to_names() {
        check("Deputy Mayor Anna Blom agreed.", &[("Deputy Mayor Anna Blom", "person")]);
        check("Norwegian Sen. Anna Blom agreed.", &[("Norwegian", "norway"), ("Sen. Anna Blom", "person")]);
        check("Dr. A. B. Celik agreed.", &[("Dr. A. B. Celik", "person")]);
    }

    #[test]
    fn roles_reach_from_their_owner_to_their_object() {
        check(
            "The Norwegian ambassador to Denmark left.",
            &[
                ("The Norwegian ambassador to Denmark", "role: ambassador"),
                ("The Norwegian", "norway"),
                ("Denmark", "denmark"),
            ],
        );
        check(
            "The alliance's former secretary general left.",
            &[
                ("The alliance's former secretary general", "role: former secretary general"),
                ("The alliance", "body: alliance"),
            ],
        );
    }

    #[test]
    fn bodies_are_named_with_their_state_or_alone() {
        check(
            "The Danish foreign ministry wrote to the ministry.",
            &[
                ("The Danish foreign ministry", "organisation: foreign ministry"),
                ("The Danish", "denmark"),
                ("the ministry", "body: ministry"),
            ],
        );
        check(
            "The Ministry of Trade and Fisheries wrote.",
            &[("The Ministry of Trade and Fisheries", "organisation: ministry of trade and fisheries")],
        );
        check(
            "The Harbour Workers’ Union wrote.",
            &[("The Harbour Workers’ Union", "organisation: harbour workers’ union")],
        );
    }

    #[test]
    fn names_take_what_belongs_to_them_and_no_more() {
        check("Ursula von der Leyen met Kim Dae-ho.", &[("Ursula von der Leyen", "person"), ("Kim Dae-ho", "person")]);
        check("Michael Jordan flew to Jordan.", &[("Michael Jordan", "person"), ("Jordan", "jordan")]);
        check("However, Anna Blom left on Monday.", &[("Anna Blom", "person")]);
        check("She lives in Oslo, near Karl Johan Square.", &[("Oslo", "place")]);
    }
}
