//! Why a position is there, in plain words: what `--explain` prints, and what the reader shows when asked.

use super::attribution::describe;
use super::cue::Form as Frame;
use super::model::{Analysis, Form, Position};

/// What the source of a position is to the program; a position is the surer the more is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Named,
    Pronoun,
    Unknown,
    Nobody,
}

impl Holder {
    pub fn of(analysis: &Analysis, position: &Position) -> Holder {
        let is_pronoun = || {
            let held = position.actors.iter().flat_map(|actor| &analysis.actors[actor.0].mentions);
            let pronouns = held.filter(|mention| mention.form == Form::Pronoun);
            pronouns.map(|mention| mention.span).any(|span| position.source.contains(&span))
        };
        match (position.source.is_empty(), position.actors.is_empty()) {
            (true, _) => Holder::Nobody,
            (false, true) => Holder::Unknown,
            (false, false) if is_pronoun() => Holder::Pronoun,
            (false, false) => Holder::Named,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Holder::Named => "named",
            Holder::Pronoun => "pronoun",
            Holder::Unknown => "unknown",
            Holder::Nobody => "nobody",
        }
    }

    pub fn says(self) -> &'static str {
        match self {
            Holder::Named => "the source is a known actor",
            Holder::Pronoun => "the source is a pronoun",
            Holder::Unknown => "the source is no known actor",
            Holder::Nobody => "no source",
        }
    }
}

/// Returns what the rule of a position looks for: "a verb and an infinitive, such as: refused to leave".
pub fn rule(position: &Position) -> &'static str {
    describe(position.rule).unwrap_or(position.rule)
}

/// Returns how the content follows the cue, as a phrase behind "with".
pub fn frame(position: &Position) -> Option<String> {
    let words = match position.grounds.frame.as_ref()? {
        Frame::Quotation => "a quotation",
        Frame::Clause => "a clause",
        Frame::Prospect => "a clause about what another will do",
        Frame::Obligation => "a clause that says what another is to do",
        Frame::Question => "a question",
        Frame::Infinitive => "an infinitive",
        Frame::Speaking => "an infinitive of speaking",
        Frame::Gerund => "a form in -ing",
        Frame::Object => "an object",
        Frame::Anaphor => "“so” or nothing",
        Frame::Withheld => "what is not made public",
        Frame::Drawn => "what is not spoken of",
        Frame::Unsourced => "a passive that names nobody",
        Frame::Comment => "what it comments on",
        Frame::Preposition(word) => return Some(format!("“{word}” and what follows it")),
        Frame::PrepositionInfinitive(word) => return Some(format!("“{word}” and an infinitive")),
    };
    Some(words.to_owned())
}

/// Returns what is to be said of an act besides its name: what became of a denial, and whether the text is sure.
pub fn remarks(position: &Position) -> Vec<&'static str> {
    let remarks = [
        (position.grounds.by_denial, "its cue is denied, and the act is what that stands for"),
        (position.negated, "its cue is denied: the act was not done"),
        (position.hedged, "the text itself is not sure of it"),
    ];
    remarks.into_iter().filter(|(holds, _)| *holds).map(|(_, remark)| remark).collect()
}

/// Returns a part of a confidence as it is shown: the first as it is, what moves it with its sign.
pub fn amount(index: usize, amount: f32) -> String {
    match index {
        0 => format!("{amount:.2}"),
        _ if amount < 0.0 => format!("−{:.2}", -amount),
        _ => format!("+{amount:.2}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyze;
    use crate::analysis::lexicon::Lexicon;
    use crate::document::plain;

    /// Reads one position and expects its frame, its remarks, and reasons that add up to its confidence.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let analysis = analyze(&plain::read(text.to_owned()), Lexicon::embedded());
        let [position] = &analysis.positions[..] else { panic!("one position: {:#?}", analysis.positions) };
        let found = [frame(position).unwrap_or_default(), remarks(position).join(", ")].join("; ");
        assert_eq!(found, expected);
        let sum = position.grounds.confidence();
        assert!((sum - position.confidence).abs() < 0.001, "{sum} is not {}", position.confidence);
    }

    #[test]
    fn the_frame_and_the_denial_are_told() {
        check("Norway refused to leave the valley at once.", "an infinitive; ");
        check("Ana Ruiz called for a ban on heavy trucks.", "“for” and what follows it; ");
        check("Norway has not moved from its refusal to leave the valley.", "an infinitive; ");
        check(
            "The ministry did not say when the road would open.",
            "a question; its cue is denied, and the act is what that stands for",
        );
        check("Norway did not demand that Sweden close the road.", "a clause; its cue is denied: the act was not done");
        check("Norway may demand that Sweden close the road.", "a clause; the text itself is not sure of it");
    }

    #[test]
    fn what_is_read_out_of_words_has_the_speakers_reasons_and_one_more() {
        let text = "Ana Ruiz said that Sweden must close the road in May.";
        let analysis = analyze(&plain::read(text.to_owned()), Lexicon::embedded());
        let demand = analysis.positions.iter().find(|position| position.rule == "obligation").expect("a demand");
        assert_eq!(frame(demand), None);
        let last = demand.grounds.reasons.last().expect("reasons");
        assert!(last.amount < 0.0 && last.what.contains("read out of"), "{last:?}");
        assert!((demand.grounds.confidence() - demand.confidence).abs() < 0.001);
    }

    #[test]
    fn amounts_have_signs_but_for_the_first() {
        assert_eq!([amount(0, 0.88), amount(1, -0.04), amount(2, 0.03)], ["0.88", "−0.04", "+0.03"]);
    }
}
