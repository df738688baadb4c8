//! One entry as the lines of the notes file, and back.
//!
//! A change sets only the keys whose values changed; unknown keys, comments, order and alignment stay.

use jiff::Timestamp;
use toml_edit::{Array, Decor, DocumentMut, Item, Key, TableLike, Value};

use super::pieces::Kind;
use super::quoting::{one_line, string, strings};
use super::{ActorCorrection, Body, Color, Entry, Id, Note, NoteKind, PositionCorrection, Selector, Verdict};
use crate::analysis::Act;

/// Returns the entry of a piece of the file, or why it is none.
pub fn read(kind: Kind, text: &str) -> Result<Entry, String> {
    let document = toml_edit::Document::parse(text).map_err(|error| one_line(error.message()))?;
    let table = document.get(kind.key()).and_then(Item::as_array_of_tables).and_then(|tables| tables.get(0));
    let keys = Keys { table: table.ok_or("there is no entry")? };
    let body = match kind {
        Kind::Actor => Body::Actor(keys.actor()?),
        Kind::Note => Body::Note(keys.note()?),
        Kind::Position => Body::Position(keys.position()?),
    };
    let target = if kind == Kind::Actor { None } else { keys.selector()? };
    let id = match keys.text("id")? {
        Some(id) if !id.is_empty() => Id(id),
        _ if kind == Kind::Actor => return Err("an [[actor]] needs an id".into()),
        _ => Id::of_words(text.trim()),
    };
    Ok(Entry { id, target, body, created: keys.time("created"), updated: keys.time("updated") })
}

/// Returns the kind of an entry.
pub fn kind_of(entry: &Entry) -> Kind {
    match entry.body {
        Body::Actor(_) => Kind::Actor,
        Body::Note(_) => Kind::Note,
        Body::Position(_) => Kind::Position,
    }
}

/// Returns the lines of a new entry.
pub fn write(entry: &Entry) -> String {
    let kind = kind_of(entry);
    let width = if kind == Kind::Actor { 5 } else { 8 };
    let mut lines = format!("[[{}]]\n", kind.key());
    for field in fields(entry) {
        if let Some(value) = field.value {
            lines.push_str(&format!("{:width$} = {value}{}\n", field.key, field.comment));
        }
    }
    lines
}

/// Returns an entry's lines after a change from one value to another.
pub fn rewrite(text: &str, old: &Entry, new: &Entry) -> String {
    let carriage_returns = text.contains("\r\n");
    let Ok(mut document) = text.replace("\r\n", "\n").parse::<DocumentMut>() else { return write(new) };
    let tables = document.get_mut(kind_of(old).key()).and_then(Item::as_array_of_tables_mut);
    let Some(table) = tables.and_then(|tables| tables.get_mut(0)) else { return write(new) };
    let order: Vec<&str> = fields(new).iter().map(|field| field.key).collect();
    let mut left = String::new();
    for (field, before) in fields(new).into_iter().zip(fields(old)) {
        let unwritten_id = field.key == "id" && !table.contains_key("id");
        if field.value == before.value && !unwritten_id {
            continue;
        }
        match &field.value {
            Some(value) => set(table, &field, value, &order),
            None => left.push_str(&remove(table, field.key)),
        }
    }
    if !left.is_empty() {
        let trailing = document.trailing().as_str().unwrap_or_default();
        document.set_trailing(left + trailing);
    }
    let changed = document.to_string();
    if carriage_returns { changed.replace('\n', "\r\n") } else { changed }
}

/// Removes a key and leaves the comments above and behind it; returns those that no other key is there to have.
fn remove(table: &mut toml_edit::Table, key: &str) -> String {
    let keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    let next = keys.iter().skip_while(|other| *other != key).nth(1);
    let Some((name, value)) = table.remove_entry(key) else { return String::new() };
    let mut comments = name.leaf_decor().prefix().and_then(|above| above.as_str()).unwrap_or_default().to_owned();
    let behind = value.as_value().and_then(|value| value.decor().suffix()?.as_str()).unwrap_or_default().trim();
    if !behind.is_empty() && behind != HINT.trim() {
        comments = format!("{comments}{behind}\n");
    }
    if comments.trim().is_empty() {
        return String::new();
    }
    let Some(next) = next else { return comments };
    if let Some(Item::Table(table)) = table.get_mut(next) {
        put_above(table.decor_mut(), &comments);
        return String::new();
    }
    match table.key_mut(next) {
        Some(mut key) => {
            put_above(key.leaf_decor_mut(), &comments);
            String::new()
        }
        None => comments,
    }
}

fn put_above(decor: &mut Decor, comments: &str) {
    let above = decor.prefix().and_then(|above| above.as_str()).unwrap_or_default();
    decor.set_prefix(format!("{comments}{above}"));
}

/// Sets or adds one key; a new one stands where a new entry would have it.
fn set(table: &mut toml_edit::Table, field: &Field, value: &str, order: &[&str]) {
    let Ok(mut value) = value.parse::<Value>() else { return };
    if let Some(Item::Value(old)) = table.get_mut(field.key) {
        if let (Value::Array(old), Value::Array(new)) = (&mut *old, &value)
            && set_list(old, new)
        {
            return;
        }
        *value.decor_mut() = old.decor().clone();
        *old = value;
        return;
    }
    let padding = table.iter().next().and_then(|(first, _)| table.key(first)).map_or(1, |first| {
        let space = first.leaf_decor().suffix().and_then(|space| space.as_str()).map_or(1, str::len);
        (first.get().len() + space).saturating_sub(field.key.len()).max(1)
    });
    *value.decor_mut() = Decor::new(" ", field.comment);
    table.remove(field.key);
    let key = Key::new(field.key).with_leaf_decor(Decor::new("", " ".repeat(padding)));
    let mut keys: Vec<String> = table.iter().map(|(key, _)| key.to_owned()).collect();
    table.insert_formatted(&key, Item::Value(value));
    let rank = |key: &str| order.iter().position(|known| *known == key);
    let place = keys.iter().rposition(|other| rank(other).is_some_and(|other| Some(other) < rank(field.key)));
    keys.insert(place.map_or(0, |place| place + 1), field.key.to_owned());
    let place = |key: &Key| keys.iter().position(|other| other == key.get()).unwrap_or(usize::MAX);
    table.sort_values_by(|a, _, b, _| place(a).cmp(&place(b)));
}

/// Brings a list that is written over several lines to its new values, if what stays is in the old order; its comments
/// stay.
fn set_list(old: &mut Array, new: &Array) -> bool {
    if !old.to_string().contains('\n') {
        return false;
    }
    let words = |list: &Array| list.iter().map(|value| value.as_str().map(str::to_owned)).collect::<Vec<_>>();
    let wanted = words(new);
    let mut changed = old.clone();
    changed.retain(|value| wanted.contains(&value.as_str().map(str::to_owned)));
    if !wanted.starts_with(&words(&changed)) {
        return false;
    }
    let before = changed.iter().last().and_then(|last| last.decor().prefix()?.as_str()).unwrap_or(" ");
    let before =
        format!("{}{}", if before.contains('\n') { "\n" } else { "" }, before.rsplit('\n').next().unwrap_or(" "));
    for word in &wanted[changed.len()..] {
        changed.push_formatted(Value::from(word.clone().unwrap_or_default()).decorated(before.as_str(), ""));
    }
    *old = changed;
    true
}

/// Returns what of an entry makes no sense and is read as if it were not there: the key, and why.
pub fn doubts(kind: Kind, text: &str) -> Vec<(&'static str, String)> {
    let Ok(document) = toml_edit::Document::parse(text) else { return Vec::new() };
    let tables = document.get(kind.key()).and_then(Item::as_array_of_tables);
    let Some(table) = tables.and_then(|tables| tables.get(0)) else { return Vec::new() };
    let keys = Keys { table };
    let mut doubts = Vec::new();
    if table.contains_key("at") && keys.offsets("at").is_none() {
        doubts.push(("at", "'at' is no pair of offsets".to_owned()));
    }
    for key in ["created", "updated"] {
        if table.contains_key(key) && keys.time(key).is_none() {
            doubts.push((key, format!("'{key}' is no time")));
        }
    }
    if let Ok(Some(color)) = keys.text("color")
        && Color::from_word(&color).is_none()
    {
        doubts.push(("color", one_line(&format!("'{color}' is no color"))));
    }
    if let Some(kept) = table.get("conflict") {
        let keys = kept.as_table_like().into_iter().flat_map(|kept| kept.iter().map(|(key, _)| key.to_owned()));
        let keys = one_line(&keys.collect::<Vec<_>>().join(", "));
        doubts.push(("conflict", format!("two versions differ here ({keys}): keep one and remove 'conflict'")));
    }
    doubts
}

/// One key of an entry with its value as TOML.
struct Field {
    key: &'static str,
    value: Option<String>,
    comment: &'static str,
}

const HINT: &str = "      # hint only: characters in the version named by article.sha256";

/// Returns every key of an entry in the order in which a new one has them; the same keys for every entry of a kind.
fn fields(entry: &Entry) -> Vec<Field> {
    let mut fields = vec![field("id", Some(string(&entry.id.0)))];
    match &entry.body {
        Body::Note(note) => {
            fields.push(field("kind", Some(string(note.kind.word()))));
            fields.extend(selector_fields(entry.target.as_ref()));
            fields.extend([
                field("text", some(&note.text)),
                field("tags", list(&note.tags)),
                field("links", list(&note.links)),
                field("color", note.color.map(|color| string(color.word()))),
            ]);
        }
        Body::Actor(actor) => fields.extend([
            field("name", some(&actor.name)),
            field("aka", list(&actor.aka)),
            field("role", actor.role.as_deref().map(string)),
            field("speaks-for", actor.speaks_for.as_deref().map(string)),
            field("state", Some(string(actor.state.word()))),
            field("was", list(&actor.split).map(|split| format!("{{ split = {split} }}"))),
        ]),
        Body::Position(position) => fields.extend(position_fields(position, entry.target.as_ref())),
    }
    fields.extend([field("created", time(entry.created)), field("updated", time(entry.updated))]);
    fields
}

fn position_fields(position: &PositionCorrection, target: Option<&Selector>) -> Vec<Field> {
    let mut fields = vec![
        field("actor", position.actor.as_deref().map(string)),
        field("via", position.via.as_deref().map(string)),
        field("act", position.act.map(|act| string(act.word()))),
        field("to", list(&position.to)),
        field("issue", list(&position.issue)),
        field("gist", position.gist.as_deref().map(string)),
    ];
    fields.extend(selector_fields(target));
    let was = [("act", position.was_act.map(|act| act.word())), ("actor", position.was_actor.as_deref())];
    let was: Vec<String> = was.iter().filter_map(|(key, word)| Some(format!("{key} = {}", string((*word)?)))).collect();
    fields.extend([
        field("answers", list(&position.answers)),
        field("text", some(&position.text)),
        field("tags", list(&position.tags)),
        field("state", Some(string(position.state.word()))),
        field("was", (!was.is_empty()).then(|| format!("{{ {} }}", was.join(", ")))),
    ]);
    fields
}

fn selector_fields(target: Option<&Selector>) -> [Field; 6] {
    let text = |of: fn(&Selector) -> &str| target.and_then(|target| some(of(target)));
    let nth = target.map(|target| target.nth).filter(|&nth| nth > 0);
    let at = target.and_then(|target| target.at);
    [
        field("quote", text(|target| &target.quote)),
        field("sentence", text(|target| &target.sentence)),
        field("nth", nth.map(|nth| (nth + 1).to_string())),
        field("prev", text(|target| &target.prev)),
        field("next", text(|target| &target.next)),
        Field { key: "at", value: at.map(|(start, end)| format!("[{start}, {end}]")), comment: HINT },
    ]
}

fn field(key: &'static str, value: Option<String>) -> Field {
    Field { key, value, comment: "" }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| string(text))
}

fn list(values: &[String]) -> Option<String> {
    (!values.is_empty()).then(|| strings(values))
}

/// Returns a time as TOML has it; years that TOML cannot write are left out.
fn time(time: Option<Timestamp>) -> Option<String> {
    time.map(|time| time.to_string()).filter(|time| time.parse::<toml_edit::Datetime>().is_ok())
}

/// The keys of an entry as read.
struct Keys<'t> {
    table: &'t dyn TableLike,
}

impl Keys<'_> {
    fn note(&self) -> Result<Note, String> {
        let text = self.text("text")?.unwrap_or_default();
        let unmarked = if text.is_empty() { NoteKind::Highlight } else { NoteKind::Note };
        Ok(Note {
            kind: self.word("kind", NoteKind::from_word)?.unwrap_or(unmarked),
            tags: self.texts("tags")?,
            // A colour of another program is kept in the file and not shown.
            color: self.text("color")?.and_then(|color| Color::from_word(&color)),
            links: self.texts("links")?,
            text,
        })
    }

    fn actor(&self) -> Result<ActorCorrection, String> {
        let id = self.text("id")?.unwrap_or_default();
        Ok(ActorCorrection {
            name: self.text("name")?.unwrap_or_default(),
            aka: self.texts("aka")?,
            role: self.text("role")?,
            speaks_for: self.text("speaks-for")?,
            state: self.word("state", Verdict::from_word)?.unwrap_or(Verdict::Corrected),
            split: self.was()?.map_or(Ok(Vec::new()), |was| was.texts("split"))?,
            actor: id,
        })
    }

    fn position(&self) -> Result<PositionCorrection, String> {
        let was = self.was()?;
        Ok(PositionCorrection {
            actor: self.text("actor")?,
            via: self.text("via")?,
            act: self.word("act", Act::from_word)?,
            to: self.texts("to")?,
            issue: self.texts("issue")?,
            gist: self.text("gist")?,
            state: self.word("state", Verdict::from_word)?.unwrap_or_default(),
            was_act: was.as_ref().map_or(Ok(None), |was| was.word("act", Act::from_word))?,
            was_actor: was.as_ref().map_or(Ok(None), |was| was.text("actor"))?,
            answers: self.texts("answers")?,
            text: self.text("text")?.unwrap_or_default(),
            tags: self.texts("tags")?,
        })
    }

    fn selector(&self) -> Result<Option<Selector>, String> {
        let selector = Selector {
            quote: self.text("quote")?.unwrap_or_default(),
            sentence: self.text("sentence")?.unwrap_or_default(),
            prev: self.text("prev")?.unwrap_or_default(),
            next: self.text("next")?.unwrap_or_default(),
            at: self.offsets("at"),
            nth: self.number("nth").map_or(0, |nth| nth.saturating_sub(1)),
        };
        let nowhere = selector.quote.is_empty() && selector.sentence.is_empty();
        Ok((!nowhere).then_some(selector))
    }

    fn was(&self) -> Result<Option<Keys<'_>>, String> {
        match self.table.get("was") {
            None => Ok(None),
            Some(item) => item.as_table_like().map(|table| Some(Keys { table })).ok_or("'was' is not a table".into()),
        }
    }

    fn text(&self, key: &str) -> Result<Option<String>, String> {
        match self.table.get(key) {
            None => Ok(None),
            Some(item) => match item.as_str() {
                Some(text) => Ok(Some(text.replace("\r\n", "\n"))),
                None => Err(format!("'{key}' is not a string")),
            },
        }
    }

    /// Returns a list of strings; one string is a list of one.
    fn texts(&self, key: &str) -> Result<Vec<String>, String> {
        let Some(item) = self.table.get(key) else { return Ok(Vec::new()) };
        if let Some(text) = item.as_str() {
            return Ok(vec![text.to_owned()]);
        }
        let texts = item.as_array().and_then(|list| list.iter().map(|text| text.as_str().map(str::to_owned)).collect());
        texts.ok_or_else(|| format!("'{key}' is not a list of strings"))
    }

    fn word<W>(&self, key: &str, of: fn(&str) -> Option<W>) -> Result<Option<W>, String> {
        let Some(word) = self.text(key)? else { return Ok(None) };
        of(&word).map(Some).ok_or_else(|| one_line(&format!("'{word}' is no {key}")))
    }

    /// Returns a pair of offsets; they are a hint, so what makes no sense is as good as absent.
    fn offsets(&self, key: &str) -> Option<(usize, usize)> {
        let list = self.table.get(key)?.as_array().filter(|list| list.len() == 2)?;
        let mut numbers = list.iter().map(|value| usize::try_from(value.as_integer()?).ok());
        let (start, end) = (numbers.next()??, numbers.next()??);
        (start <= end).then_some((start, end))
    }

    fn number(&self, key: &str) -> Option<usize> {
        usize::try_from(self.table.get(key)?.as_integer()?).ok()
    }

    /// Returns a time; a local one is read as UTC, and what is no time as absent.
    fn time(&self, key: &str) -> Option<Timestamp> {
        let item = self.table.get(key)?;
        let time = item.as_datetime().map(ToString::to_string).or_else(|| item.as_str().map(str::to_owned))?;
        let midnight = format!("{time}T00:00:00Z");
        [time.clone(), format!("{time}Z"), midnight].iter().find_map(|time| time.parse().ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "# mine\n[[note]]\nid       = \"k7q2mz\"\nkind     = \"highlight\"   # a | b\n\
        quote    = \"no plans\"\nsentence = \"It had no plans.\"\nprev     = \"Before. \"\nat       = [7, 15]\n\
        mine     = { odd = 1 }\ncreated  = 2026-09-20T08:14:02Z\n# end\n";

    fn note() -> Entry {
        read(Kind::Note, NOTE).unwrap()
    }

    #[test]
    fn an_entry_is_read() {
        let entry = note();
        let target = entry.target.as_ref().unwrap();
        assert_eq!((entry.id.0.as_str(), target.quote.as_str(), target.at), ("k7q2mz", "no plans", Some((7, 15))));
        assert_eq!(entry.created.unwrap().to_string(), "2026-09-20T08:14:02Z");
    }

    /// Changes the note above and shows its lines after the first two.
    #[track_caller]
    fn check(change: impl Fn(&mut Note), expected: &str) {
        let mut new = note();
        let Body::Note(body) = &mut new.body else { panic!("a note") };
        change(body);
        let text = rewrite(NOTE, &note(), &new);
        assert_eq!(text.lines().skip(3).collect::<Vec<_>>().join("\n"), expected);
        assert_eq!(read(Kind::Note, &text), Ok(new));
    }

    #[test]
    fn a_change_touches_its_own_line() {
        let rest = "quote    = \"no plans\"\nsentence = \"It had no plans.\"\nprev     = \"Before. \"\nat       = [7, 15]\n\
            mine     = { odd = 1 }\ncreated  = 2026-09-20T08:14:02Z\n# end";
        check(|_| {}, &format!("kind     = \"highlight\"   # a | b\n{rest}"));
        check(|note| note.kind = NoteKind::Question, &format!("kind     = \"question\"   # a | b\n{rest}"));
        let with_text = rest.replace("mine ", "text     = \"So?\"\nmine ");
        check(|note| note.text = "So?".into(), &format!("kind     = \"highlight\"   # a | b\n{with_text}"));
    }

    #[test]
    fn comments_outlive_the_keys_they_stand_at() {
        let removed = |key: &str, after: &str| {
            let text = format!("[[note]]\nid = \"a\"\n# above\n{key}  # behind\n{after}");
            let old = read(Kind::Note, &text).unwrap();
            let mut new = old.clone();
            let Body::Note(note) = &mut new.body else { panic!("a note") };
            (note.tags, note.color) = (Vec::new(), None);
            rewrite(&text, &old, &new)
        };
        assert_eq!(removed("tags = [\"x\"]", "mine = 1\n"), "[[note]]\nid = \"a\"\n# above\n# behind\nmine = 1\n");
        assert_eq!(removed("color = \"red\"", "# end\n"), "[[note]]\nid = \"a\"\n# above\n# behind\n# end\n");
        let table = "[note.more]\nx = 1\n";
        assert_eq!(removed("tags = \"x\"", table), format!("[[note]]\nid = \"a\"\n# above\n# behind\n{table}"));
    }

    #[test]
    fn a_list_over_several_lines_keeps_its_comments() {
        let text = "[[note]]\nid = \"a\"\ntags = [\n  \"x\", # first\n  \"y\",\n]\n";
        let old = read(Kind::Note, text).unwrap();
        let mut new = old.clone();
        let Body::Note(note) = &mut new.body else { panic!("a note") };
        note.tags.push("z".into());
        assert_eq!(rewrite(text, &old, &new), text.replace("\"y\",", "\"y\",\n  \"z\","));
    }

    #[test]
    fn carriage_returns_stay() {
        let windows = NOTE.replace('\n', "\r\n");
        let mut new = note();
        new.created = None;
        let text = rewrite(&windows, &note(), &new);
        assert_eq!(text, windows.replace("created  = 2026-09-20T08:14:02Z\r\n", ""));
    }

    #[test]
    fn every_entry_written_reads_the_same() {
        let selector =
            Selector { quote: "x \"y\"".into(), sentence: "A x \"y\".".into(), nth: 1, ..Selector::default() };
        let position = PositionCorrection {
            actor: Some("the-port".into()),
            act: Some(Act::Demands),
            to: vec!["owners".into()],
            gist: Some("more\nlines".into()),
            state: Verdict::Corrected,
            was_act: Some(Act::Says),
            ..PositionCorrection::default()
        };
        let actor = ActorCorrection {
            actor: "port".into(),
            name: "The Port".into(),
            aka: vec!["Lindholm".into()],
            split: vec!["Lindholm".into()],
            ..ActorCorrection::default()
        };
        for (id, target, body) in [
            ("abcdef", Some(selector), Body::Position(position)),
            ("port", None, Body::Actor(actor)),
            ("222222", None, Body::Note(Note { text: "\u{202e}\u{9b}".into(), ..Note::default() })),
        ] {
            let entry = Entry { id: Id(id.into()), target, body, created: Some(Timestamp::UNIX_EPOCH), updated: None };
            assert_eq!(read(kind_of(&entry), &write(&entry)), Ok(entry));
        }
    }

    #[test]
    fn a_wrong_value_is_named() {
        for (keys, reason) in [
            ("text = 3", "'text' is not a string"),
            ("tags = [1]", "'tags' is not a list of strings"),
            ("kind = \"\\u001b\"", "'\\u001B' is no kind"),
        ] {
            assert_eq!(read(Kind::Note, &format!("[[note]]\n{keys}\n")), Err(reason.to_owned()));
        }
        assert!(read(Kind::Note, "[[note]]\nat = [-4, \"x\"]\nnth = -1\ncreated = 9\ntags = \"one\"\n").is_ok());
    }
}
