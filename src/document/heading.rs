//! Which paragraphs of a plain text are its title and its headings: nothing marks them but what stands around them.

use super::plain::{columns, ends_sentence};
use super::{Block, BlockKind, credit, meta};
use crate::text::Span;

/// Names the paragraphs that are a title or a heading by what stands around them.
pub(super) fn name_headings(text: &str, blocks: &mut [Block]) {
    let first = blocks.iter().position(|block| !matches!(block.kind, BlockKind::Credit | BlockKind::Rule));
    for index in 0..blocks.len() {
        blocks[index].kind = match blocks[index].kind {
            BlockKind::Heading(_) if Some(index) == first => BlockKind::Heading(1),
            BlockKind::Paragraph if is_title(text, blocks, index) => BlockKind::Heading(1),
            BlockKind::Paragraph if is_heading(text, blocks, index) => BlockKind::Heading(2),
            kind => kind,
        };
    }
}

/// Returns whether a block is the article's title: it comes first, before something longer, and is no sentence.
fn is_title(text: &str, blocks: &[Block], index: usize) -> bool {
    const LONGEST: usize = 160;
    let mut before = blocks[..index].iter().take(credit::FIRST_BLOCKS);
    let is_first = before.all(|block| matches!(block.kind, BlockKind::Credit | BlockKind::Rule));
    let (Some(next), true) = (blocks.get(index + 1), is_first && index < credit::FIRST_BLOCKS) else { return false };
    let words = blocks[index].span.of(text);
    if columns(text, blocks[index].span) > LONGEST || meta::dateline(text, blocks[index].span).is_some() {
        return false;
    }
    if meta::dateline(text, next.span).is_some() {
        return !words.ends_with([',', ';', ':']);
    }
    let is_before_more = next.kind != BlockKind::Paragraph || next.span.len() > words.len() || !ends_sentence(words);
    let may_end = !words.ends_with([',', ';', ':']) && (!words.ends_with('.') || is_title_case(words));
    is_before_more && may_end && starts_like_heading(words)
}

/// Returns whether a block is a heading within the article: short, no sentence, before something much longer.
fn is_heading(text: &str, blocks: &[Block], index: usize) -> bool {
    const LONGEST: usize = 80;
    let span = blocks[index].span;
    let words = span.of(text);
    let is_short = || words.len() <= 4 * LONGEST && columns(text, span) <= LONGEST;
    let goes_on = || words.ends_with([',', ';', '-', '—', '–']) || words.contains('\n');
    if ends_sentence(words) || !is_short() || goes_on() {
        return false;
    }
    let Some(next) = blocks.get(index + 1) else { return false };
    let before = index.checked_sub(1).map(|before| blocks[before]);
    let is_apart = is_apart(text, span, next.span) && before.is_none_or(|before| is_apart(text, before.span, span));
    let is_much_longer = next.span.len() >= if is_apart { 3 * words.len() / 2 } else { 2 * words.len() }.max(100);
    starts_like_heading(words) && (is_much_longer || is_all_caps(words))
}

fn is_apart(text: &str, before: Span, after: Span) -> bool {
    text[before.end..after.start].matches('\n').take(2).count() == 2
}

fn starts_like_heading(words: &str) -> bool {
    words.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || !c.is_alphabetic())
}

fn is_all_caps(words: &str) -> bool {
    !words.contains(char::is_lowercase) && words.chars().filter(|c| c.is_uppercase()).count() >= 4
}

/// Returns whether the long words of a line start in upper case, as in `Hopes Rise for the Talks.`
fn is_title_case(words: &str) -> bool {
    let mut long = words.split_whitespace().filter(|word| word.chars().count() > 4).peekable();
    long.peek().is_some()
        && long.all(|word| word.trim_start_matches(['“', '"', '‘', '\'', '(']).starts_with(|c: char| !c.is_lowercase()))
}
