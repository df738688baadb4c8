//! Learning the tagger: word by word, each mistake at once.

use demarche::analysis::Tag;
use demarche::analysis::syntax::certain::CertainTags;
use demarche::analysis::syntax::tagger::{self, collect_features};
use demarche::analysis::syntax::weights::{self, Weights};
use demarche::analysis::syntax::word::Word;

use super::learner::Learner;

/// A sentence's words and tags.
pub type Tagged<'a> = (&'a [Word], &'a [Tag]);

/// Teaches a learner the tags of the sentences.
pub fn train(mut learner: Learner, sentences: &[Tagged], epochs: usize, random: &mut fastrand::Rng) -> Learner {
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut features = Vec::new();
    for _ in 0..epochs {
        random.shuffle(&mut order);
        for &index in &order {
            let (words, tags) = sentences[index];
            let mut before = [None, None];
            for (at, &right) in tags.iter().enumerate() {
                collect_features(words, at, before, &mut features);
                let mut scores = [0.0; Tag::ALL.len()];
                learner.add(&features, &mut scores);
                let guess = Tag::of_index(weights::best(&scores));
                if guess != right {
                    learner.update(&features, right as usize, 1.0);
                    learner.update(&features, guess as usize, -1.0);
                }
                learner.next_step();
                before = [Some(guess), before[0]];
            }
        }
    }
    learner
}

/// Returns for each sentence the tags of a tagger that learned from the others, so that the parser learns from tags
/// as wrong as those it will see.
pub fn cross_tag(sentences: &[Tagged], epochs: usize, random: &mut fastrand::Rng) -> Vec<Vec<Tag>> {
    const FOLDS: usize = 5;
    let fold = |index: usize| index / 20 % FOLDS;
    let mut found = vec![Vec::new(); sentences.len()];
    for held_out in 0..FOLDS {
        let others: Vec<Tagged> = (0..sentences.len()).filter(|&i| fold(i) != held_out).map(|i| sentences[i]).collect();
        let learner = train(Learner::new(Tag::ALL.len()), &others, epochs, random).averaged();
        for (index, (words, _)) in sentences.iter().enumerate().filter(|(index, _)| fold(*index) == held_out) {
            found[index] = tagger::tag_sentence(words, &learner, CertainTags::NONE);
        }
    }
    found
}
