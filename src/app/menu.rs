//! Lists to choose from, by letter or by moving: corrections, colours, exports.

use super::links::{Link, Target};
use super::state::{Choice, Menu};
use crate::analysis::{Act, ActorId, Analysis, PositionId};
use crate::annotation::export::Format;
use crate::annotation::{Color, Correction, Id, Verdict};
use crate::document::Document;
use crate::text::Span;

/// What a choice does.
#[derive(Clone, Debug, PartialEq)]
pub enum Pick {
    /// Say something of a position.
    Judge(PositionId, Correction),
    ChooseAct(PositionId),
    ChooseActor(PositionId),
    ChooseIssue(PositionId),
    /// Say that a position is about an issue, or take that back.
    ToggleIssue(PositionId, String),
    /// Ask for the name of an issue that is not in the list.
    NameIssue(PositionId),
    Rename(ActorId),
    ChooseMerge(ActorId),
    Merge {
        from: ActorId,
        into: ActorId,
    },
    RestoreActor(ActorId),
    /// Add a position that was missed: its words, then who holds it, then the act.
    AddWho(Span),
    AddAct(Span, ActorId),
    Add(Span, ActorId, Act),
    /// Ask for the name of an actor that was missed, who holds it.
    NameHolder(Span),
    /// Add an actor that was missed, by the words that name it.
    AddActor(String),
    /// Highlight in a colour.
    Paint(Color),
    /// Export in a format: ask where to, write a file, put it on the clipboard.
    ChooseExport(Format),
    Export(Format),
    CopyExport(Format),
    Follow(Link),
    /// Give an annotation another place.
    Link(Id, Span),
}

impl Pick {
    /// Returns whether it speaks of an actor or a position by the number that the analysis gave it.
    pub fn is_by_number(&self) -> bool {
        match self {
            Pick::Judge(..)
            | Pick::ChooseAct(_)
            | Pick::ChooseActor(_)
            | Pick::ChooseIssue(_)
            | Pick::ToggleIssue(..)
            | Pick::NameIssue(_)
            | Pick::Rename(_)
            | Pick::ChooseMerge(_)
            | Pick::Merge { .. }
            | Pick::RestoreActor(_)
            | Pick::AddAct(..)
            | Pick::Add(..) => true,
            Pick::AddWho(_)
            | Pick::NameHolder(_)
            | Pick::AddActor(_)
            | Pick::Paint(_)
            | Pick::ChooseExport(_)
            | Pick::Export(_)
            | Pick::CopyExport(_)
            | Pick::Follow(_)
            | Pick::Link(..) => false,
        }
    }
}

/// What can be corrected at a place: its position, its actor, the words selected there, which may be a name.
pub fn correction(
    analysis: &Analysis,
    position: Option<(PositionId, Option<Verdict>)>,
    actor: Option<(ActorId, bool)>,
    selected: Option<Span>,
    name: Option<String>,
) -> Menu {
    let mut choices = Vec::new();
    if let Some((id, verdict)) = position {
        let act = analysis.positions[id.0].act.word();
        choices.push(choice('c', format!("confirm: {act}"), Pick::Judge(id, Correction::Confirm)));
        choices.push(choice('a', "change the act …", Pick::ChooseAct(id)));
        choices.push(choice('w', "change who holds it …", Pick::ChooseActor(id)));
        choices.push(choice('i', "say what it is about …", Pick::ChooseIssue(id)));
        choices.push(choice('x', "reject: not a position", Pick::Judge(id, Correction::Reject)));
        if verdict.is_some() {
            choices.push(choice('u', "restore the automatic reading", Pick::Judge(id, Correction::Restore)));
        }
    }
    if let Some((id, corrected)) = actor {
        let name = &analysis.actors[id.0].name;
        choices.push(choice('n', format!("rename {name} …"), Pick::Rename(id)));
        choices.push(choice('m', format!("merge {name} into …"), Pick::ChooseMerge(id)));
        if corrected {
            choices.push(choice('o', format!("restore {name} as read"), Pick::RestoreActor(id)));
        }
    }
    if let Some(span) = selected {
        choices.push(choice('+', "add a position here …", Pick::AddWho(span)));
    }
    if let Some(name) = name {
        choices.push(choice('@', format!("add an actor: {name}"), Pick::AddActor(name)));
    }
    menu("Correct", choices)
}

pub fn acts(title: &str, pick: impl Fn(Act) -> Pick) -> Menu {
    let choices = Act::ALL
        .iter()
        .zip(LETTERS)
        .map(|(&act, key)| choice(key, format!("{} {}", act.sign(), act.word()), pick(act)));
    menu(title, choices.collect())
}

/// Lists the actors, parties and people alike, most involved first.
pub fn actors(title: &str, analysis: &Analysis, but: Option<ActorId>, pick: impl Fn(ActorId) -> Pick) -> Menu {
    let ids = (0..analysis.actors.len()).map(ActorId).filter(|id| Some(*id) != but);
    let letters = LETTERS.chain(std::iter::repeat(' '));
    let choices = ids.zip(letters).map(|(id, key)| choice(key, analysis.actors[id.0].name.clone(), pick(id)));
    menu(title, choices.collect())
}

/// Lists who may hold a position that was missed.
pub fn holders(analysis: &Analysis, span: Span) -> Menu {
    let mut menu = actors("Who holds it", analysis, None, |actor| Pick::AddAct(span, actor));
    menu.choices.push(choice('+', "an actor that was missed …", Pick::NameHolder(span)));
    menu
}

/// An issue that a position may be about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueChoice {
    pub id: String,
    pub name: String,
    /// What it means to be for it, and against it, where the library says.
    pub sides: Option<String>,
    /// The word of the position by which it is suggested.
    pub word: Option<String>,
    /// The reader said so already.
    pub is_said: bool,
}

/// Lists what a position may be about; what was said is taken back.
pub fn issues(issues: Vec<IssueChoice>, id: PositionId) -> Menu {
    let label = |IssueChoice { name, sides, word, is_said, .. }: &IssueChoice| {
        let sides = sides.as_ref().map_or_else(String::new, |sides| format!(": {sides}"));
        match word {
            _ if *is_said => format!("not about {name}"),
            Some(word) => format!("{name} (says \"{word}\"){sides}"),
            None => format!("{name}{sides}"),
        }
    };
    let letters = LETTERS.chain(std::iter::repeat(' '));
    let choices = issues.into_iter().zip(letters);
    let choices = choices.map(|(issue, key)| choice(key, label(&issue), Pick::ToggleIssue(id, issue.id)));
    let other = choice('+', "something else …", Pick::NameIssue(id));
    menu("What it is about", choices.chain([other]).collect())
}

pub fn colors() -> Menu {
    let choices = Color::ALL
        .iter()
        .map(|&color| choice(color.word().chars().next().unwrap_or(' '), color.word(), Pick::Paint(color)));
    menu("Highlight in", choices.collect())
}

/// Lists the formats; `whose` is the actor whose positions alone are exported.
pub fn exports(whose: Option<&str>) -> Menu {
    let choices = Format::ALL.iter().map(|&format| {
        let sheet = format.sheet();
        choice(sheet.key, format!("{:10} {}", format.word(), sheet.holds), Pick::ChooseExport(format))
    });
    let title = whose.map_or("Export".to_owned(), |name| format!("Export what {name} says"));
    menu(&title, choices.collect())
}

/// Asks where an export goes.
pub fn export_to(format: Format) -> Menu {
    let file = format!("write a file beside the article: NAME.{}", format.sheet().ending);
    let choices = vec![
        choice('w', file, Pick::Export(format)),
        choice('y', "copy it to the clipboard", Pick::CopyExport(format)),
    ];
    menu(&format!("Export as {}", format.word()), choices)
}

/// Lists the places that an annotation may be given, or the annotations that may be given a place.
pub fn links(title: &str, links: impl Iterator<Item = (String, Id, Span)>) -> Menu {
    let letters = LETTERS.chain(std::iter::repeat(' '));
    let choices = links.zip(letters).map(|((label, id, span), key)| choice(key, label, Pick::Link(id, span)));
    menu(title, choices.collect())
}

/// Lists links, each with where it leads.
pub fn follow(document: &Document, links: Vec<Link>) -> Menu {
    let label = |link: &Link| {
        let words = link.span.of(&document.text).split_whitespace().collect::<Vec<_>>().join(" ");
        match &link.to {
            Target::Page(page) => format!("{words}: {page}"),
            Target::Place(_) => words,
            Target::Note(_) => format!("footnote {words}"),
        }
    };
    let letters = LETTERS.chain(std::iter::repeat(' '));
    let choices = links.into_iter().zip(letters).map(|(link, key)| choice(key, label(&link), Pick::Follow(link)));
    menu("Links", choices.collect())
}

const LETTERS: std::ops::RangeInclusive<char> = 'a'..='z';

fn choice(key: char, label: impl Into<String>, does: Pick) -> Choice {
    Choice { key, label: label.into(), does }
}

fn menu(title: &str, choices: Vec<Choice>) -> Menu {
    Menu { title: title.to_owned(), choices, selected: 0 }
}
