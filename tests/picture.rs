//! The picture of the README is a screen of the program: drawn again here, it must be the same. `UPDATE=1 cargo test`
//! draws it anew.

mod support;

use demarche::analysis::analyze;
use demarche::analysis::lexicon::Lexicon;
use demarche::app::{Config, Size};
use demarche::view::svg;
use support::screen::frame;
use support::session::Session;

const SAMPLE: &str = include_str!("../assets/sample.txt");

#[test]
fn the_picture_is_a_screen() {
    let mut session = Session::new("sample.txt", SAMPLE, Size { columns: 110, rows: 34 }, Config::default());
    session.analyze(analyze(&session.app.document, Lexicon::embedded()));
    session.press("p p p");
    let frame = frame(&session.app, &session.theme);
    let got = svg(&frame.buffer, frame.cursor, &session.theme);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/screen.svg");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &got).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path).unwrap(), got, "docs/screen.svg is not what the program shows");
}
