//! Opening: the beginning of an article is there at once, whatever its size; the rest is read on a thread, and what has
//! come of a slow pipe is shown meanwhile.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::os::fd::AsFd;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use bytes::Bytes;
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::failure::{Failure, Result};
use super::mapping::map_copy;
use super::source::{self, Source};
use crate::document::{Document, Format};

/// As much is read before anything is shown: about a thousand lines.
const BEGINNING: usize = 64 << 10;

/// How long a pipe may pause before what has come is shown.
const PAUSE: Duration = Duration::from_millis(50);

/// How long what comes without a pause is not shown.
const LONG: Duration = Duration::from_secs(1);

/// As much is read at a time.
const PIECE: usize = 1 << 20;

/// A longer file is not read into memory.
const MAPPED: u64 = 16 << 20;

/// An article of which the beginning was read, and where the rest comes from.
#[derive(Debug)]
pub struct Opening {
    source: Source,
    from: File,
    most: u64,
    whole: bool,
}

impl Opening {
    /// Opens what a command line names, a file or `-` for standard input, and reads its beginning.
    pub fn begin(path: &Path, most: u64) -> Result<Opening> {
        let (name, place, from) = match path == Path::new("-") {
            true => ("-".into(), None, standard_input(path)?),
            false => {
                let (file, length) = source::open_file(path)?;
                if length > most {
                    return Err(source::too_large(path, most));
                }
                let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
                (name, Some(path.to_owned()), file)
            }
        };
        let source = Source { name, path: place, bytes: Vec::new() };
        let mut opening = Opening { source, from, most, whole: false };
        opening.read_beginning().map_err(|error| opening.failed(&error))?;
        Ok(opening)
    }

    /// Returns what has been read so far.
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// Returns what there is to show before the rest is read, if there is a rest and it need not be waited for.
    pub fn beginning(&self, format: Option<Format>) -> Option<Document> {
        let Source { name, bytes, .. } = &self.source;
        (!self.whole).then(|| Document::beginning(name, bytes, format))?
    }

    /// Returns all of a long file without reading it into memory: what is in a copy of it, made in a folder. Of what is
    /// short, of what is set anew in memory anyway, and where no copy can be made, nothing.
    pub fn map(&self, format: Format, folder: &Path) -> Option<Bytes> {
        let is_long = |path: &PathBuf| path.metadata().is_ok_and(|metadata| metadata.len() > MAPPED);
        let is_set_anew = format != Format::Plain || self.source.bytes.contains(&b'\r');
        self.source.path.as_ref().filter(|path| !is_set_anew && is_long(path))?;
        let mapped = map_copy(&self.from, self.most.saturating_add(1), folder);
        let mapped = mapped.ok().filter(|mapped| mapped.len() as u64 <= self.most);
        if mapped.is_none() {
            // What was copied in vain is read once more.
            (&self.from).seek(SeekFrom::Start(self.source.bytes.len() as u64)).ok()?;
        }
        mapped
    }

    /// Reads to the end; of what comes slowly, `show` is given what there is.
    pub fn finish(mut self, format: Option<Format>, mut show: impl FnMut(Document)) -> Result<Source> {
        let (mut shown, mut next) = (self.source.bytes.len(), Instant::now());
        while !self.whole {
            let now = Instant::now();
            let is_new = self.source.bytes.len() > shown;
            if is_new && (now > next + LONG || !has_more(&self.from, PAUSE.max(next - now))) {
                self.beginning(format).into_iter().for_each(&mut show);
                // What is shown in between may cost a tenth of the time.
                (shown, next) = (self.source.bytes.len(), Instant::now() + now.elapsed() * 10);
            }
            self.read(PIECE).map_err(|error| self.failed(&error))?;
            if self.source.bytes.len() as u64 > self.most {
                return Err(source::too_large(&self.path(), self.most));
            }
        }
        Ok(self.source)
    }

    fn read_beginning(&mut self) -> io::Result<()> {
        while !self.whole && self.source.bytes.len() < BEGINNING {
            self.read(BEGINNING - self.source.bytes.len())?;
            if !self.whole && !has_more(&self.from, PAUSE) {
                break;
            }
        }
        Ok(())
    }

    /// Reads at most so many bytes, waiting for the first of them.
    fn read(&mut self, most: usize) -> io::Result<()> {
        let bytes = &mut self.source.bytes;
        let before = bytes.len();
        // Room for what comes is made in steps that grow with what is there.
        bytes.reserve(most);
        bytes.resize(before + most, 0);
        let read = loop {
            match self.from.read(&mut bytes[before..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                read => break read,
            }
        };
        bytes.truncate(before + *read.as_ref().unwrap_or(&0));
        self.whole = read? == 0;
        Ok(())
    }

    fn path(&self) -> PathBuf {
        self.source.path.clone().unwrap_or_else(|| "-".into())
    }

    fn failed(&self, error: &io::Error) -> Failure {
        Failure::io("read", &self.path(), error)
    }
}

/// Returns standard input as a file of our own, which another thread can read.
fn standard_input(path: &Path) -> Result<File> {
    let input = rustix::stdio::stdin().try_clone_to_owned();
    input.map(File::from).map_err(|error| Failure::io("read", path, &error))
}

/// Returns whether there is something to read, or the end, within a time.
fn has_more(from: &File, within: Duration) -> bool {
    let within = Timespec { tv_sec: within.as_secs() as i64, tv_nsec: i64::from(within.subsec_nanos()) };
    let from = from.as_fd();
    poll(&mut [PollFd::new(&from, PollFlags::IN)], Some(&within)).is_ok_and(|ready| ready > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn open(bytes: &[u8]) -> Opening {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        Opening::begin(file.path(), 1 << 20).unwrap()
    }

    #[test]
    fn a_short_file_is_read_at_once() {
        let opening = open(b"One line.\n");
        assert!(opening.beginning(None).is_none());
        let source = opening.finish(None, |_| panic!("all was there")).unwrap();
        assert_eq!(source.bytes, b"One line.\n");
    }

    #[test]
    fn a_long_file_is_read_in_two_steps() {
        let text = "One paragraph.\n\n".repeat(BEGINNING / 10);
        let opening = open(text.as_bytes());
        let beginning = opening.beginning(None).unwrap();
        assert!(beginning.partial && text.starts_with(&*beginning.text) && beginning.text.len() < text.len());
        assert_eq!(opening.finish(None, |_| ()).unwrap().bytes, text.as_bytes());
    }

    #[test]
    fn what_was_copied_in_vain_is_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.as_file().set_len(MAPPED + 1).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let map = |opening: &Opening| opening.map(Format::Plain, folder.path());
        let open = || Opening::begin(file.path(), MAPPED + 1).unwrap();
        assert_eq!(map(&open()).unwrap().len() as u64, MAPPED + 1);
        assert!(open().map(Format::Html, folder.path()).is_none(), "a page is set anew");
        let opening = open();
        file.as_file_mut().write_all(b"now it has a beginning").unwrap();
        file.as_file().set_len(MAPPED + 2).unwrap();
        assert!(map(&opening).is_none());
        let failure = opening.finish(None, |_| ()).unwrap_err();
        assert!(failure.message.starts_with("larger than"), "{failure:?}");
    }

    #[test]
    fn what_comes_slowly_is_shown_meanwhile() {
        let (reader, mut writer) = io::pipe().unwrap();
        let from = File::from(std::os::fd::OwnedFd::from(reader));
        let source = Source { name: "-".to_owned(), path: None, bytes: Vec::new() };
        let mut opening = Opening { source, from, most: 1 << 20, whole: false };
        writer.write_all(b"One.\n\n").unwrap();
        opening.read_beginning().unwrap();
        assert_eq!(opening.beginning(None).unwrap().text, "One.\n\n");
        writer.write_all(b"Two.\n\n").unwrap();
        let mut writer = Some(writer);
        let mut shown = Vec::new();
        let source = opening.finish(None, |document| {
            shown.push(document.text.to_string());
            // The end comes when all that was written has been shown.
            writer.take();
        });
        assert_eq!((shown, source.unwrap().bytes), (vec!["One.\n\nTwo.\n\n".to_owned()], b"One.\n\nTwo.\n\n".to_vec()));
    }

    #[test]
    fn too_much_is_refused() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"eleven byte").unwrap();
        let failure = Opening::begin(file.path(), 10).unwrap_err();
        assert!(failure.message.starts_with("larger than 0 MB: "), "{failure:?}");
    }
}
