//! Where in a text an edited sentence may stand: shared words vote for the place at which the sentence would begin.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The places of every word of a text.
pub struct Seeds {
    places: HashMap<u64, Vec<usize>>,
}

/// The places looked at for one sentence; more would make many entries of one long text slow.
const MOST_STARTS: usize = 6;
/// The votes counted for one sentence, those of rare words first.
const MOST_VOTES: usize = 2048;
/// Votes this near to each other, in bytes, are for the same place: what was inserted or deleted moves them apart.
const NEAR: isize = 64;
/// A long sentence begins only where one in so many of its words votes for it: comparing it in vain takes long, and
/// more than this much of it is there by chance nowhere.
const WORDS_A_VOTE: usize = 16;

impl Seeds {
    pub fn of(text: &str) -> Seeds {
        let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
        for (at, word) in words(text) {
            places.entry(key(word)).or_default().push(at);
        }
        Seeds { places }
    }

    /// Returns where a sentence may begin, the likeliest first; a place before the text is negative.
    pub fn starts(&self, sentence: &str) -> Vec<isize> {
        let mut length = 0;
        let found = words(sentence).inspect(|_| length += 1);
        let found = found.filter_map(|(at, word)| Some((at, self.places.get(&key(word))?)));
        let mut found: Vec<(usize, &Vec<usize>)> = found.collect();
        found.sort_by_key(|(at, places)| (places.len(), *at));
        let mut votes: HashMap<isize, Votes> = HashMap::new();
        let mut count = 0;
        for (at, places) in found {
            count += places.len();
            if count > MOST_VOTES && !votes.is_empty() {
                break;
            }
            let weight = 1.0 / places.len() as f64;
            for &place in places.iter().take(MOST_VOTES) {
                let start = place as isize - at as isize;
                // A vote counts for its own stretch and the next, so that no border parts what is near.
                for stretch in [start.div_euclid(NEAR), start.div_euclid(NEAR) - 1] {
                    let votes = votes.entry(stretch).or_insert(Votes { start, weight: 0.0, count: 0 });
                    votes.weight += weight;
                    votes.count += 1;
                }
            }
        }
        let mut votes: Vec<Votes> = votes.into_values().filter(|votes| votes.count >= length / WORDS_A_VOTE).collect();
        votes.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.start.cmp(&b.start)));
        let mut starts: Vec<isize> = Vec::new();
        for Votes { start, .. } in votes {
            if starts.len() == MOST_STARTS {
                break;
            }
            if starts.iter().all(|other| other.abs_diff(start) > NEAR as usize) {
                starts.push(start);
            }
        }
        starts
    }
}

/// The words that would have the sentence begin within one stretch.
struct Votes {
    /// Where the first of them has it begin.
    start: isize,
    /// Rare words weigh more.
    weight: f64,
    count: usize,
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

fn key(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.chars().flat_map(char::to_lowercase).for_each(|c| c.hash(&mut hasher));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_words_tell_where_a_sentence_begins() {
        let text = "Rain fell on the hills. The council met at the old mill and chose a bridge. Rain fell again.";
        let starts = Seeds::of(text).starts("Then the council came to the mill and chose the bridge.");
        assert!(starts[0].abs_diff(text.find("The council").unwrap() as isize) <= 8, "{starts:?}");
    }

    #[test]
    fn a_long_sentence_begins_where_more_than_chance_speaks_for_it() {
        let numbers = |from: usize, to: usize| (from..to).map(|n| format!("n{n}")).collect::<Vec<_>>().join(" ");
        let text = format!("{} rain {} hills {}", numbers(0, 300), numbers(300, 600), numbers(600, 900));
        assert!(Seeds::of(&text).starts(&format!("{} rain hills", numbers(1000, 1300))).is_empty());
        assert!(!Seeds::of(&text).starts(&format!("{} {}", numbers(1000, 1200), numbers(300, 400))).is_empty());
    }

    #[test]
    fn strange_words_lead_nowhere() {
        assert!(Seeds::of("Rain fell on the hills.").starts("Snow covers a valley").is_empty());
    }
}
