//! Two changed copies of one notes file made one, entry by entry.
//!
//! What one side changed is taken. Where both changed the same key of the same entry, lists are united, texts are
//! kept one below the other, and for any other value ours stands and theirs is kept beside it in `conflict`.

use std::collections::{HashMap, HashSet};

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use super::between;
use super::pieces::{Kind, Piece, Unreadable, cut};
use super::quoting;

/// A merged file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    pub toml: String,
    pub conflicts: Vec<Conflict>,
}

/// What both sides changed, differently; nothing of either is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The id of the entry; `None` for what stands between entries.
    pub id: Option<String>,
    pub key: String,
}

/// What parts two versions of one text.
pub(super) const OTHER: &str = "\n\n--- the other version ---\n";

/// Says so of lines between the entries.
pub(super) const OTHER_BETWEEN: &str = "# ---- from the other version ----";

/// Returns the file that has what both sides changed since the base.
pub fn merge(base: &str, ours: &str, theirs: &str) -> Result<Merged, Unreadable> {
    if ours == base || ours == theirs {
        return Ok(Merged { toml: theirs.into(), conflicts: Vec::new() });
    }
    if theirs == base {
        return Ok(Merged { toml: ours.into(), conflicts: Vec::new() });
    }
    let [mut base, ours, theirs] = [Side::of(base)?, Side::of(ours)?, Side::of(theirs)?];
    if base.pieces.is_empty() {
        // Both made the file: theirs was there first, so what ours says between its entries is nothing new.
        base.pieces = ours.pieces.iter().filter(|piece| piece.kind.is_none()).cloned().collect();
    }
    let mut conflicts = Vec::new();
    // The file of the side that changed what stands between the entries; if both did, ours with theirs joined, or
    // below.
    let theirs_between = ours.between() == base.between();
    let (mut frame, other) =
        if theirs_between { (theirs.pieces.clone(), &ours) } else { (ours.pieces.clone(), &theirs) };
    if !theirs_between && theirs.between() != base.between() && theirs.between() != ours.between() {
        let [was, our, their] = [&base, &ours, &theirs].map(|side| between::lines(&side.pieces, key_of));
        match between::join(&was, &our, &their, &ours.pieces) {
            Some(joined) => frame = joined,
            None => {
                conflicts.push(Conflict { id: None, key: "what stands between entries".into() });
                frame.push(comment_of(&base, &ours, &theirs));
            }
        }
    }
    let mut placed: HashSet<String> = HashSet::new();
    let mut merged: Vec<(Option<String>, Piece)> = Vec::new();
    for piece in frame.drain(..) {
        let key = key_of(&piece);
        let Some(id) = &key else {
            merged.push((None, piece));
            continue;
        };
        if !placed.insert(id.clone()) {
            merged.push((None, piece));
        } else if let Some(text) = resolve(id, &base, &ours, &theirs, &mut conflicts) {
            merged.push((key, Piece { text: with_tail(&text, &piece.text), ..piece }));
        }
    }
    add_missing(&mut merged, other, &placed, |id| resolve(id, &base, &ours, &theirs, &mut conflicts));
    Ok(Merged { toml: merged.into_iter().map(|(_, piece)| piece.text).collect(), conflicts })
}

/// One of the three files.
struct Side {
    pieces: Vec<Piece>,
    /// The lines of each entry; of several with one id the first.
    entries: HashMap<String, String>,
}

impl Side {
    fn of(text: &str) -> Result<Side, Unreadable> {
        let pieces = cut(text)?;
        let mut entries = HashMap::new();
        for piece in &pieces {
            if let Some(id) = key_of(piece) {
                entries.entry(id).or_insert_with(|| piece.text.clone());
            }
        }
        Ok(Side { pieces, entries })
    }

    /// Returns the lines outside of entries.
    fn between(&self) -> Vec<&str> {
        let foreign = self.pieces.iter().filter(|piece| piece.kind.is_none());
        foreign.flat_map(|piece| piece.text.lines()).map(str::trim_end).filter(|line| !line.is_empty()).collect()
    }

    fn entry(&self, id: &str) -> Option<&str> {
        self.entries.get(id).map(String::as_str)
    }
}

/// Returns what names an entry in all versions: its kind and id, or its own lines if it has none.
pub(super) fn key_of(piece: &Piece) -> Option<String> {
    let kind = piece.kind?;
    let document = toml_edit::Document::parse(piece.text.as_str()).ok()?;
    let id = document.get(kind.key())?.get(0)?.get("id").and_then(Item::as_str);
    Some(format!("{} {}", kind.key(), id.unwrap_or(piece.text.trim())))
}

/// Returns the lines of one entry after the merge, `None` when it is gone.
fn resolve(id: &str, base: &Side, ours: &Side, theirs: &Side, conflicts: &mut Vec<Conflict>) -> Option<String> {
    let same = |a: &str, b: &str| a.trim_end() == b.trim_end();
    match (base.entry(id), ours.entry(id), theirs.entry(id)) {
        (_, None, None) => None,
        (_, Some(ours), Some(theirs)) if same(ours, theirs) => Some(ours.into()),
        (Some(base), Some(ours), Some(theirs)) if same(base, ours) => Some(theirs.into()),
        (Some(base), Some(ours), Some(theirs)) if same(base, theirs) => Some(ours.into()),
        (base, Some(ours), Some(theirs)) => Some(merge_entry(id, base.unwrap_or_default(), ours, theirs, conflicts)),
        (Some(base), Some(only), None) | (Some(base), None, Some(only)) if same(base, only) => None,
        (Some(_), Some(only), None) | (Some(_), None, Some(only)) => {
            // One removed what the other changed: the change is work, so it stays.
            conflicts.push(conflict(id, "removed"));
            Some(marked(only, kind_of(id), InlineTable::from_iter([("removed", true)])))
        }
        (None, Some(only), None) | (None, None, Some(only)) => Some(only.into()),
    }
}

fn conflict(id: &str, key: &str) -> Conflict {
    let id = id.split_once(' ').map_or(id, |(_, id)| id);
    Conflict { id: Some(quoting::one_line(id)), key: quoting::one_line(key) }
}

/// Puts in the entries that the frame lacks, each after the entry it follows in its own file.
fn add_missing(
    merged: &mut Vec<(Option<String>, Piece)>,
    other: &Side,
    placed: &HashSet<String>,
    mut resolve: impl FnMut(&str) -> Option<String>,
) {
    let mut previous: Option<String> = None;
    for piece in other.pieces.iter() {
        let Some(id) = key_of(piece) else { continue };
        if !placed.contains(&id) && !merged.iter().any(|(key, _)| key.as_ref() == Some(&id)) {
            let Some(text) = resolve(&id) else { continue };
            let after = previous
                .as_ref()
                .and_then(|previous| merged.iter().position(|(key, _)| key.as_ref() == Some(previous)));
            let first = || merged.iter().position(|(_, other)| other.kind.is_some_and(|kind| Some(kind) >= piece.kind));
            let index = after.map(|index| index + 1).or_else(first).unwrap_or(merged.len());
            if let Some((_, before)) = index.checked_sub(1).and_then(|last| merged.get_mut(last)) {
                before.text = parted(&before.text);
            }
            let text = if index < merged.len() { parted(&text) } else { text };
            merged.insert(index, (Some(id.clone()), Piece { kind: piece.kind, text }));
        }
        previous = Some(id);
    }
}

/// Returns lines with an empty line after them.
fn parted(text: &str) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    match text {
        "" => String::new(),
        text if text.ends_with("\n\n") || text.ends_with("\n\r\n") => text.into(),
        text if text.ends_with('\n') => format!("{text}{newline}"),
        text => format!("{text}{newline}{newline}"),
    }
}

/// Returns an entry's lines with the empty lines that stood after it in the frame.
fn with_tail(text: &str, frame: &str) -> String {
    format!("{}{}", text.trim_end(), &frame[frame.trim_end().len()..])
}

/// Returns the lines that only they put between the entries, as a comment at the end.
fn comment_of(base: &Side, ours: &Side, theirs: &Side) -> Piece {
    let known: HashSet<&str> = base.between().into_iter().chain(ours.between()).collect();
    let lines = theirs.between().into_iter().filter(|line| !known.contains(line));
    let comment: String = lines.map(|line| format!("# {}\n", line.trim_start_matches('#').trim_start())).collect();
    Piece { kind: None, text: format!("\n{OTHER_BETWEEN}\n{comment}") }
}

/// Keys that describe one place together: of two places one is taken whole.
const PLACE: [&str; 6] = ["quote", "sentence", "nth", "prev", "next", "at"];

fn merge_entry(id: &str, base: &str, ours: &str, theirs: &str, conflicts: &mut Vec<Conflict>) -> String {
    let kind = kind_of(id);
    let [mut base, mut merged, mut theirs] = [base, ours, theirs].map(parse);
    let (base, theirs) = (table_of(&mut base, kind).cloned().unwrap_or_default(), table_of(&mut theirs, kind).cloned());
    let Some((table, theirs)) = table_of(&mut merged, kind).zip(theirs) else { return ours.into() };
    let differs = |a: &Table, b: &Table, key: &str| shown(a.get(key)) != shown(b.get(key));
    let moved = |side: &Table| PLACE.iter().any(|key| differs(&base, side, key));
    let two_places = moved(table) && moved(&theirs);
    let keys: Vec<String> = table.iter().chain(theirs.iter()).map(|(key, _)| key.to_owned()).collect();
    let mut kept = InlineTable::new();
    let mut seen = HashSet::new();
    for key in keys.iter().filter(|key| seen.insert(key.as_str())) {
        let of_two_places = two_places && PLACE.contains(&key.as_str());
        if !differs(table, &theirs, key) || !of_two_places && !differs(&base, &theirs, key) {
            continue;
        }
        if !of_two_places && !differs(&base, table, key) {
            match theirs.get_key_value(key) {
                Some((name, value)) => drop(table.insert_formatted(name, value.clone())),
                None => drop(table.remove(key)),
            }
            continue;
        }
        let (was, our, their) = (base.get(key), table.get(key), theirs.get(key));
        let joined = both(key, was, our, their).filter(|_| !of_two_places);
        if joined.is_none() || key == "text" {
            conflicts.push(conflict(id, key));
        }
        match joined {
            Some(value) => table[key.as_str()] = value,
            None => kept.extend(their.and_then(|their| Some((key.as_str(), their.clone().into_value().ok()?)))),
        }
    }
    mark(table, kept);
    as_written(&merged, ours)
}

/// Returns an entry's lines with what of the other version is kept beside it.
fn marked(text: &str, kind: Kind, kept: InlineTable) -> String {
    let mut document = parse(text);
    let Some(table) = table_of(&mut document, kind) else { return text.into() };
    mark(table, kept);
    as_written(&document, text)
}

/// Puts what of the other version could not be joined into `conflict`, beside what is there from an earlier merge.
fn mark(table: &mut Table, kept: InlineTable) {
    let mut all = table.get("conflict").and_then(Item::as_inline_table).cloned().unwrap_or_default();
    for (key, mut value) in kept {
        value.decor_mut().clear();
        let same = |name: &str| all.get(name).is_none_or(|old| old.to_string().trim() == value.to_string().trim());
        let names = std::iter::once(key.to_string()).chain((2..).map(|count| format!("{key}-{count}")));
        if let Some(name) = names.into_iter().find(|name| same(name)) {
            all.insert(name, value);
        }
    }
    if !all.is_empty() {
        all.fmt();
        table["conflict"] = Item::Value(Value::InlineTable(all));
    }
}

fn kind_of(id: &str) -> Kind {
    Kind::ALL.into_iter().find(|kind| id.starts_with(kind.key())).unwrap_or(Kind::Note)
}

fn parse(text: &str) -> DocumentMut {
    text.replace("\r\n", "\n").parse().unwrap_or_default()
}

/// Returns an entry with the line ends that it had.
fn as_written(document: &DocumentMut, before: &str) -> String {
    let text = document.to_string();
    if before.contains("\r\n") { text.replace('\n', "\r\n") } else { text }
}

fn table_of(document: &mut DocumentMut, kind: Kind) -> Option<&mut Table> {
    document.get_mut(kind.key())?.as_array_of_tables_mut()?.get_mut(0)
}

/// Returns a value's own text, for comparing.
fn shown(item: Option<&Item>) -> Option<String> {
    item.map(|item| item.to_string().trim().to_owned())
}

/// Returns a value that has what both sides have, if there can be one.
fn both(key: &str, was: Option<&Item>, our: Option<&Item>, their: Option<&Item>) -> Option<Item> {
    if key == "updated" {
        let later = [our, their].into_iter().flatten().max_by_key(|item| item.as_datetime().map(ToString::to_string));
        return later.cloned();
    }
    let (our, their) = (our?, their?);
    if let (Some(ours), Some(theirs)) = (our.as_array(), their.as_array()) {
        return united(was.and_then(Item::as_array), ours, theirs).map(|list| Item::Value(Value::Array(list)));
    }
    let (ours, theirs) = (our.as_str()?, their.as_str()?);
    if key != "text" {
        return None;
    }
    quoting::string(&format!("{ours}{OTHER}{theirs}")).parse::<Value>().ok().map(Item::Value)
}

/// Returns the list with what either side added and without what either removed; offsets are no such list.
fn united(was: Option<&Array>, ours: &Array, theirs: &Array) -> Option<Array> {
    let words =
        |list: &Array| list.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Option<Vec<String>>>();
    let (was, ours, theirs) = (was.map_or(Some(Vec::new()), words)?, words(ours)?, words(theirs)?);
    let removed = |word: &String| was.contains(word) && !(ours.contains(word) && theirs.contains(word));
    let mut seen = HashSet::new();
    Some(ours.iter().chain(&theirs).filter(|word| !removed(word) && seen.insert(*word)).cloned().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "# head\nformat = \"demarche-notes/1\"\n\n[[note]]\nid = \"aaaaaa\"\ntext = \"one\"\ntags = [\"x\"]\n\n\
        [[note]]\nid = \"bbbbbb\"\ntext = \"two\"\n";

    #[track_caller]
    fn check(ours: &str, theirs: &str, expected: &str, conflicts: &[&str]) {
        let merged = merge(BASE, ours, theirs).unwrap();
        assert_eq!(merged.toml, expected);
        let named = merged.conflicts.iter().map(|conflict| conflict.key.as_str()).collect::<Vec<_>>();
        assert_eq!(named, conflicts);
    }

    fn note(id: &str) -> String {
        format!("[[note]]\nid = \"{id}\"\ntext = \"new\"\n")
    }

    #[test]
    fn what_one_side_changed_is_taken() {
        let changed = BASE.replace("two", "2");
        check(&changed, BASE, &changed, &[]);
        check(BASE, &changed, &changed, &[]);
        check(&changed, &BASE.replace("one", "1"), &changed.replace("one", "1"), &[]);
    }

    #[test]
    fn new_entries_of_both_sides_stand_where_they_stood() {
        let ours = format!("{BASE}\n{}", note("cccccc"));
        let theirs = BASE.replace("[[note]]\nid = \"bbb", &format!("{}\n[[note]]\nid = \"bbb", note("dddddd")));
        check(&ours, &theirs, &format!("{theirs}\n{}", note("cccccc")), &[]);
    }

    #[test]
    fn comments_from_outside_stay() {
        let theirs = BASE.replace("# head", "# head of mine").replace("[\"x\"]", "[\"x\", \"y\"]  # why");
        let ours = BASE.replace("two", "2");
        check(&ours, &theirs, &theirs.replace("two", "2"), &[]);
    }

    #[test]
    fn lists_are_united() {
        let (ours, theirs) = (BASE.replace("[\"x\"]", "[\"x\", \"y\"]"), BASE.replace("[\"x\"]", "[\"z\"]"));
        check(&ours, &theirs, &BASE.replace("[\"x\"]", "[\"y\", \"z\"]"), &[]);
    }

    #[test]
    fn two_texts_are_both_kept() {
        let (ours, theirs) = (BASE.replace("one", "1"), BASE.replace("one", "uno"));
        let both = "text = \"\"\"\n1\n\n--- the other version ---\nuno\"\"\"";
        check(&ours, &theirs, &BASE.replace("text = \"one\"", both), &["text"]);
    }

    #[test]
    fn other_values_are_kept_beside() {
        let color = |color: &str| BASE.replace("tags = [\"x\"]", &format!("tags = [\"x\"]\ncolor = \"{color}\""));
        let expected = color("red").replace("\"red\"\n", "\"red\"\nconflict = { color = \"blue\" }\n");
        check(&color("red"), &color("blue"), &expected, &["color"]);
    }

    #[test]
    fn what_an_earlier_merge_kept_stays() {
        let color = |color: &str| BASE.replace("tags = [\"x\"]", &format!("tags = [\"x\"]\ncolor = \"{color}\""));
        let first = merge(BASE, &color("red"), &color("blue")).unwrap().toml;
        let second =
            merge(&first, &first.replace("\"red\"\n", "\"green\"\n"), &first.replace("\"red\"\n", "\"purple\"\n"));
        let line = "conflict = { color = \"blue\", color-2 = \"purple\" }\n";
        assert!(second.as_ref().is_ok_and(|merged| merged.toml.contains(line)), "{second:?}");
    }

    #[test]
    fn of_two_places_one_is_taken_whole() {
        let at = |quote: &str, sentence: &str| {
            BASE.replace("text = \"two\"", &format!("quote = \"{quote}\"\nsentence = \"{sentence}\"\ntext = \"two\""))
        };
        let (base, ours, theirs) = (at("b", "a b."), at("a b", "a b."), at("c", "c d."));
        let merged = merge(&base, &ours, &theirs).unwrap();
        assert_eq!(merged.toml, ours.clone() + "conflict = { quote = \"c\", sentence = \"c d.\" }\n");
        assert_eq!(merge(&base, &ours, &base.replace("one", "1")).unwrap().toml, ours.replace("one", "1"));
    }

    #[test]
    fn a_removed_entry_is_gone_unless_the_other_side_changed_it() {
        let without = BASE.split("[[note]]\nid = \"bbb").next().unwrap();
        let theirs = BASE.replace("one", "1");
        check(without, &theirs, &without.replace("one", "1"), &[]);
        let changed = BASE.replace("two", "2");
        let marked = changed.clone() + "conflict = { removed = true }\n";
        check(without, &changed, &marked, &["removed"]);
        check(&changed, without, &marked, &["removed"]);
    }

    #[test]
    fn what_both_put_between_is_kept() {
        let merged = merge(BASE, &BASE.replace("# head", "# ours"), &BASE.replace("# head", "# theirs")).unwrap();
        assert!(merged.toml.starts_with("# ours\n") && merged.toml.contains("# theirs\n"), "{}", merged.toml);
        assert_eq!(merged.conflicts.len(), 1);
    }

    #[test]
    fn what_both_put_in_different_places_between_is_joined() {
        let base = BASE.replace("\n\n[[note]]\nid = \"aaa", "\n\n[article]\nfile = \"a\"\n\n[[note]]\nid = \"aaa");
        let ours = base.replace("# head\n", "# our head\n");
        let theirs = base.replace("file = \"a\"", "file = \"a\"\ntitle = \"A\"") + "\n[mine]\nx = 1\n";
        let merged = merge(&base, &ours, &theirs).unwrap();
        assert_eq!(merged, Merged { toml: theirs.replace("# head\n", "# our head\n"), conflicts: Vec::new() });
        // Beside each other they may belong together.
        let beside = ours.replace("file = \"a\"\n", "file = \"a\"\nwords = 3\n");
        let merged = merge(&base, &beside, &theirs).unwrap();
        assert_eq!(merged.conflicts.len(), 1, "{}", merged.toml);
        assert!(merged.toml.starts_with(&beside) && merged.toml.contains("# title = \"A\"\n"), "{}", merged.toml);
    }

    #[test]
    fn two_new_files_are_one() {
        let head = "format = \"demarche-notes/1\"\n\n";
        let (ours, theirs) = (format!("{head}{}", note("aaaaaa")), format!("# mine\n{head}{}", note("bbbbbb")));
        let merged = merge("", &ours, &theirs).unwrap();
        assert_eq!(merged.toml, format!("# mine\n{head}{}\n{}", note("aaaaaa"), note("bbbbbb")));
    }

    #[test]
    fn what_is_no_notes_file_is_not_merged() {
        assert_eq!(merge(BASE, &BASE.replace("one", "1"), "<<<<<<< HEAD\n").unwrap_err().line, 1);
    }
}
