//! Search: as one types, over the text and never over its lines.

use super::{filtering, moving};
use crate::app::keymap::Meaning;
use crate::app::prompt::Prompt;
use crate::app::scan::{Goal, Scan};
use crate::app::state::{Mode, SearchPrompt, Waiting};
use crate::app::{App, Code, Command, Effect, Key, Keymap};
use crate::text::search::Query;
use crate::text::{Span, clean};

/// Opens the prompt.
pub fn open(app: &mut App) {
    let from = (app.state.top, app.state.here);
    app.state.mode = Mode::Search(SearchPrompt { prompt: Prompt::new(""), from });
}

/// Takes in a key of the prompt.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let Mode::Search(search) = &mut app.state.mode else { return Vec::new() };
    match key.code {
        _ if is_whole_words(&app.keymap, key) => {
            app.state.find.whole_words = !app.state.find.whole_words;
            look(app);
        }
        Code::Esc => give_up(app),
        Code::Char('c' | 'g') if key.ctrl => give_up(app),
        Code::Backspace if search.prompt.text().is_empty() => give_up(app),
        Code::Enter => accept(app),
        Code::Up => recall(app, true),
        Code::Down => recall(app, false),
        _ => {
            if search.prompt.type_key(key) {
                look(app);
            }
        }
    }
    Vec::new()
}

/// Returns whether a key that types nothing is bound to the command that turns whole words on and off.
pub fn is_whole_words(keymap: &Keymap, key: Key) -> bool {
    (key.alt || key.ctrl) && keymap.meaning(&[key]) == Meaning::Command(Command::WholeWords)
}

/// Reads a pattern as the search is set.
pub fn query_of(app: &App, pattern: &str) -> Option<Query> {
    let read = if app.state.find.whole_words { Query::of_words } else { Query::new };
    (!pattern.is_empty()).then(|| read(pattern))
}

/// Takes parts of words for no matches, or for matches again; what was looked for is looked for anew.
pub fn whole_words(app: &mut App) {
    app.state.find.whole_words = !app.state.find.whole_words;
    let pattern = app.state.find.query.as_ref().map_or(String::new(), |query| query.pattern().to_owned());
    renew_matches(app, query_of(app, &pattern));
    app.state.tell(match app.state.find.whole_words {
        true => "searches find whole words only",
        false => "searches find parts of words, too",
    });
}

/// Looks for another query, or for the same one in another text; the matches are shown if some were.
pub fn renew_matches(app: &mut App, query: Option<Query>) {
    let was_shown = app.state.find.at.is_some();
    forget_matches(app);
    app.state.find.query = query;
    if was_shown {
        app.state.find.at = Some(0);
        find_all(app, 0);
    }
}

/// A longer text is looked through a piece at a time, and as a whole only once the pattern is typed.
pub const AT_ONCE: usize = 10 << 20;
/// As many pieces of it are looked through before anything else is done.
const FIRST: usize = 4;
/// The stretch of such a text, behind the first match, whose matches are shown till then.
const NEAR: usize = 64 << 10;

/// Looks for what the prompt says, from where the search began.
pub fn look(app: &mut App) {
    let Mode::Search(search) = &app.state.mode else { return };
    let (top, from) = search.from;
    let query = query_of(app, search.prompt.text());
    let is_whole = is_found_at_once(app);
    let matches = query.as_ref().filter(|_| is_whole).map_or_else(Vec::new, |query| filtering::matches(app, query));
    let find = &mut app.state.find;
    find.scan = query.as_ref().filter(|_| !is_whole).map(|_| Scan::for_first(from));
    (find.matches, find.is_whole) = (matches, is_whole);
    find.query = query;
    find.at = None;
    app.state.top = top;
    app.state.here = from;
    begin(app);
    if !is_whole {
        return;
    }
    let matches = &app.state.find.matches;
    if matches.is_empty() {
        return;
    }
    let next = matches.partition_point(|span| span.start < from) % matches.len();
    app.state.find.at = Some(next);
    let offset = matches[next].start;
    moving::go(app, offset);
}

/// Returns whether no search takes long: the text is not, or little of it is shown.
fn is_found_at_once(app: &App) -> bool {
    app.document.text.len() <= AT_ONCE || app.layout.shown().is_some()
}

/// Looks through the whole text, if that was not done, and steps over so many matches; returns whether all are there.
fn find_all(app: &mut App, steps: isize) -> bool {
    let Some(query) = app.state.find.query.as_ref().filter(|_| !app.state.find.is_whole) else { return true };
    if is_found_at_once(app) {
        let matches = filtering::matches(app, query);
        take(app, matches);
        return true;
    }
    match &mut app.state.find.scan {
        Some(Scan { goal: Goal::All { steps: before }, .. }) => *before += steps,
        scan => {
            *scan = Some(Scan::for_all(steps));
            begin(app);
        }
    }
    false
}

/// Takes in all matches there are.
fn take(app: &mut App, matches: Vec<Span>) {
    let find = &mut app.state.find;
    let next = matches.partition_point(|span| span.start < app.state.here);
    find.at = find.at.and(matches.len().checked_sub(1)).map(|last| next.min(last));
    (find.matches, find.is_whole, find.scan) = (matches, true, None);
}

/// Looks through as much as takes no time.
fn begin(app: &mut App) {
    (0..FIRST).for_each(|_| go_on(app));
}

/// Looks through a piece more of a very long text, if something is looked for.
pub fn go_on(app: &mut App) {
    let Some(mut scan) = app.state.find.scan.take() else { return };
    let Some(query) = &app.state.find.query else { return };
    if !scan.go_on(query, &app.document.text) {
        app.state.find.scan = Some(scan);
        return;
    }
    match (scan.goal, scan.found.first().copied()) {
        (Goal::First { accepted, .. }, Some(first)) => {
            let text = &app.document.text;
            let end = text.ceil_char_boundary((first.end + NEAR).min(text.len()));
            (app.state.find.matches, _) = query.find_in(text, Span::new(first.start, end));
            app.state.find.at = Some(0);
            match accepted {
                true => moving::jump(app, first.start),
                false => moving::go(app, first.start),
            }
            if accepted {
                tell_note(app);
                find_all(app, 0);
            }
        }
        (Goal::First { accepted, .. }, None) => {
            let not_there = not_there(query);
            app.state.find.is_whole = true;
            if accepted {
                tell_or_wait(app, not_there);
            }
        }
        (Goal::All { steps }, _) => {
            take(app, scan.found);
            if steps != 0 {
                step(app, steps);
            }
        }
    }
}

/// Looks to the end, where nobody has anything else to do meanwhile.
pub fn finish(app: &mut App) {
    while app.is_searching() {
        go_on(app);
    }
}

/// Gives up what is looked for still; returns whether anything was.
pub fn stop(app: &mut App) -> bool {
    app.state.find.scan.take().is_some()
}

/// The reader goes elsewhere: no match that is found later is gone to.
pub fn stay(app: &mut App) {
    match &mut app.state.find.scan {
        Some(Scan { goal: Goal::All { steps }, .. }) => *steps = 0,
        Some(scan) if matches!(scan.goal, Goal::First { accepted: true, .. }) => *scan = Scan::for_all(0),
        scan => *scan = None,
    }
}

/// Looks once more for what was not found in as much of the text as there was.
pub fn look_again(app: &mut App) {
    let is_found = find_all(app, 1) && !(app.state.find.matches.is_empty() && app.document.partial);
    if is_found {
        step(app, 1);
    }
}

/// Begins anew in a text of which there is more now.
pub fn begin_again(app: &mut App) {
    if let Some(Scan { goal, .. }) = app.state.find.scan.take() {
        find_all(app, if let Goal::All { steps } = goal { steps } else { 1 });
    }
}

/// Goes to the next match, or to the one before.
pub fn step(app: &mut App, times: isize) {
    let Some(query) = &app.state.find.query else {
        return app.state.tell("nothing was looked for yet; / searches");
    };
    let not_there = not_there(query);
    if !find_all(app, times) {
        return;
    }
    let matches = &app.state.find.matches;
    if matches.is_empty() {
        return tell_or_wait(app, not_there);
    }
    let count = matches.len() as isize;
    let here = app.state.here;
    let next = match times > 0 {
        true => matches.partition_point(|span| span.start <= here) as isize + times - 1,
        false => matches.partition_point(|span| span.start < here) as isize + times,
    };
    let at = next.rem_euclid(count) as usize;
    let offset = matches[at].start;
    app.state.find.at = Some(at);
    moving::jump(app, offset);
    if next >= count {
        app.state.tell("from the start again");
    } else if next < 0 {
        app.state.tell("from the end again");
    }
}

fn accept(app: &mut App) {
    let Mode::Search(search) = std::mem::take(&mut app.state.mode) else { return };
    let pattern = search.prompt.text().to_owned();
    if pattern.is_empty() {
        return;
    }
    remember(app, pattern);
    if let Some(Scan { goal: Goal::First { accepted, .. }, .. }) = &mut app.state.find.scan {
        // The cursor is where the search began, and what is found first is jumped to.
        *accepted = true;
        return;
    }
    find_all(app, 0);
    let found = app.state.here;
    let query = app.state.find.query.as_ref();
    match (app.state.find.at, query.map(not_there)) {
        (Some(_), _) => {
            app.state.here = search.from.1;
            moving::jump(app, found);
            tell_note(app);
        }
        (None, Some(not_there)) => tell_or_wait(app, not_there),
        (None, None) => {}
    }
}

/// Says how the pattern was read, when that was not as an expression.
fn tell_note(app: &mut App) {
    let note = app.state.find.query.as_ref().and_then(|query| query.note()).map(str::to_owned);
    note.into_iter().for_each(|note| app.state.tell(note));
}

/// Says that nothing was found; while the text is still being read it is looked for in what comes.
fn tell_or_wait(app: &mut App, not_there: String) {
    if app.document.partial && !app.state.halted {
        app.state.waiting = Some(Waiting::Match);
        return app.state.tell("not found so far; the rest of the text is still being read");
    }
    app.state.tell(not_there);
}

/// Says that nothing was found, and how the pattern was read when that was not as an expression.
pub fn not_there(query: &Query) -> String {
    match query.note() {
        Some(note) => format!("nothing found; {note}"),
        None => format!("'{}' is not in this text", clean(query.pattern())),
    }
}

fn give_up(app: &mut App) {
    let Mode::Search(search) = std::mem::take(&mut app.state.mode) else { return };
    (app.state.top, app.state.here) = search.from;
    app.state.find.query = None;
    forget_matches(app);
}

/// Shows no matches any more; the next step finds them again.
pub fn forget_matches(app: &mut App) {
    app.state.find.matches.clear();
    app.state.find.is_whole = false;
    app.state.find.at = None;
    app.state.find.scan = None;
}

/// Keeps a pattern to be recalled, as the newest.
pub fn remember(app: &mut App, pattern: String) {
    app.state.find.history.retain(|old| *old != pattern);
    app.state.find.history.push(pattern);
}

fn recall(app: &mut App, older: bool) {
    let Mode::Search(search) = &mut app.state.mode else { return };
    search.prompt = recalled(&app.state.find.history, &search.prompt, older);
    look(app);
}

/// Returns the prompt with the pattern before or after the one in it.
pub fn recalled(history: &[String], prompt: &Prompt, older: bool) -> Prompt {
    let now = history.iter().position(|pattern| pattern == prompt.text());
    let next = match (now, older) {
        (None, true) => history.len().checked_sub(1),
        (Some(at), true) => Some(at.saturating_sub(1)),
        (Some(at), false) => Some(at + 1),
        (None, false) => None,
    };
    Prompt::new(next.and_then(|at| history.get(at)).map_or("", String::as_str))
}
