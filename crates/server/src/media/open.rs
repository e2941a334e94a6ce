//! Opening the room of files by the settings: a folder beside the store, or an object store.
//!
//! Uploads under way are in the folder in any case.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context as _;
use parlance_blob::{Blobs, Folder, Objects, Place, Spool};
use parlance_domain::FileLimits;
use parlance_engine::Engine;
use tokio::sync::{RwLock, Semaphore};

use super::pictures::Pictures;
use super::{Links, Media};
use crate::config;
use crate::tasks::Tasks;

/// Bytes in a MiB.
const MIB: u64 = 1_024 * 1_024;
/// The folder of what is kept.
const BLOBS: &str = "blobs";

/// Where bytes are kept, as backups see it.
#[derive(Clone)]
pub struct Shelf {
    /// The folder; none if they are in an object store.
    pub folder: Option<PathBuf>,
    /// Held for writing while bytes are erased, for reading while none may be. Held across awaits on purpose.
    pub erasing: Arc<RwLock<()>>,
}

impl Shelf {
    /// Where these settings keep the bytes of the server whose data is in this folder.
    pub fn of(data: &Path, settings: &config::Media) -> Shelf {
        let folder = settings.s3_bucket.is_empty().then(|| place(data, settings).join(BLOBS));
        Shelf { folder, erasing: Arc::default() }
    }
}

impl Media {
    /// The room of files of a server whose data is in this folder.
    pub async fn open(
        engine: Engine,
        data: &Path,
        settings: &config::Media,
        tasks: Tasks,
    ) -> anyhow::Result<Media> {
        let folder = place(data, settings);
        make(&folder).with_context(|| format!("cannot make the folder of files {}", folder.display()))?;
        let spool = Spool::open(folder.join("uploads"));
        let spool = spool.with_context(|| format!("cannot use the folder of files {}", folder.display()))?;
        let links = Links::new(engine.link_key().await?, settings.link_minutes);
        Ok(Media {
            engine,
            blobs: blobs(&folder, settings).context("where files are kept")?,
            spool,
            shelf: Shelf::of(data, settings),
            pictures: Pictures::new(folder.join("making"), settings)?,
            links,
            limits: FileLimits {
                file_max_bytes: settings.file_max_mib.saturating_mul(MIB),
                quota_bytes: settings.quota_mib.saturating_mul(MIB),
            },
            free_floor_bytes: settings.free_floor_mib.saturating_mul(MIB),
            stall: Duration::from_secs(settings.stall_seconds.max(1).into()),
            busy: Arc::new(Mutex::new(HashSet::new())),
            writers: Semaphore::new(super::WRITERS),
            locks: std::array::from_fn(|_| tokio::sync::Mutex::new(())),
            tasks,
        })
    }
}

/// Makes a folder that only its owner can enter.
fn make(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    const OWNER_ONLY: u32 = 0o700;
    std::fs::DirBuilder::new().recursive(true).mode(OWNER_ONLY).create(folder)
}

fn place(data: &Path, settings: &config::Media) -> PathBuf {
    if settings.folder.as_os_str().is_empty() { data.join("media") } else { settings.folder.clone() }
}

fn blobs(folder: &Path, settings: &config::Media) -> anyhow::Result<Arc<dyn Blobs>> {
    if settings.s3_bucket.is_empty() {
        return Ok(Arc::new(Folder::open(folder.join(BLOBS))?));
    }
    let place = Place {
        bucket: settings.s3_bucket.clone(),
        region: settings.s3_region.clone(),
        endpoint: settings.s3_endpoint.clone(),
        key_id: settings.s3_key_id.clone(),
        secret: settings.s3_secret.expose().to_owned(),
        prefix: settings.s3_prefix.clone(),
    };
    Ok(Arc::new(Objects::s3(&place)?))
}
