//! Keys in, state out: what a reader can do, without a screen.

mod filtering;
mod growing;
mod linking;
mod looking_up;
mod renumbering;
mod selecting;

use super::start::{Article, Line};
use super::state::{Mode, Overlay, Page, Pane, Unfinished};
use super::{App, Config, Effect, Event, Key, Keymap, Mouse, MouseKind, Size, key};
use crate::analysis::{
    Act, Actor, ActorId, ActorKind, Analysis, Answer, Form, How, Mention, Position, PositionId, Why,
};
use crate::annotation::{Anchor, Body, Id, NoteKind, Notes, Verdict};
use crate::document::Document;
use crate::text::Span;

const ARTICLE: &str = "Harbour talks stall\n\n\
    Malmo wants the ferry back. “We need the ferry,” said Anna Blom, the mayor.\n\n\
    Lund refused to pay for it. Nobody asked the sailors.\n\n\
    The talks go on in May. A second round may follow in June, or it may not, as such things go.\n";

/// An app on the article, 100 columns wide, analysed.
fn reader() -> App {
    let document = Document::read("talks.txt", ARTICLE.as_bytes().to_vec(), None);
    let notes = Notes::new();
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, notes, Config::default(), Keymap::default(), size);
    app.handle(Event::Analyzed(Box::new(analysis())));
    app
}

fn span(words: &str) -> Span {
    let start = ARTICLE.find(words).unwrap_or_else(|| panic!("the article says {words:?}"));
    Span::new(start, start + words.len())
}

fn analysis() -> Analysis {
    let actor = |id: &str, kind, acts_for, mentions: &[&str]| Actor {
        id: id.to_owned(),
        name: mentions[0].to_owned(),
        kind,
        role: None,
        acts_for,
        aliases: Vec::new(),
        mentions: mentions.iter().map(|words| Mention { span: span(words), form: Form::Name }).collect(),
    };
    let position = |n: usize, actor, act, source: &str, cue: &str, content: &str| Position {
        actors: vec![ActorId(actor)],
        source: vec![span(source)],
        cue: vec![span(cue)],
        confidence: 0.9,
        ..Position::of(format!("p{n}"), act, vec![span(content)])
    };
    let mut refusal = position(3, 1, Act::Refuses, "Lund", "refused", "to pay for it");
    refusal.answers = vec![Answer { position: PositionId(0), how: How::Rejects, certain: true, why: Why::SameMatter }];
    Analysis {
        actors: vec![
            actor("malmo", ActorKind::State, None, &["Malmo"]),
            actor("lund", ActorKind::State, None, &["Lund"]),
            actor("anna-blom", ActorKind::Person, Some(ActorId(0)), &["Anna Blom"]),
        ],
        positions: vec![
            position(1, 0, Act::Demands, "Malmo", "wants", "the ferry back"),
            position(2, 2, Act::Says, "Anna Blom", "said", "“We need the ferry,”"),
            refusal,
        ],
        ..Analysis::default()
    }
}

fn press(app: &mut App, keys: &str) -> Vec<Effect> {
    key::parse_keys(keys).unwrap().into_iter().flat_map(|key| app.handle(Event::Key(key))).collect()
}

fn type_text(app: &mut App, text: &str) {
    for c in text.chars() {
        let key = if c == '\n' { "enter".parse().unwrap() } else { Key::from(c) };
        app.handle(Event::Key(key));
    }
}

fn told(app: &App) -> &str {
    app.state.message.as_ref().map_or("", |message| &message.text)
}

#[test]
fn positions_are_visited_in_reading_order_and_the_sidebar_follows() {
    let mut app = reader();
    press(&mut app, "g g p");
    assert_eq!(app.state.position, Some(PositionId(0)));
    press(&mut app, "p");
    assert_eq!((app.state.position, app.state.here), (Some(PositionId(1)), span("“We").start));
    assert_eq!(app.state.item, Some(super::Item::Position(PositionId(1))));
    press(&mut app, "p p");
    assert_eq!(app.state.position, Some(PositionId(2)));
    assert_eq!(told(&app), "this is the last position");
}

#[test]
fn the_article_follows_the_sidebar() {
    let mut app = reader();
    press(&mut app, "tab G");
    assert_eq!(app.state.pane, Pane::Sidebar);
    assert_eq!(app.state.position, Some(PositionId(0)), "the last line is what the refusal answers");
    press(&mut app, "k enter");
    assert_eq!((app.state.pane, app.state.here), (Pane::Article, span("Lund").start));
    press(&mut app, "ctrl-o");
    assert_ne!(app.state.here, span("Lund").start);
}

#[test]
fn a_note_is_written_edited_deleted_and_brought_back() {
    let mut app = reader();
    press(&mut app, "p i");
    type_text(&mut app, "Since when?\nAsk them.");
    let effects = press(&mut app, "esc");
    assert!(matches!(&effects[0], Effect::Save { revision: 1, toml } if toml.contains("Ask them.")), "{effects:?}");
    assert_eq!(effects[1], Effect::KeepDraft(None));
    let entry = app.notes.entries()[0].clone();
    assert_eq!(app.notes.anchor(&entry.id).span(), Some(span("Malmo wants the ferry back.")));
    press(&mut app, "i");
    type_text(&mut app, " Now.");
    press(&mut app, "ctrl-s");
    let Body::Note(note) = &app.notes.entries()[0].body else { panic!() };
    assert_eq!((note.kind, note.text.as_str()), (NoteKind::Note, "Since when?\nAsk them. Now."));
    press(&mut app, "d");
    assert!(app.notes.entries().is_empty());
    press(&mut app, "u u");
    let Body::Note(note) = &app.notes.entries()[0].body else { panic!() };
    assert_eq!(note.text, "Since when?\nAsk them.");
    press(&mut app, "ctrl-r ctrl-r");
    assert!(app.notes.entries().is_empty());
}

#[test]
fn the_time_of_a_note_is_kept_to_the_second() {
    let mut app = reader();
    app.handle(Event::Time("2031-05-02T08:14:02.776032126Z".parse().unwrap()));
    let effects = press(&mut app, "c");
    let Effect::Save { toml, .. } = &effects[0] else { panic!("{effects:?}") };
    assert!(toml.contains("= 2031-05-02T08:14:02Z\n"), "{toml}");
}

#[test]
fn an_abandoned_note_leaves_nothing() {
    let mut app = reader();
    press(&mut app, "p p i");
    let effects = press(&mut app, "x ctrl-c");
    let unfinished = Unfinished { text: "x".to_owned(), at: span("“We need").start };
    assert_eq!(effects, [Effect::KeepDraft(Some(unfinished)), Effect::KeepDraft(None)]);
    assert!(app.notes.is_empty());
}

#[test]
fn a_note_that_was_deleted_elsewhere_while_it_was_edited_is_noted_anew() {
    let mut app = reader();
    press(&mut app, "p i x esc i y");
    app.handle(Event::NotesChanged(Notes::new().to_toml()));
    let effects = press(&mut app, "esc");
    assert!(matches!(&effects[..], [Effect::Save { toml, .. }, Effect::KeepDraft(None)] if toml.contains("\"xy\"")));
    assert_eq!(told(&app), "noted anew: it was deleted elsewhere");
    let id = app.notes.entries()[0].id.clone();
    assert_eq!(app.notes.anchor(&id).span(), Some(span("Malmo wants the ferry back.")));
    press(&mut app, "i backspace backspace");
    app.handle(Event::NotesChanged(Notes::new().to_toml()));
    press(&mut app, "esc");
    assert!(app.notes.is_empty(), "without words there is nothing to note");
}

#[test]
fn what_was_written_in_the_editor_is_unfinished_no_longer() {
    let mut app = reader();
    press(&mut app, "i x");
    assert_eq!(press(&mut app, "ctrl-e"), [Effect::EditOutside("x".to_owned())]);
    let effects = app.handle(Event::Edited("x and more\n".to_owned()));
    assert!(matches!(&effects[..], [Effect::Save { .. }, Effect::KeepDraft(None)]), "{effects:?}");
}

#[test]
fn a_position_is_rejected_shown_again_and_restored() {
    let mut app = reader();
    press(&mut app, "p p p r x");
    assert!(!app.items.contains(&super::Item::Position(PositionId(2))));
    press(&mut app, "R");
    assert!(app.items.contains(&super::Item::Position(PositionId(2))));
    assert_eq!(app.reading.verdicts[2].as_ref().map(|(verdict, _)| *verdict), Some(Verdict::Rejected));
    app.state.position = Some(PositionId(2));
    press(&mut app, "r u");
    assert!(app.notes.is_empty());
}

#[test]
fn an_act_is_changed_and_an_actor_renamed_and_merged() {
    let mut app = reader();
    press(&mut app, "p r a a");
    assert_eq!(app.reading.analysis.positions[0].act, Act::Says);
    press(&mut app, "tab g g r n");
    press(&mut app, "ctrl-u");
    for _ in 0..10 {
        press(&mut app, "backspace");
    }
    type_text(&mut app, "Malmö\n");
    assert!(app.reading.analysis.actors.iter().any(|actor| actor.name == "Malmö"), "{:?}", app.reading.analysis.actors);
    assert_eq!(app.notes.entries().len(), 2);
}

#[test]
fn a_position_is_added_by_hand() {
    let mut app = reader();
    press(&mut app, "} } } V r +");
    assert!(matches!(app.state.mode, Mode::Menu(_)));
    press(&mut app, "b b");
    let added = app.reading.analysis.positions.iter().find(|position| position.rule == "reader").expect("it is there");
    assert_eq!((added.act, added.extent().of(ARTICLE)), (Act::Asks, "The talks go on in May."));
}

#[test]
fn search_goes_as_one_types_and_comes_back() {
    let mut app = reader();
    press(&mut app, "/");
    type_text(&mut app, "ferry");
    assert_eq!(app.state.here, span("ferry back").start);
    assert_eq!((app.state.find.at, app.state.find.matches.len()), (Some(0), 2));
    press(&mut app, "esc");
    assert_eq!(app.state.here, 0);
    press(&mut app, "/");
    type_text(&mut app, "talks go on\n");
    assert_eq!(app.state.here, span("talks go").start);
    press(&mut app, "n");
    assert_eq!(told(&app), "from the start again");
    press(&mut app, "/");
    type_text(&mut app, "submarine\n");
    assert_eq!(told(&app), "'submarine' is not in this text");
}

#[test]
fn the_palette_completes_a_name_and_takes_a_number() {
    let mut app = reader();
    press(&mut app, ":");
    type_text(&mut app, "foc");
    press(&mut app, "tab");
    let Mode::Palette(palette) = &app.state.mode else { panic!("the palette is left") };
    assert_eq!(palette.prompt.text(), "focus-mode");
    press(&mut app, "enter");
    assert!(app.state.focus_mode);
    press(&mut app, ":");
    type_text(&mut app, "2\n");
    assert_eq!(app.state.here, span("Lund").start);
}

#[test]
fn whole_words_are_found_on_demand() {
    let mut app = reader();
    press(&mut app, "/");
    type_text(&mut app, "ma");
    assert_eq!(app.state.find.matches.len(), 5);
    press(&mut app, "alt-w");
    assert_eq!((app.state.find.matches.len(), app.state.here), (0, 0));
    type_text(&mut app, "y\n");
    assert_eq!((app.state.find.matches.len(), app.state.here), (3, span("May. A").start));
    press(&mut app, "alt-w");
    assert_eq!((app.state.find.matches.len(), app.state.find.at), (4, Some(1)), "the mayor, too");
    press(&mut app, "N & up");
    assert_eq!(app.layout.shown().map(|shown| shown.paragraphs()), Some(2), "an earlier search is recalled");
    press(&mut app, "alt-w");
    assert_eq!(app.layout.shown().map(|shown| shown.paragraphs()), Some(1));
}

#[test]
fn a_digit_shows_a_page_or_belongs_to_a_count() {
    let mut app = reader();
    press(&mut app, "3");
    assert_eq!(app.state.page, Page::Notes);
    press(&mut app, "2");
    assert_eq!(app.state.page, Page::Exchange);
    press(&mut app, "3 4");
    assert_eq!((app.state.page, app.state.count), (Page::Exchange, Some(34)), "the page is as it was");
    press(&mut app, "1");
    assert_eq!(app.state.count, Some(341));
    press(&mut app, "esc 4 0 G");
    assert_eq!(told(&app), "the text has 3 paragraphs");
}

#[test]
fn marks_and_jumps_lead_back() {
    let mut app = reader();
    press(&mut app, "} } m a g g ' a");
    assert_eq!(app.state.here, span("Lund").start);
    press(&mut app, "' '");
    assert_eq!(app.state.here, 0);
    press(&mut app, "' q");
    assert_eq!(told(&app), "there is no mark q");
}

#[test]
fn the_first_visible_character_stays_put_over_resizes() {
    let mut app = reader();
    app.handle(Event::Resize(Size { columns: 50, rows: 10 }));
    press(&mut app, "j j j");
    let top = app.state.top;
    assert!(top > 0);
    for columns in [120, 41, 60, 50] {
        app.handle(Event::Resize(Size { columns, rows: 10 }));
        let first = app.layout.visible(&app.document, app.state.top, 1).next().unwrap().1.span;
        assert!(first.contains(app.state.top) || first.start == app.state.top, "at {columns}");
    }
}

#[test]
fn leaving_with_unsaved_notes_warns_once() {
    let mut app = reader();
    press(&mut app, "c");
    app.handle(Event::NotSaved { revision: 1, message: "notes.toml: disk full".into(), hint: "make room".into() });
    assert_eq!(press(&mut app, "q"), []);
    assert!(told(&app).contains("disk full"));
    assert_eq!(press(&mut app, "q"), [Effect::Quit]);
}

#[test]
fn another_article_waits_until_notes_are_saved() {
    let article = Article {
        title: "Quay".into(),
        path: Some("/quay.txt".into()),
        place: "/quay.txt".into(),
        opened: None,
        notes: vec![Line { id: Id("aaaaaa".into()), text: "who?".into() }],
    };
    let open = |note: Option<&str>| Effect::Open { path: "/quay.txt".into(), note: note.map(|id| Id(id.into())) };
    let mut app = reader();
    assert_eq!(press(&mut app, "H"), [Effect::ListArticles]);
    app.handle(Event::Articles(vec![article.clone()]));
    assert_eq!(press(&mut app, "w h o down enter"), [open(Some("aaaaaa"))]);
    press(&mut app, "c");
    app.handle(Event::NotSaved { revision: 1, message: "notes.toml: disk full".into(), hint: "make room".into() });
    app.handle(Event::Articles(vec![article.clone()]));
    assert_eq!(press(&mut app, "enter"), []);
    assert!(told(&app).contains("disk full"));
    app.handle(Event::Articles(vec![article]));
    assert_eq!(press(&mut app, "enter"), [open(None)]);
}

#[test]
fn no_key_and_no_size_panics() {
    let keys: Vec<Key> = super::TABLE
        .iter()
        .flat_map(|e| Keymap::default().keys_of(e.command))
        .flat_map(|k| key::parse_keys(&k).unwrap())
        .collect();
    let mut random = fastrand::Rng::with_seed(7);
    for text in ["", " ", "x", ARTICLE] {
        let document = Document::read("t.txt", text.as_bytes().to_vec(), None);
        let notes = Notes::new();
        let mut app = App::new(document, notes, Config::default(), Keymap::default(), Size { columns: 100, rows: 30 });
        if text == ARTICLE {
            app.handle(Event::Analyzed(Box::new(analysis())));
        }
        for _ in 0..3000 {
            let size = Size { columns: random.u16(0..130), rows: random.u16(0..40) };
            match random.u8(0..12) {
                0 => app.handle(Event::Resize(size)),
                1 => app.handle(Event::Mouse(Mouse { kind: MouseKind::Press, column: size.columns, row: size.rows })),
                2 => app.handle(Event::Mouse(Mouse { kind: MouseKind::Drag, column: size.columns, row: size.rows })),
                _ => app.handle(Event::Key(keys[random.usize(..keys.len())])),
            };
        }
    }
}

#[test]
fn reopening_inside_the_text_selects_the_line_of_the_position_there() {
    let document = Document::read("talks.txt", ARTICLE.as_bytes().to_vec(), None);
    let notes = Notes::new();
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, notes, Config::default(), Keymap::default(), size);
    app.state.here = span("Lund refused").start;
    app.handle(Event::Analyzed(Box::new(analysis())));
    press(&mut app, "tab");
    assert_eq!(app.state.item, Some(super::Item::Position(PositionId(2))));
}

#[test]
fn what_a_party_says_again_is_no_answer_to_itself() {
    let mut read = analysis();
    read.positions[1].act = Act::Demands;
    read.positions[1].answers =
        vec![Answer { position: PositionId(0), how: How::Repeats, certain: true, why: Why::SaidAgain }];
    let mut app = reader();
    app.handle(Event::Analyzed(Box::new(read.clone())));
    let replies: Vec<_> = app.exchange.replies(PositionId(0)).iter().map(|reply| reply.position).collect();
    assert_eq!(replies, [PositionId(2)], "the mayor speaks for Malmo");
    read.positions[2].answers.clear();
    app.handle(Event::Analyzed(Box::new(read)));
    assert!(app.items.contains(&super::Item::OpenSum { unanswered: 2, open: 0 }), "{:?}", app.items);
}

#[test]
fn a_position_without_an_actor_has_a_line() {
    let mut read = analysis();
    read.positions[2].actors.clear();
    let mut app = reader();
    app.handle(Event::Analyzed(Box::new(read)));
    press(&mut app, "p p p");
    assert_eq!(app.state.item, Some(super::Item::Position(PositionId(2))));
    assert!(app.items.contains(&super::Item::Nameless));
}

#[test]
fn a_count_behind_a_digit_of_a_page_changes_no_pane() {
    let mut app = reader();
    app.handle(Event::Resize(Size { columns: 60, rows: 12 }));
    press(&mut app, "p");
    let item = app.state.item.clone();
    press(&mut app, "2");
    assert_eq!((app.state.pane, app.state.page), (Pane::Sidebar, Page::Exchange), "a narrow screen shows the page");
    press(&mut app, "4");
    assert_eq!((app.state.pane, app.state.page, app.state.count), (Pane::Article, Page::Actors, Some(24)));
    assert_eq!(app.state.item, item);
}

#[test]
fn what_was_looked_for_and_not_found_is_said_once() {
    let mut app = reader();
    press(&mut app, "/");
    type_text(&mut app, "(boat\n");
    assert_eq!(told(&app), "nothing found; '(boat' is no regular expression: looked for as written");
    press(&mut app, "n n");
    assert_eq!(app.state.messages.len(), 1, "{:?}", app.state.messages);
}

#[test]
fn a_note_becomes_a_question_and_a_correction_takes_words() {
    let mut app = reader();
    press(&mut app, "p i");
    type_text(&mut app, "Why now?");
    press(&mut app, "esc I esc");
    let Body::Note(note) = &app.notes.entries()[0].body else { panic!() };
    assert_eq!((note.kind, note.text.as_str()), (NoteKind::Question, "Why now?"));
    press(&mut app, "d r a a 3 tab i");
    type_text(&mut app, "See the minutes.");
    press(&mut app, "esc t");
    type_text(&mut app, "ferry\n");
    let Body::Position(correction) = &app.notes.entries()[0].body else { panic!("{:?}", app.notes.entries()) };
    assert_eq!((correction.text.as_str(), &correction.tags[..]), ("See the minutes.", &["ferry".to_owned()][..]));
}

#[test]
fn an_actor_that_was_missed_is_added() {
    let mut app = reader();
    press(&mut app, "} } ) w w w v r @");
    let added = app.reading.analysis.actors.iter().find(|actor| actor.name == "sailors").expect("it is there");
    assert_eq!(added.mentions.iter().map(|mention| mention.span).collect::<Vec<_>>(), [span("sailors")]);
    press(&mut app, "} V r + +");
    type_text(&mut app, "A second round\n");
    press(&mut app, "a");
    let position =
        app.reading.analysis.positions.iter().find(|position| position.rule == "reader").expect("it is there");
    assert_eq!(app.reading.analysis.actors[position.actors[0].0].name, "A second round");
    press(&mut app, "u u u");
    assert!(app.notes.is_empty());
}

#[test]
fn a_position_can_be_added_where_no_actor_was_found() {
    let document = Document::read("rain.txt", b"The mill closed. Nobody spoke.\n".to_vec(), None);
    let notes = Notes::new();
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, notes, Config::default(), Keymap::default(), size);
    app.handle(Event::Analyzed(Box::default()));
    press(&mut app, "r + +");
    type_text(&mut app, "The mill\n");
    press(&mut app, "p");
    assert_eq!(app.items[0], super::Item::Party(ActorId(0)));
}

#[test]
fn what_a_key_cannot_do_is_said() {
    let mut app = reader();
    for (keys, message) in [
        ("g x", "g x is bound to no command; ? lists all"),
        ("] h", "no heading further on"),
        ("} } ) *", "no actor is named under the cursor"),
        ("R", "positions that are rejected are shown: 0 here"),
        ("%", "positions that are only possible are hidden: 0 here"),
        ("K", "no position stands here; p goes to the next"),
    ] {
        press(&mut app, keys);
        assert_eq!(told(&app), message, "after {keys}");
    }
}

#[test]
fn a_text_that_was_not_analysed_is_not_said_to_name_nobody() {
    let document = Document::read("talks.txt", ARTICLE.as_bytes().to_vec(), None);
    let size = Size { columns: 100, rows: 12 };
    let mut app = App::new(document, Notes::new(), Config::default(), Keymap::default(), size);
    app.handle(Event::NotAnalyzed("too long".to_owned()));
    assert_eq!(app.items, [super::Item::Empty("this text was not analysed; M says why")]);
}

#[test]
fn notes_are_saved_in_another_file_on_demand() {
    let mut app = reader();
    press(&mut app, "c S");
    type_text(&mut app, "~/safe.toml");
    let effects = press(&mut app, "enter");
    let expected = Effect::SaveElsewhere { path: "~/safe.toml".to_owned(), revision: 1, toml: app.notes.to_toml() };
    assert_eq!(effects, [expected]);
    assert_eq!(press(&mut app, "J"), [Effect::JoinCopies { revision: 1, toml: app.notes.to_toml() }]);
}

#[test]
fn exports_are_written_or_copied() {
    use crate::annotation::export::Format;
    let mut app = reader();
    assert_eq!(press(&mut app, "x s"), []);
    let [Effect::Export { format: Format::Csv, contents }] = &press(&mut app, "w")[..] else { panic!("an export") };
    assert_eq!(contents.lines().count(), 4, "{contents}");
    let [Effect::Copy(copied)] = &press(&mut app, "x s y")[..] else { panic!("a copy") };
    assert_eq!(copied, contents);
    assert_eq!(press(&mut app, "x esc"), []);
}

#[test]
fn what_the_sidebar_hides_is_not_exported() {
    let mut app = reader();
    press(&mut app, "p f");
    press(&mut app, "x");
    let Mode::Menu(menu) = &app.state.mode else { panic!("a list") };
    assert_eq!(menu.title, "Export what Malmo says");
    let [Effect::Copy(copied)] = &press(&mut app, "s y")[..] else { panic!("a copy") };
    let holders: Vec<&str> = copied.lines().skip(1).filter_map(|line| line.split(',').nth(5)).collect();
    assert_eq!(holders, ["Malmo", "Malmo"], "{copied}");
    app.reading.analysis.positions[0].confidence = 0.5;
    press(&mut app, "%");
    let [Effect::Copy(copied)] = &press(&mut app, "x s y")[..] else { panic!("a copy") };
    assert_eq!(copied.lines().count(), 2, "{copied}");
}

#[test]
fn why_a_position_is_here_leads_on_to_the_next_and_to_correcting_it() {
    let mut app = reader();
    let why = |app: &App| match app.state.mode {
        Mode::Page(Overlay::Why(id), _) => Some(id.0),
        _ => None,
    };
    for (keys, shown) in [("p K", Some(0)), ("p", Some(1)), ("P", Some(0)), ("x", None), ("tab K", Some(0))] {
        press(&mut app, keys);
        assert_eq!(why(&app), shown, "after {keys}");
    }
    press(&mut app, "r x");
    assert_eq!(verdicts(&app), 1, "the position is rejected");
}

#[test]
fn what_the_reader_confirmed_is_not_hidden_with_the_possible() {
    let mut read = analysis();
    read.positions.iter_mut().for_each(|position| position.confidence = 0.5);
    let mut app = reader();
    app.handle(Event::Analyzed(Box::new(read)));
    press(&mut app, "p r c %");
    let shown = app.items.iter().filter(|item| matches!(item, super::Item::Position(_))).count();
    assert_eq!(shown, 1, "{:?}", app.items);
}

fn verdicts(app: &App) -> usize {
    app.reading.verdicts.iter().flatten().count()
}
