//! Positions for people: under each actor, in the article's own words.

use std::fmt::Write;

use super::explain;
use crate::analysis::{Act, Actor, ActorId, Analysis, Position, PositionId};
use crate::app::exchange::{Exchange, Outcome};
use crate::document::Document;
use crate::text::Span;

/// Returns the positions as a page for a terminal.
pub fn text(document: &Document, analysis: &Analysis, explain: bool) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "{}", title(document));
    if analysis.skipped {
        let _ = writeln!(page, "\n{}", analysis.language.notice());
    }
    for (holder, positions) in held(analysis) {
        let _ = writeln!(page, "\n{holder}");
        for position in positions {
            let _ = writeln!(page, "  {} {}  {}", position.act.sign(), act(position), content(document, position));
            for line in remarks(document, analysis, position, explain) {
                let _ = writeln!(page, "      {line}");
            }
        }
    }
    for (heading, list) in [("Also named", silent(analysis)), ("Open", open(document, analysis))] {
        if !list.is_empty() {
            let _ = writeln!(page, "\n{heading}: {}", list.join("; "));
        }
    }
    page
}

/// Returns the positions as Markdown.
pub fn markdown(document: &Document, analysis: &Analysis, explain: bool) -> String {
    let mut page = String::new();
    let _ = writeln!(page, "# {}", escaped(&title(document)));
    if analysis.skipped {
        let _ = writeln!(page, "\n{}", analysis.language.notice());
    }
    for (holder, positions) in held(analysis) {
        let _ = writeln!(page, "\n## {}\n", escaped(&holder));
        for position in positions {
            let _ = writeln!(page, "- **{}** {}", act(position), escaped(&content(document, position)));
            for line in remarks(document, analysis, position, explain) {
                let _ = writeln!(page, "  - {}", escaped(&line));
            }
        }
    }
    for (heading, list) in [("Also named", silent(analysis)), ("Open", open(document, analysis))] {
        if !list.is_empty() {
            let items = list.iter().map(|item| format!("- {}\n", escaped(item))).collect::<String>();
            let _ = write!(page, "\n## {heading}\n\n{items}");
        }
    }
    page
}

fn title(document: &Document) -> String {
    document.metadata.title.clone().unwrap_or_else(|| document.name.clone())
}

/// Returns who holds positions, the most involved first, and last those that nobody is known to hold.
fn held(analysis: &Analysis) -> Vec<(String, Vec<&Position>)> {
    let actors = analysis.actors.iter().enumerate();
    let named = actors.map(|(index, actor)| (described(analysis, actor), held_by(analysis, ActorId(index)).collect()));
    let nobody = analysis.positions.iter().filter(|position| position.actors.is_empty()).collect();
    let all = named.chain([("Not said by whom".to_owned(), nobody)]);
    all.filter(|(_, positions): &(String, Vec<&Position>)| !positions.is_empty()).collect()
}

fn held_by(analysis: &Analysis, actor: ActorId) -> impl Iterator<Item = &Position> {
    analysis.positions.iter().filter(move |position| position.actors.contains(&actor))
}

fn described(analysis: &Analysis, actor: &Actor) -> String {
    let party =
        actor.acts_for.and_then(|party| analysis.actors.get(party.0)).map(|party| format!("for {}", party.name));
    let notes: Vec<String> = [actor.role.clone(), party].into_iter().flatten().collect();
    if notes.is_empty() { actor.name.clone() } else { format!("{} ({})", actor.name, notes.join(", ")) }
}

fn act(position: &Position) -> String {
    let word = position.act.word();
    // What is refused, denied or withheld has its "not" in the word.
    let says_no = matches!(position.act, Act::Refuses | Act::Denies | Act::Withholds | Act::Opposes);
    if position.negated && !says_no { format!("not {word}") } else { word.to_owned() }
}

/// Returns what a position says, or the verb where that is all: "refused".
fn content(document: &Document, position: &Position) -> String {
    words(document, if position.content.is_empty() { &position.cue } else { &position.content })
}

/// Returns pieces of the text as one line, with a sign where something was left out between them.
pub fn words(document: &Document, pieces: &[Span]) -> String {
    let one_line = |span: &Span| span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
    pieces.iter().map(one_line).collect::<Vec<_>>().join(" … ")
}

/// Returns what is said below a position: what it answers, and why it is one when that was asked.
fn remarks(document: &Document, analysis: &Analysis, position: &Position, explain: bool) -> Vec<String> {
    let mut remarks = answers(document, analysis, position);
    if explain {
        remarks.push(explain::line(document, analysis, position));
    }
    remarks
}

fn answers(document: &Document, analysis: &Analysis, position: &Position) -> Vec<String> {
    let answers =
        position.answers.iter().filter_map(|answer| Some((answer, analysis.positions.get(answer.position.0)?)));
    answers
        .map(|(answer, asked)| {
            let sign = if answer.certain { "↳" } else { "⇄ ?" };
            let who =
                asked.actors.first().and_then(|id| analysis.actors.get(id.0)).map_or("", |actor| actor.name.as_str());
            format!("{sign} {} {who}: {}", answer.how.word(), words(document, &asked.content))
        })
        .collect()
}

/// Returns the names of the actors that take no position.
fn silent(analysis: &Analysis) -> Vec<String> {
    let actors = analysis.actors.iter().enumerate();
    actors
        .filter(|(index, _)| held_by(analysis, ActorId(*index)).next().is_none())
        .map(|(_, actor)| actor.name.clone())
        .collect()
}

/// Returns what was asked and is answered by nobody, and what the text itself leaves open.
fn open(document: &Document, analysis: &Analysis) -> Vec<String> {
    let exchange = Exchange::new(analysis);
    let positions = analysis.positions.iter().enumerate();
    let unanswered = positions
        .filter(|(index, _)| exchange.outcome(analysis, PositionId(*index)) == Outcome::Nothing)
        .filter(|(_, position)| !position.negated);
    let asked = unanswered.map(|(_, position)| {
        let who = position.actors.first().and_then(|id| analysis.actors.get(id.0));
        let who = who.map_or(String::new(), |actor| format!("{} ", actor.name));
        format!("{who}{} {}", act(position), content(document, position))
    });
    asked.chain(analysis.open.iter().map(|span| words(document, &[*span]))).collect()
}

/// Escapes what Markdown would take for mark-up.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '#' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
