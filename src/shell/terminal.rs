//! The screen: taken when the reading begins, and given back however it ends.

use std::env;
use std::io;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::QueueSelector;

use super::paint::{Painter, Place};
use crate::app::Size;

/// The alternate screen, and pasted text marked as such.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";

/// Buttons, wheel, and motion while a button is down: motion without one would wake the program for nothing.
const TAKE_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// Asks whether the terminal knows left and right margins (DECRQM of mode 69). Nobody waits for the answer, and what a
/// terminal shows that does not understand the question is gone with the first frame.
const ASK_MARGINS: &[u8] = b"\x1b[?69$p";

/// Everything that may have been set, in the opposite order; harmless when it was not.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[?69l\x1b[r\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\
    \x1b[?1049l\x1b[?25h";

/// The terminal shows a frame when it is whole.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// Whether the screen is ours now: for whoever must give it back from outside, on a panic or a signal.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// When the terminal was asked for margins, and whether it has answered.
static ASKED: OnceLock<Instant> = OnceLock::new();
static ANSWERED: AtomicBool = AtomicBool::new(false);

/// A terminal that has not answered in this time never will.
const LONGEST_ANSWER: Duration = Duration::from_millis(500);

/// The screen while it is ours.
pub struct Screen {
    painter: Painter,
    size: Size,
    mouse: bool,
}

impl Screen {
    pub fn take(mouse: bool, size: Size) -> io::Result<Screen> {
        take(mouse)?;
        write_all(ASK_MARGINS).inspect_err(|_| give_back())?;
        ASKED.get_or_init(Instant::now);
        Ok(Screen { painter: Painter::new(erases_in_colour()), size, mouse })
    }

    /// Draws a frame and hands what is new in it to the terminal in one write; `draw` returns the place of the cursor.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Buffer) -> Option<Place>) -> io::Result<()> {
        let mut frame = Buffer::empty(Rect::new(0, 0, self.size.columns, self.size.rows));
        let cursor = draw(&mut frame);
        match self.painter.paint(frame, cursor) {
            bytes if bytes.is_empty() => Ok(()),
            bytes => write_all(&[BEGIN_FRAME, &bytes, END_FRAME].concat()),
        }
    }

    /// Begins anew with a size: the next frame is drawn in full.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.painter.forget();
    }

    /// Takes note of the terminal's answer: whether it knows left and right margins.
    pub fn learn_margins(&mut self, are_known: bool) {
        ANSWERED.store(true, Ordering::SeqCst);
        if are_known {
            self.painter.use_margins();
        }
    }

    /// Sends a sequence that draws nothing.
    pub fn send(&mut self, command: &impl crossterm::Command) -> io::Result<()> {
        let mut sequence = String::new();
        command.write_ansi(&mut sequence).map_err(io::Error::other)?;
        write_all(sequence.as_bytes())
    }

    /// Gives the screen away while `other` runs, and takes it again.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = other();
        take(self.mouse)?;
        self.resize(size());
        Ok(result)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

/// Returns the terminal's size.
pub fn size() -> Size {
    let size = rustix::termios::tcgetwinsize(rustix::stdio::stdout());
    let size = size.map_or(Size::default(), |size| Size { columns: size.ws_col, rows: size.ws_row });
    if size.columns == 0 || size.rows == 0 { USUAL } else { size }
}

/// Gives the screen back if it is ours; may be called by anybody at any time.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        // A terminal that takes nothing more (halted by ctrl-s, or gone) must not keep the program from ending.
        let output = rustix::stdio::stdout();
        let mut fds = [PollFd::new(&output, PollFlags::OUT)];
        let soon = Timespec { tv_sec: 0, tv_nsec: 200_000_000 };
        if poll(&mut fds, Some(&soon)).is_ok_and(|ready| ready > 0) {
            let _ = write_all(GIVE_BACK);
        }
        drop_answer();
        let _ = disable_raw_mode();
    }
}

/// Throws away an answer that is still on its way, which the shell would take for typing.
fn drop_answer() {
    let is_due = ASKED.get().is_some_and(|asked| asked.elapsed() < LONGEST_ANSWER);
    if is_due && !ANSWERED.load(Ordering::SeqCst) {
        let terminal = rustix::stdio::stdout();
        let soon = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
        let _ = poll(&mut [PollFd::new(&terminal, PollFlags::IN)], Some(&soon));
        let _ = rustix::termios::tcflush(terminal, QueueSelector::IFlush);
    }
}

/// Prints lines where no screen was taken, made safe on the way; the one door of the linear mode.
pub fn print(lines: &str) -> io::Result<()> {
    write_all(crate::text::clean_lines(lines).as_bytes())
}

fn take(mouse: bool) -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let taken = write_all(TAKE).and_then(|()| if mouse { write_all(TAKE_MOUSE) } else { Ok(()) });
    taken.inspect_err(|_| give_back())
}

/// Returns whether the terminal fills what it erases with the colour of the ground: all do but GNU Screen.
fn erases_in_colour() -> bool {
    env::var("TERM").is_ok_and(|kind| !kind.starts_with("screen")) || env::var_os("TMUX").is_some()
}

fn write_all(mut bytes: &[u8]) -> io::Result<()> {
    while !bytes.is_empty() {
        match rustix::io::write(rustix::stdio::stdout(), bytes) {
            Ok(written) => bytes = &bytes[written..],
            Err(rustix::io::Errno::INTR) => {}
            Err(rustix::io::Errno::AGAIN) => wait_until_writable()?,
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// Another program may have left the terminal so that writing does not wait.
fn wait_until_writable() -> io::Result<()> {
    let output = rustix::stdio::stdout();
    poll(&mut [PollFd::new(&output, PollFlags::OUT)], None)?;
    Ok(())
}
