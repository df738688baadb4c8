//! The filter: only the paragraphs are shown that say something, or in which an actor speaks.
//!
//! What is hidden has no rows, so moving and searching pass over it; going to a hidden place shows all again.

use std::sync::Arc;

use super::{finding, moving};
use crate::analysis::{ActorId, PositionId};
use crate::app::exchange::party_of;
use crate::app::index::Part;
use crate::app::prompt::Prompt;
use crate::app::shown::Shown;
use crate::app::sidebar::listed;
use crate::app::state::{Filter, FilterPrompt, Mode};
use crate::app::{App, Code, Effect, Key, Layout};
use crate::text::search::Query;
use crate::text::{Span, Spans, clean};

/// Opens the prompt.
pub fn open(app: &mut App) {
    let from = (app.state.top, app.state.here);
    let before = app.state.filter.clone();
    app.state.mode = Mode::Filter(FilterPrompt { prompt: Prompt::new(""), from, before });
}

/// Takes in a key of the prompt.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Filter(filter) = &mut app.state.mode else { return Vec::new() };
    match key.code {
        _ if finding::is_whole_words(&app.keymap, key) => {
            app.state.find.whole_words = !app.state.find.whole_words;
            look(app);
        }
        Code::Esc => give_up(app),
        Code::Char('c' | 'g') if key.ctrl => give_up(app),
        Code::Backspace if filter.prompt.text().is_empty() => give_up(app),
        Code::Enter => accept(app),
        Code::Up | Code::Down => {
            filter.prompt = finding::recalled(&app.state.find.history, &filter.prompt, key.code == Code::Up);
            look(app);
        }
        _ => {
            if filter.prompt.type_key(key) {
                look(app);
            }
        }
    }
    Vec::new()
}

/// Shows what the prompt asks for so far; of a very long text only once the pattern is typed.
pub fn look(app: &mut App) {
    if app.document.text.len() <= finding::AT_ONCE {
        show(app);
    }
}

/// Shows what the prompt asks for; where nothing says it, what was shown before. Returns whether anything does.
fn show(app: &mut App) -> bool {
    let Mode::Filter(prompt) = &app.state.mode else { return false };
    let query = finding::query_of(app, prompt.prompt.text());
    let (from, before) = (prompt.from, prompt.before.clone());
    let filter = Filter { query: query.clone(), actor: before.actor.clone() };
    let shown = chosen(app, &filter);
    let is_there = shown.is_some() || filter.is_empty();
    (app.state.top, app.state.here) = from;
    match is_there {
        true => apply(app, filter, shown),
        false => choose(app, before),
    }
    let matches = query.as_ref().filter(|_| is_there).map_or_else(Vec::new, |query| matches(app, query));
    let next = matches.partition_point(|span| span.start < app.state.here);
    let find = &mut app.state.find;
    find.at = (!matches.is_empty()).then_some(next.min(matches.len().saturating_sub(1)));
    (find.query, find.matches, find.is_whole, find.scan) = (query, matches, true, None);
    is_there
}

fn accept(app: &mut App) {
    let is_there = show(app);
    let Mode::Filter(prompt) = std::mem::take(&mut app.state.mode) else { return };
    let pattern = prompt.prompt.text().to_owned();
    if pattern.is_empty() {
        // Without a pattern there was only the actor to take away.
        return if prompt.before.query.is_none() {
            lift(app)
        };
    }
    finding::remember(app, pattern);
    let note = app.state.find.query.as_ref().map(|query| match is_there {
        true => query.note().map(str::to_owned),
        false if app.document.partial && !app.state.halted => Some("not found so far".to_owned()),
        false => Some(finding::not_there(query)),
    });
    note.flatten().into_iter().for_each(|note| app.state.tell(note));
    let here = app.state.here;
    if here != prompt.from.1 {
        app.state.here = prompt.from.1;
        moving::remember_jump(app);
        app.state.here = here;
    }
}

fn give_up(app: &mut App) {
    let Mode::Filter(prompt) = std::mem::take(&mut app.state.mode) else { return };
    (app.state.top, app.state.here) = prompt.from;
    app.state.find.query = None;
    finding::forget_matches(app);
    choose(app, prompt.before);
}

/// Shows only the paragraphs in which the selected actor speaks, or those of everybody again.
pub fn actor(app: &mut App) {
    let mut filter = app.state.filter.clone();
    let selected = app.state.actor.and_then(|id| app.reading.analysis.actors.get(id.0));
    let Some(actor) = selected.filter(|_| filter.actor.is_none()) else {
        return match filter.actor.take() {
            Some(_) => choose(app, filter),
            None => app.state.tell("no actor is selected"),
        };
    };
    let name = actor.name.clone();
    filter.actor = Some(actor.id.clone());
    let shown = chosen(app, &filter);
    if shown.is_none() {
        return app.state.tell(match filter.query {
            Some(query) => format!("{name} says nothing of '{}'", clean(query.pattern())),
            None => format!("{name} says nothing here"),
        });
    }
    apply(app, filter, shown);
    app.state.tell(format!("only where {name} speaks; / searches in what is said there"));
}

/// Shows all again.
pub fn lift(app: &mut App) {
    if !app.state.filter.is_empty() {
        apply(app, Filter::default(), None);
    }
}

/// Shows all again, as the cursor went where the filter hides the text.
pub fn reveal(app: &mut App) {
    lift(app);
    app.state.tell("all paragraphs are shown again: this one was hidden");
}

/// Chooses the paragraphs anew, after a change in who says what or in the text. So many rows stay above the cursor.
pub fn refresh(app: &mut App, above: usize) {
    let filter = &app.state.filter;
    let is_lost = app.layout.shown().is_none() && !filter.is_empty();
    if filter.actor.is_none() && !is_lost {
        return;
    }
    let (filter, shown) = (filter.clone(), chosen(app, filter));
    if shown.as_ref() != app.layout.shown().map(Arc::as_ref) || is_lost {
        show_blocks(app, filter, shown, above);
        finding::renew_matches(app, app.state.find.query.clone());
    }
}

/// Returns how many rows of what is shown are on the screen above the line of the cursor.
pub fn rows_above(app: &App) -> usize {
    let (document, layout) = (&app.document, &app.layout);
    let row = layout.row_of(document, app.state.here);
    layout.distance(document, layout.row_of(document, app.state.top), row, usize::from(u16::MAX))
}

/// Returns the matches of a query in what is shown; where only one actor speaks, in what that actor says.
pub fn matches(app: &App, query: &Query) -> Vec<Span> {
    let Some(shown) = app.layout.shown() else { return query.find_all(&app.document.text) };
    let text = &app.document.text;
    let stretches = shown.stretches(&app.document);
    let found = stretches.flat_map(|stretch| {
        let found = query.find_all(stretch.of(text)).into_iter();
        found.map(move |span| Span::new(stretch.start + span.start, stretch.start + span.end))
    });
    match said(app, &app.state.filter) {
        Some(said) => found.filter(|&span| said.touching(span).next().is_some()).collect(),
        None => found.collect(),
    }
}

/// Shows what fits a filter; all when nothing does.
fn choose(app: &mut App, filter: Filter) {
    let shown = chosen(app, &filter);
    apply(app, filter, shown);
}

/// Shows these blocks. The line of the cursor stays where it is on the screen.
fn apply(app: &mut App, filter: Filter, shown: Option<Shown>) {
    show_blocks(app, filter, shown, rows_above(app));
    finding::forget_matches(app);
}

fn show_blocks(app: &mut App, filter: Filter, shown: Option<Shown>, above: usize) {
    let shown = shown.map(Arc::new);
    app.state.filter = if shown.is_some() { filter } else { Filter::default() };
    let layout = &app.layout;
    app.layout = Layout::of_shown(&app.document, layout.measure(), layout.hyphenates(), shown);
    moving::hold(app, above);
}

/// Returns the blocks that fit a filter; `None` when none do, or when it asks for nothing.
fn chosen(app: &App, filter: &Filter) -> Option<Shown> {
    let said = said(app, filter);
    let all = Span::new(0, app.document.text.len());
    match (&filter.query, &said) {
        (None, None) => None,
        (None, Some(said)) => Shown::touched(&app.document, said.touching(all).map(|(span, ())| *span)),
        (Some(query), None) => Shown::touched(&app.document, query.find_all(&app.document.text)),
        (Some(query), Some(said)) => {
            let found = query.find_all(&app.document.text).into_iter();
            Shown::touched(&app.document, found.filter(|&span| said.touching(span).next().is_some()))
        }
    }
}

/// Returns what a filter's actor says, `None` when it asks for none. A party says what its members say.
fn said(app: &App, filter: &Filter) -> Option<Spans<()>> {
    let analysis = &app.reading.analysis;
    let id = filter.actor.as_ref()?;
    let actor = analysis.actors.iter().position(|actor| actor.id == *id).map(ActorId);
    let speaks = |id: PositionId| {
        let position = &analysis.positions[id.0];
        let holders = position.actors.iter().chain(&position.speaks_for);
        actor.is_some_and(|actor| {
            holders.copied().any(|holder| holder == actor) || party_of(analysis, id) == Some(actor)
        })
    };
    let pieces = app.index.pieces.touching(Span::new(0, app.document.text.len()));
    let own =
        pieces.filter(|(_, (id, part))| *part == Part::Content && speaks(*id) && listed(&app.reading, &app.state, *id));
    Some(Spans::new(own.map(|(span, _)| (*span, ())).collect()))
}

impl Filter {
    /// Returns whether it hides nothing.
    pub fn is_empty(&self) -> bool {
        self.query.is_none() && self.actor.is_none()
    }
}
