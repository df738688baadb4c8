//! A note being written, in a box over the lower part of the article.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::widgets::Widget;
use unicode_width::UnicodeWidthStr;

use super::cells::Canvas;
use super::popup;
use super::theme::Slot;
use super::{Place, label};
use crate::annotation::NoteKind;
use crate::app::state::{Draft, DraftOn};
use crate::app::{App, Area};
use crate::text::clean;

/// The rows of the box, when there is room for them.
const HEIGHT: u16 = 9;
const WIDTH: u16 = 76;

pub fn draw(app: &App, draft: &Draft, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let pane = app.panes().article;
    let over = if pane.width > 0 { Area { y: body.y, height: body.height, ..pane } } else { body };
    let height = HEIGHT.max(over.height / 3).min(over.height);
    let width = WIDTH.min(over.width - if over.width > 40 { 2 } else { 0 });
    let area = Area { x: over.x + (over.width - width) / 2, y: over.y + over.height - height, width, height };
    let inside = popup::draw(area, &title(app, canvas, draft), "esc saves  ctrl-c gives up  ctrl-e $EDITOR", canvas);
    draw_page(draft, inside, canvas)
}

fn title(app: &App, canvas: &Canvas, draft: &Draft) -> String {
    let (kind, words) = match &draft.on {
        DraftOn::New(kind, span) => (*kind, span.of(&app.document.text)),
        DraftOn::Old(id, kind) => {
            let entry = app.notes.entry(id);
            let words = entry.and_then(|entry| entry.target.as_ref()).map_or("", |target| &target.quote);
            (*kind, words)
        }
    };
    let kind = if kind == NoteKind::Question { "Question" } else { "Note" };
    format!("{kind} on {}", label::quotation(canvas, words))
}

/// Lets the text area lay itself out beside the screen, so that it wraps and scrolls as it thinks; what it shows comes
/// onto the screen through the same door as all text.
fn draw_page(draft: &Draft, area: Area, canvas: &mut Canvas) -> Option<Place> {
    if area.width == 0 || area.height == 0 {
        return None;
    }
    let page = Rect::new(0, 0, area.width, area.height);
    let mut buffer = Buffer::empty(page);
    (&draft.editor).render(page, &mut buffer);
    let style = canvas.theme[Slot::Text];
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let symbol = buffer[(x, y)].symbol();
            let width = u16::try_from(symbol.width()).unwrap_or(1).max(1);
            // What would be shown by a stand-in wider than its cell is shown by the sign for what cannot be shown.
            let shown = if clean(symbol).width() == usize::from(width) { symbol } else { "\u{fffd}" };
            canvas.put(area.x + x, area.y + y, area.x + area.width, shown, style);
            x += width;
        }
    }
    paint_selection(draft, &buffer, area, canvas);
    let (cursor, scrolled) = (draft.editor.screen_cursor(), draft.editor.scroll_offset());
    let row = u16::try_from(cursor.row).unwrap_or(u16::MAX).saturating_sub(scrolled.0).min(area.height - 1);
    let column = u16::try_from(cursor.col).unwrap_or(u16::MAX).saturating_sub(scrolled.1).min(area.width - 1);
    Some((area.x + column, area.y + row))
}

fn paint_selection(draft: &Draft, buffer: &Buffer, area: Area, canvas: &mut Canvas) {
    if !draft.editor.is_selecting() {
        return;
    }
    // The library's own style for what is selected; its cursor and its line have others.
    let selected = Style::new().bg(ratatui::style::Color::LightBlue);
    for y in 0..area.height {
        for x in (0..area.width).filter(|&x| Some(buffer[(x, y)].bg) == selected.bg) {
            canvas.paint(area.x + x, area.y + y, area.x + x + 1, canvas.theme[Slot::Selection]);
        }
    }
}
