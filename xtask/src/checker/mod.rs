//! The history checker: from a list of what was asked, answered, seen and stored to a verdict on the promises.
//!
//! Pure and fast: lines are folded into numbers as they come, and the checks are sorts and sweeps. Names and texts are
//! kept as 64-bit hashes only; a history of ten million lines fits into a gigabyte.

mod history;
mod line;
mod order;
mod stored;
#[cfg(test)]
mod tests;
mod verdict;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};

use crate::console::say;
pub use history::History;
pub use line::{Line, Register, Seen, Send, Shown, Stored};
pub use verdict::{Promise, Verdict};

/// Which history to check.
#[derive(clap::Args)]
pub struct Options {
    /// The file, one JSON object a line, as `torture` keeps it.
    file: PathBuf,
}

/// Checks a history that was kept.
pub fn run(options: &Options) -> anyhow::Result<()> {
    let began = std::time::Instant::now();
    let (history, lines) = read(&options.file)?;
    let verdict = history.check();
    for words in verdict.words() {
        say(words);
    }
    say(format_args!("history: lines={lines} {verdict} seconds={:.1}", began.elapsed().as_secs_f64()));
    ensure!(verdict.is_clean(), "the history breaks promises");
    Ok(())
}

fn read(path: &Path) -> anyhow::Result<(History, u64)> {
    let file = File::open(path).with_context(|| path.display().to_string())?;
    let mut reader = BufReader::with_capacity(1 << 20, file);
    let (mut history, mut text, mut lines) = (History::default(), String::new(), 0);
    while reader.read_line(&mut text)? > 0 {
        lines += 1;
        let line: Line<'_> =
            serde_json::from_str(&text).with_context(|| format!("{}: line {lines}", path.display()))?;
        history.add(&line);
        text.clear();
    }
    Ok((history, lines))
}
