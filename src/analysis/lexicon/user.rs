//! The reader's own `lexicon.toml`: names of actors the program does not know, or knows otherwise, and cues.
//!
//! ```toml
//! [[actor]]
//! name = "Northern Fishermen's Guild"
//! names = ["the Guild", "NFG"]        # other names
//! kind = "organisation"               # person, organisation, state, group
//! acts-for = "Norway"                 # by name or id, listed here or known
//! nouns = ["guild"]                   # the common nouns by which a text goes on
//! adjectives = []                     # "the Norwegian minister"
//! members = ["Guildsmen"]             # its people, for the whole
//! capitals = ["Tromsø"]               # cities that stand for it
//! seats = ["the Fish Hall"]           # houses that stand for it
//! ```
//!
//! An entry that names a known party adds to it. Whatever cannot be read is reported, and the rest still works.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::slips::{Problem, Slips};
use super::{ActorKind, Lexicon, PartyId, Stands, kebab};
use crate::text::nearest;

const TABLES: &[&str] = &["actor", "cue"];

const KEYS: &[&str] = &["name", "names", "kind", "acts-for", "nouns", "adjectives", "members", "capitals", "seats"];

pub fn extend(lexicon: &Lexicon, toml: &str) -> (Lexicon, Vec<Problem>) {
    let (document, slips) = Slips::parse(toml);
    let mut reading = Reading { slips, lexicon: lexicon.clone(), waiting: Vec::new() };
    for (key, value) in document.get_ref() {
        match key.get_ref().as_ref() {
            "actor" => reading.read_actors(value),
            "cue" => reading.read_cues(value),
            unknown => reading.slips.report_unknown("table", unknown, key.span().start, TABLES),
        }
    }
    reading.link_parties();
    (reading.lexicon, reading.slips.into_problems())
}

/// The file while it is read.
pub struct Reading<'t> {
    pub slips: Slips<'t>,
    pub lexicon: Lexicon,
    /// Who acts for whom, and where that is written: the other may come later in the file.
    waiting: Vec<(PartyId, String, usize)>,
}

impl Reading<'_> {
    fn read_actors(&mut self, actors: &Spanned<DeValue>) {
        let Some(entries) = actors.get_ref().as_array() else {
            return self.slips.report(
                actors.span().start,
                "'actor' is not a list".into(),
                Some("write [[actor]]".into()),
            );
        };
        for entry in entries.iter() {
            match entry.get_ref().as_table() {
                Some(table) => self.read_actor(table, entry.span().start),
                None => {
                    self.slips.report(entry.span().start, "an actor is a table".into(), Some("write [[actor]]".into()))
                }
            }
        }
    }

    fn read_actor(&mut self, table: &DeTable, at: usize) {
        let Some(name) = table.get("name") else {
            return self.slips.report(at, "an actor without 'name'".into(), None);
        };
        let Some(text) = name.get_ref().as_str().filter(|name| !kebab(name).is_empty()) else {
            return self.slips.report(name.span().start, "'name' is not a name".into(), None);
        };
        let kind = table.get("kind").and_then(|kind| self.read_kind(kind));
        let known = self.lexicon.party_by_id(&kebab(text)).is_some();
        let party = self.lexicon.add_party(text, kind.unwrap_or(ActorKind::Organisation));
        if let (true, Some(kind)) = (known, kind) {
            self.lexicon.parties[party.0].kind = kind;
        }
        for (key, value) in table.iter() {
            self.read_key(party, key, value);
        }
    }

    fn read_key(&mut self, party: PartyId, key: &Spanned<std::borrow::Cow<str>>, value: &Spanned<DeValue>) {
        let stands = match key.get_ref().as_ref() {
            "name" | "kind" => return,
            "names" => Stands::Name,
            "adjectives" => Stands::Adjective,
            "members" => Stands::People,
            "capitals" => Stands::Capital,
            "seats" => Stands::Seat,
            "nouns" => {
                let nouns = self.slips.words("nouns", value);
                return self.lexicon.parties[party.0].nouns.extend(nouns);
            }
            "acts-for" => {
                return match value.get_ref().as_str() {
                    Some(other) => self.waiting.push((party, kebab(other), value.span().start)),
                    None => self.slips.report(value.span().start, "'acts-for' is not a name".into(), None),
                };
            }
            unknown => return self.slips.report_unknown("key", unknown, key.span().start, KEYS),
        };
        let names = self.slips.words(key.get_ref(), value);
        self.lexicon.add_names(party, stands, &names);
    }

    fn read_kind(&mut self, kind: &Spanned<DeValue>) -> Option<ActorKind> {
        let word = kind.get_ref().as_str().unwrap_or_default();
        let known = ActorKind::from_word(word);
        if known.is_none() {
            let words: Vec<&str> = ActorKind::ALL.iter().map(|kind| kind.word()).collect();
            self.slips.report_unknown("kind", word, kind.span().start, &words);
        }
        known
    }

    fn link_parties(&mut self) {
        for (party, other, at) in std::mem::take(&mut self.waiting) {
            match self.lexicon.party_by_id(&other) {
                Some(other) if other != party => self.lexicon.parties[party.0].acts_for = Some(other),
                Some(_) => self.slips.report(at, "an actor cannot act for itself".into(), None),
                None => {
                    let ids: Vec<&str> = self.lexicon.parties.iter().map(|party| party.id.as_str()).collect();
                    let nearest = nearest(&other, ids).map(|id| format!("did you mean '{id}'?"));
                    self.slips.report(at, format!("'acts-for' names no known party '{other}'"), nearest);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sense;
    use super::*;
    use proptest::prelude::*;

    fn extended(toml: &str) -> (Lexicon, Vec<String>) {
        let (lexicon, problems) = Lexicon::embedded().with_user(toml);
        (lexicon, problems.iter().map(Problem::to_string).collect())
    }

    #[track_caller]
    fn check_problems(toml: &str, expected: &[&str]) {
        assert_eq!(extended(toml).1, expected);
    }

    #[test]
    fn an_actor_of_the_readers_own_is_known() {
        let toml = "[[actor]]\nname = \"Northern Guild\"\nnames = [\"NG\"]\nacts-for = \"Norway\"\nnouns = \"guild\"\n";
        let (lexicon, problems) = extended(toml);
        assert_eq!(problems, [""; 0]);
        let guild = lexicon.party_by_id("northern-guild").unwrap();
        assert_eq!(lexicon.phrase_at("NG said", 0), Some((2, Sense::Party(guild, Stands::Name))));
        assert_eq!(lexicon.party(guild).acts_for, lexicon.party_by_id("norway"));
        assert_eq!(lexicon.party(guild).nouns, ["guild"]);
        assert_eq!(Lexicon::embedded().party_by_id("northern-guild"), None);
    }

    #[test]
    fn an_entry_adds_to_a_known_party() {
        let (lexicon, _) = extended("[[actor]]\nname = \"NATO\"\nnames = [\"the Pact\"]\n");
        let nato = lexicon.party_by_id("nato").unwrap();
        assert_eq!(lexicon.phrase_at("the Pact", 0), Some((8, Sense::Party(nato, Stands::Name))));
        assert!(lexicon.party(nato).nouns.contains(&"alliance".to_owned()));
    }

    #[test]
    fn a_mistake_names_its_line_and_the_nearest_word() {
        check_problems(
            "[[actor]]\nname = \"A\"\nnmaes = [\"B\"]\n",
            &["3: unknown key 'nmaes'\n  hint: did you mean 'names'?"],
        );
        check_problems("[[actors]]\nname = \"A\"\n", &["1: unknown table 'actors'\n  hint: did you mean 'actor'?"]);
        check_problems(
            "[[actor]]\nname = \"A\"\nkind = \"sate\"\n",
            &["3: unknown kind 'sate'\n  hint: did you mean 'state'?"],
        );
        check_problems(
            "[[actor]]\nname = \"A\"\nacts-for = \"Norwya\"\n",
            &["3: 'acts-for' names no known party 'norwya'\n  hint: did you mean 'norway'?"],
        );
        check_problems("[[actor]]\nnames = [\"B\"]\n", &["1: an actor without 'name'"]);
    }

    #[test]
    fn a_cue_of_the_readers_own_is_found_by_the_usual_rules() {
        use crate::analysis::{Act, analyze};
        let (lexicon, problems) = extended("[[cue]]\nword = \"moot\"\nact = \"offers\"\n");
        assert_eq!(problems, [""; 0]);
        let document = crate::document::plain::read("Norway mooted that the port be closed.");
        let act = |lexicon: &Lexicon| analyze(&document, lexicon).positions.first().map(|position| position.act);
        assert_eq!(act(&lexicon), Some(Act::Offers));
        assert_eq!(act(Lexicon::embedded()), None);
    }

    #[test]
    fn a_readers_cue_goes_before_the_programs() {
        use crate::analysis::{Act, analyze};
        let (lexicon, _) = extended("[[cue]]\nword = \"say\"\nact = \"warns\"\nframes = \"that\"\n");
        let document = crate::document::plain::read("Norway said that the port was closed.");
        assert_eq!(analyze(&document, &lexicon).positions[0].act, Act::Warns);
    }

    #[test]
    fn a_mistake_in_a_cue_names_its_line_and_the_nearest_word() {
        check_problems(
            "[[cue]]\nword = \"moot\"\nact = \"ofers\"\n",
            &["3: unknown act 'ofers'\n  hint: did you mean 'offers'?"],
        );
        check_problems(
            "[[cue]]\nword = \"moot\"\nact = \"offers\"\nframes = \"np quot\"\n",
            &["4: unknown frame 'quot'\n  hint: did you mean 'quote'?"],
        );
        check_problems(
            "[[cue]]\nwrod = \"moot\"\n",
            &["1: a cue without 'word'", "2: unknown key 'wrod'\n  hint: did you mean 'word'?"],
        );
    }

    #[test]
    fn the_rest_still_works() {
        let toml = "[[actor]]\nname = 3\n\n[[actor]]\nname = \"B\"\nnames = [1, \"C\"]\n\n[[cue]]\nword = \"moot\"\n";
        let (lexicon, problems) = extended(toml);
        let expected =
            ["2: 'name' is not a name", "6: 'names' holds something that is no word", "8: a cue without 'act'"];
        assert_eq!(problems, expected);
        let b = lexicon.party_by_id("b").unwrap();
        assert_eq!(lexicon.phrase_at("C", 0), Some((1, Sense::Party(b, Stands::Name))));
    }

    #[test]
    fn a_broken_line_hides_nothing_else() {
        let (lexicon, problems) = extended("[[actor]]\nname = \"B\"\nnames = [\n\n[[actor]]\nname = \"D\"\n");
        assert!(!problems.is_empty());
        assert!(lexicon.party_by_id("b").is_some());
    }

    proptest! {
        #[test]
        fn any_text_is_survived(toml in "(\\PC|\n|\\[\\[actor\\]\\]\n|name = \"x\"\n){0,40}") {
            let (lexicon, problems) = Lexicon::embedded().with_user(&toml);
            prop_assert!(lexicon.party_by_id("norway").is_some());
            prop_assert!(problems.iter().all(|problem| problem.line >= 1));
        }
    }
}
