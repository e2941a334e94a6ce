//! What a device does with people: contacts, and blocking those whom it may block.
//!
//! Users block only those who were registered before them, so that somebody can read every direct log to its end. In the
//! end nobody is blocked any more.

use parlance_engine::{Caller, Engine};
use parlance_proto::{
    AcceptContact, BlockUser, Contact, ContactState, ConversationId, DeclineContact, Entry, Event,
    ListContacts, ListConversations, RemoveContact, RequestContact, SendMessage, UnblockUser, UserId,
};

use crate::device::{Device, outcome_of};
use crate::history::History;
use crate::world::{World, insist};

impl Device {
    /// Changes what somebody else is to this user.
    pub(crate) async fn relate(&self) {
        let (world, me) = (&self.world, self.me());
        let Some(user_id) = world.dice.pick(&world.users).copied().filter(|other| *other != me.user) else {
            return;
        };
        let engine = world.engine().0;
        let done = match world.dice.below(12) {
            0 | 1 => engine.request_contact(me, RequestContact { user_id, note: None }).await.map(|_| ()),
            2 | 3 => engine.accept_contact(me, AcceptContact { user_id }).await.map(|_| ()),
            4 => engine.decline_contact(me, DeclineContact { user_id }).await.map(|_| ()),
            5 => engine.remove_contact(me, RemoveContact { user_id }).await.map(|_| ()),
            6 => return self.look_at_list().await,
            number if may_block(world, me.user, user_id) => {
                if world.history.blocks(me.user, user_id) && number < 9 {
                    // From the first try on it may be over.
                    world.history.unblocking(me.user, user_id);
                    engine.unblock_user(me, UnblockUser { user_id }).await.map(|_| ())
                } else {
                    world.history.blocking(me.user, user_id);
                    let done = engine.block_user(me, BlockUser { user_id }).await;
                    if done.is_ok() {
                        world.history.blocked(me.user, user_id);
                    }
                    done.map(|_| ())
                }
            }
            _ => return,
        };
        world.history.note(&format!("relate {:?}", done.map_err(|error| outcome_of(&error))));
    }

    /// Looks at the list: no preview says what somebody blocked has written.
    async fn look_at_list(&self) {
        let input = ListConversations { after: None, limit: Some(50), ..ListConversations::default() };
        let Ok(page) = self.engine().0.list_conversations(self.me(), input).await else { return };
        for row in &page.conversations {
            if let Some(entry) = &row.last_message {
                self.world.history.heard(self.me().user, row.conversation_id, entry);
            }
        }
    }
}

/// What an event tells somebody of an entry.
pub fn hear(history: &History, user: UserId, event: &Event) {
    let told: Option<(_, &Entry)> = match event {
        Event::Entry { conversation_id, entry } => Some((*conversation_id, entry)),
        Event::Summary(row) => row.last_message.as_ref().map(|entry| (row.conversation_id, entry)),
        _ => None,
    };
    if let Some((conversation, entry)) = told {
        history.heard(user, conversation, entry);
    }
}

fn may_block(world: &World, user: UserId, other: UserId) -> bool {
    let place = |user: UserId| world.users.iter().position(|known| *known == user);
    place(other) < place(user)
}

/// Ends every block. What was written meanwhile is passed over; the next message brings the conversation up to date.
pub async fn unblock_all(world: &World) {
    let engine = world.engine().0;
    for (user, other) in world.history.tried_blocks() {
        world.history.unblocking(user, other);
        insist(|| engine.unblock_user(caller(user), UnblockUser { user_id: other })).await;
        let key = format!("after-{user}");
        let input = SendMessage::text(ConversationId::direct(user, other), key.clone(), key);
        insist(|| async { engine.send_message(caller(other), input.clone()).await?.await }).await;
    }
}

/// What one is to the other, the other is to the one; and nobody ever saw what was written while blocked.
pub async fn check_people(world: &World, devices: &[Device]) {
    let engine = world.engine().0;
    let mut all = Vec::new();
    // Listing mends what a crash left apart: what both say is compared afterwards.
    for round in 0..2 {
        for user in &world.users {
            let contacts = contacts(&engine, *user).await;
            if round == 1 {
                all.extend(contacts.into_iter().map(|one| (*user, one.user.user_id, one.state)));
            }
        }
    }
    for (user, other, state) in &all {
        let back = all.iter().find(|(one, two, _)| (one, two) == (other, user)).map(|(_, _, state)| *state);
        let agrees = match state {
            ContactState::Contact => back == Some(ContactState::Contact),
            ContactState::Incoming => back == Some(ContactState::Outgoing),
            // Whoever declined says nothing of it.
            ContactState::Outgoing => back != Some(ContactState::Contact),
        };
        if !agrees {
            let wrong = format!("{other} is {state:?} to {user}, who is {back:?} to the other");
            world.history.violation(wrong);
        }
    }
    for device in devices {
        for (conversation, id) in world.history.unheard(device.me().user) {
            if device.replica.heard.contains(&(conversation, id.clone())) {
                let number = device.number;
                world.history.violation(format!("blocked, and device {number} saw {id} of {conversation}"));
            }
        }
    }
}

async fn contacts(engine: &Engine, user: UserId) -> Vec<Contact> {
    let input = ListContacts { state: None, after: None, limit: Some(50) };
    insist(|| engine.list_contacts(caller(user), input.clone())).await.contacts
}

fn caller(user: UserId) -> Caller {
    Caller { user, session: parlance_proto::SessionId(0) }
}
