//! brat's standoff lines: `T` marks words, `A` and `#` say something of a mark, `R` and `E` link marks.
//!
//! A mark of several stretches becomes one highlight each, those after the first linked to it. An event is its trigger.

use std::collections::HashMap;

use super::{Annotation, Bad, Body, Found, MOST, note, tags_of};
use crate::annotation::{NoteKind, Selector};

pub fn read(text: &str) -> Result<Found, Bad> {
    let mut found = Found::default();
    let mut marks: Vec<Mark> = Vec::new();
    let mut remarks: Vec<(usize, Remark)> = Vec::new();
    for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match read_line(line, index + 1) {
            Ok(Line::Mark(mark)) => marks.push(mark),
            Ok(Line::Remarks(more)) => remarks.extend(more.into_iter().map(|remark| (index + 1, remark))),
            Err(bad) => found.push(Err(bad)),
        }
        if marks.len() + remarks.len() + found.bad.len() > MOST {
            return Err(Bad::new(index + 1, "", format!("there are more than {MOST} annotations")));
        }
    }
    let mut names: HashMap<String, usize> = HashMap::new();
    for (index, mark) in marks.iter().enumerate() {
        if names.insert(mark.name.clone(), index).is_some() {
            found.bad.push(Bad::new(mark.line, "", format!("there are two marks '{}'", mark.name)));
        }
    }
    for (line, remark) in &remarks {
        if let Remark::Trigger { event, mark } = remark {
            match names.get(mark).copied() {
                Some(index) => drop(names.insert(event.clone(), index)),
                None => found.bad.push(unknown(*line, mark)),
            }
        }
    }
    for (line, remark) in remarks {
        if let Err(name) = add(&mut marks, &names, remark) {
            found.bad.push(unknown(line, &name));
        }
    }
    marks.into_iter().flat_map(Mark::annotations).for_each(|annotation| found.push(Ok(annotation)));
    Ok(found)
}

fn unknown(line: usize, name: &str) -> Bad {
    Bad::new(line, "", format!("there is no '{name}'"))
}

/// Words that are marked, and all that is said of them.
struct Mark {
    line: usize,
    name: String,
    /// The kind and the offsets as written: no other mark of the text has both.
    place: String,
    stretches: Vec<((usize, usize), String)>,
    tags: Vec<String>,
    texts: Vec<String>,
    links: Vec<(String, String)>,
}

enum Line {
    Mark(Mark),
    Remarks(Vec<Remark>),
}

enum Remark {
    Trigger { event: String, mark: String },
    Tag { of: String, tag: String },
    Text { of: String, text: String },
    Link { from: String, relation: String, to: String },
}

fn read_line(line: &str, number: usize) -> Result<Line, Bad> {
    let bad = |reason: &str| Bad::new(number, "", reason);
    let mut columns = line.splitn(3, '\t');
    let (name, middle, last) = (columns.next().unwrap_or_default(), columns.next(), columns.next().unwrap_or_default());
    let middle = middle.ok_or_else(|| bad("there is no tab after the name"))?;
    let words: Vec<&str> = middle.split_whitespace().collect();
    let remarks = |remarks: Option<Vec<Remark>>| remarks.map(Line::Remarks).ok_or_else(|| bad("something is missing"));
    match name.chars().next() {
        Some('T') => mark(name, middle, last, number).map(Line::Mark),
        Some('A' | 'M') => remarks(tag(&words)),
        Some('#') => remarks(words.get(1).map(|of| vec![Remark::Text { of: (*of).into(), text: last.into() }])),
        Some('N') => remarks(
            words
                .get(1)
                .zip(words.get(2))
                .map(|(of, text)| vec![Remark::Text { of: (*of).into(), text: (*text).into() }]),
        ),
        Some('R') => remarks(relation(&words)),
        Some('E') => remarks(event(name, &words)),
        Some('*') => remarks(equals(&words)),
        _ => Err(bad("a line begins with T, A, M, #, N, R, E or *")),
    }
}

fn mark(name: &str, middle: &str, last: &str, line: usize) -> Result<Mark, Bad> {
    let bad = |reason: &str| Bad::new(line, "", reason);
    let (kind, offsets) = middle.split_once(' ').ok_or_else(|| bad("there are no offsets"))?;
    let mut stretches = Vec::new();
    let mut words = last.chars();
    for offsets in offsets.split(';') {
        let numbers = offsets.split_once(' ').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
        let at: (usize, usize) = numbers.filter(|(start, end)| start < end).ok_or_else(|| bad("wrong offsets"))?;
        if !stretches.is_empty() {
            words.next();
        }
        let quote: String = words.by_ref().take(at.1 - at.0).collect();
        if quote.chars().count() < at.1 - at.0 {
            return Err(bad("the words are shorter than the offsets say"));
        }
        stretches.push((at, quote));
    }
    if words.next().is_some() {
        return Err(bad("the words are longer than the offsets say"));
    }
    let (tags, texts, links) = (vec![kind.to_owned()], Vec::new(), Vec::new());
    Ok(Mark { line, name: name.into(), place: middle.into(), stretches, tags, texts, links })
}

/// `A1 Negation E1`, `A2 Confidence E2 sure`.
fn tag(words: &[&str]) -> Option<Vec<Remark>> {
    let tag = match words.get(2) {
        Some(value) => format!("{}:{value}", words[0]),
        None => (*words.first()?).to_owned(),
    };
    Some(vec![Remark::Tag { of: (*words.get(1)?).into(), tag }])
}

/// `R1 Origin Arg1:T3 Arg2:T4`.
fn relation(words: &[&str]) -> Option<Vec<Remark>> {
    let (from, to) = (words.get(1)?.split_once(':')?.1, words.get(2)?.split_once(':')?.1);
    Some(vec![Remark::Link { from: from.into(), relation: words[0].into(), to: to.into() }])
}

/// `E1 Attack:T2 Attacker:T1 Target:T3`.
fn event(name: &str, words: &[&str]) -> Option<Vec<Remark>> {
    let mark = words.first()?.split_once(':')?.1.to_owned();
    let mut remarks = vec![Remark::Trigger { event: name.into(), mark }];
    for argument in &words[1..] {
        let (role, to) = argument.split_once(':')?;
        remarks.push(Remark::Link { from: name.into(), relation: role.into(), to: to.into() });
    }
    Some(remarks)
}

/// `* Equiv T1 T2 T3`.
fn equals(words: &[&str]) -> Option<Vec<Remark>> {
    let (relation, first) = (words.first()?, words.get(1)?);
    let link = |to: &&str| Remark::Link { from: (*first).into(), relation: (*relation).into(), to: (*to).into() };
    Some(words[2..].iter().map(link).collect())
}

/// Adds what is said to the mark of which it is said; an error is a name that no mark has.
fn add(marks: &mut [Mark], names: &HashMap<String, usize>, remark: Remark) -> Result<(), String> {
    let index = |name: &str| names.get(name).copied().ok_or_else(|| name.to_owned());
    match remark {
        Remark::Trigger { .. } => {}
        Remark::Tag { of, tag } => marks[index(&of)?].tags.push(tag),
        Remark::Text { of, text } => marks[index(&of)?].texts.push(text),
        Remark::Link { from, relation, to } => {
            let to = marks[index(&to)?].id(0);
            marks[index(&from)?].links.push((relation, to));
        }
    }
    Ok(())
}

impl Mark {
    /// Returns what a stretch is called: nothing of another file is called so.
    fn id(&self, stretch: usize) -> String {
        let id = format!("{} {}", self.name, self.place);
        if stretch == 0 { id } else { format!("{id}#{}", stretch + 1) }
    }

    fn annotations(self) -> Vec<Annotation> {
        let mut all = Vec::new();
        for (index, (at, quote)) in self.stretches.iter().enumerate() {
            let mut body = note("", tags_of(self.tags[..1].iter().map(String::as_str)));
            let mut links = vec![("continues".to_owned(), self.id(0))];
            if index == 0 {
                body = note(&self.texts.join("\n\n"), tags_of(self.tags.iter().map(String::as_str)));
                links.clone_from(&self.links);
            }
            if body.text.is_empty() {
                body.kind = NoteKind::Highlight;
            }
            let target = Some(Selector { quote: quote.clone(), at: Some(*at), ..Selector::default() });
            let id = Some(self.id(index));
            all.push(Annotation { id, target, links, ..Annotation::new(self.line, Body::Note(body)) });
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::import::tests::shown;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(shown(&read(text)), expected);
    }

    #[test]
    fn marks_and_what_is_said_of_them_are_read() {
        let text = "T1\tParty 0 4\tcrew\nT2\tDemand 5 10\twants\nA1\tSure T1\nA2\tLevel E1 high\n#1\tAnnotatorNotes E1\tso?\n\
            E1\tDemand:T2 Holder:T1\nR1\tSays Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\nN1\tReference T1 Wikipedia:1\tCrew\n";
        check(
            text,
            &[
                "T1_Party_0_4 - [|crew|] (0, 4) note \"Wikipedia:1\" #Party #Sure Says:T2_Demand_5_10 Equiv:T2_Demand_5_10",
                "T2_Demand_5_10 - [|wants|] (5, 10) note \"so?\" #Demand #Level:high Holder:T1_Party_0_4",
            ],
        );
    }

    #[test]
    fn a_mark_of_two_stretches_is_two_highlights() {
        check(
            "T1\tBoat 4 7;12 17\tnew boats\n",
            &[
                "T1_Boat_4_7;12_17 - [|new|] (4, 7) highlight #Boat",
                "T1_Boat_4_7;12_17#2 - [|boats|] (12, 17) highlight #Boat continues:T1_Boat_4_7;12_17",
            ],
        );
    }

    #[test]
    fn a_mistake_has_a_line() {
        for (text, expected) in [
            ("T1 Party 0 4 crew", "1: there is no tab after the name"),
            ("T1\tParty\tcrew", "1: there are no offsets"),
            ("T1\tParty 4 0\tcrew", "1: wrong offsets"),
            ("T1\tParty 0 99999999999999999999999\tcrew", "1: wrong offsets"),
            ("T1\tParty 0 5\tcrew", "1: the words are shorter than the offsets say"),
            ("T1\tParty 0 3\tcrew", "1: the words are longer than the offsets say"),
            ("\nA1\tSure", "2: something is missing"),
            ("A1\tSure T1", "1: there is no 'T1'"),
            ("E1\tDemand:T9", "1: there is no 'T9'"),
            ("X1\ty\tz", "1: a line begins with T, A, M, #, N, R, E or *"),
        ] {
            assert_eq!(shown(&read(text)).first().map(String::as_str), Some(expected), "{text}");
        }
    }
}
