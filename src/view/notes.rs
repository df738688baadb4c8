//! The notes: one line an entry, and the selected one in full where there is room.

use super::cells::Canvas;
use super::shorten::{bare, one_line, shorten};
use super::sidebar::{Columns, Drawn, draw_line, draw_list, inner};
use super::theme::Slot;
use super::{Place, label};
use crate::annotation::{Anchor, Body, Entry, Note, PositionCorrection};
use crate::app::layout::wrap;
use crate::app::{App, Area, Item};
use crate::text::Span;

/// Draws the page; returns the place of the selected line.
pub fn draw(app: &App, list: Area, canvas: &mut Canvas) -> Option<Place> {
    let Drawn { selected, below } = draw_list(app, list, canvas, draw_entry);
    if let Some(Item::Entry(id)) = &app.state.item
        && let Some(entry) = app.notes.entry(id)
    {
        let free = Area { y: below + 1, height: (list.y + list.height).saturating_sub(below + 1), ..inner(list) };
        draw_whole(app, entry, free, canvas);
    }
    selected
}

fn draw_entry(app: &App, item: &Item, line: Area, canvas: &mut Canvas) {
    let Item::Entry(id) = item else { return draw_line(app, item, line, canvas) };
    let Some(entry) = app.notes.entry(id) else { return };
    let columns = Columns::of(line);
    let (x, y, end) = (line.x + 2, line.y, columns.words_end);
    let anchor = app.notes.anchor(id);
    match &entry.body {
        Body::Note(note) => {
            let style = app.library.color_of(note).map_or(canvas.theme[Slot::Mark], |color| {
                canvas.theme[Slot::Mark].patch(canvas.theme.highlight(color))
            });
            canvas.put(x, y, end, canvas.signs.note(note.kind), style);
            columns.words(canvas, x + 2, &summary(canvas, entry, note), canvas.theme[Slot::Text]);
        }
        Body::Position(correction) => {
            canvas.put(x, y, end, canvas.signs.verdict(correction.state), canvas.theme[Slot::Mark]);
            let act = correction.act.map_or("", |act| act.word());
            let after = canvas.put(x + 2, y, end, act, canvas.theme[Slot::Act]) + 1;
            let words = correction.gist.as_deref().unwrap_or(quote(entry));
            columns.words(canvas, after, words, canvas.theme[Slot::Text]);
        }
        Body::Actor(actor) => {
            canvas.put(x, y, end, canvas.signs.verdict(actor.state), canvas.theme[Slot::Mark]);
            let aka = if actor.aka.is_empty() { String::new() } else { format!(" = {}", actor.aka.join(", ")) };
            columns.words(canvas, x + 2, &format!("{}{aka}", actor.name), canvas.theme[Slot::Text]);
        }
    }
    match anchor.span() {
        Some(span) => columns.place(app, canvas, span.start),
        None if entry.target.is_some() => {
            canvas.put_right(end, y, columns.end, anchor.word(), canvas.theme[Slot::Warning]);
        }
        None => {}
    }
}

/// What was written, else the words it stands on.
fn summary(canvas: &Canvas, entry: &Entry, note: &Note) -> String {
    let tags: String = note.tags.iter().map(|tag| format!("#{tag} ")).collect();
    let text = one_line(&note.text);
    match text.is_empty() {
        true => format!("{tags}{}", label::quotation(canvas, quote(entry))),
        false => format!("{tags}{text}"),
    }
}

/// What became of a position by the reader's correction: "corrected: expects, was refuses".
fn judgement(correction: &PositionCorrection) -> String {
    let act = correction.act.map(|act| act.word());
    let was = correction.was_act.map(|act| act.word()).filter(|was| act.is_some_and(|act| act != *was));
    let verdict = correction.state.word();
    match (act, was) {
        (None, _) => verdict.to_owned(),
        (Some(act), None) => format!("{verdict}: {act}"),
        (Some(act), Some(was)) => format!("{verdict}: {act}, was {was}"),
    }
}

fn quote(entry: &Entry) -> &str {
    entry.target.as_ref().map_or("", |target| &target.quote)
}

/// What the reader said a position is about.
fn about(app: &App, correction: &PositionCorrection) -> String {
    let names: Vec<&str> = correction.issue.iter().map(|issue| app.library.issue_name(issue)).collect();
    if names.is_empty() { String::new() } else { format!("about {}", names.join(", ")) }
}

/// The words an entry stands on and all that was written.
fn draw_whole(app: &App, entry: &Entry, area: Area, canvas: &mut Canvas) {
    if area.height < 4 {
        return;
    }
    let (end, bottom) = (area.x + area.width, area.y + area.height);
    canvas.row(area.x, area.y, end, canvas.signs.rule, Slot::Border);
    let mut y = area.y + 1;
    let place = place(app, canvas, entry);
    let x = canvas.put(area.x, y, end, &place, canvas.theme[Slot::Dim]);
    let quoted = shorten(&bare(quote(entry)), usize::from(end.saturating_sub(x + 2)), canvas.signs.cut).into_owned();
    let quoted = if quoted.is_empty() { quoted } else { label::quotation(canvas, &quoted) };
    canvas.put(x, y, end, &quoted, canvas.theme[Slot::Quotation]);
    let (judged, about, text, tags) = match &entry.body {
        Body::Note(note) => (String::new(), String::new(), note.text.as_str(), &note.tags),
        Body::Position(correction) => {
            (judgement(correction), about(app, correction), correction.text.as_str(), &correction.tags)
        }
        Body::Actor(_) => return,
    };
    let present = |line: &&str| !line.is_empty();
    let lines = [judged.as_str(), about.as_str()].into_iter().filter(present);
    let lines = lines.chain(text.lines().flat_map(|line| wrap(line, area.width)));
    for line in lines {
        y += 1;
        if y >= bottom {
            return;
        }
        canvas.put(area.x, y, end, line, canvas.theme[Slot::Text]);
    }
    if y + 1 < bottom {
        draw_tags(app, tags, (area.x, y + 1), end, canvas);
    }
}

/// The tags, each in the colour that the library has for it.
fn draw_tags(app: &App, tags: &[String], (mut x, y): Place, end: u16, canvas: &mut Canvas) {
    for tag in tags {
        let color = app.library.tags.get(tag).and_then(|tag| tag.color);
        let text = canvas.theme[Slot::Text];
        let style = color.map_or(text, |color| text.patch(canvas.theme.highlight(color)));
        x = canvas.put(x, y, end, &format!("#{tag}"), style) + 1;
    }
}

fn place(app: &App, canvas: &Canvas, entry: &Entry) -> String {
    let anchor = app.notes.anchor(&entry.id);
    let place = |span: &Span| label::place(app, canvas, span.start);
    match anchor {
        _ if entry.target.is_none() => String::new(),
        Anchor::Same(span) | Anchor::Moved(span) | Anchor::Edited(span) => {
            format!("{} {}: ", place(span), anchor.word())
        }
        Anchor::Lost { suggestion: Some(span) } => format!("lost, perhaps {}: ", place(span)),
        Anchor::Ambiguous(places) => {
            format!("ambiguous, {}: ", places.iter().map(place).collect::<Vec<_>>().join(" or "))
        }
        Anchor::Lost { suggestion: None } => format!("{}: ", anchor.word()),
    }
}
