//! Words are selected: by keys, by what they are part of, and by the mouse.

use super::*;

#[test]
fn selections_grow_and_are_highlighted_and_tagged() {
    let mut app = reader();
    press(&mut app, "p p s s c");
    let entry = app.notes.entries()[0].clone();
    assert_eq!(
        app.notes.anchor(&entry.id).span(),
        Some(span("Malmo wants the ferry back. “We need the ferry,” said Anna Blom, the mayor."))
    );
    press(&mut app, "t");
    type_text(&mut app, "#ferry talks");
    press(&mut app, "enter");
    let Body::Note(note) = &app.notes.entries()[0].body else { panic!() };
    assert_eq!(note.tags, ["ferry", "talks"]);
}

#[test]
fn a_quotation_a_position_and_a_paragraph_are_selected() {
    #[track_caller]
    fn check(keys: &str, words: &str) {
        let mut app = reader();
        press(&mut app, keys);
        let Mode::Select(selection) = &app.state.mode else { panic!("nothing is selected: {}", told(&app)) };
        assert_eq!(selection.span(&app.document).of(ARTICLE), words, "{keys}");
    }
    check("} \"", "“We need the ferry,”");
    check("} . .", "Malmo wants the ferry back");
    check("} ) w v s", "“We need the ferry,”");
    check("} ) w \" s", "“We need the ferry,” said Anna Blom");
    check("} ) =", "Malmo wants the ferry back. “We need the ferry,” said Anna Blom, the mayor.");
    check("p p p tab .", "Lund refused to pay for it");
    let mut app = reader();
    press(&mut app, "} } \"");
    assert_eq!(told(&app), "no quotation here or further on in the paragraph");
    press(&mut app, ") .");
    assert_eq!(told(&app), "no position in this sentence");
}

#[test]
fn words_are_selected_by_keys_and_by_mouse() {
    let mut app = reader();
    press(&mut app, "p v w w c");
    let text = app.panes().text;
    let at = |dx: u16, kind| Event::Mouse(Mouse { kind, column: text.x + dx, row: text.y + 2 });
    app.handle(at(14, MouseKind::Press));
    app.handle(at(20, MouseKind::Drag));
    app.handle(at(20, MouseKind::Release));
    press(&mut app, "c");
    let quotes: Vec<_> =
        app.notes.entries().iter().map(|e| app.notes.anchor(&e.id).span().unwrap().of(ARTICLE)).collect();
    assert_eq!(quotes, ["Malmo wants the", "the ferry"]);
}

#[test]
fn two_clicks_select_the_word_and_three_the_sentence() {
    let mut app = reader();
    let text = app.panes().text;
    let click = |app: &mut App, milliseconds: i64, dx: u16| {
        app.handle(Event::Time(jiff::Timestamp::from_millisecond(milliseconds).unwrap()));
        let at = |kind| Event::Mouse(Mouse { kind, column: text.x + dx, row: text.y + 2 });
        app.handle(at(MouseKind::Press));
        app.handle(at(MouseKind::Release));
        match app.state.mode {
            Mode::Select(selection) => selection.span(&app.document).of(ARTICLE).to_owned(),
            _ => String::new(),
        }
    };
    assert_eq!(click(&mut app, 1000, 14), "");
    assert_eq!(click(&mut app, 1200, 14), "the");
    assert_eq!(click(&mut app, 1500, 14), "Malmo wants the ferry back.");
    assert_eq!(click(&mut app, 1600, 14), "", "the fourth is one alone");
    assert_eq!(click(&mut app, 2500, 14), "", "too late");
    assert_eq!(click(&mut app, 2600, 20), "", "elsewhere");
}

#[test]
fn the_divider_is_dragged() {
    let mut app = reader();
    for column in [45, 70, 5] {
        let divider = app.panes().divider;
        let at = |kind, column| Event::Mouse(Mouse { kind, column, row: divider.y + 3 });
        app.handle(at(MouseKind::Press, divider.x));
        app.handle(at(MouseKind::Drag, column));
        app.handle(at(MouseKind::Release, column));
        let least = 39;
        let now = app.panes().divider.x;
        assert!(now.abs_diff(column.max(least)) <= 2, "{now} for {column}");
        assert!(matches!(app.state.mode, Mode::Read), "nothing is selected");
    }
}

#[test]
fn the_divider_dragged_there_and_back_changes_nothing() {
    let mut app = reader();
    let (divider, measure) = (app.panes().divider, app.config.measure);
    let at = |kind, column| Event::Mouse(Mouse { kind, column, row: divider.y + 3 });
    app.handle(at(MouseKind::Press, divider.x));
    app.handle(at(MouseKind::Drag, 95));
    assert!(app.config.measure > measure, "the text is set wider");
    app.handle(at(MouseKind::Drag, divider.x));
    app.handle(at(MouseKind::Release, divider.x));
    assert_eq!((app.panes().divider, app.config.measure), (divider, measure));
}
