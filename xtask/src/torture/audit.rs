//! The audit: what the server holds against what it acknowledged, quickly after every kill and wholly at the end.
//!
//! It reads over HTTP with a member's token, as anybody could: nothing here looks into the data folder.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use parlance_proto::{ConversationId, Entry, GetHistory, ListConversations, Sync, limits};
use parlance_sdk::Http;

use super::people::{People, Person, Place};
use super::record::{Acked, Recorder};

/// How long the lists of conversations may take to show the end, once nothing more is sent.
const LISTS_LIMIT: Duration = Duration::from_secs(30);

/// What is known of the logs, for the quick check.
pub struct Audit<'a> {
    people: &'a People,
    url: String,
    /// The client message id at each index, from 1.
    known: HashMap<ConversationId, Vec<Option<String>>>,
}

impl<'a> Audit<'a> {
    /// An audit that knows nothing yet.
    pub fn new(people: &'a People, url: &str) -> Audit<'a> {
        Audit { people, url: url.to_owned(), known: HashMap::new() }
    }

    fn door(&self, place: &Place) -> anyhow::Result<Http> {
        self.people.persons[place.reader].http(&self.url)
    }

    /// Looks whether everything acknowledged since the last time is there; reads only what is new.
    pub async fn quick(&mut self, acked: &[Acked]) -> anyhow::Result<()> {
        for place in &self.people.places {
            let door = self.door(place)?;
            let known = self.known.entry(place.conversation).or_default();
            pages(&door, place.conversation, known.len() as u64, |entry| {
                if entry.index != known.len() as u64 + 1 {
                    bail!("a gap: {} goes from {} to {}", place.conversation, known.len(), entry.index);
                }
                known.push(entry.client_message_id.clone());
                Ok(())
            })
            .await?;
        }
        for message in acked {
            let log = self.known.get(&message.conversation).map(Vec::as_slice).unwrap_or_default();
            let held = log.get(message.index as usize - 1).and_then(Option::as_deref);
            if held != Some(&message.key) {
                let Acked { conversation, index, key } = message;
                bail!("lost: {key} was acknowledged at {index} of {conversation}; there is {held:?}");
            }
        }
        Ok(())
    }

    /// Writes the whole log of every conversation into the history; answers the last indexes.
    pub async fn logs(&self, recorder: &Recorder) -> anyhow::Result<HashMap<ConversationId, u64>> {
        let mut heads = HashMap::new();
        for place in &self.people.places {
            let conversation = place.conversation;
            pages(&self.door(place)?, conversation, 0, |entry| {
                recorder.stored(conversation, &entry);
                heads.insert(conversation, entry.index);
                Ok(())
            })
            .await?;
        }
        Ok(heads)
    }

    /// Writes into the history which ends every member is shown, by the list and by `sync` since the beginning. Both
    /// are derived from the log and get a little time.
    pub async fn shown(
        &self,
        recorder: &Recorder,
        heads: &HashMap<ConversationId, u64>,
    ) -> anyhow::Result<()> {
        let deadline = Instant::now() + LISTS_LIMIT;
        for person in &self.people.persons {
            let door = person.http(&self.url)?;
            loop {
                let views = [("list", list(&door).await?), ("sync", synced(&door, person).await?)];
                let expected = |place: &ConversationId| heads.get(place).copied().filter(|head| *head > 0);
                let right = views.iter().all(|(_, view)| {
                    person.conversations.iter().all(|place| view.get(place).copied() == expected(place))
                });
                if right || Instant::now() > deadline {
                    for (way, view) in views {
                        for place in person.conversations.iter().filter(|place| expected(place).is_some()) {
                            let member = format!("{} by {way}", person.user_id);
                            recorder.shown(&member, *place, view.get(place).copied().unwrap_or(0));
                        }
                    }
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        Ok(())
    }
}

/// Reads a log page by page to its end.
async fn pages(
    door: &Http,
    conversation_id: ConversationId,
    mut after: u64,
    mut take: impl FnMut(Entry) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    loop {
        let limit = Some(limits::PAGE_MAX);
        let input = GetHistory { conversation_id, after: Some(after), before: None, limit };
        let page = door.call(input).await.with_context(|| format!("reading {conversation_id}"))?;
        let head = page.head;
        for entry in page.entries {
            after = entry.index;
            take(entry)?;
        }
        if page.to >= head || page.to < page.from {
            return Ok(());
        }
    }
}

async fn list(door: &Http) -> anyhow::Result<HashMap<ConversationId, u64>> {
    let (mut view, mut after) = (HashMap::new(), None);
    loop {
        let page =
            door.call(ListConversations { after, limit: None, ..ListConversations::default() }).await?;
        view.extend(page.conversations.iter().map(|summary| (summary.conversation_id, summary.head)));
        after = page.next;
        if after.is_none() {
            return Ok(view);
        }
    }
}

/// What a client sees that was away since the beginning.
async fn synced(door: &Http, person: &Person) -> anyhow::Result<HashMap<ConversationId, u64>> {
    let (mut view, mut since) = (HashMap::new(), person.cursor);
    loop {
        let changes = door.call(Sync { since: Some(since), limit: None, wait_ms: None }).await?;
        if changes.reset {
            // Too far behind for a difference: the list is the answer.
            return list(door).await;
        }
        view.extend(changes.changed.iter().map(|summary| (summary.conversation_id, summary.head)));
        since = changes.user_index;
        if !changes.more {
            return Ok(view);
        }
    }
}
