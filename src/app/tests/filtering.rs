//! The filter: what is shown, where the cursor stays, and how all comes back.

use super::growing::grown;
use super::*;
use crate::app::layout::RowKind;

/// Checks with which words the blocks on the screen begin.
#[track_caller]
fn check_blocks(app: &App, words: &[&str]) {
    let visible = app.layout.visible(&app.document, app.state.top, 10);
    let first = visible.filter(|(_, row)| row.kind == RowKind::First);
    let begin: Vec<&str> = first.filter_map(|(_, row)| row.span.of(ARTICLE).split(' ').next()).collect();
    assert_eq!(begin, words);
}

#[test]
fn only_what_says_it_is_shown_till_nothing_is_asked_for() {
    let mut app = reader();
    press(&mut app, "&");
    let from = app.state.here;
    type_text(&mut app, "ferry");
    check_blocks(&app, &["Malmo"]);
    type_text(&mut app, "boat");
    check_blocks(&app, &["Harbour", "Malmo", "Lund", "The"]);
    press(&mut app, "esc");
    assert_eq!((app.state.here, app.layout.shown().is_none()), (from, true), "given up");
    press(&mut app, "&");
    type_text(&mut app, "ferry\n");
    assert_eq!(app.state.here, span("Malmo").start);
    press(&mut app, "n n");
    assert_eq!((app.state.find.at, app.state.here), (Some(1), span("ferry,”").start));
    press(&mut app, "& enter");
    check_blocks(&app, &["Malmo", "Lund", "The"]);
    assert_eq!(app.state.here, span("ferry,”").start, "the place is kept");
    press(&mut app, "ctrl-o ctrl-o ctrl-o");
    assert_eq!(app.state.here, from);
}

#[test]
fn nothing_is_hidden_by_what_is_not_there() {
    let mut app = reader();
    press(&mut app, "&");
    type_text(&mut app, "balloon\n");
    assert_eq!((told(&app), app.layout.shown().is_none()), ("'balloon' is not in this text", true));
}

#[test]
fn moves_and_searches_pass_over_what_is_hidden() {
    let mut app = reader();
    press(&mut app, "&");
    type_text(&mut app, "ferry|talks go\n");
    check_blocks(&app, &["Malmo", "The"]);
    press(&mut app, "g g }");
    assert_eq!(app.state.here, span("The talks").start);
    press(&mut app, "(");
    assert_eq!(app.state.here, span("“We need").start);
    press(&mut app, "w w w w w w w w w w");
    assert_eq!(app.state.here, span("The talks").start);
    press(&mut app, "h");
    assert_eq!(app.state.here, span("mayor.").end - 1);
    press(&mut app, "/");
    type_text(&mut app, "lund|may\\b\n");
    assert_eq!((app.state.find.matches.len(), app.state.here), (3, span("May. A").start));
    press(&mut app, "p p p");
    assert_eq!(told(&app), "this is the last position");
    assert_eq!(app.state.here, span("“We").start);
}

#[test]
fn going_to_a_hidden_place_shows_all_again() {
    let mut app = reader();
    press(&mut app, "} } m x &");
    type_text(&mut app, "ferry\n");
    press(&mut app, "' x");
    assert_eq!((app.state.here, app.layout.shown().is_none()), (span("Lund").start, true));
    assert_eq!(told(&app), "all paragraphs are shown again: this one was hidden");
}

#[test]
fn what_one_actor_says_is_shown_and_searched_alone() {
    let mut app = reader();
    press(&mut app, "p F");
    check_blocks(&app, &["Malmo"]);
    press(&mut app, "/");
    type_text(&mut app, "ferry|mayor\n");
    assert_eq!(app.state.find.matches.len(), 2, "the mayor is named outside of what is said");
    press(&mut app, "&");
    type_text(&mut app, "mayor\n");
    assert_eq!(told(&app), "'mayor' is not in this text");
    press(&mut app, "F p p p F");
    check_blocks(&app, &["Lund"]);
    press(&mut app, "r x");
    assert!(app.layout.shown().is_none(), "without a position there is nothing to show alone");
    press(&mut app, "& esc p F esc esc");
    assert!(app.layout.shown().is_none());
}

#[test]
fn more_is_shown_as_more_is_read() {
    let shown = |app: &App| app.layout.shown().map_or(0, |shown| shown.paragraphs());
    assert_eq!(shown(&grown("The talks go", "& f e r r y | J u n e enter")), 2);
    let typing = grown("The talks go", "& J u n e");
    assert_eq!((shown(&typing), typing.state.here), (1, span("The talks go").start));
    let small = Document::read("a.txt", b"\xE6\x97\xA5".to_vec(), None);
    let mut app = grown("The talks go", "& m a y enter");
    app.handle(Event::Read(Box::new(small)));
    assert_eq!(shown(&app), 0, "a text without it is shown as a whole");
    assert!(app.document.text.is_char_boundary(app.state.here));
}

#[test]
fn what_is_shown_stays_in_its_place_as_more_is_read() {
    let paragraphs = |count: usize| -> Vec<u8> {
        let pairs = (0..count).map(|number| format!("Ferry {number} left.\n\nBoat {number} came.\n\n"));
        pairs.collect::<String>().into_bytes()
    };
    let mut beginning = Document::read("boats.txt", paragraphs(20), None);
    beginning.partial = true;
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(beginning, Notes::sealed("not yet"), Config::default(), Keymap::default(), size);
    press(&mut app, "& f e r r y enter } } } } } } } } { {");
    let (top, here) = (app.state.top, app.state.here);
    assert!(0 < top && top < here, "the cursor is in the middle of the screen");
    let matches = app.state.find.matches.len();
    app.handle(Event::Read(Box::new(Document::read("boats.txt", paragraphs(25), None))));
    assert_eq!((app.state.top, app.state.here), (top, here));
    assert_eq!((matches, app.state.find.matches.len()), (20, 25));
}

#[test]
fn words_that_are_hidden_are_none() {
    let text = "Ferry one.\n\nBoat two three.\n\nFerry four.\n\nBoat.\n\nFerry éé.";
    let check = |keys: &str, words: &str| {
        let document = Document::read("a.txt", text.to_owned(), None);
        let size = Size { columns: 100, rows: 20 };
        let mut app = App::new(document, Notes::new(), Config::default(), Keymap::default(), size);
        press(&mut app, &format!("& F e r r y enter g g {keys}"));
        assert_eq!(app.state.here, text.find(words).unwrap(), "{keys}");
    };
    check("w w", "Ferry four");
    check("5 w", "éé.");
    check("w w e", "y four");
    check("w e e", "y four");
    check("5 w W W", "four");
    check("9 w 9 W", "Ferry one");
    check("1 0 l", "Ferry four");
    check(") )", "Ferry éé");
    check(") ) (", "Ferry four");
}
