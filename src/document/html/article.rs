//! Which part of a page is the article, after Mozilla's Readability.
//!
//! Every paragraph marks the elements around it by its length and its commas; the element with the best mark, less for
//! the share of links in it, is the article, with those beside it that are like it. A page on which that finds too
//! little is sieved again more loosely. All of it takes time linear in the page: the tree is flat, so that what is
//! below a node is summed up in one pass from the end.
//!
//! Of the libraries compared, dom_smoothie (the whole of Readability on html5ever) adds 1.6 MB to the program, legible
//! is built on the same, and both take time quadratic in the depth of a page.

use super::measure::Measures;
use super::sieve::{self, Strictness};
use super::tree::{self, Tree};

/// The article: the parts of the page that it is made of, in order, and what of them is left out.
#[derive(Debug)]
pub struct Article {
    pub parts: Vec<usize>,
    pub dropped: Vec<bool>,
    length: u32,
}

/// An article has at least as many characters, or the page is sieved again more loosely.
const ENOUGH: u32 = 500;
/// How many of the best elements are compared.
const BEST: usize = 5;

/// Finds the article of a page; there is none in a page without text.
pub fn find(tree: &Tree, title: &str) -> Option<Article> {
    let mut best: Option<Article> = None;
    for (drops_unlikely, weighs_classes, cleans) in
        [(true, true, true), (false, true, true), (false, false, true), (false, false, false)]
    {
        let article = attempt(tree, Strictness { drops_unlikely, weighs_classes, cleans }, title);
        let longest = best.as_ref().map_or(0, |best| best.length);
        if let Some(article) = article.filter(|article| article.length > longest) {
            let is_enough = article.length >= ENOUGH;
            best = Some(article);
            if is_enough {
                break;
            }
        }
    }
    best
}

fn attempt(tree: &Tree, strictness: Strictness, title: &str) -> Option<Article> {
    let mut dropped = sieve::before(tree, strictness, title);
    let page = Page::new(tree, &dropped);
    let scores = page.scores(strictness);
    let parts = page.parts(&scores);
    for &part in &parts {
        sieve::within(tree, part, &page.is_out, &mut dropped, strictness);
    }
    let left = Page::new(tree, &dropped);
    let length = parts.iter().map(|&part| left.measures[part].length).sum();
    (length > 0).then_some(Article { parts, dropped, length })
}

/// A page with what was counted in it.
struct Page<'a> {
    tree: &'a Tree,
    /// Of each node with all below it, without what is left out.
    measures: Vec<Measures>,
    /// Whether a node stands in what is left out.
    is_out: Vec<bool>,
    /// Whether an element has blocks below it.
    has_blocks: Vec<bool>,
    /// Where the text of the page is.
    body: usize,
}

impl<'a> Page<'a> {
    fn new(tree: &'a Tree, dropped: &[bool]) -> Page<'a> {
        let count = tree.nodes.len();
        let mut is_out = vec![false; count];
        let (mut measures, mut has_blocks) = (vec![Measures::default(); count], vec![false; count]);
        for node in 1..count {
            is_out[node] = dropped[node] || is_out[tree.nodes[node].parent as usize];
        }
        for node in (1..count).rev().filter(|&node| !is_out[node]) {
            let parent = tree.nodes[node].parent as usize;
            let name = tree.nodes[node].name;
            match name {
                "" => measures[node] = Measures::of(tree.words(node)),
                "a" => measures[node].be_link(tree.attribute(node, "href")),
                _ => {}
            }
            let own = measures[node];
            measures[parent].add(own);
            let is_block = matches!(name, "blockquote" | "dl" | "div" | "img" | "ol" | "p" | "pre" | "table" | "ul");
            has_blocks[parent] |= has_blocks[node] || is_block;
        }
        Page { tree, measures, is_out, has_blocks, body: tree.first("body").unwrap_or(0) }
    }

    /// Returns the marks of the elements around paragraphs.
    fn scores(&self, strictness: Strictness) -> Vec<Option<f32>> {
        let mut scores = vec![None; self.tree.nodes.len()];
        let body = self.body..self.tree.nodes[self.body].end as usize;
        for node in body.clone().skip(1).filter(|&node| !self.is_out[node]) {
            let is_paragraph = match self.tree.nodes[node].name {
                "p" | "td" | "pre" | "section" | "h2" | "h3" | "h4" | "h5" | "h6" => true,
                "div" => !self.has_blocks[node],
                _ => false,
            };
            if is_paragraph {
                self.mark_above(node, self.measures[node], strictness, &mut scores);
            }
            if self.tree.nodes[node].name == "div" && self.has_blocks[node] {
                self.mark_loose(node, strictness, &mut scores);
            }
        }
        for node in body {
            if let Some(score) = &mut scores[node] {
                *score *= 1.0 - self.measures[node].link_density();
            }
        }
        scores
    }

    /// Marks a box for the text in it that stands between its blocks, as if that were paragraphs.
    fn mark_loose(&self, node: usize, strictness: Strictness, scores: &mut [Option<f32>]) {
        let mut run = Measures::default();
        let mut last = None;
        for child in self.tree.children(node).filter(|&child| !self.is_out[child]) {
            if tree::is_block(self.tree.nodes[child].name) || self.has_blocks[child] {
                last.take().into_iter().for_each(|last| self.mark_above(last, run, strictness, scores));
                run = Measures::default();
            } else {
                run.add(self.measures[child]);
                last = Some(child);
            }
        }
        last.into_iter().for_each(|last| self.mark_above(last, run, strictness, scores));
    }

    fn mark_above(&self, node: usize, measures: Measures, strictness: Strictness, scores: &mut [Option<f32>]) {
        const SHORT: u32 = 25;
        if measures.length < SHORT {
            return;
        }
        let mark = 2.0 + measures.commas as f32 + (measures.length / 100).min(3) as f32;
        let mut above = self.tree.nodes[node].parent as usize;
        for divider in [1.0, 2.0, 6.0, 9.0, 12.0] {
            let first = || first_score(self.tree, above, strictness);
            *scores[above].get_or_insert_with(first) += mark / divider;
            if above == self.body || above == 0 {
                break;
            }
            above = self.tree.nodes[above].parent as usize;
        }
    }

    /// Returns the parts of the page that are the article.
    fn parts(&self, scores: &[Option<f32>]) -> Vec<usize> {
        let mut ranked: Vec<usize> = (0..scores.len()).filter(|&node| scores[node].is_some()).collect();
        let score = |node: usize| scores[node].unwrap_or(0.0);
        ranked.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
        ranked.truncate(BEST);
        let Some(&best) = ranked.first().filter(|&&best| best != self.body && best != 0) else {
            return vec![self.body];
        };
        let best = self.widened(self.common(best, &ranked, score), scores);
        let parent = self.tree.nodes[best].parent as usize;
        let threshold = (score(best) * 0.2).max(10.0);
        let class = self.tree.attribute(best, "class");
        let belongs = |&node: &usize| {
            let is_alike = !class.is_empty() && self.tree.attribute(node, "class") == class;
            let bonus = if is_alike { score(best) * 0.2 } else { 0.0 };
            node == best
                || scores[node].is_some_and(|score| score + bonus >= threshold)
                || self.is_loose_paragraph(node)
        };
        self.tree.children(parent).filter(|&child| !self.is_out[child]).filter(belongs).collect()
    }

    /// Returns what holds most of the best elements, if at least three more are about as good as the best.
    fn common(&self, best: usize, ranked: &[usize], score: impl Fn(usize) -> f32) -> usize {
        let good: Vec<usize> = ranked[1..].iter().copied().filter(|&node| score(node) >= score(best) * 0.75).collect();
        let holds = |above: usize| good.iter().filter(|&&node| self.tree.ancestors(node).any(|a| a == above)).count();
        let shared =
            || self.tree.ancestors(best).take_while(|&above| above != self.body).find(|&above| holds(above) >= 3);
        if good.len() >= 3 { shared().unwrap_or(best) } else { best }
    }

    /// Returns an element around the best one that is better still, or holds nothing else.
    fn widened(&self, best: usize, scores: &[Option<f32>]) -> usize {
        let mut last = scores[best].unwrap_or(0.0);
        let threshold = last / 3.0;
        let mut chosen = best;
        for above in self.tree.ancestors(best).take_while(|&above| above != self.body) {
            let Some(score) = scores[above] else { continue };
            if score < threshold {
                break;
            }
            if score > last {
                chosen = above;
                break;
            }
            last = score;
        }
        let is_only = |&above: &usize| {
            let elements = self.tree.children(above).filter(|&child| !self.is_out[child]);
            above != self.body && elements.filter(|&child| !self.tree.nodes[child].is_text()).count() == 1
        };
        self.tree.ancestors(chosen).take_while(is_only).last().unwrap_or(chosen)
    }

    /// Returns whether a paragraph beside the best element is prose, such as the lead of the article.
    fn is_loose_paragraph(&self, node: usize) -> bool {
        const LONG: u32 = 80;
        let measures = self.measures[node];
        let words = || self.tree.words(node).trim();
        let is_sentence = || words().ends_with(['.', '!', '?', '”', '"']) || words().contains(". ");
        let is_paragraph = match self.tree.nodes[node].name {
            "p" => true,
            "div" => !self.has_blocks[node],
            _ => false,
        };
        is_paragraph
            && match measures.length {
                0 => false,
                length if length > LONG => measures.link_density() < 0.25,
                _ => measures.links == 0.0 && is_sentence(),
            }
    }
}

/// Returns the mark of an element before its paragraphs are counted.
fn first_score(tree: &Tree, node: usize, strictness: Strictness) -> f32 {
    let by_name = match tree.nodes[node].name {
        "div" | "article" | "main" => 5.0,
        "pre" | "td" | "blockquote" => 3.0,
        "address" | "ol" | "ul" | "dl" | "dd" | "dt" | "li" | "form" => -3.0,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "th" => -5.0,
        _ => 0.0,
    };
    let is_body = tree.attribute(node, "itemprop").contains("articleBody");
    by_name + sieve::class_weight(tree, node, strictness) + if is_body { 25.0 } else { 0.0 }
}
