//! What a page says of itself: in the fields of its head, in the scripts that describe it, in its byline.

use serde_json::Value;

use super::sieve;
use super::tree::Tree;
use super::words::WORDS;
use crate::document::{Metadata, date, meta};

/// Returns what a page says of itself. A script that describes the article counts most, then the fields of the head.
pub fn read(tree: &Tree) -> Metadata {
    let described = tree.descriptions.iter().find_map(|script| {
        let value: Value = serde_json::from_str(script.trim().trim_end_matches(';')).ok()?;
        article_of(&value).map(of_description)
    });
    let described = described.unwrap_or_default();
    let fields = fields(tree);
    let field = |names: &[String]| {
        let values = names.iter().filter_map(|name| fields.iter().find(|(known, _)| known == name));
        values.map(|(_, value)| plain(value)).find(|value| !value.is_empty())
    };
    let source = described.source.or_else(|| field(&WORDS.site).filter(|site| !is_address(site)));
    let title = described.title.or_else(|| field(&WORDS.title));
    let title = title.map(|title| without_site(&title, source.as_deref())).or_else(|| title_of(tree));
    let byline = described.byline.or_else(|| field(&WORDS.author).filter(|name| !is_address(name)));
    let published = described.date.or_else(|| date::only_date(&field(&WORDS.published)?));
    Metadata {
        title,
        byline: byline
            .or_else(|| byline_of(tree))
            .map(|byline| without_by(&byline))
            .filter(|byline| !byline.is_empty()),
        dateline: None,
        date: published.or_else(|| date_of(tree)),
        source,
    }
}

/// Returns the name and the value of each field in the head, names in lower case.
fn fields(tree: &Tree) -> Vec<(String, &str)> {
    let metas = (0..tree.nodes.len()).filter(|&node| tree.nodes[node].name == "meta");
    let named = metas.flat_map(|node| {
        let names = ["property", "name", "itemprop"].map(|kind| tree.attribute(node, kind));
        let names = names.into_iter().flat_map(str::split_whitespace);
        names.map(move |name| (name.to_lowercase(), tree.attribute(node, "content")))
    });
    named.filter(|(_, value)| !value.trim().is_empty()).collect()
}

/// Returns the article among the things that a script describes.
fn article_of(value: &Value) -> Option<&Value> {
    let is_article = |kind: &str| ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end));
    match value {
        Value::Array(values) => values.iter().find_map(article_of),
        Value::Object(fields) => {
            let is_this = match fields.get("@type") {
                Some(Value::String(kind)) => is_article(kind),
                Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_article),
                _ => false,
            };
            if is_this { Some(value) } else { article_of(fields.get("@graph")?) }
        }
        _ => None,
    }
}

fn of_description(article: &Value) -> Metadata {
    let text = |field: &str| article[field].as_str().map(plain).filter(|text| !text.is_empty());
    let byline = names(&article["author"]).iter().map(|name| plain(name)).collect::<Vec<_>>().join(", ");
    Metadata {
        title: text("headline").or_else(|| text("name")),
        byline: (!byline.is_empty()).then_some(byline),
        dateline: None,
        date: text("datePublished").and_then(|published| date::only_date(&published)),
        source: names(&article["publisher"]).first().map(|name| plain(name)),
    }
}

/// Returns the names of people or bodies: texts, or things that have a name, or lists of them.
fn names(value: &Value) -> Vec<&str> {
    const MOST: usize = 20;
    let one = |value: &'_ Value| value.as_str().is_some() || value["name"].as_str().is_some();
    let all: Vec<&Value> = match value {
        Value::Array(values) => values.iter().take(MOST).filter(|value| one(value)).collect(),
        value if one(value) => vec![value],
        _ => Vec::new(),
    };
    let named = all.into_iter().filter_map(|value| value.as_str().or_else(|| value["name"].as_str()));
    named.filter(|name| !name.trim().is_empty() && !is_address(name)).collect()
}

/// Returns a value on one line; many pages write references in it twice over.
fn plain(value: &str) -> String {
    let line = meta::short_line(value);
    if line.contains(['&', '<']) { Tree::read(&line, false).line(0) } else { line }
}

fn is_address(value: &str) -> bool {
    value.contains("://") || value.starts_with("www.") || value.starts_with('@')
}

fn without_by(byline: &str) -> String {
    let start = byline.get(..3).filter(|start| start.eq_ignore_ascii_case("by "));
    byline[start.map_or(0, str::len)..].trim().trim_end_matches(',').to_owned()
}

/// What stands between the title of an article and the name of the site.
const SEPARATORS: &[&str] = &[" | ", " - ", " – ", " — ", " :: ", " » ", " • ", " · ", " / ", " › ", " < "];

fn without_site(title: &str, site: Option<&str>) -> String {
    let Some(rest) = site.and_then(|site| title.strip_suffix(site)) else { return title.to_owned() };
    let separator = SEPARATORS.iter().find(|separator| rest.ends_with(**separator));
    separator.map_or(title, |separator| &rest[..rest.len() - separator.len()]).to_owned()
}

/// Returns the title as the page's head or its only great heading has it.
fn title_of(tree: &Tree) -> Option<String> {
    let line = |node: usize| Some(plain(&tree.line(node))).filter(|line| !line.is_empty());
    // A drawing has a title, too.
    let is_drawn = |node: usize| tree.ancestors(node).any(|above| tree.nodes[above].name == "svg");
    let title = (0..tree.nodes.len()).find(|&node| tree.nodes[node].name == "title" && !is_drawn(node));
    let (title, heading) = (title.and_then(line), tree.first("h1").and_then(line));
    let Some(title) = title else { return heading };
    if let Some(heading) = heading.filter(|heading| sieve::is_like(heading, &title)) {
        return Some(heading);
    }
    let cut = SEPARATORS.iter().filter_map(|separator| title.rfind(separator)).max();
    let short = cut.map(|at| title[..at].trim()).filter(|short| short.split_whitespace().count() >= 3);
    Some(short.unwrap_or(&title).to_owned())
}

/// Returns what a part of the page gives as its author.
fn byline_of(tree: &Tree) -> Option<String> {
    const LONGEST: usize = 100;
    let body = tree.first("body").unwrap_or(0)..tree.nodes.len();
    let named = body.skip(1).filter(|&node| !tree.nodes[node].is_text() && tree.words(node).len() < 4 * LONGEST);
    let bylines = named.filter(|&node| sieve::is_byline(tree, node, &sieve::label(tree, node)));
    let lines = bylines.map(|node| tree.line(node));
    lines.take(20).find(|line| line.chars().count() < LONGEST && line.chars().any(char::is_uppercase))
}

/// Returns the date of the first time that the page marks as one.
fn date_of(tree: &Tree) -> Option<jiff::civil::Date> {
    let marked = (0..tree.nodes.len()).filter(|&node| tree.nodes[node].name == "time");
    marked.take(20).find_map(|node| match tree.attribute(node, "datetime") {
        "" => date::only_date(&tree.line(node)),
        datetime => date::only_date(datetime),
    })
}
