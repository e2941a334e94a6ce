//! Messages out and in. Out: from the queue to the client, which may hold us up; then the queue runs over, not the
//! publisher. In: from each subject to the subscribers of this node.

use std::sync::Arc;

use async_nats::{Client, Message, Subject, Subscriber};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;

use super::Shared;
use crate::{Bus as _, Reply};

/// Where messages wait to be sent, as long as there is a bus.
pub(super) type Outgoing = mpsc::WeakSender<(Subject, Bytes)>;

/// Sends what waits.
pub(super) async fn send<M: Send + Sync + 'static>(
    shared: Arc<Shared<M>>,
    client: Client,
    mut waiting: mpsc::Receiver<(Subject, Bytes)>,
) {
    let sent = metrics::counter!("parlance_bus_published_total");
    while let Some((subject, bytes)) = waiting.recv().await {
        if !shared.is_up() {
            shared.dropped("away");
        } else if client.publish(subject, bytes).await.is_ok() {
            sent.increment(1);
        } else {
            shared.dropped("refused");
        }
    }
}

/// Passes on what other nodes say and ask on a subject.
pub(super) async fn hear<M: Send + Sync + 'static>(
    shared: Arc<Shared<M>>,
    (subject, subscriber): (String, Subscriber),
    outgoing: Outgoing,
) {
    let received = metrics::counter!("parlance_bus_received_total");
    each(subscriber, |message| {
        received.increment(1);
        let reply = message.reply.map(|to| reply(&shared, to, outgoing.clone()));
        match ((shared.wire.decode)(&message.payload), reply) {
            (Some(message), Some(reply)) => _ = shared.here.serve(&subject, &message, reply),
            (Some(message), None) => shared.here.publish(&subject, &message),
            (None, _) => metrics::counter!("parlance_bus_unreadable_total").increment(1),
        }
    })
    .await;
}

/// The way back to whoever asked: an answer, or nothing in its place.
fn reply<M: Send + Sync + 'static>(shared: &Arc<Shared<M>>, to: Subject, outgoing: Outgoing) -> Reply<M> {
    let shared = Arc::clone(shared);
    Reply::new(move |answer| {
        let bytes = answer.map(|answer| (shared.wire.encode)(&answer)).unwrap_or_default();
        let sent = outgoing.upgrade().is_some_and(|outgoing| outgoing.try_send((to, bytes)).is_ok());
        if !sent {
            // Whoever asked waits for it no longer than for a lost one. Nobody else misses it.
            metrics::counter!("parlance_bus_drops_total", "reason" => "answer").increment(1);
        }
    })
}

/// Does something with each message of a subscription.
pub(super) async fn each(mut subscriber: Subscriber, mut take: impl FnMut(Message)) {
    while let Some(message) = subscriber.next().await {
        take(message);
    }
}
