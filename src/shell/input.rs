//! The terminal's bytes to events: keys, mouse, pasted text. What a terminal reports unasked is passed over.
//!
//! A library that reads the terminal itself was refused: it reads until a sequence is complete, which blocks on a
//! stray escape, spins when the terminal is gone, and leaves what is more than its buffer lying until the next key.
//! Here bytes come from whoever waits for them, and what is unfinished when none follow is settled by a pause.

mod csi;

use crate::app::{Code, Event, Key};

/// The most bytes of a paste that are kept before they are handed on; a longer one arrives in pieces.
const PIECE: usize = 1 << 20;

/// The most bytes of one sequence; a longer one is none of ours.
const SEQUENCE: usize = 4096;

const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// How the answers begin to the question whether a terminal knows left and right margins (DECRPM of mode 69), and how they
/// go on where it does: they are set, or not now.
const MARGINS: &[u8] = b"\x1b[?69;";
const KNOWN: [&[u8]; 2] = [b"1$y", b"2$y"];

/// No key begins so: it is an answer of the terminal, which a slow line may deliver in pieces.
const ANSWER: &[u8] = b"\x1b[?";
/// One that is as long as this and has no end is none.
const ANSWERS: usize = 32;

/// Decodes input; keeps what is unfinished from one read to the next.
#[derive(Debug, Default)]
pub struct Input {
    pending: Vec<u8>,
    /// What of a paste has arrived.
    paste: Option<Vec<u8>>,
    /// What the terminal has said of margins, until it is asked for.
    margins: Option<bool>,
}

/// What the next bytes are.
enum Step {
    /// So many bytes, and what they mean.
    Done(usize, Option<Event>),
    /// The beginning of something.
    Unfinished,
}

impl Input {
    /// Takes in what was read; returns what is complete.
    pub fn feed(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.pending.extend_from_slice(bytes);
        let mut events = Vec::new();
        let mut at = 0;
        while at < self.pending.len() {
            if self.paste.is_some() {
                match self.take_paste(at) {
                    (next, Some(text)) => {
                        events.push(Event::Paste(text));
                        at = next;
                        continue;
                    }
                    (next, None) => {
                        at = next;
                        break;
                    }
                }
            }
            if self.pending[at..].starts_with(PASTE_START) {
                self.paste = Some(Vec::new());
                at += PASTE_START.len();
                continue;
            }
            match step(&self.pending[at..]) {
                Step::Done(length, event) => {
                    if let Some(answer) = self.pending[at..at + length].strip_prefix(MARGINS) {
                        self.margins = Some(KNOWN.contains(&answer));
                    }
                    events.extend(event);
                    at += length;
                }
                Step::Unfinished => break,
            }
        }
        self.pending.drain(..at);
        events
    }

    /// Returns once what the terminal has said of left and right margins: whether it knows them.
    pub fn take_margins(&mut self) -> Option<bool> {
        self.margins.take()
    }

    /// Returns whether something has begun that the next bytes may belong to.
    pub fn is_unfinished(&self) -> bool {
        !self.pending.is_empty() || self.paste.is_some()
    }

    /// Returns whether it is a paste, which may pause for longer than a key.
    pub fn is_pasting(&self) -> bool {
        self.paste.is_some()
    }

    /// Ends what is unfinished, after a pause: a lone escape is the key, a sequence that breaks off is nothing, and
    /// a paste without an end is what has arrived of it. An answer of the terminal is waited for.
    pub fn settle(&mut self) -> Vec<Event> {
        if self.paste.is_none() && self.pending.starts_with(ANSWER) && self.pending.len() < ANSWERS {
            return Vec::new();
        }
        let pending = std::mem::take(&mut self.pending);
        if let Some(mut paste) = self.paste.take() {
            paste.extend(pending);
            return vec![Event::Paste(String::from_utf8_lossy(&paste).into_owned())];
        }
        let key = match pending.as_slice() {
            [0x1B] => Some(Key::plain(Code::Esc)),
            [0x1B, letter] if letter.is_ascii() => Some(Key { alt: true, ..Key::from(char::from(*letter)) }),
            _ => None,
        };
        key.map(Event::Key).into_iter().collect()
    }

    /// Moves the bytes of a paste from `at` on; returns where they end, and the text when it or a piece is whole.
    fn take_paste(&mut self, at: usize) -> (usize, Option<String>) {
        let Some(paste) = &mut self.paste else { return (at, None) };
        let bytes = &self.pending[at..];
        if let Some(end) = memchr::memmem::find(bytes, PASTE_END) {
            paste.extend_from_slice(&bytes[..end]);
            let text = String::from_utf8_lossy(paste).into_owned();
            self.paste = None;
            return (at + end + PASTE_END.len(), Some(text));
        }
        // The last bytes may be the first of the end's mark, so they wait.
        let sure = bytes.len().saturating_sub(PASTE_END.len() - 1);
        paste.extend_from_slice(&bytes[..sure]);
        (at + sure, (paste.len() >= PIECE).then(|| take_whole_characters(paste)))
    }
}

/// Takes the text out of a buffer but for a character that is cut off at its end.
fn take_whole_characters(buffer: &mut Vec<u8>) -> String {
    let start_of_last = buffer.iter().rposition(|byte| byte & 0xC0 != 0x80).unwrap_or(0);
    let cut = if std::str::from_utf8(&buffer[start_of_last..]).is_ok() { buffer.len() } else { start_of_last };
    let rest = buffer.split_off(cut);
    let text = String::from_utf8_lossy(buffer).into_owned();
    *buffer = rest;
    text
}

fn step(bytes: &[u8]) -> Step {
    match *bytes {
        [0x1B] => Step::Unfinished,
        [0x1B, 0x1B, ..] => key(1, Key::plain(Code::Esc)),
        [0x1B, b'[', ref rest @ ..] => csi::step(rest).after(2),
        [0x1B, b'O', ref rest @ ..] => csi::single_shift(rest).after(2),
        [0x1B, b']' | b'P' | b'X' | b'^' | b'_', ref rest @ ..] => text_of_terminal(rest).after(2),
        [0x1B, ref rest @ ..] => match step(rest) {
            Step::Done(length, Some(Event::Key(key))) => {
                Step::Done(length + 1, Some(Event::Key(Key { alt: true, ..key })))
            }
            other => other.after(1),
        },
        [byte, ..] if byte < 0x20 || byte == 0x7F => key(1, control(byte)),
        _ => character(bytes),
    }
}

fn key(length: usize, key: Key) -> Step {
    Step::Done(length, Some(Event::Key(key)))
}

impl Step {
    /// Returns the step of a sequence whose first bytes were taken off.
    fn after(self, length: usize) -> Step {
        match self {
            Step::Done(more, event) => Step::Done(length + more, event),
            Step::Unfinished => Step::Unfinished,
        }
    }
}

fn control(byte: u8) -> Key {
    let code = match byte {
        b'\r' => Code::Enter,
        b'\t' => Code::Tab,
        0x08 | 0x7F => Code::Backspace,
        0 => return Key { ctrl: true, ..Key::from(' ') },
        1..=26 => return Key { ctrl: true, ..Key::from(char::from(byte - 1 + b'a')) },
        _ => return Key { ctrl: true, ..Key::from(char::from(byte + b'@')) },
    };
    Key::plain(code)
}

fn character(bytes: &[u8]) -> Step {
    let length = match bytes[0] {
        0..=0x7F => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return Step::Done(1, None),
    };
    let whole = bytes.len().min(length);
    match std::str::from_utf8(&bytes[..whole]) {
        Ok(text) => Step::Done(length, text.chars().next().map(|c| Event::Key(Key::from(c)))),
        Err(error) if error.error_len().is_none() => Step::Unfinished,
        Err(error) => Step::Done(error.error_len().unwrap_or(1), None),
    }
}

/// Passes over what a terminal says of itself (OSC, DCS, SOS, PM, APC), up to its end.
fn text_of_terminal(bytes: &[u8]) -> Step {
    match bytes.iter().position(|byte| matches!(byte, 0x07 | 0x1B)) {
        Some(end) if bytes[end] == 0x07 => Step::Done(end + 1, None),
        Some(end) if bytes.get(end + 1) == Some(&b'\\') => Step::Done(end + 2, None),
        Some(end) if end + 1 < bytes.len() => Step::Done(end, None),
        _ if bytes.len() > SEQUENCE => Step::Done(bytes.len(), None),
        _ => Step::Unfinished,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Mouse;
    use proptest::prelude::*;

    /// Writes events as a user would: keys by their names, a paste in quotes, the mouse by place.
    fn spell(events: Vec<Event>) -> String {
        let spelled = events.into_iter().map(|event| match event {
            Event::Key(key) => key.to_string(),
            Event::Paste(text) => format!("{text:?}"),
            Event::Mouse(Mouse { kind, column, row }) => format!("{kind:?}@{column},{row}"),
            other => format!("{other:?}"),
        });
        spelled.collect::<Vec<_>>().join(" ")
    }

    #[track_caller]
    fn check(bytes: &[u8], expected: &str) {
        let mut input = Input::default();
        let mut events = input.feed(bytes);
        events.extend(input.settle());
        assert_eq!(spell(events), expected);
        assert!(!input.is_unfinished());
    }

    #[test]
    fn what_is_typed() {
        check(b"jG /", "j G space /");
        check("é€😀".as_bytes(), "é € 😀");
        check(b"\r\t\x7f\x08", "enter tab backspace backspace");
        check(b"\x01\x04\x1a\x00\x1f", "ctrl-a ctrl-d ctrl-z ctrl-space ctrl-_");
        check(b"\xff\xc3(a", "( a");
    }

    #[test]
    fn named_keys() {
        check(b"\x1b[A\x1b[B\x1bOC\x1bOD", "up down right left");
        check(b"\x1b[H\x1b[F\x1b[1~\x1b[4~\x1bOH", "home end home end home");
        check(b"\x1b[2~\x1b[3~\x1b[5~\x1b[6~", "insert delete pageup pagedown");
        check(b"\x1bOP\x1b[15~\x1b[24~\x1b[[A", "f1 f5 f12 f1");
        check(b"\x1b[Z\x1b[1;5C\x1b[3;2~", "shift-tab ctrl-right shift-delete");
        check(b"\x1b[97;5u\x1b[27;5;120~", "ctrl-a ctrl-x");
    }

    #[test]
    fn escape_is_a_key_when_nothing_follows() {
        check(b"\x1b", "esc");
        check(b"\x1b\x1b", "esc esc");
        check(b"\x1bx\x1b[", "alt-x alt-[");
        check(b"\x1b\x1b[A", "esc up");
        check(b"\x1b[1;", "");
    }

    #[test]
    fn what_nobody_asked_for_is_passed_over() {
        check(b"a\x1b[Ib\x1b[Oc", "a b c");
        check(b"a\x1b[999999;999999Rb\x1b[?1;2cc", "a b c");
        check(b"a\x1b]11;rgb:ff/ff/ff\x07b\x1bP1$r\x1b\\c", "a b c");
    }

    #[test]
    fn the_mouse() {
        check(b"\x1b[<0;10;5M\x1b[<32;11;5M\x1b[<0;12;5m", "Press@9,4 Drag@10,4 Release@11,4");
        check(b"\x1b[<64;1;1M\x1b[<65;1;1M\x1b[<2;1;1M\x1b[<35;1;1M", "WheelUp@0,0 WheelDown@0,0");
        check(b"\x1b[M !!\x1b[M#!!", "Press@0,0 Release@0,0");
    }

    #[test]
    fn what_the_terminal_says_of_margins() {
        for (answer, knows) in [("1", true), ("2", true), ("0", false), ("3", false), ("4", false)] {
            let mut input = Input::default();
            let (head, tail) = "ab\x1b[?69;".split_at(6);
            assert_eq!(spell(input.feed(head.as_bytes())), "a b");
            input.settle();
            assert_eq!(spell(input.feed(format!("{tail}{answer}$yc").as_bytes())), "c");
            assert_eq!((input.take_margins(), input.take_margins()), (Some(knows), None), "{answer}");
        }
        let mut input = Input::default();
        input.feed(b"\x1b[200~\x1b[?69;2$y\x1b[201~\x1b[?2026;2$y");
        assert_eq!(input.take_margins(), None, "what is pasted says nothing");
    }

    #[test]
    fn pasted_text_is_one_event() {
        check(b"a\x1b[200~two\rlines \x1b[A\x1b[201~b", "a \"two\\rlines \\u{1b}[A\" b");
        check(b"\x1b[200~no end", "\"no end\"");
    }

    #[test]
    fn a_long_paste_arrives_in_pieces_and_whole() {
        let text = "äb".repeat(PIECE);
        let mut input = Input::default();
        let mut arrived = String::new();
        let bytes = [PASTE_START, text.as_bytes(), PASTE_END].concat();
        for chunk in bytes.chunks(4095) {
            for event in input.feed(chunk) {
                let Event::Paste(piece) = event else { panic!("{event:?}") };
                assert!(piece.len() <= PIECE + 4095);
                arrived.push_str(&piece);
            }
        }
        assert!(arrived == text);
    }

    fn terminal_bytes() -> impl Strategy<Value = Vec<u8>> {
        let piece = prop_oneof![
            prop::collection::vec(any::<u8>(), 0..6),
            Just(b"\x1b[".to_vec()),
            Just(b"\x1b[<0;1".to_vec()),
            Just(b"\x1b[200~".to_vec()),
            Just(b"\x1b[201~".to_vec()),
            Just(b"\x1b[M".to_vec()),
            Just(b"\x1bP".to_vec()),
            Just(b"\x1b\\".to_vec()),
            "[0-9;:<>?~uAZM]{0,8}".prop_map(String::into_bytes),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived_and_settled(bytes in terminal_bytes()) {
            let mut input = Input::default();
            input.feed(&bytes);
            input.settle();
            prop_assert!(!input.is_unfinished());
            prop_assert_eq!(spell(input.feed(b"q")), "q");
        }

        #[test]
        fn how_the_bytes_are_cut_makes_no_difference(bytes in terminal_bytes(), cut in 0usize..40) {
            let mut whole = Input::default();
            let mut events = whole.feed(&bytes);
            events.extend(whole.settle());
            let (head, tail) = bytes.split_at(cut.min(bytes.len()));
            let mut pieces = Input::default();
            let mut cut_events = pieces.feed(head);
            cut_events.extend(pieces.feed(tail));
            cut_events.extend(pieces.settle());
            prop_assert_eq!(spell(events), spell(cut_events));
        }
    }
}
