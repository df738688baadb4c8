//! Actors that are known by a common noun alone, in positions that nobody else was found to take.

use super::cast::Cast;
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
        let known = self.actors.len();
        let mut nouns: Vec<(String, ActorId)> = Vec::new();
        let (headings, body): (Vec<_>, Vec<_>) = strangers.into_iter().partition(|(_, stranger)| stranger.in_heading);
        for (number, stranger) in body.into_iter().chain(headings) {
            let same = |actor: &Actor| is_named(actor, &stranger.name);
            let by_name = self.actors.iter().position(same).map(ActorId);
            let by_noun = || nouns.iter().find(|(noun, _)| *noun == stranger.noun).map(|(_, actor)| *actor);
            let by_last_word = || {
                let ends = |actor: &Actor| actor.kind != ActorKind::Person && ends_with(&actor.name, &stranger.name);
                let mut all = (0..known).filter(|&actor| ends(&self.actors[actor]));
                all.next().filter(|_| stranger.in_heading && all.next().is_none()).map(ActorId)
            };
            let found = by_name.or_else(by_noun).or_else(by_last_word);
            let Some(actor) = found.or_else(|| (!stranger.in_heading).then(|| self.introduce(&stranger))) else {
                continue;
            };
            if actor.0 >= known && by_noun().is_none() {
                nouns.push((stranger.noun.clone(), actor));
            }
            self.actors[actor.0].mentions.push(Mention { span: stranger.span, form: Form::Name });
            self.actors[actor.0].mentions.sort_by_key(|mention| mention.span);
            positions[number].actors.push(actor);
        }
    }

    fn introduce(&mut self, stranger: &Stranger) -> ActorId {
        let id = kebab(&stranger.name);
        let count = self.actors.iter().filter(|actor| actor.id == id).count();
        self.actors.push(Actor {
            id: if count == 0 { id } else { format!("{id}-{}", self.actors.len()) },
            name: stranger.name.clone(),
            kind: ActorKind::Group,
            role: None,
            acts_for: None,
            aliases: Vec::new(),
            mentions: Vec::new(),
        });
        self.add_to_lists();
        ActorId(self.actors.len() - 1)
    }
}

fn is_named(actor: &Actor, name: &str) -> bool {
    actor.name.eq_ignore_ascii_case(name) || actor.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
}

/// "Skippers" of a heading are the "crab skippers" of the text.
fn ends_with(name: &str, last: &str) -> bool {
    let rest = name.len().checked_sub(last.len()).and_then(|at| Some((name.get(..at)?, name.get(at..)?)));
    rest.is_some_and(|(before, end)| before.ends_with(' ') && end.eq_ignore_ascii_case(last))
}
