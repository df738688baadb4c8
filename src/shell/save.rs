//! Saving so that a file is whole at every moment, also when the power fails.
//!
//! A temporary file in the same folder is written, synced and renamed over the old one, and the folder is synced.
//! A symbolic link is followed, so the link stays. A file with several names (hard links) would lose the others by a
//! rename, so it is written in place, but only while a synced copy of the old contents lies beside it: this loses
//! least, as neither another name's contents nor, in a power cut, the notes are lost.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// More links than this in a row are a loop.
const MOST_LINKS: usize = 40;

/// Puts the contents in place of the file; when this returns without an error they are on the disk.
pub fn save_atomically(path: &Path, contents: &[u8]) -> io::Result<()> {
    let path = follow(path)?;
    match fs::metadata(&path) {
        Ok(metadata) if !metadata.is_file() => Err(io::Error::other("not a regular file")),
        Ok(metadata) if names(&metadata) > 1 => write_in_place(&path, contents),
        Ok(metadata) => replace(&path, contents, Some(metadata.permissions())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(&path, contents, None),
        Err(error) => Err(error),
    }
}

/// Puts the contents in place of the file, whole but not yet on the disk: for what may be lost in a power cut.
pub fn replace_quickly(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = temporary(path)?;
    file.write_all(contents)?;
    file.persist(path).map(drop).map_err(|error| error.error)
}

/// Makes a folder that is the user's alone, with those above it.
pub fn create_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(path)
}

/// Returns what a symbolic link leads to at last, which need not exist.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&path) {
            Ok(target) => path = folder_of(&path).join(target),
            Err(_) => return Ok(path),
        }
    }
    Err(io::Error::other("too many symbolic links"))
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn replace(path: &Path, contents: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let mut file = temporary(path)?;
    file.write_all(contents)?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions)?;
    }
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    sync_folder(folder_of(path))
}

/// Makes a hidden file in the same folder, readable by the user alone; it removes itself unless it is kept.
fn temporary(path: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::Builder::new().prefix(".demarche-").suffix(".tmp").tempfile_in(folder_of(path))
}

fn write_in_place(path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut copy = temporary(path)?;
    io::copy(&mut File::open(path)?, &mut copy)?;
    copy.as_file().sync_all()?;
    sync_folder(folder_of(path))?;
    let written = OpenOptions::new().write(true).open(path).and_then(|mut file| {
        file.write_all(contents)?;
        file.set_len(contents.len() as u64)?;
        file.sync_all()
    });
    if written.is_err() {
        // What is in the file now is unknown; the copy has the last good contents.
        copy.keep().map_err(|error| error.error)?;
    }
    written
}

/// Makes a rename durable; file systems that cannot sync a folder have no better way.
fn sync_folder(folder: &Path) -> io::Result<()> {
    match File::open(folder).and_then(|folder| folder.sync_all()) {
        Err(error) if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => Ok(()),
        synced if cfg!(unix) => synced,
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn names(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &fs::Metadata) -> u64 {
    1
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    /// A folder with a file that holds "old".
    fn folder() -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("notes.toml");
        fs::write(&file, "old").unwrap();
        (folder, file)
    }

    #[track_caller]
    fn check(folder: &Path, file: &Path, contents: &str, files: usize) {
        assert_eq!(fs::read_to_string(file).unwrap(), contents);
        assert_eq!(fs::read_dir(folder).unwrap().count(), files, "nothing temporary is left");
    }

    #[test]
    fn a_new_file_is_private_and_an_old_one_keeps_its_mode() {
        let (folder, file) = folder();
        let new = folder.path().join("new.toml");
        save_atomically(&new, b"new").unwrap();
        assert_eq!(fs::metadata(&new).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&file, Permissions::from_mode(0o644)).unwrap();
        save_atomically(&file, b"new").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o644);
        check(folder.path(), &file, "new", 2);
    }

    #[test]
    fn a_symbolic_link_stays_a_link() {
        let (folder, file) = folder();
        let (link, dangling) = (folder.path().join("link"), folder.path().join("dangling"));
        symlink("notes.toml", &link).unwrap();
        symlink("made.toml", &dangling).unwrap();
        save_atomically(&link, b"new").unwrap();
        save_atomically(&dangling, b"made").unwrap();
        assert!(
            fs::symlink_metadata(&link).unwrap().is_symlink() && fs::symlink_metadata(&dangling).unwrap().is_symlink()
        );
        check(folder.path(), &folder.path().join("made.toml"), "made", 4);
        check(folder.path(), &file, "new", 4);
    }

    #[test]
    fn a_loop_of_links_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        symlink("b", folder.path().join("a")).unwrap();
        symlink("a", folder.path().join("b")).unwrap();
        assert!(save_atomically(&folder.path().join("a"), b"x").is_err());
    }

    #[test]
    fn all_names_of_a_file_have_the_new_contents() {
        let (folder, file) = folder();
        let other = folder.path().join("other");
        fs::hard_link(&file, &other).unwrap();
        save_atomically(&file, b"n").unwrap();
        assert_eq!(fs::metadata(&file).unwrap().ino(), fs::metadata(&other).unwrap().ino());
        check(folder.path(), &other, "n", 2);
    }

    #[test]
    fn where_nothing_can_be_written_nothing_changes() {
        let (folder, file) = folder();
        assert!(save_atomically(&file.join("under a file"), b"x").is_err());
        assert!(save_atomically(Path::new("/proc/notes.toml"), b"x").is_err());
        assert!(save_atomically(folder.path(), b"x").is_err());
        check(folder.path(), &file, "old", 1);
    }
}
