//! The actors of a document while they are found, and as they are looked up afterwards.

use std::collections::HashMap;

use crate::analysis::lexicon::{Lexicon, PartyId, kebab};
use crate::analysis::mention::{Gender, PersonName, RawMention, What};
use crate::analysis::{Actor, ActorId, ActorKind, Form, Mention, Position};
use crate::text::{Offset, Span};

/// How far back an antecedent is looked for, in mentions.
const REACH: usize = 300;

/// What is known of one actor while mentions are merged.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    pub name: String,
    pub kind: Option<ActorKind>,
    pub party: Option<PartyId>,
    /// The forms of a person's name, the fullest first.
    pub names: Vec<PersonName>,
    pub gender: Option<Gender>,
    /// The common nouns that may point to it: "ministry", "military alliance".
    pub nouns: Vec<String>,
    pub role: Option<String>,
    pub acts_for: Option<usize>,
    /// The state in its name, which it need not act for: Norway for "the Norwegian Herring Guild".
    pub home: Option<usize>,
    /// It has a name of its own rather than a description.
    pub proper: bool,
    /// It is an actor even if it holds no position.
    pub sure: bool,
    /// It was named as a place.
    pub place: bool,
    /// How often it is mentioned, as far as that is known yet.
    pub mentions: usize,
}

/// The actors and which mention belongs to which, in the making.
pub struct Draft<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
    pub mentions: &'a [RawMention],
    pub profiles: Vec<Profile>,
    /// Of each mention, its actor.
    pub owner: Vec<Option<usize>>,
    /// Of each mention of a paper, whom it speaks for.
    pub authors: Vec<Option<usize>>,
    /// Mentions of two actors together: "both governments".
    pub pairs: Vec<(usize, [usize; 2])>,
    parties: HashMap<PartyId, usize>,
}

impl<'a> Draft<'a> {
    pub fn new(text: &'a str, lexicon: &'a Lexicon, mentions: &'a [RawMention]) -> Draft<'a> {
        let (owner, authors) = (vec![None; mentions.len()], vec![None; mentions.len()]);
        Draft {
            text,
            lexicon,
            mentions,
            profiles: Vec::new(),
            owner,
            authors,
            pairs: Vec::new(),
            parties: HashMap::new(),
        }
    }

    pub fn add(&mut self, profile: Profile) -> usize {
        self.profiles.push(profile);
        self.profiles.len() - 1
    }

    pub fn assign(&mut self, mention: usize, actor: usize) {
        self.owner[mention] = Some(actor);
        self.profiles[actor].mentions += 1;
    }

    /// Returns the actor of a listed party; it comes into being when it is first asked for.
    pub fn party_actor(&mut self, party: PartyId) -> usize {
        if let Some(&actor) = self.parties.get(&party) {
            return actor;
        }
        let listed = self.lexicon.party(party);
        let actor = self.add(Profile {
            name: listed.name.clone(),
            kind: Some(listed.kind),
            party: Some(party),
            proper: true,
            nouns: listed.nouns.clone(),
            // An outlet is named as a source of news more often than as a party.
            sure: !listed.outlet,
            ..Profile::default()
        });
        self.parties.insert(party, actor);
        let acts_for = listed.acts_for.map(|other| self.party_actor(other));
        self.profiles[actor].acts_for = acts_for;
        actor
    }

    /// Makes another actor the one that a listed party's name stands for in this text.
    pub fn rename_party(&mut self, party: PartyId, actor: usize) {
        self.parties.insert(party, actor);
    }

    /// Returns the actor of a listed party, if it was asked for.
    pub fn known_party(&self, party: PartyId) -> Option<usize> {
        self.parties.get(&party).copied()
    }

    /// Returns the actor of the longest mention inside a span (an article before the span does not count), the last one
    /// when two are equally long.
    pub fn actor_in(&self, span: Span) -> Option<usize> {
        let from = self.mentions.partition_point(|mention| mention.span.start < span.start).saturating_sub(4);
        let near = self.mentions[from..].iter().zip(&self.owner[from..]);
        let near = near.take_while(|(mention, _)| mention.span.start < span.end);
        // "a lawyer for the miners" is not inside "the miners".
        let inside = near.filter(|(mention, _)| {
            let begins = mention.span.start + "The ".len() >= span.start;
            begins && mention.span.overlaps(span) && mention.span.end <= span.end
        });
        let owned = inside.filter_map(|(mention, owner)| Some((mention.span.len(), (*owner)?)));
        owned.max_by_key(|(length, _)| *length).map(|(_, actor)| actor)
    }

    /// Returns the actor last mentioned before a mention for which the question holds.
    pub fn last_before(&self, mention: usize, mut holds: impl FnMut(usize, &Profile) -> bool) -> Option<usize> {
        let near = self.owner[mention.saturating_sub(REACH)..mention].iter().rev().flatten().copied();
        near.into_iter().find(|&actor| holds(actor, &self.profiles[actor]))
    }

    /// Returns the actor first mentioned after a heading for which the question holds.
    pub fn first_after(&self, mention: usize, mut holds: impl FnMut(&Profile) -> bool) -> Option<usize> {
        let near = self.owner[mention + 1..].iter().take(REACH).flatten().copied();
        near.into_iter().find(|&actor| holds(&self.profiles[actor]))
    }

    /// Turns the profiles that are mentioned into actors, in order of first mention.
    pub fn finish(self) -> Cast {
        let mut order: Vec<usize> = Vec::new();
        let mut place = vec![None; self.profiles.len()];
        for &actor in self.owner.iter().flatten() {
            if place[actor].is_none() {
                place[actor] = Some(order.len());
                order.push(actor);
            }
        }
        let id_of = |actor: usize| place[actor].map(ActorId);
        // Who is not named in the text cannot be shown: then the next one above stands in.
        let party_of = |actor: usize| {
            let mut above =
                std::iter::successors(self.profiles[actor].acts_for, |&party| self.profiles[party].acts_for);
            above.by_ref().take(4).find_map(id_of)
        };
        let mut taken: HashMap<String, usize> = HashMap::new();
        let mut actors: Vec<Actor> = order
            .iter()
            .map(|&actor| {
                let profile = &self.profiles[actor];
                Actor {
                    id: unique_id(&mut taken, &profile.id(self.lexicon)),
                    name: profile.name.clone(),
                    kind: profile.kind.unwrap_or(ActorKind::Organisation),
                    role: profile.role.clone(),
                    acts_for: party_of(actor),
                    aliases: Vec::new(),
                    mentions: Vec::new(),
                }
            })
            .collect();
        let mut found = Vec::new();
        let mut papers = Vec::new();
        for (index, mention) in self.mentions.iter().enumerate() {
            papers.extend(self.authors[index].and_then(id_of).map(|id| Found::new(self.text, mention, id)));
            let Some(id) = self.owner[index].and_then(id_of) else { continue };
            found.push(Found::new(self.text, mention, id));
            actors[id.0].mentions.push(Mention { span: mention.span, form: mention.form });
            add_alias(&mut actors[id.0], mention, self.text);
        }
        for (index, pair) in &self.pairs {
            for id in pair.iter().filter_map(|&actor| id_of(actor)) {
                let mention = &self.mentions[*index];
                found.push(Found::new(self.text, mention, id));
                actors[id.0].mentions.push(Mention { span: mention.span, form: mention.form });
            }
        }
        found.sort_by_key(|found| (found.span.start, std::cmp::Reverse(found.span.end)));
        for actor in &mut actors {
            actor.mentions.sort_by_key(|mention| mention.span);
        }
        let genders = order.iter().map(|&actor| self.profiles[actor].gender).collect();
        let sure = order.iter().map(|&actor| self.profiles[actor].sure).collect();
        let proper = order.iter().map(|&actor| self.profiles[actor].proper).collect();
        Cast { actors, found, papers, genders, sure, proper }
    }
}

impl Profile {
    fn id(&self, lexicon: &Lexicon) -> String {
        match self.party {
            Some(party) => lexicon.party(party).id.clone(),
            None => kebab(&self.name),
        }
    }
}

pub(super) fn unique_id(taken: &mut HashMap<String, usize>, id: &str) -> String {
    let id = if id.is_empty() { "actor" } else { id };
    let count = taken.entry(id.to_owned()).or_default();
    *count += 1;
    if *count == 1 {
        return id.to_owned();
    }
    let next = format!("{id}-{count}");
    if taken.contains_key(&next) {
        return unique_id(taken, id);
    }
    taken.insert(next.clone(), 1);
    next
}

fn add_alias(actor: &mut Actor, mention: &RawMention, text: &str) {
    let words = mention.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let alias = match &mention.what {
        _ if mention.form == Form::Adjective => return,
        // "spokesman Ole Dahl" is no other name of his, "Sen. Ole Dahl" is.
        What::Name(named) if words.starts_with(char::is_lowercase) => named.name.full(),
        What::Name(_) | What::Party(_) | What::Organisation(_) => words,
        _ => return,
    };
    let alias = alias.strip_prefix("the ").or(alias.strip_prefix("The ")).unwrap_or(&alias);
    if alias != actor.name && !actor.aliases.iter().any(|known| known == alias) {
        actor.aliases.push(alias.to_owned());
    }
}

/// A mention with its actor, as the lookups need it.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub span: Span,
    /// The span with whatever describes it.
    pub reach: Span,
    /// Where the words end that may join it to the next one: "and", a comma, an article.
    pub(super) joint: Offset,
    pub head: usize,
    pub actor: ActorId,
    pub subject: bool,
    pub plural: bool,
    /// It stands after "in": where somebody is, not who.
    pub(super) placed: bool,
    /// It is "one of them", whom an apposition may name.
    pub(super) one_of: bool,
    /// "His" and the like, which only say whose the noun after it is.
    pub(super) possessive: bool,
}

impl Found {
    fn new(text: &str, mention: &RawMention, actor: ActorId) -> Found {
        let RawMention { span, reach, head, subject, plural, .. } = *mention;
        let joint = joint_after(text, span.end.max(reach.end));
        // "A team at Lundby" may well speak for it, a lawsuit "in Lundby" does not.
        let inside = text[..span.start].ends_with(" in ");
        let placed = inside && matches!(&mention.what, What::Name(named) if named.placed && !named.person);
        Found { span, reach, joint, head, actor, subject, plural, placed, possessive: false, one_of: false }
    }

    /// Returns a pronoun that stands for an actor.
    pub fn pronoun(text: &str, span: Span, head: usize, actor: ActorId) -> Found {
        let joint = joint_after(text, span.end);
        let word = span.of(text).to_lowercase();
        let possessive = matches!(word.as_str(), "his" | "her" | "its" | "their" | "my" | "our");
        let (subject, plural, placed) = (false, false, false);
        Found { span, reach: span, joint, head, actor, subject, plural, placed, possessive, one_of: false }
    }
}

/// Returns where the words that join what ends here to something else end.
fn joint_after(text: &str, mut end: Offset) -> Offset {
    let skipped = |end: Offset| {
        let rest = &text[end..];
        end + (rest.len() - rest.trim_start_matches(|c: char| c == ',' || c.is_whitespace()).len())
    };
    end = skipped(end);
    // "A, as well as both the B"
    for _ in 0..6 {
        let word = text[end..].split(|c: char| !c.is_alphabetic() && c != '&').next().unwrap_or_default();
        if !matches!(word, "and" | "or" | "nor" | "the" | "as" | "well" | "a" | "an" | "both" | "&") {
            break;
        }
        end = skipped(end + word.len());
    }
    end
}

/// How many mentions before a source may reach into it.
const AROUND: usize = 6;

/// How many mentions weigh as much as a position.
const POSITION: usize = 3;

/// The actors of a document with everything that refers to them.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    pub actors: Vec<Actor>,
    /// By start, the longer of two first.
    pub(super) found: Vec<Found>,
    /// Texts that speak for an actor without being it.
    papers: Vec<Found>,
    pub(super) genders: Vec<Option<Gender>>,
    /// Of each actor, whether it is one even if it holds no position.
    pub(super) sure: Vec<bool>,
    /// Of each actor, whether it has a name of its own.
    proper: Vec<bool>,
}

impl Cast {
    /// Returns the actors that a noun phrase stands for: one, or several when it joins them ("both A and B").
    ///
    /// What only describes another ("Russian" in "the Russian foreign ministry", "NATO" in "the NATO secretary
    /// general") is no answer. A paper ("the ministry's letter", later "the letter") gives its author, if known.
    pub fn actors_of(&self, source: Span) -> Vec<ActorId> {
        let source = self.with_whole_mention(source);
        let mut inside = inside(&self.found, source);
        // "The lawsuit, filed in Lund,"
        inside.retain(|found| !found.placed || found.span.start == source.start);
        if inside.is_empty() {
            inside = self::inside(&self.papers, source);
        }
        // In "his agent, Kari Lie," he is not meant.
        if inside.first().is_some_and(|first| first.possessive) && inside.len() > 1 {
            inside.remove(0);
        }
        let mut actors = Vec::new();
        let mut last: Option<Found> = None;
        for found in inside {
            match last {
                Some(last) if found.span == last.span => {}
                Some(last) if found.reach.start < last.reach.end => continue,
                Some(last) if found.reach.start > last.joint => break,
                // "one of them, Anna Blom,": she alone; "two miners, Anna Blom and Nils Lie,": the two alone.
                Some(last) if last.one_of || self.names_group(&last, &found) => actors.clear(),
                _ => {}
            }
            last = last.filter(|last| found.span == last.span).or(Some(found));
            if !actors.contains(&found.actor) {
                actors.push(found.actor);
            }
        }
        actors
    }

    /// Returns the author of a paper that is named by a noun phrase: "the report".
    pub fn author_of(&self, paper: Span) -> Option<ActorId> {
        let at = self.papers.partition_point(|found| found.span.start < paper.start);
        self.papers.get(at).filter(|found| found.span == paper).map(|found| found.actor)
    }

    /// Returns whether a person named behind a group and a comma is one of the group.
    fn names_group(&self, group: &Found, person: &Found) -> bool {
        let kinds = (self.actors[group.actor.0].kind, self.actors[person.actor.0].kind);
        let beside = person.reach.start <= group.reach.end.max(group.span.end) + ", ".len();
        kinds == (ActorKind::Group, ActorKind::Person) && self.proper[person.actor.0] && beside
    }

    /// A source that begins inside a mention ("the mayor" of "a spokesman for the mayor, Anna Blom,") has the whole of it.
    fn with_whole_mention(&self, source: Span) -> Span {
        let before = self.found.partition_point(|found| found.span.start < source.start);
        let near = self.found[before.saturating_sub(AROUND)..before].iter();
        let around = near.filter(|found| found.span.end > source.start && found.span.end <= source.end);
        let start = around.map(|found| found.span.start).min().unwrap_or(source.start);
        Span::new(start, source.end)
    }

    /// Adds an actor, which is one only as long as it holds a position.
    pub(super) fn add_actor(&mut self, actor: Actor) {
        self.actors.push(actor);
        self.genders.push(None);
        self.sure.push(false);
        self.proper.push(false);
    }

    /// Returns the actors, the most involved first, and makes the positions refer to that order.
    ///
    /// What may be an actor and holds no position after all (a ship, a bystander) is left out.
    pub fn settle(self, positions: &mut [Position]) -> Vec<Actor> {
        let mut weight: Vec<usize> = self.actors.iter().map(|actor| actor.mentions.len()).collect();
        let mut kept = self.sure.clone();
        for position in positions.iter() {
            for actor in position.actors.iter().chain(&position.speaks_for) {
                weight[actor.0] += POSITION;
                kept[actor.0] = true;
            }
            // A name that is only spoken to ("told Reuters") takes no part; "the judges" may have to answer.
            for actor in &position.addressees {
                kept[actor.0] |= !self.proper[actor.0];
            }
        }
        for actor in 0..self.actors.len() {
            let parties = std::iter::successors(Some(ActorId(actor)), |id| self.actors[id.0].acts_for);
            if kept[actor] {
                parties.take(4).for_each(|party| kept[party.0] = true);
            }
        }
        let mut order: Vec<usize> = (0..self.actors.len()).filter(|&actor| kept[actor]).collect();
        order.sort_by_key(|&actor| std::cmp::Reverse(weight[actor]));
        let mut place = vec![None; self.actors.len()];
        for (index, &actor) in order.iter().enumerate() {
            place[actor] = Some(ActorId(index));
        }
        let renumber = |ids: &mut Vec<ActorId>| *ids = ids.iter().filter_map(|id| place[id.0]).collect();
        for position in positions.iter_mut() {
            renumber(&mut position.actors);
            renumber(&mut position.speaks_for);
            renumber(&mut position.addressees);
        }
        let mut actors: Vec<Option<Actor>> = self.actors.into_iter().map(Some).collect();
        let mut settled: Vec<Actor> = order.iter().filter_map(|&actor| actors[actor].take()).collect();
        for actor in &mut settled {
            actor.acts_for = actor.acts_for.and_then(|party| place[party.0]);
        }
        settled
    }
}

/// Returns what stands inside a span with all that describes it, by start, the longer of two first.
fn inside(found: &[Found], span: Span) -> Vec<Found> {
    let from = found.partition_point(|found| found.span.start < span.start);
    let to = found.partition_point(|found| found.span.start < span.end);
    let mut inside: Vec<Found> = found[from..to].to_vec();
    inside.retain(|found| span.covers(found.span));
    for found in &mut inside {
        found.reach = if span.covers(found.reach) { found.reach } else { found.span };
    }
    inside.sort_by_key(|found| (found.reach.start, std::cmp::Reverse(found.reach.end)));
    inside
}
