//! A line or a page to type in: the text area of a library, fed with our keys.

use ratatui_textarea::{CursorMove, Input, TextArea, WrapMode};

use super::{Code, Key};

/// One line to type in.
#[derive(Debug)]
pub struct Prompt {
    pub area: TextArea<'static>,
}

impl Prompt {
    pub fn new(text: &str) -> Prompt {
        let mut area = TextArea::new(vec![text.replace(['\n', '\r'], " ")]);
        area.move_cursor(CursorMove::End);
        Prompt { area }
    }

    pub fn text(&self) -> &str {
        self.area.lines().first().map_or("", String::as_str)
    }

    /// Types a key; returns whether the text changed.
    pub fn type_key(&mut self, key: Key) -> bool {
        match key.code {
            Code::Enter | Code::Esc | Code::Tab | Code::Up | Code::Down => false,
            Code::Char('m' | 'j') if key.ctrl => false,
            _ => self.area.input(input(key)),
        }
    }

    pub fn insert(&mut self, text: &str) {
        self.area.insert_str(text.replace(['\n', '\r'], " "));
    }
}

/// Returns a page to type in, filled with a text, the cursor at its end.
pub fn page(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::Word);
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// Returns what a page holds, without white space at its ends.
pub fn page_text(area: &TextArea<'static>) -> String {
    area.lines().join("\n").trim().to_owned()
}

/// Our key as the text area takes it.
pub fn input(key: Key) -> Input {
    use ratatui_textarea::Key as Their;
    let code = match key.code {
        Code::Char(c) => Their::Char(c),
        Code::Enter => Their::Enter,
        Code::Esc => Their::Esc,
        Code::Tab => Their::Tab,
        Code::Backspace => Their::Backspace,
        Code::Delete => Their::Delete,
        Code::Insert => Their::Null,
        Code::Up => Their::Up,
        Code::Down => Their::Down,
        Code::Left => Their::Left,
        Code::Right => Their::Right,
        Code::Home => Their::Home,
        Code::End => Their::End,
        Code::PageUp => Their::PageUp,
        Code::PageDown => Their::PageDown,
        Code::Function(n) => Their::F(n),
    };
    Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: key.shift }
}
