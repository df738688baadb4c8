//! Runs: stretches of a row that differ from what is shown and look alike, each written in one go.

use ratatui::buffer::{Buffer, Cell};

use super::pen::{Look, Pen};

/// A stretch of a row to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    pub y: u16,
    pub start: u16,
    pub end: u16,
    pub look: Look,
    /// All of it is blank, to the end of the row: it is erased.
    pub erased: bool,
}

/// So many cells between two that differ are written once more: to step over them takes as much.
const GAP: usize = 4;

/// Fewer cells at the end of a row are written over, more are erased.
const ERASED: usize = 4;

/// Returns what must be written so that a screen shows a frame, row by row.
pub fn find(pen: &Pen, shown: &Buffer, frame: &Buffer) -> Vec<Run> {
    let width = usize::from(frame.area.width).max(1);
    let rows = shown.content.chunks(width).zip(frame.content.chunks(width));
    let mut runs = Vec::new();
    for (y, (old, new)) in (0..).zip(rows) {
        if old != new {
            find_in_row(pen, y, (old, new), &mut runs);
        }
    }
    runs
}

fn find_in_row(pen: &Pen, y: u16, (old, new): (&[Cell], &[Cell]), runs: &mut Vec<Run>) {
    let changed = |x: &usize| new[*x] != old[*x] && !new[*x].symbol().is_empty();
    let tail = new.len() - trailing_blanks(pen, new);
    let erased = (tail..new.len()).find(changed);
    let erased = erased.filter(|&first| (first + ERASED..new.len()).any(|x| changed(&x)));
    let mut open: Option<Run> = None;
    for x in (0..erased.unwrap_or(new.len())).filter(changed) {
        let end = (x + 1) as u16;
        if let Some(run) = &mut open
            && goes_on(run, x, new)
        {
            run.end = end;
            continue;
        }
        runs.extend(open);
        open = Some(Run { y, start: x as u16, end, look: Look::of(&new[x]), erased: false });
    }
    runs.extend(open);
    let look = |first: usize| Look::of(&new[first]);
    runs.extend(erased.map(|x| Run { y, start: x as u16, end: new.len() as u16, look: look(x), erased: true }));
}

/// Returns whether a cell belongs to a run, with all that lies between; a run of blanks takes the look of the first letter.
fn goes_on(run: &mut Run, x: usize, row: &[Cell]) -> bool {
    let end = usize::from(run.end);
    let is_plain = |cell: &Cell| run.look.suits(cell) && cell.symbol().len() <= 3;
    if x - end > GAP || !row[end..x].iter().all(is_plain) {
        return false;
    }
    if run.look.suits(&row[x]) {
        return true;
    }
    let look = Look::of(&row[x]);
    let takes = row[usize::from(run.start)..x].iter().all(|cell| cell.symbol() == " " && look.suits(cell));
    if takes {
        run.look = look;
    }
    takes
}

/// Returns how many cells at the end of a row look as if they were erased in one go.
fn trailing_blanks(pen: &Pen, row: &[Cell]) -> usize {
    let last = row.last().filter(|last| pen.can_erase(last));
    last.map_or(0, |last| row.iter().rev().take_while(|cell| *cell == last).count())
}

/// Sorts runs so that those that look alike are written one after the other: where colours are long to say, moving about
/// is the lesser cost. Erasing needs the ground alone and is done with the first of its ground.
pub fn sort_by_look(runs: &mut [Run], first: Look) {
    let mut looks = vec![first];
    for run in runs.iter().filter(|run| !run.erased) {
        if !looks.contains(&run.look) {
            looks.push(run.look);
        }
    }
    let group = |run: &Run| match run.erased {
        true => looks.iter().position(|look| look.erases_like(run.look)),
        false => looks.iter().position(|look| *look == run.look),
    };
    runs.sort_by_cached_key(|run| group(run).unwrap_or(looks.len()));
}
