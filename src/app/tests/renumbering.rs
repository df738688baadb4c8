//! What the reader is at when actors and positions get other numbers.

use super::*;
use crate::app::Item;

const LOST: &str = "format = \"demarche-notes/1\"\n\n[[note]]\nid = \"lost00\"\nquote = \"the sailors\"\n\
    sentence = \"Who had asked the sailors of the harbour about it?\"\n";

/// Returns the notes with a position more, in the first paragraph: those behind it get other numbers.
fn with_one_before() -> Event {
    let mut app = reader();
    press(&mut app, "} V r + b b");
    assert_eq!(app.reading.analysis.positions.len(), 4);
    Event::NotesChanged(app.notes.to_toml())
}

#[test]
fn the_line_of_a_position_that_was_taken_back_is_selected_no_longer() {
    let mut app = reader();
    press(&mut app, "} } } V r + b b enter");
    assert_eq!((app.state.pane, &app.state.item), (Pane::Sidebar, &Some(Item::Position(PositionId(3)))));
    press(&mut app, "u");
    assert_eq!((&app.state.item, app.state.position), (&None, None));
    press(&mut app, "enter j enter");
    assert_eq!(app.state.pane, Pane::Article);
}

#[test]
fn the_selected_position_is_the_same_one_with_another_number() {
    let mut app = reader();
    press(&mut app, "p p p tab");
    assert_eq!(app.state.item, Some(Item::Position(PositionId(2))));
    app.handle(with_one_before());
    assert_eq!((&app.state.item, app.state.position), (&Some(Item::Position(PositionId(3))), Some(PositionId(3))));
    press(&mut app, "r x");
    let rejected: Vec<usize> =
        (0..4).filter(|&index| matches!(app.reading.verdicts[index], Some((Verdict::Rejected, _)))).collect();
    assert_eq!(rejected, [3]);
}

#[test]
fn what_asks_about_a_position_is_closed_when_the_numbers_are_others() {
    for keys in ["p p p r", "p p p r a", "p p p r i", "p p p r n", "p p p K"] {
        let mut app = reader();
        press(&mut app, keys);
        assert!(!matches!(app.state.mode, Mode::Read), "{keys} asks nothing");
        app.handle(Event::NotesChanged(Notes::new().to_toml()));
        assert!(!matches!(app.state.mode, Mode::Read), "{keys}: nothing was renumbered");
        app.handle(with_one_before());
        assert!(matches!(app.state.mode, Mode::Read), "{keys}");
    }
}

#[test]
fn a_menu_that_asks_about_neither_stays_open() {
    for keys in ["C", "x", "x m", "} v L"] {
        let mut app = reader();
        app.handle(Event::NotesChanged(LOST.to_owned()));
        press(&mut app, keys);
        let Mode::Menu(menu) = &app.state.mode else { panic!("{keys} asks nothing") };
        let title = menu.title.clone();
        app.handle(Event::Analyzed(Box::new(Analysis { positions: Vec::new(), ..analysis() })));
        assert!(matches!(&app.state.mode, Mode::Menu(menu) if menu.title == title), "{keys}: {title}");
    }
}

#[test]
fn an_actor_that_is_merged_is_the_other_one() {
    let mut app = reader();
    press(&mut app, "p p p r m b");
    let actor = app.state.actor.map(|id| app.reading.analysis.actors[id.0].id.as_str());
    assert_eq!((actor, app.reading.analysis.actors.len()), (Some("anna-blom"), 2));
}

#[test]
fn a_position_of_a_part_of_the_text_is_found_again_in_the_whole() {
    let mut app = reader();
    let refusal = Position { id: "p1".to_owned(), answers: Vec::new(), ..analysis().positions.remove(2) };
    let part = Some(Span::new(span("Lund").start, ARTICLE.len()));
    app.handle(Event::Analyzed(Box::new(Analysis { positions: vec![refusal], part, ..analysis() })));
    press(&mut app, "3 p");
    assert_eq!(app.state.position, Some(PositionId(0)));
    app.handle(Event::Analyzed(Box::new(analysis())));
    assert_eq!(app.state.position, Some(PositionId(2)));
}
