//! What a save asks of the system, one call after the other.
//!
//! They stand apart from the order in which a save makes them, so that a test can let each of them fail in turn, and
//! the power after each.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::Path;

pub trait Disk {
    type File;

    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Makes a file that the user alone can read; one that is there is an error.
    fn create(&self, path: &Path) -> io::Result<Self::File>;

    /// Opens a file to write over it.
    fn open(&self, path: &Path) -> io::Result<Self::File>;

    /// Writes all of the contents at the start of an opened file.
    fn write(&self, file: &mut Self::File, contents: &[u8]) -> io::Result<()>;

    /// Cuts off what stands behind a length.
    fn cut(&self, file: &Self::File, length: usize) -> io::Result<()>;

    fn permit(&self, file: &Self::File, permissions: &Permissions) -> io::Result<()>;

    /// Returns when what was written is on the disk.
    fn sync(&self, file: &Self::File) -> io::Result<()>;

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Returns when the names in a folder are on the disk.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The system's own.
pub struct System;

impl Disk for System {
    type File = File;

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn create(&self, path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        options.write(true).create_new(true).open(path)
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).open(path)
    }

    fn write(&self, file: &mut File, contents: &[u8]) -> io::Result<()> {
        file.write_all(contents)
    }

    fn cut(&self, file: &File, length: usize) -> io::Result<()> {
        file.set_len(length as u64)
    }

    fn permit(&self, file: &File, permissions: &Permissions) -> io::Result<()> {
        file.set_permissions(permissions.clone())
    }

    fn sync(&self, file: &File) -> io::Result<()> {
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        fs::remove_file(path)
    }

    /// File systems that cannot sync a folder have no better way.
    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
            synced if cfg!(unix) => synced,
            _ => Ok(()),
        }
    }
}
