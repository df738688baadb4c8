//! Where the panes stand on a screen of some size. A pure function, so scrolling can be decided before drawing.

/// Columns and rows of the terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// A stretch of the screen, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    pub fn contains(self, x: u16, y: u16) -> bool {
        (self.x..self.x + self.width).contains(&x) && (self.y..self.y + self.height).contains(&y)
    }
}

/// Below this many columns the sidebar is a page of its own.
pub const TWO_PANES: u16 = 90;
/// Below this many columns or rows the article stands alone, without header and status line.
pub const ALONE: Size = Size { columns: 40, rows: 10 };
/// The rows of the sidebar's heading.
pub const HEADING: u16 = 2;
/// The columns before the text: three for the paragraph's number, one for the mark of a note, one for the bar of who
/// speaks, with air on either side.
pub const MARGIN: u16 = 7;
/// The columns beyond margin and measure that the article may have.
pub const AIR: u16 = 8;
/// The sidebar's share of the screen, in percent, is in this range.
pub const SIDEBAR: std::ops::RangeInclusive<u16> = 20..=70;

/// The panes of a screen; an area without width is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    pub header: Area,
    /// The article with its margin.
    pub article: Area,
    /// Where the rows of the article stand: at most the measure wide, centred.
    pub text: Area,
    pub divider: Area,
    pub sidebar: Area,
    /// The lines of the sidebar, below its two rows of heading.
    pub list: Area,
    pub status: Area,
}

/// What decides over the panes besides the size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arrangement {
    /// The pane that has the keyboard stands alone.
    pub focus_mode: bool,
    /// The sidebar has the keyboard: on a narrow screen it is the page shown.
    pub in_sidebar: bool,
    /// The widest the text may be set, in columns.
    pub measure: u16,
    /// The sidebar's share of a wide screen, in percent.
    pub sidebar_percent: u16,
}

/// Returns the panes of a screen.
pub fn panes(size: Size, arrangement: Arrangement) -> Panes {
    let mut panes = split(size, arrangement);
    let Area { x, y, width, height } = panes.sidebar;
    let heading = HEADING.min(height);
    panes.list = Area { x, y: y + heading, width, height: height - heading };
    panes
}

/// Returns whether a screen has room for the article only.
pub fn too_small(size: Size) -> bool {
    size.columns < ALONE.columns || size.rows < ALONE.rows
}

fn split(size: Size, arrangement: Arrangement) -> Panes {
    let Size { columns, rows } = size;
    if too_small(size) {
        let article = Area { x: 0, y: 0, width: columns, height: rows };
        return Panes { article, text: set(article, arrangement.measure), ..Panes::default() };
    }
    let header = Area { x: 0, y: 0, width: columns, height: 1 };
    let status = Area { x: 0, y: rows - 1, width: columns, height: 1 };
    let body = Area { x: 0, y: 1, width: columns, height: rows - 2 };
    let bare = Panes { header, status, ..Panes::default() };
    if columns < TWO_PANES || arrangement.focus_mode {
        return match arrangement.in_sidebar {
            true => Panes { sidebar: body, ..bare },
            false => Panes { article: body, text: set(body, arrangement.measure), ..bare },
        };
    }
    let percent = u32::from(arrangement.sidebar_percent.clamp(*SIDEBAR.start(), *SIDEBAR.end()));
    let width = u16::try_from(u32::from(columns) * percent / 100).unwrap_or(columns);
    // The article never needs more than its measure and a little air; what is left goes to the sidebar.
    let width = width.max(columns.saturating_sub(arrangement.measure + MARGIN + AIR)).min(columns - ALONE.columns);
    let article = Area { width: columns - width - 1, ..body };
    let divider = Area { x: article.width, width: 1, ..body };
    let sidebar = Area { x: article.width + 1, width, ..body };
    Panes { article, text: set(article, arrangement.measure), divider, sidebar, ..bare }
}

/// Sets the text in its pane: the margin, then at most the measure, centred.
fn set(article: Area, measure: u16) -> Area {
    let margin = if article.width > 2 * MARGIN { MARGIN } else { 0 };
    let room = article.width.saturating_sub(margin + 1).max(1);
    let width = room.min(measure.max(1));
    let x = article.x + margin + (room - width) / 2;
    Area { x, y: article.y, width: width.min(article.width), height: article.height }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn arrangement() -> impl Strategy<Value = Arrangement> {
        (any::<bool>(), any::<bool>(), 1u16..200, 0u16..200).prop_map(
            |(focus_mode, in_sidebar, measure, sidebar_percent)| Arrangement {
                focus_mode,
                in_sidebar,
                measure,
                sidebar_percent,
            },
        )
    }

    proptest! {
        #[test]
        fn panes_stay_on_the_screen_and_apart(columns in 0u16..600, rows in 0u16..300, arrangement in arrangement()) {
            let panes = panes(Size { columns, rows }, arrangement);
            let shown = [panes.header, panes.article, panes.divider, panes.sidebar, panes.status];
            for area in shown.iter().chain([&panes.text]) {
                prop_assert!(area.x + area.width <= columns && area.y + area.height <= rows, "{area:?}");
            }
            for (i, a) in shown.iter().enumerate() {
                for b in &shown[i + 1..] {
                    let apart = a.x + a.width <= b.x || b.x + b.width <= a.x
                        || a.y + a.height <= b.y || b.y + b.height <= a.y;
                    prop_assert!(apart || a.width == 0 || b.width == 0, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn a_narrow_screen_shows_one_page() {
        let arrangement = Arrangement { focus_mode: false, in_sidebar: true, measure: 66, sidebar_percent: 45 };
        let narrow = panes(Size { columns: 80, rows: 24 }, arrangement);
        assert_eq!((narrow.article.width, narrow.sidebar.width), (0, 80));
        let tiny = panes(Size { columns: 1, rows: 1 }, arrangement);
        assert_eq!((tiny.article.width, tiny.text.width, tiny.status.height), (1, 1, 0));
    }
}
