//! Who agrees with what, as an event list of the Discourse Network Analyzer: a line for each actor and concept.
//!
//! A concept is the reader's issue, or the words themselves until the reader has named one. An actor agrees with what it
//! demands, offers or says, and disagrees with what it refuses, denies or opposes.

use super::code::code_of;
use super::contents::{Contents, Statement};
use super::table;
use crate::analysis::ActorId;

const COLUMNS: [&str; 16] = [
    "statement_id",
    "time",
    "person",
    "organization",
    "concept",
    "agreement",
    "start_position",
    "stop_position",
    "text",
    "coder",
    "document_id",
    "document_title",
    "document_author",
    "document_source",
    "document_section",
    "document_type",
];

/// Returns the event list.
pub fn write(contents: &Contents) -> String {
    let mut rows = vec![COLUMNS.map(str::to_owned).to_vec()];
    for statement in &contents.statements {
        let what = [statement.what()];
        let concepts: Vec<&str> = match statement.issues.is_empty() {
            true => what.iter().map(String::as_str).collect(),
            false => statement.issues.clone(),
        };
        for concept in concepts {
            for who in holders(contents, statement) {
                rows.push(row(contents, statement, concept, who, rows.len()));
            }
        }
    }
    table::with_semicolons(rows)
}

/// Who takes a position.
struct Holder {
    person: String,
    organization: String,
}

/// Returns a holder for each party, or one that is only persons.
fn holders(contents: &Contents, statement: &Statement) -> Vec<Holder> {
    let all = statement.parties.iter().chain(&statement.speakers).copied();
    let persons: Vec<ActorId> = all.filter(|id| contents.is_person(*id)).collect();
    let person = contents.names(&persons);
    let holder = |id: &ActorId| Holder { person: person.clone(), organization: contents.name(*id).to_owned() };
    let bodies: Vec<Holder> = statement.parties.iter().filter(|id| !persons.contains(id)).map(holder).collect();
    match bodies.is_empty() {
        true => vec![Holder { person, organization: String::new() }],
        false => bodies,
    }
}

fn row(contents: &Contents, statement: &Statement, concept: &str, who: Holder, number: usize) -> Vec<String> {
    let about = &contents.about;
    let cells: [String; COLUMNS.len()] = [
        number.to_string(),
        about.date.map_or_else(String::new, |date| format!("{date} 00:00:00")),
        who.person,
        who.organization,
        concept.to_owned(),
        u8::from(code_of(statement.position).agrees).to_string(),
        contents.characters(statement.span.start).to_string(),
        contents.characters(statement.span.end).to_string(),
        statement.quote.clone(),
        "1".to_owned(),
        "1".to_owned(),
        about.title.clone(),
        about.author.clone().unwrap_or_default(),
        about.source.clone().unwrap_or_default(),
        String::new(),
        "news".to_owned(),
    ];
    cells.into()
}
