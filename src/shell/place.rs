//! Where the reader was in a document, kept for the next time.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::short_name;
use super::save::{create_private_folder, replace_quickly};
use crate::annotation::{Anchorer, Selector, describe};
use crate::app::{Page, State};
use crate::document::Document;
use crate::text::Offset;

/// The first character shown and the one under the cursor, and what else of the session the next one begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    pub top: Offset,
    pub here: Offset,
    pub page: Page,
    pub marks: BTreeMap<char, Offset>,
    /// What was looked for, oldest first.
    pub searches: Vec<String>,
}

/// A place as it is kept: in characters, as everywhere outside of the program.
#[derive(Serialize, Deserialize)]
struct Kept {
    top: usize,
    here: usize,
    #[serde(default)]
    page: String,
    #[serde(default)]
    searches: Vec<String>,
    #[serde(default)]
    marks: BTreeMap<char, usize>,
    /// The sentences of the places by their names, to find them again in a text that was changed.
    #[serde(default)]
    sentences: BTreeMap<String, Home>,
}

/// A sentence, what stands around it, and how many characters of it come before the place.
#[derive(Serialize, Deserialize)]
struct Home {
    sentence: String,
    prev: String,
    next: String,
    within: usize,
}

/// In a longer text that was changed, places are where they were: looking for sentences would take too long.
const LONGEST: usize = 4 << 20;

/// The most searches kept.
const SEARCHES: usize = 50;

const PAGES: [(Page, &str); 4] =
    [(Page::Actors, "actors"), (Page::Exchange, "exchange"), (Page::Notes, "notes"), (Page::Contents, "contents")];

impl Place {
    /// Returns where a session is.
    pub fn of(state: &State) -> Place {
        let searches = &state.find.history;
        Place {
            top: state.top,
            here: state.here,
            page: state.page,
            marks: state.marks.clone(),
            searches: searches[searches.len().saturating_sub(SEARCHES)..].to_vec(),
        }
    }

    /// Brings a session that begins to this place.
    pub fn restore(self, state: &mut State) {
        (state.top, state.here) = (self.top, self.here);
        (state.page, state.marks, state.find.history) = (self.page, self.marks, self.searches);
    }
}

/// Returns where the reader was: in this very text, or in the last one of the same name, where the sentences say which
/// place is meant.
pub fn load(state: &Path, document: &Document) -> Option<Place> {
    let read = |path: PathBuf| toml::from_str::<Kept>(&fs::read_to_string(path).ok()?).ok();
    let (kept, is_same) =
        files(state, document).into_iter().enumerate().find_map(|(i, path)| Some((read(path)?, i == 0)))?;
    let text = &document.text;
    let searched = !is_same && text.len() <= LONGEST;
    let anchorer = Anchorer::new(document);
    let again = |name: &str| kept.sentences.get(name).filter(|_| searched)?.find(document, &anchorer);
    // An index of the whole text would cost more than counting once up to the place.
    let byte = |characters| text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    let mark = |(letter, characters): (char, usize)| {
        let at = again(&letter.to_string()).or_else(|| document.characters().byte(text, characters))?;
        Some((letter, at))
    };
    Some(Place {
        top: again(TOP).unwrap_or_else(|| byte(kept.top)),
        here: again(HERE).unwrap_or_else(|| byte(kept.here)),
        page: PAGES.iter().find(|(_, name)| *name == kept.page).map_or(Page::default(), |(page, _)| *page),
        marks: kept.marks.iter().map(|(&letter, &at)| (letter, at)).filter_map(mark).collect(),
        searches: kept.searches.clone(),
    })
}

/// Keeps where the reader is, by the text and by the document's name.
pub fn save(state: &Path, document: &Document, place: Place) -> io::Result<()> {
    let characters = |offset: Offset| document.characters().characters(&document.text, offset);
    let named = [(TOP.to_owned(), place.top), (HERE.to_owned(), place.here)].into_iter();
    let named = named.chain(place.marks.iter().map(|(letter, at)| (letter.to_string(), *at)));
    let homes = named.filter_map(|(name, at)| Some((name, Home::of(document, at)?)));
    let kept = Kept {
        sentences: if document.text.len() <= LONGEST { homes.collect() } else { BTreeMap::new() },
        top: characters(place.top),
        here: characters(place.here),
        page: PAGES.iter().find(|(page, _)| *page == place.page).map_or("", |(_, name)| *name).to_owned(),
        searches: place.searches,
        marks: place.marks.into_iter().map(|(letter, offset)| (letter, characters(offset))).collect(),
    };
    let text = toml::to_string(&kept).unwrap_or_default();
    create_private_folder(&state.join("places"))?;
    files(state, document).iter().try_for_each(|path| replace_quickly(path, text.as_bytes()))
}

/// The names of the places that are no marks; those of marks are one letter.
const TOP: &str = "top";
const HERE: &str = "here";

impl Home {
    fn of(document: &Document, at: Offset) -> Option<Home> {
        let sentence = document.sentence_at(at)?;
        let within = document.text.get(sentence.start..at.max(sentence.start))?.chars().count();
        let Selector { sentence, prev, next, .. } = describe(document, sentence);
        Some(Home { sentence, prev, next, within })
    }

    /// Returns the place in a text in which the sentence may stand elsewhere or otherwise.
    fn find(&self, document: &Document, anchorer: &Anchorer) -> Option<Offset> {
        let Home { sentence, prev, next, within } = self;
        let (quote, sentence, prev, next) = (sentence.clone(), sentence.clone(), prev.clone(), next.clone());
        let span = anchorer.anchor(&Selector { quote, sentence, prev, next, at: None, nth: 0 }, false).span()?;
        let at = span.of(&document.text).char_indices().nth(*within).map_or(span.len(), |(at, _)| at);
        Some(span.start + at)
    }
}

/// Returns the files of a document's place; standard input has no name.
fn files(state: &Path, document: &Document) -> Vec<PathBuf> {
    let by_name = (document.name != "-").then(|| format!("name-{}", short_name(document.name.as_bytes())));
    let names = [Some(document.fingerprint().to_owned()), by_name].into_iter().flatten();
    names.map(|name| state.join("places").join(name + ".toml")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(name: &str, text: &str) -> Document {
        Document::read(name, text.to_owned(), None)
    }

    #[test]
    fn a_place_is_found_by_the_text_then_by_the_name() {
        let state = tempfile::tempdir().unwrap();
        let text = "é one two";
        let place = Place { here: text.find("two").unwrap(), ..Place::default() };
        save(state.path(), &document("a.txt", text), place.clone()).unwrap();
        let load = |name, text| load(state.path(), &document(name, text));
        let at = |here| Some(Place { here, ..Place::default() });
        assert_eq!(load("b.txt", text), Some(place));
        assert_eq!(load("a.txt", "e one two"), at(6), "the sixth character");
        assert_eq!(load("a.txt", "x"), at(1));
        assert_eq!(load("b.txt", "x"), None);
    }

    #[test]
    fn the_next_session_begins_with_marks_page_and_searches() {
        let folder = tempfile::tempdir().unwrap();
        let document = document("a.txt", "é one two");
        let place = Place {
            page: Page::Notes,
            marks: [('a', 3), ('é', 7)].into(),
            searches: vec!["one \"two\"".into(), "é\u{1b}".into()],
            ..Place::default()
        };
        let mut state = State::new(crate::app::Size { columns: 80, rows: 24 });
        place.clone().restore(&mut state);
        save(folder.path(), &document, Place::of(&state)).unwrap();
        assert_eq!(load(folder.path(), &document), Some(place));
        let shorter = Document::read("a.txt", "é one", None);
        assert_eq!(load(folder.path(), &shorter).unwrap().marks, [('a', 3)].into(), "the other is past the end");
    }

    #[test]
    fn a_place_is_found_by_its_sentence_where_the_text_was_changed() {
        let folder = tempfile::tempdir().unwrap();
        let old =
            "The board met in May.\n\nThe ferry is late again today. Nobody says why it is so.\n\nThe end came soon.";
        let new = "A note by the editor stands here.\n\nThe board met in May.\n\nThe ferry was late again today. Nobody says \
                   why it is so.\n\nThe end came soon.";
        let at = |text: &str, words: &str| text.find(words).unwrap();
        let place = Place {
            top: at(old, "The ferry"),
            here: at(old, "says why"),
            marks: [('a', at(old, "again")), ('b', at(old, "soon"))].into(),
            ..Place::default()
        };
        save(folder.path(), &document("a.txt", old), place).unwrap();
        let found = load(folder.path(), &document("a.txt", new)).unwrap();
        assert_eq!((found.top, found.here), (at(new, "The ferry"), at(new, "says why")));
        assert_eq!(found.marks[&'b'], at(new, "soon"));
        // One character more stands before it: the place is where as many characters are.
        assert_eq!(found.marks[&'a'], at(new, "again") - 1);
    }

    #[test]
    fn a_broken_file_is_no_place() {
        let state = tempfile::tempdir().unwrap();
        let document = document("a.txt", "one");
        save(state.path(), &document, Place::default()).unwrap();
        for path in files(state.path(), &document) {
            fs::write(path, "top = -1").unwrap();
        }
        assert_eq!(load(state.path(), &document), None);
    }
}
