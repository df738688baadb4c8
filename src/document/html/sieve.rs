//! What is left out of a page before the article is looked for, and out of the article once it is found.

use super::measure::Measures;
use super::tree::{self, Tree};
use super::walk;
use super::words::WORDS;

/// How strictly a page is sieved. What is too strict for a page finds little, and is tried again more loosely.
#[derive(Clone, Copy, Debug)]
pub struct Strictness {
    /// Parts whose class or id says that they are hardly the article are left out before it is looked for.
    pub drops_unlikely: bool,
    /// Classes and ids count for and against a part.
    pub weighs_classes: bool,
    /// Lists, tables and boxes in the article that look like something else are left out.
    pub cleans: bool,
}

/// Returns what is left out before the article is looked for, node by node; nodes below one that is are not marked.
pub fn before(tree: &Tree, strictness: Strictness, title: &str) -> Vec<bool> {
    let mut dropped = vec![false; tree.nodes.len()];
    let mut seen_title = false;
    let mut at = 1;
    while at < tree.nodes.len() {
        let is_title = !seen_title && matches!(tree.nodes[at].name, "h1" | "h2") && is_like(&tree.line(at), title);
        seen_title |= is_title;
        dropped[at] = walk::is_skipped(tree, at) || is_title || is_no_part(tree, at, strictness);
        at = if dropped[at] { tree.nodes[at].end as usize } else { at + 1 };
    }
    dropped
}

/// Returns whether an element is no part of any article, by its role, class or id.
fn is_no_part(tree: &Tree, node: usize, strictness: Strictness) -> bool {
    let name = tree.nodes[node].name;
    if name.is_empty() || matches!(name, "a" | "body" | "main" | "article" | "td" | "tr" | "tbody" | "table") {
        return false;
    }
    let label = label(tree, node);
    let role = tree.attribute(node, "role");
    let is_dialog = tree.attribute(node, "aria-modal") == "true" || name == "dialog";
    let is_hidden = tree.attribute(node, "aria-hidden") == "true" && !label.contains("fallback-image");
    let is_aside = name == "nav" || is_dialog || is_hidden || WORDS.comments.is_match(&label);
    let is_small = || tree.words(node).len() < 400;
    if is_aside || (is_byline(tree, node, &label) && is_small() && tree.line(node).chars().count() < 100) {
        return true;
    }
    let is_unlikely = WORDS.unlikely.is_match(&label) && !WORDS.maybe.is_match(&label);
    let is_kept = |above: usize| matches!(tree.nodes[above].name, "table" | "code" | "pre");
    strictness.drops_unlikely
        && ((is_unlikely && !tree.ancestors(node).any(is_kept)) || WORDS.roles.iter().any(|known| known == role))
}

/// Returns whether an element says who wrote the article.
pub fn is_byline(tree: &Tree, node: usize, label: &str) -> bool {
    let is_author = tree.attribute(node, "rel") == "author" || tree.attribute(node, "itemprop").contains("author");
    (is_author || WORDS.byline.is_match(label)) && !tree.words(node).trim().is_empty()
}

/// Returns the class and the id of an element in lower case, between spaces.
pub fn label(tree: &Tree, node: usize) -> String {
    let (class, id) = (tree.attribute(node, "class"), tree.attribute(node, "id"));
    if class.is_empty() && id.is_empty() { String::new() } else { format!(" {class} {id} ").to_ascii_lowercase() }
}

/// Returns what the class and the id of an element say for and against it.
pub fn class_weight(tree: &Tree, node: usize, strictness: Strictness) -> f32 {
    if !strictness.weighs_classes {
        return 0.0;
    }
    let weight = |value: &str| {
        let value = format!(" {value} ").to_ascii_lowercase();
        let sign = |is: bool| if is { 25.0 } else { 0.0 };
        sign(WORDS.positive.is_match(&value)) - sign(WORDS.negative.is_match(&value))
    };
    let named = ["class", "id"].map(|name| tree.attribute(node, name));
    named.into_iter().filter(|value| !value.is_empty()).map(weight).sum()
}

/// Returns whether two lines have most of their words in common.
pub fn is_like(line: &str, title: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    const LONGEST: usize = 400;
    if line.len() > LONGEST || title.len() > LONGEST {
        return false;
    }
    let (line, title) = (words(line), words(title));
    let length = |words: &[&String]| words.iter().map(|word| word.len() + 1).sum::<usize>();
    let other: Vec<&String> = line.iter().filter(|word| !title.contains(word)).collect();
    let all: Vec<&String> = line.iter().collect();
    !all.is_empty() && !title.is_empty() && length(&other) * 4 <= length(&all)
}

/// What stands below a node, of what has not been left out.
#[derive(Clone, Copy, Debug, Default)]
struct Contents {
    paragraphs: u32,
    images: u32,
    items: u32,
    inputs: u32,
    embeds: u32,
    of_headings: u32,
    of_lists: u32,
    of_text: u32,
    measures: Measures,
    is_table: bool,
}

impl Contents {
    fn add(&mut self, other: Contents) {
        self.paragraphs += other.paragraphs;
        self.images += other.images;
        self.items += other.items;
        self.inputs += other.inputs;
        self.embeds += other.embeds;
        self.of_headings += other.of_headings;
        self.of_lists += other.of_lists;
        self.of_text += other.of_text;
        self.measures.add(other.measures);
        self.is_table |= other.is_table;
    }
}

/// Leaves out of an article what only looks like a part of it: from the last node to the first, so that each is judged
/// by what is left of it. What stood in something left out before is `out`.
pub fn within(tree: &Tree, root: usize, out: &[bool], dropped: &mut [bool], strictness: Strictness) {
    let end = tree.nodes[root].end as usize;
    let mut contents = vec![Contents::default(); end - root];
    for node in (root..end).rev() {
        if out[node] {
            continue;
        }
        let mut own = std::mem::take(&mut contents[node - root]);
        count(tree, node, &mut own);
        if node != root && is_out_of_place(tree, node, &own, strictness) {
            dropped[node] = true;
            continue;
        }
        if node != root {
            contents[tree.nodes[node].parent as usize - root].add(own);
        }
    }
}

/// Adds an element itself to what stands below it.
fn count(tree: &Tree, node: usize, contents: &mut Contents) {
    let name = tree.nodes[node].name;
    if name.is_empty() {
        return contents.measures.add(Measures::of(tree.words(node)));
    }
    let length = contents.measures.length;
    match name {
        "a" => contents.measures.be_link(tree.attribute(node, "href")),
        "p" => contents.paragraphs += 1,
        "img" => contents.images += 1,
        "li" => contents.items += 1,
        "input" => contents.inputs += 1,
        "embed" | "object" | "iframe" => contents.embeds += 1,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => contents.of_headings = length,
        "ul" | "ol" => contents.of_lists = length,
        "table" => contents.is_table |= tree.columns[node],
        _ => {}
    }
    if matches!(name, "p" | "span" | "li" | "td" | "blockquote" | "dl" | "pre") {
        contents.of_text = length;
    }
}

/// Returns whether a part of the article is something else: a box, a form, links to other pages.
fn is_out_of_place(tree: &Tree, node: usize, contents: &Contents, strictness: Strictness) -> bool {
    let name = tree.nodes[node].name;
    let is_short = contents.measures.length < 500;
    match name {
        "footer" | "aside" | "dialog" | "input" => return true,
        "h1" | "h2" if class_weight(tree, node, strictness) < 0.0 => return true,
        "form" | "fieldset" | "table" | "ul" | "ol" | "div" | "section" | "header" => {}
        _ => return !name.is_empty() && is_short && WORDS.share.is_match(&label(tree, node)),
    }
    if is_short && WORDS.share.is_match(&label(tree, node)) {
        return true;
    }
    let is_kept = |above: usize| match tree.nodes[above].name {
        "code" | "pre" => true,
        "table" => tree.columns[above],
        _ => false,
    };
    if !strictness.cleans || contents.is_table || name == "section" && contents.paragraphs > 1 {
        return false;
    }
    let weight = class_weight(tree, node, strictness);
    (weight < 0.0 || is_suspicious(tree, node, contents, weight)) && !tree.ancestors(node).any(is_kept)
}

fn is_suspicious(tree: &Tree, node: usize, contents: &Contents, weight: f32) -> bool {
    let Contents { paragraphs, images, inputs, embeds, measures, .. } = *contents;
    if measures.commas >= 10 {
        return false;
    }
    let length = measures.length;
    let share = |part: u32| if length == 0 { 0.0 } else { part as f32 / length as f32 };
    let is_list = matches!(tree.nodes[node].name, "ul" | "ol") || share(contents.of_lists) > 0.9;
    let is_in_figure = tree.ancestors(node).any(|above| tree.nodes[above].name == "figure");
    let links = measures.link_density();
    let is_gallery = !is_in_figure && images > 1 && paragraphs * 2 < images;
    let is_stub = !is_list
        && !is_in_figure
        && share(contents.of_headings) < 0.9
        && length < 25
        && (images == 0 || images > 2)
        && links > 0.0;
    is_gallery && length < 200
        || (!is_list && contents.items > paragraphs + 100)
        || inputs > paragraphs / 3
        || is_stub
        || (!is_list && weight < 25.0 && links > 0.2)
        || (weight >= 25.0 && links > 0.5)
        || (is_list && links > 0.6 && length > 0)
        || ((embeds == 1 && length < 75) || embeds > 1 && length < 200)
        || (images == 0 && contents.of_text == 0 && length < 25)
        || (tree::is_block(tree.nodes[node].name) && length == 0 && images == 0)
}
