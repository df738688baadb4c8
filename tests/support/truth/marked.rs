//! Marked articles: the text with its positions written into it, a list of the positions, the actors.
//!
//! ```text
//! «source1:The crew» «cue1/refuses:refused» «content1:to sail».
//!
//! ====
//! 1. crew refuses or opposes, to owner, rejects 2, in 3 (extra)
//!
//! ====
//! crew: group, for union: The crew = the sailors
//! ```
//!
//! A mark may carry several numbers (`«source1,2:She»`), and several pieces of a part the same number. The act stands behind
//! the cue unless it is `says`, behind the content where there is no cue. `nobody` holds what nobody is known to hold.

use std::collections::BTreeMap;

use demarche::analysis::{Act, ActorKind, How};
use demarche::text::Span;

use super::{Level, TrueActor, TruePosition, Truth};

const LINE: &str = "\n====\n";

/// Reads a marked article; says what is wrong with it otherwise.
pub fn read(article: &str) -> Result<Truth, String> {
    let mut parts = article.split(LINE);
    let (Some(body), Some(list), Some(cast), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
        return Err("a marked article has two lines of four equals signs".to_owned());
    };
    let (text, mut marks) = unmark(body.trim_end())?;
    let actors = filled(cast).map(|line| actor(&text, line)).collect::<Result<Vec<_>, _>>()?;
    let mut positions = Vec::new();
    for (index, line) in filled(list).enumerate() {
        let of = format!("{}. ", index + 1);
        let rest = line.strip_prefix(&of).ok_or_else(|| format!("{line:?} does not begin with {of:?}"))?;
        let marks = marks.remove(&(index + 1)).ok_or_else(|| format!("{} is not marked", index + 1))?;
        positions.push(position(rest, marks).map_err(|wrong| format!("{wrong} in {line:?}"))?);
    }
    if let Some(number) = marks.keys().next() {
        return Err(format!("{number} is marked but not listed"));
    }
    let truth = Truth { text, actors, positions };
    truth.unknown().map_or(Ok(truth), Err)
}

fn filled(part: &str) -> impl Iterator<Item = &str> {
    part.lines().map(str::trim_end).filter(|line| !line.is_empty())
}

impl Truth {
    /// Returns a word that names nothing.
    fn unknown(&self) -> Option<String> {
        let known = |id: &&String| id.as_str() == "nobody" || self.actors.iter().any(|actor| actor.id == **id);
        let named = self.positions.iter().flat_map(|p| p.actors.iter().chain(&p.speaks_for).chain(&p.addressees));
        let strange = named.chain(self.actors.iter().filter_map(|actor| actor.acts_for.as_ref())).find(|id| !known(id));
        let pointed = self.positions.iter().flat_map(|p| p.answers.iter().map(|answer| answer.1).chain(p.nested_in));
        let past = pointed.into_iter().find(|&to| to >= self.positions.len());
        strange.map(|id| format!("no actor {id:?}")).or(past.map(|to| format!("no position {}", to + 1)))
    }
}

/// What is marked with one number.
#[derive(Default)]
struct Marks {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
    act: Option<Act>,
}

/// Returns the text, and what each number marks in it.
fn unmark(body: &str) -> Result<(String, BTreeMap<usize, Marks>), String> {
    let mut text = String::with_capacity(body.len());
    let mut marks: BTreeMap<usize, Marks> = BTreeMap::new();
    let mut open: Vec<(Label, usize)> = Vec::new();
    let mut rest = body;
    while let Some(at) = rest.find(['«', '»']) {
        text += &rest[..at];
        if let Some(behind) = rest[at..].strip_prefix('«') {
            let colon = behind.find(':').ok_or("a mark without a colon")?;
            open.push((label(&behind[..colon])?, text.len()));
            rest = &behind[colon + 1..];
        } else {
            let near = || text.chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect::<String>();
            let (label, start) = open.pop().ok_or_else(|| format!("a mark ends that never began: …{}", near()))?;
            for number in label.numbers {
                let marks = marks.entry(number).or_default();
                let part = match label.part {
                    Part::Source => &mut marks.source,
                    Part::Cue => &mut marks.cue,
                    Part::Content => &mut marks.content,
                };
                part.push(Span::new(start, text.len()));
                marks.act = marks.act.or(label.act);
            }
            rest = &rest[at + '»'.len_utf8()..];
        }
    }
    text += rest;
    match open.pop() {
        Some((label, _)) => Err(format!("the mark of {:?} does not end", label.numbers)),
        None => Ok((text, marks)),
    }
}

enum Part {
    Source,
    Cue,
    Content,
}

struct Label {
    part: Part,
    numbers: Vec<usize>,
    act: Option<Act>,
}

/// Reads the label of a mark: `cue2,3/demands`.
fn label(label: &str) -> Result<Label, String> {
    let (name, act) = label.split_once('/').map_or((label, None), |(name, act)| (name, Some(act)));
    let digits = name.find(|c: char| c.is_ascii_digit()).ok_or_else(|| format!("no number in {label:?}"))?;
    let part = match &name[..digits] {
        "source" => Part::Source,
        "cue" => Part::Cue,
        "content" => Part::Content,
        _ => return Err(format!("unknown mark {label:?}")),
    };
    let number = |number: &str| number.parse().map_err(|_| format!("no number in {label:?}"));
    let numbers = name[digits..].split(',').map(number).collect::<Result<_, _>>()?;
    Ok(Label { part, numbers, act: act.map(word_of_act).transpose()? })
}

fn word_of_act(word: &str) -> Result<Act, String> {
    Act::from_word(word).ok_or_else(|| format!("unknown act {word:?}"))
}

/// Reads a line of the list behind its number.
fn position(line: &str, marks: Marks) -> Result<TruePosition, String> {
    let levels = [(" (extra)", Level::Extra), (" (optional)", Level::Optional)];
    let level = levels.into_iter().find(|(end, _)| line.ends_with(end));
    let (line, level) = level.map_or((line, Level::Core), |(end, level)| (&line[..line.len() - end.len()], level));
    let mut phrases = line.split(", ");
    let (actors, acts) = phrases.next().and_then(|head| head.split_once(' ')).ok_or("no act")?;
    let acts = acts.split(" or ").map(word_of_act).collect::<Result<Vec<_>, _>>()?;
    if marks.act.unwrap_or(Act::Says) != acts[0] || marks.content.is_empty() {
        return Err("the marks say something else".to_owned());
    }
    let ids = |ids: &str| ids.split('+').map(str::to_owned).filter(|id| id != "nobody").collect::<Vec<_>>();
    let mut position = TruePosition {
        actors: ids(actors),
        speaks_for: Vec::new(),
        addressees: Vec::new(),
        acts,
        answers: Vec::new(),
        nested_in: None,
        level,
        source: marks.source,
        cue: marks.cue,
        content: marks.content,
    };
    for phrase in phrases {
        let (word, rest) = phrase.split_once(' ').ok_or_else(|| format!("{phrase:?}"))?;
        let number = || rest.parse::<usize>().ok().and_then(|n| n.checked_sub(1)).ok_or_else(|| format!("{phrase:?}"));
        match word {
            "to" => position.addressees = ids(rest),
            "for" => position.speaks_for = ids(rest),
            "in" => position.nested_in = Some(number()?),
            how => {
                let how = How::from_word(how).ok_or_else(|| format!("{phrase:?}"))?;
                position.answers.push((how, number()?));
            }
        }
    }
    Ok(position)
}

/// Reads a line of the cast: `crew: group, for union: The crew = the sailors`.
fn actor(text: &str, line: &str) -> Result<TrueActor, String> {
    let wrong = || format!("{line:?} is no actor");
    let (id, rest) = line.split_once(": ").ok_or_else(wrong)?;
    let (kind, names) = rest.split_once(": ").ok_or_else(wrong)?;
    let (kind, party) = kind.split_once(", for ").map_or((kind, None), |(kind, party)| (kind, Some(party)));
    let names: Vec<&str> = names.split(" = ").collect();
    if let Some(name) = names.iter().find(|name| !text.contains(**name)) {
        return Err(format!("{name:?} is not in the text"));
    }
    Ok(TrueActor {
        id: id.to_owned(),
        kind: ActorKind::from_word(kind).ok_or_else(wrong)?,
        acts_for: party.map(str::to_owned),
        shown: true,
        mentions: mentions(text, &names),
    })
}

/// Returns where the names stand as whole words, the longer names first.
fn mentions(text: &str, names: &[&str]) -> Vec<Span> {
    let mut names = names.to_vec();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut found: Vec<Span> = Vec::new();
    for name in names {
        for (start, _) in text.match_indices(name) {
            let span = Span::new(start, start + name.len());
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let whole = !letter(text[..span.start].chars().next_back()) && !letter(text[span.end..].chars().next());
            if whole && !found.iter().any(|other| other.overlaps(span)) {
                found.push(span);
            }
        }
    }
    found.sort();
    found
}
