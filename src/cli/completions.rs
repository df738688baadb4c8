//! `demarche completions`: what a shell needs to complete command lines.

use clap::Args;
use clap_complete::Shell;

use super::output;
use crate::shell::Result;

/// Print completions for a shell
#[derive(Debug, Args)]
pub struct Arguments {
    /// The shell
    shell: Shell,
}

pub fn run(arguments: &Arguments) -> Result<u8> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::command(), "demarche", &mut script);
    output::print(&String::from_utf8_lossy(&script))?;
    Ok(0)
}
