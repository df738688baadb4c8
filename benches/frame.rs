//! What a frame costs: as much for a text of a megabyte as for a short one. `cargo bench --bench frame`.

use demarche::analysis::{Act, Actor, ActorId, ActorKind, Analysis, Form, Mention, Position};
use demarche::annotation::Notes;
use demarche::app::{App, Code, Config, Event, Key, Keymap, Size};
use demarche::document::Document;
use demarche::shell::paint::Painter;
use demarche::text::Span;
use demarche::view::{self, Theme};
use divan::Bencher;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const KILOBYTE: usize = 1 << 10;
const SIZES: [usize; 2] = [5 * KILOBYTE, 1024 * KILOBYTE];

fn main() {
    divan::main();
}

/// Drawing one screen in the middle of the text, into cells.
#[divan::bench(args = SIZES)]
fn draw(bencher: Bencher, bytes: usize) {
    let app = reader(bytes);
    let theme = Theme::dark();
    bencher.bench_local(|| frame(&app, &theme));
}

/// One line further: the key, the state and the cells.
#[divan::bench(args = SIZES)]
fn scroll(bencher: Bencher, bytes: usize) {
    let mut app = reader(bytes);
    let theme = Theme::dark();
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        app.handle(Event::Key(Key::from(if down { 'j' } else { 'k' })));
        frame(&app, &theme)
    });
}

/// The bytes for one line further, from cells, for a terminal without and with margins.
#[divan::bench(args = [false, true])]
fn paint(bencher: Bencher, margins: bool) {
    let mut app = reader(SIZES[0]);
    let theme = Theme::dark();
    let frames = [(); 2].map(|()| {
        app.handle(Event::Key(Key::from('j')));
        frame(&app, &theme)
    });
    let mut painter = Painter::new(true);
    if margins {
        painter.use_margins();
    }
    let mut down = false;
    bencher.bench_local(|| {
        down = !down;
        painter.paint(frames[usize::from(down)].clone(), None)
    });
}

fn frame(app: &App, theme: &Theme) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, app.state.size.columns, app.state.size.rows));
    view::draw(app, theme, &mut buffer);
    buffer
}

/// A reader in the middle of a text of about so many bytes, with a position in every paragraph.
fn reader(bytes: usize) -> App {
    const PARAGRAPH: &str = "The council of Ansa demanded that the county build a second bridge before the winter, and the \
        county refused to pay for more than one. Both will meet again in spring, when the river is low.\n\n";
    let text = PARAGRAPH.repeat(bytes.div_ceil(PARAGRAPH.len()));
    let analysis = analysis(&text, PARAGRAPH.len());
    let document = Document::read("bridge.txt", text.into_bytes(), None);
    let notes = Notes::new();
    let size = Size { columns: 120, rows: 40 };
    let mut app = App::new(document, notes, Config::default(), Keymap::default(), size);
    app.handle(Event::Analyzed(Box::new(analysis)));
    let middle = app.document.paragraphs() / 2;
    for c in format!(":{middle}").chars() {
        app.handle(Event::Key(Key::from(c)));
    }
    app.handle(Event::Key(Key::plain(Code::Enter)));
    app
}

fn analysis(text: &str, paragraph: usize) -> Analysis {
    let find = |words: &str, from: usize| {
        let start = from + text[from..].find(words).expect("the words of the paragraph");
        Span::new(start, start + words.len())
    };
    let starts: Vec<usize> = (0..text.len()).step_by(paragraph).collect();
    let actor = |name: &str| Actor {
        id: name.to_lowercase(),
        name: name.to_owned(),
        kind: ActorKind::Organisation,
        role: None,
        acts_for: None,
        aliases: Vec::new(),
        mentions: starts.iter().map(|&at| Mention { span: find(name, at), form: Form::Name }).collect(),
    };
    let position = |number: usize, actor: usize, act, cue: &str, content: &str, at: usize| Position {
        actors: vec![ActorId(actor)],
        cue: vec![find(cue, at)],
        ..Position::of(format!("p{number}"), act, vec![find(content, at)])
    };
    let positions = starts.iter().enumerate().flat_map(|(n, &at)| {
        [
            position(2 * n + 1, 0, Act::Demands, "demanded", "that the county build a second bridge", at),
            position(2 * n + 2, 1, Act::Refuses, "refused", "to pay for more than one", at),
        ]
    });
    Analysis { positions: positions.collect(), actors: vec![actor("Ansa"), actor("county")], ..Analysis::default() }
}
