//! Words looked up by a program that the reader names, run without a shell: the words are its last argument, their
//! sentence its standard input, and what it prints is the answer. It may take its time, but not for ever.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};

use super::failure::{Failure, Result, reason};
use super::program::{self, complaint, why};
use super::wait::Waker;

/// How long a program may take.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The most bytes of an answer.
const MOST: u64 = 1 << 20;

/// How often a program that has said all is asked whether it has ended.
const ENDING: Duration = Duration::from_millis(5);

const HINT: &str = "`look-up` in config.toml names the program";

/// A program that runs; it is stopped when nobody waits for it any more.
#[derive(Debug)]
pub struct LookUp {
    program: String,
    running: Arc<Mutex<Running>>,
    answer: Receiver<Result<String>>,
}

#[derive(Debug)]
struct Running {
    child: Child,
    /// It was waited for, so that its number may be another's now.
    ended: bool,
}

impl LookUp {
    /// Starts the program.
    pub fn start(command: &[String], words: &str, sentence: &str, mut waker: Waker) -> Result<LookUp> {
        let Some((program, arguments)) = command.split_first() else {
            return Err(Failure::new("no program to look words up with", HINT));
        };
        let cannot_run = |error: io::Error| program::cannot_run(program, &error, HINT);
        let mut command = Command::new(program);
        command.args(arguments).arg(words).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // A group of its own: whatever it starts is stopped with it, and ctrl-c in the reader is none of its business.
        let mut child = command.process_group(0).spawn().map_err(cannot_run)?;
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let complaint = complaint(&mut child);
        let sentence = format!("{sentence}\n");
        let running = Arc::new(Mutex::new(Running { child, ended: false }));
        let (tell, answer) = channel();
        let look_up = LookUp { program: program.clone(), running: Arc::clone(&running), answer };
        let (name, asked) = (program.clone(), words.to_owned());
        let listen = move || {
            let hand_over = thread::spawn(move || input.map(|mut input| input.write_all(sentence.as_bytes())));
            let read = read(output);
            if read.as_ref().is_ok_and(|said| said.len() as u64 > MOST) {
                kill(&running);
            }
            // What the program started may hold this pipe alone; the group can be stopped only while the program is not
            // waited for.
            let complaint = complaint.join().unwrap_or_default();
            let ended = end(&running);
            let _ = hand_over.join();
            // Nobody listens any more when the reader has left.
            let _ = tell.send(answer_of(&name, &asked, read, ended, &complaint));
            waker.wake();
        };
        let started = thread::Builder::new().name("look-up".to_owned()).spawn(listen);
        started.map(|_| look_up).map_err(cannot_run)
    }

    /// Returns the answer, once.
    pub fn take(&self) -> Option<Result<String>> {
        self.answer.try_recv().ok()
    }

    /// Returns what to say when the program was too slow.
    pub fn too_slow(&self) -> Failure {
        let seconds = PATIENCE.as_secs();
        Failure::new(format!("'{}' took longer than {seconds} seconds and was stopped", self.program), HINT)
    }
}

impl Drop for LookUp {
    fn drop(&mut self) {
        kill(&self.running);
    }
}

fn read(output: Option<impl Read>) -> io::Result<Vec<u8>> {
    let mut said = Vec::new();
    if let Some(output) = output {
        output.take(MOST + 1).read_to_end(&mut said)?;
    }
    Ok(said)
}

/// Stops the program and what it started, even when that alone still runs. It is waited for under the same lock, so the
/// number is still its own.
fn kill(running: &Mutex<Running>) {
    let running = running.lock().unwrap_or_else(PoisonError::into_inner);
    let group = i32::try_from(running.child.id()).ok().and_then(Pid::from_raw);
    if let Some(group) = group.filter(|_| !running.ended) {
        let _ = kill_process_group(group, Signal::KILL);
    }
}

fn end(running: &Mutex<Running>) -> io::Result<ExitStatus> {
    loop {
        let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(status) = running.child.try_wait()? {
            running.ended = true;
            return Ok(status);
        }
        drop(running);
        thread::sleep(ENDING);
    }
}

fn answer_of(
    program: &str,
    words: &str,
    said: io::Result<Vec<u8>>,
    ended: io::Result<ExitStatus>,
    complaint: &str,
) -> Result<String> {
    let cannot = |error: io::Error| Failure::new(format!("cannot read from '{program}': {}", reason(&error)), HINT);
    let (said, ended) = (said.map_err(cannot)?, ended.map_err(cannot)?);
    if said.len() as u64 > MOST {
        return Err(Failure::new(format!("'{program}' said more than {} MB of '{words}'", MOST >> 20), HINT));
    }
    if !ended.success() {
        return Err(Failure::new(format!("'{program}' could not look up '{words}'{}", why(ended, complaint)), HINT));
    }
    Ok(String::from_utf8_lossy(&said).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::net::UnixStream;

    fn start(command: &[&str]) -> (Result<LookUp>, UnixStream) {
        let (woken, wake) = UnixStream::pair().unwrap();
        let command: Vec<String> = command.iter().map(|word| (*word).to_owned()).collect();
        (LookUp::start(&command, "the quay", "They met on the quay.", Waker(wake)), woken)
    }

    #[track_caller]
    fn check(command: &[&str], expected: std::result::Result<&str, &str>) {
        let (started, mut woken) = start(command);
        let answer = started.and_then(|look_up| {
            woken.read_exact(&mut [0]).unwrap();
            look_up.take().unwrap()
        });
        assert_eq!(answer.as_deref().map_err(|failure| failure.message.as_str()), expected);
        assert!(answer.map_or_else(|failure| failure.hint == HINT, |_| true), "what to do is said");
    }

    #[test]
    fn a_program_gets_the_words_and_their_sentence() {
        check(&["echo", "-n"], Ok("the quay"));
        check(&["sh", "-c", "cat; echo \"[$1]\"", "sh"], Ok("They met on the quay.\n[the quay]\n"));
        check(&["true"], Ok(""));
    }

    #[test]
    fn what_goes_wrong_is_said() {
        check(
            &["sh", "-c", "echo 'no such word' >&2; exit 20", "sh"],
            Err("'sh' could not look up 'the quay': no such word"),
        );
        check(&["sh", "-c", "yes", "sh"], Err("'sh' said more than 1 MB of 'the quay'"));
        check(&["no-such-program-here"], Err("cannot run 'no-such-program-here': no such file or directory"));
        check(&[], Err("no program to look words up with"));
    }

    #[test]
    fn a_program_is_stopped_with_all_that_it_started() {
        for script in ["sleep 1000 & wait", "sleep 1000 &"] {
            let (started, mut woken) = start(&["sh", "-c", script, "sh"]);
            drop(started.unwrap());
            // The sleeper holds the same pipe, so this ends only when both are gone.
            woken.read_exact(&mut [0]).unwrap();
        }
    }

    #[test]
    fn what_holds_the_pipe_for_complaints_alone_is_stopped_too() {
        let (started, mut woken) = start(&["sh", "-c", "sleep 1000 >&- &", "sh"]);
        let look_up = started.unwrap();
        for _ in 0..40 {
            thread::sleep(ENDING);
            assert!(!look_up.running.lock().unwrap().ended, "what it started can be stopped no longer");
        }
        drop(look_up);
        woken.read_exact(&mut [0]).unwrap();
    }
}
