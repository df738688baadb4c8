//! The linear mode: state to lines, for screen readers and for terminals that only print. Everything is said in words
//! and in reading order; nothing is drawn, and nothing that was printed is changed.

mod list;

mod position;

use crate::app::line::{self, words_of};
use crate::app::overlay::Line;
use crate::app::state::{Answer, Message, Mode, Naming, Overlay};
use crate::app::{App, Command, links, overlay, select, start, why};
use crate::document::BlockKind;
use crate::text::{Offset, Span};

use super::signs::ASCII;

/// How lines are read; it stands before the table of the commands.
pub const HELP: &str = "\
An empty line goes on to the next paragraph, back goes back, here says the paragraph again.
A command is typed by its name or by one of its keys; a number before it repeats it: 3 next-position, 3p.
actors, exchange and notes list what they say, with numbers; a number after them goes to that line: notes 2.
Words after a command are what it would ask for: /WORDS, note WORDS, tag WORDS, highlight-in green, goto 4.
note alone takes any number of lines, up to one that is a full stop.
";

/// Returns what is said of an article when it is opened.
pub fn greeting(app: &App) -> Vec<String> {
    let metadata = &app.document.metadata;
    let title = metadata.title.as_deref().unwrap_or(&app.document.name);
    let words = app.index.words.map(|words| format!("{words} words"));
    let paragraphs = counted(app.document.paragraphs(), "paragraph");
    let about = [metadata.source.clone(), metadata.date.map(|date| date.to_string()), words, Some(paragraphs)];
    vec![one_line(title), about.into_iter().flatten().collect::<Vec<_>>().join(", ")]
}

/// Returns what is said once the article has been analysed, or could not be.
pub fn reading(app: &App) -> Vec<String> {
    let analysis = &app.reading.analysis;
    let found = match analysis.actors.is_empty() {
        _ if app.unread => "the article was not analysed".to_owned(),
        _ if analysis.skipped => analysis.language.notice().to_owned(),
        true => "no actors found in this text".to_owned(),
        false => {
            let parties = counted(analysis.actors.len(), "actor");
            format!("{}, {parties}", counted(app.index.positions, "position"))
        }
    };
    vec![format!("{found}; an empty line goes on, help lists the commands")]
}

/// Returns the first thing that is read: the paragraph where the reader left off, and what is asked for there.
pub fn opening(app: &App) -> Vec<String> {
    paragraph(app).into_iter().chain(asked(app)).collect()
}

/// Returns what the last line asked to see, then what was told since, then whether it is saved.
pub fn answer(app: &App, told: usize) -> Vec<String> {
    let mut lines = shown(app);
    lines.extend(news(app, told));
    let messages = &app.state.messages;
    if messages.len() == told {
        lines.extend(app.state.message.iter().flat_map(|message| spoken(app, message)));
    }
    if app.state.saving.just_saved {
        lines.push("saved".to_owned());
    }
    lines
}

/// Returns what was told since so many messages.
pub fn news(app: &App, told: usize) -> Vec<String> {
    app.state.messages.iter().skip(told).flat_map(|message| spoken(app, message)).collect()
}

/// Returns what stands before the reader's words.
pub fn prompt(app: &App) -> String {
    match &app.state.mode {
        Mode::Write(_) => "note> ".to_owned(),
        Mode::Menu(_) => "choice> ".to_owned(),
        Mode::Search(_) => "search> ".to_owned(),
        Mode::Filter(_) => "filter> ".to_owned(),
        Mode::Tag(_) => "tags> ".to_owned(),
        Mode::Name(..) => "name> ".to_owned(),
        Mode::Start(_) => "article> ".to_owned(),
        Mode::SetMark | Mode::GotoMark => "mark> ".to_owned(),
        Mode::Read | Mode::Select(_) | Mode::Palette(_) | Mode::Links(_) | Mode::Page(..) => "demarche> ".to_owned(),
    }
}

fn spoken(app: &App, message: &Message) -> Vec<String> {
    let mut lines = vec![own(app, &message.text)];
    if !message.hint.is_empty() {
        lines.push(format!("  hint: {}", own(app, &message.hint)));
    }
    lines
}

fn shown(app: &App) -> Vec<String> {
    let here = app.state.here;
    match app.state.answer {
        Answer::Nothing => Vec::new(),
        Answer::Asked => asked(app),
        Answer::Paragraph => paragraph(app),
        Answer::Sentence => sentence(app),
        Answer::Word => {
            vec![quoted(app, "at", select::word_at(&app.document, here))]
        }
        Answer::Selection => match &app.state.mode {
            Mode::Select(selection) => vec![quoted(app, "selected:", selection.span(&app.document))],
            _ => Vec::new(),
        },
        Answer::Position => {
            let position = app.state.position.map(|id| position::lines(app, id)).unwrap_or_default();
            sentence(app).into_iter().chain(position).collect()
        }
        Answer::Match => {
            let find = &app.state.find;
            let count = find.at.map(|at| format!("match {} of {}", at + 1, find.matches.len()));
            count.into_iter().chain(sentence(app)).collect()
        }
        Answer::List => list::lines(app),
        Answer::Line => {
            let line = app.state.item.as_ref().map(|item| list::line(app, item));
            line.into_iter().flatten().chain(sentence(app)).collect()
        }
        Answer::Page(page) => page_lines(app, page),
    }
}

/// The paragraph at the cursor: its number, its text, then the positions that begin in it and the notes.
fn paragraph(app: &App) -> Vec<String> {
    let index = app.document.block_at(app.state.here);
    let Some(block) = app.document.blocks.get(index) else { return vec!["there is no text".to_owned()] };
    let text = block.span.of(&app.document.text);
    let mut lines = vec![place(app, block.span.start)];
    match app.document.keeps_line_ends(index) {
        true => lines.extend(text.trim_end().lines().map(str::to_owned)),
        false => lines.push(one_line(text)),
    }
    lines.extend(position::lines_in(app, block.span));
    lines.extend(list::notes_in(app, block.span));
    lines
}

/// The sentence at the cursor after its place.
fn sentence(app: &App) -> Vec<String> {
    let here = app.state.here;
    let sentence = app.document.sentence_at(here).map(|sentence| one_line(sentence.of(&app.document.text)));
    sentence.map(|sentence| format!("{}: {sentence}", place(app, here))).into_iter().collect()
}

/// Says where an offset is: `paragraph 3 of 11`, `heading`.
fn place(app: &App, offset: Offset) -> String {
    let block = app.document.blocks.get(app.document.block_at(offset));
    match block.map(|block| block.kind) {
        Some(BlockKind::Heading(level)) => format!("heading {level}"),
        Some(BlockKind::Rule) => "rule".to_owned(),
        Some(BlockKind::Credit) => "credit".to_owned(),
        _ => {
            let number = app.document.paragraph_at(offset).unwrap_or(1);
            format!("paragraph {number} of {}", app.document.paragraphs().max(1))
        }
    }
}

/// Says the number of the paragraph at an offset, for the end of a line.
fn paragraph_of(app: &App, offset: Offset) -> String {
    app.document.paragraph_at(offset).map_or_else(String::new, |number| format!(", paragraph {number}"))
}

/// What is asked for by a mode that the next line answers.
fn asked(app: &App) -> Vec<String> {
    match &app.state.mode {
        Mode::Write(draft) => {
            let there = draft.editor.lines().iter().filter(|line| !line.is_empty()).map(|line| format!("  {line}"));
            let how = "write; a full stop alone ends the note, .cancel gives it up, .clear begins anew".to_owned();
            there.chain([how]).collect()
        }
        Mode::Menu(menu) => {
            let choices = menu.choices.iter();
            let choices = choices.map(|choice| own(app, &format!("  {}  {}", choice.key, words_of(&choice.label))));
            std::iter::once(menu.title.clone()).chain(choices).collect()
        }
        Mode::Tag(tag) => {
            let tags = tag.prompt.text();
            let there = if tags.is_empty() { String::new() } else { format!("tags: {tags}; -tag takes one away; ") };
            vec![format!("{there}type tags; an empty line leaves all as it is")]
        }
        Mode::Name(prompt, naming) => vec![format!("{}{}", named(app, *naming), now(prompt.text()))],
        Mode::Search(_) => vec!["type what to look for".to_owned()],
        Mode::Filter(_) => vec!["type what the paragraphs say; an empty line shows all".to_owned()],
        Mode::SetMark | Mode::GotoMark => vec!["type the letter of the mark".to_owned()],
        Mode::Start(page) => articles(page),
        Mode::Read | Mode::Select(_) | Mode::Palette(_) | Mode::Links(_) | Mode::Page(..) => Vec::new(),
    }
}

fn now(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!(", now {text}") }
}

fn named(app: &App, naming: Naming) -> String {
    match naming {
        Naming::Rename(actor) => format!("the name of {}", super::label::name(app, actor)),
        Naming::Holder(_) => "the actor's name".to_owned(),
        Naming::Issue(_) => "what it is about".to_owned(),
        Naming::NotesFile => "the file to save the notes in".to_owned(),
    }
}

fn articles(page: &start::StartPage) -> Vec<String> {
    let rows = page.rows.iter().enumerate().map(|(index, row)| {
        let number = index + 1;
        match *row {
            start::Row::Article(article) => {
                let article = &page.articles[article];
                let notes = if article.notes.is_empty() { String::new() } else { counted(article.notes.len(), "note") };
                let parts = [article.title.as_str(), &notes, &article.place];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                format!("{number}. {}", parts.join(", "))
            }
            start::Row::Note(article, note) => format!("{number}.   note: {}", page.articles[article].notes[note].text),
        }
    });
    let rows: Vec<String> = rows.collect();
    let none = rows.is_empty().then(|| "no article and no note has these words".to_owned());
    let how = "type a number to open, words to find, an empty line to leave".to_owned();
    rows.into_iter().chain(none).chain([how]).collect()
}

fn page_lines(app: &App, page: Overlay) -> Vec<String> {
    if let Overlay::Why(id) = page {
        let Some(position) = app.reading.analysis.positions.get(id.0) else { return Vec::new() };
        let parts = why::parts(app, id, position).into_iter();
        let lines = parts.map(|(name, text)| match name {
            "" => format!("  {}", text.trim_start()),
            name => format!("{name}: {}", text.trim_start()),
        });
        return lines.map(|line| own(app, &line.replace('¶', "paragraph "))).collect();
    }
    if let Overlay::Footnote(at) = page {
        let words = links::words_of_note(&app.document, at);
        return words.split("\n\n").map(one_line).collect();
    }
    if page == Overlay::LookUp {
        return app.state.look_up.iter().flat_map(|look_up| look_up.lines().iter().cloned()).collect();
    }
    let mut lines: Vec<String> = Vec::new();
    let mut is_left_out = false;
    if page == Overlay::Help {
        lines.extend(HELP.lines().map(str::to_owned));
    }
    for row in overlay::lines(app, page) {
        match row {
            Line::Title(title) => lines.push(title.to_owned()),
            Line::Command { name, .. } if Command::from_name(name).is_some_and(line::is_for_screen) => {
                is_left_out = true
            }
            Line::More(_) if is_left_out => {}
            Line::Command { keys, name, doc } => {
                is_left_out = false;
                lines.push(format!("  {name} ({keys}): {doc}"));
            }
            Line::More(doc) => {
                if let Some(last) = lines.last_mut() {
                    *last += &format!(" {doc}");
                }
            }
            Line::Text(text) => lines.push(own(app, &text)),
            Line::Hint(text) => lines.push(format!("  hint: {}", own(app, &text))),
            Line::Part { name, text } => lines.push(format!("{name}: {text}")),
            Line::Gap => lines.push(String::new()),
        }
    }
    lines
}

/// A sentence of the program's own, without signs where the terminal has none.
fn own(app: &App, text: &str) -> String {
    if app.config.ascii { ASCII.spell(text).into_owned() } else { text.to_owned() }
}

fn quoted(app: &App, what: &str, span: Span) -> String {
    own(app, &format!("{what} “{}”", one_line(span.of(&app.document.text))))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn counted(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
