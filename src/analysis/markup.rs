//! Marked text: an article with its positions written into it, as tests and readers of tests see it.
//!
//! `Mayor «source:Lee» «cue:said» «content:it was safe».` Where a text has more than one position the marks carry
//! its number (`«source1:Lee»`, `«source1,2:Lee»` for two of the same words). The act stands behind the cue unless it is
//! `says`: `«cue2/demands:insisted»`; without a cue it stands behind the content. Marks may stand inside each other.

use super::Act;
use super::model::{Analysis, Position};
use crate::text::Span;

/// Returns the text with its positions marked.
pub fn mark(text: &str, analysis: &Analysis) -> String {
    let marks = marks(analysis);
    let mut opens: Vec<(usize, std::cmp::Reverse<usize>, String)> = Vec::new();
    let mut closes: Vec<usize> = Vec::new();
    for (span, label) in marks {
        opens.push((span.start, std::cmp::Reverse(span.end), label));
        closes.push(span.end);
    }
    opens.sort();
    closes.sort_unstable();
    let mut marked = String::with_capacity(text.len() + 16 * opens.len());
    let (mut at, mut closed) = (0, closes.iter().copied().peekable());
    for (start, _, label) in &opens {
        while let Some(end) = closed.next_if(|end| end <= start) {
            marked += &text[at..end];
            marked.push('»');
            at = end;
        }
        marked += &text[at..*start];
        marked += &format!("«{label}:");
        at = *start;
    }
    for end in closed {
        marked += &text[at..end];
        marked.push('»');
        at = end;
    }
    marked += &text[at..];
    marked
}

/// Returns every marked span once, with its label.
fn marks(analysis: &Analysis) -> Vec<(Span, String)> {
    let numbered = analysis.positions.len() > 1;
    let mut marks: Vec<(Span, &str, Vec<usize>, Option<Act>)> = Vec::new();
    for (index, position) in analysis.positions.iter().enumerate() {
        for (span, role, act) in parts(position) {
            match marks.iter_mut().rev().take(64).find(|mark| (mark.0, mark.1, mark.3) == (span, role, act)) {
                Some(mark) => mark.2.push(index + 1),
                None => marks.push((span, role, vec![index + 1], act)),
            }
        }
    }
    let label = |role: &str, numbers: Vec<usize>, act: Option<Act>| {
        let numbers: Vec<String> = numbers.iter().map(usize::to_string).collect();
        let numbers = if numbered { numbers.join(",") } else { String::new() };
        let act = act.map(|act| format!("/{}", act.word())).unwrap_or_default();
        format!("{role}{numbers}{act}")
    };
    marks.into_iter().map(|(span, role, numbers, act)| (span, label(role, numbers, act))).collect()
}

fn parts(position: &Position) -> Vec<(Span, &'static str, Option<Act>)> {
    let act = Some(position.act).filter(|act| *act != Act::Says);
    let mut parts: Vec<_> = position.source.iter().map(|&span| (span, "source", None)).collect();
    // The act is written once: at the first piece of the cue, or of the content.
    parts.extend(position.cue.iter().enumerate().map(|(piece, &span)| (span, "cue", act.filter(|_| piece == 0))));
    let bare = position.cue.is_empty();
    parts.extend(
        position.content.iter().enumerate().map(|(piece, &span)| (span, "content", act.filter(|_| bare && piece == 0))),
    );
    parts
}

/// Returns a marked text without its marks.
pub fn unmark(marked: &str) -> String {
    let mut text = String::with_capacity(marked.len());
    let mut open = 0usize;
    let mut rest = marked;
    while let Some(at) = rest.find(['«', '»']) {
        text += &rest[..at];
        let mark = rest[at..].chars().next().map_or(0, char::len_utf8);
        let behind = &rest[at + mark..];
        if rest[at..].starts_with('«') && label_length(behind).is_some() {
            open += 1;
            rest = &behind[label_length(behind).unwrap_or(0)..];
        } else {
            if rest[at..].starts_with('»') && open > 0 {
                open -= 1;
            } else {
                text += &rest[at..at + mark];
            }
            rest = behind;
        }
    }
    text + rest
}

/// Returns the length of a mark's label with its colon, if a label stands here.
fn label_length(text: &str) -> Option<usize> {
    let colon = text.find(':')?;
    let label = &text[..colon];
    let (name, act) = label.split_once('/').unwrap_or((label, "says"));
    let role = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ',');
    (["source", "cue", "content"].contains(&role) && Act::from_word(act).is_some()).then_some(colon + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::analyze;
    use crate::analysis::lexicon::Lexicon;
    use crate::document::Document;

    #[test]
    fn marks_go_in_and_come_out() {
        let marked =
            "Mayor «source1,2:Lee» «cue1:said» «content1:«source2:she» «cue2/demands:insisted on» «content2:it»».";
        assert_eq!(unmark(marked), "Mayor Lee said she insisted on it.");
        assert_eq!(unmark("He said «non» and »."), "He said «non» and ».");
        assert_eq!(unmark("«source:of»»"), "of»");
    }

    #[test]
    fn what_is_marked_is_the_text() {
        let text = "“The bridge is safe,” said Ana Ruiz, adding that it would stay open.";
        let analysis = analyze(&Document::read("test.txt", text.to_owned(), None), Lexicon::embedded());
        let marked = mark(text, &analysis);
        assert!(marked.contains("«source"), "{marked}");
        assert_eq!(unmark(&marked), text);
    }
}
