//! `demarche extract`: the actors and positions of articles, for scripts and for people; of one or of very many.

mod csv;

mod explain;

mod names;

mod pages;

mod pipeline;

mod progress;

mod readable;

mod tasks;

mod threshold;

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::thread;

use clap::{Args, ValueEnum};
use serde_json::Value;

use self::names::Names;
use self::pages::Pages;
use self::progress::Progress;
use self::tasks::{Input, Task, Tasks};
use super::article::{self, Reading};
use super::output;
use crate::analysis::lexicon::Lexicon;
use crate::analysis::{self, Analysis, Language, Languages, record};
use crate::annotation::Library;
use crate::document::{self, Document};
use crate::shell::files::Places;
use crate::shell::{Failure, Result, Source, settings};

/// Print the actors an article names and the positions they take
#[derive(Debug, Args)]
pub struct Arguments {
    /// The articles; `-` reads standard input
    #[arg(required_unless_present = "files_from")]
    files: Vec<PathBuf>,
    /// The articles are named in this file, too: one a line, or as `find -print0` writes them; `-` is standard input
    #[arg(long, value_name = "FILE")]
    files_from: Option<PathBuf>,
    /// The form; one article is printed as `json`, several as `jsonl` when nothing else is said
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// What the files hold; with `--format jsonl`, what is not said is told by the first line of standard input
    #[arg(long, value_enum)]
    input: Option<Holds>,
    /// Leave out positions that are less sure than this, from 0 to 1
    #[arg(long, value_name = "CONFIDENCE", value_parser = confidence, default_value = "0", hide_default_value = true)]
    min_confidence: f32,
    /// Say for each position why it is one
    #[arg(long)]
    explain: bool,
    /// Look for actors and positions in text that is no English, too; little of what is found there is right
    #[arg(long)]
    any_language: bool,
    /// How many articles are read at the same time; as many as there are processors when nothing else is said
    #[arg(long, value_name = "NUMBER")]
    threads: Option<NonZero<usize>>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One object, indented; several articles in one list
    Json,
    /// JSON Lines: one object a line, one line an article
    Jsonl,
    /// For reading in a terminal
    Text,
    /// For reading elsewhere
    Markdown,
    /// One line a position
    Csv,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Holds {
    /// One article each
    Article,
    /// JSON Lines: an article a line, {"id": …, "text": …}
    Jsonl,
}

/// An article as it is printed, and what is to be said of it elsewhere.
struct Page {
    page: String,
    notices: Vec<Failure>,
}

/// What the reader's own files say of names.
struct Known {
    lexicon: Lexicon,
    library: Library,
}

/// What printed articles look like.
#[derive(Clone, Copy, Debug)]
struct Style {
    format: Format,
    /// There may be several, which as JSON are a list.
    is_list: bool,
    explain: bool,
}

/// Prints one article after the other; one that cannot be read is named and the others go on.
pub fn run(arguments: &Arguments) -> Result<u8> {
    let places = Places::find();
    let lexicon = settings::lexicon(&places.config);
    let library = settings::library(&places, &settings::options(&places.config).value);
    for problem in lexicon.problems.iter().chain(&library.problems) {
        output::warn(format!("demarche: {problem}\n  hint: {}", problem.hint));
    }
    let known = Known { lexicon: lexicon.value, library: library.value };
    let style = arguments.style();
    let names = Names::new(&arguments.files, arguments.files_from.as_deref());
    let tasks = Tasks::new(names, arguments.input(style.format), arguments.reading.most());
    let threads = arguments.threads.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    let mut pages = Pages::new(style);
    let mut progress = Progress::new(arguments.count(style.format));
    let mut code = 0;
    let work = |task| arguments.read(task).and_then(|document| arguments.page(&document, &known, style));
    let printed = pipeline::in_order(tasks, threads, work, |page| {
        match page {
            Ok(Page { page, notices }) => {
                if !notices.is_empty() {
                    progress.clear();
                }
                notices.iter().for_each(output::warn);
                pages.print(&page)?;
            }
            Err(failure) => {
                progress.clear();
                output::warn(&failure);
                code = failure.code;
            }
        }
        progress.step();
        Ok(())
    });
    progress.clear();
    printed.and_then(|()| pages.finish()).map(|()| code)
}

impl Arguments {
    fn style(&self) -> Style {
        let is_list = self.files.len() > 1 || self.files_from.is_some() || self.input == Some(Holds::Jsonl);
        let format = self.format.unwrap_or(if is_list { Format::Jsonl } else { Format::Json });
        Style { format, is_list, explain: self.explain }
    }

    fn input(&self, format: Format) -> Input {
        match self.input {
            Some(Holds::Jsonl) => Input::Lines,
            None if format == Format::Jsonl => Input::Told,
            Some(Holds::Article) | None => Input::Article,
        }
    }

    /// Returns how many articles there are, when that is known before they are read.
    fn count(&self, format: Format) -> Option<usize> {
        let is_told = self.input(format) == Input::Told && self.files.iter().any(|file| file == Path::new("-"));
        let is_known = self.input(format) != Input::Lines && !is_told && self.files_from.is_none();
        is_known.then_some(self.files.len())
    }

    fn read(&self, task: Task) -> Result<Document> {
        match task {
            Task::File(path) => Ok(self.reading.read(&path)?.document),
            Task::Input(bytes) => {
                Ok(self.reading.article(Source { name: "-".to_owned(), path: None, bytes })?.document)
            }
            Task::Line(line, place) => {
                let hint = r#"a line holds one article: {"id": "a1", "text": "…"}"#;
                let entry = tasks::entry(&line).map_err(|reason| Failure::new(format!("{place}: {reason}"), hint))?;
                // A line names its text, not a file: what an id ends in says nothing about the text.
                let format = self.reading.format().unwrap_or(document::Format::Plain);
                Ok(Document::read(&entry.id, entry.text.into_bytes(), Some(format)))
            }
            Task::Failed(failure) => Err(failure),
        }
    }

    /// Returns an article as it is printed. A mistake of our own costs one article, not those behind it.
    fn page(&self, document: &Document, known: &Known, style: Style) -> Result<Page> {
        let languages = if self.any_language { Languages::Any } else { Languages::English };
        let page = || {
            let mut analysis = analysis::read(document, &known.lexicon, languages);
            known.library.name_actors(document.metadata.date, &mut analysis);
            let analysis = threshold::keep(analysis, self.min_confidence);
            let hint = "`--any-language` looks for them all the same";
            let notice = |language: Language| Failure::new(format!("{}: {}", language.notice(), document.name), hint);
            Page {
                page: write(document, &analysis, style),
                notices: article::warnings(document)
                    .chain(analysis.skipped.then(|| notice(analysis.language)))
                    .collect(),
            }
        };
        let failed = |_| {
            let hint = "this is a mistake in demarche; the other articles go on";
            Failure::new(format!("cannot be analysed: {}", document.name), hint)
        };
        catch_unwind(AssertUnwindSafe(page)).map_err(failed)
    }
}

fn write(document: &Document, analysis: &Analysis, style: Style) -> String {
    match style.format {
        Format::Json if style.is_list => listed(&value(document, analysis, style.explain)),
        Format::Json => format!("{}\n", indented(&value(document, analysis, style.explain))),
        Format::Jsonl => format!("{}\n", value(document, analysis, style.explain)),
        Format::Text => readable::text(document, analysis, style.explain),
        Format::Markdown => readable::markdown(document, analysis, style.explain),
        Format::Csv => csv::rows(document, analysis, style.explain),
    }
}

/// Returns the record, with the reasons of each position as one more field where they are asked for.
fn value(document: &Document, analysis: &Analysis, explain: bool) -> Value {
    let mut record = record::record(document, analysis);
    if explain {
        let written = record["positions"].as_array_mut().into_iter().flatten();
        for (written, position) in written.zip(&analysis.positions) {
            written["explain"] = explain::value(document, analysis, position);
        }
    }
    record
}

fn indented(value: &Value) -> String {
    // Only a map with keys that are no strings could fail to be written; there is none.
    serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string())
}

/// Returns an item of an indented list. No string of JSON holds a line end, so each line can be moved.
fn listed(value: &Value) -> String {
    indented(value).lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

fn confidence(text: &str) -> std::result::Result<f32, String> {
    let number = text.parse().ok().filter(|number| (0.0..=1.0).contains(number));
    number.ok_or_else(|| "not a number from 0 to 1".to_owned())
}
