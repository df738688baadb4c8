//! Cues: the words that tie a proposition to a party, with the act each stands for and how its content follows it.
//!
//! The list is `assets/cues.toml`, whose head explains its columns. Here it is read and looked up; which words of a
//! document are cues is decided by the rules in [`attribution`](super::attribution).

use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::Act;

/// All cues, by part of speech and lemma, with the small lists the rules read.
#[derive(Clone, Debug, Default)]
pub struct Cues {
    words: HashMap<(Class, String), Vec<Cue>>,
    pub phrases: Vec<Phrase>,
    pub lists: Lists,
}

/// The part of speech of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    Verb,
    Noun,
    Adjective,
}

/// A lemma, or a lemma with the particle that must follow it, and the frames it occurs in.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// "out" of "rule out"; `None` for a word alone.
    pub particle: Option<String>,
    pub frames: Vec<Frame>,
}

/// One way in which content follows a cue, with the act the cue then stands for.
#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub form: Form,
    /// An object stands before the content: "urged *him* to go".
    pub object: bool,
    /// Counts only when a known actor is the source.
    pub weak: bool,
    pub act: Act,
    /// The act under negation, where that is another one.
    pub negated: Option<Act>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Form {
    Quotation,
    Clause,
    /// A clause about what another will do, after "hope".
    Prospect,
    /// A clause that says what another is to do.
    Obligation,
    Question,
    Infinitive,
    /// The infinitive of a verb of speaking: "to comment".
    Speaking,
    Gerund,
    Object,
    Anaphor,
    /// The object of a verb of publishing, when it is negated.
    Withheld,
    /// The phrase of a negated passive: "would not be drawn on".
    Drawn,
    /// A passive that names nobody: "is expected to close".
    Unsourced,
    /// "as X has demanded".
    Comment,
    Preposition(String),
    /// "called on the mayor to resign".
    PrepositionInfinitive(String),
}

/// A cue of several words that is no verb, noun or adjective: "according to".
#[derive(Clone, Debug, PartialEq)]
pub struct Phrase {
    pub words: Vec<String>,
    pub act: Act,
}

/// Word lists that single rules read.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lists {
    pub light_verbs: HashSet<String>,
    pub plain_verbs: HashSet<String>,
    pub times: HashSet<String>,
    pub keeping_verbs: HashSet<String>,
    pub speaking_verbs: HashSet<String>,
    pub refusing_labels: HashSet<String>,
    pub documents: HashSet<String>,
    pub things: HashSet<String>,
    pub letters: HashSet<String>,
    pub reply_nouns: HashSet<String>,
    pub demand_nouns: HashSet<String>,
    pub offer_nouns: HashSet<String>,
    pub request_nouns: HashSet<String>,
    pub accusation_nouns: HashSet<String>,
    pub assertion_nouns: HashSet<String>,
    pub told_nouns: HashSet<String>,
    pub court_nouns: HashSet<String>,
    pub courts: HashSet<String>,
    pub pointing: HashSet<String>,
    pub pointers: HashSet<String>,
    pub contrasts: HashSet<String>,
    pub common_words: HashSet<String>,
    pub obligations: HashSet<String>,
    pub hedges: HashSet<String>,
    pub hedging_modals: HashSet<String>,
    pub hedging_verbs: HashSet<String>,
    pub negations: HashSet<String>,
    pub open_adjectives: HashSet<String>,
}

impl Cues {
    /// Returns the cues the program brings.
    pub fn builtin() -> &'static Cues {
        static CUES: OnceLock<Cues> = OnceLock::new();
        CUES.get_or_init(|| {
            Cues::read(include_str!("../../assets/cues.toml")).expect("the cues in assets/ are well formed")
        })
    }

    /// Reads a list of cues, with what is wrong with it otherwise.
    pub fn read(toml: &str) -> Result<Cues, String> {
        let file: File = toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut cues = Cues { lists: file.lists, ..Cues::default() };
        for (class, groups) in [(Class::Verb, file.verb), (Class::Noun, file.noun), (Class::Adjective, file.adjective)]
        {
            for group in groups {
                cues.add(class, &group)?;
            }
        }
        for group in file.phrase {
            let act = group.act()?;
            let words = |lemma: &String| lemma.split_whitespace().map(str::to_owned).collect();
            cues.phrases.extend(group.lemmas.iter().map(|lemma| Phrase { words: words(lemma), act }));
        }
        Ok(cues)
    }

    fn add(&mut self, class: Class, group: &Group) -> Result<(), String> {
        let frames = group.frames()?;
        for lemma in &group.lemmas {
            let (word, particle) = split(lemma);
            let senses = self.words.entry((class, word.to_owned())).or_default();
            match senses.iter_mut().find(|cue| cue.particle == particle) {
                Some(cue) => cue.frames.extend(frames.iter().cloned()),
                None => senses.push(Cue { particle, frames: frames.clone() }),
            }
        }
        Ok(())
    }

    /// Puts a cue before those that are known: its frames decide. Words that are no frame are left out.
    pub fn put(&mut self, class: Class, lemma: &str, act: Act, frames: &str) {
        let frame = |word: &str| {
            let (word, weak) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
            let (form, object) = form(word);
            Frame { form, object, weak, act, negated: None }
        };
        let frames = frames.split_whitespace().filter(|word| is_frame(word)).map(frame);
        let (word, particle) = split(lemma);
        let senses = self.words.entry((class, word.to_owned())).or_default();
        match senses.iter_mut().find(|cue| cue.particle == particle) {
            Some(cue) => drop(cue.frames.splice(0..0, frames)),
            None => senses.push(Cue { particle, frames: frames.collect() }),
        }
    }

    /// Returns what a lemma can be: alone, and with each particle that makes another cue of it.
    pub fn of(&self, class: Class, lemma: &str) -> &[Cue] {
        // The key is a pair so that one table holds all classes; a lookup of a borrowed pair would need a wrapper type.
        self.words.get(&(class, lemma.to_owned())).map_or(&[], Vec::as_slice)
    }
}

impl Cue {
    /// Returns the first frame of a form; `object` says whether an object stands before the content.
    pub fn frame(&self, form: &Form, object: bool) -> Option<&Frame> {
        let fits = |frame: &&Frame| frame.form == *form && frame.object == object;
        // Where one group is sure of a frame and another is not, the sure one decides.
        self.frames.iter().filter(fits).find(|frame| !frame.weak).or_else(|| self.frames.iter().find(fits))
    }

    /// Returns the frame of a preposition.
    pub fn preposition(&self, word: &str, object: bool) -> Option<&Frame> {
        self.frames
            .iter()
            .find(|frame| frame.object == object && matches!(&frame.form, Form::Preposition(p) if p == word))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    verb: Vec<Group>,
    #[serde(default)]
    noun: Vec<Group>,
    #[serde(default)]
    adjective: Vec<Group>,
    #[serde(default)]
    phrase: Vec<Group>,
    #[serde(default)]
    lists: Lists,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    act: String,
    #[serde(default)]
    frames: String,
    negated: Option<String>,
    lemmas: Vec<String>,
}

impl Group {
    fn act(&self) -> Result<Act, String> {
        act(&self.act)
    }

    fn frames(&self) -> Result<Vec<Frame>, String> {
        let negated = self.negated.as_deref().map(act).transpose()?;
        let frame = |word: &str| {
            let (word, weak) = word.strip_suffix('?').map_or((word, false), |word| (word, true));
            let (form, object) = form(word);
            Ok(Frame { form, object, weak, act: self.act()?, negated })
        };
        self.frames.split_whitespace().map(frame).collect()
    }
}

/// Returns a lemma and its particle.
fn split(lemma: &str) -> (&str, Option<String>) {
    match lemma.split_once(' ') {
        Some((word, particle)) => (word, Some(particle.to_owned())),
        None => (lemma, None),
    }
}

/// The words of a column of frames; any of them may stand behind `np+`, a preposition also before `+to`.
pub const FRAMES: &[&str] = &[
    "quote",
    "that",
    "that-will",
    "should",
    "wh",
    "to",
    "ing",
    "np",
    "so",
    "as",
    "withheld",
    "drawn",
    "passive",
    "about",
    "against",
    "at",
    "behind",
    "by",
    "from",
    "for",
    "in",
    "into",
    "of",
    "on",
    "over",
    "to+np",
    "to+comment",
    "upon",
    "with",
];

/// Returns whether a word is a frame, as the head of `assets/cues.toml` explains them.
pub fn is_frame(word: &str) -> bool {
    let word = word.strip_suffix('?').unwrap_or(word);
    let word = word.strip_prefix("np+").unwrap_or(word);
    FRAMES.contains(&word.strip_suffix("+to").or(word.strip_suffix("+np")).unwrap_or(word)) || FRAMES.contains(&word)
}

fn act(word: &str) -> Result<Act, String> {
    Act::from_word(word).ok_or_else(|| format!("unknown act '{word}'"))
}

fn form(word: &str) -> (Form, bool) {
    match word.split_once('+') {
        // Behind an object "as" is the preposition: "described the plan as fair".
        Some(("np", "as")) => (Form::Preposition("as".to_owned()), true),
        Some(("np", rest)) => (form(rest).0, true),
        Some(("to", "comment")) => (Form::Speaking, false),
        Some((preposition, "np")) => (Form::Preposition(preposition.to_owned()), false),
        Some((preposition, _)) => (Form::PrepositionInfinitive(preposition.to_owned()), false),
        None => (simple_form(word), false),
    }
}

fn simple_form(word: &str) -> Form {
    match word {
        "quote" => Form::Quotation,
        "that" => Form::Clause,
        "that-will" => Form::Prospect,
        "should" => Form::Obligation,
        "wh" => Form::Question,
        "to" => Form::Infinitive,
        "ing" => Form::Gerund,
        "np" => Form::Object,
        "so" => Form::Anaphor,
        "as" => Form::Comment,
        "withheld" => Form::Withheld,
        "drawn" => Form::Drawn,
        "passive" => Form::Unsourced,
        preposition => Form::Preposition(preposition.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_frame_decides_the_act() {
        let insist = &Cues::builtin().of(Class::Verb, "insist")[0];
        assert_eq!(insist.frame(&Form::Clause, false).unwrap().act, Act::Says);
        assert_eq!(insist.frame(&Form::Obligation, false).unwrap().act, Act::Demands);
        assert_eq!(insist.preposition("on", false).unwrap().act, Act::Demands);
        assert_eq!(insist.frame(&Form::Infinitive, false), None);
    }

    #[test]
    fn a_particle_makes_another_cue() {
        let rule = Cues::builtin().of(Class::Verb, "rule");
        let out = rule.iter().find(|cue| cue.particle.as_deref() == Some("out")).unwrap();
        assert_eq!(out.frame(&Form::Object, false).unwrap().act, Act::Refuses);
        let alone = rule.iter().find(|cue| cue.particle.is_none()).unwrap();
        assert_eq!(alone.frame(&Form::Object, false), None);
    }

    #[test]
    fn a_sure_frame_goes_before_a_weak_one() {
        let toml = "[[verb]]\nact = \"says\"\nframes = \"np?\"\nlemmas = [\"moot\"]\n\
                    [[verb]]\nact = \"offers\"\nframes = \"np np+to\"\nlemmas = [\"moot\"]\n";
        let cues = Cues::read(toml).unwrap();
        let frame = cues.of(Class::Verb, "moot")[0].frame(&Form::Object, false).unwrap();
        assert_eq!((frame.act, frame.weak), (Act::Offers, false));
    }

    #[test]
    fn every_frame_of_the_list_is_known() {
        let toml = include_str!("../../assets/cues.toml");
        let lines = toml.lines().filter_map(|line| line.strip_prefix("frames = \""));
        for word in lines.flat_map(|line| line.trim_end_matches('"').split_whitespace()) {
            assert!(is_frame(word), "{word}");
        }
        assert!(!is_frame("quot") && !is_frame("np+quot") && !is_frame(""));
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert_eq!(
            Cues::read("[[verb]]\nact = \"sings\"\nframes = \"np\"\nlemmas = []").unwrap_err(),
            "unknown act 'sings'"
        );
        assert!(Cues::read("[[verb]]\nakt = 1").unwrap_err().contains("akt"));
    }
}
