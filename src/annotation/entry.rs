//! One thing the reader added: what it says and how its place is described.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::analysis::Act;
use crate::analysis::model::words;

/// A short random name: six characters of `0-9a-z` without `i l o u`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id(pub String);

/// What ids are made of: what may be mistaken for another letter is left out.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl Id {
    /// Returns an id that is not taken; `random(n)` returns a number below `n`.
    pub fn fresh(taken: impl Fn(&Id) -> bool, mut random: impl FnMut(usize) -> usize) -> Id {
        loop {
            let id = Id((0..6).map(|_| char::from(LETTERS[random(LETTERS.len()) % LETTERS.len()])).collect());
            if !taken(&id) {
                return id;
            }
        }
    }

    /// Returns whether it looks like an id that this program gave.
    pub(super) fn is_short(&self) -> bool {
        self.0.len() == 6 && self.0.bytes().all(|byte| LETTERS.contains(&byte))
    }

    /// Returns the id of an entry that was written by hand without one: the same for the same words.
    pub(super) fn of_words(words: &str) -> Id {
        // FNV-1a: what is written to a file must not depend on the library's hash.
        let mut hash = words
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        Id::fresh(
            |_| false,
            |letters| {
                let letter = hash as usize % letters;
                hash /= letters as u64;
                letter
            },
        )
    }
}

/// An annotation (W3C Web Annotation): a body on a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub id: Id,
    /// Where it stands; a correction of an actor has no place.
    pub target: Option<Selector>,
    pub body: Body,
    pub created: Option<Timestamp>,
    pub updated: Option<Timestamp>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    Note(Note),
    Actor(ActorCorrection),
    Position(PositionCorrection),
}

/// How an annotation's target is described in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selector {
    /// The words of the target.
    pub quote: String,
    /// The whole home sentence of the target (several, joined, when it spans them).
    pub sentence: String,
    /// Up to 32 characters before and after the home sentence; `¶` stands for a paragraph break.
    pub prev: String,
    pub next: String,
    /// Start and end in Unicode scalars of the version the file names: a hint only.
    pub at: Option<(usize, usize)>,
    /// How many times the same words stand earlier in the sentence: nearly always none.
    pub nth: usize,
}

/// A `[[note]]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Note {
    pub kind: NoteKind,
    /// What the reader wrote, of several lines; empty for a bare highlight.
    pub text: String,
    pub tags: Vec<String>,
    pub color: Option<Color>,
    /// `relation:id`.
    pub links: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NoteKind {
    #[default]
    Highlight,
    Note,
    Question,
    Bookmark,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Color {
    #[default]
    Yellow,
    Green,
    Blue,
    Red,
    Purple,
}

/// An `[[actor]]`: only what differs from the automatic reading.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ActorCorrection {
    /// The actor's id in the analysis.
    pub actor: String,
    pub name: String,
    /// Other names that stand for it; an actor of the automatic reading with one of these names is merged into it.
    pub aka: Vec<String>,
    pub role: Option<String>,
    /// The id of the party it speaks for.
    pub speaks_for: Option<String>,
    pub state: Verdict,
    /// The names of the automatic reading's actors that were merged.
    pub split: Vec<String>,
}

/// A `[[position]]`: confirmed, corrected, rejected, or added by hand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PositionCorrection {
    /// The id of the actor.
    pub actor: Option<String>,
    /// The id of the person who spoke for it.
    pub via: Option<String>,
    pub act: Option<Act>,
    pub to: Vec<String>,
    pub issue: Vec<String>,
    /// The reader's own short wording.
    pub gist: Option<String>,
    pub state: Verdict,
    /// The automatic reading, kept so that the correction can be applied again.
    pub was_act: Option<Act>,
    pub was_actor: Option<String>,
    /// The ids of the positions (entries) it answers.
    pub answers: Vec<String>,
    pub text: String,
    pub tags: Vec<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Verdict {
    #[default]
    Confirmed,
    Corrected,
    Rejected,
    Added,
}

words!(NoteKind { Highlight "highlight", Note "note", Question "question", Bookmark "bookmark" });
words!(Color { Yellow "yellow", Green "green", Blue "blue", Red "red", Purple "purple" });
words!(Verdict { Confirmed "confirmed", Corrected "corrected", Rejected "rejected", Added "added" });

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fresh_id_is_not_taken() {
        let taken = Id("000000".into());
        let mut numbers = [0, 0, 0, 0, 0, 0, 20, 7, 26, 2, 19, 33].into_iter();
        let id = Id::fresh(|id| *id == taken, |_| numbers.next().unwrap());
        assert_eq!(id, Id("m7t2k1".into()));
    }
}
