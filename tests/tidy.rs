//! The shape of the code: each module imports only those before it, and only the shell touches the world.

use std::path::{Path, PathBuf};

const ORDER: &[&str] = &["text", "document", "analysis", "annotation", "app", "view", "shell", "cli"];

/// What belongs to some modules alone.
const WORLD: &[(&str, &[&str])] = &[
    ("ratatui::", &["view", "shell", "cli"]),
    ("crossterm::", &["shell"]),
    ("rustix::", &["shell"]),
    ("std::fs", &["shell", "cli"]),
    ("std::env", &["shell", "cli"]),
    ("Timestamp::now", &["shell", "cli"]),
    ("SystemTime::now", &["shell", "cli"]),
];

fn sources(dir: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

#[test]
fn imports_point_one_way() {
    let src = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut files = Vec::new();
    sources(src, &mut files);
    assert!(files.len() > ORDER.len(), "the sources were not found");
    for path in files {
        let relative = path.strip_prefix(src).unwrap();
        let module = relative.components().next().unwrap().as_os_str().to_str().unwrap().trim_end_matches(".rs");
        let Some(rank) = ORDER.iter().position(|m| *m == module) else { continue };
        let text = std::fs::read_to_string(&path).unwrap();
        for later in &ORDER[rank + 1..] {
            let import = format!("crate::{later}");
            assert!(!text.contains(&import), "{} imports {later}, which comes after {module}", relative.display());
        }
        for (name, allowed) in WORLD {
            let uses = text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(name));
            assert!(!uses || allowed.contains(&module), "{} uses {name}", relative.display());
        }
    }
}

#[test]
fn the_map_is_in_reading_order() {
    let map = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/lib.rs")).unwrap();
    let modules: Vec<&str> = map.lines().filter_map(|l| l.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules, ORDER, "lib.rs lists its modules in the order in which they may import each other");
}
