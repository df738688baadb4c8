//! What is exported, as every format needs it: the positions and the entries that a filter lets through, with their
//! places, words, parties and answers.

use std::collections::HashMap;

use super::filter::{Filter, Kind, kind_of, verdict_of};
use crate::analysis::{ActorId, ActorKind, Analysis, Position};
use crate::annotation::about::About;
use crate::annotation::list::{tags_of, text_of};
use crate::annotation::selector::{describe, flow};
use crate::annotation::{Anchor, Body, Entry, Id, Notes, PositionCorrection, Reading, Selector, Verdict};
use crate::document::Document;
use crate::text::{Offset, Span, Spans};

/// What is exported of a document.
pub struct Contents<'a> {
    pub document: &'a Document,
    pub notes: &'a Notes,
    pub analysis: &'a Analysis,
    pub about: About,
    /// In reading order.
    pub statements: Vec<Statement<'a>>,
    /// In the order of the notes: reading order, corrections of actors first.
    pub entries: Vec<&'a Entry>,
}

/// A position with what the reader said of it.
pub struct Statement<'a> {
    /// The entry's id if there is one, which stays the same; else `p1`, `p2` … of this reading.
    pub id: &'a str,
    pub position: &'a Position,
    /// Who takes it: the parties its actors speak for, else the actors.
    pub parties: Vec<ActorId>,
    /// Those who speak for a party in it.
    pub speakers: Vec<ActorId>,
    /// `None` for the automatic reading.
    pub said: Option<&'a Entry>,
    /// What the words cover.
    pub span: Span,
    /// The words as the text has them, in one line; pieces are parted by `…`.
    pub quote: String,
    /// The reader's names of the matter, taken over from what it answers or what answers it.
    pub issues: Vec<&'a str>,
    /// The issues that the words suggest, by the library.
    pub suggested: Vec<&'a str>,
    /// The ids of the positions it answers.
    pub answers: Vec<&'a str>,
    /// The positions that answer it.
    pub replies: Vec<&'a Position>,
    /// Those whose positions it answers.
    pub answered: Vec<ActorId>,
}

impl<'a> Contents<'a> {
    pub fn new(document: &'a Document, notes: &'a Notes, reading: &'a Reading, filter: &Filter) -> Contents<'a> {
        let analysis = &reading.analysis;
        let about = About::new(document, notes);
        let statements = statements(document, notes, reading, filter);
        let asked: Vec<(Span, ())> = match filter.is_about_positions() {
            true => {
                let asked = analysis.positions.iter().filter(|position| filter.lets_position(analysis, position));
                asked.map(|position| (position.extent(), ())).collect()
            }
            false => Vec::new(),
        };
        let asked = Spans::new(asked);
        let entries = notes.entries().iter().filter(|entry| {
            let anchor = notes.anchor(&entry.id);
            let stands_on_one = anchor.span().is_some_and(|span| asked.touching(span).next().is_some());
            let is_asked = match &entry.body {
                Body::Actor(correction) => filter.lets_actor(analysis, &correction.actor),
                Body::Note(_) | Body::Position(_) => !filter.is_about_positions() || stands_on_one,
            };
            let verdict = verdict_of(entry).map(Some);
            let anchor = entry.target.as_ref().map(|_| anchor);
            is_asked
                && filter.lets_kind(kind_of(entry))
                && filter.lets_tags(tags_of(entry))
                && (filter.states.is_empty() || filter.lets_state(verdict, anchor))
        });
        Contents { document, notes, analysis, about, statements, entries: entries.collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.entries.is_empty()
    }

    /// Returns the entries that say something: all notes, and positions with a text or tags.
    pub fn remarks(&self) -> impl Iterator<Item = Remark<'a>> {
        let says = |entry: &&&Entry| match &entry.body {
            Body::Note(_) => true,
            Body::Position(position) => {
                position.state != Verdict::Rejected && !(position.text.is_empty() && position.tags.is_empty())
            }
            Body::Actor(_) => false,
        };
        self.entries.iter().filter(says).map(|entry| self.remark(entry))
    }

    /// Returns an entry with its place.
    pub fn remark(&self, entry: &'a Entry) -> Remark<'a> {
        let anchor = self.notes.anchor(&entry.id);
        let described = anchor.span().map(|span| describe(self.document, span));
        Remark {
            entry,
            anchor,
            target: described.or_else(|| entry.target.clone()),
            paragraph: anchor.span().map(|span| self.paragraph(span.start)),
            text: text_of(entry).trim_end(),
            tags: tags_of(entry),
        }
    }

    /// Returns who takes a position: the parties its actors speak for, else the actors themselves.
    pub fn party_of(&self, position: &Position) -> String {
        self.names(&parties(self.analysis, position))
    }

    pub fn names(&self, actors: &[ActorId]) -> String {
        actors.iter().map(|id| self.name(*id)).collect::<Vec<_>>().join(", ")
    }

    pub fn name(&self, id: ActorId) -> &'a str {
        self.analysis.actors[id.0].name.as_str()
    }

    pub fn is_person(&self, id: ActorId) -> bool {
        self.analysis.actors[id.0].kind == ActorKind::Person
    }

    /// Returns the number of the paragraph at an offset; 0 before the first.
    pub fn paragraph(&self, at: Offset) -> usize {
        self.document.paragraph_at(at).unwrap_or(0)
    }

    /// Returns the number of the sentence at an offset in its paragraph.
    pub fn sentence(&self, at: Offset) -> usize {
        let sentences = match self.document.blocks.is_empty() {
            true => Vec::new(),
            false => self.document.sentences_in(self.document.block_at(at)),
        };
        sentences.partition_point(|sentence| sentence.start <= at).max(1)
    }

    /// Returns the characters before an offset.
    pub fn characters(&self, at: Offset) -> usize {
        self.document.characters().characters(&self.document.text, at)
    }

    /// Returns the last time at which an entry that is exported was changed.
    pub fn changed(&self) -> Option<jiff::Timestamp> {
        self.entries.iter().filter_map(|entry| entry.updated.or(entry.created)).max()
    }
}

impl<'a> Statement<'a> {
    pub fn correction(&self) -> Option<&'a PositionCorrection> {
        match &self.said?.body {
            Body::Position(correction) => Some(correction),
            Body::Note(_) | Body::Actor(_) => None,
        }
    }

    /// Returns the reader's own short wording.
    pub fn gist(&self) -> Option<&'a str> {
        self.correction()?.gist.as_deref().filter(|gist| !gist.trim().is_empty())
    }

    /// Returns the reader's wording, or the words of the text shortened by deletion alone.
    pub fn what(&self) -> String {
        self.gist().map_or_else(|| shorten(&self.quote), str::to_owned)
    }

    /// Returns what the reader said of it, in a word.
    pub fn state(&self) -> &'static str {
        self.correction().map_or("auto", |correction| correction.state.word())
    }
}

/// An entry that says something, with its place in the text as it is now.
pub struct Remark<'a> {
    pub entry: &'a Entry,
    pub anchor: &'a Anchor,
    /// The description of its place now, or as it was when it is lost.
    pub target: Option<Selector>,
    pub paragraph: Option<usize>,
    pub text: &'a str,
    pub tags: &'a [String],
}

impl Remark<'_> {
    pub fn quote(&self) -> &str {
        self.target.as_ref().map_or("", |target| &target.quote)
    }

    /// Returns the whole sentence, or the quote when it is all that is known.
    pub fn sentence(&self) -> &str {
        self.target.as_ref().map_or("", |target| match target.sentence.as_str() {
            "" => &target.quote,
            sentence => sentence,
        })
    }

    pub fn is_question(&self) -> bool {
        kind_of(self.entry) == Kind::Question
    }
}

/// Returns the parties a position's actors speak for, else the actors; each once.
fn parties(analysis: &Analysis, position: &Position) -> Vec<ActorId> {
    if !position.speaks_for.is_empty() {
        return position.speaks_for.clone();
    }
    let mut parties: Vec<ActorId> = Vec::new();
    for actor in &position.actors {
        let party = analysis.actors[actor.0].acts_for.unwrap_or(*actor);
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    parties
}

fn statements<'a>(document: &Document, notes: &'a Notes, reading: &'a Reading, filter: &Filter) -> Vec<Statement<'a>> {
    let analysis = &reading.analysis;
    let of_id: HashMap<&Id, &Entry> = notes.entries().iter().map(|entry| (&entry.id, entry)).collect();
    let said: Vec<Option<&Entry>> = (0..analysis.positions.len())
        .map(|index| of_id.get(&reading.verdicts.get(index)?.as_ref()?.1).copied())
        .collect();
    let verdict = |index: usize| said[index].and_then(verdict_of);
    let is_kept = |index: usize| verdict(index) != Some(Verdict::Rejected);
    let mut replies = vec![Vec::new(); analysis.positions.len()];
    for (index, position) in analysis.positions.iter().enumerate().filter(|(index, _)| is_kept(*index)) {
        position.answers.iter().for_each(|answer| replies[answer.position.0].push(index));
    }
    let id = |index: usize| said[index].map_or(analysis.positions[index].id.as_str(), |entry| entry.id.0.as_str());
    let answered = |index: usize| {
        let answers = analysis.positions[index].answers.iter().map(|answer| answer.position.0);
        answers.filter(|&index| is_kept(index)).collect::<Vec<usize>>()
    };
    let lets = |index: usize| {
        let anchor = said[index].map(|entry| notes.anchor(&entry.id));
        (said[index].is_some() || analysis.positions[index].confidence >= filter.least)
            && filter.lets_kind(Kind::Position)
            && filter.lets_position(analysis, &analysis.positions[index])
            && filter.lets_tags(said[index].map_or(&[], |entry| tags_of(entry)))
            && filter.lets_state(Some(verdict(index)), anchor)
    };
    let statement = |index: usize| {
        let position = &analysis.positions[index];
        let answered = answered(index);
        let parties = |position| parties(analysis, position);
        Statement {
            id: id(index),
            position,
            parties: parties(position),
            speakers: position.actors.iter().filter(|id| !parties(position).contains(id)).copied().collect(),
            said: said[index],
            span: position.content.iter().copied().reduce(Span::join).unwrap_or_else(|| position.extent()),
            quote: quote(document, position),
            issues: issues(&said, index, &answered, &replies[index]),
            suggested: reading.suggested.get(index).into_iter().flatten().map(String::as_str).collect(),
            answers: answered.iter().map(|&index| id(index)).collect(),
            replies: replies[index].iter().map(|&index| &analysis.positions[index]).collect(),
            answered: answered.iter().flat_map(|&index| parties(&analysis.positions[index])).collect(),
        }
    };
    (0..analysis.positions.len()).filter(|&index| lets(index)).map(statement).collect()
}

/// Returns the reader's issues of a position, else those of what it answers, else those of what answers it.
fn issues<'a>(said: &[Option<&'a Entry>], index: usize, answered: &[usize], replies: &[usize]) -> Vec<&'a str> {
    let of = |index: &usize| match said[*index].map(|entry| &entry.body) {
        Some(Body::Position(correction)) => correction.issue.as_slice(),
        _ => &[],
    };
    let mut found: Vec<&str> = Vec::new();
    for positions in [&[index][..], answered, replies] {
        for issue in positions.iter().flat_map(of).map(|issue| issue.trim()).filter(|issue| !issue.is_empty()) {
            if !found.contains(&issue) {
                found.push(issue);
            }
        }
        if !found.is_empty() {
            break;
        }
    }
    found
}

fn quote(document: &Document, position: &Position) -> String {
    let whole = [position.extent()];
    let pieces = if position.content.is_empty() { &whole[..] } else { &position.content };
    pieces.iter().map(|span| flow(document, *span)).collect::<Vec<_>>().join(" … ")
}

/// Shortens by deletion alone.
fn shorten(words: &str) -> String {
    const LONGEST: usize = 120;
    match words.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{} …", words[..at].rsplit_once(' ').map_or(&words[..at], |(words, _)| words)),
        None => words.to_owned(),
    }
}
