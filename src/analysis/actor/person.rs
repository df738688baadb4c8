//! People by name: the full name, the last name, with a title, misspelt.

use std::collections::HashMap;

use super::cast::{Draft, Profile};
use crate::analysis::ActorKind;
use crate::analysis::lexicon::Sort;
use crate::analysis::mention::{Named, PersonName, Role, What};

/// How many people with one beginning of a last name are compared.
const NEAR: usize = 60;

/// Merges names: full ones first, so that a last name finds its person wherever it stands.
pub fn merge_names(draft: &mut Draft) {
    let mut people = People::default();
    let mut names: Vec<(usize, &Named, bool)> = draft
        .mentions
        .iter()
        .enumerate()
        .filter_map(|(index, mention)| match &mention.what {
            What::Name(named) => Some((index, named, mention.heading)),
            _ => None,
        })
        .collect();
    // A heading names whom the body names, before or after it.
    names.sort_by_key(|(_, _, heading)| *heading);
    for &(index, named, heading) in names.iter().filter(|(_, named, _)| !named.name.given.is_empty()) {
        let actor = people.find(draft, named).or_else(|| (!heading).then(|| people.add(draft, named)));
        if let Some(actor) = actor {
            join(draft, index, named, actor);
        }
    }
    for &(index, named, heading) in names.iter().filter(|(_, named, _)| named.name.given.is_empty()) {
        let known = people.find_near(draft, index, named).or_else(|| people.by_given(draft, named));
        // A bare word may be anything; it becomes an actor of its own only when something says what it is.
        let actor = known.or_else(|| (!heading).then(|| people.add(draft, named)));
        if let Some(actor) = actor {
            join(draft, index, named, actor);
        }
    }
}

fn join(draft: &mut Draft, mention: usize, named: &Named, actor: usize) {
    draft.assign(mention, actor);
    let age = age_after(&draft.text[draft.mentions[mention].span.end..]);
    let profile = &mut draft.profiles[actor];
    profile.gender = profile.gender.or(named.gender);
    profile.nouns.extend(age.map(|age| format!("{age}-year-old")));
    profile.sure |= named.person;
    profile.nouns.extend(named.body.clone().filter(|noun| !profile.nouns.contains(noun)));
    // In a heading everything may have a capital: "Hear Anna Blom".
    let fuller = named.name.given.len() > profile.names[0].given.len() && profile.names[0].given.len() < 2;
    if fuller && !draft.mentions[mention].heading {
        profile.names.insert(0, named.name.clone());
        profile.name = named.name.full();
    }
}

/// "Anna Blom, 54," and "Anna Blom, a 54-year-old miner": how old she is.
fn age_after(text: &str) -> Option<&str> {
    let text = text.strip_prefix(", ")?;
    let text = ["a ", "an ", "the "].iter().find_map(|article| text.strip_prefix(article)).unwrap_or(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let after = &text[digits..];
    let old = after.starts_with("-year-old") || after.starts_with([',', '.', ';']);
    ((1..=3).contains(&digits) && old).then(|| &text[..digits])
}

/// People by the beginning of their last names.
#[derive(Default)]
struct People {
    by_last: HashMap<String, Vec<usize>>,
    by_given: HashMap<String, Vec<usize>>,
}

impl People {
    fn add(&mut self, draft: &mut Draft, named: &Named) -> usize {
        let name = named.name.clone();
        let actor = draft.add(Profile { name: name.full(), names: vec![name], proper: true, ..Profile::default() });
        self.by_last.entry(key(&named.name)).or_default().push(actor);
        if let Some(first) = named.name.given.first() {
            self.by_given.entry(first.clone()).or_default().push(actor);
        }
        actor
    }

    /// Returns the person whose name and gender agree, the latest first.
    fn find(&self, draft: &Draft, named: &Named) -> Option<usize> {
        let known = self.by_last.get(&key(&named.name))?;
        known.iter().rev().take(NEAR).copied().find(|&actor| agrees(&draft.profiles[actor], named))
    }

    /// Returns the person mentioned last before a bare last name, or else the first one after it.
    fn find_near(&self, draft: &Draft, mention: usize, named: &Named) -> Option<usize> {
        let known = self.by_last.get(&key(&named.name))?;
        let near = known.iter().rev().take(NEAR).copied();
        let mut agreeing: Vec<usize> = near.clone().filter(|&actor| agrees(&draft.profiles[actor], named)).collect();
        // "William" is no slip for "Williams".
        let other = draft.lexicon.is(Sort::GivenName, &named.name.last) || named.role.is_some();
        if agreeing.is_empty() && draft.mentions[mention].subject && !other {
            let slip = |profile: &Profile| profile.names.iter().any(|name| name.is_slip(&named.name));
            agreeing = near.filter(|&actor| slip(&draft.profiles[actor])).collect();
        }
        match agreeing.as_slice() {
            [] => None,
            [only] => Some(*only),
            several => {
                let before = draft.last_before(mention, |actor, _| several.contains(&actor));
                before.or(several.last().copied())
            }
        }
    }

    fn by_given(&self, draft: &Draft, named: &Named) -> Option<usize> {
        let [only] = self.by_given.get(&named.name.last)?.as_slice() else { return None };
        // "Wong" of "Wong Yeung-tat": with a double second name, the first one is the family's.
        let family_first = draft.profiles[*only].names[0].last.contains('-');
        let known = draft.lexicon.is(Sort::GivenName, &named.name.last) && named.role.is_none();
        // "Bellmoor" of "Bellmoor Dairy", which is nobody's name.
        let thing = !draft.profiles[*only].sure;
        (known || family_first || thing).then_some(*only)
    }
}

fn agrees(profile: &Profile, named: &Named) -> bool {
    let gender = match (profile.gender, named.gender) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    };
    gender && profile.names.iter().all(|name| name.agrees(&named.name))
}

/// The first two letters of the last word of a last name: a slip further on still finds it.
fn key(name: &PersonName) -> String {
    let last = name.last.rsplit(' ').next().unwrap_or_default();
    crate::analysis::lexicon::kebab(last).chars().take(2).collect()
}

/// What the mentions of a name say together.
#[derive(Clone, Copy, Default)]
struct Evidence {
    article: bool,
    common: bool,
    placed: bool,
    subject: bool,
    /// A noun beside it says that it is a body.
    body: bool,
    /// What is said around it fits no person: "which", "its shareholders".
    thing: bool,
    /// The last name alone is the subject of a verb: "Adeyemi said".
    short: bool,
}

/// Decides what the names are of which nothing says that they are people.
///
/// They stay in the background until they are found to hold a position: a run of capitals may be a ship or a law.
pub fn settle_names(draft: &mut Draft) {
    let mut all = vec![Evidence::default(); draft.profiles.len()];
    for (mention, owner) in draft.mentions.iter().zip(&draft.owner) {
        if let (What::Name(named), Some(actor)) = (&mention.what, owner) {
            let evidence = &mut all[*actor];
            evidence.article |= mention.article;
            evidence.common |= named.common;
            evidence.placed |= named.placed;
            evidence.subject |= mention.subject;
            evidence.body |= named.body.is_some();
            evidence.thing |= named.thing;
            evidence.short |= named.name.given.is_empty() && mention.subject;
        }
    }
    for mention in draft.mentions {
        let (What::Role(role) | What::Group(role)) = &mention.what else { continue };
        if let Some(body) = role.owner.filter(|_| has_staff(draft, role)).and_then(|owner| draft.actor_in(owner)) {
            all[body].thing = true;
        }
    }
    for index in 0..draft.mentions.len() {
        if let Some(body) = owner_of_its(draft, index) {
            all[body].thing = true;
        }
    }
    for (profile, evidence) in draft.profiles.iter_mut().zip(all) {
        let Some(name) = profile.names.first() else { continue };
        let numbered = name.last.ends_with(|last: char| last.is_ascii_digit());
        let thing = (evidence.thing || numbered) && profile.gender.is_none() && !profile.sure;
        let foreign = evidence.body || thing || (evidence.article && profile.gender.is_none());
        let full = !name.given.is_empty() && name.given.len() < 4;
        let given = name.gender(draft.lexicon).is_some() || draft.lexicon.is(Sort::GivenName, &name.last);
        let like_person = (full || given) && !evidence.article && !evidence.common && !evidence.body && !thing;
        let again = evidence.short || (full && evidence.subject && profile.mentions > 1);
        let acronym = !full && name.last.chars().filter(|c| c.is_uppercase()).count() > 1;
        let known = profile.sure && !foreign;
        profile.place = evidence.placed && !thing;
        profile.sure = known
            || evidence.body
            || (thing && evidence.subject)
            || (like_person && again)
            || (acronym && evidence.subject && profile.mentions > 1);
        profile.kind = Some(match known || like_person {
            true => ActorKind::Person,
            false => ActorKind::Organisation,
        });
    }
}

/// "Its chairman", after "Kanal Nord sued the hospital.": the name that alone does something in the sentence before.
fn owner_of_its(draft: &Draft, index: usize) -> Option<usize> {
    const NEAR: usize = 8;
    let (What::Role(Role { owner: Some(owner), .. }), here) =
        (&draft.mentions[index].what, draft.mentions[index].sentence)
    else {
        return None;
    };
    if owner.of(draft.text) != "Its" {
        return None;
    }
    let near = (index.saturating_sub(NEAR)..index).filter(|&other| draft.mentions[other].sentence + 1 == here);
    let mut subjects = near.filter(|&other| draft.mentions[other].subject && !draft.mentions[other].heading);
    let (first, second) = (subjects.next()?, subjects.next());
    draft.owner[first].filter(|_| second.is_none())
}

/// Returns whether a person or group belongs to a body rather than to a person: "the Bellmoor workers".
fn has_staff(draft: &Draft, role: &Role) -> bool {
    let noun = role.noun.rsplit(' ').next().unwrap_or_default();
    draft.lexicon.is(Sort::Staff, noun)
}
