//! Finding out what needs no weighing: words and arcs that are nearly always read in one way.

use std::collections::HashMap;

use demarche::analysis::syntax::certain::{KINDS_OF_ARCS, UNCERTAIN, kind_of_arc, place};
use demarche::analysis::syntax::word::Word;

use super::parsing::Parsed;
use super::tagging::Tagged;

/// How often something must occur, and in how many of a thousand cases it must be the same.
const OFTEN: usize = 20;
const SAME: usize = 998;

/// Returns the table of words that have one tag.
pub fn certain_tags(sentences: &[Tagged]) -> Vec<[u8; 4]> {
    let mut counts: HashMap<u64, (Word, HashMap<u8, usize>)> = HashMap::new();
    for (words, tags) in sentences {
        for (word, &tag) in words.iter().zip(*tags) {
            *counts.entry(word.form).or_insert((*word, HashMap::new())).1.entry(tag as u8).or_default() += 1;
        }
    }
    let mut certain: Vec<(usize, u64, Word, u8)> = counts
        .into_iter()
        .filter_map(|(form, (word, tags))| settled(&tags).map(|(tag, count)| (count, form, word, tag)))
        .collect();
    certain.sort_unstable_by_key(|&(count, form, ..)| (std::cmp::Reverse(count), form));
    let mut slots = vec![[0; 4]; 2 * certain.len().next_power_of_two().max(1)];
    for (_, _, word, tag) in certain {
        let (home, [a, b, c]) = place(&word, slots.len() / 2);
        if let Some(free) = (2 * home..2 * home + 2).find(|&slot| slots[slot] == [0; 4]) {
            slots[free] = [tag + 1, a, b, c];
        }
    }
    slots
}

/// Returns the table of arcs that have one relation.
pub fn certain_relations(sentences: &[Parsed]) -> Vec<u8> {
    let mut counts = vec![HashMap::new(); KINDS_OF_ARCS];
    for Parsed { sentence, heads, relations } in sentences {
        for (token, (&head, &relation)) in heads.iter().zip(relations).enumerate() {
            if head as usize != heads.len() {
                let kind = kind_of_arc(sentence, token as u32, head);
                *counts[kind].entry(relation as u8).or_default() += 1;
            }
        }
    }
    counts.iter().map(|relations| settled(relations).map_or(UNCERTAIN, |(relation, _)| relation)).collect()
}

/// Returns what something nearly always is, with how often it occurs.
fn settled(counts: &HashMap<u8, usize>) -> Option<(u8, usize)> {
    let all: usize = counts.values().sum();
    let (&most, &count) = counts.iter().max_by_key(|&(&what, &count)| (count, what))?;
    (all >= OFTEN && count * 1000 >= all * SAME).then_some((most, all))
}
