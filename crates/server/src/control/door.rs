//! The server's end of the control socket. Whoever can open the data folder may do everything here, which is why
//! the folder and the socket are the owner's only.

use std::fs::{self, Permissions};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use parlance_engine::Engine;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{Semaphore, watch};

use super::act::act;
use super::chunks::{LINE_MAX_BYTES, Pieces, write_outcome};
use super::moving::moved;
use super::{Outcome, Wish, socket};
use crate::engines::moving::Target;
use crate::engines::store::Opened;
use crate::media::Shelf;
use crate::tasks::Tasks;

/// Read and write for the owner.
const OWNER_ONLY: u32 = 0o600;
/// Commands served at once.
const AT_ONCE: usize = 4;
/// A wish must arrive, and a piece of its answer be taken, within this time.
const PATIENCE: Duration = Duration::from_secs(30);

/// What commands act on.
#[derive(Clone)]
struct Reach {
    /// The data folder.
    folder: PathBuf,
    engine: Engine,
    opened: Opened,
    shelf: Shelf,
    /// Where the rows have gone, once they have.
    gone: watch::Sender<Option<Target>>,
}

/// Opens the control socket of a data folder. The store's lock is held, so a socket that is there is a dead one. What comes back
/// says where the rows have gone, once a command has moved them.
pub fn open_door(
    folder: &Path,
    engine: &Engine,
    (opened, shelf): (&Opened, &Shelf),
    tasks: &Tasks,
) -> anyhow::Result<watch::Receiver<Option<Target>>> {
    let path = socket(folder);
    match fs::remove_file(&path) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(error).with_context(|| format!("cannot remove the old {}", path.display()));
        }
        _ => {}
    }
    let listener =
        UnixListener::bind(&path).with_context(|| format!("cannot listen on {}", path.display()))?;
    fs::set_permissions(&path, Permissions::from_mode(OWNER_ONLY))?;
    let (gone, moved) = watch::channel(None);
    let folder = folder.to_owned();
    let (engine, opened, shelf, inner) = (engine.clone(), opened.clone(), shelf.clone(), tasks.clone());
    let reach = Reach { folder, engine, opened, shelf, gone };
    let room = Arc::new(Semaphore::new(AT_ONCE));
    tasks.spawn_until_stop(async move {
        while let Ok(turn) = Arc::clone(&room).acquire_owned().await {
            let Ok((stream, _)) = listener.accept().await else {
                tokio::time::sleep(Duration::from_secs(1)).await;
                continue;
            };
            let reach = reach.clone();
            inner.spawn(async move {
                if let Err(error) = serve(stream, &reach).await {
                    tracing::warn!(%error, "a command on the control socket failed");
                }
                drop(turn);
            });
        }
    });
    Ok(moved)
}

async fn serve(stream: UnixStream, reach: &Reach) -> anyhow::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    let mut limited = (&mut reader).take(LINE_MAX_BYTES);
    if tokio::time::timeout(PATIENCE, limited.read_line(&mut line)).await?? == 0 {
        // Somebody only looked whether there is a server.
        return Ok(());
    }
    // A backup is written by the store on a blocking thread, so the socket blocks from here on.
    let stream = reader.into_inner().into_std()?;
    stream.set_nonblocking(false)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut answer = stream.try_clone()?;
    let mut gone = None;
    let done = match serde_json::from_str::<Wish>(&line) {
        Err(error) => Err(anyhow::anyhow!("not a wish: {error}")),
        Ok(Wish::Migrate { target }) => {
            let done = moved(&target, &reach.engine, (&reach.opened, &reach.folder), Pieces(stream)).await;
            gone = done.is_ok().then_some(target);
            done
        }
        Ok(wish) => act(wish, &reach.engine, (&reach.opened, &reach.shelf), Pieces(stream)).await,
    };
    let outcome = done.map_or_else(|error| Outcome::Failed(format!("{error:#}")), Outcome::Done);
    let told = tokio::task::spawn_blocking(move || write_outcome(&mut answer, &outcome)).await;
    // Whether or not somebody heard of it.
    if gone.is_some() {
        reach.gone.send_replace(gone);
    }
    Ok(told??)
}
