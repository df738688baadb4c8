//! What the text itself leaves open, in its own words: "it is unclear whether …", "did not say when".

use super::Act;
use super::attribution::tree::{Tree, trim};
use super::cue::Cues;
use super::model::Position;
use crate::text::Span;

/// Returns the stretches that say that something is not known, in reading order.
pub fn find_open(tree: &Tree, cues: &Cues, positions: &[Position]) -> Vec<Span> {
    let mut open: Vec<Span> = (0..tree.len()).filter_map(|at| unclear(tree, cues, at)).collect();
    // A question that a party does not answer stays open too; that it makes no comment opens nothing.
    let withheld = positions.iter().filter(|position| position.act == Act::Withholds && is_question(tree, position));
    open.extend(withheld.map(Position::extent));
    open.sort();
    open.dedup_by(|b, a| a.covers(*b));
    open
}

/// "Whether", "when" or "how much" at the beginning of what is withheld.
fn is_question(tree: &Tree, position: &Position) -> bool {
    let Some(content) = position.content.first() else { return false };
    let first = tree.tokens.partition_point(|token| token.span.end <= content.start);
    let words =
        (first..tree.len().min(first + BEFORE_QUESTION)).take_while(|&at| tree.tokens[at].span.start < content.end);
    words
        .into_iter()
        .any(|at| tree.is_any(at, &["whether", "if", "when", "where", "why", "how", "what", "who", "which"]))
}

/// How many words a question may have before it: "to say how much".
const BEFORE_QUESTION: usize = 4;

/// Returns the clause around a word that leaves it open: "it is unclear whether the bridge will open".
fn unclear(tree: &Tree, cues: &Cues, at: usize) -> Option<Span> {
    let word = tree.word(at).to_ascii_lowercase();
    let negated_clear = word == "clear"
        && at > 0
        && (at.saturating_sub(3)..at).any(|before| tree.is_any(before, &["not", "n't", "n’t"]));
    if !(cues.lists.open_adjectives.contains(&word) || negated_clear) || tree.in_speech(at) {
        return None;
    }
    let sentence = tree.sentence(at);
    let asks = |&after: &usize| tree.tag(after).is_wh() || tree.is_any(after, &["whether", "if"]);
    let question = (at + 1..(at + 4).min(sentence.end)).find(asks)?;
    let subject = (at.saturating_sub(5).max(sentence.start)..at).rev().find(|&before| tree.is(before, "it"));
    let end = tree.head(question).map_or(sentence.end, |head| {
        tree.subtree(head, |child| child < question).last().map_or(sentence.end, |last| last + 1)
    });
    let run = trim(tree, subject.unwrap_or(at)..end.max(question + 1).min(sentence.end));
    Some(tree.span(&run))
}
