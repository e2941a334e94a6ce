//! The bus between nodes over NATS core: no streams, nothing kept, nothing promised.
//!
//! Subscribers of this node are called directly, as on the bus of one process; what goes to the others waits in a bounded
//! queue, so a publisher never notices whether NATS is there. Every way to lose a message ends in `on_loss` of whoever
//! may have missed it, on whichever node.

mod keeper;
mod options;
mod traffic;

pub use options::{NatsError, NatsOptions};

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_nats::{Client, RequestErrorKind, Subject};
use bytes::Bytes;
use tokio::sync::{Notify, mpsc};
use tokio::task::JoinHandle;

use crate::{Answer, Bus, Handler, Local, LossHandler, Responder, Subscription, Unanswered, Wire};

/// Messages that may wait to be sent; more are dropped.
const OUTGOING: usize = 8_192;
/// How long closing waits for what is under way.
const CLOSING: Duration = Duration::from_secs(1);

/// A bus over NATS. Dropping it ends its tasks.
pub struct Nats<M> {
    shared: Arc<Shared<M>>,
    outgoing: mpsc::Sender<(Subject, Bytes)>,
    client: Client,
    tasks: Vec<JoinHandle<()>>,
}

/// What the tasks and the publishers share.
struct Shared<M> {
    /// The subscribers of this node.
    here: Local<M>,
    /// Those who want to know of losses.
    losses: Local<()>,
    /// How many subscribers of this node each subject has.
    wanted: Mutex<BTreeMap<String, usize>>,
    /// Rung when `wanted` changed, or the connection did.
    bell: Notify,
    /// Whether the connection stands and what is subscribed to is heard.
    up: AtomicBool,
    /// Whether all that is subscribed to is heard.
    settled: AtomicBool,
    /// Messages of this node were dropped and the others were not told yet.
    owing: AtomicBool,
    /// What the client said last about why it cannot connect.
    trouble: Mutex<String>,
    wire: Wire<M>,
    prefix: String,
}

impl<M: Send + Sync + 'static> Nats<M> {
    /// Connects, now or as soon as a server is there, and for ever.
    pub async fn open(options: NatsOptions, wire: Wire<M>) -> Result<Nats<M>, NatsError> {
        let place = options.place()?;
        let shared = Arc::new(Shared {
            here: Local::default(),
            losses: Local::default(),
            wanted: Mutex::default(),
            bell: Notify::new(),
            up: AtomicBool::new(false),
            settled: AtomicBool::new(false),
            owing: AtomicBool::new(false),
            trouble: Mutex::default(),
            wire,
            prefix: options.prefix.clone(),
        });
        metrics::gauge!("parlance_bus_up").set(0.0);
        let told = Arc::clone(&shared);
        let connect = options.connect(&place).event_callback(move |event| {
            let told = Arc::clone(&told);
            async move { told.happened(&event) }
        });
        let client =
            connect.connect(place.servers).await.map_err(|error| NatsError::Unusable(error.to_string()))?;
        let (outgoing, waiting) = mpsc::channel(OUTGOING);
        let tasks = vec![
            tokio::spawn(traffic::send(Arc::clone(&shared), client.clone(), waiting)),
            tokio::spawn(keeper::keep(Arc::clone(&shared), client.clone(), outgoing.downgrade())),
        ];
        Ok(Nats { shared, outgoing, client, tasks })
    }

    /// Whether the connection stands and every subscription made so far is heard.
    pub fn is_settled(&self) -> bool {
        self.shared.is_up() && self.shared.settled.load(Ordering::Relaxed)
    }

    /// Sends what waits, if that is quick.
    pub async fn close(&self) {
        let sent = async {
            while self.outgoing.capacity() < OUTGOING && self.shared.is_up() {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            _ = self.client.flush().await;
        };
        if self.shared.is_up() && tokio::time::timeout(CLOSING, sent).await.is_err() {
            tracing::debug!("the last messages to other nodes may be lost");
        }
    }
}

impl<M: Send + Sync + 'static> Bus<M> for Nats<M> {
    fn publish(&self, subject: &str, message: &M) {
        let shared = &self.shared;
        shared.here.publish(subject, message);
        if !shared.is_up() {
            // Whoever comes back says that it was away.
            return shared.dropped("away");
        }
        let bytes = (shared.wire.encode)(message);
        if self.outgoing.try_send((shared.subject(subject), bytes)).is_err() {
            shared.dropped("full");
        }
    }

    fn subscribe(&self, subject: &str, handler: Handler<M>) -> Subscription {
        self.shared.want(subject, self.shared.here.subscribe(subject, handler))
    }

    fn request(&self, subject: &str, message: &M) -> Answer<M> {
        let shared = Arc::clone(&self.shared);
        if !shared.is_up() {
            return Box::pin(std::future::ready(Err(Unanswered::Nobody)));
        }
        let (client, subject) = (self.client.clone(), shared.subject(subject));
        let bytes = (shared.wire.encode)(message);
        Box::pin(async move {
            match client.request(subject, bytes).await {
                // An empty one says that no answer comes.
                Ok(answer) => (shared.wire.decode)(&answer.payload).ok_or(Unanswered::Lost),
                Err(error) if error.kind() == RequestErrorKind::NoResponders => Err(Unanswered::Nobody),
                Err(_) => Err(Unanswered::Lost),
            }
        })
    }

    fn respond(&self, subject: &str, responder: Responder<M>) -> Subscription {
        self.shared.want(subject, self.shared.here.respond(subject, responder))
    }

    fn is_up(&self) -> bool {
        self.shared.is_up()
    }

    fn on_loss(&self, handler: LossHandler) -> Subscription {
        self.shared.losses.subscribe("", Arc::new(move |()| handler()))
    }
}

impl<M> Drop for Nats<M> {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

impl<M: Send + Sync + 'static> Shared<M> {
    fn is_up(&self) -> bool {
        self.up.load(Ordering::Relaxed)
    }

    /// Has a subject heard as long as somebody `here` wants it.
    fn want(self: &Arc<Self>, subject: &str, here: Subscription) -> Subscription {
        {
            let mut wanted = lock(&self.wanted);
            *wanted.entry(subject.to_owned()).or_default() += 1;
            // Under the lock: the task must not take this one for settled before it has seen it.
            self.settled.store(false, Ordering::Relaxed);
        }
        self.bell.notify_one();
        let (shared, subject) = (Arc::clone(self), subject.to_owned());
        Subscription::new(move || {
            drop(here);
            let mut wanted = lock(&shared.wanted);
            if let Some(count) = wanted.get_mut(&subject) {
                *count -= 1;
                if *count == 0 {
                    wanted.remove(&subject);
                }
            }
            drop(wanted);
            shared.bell.notify_one();
        })
    }

    fn subject(&self, subject: &str) -> Subject {
        Subject::from(format!("{}.{subject}", self.prefix))
    }

    /// Counts a message that does not go out, and has the others told.
    fn dropped(&self, reason: &'static str) {
        metrics::counter!("parlance_bus_drops_total", "reason" => reason).increment(1);
        self.owing.store(true, Ordering::Relaxed);
    }

    /// Tells this node that messages of others may have been lost.
    fn lost(&self) {
        metrics::counter!("parlance_bus_losses_total").increment(1);
        self.losses.publish("", &());
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
