//! The cues of the reader's own `lexicon.toml`: words that tie something to a party, with the act each stands for.
//!
//! ```toml
//! [[cue]]
//! word = "moot"                # or two words: "float up"
//! act = "offers"
//! kind = "verb"                # verb, noun, adjective
//! frames = "quote that np ing" # how its content follows; left out, what is usual for the act
//! ```

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::user::Reading;
use crate::analysis::Act;
use crate::analysis::cue::{Class, Cues, is_frame};

const KEYS: &[&str] = &["word", "act", "kind", "frames"];
const CLASSES: &[(&str, Class)] = &[("verb", Class::Verb), ("noun", Class::Noun), ("adjective", Class::Adjective)];

impl Reading<'_> {
    pub fn read_cues(&mut self, entries: &Spanned<DeValue>) {
        let Some(list) = entries.get_ref().as_array() else {
            return self.slips.report(entries.span().start, "'cue' is not a list".into(), Some("write [[cue]]".into()));
        };
        let mut cues = self.lexicon.cues().clone();
        for entry in list.iter() {
            match entry.get_ref().as_table() {
                Some(table) => self.read_cue(&mut cues, table, entry.span().start),
                None => self.slips.report(entry.span().start, "a cue is a table".into(), Some("write [[cue]]".into())),
            }
        }
        self.lexicon.own_cues = Some(Box::new(cues));
    }

    fn read_cue(&mut self, cues: &mut Cues, table: &DeTable, at: usize) {
        for (key, _) in table.iter() {
            if !KEYS.contains(&key.get_ref().as_ref()) {
                self.slips.report_unknown("key", key.get_ref(), key.span().start, KEYS);
            }
        }
        let Some(word) = table.get("word") else { return self.slips.report(at, "a cue without 'word'".into(), None) };
        let Some(lemma) = word.get_ref().as_str().filter(|word| word.chars().any(char::is_alphabetic)) else {
            return self.slips.report(word.span().start, "'word' is not a word".into(), None);
        };
        let Some(act) = table.get("act") else { return self.slips.report(at, "a cue without 'act'".into(), None) };
        let acts: Vec<&str> = Act::ALL.iter().map(|act| act.word()).collect();
        let Some(act) = self.one_of("act", act, &acts).and_then(Act::from_word) else { return };
        let classes: Vec<&str> = CLASSES.iter().map(|(word, _)| *word).collect();
        let class = match table.get("kind") {
            Some(kind) => match self.one_of("kind", kind, &classes) {
                Some(word) => CLASSES.iter().find(|(known, _)| *known == word).map_or(Class::Verb, |(_, class)| *class),
                None => return,
            },
            None => Class::Verb,
        };
        let frames = match table.get("frames") {
            Some(frames) => self.read_frames(frames),
            None => usual_frames(act, class).to_owned(),
        };
        cues.put(class, &lemma.to_lowercase(), act, &frames);
    }

    fn one_of<'w>(&mut self, what: &str, value: &'w Spanned<DeValue>, known: &[&str]) -> Option<&'w str> {
        let word = value.get_ref().as_str().unwrap_or_default();
        if known.contains(&word) {
            return Some(word);
        }
        self.slips.report_unknown(what, word, value.span().start, known);
        None
    }

    /// Returns the frames that are known, and reports the others.
    fn read_frames(&mut self, frames: &Spanned<DeValue>) -> String {
        let at = frames.span().start;
        let Some(words) = frames.get_ref().as_str() else {
            self.slips.report(at, "'frames' is not a line of words".into(), Some("frames = \"quote that np\"".into()));
            return String::new();
        };
        let (known, unknown): (Vec<&str>, Vec<&str>) = words.split_whitespace().partition(|word| is_frame(word));
        for word in unknown {
            self.slips.report_unknown("frame", word, at, crate::analysis::cue::FRAMES);
        }
        known.join(" ")
    }
}

/// How content usually follows a cue of an act.
fn usual_frames(act: Act, class: Class) -> &'static str {
    match (class, act) {
        (Class::Noun, _) => "that to of for",
        (Class::Adjective, _) => "that to of about to+np",
        (_, Act::Says | Act::Expects | Act::Denies) => "quote that np as",
        (_, Act::Asks | Act::Demands) => "quote that should to np np+to for as",
        (_, Act::Offers) => "quote that should to np ing as",
        (_, Act::Commits | Act::Wants) => "quote that to np as",
        (_, Act::Warns) => "quote that np+that np of np+of",
        (_, Act::Accuses) => "quote that np+of np+for np",
        (_, Act::Accepts | Act::Refuses) => "quote that to np ing",
        (_, Act::Opposes | Act::Backs) => "quote that np ing",
        (_, Act::Withholds) => "to wh np",
        (_, Act::Does) => "np",
    }
}
