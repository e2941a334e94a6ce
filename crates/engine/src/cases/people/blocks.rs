//! Blocking: from its moment on nothing of the blocked person reaches the blocker, and the blocked notices nothing.
//!
//! The block and the stretch of the conversation that stays out of sight are one commit. What was written while
//! blocked stays hidden after unblocking too.

use parlance_domain::{Deed, HiddenRange, OwnView, Progress, Rejection};
use parlance_proto::{
    BlockUser, BlockedUsers, ConversationId, Done, Event, ListBlocked, Topic, UnblockUser, UserId, limits,
};
use parlance_store::Put;

use super::relations::{is_empty, relation_in, set_side, side};
use crate::cases::conversations::view::view_of;
use crate::cases::messages::shown::{own_view, set_own_view};
use crate::cases::page_size;
use crate::follow::{self, OwnChange, Touched, change_own};
use crate::hub::{Live, To};
use crate::owner;
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Blocks somebody.
    pub async fn block_user(&self, caller: Caller, input: BlockUser) -> Result<Done, Error> {
        let other = self.other(caller, input.user_id).await?;
        if self.relation(caller.user, other).await? == rows::RelationRow::default()
            && !self.has_room(caller.user).await?
        {
            return Err(Rejection::TooManyContacts.into());
        }
        // What was written before is in the list first.
        self.settle_inbox(caller.user).await?;
        let conversation = ConversationId::direct(caller.user, other);
        let shared = owner::current(&self.0, conversation).await?;
        let seen = self.marks_shown_to(other, caller.user, conversation).await?;
        let head = shared.state().head;
        self.change_block(caller.user, other, |relation, view| {
            if relation.blocked_ms == 0 {
                let after = side(relation).after(Deed::Block)?;
                set_side(relation, after);
                relation.blocked_ms = self.0.clock.now_ms().max(1);
                view.frozen_read = seen.0.map_or(0, |index| index + 1);
                view.frozen_delivered = seen.1.map_or(0, |index| index + 1);
                let mut own = own_view(view);
                begin(&mut own, head);
                set_own_view(view, &own);
            }
            Ok(())
        })
        .await?;
        self.after_block(caller, other).await
    }

    /// Ends a block.
    pub async fn unblock_user(&self, caller: Caller, input: UnblockUser) -> Result<Done, Error> {
        let other = self.other(caller, input.user_id).await?;
        let conversation = ConversationId::direct(caller.user, other);
        let shared = owner::current(&self.0, conversation).await?;
        let asked = self.relation(other, caller.user).await?.wants;
        // Messages flow again before the stretch ends, so that none after it is missed.
        shared.set_blocks(caller.user, false);
        let head = shared.state().head;
        let changed = self
            .change_block(caller.user, other, |relation, view| {
                if relation.blocked_ms != 0 {
                    let after = side(relation).after(Deed::Unblock { asked })?;
                    set_side(relation, after);
                    relation.blocked_ms = 0;
                    (view.frozen_read, view.frozen_delivered) = (0, 0);
                    let mut own = own_view(view);
                    end(&mut own, head);
                    set_own_view(view, &own);
                }
                Ok(())
            })
            .await;
        let done = self.after_block(caller, other).await?;
        changed?;
        if !self.0.options.alone {
            // What another node committed before it could know of the end, and passed the caller by.
            follow::note_head(&self.0, &owner::current(&self.0, conversation).await?);
        }
        self.settle_pair(caller.user, other).await?;
        Ok(done)
    }

    /// A page of the people the caller has blocked, by user id.
    pub async fn list_blocked(&self, caller: Caller, input: ListBlocked) -> Result<BlockedUsers, Error> {
        let limit = page_size(input.limit)?;
        let (mut blocked, mut after) = (Vec::new(), input.after);
        while blocked.len() <= limit {
            let page = self.relation_page(caller.user, after).await?;
            let Some((last, _)) = page.last() else { break };
            after = Some(*last);
            blocked.extend(page.iter().filter(|(_, row)| row.blocked_ms != 0).map(|(other, _)| *other));
        }
        let more = blocked.len() > limit;
        blocked.truncate(limit);
        Ok(BlockedUsers { users: self.seen_users(caller, &blocked).await?, more })
    }

    /// Changes the relation and the view of the direct conversation in one commit.
    async fn change_block(
        &self,
        user: UserId,
        other: UserId,
        change: impl Fn(&mut rows::RelationRow, &mut rows::ViewRow) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let conversation = ConversationId::direct(user, other);
        let wanted = [keys::relation(other), keys::view(conversation)];
        change_own(&self.0, user, &wanted, |found| {
            let before = (relation_in(found[0].as_ref())?, view_of(found[1].as_ref())?);
            let (mut relation, mut view) = before.clone();
            change(&mut relation, &mut view)?;
            if (&relation, &view) == (&before.0, &before.1) {
                return Ok((None, ()));
            }
            let [relation_key, view_key] = wanted.clone();
            let mut own = OwnChange {
                puts: vec![Put::new(view_key, rows::encode(&view))],
                touched: vec![Touched::Topic(Topic::Blocks), Touched::Conversation(conversation)],
                ..OwnChange::default()
            };
            if is_empty(&relation) {
                own.deletes.push(relation_key);
            } else {
                own.puts.push(Put::new(relation_key, rows::encode(&relation)));
            }
            Ok((Some(own), ()))
        })
        .await
    }

    #[cfg(feature = "planted")]
    fn planted_block_forgotten(&self) -> bool {
        self.0.options.planted == Some(crate::Planted::BlockForgotten)
    }

    #[cfg(not(feature = "planted"))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_block_forgotten(&self) -> bool {
        false
    }

    /// Has the conversation and the caller's devices go by what the rows say now.
    async fn after_block(&self, caller: Caller, other: UserId) -> Result<Done, Error> {
        let conversation = ConversationId::direct(caller.user, other);
        // The owner of now, and what the rows say after it was told: another device may be changing the same.
        let shared = owner::current(&self.0, conversation).await?;
        loop {
            let blocked = self.relation(caller.user, other).await?.blocked_ms != 0;
            shared.set_blocks(caller.user, blocked && !self.planted_block_forgotten());
            if (self.relation(caller.user, other).await?.blocked_ms != 0) == blocked {
                break;
            }
        }
        // Clocks that stood still meanwhile go on.
        self.0.timers.moved(&shared.state());
        self.review_presence(caller.user);
        self.review_presence(other);
        let summary = self.summary_of(caller, conversation).await?;
        self.0.tell(To::Users([caller.user].into()), &Live::new(Event::Summary(Box::new(summary))));
        Ok(Done {})
    }
}

/// Has everything after `head` out of sight, without an end yet.
fn begin(view: &mut OwnView, head: Progress) {
    view.hidden.push(HiddenRange {
        from: head.index + 1,
        to: limits::OPEN_END,
        before: head.ordinal,
        last: limits::OPEN_END,
    });
}

/// Ends the stretch at `head`.
fn end(view: &mut OwnView, head: Progress) {
    if let Some(open) = view.hidden.last_mut().filter(|range| range.to == limits::OPEN_END) {
        (open.to, open.last) = (head.index, head.ordinal);
    }
    // Nothing was written meanwhile.
    view.hidden.retain(|range| range.from <= range.to);
}
