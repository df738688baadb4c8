//! What each rule looks for, in words for a reader who wants to know why.

use super::{phrase, verbless};
use crate::analysis::position::{BARE, OBLIGATION, VERDICT};

/// Returns what a rule looks for; `None` when there is no rule of that name.
pub fn describe(rule: &str) -> Option<&'static str> {
    DESCRIPTIONS.iter().find(|(name, _)| *name == rule).map(|(_, description)| *description)
}

const DESCRIPTIONS: &[(&str, &str)] = &[
    ("comment", "a cue beside what it comments on, such as: “as the council has demanded”"),
    ("direct-speech", "a quotation beside its cue, such as: “We will stay,” she said"),
    ("judgement", "a verb, what it judges, and the judgement, such as: called the plan “a disaster”"),
    (
        "inserted",
        "a cue set into what it reports, without quotation marks, such as: the road, the mayor said, is closed",
    ),
    ("clause", "a verb and a clause, such as: said that it was safe"),
    ("withheld", "a verb of publishing that is negated, such as: would not release its reply"),
    ("infinitive", "a verb and an infinitive, such as: refused to leave"),
    ("object-infinitive", "a verb, whom it is put to, and an infinitive, such as: urged the council to vote"),
    ("preposition-infinitive", "a verb, a preposition and an infinitive, such as: called on the mayor to resign"),
    ("preposition", "a verb and a preposition, such as: called for a ban"),
    ("passive", "a passive with its agent, such as: was rejected by the council"),
    ("unsourced", "a passive that names nobody, such as: is expected to close"),
    ("object", "a verb and its object, such as: rejected the plan"),
    ("relative", "a cue in a relative clause on its content, such as: the plan the council rejected"),
    ("light-verb", "a noun whose verb adds nothing, such as: made proposals for a bridge"),
    ("noun", "a noun and whose it is, such as: the union’s demand that the depot reopen"),
    ("adjective", "an adjective that is said of somebody, such as: is opposed to the plan"),
    (phrase::NAME, "a phrase that names a source, such as: according to the mayor"),
    (verbless::NAME, "a quotation and a name without a verb, such as: “It is safe,” Ms. Ruiz"),
    (OBLIGATION, "what somebody says that another must do, as a demand of its own"),
    (VERDICT, "what somebody calls unacceptable, as a refusal of its own"),
    (BARE, "a verb alone, right behind what was asked, as its answer"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::attribution::RULES;

    #[test]
    fn every_rule_has_its_words() {
        let others = [phrase::NAME, verbless::NAME, OBLIGATION, VERDICT, BARE];
        for rule in RULES.iter().map(|rule| rule.name).chain(others) {
            assert!(describe(rule).is_some(), "src/analysis/attribution/describe.rs says nothing of {rule}");
        }
        assert_eq!(DESCRIPTIONS.len(), RULES.len() + others.len());
        assert_eq!(describe("sings"), None);
    }
}
