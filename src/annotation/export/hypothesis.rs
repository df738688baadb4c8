//! Notes as an export of Hypothesis, which its client imports.

use serde_json::{Value, json};

use super::contents::{Contents, Remark};
use super::place::{Around, source, target};
use crate::annotation::quoting::json;

/// Whoever imports becomes the author; until then it is somebody here.
const USER: &str = "acct:me@localhost";

/// Returns the export. Its date is that of the last note, so that the same notes give the same file.
pub fn write(contents: &Contents) -> String {
    let annotations: Vec<Value> = contents.remarks().map(|remark| annotation(contents, &remark)).collect();
    let date = contents.changed().unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    json(&json!({
        "export_date": date.to_string(),
        "export_userid": USER,
        "client_version": "demarche",
        "annotations": annotations,
    }))
}

fn annotation(contents: &Contents, remark: &Remark) -> Value {
    let entry = remark.entry;
    let created = entry.created.or(entry.updated);
    let mut annotation = json!({ "id": entry.id.0 });
    for (key, time) in [("created", created), ("updated", entry.updated.or(created))] {
        if let Some(time) = time {
            annotation[key] = time.to_string().into();
        }
    }
    annotation["user"] = USER.into();
    annotation["uri"] = source(contents).into();
    annotation["text"] = remark.text.into();
    annotation["tags"] = remark.tags.into();
    annotation["document"] = json!({ "title": [contents.about.title] });
    annotation["target"] = json!([target(contents, remark, Around::Words)]);
    annotation
}
