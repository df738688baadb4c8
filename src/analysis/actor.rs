//! Which mentions are one actor: names, roles, bodies and groups merged, pronouns resolved.
//!
//! Two phases, because *I* and *we* need to know who speaks and who speaks is found among the actors: [`find_actors`]
//! reads names, roles and common nouns; attributions are found with [`Cast::actors_of`];
//! [`Cast::resolve_pronouns`] adds the pronouns.

mod anaphor;
mod body;
mod cast;
mod pair;
mod person;
mod possessor;
mod pronoun;
mod role;
mod stranger;

use super::lexicon::Lexicon;
use super::mention::{Body, RawMention, What};
pub use cast::Cast;
use cast::Draft;
pub use pronoun::Speech;
pub use stranger::Stranger;

/// Merges mentions into actors, in order of their first mention.
pub fn find_actors(text: &str, lexicon: &Lexicon, mentions: &[RawMention]) -> Cast {
    let mut draft = Draft::new(text, lexicon, mentions);
    body::merge_parties(&mut draft);
    person::merge_names(&mut draft);
    body::merge_organisations(&mut draft);
    person::settle_names(&mut draft);
    // Bodies first: a role may belong to one ("the ministry's spokeswoman"); but "his club" is told by his role.
    resolve_bodies(&mut draft, |draft, body| !anaphor::is_owned_by_person(draft, body));
    role::settle_roles(&mut draft);
    resolve_bodies(&mut draft, anaphor::is_owned_by_person);
    // Of two that stand in each other the inner one comes first: "the senator’s spokeswoman".
    let mut order: Vec<usize> = (0..mentions.len()).collect();
    // A heading names whom the body names.
    order.sort_by_key(|&index| {
        let RawMention { heading, span, .. } = mentions[index];
        (heading, span.end, std::cmp::Reverse(span.start))
    });
    for index in order {
        match &mentions[index].what {
            What::Role(role) => role::resolve_role(&mut draft, index, role),
            What::Group(group) if pair::is_pair(&draft, index, group) => {}
            What::Group(group) => role::resolve_group(&mut draft, index, group),
            What::Party(_) | What::Region | What::Name(_) | What::Organisation(_) => {}
            What::Definite(_) | What::Paper(_) | What::Place(_) => {}
        }
    }
    role::settle_groups(&mut draft);
    for (index, mention) in mentions.iter().enumerate() {
        if let What::Group(group) = &mention.what
            && pair::is_pair(&draft, index, group)
        {
            pair::resolve_pair(&mut draft, index, group);
        }
    }
    body::settle_owners(&mut draft);
    body::find_authors(&mut draft);
    draft.finish()
}

/// Resolves common nouns for bodies, as far as it is their turn.
fn resolve_bodies(draft: &mut Draft, turn: impl Fn(&Draft, &Body) -> bool) {
    let mentions = draft.mentions;
    for (index, mention) in mentions.iter().enumerate() {
        match &mention.what {
            What::Definite(body) if turn(draft, body) => anaphor::resolve_definite(draft, index, body),
            What::Organisation(body) if draft.owner[index].is_none() && turn(draft, body) => {
                anaphor::resolve_described(draft, index, body);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests;
