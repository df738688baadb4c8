//! Who did what about which issue: a line an actor, a column an issue.

use std::collections::{BTreeMap, HashMap};

use super::contents::{Contents, Statement};
use super::table;
use crate::analysis::{Act, ActorId};

/// The column of positions whose issue the reader has not named and no word suggests.
const NO_ISSUE: &str = "no issue";

/// Returns the table. A cell says acts and paragraphs in words: signs and figures would be sums to a spreadsheet.
pub fn write(contents: &Contents) -> String {
    let mut columns: Vec<&str> = Vec::new();
    let mut column_of: HashMap<&str, usize> = HashMap::new();
    let mut cells: BTreeMap<ActorId, HashMap<usize, Cell>> = BTreeMap::new();
    let issues = contents.statements.iter().flat_map(issues_of).copied();
    let nameless = contents.statements.iter().any(|statement| issues_of(statement).is_empty());
    for issue in issues.chain(nameless.then_some(NO_ISSUE)) {
        column_of.entry(issue).or_insert_with(|| {
            columns.push(issue);
            columns.len() - 1
        });
    }
    for statement in &contents.statements {
        let paragraph = contents.paragraph(statement.span.start);
        let issues = issues_of(statement);
        let issues = if issues.is_empty() { &[NO_ISSUE][..] } else { issues };
        for actor in &statement.parties {
            for issue in issues {
                let cell = cells.entry(*actor).or_default().entry(column_of[issue]).or_default();
                cell.add(statement.position.act, paragraph);
            }
        }
    }
    let heading = std::iter::once("actor").chain(columns.iter().copied()).map(str::to_owned).collect();
    let rows = cells.iter().map(|(actor, cells)| {
        let name = contents.name(*actor).to_owned();
        let cells = (0..columns.len()).map(|column| cells.get(&column).map_or_else(String::new, Cell::words));
        std::iter::once(name).chain(cells).collect()
    });
    table::for_spreadsheets(std::iter::once(heading).chain(rows))
}

/// Returns what the reader says a position is about, else what its words suggest.
fn issues_of<'s, 'a>(statement: &'s Statement<'a>) -> &'s [&'a str] {
    if statement.issues.is_empty() { &statement.suggested } else { &statement.issues }
}

/// The acts of one actor on one issue, in reading order, each with the paragraphs where it stands.
#[derive(Default)]
struct Cell(Vec<(Act, Vec<usize>)>);

impl Cell {
    fn add(&mut self, act: Act, paragraph: usize) {
        match self.0.iter_mut().find(|(other, _)| *other == act) {
            Some((_, paragraphs)) if paragraphs.last() == Some(&paragraph) => {}
            Some((_, paragraphs)) => paragraphs.push(paragraph),
            None => self.0.push((act, vec![paragraph])),
        }
    }

    fn words(&self) -> String {
        let act = |(act, paragraphs): &(Act, Vec<usize>)| {
            let paragraphs: String = paragraphs.iter().map(|paragraph| format!(" ¶{paragraph}")).collect();
            format!("{}{paragraphs}", act.word())
        };
        self.0.iter().map(act).collect::<Vec<_>>().join("; ")
    }
}
