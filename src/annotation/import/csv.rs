//! Tables of comma-separated values with a heading, as spreadsheets write them.

use std::collections::HashMap;

use csv::{ReaderBuilder, StringRecord};

use super::{Bad, MOST};

/// A table's rows and the names of its columns.
pub struct Table {
    columns: HashMap<String, usize>,
    width: usize,
    rows: Vec<(usize, StringRecord)>,
}

/// A row and where it begins.
pub struct Row<'t> {
    pub line: usize,
    columns: &'t HashMap<String, usize>,
    record: &'t StringRecord,
}

impl Table {
    pub fn read(text: &str) -> Result<Table, Bad> {
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
        let mut rows: Vec<(usize, StringRecord)> = Vec::new();
        let mut last = 0;
        for record in reader.records() {
            let record = record.map_err(|error| Bad::new(1, "", error.to_string()))?;
            let (line, byte) = record.position().map_or((1, 0), |at| (at.line() as usize, at.byte() as usize));
            last = byte;
            rows.push((line, record));
            if rows.len() > MOST + 1 {
                return Err(Bad::new(line, "", format!("there are more than {MOST} annotations")));
            }
        }
        // A quotation mark inside is written twice, so all of a row are even in number.
        if text.get(last..).unwrap_or_default().matches('"').count() % 2 == 1 {
            let line = rows.last().map_or(1, |(line, _)| *line);
            return Err(Bad::new(line, "", "a quotation mark is not closed"));
        }
        if rows.is_empty() {
            return Err(Bad::new(1, "", "there is no heading"));
        }
        let (_, heading) = rows.remove(0);
        let columns = heading.iter().enumerate().map(|(index, name)| (name.trim().to_lowercase(), index)).collect();
        Ok(Table { columns, width: heading.len(), rows })
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// Returns the rows, and the mistakes where one is not as wide as the heading.
    pub fn rows(&self) -> impl Iterator<Item = Result<Row<'_>, Bad>> {
        self.rows.iter().map(|(line, record)| match record.len() {
            width if width == self.width => Ok(Row { line: *line, columns: &self.columns, record }),
            width => Err(Bad::new(*line, "", format!("the row has {width} columns, the heading {}", self.width))),
        })
    }
}

impl<'t> Row<'t> {
    /// Returns the first of these columns that holds something.
    pub fn get(&self, names: &[&str]) -> Option<&'t str> {
        let cells = names.iter().filter_map(|name| self.record.get(*self.columns.get(*name)?));
        cells.map(str::trim).find(|cell| !cell.is_empty())
    }
}
