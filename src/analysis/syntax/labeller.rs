//! The labeller: names the relation of each word to its head, once the whole tree stands.
//!
//! It goes from the leaves up, left to right, so that a word sees what its own dependents are (a copula, a preposition,
//! a subject tell a clause from a noun) and what the sisters before it are.

use super::arc;
use super::certain::CertainRelations;
use super::relation::Relation;
use super::search::Sentence;
use super::transition::{NONE, Place};
use super::weights::{self, Weights};

/// Returns the relation of each word to its head, the root being the number of words.
pub fn find_relations(
    sentence: &Sentence,
    heads: &[Place],
    weights: &impl Weights,
    certain: CertainRelations,
) -> Vec<Relation> {
    let tree = Tree::new(heads);
    let mut relations = vec![Relation::Unspecified; heads.len()];
    let mut features = Vec::new();
    for token in tree.upward() {
        let head = heads[token as usize];
        let is_root = head as usize == heads.len();
        let sure = if is_root { Some(Relation::Root) } else { certain.relation(sentence, token, head) };
        if let Some(relation) = sure {
            relations[token as usize] = relation;
            continue;
        }
        arc::collect_features(sentence, &tree, &relations, token, &mut features);
        let mut scores = [0.0; Relation::ALL.len()];
        weights.add(&features, &mut scores);
        // Only a root is one.
        scores[Relation::Root as usize] = f32::NEG_INFINITY;
        relations[token as usize] = Relation::of_index(weights::best(&scores));
    }
    relations
}

/// Heads and dependents of one sentence.
#[derive(Clone, Debug)]
pub struct Tree<'a> {
    heads: &'a [Place],
    /// The dependents of all, those of one token together, in order; `starts` says where they begin.
    dependents: Vec<Place>,
    starts: Vec<u32>,
    /// Where each token stands among its sisters.
    rank: Vec<u32>,
}

impl<'a> Tree<'a> {
    pub fn new(heads: &'a [Place]) -> Tree<'a> {
        let mut starts = vec![0; heads.len() + 2];
        for &head in heads {
            starts[head as usize + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut dependents = vec![0; heads.len()];
        let mut rank = vec![0; heads.len()];
        for (token, &head) in heads.iter().enumerate() {
            let place = &mut next[head as usize];
            dependents[*place as usize] = token as Place;
            rank[token] = *place - starts[head as usize];
            *place += 1;
        }
        Tree { heads, dependents, starts, rank }
    }

    /// Returns a token's head, nothing for the root.
    pub fn head(&self, token: Place) -> Place {
        self.heads.get(token as usize).copied().unwrap_or(NONE)
    }

    /// Returns where a token stands among its sisters.
    pub fn rank(&self, token: Place) -> usize {
        self.rank[token as usize] as usize
    }

    pub fn dependents(&self, token: Place) -> &[Place] {
        match self.starts.get(token as usize..token as usize + 2) {
            Some(&[start, end]) => &self.dependents[start as usize..end as usize],
            _ => &[],
        }
    }

    /// Returns the words with every head after its dependents, and sisters in order.
    pub fn upward(&self) -> Vec<Place> {
        let mut order: Vec<Place> = self.dependents(self.heads.len() as Place).iter().rev().copied().collect();
        let mut at = 0;
        while at < order.len() {
            order.extend(self.dependents(order[at]).iter().rev());
            at += 1;
        }
        order.reverse();
        order
    }
}
