//! What the tests of screens share: apps made from text, frames as text, sessions as transcripts.
#![allow(dead_code)] // each test binary uses a part

pub mod reading;
pub mod replay;
pub mod screen;
pub mod session;
