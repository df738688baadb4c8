//! Sessions as text: an article, then keys and the screens they lead to. `UPDATE=1 cargo test` rewrites them, and the
//! review reads the difference.

mod support;

use support::replay::replay;
use support::session::play;

#[test]
fn transcripts() {
    replay("transcripts", play);
}
