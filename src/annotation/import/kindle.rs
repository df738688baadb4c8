//! Kindle's `My Clippings.txt`: a title, a line that says what it is, where and when, an empty line, the words, a rule.
//!
//! That line is in the language of the device; `assets/kindle.toml` has the words. A note is a clipping of its own, at
//! the location where its highlight ends.

use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde::Deserialize;

use super::{Annotation, Bad, Body, Found, note, words_of};
use crate::annotation::{Note, NoteKind};

const RULE: &str = "==========";
/// A note inside a highlight that is longer than this, in locations, is found at its end alone.
const LONGEST: u64 = 64;

/// The words of the languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    highlight: Vec<String>,
    note: Vec<String>,
    bookmark: Vec<String>,
    morning: Vec<String>,
    afternoon: Vec<String>,
    /// From January on: its names.
    months: Vec<Vec<String>>,
}

// The list is part of the program, so a mistake in it is one of ours; a test reads it.
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let words: Words = toml::from_str(include_str!("../../../assets/kindle.toml")).expect("assets/kindle.toml is read");
    words
});

pub fn read(text: &str) -> Result<Found, Bad> {
    let mut found = Found::default();
    let mut highlights: HashMap<(String, u64), usize> = HashMap::new();
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let numbered =
        text.lines().enumerate().map(|(index, line)| (index + 1, line.trim_start_matches('\u{feff}').trim_end()));
    for (number, line) in numbered {
        if !line.starts_with(RULE) {
            lines.push((number, line));
            continue;
        }
        let clipping = clipping(&std::mem::take(&mut lines), number);
        match clipping {
            Ok(clipping) => add(&mut found, &mut highlights, clipping),
            Err(bad) => found.push(Err(bad)),
        }
    }
    match lines.iter().find(|(_, line)| !line.trim().is_empty()) {
        Some((line, _)) => found.bad.push(Bad::new(*line, "", "the file ends in the middle of a clipping")),
        None if found == Found::default() => return Err(Bad::new(1, "", "there are no clippings")),
        None => {}
    }
    Ok(found)
}

struct Clipping<'t> {
    line: usize,
    title: &'t str,
    kind: NoteKind,
    /// Locations or pages, from and to.
    place: Option<(u64, u64)>,
    time: Option<Timestamp>,
    words: String,
}

fn clipping<'t>(lines: &[(usize, &'t str)], rule: usize) -> Result<Clipping<'t>, Bad> {
    let start = lines.iter().position(|(_, line)| !line.trim().is_empty());
    let Some([(line, title), (_, about), words @ ..]) = start.map(|start| &lines[start..]) else {
        return Err(Bad::new(rule, "", "there is no clipping above this rule"));
    };
    let about = about.to_lowercase();
    let parts: Vec<&str> = about.split('|').collect();
    let (where_, when) = match parts.split_last() {
        Some((when, earlier)) if !earlier.is_empty() => (earlier.join("|"), *when),
        _ => (about.clone(), about.as_str()),
    };
    let is = |words: &[String]| words.iter().any(|word| where_.contains(word.as_str()));
    let kind = match () {
        () if is(&WORDS.bookmark) => NoteKind::Bookmark,
        () if is(&WORDS.note) => NoteKind::Note,
        () if is(&WORDS.highlight) => NoteKind::Highlight,
        () => {
            let reason = "this says neither highlight nor note nor bookmark in a language that is known";
            return Err(Bad::new(line + 1, "", reason));
        }
    };
    let words = words.iter().map(|(_, line)| *line).collect::<Vec<_>>().join("\n").trim().to_owned();
    Ok(Clipping { line: *line, title, kind, place: place_of(&where_), time: time_of(when), words })
}

/// Adds a clipping; a note belongs to the highlight at its place.
fn add(found: &mut Found, highlights: &mut HashMap<(String, u64), usize>, clipping: Clipping) {
    let Clipping { line, title, kind, place, time, words } = clipping;
    let mut annotation = Annotation::new(line, Body::Note(note("", Vec::new())));
    (annotation.on, annotation.created) = (Some(title.trim().to_owned()), time);
    match (kind, place) {
        (NoteKind::Note, place) => {
            let above = place.and_then(|(start, _)| highlights.get(&(title.to_owned(), start)));
            if let Some(Body::Note(above)) = above.and_then(|&index| Some(&mut found.annotations.get_mut(index)?.body))
            {
                let text = [above.text.as_str(), &words].join("\n\n");
                let text = text.trim_start();
                *above = Note { color: above.color, ..note(text, Vec::new()) };
                return;
            }
            annotation.body = Body::Note(note(&words, Vec::new()));
        }
        (NoteKind::Bookmark, _) => annotation.body = Body::Note(Note { kind, ..Note::default() }),
        (_, place) => {
            annotation.target = words_of(&words);
            if let Some((start, end)) = place {
                let inside = start.max(end.saturating_sub(LONGEST))..=end;
                highlights.extend(inside.map(|location| ((title.to_owned(), location), found.annotations.len())));
            }
        }
    }
    found.push(Ok(annotation));
}

/// Returns the last range of numbers, or the last number: `page 12 | location 170-72` is 170 to 172.
fn place_of(text: &str) -> Option<(u64, u64)> {
    let mut last = None;
    for word in text.split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '–')) {
        let mut numbers = word.split(['-', '–']).filter(|number| !number.is_empty());
        let Some(first) = numbers.next() else { continue };
        let Ok(start) = first.parse::<u64>() else { continue };
        match numbers.next() {
            // The second number may leave out what it shares with the first.
            Some(second) => {
                let shared = first.len().saturating_sub(second.len());
                let end = format!("{}{second}", &first[..shared]).parse().ok().filter(|&end| end >= start);
                last = Some((start, end.unwrap_or(start)));
            }
            None if last.is_none_or(|(start, end)| start == end) => last = Some((start, start)),
            None => {}
        }
    }
    last
}

/// Returns the time on the device's clock, read as UTC; it does not say its zone.
fn time_of(text: &str) -> Option<Timestamp> {
    let digits = |text: &str| text.parse::<i16>().ok();
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphabetic() && c != '.').map(|word| word.trim_matches('.')).collect();
    let clock = numbers.len().checked_sub(1 + text.matches(':').count().min(2))?;
    let (date, clock) = numbers.split_at(clock);
    let year = date.iter().position(|number| number.len() == 4)?;
    let named = WORDS.months.iter().position(|names| names.iter().any(|name| words.contains(&name.as_str())));
    let rest: Vec<i16> =
        date.iter().enumerate().filter(|(index, _)| *index != year).filter_map(|(_, n)| digits(n)).collect();
    let (month, day) = match (named, rest.as_slice()) {
        (Some(month), [day]) => (month as i16 + 1, *day),
        // Numbers alone are only read where the year comes first and settles their order.
        (None, [month, day]) if year == 0 => (*month, *day),
        _ => return None,
    };
    let is = |names: &[String]| names.iter().any(|name| text.contains(name.as_str()));
    let clock: Vec<i16> = clock.iter().filter_map(|number| digits(number)).collect();
    let (hour, minute) = (*clock.first()?, *clock.get(1)?);
    let hour = match hour {
        12 if is(&WORDS.morning) => 0,
        1..=11 if is(&WORDS.afternoon) => hour + 12,
        hour => hour,
    };
    let small = |number: i16| i8::try_from(number).ok();
    let date = civil::Date::new(digits(date[year])?, small(month)?, small(day)?).ok()?;
    let second = clock.get(2).copied().unwrap_or(0);
    let time = civil::Time::new(small(hour)?, small(minute)?, small(second)?, 0).ok()?;
    TimeZone::UTC.to_timestamp(date.to_datetime(time)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn a_note_belongs_to_its_highlight() {
        let text = "\u{feff}Ferries (A. Author)\r\n- Your Highlight on page 2 | Location 170-172 | Added on Sunday, March 1, 2026 8:05:12 PM\r\n\
            \r\nnew boats\r\n==========\r\n\u{feff}Ferries (A. Author)\r\n- Your Note on page 2 | Location 172 | Added on Sunday, March 1, 2026 8:06:00 PM\r\n\
            \r\nso?\r\n==========\r\nFerries (A. Author)\r\n- Your Note on Location 9 | Added on Sunday, March 1, 2026 12:06:00 AM\r\n\r\nelsewhere\r\n==========\r\n\
            Ferries (A. Author)\r\n- Your Bookmark on Location 9 | Added on Sunday, March 1, 2026 12:06:00 AM\r\n\r\n\r\n==========\r\n";
        check(
            text,
            &[
                "- Ferries_(A._Author) [|new boats|] note \"so?\" 2026-03-01T20:05:12Z",
                "- Ferries_(A._Author) note \"elsewhere\" 2026-03-01T00:06:00Z",
                "- Ferries_(A._Author) bookmark 2026-03-01T00:06:00Z",
            ],
        );
    }

    /// Reads the line of a highlight.
    #[track_caller]
    fn check_line(line: &str, kind: NoteKind, place: (u64, u64), time: &str) {
        let clipping = clipping(&[(1, "T"), (2, line), (3, ""), (4, "x")], 5).unwrap();
        let time = (!time.is_empty()).then(|| time.parse().unwrap());
        assert_eq!((clipping.kind, clipping.place, clipping.time), (kind, Some(place), time), "{line}");
    }

    #[test]
    fn the_languages_of_the_device_are_read() {
        use NoteKind::{Bookmark, Highlight, Note};
        let time = "2026-03-01T20:05:12Z";
        for (line, kind, place, time) in [
            (
                "- Your Highlight at location 170-172 | Added on Sunday, 1 March 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            (
                "- Highlight Loc. 1170-72 | Added on Sunday, March 01, 2026, 08:05 PM",
                Highlight,
                (1170, 1172),
                "2026-03-01T20:05:00Z",
            ),
            (
                "- Ihre Markierung auf Seite 2 | Position 170-172 | Hinzugefügt am Sonntag, 1. März 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            (
                "- Ihre Notiz bei Position 172 | Hinzugefügt am Sonntag, 1. März 2026 um 20:05:12 Uhr",
                Note,
                (172, 172),
                time,
            ),
            (
                "- Ihr Lesezeichen bei Position 172 | Hinzugefügt am Sonntag, 1. März 2026 20:05:12",
                Bookmark,
                (172, 172),
                time,
            ),
            (
                "- Votre surlignement sur la page 2 | emplacement 170-172 | Ajouté le dimanche 1 mars 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            (
                "- Votre signet à l’emplacement 172 | Ajouté le dimanche 1 mars 2026 20:05:12",
                Bookmark,
                (172, 172),
                time,
            ),
            (
                "- La subrayado en la página 2 | posición 170-172 | Añadido el domingo, 1 de marzo de 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            ("- Tu nota en la posición 172 | Añadido el domingo, 1 de marzo de 2026 20:05:12", Note, (172, 172), time),
            (
                "- La tua evidenziazione a pagina 2 | posizione 170-172 | Aggiunto in data domenica 1 marzo 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            (
                "- Seu destaque na página 2 | posição 170-172 | Adicionado: domingo, 1 de março de 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            (
                "- Uw markering op pagina 2 | locatie 170-172 | Toegevoegd op zondag 1 maart 2026 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            ("- Uw notitie op locatie 172 | Toegevoegd op zondag 1 maart 2026 20:05:12", Note, (172, 172), time),
            (
                "- Ваш выделенный отрывок на странице 2 | Место 170–172 | Добавлено: воскресенье, 1 марта 2026 г. в 20:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            ("- 位置No. 170-172のハイライト |追加日： 2026年3月1日日曜日 20:05:12", Highlight, (170, 172), time),
            (
                "- 您在第 2 页（位置 #170-172）的标注 | 添加于 2026年3月1日星期日 下午8:05:12",
                Highlight,
                (170, 172),
                time,
            ),
            (
                "- 您在位置 #172 的笔记 | 添加于 2026年3月1日星期日 上午12:05:12",
                Note,
                (172, 172),
                "2026-03-01T00:05:12Z",
            ),
            ("- Your Note on page xi | Location 5 | Added once upon a time", Note, (5, 5), ""),
        ] {
            check_line(line, kind, place, time);
        }
    }

    #[test]
    fn a_mistake_has_a_line() {
        let good = "T\n- Your Highlight on Location 1 | Added on Sunday, March 1, 2026 8:05:12 PM\n\nx\n==========\n";
        let read = "- T [|x|] highlight 2026-03-01T20:05:12Z";
        check(
            &format!("{good}T\n- ???\n\nx\n==========\n"),
            &[read, "7: this says neither highlight nor note nor bookmark in a language that is known"],
        );
        check(&format!("{good}T\n- Your High"), &[read, "6: the file ends in the middle of a clipping"]);
        check(&format!("{good}==========\n"), &[read, "6: there is no clipping above this rule"]);
        check("\n\n", &["1: there are no clippings"]);
    }
}
