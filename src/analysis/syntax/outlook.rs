//! What the parser sees of a state: the top three tokens of the stack, the next three, and their dependents.
//!
//! The features come in lists. Most of them say the same wherever the same few tokens stand on top and next, so the
//! search adds up their weights once and keeps the sum. What is said of dependents is in `offspring`.

use super::features::Features;
use super::memo::Key;
use super::search::Sentence;
use super::transition::{NONE, Node, Place, State};
use super::word::mix;

/// Features that are about the same few tokens.
#[derive(Clone, Copy, Debug)]
pub enum List {
    /// The top of the stack and the next tokens.
    Pair,
    /// What the second on the stack adds to them.
    Triple,
    /// The dependents of the top.
    Top,
    /// The dependents of the second on the stack.
    Below,
    /// The dependents of the next token.
    Front,
}

impl List {
    pub const ALL: [List; 5] = [List::Pair, List::Triple, List::Top, List::Below, List::Front];
}

/// Writes all features of a state.
pub fn collect_features(sentence: &Sentence, state: &State, stack: [Node; 3], features: &mut Vec<u32>) {
    let outlook = Outlook::new(sentence, state, stack);
    features.clear();
    List::ALL.into_iter().for_each(|list| outlook.collect(list, features));
    outlook.collect_rest(features);
}

/// A token with what is asked of it most.
#[derive(Clone, Copy)]
pub(super) struct Spot {
    pub token: Place,
    pub word: u64,
    pub tag: u64,
    /// Word and tag.
    pub both: u64,
    /// Tag and class.
    pub kind: u64,
}

impl Spot {
    #[inline]
    fn new(sentence: &Sentence, token: Place) -> Spot {
        let (word, tag) = (sentence.word(token), sentence.tag(token));
        Spot { token, word, tag, both: mix(word, tag), kind: sentence.kind(token) }
    }
}

/// The tokens in sight. In the functions below, `w`, `t`, `wt` and `k` are word, tag, both and kind of the stack's
/// tokens from the top, `v`, `u`, `vu` and `kb` those of the next ones.
pub struct Outlook<'a> {
    pub(super) sentence: &'a Sentence,
    pub(super) stack: [Spot; 3],
    pub(super) next: [Spot; 3],
    /// The top two of the stack and the next one, with their dependents.
    pub(super) nodes: [Node; 3],
    /// How many tokens are on the stack.
    pub(super) depth: u32,
}

impl<'a> Outlook<'a> {
    #[inline]
    pub fn new(sentence: &'a Sentence, state: &State, stack: [Node; 3]) -> Outlook<'a> {
        let last = sentence.len() as Place;
        let [first, second, third] = stack;
        let front = state.front.token;
        let upcoming = |offset: Place| if front + offset > last { NONE } else { front + offset };
        Outlook {
            sentence,
            stack: [first.token, second.token, third.token].map(|token| Spot::new(sentence, token)),
            next: [front, upcoming(1), upcoming(2)].map(|token| Spot::new(sentence, token)),
            nodes: [first, second, state.front],
            depth: state.depth,
        }
    }

    /// Returns what the features of a list are made of.
    #[inline]
    pub fn key(&self, list: List) -> Key {
        let [top, below, front] = self.nodes;
        match list {
            List::Pair => [top.token, front.token, 0, 0, 0, 0, 0],
            List::Triple => [top.token, front.token, below.token, 0, 0, 0, 0],
            List::Top => family(top, front.token),
            List::Below => family(below, top.token),
            List::Front => family(front, top.token),
        }
    }

    /// Writes the features of a list.
    #[inline]
    pub fn collect(&self, list: List, features: &mut Vec<u32>) {
        let features = &mut Features::more(features, None);
        match list {
            List::Pair => self.add_pair(features),
            List::Triple => self.add_triple(features),
            List::Top => self.add_top(features),
            List::Below => self.add_below(features),
            List::Front => self.add_front(features),
        }
    }

    fn add_pair(&self, features: &mut Features) {
        let ([w0, ..], [v0, v1, v2]) = (self.stack.map(|spot| spot.word), self.next.map(|spot| spot.word));
        let ([t0, ..], [u0, u1, u2]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let ([wt0, ..], [vu0, vu1, _]) = (self.stack.map(|spot| spot.both), self.next.map(|spot| spot.both));
        let ([k0, ..], [kb0, kb1, _]) = (self.stack.map(|spot| spot.kind), self.next.map(|spot| spot.kind));
        features.add_as(1, &[1]);
        features.add_as(2, &[w0]);
        features.add_as(3, &[t0]);
        features.add_as(4, &[wt0]);
        features.add_as(5, &[v0]);
        features.add_as(6, &[u0]);
        features.add_as(7, &[vu0]);
        features.add_as(8, &[vu1]);
        features.add_as(9, &[u1]);
        features.add_as(10, &[v1]);
        features.add_as(11, &[mix(v2, u2)]);
        features.add_as(12, &[u2]);
        features.add_as(18, &[wt0, vu0]);
        features.add_as(19, &[wt0, v0]);
        features.add_as(20, &[w0, vu0]);
        features.add_as(21, &[wt0, u0]);
        features.add_as(22, &[t0, vu0]);
        features.add_as(23, &[w0, v0]);
        features.add_as(24, &[t0, u0]);
        features.add_as(34, &[u0, u1]);
        features.add_as(35, &[vu0, vu1]);
        features.add_as(36, &[vu0, u1]);
        features.add_as(37, &[wt0, u1]);
        features.add_as(42, &[t0, u0, u1]);
        features.add_as(43, &[wt0, u0, u1]);
        features.add_as(44, &[t0, vu0, u1]);
        features.add_as(45, &[t0, u0, vu1]);
        features.add_as(46, &[t0, u0, u1, u2]);
        features.add_as(47, &[u0, u1, u2]);
        features.add_as(54, &[k0, kb0]);
        features.add_as(57, &[k0, kb0, kb1]);
        features.add_as(58, &[k0, v0]);
        self.add_near(features);
    }

    /// How far the top of the stack is from the next token, and what stands between.
    fn add_near(&self, features: &mut Features) {
        let (Spot { token, word: w0, tag: t0, both: wt0, .. }, next) = (self.stack[0], self.next[0]);
        let Spot { word: v0, tag: u0, both: vu0, .. } = next;
        let (near, inner) = (distance(token, next.token), self.sentence.between(token, next.token));
        features.add_as(62, &[w0, near]);
        features.add_as(63, &[t0, near]);
        features.add_as(64, &[v0, near]);
        features.add_as(65, &[u0, near]);
        features.add_as(66, &[t0, u0, near]);
        features.add_as(67, &[w0, v0, near]);
        features.add_as(71, &[t0, u0, inner]);
        features.add_as(72, &[wt0, u0, inner]);
        features.add_as(73, &[t0, vu0, inner]);
    }

    fn add_triple(&self, features: &mut Features) {
        let ([w0, w1, _], [u0, u1, _]) = (self.stack.map(|spot| spot.word), self.next.map(|spot| spot.tag));
        let ([t0, t1, _], [vu0, ..]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.both));
        let ([wt0, wt1, _], [kb0, ..]) = (self.stack.map(|spot| spot.both), self.next.map(|spot| spot.kind));
        let [k0, k1, _] = self.stack.map(|spot| spot.kind);
        features.add_as(13, &[w1]);
        features.add_as(14, &[t1]);
        features.add_as(15, &[wt1]);
        features.add_as(25, &[wt1, wt0]);
        features.add_as(26, &[w1, w0]);
        features.add_as(27, &[wt1, t0]);
        features.add_as(28, &[t1, wt0]);
        features.add_as(29, &[t1, t0]);
        features.add_as(30, &[t1, u0]);
        features.add_as(31, &[wt1, vu0]);
        features.add_as(32, &[wt1, u0]);
        features.add_as(33, &[t1, vu0]);
        features.add_as(38, &[t1, t0, u0]);
        features.add_as(39, &[t1, t0, vu0]);
        features.add_as(40, &[wt1, t0, u0]);
        features.add_as(41, &[t1, wt0, u0]);
        features.add_as(50, &[t1, t0, u0, u1]);
        features.add_as(51, &[t1, t0, u1]);
        features.add_as(52, &[wt1, wt0, u0]);
        features.add_as(53, &[wt1, t0, vu0]);
        features.add_as(55, &[k1, k0]);
        features.add_as(56, &[k1, k0, kb0]);
        features.add_as(59, &[k1, w0]);
        features.add_as(61, &[k1, t0, u0, u1]);
        self.add_far(features);
    }

    /// How far apart the two on the stack are, and what stands between.
    fn add_far(&self, features: &mut Features) {
        let ([top, below, _], next) = (self.stack, self.next[0]);
        let (t0, w1, t1, wt1, u0) = (top.tag, below.word, below.tag, below.both, next.tag);
        let (near, far) = (distance(top.token, next.token), distance(below.token, top.token));
        let inner = self.sentence.between(top.token, next.token);
        let outer = self.sentence.between(below.token, top.token);
        features.add_as(68, &[t1, t0, far]);
        features.add_as(69, &[w1, far]);
        features.add_as(70, &[t1, t0, u0, far, near]);
        features.add_as(74, &[t1, t0, outer]);
        features.add_as(75, &[wt1, t0, outer]);
        features.add_as(76, &[t1, t0, u0, outer, inner]);
    }
}

/// A token with its dependents, and the token that they are seen with.
fn family(node: Node, other: Place) -> Key {
    let ([a, b], [c, d]) = (node.left, node.right);
    [node.token, a, b, c, d, Place::from(node.lefts.min(3)) << 2 | Place::from(node.rights.min(3)), other]
}

fn distance(left: Place, right: Place) -> u64 {
    match right.wrapping_sub(left) {
        _ if left == NONE || right == NONE => 50,
        n @ 0..5 => u64::from(n) + 51,
        5..9 => 57,
        9..17 => 58,
        _ => 59,
    }
}
