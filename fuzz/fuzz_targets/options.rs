//! Any text as the reader's options, keys and theme: no panic, and every problem names a line of the file.
#![no_main]

use demarche::app::{Config, Keymap};
use demarche::view::Theme;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let lines = text.matches('\n').count() + 1;
    let (_, options) = Config::default().with("config.toml", text);
    let (_, keys) = Keymap::default().with("keys.toml", text);
    let (_, colours) = Theme::named("theme.toml", text);
    for problem in options.iter().chain(&keys).chain(&colours) {
        assert!((1..=lines).contains(&problem.line), "{problem}");
    }
});
