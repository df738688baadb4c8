//! Lemmas: the dictionary form of a word, by the rules of English spelling and a table of what breaks them.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

use super::tag::Tag;

/// Returns the dictionary form of a word: small letters but for names, the base form of a verb, the singular of a noun.
pub fn lemma(word: &str, tag: Tag) -> Cow<'_, str> {
    let low = if tag.is_proper() || word == "I" { Cow::Borrowed(word) } else { lower(word) };
    let table = match tag {
        _ if tag.is_verb() || tag == Tag::Modal => &TABLE.verbs,
        Tag::Noun | Tag::Nouns => &TABLE.nouns,
        Tag::Comparative | Tag::Superlative => &TABLE.adjectives,
        _ if tag.is_adverb() => &TABLE.adverbs,
        Tag::Pronoun => &TABLE.pronouns,
        _ => return low,
    };
    // "'d" is "had" before a participle and "would" before a base form; the tag tells which.
    let is_had = tag == Tag::Past && matches!(&*low, "'d" | "’d");
    if is_had {
        return Cow::Borrowed("have");
    }
    if let Some(base) = table.get(&*low).filter(|_| tag != Tag::Noun && tag != Tag::Verb) {
        return Cow::Borrowed(base);
    }
    let found = match tag {
        Tag::ThirdPerson | Tag::Nouns | Tag::ProperNouns => without_s(&low),
        Tag::Past | Tag::PastParticiple => low.strip_suffix("ed").and_then(base_of),
        Tag::Gerund => low.strip_suffix("ing").or_else(|| low.strip_suffix("in'")).and_then(base_of),
        Tag::Comparative | Tag::ComparativeAdverb => low.strip_suffix("er").and_then(positive),
        Tag::Superlative | Tag::SuperlativeAdverb => low.strip_suffix("est").and_then(positive),
        _ => None,
    };
    found.map_or(low, Cow::Owned)
}

fn lower(word: &str) -> Cow<'_, str> {
    if word.chars().any(char::is_uppercase) { Cow::Owned(word.to_lowercase()) } else { Cow::Borrowed(word) }
}

/// Returns a third person or plural without its ending.
fn without_s(word: &str) -> Option<String> {
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1 && !stem.ends_with(['s', '\'', '’']))?;
    if stem.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let sibilant = ["ches", "shes", "sses", "xes", "zzes", "oes"];
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        Some(format!("{stem}y"))
    } else if sibilant.iter().any(|end| word.ends_with(end)) {
        stem.strip_suffix('e').map(str::to_string)
    } else {
        Some(stem.to_string())
    }
}

/// Returns the base form of a verb of which `ed` or `ing` was taken.
fn base_of(stem: &str) -> Option<String> {
    if stem.len() < 2 || !stem.is_ascii() || !stem.contains(is_vowel) {
        return None;
    }
    let with_e = format!("{stem}e");
    if TABLE.spelling.with_e.contains(&with_e) {
        return Some(with_e);
    }
    if TABLE.spelling.without_e.contains(stem) {
        return Some(stem.to_string());
    }
    if let Some(stem) = stem.strip_suffix('i') {
        return Some(format!("{stem}y"));
    }
    // "panicked" has a k that "panic" has not.
    if let Some(base) = stem.strip_suffix('k').filter(|base| TABLE.spelling.without_e.contains(*base)) {
        return Some(base.to_string());
    }
    let letters = stem.as_bytes();
    let (last, second) = (letters[letters.len() - 1], letters[letters.len() - 2]);
    if last == second && !is_vowel(last as char) {
        let single = &stem[..stem.len() - 1];
        let keeps = matches!(last, b'l' | b's' | b'z' | b'f') && !TABLE.spelling.single.contains(single);
        let short = matches!(stem, "add" | "err" | "butt" | "ebb" | "purr");
        return Some(if keeps || short { stem } else { single }.to_string());
    }
    Some(if lost_e(letters) { with_e } else { stem.to_string() })
}

/// Returns whether a stem has lost an e before its ending, by its last letters.
fn lost_e(letters: &[u8]) -> bool {
    let letter = |back: usize| letters.len().checked_sub(back).map_or(b' ', |at| letters[at]);
    let (last, second, third) = (letter(1), letter(2), letter(3));
    let vowel = |letter: u8| is_vowel(letter as char);
    let after_q = third == b'u' && letter(4) == b'q';
    let one_vowel = vowel(second) && (!vowel(third) || after_q);
    match last {
        b'c' | b'v' | b'u' | b'z' => true,
        b's' => second != b's',
        b'g' => matches!(second, b'd' | b'r' | b'a' | b'u' | b'i' | b'e' | b'l') && letters.len() > 2,
        b'l' if !vowel(second) => !matches!(second, b'l' | b'r' | b'w'),
        b'l' => one_vowel && matches!(second, b'a' | b'i' | b'o' | b'u'),
        b'r' if !vowel(second) => false,
        b'r' => second != b'e' && one_vowel,
        b't' if after_q => true,
        b't' => match second {
            b'a' => !matches!(third, b'e' | b'o'),
            b'o' | b'u' => one_vowel,
            _ => false,
        },
        b'd' | b'k' | b'm' | b'b' | b'p' => one_vowel,
        b'n' => one_vowel && matches!(second, b'i' | b'u') || one_vowel && second == b'a' && letters.len() < 4,
        _ => false,
    }
}

/// Returns the positive of an adjective of which `er` or `est` was taken.
fn positive(stem: &str) -> Option<String> {
    if stem.len() < 2 || !stem.is_ascii() {
        return None;
    }
    if let Some(stem) = stem.strip_suffix('i') {
        return Some(format!("{stem}y"));
    }
    let letters = stem.as_bytes();
    let (last, second) = (letters[letters.len() - 1], letters[letters.len() - 2]);
    let doubled = last == second && !is_vowel(last as char) && !matches!(last, b'l' | b's');
    if doubled {
        return Some(stem[..stem.len() - 1].to_string());
    }
    let ends_syllable = letters.len() < 3 || !is_vowel(letters[letters.len() - 3] as char);
    let lost = match (last, second) {
        (b'c' | b'v', _) | (b'g', b'r') | (b'l', b'p' | b'b' | b't') => true,
        (b's', second) => second != b's',
        (b'r' | b't' | b'd' | b'm' | b'f' | b'n', b'a' | b'i' | b'u') => ends_syllable,
        _ => false,
    };
    Some(if lost { format!("{stem}e") } else { stem.to_string() })
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// `assets/irregular.toml`, turned round: from the form to the lemma.
struct Table {
    verbs: HashMap<String, String>,
    nouns: HashMap<String, String>,
    adjectives: HashMap<String, String>,
    adverbs: HashMap<String, String>,
    pronouns: HashMap<String, String>,
    spelling: Spelling,
}

#[derive(Deserialize)]
struct Spelling {
    with_e: HashSet<String>,
    without_e: HashSet<String>,
    single: HashSet<String>,
}

#[derive(Deserialize)]
struct File {
    verbs: HashMap<String, Vec<String>>,
    nouns: HashMap<String, Vec<String>>,
    adjectives: HashMap<String, Vec<String>>,
    adverbs: HashMap<String, Vec<String>>,
    pronouns: HashMap<String, Vec<String>>,
    spelling: Spelling,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let file: File =
        toml::from_str(include_str!("../../assets/irregular.toml")).expect("assets/irregular.toml is checked by tests");
    let turn = |forms: HashMap<String, Vec<String>>| {
        let pairs = forms.into_iter().flat_map(|(base, forms)| forms.into_iter().map(move |form| (form, base.clone())));
        pairs.collect()
    };
    Table {
        verbs: turn(file.verbs),
        nouns: turn(file.nouns),
        adjectives: turn(file.adjectives),
        adverbs: turn(file.adverbs),
        pronouns: turn(file.pronouns),
        spelling: file.spelling,
    }
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(tag: Tag, pairs: &str) {
        for pair in pairs.split_whitespace() {
            let (word, expected) = pair.split_once('/').unwrap();
            assert_eq!(lemma(word, tag), expected, "{word}");
        }
    }

    #[test]
    fn verbs() {
        check(Tag::Past, "said/say told/tell sought/seek agreed/agree denied/deny planned/plan called/call");
        check(
            Tag::Past,
            "urged/urge hoped/hope helped/help stated/state treated/treat visited/visit controlled/control",
        );
        check(Tag::Past, "announced/announce warned/warn offered/offer declared/declare appeared/appear argued/argue");
        check(Tag::PastParticiple, "accused/accuse expected/expect determined/determine remained/remain written/write");
        check(Tag::PastParticiple, "added/add discussed/discuss handled/handle decided/decide avoided/avoid led/lead");
        check(Tag::Gerund, "being/be writing/write acquiring/acquire panicking/panic quoting/quote putting/put");
        check(Tag::Gerund, "making/make running/run saying/say lying/lie voting/vote refusing/refuse seeing/see");
        check(Tag::ThirdPerson, "says/say denies/deny pushes/push goes/go uses/use has/have refuses/refuse");
        check(Tag::Verb, "SAY/say found/found");
        check(Tag::Modal, "wo/will ca/can ’d/would");
    }

    #[test]
    fn other_words() {
        check(
            Tag::Nouns,
            "parties/party women/woman crises/crisis cases/case boxes/box talks/talk houses/house 1990s/1990s",
        );
        check(Tag::Noun, "news/news Plan/plan");
        check(Tag::ProperNoun, "Lee/Lee Mills/Mills");
        check(
            Tag::Comparative,
            "larger/large greater/great later/late nearer/near rarer/rare bigger/big better/good easier/easy",
        );
        check(Tag::Adverb, "n’t/not Often/often");
        check(Tag::Pronoun, "them/they I/I");
    }
}
