//! The mouse: the wheel scrolls, a click puts the cursor, two select the word, three the sentence, a drag selects words or
//! sentences, or moves the divider.

use std::time::Duration;

use super::moving::WIDEST;
use super::{moving, sidebar};
use crate::app::panes::{AIR, MARGIN, SIDEBAR};
use crate::app::select::{Selection, Unit};
use crate::app::state::{Click, Mode, Pressed};
use crate::app::{App, Effect, Mouse, MouseKind, Pane};
use crate::text::Offset;

/// Rows for one notch of the wheel.
const NOTCH: isize = 3;

/// Presses that follow each other so soon are one of two or three.
const SOON: Duration = Duration::from_millis(400);

/// Takes in what the mouse did. While something is typed or chosen, it does nothing.
pub fn point(app: &mut App, mouse: Mouse) -> Vec<Effect> {
    if !matches!(app.state.mode, Mode::Read | Mode::Select(_)) {
        return Vec::new();
    }
    let panes = app.panes();
    let on_list = panes.list.contains(mouse.column, mouse.row);
    match mouse.kind {
        MouseKind::WheelUp | MouseKind::WheelDown => {
            let rows = if mouse.kind == MouseKind::WheelDown { NOTCH } else { -NOTCH };
            wheel(app, rows, on_list);
        }
        MouseKind::Press if on_list => {
            app.state.pane = Pane::Sidebar;
            let index = app.state.sidebar_top + usize::from(mouse.row - panes.list.y);
            if let Some(item) = app.items.get(index).filter(|item| item.stands_for_something()).cloned() {
                sidebar::select(app, item);
            }
        }
        MouseKind::Press if panes.divider.contains(mouse.column, mouse.row) => {
            app.state.pressed = Some(Pressed::Divider(app.config.measure));
        }
        MouseKind::Press => {
            if let Some(offset) = offset_at(app, mouse) {
                press(app, mouse, offset);
            }
        }
        MouseKind::Drag => match app.state.pressed {
            Some(Pressed::Text(anchor, unit)) => {
                if let Some(head) = offset_at(app, mouse) {
                    app.state.here = head;
                    app.state.mode = Mode::Select(Selection { anchor, head, unit });
                }
            }
            Some(Pressed::Divider(measure)) => move_divider(app, mouse.column, measure),
            None => {}
        },
        MouseKind::Release => app.state.pressed = None,
    }
    Vec::new()
}

/// Puts the cursor; a second press at once selects the word, a third the sentence, and a fourth is one alone again.
fn press(app: &mut App, mouse: Mouse, offset: Offset) {
    let state = &mut app.state;
    let Mouse { column, row, .. } = mouse;
    let again = state.click.filter(|last| {
        (last.column, last.row) == (column, row) && state.moment.duration_since(last.at).unsigned_abs() <= SOON
    });
    let count = again.map_or(1, |last| last.count % 3 + 1);
    state.click = Some(Click { at: state.moment, column, row, count });
    let unit = if count == 3 { Unit::Sentences } else { Unit::Words };
    state.pane = Pane::Article;
    state.pressed = Some(Pressed::Text(offset, unit));
    state.here = offset;
    state.mode = match count {
        1 => Mode::Read,
        _ => Mode::Select(Selection { anchor: offset, head: offset, unit }),
    };
    sidebar::follow(app);
}

/// Gives the sidebar what is to the right of a column; the text is set wider than it was where its pane would have room
/// to spare.
fn move_divider(app: &mut App, column: u16, measure: u16) {
    let columns = app.state.size.columns.max(1);
    let sidebar = u32::from(columns.saturating_sub(column.saturating_add(1))) * 100 / u32::from(columns);
    app.config.sidebar = u16::try_from(sidebar).unwrap_or(u16::MAX).clamp(*SIDEBAR.start(), *SIDEBAR.end());
    app.config.measure = measure.max(column.saturating_sub(MARGIN + AIR)).min(WIDEST);
}

fn wheel(app: &mut App, rows: isize, on_list: bool) {
    let pane = app.state.pane;
    app.state.pane = if on_list { Pane::Sidebar } else { Pane::Article };
    moving::lines(app, rows.signum() * if on_list { 1 } else { rows.abs() });
    if app.panes().list.width > 0 && app.panes().text.width > 0 {
        app.state.pane = pane;
    }
}

/// Returns the offset of the text under the mouse; beside the text, of the nearest row.
fn offset_at(app: &App, mouse: Mouse) -> Option<Offset> {
    let panes = app.panes();
    if !panes.article.contains(mouse.column, mouse.row) {
        return None;
    }
    let line = usize::from(mouse.row - panes.text.y);
    let (_, row) = app.layout.visible(&app.document, app.state.top, panes.text.height).nth(line)?;
    Some(row.offset_at(&app.document, mouse.column.saturating_sub(panes.text.x)))
}
