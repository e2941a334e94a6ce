//! The task that keeps the subscriptions as they are wanted, and knows whether what is subscribed to is heard.
//!
//! A connection counts as up only after a round trip behind its subscriptions: what was published before is told as lost.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use async_nats::connection::State;
use async_nats::{Client, Event};
use tokio::task::JoinSet;

use super::traffic::Outgoing;
use super::{Shared, lock, traffic};

/// The subject on which a node says that it has lost messages to the others.
const LOST: &str = "lost";
/// The subject that nobody listens to: the server says so, which takes a round trip.
const NOBODY: &str = "nobody";
/// A round trip takes less.
const ROUND_TRIP: Duration = Duration::from_secs(2);
/// The state is looked at this often if nothing tells of it.
const LOOK: Duration = Duration::from_millis(500);

/// Readers by subject; dropping one ends it.
type Readers = BTreeMap<String, JoinSet<()>>;

impl<M: Send + Sync + 'static> Shared<M> {
    /// Takes note of what the client says about the connection.
    pub(super) fn happened(&self, event: &Event) {
        match event {
            Event::Connected => {
                lock(&self.trouble).clear();
                tracing::info!("connected to NATS");
            }
            Event::Disconnected | Event::Closed => {
                if self.set_up(false) {
                    tracing::warn!("NATS is away: what other nodes do is shown later until it is back");
                }
            }
            Event::SlowConsumer(_) => {
                metrics::counter!("parlance_bus_drops_total", "reason" => "slow").increment(1);
                self.lost();
            }
            Event::ClientError(error) => self.troubled(error.to_string()),
            Event::ServerError(error) => self.troubled(error.to_string()),
            other => tracing::debug!(%other, "NATS"),
        }
        self.bell.notify_one();
    }

    /// Tells why it does not go, once for each reason and not with each try.
    fn troubled(&self, trouble: String) {
        let mut last = lock(&self.trouble);
        if *last != trouble {
            tracing::warn!(%trouble, "NATS");
            *last = trouble;
        }
    }

    /// Notes that all of these are heard, if they are all that is wanted.
    fn settle(&self, readers: &Readers) {
        let wanted = lock(&self.wanted);
        let settled = wanted.keys().all(|subject| readers.contains_key(subject));
        self.settled.store(settled, Ordering::Relaxed);
    }

    /// Notes whether others are heard; whether that is news. Either way something may have been lost.
    fn set_up(&self, up: bool) -> bool {
        let news = self.up.swap(up, Ordering::Relaxed) != up;
        if news {
            metrics::gauge!("parlance_bus_up").set(if up { 1.0 } else { 0.0 });
            self.lost();
        }
        news
    }
}

pub(super) async fn keep<M: Send + Sync + 'static>(
    shared: Arc<Shared<M>>,
    client: Client,
    outgoing: Outgoing,
) {
    let mut readers = Readers::new();
    let mut lost_by_others = JoinSet::new();
    let heard = Arc::clone(&shared);
    if let Ok(subscriber) = client.subscribe(shared.subject(LOST)).await {
        lost_by_others.spawn(traffic::each(subscriber, move |_| heard.lost()));
    }
    loop {
        let subscribed = subscribe(&shared, (&client, &outgoing), &mut readers).await;
        if client.connection_state() != State::Connected {
            shared.set_up(false);
        } else if (!shared.is_up() || subscribed) && round_trip(&shared, &client).await {
            shared.set_up(true);
            shared.settle(&readers);
        }
        if shared.is_up() && shared.owing.swap(false, Ordering::Relaxed) {
            _ = client.publish(shared.subject(LOST), bytes::Bytes::new()).await;
        }
        _ = tokio::time::timeout(LOOK, shared.bell.notified()).await;
    }
}

/// Makes the subscriptions what they should be; whether there are some that may not be heard yet.
async fn subscribe<M: Send + Sync + 'static>(
    shared: &Arc<Shared<M>>,
    (client, outgoing): (&Client, &Outgoing),
    readers: &mut Readers,
) -> bool {
    let wanted: Vec<String> = lock(&shared.wanted).keys().cloned().collect();
    readers.retain(|subject, _| wanted.contains(subject));
    for subject in wanted {
        if readers.contains_key(&subject) {
            continue;
        }
        match client.subscribe(shared.subject(&subject)).await {
            Ok(subscriber) => {
                let mut reader = JoinSet::new();
                reader.spawn(traffic::hear(
                    Arc::clone(shared),
                    (subject.clone(), subscriber),
                    outgoing.clone(),
                ));
                readers.insert(subject, reader);
            }
            Err(error) => tracing::warn!(%subject, %error, "NATS does not let us listen"),
        }
    }
    !shared.settled.load(Ordering::Relaxed)
}

/// Whether the server has answered something that was sent after all subscriptions.
async fn round_trip<M: Send + Sync + 'static>(shared: &Shared<M>, client: &Client) -> bool {
    let asked = client.request(shared.subject(NOBODY), bytes::Bytes::new());
    match tokio::time::timeout(ROUND_TRIP, asked).await {
        Ok(Err(error)) => error.kind() == async_nats::RequestErrorKind::NoResponders,
        Ok(Ok(_)) => true,
        Err(_) => false,
    }
}
