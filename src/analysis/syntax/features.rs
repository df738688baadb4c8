//! Features on their way into a list: each template hashes its parts under a number of its own.

use super::word::mix;

/// A list of features being written; the templates are numbered, as a rule in the order in which they are added.
pub struct Features<'a> {
    list: &'a mut Vec<u32>,
    template: u64,
    /// A part that all of them have, such as the side on which a word stands.
    common: Option<u64>,
}

impl Features<'_> {
    /// Begins the list anew.
    #[inline]
    pub fn new(list: &mut Vec<u32>, common: Option<u64>) -> Features<'_> {
        list.clear();
        Features::more(list, common)
    }

    /// Goes on with a list.
    #[inline]
    pub fn more(list: &mut Vec<u32>, common: Option<u64>) -> Features<'_> {
        Features { list, template: 0, common }
    }

    /// Adds one feature, of the next template.
    #[inline(always)]
    pub fn add(&mut self, parts: &[u64]) {
        self.template += 1;
        self.add_as(self.template, parts);
    }

    /// Adds one feature of a template that has a number of its own, so that it may be added in any order.
    #[inline(always)]
    pub fn add_as(&mut self, template: u64, parts: &[u64]) {
        let start = self.common.map_or(template, |common| mix(template, common));
        let hash = parts.iter().fold(start, |hash, &part| mix(hash, part));
        self.list.push((hash >> 32) as u32);
    }

    /// Adds a feature for each part.
    #[inline(always)]
    pub fn add_each(&mut self, parts: impl IntoIterator<Item = u64>) {
        for part in parts {
            self.add(&[part]);
        }
    }
}
