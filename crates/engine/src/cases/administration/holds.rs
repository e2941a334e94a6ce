//! Legal holds: made, listed and released by administrators, each with the reason.
//!
//! A released hold erases its copies before it is answered, and once more a moment later for what was being sealed just
//! then; a crash in between is made good after the start.

use parlance_domain::Rejection;
use parlance_proto::{
    CreateHold, FileId, Hold, HoldId, HoldPage, ListHolds, PictureSize, ReleaseHold, UserId, limits,
};
use parlance_store::{Bound, Family, Guard, Level, Range, Write};

use super::Administrator;
use crate::cases::files::{Stored, no_file, stored};
use crate::cases::page_size;
use crate::holds::{HeldBy, held_by};
use crate::owner::{Settled, settle};
use crate::{Engine, Error, files, keys, owner, rows, world};

/// Tries against rivals.
const TRIES: u32 = 8;
/// Copies erased at once.
const ERASED: usize = 128;

impl Engine {
    /// Makes a hold. One that is there already, on the same for the same reason, is answered again.
    pub async fn create_hold(&self, by: &Administrator, input: CreateHold) -> Result<Hold, Error> {
        let note = check_reason(&input.note)?;
        let mut row = rows::HoldRow {
            note,
            created_by: by.actor.user().map_or(0, |user| user.0),
            created_ms: self.0.clock.now_ms(),
            ..rows::HoldRow::default()
        };
        match (input.user_id, input.conversation_id) {
            (Some(user), None) => {
                self.account(user).await?.ok_or(Rejection::NoUser)?;
                row.user = user.0;
            }
            (None, Some(id)) => {
                if owner::current(&self.0, id).await?.state().head.index == 0 {
                    return Err(Rejection::NoConversation.into());
                }
                row.conversation = keys::conversation(id);
            }
            _ => return Err(Rejection::HoldOnOne.into()),
        }
        self.0.holds.fill(&self.0).await?;
        let on = held_by(&row)?;
        let active = self.0.holds.active();
        for (hold, _) in active.iter().filter(|(_, held)| *held == on) {
            if let Some((_, same)) = self.hold_row(*hold).await?.filter(|(_, same)| same.note == row.note) {
                return hold_of(*hold, &same);
            }
        }
        if active.len() >= limits::HOLDS_MAX {
            return Err(
                Rejection::TooMany("there are 100 holds, which is the most; release one first").into()
            );
        }
        for _ in 0..TRIES {
            let hold = HoldId(world::fresh_id(&*self.0.clock, &*self.0.chance));
            self.audit(by.actor, "hold.create", on_what(on), format!("{hold}: {}", row.note)).await?;
            let key = keys::hold(hold);
            let commit = self.commit_one(&key, Guard::Absent(key.key.clone()), rows::encode(&row));
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                self.0.holds.begin(hold, on);
                return hold_of(hold, &row);
            }
        }
        Err(Error::Busy)
    }

    /// A page of holds, newest first.
    pub async fn list_holds(&self, _: &Administrator, input: ListHolds) -> Result<HoldPage, Error> {
        let limit = page_size(input.limit)?;
        let range = Range {
            family: Family::Fenced,
            partition: keys::HOLDS,
            from: Bound::Open,
            to: input.after.map_or(Bound::Open, |after| Bound::Excluded(keys::hold(after).key)),
            limit,
            reverse: true,
        };
        let found = self.0.store.range(range, Level::Serial).await?;
        let hold = |row: &parlance_store::Row| {
            let id = keys::tail_number(&row.key).ok_or_else(|| Error::corrupt("a hold's key"))?;
            hold_of(HoldId(id), &rows::decode(&row.value)?)
        };
        let holds = found.iter().map(hold).collect::<Result<Vec<Hold>, Error>>()?;
        let next = holds.last().filter(|_| holds.len() == limit).map(|hold| hold.hold_id);
        Ok(HoldPage { holds, next })
    }

    /// Ends a hold and erases what it kept. Repeating it changes nothing.
    pub async fn release_hold(&self, by: &Administrator, input: ReleaseHold) -> Result<Hold, Error> {
        let hold = input.hold_id;
        let (_, row) = self.hold_row(hold).await?.ok_or(Rejection::NoHold)?;
        self.0.holds.fill(&self.0).await?;
        if row.released_ms == 0 {
            self.audit(by.actor, "hold.release", on_what(held_by(&row)?), hold.to_string()).await?;
        }
        let now_ms = self.0.clock.now_ms();
        let row = self
            .change_hold(hold, |row| {
                if row.released_ms == 0 {
                    row.released_ms = now_ms;
                }
            })
            .await?;
        if !row.erased {
            self.0.holds.end(hold);
            self.erase_copies(hold).await?;
        }
        hold_of(hold, &row)
    }

    /// Erases what is left of released holds.
    pub(crate) async fn finish_releases(&self) -> Result<(), Error> {
        self.0.holds.fill(&self.0).await?;
        let mut done = Ok(());
        for hold in self.0.holds.take_ended() {
            let erased = async {
                self.erase_copies(hold).await?;
                self.change_hold(hold, |row| row.erased = true).await
            };
            if let Err(error) = erased.await {
                self.0.holds.end(hold);
                done = Err(error);
            }
        }
        done
    }

    /// A file that a hold keeps. Every reading stands in the audit log, with the reason that was given.
    pub async fn held_content(
        &self,
        by: &Administrator,
        (hold, file): (HoldId, FileId),
        reason: &str,
        size: Option<PictureSize>,
    ) -> Result<Stored, Error> {
        let reason = check_reason(reason)?;
        let (_, row) = self.hold_row(hold).await?.ok_or(Rejection::NoHold)?;
        let kept = self.0.store.get(&keys::held_file(hold, file), Level::Serial).await?;
        let kept = kept.filter(|_| row.released_ms == 0).ok_or_else(no_file)?;
        self.audit(by.actor, "hold.read_file", hold, format!("{file}: {reason}")).await?;
        stored(file, &rows::decode(&kept.value)?, size)
    }

    async fn erase_copies(&self, hold: HoldId) -> Result<(), Error> {
        files::held::let_go(&self.0, hold).await?;
        let partition = keys::sealed(hold);
        loop {
            let range = Range::prefix(Family::Blind, partition.clone(), b"", ERASED);
            let found = self.0.store.range(range, Level::Serial).await?;
            let delete = |row: &parlance_store::Row| Write::Delete {
                partition: partition.clone(),
                key: row.key.clone(),
            };
            let mut writes: Vec<Write> = found.iter().map(delete).collect();
            if writes.is_empty() {
                return Ok(());
            }
            writes.push(Write::Erased);
            self.0.write(writes).await?;
        }
    }

    async fn hold_row(&self, hold: HoldId) -> Result<Option<(u64, rows::HoldRow)>, Error> {
        let found = self.0.store.get(&keys::hold(hold), Level::Serial).await?;
        found.map(|row| Ok((row.version, rows::decode(&row.value)?))).transpose()
    }

    async fn change_hold(
        &self,
        hold: HoldId,
        change: impl Fn(&mut rows::HoldRow),
    ) -> Result<rows::HoldRow, Error> {
        let key = keys::hold(hold);
        for _ in 0..TRIES {
            let (version, before) = self.hold_row(hold).await?.ok_or(Rejection::NoHold)?;
            let mut row = before.clone();
            change(&mut row);
            if row == before {
                return Ok(row);
            }
            let guard = Guard::Version(key.key.clone(), version);
            let commit = self.commit_one(&key, guard, rows::encode(&row));
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(row);
            }
        }
        Err(Error::Busy)
    }
}

/// A reason, refused if it says nothing or too much.
pub(super) fn check_reason(text: &str) -> Result<String, Rejection> {
    let text = text.trim();
    let fits = (1..=limits::HOLD_NOTE_MAX_CHARS).contains(&text.chars().count());
    if fits { Ok(text.to_owned()) } else { Err(Rejection::NoReason) }
}

fn on_what(on: HeldBy) -> String {
    match on {
        HeldBy::User(user) => user.to_string(),
        HeldBy::Conversation(id) => id.to_string(),
    }
}

fn hold_of(hold_id: HoldId, row: &rows::HoldRow) -> Result<Hold, Error> {
    let (user_id, conversation_id) = match held_by(row)? {
        HeldBy::User(user) => (Some(user), None),
        HeldBy::Conversation(id) => (None, Some(id)),
    };
    Ok(Hold {
        hold_id,
        user_id,
        conversation_id,
        note: row.note.clone(),
        created_by: Some(UserId(row.created_by)).filter(|user| user.0 != 0),
        created_ms: row.created_ms,
        released_ms: Some(row.released_ms).filter(|time_ms| *time_ms != 0),
    })
}
