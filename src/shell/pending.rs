//! What must happen later even if nothing else does: the only reason for the reader to wake by itself.

use std::time::{Duration, Instant};

/// A value that is due at a time.
#[derive(Debug, Default)]
pub struct Pending<T>(Option<(Instant, T)>);

impl<T> Pending<T> {
    pub fn nothing() -> Pending<T> {
        Pending(None)
    }

    /// Sets the value, due after a delay; one that waits already is replaced and keeps its time.
    pub fn set(&mut self, now: Instant, delay: Duration, value: T) {
        let due = self.0.take().map_or(now + delay, |(due, _)| due);
        self.0 = Some((due, value));
    }

    /// Takes the value whether it is due or not.
    pub fn take(&mut self) -> Option<T> {
        self.0.take().map(|(_, value)| value)
    }

    /// Takes the value when its time has come.
    pub fn take_due(&mut self, now: Instant) -> Option<T> {
        self.0.take_if(|(due, _)| *due <= now).map(|(_, value)| value)
    }

    /// Returns how long it is until then.
    pub fn delay(&self, now: Instant) -> Option<Duration> {
        self.0.as_ref().map(|(due, _)| due.saturating_duration_since(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn a_value_that_is_replaced_keeps_its_time() {
        let start = Instant::now();
        let mut pending = Pending::nothing();
        assert_eq!(pending.delay(start), None);
        pending.set(start, SECOND, "a");
        pending.set(start + SECOND / 2, SECOND, "ab");
        assert_eq!(pending.delay(start + SECOND / 2), Some(SECOND / 2));
        assert_eq!(pending.take_due(start + SECOND / 2), None);
        assert_eq!(pending.take_due(start + SECOND), Some("ab"));
        assert_eq!(pending.take(), None);
    }
}
