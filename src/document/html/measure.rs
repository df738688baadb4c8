//! How much text stands in a part of a page, and how much of it leads elsewhere.

/// What is counted in words; the counts of parts add up to those of the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Measures {
    /// Characters, white space between words as one.
    pub length: u32,
    pub commas: u32,
    /// Characters in links; those in links within the page count a third.
    pub links: f32,
}

impl Measures {
    pub fn of(words: &str) -> Measures {
        let mut measures = Measures::default();
        let mut is_gap = true;
        for c in words.chars() {
            let is_space = c.is_whitespace();
            measures.length += u32::from(!(is_space && is_gap));
            measures.commas += u32::from(matches!(c, ',' | '،' | '﹐' | '︐' | '︑' | '⹁' | '⸴' | '⸲' | '，'));
            is_gap = is_space;
        }
        measures
    }

    pub fn add(&mut self, other: Measures) {
        self.length += other.length;
        self.commas += other.commas;
        self.links += other.links;
    }

    /// Makes all of it the words of a link.
    pub fn be_link(&mut self, target: &str) {
        let factor = if target.starts_with('#') { 0.3 } else { 1.0 };
        self.links = self.length as f32 * factor;
    }

    pub fn link_density(self) -> f32 {
        if self.length == 0 { 0.0 } else { self.links / self.length as f32 }
    }
}
