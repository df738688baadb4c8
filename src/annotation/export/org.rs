//! Notes as headings of Org mode, each with its sentence and its place, and the positions as a table.

use jiff::Timestamp;

use super::contents::{Contents, Remark, Statement};
use crate::annotation::quoting::visible;

/// Returns the notes and positions as an Org file.
pub fn write(contents: &Contents) -> String {
    let about = &contents.about;
    let mut out = format!("#+title: {}\n", one_line(&about.title));
    out.extend(about.author.iter().map(|author| format!("#+author: {}\n", one_line(author))));
    out.extend(about.date.map(|date| format!("#+date: <{date}>\n")));
    out.push_str("#+filetags: :reading:notes:\n");
    let notes: String = contents.remarks().map(|remark| note(contents, &remark)).collect();
    if !notes.is_empty() {
        out.push_str(&format!("\n* Notes\n{notes}"));
    }
    if !contents.statements.is_empty() {
        out.push_str("\n* Positions\n| ¶ | Actor | Act | To | What |\n|---+-------+-----+----+------|\n");
        out.extend(contents.statements.iter().map(|statement| row(contents, statement)));
    }
    visible(&out)
}

fn note(contents: &Contents, remark: &Remark) -> String {
    let todo = if remark.is_question() { "TODO " } else { "" };
    let words = match one_line(remark.quote()) {
        words if words.is_empty() => "the article".to_owned(),
        words => words,
    };
    let tags: String = remark.tags.iter().map(|tag| format!("{}:", tag_of(tag))).collect();
    let tags = if tags.is_empty() { tags } else { format!("  :{tags}") };
    let mut out = format!("** {todo}{words}{tags}\n:PROPERTIES:\n:ID:       {}\n", one_line(&remark.entry.id.0));
    match remark.paragraph {
        Some(paragraph) => out.push_str(&format!(":PARA:     {paragraph}\n")),
        None if remark.entry.target.is_some() => out.push_str(&format!(":PLACE:    {}\n", remark.anchor.word())),
        None => {}
    }
    let file = format!("{}::{}", contents.document.name, one_line(remark.quote()));
    out.push_str(&format!(":FILE:     [[file:{}]]\n", in_link(&file)));
    out.extend(remark.entry.created.map(|created| format!(":CREATED:  {}\n", stamp(created))));
    out.push_str(":END:\n");
    if !remark.sentence().is_empty() {
        out.push_str(&format!("#+begin_quote\n{}\n#+end_quote\n", body(&one_line(remark.sentence()))));
    }
    if !remark.text.is_empty() {
        out.push_str(&format!("{}\n", body(remark.text)));
    }
    out
}

fn row(contents: &Contents, statement: &Statement) -> String {
    let position = statement.position;
    let cells = [
        contents.paragraph(position.extent().start).to_string(),
        contents.party_of(position),
        position.act.word().to_owned(),
        contents.names(&position.addressees),
        statement.what(),
    ];
    format!("| {} |\n", cells.map(|cell| one_line(&cell).replace('|', "\\vert{}")).join(" | "))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns text in which no line is a heading, a keyword or a drawer.
fn body(text: &str) -> String {
    let line = |line: &str| match line.trim_start() {
        // A list, which is what the star of a note means.
        _ if line.starts_with('*') => format!(" {line}"),
        // An entity without width: the line is shown as it is, but does not begin with the mark.
        mark if mark.starts_with("#+") || mark.starts_with(':') => format!("\\zwnj{{}}{line}"),
        _ => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Returns a tag of what Org allows in one.
fn tag_of(tag: &str) -> String {
    tag.chars().map(|c| if c.is_alphanumeric() || "@#%".contains(c) { c } else { '_' }).collect()
}

fn in_link(target: &str) -> String {
    target.replace('\\', "\\\\").replace('[', "\\[").replace(']', "\\]")
}

fn stamp(time: Timestamp) -> String {
    time.strftime("[%Y-%m-%d %a %H:%M]").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_of_a_note_is_taken_for_a_mark() {
        assert_eq!(body("* a\n#+end_quote\n:END:\nx * y"), " * a\n\\zwnj{}#+end_quote\n\\zwnj{}:END:\nx * y");
        assert_eq!(in_link("a]] b"), "a\\]\\] b");
        assert_eq!(tag_of("red-line"), "red_line");
    }
}
