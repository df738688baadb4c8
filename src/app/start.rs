//! The start page: the articles that were read lately and those with notes, found by typing.

use std::path::PathBuf;

use jiff::Timestamp;

use super::prompt::Prompt;
use crate::annotation::Id;
use crate::text::Words;

/// An article that was read or has notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    pub title: String,
    /// Where it was read from; absent when nothing but its notes is known.
    pub path: Option<PathBuf>,
    /// What is shown of where it is: its path, or the name of its file.
    pub place: String,
    pub opened: Option<Timestamp>,
    pub notes: Vec<Line>,
}

/// A note of an article on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub id: Id,
    pub text: String,
}

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Article(usize),
    /// A note that was found, below its article.
    Note(usize, usize),
}

#[derive(Debug)]
pub struct StartPage {
    /// The latest first, then those that are known by their notes alone.
    pub articles: Vec<Article>,
    pub prompt: Prompt,
    /// What the text that is typed finds.
    pub rows: Vec<Row>,
    pub selected: usize,
}

impl StartPage {
    pub fn new(articles: Vec<Article>) -> StartPage {
        let rows = rows(&articles, "");
        StartPage { articles, prompt: Prompt::new(""), rows, selected: 0 }
    }

    /// Lists what the typed text finds now.
    pub fn look(&mut self) {
        self.rows = rows(&self.articles, self.prompt.text());
        self.selected = 0;
    }

    /// Moves the selection by some rows.
    pub fn step(&mut self, rows: isize) {
        self.selected = self.selected.saturating_add_signed(rows).min(self.rows.len().saturating_sub(1));
    }

    /// Returns the selected article, and the note when one of its notes is selected.
    pub fn chosen(&self) -> Option<(&Article, Option<&Line>)> {
        match *self.rows.get(self.selected)? {
            Row::Article(article) => Some((&self.articles[article], None)),
            Row::Note(article, note) => Some((&self.articles[article], Some(&self.articles[article].notes[note]))),
        }
    }
}

/// The most notes shown of one article.
const MOST: usize = 5;

/// Lists the articles with the words that are typed, and below each the notes that say what its title does not.
fn rows(articles: &[Article], typed: &str) -> Vec<Row> {
    let words = Words::new(typed);
    let mut rows = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        let in_title = words.are_in(&[&article.title, &article.place]);
        let is_found = |note: &Line| match in_title {
            true => !words.is_empty() && words.are_in(&[&note.text]),
            false => words.are_in(&[&note.text, &article.title]),
        };
        let notes = article.notes.iter().enumerate().filter(|(_, note)| is_found(note));
        let notes: Vec<Row> = notes.map(|(note, _)| Row::Note(number, note)).take(MOST).collect();
        if in_title || !notes.is_empty() {
            rows.push(Row::Article(number));
            rows.extend(notes);
        }
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(title: &str, notes: &[&str]) -> Article {
        let note = |text: &&str| Line { id: Id((*text).to_owned()), text: (*text).to_owned() };
        let notes = notes.iter().map(note).collect();
        Article { title: title.into(), path: None, place: format!("/news/{title}.txt"), opened: None, notes }
    }

    /// Checks the rows that a text finds: articles by number, notes by article and number.
    #[track_caller]
    fn check(typed: &str, expected: &[&str]) {
        let articles = [article("Ferry talks", &["who paid?", "the ferry"]), article("Quay", &["Ferry again"])];
        let shown = rows(&articles, typed).into_iter().map(|row| match row {
            Row::Article(article) => article.to_string(),
            Row::Note(article, note) => format!("{article}.{note}"),
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected, "{typed:?}");
    }

    #[test]
    fn articles_are_found_by_title_place_and_notes() {
        check("", &["0", "1"]);
        check("quay", &["1"]);
        check("news txt", &["0", "1"]);
        check("ferry", &["0", "0.1", "1", "1.0"]);
        check("Ferry again", &["1", "1.0"]);
        check("quay ferry", &["1", "1.0"]);
        check("talks paid", &["0", "0.0"]);
        check("nowhere", &[]);
    }

    #[test]
    fn the_selection_stays_in_the_list() {
        let mut page = StartPage::new(vec![article("A", &["x"]), article("B", &[])]);
        page.step(5);
        assert_eq!(page.chosen().unwrap().0.title, "B");
        page.step(-9);
        assert_eq!(page.chosen().unwrap().0.title, "A");
        page.prompt = Prompt::new("x");
        page.look();
        page.step(1);
        assert_eq!(page.chosen().unwrap().1.unwrap().text, "x");
        page.prompt = Prompt::new("y");
        page.look();
        page.step(1);
        assert!(page.chosen().is_none());
    }
}
