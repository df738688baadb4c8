//! The exchange: who asked whom for what, and what came back; below each other, or a column for each party asked.

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::style::Style;

use super::cells::Canvas;
use super::shorten::shorten;
use super::sidebar::{Columns, Drawn, draw_act, draw_line, draw_list, inner, outcome_slot, words_style};
use super::theme::Slot;
use super::{Place, label};
use crate::analysis::{ActorId, PositionId};
use crate::app::exchange::{Outcome, Reply, asks};
use crate::app::{App, Area, Item};
use crate::text::width;

/// Draws the page; returns the place of the selected line.
pub fn draw(app: &App, list: Area, canvas: &mut Canvas) -> Option<Place> {
    let grids = RefCell::default();
    let Drawn { selected, below } = match app.exchange_in_columns() {
        true => {
            draw_list(app, list, canvas, |app, item, line, canvas| draw_in_columns(app, item, line, &grids, canvas))
        }
        false => draw_list(app, list, canvas, draw_stacked),
    };
    let all_shown = app.state.sidebar_top + usize::from(list.height) >= app.items.len();
    if all_shown && app.analysis.is_some() {
        let free = Area { y: below + 1, height: (list.y + list.height).saturating_sub(below + 1), ..inner(list) };
        draw_foot(app, free, canvas);
    }
    selected
}

/// One line each: who asks, what, and indented what came back.
fn draw_stacked(app: &App, item: &Item, line: Area, canvas: &mut Canvas) {
    let columns = Columns::of(line);
    let (x, y, end) = (line.x, line.y, columns.words_end);
    match item {
        Item::Asker(id) => {
            draw_asker(app, *id, x, y, columns.end, canvas);
        }
        Item::Asked(id) => {
            let x = draw_act(app, *id, x + 2, columns, canvas);
            columns.said(app, canvas, x, *id);
            columns.place(app, canvas, label::start(app, *id));
            columns.state(app, canvas, *id);
        }
        Item::Reply { reply, certain, .. } => {
            let x = draw_reply_head(app, *reply, *certain, (x + 4, y), end, canvas);
            columns.said(app, canvas, x, *reply);
            columns.place(app, canvas, label::start(app, *reply));
        }
        Item::NoReply(_) => {
            canvas.put_cut(x + 4, y, end, NO_ANSWER, canvas.theme[Slot::Dim]);
        }
        item => draw_line(app, item, line, canvas),
    }
}

const ASKS: &str = " asks or offers";

fn draw_asker(app: &App, id: ActorId, x: u16, y: u16, end: u16, canvas: &mut Canvas) -> u16 {
    let style = canvas.theme[Slot::Strong].patch(canvas.theme.party(label::rank(app, id)));
    let room = end.saturating_sub(ASKS.len() as u16);
    let x = canvas.put_cut(x, y, room, &label::name(app, id).to_uppercase(), style);
    canvas.put(x, y, end, ASKS, canvas.theme[Slot::Dim])
}

const NO_ANSWER: &str = "no answer found in this article";

/// Writes who replies and by which act: `? US refuses`; returns the column after it.
fn draw_reply_head(app: &App, reply: PositionId, certain: bool, (x, y): Place, end: u16, canvas: &mut Canvas) -> u16 {
    let position = &app.reading.analysis.positions[reply.0];
    let dim = canvas.theme[Slot::Dim];
    let sign = if certain { canvas.signs.answers } else { canvas.signs.may_answer };
    let mut x = canvas.put(x, y, end, sign, dim) + 1;
    if let Some(party) = label::party_of(app, reply) {
        let style = canvas.theme.party(label::rank(app, party));
        let room = end.min(x + 16);
        x = canvas.put_cut(x, y, room, label::short_name(app, party), style) + 1;
    }
    canvas.put(x, y, end, position.act.word(), if certain { canvas.theme[Slot::Act] } else { dim }) + 1
}

/// The columns form: what is asked at the left, a column for each party that is asked or replies.
struct Grid {
    parties: Vec<ActorId>,
    asked_end: u16,
    column: u16,
}

/// The grids of a frame: one for each party that asks, made when its first line is drawn.
type Grids = RefCell<Vec<(ActorId, Rc<Grid>)>>;

/// The least columns that a party's words can stand in.
const NARROW: u16 = 20;

impl Grid {
    /// Returns the grid of a party that asks.
    fn known(app: &App, asker: ActorId, line: Area, grids: &Grids) -> Rc<Grid> {
        let found = grids.borrow().iter().find(|(other, _)| *other == asker).map(|(_, grid)| Rc::clone(grid));
        found.unwrap_or_else(|| {
            let grid = Rc::new(Grid::of(app, asker, line));
            grids.borrow_mut().push((asker, Rc::clone(&grid)));
            grid
        })
    }

    fn of(app: &App, asker: ActorId, line: Area) -> Grid {
        let mut parties = Vec::new();
        let group = app.items.iter().skip_while(|item| **item != Item::Asker(asker)).skip(1);
        for item in group.take_while(|item| !matches!(item, Item::Gap | Item::Asker(_))) {
            let named: Vec<ActorId> = match item {
                Item::Asked(id) => addressees(app, *id),
                Item::Reply { reply, .. } => label::party_of(app, *reply).into_iter().collect(),
                _ => Vec::new(),
            };
            for party in named.into_iter().filter(|&party| party != asker) {
                if !parties.contains(&party) {
                    parties.push(party);
                }
            }
        }
        // The columns begin at the same place in every group, so the eye can run down them.
        let asked = line.width * 9 / 20;
        let room = line.width - asked;
        parties.truncate(usize::from((room / NARROW).max(1)));
        let column = room / u16::try_from(parties.len()).unwrap_or(1).max(1);
        Grid { parties, asked_end: line.x + asked, column }
    }

    fn columns(&self) -> impl Iterator<Item = (ActorId, u16, u16)> + '_ {
        self.parties.iter().zip(0u16..).map(|(&party, index)| {
            let x = self.asked_end + index * self.column;
            (party, x, x + self.column - 1)
        })
    }
}

/// Returns the parties that a position is addressed to.
fn addressees(app: &App, id: PositionId) -> Vec<ActorId> {
    app.reading.analysis.positions[id.0].addressees.iter().map(|&actor| app.index.party(actor)).collect()
}

fn draw_in_columns(app: &App, item: &Item, line: Area, grids: &Grids, canvas: &mut Canvas) {
    let asker = match item {
        Item::Asker(id) => Some(*id),
        Item::Asked(id) | Item::Reply { asked: id, .. } => label::party_of(app, *id),
        _ => None,
    };
    let Some(asker) = asker else { return draw_line(app, item, line, canvas) };
    let grid = Grid::known(app, asker, line, grids);
    match item {
        Item::Asked(id) => draw_asked(app, *id, line, &grid, canvas),
        Item::Reply { reply, certain, .. } => draw_reply(app, *reply, *certain, line, &grid, canvas),
        _ => {
            draw_asker(app, asker, line.x, line.y, grid.asked_end.saturating_sub(2), canvas);
            for (party, x, end) in grid.columns() {
                canvas.put_cut(x, line.y, end, label::name(app, party), canvas.theme.party(label::rank(app, party)));
            }
        }
    }
}

/// What is asked, and under each party in one sign what came back from it.
fn draw_asked(app: &App, id: PositionId, line: Area, grid: &Grid, canvas: &mut Canvas) {
    let (y, end) = (line.y, grid.asked_end);
    let columns = Columns { words_end: end.saturating_sub(7), ..Columns::of(line) };
    // The sign alone says what the act is: the room is for the words.
    let narrow = Columns { words_end: columns.words_end.min(line.x + 4), ..columns };
    let x = draw_act(app, id, line.x + 2, narrow, canvas);
    columns.said(app, canvas, x, id);
    let place = label::place(app, canvas, label::start(app, id));
    canvas.put_right(columns.words_end, y, end.saturating_sub(2), &place, canvas.theme[Slot::Dim]);
    let asked = addressees(app, id);
    let dim = canvas.theme[Slot::Dim];
    if asked.is_empty() && app.exchange.replies(id).is_empty() {
        let x = canvas.put(end, y, columns.end, canvas.signs.outcome(Outcome::Nothing), canvas.theme[Slot::Waiting]);
        canvas.put_cut(x + 1, y, columns.end, NO_ANSWER, dim);
        return;
    }
    for (party, x, end) in grid.columns() {
        let replies = replies_of(app, id, party);
        if replies.is_empty() && !asked.contains(&party) {
            let x = canvas.put(x, y, end, canvas.signs.dash, dim);
            canvas.put_cut(x + 1, y, end, "not asked", dim);
            continue;
        }
        let outcome = Outcome::of(&replies);
        let x = canvas.put(x, y, end, canvas.signs.outcome(outcome), canvas.theme[outcome_slot(outcome)]);
        let mut acts: Vec<&str> =
            replies.iter().map(|reply| app.reading.analysis.positions[reply.position.0].act.word()).collect();
        acts.dedup();
        let said = if acts.is_empty() { " no answer here".to_owned() } else { format!(" {}", acts.join(", ")) };
        let style = canvas.theme[if acts.is_empty() { Slot::Dim } else { Slot::Act }];
        canvas.put_cut(x, y, end, &said, style);
    }
}

/// Returns what came back from one party.
fn replies_of(app: &App, asked: PositionId, party: ActorId) -> Vec<Reply> {
    let replies = app.exchange.replies(asked).iter().copied();
    replies.filter(|reply| label::party_of(app, reply.position) == Some(party)).collect()
}

/// The words of a reply in the column of its party.
fn draw_reply(app: &App, reply: PositionId, certain: bool, line: Area, grid: &Grid, canvas: &mut Canvas) {
    let party = label::party_of(app, reply);
    let column = grid.columns().find(|(other, ..)| Some(*other) == party);
    let (x, end) = column.map_or((line.x + 4, grid.asked_end), |(_, x, end)| (x, end));
    let style = if certain { words_style(app, reply, canvas) } else { canvas.theme[Slot::Dim] };
    let place = label::place(app, canvas, label::start(app, reply));
    let place_at = canvas.put_right(x, line.y, end, &place, canvas.theme[Slot::Dim]);
    let room = usize::from(place_at.saturating_sub(x + 3));
    let words = label::words(app, canvas, reply);
    let shown = shorten(&words, room, canvas.signs.cut);
    canvas.put(x + 2, line.y, place_at, &shown, style);
}

/// The balance of what each party asked, and what the text leaves open, as far as they fit.
fn draw_foot(app: &App, area: Area, canvas: &mut Canvas) {
    let rows = balance(app);
    let mut y = area.y;
    let end = area.x + area.width;
    if !rows.is_empty() && area.height as usize >= rows.len() + 2 && area.width >= 60 {
        canvas.row(area.x, y, end, canvas.signs.rule, Slot::Border);
        draw_balance(app, &rows, Area { y: y + 1, ..area }, canvas);
        y += rows.len() as u16 + 3;
    }
    let open = &app.reading.analysis.open;
    let left = usize::from((area.y + area.height).saturating_sub(y));
    if open.is_empty() || left < 3 {
        return;
    }
    draw_line(
        app,
        &Item::OpenSum { unanswered: unanswered(&rows), open: open.len() },
        Area { y, height: 1, ..area },
        canvas,
    );
    for (index, y) in (0..open.len()).take(left - 1).zip(y + 1..) {
        draw_line(app, &Item::Open(index), Area { y, height: 1, ..area }, canvas);
    }
}

/// The outcomes that are counted, with the word at the head of the column.
const COUNTED: [(Outcome, &str); 5] = [
    (Outcome::Met, "met"),
    (Outcome::Refused, "refused"),
    (Outcome::Answered, "answered"),
    (Outcome::Possible, "possibly"),
    (Outcome::Nothing, "open"),
];

/// A party that asks, with the number of each outcome.
type Row = (ActorId, [usize; COUNTED.len()]);

/// Counts the asked things of all parties that nothing answers.
fn unanswered(rows: &[Row]) -> usize {
    let at = COUNTED.iter().position(|(outcome, _)| *outcome == Outcome::Nothing);
    at.map_or(0, |at| rows.iter().map(|(_, counts)| counts[at]).sum())
}

/// Counts for each party that asks what came of it, in the order of the page.
fn balance(app: &App) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for item in &app.items {
        match item {
            Item::Asker(id) => rows.push((*id, [0; COUNTED.len()])),
            Item::Asked(id) if asks(app.reading.analysis.positions[id.0].act) => {
                let outcome = app.exchange.outcome(&app.reading.analysis, *id);
                if let (Some((_, counts)), Some(at)) =
                    (rows.last_mut(), COUNTED.iter().position(|(o, _)| *o == outcome))
                {
                    counts[at] += 1;
                }
            }
            _ => {}
        }
    }
    rows
}

fn draw_balance(app: &App, rows: &[Row], area: Area, canvas: &mut Canvas) {
    let end = area.x + area.width;
    let names = rows.iter().map(|(id, _)| width(label::name(app, *id))).max().unwrap_or(0).clamp(8, 20) as u16;
    let column = |index: usize| area.x + 2 + names + 9 + index as u16 * 11;
    canvas.put(area.x, area.y, end, "BALANCE", canvas.theme[Slot::OpenTab]);
    canvas.put_right(area.x, area.y, column(0) - 4, "asked", canvas.theme[Slot::Dim]);
    for (index, (outcome, word)) in COUNTED.iter().enumerate() {
        let head = format!("{} {word}", canvas.signs.outcome(*outcome));
        canvas.put(column(index), area.y, end, &head, canvas.theme[Slot::Dim]);
    }
    for ((id, counts), y) in rows.iter().zip(area.y + 1..) {
        let style: Style = canvas.theme.party(label::rank(app, *id));
        canvas.put_cut(area.x + 2, y, area.x + 2 + names, label::name(app, *id), style);
        let sum: usize = counts.iter().sum();
        canvas.put_right(area.x, y, column(0) - 4, &sum.to_string(), canvas.theme[Slot::Text]);
        for (index, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            canvas.put(column(index), y, end, &count.to_string(), canvas.theme[Slot::Text]);
        }
    }
}
