//! Extraction on a thread of its own, so that the first frame never waits for it.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use super::panic;
use super::wait::Waker;
use crate::app::Event;

/// The work and its result when it is there.
#[derive(Debug)]
pub struct Worker(Receiver<Vec<Event>>);

impl Worker {
    /// Starts the work. A panic in it becomes an event like any other: the article can still be read.
    pub fn start(work: impl FnOnce() -> Vec<Event> + Send + 'static, mut waker: Waker) -> io::Result<Worker> {
        let (tell, result) = channel();
        let run = move || {
            let work = catch_unwind(AssertUnwindSafe(work));
            let events = work.unwrap_or_else(|payload| vec![Event::NotAnalyzed(panic::message(&*payload))]);
            // Nobody listens any more when the reader has left.
            let _ = tell.send(events);
            waker.wake();
        };
        thread::Builder::new().name("analysis".to_owned()).spawn(run)?;
        Ok(Worker(result))
    }

    /// Returns the result, once.
    pub fn take(&self) -> Vec<Event> {
        self.0.try_recv().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use std::os::unix::net::UnixStream;

    #[track_caller]
    fn check(work: impl FnOnce() -> Vec<Event> + Send + 'static, expected: Event) {
        let (mut woken, wake) = UnixStream::pair().unwrap();
        let worker = Worker::start(work, Waker(wake)).unwrap();
        woken.read_exact(&mut [0]).unwrap();
        assert_eq!(worker.take(), [expected]);
        assert_eq!(worker.take(), []);
    }

    #[test]
    fn the_result_comes_once_and_wakes() {
        let told = || Event::Told { message: "done".to_owned(), hint: String::new() };
        check(move || vec![told()], told());
    }

    #[test]
    fn a_panic_is_a_result_like_any_other() {
        check(|| panic!("no rule for this\nat all"), Event::NotAnalyzed("no rule for this".to_owned()));
    }
}
