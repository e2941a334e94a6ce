//! The only place of this crate that prints: results on standard output, complaints on standard error.
//! Everything that is not the answer to a command goes to the log instead.

use std::fmt::Display;
use std::fs::File;
use std::io;
use std::os::fd::AsFd as _;

/// Prints a line of a command's result.
#[allow(clippy::print_stdout)] // the command line's answers belong there
pub fn say(line: impl Display) {
    println!("{line}");
}

/// Prints what went wrong.
#[allow(clippy::print_stderr)] // so that a pipe gets results only
pub fn complain(line: impl Display) {
    eprintln!("parlance: {line}");
}

/// Standard output, for a result that comes as a stream.
pub fn output() -> io::Result<File> {
    Ok(io::stdout().as_fd().try_clone_to_owned()?.into())
}
