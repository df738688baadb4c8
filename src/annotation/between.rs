//! What stands between the entries of a notes file, changed on two sides: joined line by line.

use std::collections::{HashMap, HashSet};

use super::pieces::{Piece, cut};

/// Returns the pieces of ours with the lines between them that theirs added and removed since the base. `None` where
/// both changed the same lines, or lines beside each other, or where a line stands several times so that none can tell
/// which was changed.
pub fn join(base: &[Line], ours: &[Line], theirs: &[Line], pieces: &[Piece]) -> Option<Vec<Piece>> {
    let [known, mine] = [base, ours].map(|side| side.iter().collect::<HashSet<_>>());
    let their = theirs.iter().collect::<HashSet<_>>();
    let removed: HashSet<&Line> = base.iter().filter(|line| line.is_between() && !their.contains(line)).collect();
    let places = places(ours);
    let is_once = |line: &Line| places.get(line).is_some_and(Option::is_some);
    if !removed.iter().all(|line| is_once(line)) {
        return None;
    }
    let mut added = Added::new();
    let mut anchor: Option<&Line> = None;
    for line in theirs {
        match line {
            Line::Between(text) if !known.contains(line) => {
                added.entry(anchor.cloned()).or_default().push(text.clone())
            }
            // What stands behind an entry that ours does not have stands behind the one before.
            line if mine.contains(line) || line.is_between() => anchor = Some(line),
            _ => {}
        }
    }
    let can_follow = |anchor: &Option<Line>| {
        let after = match anchor {
            Some(anchor) => places.get(anchor).copied().flatten().map(|place| place + 1),
            None => Some(0),
        };
        let next_is_known = |at: usize| ours.get(at).is_none_or(|next| !next.is_between() || known.contains(next));
        after.is_some_and(next_is_known)
    };
    added.keys().all(can_follow).then(|| rebuilt(pieces, &removed, &mut added)).filter(|joined| {
        let text: String = joined.iter().map(|piece| piece.text.as_str()).collect();
        let entries = |pieces: &[Piece]| pieces.iter().filter(|piece| piece.kind.is_some()).count();
        cut(&text).is_ok_and(|again| entries(&again) == entries(pieces))
    })
}

/// What is put in, by the line that it follows.
type Added = HashMap<Option<Line>, Vec<String>>;

/// A line between entries, or an entry as one line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Line {
    Between(String),
    Entry(String),
}

impl Line {
    fn is_between(&self) -> bool {
        matches!(self, Line::Between(_))
    }
}

/// Returns a file as lines without the empty ones; `name` returns what names an entry.
pub fn lines(pieces: &[Piece], name: impl Fn(&Piece) -> Option<String>) -> Vec<Line> {
    let lines = |piece: &Piece| match name(piece) {
        Some(name) => vec![Line::Entry(name)],
        None => piece.text.lines().filter_map(between).collect(),
    };
    pieces.iter().flat_map(lines).collect()
}

fn between(line: &str) -> Option<Line> {
    Some(line.trim_end()).filter(|line| !line.is_empty()).map(|line| Line::Between(line.into()))
}

/// Returns where each line stands, `None` for one that stands several times.
fn places(lines: &[Line]) -> HashMap<&Line, Option<usize>> {
    let mut places = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        places.entry(line).and_modify(|place| *place = None).or_insert(Some(at));
    }
    places
}

fn rebuilt(pieces: &[Piece], removed: &HashSet<&Line>, added: &mut Added) -> Vec<Piece> {
    let newline = if pieces.iter().any(|piece| piece.text.contains("\r\n")) { "\r\n" } else { "\n" };
    let mut put = |text: &mut String, anchor: Option<Line>, parted: bool| {
        for line in added.remove(&anchor).into_iter().flatten() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push_str(newline);
            }
            if line.starts_with('[') && !(parted && text.is_empty()) {
                text.push_str(newline);
            }
            text.push_str(&line);
            text.push_str(newline);
        }
    };
    let mut joined: Vec<Piece> = Vec::new();
    let mut start = String::new();
    put(&mut start, None, true);
    joined.extend(Some(start).filter(|text| !text.is_empty()).map(|text| Piece { kind: None, text }));
    for piece in pieces {
        let mut text = String::new();
        let name = super::merge::key_of(piece).map(Line::Entry);
        if name.is_some() {
            text.push_str(&piece.text);
            joined.push(Piece { kind: piece.kind, text: std::mem::take(&mut text) });
            put(&mut text, name, piece.text.ends_with(&newline.repeat(2)));
        } else {
            for line in piece.text.split_inclusive('\n') {
                let known = between(line);
                if known.as_ref().is_some_and(|line| removed.contains(line)) {
                    // What theirs put in its place stands behind the line before.
                    continue;
                }
                text.push_str(line);
                if known.is_some() {
                    put(&mut text, known, true);
                }
            }
        }
        joined.extend(Some(text).filter(|text| !text.is_empty()).map(|text| Piece { kind: None, text }));
    }
    joined
}
