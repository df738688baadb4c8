//! The clipboard: the terminal's own (OSC 52), and the system's where its program is there. It is never read.

use std::env;
use std::io::{self, Write};
use std::process::{Command, Stdio};
use std::thread;

use crossterm::clipboard::CopyToClipboard;

use super::terminal::Screen;
use crate::app::Event;

/// The most bytes that terminals take in one sequence.
const MOST: usize = 75_000;

/// A program that puts its standard input on the system's clipboard, and the variable that says its system is there.
const PROGRAMS: &[(&str, &str, &[&str])] = &[
    ("WAYLAND_DISPLAY", "wl-copy", &[]),
    ("DISPLAY", "xclip", &["-selection", "clipboard"]),
    ("DISPLAY", "xsel", &["--clipboard", "--input"]),
    ("__CFBundleIdentifier", "pbcopy", &[]),
];

/// Copies a text both ways; tells when it could not, or may not have arrived.
pub fn copy(screen: &mut Screen, text: &str) -> io::Result<Option<Event>> {
    let handed_over = hand_over(text);
    if text.len() > MOST && !handed_over {
        let message = format!("too long to copy: {} kB", text.len() / 1000);
        let hint = format!("terminals take {} kB; install wl-copy or xclip for more", MOST / 1000);
        return Ok(Some(Event::Told { message, hint }));
    }
    if text.len() <= MOST {
        screen.send(&CopyToClipboard::to_clipboard_from(text))?;
    }
    let in_tmux = env::var_os("TMUX").is_some();
    Ok((in_tmux && !handed_over).then(|| Event::Told {
        message: "copied to tmux".to_owned(),
        hint: "`set -g set-clipboard on` in tmux.conf hands it on".to_owned(),
    }))
}

/// Copies a text where no sequence may be sent to the terminal; says the text itself when that is all that can be done.
pub fn copy_or_say(text: &str) -> Option<Event> {
    (!hand_over(text)).then(|| Event::Told {
        message: format!("there is no clipboard here; the words are: {text}"),
        hint: "install wl-copy or xclip to copy them".to_owned(),
    })
}

/// Starts the first of the system's programs that is there.
fn hand_over(text: &str) -> bool {
    let mut usable =
        PROGRAMS.iter().filter(|(variable, ..)| env::var_os(variable).is_some_and(|value| !value.is_empty()));
    usable.any(|(_, program, arguments)| run(program, arguments, text).is_ok())
}

/// Runs a program without waiting for it: one that cannot reach its display would hold up the reader.
fn run(program: &str, arguments: &[&str], text: &str) -> io::Result<()> {
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    let text = text.to_owned();
    thread::spawn(move || {
        let written = child.stdin.take().map(|mut input| input.write_all(text.as_bytes()));
        let _ = (written, child.wait());
    });
    Ok(())
}
