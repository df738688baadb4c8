//! Positions as a table for spreadsheets: one line a position, offsets as in the record.

use super::explain;
use crate::analysis::{ActorId, Analysis, Position};
use crate::document::Document;
use crate::text::Span;

const COLUMNS: [&str; 15] = [
    "document",
    "id",
    "actors",
    "speaks_for",
    "act",
    "negated",
    "hedged",
    "quote",
    "addressees",
    "source",
    "cue",
    "content",
    "start",
    "end",
    "confidence",
];

/// The columns that follow when reasons are asked for.
const EXPLAIN: [&str; 2] = ["rule", "explain"];

/// Tells spreadsheets that it is UTF-8; without it they take it for something older.
const MARK: char = '\u{feff}';

/// Returns the line of the columns' names, with what stands before it.
pub fn heading(explain: bool) -> String {
    let columns = COLUMNS.iter().chain(EXPLAIN.iter().filter(|_| explain));
    format!("{MARK}{}", line(columns.map(|&column| column.to_owned())))
}

/// Returns the lines of a document's positions.
pub fn rows(document: &Document, analysis: &Analysis, explain: bool) -> String {
    let reasons =
        |position: &Position| [position.rule.to_owned(), explain::line(document, analysis, position)].into_iter();
    let row = |position| {
        let reasons = explain.then(|| reasons(position)).into_iter().flatten();
        line(row(document, analysis, position).into_iter().chain(reasons))
    };
    analysis.positions.iter().map(row).collect()
}

fn row(document: &Document, analysis: &Analysis, position: &Position) -> [String; COLUMNS.len()] {
    let names =
        |ids: &[ActorId]| ids.iter().map(|id| analysis.actors[id.0].name.as_str()).collect::<Vec<_>>().join("; ");
    let words = |spans: &[Span]| spans.iter().map(|span| span.of(&document.text)).collect::<Vec<_>>().join(" … ");
    let offset = |byte: usize| document.characters().characters(&document.text, byte).to_string();
    let extent = position.extent();
    [
        document.name.clone(),
        position.id.clone(),
        names(&position.actors),
        names(&position.speaks_for),
        position.act.word().to_owned(),
        position.negated.to_string(),
        position.hedged.to_string(),
        position.quote.word().to_owned(),
        names(&position.addressees),
        words(&position.source),
        words(&position.cue),
        words(&position.content),
        offset(extent.start),
        offset(extent.end),
        format!("{:.2}", f64::from(position.hundredths()) / 100.0),
    ]
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let fields: Vec<String> = fields.map(|field| quoted(&field)).collect();
    format!("{}\n", fields.join(","))
}

/// Quotes a field where it must be (RFC 4180), and takes from a cell the sign that would make it a formula.
fn quoted(field: &str) -> String {
    let is_formula = field.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let field = if is_formula { format!("'{field}") } else { field.to_owned() };
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_quoted_and_never_formulas() {
        assert_eq!(line(["a", "b, \"c\"", "=1+1"].map(str::to_owned).into_iter()), "a,\"b, \"\"c\"\"\",'=1+1\n");
    }
}
