//! Signals as plain values: which came, and a byte on a socket that wakes whoever waits.

use std::io::{self, Read};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use rustix::process::Signal;
use signal_hook::{flag, low_level};

/// Signals on which the program leaves.
const LEAVING: [Signal; 4] = [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT];

/// How long the program may take to leave by itself.
const PATIENCE: Duration = Duration::from_millis(1500);

/// What came since it was last asked.
#[derive(Debug)]
pub struct Signals {
    /// The number of the signal on which to leave; 0 for none.
    leave: Arc<AtomicUsize>,
    /// Another program has the terminal.
    lent: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
    continued: Arc<AtomicBool>,
    resized: Arc<AtomicBool>,
}

impl Signals {
    /// Begins to listen; every signal also writes to `wake`.
    pub fn listen(wake: &UnixStream) -> io::Result<Signals> {
        let signals = Signals {
            leave: Arc::default(),
            lent: Arc::default(),
            stop: Arc::default(),
            continued: Arc::default(),
            resized: Arc::default(),
        };
        for signal in LEAVING {
            let number = signal.as_raw();
            flag::register_usize(number, Arc::clone(&signals.leave), number.unsigned_abs() as usize)?;
        }
        // While an editor has the terminal, ctrl-z stops both at once, as a shell expects of a job.
        flag::register_conditional_default(Signal::TSTP.as_raw(), Arc::clone(&signals.lent))?;
        let flags =
            [(Signal::TSTP, &signals.stop), (Signal::CONT, &signals.continued), (Signal::WINCH, &signals.resized)];
        for (signal, flag) in flags {
            flag::register(signal.as_raw(), Arc::clone(flag))?;
        }
        // After the flags: handlers run in this order, so that a byte never comes before what it tells of.
        for signal in LEAVING.into_iter().chain(flags.map(|(signal, _)| signal)) {
            low_level::pipe::register(signal.as_raw(), wake.try_clone()?)?;
        }
        Ok(signals)
    }

    /// Returns the signal on which to leave.
    pub fn leaving(&self) -> Option<u8> {
        u8::try_from(self.leave.load(Ordering::SeqCst)).ok().filter(|number| *number > 0)
    }

    /// Runs another program that has the terminal meanwhile; what is typed there to interrupt or stop is its own.
    pub fn lend<T>(&self, other: impl FnOnce() -> T) -> T {
        self.lent.store(true, Ordering::SeqCst);
        let result = other();
        self.lent.store(false, Ordering::SeqCst);
        self.take_stop();
        self.take_continued();
        for signal in [Signal::INT, Signal::QUIT] {
            let number = signal.as_raw().unsigned_abs() as usize;
            let _ = self.leave.compare_exchange(number, 0, Ordering::SeqCst, Ordering::SeqCst);
        }
        result
    }

    /// Returns whether ctrl-c was typed, which then is no reason to leave any more.
    pub fn take_interrupt(&self) -> bool {
        let number = Signal::INT.as_raw().unsigned_abs() as usize;
        self.leave.compare_exchange(number, 0, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }

    /// Returns whether the program was asked to stop.
    pub fn take_stop(&self) -> bool {
        self.stop.swap(false, Ordering::SeqCst)
    }

    /// Returns whether the program goes on after it was stopped.
    pub fn take_continued(&self) -> bool {
        self.continued.swap(false, Ordering::SeqCst)
    }

    pub fn take_resized(&self) -> bool {
        self.resized.swap(false, Ordering::SeqCst)
    }
}

/// Sees to it that the program ends soon after it was told to, whatever it is busy with: a thread that sleeps until
/// then, gives the program time to leave, and ends it.
pub fn watch_over_leaving(end: impl Fn(u8) + Send + 'static) -> io::Result<()> {
    let (mut told, tell) = UnixStream::pair()?;
    let number = Arc::new(AtomicUsize::new(0));
    for signal in [Signal::TERM, Signal::HUP] {
        flag::register_usize(signal.as_raw(), Arc::clone(&number), signal.as_raw().unsigned_abs() as usize)?;
        low_level::pipe::register(signal.as_raw(), tell.try_clone()?)?;
    }
    let watch = move || {
        let mut byte = [0];
        while told.read(&mut byte).is_err_and(|error| error.kind() == io::ErrorKind::Interrupted) {}
        thread::sleep(PATIENCE);
        end(u8::try_from(number.load(Ordering::SeqCst)).unwrap_or_default());
    };
    thread::Builder::new().name("leaving".to_owned()).spawn(watch)?;
    Ok(())
}

/// Stops the program as the signal would have done, until it is continued.
pub fn stop_here() {
    let _ = low_level::emulate_default_handler(Signal::TSTP.as_raw());
}

/// Returns whether somebody is there who could continue a stopped program: a shell of the same session.
pub fn can_be_continued() -> bool {
    let parent = rustix::process::getppid().filter(|parent| *parent != rustix::process::Pid::INIT);
    parent.is_some_and(|parent| {
        rustix::process::getsid(Some(parent)).is_ok_and(|session| rustix::process::getsid(None) == Ok(session))
    })
}
