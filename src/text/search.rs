//! Search as in `less`, over the text and never over wrapped lines.
//!
//! A pattern is a regular expression in which typing is forgiving: lower case finds either case, a space finds any
//! white space (so a phrase is found across a line end), a straight quotation mark finds a curly one, `-` finds any
//! dash. What is no valid expression is looked for as it is written.

use regex::{Regex, RegexBuilder};

use super::{Offset, Span, clean};

/// A search that was typed, ready to look through texts.
#[derive(Clone, Debug)]
pub struct Query {
    pattern: String,
    /// Absent when there is nothing to look for.
    regex: Option<Regex>,
    note: Option<String>,
}

/// As much of a match is found that goes on behind the stretch that is looked through.
pub const LONGEST: usize = 64 << 10;

/// The largest compiled expression: what an ordinary pattern needs a hundred times over.
const SIZE_LIMIT: usize = 1 << 20;

impl Query {
    /// Reads a pattern; any pattern is a query.
    pub fn new(pattern: &str) -> Query {
        Query::read(pattern, false)
    }

    /// Reads a pattern that matches no part of a word: neither its first nor its last letter stands inside one.
    pub fn of_words(pattern: &str) -> Query {
        Query::read(pattern, true)
    }

    fn read(pattern: &str, of_words: bool) -> Query {
        let mut query = Query { pattern: pattern.to_owned(), regex: None, note: None };
        if pattern.is_empty() {
            return query;
        }
        let ignore_case = !has_upper_case(pattern);
        query.regex = compile(pattern, ignore_case, of_words);
        if query.regex.is_none() {
            query.regex = compile(&regex::escape(pattern), !pattern.contains(char::is_uppercase), of_words);
            let shown = clean(pattern);
            query.note = Some(match query.regex {
                Some(_) => format!("'{shown}' is no regular expression: looked for as written"),
                None => "the pattern is too long to look for".to_owned(),
            });
        }
        query
    }

    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// Returns what the reader should know about how the pattern was read.
    pub fn note(&self) -> Option<&str> {
        self.note.as_deref()
    }

    /// Returns all matches from the start on, without overlap; an empty match is none.
    pub fn find_all(&self, text: &str) -> Vec<Span> {
        self.matches(text).collect()
    }

    /// Returns the first match that starts at or after an offset.
    pub fn find_from(&self, text: &str, from: Offset) -> Option<Span> {
        let regex = self.regex.as_ref()?;
        let mut at = text.ceil_char_boundary(from.min(text.len()));
        loop {
            let found = regex.find_at(text, at)?;
            if !found.is_empty() {
                return Some(Span::from(found.range()));
            }
            at = found.end() + text[found.end()..].chars().next()?.len_utf8();
        }
    }

    /// Returns the matches that begin in a stretch of a text, and where to look on: at the end of the stretch or of the last
    /// match. Stretch by stretch these are the matches of the whole, but that a match is cut where it goes on for more than
    /// [`LONGEST`] behind its stretch.
    pub fn find_in(&self, text: &str, stretch: Span) -> (Vec<Span>, Offset) {
        let mut found = Vec::new();
        let mut at = stretch.start;
        // What is before the stretch is seen: a word may begin there.
        let seen = &text[..text.ceil_char_boundary(stretch.end.saturating_add(LONGEST).min(text.len()))];
        while at < stretch.end
            && let Some(next) = self.regex.as_ref().and_then(|regex| regex.find_at(seen, at))
            && next.start() < stretch.end
        {
            at = next.end();
            match next.is_empty() {
                true => at += seen[at..].chars().next().map_or(1, char::len_utf8),
                false => found.push(Span::from(next.range())),
            }
        }
        (found, at.max(stretch.end).min(text.len()))
    }

    fn matches<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Span> + 'a {
        let found = self.regex.iter().flat_map(|regex| regex.find_iter(text));
        found.filter(|found| !found.is_empty()).map(|found| Span::from(found.range()))
    }
}

fn compile(pattern: &str, ignore_case: bool, of_words: bool) -> Option<Regex> {
    let expression = forgiving(pattern);
    let build = |expression: &str| {
        let mut builder = RegexBuilder::new(expression);
        builder.case_insensitive(ignore_case).multi_line(true).size_limit(SIZE_LIMIT).build().ok()
    };
    // What the bounds are put around must be an expression by itself: `a)|(b` is none.
    let regex = build(&expression)?;
    match of_words {
        true => build(&format!(r"\b{{start-half}}(?:{expression})\b{{end-half}}")),
        false => Some(regex),
    }
}

/// Returns whether a letter of the pattern is upper case; `\W` and `\pL` are no letters.
fn has_upper_case(pattern: &str) -> bool {
    let mut escaped = false;
    pattern.chars().any(|c| {
        let letter = !std::mem::take(&mut escaped);
        escaped = letter && c == '\\';
        letter && c.is_uppercase()
    })
}

/// Returns the expression with what typing leaves open; inside `[…]` and after `\` all stays as it is.
fn forgiving(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() + 16);
    let mut depth = 0usize;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => {
                let escaped = characters.next();
                // The escaped form of a literal: `regex::escape` writes a hyphen so.
                if escaped == Some('-') && depth == 0 {
                    out.push_str(DASHES);
                } else {
                    out.push('\\');
                    out.extend(escaped);
                }
            }
            '[' => {
                depth += 1;
                out.push('[');
                out.extend(characters.next_if_eq(&'^'));
                // A bracket that comes first in a class is a character of it.
                out.extend(characters.next_if_eq(&']'));
            }
            ']' => {
                depth = depth.saturating_sub(1);
                out.push(']');
            }
            _ if depth > 0 => out.push(character),
            '(' => {
                // The flags of a group may hold a hyphen: `(?s-i:`.
                out.push('(');
                if characters.peek() == Some(&'?') {
                    while let Some(flag) = characters.next_if(|c| "?imsUuxR-".contains(*c)) {
                        out.push(flag);
                    }
                }
            }
            ' ' => {
                while characters.next_if_eq(&' ').is_some() {}
                out.push_str(r"(?:\s+)");
            }
            '\'' => out.push_str("['‘’‚‛ʼ′]"),
            '"' => out.push_str("[\"“”„‟«»]"),
            '-' => out.push_str(DASHES),
            _ => out.push(character),
        }
    }
    out
}

const DASHES: &str = r"[\-‐‑‒–—―−]";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: &[&str]) {
        let found: Vec<&str> = Query::new(pattern).find_all(text).iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "{pattern}");
    }

    #[test]
    fn lower_case_finds_either() {
        check("minister", "The Minister and a minister", &["Minister", "minister"]);
        check("Minister", "The Minister and a minister", &["Minister"]);
        check(r"\Wminister", "The Minister", &[" Minister"]);
    }

    #[test]
    fn typing_is_forgiven() {
        check("said the mayor", "said\nthe\u{a0} mayor", &["said\nthe\u{a0} mayor"]);
        check("\"we won't\"", "“We won’t” – \"we won't\"", &["“We won’t”", "\"we won't\""]);
        check("cease-fire", "cease-fire, cease‑fire, ceasefire", &["cease-fire", "cease‑fire"]);
        check("[a-c]+ d", "abc d e-d", &["abc d"]);
        check("(?s-i:a.B)", "a\nB a\nb", &["a\nB"]);
        check("^the", "the end\nthe start", &["the", "the"]);
        check("[]x]", "a]x", &["]", "x"]);
    }

    #[test]
    fn whole_words_are_no_parts_of_words() {
        let check = |pattern: &str, text: &str, expected: &[&str]| {
            let query = Query::of_words(pattern);
            let found: Vec<&str> = query.find_all(text).iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expected, "{pattern}");
        };
        check("port", "port, report, ports, Port.", &["port", "Port"]);
        check("port|ship", "ports and ship", &["ship"]);
        check("the port", "the\nport, the ports", &["the\nport"]);
        check("(sic", "so (sic) (sick", &["(sic"]);
        check("a)|(b", "ab a)|(b", &["a)|(b"]);
        check("x*", "ax xx", &["xx"]);
    }

    #[test]
    fn what_is_no_expression_is_found_as_written() {
        check("(sic", "so (sic) he said", &["(sic"]);
        check("what? (or - not", "what? (or — not", &["what? (or — not"]);
        assert!(Query::new("(sic").note().is_some());
        assert_eq!(Query::new("sic").note(), None);
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        check("", "abc", &[]);
        check("x*", "axxb", &["xx"]);
        assert_eq!(Query::new("x*").find_from("aébxx", 0), Some(Span::new(4, 6)));
        assert_eq!(Query::new("x*").find_from("aéb", 0), None);
        let long = Query::new(&"(a{1000}){1000}".repeat(3));
        assert!(long.note().is_some());
    }

    #[test]
    fn the_next_match_starts_at_or_behind_an_offset() {
        let (query, text) = (Query::new("on"), "on and on and on");
        assert_eq!(query.find_from(text, 1), Some(Span::new(7, 9)));
        assert_eq!(query.find_from(text, 15), None);
    }

    proptest! {
        #[test]
        fn literals_are_found_as_by_a_naive_search(needle in "[abA]{1,3}", text in "[abAé ]{0,60}") {
            let mut expected = Vec::new();
            let mut at = 0;
            let same_case = needle.contains('A');
            while at + needle.len() <= text.len() {
                let here = text.get(at..at + needle.len());
                if here.is_some_and(|h| if same_case { h == needle } else { h.eq_ignore_ascii_case(&needle) }) {
                    expected.push(Span::new(at, at + needle.len()));
                    at += needle.len();
                } else {
                    at += 1;
                }
            }
            let query = Query::new(&needle);
            prop_assert_eq!(&query.find_all(&text), &expected);
        }

        #[test]
        fn stretches_have_the_matches_of_the_whole(
            text in "[ab é\n]{0,60}",
            pattern in prop::sample::select(vec!["ab", "a+", r"\ba", r"b\b", "b$", "^a", "b*", "é?", "(?s)a.b", "a b"]),
            step in 1usize..9,
        ) {
            let query = Query::new(pattern);
            let (mut found, mut at) = (Vec::new(), 0);
            while at < text.len() {
                let end = text.ceil_char_boundary((at + step).min(text.len()));
                let (more, next) = query.find_in(&text, Span::new(at, end));
                prop_assert!(next > at);
                found.extend(more);
                at = next;
            }
            prop_assert_eq!(found, query.find_all(&text));
        }

        #[test]
        fn any_pattern_is_a_query(pattern in "\\PC{0,20}", text in "\\PC{0,40}", from in 0usize..50) {
            let query = Query::new(&pattern);
            let all = query.find_all(&text);
            prop_assert!(all.iter().all(|span| !span.is_empty()));
            prop_assert_eq!(query.find_from(&text, 0), all.first().copied());
            prop_assert!(query.find_from(&text, from).is_none_or(|span| span.start >= from.min(text.len())));
        }

        #[test]
        fn escaped_text_finds_itself(text in "\\PC{1,20}") {
            let query = Query::new(&regex::escape(&text));
            prop_assert_eq!(query.note(), None);
            prop_assert_eq!(query.find_from(&text, 0), Some(Span::new(0, text.len())));
        }
    }
}
