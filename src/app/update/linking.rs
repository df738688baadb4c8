//! Giving an annotation that has lost its place another: words that the reader selects, or one of those that are like
//! the ones it had.

use super::{copying, in_sidebar, moving, noting, picking, selecting};
use crate::annotation::list;
use crate::annotation::{Anchor, Entry, Id, describe};
use crate::app::state::Page;
use crate::app::{App, Effect, Item, menu};
use crate::text::Span;

/// Asks which annotation the selection is the place of; without a selection, where the selected one of the list is.
pub fn open(app: &mut App) {
    match (selecting::selected(app), listed(app)) {
        (Some(span), _) => choose_entry(app, span),
        (None, Some(id)) => choose_place(app, &id),
        (None, None) => {
            let lost = app.notes.entries().iter().filter(|entry| is_lost(app, entry)).count();
            app.state.tell(match lost {
                0 => "no note has lost its place".to_owned(),
                lost => format!("{lost} without a place: choose one in the notes, or select its words here"),
            });
        }
    }
}

/// Gives an annotation a place.
pub fn link(app: &mut App, id: &Id, span: Span) -> Vec<Effect> {
    let Some(mut entry) = app.notes.entry(id).cloned() else { return Vec::new() };
    entry.target = Some(describe(&app.document, span));
    let effects = noting::replace(app, entry, "it has its place; u takes it back");
    moving::go(app, span.start);
    effects
}

fn choose_entry(app: &mut App, span: Span) {
    let listed = listed(app);
    let is_listed = |entry: &Entry| listed.as_ref() == Some(&entry.id) && entry.target.is_some();
    let entries = app.notes.entries().iter();
    let mut entries: Vec<&Entry> = entries.filter(|entry| is_listed(entry) || is_lost(app, entry)).collect();
    // The one that was looked at last is meant, more often than not.
    entries.sort_by_key(|entry| !is_listed(entry));
    let links = entries.into_iter().map(|entry| (name_of(entry), entry.id.clone(), span));
    let menu = menu::links("Whose place is this?", links);
    match menu.choices.is_empty() {
        true => app.state.tell("no note has lost its place"),
        false => picking::open(app, menu),
    }
}

fn choose_place(app: &mut App, id: &Id) {
    let places = match app.notes.anchor(id) {
        Anchor::Ambiguous(places) => places.clone(),
        Anchor::Lost { suggestion } => suggestion.iter().copied().collect(),
        _ => return app.state.tell("it has its place; to move it, select other words in the article first"),
    };
    if places.is_empty() {
        return app.state.tell("nothing here is like it: select its words in the article first");
    }
    let links = places.iter().map(|&place| (label(app, place), id.clone(), place));
    let menu = menu::links("Is this its place?", links);
    moving::go(app, places[0].start);
    picking::open(app, menu);
}

/// Returns the selected entry of the notes page.
fn listed(app: &App) -> Option<Id> {
    let shown = app.state.page == Page::Notes || in_sidebar(app);
    match &app.state.item {
        Some(Item::Entry(id)) if shown => Some(id.clone()),
        _ => None,
    }
}

fn is_lost(app: &App, entry: &Entry) -> bool {
    entry.target.is_some() && app.notes.anchor(&entry.id).span().is_none()
}

/// The words an entry had, else what was written on them.
fn name_of(entry: &Entry) -> String {
    let quote = entry.target.as_ref().map_or("", |target| &target.quote);
    let text = list::text_of(entry);
    shorten(if quote.is_empty() { text } else { quote }, LONGEST)
}

const LONGEST: usize = 60;

/// The paragraph, the words, and enough around them to tell them from the same words elsewhere.
fn label(app: &App, place: Span) -> String {
    const AROUND: usize = 20;
    let text = &app.document.text;
    let words = shorten(&copying::one_line(app, place), LONGEST);
    let before = text[..place.start].char_indices().rev().take(AROUND).last().map_or(place.start, |(at, _)| at);
    let after = text[place.end..].char_indices().nth(AROUND).map_or(text.len(), |(at, _)| place.end + at);
    let around = |span: Span| copying::one_line(app, span);
    let (before, after) = (around(Span::new(before, place.start)), around(Span::new(place.end, after)));
    format!("¶ {}: … {before} “{words}” {after} …", app.document.paragraph_at(place.start).unwrap_or(0))
}

fn shorten(words: &str, longest: usize) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match words.char_indices().nth(longest) {
        Some((at, _)) => format!("{} …", words[..at].trim_end()),
        None => words,
    }
}
