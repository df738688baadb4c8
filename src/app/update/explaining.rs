//! Why the position under the cursor is there, and on from the answer: to the next position, or to correcting it.

use super::{correcting, in_sidebar, sidebar};
use crate::analysis::PositionId;
use crate::app::sidebar::listed;
use crate::app::state::{Mode, Overlay};
use crate::app::{App, Command, Effect};

/// Opens the answer for the position of the selected line, or for the one under the cursor of the article.
pub fn open(app: &mut App) {
    if app.analysis.is_none() {
        return app.state.tell("the article is still being read");
    }
    let position = match in_sidebar(app) {
        true => app.state.item.as_ref().and_then(|item| item.position()),
        false => under_cursor(app),
    };
    match position {
        Some(id) => show(app, id),
        None if in_sidebar(app) => app.state.tell("this line is no position"),
        None => app.state.tell("no position stands here; p goes to the next"),
    }
}

/// Returns whether a page answers to a command instead of being left by it.
pub fn is_for(overlay: Overlay, command: Command) -> bool {
    let commands = [Command::Correct, Command::NextPosition, Command::PreviousPosition];
    matches!(overlay, Overlay::Why(_)) && commands.contains(&command)
}

/// Runs such a command: corrects the position, or goes to another one and says why that is there.
pub fn run(app: &mut App, command: Command) -> Vec<Effect> {
    app.state.mode = Mode::Read;
    match command {
        Command::NextPosition => sidebar::positions(app, 1),
        Command::PreviousPosition => sidebar::positions(app, -1),
        _ => {
            correcting::open(app);
            return Vec::new();
        }
    }
    if let Some(id) = app.state.position {
        show(app, id);
    }
    Vec::new()
}

fn show(app: &mut App, id: PositionId) {
    app.state.position = Some(id);
    app.state.mode = Mode::Page(Overlay::Why(id), 0);
}

/// Returns the position under the cursor: the selected one, else the innermost that covers it, else the next one of
/// the sentence.
fn under_cursor(app: &App) -> Option<PositionId> {
    let here = app.state.here;
    let positions = &app.reading.analysis.positions;
    let extent = |id: PositionId| positions[id.0].extent();
    let covers = |id: &PositionId| extent(*id).contains(here);
    let ids = || (0..positions.len()).map(PositionId).filter(|&id| listed(&app.reading, &app.state, id));
    let in_sentence = || {
        let sentence = app.document.sentence_at(here)?;
        ids().find(|&id| extent(id).start >= here && sentence.contains(extent(id).start))
    };
    let selected = app.state.position.filter(covers);
    selected.or_else(|| ids().filter(covers).min_by_key(|&id| extent(id).len())).or_else(in_sentence)
}
