//! The closed list of acts: what a position does, chosen by its cue and never by sentiment.
//!
//! The list follows the event codes of CAMEO and PLOVER where they have a class and splits what they leave whole.

use super::model::words;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Asserts a fact or a view; also believes.
    Says,
    /// Requests, without a claim to compliance.
    Asks,
    /// Requires another to act or to stop.
    Demands,
    /// Puts forward a plan, measure or concession.
    Offers,
    /// Agrees, consents, concedes, meets a demand.
    Accepts,
    /// Rejects a demand or offer, declines to do.
    Refuses,
    /// Binds itself to act or not to act.
    Commits,
    /// Announces harm or cost.
    Warns,
    /// Rejects that something is true or intended.
    Denies,
    /// Blames, alleges, charges.
    Accuses,
    /// Is against, criticises, condemns.
    Opposes,
    /// Is for, praises, welcomes, supports.
    Backs,
    /// Predicts, judges likely, hopes with no addressee.
    Expects,
    /// Has an aim, without addressee and without speech.
    Wants,
    /// Declines to say or to publish.
    Withholds,
    /// A reported deed that answers or escalates.
    Does,
}

words!(Act {
    Says "says", Asks "asks", Demands "demands", Offers "offers", Accepts "accepts", Refuses "refuses",
    Commits "commits", Warns "warns", Denies "denies", Accuses "accuses", Opposes "opposes", Backs "backs",
    Expects "expects", Wants "wants", Withholds "withholds", Does "does",
});

impl Act {
    /// Returns the sign of the act, one column wide.
    pub fn sign(self) -> &'static str {
        SIGNS[self as usize].0
    }

    /// Returns the sign for terminals without Unicode.
    pub fn ascii(self) -> &'static str {
        SIGNS[self as usize].1
    }
}

/// In the order of the variants.
const SIGNS: [(&str, &str); 16] = [
    ("“", "\""),
    ("?", "?"),
    ("!", "!"),
    ("+", "+"),
    ("✓", "v"),
    ("✗", "x"),
    ("»", ">"),
    ("▲", "^"),
    ("¬", "~"),
    ("‼", "@"),
    ("–", "-"),
    ("○", "o"),
    ("~", "="),
    ("◇", "*"),
    ("…", "_"),
    ("•", "."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_differ() {
        for (i, a) in Act::ALL.iter().enumerate() {
            for b in &Act::ALL[i + 1..] {
                assert_ne!(a.sign(), b.sign(), "{a:?} and {b:?}");
                assert_ne!(a.ascii(), b.ascii(), "{a:?} and {b:?}");
            }
        }
    }
}
