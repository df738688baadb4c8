//! `demarche manual`: the manual page, with every command and key of the reader.

use clap::Args;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::output;
use crate::app::command::Group;
use crate::app::{Keymap, TABLE};
use crate::shell::failure::{Failure, Result, reason};
use crate::view::linear;

/// Print the manual page: demarche manual | man -l -
#[derive(Debug, Args)]
pub struct Arguments {}

pub fn run(_: &Arguments) -> Result<u8> {
    let page = page().map_err(|error| Failure::new(format!("cannot write the manual: {}", reason(&error)), ""))?;
    output::print(&String::from_utf8_lossy(&page))?;
    Ok(0)
}

fn page() -> std::io::Result<Vec<u8>> {
    let command = super::command();
    let mut page = Vec::new();
    let man = Man::new(command.clone());
    man.render_title(&mut page)?;
    man.render_name_section(&mut page)?;
    man.render_synopsis_section(&mut page)?;
    man.render_description_section(&mut page)?;
    man.render_options_section(&mut page)?;
    man.render_subcommands_section(&mut page)?;
    for subcommand in command.get_subcommands() {
        let heading = format!("demarche {}", subcommand.get_name()).to_uppercase();
        Roff::new().control("SH", [heading.as_str()]).to_writer(&mut page)?;
        let about = subcommand.get_about().map(ToString::to_string).unwrap_or_default();
        Roff::new().text([roman(about)]).to_writer(&mut page)?;
        Man::new(subcommand.clone()).render_options_section(&mut page)?;
    }
    keys().to_writer(&mut page)?;
    lines().to_writer(&mut page)?;
    Ok(page)
}

fn lines() -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["THE LINEAR MODE"]);
    for line in linear::HELP.lines() {
        roff.text([roman(line)]);
    }
    roff
}

fn keys() -> Roff {
    let keymap = Keymap::default();
    let mut roff = Roff::new();
    roff.control("SH", ["KEYS"]);
    roff.text([roman("A number before a key repeats it. keys.toml in the configuration directory binds others.")]);
    for group in Group::ALL {
        roff.control("SS", [group.title()]);
        for entry in TABLE.iter().filter(|entry| entry.group == *group) {
            roff.control("TP", []);
            roff.text([bold(keymap.keys_of(entry.command).join("  "))]);
            roff.text([roman(format!("{} ({})", entry.doc, entry.name))]);
        }
    }
    roff
}
