//! `cargo xtask <command>`: checks, code generation and long test runs that are not part of the program.
//!
//! Each command is one module and one arm below. A command answers `Ok` when all is well; anything else ends with
//! exit code 1 and a sentence that says what to do.

mod cargo;
#[cfg(feature = "long")]
mod checker;
mod console;
mod simulate;
mod tidy;
#[cfg(feature = "long")]
mod torture;
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
    /// Runs the engine's simulation: people, crashes and faults from seeds, then the history checker.
    Simulate(simulate::Options),
    /// Plants known bugs and shows that the simulation catches each of them.
    Planted,
    /// Kills the release program under load, again and again, and checks that nothing acknowledged is lost.
    #[cfg(feature = "long")]
    Torture(torture::Options),
    /// Checks a history that `torture` kept.
    #[cfg(feature = "long")]
    History(checker::Options),
    /// Kills the release program under load, again and again, and checks that nothing acknowledged is lost.
    #[cfg(not(feature = "long"))]
    #[command(disable_help_flag = true)]
    Torture(Arguments),
    /// Checks a history that `torture` kept.
    #[cfg(not(feature = "long"))]
    #[command(disable_help_flag = true)]
    History(Arguments),
}

/// The arguments of a long run, for the tool built with the long runs inside.
#[cfg(not(feature = "long"))]
#[derive(clap::Args)]
struct Arguments {
    /// Passed on as they are; `--help` shows them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
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
        Command::Simulate(options) => simulate::run(root, &options),
        Command::Planted => simulate::planted(root),
        #[cfg(feature = "long")]
        Command::Torture(options) => torture::run(root, &options),
        #[cfg(feature = "long")]
        Command::History(options) => checker::run(&options),
        #[cfg(not(feature = "long"))]
        Command::Torture(rest) => cargo::run_long(root, "torture", &rest.arguments),
        #[cfg(not(feature = "long"))]
        Command::History(rest) => cargo::run_long(root, "history", &rest.arguments),
    }
}
