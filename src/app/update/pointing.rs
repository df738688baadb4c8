//! The mouse: the wheel scrolls, a click puts the cursor, a drag selects words.

use super::{moving, sidebar};
use crate::app::select::{Selection, Unit};
use crate::app::state::Mode;
use crate::app::{App, Effect, Mouse, MouseKind, Pane};
use crate::text::Offset;

/// Rows for one notch of the wheel.
const NOTCH: isize = 3;

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
        MouseKind::Press => {
            if let Some(offset) = offset_at(app, mouse) {
                app.state.pane = Pane::Article;
                app.state.mode = Mode::Read;
                app.state.pressed = Some(offset);
                app.state.here = offset;
                sidebar::follow(app);
            }
        }
        MouseKind::Drag => {
            if let (Some(anchor), Some(head)) = (app.state.pressed, offset_at(app, mouse)) {
                app.state.here = head;
                app.state.mode = Mode::Select(Selection { anchor, head, unit: Unit::Words });
            }
        }
        MouseKind::Release => app.state.pressed = None,
    }
    Vec::new()
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
