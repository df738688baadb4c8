//! The tables of the README are those of the code; `UPDATE=1 cargo test --test docs` writes them.

use std::env;
use std::fs;

use demarche::cli::docs;

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// Checks what stands between `<!-- name -->` and `<!-- /name -->`.
#[track_caller]
fn check(name: &str, table: &str) {
    let readme = fs::read_to_string(README).expect("README.md is there");
    let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let marked = readme.split_once(&start).and_then(|(head, rest)| Some((head, rest.split_once(&end)?)));
    let Some((head, (written, tail))) = marked else {
        panic!("README.md has no place for the table of {name}: {} and {end} on lines of their own", start.trim_end());
    };
    let expected = format!("\n{table}\n");
    if written == expected {
        return;
    }
    assert!(
        env::var_os("UPDATE").is_some(),
        "README.md: the table of {name} is old; UPDATE=1 cargo test --test docs writes it"
    );
    fs::write(README, format!("{head}{start}{expected}{end}{tail}")).unwrap();
}

#[test]
fn the_tables_are_those_of_the_code() {
    check("keys", &docs::key_table());
    check("options", &docs::option_table());
}
