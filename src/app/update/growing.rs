//! A text that is still being read: more of it comes, and what was asked for meanwhile is done when it can be.

use super::{filtering, finding, moving, sidebar, window};
use crate::analysis::Analysis;
use crate::app::App;
use crate::app::state::{Mode, Waiting};
use crate::document::Document;
use crate::text::Offset;

/// Takes in the text as far as it has been read. The reader stays at the same characters: what was there is how it begins.
pub fn take_in(app: &mut App, document: Document) {
    let begins_alike = document.text.starts_with(&*app.document.text);
    app.replace_document(document);
    if !begins_alike {
        start_anew(app);
    }
    app.state.find.is_whole = false;
    match (&app.state.mode, app.state.waiting) {
        (Mode::Search(_), _) => finding::look(app),
        (Mode::Filter(_), _) => filtering::look(app),
        (_, Some(Waiting::Match)) => finding::look_again(app),
        (_, Some(Waiting::End)) => moving::end(app, None),
        (_, None) => finding::begin_again(app),
    }
    if !app.document.partial {
        app.state.waiting = None;
    }
}

/// The rest cannot be read: what is there is all there is to see.
pub fn give_up(app: &mut App, message: String, hint: String) {
    app.state.waiting = None;
    app.state.halted = true;
    app.state.warn(format!("only the beginning is here: {message}"), hint);
}

/// Takes in what was found in the text, or in a part of it. What is selected stays so where it is found again.
pub fn take_in_analysis(app: &mut App, analysis: Analysis) {
    app.analysis = Some(analysis);
    app.unread = false;
    app.reread();
    app.list();
    sidebar::follow(app);
}

/// Says at the end what was looked at, when that is not all.
pub fn begin_or_end_analysis(app: &mut App, around: Option<Offset>) {
    app.state.analyzing = around.is_some();
    if let Some(around) = around {
        return window::begin(app, around);
    }
    if app.document.text.len() > window::WHOLE && !app.state.stopped {
        // The sidebar says which paragraphs these are, wherever the reader goes.
        if app.analyzed_paragraphs().is_some() {
            let message = "the text is very long: actors and positions are those around you";
            warn_once(app, message, "they follow you; search and notes work everywhere");
        }
    } else if let Some((first, last)) = app.analyzed_paragraphs() {
        let message = format!("actors and positions are those of ¶{first} to ¶{last}: the rest was not analysed");
        app.state.warn(message, "reading, search and notes work everywhere");
    }
}

/// Says what holds again and again, but need be said only once.
fn warn_once(app: &mut App, message: &str, hint: &str) {
    if !app.state.messages.iter().any(|told| told.text == message) {
        app.state.warn(message, hint);
    }
}

/// Goes on without what was not analysed.
pub fn give_up_analysis(app: &mut App, reason: &str) {
    app.state.analyzing = false;
    if app.analysis.is_some() {
        return warn_once(app, &format!("not all was analysed: {reason}"), "reading and notes work as ever");
    }
    app.analysis = Some(Analysis::default());
    app.unread = true;
    app.reread();
    app.state.warn(format!("the article was not analysed: {reason}"), "reading and notes work as ever");
}

/// The whole is read otherwise than its beginning was (in another encoding): no place in it is known.
fn start_anew(app: &mut App) {
    app.state.mode = Mode::Read;
    app.state.marks.clear();
    app.state.jumps = crate::app::state::Jumps::default();
    app.state.top = moving::boundary(app, app.state.top);
    app.state.here = moving::boundary(app, app.state.here);
    app.state.entered_from = app.state.here;
    app.state.pressed = None;
    finding::forget_matches(app);
    moving::keep_in_view(app);
}
