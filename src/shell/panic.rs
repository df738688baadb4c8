//! When the program fails by a mistake of its own: the screen is given back, one line says so, a report is kept.

use std::backtrace::Backtrace;
use std::fs::OpenOptions;
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::panic::{self, PanicHookInfo};
use std::path::{Path, PathBuf};
use std::thread;

use super::failure::Failure;
use super::save::create_private_folder;
use super::terminal;

/// Prepares for a panic of this thread; its report goes to a folder. A panic of another thread is that
/// thread's to tell: its message would be written across the screen, and giving that back would take it from us.
pub fn prepare(reports: PathBuf) {
    let reader = thread::current().id();
    panic::set_hook(Box::new(move |info| {
        if thread::current().id() == reader {
            terminal::give_back();
            let report = write_report(&reports, info).ok();
            let _ = writeln!(io::stderr(), "{}", failure(info, report.as_deref()));
        }
    }));
}

/// Returns what a panic said, in one line.
pub fn message(payload: &(dyn std::any::Any + Send)) -> String {
    let text = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("no reason given").lines().next().unwrap_or_default().to_owned()
}

fn failure(info: &PanicHookInfo, report: Option<&Path>) -> Failure {
    let place = info.location().map_or(String::new(), |place| format!(" ({}:{})", place.file(), place.line()));
    let text = format!("a mistake in the program: {}{place}", message(info.payload()));
    let hint = report.map_or("what was saved is safe".to_owned(), |report| {
        format!("what was saved is safe; the report to send is {}", report.display())
    });
    Failure::new(text, hint)
}

/// Writes what a developer needs: no text of the article or the notes but what the message itself quotes.
fn write_report(folder: &Path, info: &PanicHookInfo) -> io::Result<PathBuf> {
    create_private_folder(folder)?;
    let path = folder.join(format!("panic-{}.txt", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&path)?;
    let version = env!("CARGO_PKG_VERSION");
    writeln!(file, "demarche {version}\n{info}\n\n{}", Backtrace::force_capture())?;
    Ok(path)
}
