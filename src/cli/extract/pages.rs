//! How printed articles follow one another: a list, lines, pages with a blank line between, one table.

use super::{Format, Style, csv};
use crate::cli::output;
use crate::shell::Result;

/// The printed articles so far.
pub struct Pages {
    style: Style,
    printed: usize,
}

impl Pages {
    pub fn new(style: Style) -> Pages {
        Pages { style, printed: 0 }
    }

    /// Prints one more.
    pub fn print(&mut self, page: &str) -> Result<()> {
        let before = self.before();
        self.printed += 1;
        output::print(&format!("{before}{page}"))
    }

    /// Prints what stands behind the last.
    pub fn finish(&self) -> Result<()> {
        match (self.style.format, self.style.is_list, self.printed) {
            (Format::Json, true, 0) => output::print("[]\n"),
            (Format::Json, true, _) => output::print("\n]\n"),
            _ => Ok(()),
        }
    }

    fn before(&self) -> String {
        match (self.style.format, self.printed) {
            (Format::Json, 0) if self.style.is_list => "[\n".to_owned(),
            (Format::Json, _) if self.style.is_list => ",\n".to_owned(),
            (Format::Csv, 0) => csv::heading(self.style.explain),
            (Format::Text | Format::Markdown, 1..) => "\n".to_owned(),
            _ => String::new(),
        }
    }
}
