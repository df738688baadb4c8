//! Taking words away: to the clipboard, as they are or as a quotation.

use super::selecting;
use crate::app::state::Mode;
use crate::app::{App, Effect};
use crate::text::Span;

/// Copies the selection or the sentence.
pub fn words(app: &mut App) -> Vec<Effect> {
    let Some(span) = selecting::selected_or_sentence(app) else { return Vec::new() };
    app.state.mode = Mode::Read;
    app.state.tell("copied");
    vec![Effect::Copy(one_line(app, span))]
}

/// Copies the words as a quotation with who said them and where they stand.
pub fn quotation(app: &mut App) -> Vec<Effect> {
    let Some(span) = selecting::selected_or_sentence(app) else { return Vec::new() };
    app.state.mode = Mode::Read;
    app.state.tell("copied with its source");
    let metadata = &app.document.metadata;
    let title = metadata.title.as_ref().map(|title| format!("“{title}”"));
    let date = metadata.date.map(|date| date.to_string());
    let paragraph = app.document.paragraph_at(span.start).map(|number| format!("¶ {number}"));
    let parts = [speaker(app, span), metadata.byline.clone(), title, metadata.source.clone(), date, paragraph];
    let source: Vec<String> = parts.into_iter().flatten().collect();
    vec![Effect::Copy(format!("“{}” ({})", one_line(app, span).trim_matches(['“', '”', '"']), source.join(", ")))]
}

/// The line ends of the file mean nothing outside it.
pub fn one_line(app: &App, span: Span) -> String {
    span.of(&app.document.text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns who says these words, when they are all of one position's content.
fn speaker(app: &App, span: Span) -> Option<String> {
    let analysis = &app.reading.analysis;
    let covers = |position: &&crate::analysis::Position| {
        position.content.iter().any(|content| content.covers(span) || span.covers(*content))
    };
    let position = analysis.positions.iter().filter(covers).min_by_key(|position| position.extent().len())?;
    Some(analysis.actors[position.actors.first()?.0].name.clone())
}
