//! Colours on terminals that have fewer: each is replaced by the nearest one there is, or by nothing.

use ratatui::style::{Color, Modifier, Style};

/// How many colours a terminal has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// None, or none are wanted (`NO_COLOR`).
    None,
    Sixteen,
    TwoFiftySix,
    True,
}

/// Returns a style in the colours that there are.
pub fn degrade(style: Style, plain: Modifier, depth: Depth) -> Style {
    match depth {
        Depth::True => style,
        Depth::TwoFiftySix => Style { fg: style.fg.map(to_256), bg: style.bg.map(to_256), ..style },
        Depth::None => Style { fg: None, bg: None, underline_color: None, ..style }.add_modifier(plain),
        Depth::Sixteen => sixteen(style),
    }
}

/// Returns a style whose letters are halfway to those around them.
pub fn softened(style: Style, letters: Option<Color>) -> Style {
    match (style.fg, letters) {
        (Some(Color::Rgb(r, g, b)), Some(Color::Rgb(x, y, z))) => {
            let half = |a: u8, b: u8| a.midpoint(b);
            style.fg(Color::Rgb(half(r, x), half(g, y), half(b, z)))
        }
        _ => style,
    }
}

/// A grey background is the terminal's own, whatever its scheme; a coloured one gets a readable foreground.
fn sixteen(style: Style) -> Style {
    let bg = style.bg.map(to_16).filter(|color| !is_grey(*color));
    let fg = match bg {
        Some(Color::Blue | Color::Magenta | Color::Red) => Some(Color::White),
        Some(_) => Some(Color::Black),
        None => style.fg.map(to_16).and_then(ink),
    };
    let lost_its_ground = style.bg.is_some() && bg.is_none() && style.fg.is_none();
    let style = Style { fg, bg, ..style };
    if lost_its_ground { style.add_modifier(Modifier::UNDERLINED) } else { style }
}

/// Black and white are the terminal's own ink, whichever it is; what is greyer is the grey that shows on both.
fn ink(color: Color) -> Option<Color> {
    match color {
        Color::White | Color::Black => None,
        Color::Gray => Some(Color::DarkGray),
        color => Some(color),
    }
}

fn is_grey(color: Color) -> bool {
    matches!(color, Color::Black | Color::DarkGray | Color::Gray | Color::White)
}

/// Returns the entry of the 256-colour palette nearest to a colour; a hue stays one, though a grey may be nearer.
fn to_256(color: Color) -> Color {
    let Color::Rgb(r, g, b) = color else { return color };
    let distance = |&index: &u8| {
        let (x, y, z) = rgb_of(index);
        [(r, x), (g, y), (b, z)].into_iter().map(|(a, b)| i32::from(a).abs_diff(i32::from(b)).pow(2)).sum::<u32>()
    };
    let is_hue = spread((r, g, b)) >= HUE;
    // The first sixteen are whatever the user made them.
    let fitting = (16..=255).filter(|&index| !is_hue || spread(rgb_of(index)) >= HUE);
    fitting.min_by_key(distance).map_or(color, Color::Indexed)
}

/// A colour whose strongest and weakest part are nearer than this is taken for grey.
const HUE: u8 = 24;

fn spread((r, g, b): (u8, u8, u8)) -> u8 {
    r.max(g).max(b) - r.min(g).min(b)
}

/// Returns what the palette has at an index from 16 on: a cube of six steps a side, then greys.
pub fn rgb_of(index: u8) -> (u8, u8, u8) {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    match index {
        232.. => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
        _ => {
            let cube = usize::from(index.saturating_sub(16));
            (STEPS[cube / 36 % 6], STEPS[cube / 6 % 6], STEPS[cube % 6])
        }
    }
}

/// Returns one of the sixteen by hue, not by distance: a dark yellow ground is yellow, where the nearest is black.
fn to_16(color: Color) -> Color {
    let (r, g, b) = match color {
        Color::Rgb(r, g, b) => (r, g, b),
        Color::Indexed(index @ 16..) => rgb_of(index),
        _ => return color,
    };
    let (low, high) = (r.min(g).min(b), r.max(g).max(b));
    if high - low < HUE {
        return match high {
            0..64 => Color::Black,
            64..150 => Color::DarkGray,
            150..200 => Color::Gray,
            _ => Color::White,
        };
    }
    let spread = f32::from(high - low);
    let part = |a: u8, b: u8| (f32::from(a) - f32::from(b)) / spread * 60.0;
    let hue = match high {
        _ if high == r => part(g, b).rem_euclid(360.0),
        _ if high == g => part(b, r) + 120.0,
        _ => part(r, g) + 240.0,
    };
    let [bright, dark] = match hue as u32 {
        38..75 => [Color::LightYellow, Color::Yellow],
        75..165 => [Color::LightGreen, Color::Green],
        165..195 => [Color::LightCyan, Color::Cyan],
        195..255 => [Color::LightBlue, Color::Blue],
        255..335 => [Color::LightMagenta, Color::Magenta],
        _ => [Color::LightRed, Color::Red],
    };
    if high > 190 { bright } else { dark }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_256() {
        assert_eq!(to_256(Color::Rgb(0, 0, 0)), Color::Indexed(16));
        assert_eq!(to_256(Color::Rgb(255, 135, 0)), Color::Indexed(208));
        assert_eq!(to_256(Color::Rgb(40, 40, 41)), Color::Indexed(235));
        assert_eq!(to_256(Color::Indexed(3)), Color::Indexed(3));
    }

    #[test]
    fn one_of_sixteen_by_hue() {
        assert_eq!(to_16(Color::Rgb(77, 68, 25)), Color::Yellow);
        assert_eq!(to_16(Color::Rgb(130, 180, 250)), Color::LightBlue);
        assert_eq!(to_16(Color::Rgb(128, 128, 130)), Color::DarkGray);
        assert_eq!(to_16(Color::Indexed(196)), Color::LightRed);
        assert_eq!(to_16(Color::Cyan), Color::Cyan);
    }

    #[test]
    fn a_coloured_ground_has_a_readable_foreground() {
        let style = Style::new().fg(Color::Rgb(250, 250, 250)).bg(Color::Rgb(90, 80, 20));
        let got = degrade(style, Modifier::empty(), Depth::Sixteen);
        assert_eq!((got.fg, got.bg), (Some(Color::Black), Some(Color::Yellow)));
    }
}
