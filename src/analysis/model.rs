//! The words of an analysis: actors, mentions, positions, answers. Plain data over byte spans.

use super::Act;
use crate::text::Span;

/// Everything the program reads from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The most involved first.
    pub actors: Vec<Actor>,
    /// In reading order: by first span of source, cue and content.
    pub positions: Vec<Position>,
    /// What the text itself leaves open ("it is unclear whether …"), in its own words.
    pub open: Vec<Span>,
}

/// An index into [`Analysis::actors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActorId(pub usize);

/// An index into [`Analysis::positions`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PositionId(pub usize);

/// A person, organisation, state or group that can hold a position.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Stable over small edits of the text, from the name: `united-states`, `jens-stoltenberg`.
    pub id: String,
    /// The fullest form in the text, or the lexicon's name of a state or organisation.
    pub name: String,
    pub kind: ActorKind,
    /// "NATO secretary general", in the words of the text.
    pub role: Option<String>,
    /// The party it speaks for.
    pub acts_for: Option<ActorId>,
    /// Other forms that stand for it in this text, without pronouns.
    pub aliases: Vec<String>,
    /// In reading order.
    pub mentions: Vec<Mention>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActorKind {
    Person,
    Organisation,
    State,
    Group,
}

/// A span that refers to an actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    pub span: Span,
    pub form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Name,
    Title,
    Adjective,
    Seat,
    Pronoun,
}

/// An attribution resolved to actors, with an act and what it answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// `p1`, `p2`, … in reading order.
    pub id: String,
    pub actors: Vec<ActorId>,
    /// The parties the actors speak for.
    pub speaks_for: Vec<ActorId>,
    pub act: Act,
    pub negated: bool,
    pub hedged: bool,
    pub quote: Quote,
    pub addressees: Vec<ActorId>,
    /// Who, by which words, what: each in reading order, possibly in several pieces, possibly absent.
    pub source: Vec<Span>,
    pub cue: Vec<Span>,
    pub content: Vec<Span>,
    pub answers: Vec<Answer>,
    /// The position inside whose content this one stands.
    pub nested_in: Option<PositionId>,
    /// The rule that found it.
    pub rule: &'static str,
    /// 0 to 1.
    pub confidence: f32,
}

impl Position {
    /// Returns the smallest span that covers source, cue and content.
    pub fn extent(&self) -> Span {
        let parts = self.source.iter().chain(&self.cue).chain(&self.content).copied();
        parts.reduce(Span::join).unwrap_or_default()
    }
}

/// How much of a position's content stands in quotation marks: all of it, some, nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quote {
    Direct,
    Mixed,
    Indirect,
}

/// A link from a position to the one it answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    pub position: PositionId,
    pub how: How,
    /// The anaphor or the matter is the same (`↳`); otherwise only likely (`⇄ ?`).
    pub certain: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    Answers,
    Meets,
    Accepts,
    Rejects,
    Counters,
    Softens,
    Repeats,
}

/// Gives each variant its word at the interfaces: the record, the notes file, the screen.
macro_rules! words {
    ($type:ident { $($variant:ident $word:literal),* $(,)? }) => {
        impl $type {
            pub const ALL: &[$type] = &[$($type::$variant),*];

            pub fn word(self) -> &'static str {
                match self { $($type::$variant => $word),* }
            }

            /// Returns the variant of a word, `None` when there is none.
            pub fn from_word(word: &str) -> Option<$type> {
                $type::ALL.iter().copied().find(|variant| variant.word() == word)
            }
        }
    };
}
pub(crate) use words;

words!(ActorKind { Person "person", Organisation "organisation", State "state", Group "group" });
words!(Form { Name "name", Title "title", Adjective "adjective", Seat "seat", Pronoun "pronoun" });
words!(Quote { Direct "direct", Mixed "mixed", Indirect "indirect" });
words!(How {
    Answers "answers", Meets "meets", Accepts "accepts", Rejects "rejects",
    Counters "counters", Softens "softens", Repeats "repeats",
});
