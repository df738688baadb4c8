//! The formats: what each is called, what it holds, and what reads it.

use crate::analysis::model::words;

/// A form in which notes and positions can be taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    #[default]
    Text,
    Json,
    Markdown,
    Csv,
    Matrix,
    Org,
    Jsonld,
    Hypothesis,
    Readwise,
    Dna,
    Graphml,
    Csl,
}

words!(Format {
    Text "text", Json "json", Markdown "markdown", Csv "csv", Matrix "matrix", Org "org", Jsonld "jsonld",
    Hypothesis "hypothesis", Readwise "readwise", Dna "dna", Graphml "graphml", Csl "csl",
});

/// What the program says of a format.
#[derive(Clone, Copy, Debug)]
pub struct Sheet {
    /// Its letter in the reader's list.
    pub key: char,
    /// What is in it.
    pub holds: &'static str,
    /// What reads it.
    pub readers: &'static str,
    /// How the name of its file ends, after the article's.
    pub ending: &'static str,
}

impl Format {
    pub fn sheet(self) -> &'static Sheet {
        &SHEETS[self as usize]
    }

    /// Returns whether it holds what the program read, and not the reader's notes alone.
    pub fn needs_reading(self) -> bool {
        !matches!(self, Format::Text | Format::Json)
    }
}

const fn sheet(key: char, ending: &'static str, holds: &'static str, readers: &'static str) -> Sheet {
    Sheet { key, holds, readers, ending }
}

/// In the order of the variants.
const SHEETS: [Sheet; 12] = [
    sheet('t', "notes.txt", "Notes for reading in a terminal", "people"),
    sheet('j', "notes.json", "Notes and where they stand", "scripts, `jq`"),
    sheet('m', "notes.md", "A table of positions, notes by sentence", "Obsidian and every editor of Markdown"),
    sheet('s', "statements.csv", "One line a position", "spreadsheets, pandas, R, DuckDB"),
    sheet('x', "matrix.csv", "Actors by issues, the acts in the cells", "spreadsheets"),
    sheet('o', "notes.org", "Notes as headings, positions in a table", "Org mode of Emacs"),
    sheet('w', "notes.jsonld", "W3C annotations: notes, corrections", "annotation servers and libraries"),
    sheet('h', "hypothesis.json", "Notes as an export of Hypothesis", "the import of Hypothesis"),
    sheet('r', "readwise.csv", "Notes as highlights", "the CSV import of Readwise"),
    sheet(
        'd',
        "dna.csv",
        "Who agrees with what, as an event list",
        "tools for the Discourse Network Analyzer's event lists, R",
    ),
    sheet('g', "notes.graphml", "Actors and positions between them", "Gephi, yEd, Cytoscape, networkx, igraph"),
    sheet('c', "csl.json", "The article as a source, with notes", "Zotero, pandoc and other citation tools"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_the_list_is_not_cut() {
        assert!(Format::ALL.iter().all(|format| format.sheet().holds.chars().count() <= 41));
    }

    #[test]
    fn letters_and_files_differ() {
        for (index, format) in Format::ALL.iter().enumerate() {
            for other in &Format::ALL[index + 1..] {
                assert_ne!(format.sheet().key, other.sheet().key, "{format:?} and {other:?}");
                assert_ne!(format.sheet().ending, other.sheet().ending, "{format:?} and {other:?}");
            }
        }
    }
}
