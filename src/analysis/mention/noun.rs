//! Noun phrases around a role, a group or a body: where they begin, whom they belong to, where they end.

use std::ops::Range;

use super::units::{Unit, UnitKind};
use super::words::{Words, Zone};
use crate::analysis::lexicon::{PartyId, Sort, Stands};

/// A noun phrase whose head is a person by office, a group of people, or a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NounPhrase {
    /// With article, modifiers and what it belongs to.
    pub tokens: Range<usize>,
    /// The office alone: "deputy foreign minister".
    pub title: Range<usize>,
    pub head: usize,
    /// The noun as the lexicon has it: "minister", "secretary of state".
    pub noun: Range<usize>,
    pub kind: NounKind,
    /// What it belongs to: "the alliance" in "the alliance's secretary general", "Norway" in "the mayor of Norway".
    pub owner: Option<Range<usize>>,
    /// A party named in front, by adjective or name, wherever the owner was found.
    pub party: Option<PartyId>,
    /// The party the office belongs to when the text names none.
    pub default: Option<PartyId>,
    pub article: Article,
    /// The office or group speaks for whom it belongs to.
    pub speaks: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NounKind {
    Role,
    Group,
    Body,
    Paper,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Article {
    None,
    /// "the", "this", a possessive.
    Definite,
    Indefinite,
}

/// The units of a document, found by token.
pub struct Units {
    pub list: Vec<Unit>,
    /// Of each token, the unit it stands in.
    of_token: Vec<Option<usize>>,
}

impl Units {
    pub fn new(list: Vec<Unit>, tokens: usize) -> Units {
        let mut of_token = vec![None; tokens];
        for (index, unit) in list.iter().enumerate() {
            of_token[unit.tokens.clone()].fill(Some(index));
        }
        Units { list, of_token }
    }

    pub fn at(&self, token: usize) -> Option<&Unit> {
        self.of_token.get(token).copied().flatten().map(|unit| &self.list[unit])
    }
}

/// Returns the noun phrases in order of their heads.
pub fn find_noun_phrases(words: &Words, units: &Units) -> Vec<NounPhrase> {
    let mut phrases: Vec<NounPhrase> = Vec::new();
    for unit in &units.list {
        let (kind, default) = match unit.kind {
            UnitKind::Role(of) => (NounKind::Role, of),
            UnitKind::Group => (NounKind::Group, None),
            UnitKind::Body => (NounKind::Body, None),
            UnitKind::Paper => (NounKind::Paper, None),
            _ => continue,
        };
        let phrase = extend_left(words, units, &phrases, unit, bare(words, unit, kind, default));
        phrases.push(phrase);
    }
    absorb_modifiers(&mut phrases);
    let starts: Vec<Range<usize>> = phrases.iter().map(|phrase| phrase.tokens.clone()).collect();
    for phrase in &mut phrases {
        extend_right(words, units, &starts, phrase);
        take_one_of(words, phrase);
    }
    phrases
}

/// Walks from the head to the left over modifiers, up to an article or a possessor.
fn extend_left(
    words: &Words,
    units: &Units,
    earlier: &[NounPhrase],
    unit: &Unit,
    mut phrase: NounPhrase,
) -> NounPhrase {
    let mut at = unit.tokens.start;
    while phrase.head - at < LONGEST {
        match left_of(words, units, &phrase, at) {
            Left::Possessive(possessive) => {
                let owner = possessor(words, units, earlier, possessive);
                phrase.tokens.start = owner.start;
                phrase.article = Article::Definite;
                phrase.owner = Some(owner);
                break;
            }
            Left::Determiner(before) => {
                phrase.tokens.start = before;
                phrase.article = article(words, before);
                if words.possessive_pronoun(before) && phrase.owner.is_none() {
                    phrase.owner = Some(before..at);
                }
                break;
            }
            Left::Named(tokens, kind) => {
                at = tokens.start;
                phrase.tokens.start = at;
                if is_party(kind) {
                    phrase.owner = phrase.owner.or(Some(tokens));
                    if let UnitKind::Party(party, _) = kind {
                        phrase.party = phrase.party.or(Some(party));
                    }
                }
            }
            Left::Modifier(before) => {
                at = before;
                phrase.tokens.start = at;
                if phrase.owner.is_none() {
                    phrase.title.start = at;
                }
            }
            Left::Other => break,
        }
    }
    phrase
}

/// How many tokens may stand between the beginning of a noun phrase and its head.
const LONGEST: usize = 9;

/// What stands before a token of a noun phrase.
enum Left {
    Possessive(usize),
    Determiner(usize),
    /// A party, a name, a place.
    Named(Range<usize>, UnitKind),
    Modifier(usize),
    Other,
}

fn left_of(words: &Words, units: &Units, phrase: &NounPhrase, at: usize) -> Left {
    let Some(before) = at.checked_sub(1) else { return Left::Other };
    if !words.together(before, phrase.head) || words.zone(before) == Zone::Credit {
        return Left::Other;
    }
    if words.possessive(before) && before > 0 && words.together(before - 1, before) {
        return Left::Possessive(before);
    }
    if words.determiner(before) && words.lower(before) != "both" {
        return Left::Determiner(before);
    }
    match units.at(before).filter(|unit| !is_plain_modifier(unit)) {
        Some(Unit { tokens, kind }) if is_owner(*kind) => Left::Named(tokens.clone(), *kind),
        None if words.is_noun_modifier(before) => Left::Modifier(before),
        _ => Left::Other,
    }
}

/// A phrase that is only its noun.
fn bare(words: &Words, unit: &Unit, kind: NounKind, default: Option<PartyId>) -> NounPhrase {
    let head = unit.tokens.end - 1;
    NounPhrase {
        tokens: unit.tokens.clone(),
        title: unit.tokens.clone(),
        noun: unit.tokens.clone(),
        head,
        kind,
        owner: None,
        party: None,
        default,
        article: Article::None,
        speaks: unit.tokens.len() > 1 && words.lower(head) != "old" || speaks(words, head),
    }
}

/// Officials speak for their party, voters do not.
fn speaks(words: &Words, head: usize) -> bool {
    let noun = words.lower(head);
    let singular = noun.strip_suffix('s').unwrap_or(noun);
    let is = |sort, word| words.lexicon.is(sort, word);
    is(Sort::Speaking, noun) || is(Sort::Speaking, singular) || is(Sort::Collective, noun) || noun.ends_with('.')
}

/// A unit that is a common noun may modify another: "ministry spokesman", "deputy foreign minister".
fn is_plain_modifier(unit: &Unit) -> bool {
    matches!(unit.kind, UnitKind::Body | UnitKind::Paper | UnitKind::Role(None)) && unit.tokens.len() == 1
}

/// A city in front of a noun says where, not whose: "the Oslo correspondent".
fn is_party(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Place | UnitKind::Region | UnitKind::Party(_, Stands::Capital))
}

fn is_owner(kind: UnitKind) -> bool {
    !matches!(kind, UnitKind::Honorific | UnitKind::Role(_) | UnitKind::Group | UnitKind::Body | UnitKind::Paper)
}

/// Returns what stands before a possessive: a unit with its article, or a noun with its article.
fn possessor(words: &Words, units: &Units, earlier: &[NounPhrase], possessive: usize) -> Range<usize> {
    if let Some(phrase) = earlier.last().filter(|phrase| phrase.head + 1 == possessive) {
        return phrase.tokens.start..possessive;
    }
    let mut start = units.at(possessive - 1).map_or(possessive - 1, |unit| unit.tokens.start);
    let mut left = 4;
    while start > 0 && left > 0 && words.together(start - 1, possessive) {
        if words.determiner(start - 1) {
            start -= 1;
            break;
        }
        if !words.is_noun_modifier(start - 1) {
            break;
        }
        start -= 1;
        left -= 1;
    }
    start..possessive
}

fn article(words: &Words, at: usize) -> Article {
    if words.is_any_case(Sort::Indefinite, at) { Article::Indefinite } else { Article::Definite }
}

/// Drops what only modifies the noun after it; of a body in front of a role, the role keeps the body as its owner.
fn absorb_modifiers(phrases: &mut Vec<NounPhrase>) {
    for index in (1..phrases.len()).rev() {
        let (before, after) = phrases.split_at_mut(index);
        let (modifier, noun) = (&before[index - 1], &mut after[0]);
        let inside = noun.title.start <= modifier.head && modifier.head < noun.head;
        if !inside || modifier.kind == NounKind::Group {
            continue;
        }
        if modifier.kind == NounKind::Body && noun.kind == NounKind::Body {
            phrases.remove(index - 1);
        } else if modifier.kind == NounKind::Body && noun.owner.is_none() {
            noun.owner = Some(modifier.tokens.clone());
            noun.party = noun.party.or(modifier.party);
            noun.title.start = modifier.head + 1;
        } else {
            phrases.remove(index - 1);
        }
    }
}

/// "one of the diplomats" is one person.
fn take_one_of(words: &Words, phrase: &mut NounPhrase) {
    let Some(one) = phrase.tokens.start.checked_sub(2) else { return };
    let of = words.lower(one + 1) == "of" && words.lower(one) == "one" && words.together(one, phrase.head);
    if of && phrase.kind == NounKind::Group && phrase.article == Article::Definite {
        phrase.kind = NounKind::Role;
        phrase.tokens.start = one;
        phrase.article = Article::Indefinite;
    }
}

/// Adds "of the ministry", "for Norway", and for a role whose owner is not yet known takes the owner from there.
fn extend_right(words: &Words, units: &Units, phrases: &[Range<usize>], phrase: &mut NounPhrase) {
    let at = phrase.tokens.end;
    if words.is_any_case(Sort::Anonymous, phrase.head)
        && let Some(end) = words.acquaintance(at)
    {
        phrase.tokens.end = end;
        return;
    }
    let narrow = matches!(phrase.kind, NounKind::Body | NounKind::Paper);
    if !words.together(phrase.head, at) || narrow && !matches!(words.lower(at), "of" | "from") {
        return;
    }
    let to = words.lower(at) == "to";
    if !(to || matches!(words.lower(at), "of" | "for" | "at" | "from" | "with" | "in")) {
        return;
    }
    let speaking = words.is_any_case(Sort::Speaking, phrase.head) && words.lower(at) == "for";
    let object = object_at(words, units, phrases, at + 1).or_else(|| common_noun(words, at + 1).filter(|_| speaking));
    let Some(object) = object else { return };
    // "the Norwegian ambassador to Denmark" stands for Norway, "the envoy for Sudan" for whoever sent him.
    let from = phrase.kind == NounKind::Paper && words.lower(at) == "from";
    let takes = from || !to && phrase.owner.is_none() && !matches!(words.lower(at), "in" | "from" | "with");
    if takes || (phrase.owner.is_none() && matches!(words.lower(at), "in" | "from") && phrase.kind == NounKind::Group) {
        phrase.owner = Some(object.clone());
    }
    if takes || to && words.is_any_case(Sort::Speaking, phrase.head) {
        phrase.tokens.end = object.end;
    }
}

/// Returns an article with the nouns behind it: "the harbor" in "a spokeswoman for the harbor".
fn common_noun(words: &Words, at: usize) -> Option<Range<usize>> {
    let noun = |at: &usize| words.together(*at - 1, *at) && words.tag(*at).is_noun() && words.small(*at);
    let nouns = (at + 1..words.count()).take_while(noun).take(3).count();
    (words.determiner(at) && nouns > 0).then_some(at..at + 1 + nouns)
}

/// Returns the unit or noun phrase that begins at a token, over an article and one modifier.
fn object_at(words: &Words, units: &Units, phrases: &[Range<usize>], at: usize) -> Option<Range<usize>> {
    let index = phrases.partition_point(|phrase| phrase.end <= at);
    let near = phrases[index..].iter().take(4).filter(|phrase| phrase.start == at);
    if let Some(phrase) = near.max_by_key(|phrase| phrase.end) {
        // "critics of President Anna Blom"
        let name = units.at(phrase.end).filter(|unit| matches!(unit.kind, UnitKind::Name { .. }));
        return Some(at..name.map_or(phrase.end, |unit| unit.tokens.end));
    }
    let article = at + usize::from(words.determiner(at));
    // "a spokesman for Ms. Blom"
    let honorifics = (article..words.count()).take_while(|&at| honorific(units, at)).count();
    let first = article + honorifics;
    let unit = units.at(first).filter(|unit| unit.tokens.start == first && words.together(at, first))?;
    let names = !matches!(unit.kind, UnitKind::Role(_) | UnitKind::Group | UnitKind::Honorific);
    names.then_some(at..unit.tokens.end)
}

fn honorific(units: &Units, at: usize) -> bool {
    units.at(at).is_some_and(|unit| unit.kind == UnitKind::Honorific)
}
