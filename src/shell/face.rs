//! What the reader is shown on: the whole screen, or lines.

use std::io;

use super::lines::{self, Lines};
use super::terminal::{self, Screen};
use crate::app::{App, Size};
use crate::view::{self, Theme};

pub enum Face {
    Screen(Screen),
    Lines(Lines),
}

impl Face {
    pub fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        match self {
            Face::Screen(screen) => screen.draw(|buffer| view::draw(app, theme, buffer)),
            Face::Lines(lines) => lines.draw(app),
        }
    }

    /// Takes note of the terminal's size; returns the one that the app has.
    pub fn resize(&mut self) -> Size {
        match self {
            Face::Screen(screen) => {
                let size = terminal::size();
                screen.resize(size);
                size
            }
            Face::Lines(lines) => {
                lines.resize();
                lines::SIZE
            }
        }
    }

    /// Takes note of the terminal's answer: whether it knows left and right margins.
    pub fn learn_margins(&mut self, are_known: bool) {
        if let Face::Screen(screen) = self {
            screen.learn_margins(are_known);
        }
    }

    /// Gives the terminal away while `other` runs, and takes it again.
    pub fn lend<T>(&mut self, other: impl FnOnce() -> T) -> io::Result<T> {
        match self {
            Face::Screen(screen) => screen.lend(other),
            Face::Lines(lines) => {
                lines.is_interrupted();
                Ok(other())
            }
        }
    }
}
