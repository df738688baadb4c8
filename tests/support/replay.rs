//! Texts that say what happens: played again, and compared with what is written there or, with `UPDATE=1`, written anew.

use std::path::Path;

/// Plays every file of a folder of `tests/`.
#[track_caller]
pub fn replay(folder: &str, play: impl Fn(&str) -> String) {
    let mut played = 0;
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder)).unwrap() {
        let path = entry.unwrap().path();
        let want = std::fs::read_to_string(&path).unwrap();
        let got = play(&want);
        match std::env::var_os("UPDATE") {
            Some(_) => std::fs::write(&path, &got).unwrap(),
            None => snapbox::assert_data_eq!(got, snapbox::Data::text(want).raw()),
        }
        played += 1;
    }
    assert!(played > 2, "the transcripts were not found");
}
