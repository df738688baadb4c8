//! A labelled corpus: JSON Lines, an article a line, attributions in Unicode offsets. And what the program finds in it.

use anyhow::{Context, Result};
use demarche::analysis::lexicon::Lexicon;
use demarche::analysis::{Position, analyze};
use demarche::document::{Document, Format};
use demarche::text::Span;
use serde::Deserialize;

/// An article with the attributions that people marked in it.
#[derive(Debug, Deserialize)]
pub struct Article {
    pub id: String,
    pub text: String,
    pub attributions: Vec<Attribution>,
    /// What is not to be counted, whatever is found there.
    #[serde(default)]
    pub discard: Vec<Range>,
}

/// Who, by which words, what.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default)]
pub struct Attribution {
    pub source: Vec<Range>,
    pub cue: Vec<Range>,
    pub content: Vec<Range>,
    pub act: Option<String>,
}

/// From one character up to another.
pub type Range = [usize; 2];

/// An attribution that the program found.
#[derive(Clone, Debug)]
pub struct Prediction {
    pub attribution: Attribution,
    pub rule: &'static str,
    /// In hundredths, as the record shows it.
    pub confidence: u32,
}

/// Reads a corpus; a line that is no article is an error with its number.
pub fn read(lines: &str) -> Result<Vec<Article>> {
    let filled = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    filled.map(|(index, line)| serde_json::from_str(line).with_context(|| format!("line {}", index + 1))).collect()
}

/// Returns what the program finds in an article.
///
/// The corpora mark outermost attributions only, so those inside another one's content are left out unless `nested`;
/// an attribution that stands for several positions counts once, with the surest of them.
pub fn predict(article: &Article, nested: bool) -> Vec<Prediction> {
    let document = Document::read(&article.id, article.text.clone().into_bytes(), Some(Format::Plain));
    let analysis = analyze(&document, Lexicon::embedded());
    let mut predictions: Vec<Prediction> = Vec::new();
    let wanted = |position: &&Position| (nested || position.nested_in.is_none()) && !position.content.is_empty();
    for position in analysis.positions.iter().filter(wanted) {
        let prediction = prediction(&document, position);
        let same = |other: &&mut Prediction| {
            let (a, b) = (&other.attribution, &prediction.attribution);
            (&a.source, &a.cue, &a.content) == (&b.source, &b.cue, &b.content)
        };
        match predictions.iter_mut().find(same) {
            Some(other) if other.confidence < prediction.confidence => *other = prediction,
            Some(_) => {}
            None => predictions.push(prediction),
        }
    }
    predictions
}

fn prediction(document: &Document, position: &Position) -> Prediction {
    let offset = |byte| document.characters().characters(&document.text, byte);
    let ranges = |spans: &[Span]| spans.iter().map(|span| [offset(span.start), offset(span.end)]).collect();
    let attribution = Attribution {
        source: ranges(&position.source),
        cue: ranges(&position.cue),
        content: ranges(&position.content),
        act: Some(position.act.word().to_owned()),
    };
    Prediction { attribution, rule: position.rule, confidence: position.hundredths() }
}
