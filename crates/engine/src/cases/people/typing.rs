//! "Is typing": a hint that is never stored, never repeated by the server, and over by itself.
//!
//! In a direct conversation it reaches the other side only if both want to hear of each other; in a group those who
//! have it open, but nobody who has blocked the one who types. Whoever asks cannot tell whom it reached.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, Done, Event, FanOut, SetTyping, UserId};
use rustc_hash::FxHashMap;
use tokio::sync::mpsc;
use tokio::time::Instant;

use super::relations::side;
use crate::hub::{Live, To};
use crate::{Caller, Engine, Error};

/// More often than this it is not told.
const PACE: Duration = Duration::from_secs(3);
/// Entries kept before old ones are dropped.
const KEPT: usize = 4_096;

/// What waits to be shown on this node; more is dropped.
const WAITING: usize = 1_024;

/// A group where somebody types, who, and what is told of it.
type Shown = (ConversationId, UserId, Arc<Live>);

/// When each user's typing was last told, and what is to be shown to those who have a group open on this node.
pub(crate) struct Typing {
    told: Mutex<FxHashMap<(UserId, ConversationId), Instant>>,
    shown: mpsc::Sender<Shown>,
    /// The other end, until the task takes it.
    waiting: Mutex<Option<mpsc::Receiver<Shown>>>,
}

impl Default for Typing {
    fn default() -> Typing {
        let (shown, waiting) = mpsc::channel(WAITING);
        Typing { told: Mutex::default(), shown, waiting: Mutex::new(Some(waiting)) }
    }
}

impl Typing {
    /// Notes that somebody types in a group, on whichever node.
    pub(crate) fn push(&self, conversation: ConversationId, from: UserId, live: &Arc<Live>) {
        // A hint that is over by itself: what does not fit is not worth counting.
        _ = self.shown.try_send((conversation, from, Arc::clone(live)));
    }

    /// Whether it is time to tell again; if so it counts as told.
    fn is_due(&self, user: UserId, conversation: ConversationId) -> bool {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.len() >= KEPT {
            told.retain(|_, at| at.elapsed() < PACE);
        }
        let is_due = told.get(&(user, conversation)).is_none_or(|at| at.elapsed() >= PACE);
        if is_due {
            told.insert((user, conversation), Instant::now());
        }
        is_due
    }
}

impl Engine {
    /// Tells others that the caller is writing, or recording; more often than every 3 seconds is passed over.
    pub async fn set_typing(&self, caller: Caller, input: SetTyping) -> Result<Done, Error> {
        let conversation = input.conversation_id;
        if let ConversationId::Direct(..) = conversation {
            self.check_peer(caller, conversation).await?;
        }
        let shared = self.member_of(caller, conversation).await?;
        if !self.0.typing.is_due(caller.user, conversation) {
            return Ok(Done {});
        }
        let event =
            Event::Typing { conversation_id: conversation, user_id: caller.user, activity: input.activity };
        if let Some(peer) = super::peers::peer(conversation, caller.user) {
            if self.on_terms(caller.user, conversation).await? {
                self.0.tell(To::Users([peer].into()), &Live::new(event));
            }
            return Ok(Done {});
        }
        if shared.state().fan_out == FanOut::Read || shared.state().settings.members_hidden {
            return Ok(Done {});
        }
        self.0.tell(To::Unblocked(conversation, caller.user), &Live::new(event));
        Ok(Done {})
    }

    /// Shows to those who have a group open on this node that somebody types, unless they have blocked that one.
    async fn show_typing(&self, (conversation, from, live): Shown) -> Result<(), Error> {
        let open = self.0.hub.openers(conversation);
        if open.is_empty() {
            return Ok(());
        }
        let regards = self.regards(&open, from).await?;
        let blocking = open.into_iter().zip(regards).filter(|(_, regard)| side(&regard.relation).blocked);
        let but: Vec<UserId> = blocking.map(|(user, _)| user).chain([from]).collect();
        self.0.hub.push_open_but(conversation, &but, &live);
        Ok(())
    }
}

/// The task that shows it: who has blocked whom is read from the store.
pub(crate) async fn show(engine: Engine) {
    let waiting = engine.0.typing.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
    let Some(mut waiting) = waiting else { return };
    let stopping = engine.0.tasks.stopping();
    tokio::pin!(stopping);
    loop {
        let shown = tokio::select! {
            biased;
            () = &mut stopping => return,
            Some(shown) = waiting.recv() => shown,
        };
        if let Err(error) = engine.show_typing(shown).await {
            tracing::debug!(%error, "typing could not be shown");
        }
    }
}
