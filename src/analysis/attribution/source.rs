//! Who holds a cue: its subject, one it shares or inherits, or the noun phrase beside a quotation.

use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::tree::{Run, Tree, runs, trim};

/// The noun phrase an attribution comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Its head word.
    pub head: usize,
    pub run: Run,
    /// The phrase that says who it is: the noun before "who", else the source itself.
    pub meant: Run,
}

impl Source {
    /// Returns the run as a list, for what takes several.
    pub fn words(&self) -> &[Run] {
        std::slice::from_ref(&self.run)
    }
}

/// How far up the tree a subject is looked for: "said he had wanted to try to stop it".
const HOPS: usize = 5;

/// Returns the subject of a verb, noun or adjective that is used as a predicate.
///
/// A subject is shared by conjuncts ("criticised and rejected") and inherited by participles ("saying it would")
/// and open complements ("wants to ask"); a relative pronoun stands for the noun its clause modifies.
pub fn subject(tree: &Tree, predicate: usize) -> Option<Source> {
    let mut at = predicate;
    for _ in 0..HOPS {
        if let Some(own) = own_subject(tree, at) {
            return if tree.tag(own).is_wh() { antecedent(tree, at, own) } else { Some(noun_phrase(tree, own)) };
        }
        let head = tree.head(at)?;
        match tree.relation(at) {
            Relation::Conjunct | Relation::OpenComplement | Relation::Copula | Relation::Auxiliary => at = head,
            Relation::Parataxis | Relation::Unspecified if at != predicate => at = head,
            Relation::NounClause if is_headless(tree, at, head) => {
                let name = Some(head).filter(|&head| tree.relation(head) == Relation::Apposition);
                let name = name.and_then(|head| tree.head(head)).unwrap_or(head);
                return before_verb(tree, name, at);
            }
            // "with half of the owners *saying* they would sell"
            Relation::NounClause if tree.tag(at) == Tag::Gerund && head < at => {
                return if is_apart(tree, at) { governing(tree, head) } else { before_verb(tree, head, at) };
            }
            Relation::NounClause if tree.tag(at) == Tag::Gerund => return Some(noun_phrase(tree, head)),
            Relation::RelativeClause if tree.tag(head).is_noun() => return Some(noun_phrase(tree, head)),
            Relation::AdverbialClause if inherits(tree, at) => at = head,
            // ", adding that …" is taken for a complement of "said" now and then.
            Relation::ClausalComplement | Relation::Parataxis if tree.tag(at) == Tag::Gerund => at = head,
            _ => return None,
        }
    }
    None
}

/// "The party called on the mayor to resign": without another verb the participle is the sentence's own past tense.
fn is_headless(tree: &Tree, verb: usize, noun: usize) -> bool {
    let sentence = tree.sentence(verb);
    // "Ruiz, the mayor, tweeted": the verb may hang on what describes the name.
    let top = if tree.relation(noun) == Relation::Apposition { tree.head(noun) } else { Some(noun) };
    tree.tag(verb) == Tag::PastParticiple
        && top.is_some_and(|top| tree.relation(top) == Relation::Root && top < verb)
        && !sentence.into_iter().any(|at| tree.tag(at).is_finite() && tree.quotation(at).is_none())
}

/// Returns whether a participle is cut off from the noun before it: ", adding", "for endorsing".
fn is_apart(tree: &Tree, participle: usize) -> bool {
    let before = participle - 1;
    tree.is_punctuation(before) || matches!(tree.tag(before), Tag::Preposition | Tag::Conjunction)
}

/// Returns the subject of the verb that a noun depends on.
pub fn governing(tree: &Tree, noun: usize) -> Option<Source> {
    let verb = std::iter::successors(Some(noun), |&at| tree.head(at)).take(HOPS).find(|&at| tree.tag(at).is_verb())?;
    subject(tree, verb).filter(|source| !source.run.contains(&noun))
}

fn before_verb(tree: &Tree, noun: usize, verb: usize) -> Option<Source> {
    let mut source = noun_phrase(tree, noun);
    source.run.end = source.run.end.min(verb);
    source.meant = source.run.clone();
    (!source.run.is_empty()).then_some(source)
}

/// A participle or an infinitive of purpose has the subject of the clause it stands in.
fn inherits(tree: &Tree, verb: usize) -> bool {
    let infinitive = tree.tag(verb) == Tag::Verb && tree.has_child(verb, Relation::Mark, &["to"]);
    matches!(tree.tag(verb), Tag::Gerund | Tag::PastParticiple) || infinitive
}

/// Returns a subject that hangs on the predicate itself; a passive one is no holder of anything.
fn own_subject(tree: &Tree, predicate: usize) -> Option<usize> {
    // Of two subjects the nearer one is right ("that her members were ready", "the strike, the union says").
    let subjects = tree.children(predicate).iter().copied();
    let subjects =
        subjects.filter(|&child| matches!(tree.relation(child), Relation::NominalSubject | Relation::ClausalSubject));
    // "on Monday announced": a phrase of time is nobody.
    let subjects = subjects.filter(|&child| !tree.introduced_by(child, &["on", "in", "during"]));
    let subject = subjects.clone().rfind(|&subject| subject < predicate).or_else(|| subjects.clone().next());
    // The parser takes the present perfect for a passive now and then; a verb without "be" has an active subject.
    let active = tree.child(predicate, &[Relation::PassiveAuxiliary]).is_none();
    let passive = || tree.child(predicate, &[Relation::PassiveSubject]).filter(|_| active);
    // A name alone at the head of a sentence is taken for an exclamation now and then: "Norway demanded".
    let name = || {
        let called = tree.child(predicate, &[Relation::Discourse, Relation::Vocative, Relation::Dislocated])?;
        let capital = tree.word(called).starts_with(char::is_uppercase) && !tree.is_comma(called + 1);
        (called < predicate && capital).then_some(called)
    };
    subject.or_else(passive).or_else(name)
}

/// Returns the noun a relative pronoun stands for: the one its clause modifies.
fn antecedent(tree: &Tree, predicate: usize, pronoun: usize) -> Option<Source> {
    let mut at = predicate;
    for _ in 0..HOPS {
        let head = tree.head(at)?;
        if matches!(tree.relation(at), Relation::RelativeClause | Relation::NounClause) {
            // The words of the source are "who"; whom they mean is the noun before them.
            let meant = noun_phrase(tree, head).run;
            return (head < pronoun).then_some(Source { head, run: pronoun..pronoun + 1, meant });
        }
        at = head;
    }
    None
}

/// Returns who a passive verb is done by.
pub fn agent(tree: &Tree, verb: usize) -> Option<Source> {
    let by = |&&child: &&usize| {
        matches!(tree.relation(child), Relation::Agent | Relation::Oblique) && tree.introduced_by(child, &["by"])
    };
    tree.children(verb).iter().find(by).map(|&agent| noun_phrase(tree, agent))
}

/// Returns who a noun belongs to: a possessor, or the phrase after "by", "from", "of".
pub fn possessor(tree: &Tree, noun: usize) -> Option<Source> {
    let own = tree.child(noun, &[Relation::NounModifierPossessive]);
    let from = || {
        let after = |&&child: &&usize| {
            tree.relation(child) == Relation::NounModifier && tree.introduced_by(child, &["by", "from", "among"])
        };
        tree.children(noun).iter().find(after).copied()
    };
    own.or_else(from).map(|owner| noun_phrase(tree, owner))
}

/// Returns the noun phrase around its head: with titles, modifiers and appositions, without incidental clauses.
pub fn noun_phrase(tree: &Tree, head: usize) -> Source {
    let stop = |child: usize| match tree.relation(child) {
        Relation::Parataxis | Relation::Unspecified | Relation::AdverbialClause | Relation::ClausalComplement => true,
        Relation::Punctuation => tree.is_any(child, &[":", "—", "–", "--"]),
        Relation::Case => !tree.is_any(child, &["'s", "’s", "'", "’"]) && tree.head(child) == Some(head),
        Relation::Mark | Relation::Coordination => tree.head(child) == Some(head) && child < head,
        Relation::RelativeClause => follows_comma(tree, child),
        Relation::Conjunct => tree.tag(child).is_verb() && tree.tag(head).is_noun(),
        Relation::Adverbial => tree.is_any(child, &["also", "now", "still", "only", "even"]),
        _ => false,
    };
    let runs = runs(tree, &tree.subtree(head, stop));
    let own = runs.into_iter().find(|run| run.contains(&head)).unwrap_or(head..head + 1);
    let mut run = trim(tree, own);
    // "PORT ELLERY — The company": what stands before a dash says where.
    if let Some(dash) = (run.start..head).rev().find(|&at| tree.is_any(at, &["—", "–", "--"])) {
        run.start = dash + 1;
    }
    // Nor is a quotation before a name a part of it, whatever the parser says.
    if !tree.in_speech(head)
        && let Some(quoted) = (run.start..head).rev().find(|&at| tree.in_speech(at))
    {
        run.start = quoted + 1;
    }
    if run.start > 1 && tree.tag(run.start - 1) == Tag::Possessive && tree.tag(head).is_noun() {
        // "the court's | spokesman": the parser took both for subjects.
        run.start = tree
            .head(run.start - 1)
            .filter(|&owner| owner < run.start)
            .map_or(run.start, |owner| noun_phrase(tree, owner).run.start);
    }
    while run.len() > 1 && tree.tag(run.start).is_punctuation() {
        run.start += 1;
    }
    Source { head, meant: run.clone(), run }
}

fn follows_comma(tree: &Tree, clause: usize) -> bool {
    let first = tree.subtree(clause, |_| false)[0];
    let mark = if tree.is_punctuation(first) { Some(first) } else { first.checked_sub(1) };
    mark.is_some_and(|mark| tree.is_any(mark, &[",", "—", "–", "--", "("]))
}

/// Returns the noun phrase that ends right before a token, found without the tree: "…," *the mayor* said.
///
/// It reaches back over names, articles and prepositions to the mark that ends what was said.
pub fn phrase_before(tree: &Tree, verb: usize, from: usize) -> Option<Source> {
    let verb = skip_auxiliaries(tree, verb);
    // Right behind a conjunction stands a second verb of the same subject: "declined to talk about the price but said".
    if verb > from && tree.tag(verb - 1) == Tag::Conjunction {
        return None;
    }
    let mut start = verb;
    while start > from && verb - start < LONGEST_PHRASE {
        match bracketed(tree, start, from) {
            Some(open) => start = open,
            None if is_nominal(tree, start - 1) => start -= 1,
            None => break,
        }
    }
    // "on Monday announced": a phrase of time is nobody.
    if start > from && tree.is_any(start - 1, &["on", "by", "with", "from", "during", "under"]) {
        // "On Thursday a rival group said": the subject begins with its article.
        start = (start + 1..verb).find(|&at| tree.tag(at) == Tag::Determiner)?;
    }
    linear(tree, start..verb)
}

/// Returns the opening bracket of a remark that ends right before a token: "Sen. Ruiz *(D-Ark.)*".
fn bracketed(tree: &Tree, end: usize, from: usize) -> Option<usize> {
    if end <= from || tree.tag(end - 1) != Tag::CloseBracket {
        return None;
    }
    (from..end - 1).rev().take(LONGEST_PHRASE).find(|&at| tree.tag(at) == Tag::OpenBracket).filter(|&at| at > from)
}

/// Returns the noun phrase that begins at a token, found without the tree: "…," said *Ana Ruiz, the mayor of Leeds*.
pub fn phrase_after(tree: &Tree, start: usize, to: usize) -> Option<Source> {
    let mut end = start;
    while end < to && end - start < 2 * LONGEST_PHRASE {
        let goes_on = is_nominal(tree, end) || tree.is_comma(end) && continues_apposition(tree, end + 1, to);
        if !goes_on {
            break;
        }
        end += 1;
    }
    linear(tree, start..end)
}

const LONGEST_PHRASE: usize = 12;

/// Returns a speaker with a description between commas before a verb group: *Ana Ruiz*, who has led Leeds since May, said.
///
/// Outside a relative clause no verb may stand between the two.
pub fn described(tree: &Tree, start: usize, group: usize) -> Option<Source> {
    let speaker = trim(tree, start..group.max(start));
    let relative = |at: usize| (speaker.start + 1..at).any(|wh| tree.tag(wh).is_wh() && tree.is_comma(wh - 1));
    let other = |at: usize| tree.tag(at).is_finite() && !relative(at);
    let description = speaker.end < group && speaker.clone().any(|at| tree.is_comma(at));
    if !description || speaker.len() > LONGEST_DESCRIBED || speaker.clone().any(other) {
        return None;
    }
    phrase_after(tree, speaker.start, speaker.end).filter(|source| source.run.start == speaker.start)
}

/// Returns a speaker of two names between commas before a verb group: "…, *his agent, Ivar Moe*, said".
pub fn twofold(tree: &Tree, verb: usize) -> Option<Source> {
    let start = tree.sentence(verb).start;
    let group = skip_auxiliaries(tree, verb);
    let comma = |at: usize| at > start && tree.is_comma(at - 1);
    let name = phrase_before(tree, group.checked_sub(1)?, start).filter(|_| comma(group))?;
    let role = phrase_before(tree, name.run.start.checked_sub(1)?, start).filter(|_| comma(name.run.start))?;
    let whole = comma(role.run.start) && !name.run.is_empty() && !role.run.is_empty();
    let named = tree.tag(name.head).is_proper() != tree.tag(role.head).is_proper();
    let run = role.run.start..name.run.end;
    (whole && named).then_some(Source { head: role.head, meant: run.clone(), run })
}

/// How many tokens a speaker with all descriptions may have.
pub const LONGEST_DESCRIBED: usize = 40;

/// Returns where the words of a verb group begin.
pub fn skip_auxiliaries(tree: &Tree, verb: usize) -> usize {
    let sentence = tree.sentence(verb);
    let word = |at: usize| !tree.is_punctuation(at) && !tree.tag(at).is_adjective() && !tree.tag(at).is_noun();
    let skips = |at: usize| matches!(tree.relation(at), Relation::Auxiliary | Relation::Adverbial) && word(at);
    let before = (sentence.start..verb).rev().take_while(|&at| skips(at));
    before.last().unwrap_or(verb)
}

fn linear(tree: &Tree, run: Run) -> Option<Source> {
    let mut run = trim(tree, run);
    while run.start < run.end && tree.is_any(run.start, &["and", "but", "or"]) {
        run.start += 1;
    }
    // The head is the first noun that no other word of the phrase governs.
    let inside = |at: usize| tree.head(at).is_some_and(|head| run.contains(&head));
    let noun = |at: &usize| tree.tag(*at).is_noun() || tree.tag(*at) == Tag::Pronoun;
    // A strange name is taken for an adjective now and then.
    let capital = |at: &usize| tree.tag(*at).is_adjective() && tree.word(*at).starts_with(char::is_uppercase);
    let head = run.clone().filter(noun).find(|&at| !inside(at)).or_else(|| run.clone().find(noun));
    let head = head.or_else(|| run.clone().find(capital))?;
    Some(Source { head, meant: run.clone(), run })
}

fn is_nominal(tree: &Tree, at: usize) -> bool {
    if tree.quotation(at).is_some_and(|quotation| !tree.quotations[quotation].is_scare(tree.text)) {
        return false;
    }
    let tag = tree.tag(at);
    tag.is_noun()
        || tag.is_pronoun()
        || tag.is_adjective()
        || matches!(
            tag,
            Tag::Determiner
                | Tag::Number
                | Tag::Possessive
                | Tag::Hyphen
                | Tag::OpenQuote
                | Tag::CloseQuote
                | Tag::Conjunction
        )
        || tree.is_any(at, &["of", "for", "at", "in", "&", "de", "van", "von", "al", "the"])
        || tag == Tag::Gerund && tree.relation(at) == Relation::Adjectival
}

/// Returns whether what follows a comma is an apposition ("a retired teacher", "67", "mayor of Leeds").
fn continues_apposition(tree: &Tree, at: usize, to: usize) -> bool {
    at < to
        && (matches!(
            tree.tag(at),
            Tag::Determiner | Tag::Noun | Tag::Nouns | Tag::ProperNoun | Tag::Number | Tag::PossessivePronoun
        ) || tree.tag(at).is_adjective())
        && !tree.tag((at + 1).min(to - 1)).is_verb()
}
