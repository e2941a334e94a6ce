//! Messages to be sent at a time: kept with the user, who sees them on all own devices and may change or drop them.
//!
//! A row, its place in the user's list of them, and its timer are one commit. Whether one may be sent is decided when it is
//! due; what is refused then stays in the list with the reason.

use bytes::Bytes;
use parlance_domain::{Rejection, check_client_message_id, check_send_at, check_text};
use parlance_proto::{
    Done, ErrorCode, ListScheduled, ScheduleMessage, Scheduled, ScheduledMessage, Topic, UnscheduleMessage,
    UserId, limits,
};
use parlance_store::{Family, Level, Put, RowKey, Write};

use crate::follow::{OwnChange, Touched, change_own};
use crate::keys::Timer;
use crate::{Caller, Engine, Error, keys, rows, timers};

impl Engine {
    /// Has a message sent later, or changes one that waits. The same again changes nothing.
    pub async fn schedule_message(
        &self,
        caller: Caller,
        input: ScheduleMessage,
    ) -> Result<ScheduledMessage, Error> {
        check_client_message_id(&input.scheduled_id)?;
        check_text(&input.text)?;
        self.check_member(caller, input.conversation_id).await?;
        let now_ms = self.0.clock.now_ms();
        let item = keys::scheduled(&input.scheduled_id);
        let wanted = [keys::SCHEDULED, item.clone()];
        // Each version has a key of its own: no version of it is sent twice, and none hides another.
        let retry = format!("sched-{:016x}", crate::world::fresh_id(&*self.0.clock, &*self.0.chance));
        change_own(&self.0, caller.user, &wanted, |found| {
            let before: Option<rows::ScheduledRow> =
                found[1].as_ref().map(|value| rows::decode(value)).transpose()?;
            let row = row_of(caller, &input, &retry);
            if before.as_ref().is_some_and(|before| same(before, &row)) {
                return Ok((None, ()));
            }
            check_send_at(now_ms, input.send_at_ms)?;
            let mut list: rows::ScheduledList = list_of(found[0].as_ref())?;
            if !list.ids.contains(&input.scheduled_id) {
                if list.ids.len() >= limits::SCHEDULED_MAX {
                    return Err(Rejection::TooManyScheduled.into());
                }
                list.ids.push(input.scheduled_id.clone());
            }
            let timer = Timer::Scheduled(caller.user, Bytes::copy_from_slice(input.scheduled_id.as_bytes()));
            let mut along = vec![timers::set(&self.0, input.send_at_ms, &timer)];
            along.extend(before.map(|_| Write::Erased));
            let own = OwnChange {
                puts: vec![
                    Put::new(keys::SCHEDULED, rows::encode(&list)),
                    Put::new(item.clone(), rows::encode(&row)),
                ],
                touched: vec![Touched::Topic(Topic::Scheduled)],
                along,
                ..OwnChange::default()
            };
            Ok((Some(own), ()))
        })
        .await?;
        let row = self.scheduled_row(caller.user, &input.scheduled_id).await?;
        scheduled(&input.scheduled_id, row.ok_or(Rejection::NotScheduled)?)
    }

    /// The caller's messages that wait, soonest first, and those that were refused.
    pub async fn list_scheduled(&self, caller: Caller, _: ListScheduled) -> Result<Scheduled, Error> {
        let key = |key| RowKey { family: Family::Fenced, partition: keys::user(caller.user), key };
        let list = self.0.store.get(&key(keys::SCHEDULED), Level::Serial).await?;
        let ids = list_of(list.as_ref().map(|row| &row.value))?.ids;
        let wanted: Vec<RowKey> = ids.iter().map(|id| key(keys::scheduled(id))).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let rows = ids.iter().zip(found).filter_map(|(id, row)| Some((id, row?)));
        let messages = rows.map(|(id, row)| scheduled(id, rows::decode(&row.value)?));
        let mut messages = messages.collect::<Result<Vec<_>, Error>>()?;
        messages.sort_by_key(|message| message.send_at_ms);
        Ok(Scheduled { messages })
    }

    /// Drops one of the caller's messages that wait or were refused. Dropping it again changes nothing.
    pub async fn unschedule_message(&self, caller: Caller, input: UnscheduleMessage) -> Result<Done, Error> {
        self.drop_scheduled(caller.user, &input.scheduled_id, None).await?;
        Ok(Done {})
    }

    /// The row of a scheduled message.
    pub(crate) async fn scheduled_row(
        &self,
        user: UserId,
        id: &str,
    ) -> Result<Option<rows::ScheduledRow>, Error> {
        let key = RowKey { family: Family::Fenced, partition: keys::user(user), key: keys::scheduled(id) };
        let row = self.0.store.get(&key, Level::Serial).await?;
        row.map(|row| rows::decode(&row.value)).transpose()
    }

    /// Drops a scheduled message; with `retry` only that version of it.
    pub(crate) async fn drop_scheduled(
        &self,
        user: UserId,
        id: &str,
        retry: Option<&str>,
    ) -> Result<(), Error> {
        let item = keys::scheduled(id);
        change_own(&self.0, user, &[keys::SCHEDULED, item.clone()], |found| {
            let Some(before) = &found[1] else { return Ok((None, ())) };
            let before: rows::ScheduledRow = rows::decode(before)?;
            if retry.is_some_and(|retry| retry != before.retry_key) {
                return Ok((None, ()));
            }
            let mut list = list_of(found[0].as_ref())?;
            list.ids.retain(|other| other != id);
            let own = OwnChange {
                puts: vec![Put::new(keys::SCHEDULED, rows::encode(&list))],
                deletes: vec![item.clone()],
                touched: vec![Touched::Topic(Topic::Scheduled)],
                along: vec![Write::Erased],
            };
            Ok((Some(own), ()))
        })
        .await
    }

    /// Keeps a version of a scheduled message with the reason why it was not sent.
    pub(crate) async fn refuse_scheduled(
        &self,
        user: UserId,
        id: &str,
        (retry, reason): (&str, &Rejection),
    ) -> Result<(), Error> {
        let item = keys::scheduled(id);
        change_own(&self.0, user, std::slice::from_ref(&item), |found| {
            let Some(before) = &found[0] else { return Ok((None, ())) };
            let before: rows::ScheduledRow = rows::decode(before)?;
            if retry != before.retry_key {
                return Ok((None, ()));
            }
            let row = rows::ScheduledRow {
                refused: reason.code().as_str().to_owned(),
                reason: reason.to_string(),
                ..before
            };
            let own = OwnChange {
                puts: vec![Put::new(item.clone(), rows::encode(&row))],
                touched: vec![Touched::Topic(Topic::Scheduled)],
                ..OwnChange::default()
            };
            Ok((Some(own), ()))
        })
        .await
    }
}

fn row_of(caller: Caller, input: &ScheduleMessage, retry: &str) -> rows::ScheduledRow {
    rows::ScheduledRow {
        conversation: keys::conversation(input.conversation_id),
        text: input.text.clone(),
        reply_to: input.reply_to.unwrap_or_default(),
        send_at_ms: input.send_at_ms,
        retry_key: retry.to_owned(),
        session: caller.session.0,
        refused: String::new(),
        reason: String::new(),
    }
}

/// Whether both say the same, and neither was refused.
fn same(before: &rows::ScheduledRow, now: &rows::ScheduledRow) -> bool {
    let now =
        rows::ScheduledRow { retry_key: before.retry_key.clone(), session: before.session, ..now.clone() };
    *before == now
}

fn list_of(value: Option<&Bytes>) -> Result<rows::ScheduledList, Error> {
    value.map_or(Ok(rows::ScheduledList::default()), |value| rows::decode(value))
}

fn scheduled(id: &str, row: rows::ScheduledRow) -> Result<ScheduledMessage, Error> {
    let conversation_id = keys::parse_conversation(&row.conversation);
    let refused = ErrorCode::ALL.iter().copied().find(|code| code.as_str() == row.refused);
    Ok(ScheduledMessage {
        scheduled_id: id.to_owned(),
        conversation_id: conversation_id.ok_or_else(|| Error::corrupt("a scheduled message"))?,
        text: row.text,
        reply_to: Some(row.reply_to).filter(|index| *index != 0),
        send_at_ms: row.send_at_ms,
        refused,
        reason: Some(row.reason).filter(|reason| !reason.is_empty()),
    })
}
