//! What the acts are in the code books of event data: their class in CAMEO, and towards or against whom they lean.

use crate::analysis::{Act, Position};

/// The codes of an act.
pub struct Code {
    /// The root or the nearest class of CAMEO; empty when only the deed itself decides.
    pub cameo: &'static str,
    /// `+` cooperates, `-` confronts, `0` neither.
    pub polarity: &'static str,
    /// Whether the actor is for what the words say.
    pub agrees: bool,
}

/// Returns the codes of a position. What is negated ("did not refuse") turns its agreement round and leans nowhere.
pub fn code_of(position: &Position) -> Code {
    let (cameo, polarity, agrees) = CODES[position.act as usize];
    let polarity = if position.negated { "0" } else { polarity };
    Code { cameo, polarity, agrees: agrees != position.negated }
}

/// In the order of the acts.
const CODES: [(&str, &str, bool); Act::ALL.len()] = [
    ("01", "0", true),   // says
    ("02", "0", true),   // asks
    ("10", "-", true),   // demands
    ("03", "+", true),   // offers
    ("03", "+", true),   // accepts
    ("12", "-", false),  // refuses
    ("03", "+", true),   // commits
    ("13", "-", false),  // warns
    ("016", "0", false), // denies
    ("112", "-", false), // accuses
    ("11", "-", false),  // opposes
    ("05", "+", true),   // backs
    ("01", "0", true),   // expects
    ("10", "0", true),   // wants
    ("011", "0", false), // withholds
    ("", "0", true),     // does
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_have_the_codes_of_their_names() {
        let code = |act: Act| CODES[act as usize];
        assert_eq!(code(Act::Refuses), ("12", "-", false));
        assert_eq!(code(Act::Backs), ("05", "+", true));
        assert_eq!(code(Act::Does), ("", "0", true));
    }
}
