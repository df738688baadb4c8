//! A program on a pseudo-terminal, and what its user sees.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::ffi::OsString;
use std::fs;
use std::io::{Read, Write};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use vt100::{MouseProtocolMode, Parser, Screen};

/// Long enough for the slowest machine: a test that passes never waits so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A terminal is taken to have settled when nothing was written for this long.
const QUIET: Duration = Duration::from_millis(300);

/// A program that runs.
pub struct Session {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keyboard: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    parser: Parser,
    raw: Vec<u8>,
    modes: String,
    folder: Rc<tempfile::TempDir>,
    command: Vec<OsString>,
    environment: Vec<(String, String)>,
}

impl Session {
    /// Opens an article in a terminal of 100 columns and 30 rows.
    pub fn open(article: &str) -> Session {
        Session::with(article, &[], "exec DEMARCHE ARTICLE")
    }

    /// Runs a command line of a shell in which `DEMARCHE` and `ARTICLE` stand for themselves.
    pub fn with(article: &str, environment: &[(&str, &str)], line: &str) -> Session {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("harbour.txt");
        fs::write(&path, article).unwrap();
        let line = line.replace("DEMARCHE", env!("CARGO_BIN_EXE_demarche")).replace("ARTICLE", path.to_str().unwrap());
        let command = ["sh", "-c", &line].map(OsString::from).to_vec();
        let environment = environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Session::start(Rc::new(folder), command, environment)
    }

    /// Runs the same command again, with all the files that the first left.
    pub fn reopen(self) -> Session {
        self.beside()
    }

    /// Runs the same command in another terminal, with the same files.
    pub fn beside(&self) -> Session {
        Session::start(Rc::clone(&self.folder), self.command.clone(), self.environment.clone())
    }

    fn start(folder: Rc<tempfile::TempDir>, command: Vec<OsString>, environment: Vec<(String, String)>) -> Session {
        let size = PtySize { rows: 30, cols: 100, ..PtySize::default() };
        let pair = native_pty_system().openpty(size).unwrap();
        let mut builder = CommandBuilder::from_argv(command.clone());
        builder.env_clear();
        builder.cwd(folder.path());
        let home = folder.path().to_str().unwrap();
        let usual = [("PATH", "/usr/bin:/bin"), ("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("HOME", home)];
        usual.iter().for_each(|(name, value)| builder.env(name, value));
        for kind in ["config", "data", "state", "cache"] {
            builder.env(format!("XDG_{}_HOME", kind.to_uppercase()), folder.path().join(kind));
        }
        environment.iter().for_each(|(name, value)| builder.env(name, value));
        let modes = modes(&*pair.master);
        let child = pair.slave.spawn_command(builder).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            while let Ok(read @ 1..) = reader.read(&mut bytes) {
                if send.send(bytes[..read].to_vec()).is_err() {
                    break;
                }
            }
        });
        let keyboard = pair.master.take_writer().unwrap();
        let master = pair.master;
        let parser = Parser::new(columns(30), columns(100), 0);
        Session { child, master, keyboard, output, parser, raw: Vec::new(), modes, folder, command, environment }
    }

    /// Returns the folder that the program runs in.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn type_keys(&mut self, keys: &str) {
        self.keyboard.write_all(keys.as_bytes()).unwrap();
    }

    /// Types to a program that may have ended.
    pub fn offer_keys(&mut self, keys: &str) {
        let _ = self.keyboard.write_all(keys.as_bytes());
    }

    /// Kills the program after a while.
    pub fn kill_after(&self, delay: Duration) {
        let pid = self.pid();
        thread::spawn(move || {
            thread::sleep(delay);
            // The child is waited for after this alone, so the number is still its own.
            let _ = kill_process(pid, Signal::KILL);
        });
    }

    pub fn send(&self, signal: Signal) {
        kill_process(self.pid(), signal).unwrap();
    }

    pub fn resize(&mut self, width: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols: width, ..PtySize::default() }).unwrap();
        self.parser.set_size(columns(rows.max(1)), columns(width.max(1)));
    }

    /// Waits until the screen shows some words.
    #[track_caller]
    pub fn see(&mut self, words: &str) {
        let deadline = Instant::now() + PATIENCE;
        while !self.screen().contents().contains(words) {
            let ended = self.take_output(deadline.saturating_duration_since(Instant::now()));
            if ended && !self.screen().contents().contains(words) {
                panic!("'{words}' was never shown:\n{}", self.screen().contents());
            }
        }
    }

    /// Waits until the screen is as wished; returns whether it was before the program ended.
    #[track_caller]
    pub fn sees(&mut self, wished: impl Fn(&str) -> bool) -> bool {
        let deadline = Instant::now() + PATIENCE;
        while !wished(&self.screen().contents()) {
            match self.output.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
                Ok(bytes) => self.take_in(bytes),
                Err(RecvTimeoutError::Disconnected) => return false,
                Err(RecvTimeoutError::Timeout) => panic!("it was never shown:\n{}", self.screen().contents()),
            }
        }
        true
    }

    /// Waits until nothing is written any more.
    pub fn settle(&mut self) {
        while !self.take_output(QUIET) {}
    }

    /// Takes in what is written in a moment in which nothing should be.
    pub fn pass_a_moment(&mut self) {
        let end = Instant::now() + QUIET;
        while !self.take_output(end.saturating_duration_since(Instant::now())) {}
    }

    /// Waits until the program has ended; returns what it exited with.
    #[track_caller]
    pub fn exit_code(&mut self) -> u32 {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                self.settle();
                return status.exit_code();
            }
            assert!(Instant::now() < deadline, "it did not end:\n{}", self.screen().contents());
            self.take_output(Duration::from_millis(10));
        }
    }

    /// Waits until something holds.
    #[track_caller]
    pub fn wait_for(&mut self, holds: impl Fn() -> bool) {
        let deadline = Instant::now() + PATIENCE;
        while !holds() {
            assert!(Instant::now() < deadline, "it never came");
            self.take_output(Duration::from_millis(10));
        }
    }

    /// Checks that the terminal is as it was.
    #[track_caller]
    pub fn check_given_back(&mut self) {
        self.settle();
        let screen = self.parser.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left");
        assert!(!screen.hide_cursor(), "the cursor is shown");
        assert!(!screen.bracketed_paste(), "pasted text is not marked");
        assert_eq!(screen.mouse_protocol_mode(), MouseProtocolMode::None);
        assert_eq!(modes(&*self.master), self.modes, "the modes of the terminal");
    }

    pub fn screen(&self) -> &Screen {
        self.parser.screen()
    }

    /// Returns everything that was written.
    pub fn raw(&self) -> String {
        String::from_utf8_lossy(&self.raw).into_owned()
    }

    pub fn bytes_written(&self) -> usize {
        self.raw.len()
    }

    /// Returns the clock ticks that the program used.
    pub fn processor_time(&self) -> u64 {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.pid().as_raw_nonzero())).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    }

    pub fn home(&self) -> &Path {
        self.folder.path()
    }

    /// Lists the files under a folder of the reader's.
    pub fn files(&self, folder: &str) -> Vec<String> {
        let mut folders = vec![self.home().join(folder)];
        let mut files: Vec<PathBuf> = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() { folders.push(entry.path()) } else { files.push(entry.path()) }
            }
        }
        files.iter().map(|path| path.strip_prefix(self.home()).unwrap().to_str().unwrap().to_owned()).collect()
    }

    fn pid(&self) -> Pid {
        Pid::from_raw(self.child.process_id().unwrap().cast_signed()).unwrap()
    }

    fn take_in(&mut self, bytes: Vec<u8>) {
        self.parser.process(&bytes);
        self.raw.extend(bytes);
    }

    /// Takes in what is written; returns whether nothing was, for so long or for ever.
    fn take_output(&mut self, most: Duration) -> bool {
        match self.output.recv_timeout(most) {
            Ok(bytes) => {
                self.take_in(bytes);
                false
            }
            Err(_) => true,
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn columns(number: u16) -> NonZero<u16> {
    NonZero::new(number).unwrap()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}
