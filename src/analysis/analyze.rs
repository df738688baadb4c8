//! The pipeline, from a document to its analysis.

use super::actor::{Cast, find_actors};
use super::answer::{Rivals, find_answers, rivals};
use super::attribution::tree::Tree;
use super::attribution::{Attribution, ends, find_attributions};
use super::judge::Judge;
use super::language::{Language, language};
use super::lexicon::Lexicon;
use super::mention::find_mentions;
use super::model::Analysis;
use super::open::find_open;
use super::position::stranger::find_strangers;
use super::position::{Finding, Sources, find_all, find_positions, speeches};
use super::quotation::find_quotations;
use super::syntax::parser::parse_while;
use super::token::tokens;
use crate::document::{BlockKind, Document};
use crate::text::Span;

/// Which texts are analysed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Languages {
    /// Text in another language is left alone: what would be found in it is nonsense.
    #[default]
    English,
    Any,
}

/// Reads a document, if it is in a language that is to be read, and says which language that is.
pub fn read(document: &Document, lexicon: &Lexicon, languages: Languages) -> Analysis {
    read_while(document, lexicon, languages, &|| true).unwrap_or_default()
}

/// Reads a document like [`read`], as long as `go_on` says so; `None` when it does not.
pub fn read_while(
    document: &Document,
    lexicon: &Lexicon,
    languages: Languages,
    go_on: &dyn Fn() -> bool,
) -> Option<Analysis> {
    let language = language(document);
    let skipped = language != Language::ENGLISH && languages == Languages::English;
    match skipped {
        true => Some(Analysis { language, skipped, ..Analysis::default() }),
        false => Some(Analysis { language, ..analyze_while(document, lexicon, Judge::embedded(), go_on)? }),
    }
}

/// Reads a document in English: who is in it, what they take a stand on, what answers what, and what is left open.
pub fn analyze(document: &Document, lexicon: &Lexicon) -> Analysis {
    analyze_with(document, lexicon, Judge::embedded())
}

/// Reads a document with weights of one's own.
pub fn analyze_with(document: &Document, lexicon: &Lexicon, judge: &Judge) -> Analysis {
    analyze_while(document, lexicon, judge, &|| true).unwrap_or_default()
}

fn analyze_while(document: &Document, lexicon: &Lexicon, judge: &Judge, go_on: &dyn Fn() -> bool) -> Option<Analysis> {
    let ((mut positions, open, strangers), mut cast) =
        with_sources(document, lexicon, judge, go_on, |sources, attributions| {
            let mut positions = find_positions(sources, attributions);
            find_answers(sources, &mut positions);
            let open = find_open(sources.tree, sources.cues, &positions);
            let strangers = find_strangers(sources, &positions, |block| {
                matches!(document.blocks[block].kind, BlockKind::Heading(_))
            });
            (positions, open, strangers)
        })?;
    cast.adopt(strangers, &mut positions);
    let actors = cast.settle(&mut positions);
    Some(Analysis { actors, positions, open, ..Analysis::default() })
}

/// Returns everything that may be a position, however unsure, with what is seen of it.
pub fn examine(document: &Document, lexicon: &Lexicon, judge: &Judge) -> Vec<Finding> {
    with_sources(document, lexicon, judge, &|| true, find_all).map(|(found, _)| found).unwrap_or_default()
}

/// Returns what is found, without answers, and what each position may answer, with what is seen of it.
pub fn examine_answers(document: &Document, lexicon: &Lexicon, judge: &Judge) -> (Analysis, Vec<Rivals>) {
    let found = with_sources(document, lexicon, judge, &|| true, |sources, attributions| {
        let positions = find_positions(sources, attributions);
        let rivals = rivals(sources, &positions);
        (positions, rivals)
    });
    let Some(((mut positions, rivals), cast)) = found else { return Default::default() };
    let actors = cast.settle(&mut positions);
    (Analysis { actors, positions, ..Analysis::default() }, rivals)
}

/// Finds what positions are read from, and hands it to `take`.
fn with_sources<T>(
    document: &Document,
    lexicon: &Lexicon,
    judge: &Judge,
    go_on: &dyn Fn() -> bool,
    take: impl FnOnce(&Sources, &[Attribution]) -> T,
) -> Option<(T, Cast)> {
    let text = &document.text;
    let cues = lexicon.cues();
    let (sentences, blocks) = sentences(document);
    let tokens = tokens(text, &sentences);
    let parse = parse_while(text, &tokens, go_on)?;
    let quotations = find_quotations(document);
    let tree = Tree::new(text, &tokens, &parse, &quotations, blocks);
    let mut cast = find_actors(text, lexicon, &find_mentions(document, &tokens, &parse, lexicon));
    let mut attributions = find_attributions(&tree, cues);
    ends::settle(&tree, cues, judge, &mut attributions);
    // Who says "I" is known only now; pronouns are sources in their turn.
    cast.resolve_pronouns(text, &tokens, &parse, &speeches(&tree, &attributions));
    let found = take(&Sources::new(&tree, cues, &cast, judge), &attributions);
    Some((found, cast))
}

/// Returns the sentences in which somebody may take a position, with the block of each.
fn sentences(document: &Document) -> (Vec<Span>, Vec<usize>) {
    let mut sentences = Vec::new();
    let mut blocks = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Credit | BlockKind::Preformatted) {
            continue;
        }
        let found = document.sentences_in(index);
        blocks.extend(std::iter::repeat_n(index, found.len()));
        sentences.extend(found);
    }
    (sentences, blocks)
}
