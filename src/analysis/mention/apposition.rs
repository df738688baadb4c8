//! Appositions: "Anna Blom, the alliance's secretary general," and "the deputy foreign minister, A. B. Celik".

use super::words::Words;
use super::{RawMention, What};
use crate::analysis::{ActorKind, Form};

/// Ties each role to the name it stands beside, with a comma between them.
pub fn join_appositions(words: &Words, mentions: &mut [RawMention]) {
    for index in 0..mentions.len() {
        if !matches!(mentions[index].what, What::Role(_)) {
            continue;
        }
        let (before, after) = (name_before(words, mentions, index), name_after(words, mentions, index));
        // "According to Lie, the mayor, Anna Blom, left": the role is that of whoever does something.
        let acts = |name: Option<usize>| name.is_some_and(|name| mentions[name].subject);
        let person = if acts(after) && !acts(before) { after } else { before.or(after) };
        let Some(person) = person else { continue };
        let What::Role(role) = &mut mentions[index].what else { continue };
        role.person = Some(person);
        let role = role.clone();
        if let What::Name(named) = &mut mentions[person].what {
            named.person = true;
            named.gender = named.gender.or(role.gender);
            // A role that names its party says more than a rank.
            let known = named.role.as_ref().is_some_and(|known| known.owner.is_some() || role.owner.is_none());
            if !known {
                named.role = Some(role);
            }
        }
    }
}

/// Ties each common noun of a body to the name it stands beside: "Blue Coast, the group that", "the Danish group Blue Coast AG".
pub fn join_bodies(words: &Words, mentions: &mut [RawMention]) {
    for index in 0..mentions.len() {
        let named = match &mentions[index].what {
            What::Definite(body) | What::Organisation(body) if !body.proper => {
                named_before(words, mentions, index, body.indefinite).or_else(|| named_behind(words, mentions, index))
            }
            _ => continue,
        };
        if let What::Definite(body) | What::Organisation(body) = &mut mentions[index].what {
            body.named = named;
        }
    }
}

/// "Blue Coast, the group that": set off on both sides, or explained by what follows.
fn named_before(words: &Words, mentions: &[RawMention], index: usize, indefinite: bool) -> Option<usize> {
    let body = &mentions[index];
    let comma = token_before(words, body.span.start)?;
    let end = words.tokens[comma.checked_sub(1)?].span.end;
    let after = words.tokens.partition_point(|token| token.span.start < body.span.end);
    let closed = matches!(words.lower(after), "," | "." | "that" | "which" | "based" | "of" | "in" | "with");
    let apposed = words.word(comma) == "," && body.article && closed && !joins_list(words, after);
    let near = mentions[..index].iter().enumerate().rev().take(8);
    let mut near = near.filter(|(_, other)| other.span.end == end && is_body(words, other));
    // "After talks with Blue Coast, the group that runs it left": a subject of its own.
    let begins = |other: &RawMention| {
        let first = words.tokens.partition_point(|token| token.span.start < other.span.start);
        words.starts_sentence(first)
    };
    near.find(|(_, other)| apposed && (indefinite || !body.subject || begins(other))).map(|(index, _)| index)
}

/// "the Danish group Blue Coast AG"
fn named_behind(words: &Words, mentions: &[RawMention], index: usize) -> Option<usize> {
    let body = &mentions[index];
    let next = words.tokens.partition_point(|token| token.span.start < body.span.end);
    let start = words.tokens.get(next)?.span.start;
    let mut near = mentions[index + 1..].iter().enumerate().take(4);
    let (offset, name) = near.find(|(_, name)| name.span.start == start)?;
    let whole = matches!(name.what, What::Organisation(_)) && words.together(next, body.head);
    (body.article && whole && is_body(words, name)).then_some(index + 1 + offset)
}

fn is_body(words: &Words, mention: &RawMention) -> bool {
    match &mention.what {
        What::Name(named) => !named.person,
        What::Organisation(body) => body.proper,
        What::Party(party) => words.lexicon.party(*party).kind == ActorKind::Organisation && mention.form == Form::Name,
        _ => false,
    }
}

/// "Anna Blom, the mayor": the name ends at the comma before the role; or another role of hers stands there, joined by
/// "and".
fn name_before(words: &Words, mentions: &[RawMention], index: usize) -> Option<usize> {
    let role = &mentions[index];
    let comma = token_before(words, role.span.start)?;
    let end = words.tokens[comma.checked_sub(1)?].span.end;
    let mut near = mentions[..index].iter().enumerate().rev().take(8).filter(|(_, other)| other.span.end == end);
    if words.lower(comma) == "and" {
        return near.find_map(|(_, other)| match &other.what {
            What::Role(other) => other.person,
            _ => None,
        });
    }
    let after = words.tokens.partition_point(|token| token.span.end <= role.span.end);
    let listed = joins_list(words, after) && !begins_role(words, mentions, index, after + 1);
    if words.word(comma) != "," || listed {
        return None;
    }
    near.find(|(_, name)| is_name(name)).map(|(index, _)| index)
}

/// "Anna Blom, mayor and treasurer"
fn begins_role(words: &Words, mentions: &[RawMention], index: usize, at: usize) -> bool {
    let Some(token) = words.tokens.get(at) else { return false };
    let near = mentions[index + 1..].iter().take(4);
    near.into_iter().any(|other| other.span.start == token.span.start && matches!(other.what, What::Role(_)))
}

/// "the mayor, Anna Blom,": the role is definite, or the name is closed by a comma ("a miner, Anna Blom,").
fn name_after(words: &Words, mentions: &[RawMention], index: usize) -> Option<usize> {
    let role = &mentions[index];
    let What::Role(reading) = &role.what else { return None };
    let comma = words.tokens.partition_point(|token| token.span.start < role.span.end);
    let start = words.tokens.get(comma + 1)?.span.start;
    if words.word(comma) != "," || !words.together(comma, comma + 1) {
        return None;
    }
    let mut near = mentions[index + 1..].iter().enumerate().take(8);
    let (offset, name) = near.find(|(_, name)| name.span.start == start && is_name(name))?;
    // "… of his mother, Blom said": the last name alone is the subject of what follows.
    if name.subject && matches!(&name.what, What::Name(named) if named.name.given.is_empty()) {
        return None;
    }
    let after = words.tokens.partition_point(|token| token.span.start < name.span.end);
    // "An editor, Kari Lie, said": the name of one of many is set off on both sides, and whole.
    let set_off = words.word(after) == "," && matches!(&name.what, What::Name(named) if !named.name.given.is_empty());
    let known = reading.definite || reading.owner.is_some() || set_off;
    (known && !joins_list(words, after)).then_some(index + 1 + offset)
}

fn is_name(mention: &RawMention) -> bool {
    matches!(mention.what, What::Name(_)) && !mention.article
}

/// Returns whether a list goes on at a token: ", and", "and".
fn joins_list(words: &Words, at: usize) -> bool {
    let next = if words.word(at) == "," { at + 1 } else { at };
    matches!(words.lower(next), "and" | "or")
}

fn token_before(words: &Words, byte: usize) -> Option<usize> {
    words.tokens.partition_point(|token| token.span.start < byte).checked_sub(1)
}
