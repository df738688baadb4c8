//! Correcting what was extracted: the menu, and what each choice does to the notes.

use super::copying::one_line;
use super::{in_sidebar, noting, picking, selecting};
use crate::analysis::lexicon::kebab;
use crate::analysis::{Act, Actor, ActorId, PositionId};
use crate::annotation::{Correction, Edit, Id, correct};
use crate::app::menu::{self, Pick};
use crate::app::state::Mode;
use crate::app::{App, Effect, Item};
use crate::text::Span;

/// A selection with more characters is no name.
const LONGEST_NAME: usize = 60;

/// Opens the menu of what can be corrected at the selected line or at the cursor.
pub fn open(app: &mut App) {
    if app.analysis.is_none() {
        return app.state.tell("the article is still being read");
    }
    let selected = selecting::selected(app);
    let item = app.state.item.clone().filter(|_| in_sidebar(app));
    let (position, actor) = match item {
        Some(Item::Party(id) | Item::Asker(id)) => (None, Some(id)),
        Some(item) if item.position().is_some() => (item.position(), None),
        _ if selected.is_some() => (None, None),
        _ => (app.state.position, None),
    };
    let actor = actor.or_else(|| position.and_then(|id| app.reading.analysis.positions[id.0].actors.first().copied()));
    let verdict = |id: PositionId| app.reading.verdicts.get(id.0).cloned().flatten().map(|(verdict, _)| verdict);
    let actor = actor.map(|id| (id, said_of_actor(app, id).is_some()));
    let add = selected.or_else(|| app.document.sentence_at(app.state.here));
    let name = selected.map(|span| one_line(app, span)).filter(|name| name.chars().count() <= LONGEST_NAME);
    let menu = menu::correction(&app.reading.analysis, position.map(|id| (id, verdict(id))), actor, add, name);
    picking::open(app, menu);
}

/// Says something of a position.
pub fn judge(app: &mut App, id: PositionId, correction: Correction) -> Vec<Effect> {
    let done = match correction {
        Correction::Confirm => "confirmed",
        Correction::Reject => "rejected; R shows what was rejected",
        Correction::Restore => "as read",
        Correction::Act(_) | Correction::Actor(_) => "corrected",
        Correction::Issues(_) => "noted what it is about",
    };
    let stamp = noting::stamp(app);
    let edit = correct::correct_position(&app.document, &app.notes, &app.reading, id, correction, stamp);
    noting::change(app, edit, done)
}

/// Adds a position that was missed.
pub fn add(app: &mut App, span: Span, actor: ActorId, act: Act) -> Vec<Effect> {
    app.state.mode = Mode::Read;
    let stamp = noting::stamp(app);
    let actor = &app.reading.analysis.actors[actor.0].id;
    let edit = correct::add_position(&app.document, span, actor, act, stamp);
    noting::change(app, edit, "added")
}

/// Adds an actor that was missed: by its name, which the article says somewhere.
pub fn add_actor(app: &mut App, name: &str) -> Vec<Effect> {
    app.state.mode = Mode::Read;
    if actor_called(app, name).is_some() {
        app.state.tell(format!("{name} is among the actors already"));
        return Vec::new();
    }
    let mut stamp = noting::stamp(app);
    // An id that can be read, as the other actors have, where it is free.
    let id = Id(kebab(name));
    let taken = app.notes.entry(&id).is_some() || app.reading.analysis.actors.iter().any(|actor| actor.id == id.0);
    if !taken && !id.0.is_empty() {
        stamp.id = id;
    }
    let edit = correct::add_actor(name, stamp);
    noting::change(app, edit, "added")
}

/// Adds an actor that was missed and asks how it acts in a position that was missed.
pub fn add_holder(app: &mut App, span: Span, name: &str) -> Vec<Effect> {
    let effects = match actor_called(app, name) {
        Some(_) => Vec::new(),
        None => add_actor(app, name),
    };
    if let Some(actor) = actor_called(app, name) {
        picking::open(app, menu::acts("The act", |act| Pick::Add(span, actor, act)));
    }
    effects
}

fn actor_called(app: &App, name: &str) -> Option<ActorId> {
    let called = |actor: &Actor| actor.name == name || actor.aliases.iter().any(|alias| alias == name);
    app.reading.analysis.actors.iter().position(called).map(ActorId)
}

pub fn rename(app: &mut App, id: ActorId, name: &str) -> Vec<Effect> {
    let edit = correct::rename_actor(&app.notes, &app.reading.analysis.actors[id.0], name, app.now);
    noting::change(app, edit, "renamed")
}

pub fn merge(app: &mut App, from: ActorId, into: ActorId) -> Vec<Effect> {
    let actors = &app.reading.analysis.actors;
    let edit = correct::merge_actors(&app.notes, &actors[into.0], &actors[from.0], app.now);
    noting::change(app, edit, "merged")
}

/// Takes back what the reader said of an actor.
pub fn restore_actor(app: &mut App, id: ActorId) -> Vec<Effect> {
    let said = said_of_actor(app, id);
    said.map_or_else(Vec::new, |entry| noting::change(app, Edit::Remove(entry), "as read"))
}

/// Returns the entry that corrects an actor.
fn said_of_actor(app: &App, id: ActorId) -> Option<Id> {
    let id = Id(app.reading.analysis.actors[id.0].id.clone());
    app.notes.entry(&id).map(|entry| entry.id.clone())
}
