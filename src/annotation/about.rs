//! What is known of an article as a source: what the reader typed into the notes file, else what the text says of itself.

use jiff::civil::Date;

use super::Notes;
use crate::document::Document;

/// The article as a source that can be cited.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The headline, or the file's name.
    pub title: String,
    /// The byline without its "By".
    pub author: Option<String>,
    /// The outlet or site.
    pub source: Option<String>,
    pub date: Option<Date>,
}

impl About {
    pub fn new(document: &Document, notes: &Notes) -> About {
        let toml = notes.to_toml();
        let head = toml_edit::Document::parse(toml.trim_start_matches('\u{feff}')).ok();
        let typed = |key: &str| head.as_ref()?.get("article")?.get(key);
        let words = |key: &str| {
            let words = typed(key)?.as_str()?.split_whitespace().collect::<Vec<_>>().join(" ");
            Some(words).filter(|words| !words.is_empty())
        };
        let date = typed("date").and_then(|date| {
            let written = date.as_datetime().map(ToString::to_string);
            written.as_deref().or(date.as_str())?.get(..10)?.parse().ok()
        });
        let metadata = &document.metadata;
        let title = words("title").or_else(|| metadata.title.clone()).unwrap_or_else(|| document.name.clone());
        About {
            title,
            author: words("author").or_else(|| metadata.byline.clone()),
            source: words("source").or_else(|| metadata.source.clone()),
            date: date.or(metadata.date),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::document;

    #[track_caller]
    fn check(notes: &str, expected: [&str; 4]) {
        let document = document("title: Quays\nauthor: Ada Lind\n\nThe quay is shut.\n");
        let about = About::new(&document, &Notes::parse(notes, &document).unwrap());
        let date = about.date.map(|date| date.to_string());
        let found = [Some(about.title), about.author, about.source, date].map(Option::unwrap_or_default);
        assert_eq!(found, expected);
    }

    #[test]
    fn what_the_reader_typed_comes_first() {
        let article = "[article]\ntitle = \"The\\n quay\"\nsource = \"Osk Post\"\ndate = 2024-05-01\nauthor = \"\"\n";
        check(article, ["The quay", "", "Osk Post", "2024-05-01"]);
        check("[article]\ndate = \"2024-05-01\"\n", ["article.txt", "", "", "2024-05-01"]);
        check("[article]\ndate = \"May\"\ntitle = 3\n", ["article.txt", "", "", ""]);
        check("", ["article.txt", "", "", ""]);
    }
}
