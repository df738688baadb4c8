//! Saving so that a file is whole at every moment, also when the power fails.
//!
//! A temporary file in the same folder is written, synced and renamed over the old one, and the folder is synced.
//! A symbolic link is followed, so the link stays. A file with several names (hard links) would lose the others by a
//! rename, so it is written in place, but only while a synced copy of the old contents lies beside it, which
//! [`set_aside`] finds again after a power cut: this loses least, as neither another name's contents nor the notes
//! are lost.

mod disk;
#[cfg(test)]
mod machine;

use std::ffi::OsString;
use std::fs::{self, Permissions};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use self::disk::{Disk, System};

/// More links than this in a row are a loop.
const MOST_LINKS: usize = 40;

/// What the names of temporary files begin and end with.
const TEMPORARY: (&str, &str) = (".demarche-", ".tmp");

/// A temporary file as old as this was left by a program that was killed.
const LEFT: Duration = Duration::from_secs(60 * 60);

/// Puts the contents in place of the file; when this returns without an error they are on the disk.
pub fn save_atomically(path: &Path, contents: &[u8]) -> io::Result<()> {
    let path = follow(path)?;
    match fs::metadata(&path) {
        Ok(metadata) if !metadata.is_file() => Err(io::Error::other("not a regular file")),
        Ok(metadata) if names(&metadata) > 1 => write_in_place(&System, &path, contents),
        Ok(metadata) => replace(&System, &path, contents, Some(metadata.permissions())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => replace(&System, &path, contents, None),
        Err(error) => Err(error),
    }
}

/// Puts the contents in place of the file, whole but not yet on the disk: for what may be lost in a power cut.
pub fn replace_quickly(path: &Path, contents: &[u8]) -> io::Result<()> {
    let temporary = temporary(path);
    let mut file = System.create(&temporary)?;
    let done = System.write(&mut file, contents).and_then(|()| System.rename(&temporary, path));
    or_remove(&System, done, &temporary)
}

/// Returns where the old contents of a file lie that was being written in place, if they do: the save was cut off.
pub fn set_aside(path: &Path) -> Option<PathBuf> {
    let copy = copy_of(&follow(path).ok()?);
    copy.is_file().then_some(copy)
}

/// Puts the old contents back into a file whose save was cut off.
pub fn put_back(path: &Path) -> io::Result<()> {
    let path = follow(path)?;
    let copy = copy_of(&path);
    write_over(&System, &path, &System.read(&copy)?)?;
    System.remove(&copy)
}

/// Removes temporary files beside a file that a program left which was killed while it saved.
pub fn sweep(path: &Path) {
    let is_left = |entry: &fs::DirEntry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let age =
            entry.metadata().and_then(|metadata| metadata.modified()).map(|at| SystemTime::now().duration_since(at));
        name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) && matches!(age, Ok(Ok(age)) if age > LEFT)
    };
    let Ok(path) = follow(path) else { return };
    for entry in fs::read_dir(folder_of(&path)).into_iter().flatten().flatten().filter(is_left) {
        // What cannot be removed lies there for another hour.
        let _ = fs::remove_file(entry.path());
    }
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

fn replace<D: Disk>(disk: &D, path: &Path, contents: &[u8], permissions: Option<Permissions>) -> io::Result<()> {
    let temporary = temporary(path);
    let mut file = disk.create(&temporary)?;
    let done = disk
        .write(&mut file, contents)
        .and_then(|()| permissions.map_or(Ok(()), |permissions| disk.permit(&file, &permissions)))
        .and_then(|()| disk.sync(&file))
        .and_then(|()| disk.rename(&temporary, path));
    or_remove(disk, done, &temporary)?;
    disk.sync_folder(folder_of(path))
}

fn write_in_place<D: Disk>(disk: &D, path: &Path, contents: &[u8]) -> io::Result<()> {
    let copy = copy_of(path);
    let old = disk.read(path)?;
    replace(disk, &copy, &old, None)?;
    let written = write_over(disk, path, contents).or_else(|error| {
        // The old contents come back, or they stay in the copy.
        write_over(disk, path, &old).and_then(|()| disk.remove(&copy))?;
        Err(error)
    });
    written.and_then(|()| disk.remove(&copy))
}

fn write_over<D: Disk>(disk: &D, path: &Path, contents: &[u8]) -> io::Result<()> {
    let mut file = disk.open(path)?;
    disk.write(&mut file, contents)?;
    disk.cut(&file, contents.len())?;
    disk.sync(&file)
}

/// Removes the temporary file of what was not done.
fn or_remove<D: Disk>(disk: &D, done: io::Result<()>, temporary: &Path) -> io::Result<()> {
    done.inspect_err(|_| {
        // The first error is the one to tell.
        let _ = disk.remove(temporary);
    })
}

/// Returns the name of a hidden file in the same folder that nobody else has.
fn temporary(path: &Path) -> PathBuf {
    folder_of(path).join(format!("{}{:016x}{}", TEMPORARY.0, fastrand::u64(..), TEMPORARY.1))
}

fn copy_of(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".before");
    folder_of(path).join(name)
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

    use super::machine::{Fault, Machine};
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

    const OLD: &[u8] = b"the old contents";
    const NEW: &[u8] = b"the new contents, which are longer";

    /// Saves on a machine with a fault at each call in turn; returns how many calls a whole save makes.
    fn at_every_call(names: &[&Path], fault: fn(usize) -> Fault, check: impl Fn(&Machine, io::Result<()>)) -> usize {
        let mut call = 0;
        loop {
            let machine = Machine::new(names, OLD, fault(call));
            let saved = match names {
                [path] => replace(&machine, path, NEW, Some(Permissions::from_mode(0o600))),
                _ => write_in_place(&machine, names[0], NEW),
            };
            let failed = machine.failed();
            check(&machine, saved);
            if !failed {
                return machine.calls();
            }
            call += 1;
        }
    }

    #[test]
    fn whatever_call_fails_the_file_is_the_old_one_or_the_new_one() {
        let path = Path::new("notes.toml");
        let calls = at_every_call(&[path], Fault::Fails, |machine, saved| {
            let shown = machine.shown();
            // Only the last call, for the folder, comes after the new contents.
            let new = saved.is_ok() || machine.fault_at() == Some(5);
            assert_eq!(shown[path], if new { NEW } else { OLD }, "{machine:?}");
            assert_eq!(shown.len(), 1, "nothing temporary is left: {machine:?}");
            assert_eq!(saved.is_err(), machine.failed(), "nothing is called saved that is not");
        });
        assert_eq!(calls, 6, "create, write, permit, sync, rename, sync the folder");
    }

    #[test]
    fn whenever_the_power_goes_the_file_is_the_old_one_or_the_new_one() {
        let path = Path::new("notes.toml");
        at_every_call(&[path], Fault::Ends, |machine, saved| {
            for found in machine.after_power_cut().into_iter().chain([machine.shown()]) {
                assert!(found[path] == NEW || found[path] == OLD && saved.is_err(), "{machine:?}");
            }
        });
    }

    #[test]
    fn whatever_call_fails_a_file_of_two_names_is_whole_or_lies_beside() {
        let names = [Path::new("notes.toml"), Path::new("other")];
        let calls = at_every_call(&names, Fault::Fails, |machine, saved| {
            let shown = machine.shown();
            assert_eq!(shown[names[0]], shown[names[1]], "the names stay one file");
            // When the removal of the copy fails the new contents are there all the same.
            let whole = [OLD, NEW].contains(&shown[names[0]].as_slice());
            assert!(whole && (saved.is_err() || shown[names[0]] == NEW), "{machine:?}");
        });
        assert_eq!(calls, 11);
    }

    #[test]
    fn whenever_the_power_goes_a_file_of_two_names_is_whole_or_lies_beside() {
        let names = [Path::new("notes.toml"), Path::new("other")];
        let copy = copy_of(names[0]);
        at_every_call(&names, Fault::Ends, |machine, saved| {
            for found in machine.after_power_cut().into_iter().chain([machine.shown()]) {
                let (file, copy) = (found[names[0]].as_slice(), found.get(&copy).map(Vec::as_slice));
                assert!(file == NEW || saved.is_err() && (file == OLD || copy == Some(OLD)), "{machine:?}");
            }
        });
    }

    #[test]
    fn what_killed_programs_left_is_swept_away() {
        let (folder, file) = folder();
        let (left, fresh) = (temporary(&file), temporary(&file));
        for path in [&left, &fresh] {
            fs::write(path, "half").unwrap();
        }
        let past = SystemTime::now() - 2 * LEFT;
        fs::File::open(&left).unwrap().set_modified(past).unwrap();
        sweep(&file);
        assert!(!left.exists() && fresh.exists());
        check(folder.path(), &file, "old", 2);
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
