//! Character references in a page: `&eacute;`, `&#233;`, and those of old that need no semicolon.
//!
//! The names are those that the library for Markdown knows, all that HTML has: it is asked for each once, which saves the
//! program a second table of two thousand.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use encoding_rs::WINDOWS_1252;
use memchr::memchr;
use pulldown_cmark::{Event, Parser};

/// Returns a text with its references as the characters they stand for. In an address `&copy=` is no reference.
pub fn decode(text: &str, is_attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr(b'&', text.as_bytes()) else { return text.into() };
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    let mut next = Some(first);
    while let Some(at) = next {
        decoded.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        match reference(rest, is_attribute) {
            Some((length, characters)) => {
                decoded.push_str(&characters);
                rest = &rest[length..];
            }
            None => decoded.push('&'),
        }
        next = memchr(b'&', rest.as_bytes());
    }
    decoded.push_str(rest);
    decoded.into()
}

/// Returns what the reference after a `&` stands for, and its length.
fn reference(text: &str, is_attribute: bool) -> Option<(usize, String)> {
    if let Some(number) = text.strip_prefix('#') {
        let (length, character) = numbered(number)?;
        return Some((length + 1, character.into()));
    }
    let length = text.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let name = &text[..length];
    if text[length..].starts_with(';')
        && let Some(characters) = named(name)
    {
        return Some((length + 1, characters));
    }
    let old = OLD.split_ascii_whitespace().filter(|old| name.starts_with(old)).max_by_key(|old| old.len())?;
    let is_address = is_attribute && (old.len() < length || text[length..].starts_with('='));
    (!is_address).then(|| named(old)).flatten().map(|characters| (old.len(), characters))
}

fn numbered(text: &str) -> Option<(usize, char)> {
    let (base, sign) = if text.starts_with(['x', 'X']) { (16, 1) } else { (10, 0) };
    let digits = text[sign..].bytes().take_while(|byte| char::from(*byte).is_digit(base)).count();
    if digits == 0 {
        return None;
    }
    let end = sign + digits;
    let number = u32::from_str_radix(&text[sign..end], base).unwrap_or(u32::MAX);
    let character = match number {
        0 => char::REPLACEMENT_CHARACTER,
        // Pages write the numbers of Windows for its quotation marks and dashes, and browsers read them so.
        0x80..=0x9F => {
            let byte = u8::try_from(number).unwrap_or_default();
            WINDOWS_1252.decode_without_bom_handling(&[byte]).0.chars().next().unwrap_or_default()
        }
        number => char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER),
    };
    Some((end + usize::from(text[end..].starts_with(';')), character))
}

/// The longest name of a character.
const LONGEST: usize = 32;

/// Returns the characters that a name stands for. Those that were found are remembered; names that a page has made up are
/// not, so that they take no place from the others.
fn named(name: &str) -> Option<String> {
    static KNOWN: LazyLock<Mutex<HashMap<String, String>>> = LazyLock::new(Mutex::default);
    match name {
        "amp" | "AMP" => return Some("&".to_owned()),
        "nbsp" => return Some("\u{a0}".to_owned()),
        _ if name.is_empty() => return None,
        _ => {}
    }
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(characters) = known.get(name) {
        return Some(characters.clone());
    }
    let written = format!("&{name};");
    let characters = Parser::new(&written).find_map(|event| match event {
        Event::Text(characters) => Some(characters.into_string()),
        _ => None,
    });
    let characters = characters.filter(|characters| !characters.starts_with('&'))?;
    known.insert(name.to_owned(), characters.clone());
    Some(characters)
}

/// The names that need no semicolon after them.
const OLD: &str = "AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc \
    Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute aacute acirc \
    acute aelig agrave amp aring atilde auml brvbar ccedil cedil cent copy curren deg divide eacute ecirc egrave eth euml \
    frac12 frac14 frac34 gt iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot nbsp not ntilde oacute ocirc \
    ograve ordf ordm oslash otilde ouml para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig thorn times uacute \
    ucirc ugrave uml uuml yacute yen yuml";

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(decode(text, false), expected, "{text}");
    }

    #[test]
    fn references_by_name_and_number() {
        check("&eacute;&ldquo;&#233;&#xE9;&#8217;&NotEqualTilde;", "é“éé’≂\u{338}");
        check("&amp;&lt;&gt;&quot;&apos;&nbsp;", "&<>\"'\u{a0}");
        check("&#147;&#x80;&#0;&#xD800;&#99999999999;&#65", "“€\u{fffd}\u{fffd}\u{fffd}A");
        check("&amp;#27;&AMP;lt;", "&#27;&lt;");
    }

    #[test]
    fn old_ones_need_no_semicolon() {
        check("&copy 2021 &eacutetude &ltp", "© 2021 étude <p");
        assert_eq!(decode("?a=1&copy=2&lt&amp;b", true), "?a=1&copy=2<&b");
    }

    #[test]
    fn what_is_none_stays() {
        check("AT&T & co. &; &#; &#x; &madeup; &", "AT&T & co. &; &#; &#x; &madeup; &");
    }

    #[test]
    fn made_up_names_take_no_place_from_others() {
        let made_up: String = (0..10_000).map(|number| format!("&q{number};")).collect();
        check(&format!("{made_up}&Zcaron;"), &format!("{made_up}Ž"));
    }

    proptest! {
        #[test]
        fn any_text_is_decoded(text in "(&|#|x|;|[a-z0-9]|&amp;|\\PC){0,40}") {
            decode(&text, true);
            prop_assert!(decode(&text, false).len() <= text.len() * 2);
        }
    }
}
