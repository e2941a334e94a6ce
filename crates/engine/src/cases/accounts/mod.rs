//! Accounts: a user, its name, its password's hash. No secret enters here, only hashes.
//!
//! A username belongs to at most one account, and every account that can be found has its name.

mod reach;
mod sessions;
mod tickets;
mod users;

use std::sync::atomic::Ordering;

use parlance_domain::{Rejection, check_display_name, normal_username};
use parlance_proto::{User, UserId};
use parlance_store::{Commit, Durability, Guard, Level, Put, RowKey, Write};

use crate::owner::{Settled, settle};
use crate::{Engine, Error, keys, rows, world};

/// Tries to find a free id, or to write against a rival.
const TRIES: u32 = 8;

/// A user to be made.
pub struct NewUser {
    /// The name to claim.
    pub username: String,
    /// What others see; the username if not given.
    pub display_name: Option<String>,
    /// The password's hash in the PHC string format.
    pub password_hash: String,
}

/// An account. It has no `Debug`, so that the hash stays out of logs.
#[derive(Clone)]
pub struct Account {
    /// The user as others see it.
    pub user: User,
    /// Whether the user administers the server.
    pub admin: bool,
    /// The password's hash in the PHC string format.
    pub password_hash: String,
    /// When it was made, milliseconds since 1970.
    pub created_ms: i64,
    /// Since when it is disabled, milliseconds since 1970.
    pub disabled_ms: Option<i64>,
    /// The password was set by somebody else and opens no session without a new one.
    pub must_change_password: bool,
    /// The telephone number that the user gave.
    pub phone: Option<String>,
    /// The e-mail address that the user gave.
    pub email: Option<String>,
}

impl Engine {
    /// Makes a user. The first one administers the server.
    pub async fn create_user(&self, new: NewUser) -> Result<Account, Error> {
        self.make_user(new, false).await
    }

    /// Makes a user, whose password may have to be changed at the first sign-in.
    pub(in crate::cases) async fn make_user(
        &self,
        new: NewUser,
        must_change_password: bool,
    ) -> Result<Account, Error> {
        let username = normal_username(&new.username)?;
        let display_name = new.display_name.map(|name| name.trim().to_owned());
        let display_name = display_name.unwrap_or_else(|| username.clone());
        check_display_name(&display_name)?;
        if self.named(&username).await?.is_some() {
            return Err(Rejection::NameTaken(username).into());
        }
        let mut row = rows::AccountRow {
            username,
            display_name,
            status_text: String::new(),
            password_hash: new.password_hash,
            admin: false,
            created_ms: self.0.clock.now_ms(),
            disabled_ms: 0,
            must_change_password,
            phone: String::new(),
            email: String::new(),
            photo: bytes::Bytes::new(),
        };
        // The account comes first: a crash in between leaves an account without a name, never a name without account.
        let user = self.create_account(&row).await?;
        if !self.claim(keys::username(&row.username), user).await? {
            let taken = Rejection::NameTaken(std::mem::take(&mut row.username));
            self.change_account(user, |dead| dead.username.clear()).await?;
            self.0.write(vec![unlisted(user)]).await?;
            return Err(taken.into());
        }
        if self.claim(keys::first_admin(), user).await? {
            row = self.change_account(user, |account| account.admin = true).await?;
        }
        Ok(account(user, row))
    }

    /// The account with this username, in any case of its letters.
    pub async fn account_named(&self, username: &str) -> Result<Option<Account>, Error> {
        let Ok(username) = normal_username(username) else { return Ok(None) };
        match self.named(&username).await? {
            Some(user) => self.account(user).await,
            None => Ok(None),
        }
    }

    /// The account of a user.
    pub async fn account(&self, user: UserId) -> Result<Option<Account>, Error> {
        let row = self.0.store.get(&keys::account(user), Level::Serial).await?;
        let row: Option<rows::AccountRow> = row.map(|row| rows::decode(&row.value)).transpose()?;
        Ok(row.filter(|row| !row.username.is_empty()).map(|row| account(user, row)))
    }

    /// Sets the hash of a user's password, which is the user's own from now on.
    pub async fn set_password_hash(&self, user: UserId, hash: String) -> Result<(), Error> {
        let change = |account: &mut rows::AccountRow| {
            account.password_hash.clone_from(&hash);
            account.must_change_password = false;
        };
        self.change_account(user, change).await.map(|_| ())
    }

    /// Whether anybody has registered.
    pub async fn has_users(&self) -> Result<bool, Error> {
        Ok(self.0.store.get(&keys::first_admin(), Level::Serial).await?.is_some())
    }

    /// Whether nobody has registered yet. Nothing is read once somebody is known to have.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        if self.0.inhabited.load(Ordering::Relaxed) {
            return Ok(false);
        }
        let inhabited = self.has_users().await?;
        // The first claim is never given back, so this never turns false again.
        self.0.inhabited.fetch_or(inhabited, Ordering::Relaxed);
        Ok(!inhabited)
    }

    async fn named(&self, username: &str) -> Result<Option<UserId>, Error> {
        let row = self.0.store.get(&keys::username(username), Level::Serial).await?;
        row.map(|row| claimed_by(&row.value)).transpose()
    }

    async fn create_account(&self, row: &rows::AccountRow) -> Result<UserId, Error> {
        for _ in 0..TRIES {
            let user = UserId(world::fresh_id(&*self.0.clock, &*self.0.chance));
            let key = keys::account(user);
            let mut commit = self.commit_one(&key, Guard::Absent(key.key.clone()), rows::encode(row));
            commit.along.push(listed(user));
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(user);
            }
        }
        Err(Error::Busy)
    }

    /// Writes `user` under a key that only the first claimant gets. False if it was another's.
    async fn claim(&self, key: RowKey, user: UserId) -> Result<bool, Error> {
        let commit = self.commit_one(&key, Guard::Absent(key.key.clone()), keys::index(user.0));
        match settle(&*self.0.store, &commit).await? {
            Settled::Applied => Ok(true),
            Settled::Lost => Ok(false),
        }
    }

    /// Changes an account, against rivals if need be, and answers what it is now.
    pub(crate) async fn change_account(
        &self,
        user: UserId,
        change: impl Fn(&mut rows::AccountRow),
    ) -> Result<rows::AccountRow, Error> {
        let change = |row: &mut rows::AccountRow| {
            change(row);
            Vec::new()
        };
        self.change_account_with(user, change).await
    }

    /// Changes an account together with the blind rows that `change` answers.
    async fn change_account_with(
        &self,
        user: UserId,
        change: impl Fn(&mut rows::AccountRow) -> Vec<Write>,
    ) -> Result<rows::AccountRow, Error> {
        let key = keys::account(user);
        for _ in 0..TRIES {
            let found = self.0.store.get(&key, Level::Serial).await?.ok_or(Rejection::NoUser)?;
            let mut row: rows::AccountRow = rows::decode(&found.value)?;
            let along = change(&mut row);
            let guard = Guard::Version(key.key.clone(), found.version);
            let commit = Commit { along, ..self.commit_one(&key, guard, rows::encode(&row)) };
            if matches!(settle(&*self.0.store, &commit).await?, Settled::Applied) {
                return Ok(row);
            }
        }
        Err(Error::Busy)
    }

    /// A commit of one row, guarded by itself.
    pub(crate) fn commit_one(&self, key: &RowKey, guard: Guard, value: bytes::Bytes) -> Commit {
        Commit {
            partition: key.partition.clone(),
            guard,
            puts: vec![Put::new(key.key.clone(), value)],
            deletes: Vec::new(),
            token: self.0.token(),
            along: Vec::new(),
            durability: Durability::Durable,
        }
    }
}

/// The user id in a claim.
fn claimed_by(value: &[u8]) -> Result<UserId, Error> {
    let number = value.try_into().map_err(|_| Error::corrupt("the claim of a name"))?;
    Ok(UserId(u64::from_be_bytes(number)))
}

pub(in crate::cases) fn account(user: UserId, row: rows::AccountRow) -> Account {
    Account {
        admin: row.admin,
        password_hash: row.password_hash.clone(),
        created_ms: row.created_ms,
        disabled_ms: Some(row.disabled_ms).filter(|since| *since != 0),
        must_change_password: row.must_change_password,
        phone: Some(row.phone.clone()).filter(|phone| !phone.is_empty()),
        email: Some(row.email.clone()).filter(|email| !email.is_empty()),
        user: public(user, row),
    }
}

/// The user's row in the index of users. Writing it again is harmless.
pub(in crate::cases) fn listed(user: UserId) -> Write {
    let partition = keys::index_of(keys::Indexed::Users, keys::index_shard(user.0));
    Write::Put { partition, put: Put::new(keys::index(user.0), bytes::Bytes::new()) }
}

fn unlisted(user: UserId) -> Write {
    let partition = keys::index_of(keys::Indexed::Users, keys::index_shard(user.0));
    Write::Delete { partition, key: keys::index(user.0) }
}

/// A user as others see it.
pub(crate) fn public(user_id: UserId, row: rows::AccountRow) -> User {
    let disabled = row.disabled_ms != 0;
    // What a disabled user had to say now is nobody's business.
    let status_text = if disabled { String::new() } else { row.status_text };
    let photo = rows::file_id(&row.photo).ok().filter(|_| !disabled);
    User { user_id, username: row.username, display_name: row.display_name, status_text, photo, disabled }
}
