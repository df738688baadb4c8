//! What the parser sees of a state: the top three tokens of the stack, the next three, and their dependents.

use super::features::Features;
use super::search::Sentence;
use super::transition::{NONE, Node, Place, State};
use super::word::mix;

/// Writes the features of a state.
pub fn collect_features(sentence: &Sentence, state: &State, stack: [Node; 3], features: &mut Vec<u32>) {
    let features = &mut Features::new(features, None);
    let last = sentence.len() as Place;
    let [first, second, third] = stack;
    let front = state.front.token;
    let upcoming = |offset: Place| if front + offset > last { NONE } else { front + offset };
    let outlook = Outlook {
        sentence,
        stack: [first.token, second.token, third.token].map(|token| Spot::new(sentence, token)),
        next: [front, upcoming(1), upcoming(2)].map(|token| Spot::new(sentence, token)),
        nodes: [first, second, state.front],
    };
    outlook.add_words(features);
    outlook.add_contexts(features);
    outlook.add_classes(features);
    outlook.add_distances(features);
    outlook.add_valencies(features);
    outlook.add_dependents(features);
    outlook.add_families(features);
    let is_end = u64::from(front == last);
    let [t0, t1, t2] = outlook.stack.map(|spot| spot.tag);
    features.add(&[is_end, u64::from(state.depth.min(3)), t0]);
    features.add(&[is_end, t1, t0, t2]);
}

/// A token with what is asked of it most.
#[derive(Clone, Copy)]
struct Spot {
    token: Place,
    word: u64,
    tag: u64,
    /// Word and tag.
    both: u64,
    /// Tag and class.
    kind: u64,
}

impl Spot {
    fn new(sentence: &Sentence, token: Place) -> Spot {
        let (word, tag) = (sentence.word(token), sentence.tag(token));
        Spot { token, word, tag, both: mix(word, tag), kind: sentence.kind(token) }
    }
}

/// The tokens in sight. In the functions below, `w`, `t`, `wt` and `k` are word, tag, both and kind of the stack's
/// tokens from the top, `v`, `u`, `vu` and `kb` those of the next ones.
struct Outlook<'a> {
    sentence: &'a Sentence,
    stack: [Spot; 3],
    next: [Spot; 3],
    /// The top two of the stack and the next one, with their dependents.
    nodes: [Node; 3],
}

impl Outlook<'_> {
    /// Single tokens and pairs.
    fn add_words(&self, features: &mut Features) {
        let ([w0, w1, w2], [v0, v1, v2]) = (self.stack.map(|spot| spot.word), self.next.map(|spot| spot.word));
        let ([t0, t1, t2], [u0, u1, u2]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let ([wt0, wt1, _], [vu0, vu1, _]) = (self.stack.map(|spot| spot.both), self.next.map(|spot| spot.both));
        features.add(&[1]);
        features.add_each([w0, t0, wt0, v0, u0, vu0, vu1, u1, v1, mix(v2, u2), u2, w1, t1, wt1, w2, t2]);
        features.add(&[wt0, vu0]);
        features.add(&[wt0, v0]);
        features.add(&[w0, vu0]);
        features.add(&[wt0, u0]);
        features.add(&[t0, vu0]);
        features.add(&[w0, v0]);
        features.add(&[t0, u0]);
        features.add(&[wt1, wt0]);
        features.add(&[w1, w0]);
        features.add(&[wt1, t0]);
        features.add(&[t1, wt0]);
        features.add(&[t1, t0]);
        features.add(&[t1, u0]);
        features.add(&[wt1, vu0]);
        features.add(&[wt1, u0]);
        features.add(&[t1, vu0]);
        features.add(&[u0, u1]);
        features.add(&[vu0, vu1]);
        features.add(&[vu0, u1]);
        features.add(&[wt0, u1]);
    }

    /// Three tokens and more.
    fn add_contexts(&self, features: &mut Features) {
        let ([t0, t1, t2], [u0, u1, u2]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let ([wt0, wt1, _], [vu0, vu1, _]) = (self.stack.map(|spot| spot.both), self.next.map(|spot| spot.both));
        features.add(&[t1, t0, u0]);
        features.add(&[t1, t0, vu0]);
        features.add(&[wt1, t0, u0]);
        features.add(&[t1, wt0, u0]);
        features.add(&[t0, u0, u1]);
        features.add(&[wt0, u0, u1]);
        features.add(&[t0, vu0, u1]);
        features.add(&[t0, u0, vu1]);
        features.add(&[t0, u0, u1, u2]);
        features.add(&[u0, u1, u2]);
        features.add(&[t2, t1, t0]);
        features.add(&[t2, t1, t0, u0]);
        features.add(&[t1, t0, u0, u1]);
        features.add(&[t1, t0, u1]);
        features.add(&[wt1, wt0, u0]);
        features.add(&[wt1, t0, vu0]);
    }

    /// Words that behave alike.
    fn add_classes(&self, features: &mut Features) {
        let ([k0, k1, _], [kb0, kb1, _]) = (self.stack.map(|spot| spot.kind), self.next.map(|spot| spot.kind));
        let ([t0, ..], [u0, u1, _]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let (w0, v0) = (self.stack[0].word, self.next[0].word);
        features.add(&[k0, kb0]);
        features.add(&[k1, k0]);
        features.add(&[k1, k0, kb0]);
        features.add(&[k0, kb0, kb1]);
        features.add(&[k0, v0]);
        features.add(&[k1, w0]);
        features.add(&[k1, k0, valency(self.nodes[1])]);
        features.add(&[k1, t0, u0, u1]);
    }

    /// Distances, and what stands between.
    fn add_distances(&self, features: &mut Features) {
        let ([w0, w1, _], [v0, ..]) = (self.stack.map(|spot| spot.word), self.next.map(|spot| spot.word));
        let ([t0, t1, _], [u0, ..]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let ([wt0, wt1, _], [vu0, ..]) = (self.stack.map(|spot| spot.both), self.next.map(|spot| spot.both));
        let [s0, s1, b0] = [self.stack[0], self.stack[1], self.next[0]].map(|spot| spot.token);
        let (near, far) = (distance(s0, b0), distance(s1, s0));
        let (inner, outer) = (self.sentence.between(s0, b0), self.sentence.between(s1, s0));
        features.add(&[w0, near]);
        features.add(&[t0, near]);
        features.add(&[v0, near]);
        features.add(&[u0, near]);
        features.add(&[t0, u0, near]);
        features.add(&[w0, v0, near]);
        features.add(&[t1, t0, far]);
        features.add(&[w1, far]);
        features.add(&[t1, t0, u0, far, near]);
        features.add(&[t0, u0, inner]);
        features.add(&[wt0, u0, inner]);
        features.add(&[t0, vu0, inner]);
        features.add(&[t1, t0, outer]);
        features.add(&[wt1, t0, outer]);
        features.add(&[t1, t0, u0, outer, inner]);
    }

    /// How many dependents there are already.
    fn add_valencies(&self, features: &mut Features) {
        let [n0, n1, front] = self.nodes;
        let ([w0, w1, _], [v0, ..]) = (self.stack.map(|spot| spot.word), self.next.map(|spot| spot.word));
        let ([t0, t1, _], [u0, ..]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let (valency0, valency1) = (valency(n0), valency(n1));
        let lefts = u64::from(front.lefts.min(3));
        features.add(&[w0, valency0]);
        features.add(&[t0, valency0]);
        features.add(&[w1, valency1]);
        features.add(&[t1, valency1]);
        features.add(&[v0, lefts]);
        features.add(&[u0, lefts]);
        features.add(&[t0, u0, valency0, lefts]);
        features.add(&[t1, t0, valency1, valency0]);
    }

    /// The dependents, and each with its head.
    fn add_dependents(&self, features: &mut Features) {
        let [n0, n1, front] = self.nodes;
        let ([t0, t1, _], [u0, ..]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let (l0, r0, l1, r1, lb) = (n0.left, n0.right, n1.left, n1.right, front.left);
        let (w, t) = (|token| self.sentence.word(token), |token| self.sentence.tag(token));
        for token in [l0[0], r0[0], r1[0], l1[0], lb[0]] {
            features.add_each([w(token), t(token)]);
        }
        features.add_each([l0[1], r0[1], r1[1], lb[1]].map(t));
        features.add(&[t0, t(l0[0]), u0]);
        features.add(&[t0, t(r0[0]), u0]);
        features.add(&[t0, u0, t(lb[0])]);
        features.add(&[t1, t0, t(r0[0])]);
        features.add(&[t1, t(r1[0]), t0]);
        features.add(&[t1, t(l1[0]), t0]);
        features.add(&[t1, t0, t(l0[0])]);
        features.add(&[t1, w(l0[0]), t0]);
        features.add(&[t0, w(lb[0]), u0]);
    }

    /// Dependents with their heads' words, and with one another.
    fn add_families(&self, features: &mut Features) {
        let [n0, n1, front] = self.nodes;
        let ([t0, t1, _], [u0, ..]) = (self.stack.map(|spot| spot.tag), self.next.map(|spot| spot.tag));
        let ([wt0, wt1, _], w0, w1) = (self.stack.map(|spot| spot.both), self.stack[0].word, self.stack[1].word);
        let (l0, r0, r1, lb) = (n0.left, n0.right, n1.right, front.left);
        let (w, t) = (|token| self.sentence.word(token), |token| self.sentence.tag(token));
        features.add(&[w1, w(l0[0]), t0]);
        features.add(&[w0, w(l0[0]), u0]);
        features.add(&[t1, t0, w(l0[0]), u0]);
        features.add(&[wt0, t(r0[0]), u0]);
        features.add(&[wt0, w(r0[0]), u0]);
        features.add(&[wt1, t(r1[0]), t0]);
        features.add(&[wt1, w(r1[0]), t0]);
        features.add(&[t0, t(l0[0]), t(l0[1])]);
        features.add(&[t0, t(r0[0]), t(r0[1]), u0]);
        features.add(&[t1, t(r1[0]), t(r1[1]), t0]);
        features.add(&[u0, t(lb[0]), t(lb[1]), t0]);
        features.add(&[t(lb[0]), u0, t0, t1]);
        features.add(&[wt0, t(l0[0]), valency(n0)]);
    }
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

fn valency(node: Node) -> u64 {
    u64::from(node.lefts.min(3)) << 4 | u64::from(node.rights.min(3))
}
