//! `cargo xtask <command>`: checks, code generation and long test runs that are not part of the program.
//!
//! Each command is one module and one arm below. A command answers `Ok` when all is well; anything else ends with
//! exit code 1 and a sentence that says what to do.

mod console;
mod tidy;
mod tree;
mod types;

use std::process::ExitCode;

use clap::Parser;

/// Checks, code generation and long test runs.
#[derive(Parser)]
#[command(name = "cargo xtask", disable_help_subcommand = true)]
enum Command {
    /// Checks the norms that neither the compiler nor clippy checks.
    Tidy,
    /// Writes the TypeScript types of the protocol to `web/sdk/src/gen`.
    Types(types::Options),
}

fn main() -> ExitCode {
    match run(Command::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            console::complain(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let root = tree::root();
    match command {
        Command::Tidy => tidy::run(root),
        Command::Types(options) => types::run(root, &options),
    }
}
