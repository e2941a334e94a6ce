//! Where the program is built, and building it. Also how this tool runs itself again with its long runs inside.
//!
//! Nothing but Cargo is started here.

use std::path::Path;
#[cfg(feature = "long")]
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, ensure};

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The folder that Cargo builds into.
#[cfg(feature = "long")]
pub fn target_folder(root: &Path) -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |folder| root.join(folder))
}

/// Builds the program as it is shipped, if it is not up to date, and answers where it is.
#[cfg(feature = "long")]
pub fn release_program(root: &Path) -> anyhow::Result<PathBuf> {
    let status = cargo(root)
        .args(["build", "--quiet", "--release", "--package", "parlance-server"])
        .status()
        .context("cargo did not start")?;
    ensure!(status.success(), "the program does not build ({status})");
    Ok(target_folder(root).join("release/parlance"))
}

/// Runs this tool again, built for speed and with what the long runs need: the SDK and its libraries, which are left
/// out otherwise so that the short commands start within seconds.
#[cfg(not(feature = "long"))]
pub fn run_long(root: &Path, command: &str, arguments: &[String]) -> anyhow::Result<()> {
    let status = cargo(root)
        .args(["run", "--quiet", "--release", "--package", "xtask", "--features", "long", "--", command])
        .args(arguments)
        .status()
        .context("cargo did not start")?;
    ensure!(status.success(), "{command} failed");
    Ok(())
}
