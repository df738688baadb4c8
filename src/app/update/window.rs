//! A text too long to be analysed as a whole: what is read and around it is, and that window goes with the reader.

use crate::app::{App, Effect};
use crate::text::Offset;

/// The largest text that is analysed as a whole while it is read, in bytes.
pub const WHOLE: usize = 16 << 20;

/// As much is analysed of a larger one.
pub const WINDOW: usize = 1 << 20;

/// Notes which stretch is looked through around an offset.
pub fn begin(app: &mut App, around: Offset) {
    app.state.window = Some(app.document.part_around(around, WINDOW));
}

/// Asks for what is around the reader, once the reader has left what was looked through last, whether anything was found
/// in it or not. An analysis that the reader has stopped is not begun again.
pub fn follow(app: &mut App) -> Option<Effect> {
    let here = app.document.blocks.get(app.document.block_at(app.state.here))?.span.start;
    let is_left = app.state.window.is_some_and(|window| here < window.start || window.end <= here);
    if app.document.text.len() <= WHOLE || !is_left || app.state.stopped {
        return None;
    }
    begin(app, here);
    app.state.analyzing = true;
    Some(Effect::Extract { around: here })
}
