//! Telephone numbers and e-mail addresses: a user's own, claimed so that no two accounts have the same, and who is found
//! by them.
//!
//! A claim counts while its user's account names what it claims; any other is free to be taken over. So a crash between
//! the claim and the account leaves nothing in anybody's way. A search reads the same rows whether there is nobody or
//! nobody to be found.

use parlance_domain::{Rejection, normal_email, normal_phone};
use parlance_proto::UserId;
use parlance_store::{Commit, Durability, Family, Guard, Level, Put, Row, RowKey, Write};

use super::{Account, TRIES, claimed_by};
use crate::audit::Actor;
use crate::owner::{Settled, settle};
use crate::{Caller, Engine, Error, keys, rows};

/// A claim as it stands.
struct Claimed {
    /// The row that guards its shard, and what it counts.
    guard: Option<Row>,
    /// Whose it is.
    by: Option<UserId>,
}

impl Engine {
    /// Sets the caller's number and address, those that are given; an empty one takes it away.
    pub(super) async fn set_reach(
        &self,
        caller: Caller,
        phone: Option<&str>,
        email: Option<&str>,
    ) -> Result<(), Error> {
        let given = |text: &str| !text.trim().is_empty();
        let phone = phone.map(|text| if given(text) { normal_phone(text) } else { Ok(String::new()) });
        let email = email.map(|text| if given(text) { normal_email(text) } else { Ok(String::new()) });
        if let Some(phone) = phone.transpose()? {
            self.change_reach(caller, phone, "phone", |row| &mut row.phone).await?;
        }
        if let Some(email) = email.transpose()? {
            self.change_reach(caller, email, "email", |row| &mut row.email).await?;
        }
        Ok(())
    }

    async fn change_reach(
        &self,
        Caller { user, .. }: Caller,
        value: String,
        what: &'static str,
        place: fn(&mut rows::AccountRow) -> &mut String,
    ) -> Result<(), Error> {
        let found = self.0.store.get(&keys::account(user), Level::Serial).await?.ok_or(Rejection::NoUser)?;
        let mut row: rows::AccountRow = rows::decode(&found.value)?;
        let before = std::mem::take(place(&mut row));
        if before == value {
            return Ok(());
        }
        if !value.is_empty() {
            self.claim_reach(user, &value).await?;
        }
        self.audit(Actor::User(user), "profile.update", user, what).await?;
        let erased = if before.is_empty() { Vec::new() } else { vec![Write::Erased] };
        let change = |row: &mut rows::AccountRow| {
            place(row).clone_from(&value);
            erased.clone()
        };
        self.change_account_with(user, change).await?;
        // Somebody may have taken the claim over before the account named it, or another device given it up.
        if !value.is_empty()
            && let Err(refused) = self.claim_reach(user, &value).await
        {
            let drop = |row: &mut rows::AccountRow| {
                if *place(row) == value {
                    place(row).clear();
                }
            };
            self.change_account(user, drop).await?;
            return Err(refused);
        }
        if before.is_empty() { Ok(()) } else { self.release_reach(user, &before).await }
    }

    /// The account that has this number or address and may be found by it.
    pub(super) async fn reached(&self, value: &str) -> Result<Option<Account>, Error> {
        // Nobody's id stands in for nobody, so that the reads are the same.
        let user = self.claimed(value).await?.by.unwrap_or(UserId::SERVER);
        let account = self.account(user).await?;
        let privacy = self.privacy_of(user).await?;
        Ok(account.filter(|account| {
            (privacy.by_phone && account.phone.as_deref() == Some(value))
                || (privacy.by_email && account.email.as_deref() == Some(value))
        }))
    }

    /// Claims a number or an address for a user, unless it is another account's. A claim of one's own is written again, so that
    /// whoever is about to give it up notices.
    async fn claim_reach(&self, user: UserId, value: &str) -> Result<(), Error> {
        for _ in 0..TRIES {
            let claimed = self.claimed(value).await?;
            if let Some(other) = claimed.by.filter(|by| *by != user)
                && self.names(other, value).await?
            {
                return Err(Rejection::ReachTaken.into());
            }
            let put = Put::new(keys::claim(value), keys::index(user.0));
            if self.change_claims(value, claimed.guard, vec![put], Vec::new()).await? {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    /// Whether a user's account names a number or an address.
    async fn names(&self, user: UserId, value: &str) -> Result<bool, Error> {
        let account = self.account(user).await?;
        let names =
            |account: Account| [account.phone, account.email].into_iter().flatten().any(|has| has == value);
        Ok(account.is_some_and(names))
    }

    /// Gives up a claim, if it is this user's and the account does not name it again.
    async fn release_reach(&self, user: UserId, value: &str) -> Result<(), Error> {
        for _ in 0..TRIES {
            let claimed = self.claimed(value).await?;
            if claimed.by != Some(user)
                || self.names(user, value).await?
                || self.change_claims(value, claimed.guard, Vec::new(), vec![keys::claim(value)]).await?
            {
                return Ok(());
            }
        }
        Err(Error::Busy)
    }

    async fn claimed(&self, value: &str) -> Result<Claimed, Error> {
        let partition = keys::claims(value);
        let key = |key| RowKey { family: Family::Fenced, partition: partition.clone(), key };
        let wanted = [key(keys::CLAIMS), key(keys::claim(value))];
        let mut found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let by = found.pop().flatten().map(|row| claimed_by(&row.value)).transpose()?;
        Ok(Claimed { guard: found.pop().flatten(), by })
    }

    /// Changes claims in the shard of `value`, if nothing changed there since `guard` was read.
    async fn change_claims(
        &self,
        value: &str,
        guard: Option<Row>,
        mut puts: Vec<Put>,
        deletes: Vec<bytes::Bytes>,
    ) -> Result<bool, Error> {
        let (guard, changes) = match guard {
            Some(row) => {
                let counted: rows::ClaimsRow = rows::decode(&row.value)?;
                (Guard::Version(keys::CLAIMS, row.version), counted.changes)
            }
            None => (Guard::Absent(keys::CLAIMS), 0),
        };
        puts.push(Put::new(keys::CLAIMS, rows::encode(&rows::ClaimsRow { changes: changes + 1 })));
        let commit = Commit {
            partition: keys::claims(value),
            guard,
            puts,
            along: if deletes.is_empty() { Vec::new() } else { vec![Write::Erased] },
            deletes,
            token: self.0.token(),
            durability: Durability::Durable,
        };
        Ok(matches!(settle(&*self.0.store, &commit).await?, Settled::Applied))
    }
}
