//! Markdown as Obsidian reads it: front matter, a table of positions, every note under its sentence.

use crate::analysis::{Act, ActorId, Analysis, Position, PositionId};
use crate::annotation::list::{paragraph_of, tags_of, text_of};
use crate::annotation::quoting::{self, visible};
use crate::annotation::selector::{describe, flow, occurrences};
use crate::annotation::{Anchor, Body, Entry, NoteKind, Notes, Reading, Selector, Verdict};
use crate::document::Document;
use crate::text::Span;

/// Returns the notes of a document as a Markdown file.
pub fn markdown(document: &Document, notes: &Notes, reading: &Reading) -> String {
    let mut out = head(document);
    let kept = |id: usize| !matches!(reading.verdicts.get(id), Some(Some((Verdict::Rejected, _))));
    let rows: Vec<String> = (0..reading.analysis.positions.len())
        .filter(|&id| kept(id))
        .map(|id| row(document, notes, reading, PositionId(id), kept))
        .collect();
    if !rows.is_empty() {
        out.push_str("\n## Positions\n\n| ¶ | Actor | Act | To | What | Answer |\n|--:|---|---|---|---|---|\n");
        out.push_str(&rows.concat());
    }
    let noted = |entry: &&Entry| match &entry.body {
        Body::Note(_) => true,
        Body::Position(position) => !position.text.is_empty() || !position.tags.is_empty(),
        Body::Actor(_) => false,
    };
    let noted: Vec<String> = notes.entries().iter().filter(noted).map(|entry| note(document, notes, entry)).collect();
    if !noted.is_empty() {
        out.push_str("\n## Notes\n\n");
        out.push_str(&noted.join("\n"));
    }
    visible(&out)
}

fn head(document: &Document) -> String {
    let metadata = &document.metadata;
    let title = metadata.title.as_deref().unwrap_or(&document.name);
    let source = metadata.source.as_deref();
    let date = metadata.date.map(|date| date.to_string());
    let words = format!("{} words", document.text.split_whitespace().count());
    let mut out = format!("---\ntitle: {}\n", quoting::string(title));
    out.extend(source.map(|source| format!("source: {}\n", quoting::string(source))));
    out.extend(date.iter().map(|date| format!("date: {date}\n")));
    out.push_str(&format!("tags: [reading-notes]\n---\n\n# {}\n\n", escape(title)));
    let about: Vec<&str> = source.into_iter().chain(date.as_deref()).chain([words.as_str()]).collect();
    out + &format!("*{}*\n", escape(&about.join(", ")))
}

fn row(document: &Document, notes: &Notes, reading: &Reading, id: PositionId, kept: impl Fn(usize) -> bool) -> String {
    let analysis = &reading.analysis;
    let position = &analysis.positions[id.0];
    let said = reading.verdicts.get(id.0).cloned().flatten().and_then(|(_, id)| notes.entry(&id));
    let gist = said.and_then(|entry| match &entry.body {
        Body::Position(correction) => correction.gist.clone(),
        _ => None,
    });
    let what = gist.unwrap_or_else(|| words_of(document, &position.content));
    let cells = [
        paragraph_of(document, position.extent().start).to_string(),
        party_of(analysis, position),
        position.act.word().into(),
        names(analysis, &position.addressees),
        what,
    ];
    let cells: String = cells.iter().map(|cell| format!("| {} ", escape(&cell.replace('\n', " ")))).collect();
    format!("{cells}| {} |\n", answers_to(document, analysis, id, kept))
}

/// Returns what answers a position: the acts and who did them, or that nothing does.
fn answers_to(document: &Document, analysis: &Analysis, id: PositionId, kept: impl Fn(usize) -> bool) -> String {
    let answer = |(index, position): (usize, &Position)| {
        let answers = kept(index) && position.answers.iter().any(|answer| answer.position == id);
        let place = paragraph_of(document, position.extent().start);
        answers.then(|| format!("{} ({}, ¶{place})", position.act.word(), escape(&party_of(analysis, position))))
    };
    let answers: Vec<String> = analysis.positions.iter().enumerate().filter_map(answer).collect();
    match analysis.positions[id.0].act {
        _ if !answers.is_empty() => answers.join("; "),
        Act::Asks | Act::Demands | Act::Offers => "*none in this article*".into(),
        _ => "—".into(),
    }
}

/// Returns the words of a position, shortened by deletion alone.
fn words_of(document: &Document, content: &[Span]) -> String {
    const LONGEST: usize = 120;
    let words = content.iter().map(|span| flow(document, *span)).collect::<Vec<_>>().join(" … ");
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", words[..at].rsplit_once(' ').map_or(&words[..at], |(words, _)| words)),
        None => words,
    }
}

fn party_of(analysis: &Analysis, position: &Position) -> String {
    names(analysis, if position.speaks_for.is_empty() { &position.actors } else { &position.speaks_for })
}

fn names(analysis: &Analysis, actors: &[ActorId]) -> String {
    actors.iter().map(|actor| analysis.actors[actor.0].name.as_str()).collect::<Vec<_>>().join(", ")
}

fn note(document: &Document, notes: &Notes, entry: &Entry) -> String {
    let anchor = notes.anchor(&entry.id);
    let now = anchor.span().map(|span| describe(document, span));
    let target = now.as_ref().or(entry.target.as_ref());
    let place = match anchor {
        _ if entry.target.is_none() => String::new(),
        Anchor::Same(span) | Anchor::Moved(span) | Anchor::Edited(span) => {
            format!("¶{}", paragraph_of(document, span.start))
        }
        Anchor::Lost { .. } | Anchor::Ambiguous(_) => format!("*{} in this text*", anchor.word()),
    };
    let mut out = target.map_or(String::new(), |target| format!("> {}  \n", marked(target)));
    out.push_str(&format!("> — {place} ^{}\n", entry.id.0));
    let text = text_of(entry).trim_end();
    let question = matches!(&entry.body, Body::Note(note) if note.kind == NoteKind::Question);
    if !text.is_empty() || question {
        out.push_str(&format!("\n{}{text}\n", if question { "**?** " } else { "" }));
    }
    let tags: Vec<String> =
        tags_of(entry).iter().map(|tag| format!("#{}", tag.split_whitespace().collect::<Vec<_>>().join("-"))).collect();
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
    use crate::annotation::corrected;
    use crate::annotation::fixture::document;

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
| 2 | The crew | demands |  | \*new\* boats | *none in this article* |

## Notes

> The crew demands ==\*new\* boats==.  
> — ¶2 ^aaaaaa

**?** How many?
Or none?

#check-later #b

> It was ==nowhere==.  
> — *lost in this text* ^bbbbbb
"#;
        assert_eq!(markdown(&document, &notes, &reading), expected);
    }
}
