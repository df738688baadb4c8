//! What holds for every screen: any size, any mode, any text.

mod support;

use std::path::{Path, PathBuf};

use demarche::annotation::Id;
use demarche::app::start::{Article, Line};
use demarche::app::{App, Config, Event, Size};
use demarche::view::{Depth, Theme};
use jiff::Timestamp;
use proptest::prelude::*;
use support::reading;
use support::screen::frame;
use support::session::Session;

const ARTICLE: &str = "# A bridge too few\n\nThe town of Ansa demanded a second bridge. “We need it now,” said Ida Holm, its mayor.\n\n\
    > An old saying about bridges.\n\n1. First the money.\n2. Then the bridge.\n\n```\na\ttable\n```\n\n---\n\n\
    The county refused to pay for the bridge. [A map](https://example.org) shows *where* it would stand.\n";
const READING: &str = "actor ansa state \"Ansa\": Ansa\nactor holm person \"Ida Holm\" for ansa: Ida Holm\n\
    actor county organisation \"the county\": The county\nactor map group \"A map\": A map\n\
    position ansa demands to county: The town of Ansa | demanded | a second bridge\n\
    position holm says: Ida Holm | said | We need it now\n\
    position county refuses answers 1 rejects: The county | refused | to pay for the bridge\n\
    open: where it would stand";

/// Keys that lead into every mode and page.
const WAYS: &[&str] = &[
    "",
    "p p",
    "space",
    "G",
    "tab",
    "tab j j",
    "2",
    "2 tab",
    "2 tab z",
    "3",
    "T tab j",
    ";",
    "} } ; x",
    "V",
    "v w w",
    "V c 3 tab",
    "/ b r",
    "/ q q q",
    "& b r",
    "/ alt-w b r",
    "& q q enter",
    "& b r enter / i",
    "p F",
    "p F tab j j",
    "\"",
    "p . s",
    ":",
    ": x",
    "i",
    "i a b c enter d",
    "p i",
    "t a",
    "p r",
    "p r n",
    "p r m",
    "p r a",
    "C",
    "x",
    "x m",
    "?",
    "? G",
    "M",
    "m",
    "'",
    "g",
    "5",
    "z",
    "f",
    "p f",
    "p K",
    "p K j j",
    "p K p r",
    "tab j K G",
    "p p r x R",
    "p p r c",
    "tab -",
    "B 3",
    "H",
    "H f down",
    "H n o n e",
    "S a b",
    "L",
    "B 3 tab v L",
];

fn session(size: Size, config: Config) -> Session {
    let mut session = Session::new("bridge.md", ARTICLE, size, config);
    let analysis = reading::analysis(&session.app.document.text, READING);
    session.analyze(analysis);
    session.articles = vec![listed("On the ferries", "who paid for the ferry?"), listed("Quay", "")];
    session
}

fn listed(title: &str, note: &str) -> Article {
    let notes = vec![Line { id: Id("k7q2mz".to_owned()), text: note.to_owned() }];
    let path = Some(title.into());
    Article { title: title.to_owned(), path, place: title.to_owned(), opened: Some(Timestamp::UNIX_EPOCH), notes }
}

#[test]
fn every_mode_is_drawn_at_every_size() {
    let small = (0..=12).flat_map(|columns| (0..=6).map(move |rows| Size { columns, rows }));
    let large = [(39, 9), (40, 10), (89, 11), (90, 10), (120, 40), (300, 5), (500, 200)];
    let sizes: Vec<Size> = small.chain(large.map(|(columns, rows)| Size { columns, rows })).collect();
    for way in WAYS {
        let mut session = session(sizes[0], Config::default());
        session.app.handle(Event::Resize(Size { columns: 100, rows: 30 }));
        session.press(way);
        for &size in &sizes {
            session.app.handle(Event::Resize(size));
            frame(&session.app, &session.theme);
        }
    }
}

#[test]
fn a_frame_smaller_than_the_state_says_is_drawn() {
    // The terminal may have shrunk since the last event was read.
    let session = session(Size { columns: 120, rows: 40 }, Config::default());
    let area = ratatui::layout::Rect::new(0, 0, 30, 7);
    demarche::view::draw(&session.app, &session.theme, &mut ratatui::buffer::Buffer::empty(area));
}

#[test]
fn drawing_changes_nothing() {
    for way in WAYS {
        let mut session = session(Size { columns: 100, rows: 30 }, Config::default());
        session.press(way);
        let first = frame(&session.app, &session.theme);
        let second = frame(&session.app, &session.theme);
        assert_eq!(first.buffer, second.buffer, "after {way:?}");
        assert_eq!(first.cursor, second.cursor, "after {way:?}");
    }
}

#[test]
fn without_unicode_the_frame_is_ascii() {
    let article = ARTICLE.replace(['“', '”'], "\"");
    let config = Config { ascii: true, ..Config::default() };
    for way in WAYS {
        let mut session = Session::new("bridge.md", &article, Size { columns: 120, rows: 40 }, config.clone());
        let analysis = reading::analysis(&session.app.document.text, READING);
        session.analyze(analysis);
        session.press(way);
        for cell in &frame(&session.app, &session.theme).buffer.content {
            assert!(cell.symbol().is_ascii(), "{:?} after {way:?}", cell.symbol());
        }
    }
}

#[test]
fn without_colours_there_are_none() {
    for way in WAYS {
        let mut session = session(Size { columns: 120, rows: 40 }, Config::default());
        session.theme = Theme::dark().adapt(Depth::None);
        session.press(way);
        for cell in &frame(&session.app, &session.theme).buffer.content {
            let reset = ratatui::style::Color::Reset;
            assert_eq!((cell.fg, cell.bg), (reset, reset), "after {way:?}");
        }
    }
}

#[test]
fn the_cursor_stands_where_the_reader_acts() {
    let mut session = session(Size { columns: 100, rows: 30 }, Config::default());
    for (keys, under) in [("}", "T"), ("w", "t"), ("/", " "), ("esc tab", "▸"), ("tab i", " "), ("\"Z\"", " ")] {
        session.press(keys);
        let frame = frame(&session.app, &session.theme);
        let place = frame.cursor.unwrap_or_else(|| panic!("no cursor after {keys:?}"));
        assert_eq!(frame.buffer[place].symbol(), under, "after {keys:?}");
    }
}

/// Returns the code of a folder, file by file, without its tests.
fn code(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(code(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") && !path.ends_with("tests.rs") {
            let text = std::fs::read_to_string(&path).unwrap();
            files.push((path, text.split("#[cfg(test)]").next().unwrap().to_owned()));
        }
    }
    files
}

#[test]
fn text_has_one_door_to_the_cells() {
    for (path, code) in code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src/view"))) {
        let is_door = path.ends_with("cells.rs");
        for writes in ["set_symbol(", "set_char(", "set_string", "set_line", "set_span", "Paragraph::", "render_widget"]
        {
            assert!(is_door || !code.contains(writes), "{} uses {writes}", path.display());
        }
    }
}

#[test]
fn lines_have_one_door_to_the_terminal() {
    for (path, code) in code(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))) {
        let is_door = path.ends_with("shell/terminal.rs") || path.ends_with("cli/output.rs");
        for writes in ["println!(", "print!(", "stdout().lock()", "stdout().write", "write(rustix::stdio::stdout()"] {
            assert!(is_door || !code.contains(writes), "{} uses {writes}", path.display());
        }
    }
}

/// Text in which hostile characters are likely.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-z \\n\\t]{1,9}",
        "\\n\\n(# |> |- |    )?",
        "[\u{0}-\u{1f}\u{7f}-\u{9f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}]{1,3}",
        "[\u{e0000}-\u{e007f}]{1,40}",
        "[\u{300}-\u{310}]{1,40}",
        "[日本語👩\u{200d}]{1,9}",
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}')
}

fn check_cells(app: &App, theme: &Theme) -> Result<(), TestCaseError> {
    for cell in &frame(app, theme).buffer.content {
        prop_assert!(!cell.symbol().chars().any(steers), "{:?}", cell.symbol());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_cell_holds_what_steers_a_terminal(text in hostile(), name in hostile(), typed in hostile(), columns in 1u16..130, rows in 1u16..30) {
        let mut session = Session::new(&name, &text, Size { columns, rows }, Config::default());
        session.analyze(whole_text_says(&session.app));
        check_cells(&session.app, &session.theme)?;
        for way in ["tab", "2 z", "3 z tab", "V c 3", "/", "esc i", "ctrl-c :", "esc r"] {
            session.press(way);
            session.app.handle(Event::Paste(typed.clone()));
            check_cells(&session.app, &session.theme)?;
        }
        session.app.handle(Event::Told { message: typed.clone(), hint: name.clone() });
        session.press("esc esc");
        check_cells(&session.app, &session.theme)?;
        session.app.handle(Event::Articles(vec![listed(&text, &typed)]));
        check_cells(&session.app, &session.theme)?;
    }
}

/// An analysis in which every word of the text is shown somewhere.
fn whole_text_says(app: &App) -> demarche::analysis::Analysis {
    use demarche::analysis::*;
    let text = &app.document.text;
    let all = demarche::text::Span::new(0, text.len());
    let mentions = vec![Mention { span: all, form: Form::Name }];
    let actor = |id: &str| Actor {
        id: id.to_owned(),
        name: text.to_string(),
        kind: ActorKind::Group,
        role: None,
        acts_for: None,
        aliases: vec![text.to_string()],
        mentions: mentions.clone(),
    };
    let position = Position {
        actors: vec![ActorId(0)],
        negated: true,
        quote: Quote::Direct,
        addressees: vec![ActorId(1)],
        source: vec![all],
        cue: vec![all],
        ..Position::of("p1", Act::Demands, vec![all])
    };
    Analysis { actors: vec![actor("a"), actor("b")], positions: vec![position], open: vec![all], ..Analysis::default() }
}
