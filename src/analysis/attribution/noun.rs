//! A noun and whose it is: "the union's demand that the depot reopen", "its refusal to talk", "a call by Lee for talks".

use crate::analysis::Act;
use crate::analysis::cue::{Class, Form, Frame};
use crate::analysis::relation::Relation;

use super::infinitive::takes_to;
use super::preposition::phrases;
use super::source::possessor;
use super::{Finding, Rule, Run, Site};

pub const RULE: Rule = Rule {
    name: "noun",
    class: Class::Noun,
    find,
    finds: "The town waits for an answer to «source:the union’s» «cue/demands:demand» «content:that the depot reopen».",
    leaves: "The demand for umbrellas fell.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if matches!(tree.relation(site.at), Relation::Compound | Relation::Adjectival) {
        return None;
    }
    let source = possessor(tree, site.at)?;
    let (content, frame, cue) = complement(site, site.at, source.words())?;
    // "its reply to Norway" names a paper, not a deed.
    if frame.act == Act::Does {
        return None;
    }
    Some(Finding { source: Some(source), cue, content, frame, negated: false })
}

/// Returns what a noun or adjective cue is about, with the frame, and the preposition that belongs to the cue.
///
/// `head` is the word the complement hangs on: the cue, or the verb that carries it.
pub fn complement(site: &Site, head: usize, without: &[Run]) -> Option<(Vec<Run>, Frame, Vec<usize>)> {
    let tree = site.tree;
    for &child in tree.children(head).iter().filter(|&&child| child > site.at) {
        let verb = tree.tag(child).is_verb();
        let clausal = matches!(
            tree.relation(child),
            Relation::ClausalComplement | Relation::NounClause | Relation::OpenComplement | Relation::AdverbialClause
        );
        let frame = if clausal && verb && takes_to(tree, child) {
            site.cue.frame(&Form::Infinitive, false)
        } else if tree.introduced_by(child, &["that"]) && tree.child(child, &[Relation::Coordination]).is_none() {
            site.cue.frame(&Form::Clause, false)
        } else {
            None
        };
        if let Some(frame) = frame {
            return Some((site.content(child, without), frame.clone(), Vec::new()));
        }
    }
    // "a statement on Monday" is not about Monday.
    let time = |phrase: usize| site.cues.lists.times.contains(&tree.word(phrase).to_ascii_lowercase());
    for phrase in phrases(tree, head).filter(|&phrase| phrase > site.at && !time(phrase)) {
        for word in tree.introducers(phrase) {
            let Some(frame) = site.cue.preposition(&word, false) else { continue };
            let preposition = tree.children(phrase).iter().copied().find(|&child| tree.is(child, &word))?;
            let mut without = without.to_vec();
            without.push(preposition..preposition + 1);
            let content = site.content(phrase, &without);
            return (!content.is_empty()).then(|| (content, frame.clone(), vec![preposition]));
        }
    }
    None
}
