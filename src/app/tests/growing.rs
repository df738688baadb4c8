//! A text whose rest is still being read or analysed.

use super::*;
use crate::app::{WHOLE, WINDOW};

/// Returns a text of which more is to come.
fn part(name: &str, bytes: &[u8]) -> Document {
    let mut document = Document::read(name, bytes.to_vec(), None);
    document.partial = true;
    document
}

/// Reads the beginning of the article, up to some words, with keys pressed, then all of it.
pub fn grown(until: &str, keys: &str) -> App {
    let beginning = &ARTICLE.as_bytes()[..span(until).start];
    let document = part("talks.txt", beginning);
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, Notes::sealed("not yet"), Config::default(), Keymap::default(), size);
    press(&mut app, keys);
    app.handle(Event::Read(Box::new(Document::read("talks.txt", ARTICLE.as_bytes().to_vec(), None))));
    app
}

#[test]
fn what_was_asked_for_of_a_beginning_is_done_when_the_text_is_there() {
    let stays = grown("The talks go", "");
    assert_eq!((&*stays.document.text, stays.state.here), (ARTICLE, 0));
    assert!(grown("The talks go", "G").state.here > span("The talks go").start);
    assert!(grown("The talks go", "G k").state.here < span("The talks go").start, "another key was pressed");
    assert_eq!(grown("The talks go", "/ J u n e enter").state.here, span("June").start);
    assert_eq!(grown("The talks go", "/ J u n").state.here, span("June").start, "still typing");
    let lost = grown("The talks go", "/ J u l y enter");
    assert_eq!(lost.state.message.map(|message| message.text).as_deref(), Some("'July' is not in this text"));
}

#[test]
fn what_is_read_otherwise_than_it_began_is_shown_from_a_character_of_it() {
    let document = part("a.txt", b"xxx");
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, Notes::sealed("not yet"), Config::default(), Keymap::default(), size);
    press(&mut app, "$ m a");
    app.handle(Event::Read(Box::new(Document::read("a.txt", "日é and more", None))));
    assert!(app.document.text.is_char_boundary(app.state.here) && app.state.marks.is_empty());
}

#[test]
fn a_rest_that_cannot_be_read_is_told() {
    let document = part("a.txt", b"One.");
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, Notes::sealed("not yet"), Config::default(), Keymap::default(), size);
    app.handle(Event::NotRead { message: "too much".to_owned(), hint: "read less".to_owned() });
    assert_eq!(app.state.message.as_ref().map(|told| told.text.as_str()), Some("only the beginning is here: too much"));
    press(&mut app, "G");
    assert_eq!(app.state.waiting, None, "nothing comes any more");
}

#[test]
fn a_part_of_the_text_is_analysed_first_and_the_rest_can_be_given_up() {
    let mut app = reader();
    app.handle(Event::Analyzing(Some(0)));
    let part = Analysis { part: Some(Span::new(0, span("The talks go").start)), ..analysis() };
    app.handle(Event::Analyzed(Box::new(part)));
    assert_eq!(app.analyzed_paragraphs(), Some((1, 2)));
    assert_eq!(press(&mut app, "esc"), [Effect::StopWork]);
    app.handle(Event::NotAnalyzed("it was stopped".to_owned()));
    app.handle(Event::Analyzing(None));
    assert_eq!(told(&app), "actors and positions are those of ¶1 to ¶2: the rest was not analysed");
    press(&mut app, "esc");
    assert_eq!(press(&mut app, "esc"), [], "there is nothing to stop any more");
}

/// Returns the app with a text of about so many bytes, of which the analysis has begun.
fn reader_of(bytes: usize) -> App {
    let paragraph = "The ferry left the port at noon. ".repeat(100) + "\n\n";
    let document = Document::read("a.txt", paragraph.repeat(bytes / paragraph.len()), None);
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, Notes::new(), Config::default(), Keymap::default(), size);
    assert_eq!(press(&mut app, "space"), [], "nothing was looked at yet");
    app.handle(Event::Analyzing(Some(0)));
    app
}

#[test]
fn the_analysis_of_a_very_long_text_follows_the_reader_until_it_is_stopped() {
    let mut app = reader_of(WHOLE + WINDOW);
    assert_eq!(press(&mut app, "space space"), []);
    let last = app.document.blocks.last().map_or(0, |block| block.span.start);
    assert_eq!(press(&mut app, "G"), [Effect::Extract { around: last }]);
    assert_eq!(press(&mut app, "b b"), [], "it is under way");
    app.handle(Event::Analyzing(None));
    assert_eq!(press(&mut app, "esc g g"), [Effect::Extract { around: 0 }]);
    assert_eq!(press(&mut app, "esc"), [Effect::StopWork]);
    assert_eq!(press(&mut app, "G"), []);
}

#[test]
fn a_text_that_is_analysed_as_a_whole_is_not_followed() {
    assert_eq!(press(&mut reader_of(3 * WINDOW), "G"), []);
}

/// Goes on with a search to its end; returns how often it had to.
fn go_on(app: &mut App) -> usize {
    (0..).take_while(|_| app.is_searching() && app.handle(Event::GoOn).is_empty()).count()
}

#[test]
fn a_very_long_text_is_searched_a_piece_at_a_time() {
    let paragraph = "The ferry left the port at noon. ".repeat(1000) + "\n\n";
    let text = paragraph.repeat(400) + "An otter.\n\n" + &paragraph + "Two otters.\n";
    let (first, second) = (text.find("otter").unwrap(), text.rfind("otter").unwrap());
    let size = Size { columns: 100, rows: 12 };
    let document = Document::read("a.txt", text, None);
    let mut app = App::new(document, Notes::new(), Config::default(), Keymap::default(), size);
    press(&mut app, "/ f");
    assert_eq!((app.state.find.at, app.is_searching()), (Some(0), false), "what is near is found at once");
    press(&mut app, "ctrl-u o t t e r");
    assert!(app.is_searching() && app.state.here == 0);
    let counted = |app: &App| (app.state.here, app.state.find.at, app.state.find.matches.len());
    assert!(go_on(&mut app) > 1);
    assert_eq!((app.state.here, app.state.find.is_whole), (first, false), "found while it is typed");
    press(&mut app, "enter");
    assert_eq!(app.state.here, first);
    go_on(&mut app);
    assert_eq!(counted(&app), (first, Some(0), 2));
    press(&mut app, "n");
    assert_eq!(counted(&app), (second, Some(1), 2));
    press(&mut app, "g g / o t t e r s enter ctrl-l");
    assert!(app.is_searching() && app.state.here == 0);
    go_on(&mut app);
    assert_eq!(counted(&app), (second, Some(0), 1));
    press(&mut app, "g g / o t t e r s enter");
    app.handle(Event::Mouse(Mouse { kind: MouseKind::WheelDown, column: 10, row: 5 }));
    let here = app.state.here;
    assert!(app.is_searching() && here > 0);
    go_on(&mut app);
    assert_eq!((app.state.here, app.state.find.matches.len()), (here, 1), "who has gone on is not taken back");
    press(&mut app, "g g esc / g u l l enter");
    go_on(&mut app);
    assert_eq!((told(&app), app.state.here), ("'gull' is not in this text", 0));
}

#[test]
fn a_search_that_goes_on_can_be_stopped_and_left() {
    let document = Document::read("a.txt", "The ferry left.\n".repeat(1 << 20), None);
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, Notes::new(), Config::default(), Keymap::default(), size);
    press(&mut app, "/ o t t e r enter");
    for key in ["esc", "ctrl-c"] {
        press(&mut app, "n");
        assert!(app.is_searching());
        assert_eq!(press(&mut app, key), []);
        assert_eq!((told(&app), app.is_searching()), ("the search was stopped", false));
    }
    press(&mut app, "/ f e r r y enter N j j");
    let here = app.state.here;
    go_on(&mut app);
    assert_eq!((app.state.here, app.state.find.matches.len()), (here, 1 << 20), "nobody waits for it any more");
}
