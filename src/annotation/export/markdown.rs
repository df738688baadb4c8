//! Markdown as Obsidian reads it: front matter, a table of positions, every note under its sentence.

use super::contents::{Contents, Remark, Statement};
use crate::analysis::{Act, Position};
use crate::annotation::quoting::{self, visible};
use crate::annotation::selector::occurrences;
use crate::annotation::{Anchor, Selector};

/// Returns positions and notes as a Markdown file.
pub fn write(contents: &Contents) -> String {
    let mut out = head(contents);
    if !contents.statements.is_empty() {
        out.push_str("\n## Positions\n\n| ¶ | Actor | Act | To | What | Answer |\n|--:|---|---|---|---|---|\n");
        out.extend(contents.statements.iter().map(|statement| row(contents, statement)));
    }
    let notes: Vec<String> = contents.remarks().map(|remark| note(&remark)).collect();
    if !notes.is_empty() {
        out.push_str("\n## Notes\n\n");
        out.push_str(&notes.join("\n"));
    }
    visible(&out)
}

fn head(contents: &Contents) -> String {
    let about = &contents.about;
    let source = about.source.as_deref();
    let date = about.date.map(|date| date.to_string());
    let words = format!("{} words", contents.document.text.split_whitespace().count());
    let mut out = format!("---\ntitle: {}\n", quoting::string(&about.title));
    out.extend(source.map(|source| format!("source: {}\n", quoting::string(source))));
    out.extend(date.iter().map(|date| format!("date: {date}\n")));
    out.push_str(&format!("tags: [reading-notes]\n---\n\n# {}\n\n", escape(&about.title)));
    let about: Vec<&str> = source.into_iter().chain(date.as_deref()).chain([words.as_str()]).collect();
    out + &format!("*{}*\n", escape(&about.join(", ")))
}

fn row(contents: &Contents, statement: &Statement) -> String {
    let position = statement.position;
    let cells = [
        contents.paragraph(position.extent().start).to_string(),
        contents.party_of(position),
        position.act.word().into(),
        contents.names(&position.addressees),
        statement.what(),
    ];
    let cells: String = cells.iter().map(|cell| format!("| {} ", escape(&cell.replace('\n', " ")))).collect();
    format!("{cells}| {} |\n", answers_to(contents, statement))
}

/// Returns what answers a position: the acts and who did them, or that nothing does.
fn answers_to(contents: &Contents, statement: &Statement) -> String {
    let answer = |position: &&Position| {
        let place = contents.paragraph(position.extent().start);
        format!("{} ({}, ¶{place})", position.act.word(), escape(&contents.party_of(position)))
    };
    let answers: Vec<String> = statement.replies.iter().map(answer).collect();
    match statement.position.act {
        _ if !answers.is_empty() => answers.join("; "),
        Act::Asks | Act::Demands | Act::Offers => "*none found in this article*".into(),
        _ => "—".into(),
    }
}

fn note(remark: &Remark) -> String {
    let place = match (remark.paragraph, remark.anchor) {
        _ if remark.entry.target.is_none() => String::new(),
        (Some(paragraph), Anchor::Same(_) | Anchor::Moved(_) | Anchor::Edited(_)) => format!("¶{paragraph}"),
        (_, anchor) => format!("*{} in this text*", anchor.word()),
    };
    let mut out = remark.target.as_ref().map_or(String::new(), |target| format!("> {}  \n", marked(target)));
    out.push_str(&format!("> — {place} ^{}\n", remark.entry.id.0));
    if !remark.text.is_empty() || remark.is_question() {
        out.push_str(&format!("\n{}{}\n", if remark.is_question() { "**?** " } else { "" }, remark.text));
    }
    let hyphened = |tag: &String| format!("#{}", tag.split_whitespace().collect::<Vec<_>>().join("-"));
    let tags: Vec<String> = remark.tags.iter().map(hyphened).collect();
    if !tags.is_empty() {
        out.push_str(&format!("\n{}\n", tags.join(" ")));
    }
    out
}

/// Returns the sentence with the quote marked in it.
fn marked(target: &Selector) -> String {
    let (sentence, quote) = (target.sentence.as_str(), target.quote.as_str());
    match occurrences(sentence, quote).nth(target.nth) {
        Some(at) => {
            let (before, after) = (&sentence[..at], &sentence[at + quote.len()..]);
            format!("{}=={}=={}", escape(before), escape(quote), escape(after))
        }
        None if quote.is_empty() => escape(sentence),
        None => format!("=={}==", escape(quote)),
    }
}

/// Returns text of the article without anything that Markdown would read as a mark.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '=' | '#' | '~') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::annotation::export::Filter;
    use crate::annotation::fixture::document;
    use crate::annotation::{Notes, corrected};

    #[test]
    fn notes_and_positions_are_set_out() {
        let document = document("The quay is shut.\n\nThe crew demands *new* boats. Nobody paid the crew.\n");
        let file = "[[actor]]\nid = \"crew\"\nname = \"The crew\"\nstate = \"added\"\n\n\
            [[note]]\nid = \"aaaaaa\"\nkind = \"question\"\nquote = \"*new* boats\"\ntext = \"How many?\\nOr none?\"\n\
            tags = [\"check later\", \"b\"]\n\n[[note]]\nid = \"bbbbbb\"\nquote = \"nowhere\"\nsentence = \"It was nowhere.\"\n\n\
            [[position]]\nid = \"cccccc\"\nquote = \"*new* boats\"\nactor = \"crew\"\nact = \"demands\"\nstate = \"added\"\n";
        let notes = Notes::parse(file, &document).unwrap();
        let reading = corrected(&document, &Analysis::default(), &notes);
        let expected = r#"---
title: "article.txt"
tags: [reading-notes]
---

# article.txt

*13 words*

## Positions

| ¶ | Actor | Act | To | What | Answer |
|--:|---|---|---|---|---|
| 2 | The crew | demands |  | \*new\* boats | *none found in this article* |

## Notes

> The crew demands ==\*new\* boats==.  
> — ¶2 ^aaaaaa

**?** How many?
Or none?

#check-later #b

> It was ==nowhere==.  
> — *lost in this text* ^bbbbbb
"#;
        let contents = Contents::new(&document, &notes, &reading, &Filter::default());
        assert_eq!(write(&contents), expected);
    }
}
