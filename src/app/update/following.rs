//! Following links: to a page, which the reader's program opens; to a place of the text; to a footnote, which is shown
//! where it is referred to.

use super::moving;
use crate::app::links::{self, Hints, Link, Target};
use crate::app::menu;
use crate::app::state::{Mode, Overlay};
use crate::app::{App, Code, Effect, Key};
use crate::text::Span;

/// Follows the link under the cursor, else the next one of the sentence.
pub fn open(app: &mut App) -> Vec<Effect> {
    match links::near(&app.document, app.state.here) {
        Some(link) => follow(app, link),
        None => {
            app.state.tell("there is no link in this sentence");
            Vec::new()
        }
    }
}

/// Follows the link under the cursor if it leads to a place of the text; returns whether there is one.
pub fn within(app: &mut App) -> bool {
    let link = links::at(&app.document, app.state.here).filter(|link| !matches!(link.to, Target::Page(_)));
    link.map(|link| follow(app, link)).is_some()
}

/// Follows a link.
pub fn follow(app: &mut App, link: Link) -> Vec<Effect> {
    app.state.mode = Mode::Read;
    match link.to {
        Target::Page(page) => return vec![Effect::OpenLink(page)],
        Target::Place(at) => moving::jump(app, at),
        Target::Note(at) => app.state.mode = Mode::Page(Overlay::Footnote(at), 0),
    }
    Vec::new()
}

/// Puts letters on the links of the screen.
pub fn choose(app: &mut App) {
    let links = shown(app);
    match links.is_empty() {
        true => app.state.tell("there is no link on the screen"),
        false => app.state.mode = Mode::Links(Hints::new(links)),
    }
}

/// Lists the links of the paragraph, where there is no screen to put letters on.
pub fn list(app: &mut App) {
    let block = app.document.blocks.get(app.document.block_at(app.state.here));
    let links = block.map_or_else(Vec::new, |block| links::within(&app.document, block.span));
    match links.is_empty() {
        true => app.state.tell("there is no link in this paragraph"),
        false => app.state.mode = Mode::Menu(menu::follow(&app.document, links)),
    }
}

/// Takes in a letter that chooses a link; any other key leaves.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Links(hints) = &mut app.state.mode else { return Vec::new() };
    match (key.code, key.typed()) {
        (Code::Backspace, _) => drop(hints.typed.pop()),
        (_, Some(letter)) => hints.typed.extend(letter.to_lowercase()),
        _ => hints.typed.push(' '),
    }
    // No label begins another, so the letters of one are all of one.
    let left = hints.left().next().cloned();
    match left {
        None => app.state.mode = Mode::Read,
        Some((label, link)) if label == hints.typed => return follow(app, link),
        Some(_) => {}
    }
    Vec::new()
}

/// Returns the links that can be seen.
fn shown(app: &App) -> Vec<Link> {
    let panes = app.panes();
    let height = if panes.text.width > 0 { panes.text.height } else { 0 };
    let mut rows = app.layout.visible(&app.document, app.state.top, height).map(|(_, row)| row.span);
    let Some(first) = rows.next() else { return Vec::new() };
    let end = rows.last().unwrap_or(first).end;
    let links = links::within(&app.document, Span::new(first.start, end)).into_iter();
    links.filter(|link| link.span.start >= first.start && app.layout.shows(&app.document, link.span.start)).collect()
}
