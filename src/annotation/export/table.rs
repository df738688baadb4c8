//! Tables as CSV: for spreadsheets, which must be told the encoding and kept from taking words for formulas, and for
//! programs, which take every field as it is.

use csv::{QuoteStyle, WriterBuilder};

use crate::annotation::quoting::visible;

/// Tells spreadsheets that it is UTF-8; without it they take it for something older.
const MARK: char = '\u{feff}';

/// Returns rows for a spreadsheet.
pub fn for_spreadsheets(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let rows = rows.into_iter().map(|row| row.iter().map(|cell| guarded(cell)).collect());
    format!("{MARK}{}", written(&WriterBuilder::new(), rows))
}

/// Returns rows for a program.
pub fn for_programs(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    written(&WriterBuilder::new(), rows)
}

/// Returns rows parted by semicolons, with everything but numbers in quotation marks.
pub fn with_semicolons(rows: impl IntoIterator<Item = Vec<String>>) -> String {
    written(WriterBuilder::new().delimiter(b';').quote_style(QuoteStyle::NonNumeric), rows)
}

fn written(builder: &WriterBuilder, rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = builder.from_writer(Vec::new());
    for row in rows {
        // Rows of one length, written to memory: nothing can fail.
        let _ = writer.write_record(row.iter().map(|cell| visible(cell)));
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

/// Takes from a cell the sign that would make it a formula. A sign alone is none.
fn guarded(cell: &str) -> String {
    let is_formula = cell.len() > 1 && cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(cells: &[&str]) -> Vec<Vec<String>> {
        vec![cells.iter().map(|&cell| cell.to_owned()).collect()]
    }

    #[test]
    fn spreadsheets_find_no_formula() {
        let written = for_spreadsheets(row(&["a", "b, \"c\"", "=1+1", "-", "x=1", "two\nlines"]));
        assert_eq!(written, "\u{feff}a,\"b, \"\"c\"\"\",'=1+1,-,x=1,\"two\nlines\"\n");
    }

    #[test]
    fn programs_get_the_words_as_they_are() {
        assert_eq!(for_programs(row(&["=1+1", "a\u{1b}b"])), "=1+1,a\\u001Bb\n");
        assert_eq!(with_semicolons(row(&["12", "a;\"b\"", ""])), "12;\"a;\"\"b\"\"\";\"\"\n");
    }
}
