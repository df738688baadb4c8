//! Plain text to blocks. Nothing is rewritten: every block is a span of the file as decoded.
//!
//! Plain text comes in two habits. Either a line is a paragraph, however long, with or without blank lines between;
//! or a paragraph is several lines broken at some column, and a blank line or an indented line starts the next. Which
//! habit a file has is read from the lengths of its lines ([`Habit`]). First the lines are cut into blocks by their
//! form alone; then [`credit`] and [`heading`] name the paragraphs that are more than that by what stands around them.

use bytestring::ByteString;

use super::{Block, BlockKind, Document, credit, heading, meta};
use crate::text::Span;

/// Reads a decoded text as a document.
pub fn read(text: impl Into<ByteString>) -> Document {
    let text = text.into();
    let blocks = blocks(&text);
    let metadata = meta::of_blocks(&text, &blocks);
    Document { text, blocks, metadata, ..Document::default() }
}

/// Returns the blocks of a text.
pub fn blocks(text: &str) -> Vec<Block> {
    let mut cutter = Cutter { text, habit: Habit::of(text), blocks: Vec::new(), indents: Vec::new() };
    let mut lines: Vec<Span> = Vec::new();
    for line in line_spans(text) {
        if line.is_empty() {
            cutter.passage(&lines);
            lines.clear();
        } else {
            lines.push(line);
        }
    }
    cutter.passage(&lines);
    let mut blocks = cutter.blocks;
    credit::name_credits(text, &mut blocks);
    heading::name_headings(text, &mut blocks);
    blocks
}

/// Returns the bytes of a list item's marker with the space after it, and its number if it has one.
pub fn item_marker(line: &str) -> Option<(usize, Option<u16>)> {
    if line.starts_with(|c: char| c.is_alphabetic()) {
        return None;
    }
    let bullet = ["- ", "* ", "• ", "◦ ", "▪ ", "– ", "+ "].iter().find(|bullet| line.starts_with(**bullet));
    let (len, number) = match bullet {
        Some(bullet) => (bullet.len(), None),
        None => {
            let digits = line.bytes().take_while(u8::is_ascii_digit).count();
            let is_marked = line[digits..].starts_with(". ") || line[digits..].starts_with(") ");
            let number = line[..digits].parse().ok().filter(|_| digits <= 3 && is_marked)?;
            (digits + 2, Some(number))
        }
    };
    let rest = &line[len..];
    Some((len + rest.len() - rest.trim_start().len(), number)).filter(|(len, _)| *len < line.len())
}

/// Returns the bytes of the `>` that a line of a quotation starts with, with the spaces between and after.
pub fn quotation_marker(line: &str) -> usize {
    line.len() - line.trim_start_matches(['>', ' ']).len()
}

/// How a file uses its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Habit {
    LineIsParagraph,
    /// Lines are broken at about this column.
    Wrapped(usize),
}

impl Habit {
    /// As many lines are looked at to learn the habit of a file.
    const SAMPLE: usize = 2000;
    /// No one who breaks lines by hand or program breaks them later.
    const WIDEST: usize = 120;
    const NARROWEST: usize = 40;

    fn of(text: &str) -> Habit {
        let lines: Vec<Span> = line_spans(text).take(Habit::SAMPLE).collect();
        let long = lines.iter().filter(|line| columns(text, **line) > Habit::WIDEST).count();
        let filled = lines.iter().filter(|line| !line.is_empty()).count();
        // Lists, tables and indented starts of paragraphs say nothing of where lines are broken.
        let is_prose = |line: Span| !line.is_empty() && !has_form(line.of(text));
        let is_flush = |pair: &[Span]| indent(pair[1].of(text)) <= indent(pair[0].of(text)) + 1;
        let pairs = lines.windows(2).filter(|pair| is_prose(pair[0]) && is_prose(pair[1]) && is_flush(pair));
        let mut lengths: Vec<usize> = pairs.clone().map(|pair| columns(text, pair[0])).collect();
        lengths.sort_unstable();
        let Some(&width) = lengths.get(lengths.len() * 19 / 20) else { return Habit::LineIsParagraph };
        let full = pairs.filter(|pair| is_full(text, pair[0], pair[1], width)).count();
        let is_wrapped = long * 5 <= filled && full * 10 >= lengths.len() * 6;
        if is_wrapped && (Habit::NARROWEST..=Habit::WIDEST).contains(&width) {
            Habit::Wrapped(width)
        } else {
            Habit::LineIsParagraph
        }
    }
}

/// Returns whether a line is no prose by its own form.
fn has_form(line: &str) -> bool {
    let words = line.trim_start();
    words.starts_with('>') || item_marker(words).is_some() || is_rule(words) || has_columns(words)
}

/// Returns whether a line goes on in the next because the next one's first word had no room in it.
fn is_full(text: &str, line: Span, next: Span, width: usize) -> bool {
    /// Text broken by hand is uneven by as much.
    const RAGGED: usize = 5;
    let word = next.of(text).split_whitespace().next().map_or(0, |word| word.chars().count());
    columns(text, line) + 1 + word + RAGGED > width
}

/// Lines to blocks by their form alone.
struct Cutter<'a> {
    text: &'a str,
    habit: Habit,
    blocks: Vec<Block>,
    /// The indentation of the list items that are open, outermost first.
    indents: Vec<usize>,
}

impl Cutter<'_> {
    /// Cuts the lines between two blank ones.
    fn passage(&mut self, lines: &[Span]) {
        if is_columns(self.text, lines) {
            return self.push(BlockKind::Preformatted, lines);
        }
        let mut at = 0;
        while at < lines.len() {
            let end = match self.mark(lines, at) {
                None => {
                    self.indents.clear();
                    let end = (at + 1..lines.len()).find(|&line| self.mark(lines, line).is_some());
                    let end = end.unwrap_or(lines.len());
                    self.prose(&lines[at..end]);
                    end
                }
                Some(BlockKind::ListItem { number, .. }) => {
                    let depth = self.open_item(lines[at]);
                    let goes_on =
                        |&line: &usize| self.mark(lines, line).is_none() && self.continues_item(lines, at, line);
                    let end = (at + 1..lines.len()).find(|line| !goes_on(line)).unwrap_or(lines.len());
                    self.push(BlockKind::ListItem { depth, number }, &lines[at..end]);
                    end
                }
                Some(kind) => {
                    self.push(kind, &lines[at..=at]);
                    at + 1
                }
            };
            at = end;
        }
    }

    /// Returns what a line is by its own form; prose has none.
    fn mark(&self, lines: &[Span], at: usize) -> Option<BlockKind> {
        let words = lines[at].of(self.text).trim_start();
        let is_rule = is_rule(words);
        match lines.get(at + 1).map(|next| next.of(self.text)) {
            Some(next) if at == 0 && !is_rule && is_line_of(next, '=') => return Some(BlockKind::Heading(1)),
            Some(next) if at == 0 && !is_rule && is_line_of(next, '-') => return Some(BlockKind::Heading(2)),
            _ => {}
        }
        if is_rule {
            return Some(BlockKind::Rule);
        }
        if words.starts_with('>') && quotation_marker(words) < words.len() {
            return Some(BlockKind::Quotation);
        }
        if let Some((_, number)) = item_marker(words)
            && !self.interrupts_prose(lines, at)
        {
            return Some(BlockKind::ListItem { depth: 0, number });
        }
        (self.habit == Habit::LineIsParagraph && credit::is_credit(words)).then_some(BlockKind::Credit)
    }

    /// Returns whether a line that looks like an item is the middle of a sentence: `a range of 5` / `- 10 units`.
    fn interrupts_prose(&self, lines: &[Span], at: usize) -> bool {
        let Habit::Wrapped(width) = self.habit else { return false };
        let Some(before) = at.checked_sub(1).map(|before| lines[before]) else { return false };
        let is_flush = indent(before.of(self.text)) == indent(lines[at].of(self.text));
        let leads_in = before.of(self.text).ends_with(':');
        self.indents.is_empty() && is_flush && !leads_in && is_full(self.text, before, lines[at], width)
    }

    fn continues_item(&self, lines: &[Span], item: usize, line: usize) -> bool {
        let is_hanging = indent(lines[line].of(self.text)) > indent(lines[item].of(self.text));
        let is_full = |width| is_full(self.text, lines[line - 1], lines[line], width);
        is_hanging || matches!(self.habit, Habit::Wrapped(width) if is_full(width))
    }

    /// Returns the depth of an item by its indentation among the items that are open.
    fn open_item(&mut self, line: Span) -> u8 {
        let indent = indent(line.of(self.text));
        while self.indents.last().is_some_and(|open| *open > indent) {
            self.indents.pop();
        }
        if self.indents.last() != Some(&indent) && self.indents.len() < DEEPEST {
            self.indents.push(indent);
        }
        u8::try_from(self.indents.len().saturating_sub(1)).unwrap_or(u8::MAX)
    }

    /// Cuts lines of prose: to paragraphs of several lines, to verse, or to a paragraph a line.
    fn prose(&mut self, lines: &[Span]) {
        if let Habit::Wrapped(width) = self.habit
            && is_wrapped(self.text, lines, width)
        {
            let mut start = 0;
            for line in 1..lines.len() {
                if self.starts_paragraph(lines, start, line, width) {
                    self.push(BlockKind::Paragraph, &lines[start..line]);
                    start = line;
                }
            }
            return self.push(BlockKind::Paragraph, &lines[start..]);
        }
        if is_verse(self.text, lines) {
            return self.push(BlockKind::Preformatted, lines);
        }
        (0..lines.len()).for_each(|line| self.push(BlockKind::Paragraph, &lines[line..=line]));
    }

    /// Returns whether a line of wrapped prose starts a paragraph: it is indented, or the one before ends early.
    fn starts_paragraph(&self, lines: &[Span], start: usize, line: usize, width: usize) -> bool {
        let (before, words) = (lines[line - 1].of(self.text), lines[line].of(self.text));
        let ends_early = columns(self.text, lines[line - 1]) * 4 < width * 3;
        let is_heading = line == start + 1 && start == 0 && !ends_sentence(before);
        indent(words) > indent(before) + 1 || (ends_early && (ends_sentence(before) || is_heading))
    }

    fn push(&mut self, kind: BlockKind, lines: &[Span]) {
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            let span = Span::new(first.start, last.end);
            let span = if kind == BlockKind::Preformatted { span } else { span.trim(self.text) };
            self.blocks.push(Block { kind, span });
        }
    }
}

/// Lists are nested to here, then flat.
const DEEPEST: usize = 64;

/// Returns the lines without their ends and the white space before them; a blank line is an empty span.
fn line_spans(text: &str) -> impl Iterator<Item = Span> {
    let mut start = 0;
    text.split('\n').map(move |line| {
        let span = Span::new(start, start + line.trim_end().len());
        start += line.len() + 1;
        span
    })
}

/// Returns the characters of a line; what a terminal makes of them is not known here.
pub(super) fn columns(text: &str, line: Span) -> usize {
    line.of(text).chars().count()
}

fn indent(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

pub(super) fn ends_sentence(line: &str) -> bool {
    line.ends_with(['.', '!', '?', '”', '"', '’', ')', ':', '…'])
}

fn is_wrapped(text: &str, lines: &[Span], width: usize) -> bool {
    let inner = lines.windows(2).filter(|pair| indent(pair[1].of(text)) <= indent(pair[0].of(text)) + 1);
    let (full, all) =
        inner.fold((0, 0), |(full, all), pair| (full + usize::from(is_full(text, pair[0], pair[1], width)), all + 1));
    all > 0 && full * 10 >= all * 6
}

/// Returns whether lines are set in columns: a table, figures with names. The first lines tell.
fn is_columns(text: &str, lines: &[Span]) -> bool {
    const SAMPLE: usize = 30;
    let sample = &lines[..lines.len().min(SAMPLE)];
    let may_be = lines.len() >= 2 && lines[..2].iter().any(|line| has_columns(line.of(text)));
    may_be && sample.iter().filter(|line| has_columns(line.of(text))).count() * 3 >= sample.len() * 2
}

/// Returns whether a line has a wide gap, a tab, or two bars within.
fn has_columns(line: &str) -> bool {
    let words = line.trim_start().as_bytes();
    let (mut gap, mut bars) = (0, 0);
    words.len() <= 2 * Habit::WIDEST
        && words.iter().any(|byte| {
            gap = if *byte == b' ' { gap + 1 } else { 0 };
            bars += usize::from(*byte == b'|');
            gap == 3 || bars == 2 || *byte == b'\t'
        })
}

/// Returns whether short lines belong together as they stand: verse, an address, a poem quoted.
fn is_verse(text: &str, lines: &[Span]) -> bool {
    const WIDEST: usize = 60;
    let ended = lines.iter().filter(|line| ends_sentence(line.of(text))).count();
    lines.len() >= 3 && ended * 3 <= lines.len() && lines.iter().all(|line| columns(text, *line) <= WIDEST)
}

fn is_line_of(line: &str, mark: char) -> bool {
    line.len() >= 3 && line.chars().all(|c| c == mark)
}

/// Returns whether a line only divides: `* * *`, `-----`.
fn is_rule(line: &str) -> bool {
    let mut marks = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = marks.next().filter(|first| !first.is_alphanumeric()) else { return false };
    "*-_=#~•·—⁂".contains(first)
        && (first == '⁂' || line.chars().filter(|c| *c == first).count() >= 3)
        && marks.all(|c| c == first)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Compares the blocks, one a line, with a line end inside a block as `/`.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown = |block: &Block| format!("{:?}: {}", block.kind, block.span.of(text).replace('\n', "/"));
        let found: Vec<String> = blocks(text).iter().map(shown).collect();
        assert_eq!(found, expected);
    }

    const LONG: &str = "The ministers of both countries met on Tuesday for the first time in three years, at a hotel by the lake, \
        and spoke for two hours.";
    const WRAPPED: &str = "The ministers of both countries met on Tuesday for the first\n\
        time in three years, at a hotel by the lake, and spoke for two\nhours about grain and gas.";

    #[test]
    fn a_line_is_a_paragraph() {
        check(
            &format!("{LONG}\n{LONG}\n“We won,” she said.\n{LONG}"),
            &[
                &format!("Paragraph: {LONG}"),
                &format!("Paragraph: {LONG}"),
                "Paragraph: “We won,” she said.",
                &format!("Paragraph: {LONG}"),
            ],
        );
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let joined = WRAPPED.replace('\n', "/");
        let paragraph = format!("Paragraph: {joined}");
        check(&format!("{WRAPPED}\n\n{WRAPPED}\n\n{WRAPPED}"), &[&paragraph, &paragraph, &paragraph]);
        check(&format!("   {WRAPPED}\n   {WRAPPED}\n   {WRAPPED}\n"), &[&paragraph, &paragraph, &paragraph]);
        check(&format!("{WRAPPED}\n{WRAPPED}\n"), &[&paragraph, &paragraph]);
    }

    #[test]
    fn an_article_has_a_title_and_credits() {
        check(
            &format!(
                "Talks Resume by the Lake\n\nBy Ana Silva\n\nJan. 26, 2022\n\n{LONG}\n\nA cold start\n\n{LONG}\n\nTom Berg contributed reporting."
            ),
            &[
                "Heading(1): Talks Resume by the Lake",
                "Credit: By Ana Silva",
                "Credit: Jan. 26, 2022",
                &format!("Paragraph: {LONG}"),
                "Heading(2): A cold start",
                &format!("Paragraph: {LONG}"),
                "Credit: Tom Berg contributed reporting.",
            ],
        );
        check(
            &format!("Talks resume\nBy Ana Silva\n{LONG}\n{LONG}"),
            &[
                "Heading(1): Talks resume",
                "Credit: By Ana Silva",
                &format!("Paragraph: {LONG}"),
                &format!("Paragraph: {LONG}"),
            ],
        );
        check(
            &format!("TALKS\n=====\n\n{WRAPPED}\n\nTHE COST\n{WRAPPED}"),
            &[
                "Heading(1): TALKS",
                "Rule: =====",
                &format!("Paragraph: {}", WRAPPED.replace('\n', "/")),
                "Heading(2): THE COST",
                &format!("Paragraph: {}", WRAPPED.replace('\n', "/")),
            ],
        );
    }

    #[test]
    fn lists_quotations_tables_and_verse_keep_their_lines() {
        check(
            "They want:\n- grain\n- gas, and\n  water\n  - clean\n1) peace\n",
            &[
                "Paragraph: They want:",
                "ListItem { depth: 0, number: None }: - grain",
                "ListItem { depth: 0, number: None }: - gas, and/  water",
                "ListItem { depth: 1, number: None }: - clean",
                "ListItem { depth: 0, number: Some(1) }: 1) peace",
            ],
        );
        check("> We won\n> today.\n", &["Quotation: > We won", "Quotation: > today."]);
        check("Peru     7\nChile   12\n", &["Preformatted: Peru     7/Chile   12"]);
        check(
            "The lake is cold,\nthe lake is wide,\nand on it\nno one goes\n",
            &["Preformatted: The lake is cold,/the lake is wide,/and on it/no one goes"],
        );
        check("One.\n\n* * *\n\nTwo.", &["Paragraph: One.", "Rule: * * *", "Paragraph: Two."]);
    }

    #[test]
    fn an_article_broken_at_a_column() {
        let article = "PORT STRIKE GOES ON\n\nBy Ana Silva\nUpdated 3:15 p.m. EST, March 3, 2016\n\n\
            HARBOR CITY (CN) -- Dockworkers at the city's largest terminal\nvoted to extend their walkout, rejecting an offer of a 3.5\n\
            percent raise that the owners of the port had called \"final.\"\n   \"We will not go back,\" said Rosa Lind. Her demands:\n\n\
            \x20 * an end to the lockout,\n    at once\n\x20 * talks\n\nLea Roth contributed reporting.\n";
        check(
            article,
            &[
                "Heading(1): PORT STRIKE GOES ON",
                "Credit: By Ana Silva",
                "Credit: Updated 3:15 p.m. EST, March 3, 2016",
                "Paragraph: HARBOR CITY (CN) -- Dockworkers at the city's largest terminal/voted to extend their walkout, \
             rejecting an offer of a 3.5/percent raise that the owners of the port had called \"final.\"",
                "Paragraph: \"We will not go back,\" said Rosa Lind. Her demands:",
                "ListItem { depth: 0, number: None }: * an end to the lockout,/    at once",
                "ListItem { depth: 0, number: None }: * talks",
                "Credit: Lea Roth contributed reporting.",
            ],
        );
        let metadata = read(article.to_owned()).metadata;
        assert_eq!(metadata.title.as_deref(), Some("PORT STRIKE GOES ON"));
        assert_eq!(metadata.byline.as_deref(), Some("Ana Silva"));
        assert_eq!(metadata.date, Some(jiff::civil::date(2016, 3, 3)));
        assert_eq!(metadata.dateline.map(|(place, _)| place).as_deref(), Some("HARBOR CITY"));
        assert_eq!(metadata.source.as_deref(), Some("CN"));
    }

    #[test]
    fn a_sentence_is_no_title() {
        check(&format!("{LONG}\n\nHe agreed.\n"), &[&format!("Paragraph: {LONG}"), "Paragraph: He agreed."]);
        check(
            &format!("He said no to all of it.\n\n{LONG}"),
            &["Paragraph: He said no to all of it.", &format!("Paragraph: {LONG}")],
        );
        check("", &[]);
        check("\n \n", &[]);
    }
}
