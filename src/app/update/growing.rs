//! A text that is still being read: more of it comes, and what was asked for meanwhile is done when it can be.

use super::{finding, moving};
use crate::app::App;
use crate::app::state::{Mode, Waiting};
use crate::document::Document;

/// Takes in the text as far as it has been read. The reader stays at the same characters: what was there is how it begins.
pub fn take_in(app: &mut App, document: Document) {
    let begins_alike = document.text.starts_with(&app.document.text);
    app.replace_document(document);
    if !begins_alike {
        start_anew(app);
    }
    app.state.find.is_whole = false;
    match (&app.state.mode, app.state.waiting) {
        (Mode::Search(_), _) => finding::look(app),
        (_, Some(Waiting::Match)) => finding::look_again(app),
        (_, Some(Waiting::End)) => moving::end(app, None),
        (_, None) => {}
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
