//! The client: a handle of one signed-in connection and the tasks behind it.
//!
//! Tasks: the link (socket), the dispatcher (send queue), and, once `updates` is asked for, the follower and the saver
//! of its place. All of them end with the client.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, Hello, Input, LogIn, Register, SignedIn};
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinHandle;

use crate::address::Address;
use crate::follow::{Follower, Following, State};
use crate::link::{self, Link, Signal};
use crate::queue::{Dispatcher, Order};
use crate::{CallError, Error, Http, Options, Rejected, Status, Ticket, Unsent, Updates};

/// Orders that wait for the dispatcher.
const ORDERS_WAITING_MAX: usize = 16;
/// The place is saved this often while it moves.
const SAVE_EVERY: Duration = Duration::from_secs(1);

/// What `updates` takes to start following.
struct Follow {
    signals: mpsc::Receiver<Signal>,
    options: Options,
}

struct Inner {
    link: Link,
    orders: mpsc::Sender<Order>,
    state: Arc<State>,
    stop: watch::Sender<bool>,
    /// Nothing once the updates are being read.
    follow: Mutex<Option<Follow>>,
    tasks: Mutex<Vec<JoinHandle<()>>>,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.stop.send_replace(true);
    }
}

/// A signed-in client. Cheap to clone; the connection ends when the last clone is dropped or `close` is called.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

impl Client {
    /// Registers a user on a server and signs this device in. Keep the token: it is what `connect` needs.
    pub async fn register(url: &str, input: Register) -> Result<SignedIn, Error> {
        Ok(Http::new(url)?.register(input).await?)
    }

    /// Signs this device in with username and password. Keep the token: it is what `connect` needs.
    pub async fn log_in(url: &str, input: LogIn) -> Result<SignedIn, Error> {
        Ok(Http::new(url)?.log_in(input).await?)
    }

    /// Connects and signs in with a token. Answers once that has worked; from then on the connection is kept up.
    pub async fn connect(url: &str, token: &str, options: Options) -> Result<Client, Error> {
        let address = Address::parse(url)?;
        let state = Arc::new(State::load(options.state_file.clone())?);
        let (stop, stopped) = watch::channel(false);
        let supervisor = link::spawn(address, token, &options, stopped.clone());
        let (orders, orders_waiting) = mpsc::channel(ORDERS_WAITING_MAX);
        let inner = Arc::new(Inner {
            link: supervisor.link,
            orders,
            state,
            stop,
            follow: Mutex::new(Some(Follow { signals: supervisor.signals, options: options.clone() })),
            tasks: Mutex::new(vec![supervisor.task]),
        });
        let client = Client { inner };
        let hello = client.first_hello(Duration::from_millis(options.connect_timeout_ms)).await?;
        client.inner.state.belongs_to(hello.user_id)?;
        let dispatcher = Dispatcher::open(client.inner.link.clone(), orders_waiting, &options)?;
        client.spawn(until(stopped, dispatcher.run()));
        Ok(client)
    }

    async fn first_hello(&self, timeout: Duration) -> Result<Hello, Error> {
        let mut status = self.status();
        let settled = status.wait_for(|status| !matches!(status, Status::Offline { .. }));
        let settled = tokio::time::timeout(timeout, settled).await.map(|settled| settled.map(|s| s.clone()));
        match settled {
            Ok(Ok(Status::Online(hello))) => Ok(hello),
            Ok(Ok(Status::Ended(problem))) => Err(Error::Call(CallError::Refused(problem))),
            Ok(Ok(Status::Closed | Status::Offline { .. }) | Err(_)) => Err(Error::Call(CallError::Closed)),
            Err(_) => Err(Error::Unreachable(match &*self.status().borrow() {
                Status::Offline { why: Some(why) } => why.clone(),
                _ => "no answer".to_owned(),
            })),
        }
    }

    /// The state of the connection, to look at or to wait on.
    pub fn status(&self) -> watch::Receiver<Status> {
        self.inner.link.status()
    }

    /// Calls an operation over the WebSocket. Calls are pipelined: many may be under way at once, and the server
    /// carries out the sends of one connection in their order. Waits for a connection if there is none.
    pub async fn call<I: Input>(&self, input: I) -> Result<I::Output, CallError> {
        self.inner.link.call(input).await
    }

    /// Stores a text message in the send queue; it is sent in order, again after every reconnect, until the server
    /// has acknowledged or refused it. Waits while the queue is full.
    pub async fn queue(&self, conversation_id: ConversationId, text: &str) -> Result<Ticket, Error> {
        let client_message_id = uuid::Uuid::now_v7().to_string();
        let unsent =
            Unsent { client_message_id: client_message_id.clone(), conversation_id, text: text.to_owned() };
        let (told, end) = oneshot::channel();
        let (stored, is_stored) = oneshot::channel();
        self.order(Order::Put { unsent, told, stored }).await?;
        is_stored.await.map_err(|_| CallError::Closed)??;
        Ok(Ticket { client_message_id, end })
    }

    /// The queued messages that the server refused and whose ticket nobody held any more. Each is told once.
    pub async fn take_rejected(&self) -> Result<Vec<Rejected>, Error> {
        let (reply, rejected) = oneshot::channel();
        self.order(Order::TakeRejected(reply)).await?;
        rejected.await.map_err(|_| CallError::Closed)?
    }

    async fn order(&self, order: Order) -> Result<(), Error> {
        Ok(self.inner.orders.send(order).await.map_err(|_| CallError::Closed)?)
    }

    /// Everything that happens to the user from the stored place on. There is one reader; it may be slow, which
    /// delays neither calls nor the connection.
    pub fn updates(&self) -> Result<Updates, Error> {
        let follow = self.inner.follow.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Follow { signals, options } = follow.ok_or(Error::UpdatesTaken)?;
        let stop = self.inner.stop.subscribe();
        let state = Arc::clone(&self.inner.state);
        let link = self.inner.link.clone();
        let following = Following { link, signals, state: Arc::clone(&state), stop: stop.clone() };
        let (follower, updates) = Follower::new(following, &options);
        self.spawn(follower.run());
        if options.state_file.is_some() {
            self.spawn(until(stop, save_often(state)));
        }
        Ok(updates)
    }

    /// Ends the connection and all tasks, and saves the place.
    pub async fn close(&self) -> Result<(), Error> {
        self.inner.stop.send_replace(true);
        let tasks = std::mem::take(&mut *self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner));
        for task in tasks {
            let _ = task.await;
        }
        self.inner.state.save().await
    }

    fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.inner.tasks.lock().unwrap_or_else(PoisonError::into_inner).push(tokio::spawn(task));
    }
}

/// Runs a task until the client stops.
async fn until(mut stop: watch::Receiver<bool>, task: impl Future<Output = ()>) {
    tokio::select! {
        _ = stop.wait_for(|stop| *stop) => {}
        () = task => {}
    }
}

async fn save_often(state: Arc<State>) {
    loop {
        tokio::time::sleep(SAVE_EVERY).await;
        if let Err(error) = state.save().await {
            tracing::warn!(%error, "the place could not be saved");
        }
    }
}
