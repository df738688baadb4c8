//! An analysis written as text beside an article, so that a screen can be tested without the extraction.
//!
//! ```text
//! actor harbour organisation "Harbour Board": Harbour Board, the board
//! actor blom person "Anna Blom" for harbour: Anna Blom
//! position blom demands to crew: Anna Blom | demanded | that the crew go back to work
//! position crew refuses answers 1 rejects: the crew | refused | to go back
//! open: nobody knows when
//! foreign: French
//! ```
//!
//! Mentions are all places of a form. The words of a position are looked for after those of the position before it,
//! from its source on; an empty part is absent. Positions are counted from 1.

use demarche::analysis::cue::Form as Frame;
use demarche::analysis::{
    Act, Actor, ActorId, ActorKind, Analysis, Answer, Form, Grounds, How, Language, Mention, Position, PositionId,
    Quote, Reason, Why,
};
use demarche::text::Span;

/// Reads the lines of an analysis over a text.
pub fn analysis(text: &str, lines: &str) -> Analysis {
    let mut reader = Reader { text, at: 0, analysis: Analysis::default() };
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let (head, rest) = line.split_once(':').unwrap_or_else(|| panic!("no colon in {line:?}"));
        match head.split_whitespace().next() {
            Some("actor") => reader.actor(head, rest),
            Some("position") => reader.position(head, rest),
            Some("foreign") => {
                let name = rest.trim().to_owned().leak();
                reader.analysis.language = Language { code: "und", name };
                reader.analysis.skipped = true;
            }
            Some("open") => {
                let span = reader.find(rest.trim(), 0);
                reader.analysis.open.push(span);
            }
            _ => panic!("what is {line:?}?"),
        }
    }
    reader.analysis
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    analysis: Analysis,
}

impl Reader<'_> {
    fn find(&self, words: &str, from: usize) -> Span {
        let at = self.text[from..].find(words).unwrap_or_else(|| panic!("{words:?} is not in the text after {from}"));
        Span::new(from + at, from + at + words.len())
    }

    fn id(&self, id: &str) -> ActorId {
        let found = self.analysis.actors.iter().position(|actor| actor.id == id);
        ActorId(found.unwrap_or_else(|| panic!("no actor {id}")))
    }

    fn actor(&mut self, head: &str, forms: &str) {
        let (before, after) = head.split_once('"').expect("a name in quotation marks");
        let (name, after) = after.split_once('"').expect("a name in quotation marks");
        let words: Vec<&str> = before.split_whitespace().collect();
        let forms: Vec<&str> = forms.split(',').map(str::trim).filter(|form| !form.is_empty()).collect();
        let mut mentions: Vec<Mention> = Vec::new();
        for form in &forms {
            let found = self.text.match_indices(form).map(|(at, form)| Span::new(at, at + form.len()));
            let new = found.filter(|span| !mentions.iter().any(|mention| mention.span.overlaps(*span)));
            mentions.extend(new.collect::<Vec<_>>().into_iter().map(|span| Mention { span, form: Form::Name }));
        }
        mentions.sort_by_key(|mention| mention.span);
        let acts_for = after.split_whitespace().nth(1).map(|id| self.id(id));
        self.analysis.actors.push(Actor {
            id: words[1].to_owned(),
            name: name.to_owned(),
            kind: ActorKind::from_word(words[2]).expect("a kind of actor"),
            role: None,
            acts_for,
            aliases: forms.iter().map(|form| (*form).to_owned()).collect(),
            mentions,
        });
    }

    fn position(&mut self, head: &str, parts: &str) {
        let words: Vec<&str> = head.split_whitespace().collect();
        let parts: Vec<&str> = parts.split('|').map(str::trim).collect();
        let after = |word: &str| words.iter().position(|w| *w == word).map(|at| &words[at + 1..]);
        let from = self.at;
        let first = parts.iter().filter(|part| !part.is_empty()).map(|part| self.find(part, from).start).min();
        self.at = first.expect("a position has words");
        let piece = |part: &str| if part.is_empty() { Vec::new() } else { vec![self.find(part, self.at)] };
        let content = piece(parts[2]);
        let is_quoted = content.first().is_some_and(|span| self.text[..span.start].ends_with('“'));
        let answers = after("answers").map(|words| Answer {
            position: PositionId(words[0].parse::<usize>().expect("the number of a position") - 1),
            how: How::from_word(words[1]).expect("how it answers"),
            certain: !words.contains(&"perhaps"),
            why: if words.contains(&"perhaps") { Why::LikeMatter } else { Why::SameWords },
        });
        let confidence = if words.contains(&"possible") { 0.4 } else { 0.9 };
        let mut grounds =
            Grounds { frame: Some(Frame::Clause), by_denial: words.contains(&"denied"), reasons: Vec::new() };
        grounds.reasons.push(Reason { what: "its rule and act", amount: 0.9 });
        let grounds = grounds.times(confidence / 0.9, "its cue often means something else");
        let position = Position {
            id: format!("p{}", self.analysis.positions.len() + 1),
            actors: vec![self.id(words[1])],
            speaks_for: self.analysis.actors[self.id(words[1]).0].acts_for.into_iter().collect(),
            act: Act::from_word(words[2]).expect("an act"),
            negated: words.contains(&"not"),
            hedged: false,
            quote: if is_quoted { Quote::Direct } else { Quote::Indirect },
            addressees: after("to").map(|ids| self.id(ids[0])).into_iter().collect(),
            source: piece(parts[0]),
            cue: piece(parts[1]),
            content,
            answers: answers.into_iter().collect(),
            nested_in: None,
            rule: "clause",
            confidence,
            grounds,
        };
        self.analysis.positions.push(position);
    }
}
