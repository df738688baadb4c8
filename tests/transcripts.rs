//! Sessions as text: an article, then keys and the screens they lead to. `UPDATE=1 cargo test` rewrites them, and the
//! review reads the difference.

mod support;

use support::session::play;

#[test]
fn transcripts() {
    let dir = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/transcripts");
    let mut played = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        let want = std::fs::read_to_string(&path).unwrap();
        let got = play(&want);
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &got).unwrap();
        } else {
            snapbox::assert_data_eq!(got, snapbox::Data::text(want).raw());
        }
        played += 1;
    }
    assert!(played > 5, "the transcripts were not found");
}
