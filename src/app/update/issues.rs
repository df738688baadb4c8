//! What a position is about: the issues of the library, those whose words it says first, and what else the notes name.

use super::{correcting, picking};
use crate::analysis::PositionId;
use crate::annotation::library::Issue;
use crate::annotation::{Body, Correction, PositionCorrection};
use crate::app::menu::{self, IssueChoice};
use crate::app::prompt::Prompt;
use crate::app::state::{Mode, Naming};
use crate::app::{App, Effect};

/// Opens the list of issues; where none is known it asks for a name at once.
pub fn open(app: &mut App, id: PositionId) {
    let choices = choices(app, id);
    match choices.is_empty() {
        true => ask(app, id),
        false => picking::open(app, menu::issues(choices, id)),
    }
}

/// Asks for the name of an issue that is not in the list.
pub fn ask(app: &mut App, id: PositionId) {
    app.state.mode = Mode::Name(Prompt::new(""), Naming::Issue(id));
}

/// Says that a position is about an issue, or that it is not when that was said before.
pub fn toggle(app: &mut App, id: PositionId, issue: &str) -> Vec<Effect> {
    let mut issues = issues_of(app, id).to_vec();
    let before = issues.len();
    issues.retain(|other| other != issue);
    if issues.len() == before {
        issues.push(issue.to_owned());
    }
    correcting::judge(app, id, Correction::Issues(issues))
}

/// Takes an issue by the name that was typed: the library's of that name or id, else a new one.
pub fn name(app: &mut App, id: PositionId, name: &str) -> Vec<Effect> {
    let known = app.library.issues.iter().find(|issue| issue.name == name || issue.id == name);
    let issue = known.map_or_else(|| name.to_owned(), |issue| issue.id.clone());
    if issues_of(app, id).contains(&issue) {
        app.state.tell(format!("it is about {name} already"));
        return Vec::new();
    }
    toggle(app, id, &issue)
}

fn choices(app: &App, id: PositionId) -> Vec<IssueChoice> {
    let library = &app.library;
    let suggested = library.issues_of(&app.document, &app.reading.analysis.positions[id.0]);
    let word_of = |issue: &str| suggested.iter().find(|(known, _)| known.id == issue).map(|(_, word)| *word);
    let said = issues_of(app, id);
    let of_library = library.issues.iter().map(|issue| issue.id.as_str());
    let (first, others): (Vec<&str>, Vec<&str>) = of_library.partition(|issue| word_of(issue).is_some());
    let named = app.notes.entries().iter().flat_map(|entry| match &entry.body {
        Body::Position(PositionCorrection { issue, .. }) => issue.as_slice(),
        Body::Note(_) | Body::Actor(_) => &[],
    });
    let mut choices: Vec<IssueChoice> = Vec::new();
    for issue in first.into_iter().chain(others).chain(named.map(String::as_str)) {
        if choices.iter().all(|choice| choice.id != issue) {
            choices.push(IssueChoice {
                id: issue.to_owned(),
                name: library.issue_name(issue).to_owned(),
                sides: library.issue(issue).and_then(Issue::sides),
                word: word_of(issue).map(str::to_owned),
                is_said: said.iter().any(|other| other == issue),
            });
        }
    }
    choices
}

/// Returns what the reader said a position is about.
fn issues_of(app: &App, id: PositionId) -> &[String] {
    let said = app.reading.verdicts.get(id.0).and_then(Option::as_ref).and_then(|(_, entry)| app.notes.entry(entry));
    match said.map(|entry| &entry.body) {
        Some(Body::Position(correction)) => &correction.issue,
        _ => &[],
    }
}
