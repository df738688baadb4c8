//! Files as other programs write them, and files that are broken, through all that an import does.

use proptest::prelude::*;

use super::*;
use crate::annotation::Notes;
use crate::annotation::fixture::document;

/// Shows what was read in a line for each annotation, and then for each mistake.
pub fn shown(read: &Result<Found, Bad>) -> Vec<String> {
    match read {
        Ok(found) => found.annotations.iter().map(line_of).chain(found.bad.iter().map(Bad::to_string)).collect(),
        Err(bad) => vec![bad.to_string()],
    }
}

fn line_of(annotation: &Annotation) -> String {
    let word = |text: &Option<String>| text.as_deref().unwrap_or("-").replace([' ', '\t'], "_");
    let mut line = format!("{} {}", word(&annotation.id), word(&annotation.on));
    if let Some(Selector { quote, prev, next, at, .. }) = &annotation.target {
        line.push_str(&format!(" [{prev}|{quote}|{next}]"));
        line.extend(at.map(|at| format!(" {at:?}")));
    }
    match &annotation.body {
        Body::Note(note) => {
            line.push_str(&format!(" {}", note.kind.word()));
            line.extend((!note.text.is_empty()).then(|| format!(" {:?}", note.text)));
            line.extend(note.tags.iter().map(|tag| format!(" #{tag}")));
            line.extend(note.color.map(|color| format!(" {}", color.word())));
        }
        Body::Actor(actor) => line.push_str(&format!(" actor {}", actor.name)),
        Body::Position(position) => {
            let words = [position.actor.clone(), position.act.map(|act| act.word().to_owned())];
            line.push_str(" position");
            line.extend(words.into_iter().flatten().chain(position.to.clone()).map(|word| format!(" {word}")));
            line.extend(position.gist.iter().map(|gist| format!(" {gist:?}")));
        }
    }
    line.extend(annotation.links.iter().map(|(relation, id)| format!(" {relation}:{}", id.replace([' ', '\t'], "_"))));
    line.extend(annotation.created.map(|time| format!(" {time}")));
    line
}

/// A small good file of each format.
fn sample(format: Format) -> &'static str {
    match format {
        Format::Own => {
            "format = \"demarche-notes/1\"\n\n[[note]]\nid = \"aaaaaa\"\nquote = \"new boats\"\ntext = \"so?\"\n"
        }
        Format::Hypothesis => {
            "{\"rows\": [{\"id\": \"a\", \"uri\": \"u\", \"text\": \"so?\", \"tags\": [\"x\"], \"target\": [{\"selector\": [{\"type\":\n\
            \"TextQuoteSelector\", \"exact\": \"new boats\"}, {\"type\": \"TextPositionSelector\", \"start\": 1, \"end\": 9}]}]}]}"
        }
        Format::Web => {
            "[{\"@context\": \"c\", \"type\": \"Annotation\", \"id\": \"a\", \"body\": {\"value\": \"so?\"}, \"target\": {\"source\": \"u\",\n\
            \"selector\": {\"type\": \"TextQuoteSelector\", \"exact\": \"new boats\"}}}]"
        }
        Format::Readwise => "Highlight,Title,Note\n\"new boats\",\"T\",so?\n",
        Format::Kindle => {
            "T (A)\n- Your Highlight on Location 1-2 | Added on Sunday, March 1, 2026 8:05:12 PM\n\nnew boats\n==========\n"
        }
        Format::Koreader => {
            "{\"title\": \"T\", \"entries\": [{\"text\": \"new boats\", \"note\": \"so?\", \"time\": 1772359200}]}"
        }
        Format::Brat => "T1\tBoat 4 13\tnew boats\n#1\tAnnotatorNotes T1\tso?\n",
        Format::Tsv => "new boats\tso?\tx\n",
    }
}

/// Reads bytes as a format and takes them as far as a notes file; returns the first mistake.
fn import(format: Format, bytes: &[u8]) -> Option<Bad> {
    let document = document("The crew wants new boats.\n");
    let lines = bytes.split(|&byte| byte == b'\n').count() + 1;
    let found = match read(format, bytes) {
        Ok(found) => found,
        Err(bad) => Found { annotations: Vec::new(), bad: vec![bad] },
    };
    for bad in &found.bad {
        assert!((1..=lines).contains(&bad.line), "{bad}");
        assert!(!bad.to_string().chars().any(char::is_control) && bad.to_string().chars().count() < 500, "{bad}");
    }
    let mut notes = Notes::new();
    let plan = plan(&document, &notes, format, found.annotations);
    notes.change(&document, plan.edit);
    assert_eq!((notes.entries().len(), notes.problems()), (plan.added, &[][..]));
    assert!(!notes.to_toml().chars().any(|c| c.is_control() && c != '\n'), "what a terminal obeys is escaped");
    found.bad.into_iter().next()
}

/// Checks the first mistake of a broken file; each format in turn.
#[track_caller]
fn check_all(broken: impl Fn(Format) -> Vec<u8>, expected: impl Fn(Format) -> Option<&'static str>) {
    for &format in Format::ALL {
        let bad = import(format, &broken(format)).map(|bad| bad.to_string());
        match (expected(format), bad) {
            (None, None) => {}
            (Some(expected), Some(bad)) if bad.contains(expected) => {}
            (expected, bad) => panic!("{}: {bad:?} and not {expected:?}", format.word()),
        }
    }
}

#[test]
fn good_files_are_imported_and_known_for_what_they_are() {
    check_all(|format| sample(format).into(), |_| None);
    for &format in Format::ALL {
        assert_eq!(detect("-", sample(format).as_bytes()), Some(format));
    }
}

#[test]
fn a_byte_order_mark_and_utf_16_are_read() {
    check_all(|format| format!("\u{feff}{}", sample(format)).into(), |_| None);
    let utf_16 = |format: Format| [0xFEFF].into_iter().chain(sample(format).encode_utf16()).flat_map(u16::to_le_bytes);
    check_all(|format| utf_16(format).collect(), |_| None);
}

#[test]
fn what_is_not_utf_8_is_named() {
    let broken = |format: Format| [sample(format).as_bytes(), b"\n\xFF\xC3"].concat();
    check_all(broken, |_| Some("the text is not valid UTF-8"));
}

#[test]
fn a_file_that_was_cut_is_no_smaller_file() {
    use Format::*;
    let cut = |format: Format| sample(format).as_bytes()[..sample(format).len() * 2 / 3].to_vec();
    check_all(cut, |format| match format {
        Own => Some("5: key with no value, expected `=`"),
        Hypothesis | Web => Some("2: no JSON as expected: EOF while parsing"),
        Koreader => Some("1: no JSON as expected: EOF while parsing"),
        Kindle => Some("1: the file ends in the middle of a clipping"),
        Readwise => Some("2: a quotation mark is not closed"),
        Brat => Some("2: something is missing"),
        // The last line of a file of lines may be shorter, and nothing tells.
        Tsv => None,
    });
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}"), ("{\"target\":", "}"), ("[{\"body\":", "}]")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        for format in [Format::Hypothesis, Format::Web, Format::Koreader] {
            assert!(import(format, deep.as_bytes()).is_some(), "{} {open}", format.word());
        }
        let row = format!("[{}]", deep);
        assert!(import(Format::Hypothesis, row.as_bytes()).unwrap().reason.contains("no JSON") || open == "[");
    }
    let table = format!("[[note]]\nx = {}1{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert!(import(Format::Own, table.as_bytes()).is_some());
}

#[test]
fn a_giant_line_is_refused() {
    let giant = "boats and ".repeat(1 << 20);
    check_all(
        |format| sample(format).replace("new boats", &giant).into(),
        |format| match format {
            Format::Brat => Some("the words are longer than the offsets say"),
            _ => Some("quote: is longer than a megabyte"),
        },
    );
    check_all(|_| giant.clone().into(), |_| Some(""));
}

#[test]
fn more_than_a_reader_marks_is_refused() {
    let many = |text: &str| text.repeat(MOST + 2);
    let file = |format| match format {
        Format::Own => format!("format = \"demarche-notes/1\"\n{}", many("[[note]]\n")),
        Format::Hypothesis | Format::Web => format!("[{}{{}}]", many("{},")),
        Format::Koreader => format!("{{\"entries\": [{}{{}}]}}", many("{},")),
        Format::Readwise => format!("Highlight\n{}", many("a\n")),
        Format::Kindle => many("T\n- Your Highlight on Location 1\n\nx\n==========\n"),
        Format::Brat => many("T1\tA 0 1\ta\n"),
        Format::Tsv => many("a\n"),
    };
    check_all(|format| file(format).into(), |_| Some("there are more than 200000 annotations"));
}

#[test]
fn what_a_terminal_obeys_reaches_no_message_and_no_file() {
    let live = "new \u{1b}]52;c;x\u{7}\u{9b}31mboats\u{202e}";
    let json = |format| matches!(format, Format::Hypothesis | Format::Web | Format::Koreader);
    check_all(
        |format| sample(format).replace("new boats", live).into(),
        |format| match format {
            Format::Own => Some("invalid basic string"),
            Format::Brat => Some("the words are longer"),
            format if json(format) => Some("control character"),
            _ => None,
        },
    );
    let escaped = |format| sample(format).replace("new boats", r"new \u001b]52;c;x\u0007\u009b31mboats\u202e");
    check_all(|format| escaped(format).into(), |format| (format == Format::Brat).then_some("the words are longer"));
}

#[test]
fn one_id_is_one_annotation() {
    let row = |text: &str| format!("{{\"id\": \"a\", \"text\": \"{text}\", \"target\": \"u\"}}");
    let twice = |one: &str, other: &str| format!("[{},\n{}]", row(one), row(other));
    assert_eq!(import(Format::Web, twice("x", "y").as_bytes()), None, "an annotation without a body says nothing");
    let rows = |one: &str, other: &str| twice(one, other).replace("\"target\": \"u\"", "\"uri\": \"u\"");
    assert_eq!(import(Format::Hypothesis, rows("x", "x").as_bytes()), None);
    let bad = import(Format::Hypothesis, rows("x", "y").as_bytes()).unwrap();
    assert_eq!(bad.to_string(), "2: id: 'a' is the one of line 1, too");
    let marks = "T1\tBoat 4 5\tx\nT1\tBoat 6 7\ty\n";
    assert_eq!(import(Format::Brat, marks.as_bytes()).unwrap().to_string(), "2: there are two marks 'T1'");
}

#[test]
fn numbers_that_are_too_large_are_named() {
    let huge =
        |format: Format, number: &str, by: &str| import(format, sample(format).replace(number, by).as_bytes()).unwrap();
    let position = huge(Format::Hypothesis, "9}", "1e99}").to_string();
    assert_eq!(position, "1: target[0].selector[1].end: 1e+99 is no count of characters");
    let time = huge(Format::Koreader, "1772359200", "99999999999999999999").to_string();
    assert_eq!(time, "1: time: 1e+20 is no time in seconds");
    assert!(huge(Format::Koreader, "1772359200", "1e9999").reason.contains("number out of range"));
    assert_eq!(huge(Format::Brat, "13", "99999999999").to_string(), "1: the words are shorter than the offsets say");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(format in 0..Format::ALL.len(), from in 0..200usize, len in 0..40usize, put in "([\\[\\]{}\",:;=#\t\n 0-9T\u{1b}\u{feff}]|null|new){0,12}") {
        let format = Format::ALL[format];
        let good: Vec<char> = sample(format).chars().collect();
        let (from, to) = (from.min(good.len()), (from + len).min(good.len()));
        let text: String = good[..from].iter().copied().chain(put.chars()).chain(good[to..].iter().copied()).collect();
        import(format, text.as_bytes());
    }

    #[test]
    fn any_bytes_are_read_or_refused(format in 0..Format::ALL.len(), bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        import(Format::ALL[format], &bytes);
        detect("-", &bytes);
    }
}
