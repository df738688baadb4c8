//! The library's names laid over an analysis: whoever carries one of them is the library's actor.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::civil::Date;

use super::{Library, SharedActor};
use crate::analysis::{Actor, ActorId, ActorKind, Analysis};
use crate::annotation::reading::{actor_named, merge, tidy_aliases};
use crate::text::fold;

impl Library {
    /// Gives actors the id, the name, the kind and the party that the library has for them, on the day of the article.
    ///
    /// Several actors of one library entry become one. An article may still say otherwise in its own notes, which are
    /// read after this.
    pub fn name_actors(&self, date: Option<Date>, analysis: &mut Analysis) {
        if self.actors.is_empty() {
            return;
        }
        let names = Names::new(&self.actors);
        let mut shared: Vec<Option<usize>> =
            analysis.actors.iter().map(|actor| names.find(&self.actors, actor)).collect();
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for (actor, number) in analysis.actors.iter_mut().zip(&shared) {
            if let Some(number) = *number {
                name(actor, &self.actors[number]);
                *counts.entry(number).or_default() += 1;
            }
        }
        for (number, _) in counts.into_iter().filter(|(_, count)| *count > 1) {
            let same: Vec<usize> = (0..shared.len()).filter(|&index| shared[index] == Some(number)).collect();
            merge(analysis, same[0], &same);
            for &index in same[1..].iter().rev() {
                shared.remove(index);
            }
        }
        tidy_aliases(analysis);
        part_ids(analysis, &shared);
        for (index, number) in shared.iter().enumerate() {
            if let Some(known) = number.map(|number| &self.actors[number]) {
                speak_for(analysis, ActorId(index), known, date);
            }
        }
    }
}

/// Whose each name is.
struct Names<'l>(HashMap<String, (usize, &'l str)>);

impl<'l> Names<'l> {
    fn new(actors: &'l [SharedActor]) -> Names<'l> {
        let mut names = HashMap::new();
        for (number, actor) in actors.iter().enumerate() {
            for name in std::iter::once(&actor.name).chain(&actor.aka) {
                names.entry(key(name)).or_insert((number, name.as_str()));
            }
        }
        Names(names)
    }

    /// Returns the entry of an actor: by its name, else by another form that only a name can be. "The alliance" is
    /// another one in each article, and a person called Washington is no state, whatever else a state is called.
    fn find(&self, actors: &[SharedActor], actor: &Actor) -> Option<usize> {
        let is_person = |kind| kind == ActorKind::Person;
        let fits = |(number, name): &&(usize, &str)| {
            let known = &actors[*number];
            *name == known.name || known.kind.is_none_or(|kind| is_person(kind) == is_person(actor.kind))
        };
        let by_name = self.0.get(&key(&actor.name)).filter(fits);
        let forms = actor.aliases.iter().filter_map(|alias| self.0.get(&key(alias)));
        let mut by_form = forms.filter(|(_, name)| name.contains(char::is_uppercase)).filter(fits);
        by_name.or_else(|| by_form.next()).map(|(number, _)| *number)
    }
}

/// A name as names are compared: one form of quotation marks and spaces, without an article.
pub(super) fn key(name: &str) -> String {
    let name = fold(name.trim()).text;
    let without = name.strip_prefix("the ").or_else(|| name.strip_prefix("The "));
    without.unwrap_or(&name).to_owned()
}

fn name(actor: &mut Actor, known: &SharedActor) {
    actor.id.clone_from(&known.id);
    actor.kind = known.kind.unwrap_or(actor.kind);
    if actor.name != known.name {
        let old = std::mem::replace(&mut actor.name, known.name.clone());
        actor.aliases.push(old);
    }
}

/// Gives other ids to actors that are not in the library and have an id of it by chance.
fn part_ids(analysis: &mut Analysis, shared: &[Option<usize>]) {
    let mut taken: HashSet<String> = HashSet::new();
    let by_library = |index: &usize| shared[*index].is_some();
    let (known, others): (Vec<usize>, Vec<usize>) = (0..shared.len()).partition(by_library);
    for index in known.into_iter().chain(others) {
        let id = &mut analysis.actors[index].id;
        let free = (2..).map(|number| format!("{id}-{number}"));
        if let Some(free) = taken.contains(id).then(|| free.into_iter().find(|free| !taken.contains(free))).flatten() {
            *id = free;
        }
        taken.insert(id.clone());
    }
}

/// Lets an actor speak for the party of that day, if the article names it.
fn speak_for(analysis: &mut Analysis, actor: ActorId, known: &SharedActor, date: Option<Date>) {
    let holds = |party: &&super::SpeaksFor| match date {
        Some(date) => party.from.is_none_or(|from| from <= date) && party.until.is_none_or(|until| date <= until),
        // An article without a date is taken for one of today.
        None => party.until.is_none(),
    };
    let party = known.speaks_for.iter().filter(holds).find_map(|party| actor_named(analysis, &party.actor));
    let Some(party) = party.filter(|party| !leads_to(analysis, *party, actor)) else { return };
    analysis.actors[actor.0].acts_for = Some(party);
    for position in analysis.positions.iter_mut().filter(|position| position.actors.contains(&actor)) {
        let parties = position.actors.iter().filter_map(|actor| analysis.actors[actor.0].acts_for);
        let parties: BTreeSet<ActorId> = parties.filter(|party| !position.actors.contains(party)).collect();
        position.speaks_for = parties.into_iter().collect();
    }
}

/// Returns whether a party, or whom it speaks for, is an actor.
fn leads_to(analysis: &Analysis, party: ActorId, actor: ActorId) -> bool {
    let chain = std::iter::successors(Some(party), |party| analysis.actors[party.0].acts_for);
    chain.take(analysis.actors.len()).any(|party| party == actor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyze;
    use crate::analysis::lexicon::Lexicon;
    use crate::annotation::fixture::document;
    use jiff::civil::date;

    const LIBRARY: &str = r#"
[[actor]]
id = "no"
name = "Kingdom of Norway"
aka = ["Norway", "Oslo", "the government"]
kind = "state"

[[actor]]
name = "Ferry Guild"
aka = ["the Guild", "Seamen’s Guild"]
kind = "organisation"

[[actor]]
name = "Ida Holm"
aka = ["Holm"]
kind = "person"
speaks-for = [
  { actor = "no", until = 2023-12-31 },
  { actor = "ferry-guild", from = 2024-01-01 },
]
"#;

    /// Checks the actors of an article as `id = name (kind), for party`.
    #[track_caller]
    fn check(article: &str, day: Option<Date>, expected: &[&str]) -> Analysis {
        let document = document(article);
        let mut analysis = analyze(&document, Lexicon::embedded());
        let (library, problems) = Library::read(LIBRARY);
        assert_eq!(problems, []);
        library.name_actors(day, &mut analysis);
        let shown = analysis.actors.iter().map(|actor| {
            let party = actor.acts_for.map(|party| format!(", for {}", analysis.actors[party.0].id));
            format!("{} = {} ({}){}", actor.id, actor.name, actor.kind.word(), party.unwrap_or_default())
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        analysis
    }

    #[test]
    fn an_actor_with_a_name_of_the_library_is_that_actor() {
        let analysis = check(
            "Oslo demanded new boats. Norway refused to pay. Iceland protested.",
            None,
            &["no = Kingdom of Norway (state)", "iceland = Iceland (state)"],
        );
        assert!(analysis.actors[0].aliases.contains(&"Norway".to_owned()), "{:?}", analysis.actors[0]);
    }

    #[test]
    fn actors_with_names_of_one_entry_are_one() {
        let analysis = check(
            "The Seamen's Guild demanded new boats. The Ferry Guild refused to say more.",
            None,
            &["ferry-guild = Ferry Guild (organisation)"],
        );
        let guild = &analysis.actors[0];
        assert_eq!((guild.mentions.len(), guild.aliases.iter().filter(|alias| **alias == guild.name).count()), (2, 0));
        assert!(analysis.positions.iter().all(|position| position.actors == [ActorId(0)]), "{:?}", analysis.positions);
    }

    #[test]
    fn a_form_that_another_may_have_is_no_name() {
        // A person is no state, whatever the short form of the name.
        check("Ana Oslo said no. Oslo left. ", None, &["ana-oslo = Ana Oslo (person)"]);
        let mut analysis =
            Analysis { actors: vec![actor("sweden", "Sweden", &["the government"])], ..Analysis::default() };
        Library::read(LIBRARY).0.name_actors(None, &mut analysis);
        assert_eq!(analysis.actors[0].name, "Sweden");
        let person = Actor { kind: ActorKind::Person, ..actor("oslo", "Oslo", &[]) };
        let mut people = Analysis { actors: vec![person], ..Analysis::default() };
        Library::read(LIBRARY).0.name_actors(None, &mut people);
        assert_eq!(people.actors[0].id, "oslo");
        analysis.actors[0] = actor("government", "the government", &[]);
        Library::read(LIBRARY).0.name_actors(None, &mut analysis);
        assert_eq!(analysis.actors[0].id, "no", "nothing but this form is known of it");
    }

    #[test]
    fn an_id_of_the_library_is_its_own() {
        let actors = vec![actor("no", "No", &[]), actor("no-2", "No Two", &[]), actor("norway", "Norway", &[])];
        let mut analysis = Analysis { actors, ..Analysis::default() };
        Library::read(LIBRARY).0.name_actors(None, &mut analysis);
        let ids: Vec<&str> = analysis.actors.iter().map(|actor| actor.id.as_str()).collect();
        assert_eq!(ids, ["no-2", "no-2-2", "no"]);
    }

    fn actor(id: &str, name: &str, aliases: &[&str]) -> Actor {
        Actor {
            id: id.into(),
            name: name.into(),
            kind: ActorKind::Group,
            role: None,
            acts_for: None,
            aliases: aliases.iter().map(|alias| (*alias).into()).collect(),
            mentions: Vec::new(),
        }
    }

    #[test]
    fn a_speaker_speaks_for_the_party_of_that_day() {
        let article = "Norway said no. The Seamen's Guild protested. Ida Holm said that the port was closed.";
        let with = |party: &str| {
            let holm = format!("ida-holm = Ida Holm (person), for {party}");
            [holm, "no = Kingdom of Norway (state)".to_owned(), "ferry-guild = Ferry Guild (organisation)".to_owned()]
        };
        let (last, first) = (Some(date(2023, 12, 31)), Some(date(2024, 1, 1)));
        for (day, party) in [(last, "no"), (first, "ferry-guild"), (None, "ferry-guild")] {
            let expected = with(party);
            let analysis = check(article, day, &expected.each_ref().map(String::as_str));
            let said = analysis.positions.iter().find(|position| position.actors == [ActorId(0)]).unwrap();
            assert_eq!(said.speaks_for.first().map(|id| analysis.actors[id.0].id.as_str()), Some(party));
        }
    }

    #[test]
    fn nobody_speaks_in_a_circle() {
        let toml = "[[actor]]\nname = \"A\"\nspeaks-for = \"b\"\n[[actor]]\nname = \"B\"\nspeaks-for = \"a\"\n";
        let actors = vec![actor("a", "A", &[]), actor("b", "B", &[])];
        let mut analysis = Analysis { actors, ..Analysis::default() };
        Library::read(toml).0.name_actors(None, &mut analysis);
        assert_eq!([0, 1].map(|index| analysis.actors[index].acts_for), [Some(ActorId(1)), None]);
    }
}
