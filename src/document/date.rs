//! Dates as articles write them: a line that is only a date, a date in front matter or in a dateline.

use jiff::civil::Date;

use super::credit::WORDS;

/// Returns the date of a text that holds nothing else of weight: `Published Wed, Jan. 26, 2022, 10:31 GMT`.
pub fn only_date(text: &str) -> Option<Date> {
    let has_year = || text.as_bytes().windows(4).any(|year| year.iter().all(u8::is_ascii_digit));
    if text.len() > LONGEST || !has_year() {
        return None;
    }
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || "|·•–—".contains(c)).collect();
    let words: Vec<&str> = words.iter().map(|word| word.trim_matches(&['.', ',', ':', ';', '(', ')'][..])).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty() && *word != "-").collect();
    let (at, len, date) = (0..words.len()).find_map(|at| date_at(&words[at..]).map(|(len, date)| (at, len, date)))?;
    let beside = words[..at].iter().chain(&words[at + len..]);
    beside.into_iter().all(|word| is_beside_date(word)).then_some(date)
}

const LONGEST: usize = 80;

/// The ways in which three words (or one, in figures) give a date.
const FORMATS: &[&str] = &["%B %d %Y", "%b %d %Y", "%d %B %Y", "%d %b %Y"];

/// Returns the date that the words begin with, and how many words it takes.
fn date_at(words: &[&str]) -> Option<(usize, Date)> {
    let first = words.first()?;
    // The day of a time stamp, `2022-01-26T10:31Z`, is its first ten characters.
    if first.starts_with(|c: char| c.is_ascii_digit())
        && let Some(day) = first.get(..10)
        && let Ok(date) = Date::strptime("%Y-%m-%d", day)
    {
        return Some((1, date));
    }
    let [a, b, c] = *words.get(..3)? else { return None };
    // Every format ends with a year; to try them all on every word takes longer than all else that is done to open a text.
    if !c.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let text = format!("{} {} {c}", plain_word(a), plain_word(b));
    FORMATS.iter().find_map(|format| Date::strptime(format, &text).ok()).map(|date| (3, date))
}

/// Returns the word as the formats know it: `26th` is `26`, `Sept` is `Sep`.
fn plain_word(word: &str) -> &str {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    match word {
        "Sept" => "Sep",
        _ if !digits.is_empty() && digits.len() + 2 == word.len() => digits,
        _ => word,
    }
}

fn is_beside_date(word: &str) -> bool {
    let clock = word.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '.');
    let is_clock =
        !clock.is_empty() && clock.len() <= 8 && clock.chars().all(|c| c.is_ascii_digit() || c == ':' || c == '.');
    is_clock || WORDS.date_words.contains(&word.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(only_date(text).map(|date| date.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_line_that_is_only_a_date() {
        check("Jan. 26, 2022", Some("2022-01-26"));
        check("26 January 2022, 10:31 GMT", Some("2022-01-26"));
        check("Published Wednesday, Sept. 5, 2018 at 9:15 a.m. ET", Some("2018-09-05"));
        check("Updated: 2022-01-26T10:31:00Z", Some("2022-01-26"));
        check("May 4th 2011", Some("2011-05-04"));
        check("Thu 3 Mar 2016 | 11:04", Some("2016-03-03"));
    }

    #[test]
    fn a_line_with_more_than_a_date() {
        check("The treaty of Jan. 26, 2022", None);
        check("Jan. 26, 2022: a day of talks", None);
        check("Room 101", None);
        check("31 February 2022", None);
    }
}
