//! Themes: every style of the screen by its name, from `config/themes/*.toml` and the user's files.

use std::ops::Index;

use ratatui::style::{Color, Modifier, Style};
use toml_edit::{Document, Item, TableLike};

use super::base16::{self, Scheme};
use super::color::{Depth, degrade, softened};
use crate::annotation;
use crate::app::Problem;
use crate::text::nearest;

pub const DARK: &str = include_str!("../../config/themes/dark.toml");
pub const LIGHT: &str = include_str!("../../config/themes/light.toml");
pub const HIGH_CONTRAST: &str = include_str!("../../config/themes/high-contrast.toml");
const BASE16: &str = include_str!("../../config/themes/base16.toml");

/// The program's own themes by their names.
pub const OWN: &[(&str, &str)] = &[("dark", DARK), ("light", LIGHT), ("high-contrast", HIGH_CONTRAST)];

/// Declares the slots with the names they have in the files.
macro_rules! slots {
    ($($slot:ident $name:literal)*) => {
        /// A part of the screen that has a style of its own.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Slot { $($slot),* }

        impl Slot {
            pub const ALL: &[Slot] = &[$(Slot::$slot),*];

            /// Returns the name that a theme file calls it by.
            pub fn name(self) -> &'static str {
                match self { $(Slot::$slot => $name),* }
            }
        }
    };
}

slots! {
    Page "page"
    Text "text" Dim "dim" Strong "strong" Emphasis "emphasis" Code "code" Link "link" Strikethrough "strikethrough"
    Heading "heading" Quotation "quotation" Credit "credit" Preformatted "preformatted" Bullet "bullet"
    Number "number" Mark "mark" Mention "mention" Spotlight "spotlight"
    Party1 "party.1" Party2 "party.2" Party3 "party.3" Party4 "party.4"
    Party5 "party.5" Party6 "party.6" Party7 "party.7" Party8 "party.8"
    Source "source" Cue "cue" Content "content"
    Yellow "highlight.yellow" Green "highlight.green" Blue "highlight.blue" Red "highlight.red" Purple "highlight.purple"
    Match "match.any" Current "match.current" Selection "selection"
    Header "header" Title "title" Status "status" Key "key" Pending "pending" Warning "warning" Good "good"
    Border "border" Tab "tab.other" OpenTab "tab.open" Line "line.focused" WeakLine "line.unfocused"
    Act "act" Met "outcome.met" Refused "outcome.refused" Waiting "outcome.waiting" Rejected "rejected"
    Popup "popup.body" PopupTitle "popup.title" Choice "popup.choice"
}

/// The styles of all slots.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    styles: Vec<Style>,
    /// What a slot is told by where there are no colours.
    plain: Vec<Modifier>,
    /// The names of each party in the text: its colour, halfway to the letters around them.
    names: Vec<Style>,
}

impl Index<Slot> for Theme {
    type Output = Style;

    fn index(&self, slot: Slot) -> &Style {
        &self.styles[slot as usize]
    }
}

impl Default for Theme {
    fn default() -> Theme {
        Theme::dark()
    }
}

impl Theme {
    pub fn dark() -> Theme {
        Theme::empty().with("dark.toml", DARK, None).0
    }

    pub fn light() -> Theme {
        Theme::empty().with("light.toml", LIGHT, None).0
    }

    /// Returns a theme of the program's own, `None` when there is none of that name.
    pub fn own(name: &str) -> Option<Theme> {
        let (_, toml) = OWN.iter().find(|(own, _)| *own == name)?;
        Some(Theme::empty().with(name, toml, None).0)
    }

    /// Returns the theme of a file. What it does not name is as in `dark`, or as in the theme that `base` names, or as
    /// the colours of a base16 scheme make it; what cannot be used is left out and reported.
    pub fn named(name: &str, toml: &str) -> (Theme, Vec<Problem>) {
        let Ok(document) = Document::parse(toml) else { return Theme::dark().with(name, toml, None) };
        match Scheme::read(name, &document) {
            Some(Ok(scheme)) => Theme::of_scheme(scheme).with(name, toml, Some(scheme)),
            Some(Err(problem)) => (Theme::dark(), vec![problem]),
            None => {
                let base = document.get("base").and_then(Item::as_str).and_then(Theme::own);
                base.unwrap_or_default().with(name, toml, None)
            }
        }
    }

    fn of_scheme(scheme: Scheme) -> Theme {
        Theme::empty().with("base16.toml", BASE16, Some(scheme)).0
    }

    fn empty() -> Theme {
        let slots = Slot::ALL.len();
        Theme { styles: vec![Style::new(); slots], plain: vec![Modifier::empty(); slots], names: Vec::new() }
    }

    fn with(mut self, file: &str, toml: &str, scheme: Option<Scheme>) -> (Theme, Vec<Problem>) {
        let document = match Document::parse(toml) {
            Ok(document) => document,
            Err(error) => return (self, vec![Problem::syntax(file, toml, &error)]),
        };
        let mut reader = Reader { theme: &mut self, file, toml, scheme, problems: Vec::new() };
        reader.read_table(document.as_table(), "");
        let problems = reader.problems;
        let letters = self[Slot::Page].fg;
        self.names = PARTIES.iter().map(|&party| softened(self[party], letters)).collect();
        (self, problems)
    }

    /// Returns the theme with the colours that a terminal has. Without colours the modifiers tell everything apart.
    pub fn adapt(mut self, depth: Depth) -> Theme {
        for (style, plain) in self.styles.iter_mut().zip(&self.plain) {
            *style = degrade(*style, *plain, depth);
        }
        for style in &mut self.names {
            *style = degrade(*style, Modifier::empty(), depth);
        }
        self
    }

    /// Returns the style of a party by its place among them; the eighth and all after share one.
    pub fn party(&self, rank: usize) -> Style {
        self[PARTIES[rank.min(PARTIES.len() - 1)]]
    }

    /// Returns the style of a party's names in the text: quieter than its bar, for they are many.
    pub fn party_name(&self, rank: usize) -> Style {
        self.names.get(rank.min(PARTIES.len() - 1)).copied().unwrap_or_default()
    }

    /// Returns the style of a highlight.
    pub fn highlight(&self, color: annotation::Color) -> Style {
        self[match color {
            annotation::Color::Yellow => Slot::Yellow,
            annotation::Color::Green => Slot::Green,
            annotation::Color::Blue => Slot::Blue,
            annotation::Color::Red => Slot::Red,
            annotation::Color::Purple => Slot::Purple,
        }]
    }
}

const PARTIES: [Slot; 8] =
    [Slot::Party1, Slot::Party2, Slot::Party3, Slot::Party4, Slot::Party5, Slot::Party6, Slot::Party7, Slot::Party8];

/// A theme file being read.
struct Reader<'a> {
    theme: &'a mut Theme,
    file: &'a str,
    toml: &'a str,
    /// The colours that the file may call by their numbers.
    scheme: Option<Scheme>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Reads the styles of a table; `party.1` may stand as it is or in a table `[party]`.
    fn read_table(&mut self, table: &dyn TableLike, group: &str) {
        for (key, item) in table.iter() {
            let name = if group.is_empty() { key.to_owned() } else { format!("{group}.{key}") };
            let line = self.line_of(table, key);
            let slot = Slot::ALL.iter().copied().find(|slot| slot.name() == name);
            match (slot, item.as_table_like()) {
                _ if name == "base" => {}
                _ if self.scheme.is_some() && group.is_empty() && base16::is_key(&name) => {}
                (Some(slot), Some(style)) => self.read_style(slot, style, line),
                (Some(_), None) => self.report(line, format!("'{name}' cannot be this"), STYLE_HINT),
                (None, Some(group)) if is_group(&name) => self.read_table(group, &name),
                (None, _) => {
                    let near = nearest(&name, Slot::ALL.iter().map(|slot| slot.name()));
                    let hint = near.map_or("config/themes/dark.toml names all".to_owned(), |near| {
                        format!("did you mean '{near}'?")
                    });
                    self.report(line, format!("unknown style '{name}'"), &hint);
                }
            }
        }
    }

    fn read_style(&mut self, slot: Slot, table: &dyn TableLike, line: usize) {
        let mut style = Style::new();
        for (key, item) in table.iter() {
            let read = match key {
                "fg" => self.color(item).map(|color| style = style.fg(color)).ok_or(COLOR_HINT),
                "bg" => self.color(item).map(|color| style = style.bg(color)).ok_or(COLOR_HINT),
                "modifiers" => {
                    modifiers(item).map(|modifiers| style = style.add_modifier(modifiers)).ok_or(MODIFIER_HINT)
                }
                "plain" => {
                    modifiers(item).map(|modifiers| self.theme.plain[slot as usize] = modifiers).ok_or(MODIFIER_HINT)
                }
                _ => Err(STYLE_HINT),
            };
            if let Err(hint) = read {
                self.report(line, format!("'{key}' of '{}' cannot be this", slot.name()), hint);
            }
        }
        self.theme.styles[slot as usize] = style;
    }

    fn color(&self, item: &Item) -> Option<Color> {
        if let Some(index) = item.as_integer() {
            return u8::try_from(index).ok().map(Color::Indexed);
        }
        let words = item.as_str()?;
        self.scheme.and_then(|scheme| scheme.color(words)).or_else(|| words.parse().ok())
    }

    fn report(&mut self, line: usize, text: String, hint: &str) {
        self.problems.push(Problem::new(self.file, line, text, hint.to_owned()));
    }

    fn line_of(&self, table: &dyn TableLike, key: &str) -> usize {
        let span = table.get_key_value(key).and_then(|(key, _)| key.span());
        span.map_or(1, |span| self.toml[..span.start].matches('\n').count() + 1)
    }
}

const STYLE_HINT: &str = "write { fg = \"…\", bg = \"…\", modifiers = [\"…\"], plain = [\"…\"] }, each where wanted";
const COLOR_HINT: &str = "write a name (\"light-blue\"), a number from 0 to 255, or \"#rrggbb\"";
const MODIFIER_HINT: &str = "write a list of bold, dim, italic, underline, reverse, strike";

fn is_group(name: &str) -> bool {
    Slot::ALL.iter().any(|slot| slot.name().split_once('.').is_some_and(|(group, _)| group == name))
}

fn modifiers(item: &Item) -> Option<Modifier> {
    let names = item.as_array()?.iter();
    names.map(|name| modifier(name.as_str()?)).collect::<Option<Vec<_>>>().map(|all| all.into_iter().collect())
}

fn modifier(name: &str) -> Option<Modifier> {
    Some(match name {
        "bold" => Modifier::BOLD,
        "dim" => Modifier::DIM,
        "italic" => Modifier::ITALIC,
        "underline" => Modifier::UNDERLINED,
        "reverse" => Modifier::REVERSED,
        "strike" => Modifier::CROSSED_OUT,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What lies beside each other in the article and must never look the same, in any terminal.
    const ARTICLE: &[Slot] = &[
        Slot::Text,
        Slot::Heading,
        Slot::Source,
        Slot::Cue,
        Slot::Content,
        Slot::Yellow,
        Slot::Match,
        Slot::Current,
        Slot::Selection,
        Slot::Spotlight,
    ];
    const FRAME: &[Slot] = &[Slot::Text, Slot::Line, Slot::WeakLine, Slot::Warning, Slot::Rejected, Slot::OpenTab];

    /// The program's own themes, and one of a scheme.
    fn themes() -> Vec<Theme> {
        let own = OWN.iter().filter_map(|(name, _)| Theme::own(name));
        own.chain([Theme::named("quay.toml", SCHEME).0]).collect()
    }

    const SCHEME: &str = "scheme = \"Quay\"\nbase00 = \"101418\"\nbase01 = \"1a2026\"\nbase02 = \"2a323a\"\n\
        base03 = \"5a6672\"\nbase04 = \"98a4b0\"\nbase05 = \"c8d0d8\"\nbase06 = \"e0e6ec\"\nbase07 = \"ffffff\"\n\
        base08 = \"e07070\"\nbase09 = \"e0a060\"\nbase0A = \"e0c860\"\nbase0B = \"80c880\"\nbase0C = \"70c8c8\"\n\
        base0D = \"70a8e8\"\nbase0E = \"c090e0\"\nbase0F = \"a07848\"\n";

    #[test]
    fn the_programs_own_themes_name_every_style() {
        let scheme = Scheme::read("quay.toml", &Document::parse(SCHEME).unwrap()).unwrap().ok();
        for &(file, toml) in OWN.iter().chain(&[("base16", BASE16)]) {
            let (_, problems) = Theme::empty().with(file, toml, scheme);
            assert_eq!(problems, []);
            for slot in Slot::ALL {
                let (group, rest) = slot.name().rsplit_once('.').unwrap_or(("", slot.name()));
                let section = toml.split("\n[").find(|s| if group.is_empty() { true } else { s.starts_with(group) });
                let named =
                    section.is_some_and(|s| s.lines().any(|l| l.split(" = ").next().is_some_and(|k| k.trim() == rest)));
                assert!(named, "{file} does not name '{}'", slot.name());
            }
        }
    }

    #[test]
    fn what_lies_side_by_side_is_told_apart_in_every_terminal() {
        for depth in [Depth::None, Depth::Sixteen, Depth::TwoFiftySix, Depth::True] {
            for theme in themes().into_iter().map(|theme| theme.adapt(depth)) {
                for slots in [ARTICLE, FRAME] {
                    for (i, a) in slots.iter().enumerate() {
                        for b in &slots[i + 1..] {
                            assert_ne!(theme[*a], theme[*b], "{a:?} and {b:?} at {depth:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn parties_and_highlights_have_colours_of_their_own() {
        for depth in [Depth::Sixteen, Depth::TwoFiftySix, Depth::True] {
            for theme in themes().into_iter().map(|theme| theme.adapt(depth)) {
                for a in 0..8 {
                    for b in a + 1..8 {
                        assert_ne!(theme.party(a), theme.party(b), "parties {a} and {b} at {depth:?}");
                    }
                }
                let colors = annotation::Color::ALL;
                for (i, a) in colors.iter().enumerate() {
                    for b in &colors[i + 1..] {
                        assert_ne!(theme.highlight(*a), theme.highlight(*b), "{a:?} and {b:?} at {depth:?}");
                    }
                }
            }
        }
    }

    #[test]
    fn without_colours_there_are_none() {
        for theme in themes().into_iter().map(|theme| theme.adapt(Depth::None)) {
            assert!(Slot::ALL.iter().all(|&slot| theme[slot].fg.is_none() && theme[slot].bg.is_none()));
        }
    }

    #[test]
    fn high_contrast_is_what_it_says() {
        let theme = Theme::own("high-contrast").unwrap();
        let page = theme[Slot::Page];
        for &slot in Slot::ALL {
            let (fg, bg) = (theme[slot].fg.or(page.fg), theme[slot].bg.or(page.bg));
            assert!(contrast(fg, bg) >= 7.0, "{}: {}", slot.name(), contrast(fg, bg));
        }
        for rank in 0..8 {
            for style in [theme.party(rank), theme.party_name(rank)] {
                assert!(contrast(style.fg, theme[Slot::Content].bg) >= 4.5, "party {rank} in what is said");
            }
        }
    }

    /// Returns how far two colours are apart in brightness, from 1 to 21, as the guidelines for web content count it.
    fn contrast(fg: Option<Color>, bg: Option<Color>) -> f64 {
        let luminance = |color: Option<Color>| {
            let Some(Color::Rgb(r, g, b)) = color else { panic!("{color:?} has no known brightness") };
            let part = |value: u8| match f64::from(value) / 255.0 {
                low if low <= 0.03928 => low / 12.92,
                value => ((value + 0.055) / 1.055).powf(2.4),
            };
            0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
        };
        let (a, b) = (luminance(fg), luminance(bg));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn a_scheme_gives_its_colours_and_the_file_may_change_what_they_are_for() {
        let toml = format!("{SCHEME}cue = {{ fg = \"base0E\" }}\nnumber.fg = \"base08 50%\"\n");
        let (theme, problems) = Theme::named("quay.toml", &toml);
        assert_eq!(problems, []);
        assert_eq!(theme[Slot::Page].bg, Some(Color::Rgb(0x10, 0x14, 0x18)));
        assert_eq!(theme.party(0).fg, Some(Color::Rgb(0x70, 0xA8, 0xE8)));
        assert_eq!(theme[Slot::Cue].fg, Some(Color::Rgb(0xC0, 0x90, 0xE0)));
        assert_eq!(theme[Slot::Number].fg, Some(Color::Rgb(0x78, 0x42, 0x44)));
        check(
            "base00 = \"101418\"",
            "mine.toml:1: 'base01' is no colour",
            "a base16 scheme names base00 to base0F, each as \"rrggbb\"",
        );
        check("cue.fg = \"base0E\"", "mine.toml:1: 'fg' of 'cue' cannot be this", COLOR_HINT);
    }

    #[track_caller]
    fn check(toml: &str, message: &str, hint: &str) {
        let (_, problems) = Theme::named("mine.toml", toml);
        let told: Vec<_> = problems.iter().map(|problem| (problem.to_string(), problem.hint.as_str())).collect();
        assert_eq!(told, [(message.to_owned(), hint)]);
    }

    #[test]
    fn wrong_lines_are_named() {
        check("\nsorce = { fg = 3 }", "mine.toml:2: unknown style 'sorce'", "did you mean 'source'?");
        check("text = { fg = \"mauve\" }", "mine.toml:1: 'fg' of 'text' cannot be this", COLOR_HINT);
        check("cue = { modifiers = [\"big\"] }", "mine.toml:1: 'modifiers' of 'cue' cannot be this", MODIFIER_HINT);
        check("text = 3", "mine.toml:1: 'text' cannot be this", STYLE_HINT);
        check("[party]\n9 = { fg = 1 }", "mine.toml:2: unknown style 'party.9'", "did you mean 'party.1'?");
    }

    #[test]
    fn what_a_file_names_is_taken_and_the_rest_stays() {
        let (theme, problems) =
            Theme::named("mine.toml", "base = \"light\"\nparty.1 = { fg = \"#0000ff\" }\ncue.fg = 9");
        assert_eq!(problems, []);
        assert_eq!(theme.party(0).fg, Some(Color::Rgb(0, 0, 255)));
        assert_eq!(theme[Slot::Cue].fg, Some(Color::Indexed(9)));
        assert_eq!(theme[Slot::Source], Theme::light()[Slot::Source]);
    }
}
