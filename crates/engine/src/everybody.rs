//! Telling everybody that something of the server's changed: gathered, so that however often it does, each session hears it
//! once a second.
//!
//! It is a hint without a trace: whoever is not connected reads anew when it comes.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use parlance_proto::{Event, Topic};
use tokio::sync::Notify;

use crate::hub::{Live, To};
use crate::node::Node;

/// The least time between two events about the same thing.
const PACE: Duration = Duration::from_secs(1);

/// What everybody is to be told.
#[derive(Default)]
pub(crate) struct Everybody {
    /// What changed and was not told yet.
    changed: Mutex<BTreeSet<Topic>>,
    /// Rings when something changed.
    bell: Notify,
}

impl Everybody {
    /// Something changed.
    pub(crate) fn tell(&self, topic: Topic) {
        self.changed.lock().unwrap_or_else(PoisonError::into_inner).insert(topic);
        self.bell.notify_one();
    }

    fn take(&self) -> BTreeSet<Topic> {
        std::mem::take(&mut *self.changed.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The task that tells.
pub(crate) async fn keep(node: Arc<Node>) {
    let stopping = node.tasks.stopping();
    tokio::pin!(stopping);
    loop {
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = node.everybody.bell.notified() => {}
        }
        for topic in node.everybody.take() {
            node.tell(To::All, &Live::new(Event::Topic { topic }));
        }
        tokio::select! {
            biased;
            () = &mut stopping => return,
            () = tokio::time::sleep(PACE) => {}
        }
    }
}
