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
        let found = words(sentence).filter_map(|(at, word)| Some((at, self.places.get(&key(word))?)));
        let mut found: Vec<(usize, &Vec<usize>)> = found.collect();
        found.sort_by_key(|(at, places)| (places.len(), *at));
        let mut votes: HashMap<isize, (f64, isize)> = HashMap::new();
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
                    votes.entry(stretch).or_insert((0.0, start)).0 += weight;
                }
            }
        }
        let mut votes: Vec<(f64, isize)> = votes.into_values().collect();
        votes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut starts: Vec<isize> = Vec::new();
        for (_, start) in votes {
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
    fn strange_words_lead_nowhere() {
        assert!(Seeds::of("Rain fell on the hills.").starts("Snow covers a valley").is_empty());
    }
}
