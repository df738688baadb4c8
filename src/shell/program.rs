//! What is told of another program: that it cannot be run, and what it complains of.

use std::io::{self, Read};
use std::process::{Child, ExitStatus};
use std::thread;

use super::failure::{Failure, reason};

/// Returns the failure of a program that cannot be run, with what to do about it.
pub fn cannot_run(program: &str, error: &io::Error, hint: &str) -> Failure {
    Failure::new(format!("cannot run '{program}': {}", reason(error)), hint)
}

/// Reads what a program complains of, all of it, so that it never has to wait; the start is kept.
pub fn complaint(child: &mut Child) -> thread::JoinHandle<String> {
    const MOST: u64 = 4096;
    let complaint = child.stderr.take();
    thread::spawn(move || {
        let Some(mut complaint) = complaint else { return String::new() };
        let mut start = Vec::new();
        let _ = complaint.by_ref().take(MOST).read_to_end(&mut start);
        let _ = io::copy(&mut complaint, &mut io::sink());
        String::from_utf8_lossy(&start).into_owned()
    })
}

/// Returns the last line of a complaint, or what the program ended with.
pub fn why(ended: ExitStatus, complaint: &str) -> String {
    let line = complaint.lines().map(str::trim).rfind(|line| !line.is_empty());
    line.map_or_else(|| format!(": {ended}"), |line| format!(": {line}"))
}
