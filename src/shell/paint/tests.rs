mod margins;

use std::num::NonZero;
use std::ops::Range;

use proptest::prelude::*;
use ratatui::style::Style;
use vt100::Parser;

use super::*;

const COLUMNS: u16 = 30;
const ROWS: u16 = 12;

/// A painter and the terminal that it paints.
struct Desk {
    painter: Painter,
    terminal: Parser,
}

impl Desk {
    fn new(erases_in_colour: bool) -> Desk {
        Desk { painter: Painter::new(erases_in_colour), terminal: Parser::new(size(ROWS), size(COLUMNS), 0) }
    }

    fn with_margins() -> Desk {
        let mut desk = Desk::new(true);
        desk.painter.use_margins();
        desk
    }

    /// Paints a frame and looks whether the terminal shows it; returns the bytes.
    #[track_caller]
    fn check(&mut self, frame: &Buffer, cursor: Option<Place>) -> Vec<u8> {
        let bytes = self.painter.paint(frame.clone(), cursor);
        margins::process(&mut self.terminal, &bytes);
        let screen = self.terminal.screen();
        let mut expected = frame.clone();
        settle(&mut expected);
        for (x, y) in (0..ROWS).flat_map(|y| (0..COLUMNS).map(move |x| (x, y))) {
            let (cell, shown) = (&expected[(x, y)], screen.cell(y, x).unwrap());
            if cell.symbol().is_empty() {
                continue;
            }
            let said = if shown.has_contents() { shown.contents() } else { " " };
            let bytes = String::from_utf8_lossy(&bytes);
            assert_eq!((said, shown.bgcolor()), (cell.symbol(), colour(cell.bg)), "at {x},{y} after {bytes:?}");
            assert_eq!(shown.underline(), cell.modifier.contains(Modifier::UNDERLINED), "at {x},{y} after {bytes:?}");
            if said != " " {
                let look = (shown.fgcolor(), shown.bold(), shown.italic());
                let modifier = |m| cell.modifier.contains(m);
                assert_eq!(look, (colour(cell.fg), modifier(Modifier::BOLD), modifier(Modifier::ITALIC)), "at {x},{y}");
            }
        }
        assert_eq!(screen.hide_cursor(), cursor.is_none());
        if let Some((x, y)) = cursor {
            assert_eq!(screen.cursor_position(), (y, x));
        }
        bytes
    }
}

fn size(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn colour(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        _ => vt100::Color::Default,
    }
}

fn screen(style: Style) -> Buffer {
    let mut frame = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
    frame.set_style(frame.area, style);
    frame
}

/// Lines that have little in common.
const WORDS: [&str; 7] = [
    "the ferry left at noon",
    "nobody was seen again",
    "while both ports waited",
    "a storm had come up",
    "over the long lake",
    "it turned back, said",
    "Rosa Lind of the harbour",
];

/// A frame of those lines from one of them on, in the columns from `x` on.
fn lines(first: usize, x: u16, style: Style) -> Buffer {
    let mut frame = screen(style);
    for y in 1..ROWS - 1 {
        frame.set_string(x, y, WORDS[(first + usize::from(y)) % WORDS.len()], style);
    }
    frame
}

#[test]
fn what_is_shown_already_is_not_painted() {
    let mut desk = Desk::new(true);
    let frame = lines(1, 0, Style::new());
    desk.check(&frame, Some((3, 3)));
    assert_eq!(desk.check(&frame, Some((3, 3))), b"");
    assert_eq!(desk.check(&frame, Some((4, 4))), b"\n\x1b[C");
    assert_eq!(desk.check(&frame, None), b"\x1b[?25l");
}

#[test]
fn many_blanks_are_erased_and_few_are_written() {
    let mut desk = Desk::new(true);
    let mut check = |row: &str, expected: &str| {
        let mut frame = screen(Style::new());
        frame.set_string(0, 5, row, Style::new());
        let bytes = desk.check(&frame, Some((0, 5)));
        assert_eq!(String::from_utf8_lossy(&bytes).replace('\x1b', "^"), expected);
    };
    check("abcdefghijklmnopqrstuvwxyz !", "^[m^[2J^[6Habcdefghijklmnopqrstuvwxyz !^[?25h\r");
    check("ab  efghijk     qrstuvwxyz !", "ab  ^[7C^[5X\r");
    check("ab  efghijk      rstuvwxyz !", "^[16C \r");
    check("ab  efghijk     q          !", "^[16Cq^[9X\r");
    check("ab  efghijk     q         z!", "^[26Cz\r");
    check("Ab                         ", "Ab  ^[K\r");
}

#[test]
fn lines_that_moved_are_not_written_again() {
    for ground in [Style::new(), Style::new().bg(Color::Rgb(1, 2, 3))] {
        let mut desk = Desk::new(true);
        desk.check(&lines(1, 4, ground), None);
        for first in [2, 3, 1, 4] {
            let bytes = desk.check(&lines(first, 4, ground), None);
            assert!(bytes.starts_with(b"\x1b[") && bytes.len() < 160, "{:?}", String::from_utf8_lossy(&bytes));
            assert!(
                bytes.windows(5).any(|bytes| bytes == b";11r\x1b"),
                "a region: {:?}",
                String::from_utf8_lossy(&bytes)
            );
        }
    }
}

#[test]
fn what_stands_beside_moving_lines_stays() {
    let mut desk = Desk::new(true);
    for first in [1, 2, 3, 2, 9] {
        let mut frame = lines(first, 0, Style::new());
        frame.set_string(24, 2, "aside", Style::new().fg(Color::Red));
        desk.check(&frame, Some((0, 1)));
    }
}

/// Two panes, each with its own lines.
fn panes(left: usize, right: usize) -> Buffer {
    let mut frame = lines(left, 0, Style::new());
    for y in 0..ROWS {
        frame.set_string(15, y, "|              ", Style::new());
    }
    for y in 2..ROWS {
        frame.set_string(17, y, &WORDS[(right + usize::from(y)) % WORDS.len()][..12], Style::new().fg(Color::Red));
    }
    frame
}

#[test]
fn what_stands_beside_moving_lines_is_not_written_where_there_are_margins() {
    let mut desk = Desk::with_margins();
    for (at, (left, right)) in [(1, 1), (2, 1), (3, 1), (1, 1), (1, 2), (1, 1), (2, 3)].into_iter().enumerate() {
        let bytes = desk.check(&panes(left, right), None);
        let said = String::from_utf8_lossy(&bytes);
        assert!(at == 0 || (said.contains("\x1b[?69h") && bytes.len() < 190), "{} in {said:?}", bytes.len());
    }
}

#[test]
fn a_margin_does_not_cut_a_wide_character() {
    let mut desk = Desk::with_margins();
    for left in [1, 2, 3, 2] {
        let mut frame = panes(left, 1);
        for y in 1..ROWS - 1 {
            frame.set_string(13, y, ["日", "本", "語"][(left + usize::from(y)) % 3], Style::new());
        }
        let bytes = desk.check(&frame, None);
        assert!(left == 1 || String::from_utf8_lossy(&bytes).contains("\x1b[1;15s"));
    }
}

#[test]
fn a_screen_of_another_size_is_painted_in_full() {
    let mut desk = Desk::new(true);
    desk.check(&lines(1, 0, Style::new()), None);
    let small = Buffer::filled(Rect::new(0, 0, 5, 1), Cell::new("x"));
    let bytes = desk.painter.paint(small, None);
    assert_eq!(bytes, b"\x1b[m\x1b[2J\x1b[Hxxxxx\x1b[?25l");
    assert_eq!(desk.painter.paint(Buffer::empty(Rect::ZERO), None), b"\x1b[m\x1b[2J\x1b[?25l");
}

#[test]
fn a_terminal_that_erases_without_colour_is_given_every_cell() {
    let ground = Style::new().bg(Color::Indexed(4));
    let mut desk = Desk::new(false);
    for first in [1, 2, 7] {
        let bytes = desk.check(&lines(first, 3, ground), None);
        assert!(!bytes.windows(3).any(|bytes| bytes == b"\x1b[K"));
    }
}

fn style() -> impl Strategy<Value = Style> {
    let colours = [Color::Reset, Color::Red, Color::LightBlue, Color::Indexed(200), Color::Rgb(9, 8, 7)];
    let modifiers = [Modifier::empty(), Modifier::BOLD, Modifier::ITALIC | Modifier::BOLD, Modifier::UNDERLINED];
    let colour = || proptest::sample::select(colours.to_vec());
    (colour(), colour(), proptest::sample::select(modifiers.to_vec()))
        .prop_map(|(fg, bg, modifier)| Style::new().fg(fg).bg(bg).add_modifier(modifier))
}

/// What happens from one frame to the next.
#[derive(Clone, Debug)]
enum Change {
    Write(u16, u16, String, Style),
    Scroll(Range<usize>, Range<usize>, i16),
    Clear(Style),
}

/// Some of so many rows or columns.
fn stretch(of: u16) -> impl Strategy<Value = Range<usize>> {
    let half = usize::from(of / 2);
    (0..half, half..usize::from(of) + 1).prop_map(|(start, end)| start..end)
}

fn change() -> impl Strategy<Value = Change> {
    let words = "([a-e ]|日|本|e\u{301}|é){1,24}";
    prop_oneof![
        4 => (0..COLUMNS, 0..ROWS, words, style()).prop_map(|(x, y, words, style)| Change::Write(x, y, words, style)),
        2 => (stretch(ROWS), prop_oneof![Just(0..usize::from(COLUMNS)), stretch(COLUMNS)], -5..6i16)
            .prop_map(|(rows, columns, by)| Change::Scroll(rows, columns, by)),
        1 => style().prop_map(Change::Clear),
    ]
}

fn apply(change: Change, frame: &mut Buffer) {
    match change {
        Change::Write(x, y, words, style) => {
            frame.set_string(x, y, words, style);
        }
        Change::Scroll(rows, columns, by) => columns.for_each(|x| {
            let place = |y: usize| y * usize::from(COLUMNS) + x;
            let mut column: Vec<Cell> = rows.clone().map(|y| frame.content[place(y)].clone()).collect();
            let distance = usize::from(by.unsigned_abs()).min(column.len());
            if by > 0 {
                column.rotate_left(distance)
            } else {
                column.rotate_right(distance)
            }
            rows.clone().zip(column).for_each(|(y, cell)| frame.content[place(y)] = cell);
        }),
        Change::Clear(style) => *frame = screen(style),
    }
}

#[test]
fn one_column_alone_is_no_region() {
    let lettered = |first: u8, columns: u16| {
        let mut frame = screen(Style::new());
        for (x, y) in (0..columns).flat_map(|x| (0..ROWS).map(move |y| (x + 2, y))) {
            frame[(x, y)].set_symbol(&char::from(first + y as u8).to_string());
        }
        frame
    };
    for (columns, expected) in [(1, None), (2, Some(2..4))] {
        let shift = Shift { top: 0, bottom: ROWS - 1, columns: 0..COLUMNS, by: 1 };
        let narrow = shift.narrow(&lettered(b'a', columns), &lettered(b'b', columns));
        assert_eq!(narrow.map(|narrow| narrow.columns), expected);
    }
}

proptest! {
    #[test]
    fn the_terminal_shows_every_frame(
        frames in proptest::collection::vec(proptest::collection::vec(change(), 0..8), 1..8),
        erases_in_colour: bool,
        margins: bool,
        cursor in proptest::option::of((0..COLUMNS, 0..ROWS)),
    ) {
        let mut desk = Desk::new(erases_in_colour);
        if margins {
            desk.painter.use_margins();
        }
        let mut frame = screen(Style::new());
        for changes in frames {
            changes.into_iter().for_each(|change| apply(change, &mut frame));
            desk.check(&frame, cursor);
        }
    }
}
