//! Where a content ends: at one of the marks and joints around the end the tree gives it, whichever is likeliest.
//!
//! The parser errs most on what a last phrase belongs to ("a ban *on all forms of cloning*"), and a comma may begin the
//! reporter's own words. What is seen of each place is weighed by [`Judge`].

use std::cmp::Ordering;

use crate::analysis::cue::{Class, Cues};
use crate::analysis::judge::{Judge, Notice, Sum};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::Attribution;
use super::tree::{Run, Tree};

/// How many other ends are looked at on each side.
const SIDE: usize = 6;

/// How much likelier another end must be, in log odds: a change must be worth it.
const MARGIN: f32 = 0.5;

/// Moves the ends of contents to where they likely are.
pub fn settle(tree: &Tree, cues: &Cues, judge: &Judge, found: &mut [Attribution]) {
    for attribution in found {
        let Some(choice) = Choice::of(tree, cues, attribution) else { continue };
        let sum = |end: usize| {
            let mut sum = Sum::of(&judge.ends);
            choice.see(end, &mut sum);
            sum.total
        };
        let present = sum(choice.run.end) + MARGIN;
        let sums = choice.others().into_iter().map(|end| (sum(end), end));
        let best = sums.filter(|(sum, _)| *sum > present).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, end)) = best {
            let piece = choice.piece;
            attribution.content[piece].end = end;
        }
    }
}

/// A content whose end may be moved.
pub struct Choice<'a> {
    tree: &'a Tree<'a>,
    cues: &'a Cues,
    rule: &'static str,
    anchor: usize,
    /// The piece of the content that ends there, as its number and as tokens.
    pub piece: usize,
    pub run: Run,
    /// Behind the last word of the sentence.
    limit: usize,
}

impl<'a> Choice<'a> {
    /// Returns nothing for a content whose end is not in doubt: it stands before its cue or its source, or ends with a quotation.
    pub fn of(tree: &'a Tree<'a>, cues: &'a Cues, attribution: &Attribution) -> Option<Choice<'a>> {
        let anchor = attribution.anchor;
        let sentence = tree.sentence(anchor);
        let own = |run: &Run| run.start > anchor && run.end <= sentence.end;
        let piece = attribution.content.iter().rposition(own)?;
        let run = attribution.content[piece].clone();
        let source_after = attribution.source.as_ref().is_some_and(|source| source.run.start >= run.start);
        // "did not rule that *out*": what stands behind is the cue's.
        let cue_after = attribution.cue.iter().any(|cue| cue.start >= run.start);
        if source_after || cue_after || attribution.rule == "direct-speech" || closes(tree, &run) {
            return None;
        }
        let limit = (run.start..sentence.end).rev().find(|&at| !tree.is_punctuation(at))? + 1;
        Some(Choice { tree, cues, rule: attribution.rule, anchor, piece, run, limit })
    }

    /// Returns the other places where the content may end.
    pub fn others(&self) -> Vec<usize> {
        let Run { start, end } = self.run;
        let shorter = (start + 1..end).rev().filter(|&end| self.is_joint(end)).take(SIDE);
        let longer = (end + 1..=self.limit).filter(|&end| end == self.limit || self.is_joint(end)).take(SIDE);
        shorter.chain(longer).collect()
    }

    /// Returns whether a content may end before a token: at a mark, or where a phrase begins.
    fn is_joint(&self, end: usize) -> bool {
        let tree = self.tree;
        let quoted = tree.quotation(end).is_some() && tree.quotation(end) == tree.quotation(end - 1);
        if tree.is_punctuation(end - 1) || quoted {
            return false;
        }
        let tag = tree.tag(end);
        tree.is_punctuation(end)
            || tag.is_wh()
            || tag.is_adverb()
            || matches!(tag, Tag::Preposition | Tag::To | Tag::Conjunction | Tag::Gerund | Tag::PastParticiple)
            || tree.is(end, "that")
    }

    /// Tells what is seen of a place where the content may end.
    pub fn see(&self, end: usize, notice: &mut impl Notice) {
        let tree = self.tree;
        let way = match end.cmp(&self.run.end) {
            Ordering::Less => "cut",
            Ordering::Equal => "keep",
            Ordering::Greater => "add",
        };
        notice.add("way", &[way]);
        notice.add("way", &[way, self.rule]);
        notice.add("way", &[way, self.form()]);
        notice.add("way", &[way, if end == self.limit { "end" } else { "inside" }]);
        if end < tree.len() {
            notice.add("next", &[way, tree.tag(end).word()]);
            notice.add("next", &[way, &tree.word(end).to_lowercase()]);
            let behind = end + 1;
            if tree.is_comma(end) && behind < tree.len() {
                notice.add("behind", &[way, tree.tag(behind).word()]);
                notice.add("behind", &[way, &tree.word(behind).to_lowercase()]);
            }
        }
        if end != self.run.end {
            self.see_piece(way, end.min(self.run.end)..end.max(self.run.end), notice);
        }
    }

    fn form(&self) -> &'static str {
        match self.tree.child(self.anchor, &[Relation::ClausalComplement]) {
            Some(_) => "clause",
            None => "phrase",
        }
    }

    /// Tells what is seen of the words that would be cut off or taken in.
    fn see_piece(&self, way: &str, piece: Run, notice: &mut impl Notice) {
        let tree = self.tree;
        let words = || piece.clone().filter(|&at| !tree.is_punctuation(at));
        let Some(first) = words().next() else { return };
        let is_top = |&at: &usize| tree.head(at).is_none_or(|head| !piece.contains(&head));
        let top = words().find(is_top).unwrap_or(first);
        let (place, relation) = (self.place(top, &piece), tree.relation(top).word());
        notice.add("tie", &[way, place]);
        notice.add("tie", &[way, relation]);
        notice.add("tie", &[way, place, relation]);
        notice.add("tops", &[way, few(words().filter(is_top).count())]);
        let mark = if tree.is_punctuation(piece.start) { tree.word(piece.start) } else { "" };
        notice.add("first", &[way, mark, tree.tag(first).word()]);
        notice.add("first", &[way, mark, &tree.word(first).to_lowercase()]);
        notice.add("mark", &[way, mark, place]);
        notice.add("mark", &[way, mark, relation]);
        notice.add("mark", &[way, mark, self.form()]);
        let finite = words().any(|at| tree.tag(at).is_finite());
        notice.add("verb", &[way, mark, truth(finite)]);
        notice.add("quoted", &[way, truth(words().any(|at| tree.quotation(at).is_some()))]);
        let is_cue = |at: usize| tree.tag(at).is_verb() && !self.cues.of(Class::Verb, tree.lemma(at)).is_empty();
        notice.add("cue", &[way, truth(words().any(is_cue))]);
        notice.add("length", &[way, few(words().count() / 2)]);
        notice.add("commas", &[way, few(piece.clone().filter(|&at| tree.is_comma(at)).count())]);
        notice.add("kept", &[way, few(piece.start - self.run.start)]);
    }

    /// Returns what the words hang on, as the tree has it.
    fn place(&self, top: usize, piece: &Run) -> &'static str {
        match self.tree.head(top) {
            Some(head) if head == self.anchor => "cue",
            Some(head) if (self.run.start..piece.start).contains(&head) => "content",
            Some(head) if head > piece.start => "later",
            Some(_) => "other",
            None => "root",
        }
    }
}

/// A content that ends with a quotation mark ends there.
fn closes(tree: &Tree, run: &Run) -> bool {
    tree.quotation(run.end - 1).is_some_and(|quotation| tree.run_of(quotation).end == run.end)
}

fn truth(is_so: bool) -> &'static str {
    if is_so { "yes" } else { "no" }
}

fn few(count: usize) -> &'static str {
    const WORDS: [&str; 8] = ["0", "1", "2", "3", "4", "5", "6", "7"];
    WORDS.get(count).copied().unwrap_or("many")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyze_with;
    use crate::analysis::lexicon::Lexicon;
    use crate::document::plain;

    /// Checks what is said by weights of ends, where every finding counts.
    #[track_caller]
    fn check(weights: &str, text: &str, expected: &str) {
        let judge = Judge::read(&format!("[confidence]\nbase= 3\n[ends]\n{weights}")).expect("weights");
        let analysis = analyze_with(&plain::read(text.to_owned()), Lexicon::embedded(), &judge);
        let content = analysis.positions[0].content.iter().map(|span| span.of(text));
        assert_eq!(content.collect::<Vec<_>>().join(" … "), expected);
    }

    const SENTENCE: &str = "Norway rejected the plan of its neighbors for a bridge.";

    #[test]
    fn without_weights_the_tree_decides() {
        check("", SENTENCE, "the plan of its neighbors");
    }

    #[test]
    fn a_likelier_end_is_taken() {
        check("first=cut  of 2\n", SENTENCE, "the plan");
        check("way=add end 2\n", SENTENCE, "the plan of its neighbors for a bridge");
    }

    #[test]
    fn a_change_must_be_worth_it() {
        check("first=cut  of 0.4\n", SENTENCE, "the plan of its neighbors");
    }

    #[test]
    fn what_ends_with_a_quotation_stays() {
        check(
            "way=cut 9\n",
            "Norway called the plan “a gift of fools for fools.”",
            "the plan “a gift of fools for fools.”",
        );
    }
}
