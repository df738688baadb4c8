//! Treebanks in the CoNLL-U format, gzipped as they are kept.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use demarche::analysis::{Relation, Tag};
use demarche::text::Span;

/// A sentence with its annotated tree.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    pub words: Vec<String>,
    pub tags: Vec<Tag>,
    /// The root is the number of words.
    pub heads: Vec<u32>,
    pub relations: Vec<Relation>,
    /// Where each word stands in its document's text.
    pub spans: Vec<Span>,
}

/// A document's text with its sentences, restored from the words and the spaces between them.
#[derive(Clone, Debug, Default)]
pub struct Article {
    pub text: String,
    pub paragraphs: Vec<Span>,
    pub trees: Vec<Tree>,
}

/// Reads a file of the folder.
pub fn read(folder: &Path, name: &str) -> Result<Vec<Article>> {
    let path = folder.join(format!("{name}.conllu.gz"));
    let output = Command::new("gzip").arg("-dc").arg(&path).output().context("cannot run gzip")?;
    ensure!(output.status.success(), "cannot read {}", path.display());
    Ok(parse(&String::from_utf8(output.stdout)?))
}

fn parse(text: &str) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    let mut tree = Tree::default();
    // A surface word of several syntactic words: the last of them and the surface form.
    let mut joined: Option<(usize, Span)> = None;
    for line in text.lines().chain([""]) {
        if line.starts_with("# newdoc") || articles.is_empty() {
            articles.push(Article::default());
        }
        let Some(article) = articles.last_mut() else { continue };
        if line.starts_with("# newdoc") || line.starts_with("# newpar") {
            article.start_paragraph();
        }
        if line.is_empty() && !tree.words.is_empty() {
            article.trees.push(std::mem::take(&mut tree));
            joined = None;
            if !article.text.ends_with(' ') {
                article.text.push(' ');
            }
        }
        let fields: Vec<&str> = line.split('\t').collect();
        if line.starts_with('#') || fields.len() < 10 || fields[0].contains('.') {
            continue;
        }
        let space = if fields[9].contains("SpaceAfter=No") { "" } else { " " };
        if let Some((_, last)) = fields[0].split_once('-') {
            let span = article.write(fields[1], space);
            joined = Some((last.parse().unwrap_or(0), span));
            continue;
        }
        let number = tree.words.len() + 1;
        let span = match joined {
            Some((last, span)) => {
                let length = if number == last { span.len() } else { fields[1].len().min(span.len()) };
                let mut end = span.start + length;
                while !article.text.is_char_boundary(end) {
                    end += 1;
                }
                joined = (number < last).then_some((last, Span::new(end, span.end)));
                Span::new(span.start, end)
            }
            None => article.write(fields[1], space),
        };
        tree.spans.push(span);
        tree.words.push(fields[1].to_string());
        tree.tags.push(Tag::from_word(fields[4]).unwrap_or(Tag::Unknown));
        tree.heads.push(fields[6].parse().unwrap_or(0));
        tree.relations.push(relation(fields[7]));
    }
    for tree in articles.iter_mut().flat_map(|article| &mut article.trees) {
        let root = tree.words.len() as u32;
        tree.heads.iter_mut().for_each(|head| *head = head.checked_sub(1).unwrap_or(root));
    }
    articles.iter_mut().for_each(Article::start_paragraph);
    articles
}

impl Article {
    fn write(&mut self, form: &str, space: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(form);
        let span = Span::new(start, self.text.len());
        self.text.push_str(space);
        span
    }

    /// Ends the paragraph before.
    fn start_paragraph(&mut self) {
        let start = self.paragraphs.last().map_or(0, |span| span.end);
        let paragraph = Span::new(start, self.text.len());
        if !paragraph.trim(&self.text).is_empty() {
            self.paragraphs.push(paragraph);
        }
    }
}

/// Returns the relation of a label; a subtype that is not told apart counts as its type.
fn relation(label: &str) -> Relation {
    let general = label.split(':').next().unwrap_or(label);
    let label = if label == "csubj:pass" { "csubj" } else { label };
    Relation::from_word(label).or_else(|| Relation::from_word(general)).unwrap_or(Relation::Unspecified)
}

impl Tree {
    /// Lifts every arc that crosses another to a higher head, the shortest first, until none does.
    pub fn without_crossings(&self) -> Vec<u32> {
        let mut heads = self.heads.clone();
        let root = heads.len() as u32;
        while let Some(token) = crossing(&heads) {
            let head = heads[token];
            heads[token] = if head == root { root } else { heads[head as usize] };
        }
        heads
    }
}

/// Returns the word with the shortest arc that spans a word from outside.
fn crossing(heads: &[u32]) -> Option<usize> {
    let root = heads.len() as u32;
    let hangs_below = |word: u32, head: u32| {
        let mut at = word;
        for _ in 0..=heads.len() {
            if at == head {
                return true;
            }
            if at == root {
                return false;
            }
            at = heads[at as usize];
        }
        false
    };
    let is_crossing = |token: &usize| {
        let (token, head) = (*token as u32, heads[*token]);
        head != root && (token.min(head) + 1..token.max(head)).any(|word| !hangs_below(word, head))
    };
    (0..heads.len()).filter(is_crossing).min_by_key(|&token| heads[token].abs_diff(token as u32))
}
