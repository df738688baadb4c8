//! Hand-made readings as JSON beside their text: `{"actors": …, "positions": …}`, offsets in characters.

use demarche::analysis::{Act, ActorKind, How};
use demarche::text::Span;
use serde_json::Value;

use super::{Level, TrueActor, TruePosition, Truth};

/// Reads a reading of a text; returns nothing where a field is missing or is none.
pub fn read(json: &str, text: &str) -> Option<Truth> {
    let value: Value = serde_json::from_str(json).ok()?;
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let reader = Reader { bytes, positions: value["positions"].as_array()?.iter().map(|p| word(&p["id"])).collect() };
    let actors = value["actors"].as_array()?.iter().map(|actor| reader.actor(actor)).collect::<Option<_>>()?;
    let positions = value["positions"].as_array()?.iter().map(|p| reader.position(p)).collect::<Option<_>>()?;
    Some(Truth { text: text.to_owned(), actors, positions })
}

struct Reader {
    /// Where each character begins.
    bytes: Vec<usize>,
    /// The names of the positions.
    positions: Vec<String>,
}

impl Reader {
    fn actor(&self, actor: &Value) -> Option<TrueActor> {
        let mention = |mention: &Value| self.span(&mention["start"], &mention["end"]);
        Some(TrueActor {
            id: word(&actor["id"]),
            kind: ActorKind::from_word(actor["kind"].as_str()?)?,
            acts_for: actor["acts_for"].as_str().map(str::to_owned),
            shown: actor["sidebar"].as_bool().unwrap_or(true),
            mentions: actor["mentions"].as_array()?.iter().map(mention).collect::<Option<_>>()?,
        })
    }

    fn position(&self, position: &Value) -> Option<TruePosition> {
        let act = |act: &Value| Act::from_word(act.as_str()?);
        let also = position["act_also"].as_array()?.iter().map(act).collect::<Option<Vec<Act>>>()?;
        let number = |id: &Value| self.positions.iter().position(|other| other == &word(id));
        let spans = |part: &str| {
            let all = position[part].as_array()?.iter();
            all.map(|span| self.span(&span[0], &span[1])).collect::<Option<Vec<Span>>>()
        };
        Some(TruePosition {
            actors: words(&position["actors"])?,
            speaks_for: words(&position["speaks_for"])?,
            addressees: Vec::new(),
            acts: std::iter::once(act(&position["act"])?).chain(also).collect(),
            answers: position["answers"]
                .as_array()?
                .iter()
                .filter_map(|id| Some((How::Answers, number(id)?)))
                .collect(),
            nested_in: number(&position["nested_in"]),
            level: match position["level"].as_str()? {
                "core" => Level::Core,
                "extra" => Level::Extra,
                _ => Level::Optional,
            },
            source: spans("source")?,
            cue: spans("cue")?,
            content: spans("content")?,
        })
    }

    fn span(&self, start: &Value, end: &Value) -> Option<Span> {
        let byte = |at: &Value| self.bytes.get(at.as_u64()? as usize).copied();
        let (start, end) = (byte(start)?, byte(end)?);
        (start <= end).then(|| Span::new(start, end))
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn words(value: &Value) -> Option<Vec<String>> {
    Some(value.as_array()?.iter().map(word).collect())
}
