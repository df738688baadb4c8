//! What the terminal is sent for a frame of a real article, beside a full sidebar and without one: little.

mod support;

use demarche::analysis::analyze;
use demarche::analysis::lexicon::Lexicon;
use demarche::app::{Config, Size};
use demarche::shell::paint::Painter;
use support::screen::frame;
use support::session::Session;

const SAMPLE: &str = include_str!("../assets/sample.txt");

/// Checks that a key, pressed again and again after others, is answered as a rule in at most so many bytes.
#[track_caller]
fn check(before: &str, key: &str, margins: bool, most: usize) {
    let mut session = Session::new("sample.txt", SAMPLE, Size { columns: 120, rows: 40 }, Config::default());
    session.analyze(analyze(&session.app.document, Lexicon::embedded()));
    session.press(before);
    let mut painter = Painter::new(true);
    if margins {
        painter.use_margins();
    }
    let mut paint = |session: &Session| {
        let frame = frame(&session.app, &session.theme);
        painter.paint(frame.buffer, frame.cursor).len()
    };
    let all = paint(&session);
    let mut bytes: Vec<usize> = std::iter::repeat_with(|| {
        session.press(key);
        paint(&session)
    })
    .take_while(|bytes| *bytes > 0)
    .take(24)
    .collect();
    bytes.sort_unstable();
    let median = bytes[bytes.len() / 2];
    assert!(median <= most, "{median} bytes of {all} for {key}: {bytes:?}");
}

#[test]
fn a_line_beside_a_full_sidebar() {
    check("", "j", true, 400);
    check("G", "k", true, 500);
    check("", "j", false, 2700);
}

#[test]
fn a_line_without_a_sidebar() {
    check("z", "j", false, 250);
}

#[test]
fn a_page() {
    check("", "space", false, 3200);
}
