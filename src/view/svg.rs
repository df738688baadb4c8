//! A frame as a picture: the cells of a buffer as SVG, for the README and for looking at a screen without a terminal.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::color::rgb_of;
use super::theme::{Slot, Theme};

/// Pixels of a cell, and of the air around the screen.
const WIDTH: f32 = 8.4;
const HEIGHT: u16 = 18;
const AIR: u16 = 12;
/// Where letters stand in their cell.
const BASELINE: u16 = 13;

/// Returns the picture of a frame; the theme says what the terminal's own colours would be.
pub fn svg(buffer: &Buffer, cursor: Option<(u16, u16)>, theme: &Theme) -> String {
    let area = buffer.area;
    let page = theme[Slot::Page];
    let (ink, paper) =
        (hex(page.fg.unwrap_or(Color::Gray), "#d0d0d0"), hex(page.bg.unwrap_or(Color::Black), "#101010"));
    let (width, height) = (px(area.width) + f32::from(2 * AIR), area.height * HEIGHT + 2 * AIR);
    let mut out = String::new();
    let fonts = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace";
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.1} {height}\" font-family=\"{fonts}\" font-size=\"14\" xml:space=\"preserve\">"
    );
    let _ = writeln!(out, "<rect width=\"100%\" height=\"100%\" rx=\"6\" fill=\"{paper}\"/>");
    for y in 0..area.height {
        let row: Vec<&Cell> = (0..area.width).map(|x| &buffer[(area.x + x, area.y + y)]).collect();
        draw_row(&row, y, (&ink, &paper), &mut out);
    }
    if let Some((x, y)) = cursor {
        let (x, y) = (px(x - area.x) + f32::from(AIR), (y - area.y) * HEIGHT + AIR);
        let _ = writeln!(out, "<rect x=\"{x:.1}\" y=\"{y}\" width=\"2\" height=\"{HEIGHT}\" fill=\"{ink}\"/>");
    }
    out.push_str("</svg>\n");
    out
}

fn px(columns: u16) -> f32 {
    f32::from(columns) * WIDTH
}

/// A row as runs of cells that look the same: their ground, then their letters.
fn draw_row(row: &[&Cell], y: u16, colours: (&str, &str), out: &mut String) {
    let mut x = 0;
    while x < row.len() {
        let first = row[x];
        let wide = first.symbol().width() > 1;
        let alike = |cell: &&&Cell| cell.style() == first.style() && cell.symbol().width() == 1;
        let len = if wide { first.symbol().width() } else { row[x..].iter().take_while(alike).count().max(1) };
        let text: String =
            if wide { first.symbol().to_owned() } else { row[x..x + len].iter().map(|c| c.symbol()).collect() };
        draw_run(&text, first, (x as u16, y, len as u16), colours, out);
        x += len;
    }
}

fn draw_run(text: &str, cell: &Cell, (x, y, columns): (u16, u16, u16), (ink, paper): (&str, &str), out: &mut String) {
    let (mut fg, mut bg) = (hex(cell.fg, ink), hex(cell.bg, paper));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut fg, &mut bg);
    }
    let (left, top) = (px(x) + f32::from(AIR), y * HEIGHT + AIR);
    if bg != paper {
        let _ = writeln!(
            out,
            "<rect x=\"{left:.1}\" y=\"{top}\" width=\"{:.1}\" height=\"{HEIGHT}\" fill=\"{bg}\"/>",
            px(columns)
        );
    }
    let bare = text.trim_end();
    let underlined = cell.modifier.intersects(Modifier::UNDERLINED | Modifier::CROSSED_OUT);
    let shown = if underlined { text } else { bare };
    if shown.trim().is_empty() && !underlined {
        return;
    }
    // The length is said so that the columns stay in line whatever font is found.
    let length = px(u16::try_from(shown.width()).unwrap_or(columns));
    let _ = writeln!(
        out,
        "<text x=\"{left:.1}\" y=\"{}\" textLength=\"{length:.1}\" fill=\"{fg}\"{}>{}</text>",
        top + BASELINE,
        look(cell.modifier),
        escape(shown)
    );
}

fn look(modifier: Modifier) -> String {
    let mut look = String::new();
    for (flag, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::DIM, " opacity=\"0.6\""),
    ] {
        if modifier.contains(flag) {
            look.push_str(attribute);
        }
    }
    let lines = [(Modifier::UNDERLINED, "underline"), (Modifier::CROSSED_OUT, "line-through")];
    let lines: Vec<&str> = lines.iter().filter(|(flag, _)| modifier.contains(*flag)).map(|(_, line)| *line).collect();
    if !lines.is_empty() {
        let _ = write!(look, " text-decoration=\"{}\"", lines.join(" "));
    }
    look
}

fn escape(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    // Spaces at the ends and runs of them would be one.
    text.replace(' ', "\u{a0}")
}

/// Returns a colour as SVG has it; the terminal's own colours as most terminals show them.
fn hex(color: Color, own: &str) -> String {
    let name = match color {
        Color::Rgb(r, g, b) => return format!("#{r:02x}{g:02x}{b:02x}"),
        Color::Red => "#c0392b",
        Color::Green => "#3f9b3f",
        Color::Yellow => "#b58900",
        Color::Blue => "#3070c0",
        Color::Magenta => "#9b4f9b",
        Color::Cyan => "#2a9d9d",
        Color::Black => "#000000",
        Color::Gray => "#c0c0c0",
        Color::DarkGray => "#707070",
        Color::LightRed => "#ef8a80",
        Color::LightGreen => "#8fca7c",
        Color::LightYellow => "#e3c567",
        Color::LightBlue => "#7fb4f0",
        Color::LightMagenta => "#c79bf0",
        Color::LightCyan => "#67cfd0",
        Color::White => "#ffffff",
        Color::Indexed(index) => {
            let (r, g, b) = rgb_of(index);
            return format!("#{r:02x}{g:02x}{b:02x}");
        }
        Color::Reset => own,
    };
    name.to_owned()
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    #[test]
    fn text_is_escaped_and_styles_are_kept() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 9, 1));
        let style = Style::new().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::BOLD);
        buffer.set_string(0, 0, "<a&b> 日", style);
        let picture = svg(&buffer, Some((0, 0)), &Theme::dark());
        assert!(picture.contains("fill=\"#010203\" font-weight=\"bold\">&lt;a&amp;b&gt;</text>"), "{picture}");
        assert!(picture.contains("textLength=\"16.8\" fill=\"#010203\" font-weight=\"bold\">日</text>"), "{picture}");
    }
}
