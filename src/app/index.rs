//! What a frame needs to know of the whole reading, counted once: where the positions, mentions and notes stand, which
//! parties there are and what they say. A frame then costs what is visible.

use super::exchange::{party, party_of};
use super::naming::short_names;
use super::sidebar::is_possible;
use super::state::State;
use crate::analysis::{Act, ActorId, Analysis, Form, PositionId};
use crate::annotation::{Notes, Reading, Verdict};
use crate::document::Document;
use crate::text::{Span, Spans};

#[derive(Clone, Debug, Default)]
pub struct Index {
    /// The pieces of the positions that were not rejected.
    pub pieces: Spans<(PositionId, Part)>,
    /// Names, titles and seats; pronouns are left out.
    pub mentions: Spans<ActorId>,
    /// The entries that have a place, by their number in the notes.
    pub notes: Spans<usize>,
    /// For each actor the party it belongs to.
    pub parties: Vec<ActorId>,
    /// For each actor: what its party says, when it is a party.
    pub tallies: Vec<Tally>,
    /// For each actor what it is called where there is little room.
    pub short_names: Vec<String>,
    /// How many positions the reader has confirmed, and how many there are.
    pub confirmed: usize,
    pub positions: usize,
    /// How many of them are only possible.
    pub possible: usize,
    /// The words of the text; not counted in a very long one.
    pub words: Option<usize>,
}

/// What a piece of a position is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Source,
    Cue,
    /// What is said; the cue of a position that has no content.
    Content,
}

/// The positions of a party in numbers.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Its place among the parties, the most involved first.
    pub rank: usize,
    /// Those who speak for it with the number of their positions, most first.
    pub members: Vec<(ActorId, usize)>,
    counts: Vec<(Act, Standing, usize)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Certain,
    Possible,
    Rejected,
}

/// The longest text whose words are counted: opening never waits for it.
const COUNTED: usize = 256 << 10;

impl Index {
    pub fn new(document: &Document, reading: &Reading, notes: &Notes) -> Index {
        let analysis = &reading.analysis;
        let mut index = Index {
            pieces: pieces(reading),
            mentions: mentions(analysis),
            notes: note_spans(notes),
            parties: (0..analysis.actors.len()).map(|actor| party(analysis, ActorId(actor))).collect(),
            tallies: tallies(reading),
            short_names: short_names(document, analysis),
            words: (document.text.len() <= COUNTED).then(|| document.text.split_whitespace().count()),
            ..Index::default()
        };
        for position in (0..analysis.positions.len()).map(PositionId) {
            let verdict = reading.verdicts.get(position.0).and_then(Option::as_ref).map(|(verdict, _)| *verdict);
            index.confirmed += usize::from(verdict == Some(Verdict::Confirmed));
            index.positions += usize::from(verdict != Some(Verdict::Rejected));
            index.possible += usize::from(standing(reading, position) == Standing::Possible);
        }
        index
    }

    /// Returns the party of an actor.
    pub fn party(&self, actor: ActorId) -> ActorId {
        self.parties.get(actor.0).copied().unwrap_or(actor)
    }
}

impl Tally {
    /// Returns how many positions are listed, of each act, the most frequent first.
    pub fn listed(&self, state: &State) -> Vec<(Act, usize)> {
        let mut acts: Vec<(Act, usize)> = Vec::new();
        for &(act, standing, count) in &self.counts {
            let listed = match standing {
                Standing::Certain => true,
                Standing::Possible => state.show_possible,
                Standing::Rejected => state.show_rejected,
            };
            match acts.iter_mut().find(|(known, _)| *known == act) {
                Some((_, sum)) if listed => *sum += count,
                None if listed => acts.push((act, count)),
                _ => {}
            }
        }
        acts.sort_by_key(|&(act, count)| (std::cmp::Reverse(count), act));
        acts
    }

    fn add(&mut self, act: Act, standing: Standing) {
        match self.counts.iter_mut().find(|(known, where_, _)| *known == act && *where_ == standing) {
            Some((_, _, count)) => *count += 1,
            None => self.counts.push((act, standing, 1)),
        }
    }

    /// Returns how many positions there are, listed or not.
    fn weight(&self) -> usize {
        self.counts.iter().map(|(_, _, count)| count).sum()
    }
}

fn standing(reading: &Reading, position: PositionId) -> Standing {
    match reading.verdicts.get(position.0) {
        Some(Some((Verdict::Rejected, _))) => Standing::Rejected,
        _ if is_possible(reading, position) => Standing::Possible,
        _ => Standing::Certain,
    }
}

fn pieces(reading: &Reading) -> Spans<(PositionId, Part)> {
    let mut pieces = Vec::new();
    for (number, position) in reading.analysis.positions.iter().enumerate() {
        let id = PositionId(number);
        if standing(reading, id) == Standing::Rejected {
            continue;
        }
        let cue = if position.content.is_empty() { Part::Content } else { Part::Cue };
        let parts = [(&position.source, Part::Source), (&position.cue, cue), (&position.content, Part::Content)];
        pieces.extend(parts.iter().flat_map(|(spans, part)| spans.iter().map(|&span| (span, (id, *part)))));
    }
    Spans::new(pieces)
}

fn mentions(analysis: &Analysis) -> Spans<ActorId> {
    let mut mentions = Vec::new();
    for (number, actor) in analysis.actors.iter().enumerate() {
        let named = actor.mentions.iter().filter(|mention| mention.form != Form::Pronoun);
        mentions.extend(named.map(|mention| (mention.span, ActorId(number))));
    }
    Spans::new(mentions)
}

fn note_spans(notes: &Notes) -> Spans<usize> {
    let entries = notes.entries().iter().enumerate();
    let placed = entries.filter_map(|(number, entry)| notes.anchor(&entry.id).span().map(|span| (span, number)));
    // A bookmark may stand on nothing but a place; one character is enough to be found by.
    Spans::new(placed.map(|(span, number)| (Span::new(span.start, span.end.max(span.start + 1)), number)).collect())
}

fn tallies(reading: &Reading) -> Vec<Tally> {
    let analysis = &reading.analysis;
    let mut tallies = vec![Tally::default(); analysis.actors.len()];
    let mut own = vec![0; analysis.actors.len()];
    for (number, position) in analysis.positions.iter().enumerate() {
        let standing = standing(reading, PositionId(number));
        if let Some(party) = party_of(analysis, PositionId(number)) {
            tallies[party.0].add(position.act, standing);
        }
        for actor in position.actors.iter().filter(|_| standing != Standing::Rejected) {
            own[actor.0] += 1;
        }
    }
    for actor in (0..analysis.actors.len()).map(ActorId) {
        let party = party(analysis, actor);
        if party != actor {
            tallies[party.0].members.push((actor, own[actor.0]));
        }
    }
    let mut ranks: Vec<usize> =
        (0..tallies.len()).filter(|&actor| party(analysis, ActorId(actor)).0 == actor).collect();
    ranks.sort_by_key(|&actor| std::cmp::Reverse(tallies[actor].weight()));
    for (rank, actor) in ranks.into_iter().enumerate() {
        tallies[actor].rank = rank;
    }
    for tally in &mut tallies {
        tally.members.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    }
    tallies
}
