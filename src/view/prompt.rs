//! A line that is being typed, with what it is for before it.

use unicode_segmentation::UnicodeSegmentation;

use super::Place;
use super::cells::Canvas;
use super::theme::Slot;
use crate::app::prompt::Prompt;
use crate::text::width;

/// Draws a prompt; returns the place of the cursor. A line longer than its room is shown around the cursor.
pub fn draw(label: &str, prompt: &Prompt, (x, y): Place, end: u16, canvas: &mut Canvas) -> Option<Place> {
    if x >= end {
        return None;
    }
    let x = canvas.put_cut(x, y, end.saturating_sub(1).max(x), label, canvas.theme[Slot::Key]);
    let text = prompt.text();
    let cursor = text.char_indices().nth(prompt.area.cursor().1).map_or(text.len(), |(at, _)| at);
    let room = usize::from(end.saturating_sub(x + 1));
    let mut from = 0;
    for grapheme in text[..cursor].graphemes(true) {
        if width(&text[from..cursor]) <= room {
            break;
        }
        from += grapheme.len();
    }
    canvas.put(x, y, end, &text[from..], canvas.theme[Slot::Text]);
    let before = u16::try_from(width(&text[from..cursor])).unwrap_or(0);
    Some(((x + before).min(end - 1), y))
}
