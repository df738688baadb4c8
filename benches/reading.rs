//! What it costs to open, to extract and to find notes again. `cargo bench --bench reading`.

use demarche::analysis::{self, lexicon::Lexicon};
use demarche::annotation::Notes;
use demarche::annotation::{Anchorer, Selector, describe};
use demarche::app::{App, Config, Keymap, Size};
use demarche::document::Document;
use demarche::text::Span;
use demarche::view::{self, Theme};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

const SAMPLE: &str = include_str!("../assets/sample.txt");
/// The sample once, ten times and two hundred times: 4 KB, 42 KB, 850 KB.
const COPIES: [usize; 3] = [1, 10, 200];

fn main() {
    divan::main();
}

/// From bytes to the first frame: what stands between the reader and the first line.
#[divan::bench(args = COPIES)]
fn first_frame(bencher: Bencher, copies: usize) {
    let theme = Theme::dark();
    let size = Size { columns: 120, rows: 40 };
    bencher.with_inputs(|| SAMPLE.repeat(copies).into_bytes()).bench_values(|bytes| {
        let document = Document::read("sample.txt", bytes, None);
        let notes = Notes::new();
        let app = App::new(document, notes, Config::default(), Keymap::default(), size);
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.columns, size.rows));
        view::draw(&app, &theme, &mut buffer);
        (app, buffer)
    });
}

/// From a document to its actors, positions and answers.
#[divan::bench(args = COPIES, max_time = 4)]
fn extract(bencher: Bencher, copies: usize) {
    let document = document(copies);
    let tokens = tokens(&document);
    bencher
        .counter(ItemsCount::new(tokens))
        .counter(BytesCount::new(document.text.len()))
        .bench_local(|| analysis::analyze(&document, Lexicon::embedded()));
}

/// What no newspaper prints, once and four times as long: the rate of bytes stays the same.
#[divan::bench(args = HOSTILE, max_time = 2)]
fn hostile(bencher: Bencher, (part, times): (&str, usize)) {
    let document = Document::read("hostile.txt", part.repeat(times).into_bytes(), None);
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench_local(|| analysis::analyze(&document, Lexicon::embedded()));
}

const HOSTILE: [(&str, usize); 12] = [
    ("“", 8_000),
    ("“", 32_000),
    (", “ . ", 2_000),
    (", “ . ", 8_000),
    ("Anna Blom and ", 2_000),
    ("Anna Blom and ", 8_000),
    ("\"he said\" ", 2_000),
    ("\"he said\" ", 8_000),
    ("The mayor said that ", 1_000),
    ("The mayor said that ", 4_000),
    ("Mr. Lee of Norway, its minister, left. ", 1_000),
    ("Mr. Lee of Norway, its minister, left. ", 4_000),
];

/// Sentences and tokens, their tags and trees: the part of it that is a model's.
#[divan::bench(args = COPIES, max_time = 4)]
fn parse(bencher: Bencher, copies: usize) {
    let document = document(copies);
    let sentences = sentences(&document);
    let tokens = analysis::tokens(&document.text, &sentences);
    bencher.counter(ItemsCount::new(tokens.len())).bench_local(|| analysis::parse(&document.text, &tokens));
}

/// A note on every sentence, found again in the same text and in one where every word of seven is another.
#[divan::bench(args = [false, true], max_time = 4)]
fn anchor(bencher: Bencher, edited: bool) {
    let document = document(10);
    let selectors: Vec<Selector> = sentences(&document).into_iter().map(|span| describe(&document, span)).collect();
    let now = match edited {
        false => document,
        true => Document::read("sample.txt", every_seventh_word(&document.text).into_bytes(), None),
    };
    bencher.counter(ItemsCount::new(selectors.len())).bench_local(|| {
        let anchorer = Anchorer::new(&now);
        selectors.iter().filter(|selector| anchorer.anchor(selector, !edited).span().is_some()).count()
    });
}

fn document(copies: usize) -> Document {
    Document::read("sample.txt", SAMPLE.repeat(copies).into_bytes(), None)
}

fn sentences(document: &Document) -> Vec<Span> {
    (0..document.blocks.len()).flat_map(|block| document.sentences_in(block)).collect()
}

fn tokens(document: &Document) -> usize {
    analysis::tokens(&document.text, &sentences(document)).len()
}

fn every_seventh_word(text: &str) -> String {
    let words = text.split_inclusive(' ').enumerate();
    words.map(|(i, word)| if i % 7 == 6 && !word.contains('\n') { "otherwise " } else { word }).collect()
}
