//! Whoever takes a position and is on no list: "the hackers", "one insider", "Aid agencies".

use super::Sources;
use crate::analysis::actor::Stranger;
use crate::analysis::attribution::tree::Tree;
use crate::analysis::model::Position;
use crate::analysis::tag::Tag;
use crate::text::Span;

/// Returns those whom no position with a source was found to come from, by the common nouns that name them, each with the
/// number of the position. In a block for which `is_heading` holds nobody is named who is not named below.
pub fn find_strangers(
    sources: &Sources,
    positions: &[Position],
    is_heading: impl Fn(usize) -> bool,
) -> Vec<(usize, Stranger)> {
    let nobody = positions.iter().enumerate().filter(|(_, position)| position.actors.is_empty());
    nobody.filter_map(|(number, position)| Some((number, stranger(sources, position, &is_heading)?))).collect()
}

fn stranger(sources: &Sources, position: &Position, is_heading: &impl Fn(usize) -> bool) -> Option<Stranger> {
    let (tree, lists) = (sources.tree, &sources.cues.lists);
    let span = *position.source.first()?;
    let run = tree.tokens_in(span);
    let head = run.clone().find(|&at| tree.head(at).is_none_or(|head| !run.contains(&head)))?;
    let noun = tree.lemma(head).to_lowercase();
    let common = matches!(tree.tag(head), Tag::Noun | Tag::Nouns) && noun.contains(char::is_alphabetic);
    if !common || lists.documents.contains(&noun) || lists.things.contains(&noun) {
        return None;
    }
    let plain = |at: &usize| !tree.is_punctuation(*at);
    let start = (run.start..head).rev().take_while(plain).last().unwrap_or(head);
    let first = (start..head).find(|&at| !is_article(tree, at)).unwrap_or(head);
    let words = Span::new(tree.tokens[first].span.start, tree.tokens[head].span.end);
    let name = words.of(tree.text).split_whitespace().collect::<Vec<_>>().join(" ");
    let name = if tree.tag(first).is_proper() { name } else { lower_first(&name) };
    let span = Span::new(tree.tokens[start].span.start, words.end);
    let noun = tree.word(head).to_lowercase();
    Some(Stranger { span, name, noun, in_heading: is_heading(tree.block(head)) })
}

fn is_article(tree: &Tree, at: usize) -> bool {
    matches!(tree.tag(at), Tag::Determiner | Tag::PossessivePronoun | Tag::Number)
}

fn lower_first(name: &str) -> String {
    let mut letters = name.chars();
    // "AI firms" keeps its capitals.
    match (letters.next(), name.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(letters).collect(),
        _ => name.to_owned(),
    }
}
