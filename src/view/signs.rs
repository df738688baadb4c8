//! The signs of the frame: one set, and one for terminals without Unicode.

use std::borrow::Cow;

use crate::analysis::Act;
use crate::annotation::{NoteKind, Verdict};
use crate::app::exchange::Outcome;

/// Every sign that the program itself draws; each is one column wide but `cut`.
#[derive(Debug)]
pub struct Signs {
    pub bar: &'static str,
    pub rule: &'static str,
    pub divider: &'static str,
    /// The corners of a box: left and right above, left and right below.
    pub corners: [&'static str; 4],
    /// Something was left out here.
    pub cut: &'static str,
    pub selected: &'static str,
    pub open: &'static str,
    pub closed: &'static str,
    pub paragraph: &'static str,
    pub dot: &'static str,
    pub answers: &'static str,
    pub may_answer: &'static str,
    pub repeats: &'static str,
    pub quoted: &'static str,
    pub quotes: [&'static str; 2],
    pub bullet: &'static str,
    pub quotation: &'static str,
    /// A party that was not asked.
    pub dash: &'static str,
    pub hyphen: &'static str,
    /// Highlight, note, question, bookmark.
    notes: [&'static str; 4],
    /// Confirmed, corrected, rejected, added.
    verdicts: [&'static str; 4],
    ascii: bool,
}

pub const UNICODE: Signs = Signs {
    bar: "▌",
    rule: "─",
    divider: "│",
    corners: ["┌", "┐", "└", "┘"],
    cut: "…",
    selected: "▸",
    open: "▾",
    closed: "▹",
    paragraph: "¶",
    dot: "·",
    answers: "↳",
    may_answer: "⇄",
    repeats: "=",
    quoted: "“",
    quotes: ["“", "”"],
    bullet: "•",
    quotation: "│",
    dash: "—",
    hyphen: "-",
    notes: ["○", "●", "?", "⚑"],
    verdicts: ["✔", "✎", "✗", "✎"],
    ascii: false,
};

pub const ASCII: Signs = Signs {
    bar: "|",
    rule: "-",
    divider: "|",
    corners: ["+", "+", "+", "+"],
    cut: "...",
    selected: ">",
    open: "-",
    closed: "+",
    paragraph: "P",
    dot: "-",
    answers: "<",
    may_answer: "?",
    repeats: "=",
    quoted: "\"",
    quotes: ["\"", "\""],
    bullet: "*",
    quotation: "|",
    dash: "-",
    hyphen: "-",
    notes: ["o", "*", "?", "^"],
    verdicts: ["v", "~", "x", "~"],
    ascii: true,
};

/// Signs in the program's own sentences, and what stands for them.
const PLAIN: [(&str, &str); 5] = [("“", "\""), ("”", "\""), ("’", "'"), ("−", "-"), ("¶", "P")];

impl Signs {
    pub fn act(&self, act: Act) -> &'static str {
        if self.ascii { act.ascii() } else { act.sign() }
    }

    pub fn outcome(&self, outcome: Outcome) -> &'static str {
        if self.ascii { outcome.ascii() } else { outcome.sign() }
    }

    /// Returns a text of the program's own in the signs of this set.
    pub fn spell<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if !self.ascii || text.is_ascii() {
            return Cow::Borrowed(text);
        }
        let mut text = text.replace('…', self.cut);
        for (sign, plain) in PLAIN {
            text = text.replace(sign, plain);
        }
        let act = Act::ALL.iter().find(|act| text.strip_prefix(act.sign()).is_some_and(|rest| rest.starts_with(' ')));
        Cow::Owned(act.map_or(text.clone(), |act| text.replacen(act.sign(), act.ascii(), 1)))
    }

    pub fn note(&self, kind: NoteKind) -> &'static str {
        match kind {
            NoteKind::Highlight => self.notes[0],
            NoteKind::Note => self.notes[1],
            NoteKind::Question => self.notes[2],
            NoteKind::Bookmark => self.notes[3],
        }
    }

    pub fn verdict(&self, verdict: Verdict) -> &'static str {
        match verdict {
            Verdict::Confirmed => self.verdicts[0],
            Verdict::Corrected => self.verdicts[1],
            Verdict::Rejected => self.verdicts[2],
            Verdict::Added => self.verdicts[3],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_without_unicode_are_ascii() {
        let text = format!("{ASCII:?}");
        assert!(text.is_ascii(), "{text}");
    }
}
