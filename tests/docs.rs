//! The tables of the README and of the docs are those of the code; `UPDATE=1 cargo test --test docs` writes them.

use std::env;
use std::fs;

use demarche::annotation::import::Format;
use demarche::cli::docs;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Checks what stands in a page between `<!-- name -->` and `<!-- /name -->`.
#[track_caller]
fn check(page: &str, name: &str, table: &str) {
    let path = format!("{ROOT}/{page}");
    let written = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{page}: {error}"));
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let marked = written.split_once(&start).and_then(|(head, rest)| Some((head, rest.split_once(&end)?)));
    let Some((head, (old, tail))) = marked else {
        panic!("{page} has no place for the table of {name}: {} and {end} on lines of their own", start.trim_end());
    };
    let expected = format!("\n{table}\n");
    if old == expected {
        return;
    }
    assert!(
        env::var_os("UPDATE").is_some(),
        "{page}: the table of {name} is old; UPDATE=1 cargo test --test docs writes it"
    );
    fs::write(path, format!("{head}{start}{expected}{end}{tail}")).unwrap();
}

#[test]
fn every_format_that_is_imported_is_described() {
    let page = include_str!("../docs/import.md");
    let described: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    let known: Vec<&str> = Format::ALL.iter().map(|format| format.word()).collect();
    assert_eq!(described, known);
}

#[test]
fn the_tables_are_those_of_the_code() {
    check("README.md", "keys", &docs::key_table());
    check("README.md", "options", &docs::option_table());
    check("docs/export.md", "formats", &docs::format_table());
}
