//! Notes and corrected positions as W3C Web Annotations: one page in JSON-LD.

use std::collections::{HashMap, HashSet};
use std::fmt::Write;

use serde_json::{Value, json};

use super::contents::{Contents, Remark, Statement};
use super::place::{Around, source, target};
use crate::analysis::{Act, ActorId};
use crate::annotation::quoting::json;
use crate::annotation::{Body, NoteKind, PositionCorrection, Verdict};

/// Returns the page.
pub fn write(contents: &Contents) -> String {
    let page = Page {
        contents,
        statements: contents.statements.iter().map(|statement| (statement.id, statement)).collect(),
        entries: contents.notes.entries().iter().map(|entry| entry.id.0.as_str()).collect(),
    };
    let items: Vec<Value> =
        contents.entries.iter().filter_map(|entry| annotation(&page, &contents.remark(entry))).collect();
    let collection = format!("{}:notes", source(contents));
    json(&json!({
        "@context": ["http://www.w3.org/ns/anno.jsonld", { "sp": "urn:demarche:" }],
        "id": format!("{collection}:1"),
        "type": "AnnotationPage",
        "partOf": { "id": collection, "type": "AnnotationCollection", "label": contents.about.title, "total": items.len() },
        "startIndex": 0,
        "items": items,
    }))
}

struct Page<'a> {
    contents: &'a Contents<'a>,
    statements: HashMap<&'a str, &'a Statement<'a>>,
    /// The ids that stay the same from one reading to the next.
    entries: HashSet<&'a str>,
}

/// Returns what an entry is to the model; corrections of actors stand nowhere and are none.
fn annotation(page: &Page, remark: &Remark) -> Option<Value> {
    let Page { contents, .. } = page;
    let entry = remark.entry;
    let mut body = Vec::new();
    let (motivation, text) = match &entry.body {
        Body::Actor(_) => return None,
        Body::Position(correction) if correction.state == Verdict::Rejected => return None,
        Body::Position(correction) => {
            body.push(reading(page, correction, page.statements.get(entry.id.0.as_str()).copied()));
            ("classifying", correction.text.as_str())
        }
        Body::Note(note) => (motivation(note.kind), note.text.as_str()),
    };
    let purposed = |value: &str, purpose: &str| json!({ "type": "TextualBody", "value": value, "purpose": purpose });
    if !text.trim().is_empty() {
        let mut comment = purposed(text.trim_end(), "commenting");
        comment["format"] = "text/markdown".into();
        body.push(comment);
    }
    body.extend(remark.tags.iter().map(|tag| purposed(tag, "tagging")));
    let mut target = target(contents, remark, Around::Sentence);
    if let Some(date) = contents.about.date {
        target["state"] = json!({ "type": "TimeState", "sourceDate": format!("{date}T00:00:00Z") });
    }
    let mut annotation = json!({
        "id": format!("urn:demarche:{}", iri(&entry.id.0)),
        "type": "Annotation",
        "motivation": motivation,
    });
    for (key, time) in [("created", entry.created), ("modified", entry.updated)] {
        if let Some(time) = time {
            annotation[key] = time.to_string().into();
        }
    }
    if let Body::Note(note) = &entry.body {
        if let Some(color) = note.color {
            annotation["sp:color"] = color.word().into();
        }
        if !note.links.is_empty() {
            annotation["sp:links"] = note.links.clone().into();
        }
    }
    if !body.is_empty() {
        annotation["body"] = body.into();
    }
    annotation["target"] = target;
    Some(annotation)
}

fn motivation(kind: NoteKind) -> &'static str {
    match kind {
        NoteKind::Highlight => "highlighting",
        NoteKind::Note => "commenting",
        NoteKind::Question => "questioning",
        NoteKind::Bookmark => "bookmarking",
    }
}

/// Returns who takes a position, towards whom, about what: as it is read now, or as the file says when it is lost.
fn reading(page: &Page, correction: &PositionCorrection, position: Option<&Statement>) -> Value {
    let ids =
        |actors: &[ActorId]| actors.iter().map(|id| page.contents.analysis.actors[id.0].id.clone()).collect::<Vec<_>>();
    let one = |id: &Option<String>| id.iter().cloned().collect::<Vec<_>>();
    let (actors, via, act, to, answers) = match position {
        Some(Statement { position, parties, speakers, answers, .. }) => {
            let answers = answers.iter().filter(|id| page.entries.contains(*id)).map(|id| (*id).to_owned()).collect();
            (ids(parties), ids(speakers), Some(position.act), ids(&position.addressees), answers)
        }
        None => {
            let PositionCorrection { actor, via, act, to, answers, .. } = correction;
            (one(actor), one(via), *act, to.clone(), answers.clone())
        }
    };
    let issues = position.map_or_else(
        || correction.issue.clone(),
        |statement| statement.issues.iter().map(|issue| (*issue).to_owned()).collect(),
    );
    let mut reading = json!({
        "type": "sp:Position",
        "sp:state": correction.state.word(),
        "sp:actor": one_or_all(actors),
        "sp:act": act.map(Act::word),
    });
    if !via.is_empty() {
        reading["sp:via"] = one_or_all(via);
    }
    for (key, values) in [("sp:to", to), ("sp:issue", issues), ("sp:answers", answers)] {
        if !values.is_empty() {
            reading[key] = values.into();
        }
    }
    if let Some(gist) = &correction.gist {
        reading["sp:gist"] = gist.as_str().into();
    }
    reading
}

fn one_or_all(mut values: Vec<String>) -> Value {
    if values.len() == 1 { values.remove(0).into() } else { values.into() }
}

/// Returns an id as a part of an IRI: one that was typed by hand may hold anything.
fn iri(id: &str) -> String {
    let mut iri = String::new();
    for byte in id.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => iri.push(char::from(byte)),
            _ => {
                let _ = write!(iri, "%{byte:02X}");
            }
        }
    }
    iri
}
