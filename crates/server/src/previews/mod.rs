//! Cards of what messages link: the page is fetched by the server, read, and given to the message.
//!
//! All of it may fail or be left out, and then a message just has no card. Nothing of an address goes to the log. The rules
//! for fetching are in `fetch`, `names` and `address`.

mod address;
#[cfg(test)]
mod attacks;
mod fetch;
mod names;
mod page;

pub use names::Names;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::ensure;
use bytes::Bytes;
use parlance_domain::previewed_link;
use parlance_engine::{Caller, Engine, Linked};
use parlance_proto::{DeleteFile, GetMessage, PagePreview, PreviewPicture, SessionId, UserId};
use reqwest::Url;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};

use self::fetch::{Fetcher, Wanted};
use crate::media::Media;
use crate::settings::Running;
use crate::tasks::Tasks;

/// Links that may wait.
pub const WAITING: usize = 256;
/// Pages fetched at once, and for one sender.
const AT_ONCE: usize = 8;
const OF_ONE: u32 = 2;

const PAGE: Wanted = Wanted { types: &["text/html", "application/xhtml+xml"], whole: false };
const PICTURE: Wanted =
    Wanted { types: &["image/png", "image/jpeg", "image/webp", "image/gif"], whole: true };

/// A page that is being fetched; when this is dropped, whatever became of it, another may be.
struct UnderWay {
    previews: Arc<Previews>,
    sender: UserId,
    _turn: OwnedSemaphorePermit,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.previews.end(self.sender);
    }
}

/// Makes cards.
pub struct Previews {
    engine: Engine,
    media: Arc<Media>,
    settings: Running,
    fetcher: Fetcher,
    room: Arc<Semaphore>,
    /// How many pages are being fetched for whom.
    of_one: Mutex<HashMap<UserId, u32>>,
}

impl Previews {
    /// Where these names lead.
    pub fn new(
        engine: Engine,
        media: Arc<Media>,
        settings: Running,
        names: Names,
    ) -> Result<Previews, reqwest::Error> {
        let room = Arc::new(Semaphore::new(AT_ONCE));
        Ok(Previews {
            engine,
            media,
            settings,
            fetcher: Fetcher::new(names)?,
            room,
            of_one: Mutex::default(),
        })
    }

    /// Makes cards of these links until the server stops.
    pub async fn work(self: Arc<Previews>, mut links: mpsc::Receiver<Linked>, tasks: Tasks) {
        while let Some(linked) = links.recv().await {
            if !self.settings.link_previews() || !self.begin(linked.sender) {
                continue;
            }
            let Ok(turn) = Arc::clone(&self.room).acquire_owned().await else { return };
            let under_way = UnderWay { previews: Arc::clone(&self), sender: linked.sender, _turn: turn };
            tasks.spawn_until_stop(async move {
                if let Err(error) = under_way.previews.make(&linked).await {
                    let conversation = linked.conversation;
                    tracing::debug!(%conversation, index = linked.index, %error, "a message has no card");
                }
            });
        }
    }

    async fn make(&self, linked: &Linked) -> anyhow::Result<()> {
        // What it takes up is the sender's, who caused it.
        let sender = Caller { user: linked.sender, session: SessionId(0) };
        let asked = GetMessage { conversation_id: linked.conversation, index: linked.index };
        let details = self.engine.get_message(sender, asked).await?.details.unwrap_or_default();
        // It waited for its turn: the address of what was recalled or edited meanwhile is told to nobody.
        ensure!(previewed_link(&details.spans) == Some(linked.url.as_str()), "it links that no more");
        let fetched = self.fetcher.get(&linked.url, PAGE).await?;
        let Some(page) = page::read(&fetched.bytes, &fetched.content_type) else {
            anyhow::bail!("the page says nothing of itself");
        };
        let picture = match &page.picture {
            Some(picture) => self.picture(sender, &fetched.url, picture).await,
            None => None,
        };
        let file_id = picture.as_ref().map(|picture| picture.file_id);
        let card = PagePreview {
            url: linked.url.clone(),
            title: page.title,
            description: page.description,
            site: page.site,
            picture,
        };
        let given = self.engine.set_preview(linked, card).await;
        if let Some(file_id) = file_id {
            // Refused when the message has the card; else nobody needs the picture.
            _ = self.engine.delete_file(sender, DeleteFile { file_id }).await;
        }
        Ok(given?)
    }

    /// The picture of a page, made anew and small.
    async fn picture(&self, sender: Caller, base: &Url, picture: &str) -> Option<PreviewPicture> {
        let url = base.join(picture.trim()).ok()?;
        let fetched = self.fetcher.get(url.as_str(), PICTURE).await.ok()?;
        let info = self.media.thumbnail(sender, Bytes::from(fetched.bytes)).await.ok()?;
        Some(PreviewPicture {
            file_id: info.file_id,
            width: info.width?,
            height: info.height?,
            placeholder: info.placeholder.unwrap_or_default(),
        })
    }

    /// Whether another page may be fetched for a sender.
    fn begin(&self, sender: UserId) -> bool {
        let mut of_one = self.of_one.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of_one.entry(sender).or_default();
        let may = *count < OF_ONE;
        *count += u32::from(may);
        may
    }

    fn end(&self, sender: UserId) {
        let mut of_one = self.of_one.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = of_one.get_mut(&sender) {
            *count -= 1;
        }
        of_one.retain(|_, count| *count > 0);
    }
}
