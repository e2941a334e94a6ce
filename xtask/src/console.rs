//! The one place that prints. Results go to standard output, so that a command's last lines are its result.
//!
//! What went wrong goes to standard error, once, at the end.

/// Prints one line of a result.
#[allow(clippy::print_stdout, reason = "the only place of xtask that prints results")]
pub fn say(line: impl std::fmt::Display) {
    println!("{line}");
}

/// Prints why the command failed.
#[allow(clippy::print_stderr, reason = "the only place of xtask that prints failures")]
pub fn complain(line: impl std::fmt::Display) {
    eprintln!("error: {line}");
}
