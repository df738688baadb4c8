//! Appositions: "Anna Blom, the alliance's secretary general," and "the deputy foreign minister, A. B. Celik".

use super::words::Words;
use super::{RawMention, What};

/// Ties each role to the name it stands beside, with a comma between them.
pub fn join_appositions(words: &Words, mentions: &mut [RawMention]) {
    for index in 0..mentions.len() {
        if !matches!(mentions[index].what, What::Role(_)) {
            continue;
        }
        let person = name_before(words, mentions, index).or_else(|| name_after(words, mentions, index));
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
