//! What a line does in the linear mode: the same commands, with the words behind them for what they ask.

use super::{finding, following, keys, moving, run, selecting, sidebar};
use crate::app::command::Group;
use crate::app::line::{self, Asked};
use crate::app::prompt::{self, Prompt};
use crate::app::state::{Answer, Draft, Menu, Mode, Pane};
use crate::app::{App, Code, Command, Effect, Key};
use crate::text::Offset;

/// Takes in a line.
pub fn take(app: &mut App, line: &str) -> Vec<Effect> {
    app.state.answer = Answer::Nothing;
    let is_writing = matches!(app.state.mode, Mode::Write(_));
    let effects = match app.state.mode {
        Mode::Read | Mode::Select(_) | Mode::Page(..) => command(app, line),
        _ => reply(app, line),
    };
    if let Mode::Page(overlay, _) = app.state.mode {
        app.state.mode = Mode::Read;
        app.state.answer = Answer::Page(overlay);
    } else if !in_command(app) && !is_writing && app.state.message.is_none() {
        app.state.answer = Answer::Asked;
    }
    effects
}

fn command(app: &mut App, line: &str) -> Vec<Effect> {
    let asked = match line::read(line, &app.keymap) {
        Ok(asked) => asked,
        Err(line::Unknown { message, hint }) => {
            app.state.warn(message, hint);
            return Vec::new();
        }
    };
    let Asked { command, count, rest } = asked;
    if command != Command::Quit {
        app.state.message = None;
    }
    if matches!(command.entry().group, Group::Move | Group::Find) && command != Command::Goto {
        app.state.pane = Pane::Article;
    }
    let from = app.state.here;
    app.state.count = count;
    let mut effects = do_command(app, command, count);
    finding::finish(app);
    app.state.count = None;
    selecting::follow(app);
    if !rest.is_empty() && !in_command(app) {
        effects.extend(reply(app, rest));
        if let Mode::Write(_) = app.state.mode {
            effects.extend(keys::press(app, Key::plain(Code::Esc)));
        }
    } else if let Answer::List = app.state.answer
        && !rest.is_empty()
    {
        pick_line(app, rest);
    }
    settle_answer(app, command, from);
    effects
}

/// Whether the next line is a command.
fn in_command(app: &App) -> bool {
    matches!(app.state.mode, Mode::Read | Mode::Select(_) | Mode::Page(..))
}

/// Runs a command; those that move over a screen move over paragraphs, and those that change it do nothing.
fn do_command(app: &mut App, command: Command, count: Option<usize>) -> Vec<Effect> {
    use Command::*;
    let times = isize::try_from(count.unwrap_or(1)).unwrap_or(isize::MAX);
    match command {
        ScrollDown | PageDown | HalfPageDown | NextParagraph => blocks(app, times),
        ScrollUp | PageUp | HalfPageUp | PreviousParagraph => blocks(app, -times),
        ShowActors | ShowExchange | ShowNotes | ShowContents => {
            app.state.answer = Answer::List;
            return run(app, command);
        }
        ChooseLink => following::list(app),
        Goto if app.state.pane == Pane::Article => {}
        Redraw => {}
        command if line::is_for_screen(command) => {
            app.state.tell(format!("'{}' is for a screen", command.entry().name));
        }
        command => return run(app, command),
    }
    Vec::new()
}

/// Goes on or back by blocks that are shown, from wherever in one the cursor is.
fn blocks(app: &mut App, times: isize) {
    let here = app.document.block_at(app.state.here);
    let step = |block: &usize| match times > 0 {
        true => app.layout.next_block(*block),
        false => app.layout.previous_block(*block),
    };
    let last = std::iter::successors(Some(here), step).take(times.unsigned_abs().saturating_add(1)).last();
    match last.filter(|&block| block != here).and_then(|block| app.document.blocks.get(block)) {
        Some(block) => moving::go(app, block.span.start),
        None => app.state.tell(if times > 0 { "this is the end of the text" } else { "this is the start of the text" }),
    }
}

/// Says what is to be shown of the place that a command went to.
fn settle_answer(app: &mut App, command: Command, from: Offset) {
    use Command::*;
    if app.state.answer != Answer::Nothing || !in_command(app) {
        return;
    }
    let stayed = app.state.here == from;
    let told = app.state.message.is_some();
    app.state.answer = match command {
        _ if matches!(app.state.mode, Mode::Select(_)) => Answer::Selection,
        Redraw => Answer::Paragraph,
        _ if stayed && told => Answer::Nothing,
        NextPosition | PreviousPosition => Answer::Position,
        NextMatch | PreviousMatch => Answer::Match,
        Goto | GotoStart | GotoEnd | ScrollDown | ScrollUp | PageDown | PageUp | HalfPageDown | HalfPageUp
        | NextParagraph | PreviousParagraph | NextHeading | PreviousHeading => Answer::Paragraph,
        Left | Right | NextWord | WordEnd | PreviousWord | LineStart | LineEnd => Answer::Word,
        NextSentence | PreviousSentence => Answer::Sentence,
        _ if !stayed => Answer::Sentence,
        _ => Answer::Nothing,
    };
}

/// Selects a line of the list by its number, and goes to its place.
fn pick_line(app: &mut App, number: &str) {
    let lines = app.items.iter().filter(|item| item.stands_for_something());
    let picked = number.parse::<usize>().ok().and_then(|number| lines.clone().nth(number.checked_sub(1)?));
    match picked.cloned() {
        Some(item) => {
            app.state.pane = Pane::Sidebar;
            sidebar::select(app, item);
            app.state.answer = Answer::Line;
        }
        None => {
            let count = lines.count();
            app.state.answer = Answer::Nothing;
            app.state.warn(format!("no line of this number: {number}"), format!("the list has {count} lines"));
        }
    }
}

/// Takes in a line as what was asked for: a name, tags, a choice, the words of a note.
fn reply(app: &mut App, line: &str) -> Vec<Effect> {
    app.state.message = None;
    let enter = Key::plain(Code::Enter);
    let escape = Key::plain(Code::Esc);
    match &mut app.state.mode {
        Mode::Write(draft) => {
            let written = Written::read(draft, line);
            return write(app, written);
        }
        Mode::Menu(menu) => return choose(menu.clone(), app, line),
        Mode::SetMark | Mode::GotoMark => {
            let letter = line.trim().chars().next().map_or(escape, Key::from);
            return press_and_show(app, letter);
        }
        Mode::Start(_) => return choose_article(app, line),
        Mode::Filter(_) => {
            keys::paste(app, line);
            let effects = press_and_show(app, enter);
            app.state.answer = Answer::Paragraph;
            let all = app.document.paragraphs();
            let shown = app.layout.shown().map_or(all, |shown| shown.paragraphs());
            app.state.tell(format!("{shown} of {all} paragraphs are shown"));
            return effects;
        }
        _ if line.trim().is_empty() => return leave(app),
        Mode::Tag(tag) => {
            let text = changed_tags(tag.prompt.text(), line);
            tag.prompt = Prompt::new(&text);
        }
        Mode::Name(prompt, _) => *prompt = Prompt::new(line.trim()),
        Mode::Search(_) => {
            keys::paste(app, line);
            let effects = press_and_show(app, enter);
            app.state.answer = if app.state.find.at.is_some() { Answer::Match } else { Answer::Nothing };
            return effects;
        }
        Mode::Palette(_) | Mode::Links(_) | Mode::Read | Mode::Select(_) | Mode::Page(..) => return Vec::new(),
    }
    press_and_show(app, enter)
}

/// Leaves what was asked for.
fn leave(app: &mut App) -> Vec<Effect> {
    let effects = keys::press(app, Key::plain(Code::Esc));
    app.state.tell("left as it is");
    effects
}

fn press_and_show(app: &mut App, key: Key) -> Vec<Effect> {
    let from = app.state.here;
    let effects = keys::press(app, key);
    finding::finish(app);
    selecting::follow(app);
    if app.state.here != from {
        app.state.answer = Answer::Sentence;
    }
    effects
}

/// What a line of a note that is written does.
enum Written {
    Text(String),
    Done,
    GivenUp,
    Anew,
}

impl Written {
    /// A full stop alone ends a note, as it does in `mail` and `ed`.
    fn read(draft: &Draft, line: &str) -> Written {
        match line.trim_end() {
            "." => Written::Done,
            ".cancel" => Written::GivenUp,
            ".clear" => Written::Anew,
            text => {
                let is_empty = draft.editor.lines().iter().all(String::is_empty);
                Written::Text(if is_empty { text.to_owned() } else { format!("\n{text}") })
            }
        }
    }
}

fn write(app: &mut App, written: Written) -> Vec<Effect> {
    match written {
        Written::Text(text) => keys::paste(app, &text),
        Written::Done => keys::press(app, Key::plain(Code::Esc)),
        Written::GivenUp => keys::press(app, Key { ctrl: true, ..Key::from('c') }),
        Written::Anew => {
            if let Mode::Write(draft) = &mut app.state.mode {
                draft.editor = prompt::page("");
            }
            app.state.tell("begun anew");
            Vec::new()
        }
    }
}

/// Takes the choice of a letter, or the one whose words begin so.
fn choose(menu: Menu, app: &mut App, line: &str) -> Vec<Effect> {
    let wanted = line.trim().to_lowercase();
    if wanted.is_empty() {
        return leave(app);
    }
    let begins = |label: &str| line::words_of(label).to_lowercase().starts_with(&wanted);
    let by_key = menu.choices.iter().position(|choice| line.trim() == choice.key.to_string());
    match by_key.or_else(|| menu.choices.iter().position(|choice| begins(&choice.label))) {
        Some(index) => {
            app.state.mode = Mode::Menu(Menu { selected: index, ..menu });
            press_and_show(app, Key::plain(Code::Enter))
        }
        None => {
            app.state.warn(format!("no such choice: {}", line.trim()), "an empty line leaves the list");
            Vec::new()
        }
    }
}

/// Opens the article of a number; other words find articles.
fn choose_article(app: &mut App, line: &str) -> Vec<Effect> {
    let Mode::Start(page) = &mut app.state.mode else { return Vec::new() };
    match line.trim().parse::<usize>() {
        _ if line.trim().is_empty() => leave(app),
        Ok(number) if (1..=page.rows.len()).contains(&number) => {
            page.selected = number - 1;
            keys::press(app, Key::plain(Code::Enter))
        }
        _ => {
            page.prompt = Prompt::new(line.trim());
            page.look();
            Vec::new()
        }
    }
}

/// Adds the tags that are typed to those that are there; `-tag` takes one away.
fn changed_tags(there: &str, typed: &str) -> String {
    let mut tags: Vec<&str> = there.split_whitespace().collect();
    for word in typed.split([' ', ',', '\t']).filter(|word| !word.is_empty()) {
        match word.strip_prefix('-') {
            Some(gone) => tags.retain(|tag| *tag != gone.trim_start_matches('#')),
            None => tags.push(word),
        }
    }
    tags.join(" ")
}

#[cfg(test)]
mod tests {
    #[test]
    fn tags_are_added_and_taken_away() {
        assert_eq!(super::changed_tags("arms red-line", "#quota, -arms"), "red-line #quota");
        assert_eq!(super::changed_tags("", "-arms"), "");
    }
}
