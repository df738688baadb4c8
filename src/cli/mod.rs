//! The command line: arguments → run → exit code. One file a subcommand.

mod article;

mod completions;

mod config;

pub mod docs;

mod extract;

mod import;

mod manual;

mod notes;

mod output;

mod read;

mod text;

use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser, Subcommand};

use crate::shell::Result;

/// The exit code of a command line that makes no sense.
const USAGE: u8 = 2;

/// Read an article beside the actors it names and the positions they take
///
/// Without a command, FILE is shown on the whole screen: the article on one side, on the other who wants what, each
/// tied to the words it was read from. Notes are kept in a file of their own. `?` in the reader lists all keys.
#[derive(Debug, Parser)]
#[command(name = "demarche", version, args_conflicts_with_subcommands = true, max_term_width = 100)]
struct CommandLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    read: read::Arguments,
}

#[derive(Debug, Subcommand)]
enum Command {
    Extract(extract::Arguments),
    Notes(Box<notes::Arguments>),
    Text(text::Arguments),
    Config(config::Arguments),
    Completions(completions::Arguments),
    Manual(manual::Arguments),
}

/// Runs the program; returns what to exit with.
pub fn main() -> ExitCode {
    let arguments = match CommandLine::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return ExitCode::from(answer(&error)),
    };
    match run(arguments) {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            if !failure.is_quiet() {
                output::warn(&failure);
            }
            ExitCode::from(failure.code)
        }
    }
}

fn run(arguments: CommandLine) -> Result<u8> {
    match arguments.command {
        None => read::run(arguments.read),
        Some(Command::Extract(arguments)) => extract::run(&arguments),
        Some(Command::Notes(arguments)) => notes::run(&arguments),
        Some(Command::Text(arguments)) => text::run(&arguments),
        Some(Command::Config(arguments)) => config::run(&arguments),
        Some(Command::Completions(arguments)) => completions::run(&arguments),
        Some(Command::Manual(arguments)) => manual::run(&arguments),
    }
}

/// Prints help when it was asked for, and what is wrong with the command line when it was not.
fn answer(error: &clap::Error) -> u8 {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is nothing to complain of.
        let _ = error.print();
        return 0;
    }
    // The message repeats the arguments, which may hold anything.
    output::warn(error.render().to_string().trim_end());
    USAGE
}

/// Returns the command line as a value: for completions, the manual and the tables of the documentation.
fn command() -> clap::Command {
    CommandLine::command()
}
