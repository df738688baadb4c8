//! One line a position, for spreadsheets and for counting.

use super::code::code_of;
use super::contents::{Contents, Statement};
use super::table;

const COLUMNS: [&str; 24] = [
    "id",
    "file",
    "date",
    "paragraph",
    "sentence_no",
    "actor",
    "via",
    "act",
    "polarity",
    "to",
    "issue",
    "gist",
    "voice",
    "cameo",
    "answers",
    "state",
    "quote",
    "start",
    "end",
    "negated",
    "hedged",
    "confidence",
    "tags",
    "note",
];

/// Returns the positions as a table with names in its first line.
pub fn write(contents: &Contents) -> String {
    let heading = COLUMNS.map(str::to_owned).to_vec();
    let rows = contents.statements.iter().map(|statement| row(contents, statement));
    table::for_spreadsheets(std::iter::once(heading).chain(rows))
}

fn row(contents: &Contents, statement: &Statement) -> Vec<String> {
    let position = statement.position;
    let correction = statement.correction();
    let code = code_of(position);
    let cells: [String; COLUMNS.len()] = [
        statement.id.to_owned(),
        contents.document.name.clone(),
        contents.about.date.map_or_else(String::new, |date| date.to_string()),
        contents.paragraph(statement.span.start).to_string(),
        contents.sentence(statement.span.start).to_string(),
        contents.names(&statement.parties),
        contents.names(&statement.speakers),
        position.act.word().to_owned(),
        code.polarity.to_owned(),
        contents.names(&position.addressees),
        statement.issues.join(", "),
        statement.gist().unwrap_or_default().to_owned(),
        position.quote.word().to_owned(),
        code.cameo.to_owned(),
        statement.answers.join(" "),
        statement.state().to_owned(),
        statement.quote.clone(),
        contents.characters(statement.span.start).to_string(),
        contents.characters(statement.span.end).to_string(),
        position.negated.to_string(),
        position.hedged.to_string(),
        format!("{:.2}", f64::from(position.hundredths()) / 100.0),
        correction.map_or_else(String::new, |correction| correction.tags.join(", ")),
        correction.map_or_else(String::new, |correction| correction.text.trim_end().to_owned()),
    ];
    cells.into()
}
