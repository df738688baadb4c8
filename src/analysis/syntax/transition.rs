//! The parser's states: the arc-hybrid system over a stack that shares its parts.
//!
//! A state is small and never changes; a transition makes a new one that points to what it keeps of the old. So a
//! search can hold many states, and a sentence of any length costs a fixed amount for each transition.

/// The token's number after the last word: the root.
pub type Place = u32;

/// No token, no node, no state.
pub const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Transition {
    /// The next token goes onto the stack.
    Shift,
    /// The top of the stack becomes a dependent of the next token.
    Left,
    /// The top of the stack becomes a dependent of the token below it.
    Right,
}

pub const TRANSITIONS: [Transition; 3] = [Transition::Shift, Transition::Left, Transition::Right];

/// A token with the dependents it has so far, the outermost two on each side.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    pub token: Place,
    pub left: [Place; 2],
    pub right: [Place; 2],
    pub lefts: u8,
    pub rights: u8,
    /// The node below it on the stack.
    below: u32,
}

impl Node {
    const NOTHING: Node = Node { token: NONE, left: [NONE; 2], right: [NONE; 2], lefts: 0, rights: 0, below: NONE };

    fn new(token: Place) -> Node {
        Node { token, ..Node::NOTHING }
    }

    fn with_left(self, token: Place) -> Node {
        Node { left: [token, self.left[0]], lefts: self.lefts.saturating_add(1), ..self }
    }

    fn with_right(self, token: Place) -> Node {
        Node { right: [token, self.right[0]], rights: self.rights.saturating_add(1), ..self }
    }
}

/// How far a parse has come, and by which way.
#[derive(Clone, Copy, Debug)]
pub struct State {
    pub score: f32,
    /// The next token with the dependents to its left.
    pub front: Node,
    /// The top of the stack.
    top: u32,
    pub depth: u32,
    /// The state before, and how it came from there.
    pub parent: u32,
    pub by: Transition,
}

/// The states of one sentence and the nodes they share.
#[derive(Clone, Debug, Default)]
pub struct States {
    nodes: Vec<Node>,
    pub states: Vec<State>,
    words: u32,
}

impl States {
    /// Forgets everything and makes the first state of a sentence of so many words; returns its number.
    pub fn start(&mut self, words: usize) -> u32 {
        self.nodes.clear();
        self.states.clear();
        self.words = words as u32;
        let (front, by) = (Node::new(0), Transition::Shift);
        self.states.push(State { score: 0.0, front, top: NONE, depth: 0, parent: NONE, by });
        0
    }

    pub fn get(&self, state: u32) -> &State {
        &self.states[state as usize]
    }

    /// Returns the top three nodes of the stack; what is not there has no token.
    pub fn stack(&self, state: &State) -> [Node; 3] {
        let first = self.node(state.top);
        let second = self.node(first.below);
        [first, second, self.node(second.below)]
    }

    /// Only the last token on the stack may become the root's dependent: a sentence has one root.
    pub fn allows(&self, state: &State, transition: Transition) -> bool {
        let words_left = state.front.token < self.words;
        match transition {
            Transition::Shift => words_left,
            Transition::Left => state.depth > 1 && words_left || state.depth == 1,
            Transition::Right => state.depth > 1,
        }
    }

    /// Returns whether more than one transition is allowed.
    pub fn is_choice(&self, state: &State) -> bool {
        TRANSITIONS.iter().filter(|&&transition| self.allows(state, transition)).count() > 1
    }

    /// Makes the state after a transition that is allowed; returns its number.
    pub fn advance(&mut self, from: u32, by: Transition, score: f32) -> u32 {
        let old = *self.get(from);
        let top = self.node(old.top);
        let (front, top, depth) = match by {
            Transition::Shift => {
                let pushed = self.keep(Node { below: old.top, ..old.front });
                (Node::new(old.front.token + 1), pushed, old.depth + 1)
            }
            Transition::Left => (old.front.with_left(top.token), top.below, old.depth - 1),
            Transition::Right => {
                let head = self.node(top.below).with_right(top.token);
                (old.front, self.keep(head), old.depth - 1)
            }
        };
        self.states.push(State { score, front, top, depth, parent: from, by });
        self.states.len() as u32 - 1
    }

    /// Returns the head of every word on the way to a state; the root is the word after the last.
    pub fn heads(&self, state: u32) -> Vec<Place> {
        let mut heads = vec![NONE; self.words as usize];
        let mut at = self.get(state);
        while at.parent != NONE {
            let parent = self.get(at.parent);
            let [top, below, _] = self.stack(parent);
            match at.by {
                Transition::Shift => {}
                Transition::Left => heads[top.token as usize] = parent.front.token,
                Transition::Right => heads[top.token as usize] = below.token,
            }
            at = parent;
        }
        heads
    }

    fn node(&self, node: u32) -> Node {
        self.nodes.get(node as usize).copied().unwrap_or(Node::NOTHING)
    }

    fn keep(&mut self, node: Node) -> u32 {
        self.nodes.push(node);
        self.nodes.len() as u32 - 1
    }
}
