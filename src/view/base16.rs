//! Base16 schemes: sixteen colours by their numbers, as many programs share them. `config/themes/base16.toml` says which
//! part of the screen has which.

use ratatui::style::Color;
use toml_edit::{Document, Item};

use crate::app::Problem;

/// The colours of a scheme, `base00` to `base0F`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scheme([(u8, u8, u8); 16]);

/// What a scheme says besides its colours; base24 has more of them.
const ABOUT: &[&str] = &["system", "scheme", "name", "slug", "author", "variant", "description", "palette"];

impl Scheme {
    /// Reads the scheme of a theme file: its keys, or those of its table `palette`. `None` when the file names no colour
    /// of a scheme; a problem when it does not name all.
    pub fn read<S: AsRef<str>>(file: &str, document: &Document<S>) -> Option<Result<Scheme, Problem>> {
        let table = document.as_table();
        let palette = table.get("palette").and_then(Item::as_table_like);
        let find = |name: &str| table.get(name).or_else(|| palette?.get(name));
        if !(0..16).any(|number| find(&name_of(number)).is_some()) {
            return None;
        }
        let mut colors = [(0, 0, 0); 16];
        for (number, color) in colors.iter_mut().enumerate() {
            let name = name_of(number);
            match find(&name).and_then(Item::as_str).and_then(parse) {
                Some(found) => *color = found,
                None => {
                    let hint = "a base16 scheme names base00 to base0F, each as \"rrggbb\"".to_owned();
                    return Some(Err(Problem::new(file, 1, format!("'{name}' is no colour"), hint)));
                }
            }
        }
        Some(Ok(Scheme(colors)))
    }

    /// Returns the colour that words such as `base0A` or `base0A 30%` name.
    pub fn color(self, words: &str) -> Option<Color> {
        let (name, share) = words.split_once(' ').unwrap_or((words, "100%"));
        let number = (0..16).find(|&number| name_of(number) == name)?;
        let share: u16 = share.strip_suffix('%')?.parse().ok().filter(|&share| share <= 100)?;
        let mixed = |over: u8, ground: u8| {
            let sum = u16::from(over) * share + u16::from(ground) * (100 - share);
            u8::try_from(sum / 100).unwrap_or(over)
        };
        let ((r, g, b), (x, y, z)) = (self.0[number], self.0[0]);
        Some(Color::Rgb(mixed(r, x), mixed(g, y), mixed(b, z)))
    }
}

/// Returns whether a key of a file belongs to a scheme and is no style.
pub fn is_key(key: &str) -> bool {
    ABOUT.contains(&key) || key.strip_prefix("base").is_some_and(|number| number.len() == 2)
}

/// Returns the lines of a scheme written in YAML as TOML, each in its place; what is no colour is left out.
pub fn toml_of_yaml(yaml: &str) -> String {
    let lines = yaml.lines().map(|line| {
        let (key, value) = line.split_once(':').unwrap_or_default();
        let value = value.trim().trim_start_matches(['"', '\'', '#']);
        let digits = value.find(|c: char| !c.is_ascii_alphanumeric()).map_or(value, |end| &value[..end]);
        match key.trim() {
            key if is_key(key) && !ABOUT.contains(&key) => format!("{key} = \"{digits}\""),
            _ => String::new(),
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn name_of(number: usize) -> String {
    format!("base{number:02X}")
}

fn parse(hex: &str) -> Option<(u8, u8, u8)> {
    let hex = hex.strip_prefix('#').unwrap_or(hex);
    let digits = hex.len() == 6 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
    let value = u32::from_str_radix(hex, 16).ok().filter(|_| digits)?;
    let [_, r, g, b] = value.to_be_bytes();
    Some((r, g, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: &str = "system: \"base16\"\nname: 'Quay'\npalette:\n  base00: \"#101418\" # ground\n  base01: '1a2026'\n  \
        base02: 2A323A\n  base03: \"5a6672\"\n  base04: \"98a4b0\"\n  base05: \"c8d0d8\"\n  base06: \"e0e6ec\"\n  base07: \"ffffff\"\n  \
        base08: \"e07070\"\n  base09: \"e0a060\"\n  base0A: \"e0c860\"\n  base0B: \"80c880\"\n  base0C: \"70c8c8\"\n  \
        base0D: \"70a8e8\"\n  base0E: \"c090e0\"\n  base0F: \"a07848\"\n";

    fn read(toml: &str) -> Option<Result<Scheme, Problem>> {
        Scheme::read("quay.yaml", &Document::parse(toml).unwrap())
    }

    #[test]
    fn a_scheme_is_read_from_yaml_and_toml() {
        let scheme = read(&toml_of_yaml(YAML)).unwrap().unwrap();
        assert_eq!(scheme.color("base00"), Some(Color::Rgb(0x10, 0x14, 0x18)));
        assert_eq!(scheme.color("base0A"), Some(Color::Rgb(0xE0, 0xC8, 0x60)));
        assert_eq!(scheme.color("base07 0%"), scheme.color("base00"));
        assert_eq!(scheme.color("base07 50%"), Some(Color::Rgb(0x87, 0x89, 0x8B)));
        for other in ["base10", "base0", "red", "base0A 30", "base0A 101%", ""] {
            assert_eq!(scheme.color(other), None, "{other}");
        }
        let table = toml_of_yaml(YAML).trim_start().to_owned();
        assert_eq!(read(&format!("name = \"Quay\"\n[palette]\n{table}")), Some(Ok(scheme)));
    }

    #[test]
    fn what_is_no_scheme_or_no_whole_one_is_none() {
        assert_eq!(read("base = \"light\"\ntext = {}"), None);
        for (toml, name) in [("base00 = \"#101418\"", "base01"), ("base00 = \"é\"", "base00"), ("base05 = 7", "base00")]
        {
            let problem = read(toml).unwrap().unwrap_err();
            assert_eq!(problem.text, format!("'{name}' is no colour"));
        }
    }
}
