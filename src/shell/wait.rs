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
    pub fn new() -> io::Result<Wait> {
        let keyboard = if rustix::termios::isatty(rustix::stdio::stdin()) {
            Keyboard::StandardInput
        } else {
            Keyboard::Terminal(File::open("/dev/tty")?)
        };
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
        let keyboard = self.keyboard.as_fd();
        let mut fds = [PollFd::new(&keyboard, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        match poll(&mut fds, most.as_ref()) {
            // A signal; its byte is on the socket.
            Err(Errno::INTR) => return Ok(Keys::None),
            other => other?,
        };
        let (keys, woken) = (fds[0].revents(), fds[1].revents());
        if !woken.is_empty() {
            let mut bytes = [0; 64];
            while (&self.woken).read(&mut bytes).is_ok_and(|read| read == bytes.len()) {}
        }
        if keys.is_empty() { Ok(Keys::None) } else { self.read(typed) }
    }

    /// Reads what is there without ever waiting for more.
    fn read(&self, typed: &mut Vec<u8>) -> io::Result<Keys> {
        let keyboard = self.keyboard.as_fd();
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

impl AsFd for Keyboard {
    fn as_fd(&self) -> BorrowedFd<'_> {
        match self {
            Keyboard::StandardInput => rustix::stdio::stdin(),
            Keyboard::Terminal(file) => file.as_fd(),
        }
    }
}
