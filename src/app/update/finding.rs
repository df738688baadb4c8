//! Search: as one types, over the text and never over its lines.

use super::{filtering, moving};
use crate::app::keymap::Meaning;
use crate::app::prompt::Prompt;
use crate::app::state::{Mode, SearchPrompt, Waiting};
use crate::app::{App, Code, Command, Effect, Key, Keymap};
use crate::text::search::Query;
use crate::text::{Offset, Span, clean};

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
        find_all(app);
        let find = &mut app.state.find;
        let next = find.matches.partition_point(|span| span.start < app.state.here);
        find.at = find.matches.len().checked_sub(1).map(|last| next.min(last));
    }
}

/// A longer text is looked through as a whole only once the pattern is typed.
pub const AT_ONCE: usize = 10 << 20;
/// The stretch of such a text, behind the first match, whose matches are shown till then.
const NEAR: usize = 64 << 10;

/// Looks for what the prompt says, from where the search began.
pub fn look(app: &mut App) {
    let Mode::Search(search) = &app.state.mode else { return };
    let (top, from) = search.from;
    let query = query_of(app, search.prompt.text());
    let text = &app.document.text;
    let is_whole = text.len() <= AT_ONCE || app.layout.shown().is_some();
    let matches = match &query {
        Some(query) if is_whole => filtering::matches(app, query),
        Some(query) => find_near(query, text, from),
        None => Vec::new(),
    };
    let find = &mut app.state.find;
    (find.matches, find.is_whole) = (matches, is_whole);
    find.query = query;
    find.at = None;
    app.state.top = top;
    app.state.here = from;
    let matches = &app.state.find.matches;
    if matches.is_empty() {
        return;
    }
    let next = matches.partition_point(|span| span.start < from) % matches.len();
    app.state.find.at = Some(next);
    let offset = matches[next].start;
    moving::go(app, offset);
}

/// Returns the first match from an offset on, from the start again where there is none, and those close behind it.
fn find_near(query: &Query, text: &str, from: Offset) -> Vec<Span> {
    let Some(first) = query.find_from(text, from).or_else(|| query.find_from(text, 0)) else { return Vec::new() };
    let least = text.ceil_char_boundary((first.end + NEAR).min(text.len()));
    let end = text[least..].find('\n').map_or(text.len(), |at| least + at);
    let near = Span::new(first.start, end);
    let found = query.find_all(near.of(text)).into_iter();
    found.map(|span| Span::new(near.start + span.start, near.start + span.end)).collect()
}

/// Looks through the whole text, if that was not done.
fn find_all(app: &mut App) {
    if let Some(query) = app.state.find.query.as_ref().filter(|_| !app.state.find.is_whole) {
        let matches = filtering::matches(app, query);
        let find = &mut app.state.find;
        (find.matches, find.is_whole) = (matches, true);
        find.at = find.at.map(|_| find.matches.partition_point(|span| span.start < app.state.here));
    }
}

/// Looks once more for what was not found in as much of the text as there was.
pub fn look_again(app: &mut App) {
    find_all(app);
    match app.state.find.matches.is_empty() && app.document.partial {
        true => {}
        false => step(app, 1),
    }
}

/// Goes to the next match, or to the one before.
pub fn step(app: &mut App, times: isize) {
    let Some(query) = &app.state.find.query else {
        return app.state.tell("nothing was looked for yet; / searches");
    };
    let not_there = not_there(query);
    find_all(app);
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
    find_all(app);
    let found = app.state.here;
    let query = app.state.find.query.as_ref();
    match (app.state.find.at, query.map(not_there), query.and_then(|query| query.note()).map(str::to_owned)) {
        (Some(_), _, note) => {
            app.state.here = search.from.1;
            moving::jump(app, found);
            note.into_iter().for_each(|note| app.state.tell(note));
        }
        (None, Some(not_there), _) => tell_or_wait(app, not_there),
        (None, None, _) => {}
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_matches_are_those_of_the_whole_text() {
        let text = format!("{}one Two\n{}one\n{}one\n", "- \n".repeat(9), "- \n".repeat(9), "- \n".repeat(NEAR / 2));
        let query = Query::new(r"\bone$|one");
        let all = query.find_all(&text);
        assert_eq!((all.len(), find_near(&query, &text, 0)), (3, all[..2].to_vec()));
        assert_eq!(find_near(&query, &text, all[1].start), all[1..2]);
        assert_eq!(find_near(&query, &text, all[2].end), all[..2], "from the start again");
        assert!(find_near(&Query::new("three"), &text, 5).is_empty());
    }
}
