//! Work on many things at once, with the results in the order of the things and never many of them waiting.

use std::any::Any;
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many results may wait, for each thread, for one before them that takes longer.
const WINDOW: usize = 4;

/// Works on each item in one of so many threads, and hands the results over in the order of the items.
///
/// Items are taken from the iterator only when there is room, so neither they nor their results pile up. The first
/// error of `deliver` ends it: what is being worked on is finished, and nothing else is begun.
pub fn in_order<T, R: Send, E>(
    items: impl Iterator<Item = T> + Send,
    threads: usize,
    work: impl Fn(T) -> R + Sync,
    mut deliver: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E> {
    let threads = threads.max(1);
    let source = Mutex::new(items.fuse().enumerate());
    let desk = Desk { board: Mutex::new(Board::new(threads * WINDOW)), changed: Condvar::new() };
    thread::scope(|scope| {
        // However this ends, by a panic too, the threads are told and do not wait for room for ever.
        let _stop = Stop(&desk);
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((number, item)) = take(&source, &desk) {
                    desk.put(number, catch_unwind(AssertUnwindSafe(|| work(item))));
                }
            });
        }
        while let Some(result) = desk.next() {
            deliver(result.unwrap_or_else(|payload| resume_unwind(payload)))?;
        }
        Ok(())
    })
}

/// Returns the next item with its number, once there is room for its result.
///
/// The source stays locked meanwhile: whoever comes later would have to wait for the same room. A source that waits
/// for its own input keeps nobody from handing over what is done; that is why the desk has another lock.
fn take<T, R>(source: &Mutex<impl Iterator<Item = (usize, T)>>, desk: &Desk<R>) -> Option<(usize, T)> {
    let mut source = lock(source);
    if !desk.wait_for_room() {
        return None;
    }
    let item = source.next();
    if item.is_none() {
        desk.end();
    }
    item
}

/// Where results wait for their turn.
struct Desk<R> {
    board: Mutex<Board<R>>,
    changed: Condvar,
}

struct Board<R> {
    /// One place for each item taken and not yet handed over, in order.
    places: VecDeque<Option<thread::Result<R>>>,
    /// How many were handed over.
    delivered: usize,
    window: usize,
    /// No item follows.
    ended: bool,
    /// Nobody wants a result any more.
    stopped: bool,
}

impl<R> Board<R> {
    fn new(window: usize) -> Board<R> {
        Board { places: VecDeque::new(), delivered: 0, window, ended: false, stopped: false }
    }
}

impl<R> Desk<R> {
    /// Waits until one more item may be taken and keeps a place for it; returns whether it is still wanted.
    fn wait_for_room(&self) -> bool {
        let full = |board: &mut Board<R>| board.places.len() >= board.window && !board.stopped;
        let mut board = self.changed.wait_while(lock(&self.board), full).unwrap_or_else(PoisonError::into_inner);
        if !board.stopped && !board.ended {
            board.places.push_back(None);
        }
        !board.stopped && !board.ended
    }

    /// Gives back the place kept for an item that never came.
    fn end(&self) {
        let mut board = lock(&self.board);
        board.places.pop_back();
        board.ended = true;
        self.changed.notify_all();
    }

    fn put(&self, number: usize, result: Result<R, Box<dyn Any + Send>>) {
        let mut board = lock(&self.board);
        let place = number - board.delivered;
        board.places[place] = Some(result);
        self.changed.notify_all();
    }

    /// Waits for the result whose turn it is; returns `None` behind the last.
    fn next(&self) -> Option<thread::Result<R>> {
        let waits = |board: &mut Board<R>| match board.places.front() {
            Some(place) => place.is_none(),
            None => !board.ended,
        };
        let mut board = self.changed.wait_while(lock(&self.board), waits).unwrap_or_else(PoisonError::into_inner);
        let result = board.places.pop_front()?;
        board.delivered += 1;
        self.changed.notify_all();
        result
    }
}

struct Stop<'a, R>(&'a Desk<R>);

impl<R> Drop for Stop<'_, R> {
    fn drop(&mut self) {
        lock(&self.0.board).stopped = true;
        self.0.changed.notify_all();
    }
}

/// Locks; a thread that panicked left nothing half done.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc::channel;

    #[track_caller]
    fn check(items: usize, threads: usize) {
        let mut results = Vec::new();
        // Some take much longer than those behind them.
        let work = |n: usize| (0..if n.is_multiple_of(7) { 20_000 } else { 1 }).fold(n, |n, _| std::hint::black_box(n));
        let ended = in_order(0..items, threads, work, |n| {
            results.push(n);
            Ok::<(), ()>(())
        });
        assert_eq!((ended, results), (Ok(()), (0..items).collect::<Vec<_>>()));
    }

    #[test]
    fn the_order_is_kept() {
        for threads in [0, 1, 2, 8] {
            check(0, threads);
            check(1, threads);
            check(500, threads);
        }
    }

    #[test]
    fn no_more_than_a_window_is_under_way() {
        let (taken, delivered) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let most = AtomicUsize::new(0);
        let items = (0..200).inspect(|_| {
            let under_way = taken.fetch_add(1, SeqCst) + 1 - delivered.load(SeqCst);
            most.fetch_max(under_way, SeqCst);
        });
        let ended = in_order(
            items,
            2,
            |n| n,
            |_| {
                delivered.fetch_add(1, SeqCst);
                Ok::<(), ()>(())
            },
        );
        assert_eq!((ended, taken.into_inner()), (Ok(()), 200));
        // One is being handed over besides.
        assert!(most.into_inner() <= 2 * WINDOW + 1);
    }

    #[test]
    fn an_error_ends_it() {
        let taken = AtomicUsize::new(0);
        let items = std::iter::repeat_with(|| taken.fetch_add(1, SeqCst));
        let ended = in_order(items, 2, |n| n, |n| if n == 3 { Err("enough") } else { Ok(()) });
        assert_eq!(ended, Err("enough"));
        assert!(taken.into_inner() <= 4 + 2 * WINDOW);
    }

    #[test]
    fn a_panic_is_passed_on() {
        let run = || in_order(0..9, 2, |n| assert_ne!(n, 5, "five"), |()| Ok::<(), ()>(()));
        assert!(catch_unwind(run).is_err());
    }

    #[test]
    fn what_is_done_comes_out_while_the_source_waits() {
        let (give, items) = channel();
        give.send(0).unwrap();
        let mut give = Some(give);
        let mut results = Vec::new();
        let ended = in_order(
            items.into_iter(),
            3,
            |n| n,
            |n| {
                results.push(n);
                // The next item is given only when the one before came out.
                match n {
                    4 => give = None,
                    n => give.as_ref().map_or(Ok(()), |give| give.send(n + 1))?,
                }
                Ok::<(), std::sync::mpsc::SendError<i32>>(())
            },
        );
        assert!(ended.is_ok());
        assert_eq!(results, [0, 1, 2, 3, 4]);
    }
}
