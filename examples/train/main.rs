//! Trains the English model: `cargo run --release --example train -- FOLDER [OUT]`. Trains the judge of findings:
//! `cargo run --release --example train -- judge OUT FOLDER…`, of which [`judging`] tells more.
//!
//! FOLDER holds the treebanks as `NAME.conllu.gz`; OUT is the model file. The same folder gives the same file, byte for
//! byte. The scores are printed at the end; `assets/english.model.md` keeps them. Without OUT nothing is trained, and
//! the program's own model is scored.

mod answering;
mod choosing;
mod counting;
mod judging;
mod learner;
mod parsing;
mod score;
mod tagging;
mod treebank;

#[path = "../../tests/support/truth/mod.rs"]
mod truth;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use demarche::analysis::syntax::certain::{CertainRelations, CertainTags};
use demarche::analysis::syntax::english::{ENGLISH, Model, unpack};
use demarche::analysis::syntax::parser::WIDTH;
use demarche::analysis::syntax::search::Sentence;
use demarche::analysis::syntax::transition::TRANSITIONS;
use demarche::analysis::syntax::weights::{Dense, Sparse};
use demarche::analysis::syntax::word::Word;
use demarche::analysis::{Relation, Tag};

use learner::{Learner, Row, pack_dense, pack_sparse};
use parsing::Parsed;
use tagging::Tagged;
use treebank::{Article, Tree};

const TRAINING: [&str; 3] = ["ewt-train", "gum-train-ccby", "gum-train-sa"];
const SCORED: [&str; 3] = ["gum-dev-ccby", "ewt-dev", "pud"];
const SEED: u64 = 20261124;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &arguments[..] {
        [judge, out, folders @ ..] if judge == "judge" => {
            judging::run(Path::new(out), &folders.iter().map(PathBuf::from).collect::<Vec<_>>())
        }
        [folder] => print_scores(Path::new(folder), &ENGLISH),
        [folder, out] => {
            let file = train(&training_trees(Path::new(folder))?);
            std::fs::write(out, &file).with_context(|| format!("cannot write {out}"))?;
            let bytes = unpack(&file).context("the model does not unpack")?;
            println!("{} bytes, unpacked {}", file.len(), bytes.len());
            print_scores(Path::new(folder), &Model::open(&bytes).context("the model does not open")?)
        }
        _ => anyhow::bail!("usage: train FOLDER [OUT], or train judge OUT FOLDER…"),
    }
}

fn training_trees(folder: &Path) -> Result<Vec<Tree>> {
    let mut trees: Vec<Tree> = Vec::new();
    for name in TRAINING {
        trees.extend(treebank::read(folder, name)?.into_iter().flat_map(|article| article.trees));
    }
    let words = trees.iter().map(|tree| tree.words.len()).sum::<usize>();
    eprintln!("{} sentences, {words} words", trees.len());
    Ok(trees)
}

fn print_scores(folder: &Path, model: &Model) -> Result<()> {
    for name in SCORED {
        let articles: Vec<Article> = treebank::read(folder, name)?;
        println!("{name}: {}", score::score_annotated(&articles, model));
        println!("{name}: {}", score::score_own(&articles, model));
    }
    Ok(())
}

/// How many features of a model are kept, in slots, and the bytes for the rows of those with many classes.
const TAG_SLOTS: usize = 140_000;
const TAG_BYTES: usize = 660_000;
const TRANSITION_SLOTS: usize = 850_000;
const RELATION_SLOTS: usize = 180_000;
const RELATION_BYTES: usize = 910_000;

/// How often the sentences are read.
const TAG_EPOCHS: usize = 8;
const CROSS_EPOCHS: usize = 4;
const TRANSITION_EPOCHS: usize = 6;
const RELATION_EPOCHS: usize = 5;

/// Learns everything and returns the bytes of the model's file.
fn train(trees: &[Tree]) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(SEED);
    let words: Vec<Vec<Word>> = trees.iter().map(|tree| tree.words.iter().map(|w| Word::new(w)).collect()).collect();
    let tagged: Vec<Tagged> = words.iter().zip(trees).map(|(words, tree)| (&words[..], &tree.tags[..])).collect();
    let tags = choose(Tag::ALL.len(), TAG_SLOTS, |learner| tagging::train(learner, &tagged, TAG_EPOCHS, &mut random));
    let guesses = tagging::cross_tag(&tagged, CROSS_EPOCHS, &mut random);
    eprintln!("tagger: done");
    let parsed: Vec<Parsed> = trees
        .iter()
        .zip(&words)
        .zip(&guesses)
        .map(|((tree, words), tags)| Parsed {
            sentence: Sentence::new(words, tags),
            heads: tree.without_crossings(),
            relations: tree.relations.clone(),
        })
        .collect();
    let relations = choose(Relation::ALL.len(), RELATION_SLOTS, |learner| {
        parsing::train_labels(learner, &parsed, RELATION_EPOCHS, &mut random)
    });
    eprintln!("labeller: done");
    let transitions = choose(TRANSITIONS.len(), TRANSITION_SLOTS, |learner| {
        parsing::train(learner, &parsed, WIDTH, TRANSITION_EPOCHS, &mut random)
    });
    let (tag_slots, tag_rows) = pack_sparse(&tags, TAG_SLOTS, TAG_BYTES);
    let (relation_slots, relation_rows) = pack_sparse(&relations, RELATION_SLOTS, RELATION_BYTES);
    let transition_slots = pack_dense(&transitions, TRANSITION_SLOTS);
    let model = Model {
        tags: Sparse { slots: &tag_slots, rows: &tag_rows },
        transitions: Dense { slots: &transition_slots },
        relations: Sparse { slots: &relation_slots, rows: &relation_rows },
        certain_tags: CertainTags { slots: &counting::certain_tags(&tagged) },
        certain_relations: CertainRelations { arcs: &counting::certain_relations(&parsed) },
    };
    model.pack()
}

/// Learns twice: from all features, to choose the weightiest that fill most of the slots, and again from those alone.
fn choose(classes: usize, slots: usize, mut train: impl FnMut(Learner) -> Learner) -> Vec<Row> {
    let mut rows = train(Learner::new(classes)).rows();
    rows.truncate(slots / 100 * 95);
    train(Learner::of_features(classes, rows.iter().map(|row| row.0))).rows()
}
