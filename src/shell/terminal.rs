//! The screen: taken when the reading begins, and given back however it ends.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use crate::app::Size;

/// The alternate screen, and pasted text marked as such.
const TAKE: &[u8] = b"\x1b[?1049h\x1b[?25l\x1b[?2004h";

/// Buttons, wheel, and motion while a button is down: motion without one would wake the program for nothing.
const TAKE_MOUSE: &[u8] = b"\x1b[?1000h\x1b[?1002h\x1b[?1006h";

/// Everything that may have been set, in the opposite order; harmless when it was not.
const GIVE_BACK: &[u8] = b"\x1b[?2026l\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?2004l\x1b[0m\x1b[?25h\x1b[?1049l\x1b[?25h";

/// The terminal shows a frame when it is whole.
const BEGIN_FRAME: &[u8] = b"\x1b[?2026h";
const CLEAR: &[u8] = b"\x1b[0m\x1b[2J";
const END_FRAME: &[u8] = b"\x1b[?2026l";

/// What a terminal that does not know its size is taken for.
const USUAL: Size = Size { columns: 80, rows: 24 };

/// Whether the screen is ours now: for whoever must give it back from outside, on a panic or a signal.
static TAKEN: AtomicBool = AtomicBool::new(false);

/// The screen while it is ours.
pub struct Screen {
    terminal: Terminal<CrosstermBackend<Output>>,
    output: Output,
    mouse: bool,
    /// What the terminal shows is not what was drawn last.
    stale: bool,
}

impl Screen {
    pub fn take(mouse: bool, size: Size) -> io::Result<Screen> {
        let output = Output::default();
        let terminal = terminal(&output, size)?;
        take(mouse)?;
        Ok(Screen { terminal, output, mouse, stale: true })
    }

    /// Draws a frame and hands it to the terminal in one write.
    pub fn draw(&mut self, draw: impl FnOnce(&mut Frame)) -> io::Result<()> {
        self.output.write_all(BEGIN_FRAME)?;
        if std::mem::take(&mut self.stale) {
            self.output.write_all(CLEAR)?;
        }
        self.terminal.draw(draw)?;
        self.output.write_all(END_FRAME)?;
        self.output.send()
    }

    /// Begins anew with a size: the next frame is drawn in full. (`Terminal::clear` would ask the terminal for the
    /// place of the cursor and read the answer from under the keyboard.)
    pub fn resize(&mut self, size: Size) -> io::Result<()> {
        self.terminal = terminal(&self.output, size)?;
        self.stale = true;
        Ok(())
    }

    /// Sends a sequence that draws nothing.
    pub fn send(&mut self, command: impl crossterm::Command) -> io::Result<()> {
        crossterm::queue!(self.output, command)?;
        self.output.send()
    }

    /// Gives the screen away while `other` runs, and takes it again.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let result = other();
        take(self.mouse)?;
        self.resize(size())?;
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
        let _ = disable_raw_mode();
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

fn terminal(output: &Output, size: Size) -> io::Result<Terminal<CrosstermBackend<Output>>> {
    // The size is ours to say: the library would start a program to ask for it when the terminal does not know.
    let viewport = Viewport::Fixed(Rect::new(0, 0, size.columns, size.rows));
    Terminal::with_options(CrosstermBackend::new(output.clone()), TerminalOptions { viewport })
}

/// Collects a frame, to be sent in one write; the library writes into one end of it and we into the other.
#[derive(Clone, Debug, Default)]
struct Output(Rc<RefCell<Vec<u8>>>);

impl Output {
    fn send(&mut self) -> io::Result<()> {
        write_all(&self.0.take())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Nothing is sent before the frame is whole.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
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
