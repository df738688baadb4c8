//! A line as it is typed in the linear mode: a command by its name, or by a key that can stand in a line, with a number
//! before it and words after it.

use super::command::TABLE;
use super::key::parse_keys;
use super::keymap::Meaning;
use super::{Command, Keymap};
use crate::text::nearest;

/// What a line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked<'a> {
    pub command: Command,
    pub count: Option<usize>,
    /// What stands after the command.
    pub rest: &'a str,
}

/// A line that no command has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    pub message: String,
    pub hint: String,
}

/// Shorter names of commands, for those who type them.
const SHORT: &[(&str, Command)] = &[
    ("actors", Command::ShowActors),
    ("exchange", Command::ShowExchange),
    ("notes", Command::ShowNotes),
    ("contents", Command::ShowContents),
    ("next", Command::NextParagraph),
    ("back", Command::PreviousParagraph),
    ("here", Command::Redraw),
    ("articles", Command::StartPage),
];

/// Reads a line; an empty one is the next paragraph.
pub fn read<'a>(line: &'a str, keymap: &Keymap) -> Result<Asked<'a>, Unknown> {
    let line = line.trim();
    if line.is_empty() {
        return Ok(Asked { command: Command::NextParagraph, count: None, rest: "" });
    }
    if let Some(number) = line.strip_prefix(':').and_then(|number| number.trim().parse().ok()) {
        return Ok(Asked { command: Command::GotoStart, count: Some(number), rest: "" });
    }
    if let Some(command) = line.strip_prefix(':').and_then(|short| Command::from_short(short.trim())) {
        return Ok(Asked { command, count: None, rest: "" });
    }
    if let Some(command) = keys(line, keymap) {
        return Ok(Asked { command, count: None, rest: "" });
    }
    if let Some(rest) = line.strip_prefix('/') {
        return Ok(Asked { command: Command::Search, count: None, rest });
    }
    let named = line.strip_prefix(':').unwrap_or(line).trim_start();
    let (digits, named) = named.split_at(named.find(|c: char| !c.is_ascii_digit()).unwrap_or(named.len()));
    let count = digits.parse().ok();
    let named = named.trim_start();
    let (word, rest) = named.split_once(char::is_whitespace).unwrap_or((named, ""));
    let rest = rest.trim();
    match (command(word, keymap).or_else(|| keys(named, keymap)), rest.parse()) {
        (Some(command), _) if keys(named, keymap) == Some(command) => Ok(Asked { command, count, rest: "" }),
        (Some(Command::Goto), Ok(number)) => Ok(Asked { command: Command::GotoStart, count: Some(number), rest: "" }),
        (Some(command), _) if rest.is_empty() || takes_words(command) => Ok(Asked { command, count, rest }),
        (Some(command), _) => Err(Unknown {
            message: format!("'{}' takes nothing after it: {rest}", command.entry().name),
            hint: "nothing was done".to_owned(),
        }),
        (None, _) => Err(unknown(word, digits)),
    }
}

/// Returns whether words may stand after a command: what it would ask for otherwise.
fn takes_words(command: Command) -> bool {
    use Command::*;
    matches!(
        command,
        Search
            | Filter
            | Note
            | Question
            | Tag
            | HighlightIn
            | Correct
            | Export
            | Relink
            | SaveElsewhere
            | SetMark
            | GotoMark
            | StartPage
            | ShowActors
            | ShowExchange
            | ShowNotes
            | ShowContents
    )
}

/// Returns whether a command changes nothing but what a screen shows.
pub fn is_for_screen(command: Command) -> bool {
    use Command::*;
    matches!(command, ChangePane | FocusMode | Wider | Narrower | Spotlight | Fold | Palette)
}

fn command(word: &str, keymap: &Keymap) -> Option<Command> {
    let short = || SHORT.iter().find(|(name, _)| *name == word).map(|&(_, command)| command);
    Command::from_name(word).or_else(short).or_else(|| keys(word, keymap))
}

/// Returns the command of a run of keys, written as in `keys.toml` or with nothing between them: `] n`, `gg`, `ctrl-r`.
fn keys(words: &str, keymap: &Keymap) -> Option<Command> {
    let bound = |keys: &[super::Key]| match keymap.meaning(keys) {
        Meaning::Command(command) => Some(command),
        _ => None,
    };
    let spelled = parse_keys(words).ok().and_then(|keys| bound(&keys));
    spelled.or_else(|| bound(&words.chars().take(8).map(super::Key::from).collect::<Vec<_>>()))
}

/// Returns a choice without the sign that stands before its words on a screen.
pub fn words_of(label: &str) -> &str {
    let words = label.trim_start_matches(|c: char| !c.is_alphanumeric());
    if words.is_empty() { label } else { words }
}

fn unknown(word: &str, digits: &str) -> Unknown {
    if word.is_empty() {
        let hint = format!("goto {digits} goes to that paragraph");
        return Unknown { message: format!("a number alone is no command: {digits}"), hint };
    }
    let names = TABLE.iter().map(|entry| entry.name).chain(SHORT.iter().map(|(name, _)| *name));
    let hint = match nearest(word, names) {
        Some(near) => format!("did you mean '{near}'? help lists all"),
        None => "help lists all".to_owned(),
    };
    Unknown { message: format!("unknown command '{word}'"), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, name: &str, count: Option<usize>, rest: &str) {
        let asked = read(line, &Keymap::default()).unwrap_or_else(|unknown| panic!("{unknown:?}"));
        assert_eq!((asked.command.entry().name, asked.count, asked.rest), (name, count, rest), "{line}");
    }

    #[track_caller]
    fn check_unknown(line: &str, message: &str, hint: &str) {
        let unknown = read(line, &Keymap::default()).unwrap_err();
        assert_eq!((unknown.message.as_str(), unknown.hint.as_str()), (message, hint));
    }

    #[test]
    fn commands_have_their_names_and_their_keys() {
        check("", "next-paragraph", None, "");
        check("undo", "undo", None, "");
        check("p", "next-position", None, "");
        check("3p", "next-position", Some(3), "");
        check("3 next-position", "next-position", Some(3), "");
        check("gg", "goto-start", None, "");
        check("] n", "next-annotation", None, "");
        check("2 ] n", "next-annotation", Some(2), "");
        check("ctrl-r", "redo", None, "");
        check("2", "show-exchange", None, "");
        check("actors", "show-actors", None, "");
        check("?", "help", None, "");
        check(":undo", "undo", None, "");
    }

    #[test]
    fn words_stand_after_what_takes_them() {
        check("/lost  boats", "search", None, "lost  boats");
        check("search boats", "search", None, "boats");
        check("filter lost  boats", "filter", None, "lost  boats");
        check("&", "filter", None, "");
        check("note Who paid?", "note", None, "Who paid?");
        check("i Who paid?", "note", None, "Who paid?");
        check("notes 2", "show-notes", None, "2");
        check(":n", "next-file", None, "");
        check("n", "next-match", None, "");
        check("goto 4", "goto-start", Some(4), "");
        check(":40", "goto-start", Some(40), "");
        check("m a", "set-mark", None, "a");
    }

    #[test]
    fn what_is_no_command_is_named() {
        check_unknown("hilight", "unknown command 'hilight'", "did you mean 'highlight'? help lists all");
        check_unknown("zzzzzz now", "unknown command 'zzzzzz'", "help lists all");
        check_unknown("undo that", "'undo' takes nothing after it: that", "nothing was done");
        check_unknown("41", "a number alone is no command: 41", "goto 41 goes to that paragraph");
    }
}
