//! The TypeScript types of the protocol: written from the Rust types, committed, and checked to be the same.
//!
//! The generator is an example of the `proto` crate, so that this crate does not depend on it. It always writes to
//! a temporary folder first; the committed folder is touched only when it succeeded.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, bail, ensure};

use crate::console::say;

/// Where the types are kept, from the root.
const FOLDER: &str = "web/sdk/src/gen";

/// How to treat the committed types.
#[derive(clap::Args)]
pub struct Options {
    /// Compares only, and fails when the committed types are out of date.
    #[arg(long)]
    check: bool,
}

/// The files of a folder by name.
type Files = BTreeMap<String, Vec<u8>>;

/// Writes or compares the types.
pub fn run(root: &Path, options: &Options) -> anyhow::Result<()> {
    let wanted = generate(root)?;
    let folder = root.join(FOLDER);
    let present = if folder.is_dir() { read_folder(&folder)? } else { Files::new() };
    let different = differences(&present, &wanted);
    if options.check {
        for line in &different {
            say(format_args!("{FOLDER}/{line}"));
        }
        ensure!(
            different.is_empty(),
            "the TypeScript types are out of date: run `cargo xtask types` and commit {FOLDER}"
        );
        say(format_args!("types: {} files are up to date", wanted.len()));
        return Ok(());
    }
    replace(&folder, &present, &wanted)?;
    say(format_args!("types: {} files in {FOLDER}, {} changed", wanted.len(), different.len()));
    Ok(())
}

/// What the generator writes.
fn generate(root: &Path) -> anyhow::Result<Files> {
    let folder = tempfile::tempdir()?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["run", "--quiet", "--package", "parlance-proto", "--example", "typescript", "--"])
        .arg(folder.path())
        .current_dir(root)
        .status()
        .context("cargo did not start")?;
    ensure!(status.success(), "the generator crates/proto/examples/typescript.rs failed ({status})");
    let files = read_folder(folder.path())?;
    if files.is_empty() {
        bail!("the generator crates/proto/examples/typescript.rs wrote nothing");
    }
    Ok(files)
}

fn read_folder(folder: &Path) -> anyhow::Result<Files> {
    let mut files = Files::new();
    for item in std::fs::read_dir(folder)? {
        let item = item?;
        let name = item.file_name().to_string_lossy().into_owned();
        if item.file_type()?.is_dir() {
            let inner = read_folder(&item.path())?;
            files.extend(inner.into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)));
        } else {
            files.insert(name, std::fs::read(item.path())?);
        }
    }
    Ok(files)
}

/// One line for each file that is missing, different or too many.
fn differences(present: &Files, wanted: &Files) -> Vec<String> {
    let stale = present.keys().filter(|name| !wanted.contains_key(*name));
    let stale = stale.map(|name| format!("{name}: no longer generated"));
    let changed = wanted.iter().filter_map(|(name, bytes)| match present.get(name) {
        None => Some(format!("{name}: missing")),
        Some(held) if held != bytes => Some(format!("{name}: differs")),
        Some(_) => None,
    });
    stale.chain(changed).collect()
}

fn replace(folder: &Path, present: &Files, wanted: &Files) -> anyhow::Result<()> {
    for name in present.keys().filter(|name| !wanted.contains_key(*name)) {
        std::fs::remove_file(folder.join(name))?;
    }
    for (name, bytes) in wanted.iter().filter(|(name, bytes)| present.get(*name) != Some(bytes)) {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(pairs: &[(&str, &str)]) -> Files {
        pairs.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect()
    }

    #[test]
    fn every_kind_of_difference_is_named() {
        let present = files(&[("a.ts", "1"), ("b.ts", "1"), ("old.ts", "1")]);
        let wanted = files(&[("a.ts", "1"), ("b.ts", "2"), ("deep/new.ts", "1")]);
        let found = differences(&present, &wanted);
        assert_eq!(found, ["old.ts: no longer generated", "b.ts: differs", "deep/new.ts: missing"]);
    }

    #[test]
    fn replacing_leaves_exactly_what_was_generated() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("old.ts"), "1").unwrap();
        let wanted = files(&[("b.ts", "2"), ("deep/new.ts", "1")]);
        let present = read_folder(folder.path()).unwrap();
        replace(folder.path(), &present, &wanted).unwrap();
        assert_eq!(read_folder(folder.path()).unwrap(), wanted);
    }
}
