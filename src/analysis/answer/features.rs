//! What is seen of two positions that may say whether one answers the other.
//!
//! Each feature is a part and a value; [`Judge`](crate::analysis::judge::Judge) has a weight for each.

use std::collections::HashSet;

use super::asks;
use super::link::{Link, SAME_MATTER};
use super::matter::Matter;
use crate::analysis::Act;
use crate::analysis::judge::Notice;
use crate::analysis::model::{ActorId, Position, PositionId, Quote};
use crate::analysis::position::BARE;

impl Link<'_> {
    /// Tells everything that is seen.
    pub fn tell(&self, notice: &mut impl Notice) {
        notice.add("link", &[]);
        self.tell_acts(notice);
        self.tell_place(notice);
        self.tell_parties(notice);
        self.tell_matter(notice);
        self.tell_words(notice);
    }

    fn tell_acts(&self, notice: &mut impl Notice) {
        let (act, before) = (self.act(), self.earlier().act.word());
        notice.add("act", &[act]);
        notice.add("to", &[before]);
        notice.add("acts", &[act, before]);
        notice.add("class", &[self.class(), before]);
        let quotes = [quote(self.position()), quote(self.earlier())];
        notice.add("quotes", &quotes);
    }

    fn tell_place(&self, notice: &mut impl Notice) {
        let class = self.class();
        let gap = gap(self.answer, self.to);
        let ((sentence, block), (to_sentence, to_block)) = (self.read.places[self.answer], self.read.places[self.to]);
        let blocks = match block.abs_diff(to_block) {
            0 if sentence == to_sentence => "same sentence",
            0 => "same block",
            1 => "next block",
            2 => "second block",
            3 | 4 => "near block",
            _ => "far block",
        };
        let asked = if asks(self.earlier()) { "asked" } else { "said" };
        notice.add("gap", &[gap]);
        notice.add("gap", &[gap, class]);
        notice.add("gap", &[gap, asked]);
        notice.add("blocks", &[blocks]);
        notice.add("blocks", &[blocks, class]);
        notice.add("between", &[self.between(), class]);
        let nested = match () {
            () if self.position().nested_in == Some(PositionId(self.to)) => "in it",
            () if self.earlier().nested_in == Some(PositionId(self.answer)) => "holds it",
            () => "",
        };
        notice.add("nested", &[nested]);
        notice.add("nested", &[nested, self.act()]);
    }

    /// What stands between the two of others that might be answered as well.
    fn between(&self) -> &'static str {
        let range = self.to.min(self.answer) + 1..self.to.max(self.answer);
        let mut asked = false;
        for other in range {
            let own = self.read.parties(other);
            if own.is_disjoint(self.read.parties(self.answer)) && asks(&self.read.positions[other]) {
                asked = true;
            }
        }
        match (self.to.abs_diff(self.answer), asked) {
            (1, _) => "nothing",
            (_, true) => "asked",
            (_, false) => "said",
        }
    }

    fn tell_parties(&self, notice: &mut impl Notice) {
        let class = self.class();
        let known = match (self.position().actors.is_empty(), self.earlier().actors.is_empty()) {
            (false, false) => "both",
            (true, false) => "asker",
            (false, true) => "answerer",
            (true, true) => "nobody",
        };
        let addressed = match () {
            () if self.is_addressed() => "to them",
            () if self.earlier().addressees.is_empty() => "to nobody",
            () => "to others",
        };
        let is_in = |matter: &Matter, parties: &HashSet<ActorId>| {
            let names = parties.iter().map(|actor| &self.read.sources.actors[actor.0].id);
            if names.into_iter().any(|name| matter.words.contains(name)) { "yes" } else { "no" }
        };
        let named = is_in(self.before(), self.read.parties(self.answer));
        let naming = is_in(self.matter(), self.read.parties(self.to));
        let back = !self.read.addressed(self.answer).is_disjoint(self.read.parties(self.to));
        notice.add("known", &[known]);
        notice.add("addressed", &[addressed]);
        notice.add("addressed", &[addressed, class]);
        notice.add("addressed", &[addressed, gap(self.answer, self.to)]);
        notice.add("named", &[named, class]);
        notice.add("naming", &[naming, class]);
        notice.add("back", &[if back { "yes" } else { "no" }, class]);
        notice.add("spoke", &[self.spoke(), class]);
    }

    /// Whether the same party stands between, so that it has had its say already.
    fn spoke(&self) -> &'static str {
        let range = self.to.min(self.answer) + 1..self.to.max(self.answer);
        let own = self.read.parties(self.answer);
        let spoke = |other: usize| !self.read.parties(other).is_disjoint(own);
        if range.into_iter().any(spoke) { "before" } else { "first" }
    }

    fn tell_matter(&self, notice: &mut impl Notice) {
        let class = self.class();
        let shared = ["none", "one", "two", "three", "more"][self.shared().min(4)];
        let share = match self.overlap() {
            share if share >= SAME_MATTER => "half",
            share if share >= 0.25 => "quarter",
            share if share > 0.0 => "little",
            _ => "none",
        };
        notice.add("shared", &[shared]);
        notice.add("shared", &[shared, class]);
        notice.add("overlap", &[share]);
        notice.add("overlap", &[share, gap(self.answer, self.to)]);
        if self.shares_words() {
            notice.add("same-words", &[]);
            notice.add("same-words", &[self.act()]);
        }
        let matter = self.matter();
        let points = match matter.points_back {
            Some(act) if act == self.earlier().act => "at such",
            Some(_) if asks(self.earlier()) => "at another",
            Some(_) => "elsewhere",
            None => "",
        };
        let signs = [
            (self.points(self.is_addressed()), "points"),
            (self.names(), "names"),
            (matter.pronoun, "pronoun"),
            (matter.does_so.is_some(), "does-so"),
            (matter.is_reply, "reply"),
            (matter.deed, "deed"),
            (self.position().rule == BARE, "bare"),
            (matter.words.is_empty(), "wordless"),
        ];
        notice.add("points", &[points]);
        notice.add("points", &[points, gap(self.answer, self.to)]);
        for (_, sign) in signs.into_iter().filter(|(seen, _)| *seen) {
            notice.add(sign, &[]);
            notice.add(sign, &[gap(self.answer, self.to)]);
            notice.add(sign, &[self.act()]);
        }
    }

    fn tell_words(&self, notice: &mut impl Notice) {
        let tree = self.read.sources.tree;
        let class = self.class();
        for (part, position) in [("cue", self.position()), ("to-cue", self.earlier())] {
            let cue = position.cue.iter().flat_map(|&span| tree.tokens_in(span));
            let head = cue.into_iter().rfind(|&at| tree.tag(at).is_verb() || tree.tag(at).is_noun());
            let lemma = head.map_or(String::new(), |at| tree.lemma(at).to_lowercase());
            notice.add(part, &[&lemma]);
        }
        let negated = if self.matter().negated { "not" } else { "" };
        notice.add("negated", &[negated, class, self.earlier().act.word()]);
        let (sentence, _) = self.read.places[self.answer];
        if let Some(run) = tree.sentences().get(sentence) {
            let first = tree.word(run.start).to_lowercase();
            if self.read.sources.cues.lists.contrasts.contains(&first) {
                notice.add("opens", &[&first]);
                notice.add("opens", &["with one", gap(self.answer, self.to)]);
            }
        }
        let question = self.earlier().content.iter().any(|span| span.of(tree.text).contains('?'));
        notice.add("question", &[if question { "yes" } else { "no" }, class]);
    }

    fn act(&self) -> &'static str {
        match (self.position().act, self.position().negated) {
            (Act::Commits, true) => "commits not",
            (act, _) => act.word(),
        }
    }

    /// What kind of answer the act gives.
    pub(super) fn class(&self) -> &'static str {
        match self.position().act {
            Act::Refuses | Act::Denies | Act::Opposes | Act::Accepts | Act::Backs => "stance",
            Act::Says | Act::Expects => "plain",
            _ => "deed",
        }
    }
}

/// How many positions lie between the two.
fn gap(answer: usize, to: usize) -> &'static str {
    match (answer > to, answer.abs_diff(to)) {
        (true, 1) => "1",
        (true, 2) => "2",
        (true, 3) => "3",
        (true, 4..=6) => "near",
        (true, 7..=12) => "far",
        (true, _) => "farther",
        (false, 1) => "after 1",
        (false, 2) => "after 2",
        (false, _) => "after",
    }
}

fn quote(position: &Position) -> &'static str {
    match position.quote {
        Quote::Direct => "direct",
        Quote::Mixed => "mixed",
        Quote::Indirect => "indirect",
    }
}
