//! Tab-separated lines: a quote, a note, tags. What follows the quote may be left out; a line with these names is a
//! heading.

use super::{Annotation, Bad, Body, Found, note, tags_of, words_of};

const HEADING: [&str; 3] = ["quote", "note", "tags"];

pub fn read(text: &str) -> Result<Found, Bad> {
    let mut found = Found::default();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let columns: Vec<&str> = line.splitn(HEADING.len() + 1, '\t').map(str::trim).collect();
        let heading = columns.iter().zip(HEADING).all(|(column, name)| column.eq_ignore_ascii_case(name));
        if index > 0 || !heading {
            found.push(row(&columns, index + 1));
        }
    }
    Ok(found)
}

fn row(columns: &[&str], line: usize) -> Result<Annotation, Bad> {
    if columns.len() > HEADING.len() {
        return Err(Bad::new(line, "", "there are more columns than quote, note and tags"));
    }
    let column = |index: usize| columns.get(index).copied().unwrap_or_default();
    let body = Body::Note(note(column(1), tags_of(column(2).split([',', ';']))));
    Ok(Annotation { target: words_of(column(0)), ..Annotation::new(line, body) })
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
    fn lines_are_read() {
        check(
            "Quote\tNote\tTags\nnew boats\tso?\tx, #y\n\ncrew\r\n\tall of it\n",
            &["- - [|new boats|] note \"so?\" #x #y", "- - [|crew|] highlight", "- - note \"all of it\""],
        );
    }

    #[test]
    fn a_column_too_many_is_a_mistake() {
        check("a\tb\tc\td\nboats", &["- - [|boats|] highlight", "1: there are more columns than quote, note and tags"]);
    }
}
