//! What is seen of a finding that may say how sure it is.
//!
//! Each feature is a part and a value; [`Judge`](crate::analysis::judge::Judge) has a weight for each. Nothing here knows what a feature
//! is worth.

use crate::analysis::attribution::Attribution;
use crate::analysis::attribution::tree::Tree;
use crate::analysis::cue::{Class, Form};
use crate::analysis::judge::Notice;
use crate::analysis::model::{ActorId, Quote};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::Sources;

/// A finding with all that is known of it.
pub struct Seen<'a> {
    pub sources: &'a Sources<'a>,
    pub attribution: &'a Attribution,
    pub actors: &'a [ActorId],
    pub quote: Quote,
}

/// What features are about. The order is that in which they are weighed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    Rule,
    Cue,
    Source,
    Content,
    Place,
}

impl Aspect {
    pub const ALL: [Aspect; 5] = [Aspect::Rule, Aspect::Cue, Aspect::Source, Aspect::Content, Aspect::Place];
}

impl Seen<'_> {
    /// Tells everything that is seen.
    pub fn tell(&self, notice: &mut impl Notice) {
        notice.add("base", &[]);
        Aspect::ALL.into_iter().for_each(|aspect| self.tell_of(aspect, notice));
    }

    /// Tells what is seen of one aspect.
    pub fn tell_of(&self, aspect: Aspect, notice: &mut impl Notice) {
        match aspect {
            Aspect::Rule => self.tell_rule(notice),
            Aspect::Cue => self.tell_cue(notice),
            Aspect::Source => self.tell_source(notice),
            Aspect::Content => self.tell_content(notice),
            Aspect::Place => self.tell_place(notice),
        }
    }

    fn tree(&self) -> &Tree<'_> {
        self.sources.tree
    }

    fn rule(&self) -> &'static str {
        self.attribution.rule
    }

    /// Whether the list of cues is sure of the frame.
    fn strength(&self) -> &'static str {
        if self.attribution.weak { "weak" } else { "strong" }
    }

    fn form(&self) -> &str {
        form_word(&self.attribution.form)
    }

    fn tell_rule(&self, notice: &mut impl Notice) {
        let (rule, act) = (self.rule(), self.attribution.act.word());
        notice.add("rule", &[rule]);
        notice.add("rule", &[rule, self.form()]);
        notice.add("rule", &[rule, self.strength()]);
        notice.add("rule", &[rule, act]);
        notice.add("frame", &[self.strength()]);
        notice.add("frame", &[self.form()]);
        notice.add("act", &[act]);
    }

    /// The cue's own words, and how it stands.
    fn tell_cue(&self, notice: &mut impl Notice) {
        let (tree, attribution, form) = (self.tree(), self.attribution, self.form());
        if attribution.cue.is_empty() {
            return notice.add("cue", &["none"]);
        }
        let at = attribution.anchor;
        let lemma = tree.lemma(at).to_lowercase();
        notice.add("cue", &[&lemma, form]);
        notice.add("cue", &[&lemma]);
        let tag = tree.tag(at);
        let class = if tag.is_verb() {
            "verb"
        } else if tag.is_noun() {
            "noun"
        } else {
            "other"
        };
        notice.add("cue class", &[class]);
        let cues = self.sources.cues;
        if cues.lists.plain_verbs.contains(&lemma) {
            notice.add("cue class", &["plain", form]);
        }
        if self.has_frame(at, &Form::Quotation) {
            notice.add("cue class", &["speaks", form]);
        }
        notice.add("cue form", &[tag.word()]);
        notice.add("cue form", &[tree.relation(at).word()]);
        let child = |relation| tree.child(at, &[relation]).map(|child| tree.word(child).to_lowercase());
        notice.add("cue auxiliary", &[&child(Relation::Auxiliary).unwrap_or_default()]);
        notice.add("cue mark", &[&child(Relation::Mark).unwrap_or_default()]);
        if attribution.negated {
            notice.add("cue doubt", &["negated"]);
        }
        if attribution.hedged {
            notice.add("cue doubt", &["hedged"]);
        }
        if attribution.cue.len() > 1 {
            notice.add("cue pieces", &[few(attribution.cue.len())]);
        }
    }

    /// Who it is, whether anybody knows him, where he stands.
    fn tell_source(&self, notice: &mut impl Notice) {
        let (tree, rule) = (self.tree(), self.rule());
        let Some(source) = &self.attribution.source else {
            notice.add("source", &["none"]);
            return notice.add("source", &["none", rule]);
        };
        let known = self.tell_actor(notice);
        let tag = tree.tag(source.head);
        let word = tree.word(source.head).to_lowercase();
        let kind = match tag {
            tag if tag.is_pronoun() || tag.is_wh() => word.as_str(),
            Tag::ProperNoun | Tag::ProperNouns => "name",
            Tag::Noun => "noun",
            Tag::Nouns => "nouns",
            _ => tag.word(),
        };
        let relative = if source.meant == source.run { "" } else { "relative" };
        notice.add("source", &[known]);
        notice.add("source", &[known, self.strength()]);
        notice.add("source", &[known, rule]);
        notice.add("source kind", &[relative, kind]);
        notice.add("source kind", &[relative, kind, known]);
        notice.add("source kind", &[relative, kind, rule]);
        notice.add("source length", &[about(source.run.len())]);
        let at = self.attribution.anchor;
        let (side, distance) = match source.run.end <= at {
            true => ("before", at - source.run.end),
            false => ("after", source.run.start.saturating_sub(at)),
        };
        notice.add("source side", &[side, rule]);
        notice.add("source side", &[side, about(distance)]);
        let tie = match tree.head(source.head) {
            Some(head) if head == at => tree.relation(source.head).word(),
            _ => "far",
        };
        notice.add("source tie", &[tie]);
        notice.add("source tie", &[tie, rule]);
        if tree.tag(source.run.start) == Tag::Determiner && tag.is_noun() {
            notice.add("source article", &[&tree.word(source.run.start).to_lowercase()]);
        }
        if tag.is_noun() && !tag.is_proper() && self.actors.is_empty() {
            notice.add("source noun", &[&tree.lemma(source.head).to_lowercase()]);
        }
        if self.sources.cues.lists.documents.contains(tree.lemma(source.head)) {
            notice.add("source", &["document"]);
        }
    }

    /// Returns what kind of actor the source is.
    fn tell_actor(&self, notice: &mut impl Notice) -> &'static str {
        let Some(actor) = self.actors.first().map(|actor| &self.sources.actors[actor.0]) else { return "unknown" };
        notice.add("source mentions", &[few(actor.mentions.len())]);
        if actor.acts_for.is_some() {
            notice.add("source", &["member"]);
        }
        actor.kind.word()
    }

    /// How much is said, where, in what shape.
    fn tell_content(&self, notice: &mut impl Notice) {
        let (tree, rule, form, at) = (self.tree(), self.rule(), self.form(), self.attribution.anchor);
        let content = &self.attribution.content;
        let words = content.iter().flat_map(|run| run.clone());
        let all: Vec<usize> = words.filter(|&word| !tree.is_punctuation(word)).collect();
        let length = about(all.len());
        notice.add("quotation", &[self.quote.word()]);
        notice.add("quotation", &[self.quote.word(), rule]);
        notice.add("content length", &[length]);
        notice.add("content length", &[length, form]);
        notice.add("content pieces", &[few(content.len())]);
        let (Some(&first), Some(&last)) = (all.first(), all.last()) else { return };
        let ends = (last + 1..tree.sentence(at).end).all(|rest| tree.is_punctuation(rest));
        let side = if first > at { "after" } else { "before" };
        notice.add("content side", &[side, rule]);
        notice.add("content ends", &[truth(ends), side]);
        let tag = tree.tag(first);
        notice.add("content first", &[tag.word()]);
        if !tag.is_noun() && !tag.is_verb() && !tag.is_adjective() {
            notice.add("content first", &[&tree.word(first).to_lowercase()]);
        }
        if first > at {
            notice.add("content distance", &[about(first - at)]);
            let comma = (at + 1..first).any(|between| tree.is_comma(between));
            notice.add("content distance", &[if comma { "comma" } else { "no comma" }]);
        }
        let finite = truth(all.iter().any(|&word| tree.tag(word).is_finite()));
        notice.add("content verb", &[finite]);
        notice.add("content verb", &[finite, form]);
        self.tell_heads(&all, notice);
        if all.iter().any(|&word| tree.is_any(word, &["I", "we", "my", "our", "us", "me"])) {
            notice.add("content person", &["first", self.quote.word()]);
        }
    }

    /// What the words of the content hang on.
    fn tell_heads(&self, words: &[usize], notice: &mut impl Notice) {
        let (tree, rule, at) = (self.tree(), self.rule(), self.attribution.anchor);
        let outside = |word: usize| tree.head(word).is_none_or(|head| words.binary_search(&head).is_err());
        let mut heads = words.iter().copied().filter(|&word| outside(word));
        let Some(head) = heads.next() else { return };
        notice.add("content heads", &[few(1 + heads.count())]);
        let tie = if tree.head(head) == Some(at) { tree.relation(head).word() } else { "far" };
        notice.add("content tie", &[tie]);
        notice.add("content tie", &[tie, rule]);
        if matches!(self.attribution.form, Form::Object | Form::Preposition(_)) {
            let tag = tree.tag(head);
            notice.add("content head", &[tag.word()]);
            notice.add("content head", &[&tree.lemma(at).to_lowercase(), tag.word()]);
            if tag.is_noun() && !tag.is_proper() {
                notice.add("content noun", &[&tree.lemma(head).to_lowercase()]);
            }
        }
    }

    /// Where in the text it stands, and inside what.
    fn tell_place(&self, notice: &mut impl Notice) {
        let (tree, rule, at) = (self.tree(), self.rule(), self.attribution.anchor);
        let block = match tree.block(at) {
            0 => "title",
            1 => "first",
            2 => "second",
            _ => "later",
        };
        notice.add("place", &[block]);
        notice.add("place", &[block, rule]);
        if tree.in_speech(at) {
            notice.add("place", &["in speech"]);
            notice.add("place", &["in speech", rule]);
        }
        let sentence = tree.sentence(at);
        let last = sentence.end - 1;
        notice.add("sentence", &[about(sentence.len())]);
        let stopped = tree.tag(last) == Tag::Stop || tree.quotation(last).is_some();
        notice.add("sentence", &[if stopped { "whole" } else { "no stop" }]);
        if sentence.clone().any(|word| tree.is(word, "?")) {
            notice.add("sentence", &["question"]);
        }
        // A cue below another one reports what is reported.
        let reports = |word: usize| tree.tag(word).is_verb() && self.has_frame(word, &Form::Clause);
        let above = std::iter::successors(tree.head(at), |&head| tree.head(head)).take(12).find(|&head| reports(head));
        let side = above.map_or("nothing", |above| if above < at { "below" } else { "before" });
        notice.add("above", &[side]);
        notice.add("above", &[side, rule]);
        notice.add("others", &[few(sentence.filter(|&word| word != at && reports(word)).count())]);
    }

    fn has_frame(&self, word: usize, form: &Form) -> bool {
        let senses = self.sources.cues.of(Class::Verb, self.tree().lemma(word));
        senses.iter().any(|cue| cue.frames.iter().any(|frame| frame.form == *form))
    }
}

fn truth(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

fn few(count: usize) -> &'static str {
    ["0", "1", "2", "3"].get(count).copied().unwrap_or("many")
}

/// Returns how many, roughly.
fn about(count: usize) -> &'static str {
    match count {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..6 => "4",
        6..9 => "6",
        9..14 => "9",
        14..22 => "14",
        22..40 => "22",
        _ => "40",
    }
}

/// Returns the word of a form as the list of cues writes it.
fn form_word(form: &Form) -> &str {
    match form {
        Form::Quotation => "quote",
        Form::Clause => "that",
        Form::Prospect => "that-will",
        Form::Obligation => "should",
        Form::Question => "wh",
        Form::Infinitive => "to",
        Form::Speaking => "to+comment",
        Form::Gerund => "ing",
        Form::Object => "np",
        Form::Anaphor => "so",
        Form::Withheld | Form::Drawn => "withheld",
        Form::Unsourced => "passive",
        Form::Comment => "as",
        Form::Preposition(word) => word,
        Form::PrepositionInfinitive(_) => "on+to",
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::lexicon::Lexicon;
    use crate::analysis::{Judge, examine};
    use crate::document::plain;

    /// Reads one finding and expects these features among its own.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let findings = examine(&plain::read(text.to_owned()), Lexicon::embedded(), &Judge::default());
        let [finding] = &findings[..] else { panic!("one finding, not {}", findings.len()) };
        for feature in expected {
            assert!(
                finding.features.iter().any(|found| found == feature),
                "{feature} is not in {:#?}",
                finding.features
            );
        }
    }

    #[test]
    fn what_is_seen_of_a_clause() {
        check(
            "The plan changed.\n\nAna Ruiz said that the road was safe.",
            &[
                "rule=clause strong",
                "cue=say that",
                "source=person",
                "content verb=yes that",
                "place=first",
                "above=nothing",
            ],
        );
    }

    #[test]
    fn what_is_seen_of_a_quotation() {
        check(
            "“We will stay,” said Ana Ruiz.",
            &[
                "rule=direct-speech",
                "quotation=direct",
                "source side=after direct-speech",
                "content person=first direct",
            ],
        );
    }
}
