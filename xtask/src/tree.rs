//! The files of the project: what git tracks or would track, with their text.
//!
//! Build output, installed packages and data folders are left out because `.gitignore` names them.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, ensure};

/// A file of the project.
pub struct File {
    /// Its path from the root, with `/` between the parts.
    pub path: String,
    /// Its text; empty when it is not text.
    pub text: String,
    /// Its size in bytes, text or not.
    pub size_bytes: u64,
}

impl File {
    /// The folders it lies in, outermost first.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.folder().split('/')
    }

    /// The folder it lies in; empty at the root.
    pub fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit_once('/').map_or(self.path.as_str(), |(_, name)| name)
    }

    /// What follows the last dot of its name.
    pub fn extension(&self) -> &str {
        self.name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// Whether people write code in it (as opposed to prose, settings and data).
    pub fn is_source(&self) -> bool {
        matches!(self.extension(), "rs" | "ts" | "tsx" | "css" | "js" | "mjs") && !self.is_made()
    }

    /// Whether it belongs to tests only.
    pub fn is_test(&self) -> bool {
        let name = self.name();
        self.folders().any(|folder| matches!(folder, "tests" | "test" | "e2e"))
            || name == "tests.rs"
            || name.contains(".test.")
            || name.contains(".spec.")
    }

    /// Whether a program wrote it, or it stands for what one once wrote.
    pub fn is_made(&self) -> bool {
        let made = |folder: &str| matches!(folder, "gen" | "fixtures" | "golden" | "snapshots" | "img");
        self.folders().any(made) || matches!(self.name(), "Cargo.lock" | "package-lock.json")
    }
}

/// The root of the workspace.
pub fn root() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("xtask lies in the workspace")
}

/// Every file of the project.
pub fn files(root: &Path) -> anyhow::Result<Vec<File>> {
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(root)
        .output()
        .context("git did not start: install it")?;
    ensure!(
        listed.status.success(),
        "git cannot list the files: {}",
        String::from_utf8_lossy(&listed.stderr).trim()
    );
    let names = String::from_utf8(listed.stdout).context("a file's name is not UTF-8: rename it")?;
    names.split_terminator('\0').filter_map(|name| read(root, name).transpose()).collect()
}

/// The file, unless it was deleted or is no regular file.
fn read(root: &Path, name: &str) -> anyhow::Result<Option<File>> {
    let path: PathBuf = root.join(name);
    if !path.symlink_metadata().is_ok_and(|about| about.is_file()) {
        return Ok(None);
    }
    let bytes = std::fs::read(&path).with_context(|| format!("cannot read {name}"))?;
    let size_bytes = bytes.len() as u64;
    let text = String::from_utf8(bytes).unwrap_or_default();
    Ok(Some(File { path: name.to_owned(), text, size_bytes }))
}
