//! Whose: what a noun phrase belongs to, by name or by "its", "his", "whose".

use super::cast::{Draft, Profile};
use crate::analysis::ActorKind;
use crate::analysis::mention::{Gender, RawMention};
use crate::text::Span;

/// How many mentions and bytes back the subject of "its" is looked for.
const NEAR: usize = 8;
const BYTES: usize = 500;

impl Draft<'_> {
    /// Returns the actor that stands before a noun as its owner; a possessive pronoun is the subject before it.
    ///
    /// Pronouns are resolved when all mentions are; whom an office belongs to has to be known earlier, and only what is
    /// plain is taken: the last subject of the sentence that a pronoun fits, or the first one of a sentence before it.
    pub fn possessor(&self, mention: usize, owner: Span) -> Option<usize> {
        let named = self.actor_in(owner);
        if named.is_some() {
            return named;
        }
        let word = owner.of(self.text).to_lowercase();
        let fits: fn(&Profile) -> bool = match word.as_str() {
            "its" => is_party,
            "their" => is_several,
            "his" => |profile| is_person(profile, Gender::Male),
            "her" => |profile| is_person(profile, Gender::Female),
            "whose" => return self.antecedent(mention, owner, ","),
            _ => return None,
        };
        // "Bergen and its officers": only what is joined to it can own them.
        if self.text[..owner.start].ends_with("and ") {
            return self.antecedent(mention, owner, "and").filter(|&actor| fits(&self.profiles[actor]));
        }
        let here = self.mentions[mention].sentence;
        let mut found: Option<(usize, usize)> = None;
        for other in (mention.saturating_sub(NEAR)..mention).rev() {
            let RawMention { span, sentence, subject, heading, .. } = self.mentions[other];
            let behind = owner.start.checked_sub(span.end);
            let near = behind.is_some_and(|bytes| bytes < BYTES);
            let actor = self.owner[other].filter(|&actor| subject && !heading && near && fits(&self.profiles[actor]));
            match (actor, found) {
                (Some(actor), None) => found = Some((sentence, actor)),
                (Some(actor), Some((same, _))) if same == sentence && same != here => found = Some((same, actor)),
                _ => {}
            }
        }
        found.map(|(_, actor)| actor)
    }

    /// "Norway, whose minister": what stands right before the pronoun and the mark or word that joins it.
    fn antecedent(&self, mention: usize, owner: Span, joint: &str) -> Option<usize> {
        let near = (mention.saturating_sub(NEAR)..mention).rev();
        let mut beside = near.filter(|&other| {
            let between = self.text.get(self.mentions[other].span.end..owner.start);
            between.is_some_and(|words| words.trim() == joint)
        });
        beside.find_map(|other| self.owner[other])
    }
}

fn is_party(profile: &Profile) -> bool {
    matches!(profile.kind, Some(ActorKind::State | ActorKind::Organisation))
}

fn is_several(profile: &Profile) -> bool {
    is_party(profile) || profile.kind == Some(ActorKind::Group)
}

fn is_person(profile: &Profile, gender: Gender) -> bool {
    profile.kind == Some(ActorKind::Person) && profile.proper && profile.gender.is_none_or(|known| known == gender)
}
