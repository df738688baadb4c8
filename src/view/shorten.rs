//! Words shortened by deletion alone: what is shown of a position is verbatim, with a sign where words are missing.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use toml_edit::DocumentMut;
use unicode_segmentation::UnicodeSegmentation;

use crate::text::glyph::{clean, glyph};
use crate::text::width;

/// What is longer, in bytes, is no sentence: its head alone is looked at.
const LONGEST: usize = 4000;

/// Returns the words on one line of at most so many columns: the head, the sign of the cut, and the last words, which
/// say what it is about as often as the first: so that most is kept. No cut hides a negation, and none parts a subject
/// from its verb where there is another.
pub fn shorten<'a>(words: &'a str, columns: usize, sign: &str) -> Cow<'a, str> {
    if words.len() > LONGEST {
        return cut(&words[..words.floor_char_boundary(LONGEST)], columns, sign);
    }
    let line = one_line(words);
    if width(&line) <= columns {
        return line;
    }
    let pieces: Vec<&str> = line.split(' ').collect();
    let room = columns.saturating_sub(width(sign) + 1);
    let widths: Vec<usize> = pieces.iter().map(|piece| width(piece)).collect();
    let head_beside = |tail: usize| {
        let used: usize = widths[pieces.len() - tail..].iter().map(|width| width + 1).sum();
        let mut head = taken(widths.iter(), room.saturating_sub(used));
        while head > 1 && WORDS.small.contains(&folded(pieces[head - 1])) {
            head -= 1;
        }
        head
    };
    // The tail gets half of the room at most: without the head one would not know how the words begin.
    let most = taken(widths.iter().rev(), room / 2);
    let kept = |tail: usize| widths[..head_beside(tail)].iter().chain(&widths[pieces.len() - tail..]).sum::<usize>();
    let best = |strict: bool| {
        let tails = (0..=most).filter(|&tail| may_cut(&pieces, head_beside(tail), tail, strict));
        tails.max_by_key(|&tail| kept(tail))
    };
    let tail = best(true).or_else(|| best(false)).unwrap_or(0);
    let head = head_beside(tail);
    if head == 0 {
        return Cow::Owned(cut(&line, columns, sign).into_owned());
    }
    let tail = &pieces[pieces.len() - tail..];
    let head = pieces[..head].join(" ");
    let shown = [&[head.trim_end_matches([',', ';']), sign], tail].concat().join(" ");
    Cow::Owned(without_halves(shown))
}

/// Returns whether so many words may stand before the cut and so many behind it; not so strictly, whether a verb may
/// be parted from its subject.
fn may_cut(pieces: &[&str], head: usize, tail: usize, strict: bool) -> bool {
    let (kept, rest) = pieces.split_at(head);
    let (left_out, tail) = rest.split_at(rest.len() - tail);
    let is_small = |word: &&str| WORDS.small.contains(&folded(word));
    let is_verb = |word: &&str| WORDS.verbs.contains(&folded(word));
    let is_negation = |word: &&str| {
        let word = folded(word);
        word.ends_with("n’t") || word.ends_with("n't") || WORDS.negations.contains(&word)
    };
    let parts_verb = kept.last().is_some_and(is_verb) || (!tail.is_empty() && left_out.first().is_some_and(is_verb));
    if tail.is_empty() {
        return !strict || !parts_verb;
    }
    let hangs = kept.last().is_some_and(is_small) || tail.first().is_some_and(is_small);
    // A negation at the end of the head has lost what it denies.
    let denies = kept.last().into_iter().chain(left_out).any(is_negation);
    let strictly = !strict || !parts_verb;
    head >= tail.len() && strictly && !hangs && !denies
}

fn folded(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Deletes quotation marks that have lost their other half, and what ended a sentence.
fn without_halves(shown: String) -> String {
    let mut shown = shown;
    if shown.matches('“').count() != shown.matches('”').count() {
        shown = shown.replace(['“', '”'], "");
    }
    if shown.matches('"').count() % 2 == 1 {
        shown = shown.replace('"', "");
    }
    shown.truncate(shown.trim_end_matches([',', '.', ';']).len());
    shown
}

/// The words that decide where a cut may be.
struct Words {
    small: HashSet<String>,
    verbs: HashSet<String>,
    negations: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let document = include_str!("../../assets/shortening.toml").parse::<DocumentMut>().unwrap_or_default();
    let list = |name: &str| {
        let words = document.get(name).and_then(|item| item.as_array()).into_iter().flatten();
        words.filter_map(|word| word.as_str().map(str::to_owned)).collect()
    };
    Words { small: list("small"), verbs: list("verbs"), negations: list("negations") }
});

/// Returns a text cut to a number of columns, with the sign at its end where something is missing.
pub fn cut<'a>(text: &'a str, columns: usize, sign: &str) -> Cow<'a, str> {
    let line = clean(text);
    if width(&line) <= columns {
        return line;
    }
    let Some(room) = columns.checked_sub(width(sign)) else { return Cow::Owned(sign[..columns.min(1)].to_owned()) };
    let mut used = 0;
    let mut end = 0;
    for (at, grapheme) in line.grapheme_indices(true) {
        used += glyph(grapheme).width;
        if used > room {
            break;
        }
        end = at + grapheme.len();
    }
    Cow::Owned(format!("{}{sign}", line[..end].trim_end()))
}

/// Returns the words of a quotation on one line, without the quotation marks at its ends.
pub fn bare(quotation: &str) -> Cow<'_, str> {
    one_line(quotation.trim_matches(|c: char| c.is_whitespace() || matches!(c, '“' | '”' | '"')))
}

/// Returns the text with every run of white space as one space.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    let is_even = !text.contains("  ") && !text.contains(|c: char| c.is_whitespace() && c != ' ');
    if is_even {
        return clean(text);
    }
    Cow::Owned(clean(&text.split_whitespace().collect::<Vec<_>>().join(" ")).into_owned())
}

/// Returns how many words fit, with a space between them.
fn taken<'a>(widths: impl Iterator<Item = &'a usize>, room: usize) -> usize {
    let mut used = 0;
    let fits = widths.take_while(|&&width| {
        used += width + 1;
        used <= room + 1
    });
    fits.count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(words: &str, columns: usize, expected: &str) {
        assert_eq!(shorten(words, columns, "…"), expected);
    }

    #[test]
    fn the_head_and_the_last_words_stay() {
        let words = "the council must publish every contract it signed with the ferry company";
        check(words, 80, words);
        check(words, 40, "the council must publish … ferry company");
        check(words, 30, "the council must publish …");
        check(words, 14, "the council …");
        check(words, 3, "th…");
        check(words, 1, "…");
        check(words, 0, "");
    }

    #[test]
    fn a_cut_parts_no_verb_and_hides_no_negation() {
        check("the shares be settled before the fleet is back in November", 24, "the shares be settled …");
        check("Malta welcomed the plan but would not vote for it", 24, "Malta welcomed …");
        check("they didn’t see why it would ever matter to Rome", 30, "they didn’t see why it would …");
        check("its share of the catch be raised to 17 percent", 27, "its share … 17 percent");
        check("they see no reason why it would ever matter to Rome", 24, "they see no reason why …");
        check("ruling out the possibility of future membership", 28, "ruling out the possibility …");
        check("Rome to send a judge, “not a guest with a notebook.”", 30, "Rome to send a judge, not …");
        check("it described the old plan as “new in name only.”", 30, "it described the old … only");
    }

    #[test]
    fn the_lists_are_read() {
        assert!(WORDS.small.contains("the") && WORDS.verbs.contains("must") && WORDS.negations.contains("not"));
    }

    #[test]
    fn line_ends_are_spaces() {
        check("  two\n  lines ", 20, "two lines");
    }

    proptest! {
        #[test]
        fn nothing_is_added_and_it_fits(words in "([a-z日é]{1,9}[ \n]{1,2}){0,14}", columns in 0usize..50) {
            let shown = shorten(&words, columns, "…");
            prop_assert!(width(&shown) <= columns, "{shown:?}");
            let mut rest = words.chars();
            for character in shown.chars().filter(|&c| c != '…' && c != ' ') {
                prop_assert!(rest.any(|c| c == character), "{shown:?} of {words:?}");
            }
        }

        #[test]
        fn any_text_fits(words in "\\PC{0,60}", columns in 0usize..50, ascii: bool) {
            let sign = if ascii { "..." } else { "…" };
            prop_assert!(width(&shorten(&words, columns, sign)) <= columns);
            prop_assert!(width(&cut(&words, columns, sign)) <= columns);
        }
    }
}
