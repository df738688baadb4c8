//! What a key does, by mode: commands with counts, typing, choosing.

use super::{
    explaining, filtering, finding, following, looking_up, moving, palette, picking, run, selecting, starting, writing,
};
use crate::app::key::spell_keys;
use crate::app::keymap::Meaning;
use crate::app::state::{Digit, Mode, Overlay, State};
use crate::app::{App, Code, Command, Effect, Key};

/// Counts grow no further than this.
const MOST: usize = 1_000_000;

/// Takes in one key.
pub fn press(app: &mut App, key: Key) -> Vec<Effect> {
    app.state.waiting = None;
    if key.ctrl && key.code == Code::Char('c') && matches!(app.state.mode, Mode::Read) && app.is_searching() {
        return run(app, Command::Cancel);
    }
    if key.ctrl
        && let Meaning::Command(command @ (Command::Suspend | Command::Redraw)) = app.keymap.meaning(&[key])
    {
        return run(app, command);
    }
    match &app.state.mode {
        Mode::Read | Mode::Select(_) => command_key(app, key),
        Mode::Search(_) => finding::type_key(app, key),
        Mode::Filter(_) => filtering::type_key(app, key),
        Mode::Palette(_) => palette::type_key(app, key),
        Mode::Write(_) => writing::type_key(app, key),
        Mode::Tag(_) => writing::type_tag(app, key),
        Mode::Name(..) => picking::type_name(app, key),
        Mode::Start(_) => starting::type_key(app, key),
        Mode::Menu(_) => picking::type_key(app, key),
        Mode::Links(_) => following::type_key(app, key),
        Mode::SetMark | Mode::GotoMark => mark_key(app, key),
        Mode::Page(..) => page_key(app, key),
    }
}

/// Takes in pasted text: only what is being typed takes it.
pub fn paste(app: &mut App, text: &str) -> Vec<Effect> {
    match &mut app.state.mode {
        Mode::Search(search) => {
            search.prompt.insert(text);
            finding::look(app);
        }
        Mode::Filter(filter) => {
            filter.prompt.insert(text);
            filtering::look(app);
        }
        Mode::Palette(palette) => palette.prompt.insert(text),
        Mode::Tag(tag) => tag.prompt.insert(text),
        Mode::Name(prompt, _) => prompt.insert(text),
        Mode::Start(page) => {
            page.prompt.insert(text);
            page.look();
        }
        Mode::Write(_) => return writing::paste(app, text),
        _ => {}
    }
    Vec::new()
}

fn command_key(app: &mut App, key: Key) -> Vec<Effect> {
    if count_key(app, key) {
        return Vec::new();
    }
    app.state.pending.push(key);
    let meaning = app.keymap.meaning(&app.state.pending);
    if meaning == Meaning::Unfinished {
        return Vec::new();
    }
    let keys = std::mem::take(&mut app.state.pending);
    let Meaning::Command(command) = meaning else {
        app.state.count = None;
        if !app.state.message.as_ref().is_some_and(|message| message.warning) {
            app.state.tell(format!("{} is bound to no command; ? lists all", spell_keys(&keys)));
        }
        return Vec::new();
    };
    if command != Command::Quit && command != Command::Cancel {
        app.state.message = app.state.message.take().filter(|message| message.warning);
    }
    app.state.digit = None;
    if let Some(number) = digit_of(key).filter(|_| keys.len() == 1) {
        let State { pane, page, ref item, sidebar_top, .. } = app.state;
        app.state.digit = Some(Digit { number, pane, page, item: item.clone(), sidebar_top });
    }
    let effects = run(app, command);
    selecting::follow(app);
    effects
}

/// Takes a digit as part of a count. A digit with a command of its own (`1` shows the actors) runs it, unless a count
/// has begun; a digit without one, straight behind it, makes a count of both and shows what was there before.
fn count_key(app: &mut App, key: Key) -> bool {
    let Some(digit) = digit_of(key) else { return false };
    let bound = app.keymap.meaning(&[key]) != Meaning::Nothing && digit > 0;
    let first = app.state.digit.take();
    if !app.state.pending.is_empty() {
        return false;
    }
    let begun = match (app.state.count, first) {
        (Some(count), _) => count,
        (None, Some(Digit { number, pane, page, item, sidebar_top })) if !bound => {
            (app.state.pane, app.state.page) = (pane, page);
            (app.state.item, app.state.sidebar_top) = (item, sidebar_top);
            number
        }
        (None, _) if bound || digit == 0 => return false,
        (None, _) => 0,
    };
    app.state.count = Some((begun * 10 + digit).min(MOST));
    true
}

fn digit_of(key: Key) -> Option<usize> {
    key.typed()?.to_digit(10).map(|digit| digit as usize)
}

fn mark_key(app: &mut App, key: Key) -> Vec<Effect> {
    let setting = matches!(app.state.mode, Mode::SetMark);
    app.state.mode = Mode::Read;
    match key.typed() {
        Some(letter) if setting && letter.is_alphanumeric() => {
            app.state.marks.insert(letter, app.state.here);
            app.state.tell(format!("mark {letter} is set; '{letter} comes back here"));
        }
        Some('\'') if !setting => moving::jump_back(app),
        Some(letter) if !setting => match app.state.marks.get(&letter) {
            Some(&offset) => moving::jump(app, offset),
            None => app.state.tell(format!("there is no mark {letter}")),
        },
        _ => {}
    }
    Vec::new()
}

/// Keys on a page over the screen: scrolling, and everything else leaves.
fn page_key(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Page(overlay, top) = app.state.mode else { return Vec::new() };
    let page = usize::from(app.state.size.rows.saturating_sub(4)).max(1);
    let command = match app.keymap.meaning(&[key]) {
        Meaning::Command(command) => Some(command),
        _ => None,
    };
    let next = match (command, key.code) {
        (Some(Command::ScrollDown), _) => top + 1,
        (Some(Command::ScrollUp), _) => top.saturating_sub(1),
        (Some(Command::PageDown), _) => top + page,
        (Some(Command::PageUp), _) => top.saturating_sub(page),
        (Some(Command::HalfPageDown), _) => top + page / 2,
        (Some(Command::HalfPageUp), _) => top.saturating_sub(page / 2),
        (Some(Command::GotoEnd), _) => usize::MAX,
        (_, Code::Char('g')) => 0,
        (Some(Command::Goto | Command::OpenLink), _) if let Overlay::Footnote(at) = overlay => {
            app.state.mode = Mode::Read;
            moving::jump(app, at);
            return Vec::new();
        }
        (Some(command), _) if explaining::is_for(overlay, command) => return explaining::run(app, command),
        _ if overlay == Overlay::LookUp => {
            app.state.mode = Mode::Read;
            return looking_up::leave(app);
        }
        _ => {
            app.state.mode = Mode::Read;
            app.state.message = app.state.message.take().filter(|_| overlay != Overlay::Messages);
            return Vec::new();
        }
    };
    let most = crate::app::overlay::count(app, overlay).saturating_sub(page);
    app.state.mode = Mode::Page(overlay, next.min(most));
    Vec::new()
}
