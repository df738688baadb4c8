//! Where the reader was in a document, kept for the next time.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::files::short_name;
use super::save::{create_private_folder, replace_quickly};
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
}

/// The most searches kept.
const SEARCHES: usize = 50;

const PAGES: [(Page, &str); 3] = [(Page::Actors, "actors"), (Page::Exchange, "exchange"), (Page::Notes, "notes")];

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

/// Returns where the reader was: in this very text, or in the last one of the same name.
pub fn load(state: &Path, document: &Document) -> Option<Place> {
    let read = |path: PathBuf| toml::from_str::<Kept>(&fs::read_to_string(path).ok()?).ok();
    let kept = files(state, document).into_iter().find_map(read)?;
    let text = &document.text;
    // An index of the whole text would cost more than counting once up to the place.
    let byte = |characters| text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    let mark = |(letter, characters)| Some((letter, document.characters().byte(text, characters)?));
    Some(Place {
        top: byte(kept.top),
        here: byte(kept.here),
        page: PAGES.iter().find(|(_, name)| *name == kept.page).map_or(Page::default(), |(page, _)| *page),
        marks: kept.marks.into_iter().filter_map(mark).collect(),
        searches: kept.searches,
    })
}

/// Keeps where the reader is, by the text and by the document's name.
pub fn save(state: &Path, document: &Document, place: Place) -> io::Result<()> {
    let characters = |offset: Offset| document.characters().characters(&document.text, offset);
    let kept = Kept {
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
