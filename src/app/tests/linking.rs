//! Lost and ambiguous notes, and how they are given a place.

use super::*;

/// An app whose notes are these, each with a quote and the sentence it stands in.
fn reader_with(entries: &[(&str, &str, &str)]) -> App {
    let lines = |(id, quote, sentence): &(&str, &str, &str)| {
        format!("[[note]]\nid = \"{id}\"\nquote = \"{quote}\"\nsentence = \"{sentence}\"\n\n")
    };
    let toml: String = entries.iter().map(lines).collect();
    let mut app = reader();
    app.handle(Event::NotesChanged(format!("format = \"demarche-notes/1\"\n\n{toml}")));
    app
}

#[track_caller]
fn check_place(app: &App, id: &str, place: Span) {
    assert_eq!(app.notes.anchor(&Id(id.to_owned())).span(), Some(place), "{}", app.notes.to_toml());
    let again = Notes::parse(&app.notes.to_toml(), &app.document).unwrap();
    assert_eq!(again.anchor(&Id(id.to_owned())).span(), Some(place), "in the next session, too");
}

const LOST: (&str, &str, &str) = ("lost00", "the sailors", "Who had asked the sailors of the harbour about it?");

#[test]
fn a_lost_note_is_put_on_selected_words() {
    let mut app = reader_with(&[LOST]);
    assert_eq!(app.notes.anchor(&Id("lost00".to_owned())).span(), None);
    press(&mut app, "} } ) v L enter");
    check_place(&app, "lost00", span("Nobody"));
    assert_eq!(press(&mut app, "u").len(), 1, "it is saved as it was");
    assert_eq!(app.notes.anchor(&Id("lost00".to_owned())).span(), None);
}

#[test]
fn a_lost_note_is_put_where_it_may_be() {
    let mut app = reader_with(&[("lost00", "in April", "The talks may go on in April.")]);
    let Anchor::Lost { suggestion: Some(place) } = app.notes.anchor(&Id("lost00".to_owned())).clone() else {
        panic!("{:?}", app.notes.anchor(&Id("lost00".to_owned())))
    };
    press(&mut app, "3 tab L");
    assert!(
        matches!(&app.state.mode, Mode::Menu(menu) if menu.choices[0].label.contains("¶ 3")),
        "{:?}",
        app.state.mode
    );
    press(&mut app, "a");
    check_place(&app, "lost00", place);
}

#[test]
fn an_ambiguous_note_is_put_in_one_of_its_places() {
    let text = "Yes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n\nYes.\n";
    let document = Document::read("yes.txt", text.as_bytes().to_vec(), None);
    let toml = "format = \"demarche-notes/1\"\n\n[[note]]\nid = \"aaaaaa\"\nquote = \"Yes\"\nsentence = \"Yes.\"\n";
    let notes = Notes::parse(toml, &document).unwrap();
    let Anchor::Ambiguous(places) = notes.anchor(&Id("aaaaaa".to_owned())).clone() else { panic!("{notes:?}") };
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, notes, Config::default(), Keymap::default(), size);
    press(&mut app, "3 tab L down down down down down enter");
    check_place(&app, "aaaaaa", places[5]);
}

#[test]
fn a_note_with_a_place_stays_there() {
    let mut app = reader_with(&[("aaaaaa", "the sailors", "Nobody asked the sailors.")]);
    for keys in ["L", "3 tab L", "tab v L"] {
        assert_eq!(press(&mut app, keys), []);
        check_place(&app, "aaaaaa", span("the sailors"));
        press(&mut app, "esc");
    }
    // What is selected in the list can be moved.
    press(&mut app, "tab tab g g v L enter");
    check_place(&app, "aaaaaa", span("Harbour"));
}
