//! Keys as a user writes them: `j`, `G`, `ctrl-d`, `pagedown`, and runs of them: `g g`.

use std::fmt;
use std::str::FromStr;

/// One key with its modifiers. Shift is in the character (`G`); only named keys carry it (`shift-tab`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub code: Code,
    pub ctrl: bool,
    pub alt: bool,
    pub shift: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    Char(char),
    Enter,
    Esc,
    Tab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Function(u8),
}

const NAMES: &[(&str, Code)] = &[
    ("enter", Code::Enter),
    ("esc", Code::Esc),
    ("tab", Code::Tab),
    ("backspace", Code::Backspace),
    ("delete", Code::Delete),
    ("insert", Code::Insert),
    ("up", Code::Up),
    ("down", Code::Down),
    ("left", Code::Left),
    ("right", Code::Right),
    ("home", Code::Home),
    ("end", Code::End),
    ("pageup", Code::PageUp),
    ("pagedown", Code::PageDown),
    ("space", Code::Char(' ')),
];

impl Key {
    /// Returns the key without modifiers.
    pub fn plain(code: Code) -> Key {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// Returns the character the key types, `None` for named keys and with `ctrl` or `alt`.
    pub fn typed(self) -> Option<char> {
        match self.code {
            Code::Char(c) if !self.ctrl && !self.alt => Some(c),
            _ => None,
        }
    }
}

impl From<char> for Key {
    fn from(c: char) -> Key {
        Key::plain(Code::Char(c))
    }
}

impl FromStr for Key {
    type Err = UnknownKey;

    fn from_str(name: &str) -> Result<Key, UnknownKey> {
        let mut key = Key::plain(Code::Esc);
        let mut rest = name;
        loop {
            let modifier = [("ctrl-", &mut key.ctrl), ("alt-", &mut key.alt), ("shift-", &mut key.shift)]
                .into_iter()
                .find_map(|(prefix, flag)| rest.strip_prefix(prefix).filter(|r| !r.is_empty()).map(|r| (r, flag)));
            let Some((after, flag)) = modifier else { break };
            *flag = true;
            rest = after;
        }
        let mut characters = rest.chars();
        key.code = match (characters.next(), characters.next()) {
            (Some(c), None) => Code::Char(c),
            _ => named(rest).ok_or_else(|| UnknownKey(name.to_owned()))?,
        };
        Ok(key)
    }
}

fn named(name: &str) -> Option<Code> {
    let listed = NAMES.iter().find(|(n, _)| *n == name).map(|&(_, code)| code);
    listed.or_else(|| {
        let number = name.strip_prefix('f')?.parse().ok()?;
        (1..=12).contains(&number).then_some(Code::Function(number))
    })
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (flag, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if flag {
                f.write_str(name)?;
            }
        }
        match self.code {
            Code::Function(n) => write!(f, "f{n}"),
            code => match NAMES.iter().find(|(_, c)| *c == code) {
                Some((name, _)) => f.write_str(name),
                None => match code {
                    Code::Char(c) => write!(f, "{c}"),
                    _ => Ok(()),
                },
            },
        }
    }
}

/// A name that no key has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey(pub String);

impl fmt::Display for UnknownKey {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "unknown key '{}'", self.0)
    }
}

/// Reads a run of keys with single spaces between them: `g g`, `] n`.
pub fn parse_keys(keys: &str) -> Result<Vec<Key>, UnknownKey> {
    keys.split(' ').filter(|name| !name.is_empty()).map(str::parse).collect()
}

/// Writes a run of keys as [`parse_keys`] reads it.
pub fn spell_keys(keys: &[Key]) -> String {
    keys.iter().map(Key::to_string).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_read_as_they_are_written() {
        for keys in
            ["g g", "ctrl-d", "G", "shift-tab", "space", "f12", "-", "ctrl--", "alt-x", "] n", "ctrl-alt-delete"]
        {
            let read = parse_keys(keys).unwrap();
            assert_eq!(spell_keys(&read), keys);
        }
    }

    #[test]
    fn unknown_names_are_refused() {
        for key in ["pgdown", "ctrl-", "f13", "f0", "control-x"] {
            assert!(parse_keys(key).is_err(), "{key}");
        }
    }
}
