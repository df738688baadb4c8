//! Actors that are known by a common noun alone, in positions that nobody else was found to take.

use std::collections::HashMap;

use super::cast::{Cast, unique_id};
use crate::analysis::lexicon::kebab;
use crate::analysis::{Actor, ActorId, ActorKind, Form, Mention, Position};
use crate::text::Span;

/// Whoever is named by a common noun that is on no list: "the hackers".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stranger {
    /// The words with their article.
    pub span: Span,
    /// The words without it.
    pub name: String,
    /// The last of them: one of several is another than all of them.
    pub noun: String,
    /// A heading names whom the text below names.
    pub in_heading: bool,
}

impl Cast {
    /// Gives positions to those who take them, each stranger once however often it is named.
    pub fn adopt(&mut self, strangers: Vec<(usize, Stranger)>, positions: &mut [Position]) {
        if strangers.is_empty() {
            return;
        }
        let mut known = Known::of(&self.actors);
        let (headings, body): (Vec<_>, Vec<_>) = strangers.into_iter().partition(|(_, stranger)| stranger.in_heading);
        for (number, stranger) in body.into_iter().chain(headings) {
            let actor = match known.find(&stranger) {
                Some(actor) => actor,
                None if stranger.in_heading => continue,
                None => self.introduce(&stranger, &mut known),
            };
            self.actors[actor.0].mentions.push(Mention { span: stranger.span, form: Form::Name });
            self.actors[actor.0].mentions.sort_by_key(|mention| mention.span);
            positions[number].actors.push(actor);
        }
    }

    fn introduce(&mut self, stranger: &Stranger, known: &mut Known) -> ActorId {
        let actor = ActorId(self.actors.len());
        self.add_actor(Actor {
            id: unique_id(&mut known.ids, &kebab(&stranger.name)),
            name: stranger.name.clone(),
            kind: ActorKind::Group,
            role: None,
            acts_for: None,
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
        known.names.insert(stranger.name.to_lowercase(), actor);
        known.nouns.insert(stranger.noun.clone(), actor);
        actor
    }
}

/// Who may be meant by which words, in lower case.
struct Known {
    names: HashMap<String, ActorId>,
    /// The strangers so far.
    nouns: HashMap<String, ActorId>,
    /// The last words of names: "skippers" of a heading are the "crab skippers" of the text, where there are no others.
    ends: HashMap<String, Option<ActorId>>,
    ids: HashMap<String, usize>,
}

impl Known {
    fn of(actors: &[Actor]) -> Known {
        let (mut names, mut ends) = (HashMap::new(), HashMap::new());
        for (index, actor) in actors.iter().enumerate() {
            let actor_id = ActorId(index);
            for name in std::iter::once(&actor.name).chain(&actor.aliases) {
                names.entry(name.to_lowercase()).or_insert(actor_id);
            }
            let starts = actor.name.match_indices(' ').filter(|_| actor.kind != ActorKind::Person);
            for (at, space) in starts {
                let only = |end: &mut Option<ActorId>| *end = None;
                let end = actor.name[at + space.len()..].to_lowercase();
                ends.entry(end).and_modify(only).or_insert(Some(actor_id));
            }
        }
        let ids = actors.iter().map(|actor| (actor.id.clone(), 1)).collect();
        Known { names, nouns: HashMap::new(), ends, ids }
    }

    fn find(&self, stranger: &Stranger) -> Option<ActorId> {
        let name = stranger.name.to_lowercase();
        let by_end = || self.ends.get(&name).copied().flatten().filter(|_| stranger.in_heading);
        self.names.get(&name).or_else(|| self.nouns.get(&stranger.noun)).copied().or_else(by_end)
    }
}
