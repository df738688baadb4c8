//! Learning the parser by beam search, and the labeller on the annotated trees.

use demarche::analysis::Relation;
use demarche::analysis::syntax::arc;
use demarche::analysis::syntax::labeller::Tree;
use demarche::analysis::syntax::outlook;
use demarche::analysis::syntax::search::{Search, Sentence};
use demarche::analysis::syntax::transition::{NONE, State, States, Transition};
use demarche::analysis::syntax::weights::{self, Weights};

use super::learner::Learner;

/// A sentence with its heads, without crossing arcs, and its relations.
pub struct Parsed {
    pub sentence: Sentence,
    pub heads: Vec<u32>,
    pub relations: Vec<Relation>,
}

/// Teaches a learner the transitions: where the right way falls furthest behind the best, both are compared.
pub fn train(mut learner: Learner, all: &[Parsed], width: usize, epochs: usize, random: &mut fastrand::Rng) -> Learner {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let mut search = Search::default();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let mut mistakes = 0;
        for &index in &order {
            learner.next_step();
            if let Some((right, wrong)) = worst_violation(&learner, &all[index], width, &mut search) {
                mistakes += 1;
                update(&mut learner, &all[index].sentence, &search.states, right, wrong);
            }
        }
        eprintln!("parser: epoch {}, {:.1} % of the sentences wrong", epoch + 1, percent(mistakes, order.len()));
    }
    learner
}

pub fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// Searches as the parser does, with the right way beside it; returns both where their scores differ most.
fn worst_violation(learner: &Learner, parsed: &Parsed, width: usize, search: &mut Search) -> Option<(u32, u32)> {
    let sentence = &parsed.sentence;
    let oracle = Oracle::new(&parsed.heads);
    let mut right = search.start(sentence);
    let mut beam = vec![right];
    let mut worst = None;
    let mut most = 0.0;
    // The state of the beam that is the right one, while there is one.
    let mut followed = Some(right);
    for _ in 0..2 * sentence.len() {
        let candidates = search.expand(sentence, learner, &beam, width).to_vec();
        let state = *search.states.get(right);
        let by = oracle.transition(&search.states, &state);
        let score = state.score + search.scores(sentence, learner, right)[by as usize];
        beam.clear();
        let mut next = None;
        for candidate in &candidates {
            let number = search.states.advance(candidate.state, candidate.by, candidate.score);
            if Some(candidate.state) == followed && candidate.by == by {
                next = Some(number);
            }
            beam.push(number);
        }
        followed = next;
        right = search.states.advance(right, by, score);
        let ahead = search.states.get(beam[0]).score - score;
        let is_wrong = followed != Some(beam[0]);
        if is_wrong && (worst.is_none() || ahead > most) {
            most = ahead;
            worst = Some((right, beam[0]));
        }
    }
    // A parse that is right in the end teaches nothing, whatever led before.
    worst.filter(|_| followed != Some(beam[0]))
}

/// Rewards the right way and blames the wrong one, from where they part.
fn update(learner: &mut Learner, sentence: &Sentence, states: &States, right: u32, wrong: u32) {
    let (right, wrong) = (path(states, right), path(states, wrong));
    let shared = right.iter().zip(&wrong).take_while(|(a, b)| a.1 == b.1).count();
    let mut features = Vec::new();
    for (way, change) in [(right, 1.0), (wrong, -1.0)] {
        for (parent, by) in way.into_iter().skip(shared) {
            let state = states.get(parent);
            if states.is_choice(state) {
                outlook::collect_features(sentence, state, states.stack(state), &mut features);
                learner.update(&features, by as usize, change);
            }
        }
    }
}

/// Returns the states on the way to one, each with the transition taken from it.
fn path(states: &States, to: u32) -> Vec<(u32, Transition)> {
    let mut path = Vec::new();
    let mut at = states.get(to);
    while at.parent != NONE {
        path.push((at.parent, at.by));
        at = states.get(at.parent);
    }
    path.reverse();
    path
}

/// Knows the right transition of every state on the right way.
struct Oracle<'a> {
    heads: &'a [u32],
    /// The last dependent of each word, itself when there is none behind it.
    last: Vec<u32>,
}

impl Oracle<'_> {
    fn new(heads: &[u32]) -> Oracle<'_> {
        let mut last: Vec<u32> = (0..heads.len() as u32).collect();
        for (token, &head) in heads.iter().enumerate() {
            if let Some(last) = last.get_mut(head as usize) {
                *last = (*last).max(token as u32);
            }
        }
        Oracle { heads, last }
    }

    fn transition(&self, states: &States, state: &State) -> Transition {
        let [top, below, _] = states.stack(state);
        let front = state.front.token;
        let Some(&head) = self.heads.get(top.token as usize) else { return Transition::Shift };
        let is_complete = self.last[top.token as usize] < front;
        if head == front && states.allows(state, Transition::Left) {
            Transition::Left
        } else if head == below.token && is_complete {
            Transition::Right
        } else {
            Transition::Shift
        }
    }
}

/// Teaches a learner the relations of the annotated trees.
pub fn train_labels(mut learner: Learner, all: &[Parsed], epochs: usize, random: &mut fastrand::Rng) -> Learner {
    let mut order: Vec<usize> = (0..all.len()).collect();
    let mut features = Vec::new();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &index in &order {
            let Parsed { sentence, heads, relations } = &all[index];
            let tree = Tree::new(heads);
            let mut guesses = vec![Relation::Unspecified; heads.len()];
            for token in tree.upward() {
                let right = relations[token as usize];
                guesses[token as usize] = right;
                if right == Relation::Root {
                    continue;
                }
                arc::collect_features(sentence, &tree, &guesses, token, &mut features);
                let mut scores = [0.0; Relation::ALL.len()];
                learner.add(&features, &mut scores);
                scores[Relation::Root as usize] = f32::NEG_INFINITY;
                let guess = Relation::of_index(weights::best(&scores));
                if guess != right {
                    learner.update(&features, right as usize, 1.0);
                    learner.update(&features, guess as usize, -1.0);
                }
                guesses[token as usize] = guess;
                learner.next_step();
            }
        }
    }
    learner
}
