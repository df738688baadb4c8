//! Strings as the notes file writes them: readable, and harmless to whoever prints the file to a terminal.

use serde::Serialize;

/// Returns a TOML string of the value; of several lines when the value is.
pub fn string(value: &str) -> String {
    let lines = value.contains('\n');
    let mut written = String::from(if lines { "\"\"\"\n" } else { "\"" });
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\n' => written.push('\n'),
            '\\' => written.push_str("\\\\"),
            // In several lines only a mark next to another, or to the end, could be read as the end.
            '"' if lines && !matches!(characters.peek(), Some('"') | None) => written.push('"'),
            '"' => written.push_str("\\\""),
            '\t' => written.push_str("\\t"),
            '\r' => written.push_str("\\r"),
            hidden if is_hidden(hidden) => written.push_str(&escape(hidden)),
            shown => written.push(shown),
        }
    }
    written.push_str(if lines { "\"\"\"" } else { "\"" });
    written
}

pub fn strings(values: &[String]) -> String {
    format!("[{}]", values.iter().map(|value| string(value)).collect::<Vec<_>>().join(", "))
}

/// Returns text for a message: on one line, what a terminal would obey shown as its escape, not too long.
pub fn one_line(text: &str) -> String {
    const LONGEST: usize = 200;
    let mut line = String::new();
    for character in text.chars().map(|c| if c == '\n' { ' ' } else { c }).take(LONGEST) {
        if is_hidden(character) { line.push_str(&escape(character)) } else { line.push(character) }
    }
    line
}

/// Returns text of several lines in which what a terminal would obey is shown as its escape; tabs stay.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\t' => shown.push(character),
            hidden if is_hidden(hidden) => shown.push_str(&escape(hidden)),
            character => shown.push(character),
        }
    }
    shown
}

/// Returns a value as indented JSON. What a terminal would obey is written as its escape, which reads the same.
pub fn json(value: &impl Serialize) -> String {
    let written = serde_json::to_string_pretty(value).unwrap_or_default();
    let mut shown = String::with_capacity(written.len() + 1);
    for character in written.chars() {
        if is_hidden(character) && character != '\n' {
            let units =
                character.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect::<String>();
            shown.push_str(&units);
        } else {
            shown.push(character);
        }
    }
    shown.push('\n');
    shown
}

fn escape(character: char) -> String {
    match u32::from(character) {
        code @ ..=0xffff => format!("\\u{code:04X}"),
        code => format!("\\U{code:08X}"),
    }
}

/// Controls of both tables, bidirectional controls, tag characters, line separators: obeyed or not seen.
fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
        || matches!(character, '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(value: &str, written: &str) {
        assert_eq!(string(value), written);
    }

    #[test]
    fn strings_are_written_to_be_read() {
        check("no “plans”", "\"no “plans”\"");
        check("a \"b\" \\ c", r#""a \"b\" \\ c""#);
        check("first\nsecond \"x\".", "\"\"\"\nfirst\nsecond \"x\".\"\"\"");
        check("\n\"\"\"", "\"\"\"\n\n\\\"\\\"\\\"\"\"\"");
    }

    #[test]
    fn nothing_a_terminal_obeys_is_written_raw() {
        check("\u{1b}[31m \u{9b}2J \u{202e}x", r#""\u001B[31m \u009B2J \u202Ex""#);
        assert_eq!(one_line("a\nb\u{1b}"), "a b\\u001B");
    }

    #[test]
    fn lines_of_text_stay_lines() {
        assert_eq!(visible("a\tb\r\nc\u{1b}\u{2066}"), "a\tb\nc\\u001B\\u2066");
    }

    proptest! {
        #[test]
        fn json_reads_the_same_and_hides_nothing(value in "[ab\"\\\\\n\t\r\u{1b}\u{9b}\u{202e}\u{e0041}é]{0,24}") {
            let written = json(&value);
            prop_assert!(!written.trim_end().contains(is_hidden));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), value);
        }

        #[test]
        fn what_is_written_reads_the_same(value in "[ab\"\\\\\n\t\r\u{1b}\u{9b}\u{202e}\u{e0041}é]{0,24}") {
            let written = string(&value).parse::<toml_edit::Value>().unwrap();
            prop_assert_eq!(written.as_str(), Some(value.as_str()));
        }
    }
}
