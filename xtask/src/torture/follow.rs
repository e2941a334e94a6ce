//! Subscribers: each follows one person's updates over all kills, and in the end must have been given everything.
//!
//! A stream is never restarted: the same client lives through every kill, as a phone does.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use parlance_proto::{ConversationId, Encoding};
use parlance_sdk::Update;

use super::people::Person;
use super::worker::Scene;

/// How long a subscriber may take to be given the rest, once nothing more is sent.
const REST_LIMIT: Duration = Duration::from_secs(30);
/// Without updates for so long, it looks whether everything has arrived.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// The last index of every conversation; known once nobody sends any more.
#[derive(Clone, Default)]
pub struct Heads(Arc<OnceLock<(Instant, HashMap<ConversationId, u64>)>>);

impl Heads {
    /// Tells all subscribers.
    pub fn set(&self, heads: HashMap<ConversationId, u64>) {
        // Set once a run; a second time would change nothing.
        let _ = self.0.set((Instant::now(), heads));
    }

    /// Whether the subscriber has everything, or has had enough time.
    fn done(&self, person: &Person, given: &HashMap<ConversationId, u64>) -> bool {
        self.0.get().is_some_and(|(since, heads)| {
            let complete = person.conversations.iter().all(|place| heads.get(place) == given.get(place));
            complete || since.elapsed() > REST_LIMIT
        })
    }
}

/// Follows a person on a connection of its own until everything has arrived, and tells how far it came.
pub async fn follow(
    scene: Arc<Scene>,
    (person, url): (Person, String),
    encoding: Encoding,
    heads: Heads,
) -> anyhow::Result<()> {
    let client = person.connect(&url, encoding).await?;
    let mut updates = client.updates()?;
    let reader = format!("{encoding:?} stream of {}", person.user_id);
    let mut given = HashMap::new();
    loop {
        match tokio::time::timeout(LOOK_EVERY, updates.next()).await {
            Ok(Some(Update::Entry { conversation_id, entry })) => {
                scene.recorder.seen(&reader, conversation_id, &entry);
                given.insert(conversation_id, entry.index);
            }
            Ok(None) => anyhow::bail!("the {reader} ended: {:?}", *client.status().borrow()),
            Err(_) if heads.done(&person, &given) => break,
            Ok(Some(_)) | Err(_) => {}
        }
    }
    for conversation in &person.conversations {
        scene.recorder.shown(&reader, *conversation, given.get(conversation).copied().unwrap_or(0));
    }
    client.close().await?;
    Ok(())
}
