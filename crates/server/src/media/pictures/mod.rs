//! Pictures made anew: in bounds, a few at once, away from everything that waits.
//!
//! The decoders meet bytes of strangers. In the running server each picture is made in a process of its own, with limits
//! on memory and time: what goes wrong there is a refusal here.

mod animated;
mod child;
mod still;

pub use child::{Bounds, live};

use child::make_here;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;

use crate::config;

/// A picture waits so long for its turn.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where pictures are made.
pub struct Pictures {
    /// The program that makes one, when it is called with `picture`; none to make them in this process.
    program: Option<PathBuf>,
    bounds: Bounds,
    /// Where results are put.
    folder: PathBuf,
    room: Arc<Semaphore>,
}

/// A picture made anew, in files of a folder.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// In its whole size, upright and without metadata.
    pub whole: Output,
    /// Fits into 320 x 320; none if it does anyway.
    pub small: Option<Output>,
    /// Fits into 1280 x 1280; none if it does anyway.
    pub large: Option<Output>,
    pub width: u32,
    pub height: u32,
    /// Whether it moves.
    pub animated: bool,
    /// Its ThumbHash in base64.
    pub placeholder: String,
}

/// A file that was made.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    pub name: String,
    pub media_type: String,
}

/// A made picture and the folder it lies in until it is kept.
pub struct Making {
    pub folder: PathBuf,
    pub made: Picture,
}

/// Why a picture was not made.
#[derive(Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is larger than pictures may be.
    TooLarge(String),
    /// It cannot be decoded.
    Broken,
    /// Too many wait.
    Busy,
    /// The disk has no room for it.
    Full,
    /// It is not the picture's fault.
    Fault(String),
}

impl From<std::io::Error> for Trouble {
    fn from(error: std::io::Error) -> Trouble {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Trouble::Full,
            _ => Trouble::Fault(error.to_string()),
        }
    }
}

impl Pictures {
    /// Pictures by these settings, made in a folder that is emptied first.
    pub fn new(folder: PathBuf, settings: &config::Media) -> std::io::Result<Pictures> {
        if folder.exists() {
            std::fs::remove_dir_all(&folder)?;
        }
        std::fs::create_dir_all(&folder)?;
        let program = Some(settings.picture_program.clone()).filter(|path| !path.as_os_str().is_empty());
        let bounds =
            Bounds { megapixels: settings.picture_max_megapixels, frames: settings.animation_max_frames };
        let room = Arc::new(Semaphore::new(settings.pictures_at_once.max(1) as usize));
        Ok(Pictures { program, bounds, folder, room })
    }

    /// Where pictures that come from elsewhere may wait; it is emptied at the next start.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Makes a picture from a file; `name` is nobody else's.
    pub async fn make(&self, name: &str, from: &Path) -> Result<Making, Trouble> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.room).acquire_owned()).await;
        let Ok(Ok(_turn)) = turn else { return Err(Trouble::Busy) };
        let folder = self.folder.join(name);
        tokio::fs::create_dir_all(&folder).await?;
        let made = if let Some(program) = &self.program {
            child::make_there(program, self.bounds, from, &folder).await
        } else {
            let (from, to, bounds) = (from.to_path_buf(), folder.clone(), self.bounds);
            let made = tokio::task::spawn_blocking(move || make_here(bounds, &from, &to)).await;
            // A decoder that panics is as good as one that refuses.
            made.unwrap_or(Err(Trouble::Broken))
        };
        match made {
            Ok(made) => Ok(Making { folder, made }),
            Err(trouble) => {
                remove(&folder).await;
                Err(trouble)
            }
        }
    }

    /// Drops the files of a made picture, which are kept elsewhere by now.
    pub async fn drop(&self, making: Making) {
        remove(&making.folder).await;
    }
}

async fn remove(folder: &Path) {
    if let Err(error) = tokio::fs::remove_dir_all(folder).await {
        tracing::debug!(%error, "a folder of a picture stays until the next start");
    }
}
