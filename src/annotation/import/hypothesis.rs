//! Hypothesis: what its API answers (`rows`), what its client exports (`annotations`), or a list of such objects.
//!
//! A reply stands where that stands which it replies to; a page note stands nowhere.

use std::collections::HashMap;

use super::json::{Fields, File, member};
use super::{Annotation, Bad, Body, Found, note, tags_of};
use crate::annotation::Selector;

pub fn read(text: &str) -> Result<Found, Bad> {
    let file = File::new(text);
    let rows = match file.members()? {
        None => file.list()?,
        Some(members) => match member(&members, "rows").or_else(|| member(&members, "annotations")) {
            Some(rows) => file.list_of(rows)?,
            None => return Err(Bad::new(1, "", "there is no list of annotations: 'rows' or 'annotations'")),
        },
    };
    let mut found = Found::default();
    let mut replies: Vec<(usize, Vec<String>)> = Vec::new();
    for raw in rows {
        let row = file.part(raw).and_then(|part| row(&part.fields()?));
        if let Ok((_, references)) = &row
            && !references.is_empty()
        {
            replies.push((found.annotations.len(), references.clone()));
        }
        found.push(row.map(|(annotation, _)| annotation));
    }
    place_replies(&mut found.annotations, replies);
    Ok(found)
}

/// Gives each reply the place of the first annotation above it that has one.
fn place_replies(annotations: &mut [Annotation], replies: Vec<(usize, Vec<String>)>) {
    let places = annotations.iter().filter_map(|annotation| Some((annotation.id.clone()?, annotation.target.clone()?)));
    let places: HashMap<String, Selector> = places.collect();
    for (index, references) in replies {
        let Some(annotation) = annotations.get_mut(index) else { break };
        if annotation.target.is_none() {
            annotation.target = references.iter().find_map(|id| places.get(id).cloned());
        }
        annotation.links.extend(references.last().map(|id| ("replies".to_owned(), id.clone())));
    }
}

/// Reads one annotation and the ids of those it replies to, the first of the thread first.
fn row(fields: &Fields) -> Result<(Annotation, Vec<String>), Bad> {
    let tags = tags_of(fields.texts("tags")?);
    let body = Body::Note(note(fields.text("text")?.unwrap_or_default(), tags));
    let mut on = fields.text("uri")?;
    let mut target = None;
    for part in fields.each("target") {
        let part = part.object()?;
        on = part.text("source")?.or(on);
        if target.is_none() {
            target = selector(&part)?;
        }
    }
    let references: Vec<String> = fields.texts("references")?.into_iter().map(str::to_owned).collect();
    let annotation = Annotation {
        id: fields.text("id")?.map(str::to_owned),
        on: on.map(str::to_owned),
        target,
        created: fields.time("created")?,
        updated: fields.time("updated")?,
        ..Annotation::new(fields.line, body)
    };
    let updated = annotation.updated.filter(|updated| Some(*updated) != annotation.created);
    Ok((Annotation { updated, ..annotation }, references))
}

/// Returns what the selectors of a target say of its words; selectors by mark-up say nothing here.
pub(super) fn selector(target: &Fields) -> Result<Option<Selector>, Bad> {
    let mut selector = Selector::default();
    let mut open = target.each("selector");
    // A selector may be refined by another: the innermost words are meant.
    while let Some(part) = open.pop() {
        let part = part.object()?;
        match part.text("type")? {
            Some("TextQuoteSelector") => {
                let words = |key| Ok(part.text(key)?.unwrap_or_default().to_owned());
                (selector.quote, selector.prev, selector.next) = (words("exact")?, words("prefix")?, words("suffix")?);
            }
            Some("TextPositionSelector") => {
                let (start, end) = (part.offset("start")?, part.offset("end")?);
                selector.at = start.zip(end);
                if selector.at.is_some_and(|(start, end)| start > end) {
                    return Err(part.bad("its end is before its start"));
                }
            }
            _ => {}
        }
        open.extend(part.each("refinedBy"));
    }
    let nowhere = selector.quote.trim().is_empty() && selector.at.is_none();
    Ok((!nowhere).then_some(selector))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    const ROW: &str = r#"{"id": "a1", "created": "2026-03-01T10:00:00.000000+00:00", "updated": "2026-03-01T10:00:00.000000+00:00",
        "uri": "https://example.org/a", "text": "so?", "tags": ["x", "y"], "target": [{"source": "https://example.org/a",
        "selector": [{"type": "RangeSelector", "startContainer": "/p[1]"},
        {"type": "TextPositionSelector", "start": 4, "end": 7},
        {"type": "TextQuoteSelector", "exact": "new boats", "prefix": "wants ", "suffix": "."}]}]}"#;
    const REPLY: &str = r#"{"id": "a2", "uri": "https://example.org/a", "text": "no", "references": ["a1"]}"#;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn answers_exports_and_lists_are_read() {
        let row = "a1 https://example.org/a [wants |new boats|.] (4, 7) note \"so?\" #x #y 2026-03-01T10:00:00Z";
        let reply = "a2 https://example.org/a [wants |new boats|.] (4, 7) note \"no\" replies:a1";
        check(&format!("[{ROW}]"), &[row]);
        check(&format!("{{\"total\": 2, \"rows\": [{REPLY}, {ROW}]}}"), &[reply, row]);
        check(&format!("{{\"annotations\": [{ROW}]}}"), &[row]);
    }

    #[test]
    fn a_page_note_has_no_place() {
        check(
            r#"[{"id": "p", "uri": "u", "text": "all of it", "target": [{"source": "u"}]}]"#,
            &["p u note \"all of it\""],
        );
    }

    #[test]
    fn a_mistake_has_a_line_and_a_field() {
        check("{\"rows\": [\n\n{\"text\": 3}]}", &["3: text: is a number, not a text"]);
        let position = r#"[{"target": [{"selector": [{}, {"type": "TextPositionSelector", "start": -1}]}]}]"#;
        check(position, &["1: target[0].selector[1].start: -1 is no count of characters"]);
        check("[\n{\"created\": \"yesterday\"}]", &["2: created: 'yesterday' is no time"]);
        check("{\"rows\": [\n{\"id\": ", &["2: no JSON as expected: EOF while parsing a value"]);
        check("{}", &["1: there is no list of annotations: 'rows' or 'annotations'"]);
    }
}
