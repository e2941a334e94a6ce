//! A user's own settings: of conversations, pins, folders, notifications.
//!
//! Each change is one commit in the user's partition, with its note for the user's other devices.

mod folders;
mod notifications;

use bytes::Bytes;
use parlance_domain::{Rejection, check_background, check_muted_until, check_pins};
use parlance_proto::{
    ArrangePins, ConversationId, ConversationSummary, FileId, Personal, Personalize, Pins, Topic, UserId,
};
use parlance_store::{Family, Level, Put, RowKey};

use crate::follow::{OwnChange, Touched, change_own};
use crate::{Caller, Engine, Error, keys, rows};

impl Engine {
    /// Changes the caller's own settings of a conversation.
    pub async fn personalize(
        &self,
        caller: Caller,
        input: Personalize,
    ) -> Result<ConversationSummary, Error> {
        input.muted_until_ms.map_or(Ok(()), check_muted_until)?;
        input.background.as_deref().map_or(Ok(()), check_background)?;
        if let Some(named) = input.background.as_deref().map(str::trim)
            && named.parse::<FileId>().is_ok()
        {
            self.own_picture(caller, named).await?;
        }
        self.change_view(caller, input.conversation_id, |view| {
            view.muted_until_ms = input.muted_until_ms.unwrap_or(view.muted_until_ms);
            view.archived = input.archived.unwrap_or(view.archived);
            if let Some(background) = &input.background {
                background.trim().clone_into(&mut view.background);
            }
            if let Some(level) = input.notify {
                view.notify = level.map_or(rows::NOTIFY_AS_SET, rows::notify_number);
            }
            Ok(())
        })
        .await
    }

    /// Sets the conversations at the top of the caller's list.
    pub async fn arrange_pins(&self, caller: Caller, input: ArrangePins) -> Result<Pins, Error> {
        check_pins(&input.conversation_ids)?;
        for conversation in &input.conversation_ids {
            self.check_member(caller, *conversation).await?;
        }
        let row = rows::pins_row(&input.conversation_ids);
        self.change_own_row(caller.user, keys::PINS, Topic::Pins, |before: rows::PinsRow| {
            Ok((before != row).then(|| row.clone()))
        })
        .await?;
        Ok(Pins { conversation_ids: input.conversation_ids })
    }

    /// The conversations at the top of a user's list.
    pub(in crate::cases) async fn pins(&self, user: UserId) -> Result<Vec<ConversationId>, Error> {
        let row: rows::PinsRow = self.own_row(user, keys::PINS).await?;
        rows::conversations(&row.conversations)
    }

    /// One of a user's own rows; a fresh one if there is none.
    async fn own_row<R: prost::Message + Default>(&self, user: UserId, key: Bytes) -> Result<R, Error> {
        let key = RowKey { family: Family::Fenced, partition: keys::user(user), key };
        let row = self.0.store.get(&key, Level::Serial).await?;
        row.map_or(Ok(R::default()), |row| rows::decode(&row.value))
    }

    /// Changes one of a user's own rows: `change` answers the row to keep, or none if nothing changes.
    async fn change_own_row<R: prost::Message + Default>(
        &self,
        user: UserId,
        key: Bytes,
        topic: Topic,
        change: impl Fn(R) -> Result<Option<R>, Rejection>,
    ) -> Result<(), Error> {
        change_own(&self.0, user, std::slice::from_ref(&key), |found| {
            let before = found[0].as_ref().map_or(Ok(R::default()), |value| rows::decode(value))?;
            let own = change(before)?.map(|row| OwnChange {
                puts: vec![Put::new(key.clone(), rows::encode(&row))],
                touched: vec![Touched::Topic(topic)],
                ..OwnChange::default()
            });
            Ok((own, ()))
        })
        .await
    }
}

/// A view's settings as the user's devices see them, with the place among the pins; none if all are as at the beginning.
pub(in crate::cases) fn personal(view: &rows::ViewRow, pinned: Option<u32>) -> Option<Personal> {
    let personal = Personal {
        pinned,
        muted_until_ms: Some(view.muted_until_ms).filter(|until_ms| *until_ms != 0),
        archived: view.archived,
        background: Some(view.background.clone()).filter(|name| !name.is_empty()),
        notify: rows::notify(view.notify),
    };
    let untouched =
        Personal { pinned: None, muted_until_ms: None, archived: false, background: None, notify: None };
    (personal != untouched).then_some(personal)
}
