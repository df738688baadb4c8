//! The one place where state changes: an event in, effects out. It touches no file, no clock and no terminal.

mod copying;
mod correcting;
mod explaining;
mod exporting;
pub(super) mod filtering;
mod finding;
mod following;
mod growing;
mod issues;
mod keys;
mod lines;
mod linking;
mod looking_up;
pub(super) mod moving;
mod noting;
pub(super) mod palette;
mod picking;
mod pointing;
pub(super) mod renumbering;
mod selecting;
pub(super) mod sidebar;
mod starting;
pub(super) mod window;
mod writing;

use super::state::{Mode, Overlay, Page, Pane};
use super::{App, Command, Effect, Event};
use crate::annotation::Notes;

/// Changes the app as an event says.
pub fn update(app: &mut App, event: Event) -> Vec<Effect> {
    match event {
        Event::Key(key) => {
            app.state.saving.just_saved = false;
            return keys::press(app, key);
        }
        Event::Line(line) => {
            app.state.saving.just_saved = false;
            return lines::take(app, &line);
        }
        Event::Mouse(mouse) => return staying(app, |app| pointing::point(app, mouse)),
        Event::Paste(text) => return keys::paste(app, &text),
        Event::Edited(text) => return writing::written_outside(app, &text),
        Event::Resize(size) => {
            app.state.size = size;
            moving::keep_in_view(app);
        }
        Event::GoOn => finding::go_on(app),
        Event::Read(document) => growing::take_in(app, *document),
        Event::NotRead { message, hint } => growing::give_up(app, message, hint),
        Event::Analyzed(analysis) => growing::take_in_analysis(app, *analysis),
        Event::Analyzing(around) => growing::begin_or_end_analysis(app, around),
        Event::NotAnalyzed(reason) => growing::give_up_analysis(app, &reason),
        Event::Saved { revision } => {
            let saving = &mut app.state.saving;
            saving.saved = saving.saved.max(revision);
            saving.failed = None;
            saving.just_saved = saving.saved == saving.revision;
        }
        Event::NotSaved { message, hint, .. } => {
            app.state.saving.failed = Some(message.clone());
            app.state.warn(message, hint);
        }
        Event::NotesChanged(toml) => reload(app, &toml),
        Event::Articles(articles) => starting::open(app, articles),
        Event::LookedUp(text) => looking_up::answer(app, &text),
        Event::NotLookedUp { message, hint } => looking_up::fail(app, message, hint),
        Event::Told { message, hint } if hint.is_empty() => app.state.tell(message),
        Event::Told { message, hint } => app.state.warn(message, hint),
        // A reader who looks into the file wants to know when, not to the nanosecond.
        Event::Time(now) => {
            app.state.moment = now;
            app.now = jiff::Timestamp::from_second(now.as_second()).unwrap_or(now);
        }
    }
    Vec::new()
}

/// Takes in the notes as the file has them now; what can be undone stays so.
fn reload(app: &mut App, toml: &str) {
    match Notes::parse(toml, &app.document) {
        Ok(mut notes) => {
            notes.restore_journal(&app.notes.journal());
            app.notes = notes;
            app.reread();
            app.state.tell("the notes file was changed from outside; both are joined");
        }
        Err(unreadable) => {
            let message = format!("notes file, line {}: {}", unreadable.line, unreadable.reason);
            app.state.warn(message, "the notes in memory are kept");
        }
    }
}

/// Does what the reader asks for; who goes elsewhere by it is not taken to a match that is found later.
fn staying(app: &mut App, change: impl FnOnce(&mut App) -> Vec<Effect>) -> Vec<Effect> {
    let place = |app: &App| (app.state.here, app.state.top);
    let before = place(app);
    let effects = change(app);
    if place(app) != before {
        finding::stay(app);
    }
    effects
}

/// Runs a command, as often as the count says where that means something.
fn run(app: &mut App, command: Command) -> Vec<Effect> {
    match command {
        Command::NextMatch | Command::PreviousMatch | Command::Cancel => run_one(app, command),
        _ => staying(app, |app| run_one(app, command)),
    }
}

fn run_one(app: &mut App, command: Command) -> Vec<Effect> {
    let count = app.state.count.take();
    let times = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX).min(100_000);
    match command {
        Command::ScrollDown => moving::lines(app, times),
        Command::ScrollUp => moving::lines(app, -times),
        Command::PageDown => moving::pages(app, times, 1),
        Command::PageUp => moving::pages(app, -times, 1),
        Command::HalfPageDown => moving::pages(app, times, 2),
        Command::HalfPageUp => moving::pages(app, -times, 2),
        Command::GotoStart => moving::start(app, count),
        Command::GotoEnd => moving::end(app, count),
        Command::NextParagraph => moving::paragraphs(app, times),
        Command::PreviousParagraph => moving::paragraphs(app, -times),
        Command::NextSentence => moving::sentences(app, times),
        Command::PreviousSentence => moving::sentences(app, -times),
        Command::NextHeading => moving::headings(app, times),
        Command::PreviousHeading => moving::headings(app, -times),
        Command::JumpBack => moving::jump_back(app),
        Command::JumpForward => moving::jump_forward(app),
        Command::SetMark => app.state.mode = Mode::SetMark,
        Command::GotoMark => app.state.mode = Mode::GotoMark,
        Command::Search => finding::open(app),
        Command::NextMatch => finding::step(app, times),
        Command::PreviousMatch => finding::step(app, -times),
        Command::WholeWords => finding::whole_words(app),
        Command::Filter => filtering::open(app),
        Command::FilterActor => filtering::actor(app),
        Command::NextMentionHere => sidebar::mention_here(app),
        Command::LookUp => return looking_up::start(app),
        Command::NextPosition => sidebar::positions(app, times),
        Command::PreviousPosition => sidebar::positions(app, -times),
        Command::NextMention => sidebar::mentions(app, times),
        Command::PreviousMention => sidebar::mentions(app, -times),
        Command::Spotlight => sidebar::spotlight(app),
        Command::ShowActors => sidebar::show(app, Page::Actors),
        Command::ShowExchange => sidebar::show(app, Page::Exchange),
        Command::ShowNotes => sidebar::show(app, Page::Notes),
        Command::ShowContents => sidebar::show(app, Page::Contents),
        Command::Explain => explaining::open(app),
        Command::Goto => sidebar::goto(app),
        Command::Fold => sidebar::fold(app, None),
        Command::SelectWords => selecting::words(app),
        Command::SelectSentences => selecting::sentences(app),
        Command::Grow => selecting::grow(app),
        Command::SelectQuotation => selecting::quotation(app),
        Command::SelectPosition => selecting::position(app),
        Command::SelectParagraph => selecting::paragraph(app),
        Command::Left => selecting::characters(app, -times),
        Command::Right => selecting::characters(app, times),
        Command::NextWord => selecting::next_words(app, times),
        Command::WordEnd => selecting::word_ends(app, times),
        Command::PreviousWord => selecting::previous_words(app, times),
        Command::LineStart => selecting::line_start(app),
        Command::LineEnd => selecting::line_end(app),
        Command::SwapEnds => selecting::swap_ends(app),
        Command::Cancel => return cancel(app),
        Command::Copy => return copying::words(app),
        Command::CopyQuotation => return copying::quotation(app),
        Command::Highlight => return noting::highlight(app),
        Command::HighlightIn => noting::choose_color(app),
        Command::Note => writing::note(app),
        Command::Question => writing::question(app),
        Command::Tag => writing::tag(app),
        Command::EditOutside => return writing::outside(app),
        Command::Bookmark => return noting::bookmark(app),
        Command::Correct => correcting::open(app),
        Command::Delete => return noting::delete(app),
        Command::NextAnnotation => noting::step(app, times),
        Command::PreviousAnnotation => noting::step(app, -times),
        Command::Undo => return noting::undo(app),
        Command::Redo => return noting::redo(app),
        Command::Export => exporting::choose(app),
        Command::Relink => linking::open(app),
        Command::SaveElsewhere => noting::choose_file(app),
        Command::JoinCopies => return noting::join_copies(app),
        Command::ChangePane => sidebar::change_pane(app),
        Command::FocusMode => app.state.focus_mode = !app.state.focus_mode,
        Command::Wider => moving::widen(app, 4),
        Command::Narrower => moving::widen(app, -4),
        Command::ShowRejected => sidebar::show_rejected(app),
        Command::ShowPossible => sidebar::show_possible(app),
        Command::NextFile => return leave(app, Effect::OpenInSeries(times)),
        Command::PreviousFile => return leave(app, Effect::OpenInSeries(-times)),
        Command::StartPage => return vec![Effect::ListArticles],
        Command::OpenLink => return following::open(app),
        Command::ChooseLink => following::choose(app),
        Command::Palette => palette::open(app),
        Command::Help => app.state.mode = Mode::Page(Overlay::Help, 0),
        Command::Messages => app.state.mode = Mode::Page(Overlay::Messages, 0),
        Command::Redraw => return vec![Effect::Redraw],
        Command::Suspend => return vec![Effect::Suspend],
        Command::Quit => return leave(app, Effect::Quit),
    }
    Vec::new()
}

/// Leaves one thing: the search that goes on, else the selection, else the message, else the search and the spotlight, else the filter, else the
/// analysis.
fn cancel(app: &mut App) -> Vec<Effect> {
    let is_shown = app.state.spotlight || !app.state.find.matches.is_empty();
    if finding::stop(app) {
        app.state.tell("the search was stopped");
    } else if matches!(app.state.mode, Mode::Select(_)) {
        app.state.mode = Mode::Read;
    } else if app.state.message.take().is_none() {
        finding::forget_matches(app);
        app.state.spotlight = false;
        match is_shown {
            false if app.layout.shown().is_some() => filtering::lift(app),
            false if app.state.analyzing => {
                app.state.stopped = true;
                return vec![Effect::StopWork];
            }
            _ => {}
        }
    }
    Vec::new()
}

/// Leaves the article, unless notes are not on disk: then the first try tells so, and the second leaves.
fn leave(app: &mut App, how: Effect) -> Vec<Effect> {
    let saving = &app.state.saving;
    let unsaved = saving.failed.is_some() && saving.saved < saving.revision;
    let warned = app.state.message.as_ref().is_some_and(|message| message.hint == UNSAVED);
    if unsaved && !warned {
        let reason = saving.failed.clone().unwrap_or_default();
        app.state.warn(reason, UNSAVED);
        return Vec::new();
    }
    vec![how]
}

/// The hint beside the reason why notes are not saved.
const UNSAVED: &str = "quit again to leave; S saves them elsewhere";

/// Whether the sidebar has the keyboard.
fn in_sidebar(app: &App) -> bool {
    app.state.pane == Pane::Sidebar
}
