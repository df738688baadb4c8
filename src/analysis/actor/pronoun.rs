//! Pronouns: he and she, it and they, I and we.

use std::collections::VecDeque;

use crate::analysis::actor::cast::{Cast, Found};
use crate::analysis::mention::Gender;
use crate::analysis::{ActorId, ActorKind, Form, Mention};
use crate::analysis::{Parse, Relation, Tag, Token};
use crate::text::Span;

/// Direct speech: who says it, and the words inside the quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speech {
    pub source: Span,
    pub content: Span,
}

impl Cast {
    /// Adds the pronouns as mentions of the actors they stand for.
    pub fn resolve_pronouns(&mut self, text: &str, tokens: &[Token], parse: &Parse, speeches: &[Speech]) {
        let genders = self.genders.clone();
        let (recent, resolved) = (VecDeque::new(), Vec::new());
        let mut resolver = Resolver { cast: self, text, tokens, parse, recent, next: 0, resolved, genders };
        resolver.third_person();
        let resolved = std::mem::take(&mut resolver.resolved);
        self.add(resolved);
        let resolved = self.first_person(text, tokens, speeches);
        self.add(resolved);
    }

    fn add(&mut self, resolved: Vec<Found>) {
        for found in &resolved {
            let mentions = &mut self.actors[found.actor.0].mentions;
            mentions.push(Mention { span: found.span, form: Form::Pronoun });
        }
        self.found.extend(resolved);
        self.found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
        for actor in &mut self.actors {
            actor.mentions.sort_by_key(|mention| mention.span);
        }
    }

    /// *I* is the speaker; *we* is the party the speaker acts for, else the speaker.
    fn first_person(&self, text: &str, tokens: &[Token], speeches: &[Speech]) -> Vec<Found> {
        let mut found = Vec::new();
        for speech in speeches {
            let Some(&speaker) = self.actors_of(speech.source).first() else { continue };
            let party = self.actors[speaker.0].acts_for.unwrap_or(speaker);
            let from = tokens.partition_point(|token| token.span.start < speech.content.start);
            for (head, token) in tokens.iter().enumerate().skip(from) {
                if token.span.start >= speech.content.end {
                    break;
                }
                let actor = match token.of(text).to_lowercase().as_str() {
                    "i" | "me" | "my" | "mine" | "myself" => speaker,
                    "we" | "us" | "our" | "ours" | "ourselves" => party,
                    _ => continue,
                };
                found.push(Found::pronoun(text, token.span, head, actor));
            }
        }
        found.sort_by_key(|found| found.span);
        found.dedup_by_key(|found| found.span);
        found
    }
}

struct Candidate {
    found: Found,
    sentence: usize,
    pronoun: bool,
    first_subject: bool,
    /// Who stands with it: "A and B", "both clubs".
    fellows: Vec<ActorId>,
}

struct Resolver<'a> {
    cast: &'a Cast,
    text: &'a str,
    tokens: &'a [Token],
    parse: &'a Parse,
    /// What was mentioned in the last sentences, in order; the nearest [`NEAR`] of it.
    recent: VecDeque<Candidate>,
    next: usize,
    resolved: Vec<Found>,
    /// Of each actor he or she, as the pronouns before have told it.
    genders: Vec<Option<Gender>>,
}

/// How many names of a list before its last two are read.
const LISTED: usize = 4;
/// Antecedents further back than this many sentences do not count.
const WINDOW: usize = 4;
/// Nor do those with more than this many mentions between.
const NEAR: usize = 120;

impl Resolver<'_> {
    fn third_person(&mut self) {
        for at in 0..self.tokens.len() {
            let token = self.tokens[at];
            self.take_mentions_before(token.span.start);
            let word = token.of(self.text).to_lowercase();
            let wanted = match word.as_str() {
                "he" | "him" | "his" | "himself" => Wanted::Person(Gender::Male),
                "she" | "her" | "hers" | "herself" => Wanted::Person(Gender::Female),
                "it" | "its" | "itself" => Wanted::Thing,
                "they" | "them" | "their" | "theirs" | "themselves" => Wanted::Several,
                "who" | "whom" | "which" | "that" => {
                    self.resolved.extend(self.relative(at));
                    continue;
                }
                _ => continue,
            };
            if self.stands_for_nothing(at) {
                continue;
            }
            let Some((actor, fellows)) = self.best(at, wanted) else { continue };
            if let Wanted::Person(gender) = wanted {
                self.genders[actor.0].get_or_insert(gender);
            }
            let subject = matches!(word.as_str(), "he" | "she" | "it" | "they");
            let found = Found {
                subject,
                plural: wanted == Wanted::Several,
                one_of: self.follows_one_of(at),
                ..Found::pronoun(self.text, token.span, at, actor)
            };
            self.resolved.push(found);
            self.resolved.extend(fellows.iter().map(|&actor| Found { actor, ..found }));
            self.remember(Candidate { found, sentence: token.sentence, pronoun: true, first_subject: false, fellows });
        }
    }

    /// "it is clear that", "it was said that"; but what "has demanded that" something is somebody.
    fn stands_for_nothing(&self, at: usize) -> bool {
        let Some(verb) = self.parse.heads[at].filter(|_| self.parse.relations[at] == Relation::Expletive) else {
            return false;
        };
        let has_done = self.parse.tags[verb] == Tag::PastParticiple
            && self.parse.child_by(verb, Relation::Auxiliary).is_some()
            && self.parse.child_by(verb, Relation::PassiveAuxiliary).is_none();
        !has_done
    }

    /// "one of them"
    fn follows_one_of(&self, at: usize) -> bool {
        let word = |back: usize| at.checked_sub(back).map_or("", |at| self.tokens[at].of(self.text));
        word(1) == "of" && matches!(word(2), "one" | "One")
    }

    /// "the minister, who": the mention whose words the relative clause depends on.
    fn relative(&self, at: usize) -> Option<Found> {
        if !self.parse.tags[at].is_wh() {
            return None;
        }
        let chain = std::iter::once(at).chain(self.parse.ancestors(at));
        let clause = chain.take(4).find(|&token| self.parse.relations[token] == Relation::RelativeClause)?;
        let head = self.tokens[self.parse.heads[clause]?].span;
        let before = self.cast.found.partition_point(|found| found.span.start <= head.start);
        let near = self.cast.found[before.saturating_sub(8)..before].iter();
        // The shortest that covers the head: the noun itself, not the phrase it is part of.
        let antecedent = near.filter(|found| found.span.covers(head)).min_by_key(|found| found.span.len())?;
        let subject = self.parse.relations[at].is_subject();
        let pronoun = Found::pronoun(self.text, self.tokens[at].span, at, antecedent.actor);
        Some(Found { subject, ..pronoun })
    }

    fn take_mentions_before(&mut self, byte: usize) {
        while let Some(&found) = self.cast.found.get(self.next).filter(|found| found.span.start < byte) {
            let sentence = self.tokens[found.head].sentence;
            let first_subject = found.subject
                && !self
                    .recent
                    .iter()
                    .rev()
                    .take_while(|c| c.sentence == sentence)
                    .any(|c| c.found.subject && c.found.span != found.span);
            let fellows = self.fellows(&found, sentence);
            self.remember(Candidate { found, sentence, pronoun: false, first_subject, fellows });
            self.next += 1;
        }
    }

    /// Returns those before a mention that are joined to it, "A and B", or share its place, "both clubs".
    fn fellows(&self, found: &Found, sentence: usize) -> Vec<ActorId> {
        let Some(last) = self.recent.back().filter(|last| last.sentence == sentence && !last.pronoun) else {
            return Vec::new();
        };
        let between = self.text.get(last.found.reach.end..found.reach.start);
        let joined = between.is_some_and(|words| words.trim_start_matches(',').trim_start().starts_with("and "))
            && found.reach.start <= last.found.joint;
        let kind = |found: &Found| self.cast.actors[found.actor.0].kind;
        let alike = kind(&last.found) == kind(found) && last.found.actor != found.actor;
        if !alike || !joined && last.found.span != found.span {
            return Vec::new();
        }
        let mut fellows = last.fellows.clone();
        fellows.push(last.found.actor);
        // "A, B and C"
        let mut next = last.found;
        for earlier in self.recent.iter().rev().skip(1).take(LISTED) {
            let listed = next.reach.start == earlier.found.joint && kind(&earlier.found) == kind(found);
            if !listed || earlier.sentence != sentence || fellows.contains(&earlier.found.actor) {
                break;
            }
            fellows.push(earlier.found.actor);
            next = earlier.found;
        }
        fellows
    }

    /// Adds a candidate and forgets those too far back, so that a pronoun costs the same wherever it stands.
    fn remember(&mut self, candidate: Candidate) {
        let far = |first: &Candidate| first.sentence + WINDOW <= candidate.sentence;
        while self.recent.len() >= NEAR || self.recent.front().is_some_and(far) {
            self.recent.pop_front();
        }
        self.recent.push_back(candidate);
    }

    /// Returns the actor with the best score: subjects and names before others, near ones before far ones.
    fn best(&self, at: usize, wanted: Wanted) -> Option<(ActorId, Vec<ActorId>)> {
        let sentence = self.tokens[at].sentence;
        let here = self.tokens[at].span;
        let here_named = |candidate: &&Candidate| !candidate.pronoun && candidate.sentence == sentence;
        let named: Vec<ActorId> = match self.is_inserted(at) {
            true => self.recent.iter().filter(here_named).map(|candidate| candidate.found.actor).collect(),
            false => Vec::new(),
        };
        let fitting = self.recent.iter().filter(|candidate| {
            let fits =
                self.fits(&candidate.found, wanted) || wanted == Wanted::Several && !candidate.fellows.is_empty();
            let told = named.contains(&candidate.found.actor) && candidate.sentence == sentence;
            !candidate.found.span.overlaps(here) && fits && !told && !self.binds(candidate, at)
        });
        let scored = fitting.enumerate().map(|(order, candidate)| {
            let distance = sentence.saturating_sub(candidate.sentence) as f32;
            let mut score = -3.0 * distance + 0.001 * order as f32;
            if candidate.found.subject {
                score += 2.0 + if distance == 0.0 { 1.0 } else { 0.0 };
            }
            score += if candidate.first_subject { 1.0 } else { 0.0 };
            score += if candidate.pronoun { 1.5 } else { 1.0 };
            let several = wanted == Wanted::Several && !candidate.fellows.is_empty();
            score -= if several { -0.5 } else { self.doubt(&candidate.found, wanted) };
            (score, candidate)
        });
        scored.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(score, _)| *score > -3.0 * WINDOW as f32).map(|(_, best)| {
            let fellows = if wanted == Wanted::Several { best.fellows.clone() } else { Vec::new() };
            (best.found.actor, fellows)
        })
    }

    /// Returns how much speaks against an actor that fits.
    fn doubt(&self, found: &Found, wanted: Wanted) -> f32 {
        let one = self.cast.actors[found.actor.0].kind == ActorKind::Organisation && !found.plural;
        match (wanted, self.cast.sure[found.actor.0]) {
            // People who are several are meant by "they" rather than one body, whatever is known of them.
            (Wanted::Several, true) if one => 0.6,
            (Wanted::Several, false) if !one => 0.5,
            (_, true) => 0.0,
            (_, false) => 1.5,
        }
    }

    fn fits(&self, found: &Found, wanted: Wanted) -> bool {
        let actor = found.actor.0;
        let kind = self.cast.actors[actor].kind;
        match wanted {
            Wanted::Person(gender) => {
                kind == ActorKind::Person && self.genders[actor].is_none_or(|known| known == gender)
            }
            Wanted::Thing => matches!(kind, ActorKind::State | ActorKind::Organisation),
            Wanted::Several => match kind {
                ActorKind::Group | ActorKind::Organisation => true,
                ActorKind::State => found.plural,
                ActorKind::Person => false,
            },
        }
    }

    /// "The bid to oust Renn was unlawful, she said": whoever says it does not call herself by her name.
    fn is_inserted(&self, at: usize) -> bool {
        let Some(verb) = self.parse.heads[at].filter(|_| self.parse.relations[at].is_subject()) else { return false };
        let told = self.parse.child_by(verb, Relation::ClausalComplement).is_some_and(|told| told < at);
        // Behind a semicolon stands a sentence of its own.
        let before = at.checked_sub(1).map_or("", |before| self.tokens[before].of(self.text));
        told || self.parse.relations[verb] == Relation::Parataxis && matches!(before, "," | "\"" | "”" | "’" | "'")
    }

    /// The subject of a verb is not its object too, or that would say "itself".
    fn binds(&self, candidate: &Candidate, at: usize) -> bool {
        let object = matches!(self.parse.relations[at], Relation::Object | Relation::IndirectObject);
        object && candidate.found.subject && self.parse.heads[candidate.found.head] == self.parse.heads[at]
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wanted {
    Person(Gender),
    Thing,
    Several,
}
