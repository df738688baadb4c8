//! Cuts the text into units: stretches of tokens to which the lexicon or their shape gives a meaning.
//!
//! A unit is smaller than a mention: "Norwegian Prime Minister Anna Blom" is a party, an office and a name.

use std::ops::Range;

use super::words::{Words, Zone};
use crate::analysis::Tag;
use crate::analysis::lexicon::{PartyId, Sense, Sort, Stands};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub tokens: Range<usize>,
    pub kind: UnitKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    Party(PartyId, Stands),
    Region,
    Place,
    Honorific,
    /// A noun for a person by office or profession, with the party it belongs to when the text names none.
    Role(Option<PartyId>),
    Group,
    /// The noun of an organisation on its own: "ministry".
    Body,
    /// A text that speaks for its author: "letter".
    Paper,
    /// An organisation named in full, with the token of its noun: "Greek Ministry of Culture".
    Organisation(usize),
    /// A run of capitalised words; whether one of them is known as a given name.
    Name {
        given: bool,
    },
}

pub fn find_units(words: &Words) -> Vec<Unit> {
    let mut units = Vec::new();
    let mut at = 0;
    while at < words.count() {
        match unit_at(words, at).filter(|_| words.zone(at) != Zone::Credit) {
            Some(unit) => {
                at = unit.tokens.end;
                units.push(unit);
            }
            None => at += 1,
        }
    }
    units
}

fn unit_at(words: &Words, at: usize) -> Option<Unit> {
    let one = |kind| Some(Unit { tokens: at..at + 1, kind });
    if is_honorific(words, at) {
        return one(UnitKind::Honorific);
    }
    if let Some(tokens) = age_at(words, at) {
        return Some(Unit { tokens, kind: UnitKind::Role(None) });
    }
    // "Mr. al-Harbi"
    if words.is(Sort::Particle, at)
        && words.small(at)
        && at > 0
        && is_honorific(words, at - 1)
        && let Some(end) = joins_name(words, at, false)
    {
        return Some(Unit { tokens: at..end, kind: UnitKind::Name { given: false } });
    }
    if let Some((tokens, of)) = words.office_at(at) {
        return Some(Unit { tokens, kind: UnitKind::Role(of) });
    }
    if words.capitalised(at)
        && let Some(unit) = capitalised_unit(words, at)
    {
        return Some(unit);
    }
    if let Some((tokens, sense)) = words.phrase_at(at).filter(|_| !words.capitalised(at)) {
        return Some(Unit { tokens, kind: kind_of(sense) });
    }
    if is_group(words, at) {
        return one(UnitKind::Group);
    }
    if is_anonymous(words, at) {
        return one(if words.tag(at).is_plural() { UnitKind::Group } else { UnitKind::Role(None) });
    }
    if is_role(words, at) {
        return one(UnitKind::Role(None));
    }
    if words.is_any_case(Sort::Head, at) {
        return one(UnitKind::Body);
    }
    let paper = words.small(at) && words.is(Sort::Paper, at) && words.tag(at).is_noun();
    if paper { one(UnitKind::Paper) } else { None }
}

/// Finds what begins with a capital: a phrase of the lexicon, an organisation in full, or a name.
fn capitalised_unit(words: &Words, at: usize) -> Option<Unit> {
    let listed = words.phrase_at(at);
    let organisation = organisation_at(words, at);
    if let Some((tokens, head)) = organisation
        && listed.as_ref().is_none_or(|(phrase, _)| phrase.end < tokens.end)
    {
        return Some(Unit { tokens, kind: UnitKind::Organisation(head) });
    }
    if let Some((tokens, sense)) = listed {
        let name = name_at(words, at);
        return Some(match (kind_of(sense), name) {
            // "Jordan Pike" is a person, "China Daily" no state; but "Norway Anna Blom" is a state and a person.
            (UnitKind::Party(_, Stands::Name | Stands::Capital) | UnitKind::Region | UnitKind::Place, Some(name))
                if name.tokens.end > tokens.end && goes_on_as_name(words, tokens.end) =>
            {
                name
            }
            (kind, _) => Unit { tokens, kind },
        });
    }
    if is_role(words, at)
        || is_group(words, at)
        || words.is_any_case(Sort::Group, at)
        || words.is_any_case(Sort::Head, at)
    {
        return None;
    }
    let listed = words.is(Sort::Kin, at) || words.is(Sort::NeverName, at) && !is_rare_name(words, at);
    // In a heading everything may have a capital.
    let unheard = words.zone(at) == Zone::Heading && !words.is_named(at);
    let other = listed || unheard || words.is_any_case(Sort::Modifier, at) || is_common_word(words, at);
    if other { None } else { name_at(words, at) }
}

/// A word at the beginning of a sentence that is written small elsewhere, or that only describes the name after it:
/// "Teams from …", "Nonpartisan Anna Blom".
fn is_common_word(words: &Words, at: usize) -> bool {
    let surname = words.capitalised(at + 1) || words.is(Sort::Particle, at + 1);
    if !words.starts_sentence(at) || is_saint(words, at) || words.is(Sort::GivenName, at) && surname {
        return false;
    }
    let describes = words.is(Sort::GivenName, at + 1) && words.capitalised(at + 2) && words.together(at, at + 2);
    let proper = words.tag(at).is_proper() || words.acronym(at) || words.is_written_large(at);
    describes || !proper || (words.is_written_small(at) && !words.capitalised(at + 1))
}

/// "Per Blom": a word that is seldom a name, where nothing but a name has a capital.
fn is_rare_name(words: &Words, at: usize) -> bool {
    let written = words.is(Sort::GivenName, at) && words.capitalised(at + 1) && words.together(at, at + 1);
    written && !words.starts_sentence(at) && words.zone(at) == Zone::Body
}

/// Returns whether the word after a place belongs to one name with it.
fn goes_on_as_name(words: &Words, at: usize) -> bool {
    words.capitalised(at)
        && !words.is(Sort::GivenName, at)
        && !words.is(Sort::NeverName, at)
        && !words.is(Sort::Kin, at)
        && !is_role(words, at)
        && !is_honorific(words, at)
        && !words.is_any_case(Sort::Group, at)
        && words.phrase_at(at).is_none()
        && words.office_at(at).is_none()
}

/// "the 71-year-old", with nothing behind it that it would describe.
fn age_at(words: &Words, at: usize) -> Option<Range<usize>> {
    let written = words.tag(at) == Tag::Number && words.lower(at + 2) == "year" && words.lower(at + 4) == "old";
    let glued = (at + 1..at + 5).all(|part| words.glued(part));
    let described = words.together(at, at + 5) && words.is_noun_modifier(at + 5) || words.tag(at + 5).is_noun();
    (written && glued && !described).then_some(at..at + 5)
}

/// "both clubs", "the two men": the last two of their kind.
fn is_pair(words: &Words, at: usize) -> bool {
    let before = at.checked_sub(1).map_or("", |before| words.lower(before));
    words.is(Sort::Pair, at) && matches!(before, "both" | "two")
}

/// A noun for several people: one that is listed, or a plural that ends like one.
fn is_group(words: &Words, at: usize) -> bool {
    let plain = words.small(at) || words.starts_sentence(at);
    // "Sanders" at the beginning of a sentence is the man of whom the text speaks elsewhere.
    let looks = || {
        (words.small(at) || !words.is_written_large(at))
            && words.tag(at) == Tag::Nouns
            && words.lexicon.is_group(words.lower(at))
    };
    plain && (words.is_any_case(Sort::Group, at) || looks() || is_pair(words, at))
}

/// "sources", "two people familiar with the matter"
fn is_anonymous(words: &Words, at: usize) -> bool {
    let plain = words.tag(at).is_noun() && (words.small(at) || words.starts_sentence(at));
    let source = || words.lower(at).starts_with("source") && words.subject(&(at..at + 1));
    plain && words.is_any_case(Sort::Anonymous, at) && (words.acquaintance(at + 1).is_some() || source())
}

fn kind_of(sense: Sense) -> UnitKind {
    match sense {
        Sense::Party(party, stands) => UnitKind::Party(party, stands),
        Sense::Region => UnitKind::Region,
        Sense::Place => UnitKind::Place,
        Sense::Office(of) => UnitKind::Role(of),
    }
}

fn is_honorific(words: &Words, at: usize) -> bool {
    let particle = words.is(Sort::Particle, at + 1) && joins_name(words, at + 1, false).is_some();
    words.is(Sort::Honorific, at)
        && (words.capitalised(at + 1) || particle)
        && words.together(at, at + 1)
        && !words.is_any_case(Sort::Head, at + 1)
}

fn is_role(words: &Words, at: usize) -> bool {
    let role = words.is_any_case(Sort::Speaking, at)
        || words.is_any_case(Sort::Private, at)
        || words.is_any_case(Sort::Counterpart, at);
    // "the general mood", "a major change": an adjective is no office. "mp" is one only in capitals, and "Dean Holm"
    // is a name.
    let noun = if words.small(at) { words.tag(at).is_noun() } else { !words.is(Sort::GivenName, at) };
    role && noun && (words.lower(at).len() > 2 || words.acronym(at))
}

/// Finds the name of an organisation: a capitalised run up to its last organisation noun, and what "of" and "for" add.
fn organisation_at(words: &Words, at: usize) -> Option<(Range<usize>, usize)> {
    if words.is(Sort::NeverName, at) {
        return None;
    }
    let mut found: Option<(usize, usize)> = None;
    let mut next = at;
    while let Some(end) = continue_organisation(words, at, next, found) {
        if words.capitalised(end - 1) && is_organisation_noun(words, end - 1) {
            found = Some((end, end - 1));
        } else if found.is_some_and(|(known, _)| known == next) && !words.capitalised(next) {
            found = found.map(|(_, head)| (end, head));
        }
        next = end;
    }
    let (end, head) = found?;
    (end > at + 1).then_some((at..end, head))
}

fn is_organisation_noun(words: &Words, at: usize) -> bool {
    words.is_any_case(Sort::Head, at) || words.is(Sort::CompanyEnd, at) || words.is(Sort::ClubEnd, at)
}

/// Returns where the run goes on after the token `next`, when that still belongs to the organisation's name.
fn continue_organisation(words: &Words, at: usize, next: usize, found: Option<(usize, usize)>) -> Option<usize> {
    let inside = next == at || words.together(next - 1, next);
    if !inside || next >= words.count() || next > at + 12 {
        return None;
    }
    if words.capitalised(next) {
        let other =
            next > at && (is_honorific(words, next) || (is_role(words, next) && !is_organisation_noun(words, next)));
        let office = next > at && words.office_at(next).is_some();
        return (!other && !office && (next == at || !words.is(Sort::NeverName, next))).then_some(next + 1);
    }
    let after_noun = found.is_some_and(|(end, _)| end == next);
    match words.lower(next) {
        "of" | "for" if after_noun => capitals_after(words, next + 1),
        "and" if after_noun && joins_title(words, next + 1) => capitals_after(words, next + 1),
        "&" if words.capitalised(next + 1) => Some(next + 2),
        // "the Air and Space Museum"
        "and" if found.is_none() && at > 0 && words.lower(at - 1) == "the" && words.phrase_at(at).is_none() => {
            (words.capitalised(next + 1) && !words.is(Sort::GivenName, at)).then_some(next + 2)
        }
        "-" if words.glued(next) && words.glued(next + 1) => Some(next + 2),
        "'s" | "'" if names_a_house(words, at, next) && words.capitalised(next + 1) => Some(next + 1),
        _ => None,
    }
}

/// "Ministry of Trade and Industry", but not "Ministry of Trade and Norway".
fn joins_title(words: &Words, at: usize) -> bool {
    let plain = words.capitalised(at) && words.phrase_at(at).is_none() && !words.is(Sort::GivenName, at);
    let of = at >= 3 && words.lower(at - 3) == "of";
    plain && of && organisation_at(words, at).is_none() && !is_role(words, at) && !is_honorific(words, at)
}

/// Returns the end of the capitalised words after "of" or "for", over an article.
fn capitals_after(words: &Words, at: usize) -> Option<usize> {
    let first = at + usize::from(words.lower(at) == "the");
    if !words.capitalised(first) || !words.together(at, first) {
        return None;
    }
    if let Some((tokens, sense)) = words.phrase_at(first)
        && !matches!(sense, Sense::Party(_, Stands::Adjective))
    {
        return Some(tokens.end);
    }
    let is_part = |&next: &usize| {
        words.capitalised(next)
            && words.together(first, next)
            && !words.is(Sort::NeverName, next)
            && !is_role(words, next)
    };
    let end = first + (first..words.count()).take_while(is_part).count();
    (end > first).then_some(end)
}

/// A possessive inside a name: "People's Court", "St. Brannoc's Hospital".
fn names_a_house(words: &Words, start: usize, possessive: usize) -> bool {
    is_saint(words, start) && possessive <= start + 3 || possessive > start && is_people(words, possessive - 1)
}

fn is_saint(words: &Words, at: usize) -> bool {
    let named = words.capitalised(at) && words.capitalised(at + 1) && words.together(at, at + 1);
    named && words.is_any_case(Sort::Saint, at)
}

/// "People", "Women": whoever can own something in a name.
fn is_people(words: &Words, at: usize) -> bool {
    words.is_any_case(Sort::Group, at)
        || words.is_any_case(Sort::Private, at)
        || words.lexicon.is_group(words.lower(at))
        || words.lower(at) == "people"
}

/// Finds a name: capitalised words, initials and the small words between them.
fn name_at(words: &Words, at: usize) -> Option<Unit> {
    let first_is_given = words.is(Sort::GivenName, at) || words.initial(at) && !is_saint(words, at);
    let mut given = first_is_given && !words.initial(at);
    let mut end = at + 1;
    while end < words.count() && end < at + 7 && words.together(at, end) {
        // Whatever follows a given name is a surname: "Theresa May", "Kevin Bishop", "Michael Jordan".
        let surname = first_is_given && end == at + 1;
        let heard = words.zone(end) != Zone::Heading || words.is_named(end);
        if words.capitalised(end) && heard && (surname || is_name_word(words, end, first_is_given)) {
            given |= words.is(Sort::GivenName, end) || words.initial(end);
            end += 1;
        } else if words.is(Sort::Suffix, end) {
            end += 1;
        } else if let Some(next) = joins_name(words, end, end > at + 1) {
            end = next;
        } else {
            break;
        }
    }
    end += usize::from(!given && is_its_number(words, at, end));
    let long_enough = words.word(at).chars().count() > 1 || end > at + 1;
    // "Karl Johan Square" is a place, "Faith Hill" is not.
    let place = end > at + if first_is_given { 2 } else { 1 } && words.is_any_case(Sort::PlaceNoun, end - 1);
    // "River Tarn", "St. Paul"
    let starts = !given && words.is_any_case(Sort::PlaceStart, at) || is_saint(words, at);
    let place = place || end > at + 1 && starts;
    let kind = if place { UnitKind::Place } else { UnitKind::Name { given } };
    long_enough.then_some(Unit { tokens: at..end, kind })
}

/// "Kanal 6 said": a short number between a name and what it does. Once it is read there, it belongs to the name elsewhere.
fn is_its_number(words: &Words, at: usize, end: usize) -> bool {
    let number = words.word(end);
    let short = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit()) && !number.is_empty();
    short && words.zone(at) == Zone::Body && words.together(at, end) && words.is_numbered(end)
}

fn is_name_word(words: &Words, at: usize, after_given: bool) -> bool {
    let other = words.is(Sort::NeverName, at)
        || is_honorific(words, at)
        || words.phrase_at(at).is_some()
        || words.office_at(at).is_some()
        || (!after_given && (is_role(words, at) || words.is_any_case(Sort::Group, at)));
    !other
}

/// Returns the end of particles and hyphens that join two parts of a name: "Ursula von der Leyen", "Yeung - tat".
fn joins_name(words: &Words, at: usize, after_name: bool) -> Option<usize> {
    if words.word(at) == "-" && words.glued(at) && words.glued(at + 1) {
        // The second half of a given name is short and written small: "Dae-ho".
        let small =
            words.small(at + 1) && words.word(at + 1).chars().count() <= 4 && !words.is(Sort::CompoundEnd, at + 1);
        let second = words.capitalised(at + 1) || words.tag(at + 1).is_proper() || after_name && small;
        return second.then_some(at + 2);
    }
    let particles = (at..words.count()).take_while(|&next| words.is(Sort::Particle, next) && next < at + 3).count();
    // "Faisal al-Harbi"
    let hyphen = particles > 0 && words.word(at + particles) == "-" && words.glued(at + particles + 1);
    let next = at + particles + usize::from(hyphen);
    (particles > 0 && words.capitalised(next) && words.together(at, next)).then_some(next + 1)
}
