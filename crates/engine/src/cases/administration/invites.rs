//! Invites to register: a secret code, known here by its hash, that is good for so many uses and so long.
//!
//! A use is taken under the guard of the invite's row, so that no invite is used once too often, however many try at
//! once. It is given back if the registration did not come about; a crash in between loses it.

use bytes::Bytes;
use parlance_domain::{Rejection, check_note};
use parlance_proto::{
    CreateInvite, Done, Invite, InviteId, Invites, ListInvites, RevokeInvite, UserId, limits,
};
use parlance_store::{Bound, Commit, Durability, Family, Guard, Level, Put, Range, Row, RowKey, Write};

use crate::cases::page_size;
use crate::owner::{Settled, settle};
use crate::{Actor, Administrator, Caller, Engine, Error, keys, rows, world};

/// Tries to take a use against rivals; each lost one was another's success.
const TRIES: u32 = 200;
/// How long a row is kept after its invite has expired, in milliseconds: 30 days.
const KEPT_MS: i64 = 30 * 24 * 3_600 * 1_000;

/// The proof that somebody may invite.
#[derive(Clone, Copy, Debug)]
pub struct Inviter {
    actor: Actor,
    /// Sees only the own invites: those of this user.
    own: Option<UserId>,
}

impl Engine {
    /// The right to invite: of administrators, and of everybody if `members_may`.
    pub async fn inviter(&self, caller: Caller, members_may: bool) -> Result<Inviter, Error> {
        match self.administrator(caller).await {
            Ok(administrator) => Ok(administrator.into()),
            Err(Error::Rejected(_)) if members_may => {
                Ok(Inviter { actor: Actor::User(caller.user), own: Some(caller.user) })
            }
            Err(Error::Rejected(_)) => Err(Rejection::MayNotInvite.into()),
            Err(error) => Err(error),
        }
    }

    /// Makes an invite whose code has this hash.
    pub async fn create_invite(
        &self,
        by: &Inviter,
        code_hash: [u8; 32],
        input: CreateInvite,
    ) -> Result<Invite, Error> {
        let note = input.note.unwrap_or_default().trim().to_owned();
        check_note(&note, limits::INVITE_NOTE_MAX_CHARS)?;
        let uses = input.uses.unwrap_or(1);
        let lasts_ms = input.expires_in_ms.unwrap_or(limits::INVITE_DEFAULT_MS);
        if !(1..=limits::INVITE_MAX_USES).contains(&uses) || !(1..=limits::INVITE_MAX_MS).contains(&lasts_ms)
        {
            return Err(Rejection::BadInvite.into());
        }
        let created_ms = self.0.clock.now_ms();
        let row = rows::InviteRow {
            invite: world::fresh_id(&*self.0.clock, &*self.0.chance),
            created_by: by.actor.user().map_or(0, |user| user.0),
            note,
            created_ms,
            expires_ms: created_ms.saturating_add_unsigned(lasts_ms),
            uses,
            uses_left: uses,
            revoked: false,
        };
        let invite = InviteId(row.invite);
        self.audit(by.actor, "invite.create", invite, format!("{uses} uses")).await?;
        let key = keys::invite(&code_hash);
        let mut commit = self.invite_commit(&key, Guard::Absent(key.key.clone()), &row);
        for of in [None, by.actor.user()] {
            let put = Put {
                expires_at_ms: Some(kept_until(&row)),
                ..Put::new(keys::index(row.invite), code_hash.to_vec())
            };
            commit.along.push(Write::Put { partition: keys::invites(of), put });
        }
        match settle(&*self.0.store, &commit).await? {
            Settled::Applied => Ok(public(&row)),
            Settled::Lost => Err(Error::Busy),
        }
    }

    /// A page of invites: everybody's for an administrator, else the own.
    pub async fn list_invites(&self, by: &Inviter, input: ListInvites) -> Result<Invites, Error> {
        let limit = page_size(input.limit)?;
        let range = Range {
            family: Family::Blind,
            partition: keys::invites(by.own),
            from: Bound::Open,
            to: input.after.map_or(Bound::Open, |after| Bound::Excluded(keys::index(after.0))),
            limit: limit + 1,
            reverse: true,
        };
        let listed = self.0.store.range(range, Level::Serial).await?;
        let more = listed.len() > limit;
        let wanted: Result<Vec<RowKey>, Error> =
            listed.iter().take(limit).map(|row| key_of(&row.value)).collect();
        let found = self.0.store.multi_get(&wanted?, Level::Serial).await?;
        let invites = found.into_iter().flatten().map(|row| Ok(public(&rows::decode(&row.value)?)));
        Ok(Invites { invites: invites.collect::<Result<_, Error>>()?, more })
    }

    /// Ends an invite. Ending it again changes nothing.
    pub async fn revoke_invite(&self, by: &Inviter, input: RevokeInvite) -> Result<Done, Error> {
        let listed = RowKey {
            family: Family::Blind,
            partition: keys::invites(by.own),
            key: keys::index(input.invite_id.0),
        };
        let listed = self.0.store.get(&listed, Level::Serial).await?.ok_or(Rejection::NoInvite)?;
        self.audit(by.actor, "invite.revoke", input.invite_id, "").await?;
        let change = |row: &mut rows::InviteRow| {
            row.revoked = true;
            Ok(())
        };
        self.change_invite(&key_of(&listed.value)?, change).await.map(|_| Done {})
    }

    /// Takes one use of the invite whose code has this hash.
    pub async fn take_invite(&self, code_hash: [u8; 32]) -> Result<InviteId, Error> {
        let now_ms = self.0.clock.now_ms();
        let change = |row: &mut rows::InviteRow| {
            if row.revoked || row.uses_left == 0 || row.expires_ms <= now_ms {
                return Err(Rejection::NoGoodInvite);
            }
            row.uses_left -= 1;
            Ok(())
        };
        self.change_invite(&keys::invite(&code_hash), change).await.map(InviteId)
    }

    /// Gives a use back that led to no registration.
    pub async fn return_invite(&self, code_hash: [u8; 32]) -> Result<(), Error> {
        let change = |row: &mut rows::InviteRow| {
            row.uses_left = (row.uses_left + 1).min(row.uses);
            Ok(())
        };
        self.change_invite(&keys::invite(&code_hash), change).await.map(|_| ())
    }

    /// Changes an invite, against rivals if need be; answers its id.
    async fn change_invite(
        &self,
        key: &RowKey,
        change: impl Fn(&mut rows::InviteRow) -> Result<(), Rejection>,
    ) -> Result<u64, Error> {
        for _ in 0..TRIES {
            let found: Row = self.0.store.get(key, Level::Serial).await?.ok_or(Rejection::NoGoodInvite)?;
            let mut row: rows::InviteRow = rows::decode(&found.value)?;
            change(&mut row)?;
            let commit = self.invite_commit(key, Guard::Version(key.key.clone(), found.version), &row);
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(row.invite);
            }
        }
        Err(Error::Busy)
    }

    fn invite_commit(&self, key: &RowKey, guard: Guard, row: &rows::InviteRow) -> Commit {
        Commit {
            partition: key.partition.clone(),
            guard,
            puts: vec![Put {
                expires_at_ms: Some(kept_until(row)),
                ..Put::new(key.key.clone(), rows::encode(row))
            }],
            deletes: Vec::new(),
            token: self.0.token(),
            along: Vec::new(),
            durability: Durability::Durable,
        }
    }
}

impl From<Administrator> for Inviter {
    fn from(administrator: Administrator) -> Inviter {
        Inviter { actor: administrator.actor, own: None }
    }
}

fn kept_until(row: &rows::InviteRow) -> i64 {
    row.expires_ms.saturating_add(KEPT_MS)
}

/// The key of the invite that a list's row leads to.
fn key_of(hash: &Bytes) -> Result<RowKey, Error> {
    let hash = hash.as_ref().try_into().map_err(|_| Error::corrupt("the hash of an invite's code"))?;
    Ok(keys::invite(&hash))
}

fn public(row: &rows::InviteRow) -> Invite {
    Invite {
        invite_id: InviteId(row.invite),
        created_by: Some(UserId(row.created_by)).filter(|user| user.0 != 0),
        note: row.note.clone(),
        created_ms: row.created_ms,
        expires_ms: row.expires_ms,
        uses: row.uses,
        uses_left: row.uses_left,
        revoked: row.revoked,
    }
}
