//! "Is typing": a hint that is never stored, never repeated by the server, and over by itself.
//!
//! In a direct conversation it reaches the other side only if both want to hear of each other; in a group those who
//! have it open, but nobody who has blocked the one who types. Whoever asks cannot tell whom it reached.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use parlance_proto::{ConversationId, Done, Event, FanOut, SetTyping, UserId};
use rustc_hash::FxHashMap;
use tokio::time::Instant;

use super::relations::side;
use crate::hub::{Live, To};
use crate::{Caller, Engine, Error};

/// More often than this it is not told.
const PACE: Duration = Duration::from_secs(3);
/// Entries kept before old ones are dropped.
const KEPT: usize = 4_096;

/// When each user's typing was last told.
#[derive(Default)]
pub(crate) struct Typing(Mutex<FxHashMap<(UserId, ConversationId), Instant>>);

impl Typing {
    /// Whether it is time to tell again; if so it counts as told.
    fn is_due(&self, user: UserId, conversation: ConversationId) -> bool {
        let mut told = self.0.lock().unwrap_or_else(PoisonError::into_inner);
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
        let open = self.0.hub.openers(conversation);
        let regards = self.regards(&open, caller.user).await?;
        let blocking = open.into_iter().zip(regards).filter(|(_, regard)| side(&regard.relation).blocked);
        let but: Vec<UserId> = blocking.map(|(user, _)| user).chain([caller.user]).collect();
        self.0.tell(To::OpenBut(conversation, but.into()), &Live::new(event));
        Ok(Done {})
    }
}
