//! All hand-made readings of a folder: marked articles, and readings as JSON beside the text they are of.

use std::path::Path;

use super::{Truth, json, marked};

/// Reads a folder; the readings are in the order of their names, which they bring along.
pub fn read(folder: &Path) -> Result<Vec<(String, Truth)>, String> {
    let unread = |error: std::io::Error| format!("cannot read {}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(unread)?;
    let mut paths =
        entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>().map_err(unread)?;
    paths.sort();
    let mut truths = Vec::new();
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let extension = path.extension().unwrap_or_default();
        let of_json = path.with_extension("json");
        let text = || std::fs::read_to_string(path).map_err(unread);
        if extension == "json" {
            let article = std::fs::read_to_string(path.with_extension("txt")).map_err(unread)?;
            let truth =
                json::read(&text()?, &article).ok_or_else(|| format!("{name}.json is no reading of its text"))?;
            truths.push((name, truth));
        } else if extension == "txt" && !of_json.exists() {
            truths.push((name.clone(), marked::read(&text()?).map_err(|wrong| format!("{name}.txt: {wrong}"))?));
        }
    }
    Ok(truths)
}
