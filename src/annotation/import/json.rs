//! JSON in which a mistake has a line and the path of a field.

use jiff::Timestamp;
use serde_json::Value;
use serde_json::value::RawValue;

use super::{Bad, time_of};

/// A JSON text and where its lines begin.
pub struct File<'t> {
    text: &'t str,
    line_ends: Vec<usize>,
}

impl<'t> File<'t> {
    pub fn new(text: &'t str) -> File<'t> {
        File { text, line_ends: memchr::memchr_iter(b'\n', text.as_bytes()).collect() }
    }

    /// Returns the members of the outermost object, `None` when it is a list.
    pub fn members(&self) -> Result<Option<Vec<(String, &'t RawValue)>>, Bad> {
        match self.text.trim_start().starts_with('{') {
            true => self.parse::<Members>(self.text).map(|members| Some(members.0)),
            false => Ok(None),
        }
    }

    /// Returns the parts of the outermost list.
    pub fn list(&self) -> Result<Vec<&'t RawValue>, Bad> {
        self.parse(self.text)
    }

    /// Returns the members of an object inside.
    pub fn members_of(&self, raw: &'t RawValue) -> Result<Vec<(String, &'t RawValue)>, Bad> {
        self.parse::<Members>(raw.get()).map(|members| members.0)
    }

    /// Returns the parts of a list inside.
    pub fn list_of(&self, raw: &'t RawValue) -> Result<Vec<&'t RawValue>, Bad> {
        self.parse(raw.get())
    }

    /// Returns a part read whole.
    pub fn part(&self, raw: &'t RawValue) -> Result<Part, Bad> {
        Ok(Part { line: self.line_of(raw.get()), value: self.parse(raw.get())? })
    }

    fn parse<T: serde::Deserialize<'t>>(&self, text: &'t str) -> Result<T, Bad> {
        serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let reason = message.split(" at line ").next().unwrap_or_default();
            Bad::new(self.line_of(text) + error.line().saturating_sub(1), "", format!("no JSON as expected: {reason}"))
        })
    }

    /// Returns the line of a part of the text.
    fn line_of(&self, part: &str) -> usize {
        let at = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.line_ends.partition_point(|&end| end < at) + 1
    }
}

/// The members of an object in their order.
struct Members<'t>(Vec<(String, &'t RawValue)>);

impl<'de: 't, 't> serde::Deserialize<'de> for Members<'t> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(Visitor).map(Members)
    }
}

/// Returns a member by its name; of several the first.
pub fn member<'t>(members: &[(String, &'t RawValue)], name: &str) -> Option<&'t RawValue> {
    members.iter().find(|(key, _)| key == name).map(|(_, raw)| *raw)
}

/// One object of the file.
pub struct Part {
    line: usize,
    value: Value,
}

impl Part {
    pub fn fields(&self) -> Result<Fields<'_>, Bad> {
        Fields { line: self.line, path: String::new(), value: &self.value }.object()
    }
}

/// A value with the path that leads to it.
#[derive(Clone)]
pub struct Fields<'v> {
    pub line: usize,
    path: String,
    value: &'v Value,
}

impl<'v> Fields<'v> {
    /// Returns a member; `null` is none.
    pub fn get(&self, key: &str) -> Option<Fields<'v>> {
        let value = self.value.get(key).filter(|value| !value.is_null())?;
        let path = if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) };
        Some(Fields { line: self.line, path, value })
    }

    /// Returns the parts of a list; what is no list is a list of one.
    pub fn each(&self, key: &str) -> Vec<Fields<'v>> {
        let Some(list) = self.get(key) else { return Vec::new() };
        let Value::Array(values) = list.value else { return vec![list] };
        let part = |(index, value)| Fields { line: self.line, path: format!("{}[{index}]", list.path), value };
        values.iter().enumerate().map(part).collect()
    }

    pub fn text(&self, key: &str) -> Result<Option<&'v str>, Bad> {
        self.get(key).map(|field| field.as_text()).transpose()
    }

    pub fn texts(&self, key: &str) -> Result<Vec<&'v str>, Bad> {
        self.each(key).iter().map(Fields::as_text).collect()
    }

    /// Returns a count of characters.
    pub fn offset(&self, key: &str) -> Result<Option<usize>, Bad> {
        let Some(field) = self.get(key) else { return Ok(None) };
        let offset = field.value.as_u64().and_then(|number| usize::try_from(number).ok());
        offset.map(Some).ok_or_else(|| field.bad(format!("{} is no count of characters", short(field.value))))
    }

    pub fn time(&self, key: &str) -> Result<Option<Timestamp>, Bad> {
        let Some(field) = self.get(key) else { return Ok(None) };
        let text = field.as_text()?;
        time_of(text).map(Some).ok_or_else(|| field.bad(format!("'{text}' is no time")))
    }

    /// Returns a time in seconds since 1970.
    pub fn seconds(&self, key: &str) -> Result<Option<Timestamp>, Bad> {
        let Some(field) = self.get(key) else { return Ok(None) };
        let time = field.value.as_i64().and_then(|seconds| Timestamp::from_second(seconds).ok());
        time.map(Some).ok_or_else(|| field.bad(format!("{} is no time in seconds", short(field.value))))
    }

    pub fn is_text(&self) -> bool {
        self.value.is_string()
    }

    pub fn as_text(&self) -> Result<&'v str, Bad> {
        self.value.as_str().ok_or_else(|| self.bad(format!("is {}, not a text", kind_of(self.value))))
    }

    pub fn object(self) -> Result<Fields<'v>, Bad> {
        if self.value.is_object() {
            Ok(self)
        } else {
            Err(self.bad(format!("is {}, not an object", kind_of(self.value))))
        }
    }

    pub fn bad(&self, reason: impl Into<String>) -> Bad {
        Bad::new(self.line, self.path.clone(), reason)
    }
}

fn short(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        other => kind_of(other).into(),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}
