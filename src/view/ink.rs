//! What lies over the words of the article: strokes of style over spans, in a fixed order, the later over the earlier.
//!
//! Only what touches the visible stretch of text is looked at.

use ratatui::style::{Modifier, Style};

use super::cells::Canvas;
use super::label;
use super::theme::Slot;
use crate::analysis::ActorId;
use crate::annotation::{Body, Color, NoteKind};
use crate::app::App;
use crate::app::index::Part;
use crate::app::sidebar::listed;
use crate::app::state::Mode;
use crate::document::Inline;
use crate::text::Span;

/// A style over a stretch of text.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    pub span: Span,
    pub style: Style,
}

/// Returns the strokes over a stretch of the text, in the order in which they are laid.
pub fn strokes(app: &App, canvas: &Canvas, window: Span) -> Vec<Stroke> {
    let mut strokes = Vec::new();
    inline(app, canvas, window, &mut strokes);
    mentions(app, canvas, window, &mut strokes);
    // The ground of what is said must hide neither a highlight nor a match.
    parts(app, canvas, window, &[Part::Content], &mut strokes);
    highlights(app, canvas, window, &mut strokes);
    parts(app, canvas, window, &[Part::Cue, Part::Source], &mut strokes);
    matches(app, canvas, window, &mut strokes);
    selection(app, canvas, window, &mut strokes);
    spotlight(app, canvas, window, &mut strokes);
    strokes
}

fn inline(app: &App, canvas: &Canvas, window: Span, strokes: &mut Vec<Stroke>) {
    let styles = &app.document.styles;
    let upto = styles.partition_point(|(span, _)| span.start < window.end);
    // Mark-up stays inside its block, so what begins before the first visible block cannot reach the window.
    let block = app.document.blocks.get(app.document.block_at(window.start)).map_or(0, |block| block.span.start);
    let from = styles.partition_point(|(span, _)| span.start < block);
    for (span, inline) in styles[from.min(upto)..upto].iter().filter(|(span, _)| span.overlaps(window)) {
        let slot = match inline {
            Inline::Emphasis => Slot::Emphasis,
            Inline::Strong => Slot::Strong,
            Inline::Code => Slot::Code,
            Inline::Strikethrough => Slot::Strikethrough,
            Inline::Link(_) | Inline::Place(_) | Inline::Note(_) => Slot::Link,
        };
        strokes.push(Stroke { span: *span, style: canvas.theme[slot] });
    }
}

/// The parties whose names are coloured: those that have a colour of their own.
const COLOURED: usize = 7;

/// Names in the colour of their party; when an actor is selected and not one of its positions, its names stand out.
fn mentions(app: &App, canvas: &Canvas, window: Span, strokes: &mut Vec<Stroke>) {
    for &(span, actor) in app.index.mentions.touching(window) {
        let rank = label::rank(app, app.index.party(actor));
        if rank >= COLOURED {
            continue;
        }
        let colour = canvas.theme.party_name(rank);
        let selected = app.state.actor == Some(actor) && app.state.position.is_none();
        let style = if selected { colour.patch(canvas.theme[Slot::Mention]) } else { colour };
        strokes.push(Stroke { span, style });
    }
}

fn highlights(app: &App, canvas: &Canvas, window: Span, strokes: &mut Vec<Stroke>) {
    for &(span, number) in app.index.notes.touching(window) {
        if let Some(Body::Note(note)) = app.notes.entries().get(number).map(|entry| &entry.body)
            && note.kind != NoteKind::Bookmark
        {
            let color = app.library.color_of(note).unwrap_or(Color::Yellow);
            strokes.push(Stroke { span, style: canvas.theme.highlight(color) });
        }
    }
}

fn matches(app: &App, canvas: &Canvas, window: Span, strokes: &mut Vec<Stroke>) {
    let matches = &app.state.find.matches;
    let from = matches.partition_point(|span| span.end <= window.start);
    for (index, &span) in matches.iter().enumerate().skip(from).take_while(|(_, span)| span.start < window.end) {
        let slot = if app.state.find.at == Some(index) { Slot::Current } else { Slot::Match };
        strokes.push(Stroke { span, style: canvas.theme[slot] });
    }
}

/// Parts of the selected position: what is said has a ground, who says it and by which words stand out.
fn parts(app: &App, canvas: &Canvas, window: Span, parts: &[Part], strokes: &mut Vec<Stroke>) {
    let Some(position) = app.state.position.and_then(|id| app.reading.analysis.positions.get(id.0)) else { return };
    for part in parts {
        let (spans, slot) = match part {
            Part::Content => (&position.content, Slot::Content),
            Part::Cue => (&position.cue, Slot::Cue),
            Part::Source => (&position.source, Slot::Source),
        };
        let visible = spans.iter().filter(|span| span.overlaps(window));
        strokes.extend(visible.map(|&span| Stroke { span, style: canvas.theme[slot] }));
    }
}

fn selection(app: &App, canvas: &Canvas, window: Span, strokes: &mut Vec<Stroke>) {
    if let Mode::Select(selection) = &app.state.mode {
        let span = selection.span(&app.document);
        if span.overlaps(window) {
            strokes.push(Stroke { span, style: canvas.theme[Slot::Selection] });
        }
    }
}

/// Dims what lies between the pieces that the selected actor's party says.
fn spotlight(app: &App, canvas: &Canvas, window: Span, strokes: &mut Vec<Stroke>) {
    let Some(actor) = app.state.actor.filter(|_| app.state.spotlight) else { return };
    let party = app.index.party(actor);
    let style = canvas.theme[Slot::Spotlight].remove_modifier(Modifier::BOLD);
    let mut dark = window.start;
    for &(span, (position, _)) in app.index.pieces.touching(window) {
        if label::party_of(app, position) != Some(party) || !listed(&app.reading, &app.state, position) {
            continue;
        }
        if dark < span.start {
            strokes.push(Stroke { span: Span::new(dark, span.start), style });
        }
        dark = dark.max(span.end);
    }
    if dark < window.end {
        strokes.push(Stroke { span: Span::new(dark, window.end), style });
    }
}

/// Returns the party that speaks in a row, and whether that is only possible: of several, the one that says most of it.
pub fn speaker(app: &App, row: Span) -> Option<(ActorId, bool)> {
    let said = app.index.pieces.touching(row).filter(|(_, (_, part))| *part == Part::Content);
    let shares = said.filter(|(_, (position, _))| listed(&app.reading, &app.state, *position));
    let shares = shares.filter_map(|&(span, (position, _))| {
        // What is said inside what another says is that other's.
        let outermost = app.reading.analysis.positions[position.0].nested_in.is_none();
        let share = row.intersect(span)?.len();
        Some(((share, outermost), (label::party_of(app, position)?, label::is_possible(app, position))))
    });
    shares.max_by_key(|(weight, _)| *weight).map(|(_, speaker)| speaker)
}
