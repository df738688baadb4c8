//! Which tables of a page hold figures or words in columns, and which are there to lay out the page.

use super::tree::Node;

#[derive(Clone, Copy, Default)]
struct Table {
    rows: usize,
    cells: usize,
    letters: usize,
    holds_blocks: bool,
}

/// Returns for each node whether it is a table in columns; one pass over the page.
pub fn find(nodes: &[Node], lengths: impl Fn(usize) -> usize) -> Vec<bool> {
    let mut tables: Vec<(usize, Table)> = Vec::new();
    let mut table_of = vec![usize::MAX; nodes.len()];
    for (at, node) in nodes.iter().enumerate() {
        let around = if at == 0 { usize::MAX } else { table_of[node.parent as usize] };
        table_of[at] = around;
        if let Some((_, table)) = tables.get_mut(around) {
            match node.name {
                "" => table.letters += lengths(at),
                "tr" => table.rows += 1,
                "td" | "th" => table.cells += 1,
                "table" | "blockquote" | "pre" | "ul" | "ol" | "h1" | "h2" | "h3" | "figure" => {
                    table.holds_blocks = true
                }
                _ => {}
            }
        }
        if node.name == "table" {
            table_of[at] = tables.len();
            tables.push((at, Table::default()));
        }
    }
    let mut found = vec![false; nodes.len()];
    tables.iter().for_each(|(at, table)| found[*at] = table.has_columns());
    found
}

impl Table {
    fn has_columns(self) -> bool {
        /// Of a cell, on average; what is longer is prose.
        const LONG: usize = 80;
        let Table { rows, cells, letters, holds_blocks } = self;
        rows >= 2 && cells >= 2 * rows - rows / 2 && !holds_blocks && letters <= cells * LONG
    }
}
