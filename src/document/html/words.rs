//! The words in a page's classes and ids that say what a part of it is, from `assets/page.toml`.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use serde::Deserialize;

/// The lists as they are written.
#[derive(Debug, Deserialize)]
struct Lists {
    unlikely: Vec<String>,
    maybe: Vec<String>,
    comments: Vec<String>,
    positive: Vec<String>,
    negative: Vec<String>,
    byline: Vec<String>,
    share: Vec<String>,
    roles: Vec<String>,
    title: Vec<String>,
    author: Vec<String>,
    published: Vec<String>,
    site: Vec<String>,
}

/// The lists, ready to be looked for.
#[derive(Debug)]
pub struct Words {
    pub unlikely: AhoCorasick,
    pub maybe: AhoCorasick,
    pub comments: AhoCorasick,
    pub positive: AhoCorasick,
    pub negative: AhoCorasick,
    pub byline: AhoCorasick,
    pub share: AhoCorasick,
    pub roles: Vec<String>,
    /// The names of fields in which a page describes itself, the best first.
    pub title: Vec<String>,
    pub author: Vec<String>,
    pub published: Vec<String>,
    pub site: Vec<String>,
}

pub static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let lists: Lists =
        toml::from_str(include_str!("../../../assets/page.toml")).expect("assets/page.toml is read by a test");
    let find = |words: &[String]| {
        let mut builder = AhoCorasick::builder();
        builder.kind(Some(AhoCorasickKind::ContiguousNFA)).build(words).expect("the words are fixed and few")
    };
    Words {
        unlikely: find(&lists.unlikely),
        maybe: find(&lists.maybe),
        comments: find(&lists.comments),
        positive: find(&lists.positive),
        negative: find(&lists.negative),
        byline: find(&lists.byline),
        share: find(&lists.share),
        roles: lists.roles,
        title: lists.title,
        author: lists.author,
        published: lists.published,
        site: lists.site,
    }
});
