//! What the parser sees of the dependents that the tokens on top and next have so far, and of the rest of the stack.
//!
//! In the functions below `w` and `t` are word and tag, `l` and `r` the dependents on each side, from the outermost.

use super::features::Features;
use super::outlook::Outlook;
use super::transition::{Node, Place};

impl Outlook<'_> {
    /// The dependents of the top of the stack.
    pub(super) fn add_top(&self, features: &mut Features) {
        let (node, top, u0) = (self.nodes[0], self.stack[0], self.next[0].tag);
        let (w0, t0, wt0, valency) = (top.word, top.tag, top.both, valency(node));
        let ([l0, l1], [r0, r1]) = (node.left, node.right);
        features.add_as(77, &[w0, valency]);
        features.add_as(78, &[t0, valency]);
        features.add_as(85, &[self.word(l0)]);
        features.add_as(86, &[self.tag(l0)]);
        features.add_as(95, &[self.tag(l1)]);
        features.add_as(87, &[self.word(r0)]);
        features.add_as(88, &[self.tag(r0)]);
        features.add_as(96, &[self.tag(r1)]);
        features.add_as(99, &[t0, self.tag(l0), u0]);
        features.add_as(100, &[t0, self.tag(r0), u0]);
        features.add_as(109, &[w0, self.word(l0), u0]);
        features.add_as(111, &[wt0, self.tag(r0), u0]);
        features.add_as(112, &[wt0, self.word(r0), u0]);
        features.add_as(115, &[t0, self.tag(l0), self.tag(l1)]);
        features.add_as(116, &[t0, self.tag(r0), self.tag(r1), u0]);
        features.add_as(120, &[wt0, self.tag(l0), valency]);
    }

    /// The dependents of the second on the stack.
    pub(super) fn add_below(&self, features: &mut Features) {
        let (node, [top, below, _]) = (self.nodes[1], self.stack);
        let (w1, t1, wt1, t0, valency) = (below.word, below.tag, below.both, top.tag, valency(node));
        let ([l0, _], [r0, r1]) = (node.left, node.right);
        features.add_as(79, &[w1, valency]);
        features.add_as(80, &[t1, valency]);
        features.add_as(91, &[self.word(l0)]);
        features.add_as(92, &[self.tag(l0)]);
        features.add_as(89, &[self.word(r0)]);
        features.add_as(90, &[self.tag(r0)]);
        features.add_as(97, &[self.tag(r1)]);
        features.add_as(104, &[t1, self.tag(l0), t0]);
        features.add_as(103, &[t1, self.tag(r0), t0]);
        features.add_as(113, &[wt1, self.tag(r0), t0]);
        features.add_as(114, &[wt1, self.word(r0), t0]);
        features.add_as(117, &[t1, self.tag(r0), self.tag(r1), t0]);
        features.add_as(60, &[below.kind, top.kind, valency]);
    }

    /// The dependents of the next token.
    pub(super) fn add_front(&self, features: &mut Features) {
        let (node, front, t0) = (self.nodes[2], self.next[0], self.stack[0].tag);
        let (v0, u0, lefts) = (front.word, front.tag, lefts(node));
        let [l0, l1] = node.left;
        features.add_as(81, &[v0, lefts]);
        features.add_as(82, &[u0, lefts]);
        features.add_as(93, &[self.word(l0)]);
        features.add_as(94, &[self.tag(l0)]);
        features.add_as(98, &[self.tag(l1)]);
        features.add_as(101, &[t0, u0, self.tag(l0)]);
        features.add_as(107, &[t0, self.word(l0), u0]);
        features.add_as(118, &[u0, self.tag(l0), self.tag(l1), t0]);
    }

    /// Writes the features that are in no list: the third on the stack, whether the sentence ends, and what dependents
    /// are to each other's heads.
    pub fn collect_rest(&self, features: &mut Vec<u32>) {
        let features = &mut Features::more(features, None);
        let ([t0, t1, t2], u0) = (self.stack.map(|spot| spot.tag), self.next[0].tag);
        let ([_, w1, w2], [n0, n1, front]) = (self.stack.map(|spot| spot.word), self.nodes);
        let is_end = u64::from(front.token as usize == self.sentence.len());
        let l0 = n0.left[0];
        features.add_as(16, &[w2]);
        features.add_as(17, &[t2]);
        features.add_as(48, &[t2, t1, t0]);
        features.add_as(49, &[t2, t1, t0, u0]);
        features.add_as(121, &[is_end, u64::from(self.depth.min(3)), t0]);
        features.add_as(122, &[is_end, t1, t0, t2]);
        features.add_as(83, &[t0, u0, valency(n0), lefts(front)]);
        features.add_as(84, &[t1, t0, valency(n1), valency(n0)]);
        features.add_as(102, &[t1, t0, self.tag(n0.right[0])]);
        features.add_as(105, &[t1, t0, self.tag(l0)]);
        features.add_as(106, &[t1, self.word(l0), t0]);
        features.add_as(108, &[w1, self.word(l0), t0]);
        features.add_as(110, &[t1, t0, self.word(l0), u0]);
        features.add_as(119, &[self.tag(front.left[0]), u0, t0, t1]);
    }

    fn word(&self, token: Place) -> u64 {
        self.sentence.word(token)
    }

    fn tag(&self, token: Place) -> u64 {
        self.sentence.tag(token)
    }
}

/// How many dependents a token has on each side.
fn valency(node: Node) -> u64 {
    lefts(node) << 4 | u64::from(node.rights.min(3))
}

fn lefts(node: Node) -> u64 {
    u64::from(node.lefts.min(3))
}
