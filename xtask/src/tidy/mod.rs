//! The norms that neither the compiler nor clippy checks: lengths, openings, names, words, directions.
//!
//! Each rule is one function from files to findings, so that it is tested with made-up files. A rule that is
//! broken says where and what to do; there is no list of exceptions and no warning that passes.

mod directions;
mod documented;
mod length;
mod machine;
mod names;
mod opening;
mod words;

use std::fmt;
use std::path::Path;

use anyhow::ensure;

use crate::console::say;
use crate::tree::{self, File};

/// A place where a norm is broken.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    /// The file, or the folder for a norm about folders.
    path: String,
    /// The line, from 1.
    line: usize,
    /// What is wrong and what to do.
    advice: String,
}

impl Finding {
    fn new(path: &str, line: usize, advice: impl Into<String>) -> Finding {
        Finding { path: path.to_owned(), line, advice: advice.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.advice)
    }
}

/// Checks the whole project and prints what it finds.
pub fn run(root: &Path) -> anyhow::Result<()> {
    let files = tree::files(root)?;
    let findings = check(&files);
    for finding in &findings {
        say(finding);
    }
    ensure!(findings.is_empty(), "tidy: {} places to mend", findings.len());
    say(format_args!("tidy: {} files, nothing to mend", files.len()));
    Ok(())
}

/// Every finding of every rule, in the order of paths.
fn check(files: &[File]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        findings.extend(length::of_file(file));
        findings.extend(opening::check(file));
        findings.extend(names::check(file));
        findings.extend(words::check(file));
        findings.extend(machine::check(file));
        findings.extend(directions::check(file));
    }
    findings.extend(length::of_folders(files));
    findings.extend(documented::check(files));
    findings.sort();
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A made-up file for the tests of the rules.
    pub(super) fn file(path: &str, text: &str) -> File {
        File { path: path.to_owned(), text: text.to_owned(), size_bytes: text.len() as u64 }
    }

    /// The lines of the findings, for short assertions.
    pub(super) fn lines(findings: impl IntoIterator<Item = Finding>) -> Vec<usize> {
        findings.into_iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn this_project_is_tidy() {
        let files = tree::files(tree::root()).unwrap();
        let findings: Vec<String> = check(&files).iter().map(ToString::to_string).collect();
        assert!(findings.is_empty(), "\n{}", findings.join("\n"));
    }

    #[test]
    fn a_finding_reads_as_an_address_and_an_advice() {
        let finding = Finding::new("crates/a/src/b.rs", 7, "split it");
        assert_eq!(finding.to_string(), "crates/a/src/b.rs:7: split it");
    }

    #[test]
    fn findings_of_all_rules_come_in_the_order_of_paths() {
        let files = [file("crates/b/src/util.rs", "fn main() {}\n"), file("crates/a/src/a.rs", "")];
        let found: Vec<_> = check(&files).into_iter().map(|finding| finding.path).collect();
        assert_eq!(found, ["crates/a/src/a.rs", "crates/b/src/util.rs", "crates/b/src/util.rs"]);
    }
}
