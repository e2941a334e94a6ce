//! Where a command works: the flags that every command on a data folder shares, and how settings are read.
//! A settings file that was asked for must be there; the one in the working folder is taken if it is.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::config::{Config, Source};

/// The settings file that is read without being asked for.
const DEFAULT_FILE: &str = "parlance.toml";

/// Which server's data.
#[derive(Args, Default)]
pub struct Place {
    /// Settings file; without it parlance.toml of the working folder, if there is one
    #[arg(long, value_name = "FILE", env = "PARLANCE_CONFIG", global = true)]
    config: Option<PathBuf>,
    /// Data folder
    #[arg(long, value_name = "FOLDER", global = true)]
    data: Option<String>,
}

impl Place {
    /// The data folder, for commands that work on the store in it; `instead` says what to do where a database has the data.
    pub fn folder(&self, instead: &str) -> anyhow::Result<PathBuf> {
        let config = self.settings(Vec::new())?;
        ensure!(
            config.store.url.is_empty(),
            "the data is in the PostgreSQL database of store.url: {instead}"
        );
        Ok(config.data)
    }

    /// The settings: file, then environment, then these and more flags.
    pub fn settings(&self, mut flags: Vec<(&'static str, String)>) -> anyhow::Result<Config> {
        flags.extend(self.data.clone().map(|folder| ("data", folder)));
        let path = self.config.as_deref().unwrap_or(Path::new(DEFAULT_FILE));
        let file = match std::fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound && self.config.is_none() => None,
            // One that is there and cannot be read holds settings that somebody counts on.
            text => Some(text.with_context(|| format!("cannot read the settings file {}", path.display()))?),
        };
        let environment = std::env::vars().collect();
        Ok(Config::from_sources(Source { file, environment, flags })?)
    }
}
