//! Taking notes and positions away: what the sidebar lists, in a format, to a file or the clipboard.

use super::picking;
use crate::annotation::export::{self, Contents, Filter, Format};
use crate::app::sidebar::CERTAIN;
use crate::app::{App, Effect, menu};

/// Lists the formats.
pub fn choose(app: &mut App) {
    let menu = menu::exports(spotlit(app).map(|(_, name)| name));
    picking::open(app, menu);
}

/// Hands an export to the shell, which finds a name for it.
pub fn write(app: &App, format: Format) -> Vec<Effect> {
    vec![Effect::Export { format, contents: contents(app, format) }]
}

/// Puts an export on the clipboard.
pub fn copy(app: &App, format: Format) -> Vec<Effect> {
    vec![Effect::Copy(contents(app, format))]
}

fn contents(app: &App, format: Format) -> String {
    let contents = Contents::new(&app.document, &app.notes, &app.reading, &filter(app));
    export::write(format, &contents)
}

/// Returns what the sidebar hides, as a filter. Positions that were rejected are never taken away: a file does not say
/// as clearly as the screen that they are none.
fn filter(app: &App) -> Filter {
    Filter {
        actors: spotlit(app).map(|(id, _)| id.to_owned()).into_iter().collect(),
        least: if app.state.show_possible { 0.0 } else { CERTAIN },
        ..Filter::default()
    }
}

/// Returns the id and the name of the actor whose words alone are shown.
fn spotlit(app: &App) -> Option<(&str, &str)> {
    let actor = app.state.actor.filter(|_| app.state.spotlight)?;
    let actor = &app.reading.analysis.actors[actor.0];
    Some((&actor.id, &actor.name))
}
