//! The article as a source in CSL-JSON, which citation tools read; the notes go with it in one field.

use jiff::civil::Date;
use serde_json::{Value, json};

use super::contents::{Contents, Remark};
use crate::annotation::quoting::json;

/// Returns a list of one source.
pub fn write(contents: &Contents) -> String {
    let about = &contents.about;
    let kind = if about.source.is_some() { "article-newspaper" } else { "document" };
    let mut source = json!({ "id": key(&contents.document.name), "type": kind, "title": about.title });
    let mut set = |key: &str, value: Option<Value>| value.into_iter().for_each(|value| source[key] = value);
    set("author", about.author.as_deref().map(authors));
    set("container-title", about.source.as_deref().map(Value::from));
    set("issued", about.date.map(issued));
    let notes: Vec<String> = contents.remarks().map(|remark| note(&remark)).collect();
    set("note", (!notes.is_empty()).then(|| notes.join("\n").into()));
    json(&json!([source]))
}

/// Returns what the source is cited as: the file's name, of letters and figures alone.
fn key(name: &str) -> String {
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    let words: Vec<&str> = stem.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "article".to_owned() } else { words.join("-") }
}

/// Returns the names of a byline, each as it is written: which of its words is the family's is not known.
fn authors(byline: &str) -> Value {
    let names =
        byline.split(" and ").flat_map(|names| names.split(", ")).map(str::trim).filter(|name| !name.is_empty());
    names.map(|name| json!({ "literal": name })).collect()
}

fn issued(date: Date) -> Value {
    json!({ "date-parts": [[date.year(), date.month(), date.day()]] })
}

fn note(remark: &Remark) -> String {
    let place = match remark.paragraph {
        Some(paragraph) => format!("¶{paragraph}: "),
        None if remark.entry.target.is_some() => format!("({}) ", remark.anchor.word()),
        None => String::new(),
    };
    let quote = match remark.quote() {
        "" => String::new(),
        quote => format!("“{quote}”"),
    };
    let text = if remark.text.is_empty() { String::new() } else { format!(" {}", remark.text) };
    format!("{place}{quote}{text}").trim_end().to_owned()
}
