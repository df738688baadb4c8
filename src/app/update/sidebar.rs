//! The sidebar: moving in one pane moves the other.

use super::{filtering, following, in_sidebar, moving};
use crate::analysis::{ActorId, PositionId};
use crate::annotation::{Entry, Verdict};
use crate::app::exchange::party_of;
use crate::app::sidebar::{Item, listed};
use crate::app::state::{Mode, Page, Pane};
use crate::app::{App, panes};
use crate::text::Offset;

/// Changes the pane that has the keyboard.
pub fn change_pane(app: &mut App) {
    if panes::too_small(app.state.size) {
        return app.state.tell("the screen is too small for the sidebar");
    }
    match app.state.pane {
        Pane::Article => enter(app),
        Pane::Sidebar => app.state.pane = Pane::Article,
    }
}

fn enter(app: &mut App) {
    if app.state.pane == Pane::Article {
        app.state.entered_from = app.state.here;
    }
    app.state.pane = Pane::Sidebar;
    app.state.mode = Mode::Read;
    if app.state.item.as_ref().is_none_or(|item| !app.items.contains(item)) {
        app.state.item = app.items.iter().find(|item| item.stands_for_something()).cloned();
    }
}

/// Shows a page of the sidebar; on a narrow screen that means going there.
pub fn show(app: &mut App, page: Page) {
    if app.state.page != page {
        app.state.page = page;
        app.state.item = None;
        app.state.sidebar_top = 0;
        app.list();
        follow(app);
    }
    let hidden = app.panes().sidebar.width == 0 && !panes::too_small(app.state.size);
    if hidden || in_sidebar(app) {
        enter(app);
    }
}

/// Moves the selected line; the article follows it.
pub fn step(app: &mut App, delta: isize) {
    let lines: Vec<usize> = (0..app.items.len()).filter(|&i| app.items[i].stands_for_something()).collect();
    if lines.is_empty() {
        return;
    }
    let selected = app.state.item.as_ref().and_then(|item| app.items.iter().position(|i| i == item));
    let now = selected.map_or(0, |index| lines.partition_point(|&line| line < index));
    let next = (now as isize).saturating_add(delta).clamp(0, lines.len() as isize - 1) as usize;
    select(app, app.items[lines[next]].clone());
}

/// Selects a line and shows its place in the article, unless the filter hides it.
pub fn select(app: &mut App, item: Item) {
    if let Some(offset) = place_of(app, &item).filter(|&offset| app.layout.shows(&app.document, offset)) {
        moving::go(app, offset);
    }
    if let Some(id) = item.position() {
        app.state.position = Some(id);
        app.state.actor = app.reading.analysis.positions[id.0].actors.first().copied();
    }
    if let Item::Party(id) | Item::Asker(id) = item {
        app.state.actor = Some(id);
        app.state.position = None;
    }
    app.state.item = Some(item);
}

/// Goes to the place of the selected line; from the article, to where a link within the text leads, else to the line of the
/// position under the cursor.
pub fn goto(app: &mut App) {
    if !in_sidebar(app) {
        if following::within(app) {
            return;
        }
        follow(app);
        return change_pane(app);
    }
    let Some(item) = app.state.item.clone() else { return };
    let Some(offset) = place_of(app, &item) else { return };
    app.state.pane = Pane::Article;
    app.state.focus_mode = false;
    app.state.here = app.state.entered_from;
    moving::jump(app, offset);
}

/// Folds or unfolds the positions of a party: `None` turns it round.
pub fn fold(app: &mut App, folded: Option<bool>) {
    let party = match &app.state.item {
        Some(Item::Party(id)) => Some(*id),
        Some(item) => item.position().and_then(|id| party_of(&app.reading.analysis, id)),
        None => app.state.actor.map(|id| crate::app::exchange::party(&app.reading.analysis, id)),
    };
    let Some(party) = party.filter(|_| app.state.page == Page::Actors) else { return };
    let id = app.reading.analysis.actors[party.0].id.clone();
    let fold = folded.unwrap_or(!app.state.folded.contains(&id));
    match fold {
        true => app.state.folded.insert(id),
        false => app.state.folded.remove(&id),
    };
    app.state.item = Some(Item::Party(party));
}

/// Goes to the next position shown, or to the one before, wherever the keyboard is.
pub fn positions(app: &mut App, times: isize) {
    let reading = &app.reading;
    let shown = |id: PositionId| app.layout.shows(&app.document, reading.analysis.positions[id.0].extent().start);
    let ids = (0..reading.analysis.positions.len()).map(PositionId);
    let ids: Vec<PositionId> = ids.filter(|&id| listed(reading, &app.state, id) && shown(id)).collect();
    if ids.is_empty() {
        return match reading.analysis.skipped {
            true => app.state.tell(reading.analysis.language.notice()),
            false if app.layout.shown().is_some() => app.state.tell("no positions in what is shown"),
            false => app.state.tell("no positions in this text"),
        };
    }
    let start = |id: &PositionId| reading.analysis.positions[id.0].extent().start;
    let current = app.state.position.and_then(|id| ids.iter().position(|&other| other == id));
    let current = current.filter(|&at| reading.analysis.positions[ids[at].0].extent().contains(app.state.here));
    let next = match current {
        Some(at) => at as isize + times,
        None if times > 0 => ids.partition_point(|id| start(id) < app.state.here) as isize + times - 1,
        None => ids.partition_point(|id| start(id) < app.state.here) as isize + times,
    };
    if next < 0 || next >= ids.len() as isize {
        app.state.tell(if times > 0 { "this is the last position" } else { "this is the first position" });
    }
    let id = ids[next.clamp(0, ids.len() as isize - 1) as usize];
    take(app, id);
    moving::go(app, app.reading.analysis.positions[id.0].extent().start);
}

/// Goes to the next mention of the selected actor, or to the one before.
pub fn mentions(app: &mut App, times: isize) {
    let Some(actor) = app.state.actor.or_else(|| app.state.item.as_ref().and_then(actor_of)) else {
        return app.state.tell("no actor is selected");
    };
    let actor = &app.reading.analysis.actors[actor.0];
    let mentions = actor.mentions.iter().map(|mention| mention.span.start);
    let mentions: Vec<Offset> = mentions.filter(|&start| app.layout.shows(&app.document, start)).collect();
    let count = mentions.len() as isize;
    if count == 0 {
        return app.state.tell(match app.layout.shown() {
            Some(_) => "this actor is named nowhere in what is shown",
            None => "this actor is named nowhere",
        });
    }
    let here = app.state.here;
    let next = match times > 0 {
        true => mentions.partition_point(|&start| start <= here) as isize + times - 1,
        false => mentions.partition_point(|&start| start < here) as isize + times,
    };
    let at = next.rem_euclid(count);
    let name = actor.name.clone();
    moving::go(app, mentions[at as usize]);
    app.state.tell(format!("{name}: mention {} of {count}", at + 1));
}

/// Selects the actor under the cursor and goes to its next mention.
pub fn mention_here(app: &mut App) {
    let here = app.state.here;
    let actors = app.reading.analysis.actors.iter().enumerate();
    let spans = actors.flat_map(|(id, actor)| actor.mentions.iter().map(move |mention| (ActorId(id), mention.span)));
    let found = spans.filter(|(_, span)| span.contains(here)).min_by_key(|(_, span)| span.len());
    let Some((id, _)) = found else { return app.state.tell("no actor is named under the cursor") };
    app.state.actor = Some(id);
    mentions(app, 1);
}

/// Shows or hides the positions that the reader rejected.
pub fn show_rejected(app: &mut App) {
    app.state.show_rejected = !app.state.show_rejected;
    let rejected = app.reading.verdicts.iter().flatten().filter(|(verdict, _)| *verdict == Verdict::Rejected).count();
    filtering::refresh(app, filtering::rows_above(app));
    tell_shown(app, app.state.show_rejected, "rejected", rejected);
}

/// Shows or hides the positions that are only possible.
pub fn show_possible(app: &mut App) {
    app.state.show_possible = !app.state.show_possible;
    filtering::refresh(app, filtering::rows_above(app));
    tell_shown(app, app.state.show_possible, "only possible", app.index.possible);
}

fn tell_shown(app: &mut App, shown: bool, which: &str, count: usize) {
    let shown = if shown { "shown" } else { "hidden" };
    app.state.tell(format!("positions that are {which} are {shown}: {count} here"));
}

/// Dims all that the selected actor does not say, or shows all again.
pub fn spotlight(app: &mut App) {
    match (app.state.spotlight, app.state.actor) {
        (false, None) => app.state.tell("no actor is selected"),
        (false, Some(id)) => {
            app.state.spotlight = true;
            let name = app.reading.analysis.actors[id.0].name.clone();
            app.state.tell(format!("only what {name} says"));
        }
        (true, _) => app.state.spotlight = false,
    }
}

/// Lets the sidebar follow the cursor of the article.
pub fn follow(app: &mut App) {
    if app.state.page == Page::Notes {
        let entries = app.notes.entries();
        let here = app.state.here;
        let begun = |entry: &&Entry| app.notes.anchor(&entry.id).span().is_some_and(|span| span.start <= here);
        let passed = entries.iter().rfind(begun);
        app.state.item = passed.or(entries.first()).map(|entry| Item::Entry(entry.id.clone()));
        return;
    }
    if app.state.page == Page::Contents {
        let here = app.state.here;
        let begun = |item: &&Item| place_of(app, item).is_some_and(|start| start <= here);
        app.state.item = app.items.iter().rfind(begun).or(app.items.first()).cloned();
        return;
    }
    if let Some(id) = position_here(app) {
        take(app, id);
    }
}

/// Selects a position and its line.
fn take(app: &mut App, id: PositionId) {
    app.state.position = Some(id);
    if !app.state.spotlight {
        app.state.actor = app.reading.analysis.positions[id.0].actors.first().copied();
    }
    app.state.item = line_of(app, id).or(app.state.item.take());
}

/// Returns the line that stands for a position on the page shown.
fn line_of(app: &App, id: PositionId) -> Option<Item> {
    let own = app.items.iter().find(|item| matches!(item, Item::Position(p) | Item::Asked(p) if *p == id));
    let reply = || app.items.iter().find(|item| matches!(item, Item::Reply { reply, .. } if *reply == id));
    let party = || {
        let party = party_of(&app.reading.analysis, id)?;
        app.items.iter().find(|item| **item == Item::Party(party))
    };
    own.or_else(reply).or_else(party).cloned()
}

/// Returns the position at the cursor or in its sentence, else the last before it.
fn position_here(app: &App) -> Option<PositionId> {
    let start = |id: PositionId| app.reading.analysis.positions[id.0].extent().start;
    position_near(app)
        .or_else(|| listed_ids(app).filter(|&id| start(id) <= app.state.here).max_by_key(|&id| start(id)))
        .or_else(|| listed_ids(app).next())
}

/// Returns the position at the cursor: the innermost that covers it, else the next in the sentence.
pub fn position_near(app: &App) -> Option<PositionId> {
    let here = app.state.here;
    let extent = |id: PositionId| app.reading.analysis.positions[id.0].extent();
    let covering = listed_ids(app).filter(|&id| extent(id).contains(here)).min_by_key(|&id| extent(id).len());
    covering.or_else(|| {
        let sentence = app.document.sentence_at(here)?;
        listed_ids(app).find(|&id| extent(id).start >= here && sentence.contains(extent(id).start))
    })
}

fn listed_ids(app: &App) -> impl Iterator<Item = PositionId> {
    let ids = (0..app.reading.analysis.positions.len()).map(PositionId);
    ids.filter(|&id| listed(&app.reading, &app.state, id))
}

/// Returns where a line's matter stands in the article.
pub fn place_of(app: &App, item: &Item) -> Option<Offset> {
    let analysis = &app.reading.analysis;
    match item {
        Item::Party(id) | Item::Asker(id) => analysis.actors[id.0].mentions.first().map(|mention| mention.span.start),
        Item::Open(index) => analysis.open.get(*index).map(|span| span.start),
        Item::Entry(id) => app.notes.anchor(id).span().map(|span| span.start),
        Item::Heading { block, .. } => app.document.blocks.get(*block).map(|block| block.span.start),
        item => item.position().map(|id| analysis.positions[id.0].extent().start),
    }
}

fn actor_of(item: &Item) -> Option<ActorId> {
    match item {
        Item::Party(id) | Item::Asker(id) => Some(*id),
        _ => None,
    }
}

/// The lines shown above the selected one.
const ABOVE: usize = 3;

/// Scrolls the sidebar so that the selected line is shown.
pub fn keep_item_in_view(app: &mut App) {
    let height = usize::from(app.panes().list.height).max(1);
    let last = app.items.len().saturating_sub(height);
    let selected = app.state.item.as_ref().and_then(|item| app.items.iter().position(|i| i == item));
    let top = match selected {
        // The lines above, among them the name of a party with its first position, and the line below are shown, too,
        // where there is room.
        Some(index) => {
            let least = (index + 2).saturating_sub(height).min(index);
            app.state.sidebar_top.clamp(least, index.saturating_sub(ABOVE.min(height / 3)).max(least))
        }
        None => app.state.sidebar_top,
    };
    app.state.sidebar_top = top.min(last);
}
