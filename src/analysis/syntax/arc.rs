//! What the labeller sees of an arc: a word and its head, its dependents, its sisters, its neighbours.

use super::features::Features;
use super::labeller::Tree;
use super::relation::Relation;
use super::search::Sentence;
use super::transition::{NONE, Place};
use super::word::mix;

/// Writes the features of the arc from a word to its head; the word's dependents and its elder sisters have their
/// relations already.
pub fn collect_features(
    sentence: &Sentence,
    tree: &Tree,
    relations: &[Relation],
    token: Place,
    features: &mut Vec<u32>,
) {
    let arc = Arc::new(sentence, tree, relations, token);
    let side = u64::from(token < arc.head) + 20;
    let features = &mut Features::new(features, Some(side));
    arc.add_words(features);
    arc.add_classes(features);
    arc.add_dependents(features);
    arc.add_neighbours(features);
    arc.add_sisters(features);
    arc.add_roles(features);
    arc.add_above(features);
}

/// A word, its head and what stands around them. In the functions below `w`, `t` and `k` are word, tag and kind, with
/// `d` of the dependent, with `h` of the head.
struct Arc<'a> {
    sentence: &'a Sentence,
    relations: &'a [Relation],
    token: Place,
    head: Place,
    /// The head's head.
    above: Place,
    wd: u64,
    td: u64,
    wh: u64,
    th: u64,
    /// How far apart they stand.
    away: u64,
    /// The word's dependents before and after it.
    left: &'a [Place],
    right: &'a [Place],
    /// The head's dependents, and where the word stands among them.
    sisters: &'a [Place],
    rank: usize,
}

impl<'a> Arc<'a> {
    fn new(sentence: &'a Sentence, tree: &'a Tree, relations: &'a [Relation], token: Place) -> Arc<'a> {
        let head = tree.head(token);
        let own = tree.dependents(token);
        let (left, right) = own.split_at(own.partition_point(|&dependent| dependent < token));
        let away = match token.abs_diff(head) {
            n @ 0..4 => u64::from(n) + 40,
            4..8 => 45,
            _ => 46,
        };
        Arc {
            sentence,
            relations,
            token,
            head,
            above: tree.head(head),
            wd: sentence.word(token),
            td: sentence.tag(token),
            wh: sentence.word(head),
            th: sentence.tag(head),
            away,
            left,
            right,
            sisters: tree.dependents(head),
            rank: tree.rank(token),
        }
    }

    /// The two words.
    fn add_words(&self, features: &mut Features) {
        let Arc { wd, td, wh, th, .. } = *self;
        features.add(&[1]);
        features.add_each([wd, td, wh, th]);
        features.add(&[wd, td]);
        features.add(&[wh, th]);
        features.add(&[wd, wh]);
        features.add(&[td, th]);
        features.add(&[wd, th]);
        features.add(&[td, wh]);
        features.add(&[td, wh, th, wd]);
        features.add(&[td, th, self.away]);
        features.add(&[wd, th, self.away]);
        features.add(&[td, wh, self.away]);
    }

    /// Words that behave alike.
    fn add_classes(&self, features: &mut Features) {
        let Arc { td, th, .. } = *self;
        let (kd, kh) = (self.sentence.kind(self.token), self.sentence.kind(self.head));
        let re = self.role(self.elder(1));
        let (outermost, innermost) = (end(self.left.first()), end(self.left.last()));
        features.add(&[kd, kh]);
        features.add(&[td, kh, self.away]);
        features.add(&[kd, th, self.word(innermost)]);
        features.add(&[td, kh, self.word(innermost)]);
        features.add(&[td, kh, self.word(outermost)]);
        features.add(&[td, kh, re]);
    }

    /// The word's dependents.
    fn add_dependents(&self, features: &mut Features) {
        let Arc { wd, td, wh, th, .. } = *self;
        let (outermost, innermost) = (end(self.left.first()), end(self.left.last()));
        let (nearest, farthest) = (end(self.right.first()), end(self.right.last()));
        features.add(&[self.word(outermost), td, th]);
        features.add(&[self.tag(outermost), td, th]);
        features.add(&[self.word(innermost), td, th]);
        features.add(&[self.word(outermost), wh, td]);
        features.add(&[self.word(outermost), wd]);
        features.add(&[self.word(innermost), wh, td]);
        features.add(&[self.tag(nearest), td, th]);
        features.add(&[self.word(nearest), td, th]);
        features.add(&[self.tag(farthest), td, th]);
        features.add(&[self.bag(self.left), td, th]);
        features.add(&[self.bag(self.right), td, th]);
        features.add(&[self.bag(self.left), td, wh]);
        features.add(&[td, th, self.left.len().min(3) as u64, self.right.len().min(3) as u64]);
    }

    /// The words beside both.
    fn add_neighbours(&self, features: &mut Features) {
        let Arc { td, th, .. } = *self;
        let (prev, next) = (self.token.wrapping_sub(1), self.token + 1);
        features.add(&[self.tag(prev), td, th]);
        features.add(&[td, self.tag(next), th]);
        features.add(&[self.word(prev), td]);
        features.add(&[self.word(next), td]);
        features.add(&[self.tag(self.head.wrapping_sub(1)), th, td]);
        features.add(&[th, self.tag(self.head + 1), td]);
    }

    /// The head's other dependents.
    fn add_sisters(&self, features: &mut Features) {
        let Arc { wd, td, wh, th, .. } = *self;
        let elder = self.elder(1);
        let (younger, first) = (end(self.sisters.get(self.rank + 1)), end(self.sisters.first()));
        let (re, kd) = (self.role(elder), self.sentence.kind(self.token));
        features.add(&[re, td, th]);
        features.add(&[re, td, wh]);
        features.add(&[re, self.role(self.elder(2)), td, th]);
        features.add(&[re, wd, th]);
        features.add(&[self.word(elder), td, th]);
        features.add(&[self.tag(elder), td, th]);
        features.add(&[self.tag(younger), td, th]);
        features.add(&[self.word(younger), td, th]);
        features.add(&[self.tag(elder), self.tag(younger), td, th]);
        features.add(&[self.word(first), td, th]);
        features.add(&[self.role(first), td, wh]);
        let (before, after) = self.sisters.split_at(self.sisters.partition_point(|&sister| sister < self.head));
        features.add(&[self.bag(before), td, th]);
        features.add(&[self.bag(after), td, th]);
        let others = before
            .iter()
            .take(5)
            .fold(5, |hash, &sister| mix(hash, if sister == self.token { 1 } else { self.word(sister) }));
        features.add(&[others, td, th]);
        let named =
            self.sisters[..self.rank].iter().rev().take(4).fold(5, |hash, &sister| mix(hash, self.role(sister)));
        features.add(&[named, td, th]);
        features.add(&[named, td, wh]);
        features.add(&[kd, re, th]);
    }

    /// What the word's dependents are: a copula, a preposition, a subject tell a clause from a noun.
    fn add_roles(&self, features: &mut Features) {
        let Arc { wd, td, wh, th, .. } = *self;
        let kh = self.sentence.kind(self.head);
        let re = self.role(self.elder(1));
        let (outermost, innermost) = (end(self.left.first()), end(self.left.last()));
        let (lefts, rights) = (self.roles(self.left), self.roles(self.right));
        features.add(&[lefts, td]);
        features.add(&[lefts, td, th]);
        features.add(&[lefts, td, kh]);
        features.add(&[lefts, wd]);
        features.add(&[lefts, td, wh]);
        features.add(&[lefts, td, th, self.away]);
        features.add(&[lefts, td, th, self.word(innermost)]);
        features.add(&[lefts, td, th, self.word(outermost)]);
        features.add(&[lefts, rights, td, th]);
        features.add(&[rights, td, th]);
        features.add(&[rights, wd]);
        features.add(&[lefts, re, td, th]);
    }

    /// What stands above, and between.
    fn add_above(&self, features: &mut Features) {
        let Arc { token, head, td, th, .. } = *self;
        features.add(&[self.tag(self.above), th, td]);
        features.add(&[self.word(self.above), th, td]);
        features.add(&[self.sentence.between(token.min(head), token.max(head)), td, th]);
    }

    fn word(&self, token: Place) -> u64 {
        self.sentence.word(token)
    }

    fn tag(&self, token: Place) -> u64 {
        self.sentence.tag(token)
    }

    /// What a token is to its head, as far as it is known.
    fn role(&self, token: Place) -> u64 {
        self.relations.get(token as usize).map_or(90, |relation| *relation as u64) + 300
    }

    /// What all of them are, in no order.
    fn roles(&self, tokens: &[Place]) -> u64 {
        tokens.iter().fold(0, |seen, &token| seen | 1 << self.relations[token as usize] as u64)
    }

    /// The tags of the first few.
    fn bag(&self, tokens: &[Place]) -> u64 {
        tokens.iter().take(4).fold(7, |hash, &token| mix(hash, self.tag(token)))
    }

    /// The sister so many places before the word.
    fn elder(&self, back: usize) -> Place {
        self.rank.checked_sub(back).map_or(NONE, |rank| self.sisters[rank])
    }
}

fn end(token: Option<&Place>) -> Place {
    token.copied().unwrap_or(NONE)
}
