//! The extraction record: an analysis as JSON, for scripts and for other programs.
//!
//! Offsets are Unicode scalar values into the document's text. Every field is always present; unknown is `null` or empty.

use serde_json::{Value, json};

use super::model::{Actor, ActorId, Analysis, Position};
use crate::document::Document;
use crate::text::Span;

pub const SCHEMA: &str = "demarche-extract-1";

/// Returns the record of a document.
pub fn record(document: &Document, analysis: &Analysis) -> Value {
    let writer = Writer { document, analysis };
    json!({
        "schema": SCHEMA,
        "document": {
            "id": document.name,
            "title": document.metadata.title,
            "characters": writer.offset(document.text.len()),
            "sha256": document.sha256(),
            "language": analysis.language.code,
            "skipped": analysis.skipped.then(|| analysis.language.notice()),
        },
        "actors": analysis.actors.iter().map(|actor| writer.actor(actor)).collect::<Vec<_>>(),
        "positions": analysis.positions.iter().map(|position| writer.position(position)).collect::<Vec<_>>(),
        "open": writer.spans(&analysis.open),
    })
}

struct Writer<'a> {
    document: &'a Document,
    analysis: &'a Analysis,
}

impl Writer<'_> {
    fn actor(&self, actor: &Actor) -> Value {
        let mention = |mention: &super::Mention| {
            let (start, end) = (self.offset(mention.span.start), self.offset(mention.span.end));
            json!({ "start": start, "end": end, "form": mention.form.word() })
        };
        json!({
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind.word(),
            "role": actor.role,
            "acts_for": actor.acts_for.map(|party| self.name(party)),
            "aliases": actor.aliases,
            "mentions": actor.mentions.iter().map(mention).collect::<Vec<_>>(),
        })
    }

    fn position(&self, position: &Position) -> Value {
        let id = |index: usize| self.analysis.positions[index].id.clone();
        let answer = |answer: &super::Answer| json!({ "position": id(answer.position.0), "how": answer.how.word(), "certain": answer.certain });
        json!({
            "id": position.id,
            "actors": self.names(&position.actors),
            "speaks_for": self.names(&position.speaks_for),
            "act": position.act.word(),
            "negated": position.negated,
            "hedged": position.hedged,
            "quote": position.quote.word(),
            "addressees": self.names(&position.addressees),
            "source": self.spans(&position.source),
            "cue": self.spans(&position.cue),
            "content": self.spans(&position.content),
            "answers": position.answers.iter().map(answer).collect::<Vec<_>>(),
            "nested_in": position.nested_in.map(|outer| id(outer.0)),
            "rule": position.rule,
            "confidence": f64::from(position.hundredths()) / 100.0,
        })
    }

    fn name(&self, actor: ActorId) -> &str {
        &self.analysis.actors[actor.0].id
    }

    fn names(&self, actors: &[ActorId]) -> Vec<&str> {
        actors.iter().map(|&actor| self.name(actor)).collect()
    }

    fn spans(&self, spans: &[Span]) -> Vec<[usize; 2]> {
        spans.iter().map(|span| [self.offset(span.start), self.offset(span.end)]).collect()
    }

    fn offset(&self, byte: usize) -> usize {
        self.document.characters().characters(&self.document.text, byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyze;
    use crate::analysis::lexicon::Lexicon;
    use crate::document::plain;

    #[test]
    fn offsets_are_characters_and_every_field_is_there() {
        let text = "« Élan » — “The bridge is safe,” said Ana Ruiz.";
        let document = plain::read(text.to_owned());
        let record = record(&document, &analyze(&document, Lexicon::embedded()));
        assert_eq!(record["schema"], SCHEMA);
        assert_eq!(record["document"]["characters"], text.chars().count());
        let position = record["positions"].as_array().and_then(|positions| positions.first()).expect("a position");
        let content = position["content"][0].as_array().expect("a span");
        let (start, end) = (content[0].as_u64().unwrap() as usize, content[1].as_u64().unwrap() as usize);
        let words: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(words, "“The bridge is safe,”");
        for field in
            ["id", "speaks_for", "negated", "hedged", "addressees", "answers", "nested_in", "rule", "confidence"]
        {
            assert!(position.get(field).is_some(), "{field} is missing");
        }
    }
}
