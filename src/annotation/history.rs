//! Changes to the notes file as text, and the steps of undo that are made of them.

use serde::{Deserialize, Serialize};

use super::Id;

/// The lines of one entry before and after; one of the two is absent when it was added or removed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub id: Id,
    pub before: Option<String>,
    pub after: Option<String>,
    pub place: Place,
}

/// Where an entry's lines are put in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// How many bytes of the file stand before it.
    pub offset: usize,
    /// The last entry before it.
    pub previous: Option<Id>,
    /// Line ends that had to be put between it and what stands before it.
    pub glue: String,
}

impl Change {
    /// Returns the change that takes this one back.
    pub fn inverse(self) -> Change {
        Change { before: self.after, after: self.before, ..self }
    }
}

/// Returns the changes that take these back.
pub fn inverse(changes: Vec<Change>) -> Vec<Change> {
    changes.into_iter().rev().map(Change::inverse).collect()
}

/// What one press of a key did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// In the reader's words, for the status line.
    pub what: String,
    pub changes: Vec<Change>,
}

/// What can be undone and redone, the next one last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct History {
    /// As done.
    pub done: Vec<Step>,
    /// As undone: each holds the changes that do it again.
    pub undone: Vec<Step>,
}

/// What is kept for the next session: as many steps, and of these as many bytes. It is written anew with every change.
const STEPS: usize = 1000;
const BYTES: usize = 256 << 10;

impl History {
    /// Returns the last steps as text.
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Recent<'h> {
            done: &'h [Step],
            undone: &'h [Step],
        }
        let recent = Recent { done: recent(&self.done), undone: recent(&self.undone) };
        serde_json::to_string(&recent).unwrap_or_default()
    }

    pub fn did(&mut self, step: Step) {
        self.undone.clear();
        self.done.push(step);
    }
}

/// Returns the last steps that are not too many and not too long; the very last is kept however long it is, so that an
/// import can be undone in the reader.
fn recent(steps: &[Step]) -> &[Step] {
    let mut room = BYTES.max(steps.last().map_or(0, Step::size));
    let fits = |step: &&Step| {
        let size = step.size();
        let fits = size <= room;
        room = room.saturating_sub(size);
        fits
    };
    let kept = steps.iter().rev().take(STEPS).take_while(fits).count();
    &steps[steps.len() - kept..]
}

impl Step {
    fn size(&self) -> usize {
        let lines = |change: &Change| [&change.before, &change.after].into_iter().flatten().map(String::len).sum();
        self.changes.iter().map(|change| -> usize { lines(change) }).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(number: usize, size: usize) -> Step {
        let (id, place) = (Id("aaaaaa".into()), Place::default());
        let changes = vec![Change { id, before: None, after: Some("x".repeat(size)), place }];
        Step { what: number.to_string(), changes }
    }

    #[track_caller]
    fn check(steps: usize, size: usize, first: usize) {
        let history = History { done: (0..steps).map(|number| step(number, size)).collect(), undone: Vec::new() };
        let kept: History = serde_json::from_str(&history.to_json()).unwrap();
        assert_eq!(kept.done, history.done[first..]);
    }

    #[test]
    fn the_last_steps_are_kept_within_bounds() {
        check(3, 10, 0);
        check(STEPS + 5, 10, 5);
        check(10, BYTES / 4, 6);
        check(2, BYTES + 1, 1);
    }
}
