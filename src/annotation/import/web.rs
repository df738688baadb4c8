//! W3C Web Annotation as JSON-LD: one annotation, a list, a page, or a collection that holds its first page.

use serde_json::value::RawValue;

use super::hypothesis::selector;
use super::json::{Fields, File, member};
use super::{Annotation, Bad, Body, Found, note, tags_of};
use crate::analysis::Act;
use crate::annotation::{ActorCorrection, Color, NoteKind, PositionCorrection, Verdict};

/// What this program puts before the ids it gives.
const OURS: &str = "urn:demarche:";

pub fn read(text: &str) -> Result<Found, Bad> {
    let file = File::new(text);
    let mut found = Found::default();
    for raw in rows(&file, text)? {
        match file.part(raw).and_then(|part| annotations(&part.fields()?)) {
            Ok(annotations) => annotations.into_iter().for_each(|annotation| found.push(Ok(annotation))),
            Err(bad) => found.push(Err(bad)),
        }
    }
    Ok(found)
}

fn rows<'t>(file: &File<'t>, text: &'t str) -> Result<Vec<&'t RawValue>, Bad> {
    let Some(mut members) = file.members()? else { return file.list() };
    if let Some(first) = member(&members, "first") {
        members = match first.get().starts_with('{') {
            true => file.members_of(first)?,
            false => return Err(Bad::new(1, "first", "the page of this collection is in another file")),
        };
    }
    if let Some(items) = member(&members, "items").or_else(|| member(&members, "@graph")) {
        return file.list_of(items);
    }
    match member(&members, "target") {
        Some(_) => Ok(vec![serde_json::from_str(text).map_err(|error| Bad::new(1, "", error.to_string()))?]),
        None => Err(Bad::new(1, "", "there is no annotation: 'target' or 'items'")),
    }
}

/// Reads one annotation: one for each of its targets, and those after the first continue it.
fn annotations(fields: &Fields) -> Result<Vec<Annotation>, Bad> {
    if let Some(other) = fields.texts("type")?.iter().find(|&&word| word != "Annotation") {
        return Err(fields.bad(format!("'{other}' is no annotation")));
    }
    let mut read = Annotation::new(fields.line, Body::Note(note("", Vec::new())));
    let bodies = fields.each("body").into_iter().flat_map(|body| if body.is_text() { vec![body] } else { flat(body) });
    read.body = body(fields, &bodies.collect::<Vec<_>>(), &mut read.links)?;
    read.id = fields.text("id")?.map(ours);
    (read.created, read.updated) = (fields.time("created")?, fields.time("modified")?);
    let mut targets = fields.each("target").into_iter();
    if let Some(target) = targets.next() {
        place(&mut read, &target)?;
    }
    let mut all = vec![read];
    for (index, target) in targets.enumerate() {
        let mut more = Annotation::new(fields.line, Body::Note(note("", Vec::new())));
        more.id = all[0].id.as_ref().map(|id| format!("{id}#{}", index + 2));
        more.links.extend(all[0].id.clone().map(|id| ("continues".to_owned(), id)));
        (more.created, more.updated) = (all[0].created, all[0].updated);
        place(&mut more, &target)?;
        all.push(more);
    }
    Ok(all)
}

fn place(annotation: &mut Annotation, target: &Fields) -> Result<(), Bad> {
    if target.is_text() {
        annotation.on = Some(target.as_text()?.to_owned());
        return Ok(());
    }
    let target = target.clone().object()?;
    let source = target.get("source").map_or_else(|| target.get("id"), Some);
    annotation.on = source.filter(Fields::is_text).map(|source| source.as_text().map(str::to_owned)).transpose()?;
    annotation.target = selector(&target)?;
    Ok(())
}

/// Returns a body, or the parts of one that is composed of several.
fn flat(body: Fields) -> Vec<Fields> {
    let parts = body.each("items");
    if parts.is_empty() { vec![body] } else { parts }
}

fn body(fields: &Fields, bodies: &[Fields], links: &mut Vec<(String, String)>) -> Result<Body, Bad> {
    let (mut texts, mut tags): (Vec<&str>, Vec<&str>) = (fields.text("bodyValue")?.into_iter().collect(), Vec::new());
    let mut correction = None;
    for body in bodies {
        if body.is_text() {
            texts.push(body.as_text()?);
            continue;
        }
        let body = body.clone().object()?;
        let purposes = [body.texts("purpose")?, body.texts("role")?].concat();
        let types = body.texts("type")?;
        let is_a = |name: &str| types.iter().any(|word| word.rsplit(':').next() == Some(name));
        let said = |key| body.text(key);
        if is_a("Position") {
            correction = Some(Body::Position(position(&body)?));
        } else if is_a("Actor") {
            correction = Some(Body::Actor(actor(&body)?));
        } else if purposes.contains(&"linking") {
            links.extend(link(said("value")?.or(said("source")?).unwrap_or_default()));
        } else if let Some(words) = said("value")?.or(said("chars")?).or(said("source")?).or(said("id")?) {
            if purposes.contains(&"tagging") { tags.push(words) } else { texts.push(words) }
        }
    }
    let mut plain = note(&texts.join("\n\n"), tags_of(tags));
    Ok(match correction {
        Some(Body::Position(position)) => {
            Body::Position(PositionCorrection { text: plain.text, tags: plain.tags, ..position })
        }
        Some(other) => other,
        None => {
            plain.kind = fields.texts("motivation")?.iter().find_map(|word| kind_of(word)).unwrap_or(plain.kind);
            plain.color = extra(fields, "color")?.and_then(Color::from_word);
            links.extend(extras(fields, "links")?.iter().filter_map(|words| link(words)));
            Body::Note(plain)
        }
    })
}

fn kind_of(motivation: &str) -> Option<NoteKind> {
    match motivation.rsplit(':').next()? {
        "highlighting" => Some(NoteKind::Highlight),
        "questioning" => Some(NoteKind::Question),
        "bookmarking" => Some(NoteKind::Bookmark),
        "commenting" | "describing" | "replying" => Some(NoteKind::Note),
        _ => None,
    }
}

fn link(words: &str) -> Option<(String, String)> {
    let (relation, id) = words.split_once(':').filter(|_| !words.starts_with("urn:")).unwrap_or(("links", words));
    (!id.is_empty()).then(|| (relation.to_owned(), ours(id)))
}

/// Returns an id as this program knows it; in an address, `%20` stands for what may not stand there.
fn ours(id: &str) -> String {
    let Some(name) = id.strip_prefix(OURS) else { return id.to_owned() };
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|digits| first == b'%' && digits.iter().all(u8::is_ascii_hexdigit));
        let code = digits.and_then(|digits| u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        let (byte, length) = code.map_or((first, 1), |byte| (byte, 3));
        bytes.push(byte);
        rest = &rest[length..];
    }
    String::from_utf8(bytes).unwrap_or_else(|_| name.to_owned())
}

/// Returns one of this program's own keys.
fn extra<'v>(fields: &Fields<'v>, key: &str) -> Result<Option<&'v str>, Bad> {
    fields.text(&format!("sp:{key}"))
}

fn extras(fields: &Fields, key: &str) -> Result<Vec<String>, Bad> {
    Ok(fields.texts(&format!("sp:{key}"))?.into_iter().map(ours).collect())
}

/// Returns the first of one or several values.
fn own(fields: &Fields, key: &str) -> Result<Option<String>, Bad> {
    Ok(extras(fields, key)?.into_iter().next())
}

/// Reads a word of a closed list.
fn word<W>(fields: &Fields, key: &str, of: fn(&str) -> Option<W>) -> Result<Option<W>, Bad> {
    let Some(word) = extra(fields, key)? else { return Ok(None) };
    of(word).map(Some).ok_or_else(|| fields.bad(format!("'{word}' is no {key}")))
}

fn position(fields: &Fields) -> Result<PositionCorrection, Bad> {
    Ok(PositionCorrection {
        actor: own(fields, "actor")?,
        via: own(fields, "via")?,
        act: word(fields, "act", Act::from_word)?,
        to: extras(fields, "to")?,
        issue: extras(fields, "issue")?,
        gist: own(fields, "gist")?,
        // Without a word for it: somebody has said who holds it and which act it is.
        state: word(fields, "state", Verdict::from_word)?.unwrap_or(Verdict::Corrected),
        was_act: word(fields, "was-act", Act::from_word)?,
        was_actor: own(fields, "was-actor")?,
        answers: extras(fields, "answers")?,
        ..PositionCorrection::default()
    })
}

fn actor(fields: &Fields) -> Result<ActorCorrection, Bad> {
    let actor = own(fields, "actor")?.ok_or_else(|| fields.bad("'sp:actor' is missing"))?;
    Ok(ActorCorrection {
        actor,
        name: own(fields, "name")?.unwrap_or_default(),
        aka: extras(fields, "aka")?,
        role: own(fields, "role")?,
        speaks_for: own(fields, "speaks-for")?,
        state: word(fields, "state", Verdict::from_word)?.unwrap_or_default(),
        split: extras(fields, "split")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    const ONE: &str = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:demarche:k7q2mz", "type": "Annotation",
        "motivation": "questioning", "created": "2026-03-01T10:00:00Z", "modified": "2026-03-02T10:00:00Z",
        "body": [{"type": "TextualBody", "value": "so?", "purpose": "commenting"},
        {"type": "TextualBody", "value": "x", "purpose": "tagging"}],
        "target": {"source": "urn:sha256:00", "selector": [{"type": "TextQuoteSelector", "exact": "new boats",
        "prefix": "wants ", "suffix": "."}, {"type": "TextPositionSelector", "start": 4, "end": 13}]}}"#;
    const SHOWN: &str = "k7q2mz urn:sha256:00 [wants |new boats|.] (4, 13) question \"so?\" #x 2026-03-01T10:00:00Z";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn one_a_list_a_page_and_a_collection_are_read() {
        check(ONE, &[SHOWN]);
        check(&format!("[{ONE}]"), &[SHOWN]);
        let page = format!("{{\"type\": \"AnnotationPage\", \"items\": [{ONE}]}}");
        check(&page, &[SHOWN]);
        check(&format!("{{\"type\": \"AnnotationCollection\", \"first\": {page}}}"), &[SHOWN]);
    }

    #[test]
    fn short_forms_are_read() {
        check(
            r#"{"type": "Annotation", "bodyValue": "dull", "target": "http://a.example"}"#,
            &["- http://a.example note \"dull\""],
        );
        let refined = r#"[{"id": "r", "body": "http://b.example", "target": {"source": "s", "selector":
            {"type": "FragmentSelector", "value": "p1", "refinedBy": {"type": "TextQuoteSelector", "exact": "boats"}}}}]"#;
        check(refined, &["r s [|boats|] note \"http://b.example\""]);
    }

    #[test]
    fn ids_are_read_as_they_were_before_they_were_an_address() {
        for (id, expected) in [
            ("urn:demarche:k7q2mz", "k7q2mz"),
            ("urn:demarche:my%20note%C3%A9%", "my noteé%"),
            ("urn:demarche:%FF", "%FF"),
            ("http://a.example/%20", "http://a.example/%20"),
        ] {
            assert_eq!(ours(id), expected);
        }
    }

    #[test]
    fn several_targets_are_several_marks() {
        let targets = r#"[{"id": "m", "target": [{"selector": {"type": "TextQuoteSelector", "exact": "boats"}},
            {"selector": {"type": "TextQuoteSelector", "exact": "crew"}}]}]"#;
        check(targets, &["m - [|boats|] highlight", "m#2 - [|crew|] highlight continues:m"]);
    }

    #[test]
    fn positions_are_read() {
        let position = r#"[{"id": "urn:demarche:t8w4kd", "type": "Annotation", "motivation": "classifying", "body": [{"type": "sp:Position",
            "sp:actor": ["crew"], "sp:act": "demands", "sp:to": ["owner"], "sp:gist": "boats"}],
            "target": {"source": "s", "selector": {"type": "TextQuoteSelector", "exact": "boats"}}}]"#;
        check(position, &["t8w4kd s [|boats|] position crew demands owner \"boats\""]);
        let wrong = position.replace("demands", "begs");
        check(&wrong, &["1: body[0]: 'begs' is no act"]);
    }

    #[test]
    fn a_mistake_has_a_line_and_a_field() {
        check("[\n{\"target\": 3}]", &["2: target: is a number, not an object"]);
        check("[{\"type\": \"Person\"}]", &["1: 'Person' is no annotation"]);
        check("{\"first\": \"http://a.example/page1\"}", &["1: first: the page of this collection is in another file"]);
        check("{\"x\": 1}", &["1: there is no annotation: 'target' or 'items'"]);
    }
}
