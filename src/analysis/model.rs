//! The words of an analysis: actors, mentions, positions, answers. Plain data over byte spans.

use super::Act;
use super::cue::Form as Frame;
use super::language::Language;
use crate::text::{Offset, Span};

/// Everything the program reads from one document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Analysis {
    /// The most involved first.
    pub actors: Vec<Actor>,
    /// In reading order: by first span of source, cue and content.
    pub positions: Vec<Position>,
    /// What the text itself leaves open ("it is unclear whether …"), in its own words.
    pub open: Vec<Span>,
    /// What the text looks like; English where nobody looked.
    pub language: Language,
    /// Nothing was read, because of the language.
    pub skipped: bool,
    /// What of the text was read; absent when all of it was.
    pub part: Option<Span>,
}

impl Analysis {
    /// Returns the analysis of a part of a text as one of the text, in which the part begins at an offset.
    pub fn moved(mut self, by: Offset) -> Analysis {
        let positions = self.positions.iter_mut();
        let words = positions.flat_map(|p| [&mut p.source, &mut p.cue, &mut p.content]).flatten();
        let mentions = self.actors.iter_mut().flat_map(|actor| &mut actor.mentions).map(|mention| &mut mention.span);
        for span in words.chain(mentions).chain(&mut self.open) {
            *span = Span::new(span.start + by, span.end + by);
        }
        self
    }
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
    pub grounds: Grounds,
}

impl Position {
    /// Returns the confidence in whole hundredths, rounded down: what is told as 0.75 is no less.
    pub fn hundredths(&self) -> u32 {
        // What was written as 0.29 is a little less in binary.
        const SLIP: f32 = 1e-3;
        (self.confidence * 100.0 + SLIP) as u32
    }

    /// Returns a position of which nothing is known but its act and its words.
    pub fn of(id: impl Into<String>, act: Act, content: Vec<Span>) -> Position {
        Position {
            id: id.into(),
            actors: Vec::new(),
            speaks_for: Vec::new(),
            act,
            negated: false,
            hedged: false,
            quote: Quote::Indirect,
            addressees: Vec::new(),
            source: Vec::new(),
            cue: Vec::new(),
            content,
            answers: Vec::new(),
            nested_in: None,
            rule: "",
            confidence: 1.0,
            grounds: Grounds::default(),
        }
    }

    /// Returns the smallest span that covers source, cue and content.
    pub fn extent(&self) -> Span {
        let parts = self.source.iter().chain(&self.cue).chain(&self.content).copied();
        parts.reduce(Span::join).unwrap_or_default()
    }
}

/// What a position rests on besides its words, for whoever asks why it is there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grounds {
    /// How the content follows the cue; absent where no cue's frame was looked at.
    pub frame: Option<Frame>,
    /// The cue is denied, and its act is the one that its denial stands for: "did not say" withholds.
    pub by_denial: bool,
    /// What the confidence is made of, in the order in which it was weighed.
    pub reasons: Vec<Reason>,
}

/// One thing that made a position surer or less sure. The amounts of all reasons add up to the confidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reason {
    /// A phrase: "its source is a pronoun".
    pub what: &'static str,
    pub amount: f32,
}

impl Grounds {
    /// Returns the confidence that the reasons come to.
    pub fn confidence(&self) -> f32 {
        self.reasons.iter().map(|reason| reason.amount).sum()
    }

    /// Returns these grounds with the confidence multiplied, for a reason.
    pub fn times(mut self, factor: f32, what: &'static str) -> Grounds {
        let amount = self.confidence() * (factor - 1.0);
        if amount != 0.0 {
            self.reasons.push(Reason { what, amount });
        }
        self
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
    pub why: Why,
}

/// Why a position is taken for an answer to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Why {
    /// "Those demands", "the proposal".
    PointsBack,
    /// Its content is nothing but a noun of the other one.
    NamesIt,
    /// Both are about the same stretch of text.
    SameWords,
    /// Whoever was addressed speaks of the same matter.
    SameMatter,
    /// Whoever was addressed speaks, with some words in common.
    LikeMatter,
    /// Whoever was addressed speaks.
    Addressed,
    /// It stands beside it, and its act can answer it.
    Beside,
    /// The text calls it a reply, and whoever was addressed gives it.
    IsReply,
    /// The other one stands inside it: "responded to the demand that …".
    HoldsIt,
    /// The same party says the same again.
    SaidAgain,
    /// The reader linked them.
    Reader,
}

impl Why {
    /// Returns the reason as a phrase behind "because".
    pub fn says(self) -> &'static str {
        match self {
            Why::PointsBack => "it points back at it, as “those demands” does",
            Why::NamesIt => "it speaks of nothing but what the other one names",
            Why::SameWords => "both are about the same words of the text",
            Why::SameMatter => "whoever was addressed speaks of the same matter",
            Why::LikeMatter => "whoever was addressed speaks, with some words in common",
            Why::Addressed => "whoever was addressed speaks next to it",
            Why::Beside => "it stands beside it, and such an act answers such another",
            Why::IsReply => "the text calls it a reply, and whoever was addressed gives it",
            Why::HoldsIt => "the text says that it responds to it",
            Why::SaidAgain => "the same party says the same again",
            Why::Reader => "you linked them",
        }
    }
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
words!(Why {
    PointsBack "points-back", NamesIt "names-it", SameWords "same-words", SameMatter "same-matter",
    LikeMatter "like-matter", Addressed "addressed", Beside "beside", IsReply "is-reply", HoldsIt "holds-it", SaidAgain "said-again", Reader "reader",
});
words!(How {
    Answers "answers", Meets "meets", Accepts "accepts", Rejects "rejects",
    Counters "counters", Softens "softens", Repeats "repeats",
});
