//! Notes on articles that change: fifteen kinds of edit, seven kinds of target, every outcome counted.
//!
//! The edits keep book of where each character went, so the right place is known. A target *survives* when three
//! quarters of its letters are still there and close together, and is *gone* when less than a tenth is; what lies
//! between is left out of the counts. A place is right when it shares more than half with where the letters are.
//! `cargo test --test anchors -- --nocapture` prints the table, with `MISSES=1` every target that went wrong as well.

mod edit;
mod target;

use std::collections::HashSet;

use demarche::analysis::markup::unmark;
use demarche::annotation::{Anchor, Anchorer, describe};
use demarche::document::Document;
use demarche::text::Span;
use edit::{Article, Edit, Tracked};
use fastrand::Rng;
use target::Kind;

/// Targets in all, whatever the number of articles: the more there are, the surer the shares.
const TARGETS: usize = 20_000;

/// Of this many that survive one may be lost in a thousand … (99.7 % are found, 0.05 % at a wrong place).
const FOUND: f64 = 0.997;
const WRONG: f64 = 0.0005;
/// Of those that are gone so many are called lost …
const LOST: f64 = 0.993;
/// … and so many when something much like them stands elsewhere.
const LOST_BESIDE_LOOK_ALIKE: f64 = 0.88;

/// What became of targets.
#[derive(Clone, Copy, Default)]
struct Counts {
    survived: usize,
    found: usize,
    wrong: usize,
    gone: usize,
    lost: usize,
}

impl Counts {
    fn add(&mut self, other: Counts) {
        self.survived += other.survived;
        self.found += other.found;
        self.wrong += other.wrong;
        self.gone += other.gone;
        self.lost += other.lost;
    }

    fn lost_share(self) -> f64 {
        self.lost as f64 / self.gone.max(1) as f64
    }
}

#[test]
fn notes_find_their_words_in_edited_articles_or_say_that_they_are_lost() {
    let articles = articles();
    assert!(articles.len() >= 10, "{} articles", articles.len());
    println!("{:18} survived   found   wrong    gone    lost", "");
    let (mut all, mut but_look_alikes) = (Counts::default(), Counts::default());
    for edit in Edit::ALL {
        let counts = outcomes(edit, &articles);
        print(&format!("{edit:?}"), counts);
        all.add(counts);
        match edit {
            Edit::Identity | Edit::QuotesAndDashes | Edit::WhiteSpace => {
                assert_eq!(counts.found, counts.survived, "{edit:?}: nothing may be lost");
            }
            Edit::LookAlike => assert!(counts.lost_share() >= LOST_BESIDE_LOOK_ALIKE, "{edit:?}"),
            _ => {}
        }
        if edit != Edit::LookAlike {
            but_look_alikes.add(counts);
        }
    }
    print("all", all);
    assert!(all.survived > TARGETS / 2 && all.gone > TARGETS / 50, "there was something to count");
    assert!(all.found as f64 >= FOUND * all.survived as f64, "found");
    assert!(all.wrong as f64 <= WRONG * all.survived as f64, "at a wrong place");
    assert!(but_look_alikes.lost_share() >= LOST, "gone and called lost");
}

fn print(name: &str, counts: Counts) {
    let Counts { survived, found, wrong, gone, lost } = counts;
    println!("{name:18} {survived:8} {found:7} {wrong:7} {gone:7} {lost:7}");
}

/// Returns the articles of the folder beside this one, without their marks, in the plainest setting.
fn articles() -> Vec<Article> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/articles");
    let entries = std::fs::read_dir(folder).expect("the folder of articles is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "txt"));
    paths.sort();
    let article = |path| {
        let file = std::fs::read_to_string(path).expect("it can be read");
        let marked = file.split("\n\n====\n").next().unwrap_or_default();
        Article::of(&text_of(&Article::of(&unmark(marked)).flat()))
    };
    paths.iter().map(article).collect()
}

fn outcomes(edit: Edit, articles: &[Article]) -> Counts {
    let rounds = TARGETS / (Edit::ALL.len() * articles.len() * Kind::ALL.len());
    let mut counts = Counts::default();
    for (nth, article) in articles.iter().enumerate() {
        let mut rng = Rng::with_seed(nth as u64 * 100 + edit as u64);
        let before = document(&text_of(&article.flat()));
        let after = edit.apply(article, &articles[(nth + 1) % articles.len()], &mut rng);
        let now = document(&text_of(&after));
        let anchorer = Anchorer::new(&now);
        for kind in Kind::ALL.repeat(rounds) {
            if let Some(target) = kind.choose(&before, &mut rng) {
                let anchor = anchorer.anchor(&describe(&before, target), false);
                let outcome = judge(target, &before, &after, &now, &anchor);
                if std::env::var_os("MISSES").is_some()
                    && outcome.found + outcome.lost < outcome.survived + outcome.gone
                {
                    println!("{edit:?} {kind:?} {:?}: {anchor:?}", target.of(&before.text));
                }
                counts.add(outcome);
            }
        }
    }
    counts
}

/// Compares an anchor with where the letters of the target really went.
fn judge(target: Span, before: &Document, after: &[Tracked], now: &Document, anchor: &Anchor) -> Counts {
    let first = characters(&before.text, target.start);
    let letters = target.of(&before.text).chars().enumerate().filter(|(_, c)| c.is_alphanumeric());
    let letters: HashSet<usize> = letters.map(|(at, _)| first + at).collect();
    if letters.is_empty() {
        return Counts::default();
    }
    let is_kept = |&at: &usize| after[at].1.is_some_and(|origin| letters.contains(&origin));
    let kept: Vec<usize> = (0..after.len()).filter(is_kept).collect();
    let (start, end) = match (kept.first(), kept.last()) {
        (Some(&first), Some(&last)) if 10 * kept.len() >= letters.len() => (first, last + 1),
        _ => return Counts { gone: 1, lost: anchor.span().is_none().into(), ..Counts::default() },
    };
    let inside = after[start..end].iter().filter(|(c, _)| c.is_alphanumeric()).count();
    if 4 * kept.len() < 3 * letters.len() || 5 * kept.len() < 3 * inside {
        return Counts::default();
    }
    let is_right = anchor.span().map(|span| {
        let (from, to) = (characters(&now.text, span.start), characters(&now.text, span.end));
        let both = to.min(end).saturating_sub(from.max(start));
        2 * both > to.max(end) - from.min(start)
    });
    let (found, wrong) = (is_right == Some(true), is_right == Some(false));
    Counts { survived: 1, found: found.into(), wrong: wrong.into(), ..Counts::default() }
}

fn characters(text: &str, to: usize) -> usize {
    text[..to].chars().count()
}

fn document(text: &str) -> Document {
    Document::read("article.txt", text.as_bytes().to_vec(), None)
}

fn text_of(characters: &[Tracked]) -> String {
    characters.iter().map(|&(c, _)| c).collect()
}
