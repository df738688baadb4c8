//! The line above: what is read, and where the reader is in it.

use super::cells::Canvas;
use super::theme::Slot;
use crate::app::{App, Area};
use crate::text::width;

pub fn draw(app: &App, area: Area, canvas: &mut Canvas) {
    if area.width == 0 {
        return;
    }
    let (y, end) = (area.y, area.x + area.width - 1);
    let right = canvas.put_right(area.x, y, end, &progress(app, canvas), canvas.theme[Slot::Header]);
    let end = right.saturating_sub(2);
    let title = app.document.metadata.title.as_deref().unwrap_or(&app.document.name);
    let mut details = details(app, canvas);
    let room = usize::from(end.saturating_sub(area.x + 1));
    // The title is whole before anything else is said of the text.
    while !details.is_empty() && width(title) + details.iter().map(|part| width(part)).sum::<usize>() > room {
        details.pop();
    }
    let x = canvas.put_cut(area.x + 1, y, end, title, canvas.theme[Slot::Title]);
    canvas.put(x, y, end, &details.concat(), canvas.theme[Slot::Header]);
}

/// Source, date and length, each after a dot, the least needed last.
fn details(app: &App, canvas: &Canvas) -> Vec<String> {
    let metadata = &app.document.metadata;
    let date = metadata.date.map(|date| date.strftime("%-d %b %Y").to_string());
    let words = app.index.words.map(|words| format!("{words} words"));
    let parts = [metadata.source.clone(), date, words].into_iter().flatten();
    parts.map(|part| format!(" {} {part}", canvas.signs.dot)).collect()
}

/// The paragraph of the cursor, and how much of the text is above the lower edge of the screen.
fn progress(app: &App, canvas: &Canvas) -> String {
    let paragraph = app.document.paragraph_at(app.state.here).unwrap_or(1);
    let panes = app.panes();
    let height = panes.article.height.max(panes.sidebar.height).max(1);
    let last = app.layout.visible(&app.document, app.state.top, height).last();
    let seen = last.map_or(0, |(_, row)| row.span.end);
    let percent = match app.document.blocks.last().map_or(0, |block| block.span.end) {
        0 => 100,
        all => (seen as u128 * 100 / all as u128).min(100),
    };
    match app.document.paragraphs() {
        // How much there will be is not known yet.
        _ if app.document.partial => format!("{}{paragraph}/…", canvas.signs.paragraph),
        0 => format!("{percent}%"),
        all => format!("{}{paragraph}/{all} {percent:>3}%", canvas.signs.paragraph),
    }
}
