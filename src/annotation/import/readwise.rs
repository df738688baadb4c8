//! Readwise: the table it exports, and the one it takes in, which this program writes. Tags stand in a column or, as
//! `.tag`, at the start of the note.

use super::csv::{Row, Table};
use super::{Annotation, Bad, Body, Found, note, tags_of, time_of, words_of};
use crate::annotation::{Color, Note};

pub fn read(text: &str) -> Result<Found, Bad> {
    let table = Table::read(text)?;
    if !table.has("highlight") {
        return Err(Bad::new(1, "", "there is no column 'Highlight'"));
    }
    let mut found = Found::default();
    for read in table.rows() {
        found.push(read.and_then(|read| row(&read)));
    }
    Ok(found)
}

fn row(row: &Row) -> Result<Annotation, Bad> {
    let (inline, text) = inline_tags(row.get(&["note"]).unwrap_or_default());
    let column = row.get(&["tags"]).unwrap_or_default().split(',');
    let plain = note(text, tags_of(inline.into_iter().chain(column)));
    let color = row.get(&["color"]).and_then(Color::from_word);
    let created = match row.get(&["highlighted at", "date"]) {
        Some(time) => Some(time_of(time).ok_or_else(|| Bad::new(row.line, "date", format!("'{time}' is no time")))?),
        None => None,
    };
    Ok(Annotation {
        on: row.get(&["title", "book title", "url"]).map(str::to_owned),
        target: words_of(row.get(&["highlight"]).unwrap_or_default()),
        created,
        ..Annotation::new(row.line, Body::Note(Note { color, ..plain }))
    })
}

/// Takes the `.tag`s from the start of a note.
fn inline_tags(note: &str) -> (Vec<&str>, &str) {
    let mut tags = Vec::new();
    let mut rest = note.trim_start();
    while let Some(after) = rest.strip_prefix('.') {
        let end = after.find(char::is_whitespace).unwrap_or(after.len());
        if end == 0 || after.starts_with('.') {
            break;
        }
        tags.push(&after[..end]);
        rest = after[end..].trim_start();
    }
    (tags, rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn both_tables_are_read() {
        let ours =
            "Highlight,Title,Author,URL,Note,Location\n\"boats, \"\"new\"\"\",Ferries,A,,\".x .y-z so?\nyes\",2\n";
        check(ours, &["- Ferries [|boats, \"new\"|] note \"so?\\nyes\" #x #y-z"]);
        let theirs = "Highlight,Book Title,Book Author,Amazon Book ID,Note,Color,Tags,Location Type,Location,Highlighted at,Document tags\n\
            boats,Ferries,A,,,blue,\"x, y\",page,3,2026-03-01 10:00:00+00:00,\n";
        check(theirs, &["- Ferries [|boats|] highlight #x #y blue 2026-03-01T10:00:00Z"]);
    }

    #[test]
    fn dots_are_not_always_tags() {
        check("Highlight,Note\nboats,... and so on\n", &["- - [|boats|] note \"... and so on\""]);
    }

    #[test]
    fn a_mistake_has_a_line() {
        check(
            "Highlight,Note\nboats\ncrew,x\n",
            &["- - [|crew|] note \"x\"", "2: the row has 1 columns, the heading 2"],
        );
        check("Highlight,Note\n\"boats,x\n", &["2: a quotation mark is not closed"]);
        check("Highlight,Date\nboats,soon\n", &["2: date: 'soon' is no time"]);
        check("Quote,Note\n", &["1: there is no column 'Highlight'"]);
        check("", &["1: there is no heading"]);
    }
}
