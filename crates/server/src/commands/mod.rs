//! The command line: one verb, one file. Without a verb the program serves.
//! A verb's file holds its flags and what it does; what goes wrong is told in one line on standard error.

mod audit;
mod bench;
mod caller;
mod folder;
mod picture;
mod place;
mod say;
mod send;
mod serve;
mod tail;
mod user;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use folder::{backup, check, compact, migrate, restore, schema};
use say::complain;

/// A self-hosted messenger in one program.
#[derive(Parser)]
#[command(name = "parlance", version, about)]
struct Line {
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand)]
enum Verb {
    /// Serve (what happens without a verb, too)
    Serve(Box<serve::Serve>),
    /// Make and change accounts
    User(user::User),
    /// Check or export the audit log
    Audit(audit::Audit),
    /// Send a message
    Send(send::Send),
    /// Print messages as they come
    Tail(tail::Tail),
    /// Measure a server
    Bench(bench::Bench),
    /// Verify a data folder
    Check(check::Check),
    /// Remove what was erased from the files, also while the server runs
    Compact(compact::Compact),
    /// Write a backup, also while the server runs
    Backup(backup::Backup),
    /// Restore a backup into a new folder
    Restore(restore::Restore),
    /// Move everything into a PostgreSQL database, also while the server runs, or copy it out of one
    Migrate(migrate::Migrate),
    /// Show what a start would change in the tables of the database, and change nothing
    Schema(schema::Schema),
    /// Make one picture anew; the server calls itself so
    #[command(hide = true)]
    Picture(picture::Picture),
}

/// Runs the verb that the command line names.
pub fn main() -> ExitCode {
    let line = Line::parse();
    // Before anything takes memory that its limits would count.
    if let Some(Verb::Picture(verb)) = line.verb {
        return verb.run();
    }
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            complain(format_args!("cannot start: {error}"));
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(line.verb)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(verb: Option<Verb>) -> anyhow::Result<()> {
    match verb {
        None => serve::Serve::default().run().await,
        Some(Verb::Serve(verb)) => verb.run().await,
        Some(Verb::User(verb)) => verb.run().await,
        Some(Verb::Audit(verb)) => verb.run().await,
        Some(Verb::Send(verb)) => verb.run().await,
        Some(Verb::Tail(verb)) => verb.run().await,
        Some(Verb::Bench(verb)) => verb.run().await,
        Some(Verb::Check(verb)) => verb.run().await,
        Some(Verb::Compact(verb)) => verb.run().await,
        Some(Verb::Backup(verb)) => verb.run().await,
        Some(Verb::Restore(verb)) => verb.run().await,
        Some(Verb::Migrate(verb)) => verb.run().await,
        Some(Verb::Schema(verb)) => verb.run().await,
        Some(Verb::Picture(_)) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        Line::command().debug_assert();
        assert!(Line::try_parse_from(["parlance"]).is_ok_and(|line| line.verb.is_none()));
    }
}
