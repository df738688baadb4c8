//! A note that was not finished, as it is kept: a line with the number of the character it begins at, then its words.

use super::{Keeper, read};
use crate::app::state::Unfinished;
use crate::document::Document;
use crate::shell::failure::Result;
use crate::shell::save::save_atomically;
use crate::text::Offset;

impl Keeper {
    /// Keeps an unfinished note until there is none.
    pub fn keep_draft(&self, document: &Document, note: Option<&Unfinished>) -> Result<()> {
        let written = note.map_or_else(String::new, |note| to_text(document, note));
        self.keep("drafts", "txt", &written, save_atomically)
    }

    /// Returns the unfinished note of an earlier session; without its place, or in a shorter text, it is where the
    /// reader left off.
    pub fn draft(&self, document: &Document) -> Option<Unfinished> {
        let kept = read(&self.kept("drafts", "txt")).ok().flatten()?;
        let (at, text) = from_text(document, &kept);
        Some(Unfinished { text: text.to_owned(), at: at.unwrap_or_else(|| self.place(document).here) })
    }
}

/// What stands before the number: words alone are the note, whatever they begin with.
const MARK: &str = "at ";

fn to_text(document: &Document, note: &Unfinished) -> String {
    match note.text.as_str() {
        "" => String::new(),
        text => format!("{MARK}{}\n{text}", document.text[..note.at].chars().count()),
    }
}

fn from_text<'t>(document: &Document, kept: &'t str) -> (Option<Offset>, &'t str) {
    let numbered = kept.strip_prefix(MARK).and_then(|kept| kept.split_once('\n'));
    let numbered = numbered.and_then(|(number, text)| Some((number.parse::<usize>().ok()?, text)));
    let Some((characters, text)) = numbered else { return (None, kept) };
    (document.text.char_indices().nth(characters).map(|(at, _)| at), text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_comes_back_with_its_place() {
        let document = Document::read("a.txt", "É one. Two.", None);
        let check = |kept: &str, at, text: &str| assert_eq!(from_text(&document, kept), (at, text));
        let note = Unfinished { text: "half\na tho".to_owned(), at: 8 };
        assert_eq!(&document.text[note.at..], "Two.");
        check(&to_text(&document, &note), Some(8), "half\na tho");
        check("at 99\nhalf", None, "half");
        check("1914\nwas the year", None, "1914\nwas the year");
        check("half\na tho", None, "half\na tho");
        assert_eq!(to_text(&document, &Unfinished { text: String::new(), at: 8 }), "", "no words are no note");
    }
}
