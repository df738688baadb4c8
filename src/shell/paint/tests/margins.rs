//! What the tests' terminal does not know: lines that move between a left and a right margin.

use regex::bytes::Regex;
use vt100::{Cell, Color, Parser};

/// Lets a terminal take in some bytes, and does in its place what it is told between margins.
pub fn process(terminal: &mut Parser, bytes: &[u8]) {
    let within =
        Regex::new(r"\x1b\[\?69h\x1b\[(\d+);(\d+)s\x1b\[(\d+;\d+)r\x1b\[([\d;]*)H\x1b\[(\d+)([ML])\x1b\[\?69l")
            .unwrap();
    let mut at = 0;
    for found in within.captures_iter(bytes) {
        let whole = found.get(0).unwrap();
        terminal.process(&bytes[at..whole.start()]);
        at = whole.end();
        let numbers = |group: usize| -> Vec<u16> {
            let text = std::str::from_utf8(&found[group]).unwrap();
            text.split(';').map(|number| number.parse().unwrap_or(1)).collect()
        };
        let (left, right, rows) = (numbers(1)[0], numbers(2)[0], numbers(3));
        assert!(left < right && right <= terminal.screen().size().1.get());
        // Lines are moved from the cursor on, and only where it is between the margins.
        assert_eq!([numbers(4)[0], *numbers(4).get(1).unwrap_or(&1)], [rows[0], left]);
        let by = numbers(5)[0] as i16;
        shift(terminal, left - 1..right, rows[0] - 1..rows[1], if &found[6] == b"M" { by } else { -by });
    }
    let rest = &bytes[at..];
    assert!(!rest.windows(3).any(|bytes| bytes == b"?69"), "{:?}", String::from_utf8_lossy(rest));
    terminal.process(rest);
}

fn shift(terminal: &mut Parser, columns: std::ops::Range<u16>, rows: std::ops::Range<u16>, by: i16) {
    let before = terminal.screen().clone();
    for y in rows.clone() {
        let source = y.checked_add_signed(by).filter(|y| rows.contains(y));
        terminal.process(format!("\x1b[{};{}H\x1b[m\x1b[{}X", y + 1, columns.start + 1, columns.len()).as_bytes());
        for (x, from) in columns.clone().filter_map(|x| source.map(|y| (x, y))) {
            let cell = before.cell(from, x).unwrap();
            if !cell.is_wide_continuation() {
                terminal.process(format!("\x1b[{};{}H{}", y + 1, x + 1, written(cell)).as_bytes());
            }
        }
    }
    terminal.process(before.attributes_formatted().as_bytes());
}

/// Returns what writes a cell.
fn written(cell: &Cell) -> String {
    let looks = [(cell.bold(), ";1"), (cell.italic(), ";3"), (cell.underline(), ";4")];
    let looks: String = looks.into_iter().filter_map(|(is_on, look)| is_on.then_some(look)).collect();
    let said = if cell.has_contents() { cell.contents() } else { "\x1b[X" };
    format!("\x1b[0{looks}{}{}m{said}", colour(cell.fgcolor(), 38), colour(cell.bgcolor(), 48))
}

fn colour(colour: Color, base: u8) -> String {
    match colour {
        Color::Default => String::new(),
        Color::Idx(index) => format!(";{base};5;{index}"),
        Color::Rgb(r, g, b) => format!(";{base};2;{r};{g};{b}"),
    }
}
