//! The sidebar: its heading, the frame of its lists, and the page of the actors with their positions.

use ratatui::style::Style;

use super::cells::Canvas;
use super::shorten::shorten;
use super::theme::Slot;
use super::{Place, label};
use crate::analysis::{ActorId, How, PositionId};
use crate::annotation::Verdict;
use crate::app::exchange::Outcome;
use crate::app::{App, Area, Command, Item, Page, Pane};
use crate::text::{Offset, width};

/// The page of the actors; returns the place of the selected line.
pub fn draw(app: &App, list: Area, canvas: &mut Canvas) -> Option<Place> {
    draw_list(app, list, canvas, draw_line).selected
}

/// The names of the pages with their keys, the page shown among them, and how much there is.
pub fn draw_heading(app: &App, area: Area, canvas: &mut Canvas) {
    let (y, end) = (area.y, inner(area).x + inner(area).width);
    let mut x = inner(area).x;
    let pages = [
        (Page::Actors, Command::ShowActors, "Actors"),
        (Page::Exchange, Command::ShowExchange, "Exchange"),
        (Page::Notes, Command::ShowNotes, "Notes"),
        (Page::Contents, Command::ShowContents, "Contents"),
    ];
    let sum = sum(app, canvas);
    for (page, command, title) in pages {
        // What is looked at seldom gives way to how much there is.
        let room = usize::from(end.saturating_sub(x));
        if page == Page::Contents && app.state.page != page && room < width(title) + 4 + width(&sum) {
            continue;
        }
        let slot = if app.state.page == page { Slot::OpenTab } else { Slot::Tab };
        if let Some(key) = app.keymap.keys_of(command).first() {
            x = canvas.put(x, y, end, key, canvas.theme[Slot::Dim]) + 1;
        }
        x = canvas.put(x, y, end, title, canvas.theme[slot]) + 2;
    }
    if usize::from(x) + width(&sum) <= usize::from(end) {
        canvas.put_right(x, y, end, &sum, canvas.theme[Slot::Dim]);
    }
    if area.height > 1 {
        canvas.row(area.x, y + 1, area.x + area.width, canvas.signs.rule, Slot::Border);
    }
}

fn sum(app: &App, canvas: &Canvas) -> String {
    let counted = |count: usize, one: &str| format!("{count} {one}{}", if count == 1 { "" } else { "s" });
    if app.state.page == Page::Notes {
        return counted(app.notes.entries().len(), "note");
    }
    if app.state.page == Page::Contents {
        let is_heading = |item: &&Item| matches!(item, Item::Heading { .. });
        return counted(app.items.iter().filter(is_heading).count(), "heading");
    }
    let all = counted(app.index.positions, "position");
    let shown = app.index.positions - app.index.possible;
    let positions = if app.state.show_possible { all } else { format!("{shown} of {all}") };
    if let Some((first, last)) = app.analyzed_paragraphs() {
        let more = if app.state.analyzing { " …" } else { "" };
        return format!("{} in {}{first}–{last}{more}", app.index.positions, canvas.signs.paragraph);
    }
    match app.index.confirmed {
        _ if app.analysis.is_none() => String::new(),
        0 => positions,
        confirmed => {
            format!("{positions} {} {}{confirmed}", canvas.signs.dot, canvas.signs.verdict(Verdict::Confirmed))
        }
    }
}

/// What came of drawing a list: where its selected line is, and the first free row below it.
pub struct Drawn {
    pub selected: Option<Place>,
    pub below: u16,
}

/// Draws the visible lines of the list, the selected one marked: stronger where the keyboard is.
pub fn draw_list(
    app: &App,
    list: Area,
    canvas: &mut Canvas,
    draw_line: impl Fn(&App, &Item, Area, &mut Canvas),
) -> Drawn {
    let mut drawn = Drawn { selected: None, below: list.y };
    let items = app.items.iter().skip(app.state.sidebar_top).take(usize::from(list.height));
    for (y, item) in (list.y..).zip(items) {
        let line = Area { y, height: 1, ..inner(list) };
        draw_line(app, item, line, canvas);
        if app.state.item.as_ref() == Some(item) {
            let slot = if app.state.pane == Pane::Sidebar { Slot::Line } else { Slot::WeakLine };
            canvas.paint(list.x, y, list.x + list.width, canvas.theme[slot]);
            if !matches!(item, Item::Party(_) | Item::Asker(_)) {
                canvas.put(line.x, y, line.x + 1, canvas.signs.selected, Style::new());
            }
            drawn.selected = Some((line.x, y));
        }
        drawn.below = y + 1;
    }
    drawn
}

/// A column of air stands on either side of the lines.
pub fn inner(area: Area) -> Area {
    Area { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

/// The three columns of a line: words, paragraph, state. They stand at the same place in every line.
#[derive(Clone, Copy)]
pub struct Columns {
    pub y: u16,
    /// Where the words end, the paragraph ends and the state begins.
    pub words_end: u16,
    pub place_end: u16,
    pub state: u16,
    pub end: u16,
}

impl Columns {
    /// Columns of a paragraph (`¶999`) and of the state: outcome, quotation, judgement.
    const PLACE: u16 = 5;
    const STATE: u16 = 3;

    pub fn of(line: Area) -> Columns {
        let end = line.x + line.width;
        let state = end.saturating_sub(Columns::STATE).max(line.x);
        let place_end = state.saturating_sub(1).max(line.x);
        let words_end = place_end.saturating_sub(Columns::PLACE + 1).max(line.x);
        Columns { y: line.y, words_end, place_end, state, end }
    }

    /// Writes words from a column on, shortened by deletion.
    pub fn words(self, canvas: &mut Canvas, x: u16, words: &str, style: impl Into<Style>) {
        let shown = shorten(words, usize::from(self.words_end.saturating_sub(x)), canvas.signs.cut);
        canvas.put(x, self.y, self.words_end, &shown, style);
    }

    /// Writes the words of a position.
    pub fn said(self, app: &App, canvas: &mut Canvas, x: u16, id: PositionId) {
        let style = words_style(app, id, canvas);
        let negation = if label::is_negated(app, id) { "not " } else { "" };
        let x = canvas.put(x, self.y, self.words_end, negation, canvas.theme[Slot::Cue]);
        self.words(canvas, x, &label::words(app, canvas, id), style);
    }

    pub fn place(self, app: &App, canvas: &mut Canvas, offset: Offset) {
        let place = label::place(app, canvas, offset);
        canvas.put_right(self.words_end, self.y, self.place_end, &place, canvas.theme[Slot::Dim]);
    }

    /// Writes what came of a position, whether the words are the actor's own, and what the reader thinks of it.
    pub fn state(self, app: &App, canvas: &mut Canvas, position: PositionId) {
        let outcome = app.exchange.outcome(&app.reading.analysis, position);
        let Columns { y, state, end, .. } = self;
        canvas.put(state, y, end, canvas.signs.outcome(outcome), canvas.theme[outcome_slot(outcome)]);
        if label::is_quoted(app, position) {
            canvas.put(state + 1, y, end, canvas.signs.quoted, canvas.theme[Slot::Dim]);
        }
        if let Some(verdict) = label::verdict(app, position) {
            canvas.put(state + 2, y, end, canvas.signs.verdict(verdict), canvas.theme[Slot::Mark]);
        }
    }
}

pub fn outcome_slot(outcome: Outcome) -> Slot {
    match outcome {
        Outcome::Met => Slot::Met,
        Outcome::Refused => Slot::Refused,
        _ => Slot::Waiting,
    }
}

/// Draws a line of the actors' page; the other pages draw the lines they share with it so, too.
pub fn draw_line(app: &App, item: &Item, line: Area, canvas: &mut Canvas) {
    let columns = Columns::of(line);
    let (x, y, end) = (line.x, line.y, columns.end);
    let dim = canvas.theme[Slot::Dim];
    match item {
        Item::Party(id) => draw_party(app, *id, line, canvas),
        Item::Members(id) => {
            canvas.put_cut(x + 2, y, end, &members(app, canvas, *id), dim);
        }
        Item::Position(id) => draw_position(app, *id, line, canvas),
        Item::Answers { to, how, certain, .. } => draw_answer(app, *to, (*how, *certain), line, canvas),
        Item::Nameless => {
            canvas.put_cut(x + 2, y, end, "no actor found", canvas.theme[Slot::Strong].patch(dim));
        }
        Item::Silent => {
            let x = canvas.put(x, y, end, canvas.signs.closed, dim) + 1;
            let named = canvas.put(x, y, end, "named only: ", dim);
            canvas.put_cut(named, y, end, &silent(app, canvas), dim);
        }
        Item::OpenSum { unanswered, open } => {
            let x = canvas.put(x, y, end, "OPEN", canvas.theme[Slot::OpenTab]) + 2;
            let parts = [(unanswered, "unanswered"), (open, "left open by the text")];
            let parts = parts.iter().filter(|(count, _)| **count > 0).map(|(count, what)| format!("{count} {what}"));
            let sum = parts.collect::<Vec<_>>().join(&format!(" {} ", canvas.signs.dot));
            canvas.put_cut(x, y, end, &sum, dim);
        }
        Item::Open(index) => {
            let Some(span) = app.reading.analysis.open.get(*index) else { return };
            canvas.put(x + 2, y, end, "?", canvas.theme[Slot::Waiting]);
            columns.words(canvas, x + 4, span.of(&app.document.text), canvas.theme[Slot::Text]);
            columns.place(app, canvas, span.start);
        }
        Item::Foreign(language) => {
            canvas.put_cut(x, y, end, &format!("looks like {}:", language.name), canvas.theme[Slot::Text]);
        }
        Item::Empty(reason) => {
            canvas.put_cut(x, y, end, &canvas.signs.spell(reason), dim);
        }
        _ => {}
    }
}

fn draw_party(app: &App, id: ActorId, line: Area, canvas: &mut Canvas) {
    let Some(tally) = app.index.tallies.get(id.0) else { return };
    let (y, end) = (line.y, line.x + line.width);
    let folded = app.state.folded.contains(&app.reading.analysis.actors[id.0].id);
    let sign = if folded { canvas.signs.closed } else { canvas.signs.open };
    let acts = tally.listed(&app.state);
    let sum: usize = acts.iter().map(|(_, count)| count).sum();
    canvas.put(line.x, y, end, sign, canvas.theme[Slot::Dim]);
    let style = canvas.theme[Slot::Strong].patch(canvas.theme.party(tally.rank));
    let name = label::name(app, id).to_uppercase();
    let x = canvas.put_cut(line.x + 2, y, end.saturating_sub(4), &name, style);
    let mut x = canvas.put(x + 2, y, end, &sum.to_string(), canvas.theme[Slot::Strong]) + 2;
    // Saying is what everyone does; what else a party does is what one looks for.
    for (act, count) in acts.into_iter().filter(|(act, _)| *act != crate::analysis::Act::Says) {
        let part = format!("{}{count}", canvas.signs.act(act));
        if usize::from(x) + width(&part) > usize::from(end) {
            break;
        }
        x = canvas.put(x, y, end, &part, canvas.theme[Slot::Dim]) + 1;
    }
}

fn members(app: &App, canvas: &Canvas, id: ActorId) -> String {
    let members = app.index.tallies.get(id.0).map_or(&[][..], |tally| &tally.members);
    let names = members.iter().map(|&(member, count)| match count {
        0 | 1 => label::short_name(app, member).to_owned(),
        count => format!("{} {count}", label::short_name(app, member)),
    });
    names.collect::<Vec<_>>().join(&format!(" {} ", canvas.signs.dot))
}

fn silent(app: &App, canvas: &Canvas) -> String {
    let actors = (0..app.reading.analysis.actors.len()).map(ActorId);
    let silent =
        actors.filter(|&id| app.index.party(id) == id && app.index.tallies[id.0].listed(&app.state).is_empty());
    silent.map(|id| label::name(app, id)).collect::<Vec<_>>().join(&format!(" {} ", canvas.signs.dot))
}

/// Columns of the sign and of the longest word for an act, each with a space after.
const SIGN: u16 = 2;
const ACT: u16 = 10;
/// With less room for words than this, the sign alone says what the act is.
const FEW: u16 = 12;

fn draw_position(app: &App, id: PositionId, line: Area, canvas: &mut Canvas) {
    let columns = Columns::of(line);
    let x = draw_act(app, id, line.x + 2, columns, canvas);
    columns.said(app, canvas, x, id);
    columns.place(app, canvas, label::start(app, id));
    columns.state(app, canvas, id);
}

/// Writes the sign and the word of a position's act; returns the column after them.
pub fn draw_act(app: &App, id: PositionId, x: u16, columns: Columns, canvas: &mut Canvas) -> u16 {
    let act = app.reading.analysis.positions[id.0].act;
    let (y, end) = (columns.y, columns.words_end);
    let party = label::party_of(app, id).map_or(Style::new(), |party| canvas.theme.party(label::rank(app, party)));
    canvas.put(x, y, end, canvas.signs.act(act), canvas.theme[Slot::Strong].patch(party));
    let words = x + SIGN + ACT;
    if words + FEW > end {
        return x + SIGN;
    }
    let style = if label::is_possible(app, id) { canvas.theme[Slot::Dim] } else { canvas.theme[Slot::Act] };
    canvas.put(x + SIGN, y, words, act.word(), style);
    words
}

fn draw_answer(app: &App, to: PositionId, (how, certain): (How, bool), line: Area, canvas: &mut Canvas) {
    let columns = Columns::of(line);
    let sign = match how {
        How::Repeats => canvas.signs.repeats,
        _ if certain => canvas.signs.answers,
        _ => canvas.signs.may_answer,
    };
    let dim = canvas.theme[Slot::Dim];
    let mut x = canvas.put(line.x + 4, line.y, columns.words_end, sign, dim) + 1;
    if !certain && sign != "?" {
        x = canvas.put(x, line.y, columns.words_end, "?", dim) + 1;
    }
    columns.words(canvas, x, &label::words(app, canvas, to), dim);
    columns.place(app, canvas, label::start(app, to));
}

/// Rejected words are struck through; what is only possible is dim.
pub fn words_style(app: &App, id: PositionId, canvas: &Canvas) -> Style {
    match label::verdict(app, id) {
        Some(Verdict::Rejected) => canvas.theme[Slot::Rejected],
        None if label::is_possible(app, id) => canvas.theme[Slot::Dim],
        _ => canvas.theme[Slot::Text],
    }
}
