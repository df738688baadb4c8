//! Long work on a thread of its own, so that no frame ever waits for it: reading the rest of a text, extraction.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;

use super::panic;
use super::wait::Waker;
use crate::app::Event;

/// The work, and what came of it so far.
#[derive(Debug)]
pub struct Worker {
    told: Receiver<Event>,
    stop: Arc<AtomicBool>,
}

/// Where the work tells what comes of it.
#[derive(Debug)]
pub struct Teller {
    tell: Sender<Event>,
    waker: Waker,
    stop: Arc<AtomicBool>,
}

impl Teller {
    /// Returns whether the reader does not want to wait for the rest.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    pub fn tell(&mut self, event: Event) {
        // Nobody listens any more when the reader has left.
        let _ = self.tell.send(event);
        self.waker.wake();
    }
}

impl Worker {
    /// Starts the work. A panic in it becomes an event like any other: the article can still be read.
    pub fn start(work: impl FnOnce(&mut Teller) + Send + 'static, waker: Waker) -> io::Result<Worker> {
        let (tell, told) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let run = move || {
            let mut teller = Teller { tell, waker, stop: stopped };
            if let Err(payload) = catch_unwind(AssertUnwindSafe(|| work(&mut teller))) {
                teller.tell(Event::NotAnalyzed(panic::message(&*payload)));
            }
        };
        thread::Builder::new().name("worker".to_owned()).spawn(run)?;
        Ok(Worker { told, stop })
    }

    /// Asks the work to end with what it has.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Returns what came of the work since this was asked last.
    pub fn take(&self) -> Vec<Event> {
        self.told.try_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    #[track_caller]
    fn check(work: impl FnOnce(&mut Teller) + Send + 'static, expected: Event) {
        let (mut woken, wake) = UnixStream::pair().unwrap();
        let worker = Worker::start(work, Waker(wake)).unwrap();
        woken.read_exact(&mut [0]).unwrap();
        assert_eq!(worker.take(), [expected]);
        assert_eq!(worker.take(), []);
    }

    #[test]
    fn the_result_comes_once_and_wakes() {
        let told = || Event::Told { message: "done".to_owned(), hint: String::new() };
        check(move |teller| teller.tell(told()), told());
    }

    #[test]
    fn a_panic_is_a_result_like_any_other() {
        check(|_| panic!("no rule for this\nat all"), Event::NotAnalyzed("no rule for this".to_owned()));
    }
}
