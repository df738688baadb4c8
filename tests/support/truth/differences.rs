//! What the program gets wrong in an article, a line each, quoting the words.

use demarche::analysis::{ActorId, Analysis, Position};
use demarche::text::Span;

use super::agreement::{Agreement, overlap};
use super::{Level, TruePosition, Truth};

/// Something that is read otherwise than a careful reader reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Where in the text it is.
    pub at: usize,
    pub kind: Kind,
    /// How sure the program is of what it found; 0 of what it missed.
    pub confidence: f32,
    /// What it is, on one line, without its kind.
    pub line: String,
}

/// The kinds of differences, the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Missed,
    Spurious,
    Actor,
    Act,
    Answer,
    Content,
}

impl Kind {
    pub const ALL: [Kind; 6] = [Kind::Missed, Kind::Spurious, Kind::Actor, Kind::Act, Kind::Answer, Kind::Content];

    pub fn word(self) -> &'static str {
        match self {
            Kind::Missed => "missed",
            Kind::Spurious => "spurious",
            Kind::Actor => "actor",
            Kind::Act => "act",
            Kind::Answer => "answer",
            Kind::Content => "content",
        }
    }
}

/// A content counts as read right when it shares so much with the true one.
const SAME: f64 = 0.9;

/// The most characters shown of a content.
const WIDTH: usize = 90;

/// Returns all differences, in reading order. A debatable position may be missed.
pub fn differences(truth: &Truth, analysis: &Analysis, agreement: &Agreement) -> Vec<Difference> {
    let reader = Reader { truth, analysis, agreement };
    let mut all = Vec::new();
    for (number, position) in truth.positions.iter().enumerate() {
        match agreement.found[number] {
            Some(found) => reader.compare(number, position, &analysis.positions[found], &mut all),
            None if position.level == Level::Optional => {}
            None => all.push(reader.missed(number, position)),
        }
    }
    let spurious = analysis.positions.iter().zip(&agreement.truth_of).filter(|(_, truth)| truth.is_none());
    all.extend(spurious.map(|(position, _)| reader.spurious(position)));
    all.sort_by(|a, b| (a.at, a.kind, &a.line).cmp(&(b.at, b.kind, &b.line)));
    all
}

struct Reader<'a> {
    truth: &'a Truth,
    analysis: &'a Analysis,
    agreement: &'a Agreement,
}

impl Reader<'_> {
    fn missed(&self, number: usize, position: &TruePosition) -> Difference {
        let level = if position.level == Level::Extra { " (extra)" } else { "" };
        let (actors, act) = (position.actors.join("+"), position.acts[0].word());
        let line = format!("{}{level}: {actors} {act} {}", number + 1, self.words(&position.content));
        Difference { at: position.extent().start, kind: Kind::Missed, confidence: 0.0, line }
    }

    fn spurious(&self, position: &Position) -> Difference {
        let (actors, act) = (self.names(&position.actors), position.act.word());
        let line = format!("{actors} {act} {}, by {}", self.words(&position.content), position.rule);
        let at = position.extent().start;
        Difference { at, kind: Kind::Spurious, confidence: position.confidence, line }
    }

    /// Adds what differs of a position that was found.
    fn compare(&self, number: usize, position: &TruePosition, found: &Position, all: &mut Vec<Difference>) {
        let words = self.words(&position.content);
        let mut add = |kind, what: String| {
            let line = format!("{}: {what}", number + 1);
            all.push(Difference { at: position.extent().start, kind, confidence: found.confidence, line });
        };
        if !self.agreement.right_actor(self.truth, position, found) {
            let (right, wrong) = (position.actors.join("+"), self.names(&found.actors));
            add(Kind::Actor, format!("{right}, not {wrong}: {words}"));
        }
        if !position.acts.contains(&found.act) {
            let right: Vec<&str> = position.acts.iter().map(|act| act.word()).collect();
            add(Kind::Act, format!("{}, not {}: {words}", right.join(" or "), found.act.word()));
        }
        for wrong in self.answers(number, position, found) {
            add(Kind::Answer, format!("{wrong}: {words}"));
        }
        let same = |content: &[Span]| overlap(&self.truth.text, content, &found.content) >= SAME;
        let goes_on =
            self.truth.continues(number) || self.truth.continues(number + 1) && same(&self.truth.joined(number));
        if !goes_on && !same(&position.content) {
            add(Kind::Content, format!("{words}, not {}", self.words(&found.content)));
        }
    }

    /// Returns what a position answers and was not found to, and the other way round. Links between positions of which one
    /// was not found are no errors of their own.
    fn answers(&self, number: usize, position: &TruePosition, found: &Position) -> Vec<String> {
        let mut wrong = Vec::new();
        for &(how, to) in &position.answers {
            let Some(home) = self.agreement.found[to] else { continue };
            match found.answers.iter().find(|answer| answer.position.0 == home) {
                None => wrong.push(format!("{} {}", how.word(), to + 1)),
                Some(answer) if answer.how != how => {
                    wrong.push(format!("{} {}, not {}", how.word(), to + 1, answer.how.word()));
                }
                Some(_) => {}
            }
        }
        for answer in &found.answers {
            let truth = self.agreement.truth_of[answer.position.0];
            let linked = |to: usize| {
                let back = self.truth.positions[to].answers.iter().any(|answer| answer.1 == number);
                back || position.answers.iter().any(|answer| answer.1 == to)
            };
            match truth {
                Some(to) if linked(to) => {}
                Some(to) => wrong.push(format!("not {} {}", answer.how.word(), to + 1)),
                None => {
                    let words = self.words(&self.analysis.positions[answer.position.0].content);
                    wrong.push(format!("not {} {words}", answer.how.word()));
                }
            }
        }
        wrong
    }

    fn names(&self, actors: &[ActorId]) -> String {
        let names: Vec<&str> = actors.iter().map(|actor| self.analysis.actors[actor.0].id.as_str()).collect();
        if names.is_empty() { "nobody".to_owned() } else { names.join("+") }
    }

    /// Returns the words of a content between marks of our own, not too many.
    fn words(&self, spans: &[Span]) -> String {
        let pieces: Vec<String> = spans
            .iter()
            .map(|span| span.of(&self.truth.text).split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        let all = pieces.join(" … ");
        match all.char_indices().nth(WIDTH) {
            Some((cut, _)) => format!("‹{}…›", &all[..cut]),
            None => format!("‹{all}›"),
        }
    }
}
