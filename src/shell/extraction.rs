//! Extraction on the worker: of a long text first what is read and around it, then all of it, or as much as is bearable.

use std::path::PathBuf;

use super::settings;
use super::worker::Teller;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::{self, Analysis, Languages};
use crate::annotation::Library;
use crate::app::{Event, WHOLE, WINDOW};
use crate::document::Document;
use crate::text::{Offset, Span};

/// What is read first of a longer text, in bytes: it takes less than a second.
const FIRST: usize = 128 << 10;

/// A longer text is read in two steps: the second takes some seconds and more.
const LONG: usize = 1 << 20;

/// What the reader brings to the reading of an article.
#[derive(Debug)]
pub struct Names {
    /// The folder of the reader's own lexicon.
    pub config: PathBuf,
    pub library: Library,
    pub languages: Languages,
}

/// Reads an article with the reader's own names, beginning where the reader is.
pub fn extract(document: &Document, here: Offset, names: &Names, teller: &mut Teller) {
    let lexicon = settings::lexicon(&names.config);
    teller.tell(Event::Analyzing(Some(here)));
    let read = |part: Option<usize>, teller: &Teller| {
        let part = part.map(|bytes| (here, bytes));
        read_part(document, part, &lexicon.value, names, &|| !teller.is_stopped())
    };
    let size = document.text.len();
    if size > LONG {
        // Where the reader is may be a table, and the rest be made of words.
        let first = read(Some(FIRST), teller);
        if matches!(first, Event::Analyzed(_)) {
            teller.tell(first);
        }
        // Notes name the text by its hash: the first one need not wait for it.
        document.sha256();
    }
    let all = read((size > WHOLE).then_some(WINDOW), teller);
    teller.tell(all);
    teller.tell(Event::Analyzing(None));
    if let Some((message, hint)) = settings::summary(&lexicon.problems) {
        teller.tell(Event::Told { message, hint });
    }
}

/// Reads a document, or a part of it around an offset.
fn read_part(
    document: &Document,
    part: Option<(Offset, usize)>,
    lexicon: &Lexicon,
    names: &Names,
    go_on: &dyn Fn() -> bool,
) -> Event {
    let part = part.map(|(here, bytes)| document.part(here, bytes));
    let (document, start) = part.as_ref().map_or((document, 0), |(document, start)| (document, *start));
    if !has_words(&document.text) {
        return Event::NotAnalyzed("hardly any words in it".to_owned());
    }
    let Some(mut analysis) = analysis::read_while(document, lexicon, names.languages, go_on) else {
        return Event::NotAnalyzed("it was stopped".to_owned());
    };
    names.library.name_actors(document.metadata.date, &mut analysis);
    let part = part.as_ref().map(|_| Span::new(start, start + document.text.len()));
    Event::Analyzed(Box::new(Analysis { part, ..analysis.moved(start) }))
}

/// Returns whether a text is made of words. A long one that is not (a table of numbers, a drawing, what was made to keep
/// programs busy) has a token in each character and nobody in it who takes a position.
fn has_words(text: &str) -> bool {
    const SHORT: usize = 64 << 10;
    if text.len() <= SHORT {
        return true;
    }
    let (mut letters, mut others) = (0, 0);
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *(if c.is_alphabetic() { &mut letters } else { &mut others }) += 1;
    }
    letters * 2 >= others
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shell::wait::Waker;
    use crate::shell::worker::Worker;
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    #[test]
    fn a_long_text_without_words_is_not_analysed() {
        assert!(has_words(&"The ferry left. ".repeat(10_000)) && has_words(&"渡船已经离开。".repeat(10_000)));
        assert!(has_words("``` 1, 2, 3"), "a short one is read in no time");
        assert!(!has_words(&"1,024;7,3 ".repeat(10_000)) && !has_words(&"e```".repeat(20_000)));
    }

    #[test]
    fn a_long_text_is_analysed_although_the_reader_is_in_a_table() {
        // Words in which nobody says anything are read in no time.
        let text = "1,024;7,3\n".repeat(20_000) + &"渡船已经离开。\n".repeat(50_000);
        let document = Document::read("a.txt", text.into_bytes(), None);
        assert!(document.text.len() > LONG && !has_words(&document.part(0, FIRST).0.text));
        let names = Names { config: PathBuf::new(), library: Library::default(), languages: Languages::English };
        let (mut woken, wake) = UnixStream::pair().unwrap();
        let worker = Worker::start(move |teller| extract(&document, 0, &names, teller), Waker(wake)).unwrap();
        let mut told = Vec::new();
        while told.last() != Some(&Event::Analyzing(None)) {
            woken.read_exact(&mut [0]).unwrap();
            told.extend(worker.take());
        }
        let [Event::Analyzing(Some(0)), Event::Analyzed(all), _] = &told[..] else { panic!("{told:?}") };
        assert_eq!(all.part, None, "all of it");
    }

    #[test]
    fn what_is_found_in_a_part_stands_where_it_stands_in_the_whole() {
        let before = "The ferry left at noon.\n\n".repeat(9);
        let text =
            format!("{before}Mayor Anna Blom said the talks had failed.\n\nNothing else happened on that day.\n");
        let document = Document::read("a.txt", text.clone().into_bytes(), None);
        let lexicon = Lexicon::embedded();
        let names = Names { config: PathBuf::new(), library: Library::default(), languages: Languages::Any };
        let part = Some((before.len(), 80));
        let Event::Analyzed(found) = read_part(&document, part, lexicon, &names, &|| true) else { panic!("read") };
        let covered = found.part.unwrap();
        assert!(covered.start > 0 && covered.end < text.len());
        assert_eq!(
            found.positions.iter().map(|p| p.extent().of(&text)).collect::<Vec<_>>(),
            ["Mayor Anna Blom said the talks had failed"]
        );
        let stopped = read_part(&document, None, lexicon, &names, &|| false);
        assert_eq!(stopped, Event::NotAnalyzed("it was stopped".to_owned()));
    }
}
