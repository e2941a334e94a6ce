//! Messages out and in. Out: from the queue to the client, which may hold us up; then the queue runs over, not the
//! publisher. In: from each subject to the subscribers of this node.

use std::sync::Arc;

use async_nats::{Client, Message, Subject, Subscriber};
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;

use super::Shared;
use crate::Bus as _;

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

/// Passes on what other nodes say on a subject.
pub(super) async fn hear<M: Send + Sync + 'static>(
    shared: Arc<Shared<M>>,
    subject: String,
    subscriber: Subscriber,
) {
    let received = metrics::counter!("parlance_bus_received_total");
    each(subscriber, |message| {
        received.increment(1);
        match (shared.wire.decode)(&message.payload) {
            Some(message) => shared.here.publish(&subject, &message),
            None => metrics::counter!("parlance_bus_unreadable_total").increment(1),
        }
    })
    .await;
}

/// Does something with each message of a subscription.
pub(super) async fn each(mut subscriber: Subscriber, mut take: impl FnMut(Message)) {
    while let Some(message) = subscriber.next().await {
        take(message);
    }
}
