//! State to cells: the pane renderer, one file a pane. Everything here reads and nothing remembers.
//!
//! A frame costs what is visible: rows come from the layout, spans from the index, lines from the sidebar's list.

pub mod theme;

pub mod base16;

mod color;

mod signs;

mod cells;

mod shorten;

mod label;

mod ink;

mod article;

mod header;

mod sidebar;

mod exchange;

mod notes;

mod contents;

mod status;

mod prompt;

mod popup;

mod editor;

mod palette;

mod menu;

mod start;

mod page;

mod why;

mod look_up;

mod footnote;

pub mod linear;

pub mod svg;

pub use color::Depth;
pub use svg::svg;
pub use theme::{Slot, Theme};

use ratatui::buffer::Buffer;

use crate::app::state::{Mode, Overlay};
use crate::app::{App, Area, Page, Pane};
use cells::Canvas;

/// A place of the screen, counted from its left upper corner.
type Place = (u16, u16);

/// Draws the whole screen on an empty one; returns where the cursor stands. A real cursor is what a screen reader
/// follows and what a terminal zooms to.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<Place> {
    draw_on(app, &mut Canvas::new(buffer, theme, app.config.ascii))
}

/// Draws the panes, then what lies over them; returns where the cursor stands.
fn draw_on(app: &App, canvas: &mut Canvas) -> Option<Place> {
    let panes = app.panes();
    canvas.clear(canvas.all(), Slot::Page);
    if let Mode::Page(overlay @ (Overlay::Help | Overlay::Messages), top) = app.state.mode {
        return page::draw(app, overlay, top, canvas);
    }
    header::draw(app, panes.header, canvas);
    let in_article = article::draw(app, panes.article, panes.text, canvas);
    canvas.column(panes.divider, canvas.signs.divider, Slot::Border);
    let in_sidebar = draw_sidebar(app, panes.sidebar, panes.list, canvas);
    let in_status = status::draw(app, panes.status, canvas);
    let body =
        Area { height: panes.status.y.saturating_sub(panes.header.height), y: panes.header.height, ..canvas.all() };
    let body = if panes.status.height == 0 { canvas.all() } else { body };
    let in_popup = match &app.state.mode {
        Mode::Palette(prompt) => palette::draw(app, prompt, body, canvas),
        Mode::Menu(menu) => menu::draw(menu, body, canvas),
        Mode::Start(page) => start::draw(page, body, canvas),
        Mode::Write(draft) => editor::draw(app, draft, body, canvas),
        Mode::Page(Overlay::LookUp, top) => look_up::draw(app, *top, body, canvas),
        Mode::Page(Overlay::Footnote(at), top) => footnote::draw(app, *at, *top, body, canvas),
        Mode::Page(Overlay::Why(position), top) => why::draw(app, *position, *top, body, canvas),
        _ => None,
    };
    let in_pane = match app.state.pane {
        Pane::Sidebar if panes.sidebar.width > 0 => in_sidebar,
        _ => in_article,
    };
    in_popup.or(in_status).or(in_pane)
}

fn draw_sidebar(app: &App, area: Area, list: Area, canvas: &mut Canvas) -> Option<Place> {
    if area.width == 0 {
        return None;
    }
    sidebar::draw_heading(app, area, canvas);
    match app.state.page {
        Page::Actors => sidebar::draw(app, list, canvas),
        Page::Exchange => exchange::draw(app, list, canvas),
        Page::Notes => notes::draw(app, list, canvas),
        Page::Contents => contents::draw(app, list, canvas),
    }
}
