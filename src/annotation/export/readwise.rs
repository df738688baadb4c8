//! Notes as Readwise imports them: the sentence is the highlight, tags are `.words` before the note.

use super::contents::{Contents, Remark};
use super::table;

const COLUMNS: [&str; 7] = ["Highlight", "Title", "Author", "URL", "Note", "Location", "Date"];

/// Returns the highlights.
pub fn write(contents: &Contents) -> String {
    let heading = COLUMNS.map(str::to_owned).to_vec();
    // A highlight without words is none to Readwise.
    let remarks = contents.remarks().filter(|remark| !remark.sentence().is_empty());
    table::for_programs(std::iter::once(heading).chain(remarks.map(|remark| row(contents, &remark))))
}

fn row(contents: &Contents, remark: &Remark) -> Vec<String> {
    let about = &contents.about;
    let tags = remark.tags.iter().map(|tag| format!(".{}", tag.split_whitespace().collect::<Vec<_>>().join("-")));
    let note: Vec<String> = tags.chain((!remark.text.is_empty()).then(|| remark.text.to_owned())).collect();
    let date = remark.entry.created.map(|created| created.strftime("%Y-%m-%d %H:%M:%S").to_string());
    let cells: [String; COLUMNS.len()] = [
        remark.sentence().to_owned(),
        about.title.clone(),
        about.author.clone().or_else(|| about.source.clone()).unwrap_or_default(),
        String::new(),
        note.join(" "),
        remark.paragraph.map_or_else(String::new, |paragraph| paragraph.to_string()),
        date.unwrap_or_default(),
    ];
    cells.into()
}
