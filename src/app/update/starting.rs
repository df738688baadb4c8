//! Going on with another article: the start page, and what its keys do.

use super::leave;
use crate::app::start::{Article, StartPage};
use crate::app::state::Mode;
use crate::app::{App, Code, Effect, Key};

/// Shows the articles there are.
pub fn open(app: &mut App, articles: Vec<Article>) {
    app.state.mode = Mode::Start(StartPage::new(articles));
}

/// Takes in a key of the start page.
pub fn type_key(app: &mut App, key: Key) -> Vec<Effect> {
    let page_rows = isize::try_from(app.state.size.rows.saturating_sub(8)).unwrap_or(1).max(1);
    let Mode::Start(page) = &mut app.state.mode else { return Vec::new() };
    match key.code {
        Code::Esc => app.state.mode = Mode::Read,
        Code::Char('c' | 'g') if key.ctrl => app.state.mode = Mode::Read,
        Code::Up => page.step(-1),
        Code::Down => page.step(1),
        Code::PageUp => page.step(-page_rows),
        Code::PageDown => page.step(page_rows),
        Code::Enter => return choose(app),
        _ => {
            if page.prompt.type_key(key) {
                page.look();
            }
        }
    }
    Vec::new()
}

/// Opens the selected article, at the selected note.
fn choose(app: &mut App) -> Vec<Effect> {
    let Mode::Start(page) = &app.state.mode else { return Vec::new() };
    let Some((article, note)) = page.chosen() else { return Vec::new() };
    match article.path.clone() {
        Some(path) => {
            let note = note.map(|note| note.id.clone());
            app.state.mode = Mode::Read;
            leave(app, Effect::Open { path, note })
        }
        None => {
            let message = format!("only its notes are known, not where it is: {}", article.place);
            app.state.warn(message, "demarche FILE opens it");
            Vec::new()
        }
    }
}
