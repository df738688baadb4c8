//! What a position is about, and what of it points back at another one.

use std::collections::HashSet;

use crate::analysis::Act;
use crate::analysis::attribution::tree::Tree;
use crate::analysis::model::Position;
use crate::analysis::position::Sources;
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

/// What a position is about.
#[derive(Default)]
pub struct Matter {
    /// Lemmas of its nouns, verbs and adjectives, by their beginnings, and the actors it names.
    pub words: HashSet<String>,
    /// "Those demands", "the proposal": points back at what such an act put forward.
    pub points_back: Option<Act>,
    /// The content is nothing but "the survey": a noun of the earlier position.
    pub named: Option<String>,
    /// The content is nothing but "it" or "that".
    pub pronoun: bool,
    /// "It would not do so": whether it would.
    pub does_so: Option<bool>,
    /// Its source is called a reply.
    pub is_reply: bool,
    /// Reports a deed, which may meet a demand.
    pub deed: bool,
    /// Says that something is not so.
    pub negated: bool,
}

impl Matter {
    pub fn of(sources: &Sources, position: &Position) -> Matter {
        let tree = sources.tree;
        let lists = &sources.cues.lists;
        let mut matter = Matter { named: named(tree, position), ..Matter::default() };
        matter.pronoun = match position.content[..] {
            [span] => lists.pointers.contains(&span.of(tree.text).to_lowercase()),
            _ => false,
        };
        for at in position.content.iter().flat_map(|&span| tree.tokens_in(span)) {
            matter.read(sources, position, at);
        }
        let mut source = position.source.iter().flat_map(|&span| tree.tokens_in(span));
        matter.is_reply = source.any(|at| is_reply(sources, at));
        matter
    }

    fn read(&mut self, sources: &Sources, position: &Position, at: usize) {
        let tree = sources.tree;
        let lists = &sources.cues.lists;
        self.words.extend(word(sources, position, at));
        if sources.mentions.at(tree, at).is_some() {
            return;
        }
        let negates = |at: usize| lists.negations.contains(&tree.word(at).to_lowercase());
        self.negated |= negates(at);
        if at > 1 && tree.is(at, "so") && tree.is(at - 1, "do") {
            self.does_so = Some(!(at.saturating_sub(3)..at).any(negates));
        }
        let tag = tree.tag(at);
        let lemma = tree.lemma(at).to_lowercase();
        // "Those demands", and "the demand" where nothing says which.
        let pointed = at > 0 && lists.pointing.contains(&tree.word(at - 1).to_lowercase());
        let alone = || tree.children(at).iter().all(|&child| child <= at);
        if tag.is_noun() && (pointed || tree.has_child(at, Relation::Determiner, &["the"]) && alone()) {
            let kinds = [
                (Act::Demands, &lists.demand_nouns),
                (Act::Offers, &lists.offer_nouns),
                (Act::Asks, &lists.request_nouns),
                (Act::Accuses, &lists.accusation_nouns),
            ];
            let named = kinds.into_iter().find(|(_, nouns)| nouns.contains(&lemma));
            self.points_back = named.map(|(act, _)| act).or(self.points_back);
        }
        let done = matches!(tag, Tag::Past | Tag::PastParticiple);
        self.deed |= done && tree.child(at, &[Relation::NominalSubject]).is_some();
    }

    /// Returns how many words two positions share.
    pub fn shared(&self, other: &Matter) -> usize {
        self.words.intersection(&other.words).count()
    }

    /// Returns the share of the shorter content's words that both have.
    pub fn overlap(&self, other: &Matter) -> f32 {
        let short = self.words.len().min(other.words.len());
        if short == 0 { 0.0 } else { self.shared(other) as f32 / short.max(3) as f32 }
    }
}

/// Returns what a token tells of a matter: another actor, or the beginning of a telling word.
fn word(sources: &Sources, position: &Position, at: usize) -> Option<String> {
    let tree = sources.tree;
    if let Some((actor, _)) = sources.mentions.at(tree, at) {
        return (!position.actors.contains(&actor)).then(|| sources.actors[actor.0].id.clone());
    }
    let tag = tree.tag(at);
    let lemma = tree.lemma(at).to_lowercase();
    let telling = tag.is_noun() || tag.is_verb() || tag.is_adjective();
    (telling && lemma.len() > 2 && !sources.cues.lists.common_words.contains(&lemma)).then(|| stem(&lemma))
}

/// Returns the noun of a content that is a definite noun phrase of two or three words.
fn named(tree: &Tree, position: &Position) -> Option<String> {
    let [span] = position.content[..] else { return None };
    let run = tree.tokens_in(span);
    let noun = run.end.checked_sub(1)?;
    let pointing = ["the", "such", "this", "that", "those", "these"];
    let definite = (2..=3).contains(&run.len()) && tree.is_any(run.start, &pointing);
    (definite && tree.tag(noun).is_noun()).then(|| stem(&tree.lemma(noun).to_lowercase()))
}

/// Words are compared by their beginnings: "withdraw" and "withdrawal", "propose" and "proposal".
fn stem(lemma: &str) -> String {
    lemma.chars().take(6).collect()
}

fn is_reply(sources: &Sources, at: usize) -> bool {
    let tree = sources.tree;
    let lists = &sources.cues.lists;
    let replies = |at: usize| lists.reply_nouns.contains(tree.lemma(at));
    if replies(at) {
        return true;
    }
    // "The document" is a reply when the last document with an author was one.
    let document =
        lists.documents.contains(tree.lemma(at)) && tree.child(at, &[Relation::NounModifierPossessive]).is_none();
    let is_document = |at: &usize| tree.tag(*at).is_noun() && (replies(*at) || lists.letters.contains(tree.lemma(*at)));
    document && (at.saturating_sub(BACK)..at).rev().find(is_document).is_some_and(replies)
}

/// How many tokens back a document was called by what it is.
const BACK: usize = 200;
