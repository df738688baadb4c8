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
        None => (gerund(site)?, Form::Gerund),
    };
    let frame = site.cue.frame(&form, false)?.clone();
    let pointing = matches!(tree.tag(content), Tag::Pronoun | Tag::Determiner | Tag::WhDeterminer | Tag::WhPronoun);
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

fn gerund(site: &Site) -> Option<usize> {
    let tree = site.tree;
    let gerund =
        |&child: &usize| tree.relation(child).is_complement() && tree.tag(child) == Tag::Gerund && child > site.at;
    tree.children(site.at).iter().copied().find(gerund)
}
