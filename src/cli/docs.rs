//! The tables of the documentation, written from the tables of the code.

use std::fmt::Write;

use crate::annotation::export::Format;
use crate::app::command::Group;
use crate::app::{Keymap, TABLE, config};

/// Returns the table of keys in Markdown, under the headings of the help.
pub fn key_table() -> String {
    let keymap = Keymap::default();
    let mut table = String::from("| keys | command | what it does |\n| --- | --- | --- |\n");
    for group in Group::ALL {
        let _ = writeln!(table, "| | **{}** | |", group.title());
        for entry in TABLE.iter().filter(|entry| entry.group == *group) {
            let keys = keymap.keys_of(entry.command).iter().map(|key| code(key)).collect::<Vec<_>>().join(" ");
            let _ = writeln!(table, "| {keys} | `{}` | {} |", entry.name, entry.doc);
        }
    }
    table
}

/// Returns the table of options in Markdown, from the words that `config.toml` says of them itself.
pub fn option_table() -> String {
    let mut table = String::from("| option | as it is | what it does |\n| --- | --- | --- |\n");
    let mut about = String::new();
    for line in config::DEFAULT.lines() {
        if let Some(comment) = line.strip_prefix("# ") {
            about = if about.is_empty() { comment.to_owned() } else { format!("{about} {comment}") };
        } else if let Some((name, value)) = line.split_once(" = ") {
            let _ = writeln!(table, "| `{name}` | `{value}` | {} |", about.trim_end_matches('.'));
        } else {
            about.clear();
        }
    }
    table
}

/// Returns the table of export formats in Markdown.
pub fn format_table() -> String {
    let mut table = String::from("| `--format` | what is in it | file | what reads it |\n| --- | --- | --- | --- |\n");
    for format in Format::ALL {
        let sheet = format.sheet();
        let (name, ending) = (format.word(), sheet.ending);
        let _ = writeln!(table, "| `{name}` | {} | `NAME.{ending}` | {} |", sheet.holds, sheet.readers);
    }
    table
}

/// Writes a key so that Markdown shows it in a table.
fn code(key: &str) -> String {
    match key {
        "|" => "`\\|`".to_owned(),
        "`" => "`` ` ``".to_owned(),
        key => format!("`{key}`"),
    }
}
