//! The one place where an article is read: a regular file or standard input, never more than was allowed. Pages from
//! elsewhere are fetched by [`super::fetch`].

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use rustix::fs::{FileType, Mode, OFlags};
use rustix::io::Errno;

use super::failure::{Failure, Result, reason};

/// The most bytes read when nothing else is asked for.
pub const MOST: u64 = 512 << 20;

/// An article's bytes and what to call it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// A file name without its folder; `-` for standard input.
    pub name: String,
    /// Absent for standard input and for what the program brings itself.
    pub path: Option<PathBuf>,
    pub bytes: Vec<u8>,
}

impl Source {
    /// Returns what a command line names: a file, or `-` for standard input.
    pub fn read(path: &Path, most: u64) -> Result<Source> {
        if path == Path::new("-") {
            let bytes = read_most(io::stdin().lock(), 0, most, path)?;
            return Ok(Source { name: "-".to_owned(), path: None, bytes });
        }
        let bytes = read_file(path, most)?;
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Source { name, path: Some(path.to_owned()), bytes })
    }
}

/// Returns whether standard input brings something to read, as `PROGRAM | demarche` does: a pipe, a socket or a file. A
/// terminal and `/dev/null` bring nothing.
pub fn is_standard_input_given() -> bool {
    let kind = rustix::fs::fstat(rustix::stdio::stdin()).map(|stat| FileType::from_raw_mode(stat.st_mode));
    matches!(kind, Ok(FileType::Fifo | FileType::Socket | FileType::RegularFile))
}

/// Reads a regular file.
pub fn read_file(path: &Path, most: u64) -> Result<Vec<u8>> {
    let (file, length) = open_file(path)?;
    read_most(file, length, most, path)
}

/// Opens a regular file; returns it and its length. Opening does not wait, so that a pipe nobody writes to is refused and
/// not waited for.
pub(super) fn open_file(path: &Path) -> Result<(File, u64)> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file = File::from(rustix::fs::open(path, flags, Mode::empty()).map_err(|error| cannot_open(path, error))?);
    let metadata = file.metadata().map_err(|error| Failure::io("read", path, &error))?;
    let shown = path.display();
    if metadata.is_dir() {
        return Err(Failure::new(format!("a directory, not a file: {shown}"), "name an article in it"));
    }
    if !metadata.is_file() {
        let hint = "for what a program writes: PROGRAM | demarche -";
        return Err(Failure::new(format!("not a regular file: {shown}"), hint));
    }
    Ok((file, metadata.len()))
}

/// Reads to the end, in one piece when the length is known before.
pub(super) fn read_most(from: impl Read, length: u64, most: u64, path: &Path) -> Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most).saturating_add(1)).unwrap_or_default());
    from.take(most.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| Failure::io("read", path, &error))?;
    if bytes.len() as u64 > most {
        return Err(too_large(path, most));
    }
    Ok(bytes)
}

pub(super) fn too_large(path: &Path, most: u64) -> Failure {
    let hint = "`--max-size MEGABYTES` sets how much is read";
    Failure::new(format!("larger than {} MB: {}", most >> 20, path.display()), hint)
}

fn cannot_open(path: &Path, error: Errno) -> Failure {
    let shown = path.display();
    match error {
        Errno::NOENT => Failure::new(format!("no such file: {shown}"), hint_for_missing(path)),
        Errno::ACCESS | Errno::PERM => {
            Failure::new(format!("not allowed to read: {shown}"), format!("`ls -l {shown}` shows who may"))
        }
        Errno::LOOP => Failure::new(format!("a link to itself: {shown}"), "name the file it should lead to"),
        Errno::NXIO => Failure::new(format!("not a regular file: {shown}"), "demarche reads files and, as -, a pipe"),
        _ => Failure::new(format!("cannot open: {shown}: {}", reason(&error.into())), ""),
    }
}

fn hint_for_missing(path: &Path) -> String {
    if path.symlink_metadata().is_ok() {
        return "it is a link, and what it leads to is gone".to_owned();
    }
    if path.components().count() == 1 {
        return "`demarche --help` lists the commands; without a file, the sample article opens".to_owned();
    }
    "look whether the folder and the name are right".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(path: &Path, message: &str) {
        let failure = Source::read(path, 10).unwrap_err();
        let folder = path.parent().unwrap().display().to_string();
        assert_eq!(failure.message.replace(&folder, "DIR"), message);
        assert!(!failure.hint.is_empty());
    }

    #[test]
    fn what_is_no_article_is_refused_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("long"), "eleven bytes").unwrap();
        std::fs::create_dir(at("folder")).unwrap();
        std::os::unix::fs::symlink("nowhere", at("dangling")).unwrap();
        std::os::unix::fs::symlink("loop", at("loop")).unwrap();
        let fifo = FileType::Fifo;
        rustix::fs::mknodat(rustix::fs::CWD, at("pipe"), fifo, Mode::RUSR | Mode::WUSR, 0).unwrap();
        check(&at("missing"), "no such file: DIR/missing");
        check(&at("dangling"), "no such file: DIR/dangling");
        check(&at("loop"), "a link to itself: DIR/loop");
        check(&at("folder"), "a directory, not a file: DIR/folder");
        check(&at("pipe"), "not a regular file: DIR/pipe");
        check(&at("long"), "larger than 0 MB: DIR/long");
        check(Path::new("/dev/zero"), "not a regular file: DIR/zero");
    }

    #[test]
    fn an_article_keeps_its_bytes_and_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("two words.txt");
        std::fs::write(&path, [0xFF, b'a']).unwrap();
        let source = Source::read(&path, 2).unwrap();
        assert_eq!(source, Source { name: "two words.txt".to_owned(), path: Some(path), bytes: vec![0xFF, b'a'] });
    }
}
