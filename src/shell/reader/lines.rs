//! The loop's other half in the linear mode: lines instead of keys, each answered before the next is taken.

use std::io;
use std::time::Instant;

use jiff::Timestamp;

use super::{Reader, SIGNALLED};
use crate::app::Event;
use crate::shell::face::Face;
use crate::shell::wait::Keys;

/// The exit code when notes are left that are not on disk.
const UNSAVED: u8 = 1;

impl Reader {
    /// Takes in all that came, and answers it.
    pub(super) fn take_in_lines(&mut self, keys: Keys, typed: &[u8]) -> io::Result<()> {
        let now = Instant::now();
        if self.is_looking_up() && self.wait.signals.take_interrupt() {
            self.end_look_up();
            self.handle(Event::NotLookedUp { message: "given up".to_owned(), hint: String::new() })?;
        }
        if let Some(signal) = self.wait.signals.leaving() {
            self.left = Some(SIGNALLED + signal);
            return self.leave_prompt();
        }
        self.take_signals()?;
        if let Face::Lines(lines) = &mut self.face {
            lines.feed(typed);
            if keys == Keys::Closed {
                self.wait.close();
                lines.close();
            }
        }
        for event in self.take_results() {
            self.handle(event)?;
        }
        self.go_on_searching(now)?;
        self.do_what_is_due(now)?;
        self.draw()?;
        while let Face::Lines(lines) = &mut self.face
            && let Some(line) = lines.next_line(&self.app)
        {
            self.look_outside(Instant::now())?;
            self.handle(Event::Time(Timestamp::now()))?;
            self.handle(Event::Line(line))?;
            if self.left.is_some() {
                return Ok(());
            }
            self.draw()?;
        }
        if matches!(&self.face, Face::Lines(lines) if lines.is_over()) {
            let saving = &self.app.state.saving;
            let is_unsaved = saving.failed.is_some() && saving.saved < saving.revision;
            self.left = Some(if is_unsaved { UNSAVED } else { 0 });
            self.leave_prompt()?;
        }
        Ok(())
    }

    /// What comes next on the terminal begins a line of its own.
    fn leave_prompt(&mut self) -> io::Result<()> {
        match &mut self.face {
            Face::Lines(lines) => lines.leave_prompt(),
            Face::Screen(_) => Ok(()),
        }
    }
}
