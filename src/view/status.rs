//! The line below: what is typed or told, what is under way, and the keys that would help here.

use super::cells::Canvas;
use super::prompt;
use super::theme::Slot;
use super::{Place, label};
use crate::analysis::ActorId;
use crate::app::key::spell_keys;
use crate::app::state::{Mode, Naming, Turn};
use crate::app::{App, Area, Command, Pane};
use crate::text::width;

/// Draws the line; returns the place of the cursor when something is typed here. A screen without a status line lends
/// its last row to what must be seen.
pub fn draw(app: &App, area: Area, canvas: &mut Canvas) -> Option<Place> {
    let area = match area.height {
        0 if must_be_seen(app) => last_row(canvas),
        _ => area,
    };
    if area.width == 0 || area.height == 0 {
        return None;
    }
    canvas.clear(area, Slot::Status);
    let air = u16::from(area.width > 20);
    let (x, end) = (area.x + air, area.x + area.width - air);
    let end = draw_right(app, x, area.y, end, canvas);
    match &app.state.mode {
        Mode::Search(search) => return prompt::draw("/", &search.prompt, (x, area.y), end, canvas),
        Mode::Filter(filter) => return prompt::draw("&", &filter.prompt, (x, area.y), end, canvas),
        Mode::Tag(tag) => return prompt::draw("tags: ", &tag.prompt, (x, area.y), end, canvas),
        Mode::Name(name, naming) => {
            let label = match naming {
                Naming::Rename(actor) => format!("rename {} to: ", label::name(app, *actor)),
                Naming::Holder(_) => "the actor's name: ".to_owned(),
                Naming::Issue(_) => "it is about: ".to_owned(),
                Naming::NotesFile => "save the notes in: ".to_owned(),
            };
            return prompt::draw(&label, name, (x, area.y), end, canvas);
        }
        _ => {}
    }
    match &app.state.message {
        Some(message) => {
            let slot = if message.warning { Slot::Warning } else { Slot::Text };
            // What to do next is worth more than the end of a long path.
            let room = u16::try_from(width(&message.hint) + 2).unwrap_or(u16::MAX);
            let text_end = if message.hint.is_empty() { end } else { end.saturating_sub(room).max(x.midpoint(end)) };
            let x = canvas.put_cut(x, area.y, text_end, &canvas.signs.spell(&message.text), canvas.theme[slot]);
            if !message.hint.is_empty() && x + 8 < end {
                canvas.put_cut(x + 2, area.y, end, &message.hint, canvas.theme[Slot::Status]);
            }
        }
        None => draw_hints(app, x, area.y, end, canvas),
    }
    None
}

fn must_be_seen(app: &App) -> bool {
    let typing = matches!(app.state.mode, Mode::Search(_) | Mode::Filter(_) | Mode::Tag(_) | Mode::Name(..));
    typing || app.state.message.is_some()
}

fn last_row(canvas: &Canvas) -> Area {
    let all = canvas.all();
    Area { y: all.y + all.height.saturating_sub(1), height: all.height.min(1), ..all }
}

/// Writes what is under way at the right end; returns the column where the rest must end.
fn draw_right(app: &App, x: u16, y: u16, end: u16, canvas: &mut Canvas) -> u16 {
    let mut end = end;
    for (text, slot) in under_way(app) {
        if usize::from(x) + width(&text) + 2 > usize::from(end) {
            continue;
        }
        end = canvas.put_right(x, y, end, &text, canvas.theme[slot]).saturating_sub(2);
    }
    end
}

/// What is under way, the rightmost first.
fn under_way(app: &App) -> Vec<(String, Slot)> {
    let state = &app.state;
    let mut parts = Vec::new();
    let typed = state.count.map(|count| count.to_string()).unwrap_or_default() + &spell_keys(&state.pending);
    if !typed.is_empty() {
        parts.push((typed, Slot::Pending));
    }
    let saving = &state.saving;
    if let Some(reason) = saving.failed.as_ref().filter(|_| saving.saved < saving.revision) {
        if state.message.as_ref().is_none_or(|message| !message.warning) {
            parts.push((reason.clone(), Slot::Warning));
        }
    } else if saving.just_saved {
        parts.push(("saved".to_owned(), Slot::Good));
    }
    let find = &state.find;
    match find.at {
        _ if find.scan.is_some() => parts.push((searching(app), Slot::Pending)),
        Some(_) if !find.is_whole => parts.push(("found".to_owned(), Slot::Status)),
        Some(at) => parts.push((format!("{}/{}", at + 1, find.matches.len()), Slot::Status)),
        None if matches!(&state.mode, Mode::Search(search) if !search.prompt.text().is_empty()) => {
            parts.push(("not found".to_owned(), Slot::Warning));
        }
        None if matches!(&state.mode, Mode::Filter(filter) if is_looked_for(app, filter.prompt.text())) => {
            parts.push(("not found".to_owned(), Slot::Warning));
        }
        None => {}
    }
    if state.find.whole_words && matches!(state.mode, Mode::Search(_) | Mode::Filter(_)) {
        parts.push(("whole words".to_owned(), Slot::Status));
    }
    if let Some(Turn { number, of }) = state.turn {
        parts.push((format!("file {number}/{of}"), Slot::Status));
    }
    parts.extend(shown(app).map(|shown| (shown, Slot::Status)));
    if app.document.partial {
        let read = app.document.text.len() >> 20;
        let size = if read > 0 { format!(" {read} MB") } else { String::new() };
        let word = if state.halted { "the beginning only" } else { "reading on" };
        parts.push((format!("{word}{size}"), Slot::Pending));
    }
    if state.spotlight {
        let actor = state.actor.map_or("", |actor| label::name(app, actor));
        parts.push((format!("spotlight: {actor}"), Slot::Status));
    }
    parts
}

/// How far the search has come.
fn searching(app: &App) -> String {
    let percent = app.state.find.scan.as_ref().map_or(0, |scan| scan.percent(app.document.text.len()));
    format!("searching {percent} %")
}

/// Whether this is what was looked for last.
fn is_looked_for(app: &App, pattern: &str) -> bool {
    app.state.find.query.as_ref().is_some_and(|query| query.pattern() == pattern)
}

/// How much of the text the filter shows, and who speaks there.
fn shown(app: &App) -> Option<String> {
    let shown = format!("{} of {} paragraphs", app.layout.shown()?.paragraphs(), app.document.paragraphs());
    let actors = app.reading.analysis.actors.iter().enumerate();
    let actor = app.state.filter.actor.as_ref().and_then(|id| actors.into_iter().find(|(_, actor)| actor.id == *id));
    Some(match actor {
        Some((id, _)) => format!("{}: {shown}", label::name(app, ActorId(id))),
        None => shown,
    })
}

/// The commands that help most, in the order in which they are given up for want of room, last first.
fn hints(app: &App) -> &'static [(Command, &'static str)] {
    match (&app.state.mode, app.state.pane) {
        (Mode::Select(_), _) => &[
            (Command::Highlight, "highlight"),
            (Command::Note, "note"),
            (Command::Grow, "grow"),
            (Command::Copy, "copy"),
            (Command::Tag, "tag"),
            (Command::Correct, "add position"),
            (Command::Cancel, "leave"),
        ],
        (_, Pane::Sidebar) => &[
            (Command::Goto, "go there"),
            (Command::Help, "help"),
            (Command::ChangePane, "article"),
            (Command::Correct, "correct"),
            (Command::Note, "note"),
            (Command::Spotlight, "spotlight"),
            (Command::Fold, "fold"),
            (Command::FocusMode, "whole width"),
            (Command::Quit, "leave"),
        ],
        (_, Pane::Article) => &[
            (Command::NextPosition, "next position"),
            (Command::Help, "help"),
            (Command::ChangePane, "sidebar"),
            (Command::Search, "search"),
            (Command::Highlight, "highlight"),
            (Command::Note, "note"),
            (Command::SelectWords, "select"),
            (Command::Palette, "commands"),
            (Command::Quit, "leave"),
        ],
    }
}

fn draw_hints(app: &App, x: u16, y: u16, end: u16, canvas: &mut Canvas) {
    let mut x = x;
    let modal = match app.state.mode {
        Mode::Select(_) => "SELECT",
        Mode::SetMark => "set mark: a letter",
        Mode::GotoMark => "go to mark: its letter",
        Mode::Links(_) => "the letters of a link  esc leaves",
        Mode::Menu(_) | Mode::Palette(_) | Mode::Start(_) => "enter chooses  esc leaves",
        _ => "",
    };
    if !modal.is_empty() {
        x = canvas.put_cut(x, y, end, modal, canvas.theme[Slot::Pending]) + 2;
    }
    if !matches!(app.state.mode, Mode::Read | Mode::Select(_)) {
        return;
    }
    for (command, word) in hints(app) {
        let Some(key) = app.keymap.keys_of(*command).into_iter().next() else { continue };
        if usize::from(x) + width(&key) + 1 + width(word) > usize::from(end) {
            break;
        }
        x = canvas.put(x, y, end, &key, canvas.theme[Slot::Key]);
        x = canvas.put(x + 1, y, end, word, canvas.theme[Slot::Status]) + 3;
    }
}
