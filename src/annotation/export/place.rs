//! Places as the selectors of the W3C Web Annotation model: the words with what stands around, and offsets in code points.

use serde_json::{Value, json};

use super::contents::{Contents, Remark};
use crate::annotation::Selector;
use crate::annotation::selector::{home_of, occurrences};
use crate::text::{Offset, Span};

/// How much of what stands around is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Around {
    /// The rest of the sentence, and some characters before and after it.
    Sentence,
    /// Some characters before and after the words.
    Words,
}

const CHARACTERS: usize = 32;

/// Returns the name of the text: what was read, whatever it is called and wherever it lies.
pub fn source(contents: &Contents) -> String {
    format!("urn:sha256:{}", contents.document.sha256())
}

/// Returns the target of a remark. One that is lost has no offsets; one on the whole article has no selector.
pub fn target(contents: &Contents, remark: &Remark, around: Around) -> Value {
    let selectors = match (remark.anchor.span(), &remark.entry.target) {
        (Some(span), _) => found(contents, span.trim(&contents.document.text), around),
        (None, Some(target)) if !target.quote.is_empty() => lost(target),
        (None, _) => return json!({ "source": source(contents) }),
    };
    json!({ "source": source(contents), "selector": selectors })
}

fn found(contents: &Contents, span: Span, around: Around) -> Value {
    let text = &*contents.document.text;
    let home = if around == Around::Sentence { home_of(contents.document, span) } else { span };
    let position = json!({
        "type": "TextPositionSelector",
        "start": contents.characters(span.start),
        "end": contents.characters(span.end),
    });
    let prefix = &text[back(text, home.start)..span.start];
    let suffix = &text[span.end..forth(text, home.end)];
    json!([quote(span.of(text), prefix, suffix), position])
}

/// Returns the words as the notes file remembers them.
fn lost(target: &Selector) -> Value {
    let Selector { quote: words, sentence, prev, next, nth, .. } = target;
    let lines = |text: &str| text.replace(" ¶ ", "\n");
    let (before, after) = match occurrences(sentence, words).nth(*nth) {
        Some(at) => (&sentence[..at], &sentence[at + words.len()..]),
        None => ("", ""),
    };
    json!([quote(&lines(words), &lines(&format!("{prev}{before}")), &lines(&format!("{after}{next}")))])
}

fn quote(exact: &str, prefix: &str, suffix: &str) -> Value {
    json!({ "type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix })
}

fn back(text: &str, at: Offset) -> Offset {
    text[..at].char_indices().rev().take(CHARACTERS).last().map_or(at, |(at, _)| at)
}

fn forth(text: &str, at: Offset) -> Offset {
    text[at..].char_indices().nth(CHARACTERS).map_or(text.len(), |(more, _)| at + more)
}
