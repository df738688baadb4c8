//! What kind of file it is, by its text and then by how its name ends.

use super::Format;

/// How much of a file is looked at.
const HEAD: usize = 64 << 10;

/// Returns the format of a file, `None` when nothing tells.
pub fn detect(name: &str, bytes: &[u8]) -> Option<Format> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).replace('\0', "");
    let head = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let has = |words: &str| head.contains(words);
    let first = head.lines().next().unwrap_or_default();
    match ending.as_str() {
        "ann" => Some(Format::Brat),
        "tsv" | "tab" => Some(Format::Tsv),
        "jsonld" => Some(Format::Web),
        "toml" => Some(Format::Own),
        _ if head.starts_with(['{', '[']) && has("\"") => json(head),
        _ if has("format = \"demarche-notes/") => Some(Format::Own),
        _ if has("\n==========") => Some(Format::Kindle),
        _ if is_brat(first) => Some(Format::Brat),
        _ if first.to_lowercase().split(',').any(|name| name.trim_matches(['"', ' ']) == "highlight") => {
            Some(Format::Readwise)
        }
        "csv" => Some(Format::Readwise),
        _ if first.contains('\t') => Some(Format::Tsv),
        _ => None,
    }
}

/// Tells the formats by a key that only one of them has.
fn json(head: &str) -> Option<Format> {
    let has = |key: &str| head.contains(&format!("\"{key}\""));
    match () {
        () if has("@context") || has("motivation") || has("bodyValue") => Some(Format::Web),
        () if has("uri") || has("rows") || has("annotations") => Some(Format::Hypothesis),
        () if has("entries") || has("documents") => Some(Format::Koreader),
        () if has("target") => Some(Format::Web),
        () => None,
    }
}

/// `T1⇥Person 0 4⇥Jane`.
fn is_brat(line: &str) -> bool {
    let name = line.split('\t').next().unwrap_or_default();
    let number = name.strip_prefix(['T', 'E', 'R', 'A', 'M', 'N', '#']);
    line.contains('\t') && number.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: Option<Format>) {
        assert_eq!(detect(name, text.as_bytes()), expected);
    }

    #[test]
    fn the_text_tells_and_then_the_name() {
        check("a.json", r#"{"@context": "x", "items": []}"#, Some(Format::Web));
        check("a.json", r#"[{"uri": "x"}]"#, Some(Format::Hypothesis));
        check("-", r#"{"total": 0, "rows": []}"#, Some(Format::Hypothesis));
        check("a.json", r#"{"title": "x", "entries": []}"#, Some(Format::Koreader));
        check("a.json", "{}", None);
        check("My Clippings.txt", "\u{feff}A\n- b\n\nc\n==========\n", Some(Format::Kindle));
        check("-", "T1\tParty 0 4\tcrew\n", Some(Format::Brat));
        check("-", "# mine\nformat = \"demarche-notes/1\"\n", Some(Format::Own));
        check("a.csv", "x", Some(Format::Readwise));
        check("-", "\"Highlight\",Note\n", Some(Format::Readwise));
        check("a.tsv", "x", Some(Format::Tsv));
        check("-", "words\tnote\n", Some(Format::Tsv));
        check("a.txt", "An article.", None);
        check("a.txt", "", None);
    }
}
