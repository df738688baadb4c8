//! A long article in a copy of our own, mapped: its pages are the system's to keep or to drop, so the text takes no memory
//! of the program's.
//!
//! The file itself is never mapped. Whoever writes it anew shortens it first, and what is gone from a mapped file is a
//! signal that ends the program. The copy has no name, so nobody else can change it, and it is gone with the program. On
//! file systems that share blocks between files it costs nothing; where there is no room for it the text is read into
//! memory as any other.

use std::fs::File;
use std::io::{self, Read, Seek};
use std::os::fd::AsRawFd;
use std::path::Path;

use bytes::Bytes;
use filebuffer::FileBuffer;

use super::save::create_private_folder;

/// Copies at most so many bytes of a file into a file without a name in a folder, and returns what is in it. Where the
/// file is read next is behind what was copied, also when that fails.
pub fn map_copy(mut from: &File, most: u64, folder: &Path) -> io::Result<Bytes> {
    create_private_folder(folder)?;
    let mut copy = tempfile::tempfile_in(folder)?;
    from.rewind()?;
    io::copy(&mut from.take(most), &mut copy)?;
    let mapped = FileBuffer::open(format!("/dev/fd/{}", copy.as_raw_fd()))?;
    Ok(Bytes::from_owner(mapped))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn what_becomes_of_the_file_does_not_touch_the_copy() {
        let folder = tempfile::tempdir().unwrap();
        let mut file = tempfile::tempfile().unwrap();
        let text = "The ferry left at noon.\n".repeat(10_000);
        file.write_all(text.as_bytes()).unwrap();
        let copy = map_copy(&file, u64::MAX, &folder.path().join("new")).unwrap();
        file.set_len(0).unwrap();
        assert_eq!(copy, text.as_bytes());
        assert_eq!(std::fs::read_dir(folder.path().join("new")).unwrap().count(), 0, "it has no name");
        file.write_all(b"short").unwrap();
        assert_eq!(map_copy(&file, 3, folder.path()).unwrap().len(), 3);
        assert!(map_copy(&file, 3, Path::new("/dev/null/no-home")).is_err());
    }
}
