//! A session as text: an article and what was read from it, then keys and the screens they lead to.
//!
//! The head is lines `name: value` (`size`, `theme`, `colours`, `ascii`, `keys`, `file`, `look-up`: what the reader's program says), each optional but `size`; then, between
//! lines of three dashes, the article, with `\e`, `\t` and `\u{…}` for what an editor would not show; then the lines of
//! `reading`; then the library, and the articles of the start page: `day path title` with their notes indented below. Each step begins with `> ` and keys; `> "text"` types a text.

use std::str::FromStr;

use demarche::analysis::Analysis;
use demarche::annotation::{Id, Library, Notes};
use demarche::app::start::{Article, Line};
use demarche::app::{App, Config, Effect, Event, Key, Keymap, Size};
use demarche::document::Document;
use demarche::view::{Depth, Theme};

use super::{reading, screen};

/// A session that is under way.
pub struct Session {
    pub app: App,
    /// The articles there are.
    pub articles: Vec<Article>,
    pub theme: Theme,
    /// What the reader's program says of any word.
    said: Option<String>,
}

impl Session {
    /// Begins a session as its head says.
    pub fn begin(head: &str) -> Session {
        let mut parts = head.split("\n---\n");
        let options = parts.next().unwrap_or_default();
        let article = unescape(parts.next().unwrap_or_default().trim_matches('\n'));
        let option = |name: &str| options.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        let (columns, rows) = option("size").and_then(|size| size.split_once('x')).expect("a line `size: 80x24`");
        let size = Size { columns: columns.parse().expect("columns"), rows: rows.parse().expect("rows") };
        let theme = option("theme").and_then(Theme::own).unwrap_or_default();
        let depth = match option("colours") {
            Some("none") => Depth::None,
            Some("16") => Depth::Sixteen,
            Some("256") => Depth::TwoFiftySix,
            _ => Depth::True,
        };
        let said = option("look-up").map(unescape);
        let look_up = said.iter().map(|_| "dict".to_owned()).collect();
        let config = Config { ascii: option("ascii").is_some(), look_up, ..Config::default() };
        let name = option("file").unwrap_or("article.txt");
        let mut session = Session::new(name, &article, size, config);
        session.app.keymap = Keymap::named(option("keys").unwrap_or("default"));
        session.theme = theme.adapt(depth);
        session.said = said;
        if let Some(lines) = parts.next() {
            let mut analysis = reading::analysis(&session.app.document.text, &unescape(lines));
            session.app.library = Library::read(parts.next().unwrap_or_default()).0;
            session.app.library.name_actors(None, &mut analysis);
            session.articles = articles(&unescape(parts.next().unwrap_or_default()));
            session.app.handle(Event::Analyzed(Box::new(analysis)));
        }
        session
    }

    /// Begins a session on an article that has not been analysed.
    pub fn new(name: &str, article: &str, size: Size, config: Config) -> Session {
        let document = Document::read(name, article.as_bytes().to_vec(), None);
        let notes = Notes::new();
        let app = App::new(document, notes, config, Keymap::default(), size);
        Session { app, articles: Vec::new(), theme: Theme::dark(), said: None }
    }

    pub fn analyze(&mut self, analysis: Analysis) {
        self.app.handle(Event::Analyzed(Box::new(analysis)));
    }

    /// Presses the keys of a step; what is saved is saved at once.
    pub fn press(&mut self, keys: &str) {
        if let Some(typed) = keys.strip_prefix('"') {
            let typed = unescape(typed.strip_suffix('"').unwrap_or(typed));
            return typed.chars().for_each(|c| self.key(Key::from(c)));
        }
        for key in keys.split_whitespace() {
            self.key(Key::from_str(key).unwrap_or_else(|unknown| panic!("{unknown}")));
        }
    }

    fn key(&mut self, key: Key) {
        self.take(Event::Key(key));
    }

    /// Takes in an event; what is saved is saved at once.
    pub fn take(&mut self, event: Event) {
        for effect in self.app.handle(event) {
            match effect {
                Effect::Save { revision, .. } => drop(self.app.handle(Event::Saved { revision })),
                Effect::LookUp { .. } => {
                    if let Some(said) = self.said.clone() {
                        self.app.handle(Event::LookedUp(said));
                    }
                }
                Effect::ListArticles => drop(self.app.handle(Event::Articles(self.articles.clone()))),
                _ => {}
            }
        }
    }

    /// Returns the screen as text.
    pub fn screen(&self) -> String {
        screen::text(&screen::frame(&self.app, &self.theme), &self.theme)
    }
}

/// Plays a transcript; returns it as it should be.
pub fn play(transcript: &str) -> String {
    let mut steps = transcript.split("\n>");
    let head = steps.next().unwrap_or_default();
    let mut session = Session::begin(head);
    let mut out = head.trim_end().to_owned() + "\n";
    for step in steps {
        let keys = step.lines().next().unwrap_or_default().trim();
        session.press(keys);
        out += format!("\n> {keys}").trim_end_matches(' ');
        out += "\n";
        out += &session.screen();
    }
    out
}

/// Reads the articles of the start page; a day and a path that are not known are `-`.
fn articles(lines: &str) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        if let Some(text) = line.strip_prefix("  ") {
            let note = Line { id: Id(text.to_owned()), text: text.to_owned() };
            articles.last_mut().expect("an article above the note").notes.push(note);
            continue;
        }
        let mut words = line.splitn(3, ' ');
        let (day, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        articles.push(Article {
            title: words.next().unwrap_or_default().to_owned(),
            path: (path != "-").then(|| path.into()),
            place: path.to_owned(),
            opened: format!("{day}T12:00:00Z").parse().ok(),
            notes: Vec::new(),
        });
    }
    articles
}

/// Reads `\e`, `\t` and `\u{…}` as the characters they stand for.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let number = rest.strip_prefix("u{").and_then(|digits| digits.split_once('}'));
        if let Some((digits, after)) = number {
            out.extend(u32::from_str_radix(digits, 16).ok().and_then(char::from_u32));
            rest = after;
        } else if let Some(after) = rest.strip_prefix('e') {
            out.push('\x1b');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('t') {
            out.push('\t');
            rest = after;
        }
    }
    out + rest
}
