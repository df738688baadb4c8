//! The word that was meant by a misspelt one.

/// Returns the word most like a misspelt one, when one is like it at all: one letter in five may be off, and one more
/// (Damerau and Levenshtein).
pub fn nearest<'a>(word: &str, words: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let scored = words.into_iter().map(|near| (strsim::damerau_levenshtein(word, near), near));
    scored
        .filter(|(distance, _)| *distance <= 1 + word.chars().count() / 5)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, near)| near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_like_no_word_is_no_slip() {
        let near = |word| nearest(word, ["name", "names", "kind"]);
        assert_eq!([near("naems"), near("kidn"), near("mine"), near("")], [Some("names"), Some("kind"), None, None]);
    }
}
