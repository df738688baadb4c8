//! A verb and its object: "rejected the plan", "welcomed the ruling", "suggested reopening the depot".

use crate::analysis::Act;
use crate::analysis::cue::{Class, Form};
use crate::analysis::relation::Relation;
use crate::analysis::tag::Tag;

use super::holder::holder;
use super::{Finding, Rule, Site};

pub const RULE: Rule = Rule {
    name: "object",
    class: Class::Verb,
    find,
    finds: "«source:The union» «cue/refuses:rejected» «content:the offer of a bonus».",
    leaves: "The rejected offer was a bonus.",
};

fn find(site: &Site) -> Option<Finding> {
    let tree = site.tree;
    if tree.is_passive(site.at) || tree.in_speech(site.at) && tree.tag(site.at) == Tag::Gerund {
        return None;
    }
    let (content, form) = match tree.child(site.at, &[Relation::Object]) {
        Some(object) => (object, Form::Object),
        None => match apart(site) {
            Some(object) => (object, Form::Object),
            None => (gerund(site)?, Form::Gerund),
        },
    };
    let frame = site.cue.frame(&form, false)?.clone();
    let pointing = matches!(
        tree.tag(content),
        Tag::Pronoun | Tag::Determiner | Tag::WhDeterminer | Tag::WhPronoun | Tag::Preposition
    );
    // Whom one backs or opposes may be "him"; what one says cannot be "it".
    let stance = matches!(frame.act, Act::Backs | Act::Opposes | Act::Accuses);
    let reply =
        matches!(frame.act, Act::Denies | Act::Refuses | Act::Accepts) && tree.is_any(content, &["that", "this"]);
    let anaphor = pointing && !(stance && tree.tag(content) == Tag::Pronoun || reply);
    let noun_says_it = site.cues.lists.light_verbs.contains(tree.lemma(site.at))
        && site.cues.of(Class::Noun, tree.lemma(content)).iter().any(|cue| !cue.frames.is_empty());
    if anaphor || noun_says_it || content < site.at {
        return None;
    }
    let source = holder(site)?;
    Some(Finding {
        content: site.content(content, source.words()),
        source: Some(source),
        cue: Vec::new(),
        frame,
        negated: false,
    })
}

/// Returns the pronoun between a verb and its particle, whatever the parser takes the two for: "rule *that* out".
fn apart(site: &Site) -> Option<usize> {
    let (tree, particle) = (site.tree, site.cue.particle.as_ref()?);
    let object = site.at + 1;
    let pronoun = object + 1 < tree.len() && tree.is_any(object, &["that", "this", "it", "them", "him", "her"]);
    (pronoun && tree.is(object + 1, particle)).then_some(object)
}

fn gerund(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let gerund =
        |&child: &usize| tree.relation(child).is_complement() && tree.tag(child) == Tag::Gerund && child > site.at;
    // "denied having made a bid": the parser hangs the perfect anywhere.
    let perfect = || Some(site.at + 1).filter(|&at| at < tree.len() && tree.is(at, "having"));
    tree.children(site.at).iter().copied().find(gerund).or_else(perfect)
}
