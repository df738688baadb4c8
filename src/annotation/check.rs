//! Everything in a notes file that its reader may want to mend, by line.

use std::collections::HashSet;

use super::pieces::{Piece, conflict_marks};
use super::{Anchor, Body, Entry, Notes, Problem, merge, quoting, record};
use crate::document::Document;

/// Returns what is wrong in a notes file, in its order; without the article nothing is said of places in it.
pub fn check(toml: &str, article: Option<&Document>) -> Vec<Problem> {
    let empty = Document::read("", Vec::new(), None);
    let marks: Vec<Problem> = conflict_marks(toml).map(|mark| problem(mark.line, mark.reason)).collect();
    let notes = match Notes::parse(toml, article.unwrap_or(&empty)) {
        Ok(notes) => notes,
        Err(unreadable) => {
            let more = marks.into_iter().filter(|mark| mark.line > unreadable.line);
            return std::iter::once(problem(unreadable.line, unreadable.reason.clone())).chain(more).collect();
        }
    };
    let mut problems = [marks, notes.problems().to_vec()].concat();
    if let Some(reason) = notes.read_only() {
        problems.push(problem(line_of(toml, "format"), reason.to_owned()));
    }
    let ids: HashSet<&str> = notes.entries().iter().map(|entry| entry.id.0.as_str()).collect();
    for (first, piece, entry) in notes.lines() {
        let at = |key: &str| first + line_of(&piece.text, key) - 1;
        problems.extend(unsettled(piece).map(|line| problem(first + line, TWO_VERSIONS.to_owned())));
        if let Some(kind) = piece.kind {
            let doubts = record::doubts(kind, &piece.text).into_iter();
            problems.extend(doubts.map(|(key, reason)| problem(at(key), reason)));
        }
        if let Some(entry) = entry {
            problems.extend(dangling(entry, &ids).map(|(key, reason)| problem(at(key), reason)));
            let place = article.and_then(|article| misplaced(&notes, article, entry));
            problems.extend(place.map(|(key, reason)| problem(at(key), reason)));
        }
    }
    problems.sort_by_key(|problem| problem.line);
    problems
}

const TWO_VERSIONS: &str = "two versions stand here, one below the other: keep one and remove this line";

fn problem(line: usize, reason: String) -> Problem {
    Problem { line, reason }
}

/// Returns the line of a key in the lines of an entry; that of the header where it is not to be found.
fn line_of(text: &str, key: &str) -> usize {
    let is_key = |line: &str| {
        let rest = line.trim_start().strip_prefix(key);
        rest.is_some_and(|rest| rest.trim_start().starts_with('='))
    };
    let header = |line: &str| line.trim_start().starts_with("[[");
    let line = text.lines().position(is_key).or_else(|| text.lines().position(header));
    line.map_or(1, |line| line + 1)
}

/// Returns the lines where a merge put two versions one below the other, counted from 0.
fn unsettled(piece: &Piece) -> impl Iterator<Item = usize> {
    let lines = piece.text.lines().enumerate();
    lines.filter(|(_, line)| [merge::OTHER.trim(), merge::OTHER_BETWEEN].contains(&line.trim())).map(|(line, _)| line)
}

/// Returns what an entry refers to that is not in the file; what is in another file has its name before a `#`.
fn dangling<'e>(entry: &'e Entry, ids: &HashSet<&str>) -> impl Iterator<Item = (&'static str, String)> {
    let (key, links): (_, &'e [String]) = match &entry.body {
        Body::Note(note) => ("links", &note.links),
        Body::Position(position) => ("answers", &position.answers),
        Body::Actor(_) => ("links", &[]),
    };
    let wrong = links.iter().filter_map(move |link| {
        let id = match (key, link.split_once(':')) {
            ("links", None) => return Some(format!("'{link}' is no 'relation:id'")),
            ("links", Some((_, id))) => id,
            _ => link,
        };
        (!id.contains('#') && !ids.contains(id)).then(|| format!("'{link}' leads to no entry"))
    });
    wrong.map(|reason| (key, quoting::one_line(&reason))).collect::<Vec<_>>().into_iter()
}

/// Returns what is wrong with the place of an entry: not found, found several times, or not where it says.
fn misplaced(notes: &Notes, article: &Document, entry: &Entry) -> Option<(&'static str, String)> {
    let target = entry.target.as_ref()?;
    let key = if target.quote.is_empty() { "sentence" } else { "quote" };
    let paragraph = |span: &crate::text::Span| format!("¶ {}", article.paragraph_at(span.start).unwrap_or(0));
    match notes.anchor(&entry.id) {
        Anchor::Lost { suggestion: None } => Some((key, "lost: these words are not in the article".to_owned())),
        Anchor::Lost { suggestion: Some(span) } => {
            Some((key, format!("lost: these words are not in the article; perhaps in {}", paragraph(span))))
        }
        Anchor::Ambiguous(places) => {
            let places: Vec<String> = places.iter().map(paragraph).collect();
            Some((key, format!("ambiguous: it may stand in {}", places.join(", "))))
        }
        Anchor::Same(_) => None,
        _ if notes.is_of(article) && target.at.is_some() => {
            Some(("at", "these offsets do not hold the words".to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::fixture::document;

    const ARTICLE: &str = "The quay is shut since Monday.\n\nNobody came to the quay.\n\nYes.\n\nYes.\n";

    const HEAD: &str = "format = \"demarche-notes/1\"\n\n";

    /// Checks the lines below the head and the empty line after it: `line: reason`, each reason by its beginning.
    #[track_caller]
    fn found(lines: &str, expected: &[&str]) {
        let sha256 = document(ARTICLE).sha256().to_owned();
        let toml = format!("{HEAD}{}", lines.replace("SHA", &sha256));
        let problems = check(&toml, Some(&document(ARTICLE)));
        let shown: Vec<String> = problems.iter().map(|p| format!("{}: {}", p.line, p.reason)).collect();
        let alike = shown.len() == expected.len() && shown.iter().zip(expected).all(|(a, b)| a.starts_with(b));
        assert!(alike, "{shown:#?}");
    }

    #[test]
    fn a_file_that_is_well_has_no_problems() {
        found(
            "[article]\nsha256 = \"SHA\"\n\n[[note]]\nid = \"aaaaaa\"\nquote = \"Nobody came\"\n\
            sentence = \"Nobody came to the quay.\"\nat = [32, 43]\nlinks = [\"answers:bbbbbb\", \"see:other#x\"]\n\n\
            [[position]]\nid = \"bbbbbb\"\nmine = 1\n",
            &[],
        );
    }

    #[test]
    fn entries_that_cannot_be_read_are_named() {
        found(
            "[[note]]\nkind = \"idea\"\n\n[[note]]\nid = \"a\"\n# again\n[[note]]\nid = \"a\"\n",
            &["3: 'idea' is no kind", "9: a second entry has the id 'a'"],
        );
    }

    #[test]
    fn what_is_read_as_absent_is_named() {
        found(
            "# above\n[[note]]\nid = \"a\"\nat = [3, 1]\ncolor = \"mauve\"\ncreated = \"once\"\n",
            &["6: 'at' is no pair", "7: 'mauve' is no color", "8: 'created' is no time"],
        );
    }

    #[test]
    fn links_that_lead_nowhere_are_named() {
        found(
            "[[note]]\nid = \"a\"\nlinks = [\"see:b\", \"c\"]\n\n[[position]]\nid = \"p\"\nanswers = [\"q\"]\n",
            &["5: 'see:b' leads to no entry", "5: 'c' is no 'relation:id'", "9: 'q' leads to no entry"],
        );
    }

    #[test]
    fn places_are_checked_against_the_article() {
        found(
            "[article]\nsha256 = \"SHA\"\n\n[[note]]\nid = \"a\"\nquote = \"no such words\"\n\n\
            [[note]]\nid = \"b\"\nquote = \"Yes\"\nsentence = \"Yes.\"\n\n\
            [[note]]\nid = \"c\"\nquote = \"shut\"\nsentence = \"The quay is shut since Monday.\"\nat = [1, 5]\n",
            &["8: lost: ", "12: ambiguous: it may stand in ¶ 3, ¶ 4", "19: these offsets"],
        );
    }

    #[test]
    fn conflicts_are_named() {
        found("<<<<<<< ours\n[[note]]\n=======\n>>>>>>> theirs\n", &["3: two versions", "6: two versions"]);
        found(
            "[[note]]\nid = \"a\"\ntext = \"\"\"\none\n--- the other version ---\ntwo\"\"\"\nconflict = { color = \"red\" }\n",
            &["7: two versions stand here", "9: two versions differ here (color)"],
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_one_problem() {
        found("[[note]\n", &["3: "]);
        let later = check("# mine\nformat = \"demarche-notes/9\"\n", None);
        assert_eq!((later.len(), later[0].line), (1, 2));
    }

    #[test]
    fn without_the_article_nothing_is_lost() {
        assert_eq!(check(&format!("{HEAD}[[note]]\nquote = \"no such words\"\n"), None), []);
    }
}
