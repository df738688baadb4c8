//! A notes file of this program: of a colleague, or of another version of the article.

use super::{Annotation, Bad, Found};
use crate::annotation::notes::{article_of, check_writable};
use crate::annotation::pieces::cut;
use crate::annotation::{Body, Entry, record};

pub fn read(text: &str) -> Result<Found, Bad> {
    let unreadable = |error: crate::annotation::Unreadable| Bad::new(error.line, "", error.reason);
    check_writable(text).map_err(unreadable)?;
    let on = article_of(text).1.map(|sha256| format!("urn:sha256:{sha256}"));
    let mut found = Found::default();
    let mut line = 1;
    for piece in cut(text).map_err(unreadable)? {
        if let Some(kind) = piece.kind {
            let comments = piece.text.lines().take_while(|line| !line.trim_start().starts_with("[[")).count();
            match record::read(kind, &piece.text) {
                Ok(entry) => found.push(Ok(of_entry(entry, line + comments, on.clone()))),
                Err(reason) => found.push(Err(Bad::new(line + comments, "", reason))),
            }
        }
        line += piece.text.matches('\n').count();
    }
    Ok(found)
}

fn of_entry(entry: Entry, line: usize, on: Option<String>) -> Annotation {
    let Entry { id, target, mut body, created, updated } = entry;
    let mut links = Vec::new();
    if let Body::Note(note) = &mut body {
        for link in std::mem::take(&mut note.links) {
            match link.split_once(':') {
                Some((relation, id)) => links.push((relation.to_owned(), id.to_owned())),
                None => links.push(("links".to_owned(), link)),
            }
        }
    }
    Annotation { line, id: Some(id.0), on, target, body, links, created, updated }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    const FILE: &str = "format = \"demarche-notes/1\"\n\n[article]\nsha256 = \"00\"\n\n# mine\n[[note]]\nid = \"aaaaaa\"\n\
        quote = \"boats\"\nlinks = [\"answers:bbbbbb\"]\n\n[[actor]]\nid = \"crew\"\nname = \"Crew\"\n";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn every_kind_of_entry_is_read() {
        check(FILE, &["aaaaaa urn:sha256:00 [|boats|] highlight answers:bbbbbb", "crew urn:sha256:00 actor Crew"]);
    }

    #[test]
    fn a_mistake_has_a_line() {
        check(&FILE.replace("\"boats\"", "3"), &["crew urn:sha256:00 actor Crew", "7: 'quote' is not a string"]);
        check("format = \"demarche-notes/1\"\n[[note]\n", &["2: unclosed array table, expected `]`"]);
        let later = "written by a later version (format 9, this one knows 1)";
        check(&FILE.replace("notes/1", "notes/9"), &[&format!("1: {later}")]);
    }
}
