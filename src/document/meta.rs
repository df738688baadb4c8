//! What a text says of itself: title, byline, dateline, date, outlet.

use jiff::civil::Date;

use super::{Block, BlockKind, Metadata, credit, date};
use crate::text::Span;

/// Returns what the blocks at the start of an article say: its title, the credits, a dateline.
pub fn of_blocks(text: &str, blocks: &[Block]) -> Metadata {
    let mut metadata = Metadata::default();
    let start = &blocks[..blocks.len().min(credit::FIRST_BLOCKS)];
    for block in start {
        let words = block.span.of(text);
        match block.kind {
            BlockKind::Heading(1) if metadata.title.is_none() => metadata.title = Some(one_line(words)),
            BlockKind::Credit => {
                metadata.byline = metadata.byline.or_else(|| credit::byline(words).map(one_line));
                metadata.date = metadata.date.or_else(|| date::only_date(words));
            }
            _ => {}
        }
    }
    let paragraphs = start.iter().filter(|block| block.kind == BlockKind::Paragraph);
    if let Some(dateline) = paragraphs.take(2).find_map(|block| dateline(text, block.span)) {
        metadata.date = metadata.date.or(dateline.date);
        metadata.source = dateline.agency;
        metadata.dateline = Some((dateline.place, dateline.span));
    }
    metadata
}

/// Returns a text on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns on one line what a file says of itself, as much of it as any title has.
pub(super) fn short_line(text: &str) -> String {
    const LONGEST: usize = 400;
    one_line(&text[..text.floor_char_boundary(LONGEST)])
}

/// Where a report was filed, as its first paragraph begins: `GENEVA (Reuters) — `.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The place as written, with its country or state.
    pub place: String,
    pub agency: Option<String>,
    /// Only if the year is written.
    pub date: Option<Date>,
    /// From the place to the dash.
    pub span: Span,
}

/// Returns the dateline that a paragraph begins with: all up to its first dash, if that is places, a day, an agency.
pub fn dateline(text: &str, paragraph: Span) -> Option<Dateline> {
    let words = paragraph.of(text);
    let head = &words[..words.floor_char_boundary(LONGEST_DATELINE)];
    let dashes = DASHES.iter().filter_map(|dash| head.find(dash).map(|at| (at, dash.len())));
    let (dash, dash_len) = dashes.min()?;
    let (filed, agency) = match head[..dash].trim_end().strip_suffix(')').and_then(|filed| filed.rsplit_once('(')) {
        Some((filed, agency)) => (filed.trim_end_matches([' ', ',']), Some(agency.to_owned())),
        None => (head[..dash].trim_end(), None),
    };
    let day = filed.find(|c: char| c.is_ascii_digit()).map(|digit| filed[..digit].rfind(',').unwrap_or(0));
    let place = filed[..day.unwrap_or(filed.len())].trim_end();
    // `NATO — the alliance — said` is no dateline: after one a sentence starts. `Geneva - A` needs its agency.
    let starts_sentence = head[dash + dash_len..].trim_start().starts_with(|c: char| !c.is_lowercase());
    (starts_sentence && is_place(place, agency.is_some())).then(|| Dateline {
        place: place.to_owned(),
        agency,
        date: day.and_then(|day| date::only_date(&filed[day..])),
        span: Span::new(paragraph.start, paragraph.start + words[..dash + dash_len].trim_end().len()),
    })
}

/// Returns whether words are a place, in capitals or before an agency, with its state or country after a comma.
fn is_place(words: &str, has_agency: bool) -> bool {
    let is_name = |part: &str| {
        let mut names = part.split([' ', '-', '/']).filter(|name| !name.is_empty());
        names.clone().count() <= 4 && names.all(|name| name.starts_with(char::is_uppercase))
    };
    let (first, rest) = words.split_once(',').unwrap_or((words, ""));
    let is_capitals = first.chars().filter(|c| c.is_uppercase()).count() > 1 && !first.contains(char::is_lowercase);
    let is_wordy = words.chars().all(|c| c.is_alphabetic() || " .,'’/-".contains(c));
    is_wordy
        && (is_capitals || has_agency)
        && is_name(first)
        && !first.is_empty()
        && rest.split(',').take(3).count() < 3
        && rest.split(',').all(|part| is_name(part.trim()))
}

/// Reads the front matter of a Markdown file: TOML, or the plain `key: value` lines and lists of YAML.
pub fn front_matter(source: &str, is_toml: bool) -> Metadata {
    let mut metadata = Metadata::default();
    for (key, value) in if is_toml { toml_pairs(source) } else { yaml_pairs(source) } {
        match key.to_lowercase().as_str() {
            _ if value.is_empty() => {}
            "title" | "headline" => metadata.title = Some(value),
            "author" | "authors" | "byline" | "by" => metadata.byline = Some(value),
            "date" | "published" | "publishdate" => metadata.date = date::only_date(&value),
            "source" | "publisher" | "site" | "outlet" => metadata.source = Some(value),
            _ => {}
        }
    }
    metadata
}

const LONGEST_DATELINE: usize = 160;

/// A hyphen stands apart from the words, a dash may not.
const DASHES: &[&str] = &["—", "–", "―", " - ", " -- "];

fn toml_pairs(source: &str) -> Vec<(String, String)> {
    let text = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Datetime(date) => date.to_string(),
        _ => String::new(),
    };
    let pair = |(key, value): (String, toml::Value)| match &value {
        toml::Value::Array(values) => (key, values.iter().map(text).collect::<Vec<_>>().join(", ")),
        one => (key, text(one)),
    };
    source.parse::<toml::Table>().map(|table| table.into_iter().map(pair).collect()).unwrap_or_default()
}

fn yaml_pairs(source: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in source.lines() {
        let item = line.trim_start().strip_prefix("- ");
        if let (Some(item), Some((_, value))) = (item, pairs.last_mut()) {
            let separator = if value.is_empty() { "" } else { ", " };
            value.push_str(separator);
            value.push_str(unquoted(item));
        } else if let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.starts_with([' ', '#'])) {
            let list = value.trim().strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
            let value = match list {
                Some(list) => list.split(',').map(unquoted).collect::<Vec<_>>().join(", "),
                None => unquoted(value).to_owned(),
            };
            pairs.push((key.trim().to_owned(), value));
        }
    }
    pairs
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let within = |quote: char| value.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
    within('"').or_else(|| within('\'')).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(paragraph: &str, expected: Option<(&str, Option<&str>, &str)>) {
        let found = dateline(paragraph, Span::new(0, paragraph.len()));
        let parts = found.as_ref().map(|d| (d.place.as_str(), d.agency.as_deref(), d.span.of(paragraph)));
        assert_eq!(parts, expected, "{paragraph}");
    }

    #[test]
    fn datelines() {
        check("GENEVA (Reuters) - The talks ended.", Some(("GENEVA", Some("Reuters"), "GENEVA (Reuters) -")));
        check("WASHINGTON, Jan. 26 — Two ministers met.", Some(("WASHINGTON", None, "WASHINGTON, Jan. 26 —")));
        check("KYIV, Ukraine — Two ministers met.", Some(("KYIV, Ukraine", None, "KYIV, Ukraine —")));
        check("ST. PAUL, Minn. (AP) — A court said", Some(("ST. PAUL, Minn.", Some("AP"), "ST. PAUL, Minn. (AP) —")));
        check("NEW YORK -- “We won,” he said.", Some(("NEW YORK", None, "NEW YORK --")));
        check("Geneva (dpa) – The talks ended.", Some(("Geneva", Some("dpa"), "Geneva (dpa) –")));
    }

    #[test]
    fn what_only_looks_like_a_dateline() {
        check("NATO — the alliance — said no.", None);
        check("Geneva – The talks ended.", None);
        check("A EU-wide ban was agreed.", None);
        check("The minister (Reuters) — said", None);
        check("UN, EU and NATO — All three said no.", None);
        check("", None);
    }

    #[test]
    fn a_dateline_may_hold_the_date() {
        let text = "LIMA, March 3, 2016 — The talks ended.";
        let found = dateline(text, Span::new(0, text.len())).and_then(|dateline| dateline.date);
        assert_eq!(found, Some(jiff::civil::date(2016, 3, 3)));
    }

    #[test]
    fn front_matter_in_both_forms() {
        let expected = Metadata {
            title: Some("Talks: a start".into()),
            byline: Some("Ana Silva, Tom Berg".into()),
            date: Some(jiff::civil::date(2022, 1, 26)),
            source: Some("The Courier".into()),
            dateline: None,
        };
        let yaml = "title: \"Talks: a start\"\nauthors:\n  - Ana Silva\n  - 'Tom Berg'\ndate: 2022-01-26\nsource: The Courier\n";
        let toml = "title = 'Talks: a start'\nauthors = ['Ana Silva', 'Tom Berg']\ndate = 2022-01-26\nsource = 'The Courier'\n";
        assert_eq!(front_matter(yaml, false), expected);
        assert_eq!(front_matter(toml, true), expected);
        assert_eq!(front_matter("= broken", true), Metadata::default());
    }
}
