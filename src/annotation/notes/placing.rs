//! Where the lines of an entry stand in the file while it is changed: put in, changed, taken out, and nothing else touched.

use super::{Held, Notes, held, joined};
use crate::annotation::history::{Change, Place};
use crate::annotation::pieces::cut;
use crate::document::Document;

impl Notes {
    /// Changes the lines of one entry, when they are what the change expects.
    pub(super) fn perform(&mut self, document: &Document, change: &Change) -> bool {
        let found = self.piece_of(&change.id);
        match (found, &change.before, &change.after) {
            (Some(index), Some(before), after) if self.pieces[index].piece.text.trim_end() == before.trim_end() => {
                match after {
                    Some(after) => self.put(index, after, document),
                    None => self.take_out(index, before, &change.place.glue),
                }
            }
            (None, None, Some(after)) => self.put_in(change, after, document),
            _ => false,
        }
    }

    fn put(&mut self, index: usize, lines: &str, document: &Document) -> bool {
        let old = &self.pieces[index].piece.text;
        // What follows an entry belongs to its place: an end of the file may have become a middle since.
        let tail = old[old.trim_end().len()..].to_owned();
        let Some(held) = Held::of_entry(format!("{}{tail}", lines.trim_end())) else { return false };
        if let Ok(Some(entry)) = &held.entry {
            self.find_anchor(document, entry, None);
        }
        self.pieces[index] = held;
        true
    }

    fn take_out(&mut self, index: usize, lines: &str, glue: &str) -> bool {
        let (first, last) = self.around(index, index + 1);
        let mut text = joined(&self.pieces[first..index]);
        if let Some(without) = text.strip_suffix(glue) {
            text.truncate(without.len());
        }
        text.push_str(self.pieces[index].piece.text.strip_prefix(lines).unwrap_or_default());
        text.push_str(&joined(&self.pieces[index + 1..last]));
        let left = self.pieces[first..last].iter().filter(|held| held.piece.kind.is_some()).count() - 1;
        self.cut_again(first, last, &text, left)
    }

    fn put_in(&mut self, change: &Change, lines: &str, document: &Document) -> bool {
        let Some(Held { entry: Ok(Some(entry)), .. }) = Held::of_entry(lines.to_owned()) else { return false };
        let place = &change.place;
        let after_previous = |notes: &Notes| notes.piece_of(place.previous.as_ref()?).map(|index| index + 1);
        let put = self.put_at(place, lines)
            || after_previous(self).is_some_and(|index| {
                let offset = self.place_at(index).offset;
                self.put_at(&Place { offset, ..place.clone() }, lines)
            })
            || {
                let index = self.place_for(document, &entry);
                let place = self.place_at(index);
                let (lines, glue) = self.fit_in(lines, index);
                self.put_at(&Place { glue, ..place }, &lines)
            };
        if put {
            self.find_anchor(document, &entry, None);
        }
        put
    }

    /// Puts lines in at an offset, if the entry before it is the expected one and the file can be read afterwards.
    fn put_at(&mut self, place: &Place, lines: &str) -> bool {
        let mut start = 0;
        let mut index = 0;
        while index < self.pieces.len() && start + self.pieces[index].piece.text.len() <= place.offset {
            start += self.pieces[index].piece.text.len();
            index += 1;
        }
        let inside = place.offset - start;
        let cuts_an_entry = inside > 0 && self.pieces.get(index).is_none_or(|held| held.piece.kind.is_some());
        if cuts_an_entry || self.place_at(index).previous != place.previous {
            return false;
        }
        let (first, last) = self.around(index, index);
        let mut text = joined(&self.pieces[first..index]);
        let rest = joined(&self.pieces[index..last]);
        let Some((head, tail)) = rest.split_at_checked(inside) else { return false };
        for part in [head, &place.glue, lines, tail] {
            text.push_str(part);
        }
        let more = self.pieces[first..last].iter().filter(|held| held.piece.kind.is_some()).count() + 1;
        self.cut_again(first, last, &text, more)
    }

    /// Returns the pieces from the entry before to the entry after: what a change between may cut differently.
    fn around(&self, from: usize, to: usize) -> (usize, usize) {
        let is_entry = |held: &Held| held.piece.kind.is_some();
        let first = self.pieces[..from].iter().rposition(is_entry).unwrap_or(0);
        let last = self.pieces[to..].iter().position(is_entry).map_or(self.pieces.len(), |next| to + next + 1);
        (first, last)
    }

    /// Replaces pieces by those of a new text, if it is readable and holds that many entries.
    fn cut_again(&mut self, first: usize, last: usize, text: &str, entries: usize) -> bool {
        let pieces = if text.is_empty() { Ok(Vec::new()) } else { cut(text) };
        match pieces {
            Ok(pieces) if pieces.iter().filter(|piece| piece.kind.is_some()).count() == entries => {
                self.pieces.splice(first..last, held(pieces));
                true
            }
            _ => false,
        }
    }
}
