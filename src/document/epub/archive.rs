//! The archive that a book is: its members are read one at a time, into memory, never more than a book has.

use std::cell::Cell;
use std::collections::HashMap;

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};

use crate::document::Unreadable;

/// The members of an archive by their paths.
#[derive(Debug)]
pub struct Archive<'a> {
    archive: ZipSliceArchive<&'a [u8]>,
    members: HashMap<String, Member>,
    /// How many bytes may still be unpacked.
    left: Cell<usize>,
}

#[derive(Clone, Copy, Debug)]
struct Member {
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    crc: u32,
    is_encrypted: bool,
}

/// A member as it was packed.
#[derive(Debug)]
pub struct Content {
    pub bytes: Vec<u8>,
    /// Whether the bytes are not those that were packed.
    pub is_damaged: bool,
}

/// The most members of a book, the most bytes of one, and of all that are read.
pub const MOST_MEMBERS: usize = 65_536;
const LARGEST: usize = 64 << 20;
const MOST: usize = 256 << 20;
/// Text packs to a fifth or a tenth; what unpacks to more than this, and to more than a little, was made to do so.
const TIGHTEST: usize = 200;
const LITTLE: usize = 8 << 20;
/// No part of a book has a longer path: the paths of its chapters are written anew from its own.
const LONGEST_PATH: usize = 1024;

impl<'a> Archive<'a> {
    /// Reads the list of members; of two with the same path the first counts; links, and paths
    /// that are too long, lead nowhere.
    pub fn open(bytes: &'a [u8]) -> Result<Archive<'a>, Unreadable> {
        let none = |_| Unreadable {
            reason: "no EPUB book: it is no zip archive, or only a part of one".to_owned(),
            hint: "get the file once more; `--read-as html` or `--read-as plain` reads it as what it may be",
        };
        let archive = ZipArchive::from_slice(bytes).map_err(none)?;
        let (mut members, mut ranges) = (HashMap::new(), Vec::new());
        let mut entries = archive.entries();
        while let Some(entry) = entries.next_entry().map_err(none)? {
            if ranges.len() >= MOST_MEMBERS {
                return Err(bomb("the archive has more than 65,536 members"));
            }
            let start = entry.local_header_offset();
            ranges.push((start, start.saturating_add(entry.compressed_size_hint())));
            let path = entry.file_path();
            if entry.is_dir() || entry.mode().is_symlink() || path.as_bytes().len() > LONGEST_PATH {
                continue;
            }
            let path = String::from_utf8_lossy(path.as_bytes()).into_owned();
            members.entry(path).or_insert(Member {
                place: entry.wayfinder(),
                method: entry.compression_method(),
                crc: entry.crc32(),
                is_encrypted: entry.flags().is_encrypted(),
            });
        }
        ranges.sort_unstable();
        if ranges.windows(2).any(|pair| pair[1].0 < pair[0].1) {
            return Err(bomb("the members of the archive overlap"));
        }
        Ok(Archive { archive, members, left: Cell::new(MOST) })
    }

    pub fn has(&self, path: &str) -> bool {
        self.members.contains_key(path)
    }

    /// Returns the first path that ends so, in the order of the alphabet.
    pub fn path_ending(&self, ending: &str) -> Option<&str> {
        self.members.keys().filter(|path| path.ends_with(ending)).min().map(String::as_str)
    }

    /// Unpacks a member; what cannot be unpacked is said in a few words.
    pub fn read(&self, path: &str) -> Result<Content, &'static str> {
        let member = self.members.get(path).ok_or("missing")?;
        if member.is_encrypted {
            return Err("encrypted");
        }
        let entry = self.archive.get_entry(member.place).map_err(|_| "cut off")?;
        let packed = entry.data();
        let most = LARGEST.min(self.left.get()).min(packed.len().saturating_mul(TIGHTEST).max(LITTLE));
        let bytes = match member.method {
            CompressionMethod::STORE if packed.len() <= most => packed.to_vec(),
            CompressionMethod::DEFLATE => decompress_to_vec_with_limit(packed, most).map_err(|error| {
                // What was unpacked in vain has cost as much.
                self.charge(error.output.len());
                if error.status == miniz_oxide::inflate::TINFLStatus::HasMoreOutput { TOO_LARGE } else { "damaged" }
            })?,
            CompressionMethod::STORE => return Err(TOO_LARGE),
            _ => return Err("packed in a way that is not known"),
        };
        self.charge(bytes.len());
        let is_damaged = rawzip::crc32(&bytes) != member.crc;
        Ok(Content { bytes, is_damaged })
    }

    fn charge(&self, unpacked: usize) {
        self.left.set(self.left.get().saturating_sub(unpacked));
    }
}

/// What unpacks to more than a book has.
const TOO_LARGE: &str = "too large when unpacked";

fn bomb(reason: &str) -> Unreadable {
    let hint = "no book is made so: the file may be meant to do harm";
    Unreadable { reason: format!("no EPUB book: {reason}"), hint }
}
