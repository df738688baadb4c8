//! What the reader is at, carried over to another reading of the text: actors and positions are numbered anew in each.
//!
//! An actor is known again by its id, or by one of its names when it was merged. A position is known again by its words:
//! its id counts the positions of one analysis, and that of a part of a text counts others than that of the whole.

use crate::analysis::{ActorId, Analysis, Position, PositionId};
use crate::annotation::actor_named;
use crate::app::Item;
use crate::app::state::{Mode, Naming, Overlay, State};
use crate::text::Span;

/// Carries the selection over from one analysis to another, and drops what is not there any more. What asks about an
/// actor or a position by a number that is another's now is closed.
pub fn carry_over(state: &mut State, before: &Analysis, now: &Analysis) {
    let again = Again { before, now };
    state.actor = state.actor.and_then(|id| again.actor(id));
    state.position = state.position.and_then(|id| again.position(id));
    state.item = state.item.take().and_then(|item| again.item(item));
    if let Some(digit) = &mut state.digit {
        digit.item = digit.item.take().and_then(|item| again.item(item));
    }
    let asks_by_number = match &state.mode {
        Mode::Menu(menu) => menu.choices.iter().any(|choice| choice.does.is_by_number()),
        mode => matches!(mode, Mode::Name(_, Naming::Rename(_) | Naming::Issue(_)) | Mode::Page(Overlay::Why(_), _)),
    };
    if asks_by_number && again.is_renumbered() {
        state.mode = Mode::Read;
    }
}

struct Again<'a> {
    before: &'a Analysis,
    now: &'a Analysis,
}

impl Again<'_> {
    fn actor(&self, id: ActorId) -> Option<ActorId> {
        actor_named(self.now, &self.before.actors.get(id.0)?.id)
    }

    /// Returns a position with the same words; of several the one with the same id.
    fn position(&self, id: PositionId) -> Option<PositionId> {
        let before = self.before.positions.get(id.0)?;
        let positions = self.now.positions.iter().enumerate();
        let same = positions.filter(|(_, position)| words(position) == words(before));
        same.min_by_key(|(_, position)| position.id != before.id).map(|(index, _)| PositionId(index))
    }

    fn item(&self, item: Item) -> Option<Item> {
        Some(match item {
            Item::Party(id) => Item::Party(self.actor(id)?),
            Item::Members(id) => Item::Members(self.actor(id)?),
            Item::Asker(id) => Item::Asker(self.actor(id)?),
            Item::Position(id) => Item::Position(self.position(id)?),
            Item::Asked(id) => Item::Asked(self.position(id)?),
            Item::NoReply(id) => Item::NoReply(self.position(id)?),
            Item::Answers { position, to, how, certain } => {
                Item::Answers { position: self.position(position)?, to: self.position(to)?, how, certain }
            }
            Item::Reply { asked, reply, certain } => {
                Item::Reply { asked: self.position(asked)?, reply: self.position(reply)?, certain }
            }
            Item::Open(index) => {
                let words = self.before.open.get(index)?;
                Item::Open(self.now.open.iter().position(|span| span == words)?)
            }
            item @ (Item::Nameless
            | Item::Silent
            | Item::OpenSum { .. }
            | Item::Entry(_)
            | Item::Heading { .. }
            | Item::Empty(_)
            | Item::Foreign(_)
            | Item::Gap) => item,
        })
    }

    /// Returns whether some number is another's now, or nobody's.
    fn is_renumbered(&self) -> bool {
        let Again { before, now } = self;
        let actors = before.actors.iter().map(|actor| &actor.id);
        !actors.eq(now.actors.iter().map(|actor| &actor.id))
            || !before.positions.iter().map(words).eq(now.positions.iter().map(words))
    }
}

/// Returns the words of a position: who, by which words, what.
fn words(position: &Position) -> [&[Span]; 3] {
    [&position.source, &position.cue, &position.content]
}
