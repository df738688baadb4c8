//! The start page: a line to type in, the articles, and where the selected one is.

use super::Place;
use super::cells::Canvas;
use super::popup;
use super::prompt;
use super::theme::Slot;
use crate::app::Area;
use crate::app::start::{Article, Row, StartPage};

/// The most columns it takes.
const WIDTH: u16 = 110;
/// The rows it has room for at least.
const LEAST: usize = 12;
/// From this many columns on there is room for the day.
const WIDE: u16 = 60;

pub fn draw(page: &StartPage, body: Area, canvas: &mut Canvas) -> Option<Place> {
    let width = WIDTH.min(body.width.saturating_sub(if body.width > WIDE { 4 } else { 0 }).max(1));
    let rows = page.rows.len().max(page.articles.len()).max(LEAST);
    let height = u16::try_from(rows).unwrap_or(u16::MAX).saturating_add(6).min(body.height.saturating_sub(2).max(1));
    let area = popup::centred(body, width, height);
    let inside = popup::draw(area, "Articles", "enter opens  esc leaves", canvas);
    let end = inside.x + inside.width;
    let cursor = prompt::draw("find: ", &page.prompt, (inside.x, inside.y), end, canvas);
    let top = inside.y + 2.min(inside.height);
    let rows = inside.height.saturating_sub(4);
    if page.rows.is_empty() && rows > 0 {
        let nothing = match page.articles.is_empty() {
            true => "no article was read yet: demarche FILE",
            false => "no article and no note has these words",
        };
        canvas.put_cut(inside.x, top, end, nothing, canvas.theme[Slot::Dim]);
    }
    let first = popup::first_shown(page.selected, rows);
    let visible = page.rows.iter().enumerate().skip(first).take(usize::from(rows));
    for (y, (index, row)) in (top..).zip(visible) {
        match *row {
            Row::Article(number) => draw_article(&page.articles[number], inside, y, canvas),
            Row::Note(number, note) => {
                let text = canvas.signs.spell(&page.articles[number].notes[note].text).into_owned();
                canvas.put_cut(inside.x + 2, y, end, &text, canvas.theme[Slot::Dim]);
            }
        }
        if index == page.selected {
            canvas.paint(inside.x.saturating_sub(1), y, end + 1, canvas.theme[Slot::Choice]);
        }
    }
    if let Some((article, _)) = page.chosen().filter(|_| inside.height > 4) {
        let y = inside.y + inside.height - 1;
        canvas.put_cut(inside.x, y, end, &canvas.signs.spell(&article.place), canvas.theme[Slot::Status]);
    }
    cursor
}

/// An article's title, how many notes it has, the day it was opened last.
fn draw_article(article: &Article, inside: Area, y: u16, canvas: &mut Canvas) {
    let mut end = inside.x + inside.width;
    if inside.width >= WIDE {
        let day = article.opened.map_or_else(String::new, |opened| opened.to_string()[..10].to_owned());
        canvas.put_right(inside.x, y, end, &day, canvas.theme[Slot::Dim]);
        end = end.saturating_sub(12);
    }
    let count = match article.notes.len() {
        0 => String::new(),
        1 => "1 note".to_owned(),
        count => format!("{count} notes"),
    };
    end = canvas.put_right(inside.x, y, end, &count, canvas.theme[Slot::Mark]).saturating_sub(2);
    let slot = if article.path.is_some() { Slot::Text } else { Slot::Dim };
    canvas.put_cut(inside.x, y, end, &canvas.signs.spell(&article.title), canvas.theme[slot]);
}
