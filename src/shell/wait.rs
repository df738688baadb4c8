//! Waiting: one thread sleeps until the terminal has input, a signal came, the worker is done, or the time is up.
//! Nothing is asked at intervals, so an idle program costs nothing.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

use super::signals::Signals;

/// The most bytes taken from the terminal before what they say is drawn.
const MOST_INPUT: usize = 1 << 16;

/// Wakes the thread that waits; made for every other thread.
#[derive(Debug)]
pub struct Waker(pub(super) UnixStream);

impl Waker {
    pub fn wake(&mut self) {
        // A full socket holds bytes enough to wake anybody.
        let _ = self.0.write(&[0]);
    }
}

/// Where keys come from and everything else that may happen.
#[derive(Debug)]
pub struct Wait {
    keyboard: Keyboard,
    woken: UnixStream,
    wake: UnixStream,
    pub signals: Signals,
}

/// Standard input when it is a terminal; the terminal itself when the article comes through standard input.
#[derive(Debug)]
enum Keyboard {
    StandardInput,
    Terminal(File),
    /// Nothing more comes.
    Closed,
}

/// What the wait brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keys {
    /// Bytes were read.
    Read,
    None,
    /// The terminal is gone.
    Closed,
}

impl Wait {
    /// Waits for keys.
    pub fn new() -> io::Result<Wait> {
        match rustix::termios::isatty(rustix::stdio::stdin()) {
            true => Wait::on(Keyboard::StandardInput),
            false => Wait::on(Keyboard::Terminal(File::open("/dev/tty")?)),
        }
    }

    /// Waits for lines: from standard input whatever it is, but when the article came through it from the terminal.
    pub fn for_lines(article_in_input: bool) -> io::Result<Wait> {
        let terminal = article_in_input.then(|| File::open("/dev/tty"));
        Wait::on(match terminal {
            None => Keyboard::StandardInput,
            Some(Ok(terminal)) => Keyboard::Terminal(terminal),
            Some(Err(_)) => Keyboard::Closed,
        })
    }

    fn on(keyboard: Keyboard) -> io::Result<Wait> {
        let (woken, wake) = UnixStream::pair()?;
        woken.set_nonblocking(true)?;
        wake.set_nonblocking(true)?;
        let signals = Signals::listen(&wake)?;
        Ok(Wait { keyboard, woken, wake, signals })
    }

    pub fn waker(&self) -> io::Result<Waker> {
        self.wake.try_clone().map(Waker)
    }

    /// Sleeps until something happens, at most so long, and takes the bytes that were typed meanwhile.
    pub fn wait(&mut self, most: Option<Duration>, typed: &mut Vec<u8>) -> io::Result<Keys> {
        let most = most.map(|most| Timespec { tv_sec: most.as_secs() as i64, tv_nsec: i64::from(most.subsec_nanos()) });
        let mut fds = vec![PollFd::new(&self.woken, PollFlags::IN)];
        let keyboard = self.keyboard.as_fd();
        fds.extend(keyboard.as_ref().map(|keyboard| PollFd::new(keyboard, PollFlags::IN)));
        match poll(&mut fds, most.as_ref()) {
            // A signal; its byte is on the socket.
            Err(Errno::INTR) => return Ok(Keys::None),
            other => other?,
        };
        let woken = fds[0].revents();
        let keys = fds.get(1).map_or(PollFlags::empty(), PollFd::revents);
        if !woken.is_empty() {
            let mut bytes = [0; 64];
            while (&self.woken).read(&mut bytes).is_ok_and(|read| read == bytes.len()) {}
        }
        if keys.is_empty() { Ok(Keys::None) } else { self.read(typed) }
    }

    /// Returns whether somebody types what is waited for.
    pub fn is_typed(&self) -> bool {
        self.keyboard.as_fd().is_some_and(rustix::termios::isatty)
    }

    /// Waits for nothing that is typed any more.
    pub fn close(&mut self) {
        self.keyboard = Keyboard::Closed;
    }

    /// Reads what is there without ever waiting for more.
    fn read(&self, typed: &mut Vec<u8>) -> io::Result<Keys> {
        let Some(keyboard) = self.keyboard.as_fd() else { return Ok(Keys::None) };
        let mut bytes = [0; 4096];
        while typed.len() < MOST_INPUT {
            match rustix::io::read(keyboard, &mut bytes) {
                Ok(0) | Err(Errno::IO) => return Ok(Keys::Closed),
                Ok(read) => typed.extend_from_slice(&bytes[..read]),
                Err(Errno::INTR | Errno::AGAIN) => break,
                Err(error) => return Err(error.into()),
            }
            let mut fds = [PollFd::new(&keyboard, PollFlags::IN)];
            let now = Timespec { tv_sec: 0, tv_nsec: 0 };
            if poll(&mut fds, Some(&now)).is_ok_and(|ready| ready == 0) {
                break;
            }
        }
        Ok(Keys::Read)
    }
}

impl Keyboard {
    fn as_fd(&self) -> Option<BorrowedFd<'_>> {
        match self {
            Keyboard::StandardInput => Some(rustix::stdio::stdin()),
            Keyboard::Terminal(file) => Some(file.as_fd()),
            Keyboard::Closed => None,
        }
    }
}
