//! Attributions: source, cue and content of everything the text ties to somebody's saying, wanting or refusing.
//!
//! A rule is one file. It looks at one cue and says what the cue's content is; the table [`RULES`] holds them all, each
//! with a sentence it finds and one it must leave alone. For each cue the first rule that finds something counts.

mod adjective;
mod boundary;
mod clause;
mod comment;
mod content;
mod continued;
mod describe;
mod direct_speech;
pub mod ends;
mod holder;
mod infinitive;
mod inserted;
mod judgement;
mod light_verb;
mod noun;
mod object;
mod passive;
mod phrase;
mod preposition;
mod relative;
pub mod source;
pub mod tree;
mod unsourced;
mod verbless;
mod withheld;

use super::Act;
use super::cue::{Class, Cue, Cues, Form, Frame};
use super::relation::Relation;
use super::tag::Tag;
pub use describe::describe;
pub use phrase::NAME as PHRASE;
use source::Source;
use tree::{Run, Tree};
pub use verbless::NAME as VERBLESS;

/// Who, by which words, what, before anybody knows which actor it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    pub source: Option<Source>,
    /// The word of the cue that its lemma stands for; the first word of the content when there is no cue.
    pub anchor: usize,
    pub cue: Vec<Run>,
    pub content: Vec<Run>,
    pub act: Act,
    pub negated: bool,
    pub hedged: bool,
    /// Counts only when its source is a known actor.
    pub weak: bool,
    /// The form of the content, which says how sure the finding is.
    pub form: Form,
    pub rule: &'static str,
}

/// A way in which the text says whose words something is.
pub struct Rule {
    pub name: &'static str,
    /// The cues it looks at.
    pub class: Class,
    pub find: fn(&Site) -> Option<Finding>,
    /// A sentence it finds, marked.
    pub finds: &'static str,
    /// A sentence in which it finds nothing.
    pub leaves: &'static str,
}

/// A cue where it stands, as a rule looks at it.
pub struct Site<'a> {
    pub tree: &'a Tree<'a>,
    pub cues: &'a Cues,
    pub cue: &'a Cue,
    pub at: usize,
}

/// What a rule finds at a site.
pub struct Finding {
    pub source: Option<Source>,
    /// Words that belong to the cue besides its verb group: the particle, the preposition, the noun of a light verb.
    pub cue: Vec<usize>,
    pub content: Vec<Run>,
    pub frame: Frame,
    /// Something else than the cue is negated: "had *no* plans".
    pub negated: bool,
}

/// All rules that start from a cue, in the order in which they are tried.
pub const RULES: &[Rule] = &[
    comment::RULE,
    direct_speech::RULE,
    judgement::RULE,
    inserted::RULE,
    clause::RULE,
    withheld::RULE,
    infinitive::RULE,
    infinitive::WITH_OBJECT,
    preposition::WITH_INFINITIVE,
    preposition::RULE,
    passive::RULE,
    unsourced::RULE,
    object::RULE,
    relative::RULE,
    light_verb::RULE,
    noun::RULE,
    adjective::RULE,
];

/// A longer sentence is a table or worse; rules look at whole sentences, and their work must stay in proportion.
pub const LONGEST: usize = 400;

/// Returns the attributions of a document, in the order of their cues.
pub fn find_attributions(tree: &Tree, cues: &Cues) -> Vec<Attribution> {
    let mut found: Vec<Attribution> = Vec::new();
    let prose = tree.sentences().iter().filter(|sentence| sentence.len() <= LONGEST).cloned();
    for at in prose.flatten() {
        let Some((class, senses)) = senses(tree, cues, at) else { continue };
        // The longer cue goes first: "rule out" before "rule".
        let fitting = senses
            .iter()
            .filter(|cue| cue.particle.is_some())
            .chain(senses.iter().filter(|cue| cue.particle.is_none()));
        found.extend(fitting.filter_map(|cue| apply(&Site { tree, cues, cue, at }, class)).next());
    }
    found.extend(phrase::find(tree, cues));
    found.sort_by_key(|attribution| attribution.anchor);
    verbless::find(tree, cues, &mut found);
    continued::extend(tree, &mut found);
    found
}

/// Returns what a word can be as a cue.
fn senses<'a>(tree: &Tree, cues: &'a Cues, at: usize) -> Option<(Class, &'a [Cue])> {
    let tag = tree.tag(at);
    let used_as_verb = !matches!(
        tree.relation(at),
        Relation::Adjectival | Relation::Compound | Relation::Auxiliary | Relation::Case | Relation::Copula
    );
    let some =
        |class: Class, lemma: &str| Some((class, cues.of(class, lemma))).filter(|(_, senses)| !senses.is_empty());
    match tag {
        // "is committed to": a participle that has become an adjective goes by its own form.
        Tag::PastParticiple if tree.is_passive(at) => {
            some(Class::Adjective, &tree.word(at).to_ascii_lowercase()).or_else(|| some(Class::Verb, tree.lemma(at)))
        }
        tag if tag.is_verb() && used_as_verb => some(Class::Verb, tree.lemma(at)),
        Tag::Noun | Tag::Nouns => some(Class::Noun, tree.lemma(at)),
        tag if tag.is_adjective() => some(Class::Adjective, &tree.word(at).to_ascii_lowercase()),
        _ => None,
    }
}

/// Conjunctions under which nothing is said to have happened: "if Norway refuses".
const HYPOTHETICAL: &[&str] = &["if", "once", "unless", "until", "lest", "whether", "should"];

/// Returns whether a cue is only supposed: it or the verb it completes stands under a condition.
fn is_supposed(tree: &Tree, cue: usize) -> bool {
    let mut at = cue;
    for _ in 0..3 {
        let own =
            tree.children(at).iter().copied().filter(|&child| tree.relation(child) == Relation::Mark && child < cue);
        if own.into_iter().any(|mark| tree.is_any(mark, HYPOTHETICAL)) {
            return true;
        }
        match (tree.relation(at), tree.head(at)) {
            (Relation::OpenComplement | Relation::Conjunct | Relation::Copula, Some(head)) => at = head,
            _ => return false,
        }
    }
    false
}

/// Returns whether a verb is what somebody says that another is to do: "demanded that the firm *offer* a refund".
fn is_demanded(site: &Site) -> bool {
    let tree = site.tree;
    let complement = tree.relation(site.at) == Relation::ClausalComplement;
    let outer = tree.head(site.at).filter(|&outer| complement && outer < site.at);
    outer.is_some_and(|outer| content::reports(tree, site.cues, outer) && clause::obliges(tree, outer, site.at))
}

fn apply(site: &Site, class: Class) -> Option<Attribution> {
    if is_supposed(site.tree, site.at) || is_demanded(site) {
        return None;
    }
    let particle = match &site.cue.particle {
        Some(particle) => Some(site.particle(particle)?),
        None => None,
    };
    let rules = RULES.iter().filter(|rule| rule.class == class);
    // "did not rule that out": the particle is no part of what the cue is about.
    let apart = |finding: &Finding| particle.is_none_or(|at| !finding.content.iter().any(|run| run.contains(&at)));
    let found = |rule: &'static Rule| (rule.find)(site).filter(apart).map(|finding| (rule, finding));
    let (rule, mut finding) = rules.filter_map(found).next()?;
    finding.cue.extend(particle);
    let negated = site.is_negated() || finding.negated;
    let (act, negated) = match finding.frame.negated {
        // The act of a denied cue says so itself: "did not say" withholds.
        Some(act) if negated => (act, false),
        _ if site.rejects_as_untrue(&finding) => (Act::Denies, negated),
        _ => (finding.frame.act, negated),
    };
    Some(Attribution {
        cue: site.cue_runs(&finding.cue),
        source: finding.source,
        anchor: site.at,
        content: finding.content,
        act,
        negated,
        hedged: !matches!(finding.frame.form, Form::Withheld | Form::Drawn) && site.is_hedged(),
        weak: finding.frame.weak,
        form: finding.frame.form,
        rule: rule.name,
    })
}

impl Site<'_> {
    /// Returns the particle of a cue of two words, where it follows: at once, or behind a short object.
    fn particle(&self, particle: &str) -> Option<usize> {
        let tree = self.tree;
        let near = (self.at + 1..(self.at + 5).min(tree.sentence(self.at).end)).find(|&at| tree.is(at, particle))?;
        (near == self.at + 1 || tree.head(near) == Some(self.at)).then_some(near)
    }

    /// Returns whether what is rejected is that something is so: "rejected claims that", "dismissed any suggestion".
    fn rejects_as_untrue(&self, finding: &Finding) -> bool {
        if finding.frame.act != Act::Refuses || finding.frame.form != Form::Object {
            return false;
        }
        let (tree, lists) = (self.tree, &self.cues.lists);
        let mut words = finding.content.iter().flat_map(|run| run.clone());
        let Some(head) = words.find(|&at| tree.head(at) == Some(self.at) && tree.tag(at).is_noun()) else {
            return false;
        };
        let is_court = || {
            let mut source = finding.source.iter().flat_map(|source| source.words()).flat_map(|run| run.clone());
            source.any(|at| lists.courts.contains(tree.lemma(at)))
        };
        let noun = tree.lemma(head);
        tree.is_any(head + 1, &["that", "of"]) && lists.told_nouns.contains(noun)
            || lists.assertion_nouns.contains(noun) && !(lists.court_nouns.contains(noun) && is_court())
    }

    /// Returns whether the cue is denied: by "not" or "never" beside it, or by "no" before its noun.
    fn is_negated(&self) -> bool {
        let tree = self.tree;
        let negates = |&child: &usize| {
            matches!(
                tree.relation(child),
                Relation::Adverbial | Relation::Determiner | Relation::Mark | Relation::Coordination
            ) && self.cues.lists.negations.contains(&tree.word(child).to_ascii_lowercase())
                && child < self.at
        };
        tree.children(self.at).iter().any(negates)
    }

    /// Returns whether the text itself is not sure that the cue happened: "reportedly said", "may reject".
    fn is_hedged(&self) -> bool {
        let (tree, lists) = (self.tree, &self.cues.lists);
        let hedges = |&child: &usize| {
            let word = tree.word(child).to_ascii_lowercase();
            lists.hedges.contains(&word) || tree.tag(child) == Tag::Modal && lists.hedging_modals.contains(&word)
        };
        let appears = || {
            let governed = tree.relation(self.at) == Relation::OpenComplement;
            governed && tree.head(self.at).is_some_and(|head| lists.hedging_verbs.contains(tree.lemma(head)))
        };
        tree.children(self.at).iter().any(hedges) || appears()
    }

    /// Returns the cue's words: auxiliaries, negation and adverbs that touch the verb, and those the rule adds.
    fn cue_runs(&self, added: &[usize]) -> Vec<Run> {
        let tree = self.tree;
        let belongs = |child: usize| match tree.relation(child) {
            Relation::Auxiliary | Relation::Copula => true,
            Relation::PassiveAuxiliary => tree.passive_auxiliary(self.at) == Some(child),
            Relation::Adverbial => child < self.at && !tree.tag(child).is_wh() && !tree.tag(child).is_adjective(),
            _ => false,
        };
        let own = tree.children(self.at).iter().copied().filter(|&child| belongs(child));
        let mut words: Vec<usize> = own.chain(added.iter().copied()).chain([self.at]).collect();
        words.sort_unstable();
        words.dedup();
        // Words that do not touch the others ("Never before has she said") are left out.
        let around = tree::runs(tree, &words);
        let near = |run: &Run| run.contains(&self.at) || added.iter().any(|word| run.contains(word));
        around.into_iter().filter(near).collect()
    }

    /// Returns who holds the cue.
    fn subject(&self) -> Option<Source> {
        source::subject(self.tree, self.at)
    }
}

#[cfg(test)]
mod tests;
