//! Control sequences: named keys with their modifiers, and the mouse.

use super::{SEQUENCE, Step};
use crate::app::{Code, Event, Key, Mouse, MouseKind};

/// Reads what follows `ESC [`.
pub fn step(bytes: &[u8]) -> Step {
    match *bytes {
        // The Linux console's function keys, and the mouse of terminals that know no better.
        [b'[', letter, ..] => Step::Done(2, function_letter(letter).map(|code| Event::Key(Key::plain(code)))),
        [b'M', button, column, row, ..] => Step::Done(4, old_mouse(button, column, row)),
        [b'[' | b'M', ..] => Step::Unfinished,
        _ => {
            let is_parameter = |byte: &u8| matches!(byte, 0x20..=0x3F);
            let parameters = bytes.iter().take_while(|byte| is_parameter(byte)).count();
            match bytes.get(parameters) {
                Some(letter @ 0x40..=0x7E) => Step::Done(parameters + 1, meaning(&bytes[..parameters], *letter)),
                Some(_) => Step::Done(parameters, None),
                None if parameters > SEQUENCE => Step::Done(parameters, None),
                None => Step::Unfinished,
            }
        }
    }
}

/// Reads what follows `ESC O`.
pub fn single_shift(bytes: &[u8]) -> Step {
    let Some(&letter) = bytes.first() else { return Step::Unfinished };
    let key = match letter {
        b'M' => Some(Key::plain(Code::Enter)),
        // The number pad, when a program before this one left it so.
        b'j'..=b'y' => Some(Key::from(char::from(letter - b'j' + b'*'))),
        _ => cursor_letter(letter).or_else(|| function_letter_p(letter)).map(Key::plain),
    };
    Step::Done(usize::from((0x40..=0x7E).contains(&letter)), key.map(Event::Key))
}

fn meaning(parameters: &[u8], letter: u8) -> Option<Event> {
    if let Some(rest) = parameters.strip_prefix(b"<") {
        return mouse(&numbers(rest)?, letter);
    }
    let numbers = numbers(parameters)?;
    let at = |index: usize| numbers.get(index).copied().unwrap_or(0);
    let (code, modifiers) = match letter {
        b'~' if at(0) == 27 => (typed(at(2))?, at(1)),
        b'~' => (numbered(at(0))?, at(1)),
        b'u' => (typed(at(0))?, at(1)),
        b'Z' => return Some(Event::Key(Key { shift: true, ..Key::plain(Code::Tab) })),
        // With another number before it, R is a report of the cursor's place.
        _ if at(0) > 1 => return None,
        _ => (cursor_letter(letter).or_else(|| function_letter_p(letter))?, at(1)),
    };
    Some(Event::Key(modified(code, modifiers)))
}

/// Returns the numbers of a sequence, an omitted one as 0; `None` for a report, which starts with a sign.
fn numbers(parameters: &[u8]) -> Option<Vec<u32>> {
    if parameters.is_empty() {
        return Some(Vec::new());
    }
    let text = std::str::from_utf8(parameters).ok()?;
    let first_of = |field: &str| field.split(':').next().unwrap_or_default().to_owned();
    text.split(';')
        .map(|field| match first_of(field).as_str() {
            "" => Some(0),
            digits => digits.parse().ok(),
        })
        .collect()
}

/// Modifiers come as one more than their sum: 1 shift, 2 alt, 4 control.
fn modified(code: Code, modifiers: u32) -> Key {
    let bits = modifiers.saturating_sub(1);
    let key = Key { code, shift: bits & 1 != 0, alt: bits & 2 != 0, ctrl: bits & 4 != 0 };
    match code {
        // Shift is in the character.
        Code::Char(c) if key.shift => {
            Key { code: Code::Char(c.to_uppercase().next().unwrap_or(c)), shift: false, ..key }
        }
        _ => key,
    }
}

fn typed(number: u32) -> Option<Code> {
    Some(match number {
        9 => Code::Tab,
        13 => Code::Enter,
        27 => Code::Esc,
        8 | 127 => Code::Backspace,
        _ => Code::Char(char::from_u32(number).filter(|c| !c.is_control())?),
    })
}

fn cursor_letter(letter: u8) -> Option<Code> {
    Some(match letter {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'H' => Code::Home,
        b'F' => Code::End,
        _ => return None,
    })
}

fn function_letter_p(letter: u8) -> Option<Code> {
    (b'P'..=b'S').contains(&letter).then(|| Code::Function(letter - b'P' + 1))
}

fn function_letter(letter: u8) -> Option<Code> {
    (b'A'..=b'E').contains(&letter).then(|| Code::Function(letter - b'A' + 1))
}

fn numbered(number: u32) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::Function((number - 10) as u8),
        17..=21 => Code::Function((number - 11) as u8),
        23 | 24 => Code::Function((number - 12) as u8),
        _ => return None,
    })
}

/// Reads a report in the form asked for: button, column, row, and whether it is down.
fn mouse(numbers: &[u32], letter: u8) -> Option<Event> {
    let [button, column, row] = *numbers else { return None };
    let place = |number: u32| u16::try_from(number.saturating_sub(1)).unwrap_or(u16::MAX);
    let kind = kind(button, letter == b'M')?;
    Some(Event::Mouse(Mouse { kind, column: place(column), row: place(row) }))
}

/// Reads a report in the oldest form, each number a byte 32 above it; a release does not say of which button.
fn old_mouse(button: u8, column: u8, row: u8) -> Option<Event> {
    let number = |byte: u8| u32::from(byte).saturating_sub(32);
    let released = number(button) & 3 == 3;
    let button = if released { 0 } else { number(button) };
    mouse(&[button, number(column), number(row)], if released { b'm' } else { b'M' })
}

/// Bits 2 to 4 are modifiers, 5 is motion, 6 the wheel; only the left button means something here.
fn kind(button: u32, down: bool) -> Option<MouseKind> {
    match button & !0b1_1100 {
        64 => Some(MouseKind::WheelUp),
        65 => Some(MouseKind::WheelDown),
        32 => Some(MouseKind::Drag),
        0 if down => Some(MouseKind::Press),
        0 => Some(MouseKind::Release),
        _ => None,
    }
}
