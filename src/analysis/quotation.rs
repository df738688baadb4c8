//! Quotations: stretches in quotation marks, whatever marks the article uses and however carelessly.
//!
//! Marks that open differently from how they close (`“…’’`), a closing mark typed as an opening one, a quotation
//! left open because it goes on in the next paragraph: all occur in print. Quotations inside quotations are part of
//! the outer one. Whether somebody speaks in one is not decided here.

use crate::document::{Block, BlockKind, Document};
use crate::text::{Offset, Span};

/// A stretch of text in quotation marks within one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks.
    pub span: Span,
    /// Without its marks.
    pub inner: Span,
    /// Left open at the end of its block, as a quotation is that runs on into the next one.
    pub open: bool,
    /// Takes up a quotation left open in the block before.
    pub continues: bool,
    /// How many words it has.
    pub words: usize,
}

impl Quotation {
    /// Returns whether these are words in passing ("scare quotes", a title) rather than speech.
    pub fn is_scare(self, text: &str) -> bool {
        let words = self.inner.of(text);
        let whole = words.trim_end().ends_with([',', '.', '?', '!', '…']) && words.starts_with(char::is_uppercase);
        self.words < 3 && !whole || self.is_title(text)
    }

    /// Returns whether every longer word has a capital, as in the title of a book or a broadcast.
    fn is_title(self, text: &str) -> bool {
        let mut longer = self.inner.of(text).split_whitespace().filter(|word| word.len() > 3);
        (2..=6).contains(&self.words)
            && longer.all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_numeric()))
    }
}

/// Returns the quotations of a document in reading order, without those that stand inside another one.
pub fn find_quotations(document: &Document) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let mut left_open = false;
    for block in &document.blocks {
        if !may_quote(block.kind) {
            continue;
        }
        let first = found.len();
        scan_block(&document.text, block, &mut found);
        if let Some(quotation) = found.get_mut(first) {
            quotation.continues = left_open && quotation.span.start == block.span.trim(&document.text).start;
        }
        left_open = found.len() > first && found.last().is_some_and(|last| last.open);
    }
    found
}

/// Returns the quotations of one block in reading order; of one that runs on from block to block, the piece in this.
pub fn quotations_in(document: &Document, block: &Block) -> Vec<Quotation> {
    let mut found = Vec::new();
    if may_quote(block.kind) {
        scan_block(&document.text, block, &mut found);
    }
    found
}

fn may_quote(kind: BlockKind) -> bool {
    !matches!(kind, BlockKind::Preformatted | BlockKind::Rule | BlockKind::Credit)
}

/// Adds the quotations of a block; a passage set off as a quotation is one without marks, too.
fn scan_block(text: &str, block: &Block, found: &mut Vec<Quotation>) {
    let first = found.len();
    scan(text, block.span, found);
    if block.kind == BlockKind::Quotation && found.len() == first {
        found.push(quotation(text, block.span, 0, 0, false));
    }
}

/// How a quotation was opened, which says what may close it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opened {
    /// “ „ « `` ‘‘
    Double,
    /// "
    Straight,
    /// ‘ or '
    Single,
}

fn scan(text: &str, block: Span, found: &mut Vec<Quotation>) {
    let marks = marks(text, block);
    let mut open: Option<(Mark, Opened)> = None;
    let mut depth = 0usize;
    for (at, &mark) in marks.iter().enumerate() {
        let Some((opener, how)) = open else {
            open = opens(text, &marks[at..], block).map(|how| (mark, how));
            depth = 0;
            continue;
        };
        match how {
            Opened::Double | Opened::Straight if mark.closes_double(text, how) => {
                if depth > 0 {
                    depth -= 1;
                    continue;
                }
                found.push(between(text, opener, mark));
                open = None;
            }
            // The same mark again inside: nested when two closing marks follow, else the first was never closed.
            Opened::Double if mark.kind == Kind::Opening && closers_follow(text, &marks[at + 1..]) > 1 => depth += 1,
            Opened::Single if mark.is_end_of_single(text) => {
                found.push(between(text, opener, mark));
                open = None;
            }
            _ => {}
        }
    }
    if let Some((opener, how)) = open
        && how != Opened::Single
    {
        let span = Span::new(opener.span.start, block.trim(text).end.max(opener.span.end));
        found.push(quotation(text, span, opener.span.len(), 0, true));
    }
}

fn between(text: &str, opener: Mark, closer: Mark) -> Quotation {
    quotation(text, opener.span.join(closer.span), opener.span.len(), closer.span.len(), false)
}

fn quotation(text: &str, span: Span, before: usize, after: usize, open: bool) -> Quotation {
    let inner = Span::new(span.start + before, span.end - after);
    let has_letter = |word: &&str| word.contains(char::is_alphanumeric);
    let words = inner.of(text).split_whitespace().filter(has_letter).count();
    Quotation { span, inner, open, continues: false, words }
}

/// Returns how the first of these marks opens a quotation, if it does.
fn opens(text: &str, marks: &[Mark], block: Span) -> Option<Opened> {
    let mark = marks[0];
    match mark.kind {
        Kind::Opening if mark.next(text).is_some_and(|c| !c.is_whitespace()) => Some(Opened::Double),
        Kind::Straight if mark.next(text).is_some_and(|c| !c.is_whitespace()) => Some(Opened::Straight),
        Kind::SingleOpening | Kind::Apostrophe => {
            let starts = mark.span.start == block.start
                || mark.previous(text).is_none_or(|c| c.is_whitespace() || "([—–".contains(c));
            let word = mark.next(text).is_some_and(char::is_alphanumeric);
            // An apostrophe ends speech only behind a comma or a full stop; without such an end it is none.
            let speech =
                marks[1..].iter().take(12).any(|m| m.is_end_of_single(text) && m.previous(text).is_some_and(is_stop));
            (starts && word && speech).then_some(Opened::Single)
        }
        _ => None,
    }
}

fn closers_follow(text: &str, marks: &[Mark]) -> usize {
    marks
        .iter()
        .take_while(|mark| mark.kind != Kind::Opening)
        .filter(|mark| mark.closes_double(text, Opened::Double))
        .count()
}

fn is_stop(c: char) -> bool {
    matches!(c, ',' | '.' | '?' | '!' | '…')
}

#[derive(Clone, Copy)]
struct Mark {
    span: Span,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Opening,
    Closing,
    Straight,
    SingleOpening,
    /// ’ or ': the end of a single quotation, or an apostrophe.
    Apostrophe,
}

impl Mark {
    fn next(self, text: &str) -> Option<char> {
        text[self.span.end..].chars().next()
    }

    fn previous(self, text: &str) -> Option<char> {
        text[..self.span.start].chars().next_back()
    }

    fn closes_double(self, text: &str, how: Opened) -> bool {
        match self.kind {
            Kind::Closing => true,
            // A straight mark behind a space and before a word opens another quotation: the first was left open.
            Kind::Straight => how == Opened::Straight || self.looks_closing(text),
            Kind::Opening => self.looks_closing(text),
            _ => false,
        }
    }

    fn looks_closing(self, text: &str) -> bool {
        let after_word = self.previous(text).is_some_and(|c| !c.is_whitespace());
        after_word
            && self
                .next(text)
                .is_none_or(|c| c.is_whitespace() || is_stop(c) || matches!(c, ')' | ';' | ':' | '—' | '–'))
    }

    fn is_end_of_single(self, text: &str) -> bool {
        self.kind == Kind::Apostrophe && self.looks_closing(text) && self.previous(text).is_some_and(|c| c != 's')
    }
}

fn marks(text: &str, block: Span) -> Vec<Mark> {
    let words = block.of(text);
    let mut marks: Vec<Mark> = Vec::new();
    let mut skip_to = 0;
    for (at, c) in words.char_indices() {
        if at < skip_to {
            continue;
        }
        let rest = &words[at + c.len_utf8()..];
        // At the end of "'Fox and Friends,'''" the inner quotation closes before the outer one.
        let inner = matches!(c, '\'' | '’') && rest.chars().take(3).take_while(|&next| next == c).count() == 2;
        let doubled = rest.starts_with(c) && (!inner || opens_word(words, at));
        let (kind, length) = match c {
            '“' | '„' | '«' | '‟' => (Kind::Opening, 1),
            '”' | '»' => (Kind::Closing, 1),
            '"' | '＂' => (Kind::Straight, 1),
            '`' | '‘' if doubled => (Kind::Opening, 2),
            '’' if doubled => (Kind::Closing, 2),
            '\'' if doubled => (Kind::Straight, 2),
            '‘' => (Kind::SingleOpening, 1),
            '’' | '\'' => (Kind::Apostrophe, 1),
            _ => continue,
        };
        skip_to = at + length * c.len_utf8();
        marks.push(Mark { span: span_at(block.start, at, skip_to), kind });
    }
    marks
}

/// Returns whether a word may begin at a place: behind a space, or at the start.
fn opens_word(words: &str, at: usize) -> bool {
    words[..at].chars().next_back().is_none_or(char::is_whitespace)
}

fn span_at(base: Offset, start: usize, end: usize) -> Span {
    Span::new(base + start, base + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::plain;
    use proptest::prelude::*;

    /// Checks the quotations of a text, joined by `|`: `>` before one that continues, `>` behind one left open.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let document = plain::read(text.to_owned());
        let show = |q: &Quotation| {
            let mark = |yes| if yes { ">" } else { "" };
            format!("{}{}{}", mark(q.continues), q.inner.of(text), mark(q.open))
        };
        let found: Vec<String> = find_quotations(&document).iter().map(show).collect();
        assert_eq!(found.join("|"), expected);
    }

    #[test]
    fn any_marks() {
        check("“Yes,” said Lee.", "Yes,");
        check("\"Yes,\" said Lee, \"at once.\"", "Yes,|at once.");
        check("``Yes,'' said Lee.", "Yes,");
        check("«Yes», said Lee.", "Yes");
        check("The ‘plan,’ said Lee, is the workers’ own.", "plan,");
        check("'We won't go,' said Lee.", "We won't go,");
        check("The workers' rooms and the owners' rooms.", "");
        check("''It was on 'Harbor News,''' said Lee.", "It was on 'Harbor News,'");
        check("‘The strikers’ offer stands,’ said Lee.", "The strikers’ offer stands,");
    }

    #[test]
    fn careless_marks() {
        check("It called them “dead letters.’’ Then it left.", "dead letters.");
        check("“It is over.“ Nobody spoke.", "It is over.");
        check("Lee (\"the fox\") left; \"so what?\" asked Kim.", "the fox|so what?");
    }

    #[test]
    fn inner_quotations_belong_to_the_outer_one() {
        check("“She said ‘never,’ and left,” said Lee.", "She said ‘never,’ and left,");
        check("“She said “never” and left,” said Lee.", "She said “never” and left,");
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        check("“First,” said Lee. “Second.\n\n“Third.”", "First,|Second.>|>Third.");
        check("“Left open.\n\nNo quotation here.", "Left open.>");
    }

    #[test]
    fn words_in_passing_are_no_speech() {
        let scare = |text: &str| find_quotations(&plain::read(text.to_owned()))[0].is_scare(text);
        assert!(scare("the so-called “green belt” around it"));
        assert!(!scare("“We will build on it,” said Lee."));
        assert!(!scare("“Never!” said Lee."));
    }

    proptest! {
        #[test]
        fn quotations_are_in_order_and_apart(text in "[a-s \n.,'\"“”‘’«»`]{0,120}") {
            let found = find_quotations(&plain::read(text.clone()));
            for quotation in &found {
                prop_assert!(quotation.span.covers(quotation.inner));
                prop_assert!(text.is_char_boundary(quotation.inner.start) && text.is_char_boundary(quotation.inner.end));
            }
            for pair in found.windows(2) {
                prop_assert!(pair[0].span.end <= pair[1].span.start);
            }
        }
    }
}
