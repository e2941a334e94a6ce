//! What the server keeps its rows in: the embedded store of its data folder, or a PostgreSQL database.
//! What only one of them can do is asked for here, and says so of the other.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, bail};
use parlance_blob::Folder;
use parlance_store::whole::Source as _;
use parlance_store::{Embedded, EmbeddedOptions, Postgres, PostgresOptions, Store, embedded};

use super::moving;
use crate::config;
use crate::media::Shelf;
use crate::media::archive::{self, Counted};

/// Bytes in a MiB.
const MIB: u64 = 1_024 * 1_024;

/// A store at work.
#[derive(Clone)]
pub enum Opened {
    /// In the data folder.
    Embedded(Arc<Embedded>),
    /// In a database.
    Postgres {
        /// It.
        store: Arc<Postgres>,
        /// The data folder is one program's all the same: its socket and the files that people send are in it.
        _lock: Arc<fs::File>,
    },
}

impl Opened {
    /// Opens what the settings name, and makes the data folder, which only its owner can enter. A database can be `shared`
    /// with other nodes.
    pub async fn open(folder: PathBuf, settings: &config::Store, shared: bool) -> anyhow::Result<Opened> {
        if !settings.url.is_empty() {
            make_folder(&folder)?;
            let lock = embedded::lock(&folder)
                .with_context(|| format!("cannot use the data folder {}", folder.display()))?;
            let options = PostgresOptions { shared, ..postgres_options(settings) };
            let store = Postgres::open(settings.url.expose(), options).await;
            let store = store.context("cannot open the database of store.url")?;
            return Ok(Opened::Postgres { store: Arc::new(store), _lock: Arc::new(lock) });
        }
        moving::refuse_moved(&folder)?;
        let options = EmbeddedOptions {
            cache_bytes: settings.cache_mib.saturating_mul(MIB),
            free_floor_bytes: settings.free_floor_mib.saturating_mul(MIB),
            accept_loss: settings.accept_loss,
            ..EmbeddedOptions::default()
        };
        let open = move || {
            make_folder(&folder)?;
            Embedded::open(&folder, options)
                .with_context(|| format!("cannot open the data folder {}", folder.display()))
        };
        Ok(Opened::Embedded(Arc::new(tokio::task::spawn_blocking(open).await??)))
    }

    /// The store, whichever it is.
    pub fn store(&self) -> Arc<dyn Store> {
        match self {
            Opened::Embedded(store) => Arc::clone(store) as Arc<dyn Store>,
            Opened::Postgres { store, .. } => Arc::clone(store) as Arc<dyn Store>,
        }
    }

    /// Which store it is, in words.
    pub fn place(&self) -> String {
        match self {
            Opened::Embedded(_) => "the data folder".to_owned(),
            Opened::Postgres { store, .. } => store.name(),
        }
    }

    /// What `parlance backup` can back up.
    pub fn embedded(&self) -> anyhow::Result<Arc<Embedded>> {
        match self {
            Opened::Embedded(store) => Ok(Arc::clone(store)),
            Opened::Postgres { .. } => {
                bail!("the data is in a PostgreSQL database: back it up with pg_basebackup or pg_dump")
            }
        }
    }

    /// Writes a backup of one instant; what it holds.
    pub async fn backup(
        store: Arc<Embedded>,
        shelf: &Shelf,
        stream: impl Write + Send + 'static,
    ) -> anyhow::Result<String> {
        // What a row of that instant names is there until it is written.
        let _none_erased = shelf.erasing.read().await;
        let folder = shelf.folder.clone();
        let stream = Counted::new(stream);
        let (rows_to, files_to) = (stream.clone(), stream.clone());
        let report = tokio::task::spawn_blocking(move || store.backup(rows_to)).await??;
        let rows = report.tally.fenced_rows + report.tally.register_rows + report.tally.blind_rows;
        let Some(folder) = folder else {
            return Ok(format!(
                "{rows} rows, {} bytes; no files, which are in an object store",
                stream.bytes()
            ));
        };
        let write = move || archive::append(&Folder::open(folder)?, files_to);
        let (files, _) = tokio::task::spawn_blocking(write).await??;
        Ok(format!("{rows} rows and {files} files, {} bytes", stream.bytes()))
    }
}

/// How a database is used, as the settings say.
pub fn postgres_options(settings: &config::Store) -> PostgresOptions {
    PostgresOptions {
        connections: settings.connections,
        authorities: Some(settings.authorities.clone()).filter(|path| !path.as_os_str().is_empty()),
        ..PostgresOptions::default()
    }
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    const OWNER_ONLY: u32 = 0o700;
    let made = fs::DirBuilder::new().recursive(true).mode(OWNER_ONLY).create(folder);
    made.with_context(|| format!("cannot make the data folder {}", folder.display()))
}
