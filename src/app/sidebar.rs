//! The lines of the sidebar as values: what each page lists, in order, and what each line stands for.

use std::collections::BTreeSet;

use super::exchange::{Exchange, Outcome, asks, party, party_of};
use super::state::{Page, State};
use crate::analysis::{ActorId, Analysis, Answer, How, Language, PositionId};
use crate::annotation::{Id, Notes, Reading, Verdict};
use crate::document::{Block, BlockKind, Document};

/// A line of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// A party with the number of its positions.
    Party(ActorId),
    /// The people and bodies that speak for it.
    Members(ActorId),
    Position(PositionId),
    /// Under a position: another one that it answers.
    Answers {
        position: PositionId,
        to: PositionId,
        how: How,
        certain: bool,
    },
    /// The positions of which no actor was found follow.
    Nameless,
    /// The actors that are named but take no position.
    Silent,
    /// How many demands, requests and offers nobody answers, and how much the text leaves open.
    OpenSum {
        unanswered: usize,
        open: usize,
    },
    /// What the text itself leaves open.
    Open(usize),
    /// A party that asks, in the exchange view.
    Asker(ActorId),
    /// What it asks or offers.
    Asked(PositionId),
    /// Under it: what came back.
    Reply {
        asked: PositionId,
        reply: PositionId,
        certain: bool,
    },
    /// Under it: nothing came back.
    NoReply(PositionId),
    Entry(Id),
    /// A heading of the article: its block, and how many headings it stands below.
    Heading {
        block: usize,
        depth: u8,
    },
    /// There is nothing to list; the reason.
    Empty(&'static str),
    /// There is nothing to list, because the text is not in English; lines of `Empty` say what that means.
    Foreign(Language),
    Gap,
}

impl Item {
    /// Returns whether the line can be selected.
    pub fn stands_for_something(&self) -> bool {
        !matches!(
            self,
            Item::OpenSum { .. }
                | Item::Empty(_)
                | Item::Foreign(_)
                | Item::Gap
                | Item::Members(_)
                | Item::Nameless
                | Item::Silent
                | Item::NoReply(_)
        )
    }

    /// Returns the position a line stands for.
    pub fn position(&self) -> Option<PositionId> {
        match self {
            Item::Position(id) | Item::Asked(id) | Item::Answers { to: id, .. } | Item::Reply { reply: id, .. } => {
                Some(*id)
            }
            _ => None,
        }
    }
}

/// What is under this confidence is only possible: shown dim, and hidden on demand.
pub const CERTAIN: f32 = 0.75;

/// What the lines are made from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    pub document: &'a Document,
    pub reading: &'a Reading,
    pub exchange: &'a Exchange,
    pub notes: &'a Notes,
    /// The article has been read; until then there is nothing to list.
    pub analyzed: bool,
    /// It could not be read.
    pub unread: bool,
    /// The exchange stands in columns, where an empty one says that nothing came back.
    pub in_columns: bool,
}

/// What of the state decides over the lines.
#[derive(Debug, PartialEq, Eq)]
pub struct Listed {
    page: Page,
    folded: BTreeSet<String>,
    show_rejected: bool,
    show_possible: bool,
    in_columns: bool,
}

impl Listed {
    pub fn of(state: &State, in_columns: bool) -> Listed {
        let State { page, ref folded, show_rejected, show_possible, .. } = *state;
        Listed { page, folded: folded.clone(), show_rejected, show_possible, in_columns }
    }
}

/// Returns the lines of the page that is shown.
pub fn items(sources: Sources, state: &State) -> Vec<Item> {
    match state.page {
        Page::Notes => notes(sources),
        Page::Contents => contents(sources.document),
        _ if !sources.analyzed => vec![Item::Empty("reading the article …")],
        _ if sources.unread && sources.reading.analysis.actors.is_empty() => {
            vec![Item::Empty("this text was not analysed; M says why")]
        }
        _ if sources.reading.analysis.skipped && sources.reading.analysis.actors.is_empty() => {
            let language = sources.reading.analysis.language;
            // Each fits into the narrowest sidebar.
            let rest = ["actors and positions are only", "found in English; reading and notes", "work as ever"];
            std::iter::once(Item::Foreign(language)).chain(rest.map(Item::Empty)).collect()
        }
        _ if sources.reading.analysis.actors.is_empty() => vec![Item::Empty("no actors found in this text")],
        Page::Actors => actors(sources, state),
        Page::Exchange => exchange(sources, state),
    }
}

/// Returns whether a position is listed: not rejected, not too uncertain, unless the reader wants to see these.
pub fn listed(reading: &Reading, state: &State, id: PositionId) -> bool {
    let rejected = matches!(reading.verdicts.get(id.0), Some(Some((Verdict::Rejected, _))));
    (state.show_rejected || !rejected) && (state.show_possible || !is_possible(reading, id))
}

/// Returns whether a position is only possible: not sure enough, and the reader has said nothing of it.
pub fn is_possible(reading: &Reading, id: PositionId) -> bool {
    let unjudged = reading.verdicts.get(id.0).is_none_or(Option::is_none);
    unjudged && reading.analysis.positions[id.0].confidence < CERTAIN
}

fn actors(sources: Sources, state: &State) -> Vec<Item> {
    let analysis = &sources.reading.analysis;
    let mut items = Vec::new();
    for (id, positions) in parties(sources.reading, state) {
        if positions.is_empty() {
            continue;
        }
        items.push(Item::Party(id));
        if has_members(analysis, id) {
            items.push(Item::Members(id));
        }
        if state.folded.contains(&analysis.actors[id.0].id) {
            continue;
        }
        items.extend(positions.into_iter().flat_map(|position| with_answers(analysis, position)));
    }
    let nameless: Vec<PositionId> = nameless(sources.reading, state).collect();
    if !nameless.is_empty() {
        items.push(Item::Nameless);
        items.extend(nameless.into_iter().flat_map(|position| with_answers(analysis, position)));
    }
    if !silent(sources.reading, state).is_empty() {
        items.push(Item::Silent);
    }
    let sum = open_sum(sources, state);
    if sum != (Item::OpenSum { unanswered: 0, open: 0 }) {
        items.push(Item::Gap);
        items.push(sum);
        items.extend((0..analysis.open.len()).map(Item::Open));
    }
    items
}

/// Returns the line of a position, and under it those of what it answers.
fn with_answers(analysis: &Analysis, position: PositionId) -> impl Iterator<Item = Item> + '_ {
    let answers = analysis.positions[position.0].answers.iter();
    let answers = answers.map(move |answer| {
        let Answer { position: to, how, certain, .. } = *answer;
        Item::Answers { position, to, how, certain }
    });
    std::iter::once(Item::Position(position)).chain(answers)
}

/// Returns the listed positions of which no actor was found.
fn nameless<'a>(reading: &'a Reading, state: &'a State) -> impl Iterator<Item = PositionId> + 'a {
    let ids = (0..reading.analysis.positions.len()).map(PositionId);
    ids.filter(|&id| party_of(&reading.analysis, id).is_none() && listed(reading, state, id))
}

/// Returns the line that counts what is open.
fn open_sum(sources: Sources, state: &State) -> Item {
    let analysis = &sources.reading.analysis;
    let ids = (0..analysis.positions.len()).map(PositionId).filter(|&id| listed(sources.reading, state, id));
    let unanswered = ids.filter(|&id| sources.exchange.outcome(analysis, id) == Outcome::Nothing).count();
    Item::OpenSum { unanswered, open: analysis.open.len() }
}

fn exchange(sources: Sources, state: &State) -> Vec<Item> {
    let analysis = &sources.reading.analysis;
    let mut items = Vec::new();
    for (id, positions) in parties(sources.reading, state) {
        let asked: Vec<PositionId> = positions.into_iter().filter(|p| asks(analysis.positions[p.0].act)).collect();
        if asked.is_empty() {
            continue;
        }
        if !items.is_empty() {
            items.push(Item::Gap);
        }
        items.push(Item::Asker(id));
        for asked in asked {
            items.push(Item::Asked(asked));
            let replies = sources.exchange.replies(asked);
            items.extend(replies.iter().map(|reply| Item::Reply {
                asked,
                reply: reply.position,
                certain: reply.certain,
            }));
            if replies.is_empty() && !sources.in_columns {
                items.push(Item::NoReply(asked));
            }
        }
    }
    if items.is_empty() {
        items.push(Item::Empty("nobody asks anybody for anything here"));
    }
    items
}

fn notes(sources: Sources) -> Vec<Item> {
    let entries: Vec<Item> = sources.notes.entries().iter().map(|entry| Item::Entry(entry.id.clone())).collect();
    match entries.is_empty() {
        true => vec![Item::Empty("no notes yet: c highlights, i writes a note")],
        false => entries,
    }
}

/// Returns the headings, each below the one before it that is of a higher level: a level that is left out is no step.
fn contents(document: &Document) -> Vec<Item> {
    let mut above: Vec<u8> = Vec::new();
    let mut items = Vec::new();
    for (block, Block { kind, .. }) in document.blocks.iter().enumerate() {
        let BlockKind::Heading(level) = *kind else { continue };
        while above.pop_if(|higher| *higher >= level).is_some() {}
        items.push(Item::Heading { block, depth: u8::try_from(above.len()).unwrap_or(u8::MAX) });
        above.push(level);
    }
    if items.is_empty() {
        items.push(Item::Empty("there are no headings in this text"));
    }
    items
}

/// Returns the parties, most involved first, with their listed positions in reading order.
pub fn parties(reading: &Reading, state: &State) -> Vec<(ActorId, Vec<PositionId>)> {
    let analysis = &reading.analysis;
    let mut positions = vec![Vec::new(); analysis.actors.len()];
    for id in (0..analysis.positions.len()).map(PositionId) {
        if let Some(party) = party_of(analysis, id).filter(|_| listed(reading, state, id)) {
            positions[party.0].push(id);
        }
    }
    let heads = (0..analysis.actors.len()).map(ActorId).filter(|&id| party(analysis, id) == id);
    let mut parties: Vec<_> = heads.map(|id| (id, std::mem::take(&mut positions[id.0]))).collect();
    parties.sort_by_key(|(_, positions)| std::cmp::Reverse(positions.len()));
    parties
}

/// Returns those who speak for a party, with the number of positions each takes, most first.
pub fn members(reading: &Reading, state: &State, id: ActorId) -> Vec<(ActorId, usize)> {
    let analysis = &reading.analysis;
    let mut counts = vec![0; analysis.actors.len()];
    for position in (0..analysis.positions.len()).map(PositionId).filter(|&p| listed(reading, state, p)) {
        for actor in &analysis.positions[position.0].actors {
            counts[actor.0] += 1;
        }
    }
    let ids = (0..analysis.actors.len()).map(ActorId);
    let mut members: Vec<_> = ids.filter(|&m| m != id && party(analysis, m) == id).map(|m| (m, counts[m.0])).collect();
    members.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    members
}

/// Returns the parties that are named but take no position.
pub fn silent(reading: &Reading, state: &State) -> Vec<ActorId> {
    parties(reading, state).into_iter().filter(|(_, positions)| positions.is_empty()).map(|(id, _)| id).collect()
}

fn has_members(analysis: &Analysis, id: ActorId) -> bool {
    (0..analysis.actors.len()).any(|m| ActorId(m) != id && party(analysis, ActorId(m)) == id)
}
