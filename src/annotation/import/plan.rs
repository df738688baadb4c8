//! From annotations of a file to one change of the notes: placed, named so that a second import adds nothing, in order.

use std::collections::{HashMap, HashSet};

use super::locate::{Locator, first, last};
use super::{Annotation, Format};
use crate::annotation::{Anchor, Body, Edit, Entry, Id, Notes, Selector, describe};
use crate::document::Document;
use crate::text::{Span, fold};

/// What an import would do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// One change, to be undone as one.
    pub edit: Edit,
    pub added: usize,
    /// Of those added, how many have no place in the document.
    pub lost: usize,
    /// Are in the notes already.
    pub known: usize,
    /// Are on other texts, and left out.
    pub elsewhere: usize,
    /// Say nothing and mark nothing: bookmarks without words.
    pub empty: usize,
}

/// Words as long as this, in characters, are hardly found by chance in a text they are not from.
const TELLING: usize = 24;

/// How much is kept of what stands around words that are lost, in characters.
const CONTEXT: usize = 32;

/// Returns what importing does to the notes; neither is changed.
pub fn plan(document: &Document, notes: &Notes, format: Format, annotations: Vec<Annotation>) -> Plan {
    let locator = Locator::new(document);
    let ours = format!("urn:sha256:{}", document.sha256());
    let locate = |annotation: Annotation| {
        let same_text = annotation.on.as_ref().is_none_or(|on| *on == ours);
        let anchor = annotation.target.as_ref().map(|target| locator.locate(target, same_text));
        Placed { annotation, anchor, same_text }
    };
    let mut placed: Vec<Placed> = annotations.into_iter().map(locate).collect();
    placed.sort_by_key(|placed| placed.span().map_or(usize::MAX, |span| span.start));
    let ours = texts_of(document, &placed);
    let mut plan = Plan { edit: Edit::Many(Vec::new()), added: 0, lost: 0, known: 0, elsewhere: 0, empty: 0 };
    let mut naming = Naming::new(document, notes, format);
    let mut entries: Vec<(Entry, Vec<(String, String)>)> = Vec::new();
    for placed in placed {
        if !placed.same_text && !placed.annotation.on.as_ref().is_some_and(|on| ours.contains(on)) {
            plan.elsewhere += 1;
        } else if placed.is_empty() {
            plan.empty += 1;
        } else if let Some(id) = naming.name(&placed) {
            plan.added += 1;
            plan.lost += usize::from(placed.is_lost());
            let links = placed.annotation.links.clone();
            entries.push((placed.entry(document, id), links));
        } else {
            plan.known += 1;
        }
    }
    plan.edit = Edit::Many(entries.into_iter().map(|(entry, links)| Edit::Add(naming.link(entry, links))).collect());
    plan
}

/// Returns the texts of the file that are this document: the one of its title, those whose words stand in it, and the
/// only one.
fn texts_of(document: &Document, placed: &[Placed]) -> HashSet<String> {
    let mut texts: HashSet<&String> = placed.iter().filter_map(|placed| placed.annotation.on.as_ref()).collect();
    if texts.len() > 1 {
        let stem = document.name.rsplit_once('.').map_or(document.name.as_str(), |(stem, _)| stem);
        let names: Vec<String> =
            document.metadata.title.iter().map(String::as_str).chain([stem]).map(title_of).collect();
        let stands_here = |placed: &&Placed| {
            let words = placed.annotation.target.as_ref().map_or("", |target| &target.quote);
            placed.span().is_some() && words.chars().count() >= TELLING
        };
        let found: HashSet<&String> =
            placed.iter().filter(stands_here).filter_map(|placed| placed.annotation.on.as_ref()).collect();
        texts.retain(|text| names.contains(&title_of(text)) || found.contains(text));
    }
    texts.into_iter().cloned().collect()
}

/// Returns a title without its author and in one form.
fn title_of(text: &str) -> String {
    let title = text.trim().strip_suffix(')').and_then(|text| text.rsplit_once(" (")).map_or(text, |(title, _)| title);
    fold(title.trim()).text.to_lowercase()
}

/// An annotation and where it stands.
struct Placed {
    annotation: Annotation,
    /// `None` when it is about no place.
    anchor: Option<Anchor>,
    /// Its offsets count in this document.
    same_text: bool,
}

impl Placed {
    fn span(&self) -> Option<Span> {
        self.anchor.as_ref()?.span()
    }

    fn is_lost(&self) -> bool {
        self.anchor.as_ref().is_some_and(|anchor| anchor.span().is_none())
    }

    fn words(&self) -> String {
        fold(words_of(self.annotation.target.as_ref())).text
    }

    fn is_empty(&self) -> bool {
        let Body::Note(note) = &self.annotation.body else { return false };
        self.span().is_none() && self.words().trim().is_empty() && note.text.is_empty() && note.tags.is_empty()
    }

    /// Returns the entry, described as this document has its words, or as the file does when they are lost.
    fn entry(self, document: &Document, id: Id) -> Entry {
        let (span, same_text) = (self.span(), self.same_text);
        let Annotation { target, body, created, updated, .. } = self.annotation;
        let target = target.and_then(|target| match (span, &self.anchor) {
            // The file's own description is of this very text.
            (Some(_), Some(Anchor::Same(_))) if same_text && !target.sentence.is_empty() => Some(target),
            (Some(span), _) => Some(describe(document, span)),
            (None, _) => lost(target, same_text),
        });
        Entry { id, target, body, created, updated }
    }
}

/// Returns the words of a target, or its whole sentence.
fn words_of(target: Option<&Selector>) -> &str {
    target.map_or("", |target| if target.quote.is_empty() { &target.sentence } else { &target.quote })
}

fn lost(target: Selector, same_text: bool) -> Option<Selector> {
    if target.quote.trim().is_empty() && target.sentence.is_empty() {
        return None;
    }
    let (prev, next) = (last(&target.prev, CONTEXT).to_owned(), first(&target.next, CONTEXT).to_owned());
    Some(Selector { prev, next, at: target.at.filter(|_| same_text), ..target })
}

/// Gives entries their ids: their own when they have one, else one made of what does not change from import to import.
struct Naming {
    format: Format,
    /// The words of every entry, by its id, and those that stand at its place now.
    words: HashMap<Id, [String; 2]>,
    /// Of which places and words the notes say something, and what.
    said: HashSet<(String, String)>,
    /// What the file calls an entry, and what it is called here.
    names: HashMap<String, Id>,
}

impl Naming {
    fn new(document: &Document, notes: &Notes, format: Format) -> Naming {
        let mut naming = Naming { format, words: HashMap::new(), said: HashSet::new(), names: HashMap::new() };
        for entry in notes.entries() {
            let words = words_of(entry.target.as_ref());
            let span = notes.anchor(&entry.id).span();
            let now = span.map_or(words, |span| span.of(&document.text));
            let words = [words, now].map(|words| fold(words).text);
            naming.said.extend(said(&entry.body, span, &words[0]));
            naming.words.insert(entry.id.clone(), words);
        }
        naming
    }

    /// Returns the id of a new entry; `None` when the notes have it, in whatever state the reader left it.
    fn name(&mut self, placed: &Placed) -> Option<Id> {
        let annotation = &placed.annotation;
        let words = placed.words();
        let ids = candidates(annotation, &words, self.format);
        let taken = |id: &Id| self.words.get(id);
        let id = ids
            .into_iter()
            .find(|id| taken(id).is_none_or(|others| others.iter().any(|other| alike(other, &words))))?;
        self.names.extend(annotation.id.clone().map(|name| (name, id.clone())));
        let is_known = taken(&id).is_some();
        let is_said = said(&annotation.body, placed.span(), &words).is_some_and(|said| self.said.contains(&said));
        if is_known || is_said {
            return None;
        }
        self.words.insert(id.clone(), [words.clone(), words]);
        Some(id)
    }

    /// Turns links to what the file calls its entries into links to what they are called here.
    fn link(&self, mut entry: Entry, links: Vec<(String, String)>) -> Entry {
        let here = |name: &String| self.names.get(name).map_or(name.clone(), |id| id.0.clone());
        match &mut entry.body {
            Body::Note(note) => {
                note.links.extend(links.iter().map(|(relation, name)| format!("{relation}:{}", here(name))));
            }
            Body::Position(position) => position.answers.iter_mut().for_each(|name| *name = here(name)),
            Body::Actor(_) => {}
        }
        entry
    }
}

/// Returns the ids an entry may have, the first that is free or its own.
fn candidates(annotation: &Annotation, words: &str, format: Format) -> Vec<Id> {
    if let Body::Actor(actor) = &annotation.body {
        return vec![Id(actor.actor.clone())];
    }
    let own = annotation.id.clone().map(Id).filter(|id| format == Format::Own || id.is_short());
    let said = match (&annotation.id, &annotation.body) {
        (Some(id), _) => id.clone(),
        (None, Body::Note(note)) => format!("{}\n{}", note.text, note.tags.join("\n")),
        (None, _) => String::new(),
    };
    let seed = format!("{}\n{said}\n{words}", format.word());
    let made = (0..8).map(|again| Id::of_words(&format!("{seed}\n{again}")));
    own.into_iter().chain(made).collect()
}

/// Returns whether two texts are the same words, of which one may have been cut at its ends.
fn alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    one == other || (!one.is_empty() && !other.is_empty() && (one.contains(other) || other.contains(one)))
}

/// Returns the place of an entry with what is said there; a note that says it again is no second one.
fn said(body: &Body, span: Option<Span>, words: &str) -> Option<(String, String)> {
    let place = span.map_or_else(|| format!("“{}”", words.trim()), |span| format!("{}-{}", span.start, span.end));
    match body {
        Body::Note(note) => {
            let mut tags = note.tags.clone();
            tags.sort();
            Some((place, format!("{}\n{}", note.text.trim(), tags.join("\n"))))
        }
        Body::Position(_) | Body::Actor(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::annotation::Reading;
    use crate::annotation::export::{Contents, Filter};
    use crate::annotation::fixture::document;
    use crate::annotation::import::read;
    use crate::annotation::list::listing;

    const ARTICLE: &str = "The ferry to Osk stopped on Tuesday. Its crew wants new boats.\n\n\
        “No boat sails before May,” said Ruth Aal, the crew’s speaker. The owner refused to comment.\n";

    /// Imports files one after the other into new notes; returns the last plan and the notes.
    fn import(files: &[(Format, &str)]) -> (Plan, Notes) {
        let document = document(ARTICLE);
        let mut notes = Notes::new();
        let mut last = None;
        for (format, text) in files {
            let found = read(*format, text.as_bytes()).unwrap();
            assert_eq!(found.bad, []);
            let plan = plan(&document, &notes, *format, found.annotations);
            notes.change(&document, plan.edit.clone());
            last = Some(plan);
        }
        (last.unwrap(), notes)
    }

    fn counts(plan: &Plan) -> [usize; 5] {
        [plan.added, plan.lost, plan.known, plan.elsewhere, plan.empty]
    }

    #[track_caller]
    fn check(format: Format, text: &str, numbers: [usize; 5], expected: &str) {
        let (plan, notes) = import(&[(format, text)]);
        let (document, reading) = (document(ARTICLE), Reading::default());
        let list = listing(&Contents::new(&document, &notes, &reading, &Filter::default()));
        assert_eq!((counts(&plan), list), (numbers, expected.to_owned()));
    }

    #[test]
    fn what_is_found_is_placed_and_the_rest_is_lost() {
        let text = "refused to comment\tso?\tx\nthe sea was calm\tno\nwants new boats\n\t\n\tall of it\n";
        let expected = "¶1    highlight same      “wants new boats”\n¶2    note      same      “refused to comment” #x\n      so?\n\
            -     note      lost      “the sea was calm”\n      no\n-     note\n      all of it\n";
        check(Format::Tsv, text, [4, 1, 0, 0, 0], expected);
    }

    #[test]
    fn annotations_on_other_texts_are_left_out() {
        let text = "Highlight,Title,Note\n\
            \"No boat sails before May,\",Ferries,one\nthe sea was calm,Ferries,two\n\
            crew,The Sea,three\nhere be monsters of the deep,The Sea,four\n";
        let (plan, notes) = import(&[(Format::Readwise, text)]);
        assert_eq!(counts(&plan), [2, 1, 0, 2, 0]);
        assert!(!notes.to_toml().contains("monsters"));
        let titled = "Highlight,Title,Note\nthe sea was calm,Article (A. Author),x\nmonsters,The Sea,y\n";
        assert_eq!(counts(&import(&[(Format::Readwise, titled)]).0), [1, 1, 0, 1, 0]);
        let only = "Highlight,Title,Note\nthe sea was calm,Another,x\n";
        assert_eq!(counts(&import(&[(Format::Readwise, only)]).0), [1, 1, 0, 0, 0]);
    }

    #[test]
    fn a_second_import_adds_nothing() {
        let text = "refused to comment\tso?\tx\nthe sea was calm\tno\nwants new boats\nwants new boats\n";
        let (plan, first) = import(&[(Format::Tsv, text)]);
        assert_eq!(counts(&plan), [3, 1, 1, 0, 0], "what stands twice is one note");
        let (plan, second) = import(&[(Format::Tsv, text), (Format::Tsv, text)]);
        assert_eq!((counts(&plan), second.to_toml()), ([0, 0, 4, 0, 0], first.to_toml()));
    }

    #[test]
    fn what_the_reader_made_of_an_import_stays() {
        let document = document(ARTICLE);
        let row = r#"[{"id": "abcdef0123", "text": "so?", "target": [{"selector": {"type": "TextQuoteSelector", "exact": "new boats"}}]}]"#;
        let (_, mut notes) = import(&[(Format::Hypothesis, row)]);
        let mut entry = notes.entries()[0].clone();
        if let Body::Note(note) = &mut entry.body {
            note.text = "answered".into();
        }
        notes.change(&document, Edit::Replace(entry));
        let again =
            plan(&document, &notes, Format::Hypothesis, read(Format::Hypothesis, row.as_bytes()).unwrap().annotations);
        assert_eq!(counts(&again), [0, 0, 1, 0, 0]);
    }

    #[test]
    fn an_import_is_undone_as_one() {
        let document = document(ARTICLE);
        let file = "# mine\nformat = \"demarche-notes/1\"\n\n[[note]]\nid = \"aaaaaa\"\nquote = \"ferry\"\n";
        let mut notes = Notes::parse(file, &document).unwrap();
        let found = read(Format::Tsv, b"new boats\tone\nthe sea\ttwo\nferry\n").unwrap();
        let plan = plan(&document, &notes, Format::Tsv, found.annotations);
        assert_eq!(counts(&plan), [2, 1, 1, 0, 0]);
        notes.change_as(&document, plan.edit, "import 2 notes".into());
        assert_eq!(notes.entries().len(), 3);
        assert_eq!(notes.undo(&document).as_deref(), Some("import 2 notes"));
        assert_eq!(notes.to_toml(), file);
    }

    #[test]
    fn links_lead_to_the_new_names() {
        let text = "T1\tParty 41 45\tcrew\nT2\tDemand 46 51\twants\nR1\tSays Arg1:T1 Arg2:T2\n";
        let (plan, notes) = import(&[(Format::Brat, text)]);
        assert_eq!(counts(&plan), [2, 0, 0, 0, 0]);
        let Body::Note(note) = &notes.entries()[0].body else { panic!("a note") };
        assert_eq!(note.links, [format!("Says:{}", notes.entries()[1].id.0)]);
    }

    #[test]
    fn a_colleagues_file_keeps_its_names_and_corrections() {
        let file = "format = \"demarche-notes/1\"\n\n[[actor]]\nid = \"crew\"\nname = \"Crew\"\nstate = \"corrected\"\n\n\
            [[note]]\nid = \"mine\"\nquote = \"new boats\"\n\n[[position]]\nid = \"bbbbbb\"\nactor = \"crew\"\nact = \"demands\"\n\
            quote = \"wants new boats\"\nstate = \"added\"\nanswers = [\"mine\"]\n";
        let (plan, notes) = import(&[(Format::Own, file)]);
        assert_eq!(counts(&plan), [3, 0, 0, 0, 0]);
        let ids: Vec<&str> = notes.entries().iter().map(|entry| entry.id.0.as_str()).collect();
        assert_eq!(ids, ["crew", "bbbbbb", "mine"]);
        let (again, _) = import(&[(Format::Own, file), (Format::Own, file)]);
        assert_eq!(counts(&again), [0, 0, 3, 0, 0]);
    }

    proptest! {
        #[test]
        fn whatever_is_imported_is_imported_once(rows in proptest::collection::vec((0..90usize, 1..40usize, "[a-c ]{0,3}", "[xy,]{0,3}"), 0..12)) {
            let article: Vec<char> = ARTICLE.chars().collect();
            let row = |(start, length, note, tags): &(usize, usize, String, String)| {
                let quote: String = article[*start..].iter().take(*length).collect();
                format!("{}\t{note}\t{tags}\n", quote.replace('\n', " "))
            };
            let text: String = rows.iter().map(row).collect();
            let (plan, first) = import(&[(Format::Tsv, &text)]);
            let (again, second) = import(&[(Format::Tsv, &text), (Format::Tsv, &text)]);
            prop_assert_eq!(again.added, 0, "{}", text);
            prop_assert_eq!(second.to_toml(), first.to_toml());
            prop_assert_eq!(first.entries().len(), plan.added);
            prop_assert!(first.problems().is_empty());
        }
    }
}
