//! A machine to test saving on: its disk forgets what was not synced, its calls fail as asked, and its power goes out.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::fs::Permissions;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;

/// What happens at one call, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It fails, half done where that can be.
    Fails(usize),
    /// It is the last one: the program is killed, or the power goes, in the midst of it.
    Ends(usize),
}

#[derive(Debug)]
pub struct Machine {
    fault: Fault,
    calls: Cell<usize>,
    now: RefCell<Names>,
    /// The names as they are on the disk.
    synced: RefCell<Names>,
    files: RefCell<Vec<Contents>>,
}

type Names = BTreeMap<PathBuf, usize>;

#[derive(Clone, Debug, Default)]
struct Contents {
    now: Vec<u8>,
    synced: Vec<u8>,
}

impl Machine {
    /// Returns a machine with one file, which may have several names.
    pub fn new(names: &[&Path], contents: &[u8], fault: Fault) -> Machine {
        let names: Names = names.iter().map(|name| (name.to_path_buf(), 0)).collect();
        let files = vec![Contents { now: contents.into(), synced: contents.into() }];
        let (now, synced) = (RefCell::new(names.clone()), RefCell::new(names));
        Machine { fault, calls: Cell::new(0), now, synced, files: RefCell::new(files) }
    }

    pub fn calls(&self) -> usize {
        self.calls.get()
    }

    /// Returns the call at which the fault came, if it came to that.
    pub fn fault_at(&self) -> Option<usize> {
        match self.fault {
            Fault::Fails(at) | Fault::Ends(at) if at < self.calls() => Some(at),
            _ => None,
        }
    }

    pub fn failed(&self) -> bool {
        self.fault_at().is_some()
    }

    /// Returns the files as the running system shows them: what is found after a kill.
    pub fn shown(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.found(&self.now.borrow(), |file| file.now.clone())
    }

    /// Returns the files as they may be after a power cut. Of the names and of the contents that were not synced each
    /// may be old, new, or for contents nothing or a half.
    pub fn after_power_cut(&self) -> Vec<BTreeMap<PathBuf, Vec<u8>>> {
        let mut all = Vec::new();
        for names in [&*self.now.borrow(), &*self.synced.borrow()] {
            all.push(self.found(names, |file| file.now.clone()));
            all.push(self.found(names, |file| file.synced.clone()));
            let lost = |file: &Contents| if file.now == file.synced { file.now.clone() } else { Vec::new() };
            all.push(self.found(names, lost));
            let half = |file: &Contents| match file.now == file.synced {
                true => file.now.clone(),
                false => [&file.now[..file.now.len() / 2], file.synced.get(file.now.len() / 2..).unwrap_or_default()]
                    .concat(),
            };
            all.push(self.found(names, half));
        }
        all
    }

    fn found(&self, names: &Names, contents: impl Fn(&Contents) -> Vec<u8>) -> BTreeMap<PathBuf, Vec<u8>> {
        names.iter().map(|(name, &file)| (name.clone(), contents(&self.files.borrow()[file]))).collect()
    }

    /// Does one call, or half of it, as the fault says; once the machine has ended nothing is done any more.
    fn call<T>(&self, half: impl FnOnce(), whole: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
        let call = self.calls.replace(self.calls.get() + 1);
        match self.fault {
            Fault::Fails(at) | Fault::Ends(at) if at == call => half(),
            Fault::Ends(at) if at < call => {}
            _ => return whole(),
        }
        Err(io::Error::from(io::ErrorKind::StorageFull))
    }

    fn file(&self, path: &Path) -> io::Result<usize> {
        self.now.borrow().get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn put(&self, file: usize, contents: &[u8]) {
        let mut files = self.files.borrow_mut();
        let kept = files[file].now.get(contents.len()..).unwrap_or_default().to_vec();
        files[file].now = [contents, &kept].concat();
    }
}

impl Disk for Machine {
    type File = usize;

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.call(|| (), || Ok(self.files.borrow()[self.file(path)?].now.clone()))
    }

    fn create(&self, path: &Path) -> io::Result<usize> {
        let create = || {
            if self.file(path).is_ok() {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            self.files.borrow_mut().push(Contents::default());
            let file = self.files.borrow().len() - 1;
            self.now.borrow_mut().insert(path.into(), file);
            Ok(file)
        };
        self.call(|| (), create)
    }

    fn open(&self, path: &Path) -> io::Result<usize> {
        self.call(|| (), || self.file(path))
    }

    fn write(&self, file: &mut usize, contents: &[u8]) -> io::Result<()> {
        let file = *file;
        let whole = || {
            self.put(file, contents);
            Ok(())
        };
        self.call(|| self.put(file, &contents[..contents.len() / 2]), whole)
    }

    fn cut(&self, file: &usize, length: usize) -> io::Result<()> {
        let cut = || {
            self.files.borrow_mut()[*file].now.truncate(length);
            Ok(())
        };
        self.call(|| (), cut)
    }

    fn permit(&self, _: &usize, _: &Permissions) -> io::Result<()> {
        self.call(|| (), || Ok(()))
    }

    fn sync(&self, file: &usize) -> io::Result<()> {
        let sync = || {
            let mut files = self.files.borrow_mut();
            files[*file].synced = files[*file].now.clone();
            Ok(())
        };
        self.call(|| (), sync)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let rename = || {
            let file = self.file(from)?;
            let mut names = self.now.borrow_mut();
            names.remove(from);
            names.insert(to.into(), file);
            Ok(())
        };
        self.call(|| (), rename)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let remove = || {
            self.file(path)?;
            self.now.borrow_mut().remove(path);
            Ok(())
        };
        self.call(|| (), remove)
    }

    fn sync_folder(&self, _: &Path) -> io::Result<()> {
        let sync = || {
            *self.synced.borrow_mut() = self.now.borrow().clone();
            Ok(())
        };
        self.call(|| (), sync)
    }
}
