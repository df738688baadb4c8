//! KOReader's JSON export: the entries of one document, or of several.

use super::json::{Fields, File, member};
use super::{Annotation, Bad, Body, Found, note, words_of};
use crate::annotation::{Color, Note};

pub fn read(text: &str) -> Result<Found, Bad> {
    let file = File::new(text);
    let members = file.members()?.ok_or_else(|| Bad::new(1, "", "is a list, not an object with 'entries'"))?;
    let documents = match member(&members, "documents") {
        Some(documents) => {
            file.list_of(documents)?.into_iter().map(|raw| file.members_of(raw)).collect::<Result<_, _>>()?
        }
        None => vec![members],
    };
    let mut found = Found::default();
    for document in documents {
        let title = member(&document, "title").map(|raw| serde_json::from_str::<String>(raw.get()));
        let title = title.transpose().map_err(|_| Bad::new(1, "title", "is no text"))?;
        let entries = member(&document, "entries").ok_or_else(|| Bad::new(1, "entries", "is missing"))?;
        for raw in file.list_of(entries)? {
            found.push(file.part(raw).and_then(|part| entry(&part.fields()?, title.clone())));
        }
    }
    Ok(found)
}

fn entry(fields: &Fields, on: Option<String>) -> Result<Annotation, Bad> {
    let plain = note(fields.text("note")?.unwrap_or_default(), Vec::new());
    let color = fields.text("color")?.and_then(Color::from_word);
    Ok(Annotation {
        on,
        target: words_of(fields.text("text")?.unwrap_or_default()),
        created: fields.seconds("time")?,
        ..Annotation::new(fields.line, Body::Note(Note { color, ..plain }))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    const ONE: &str = r#"{"title": "Ferries", "author": "A", "version": "json/1.0.0", "created_on": 1772359200, "entries": [
        {"chapter": "1", "drawer": "lighten", "color": "green", "page": 3, "sort": "highlight", "text": "new boats",
         "note": "so?", "time": 1772359200}]}"#;
    const SHOWN: &str = "- Ferries [|new boats|] note \"so?\" green 2026-03-01T10:00:00Z";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn one_document_and_several_are_read() {
        check(ONE, &[SHOWN]);
        check(&format!("{{\"documents\": [{ONE}, {{\"entries\": []}}]}}"), &[SHOWN]);
    }

    #[test]
    fn a_mistake_has_a_line_and_a_field() {
        check("{\"entries\": [\n{\"text\": []}]}", &["2: text: is a list, not a text"]);
        check("{\"entries\": [{\"time\": 1e300}]}", &["1: time: 1e+300 is no time in seconds"]);
        check("{}", &["1: entries: is missing"]);
        check("[]", &["1: is a list, not an object with 'entries'"]);
    }
}
