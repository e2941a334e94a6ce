//! Users as administrators see and change them.
//!
//! A change that takes something from a user ends all the user's sessions, so that it holds within a second.

use parlance_domain::Rejection;
use parlance_proto::UserId;
use parlance_store::Level;

use super::Administrator;
use crate::cases::accounts::account;
use crate::{Account, Engine, Error, NewUser, keys, rows};

/// Users looked at for one page of a search; the next page goes on from there.
const LOOKED_AT: usize = 2_000;

/// A page of users and where the next one starts.
pub struct AccountPage {
    /// Newest first.
    pub accounts: Vec<Account>,
    /// Continue below this user.
    pub next: Option<UserId>,
}

impl Engine {
    /// Users whose names hold `query`, newest first. The page may be short of `limit` although there are more.
    pub async fn page_of_users(
        &self,
        _: &Administrator,
        query: Option<&str>,
        after: Option<UserId>,
        limit: usize,
    ) -> Result<AccountPage, Error> {
        let query = query.map(str::to_lowercase).filter(|query| !query.trim().is_empty());
        let mut page = AccountPage { accounts: Vec::new(), next: after };
        let mut looked_at = 0;
        while looked_at < LOOKED_AT {
            let users = self.index_page(keys::Indexed::Users, page.next.map(|user| user.0), limit).await?;
            let last = users.len() < limit;
            for (user, row) in users.iter().zip(self.account_rows(&users).await?) {
                page.next = Some(UserId(*user));
                looked_at += 1;
                let fits = |row: &rows::AccountRow| match &query {
                    Some(query) => {
                        row.username.contains(query) || row.display_name.to_lowercase().contains(query)
                    }
                    None => true,
                };
                if let Some(row) = row.filter(fits) {
                    page.accounts.push(account(UserId(*user), row));
                    if page.accounts.len() == limit {
                        return Ok(page);
                    }
                }
            }
            if last {
                page.next = None;
                break;
            }
        }
        Ok(page)
    }

    /// Makes a user who must choose a password at the first sign-in.
    pub async fn add_user(&self, by: &Administrator, new: NewUser) -> Result<Account, Error> {
        let made = self.make_user(new, true).await?;
        self.audit(by.actor, "admin.create_user", made.user.user_id, made.user.username.clone()).await?;
        Ok(made)
    }

    /// Shuts a user out: sessions end, and there are no new ones.
    pub async fn disable_user(
        &self,
        by: &Administrator,
        user: UserId,
        reason: &str,
    ) -> Result<Account, Error> {
        self.known(user).await?;
        if by.actor == crate::Actor::User(user) {
            return Err(Rejection::Oneself.into());
        }
        self.audit(by.actor, "admin.disable_user", user, reason).await?;
        let now_ms = self.0.clock.now_ms();
        let change = |row: &mut rows::AccountRow| {
            if row.disabled_ms == 0 {
                row.disabled_ms = now_ms;
            }
        };
        let row = self.change_account(user, change).await?;
        self.end_all_sessions(user).await?;
        Ok(account(user, row))
    }

    /// Lets a user in again.
    pub async fn enable_user(&self, by: &Administrator, user: UserId) -> Result<Account, Error> {
        self.known(user).await?;
        self.audit(by.actor, "admin.enable_user", user, "").await?;
        let row = self.change_account(user, |row| row.disabled_ms = 0).await?;
        Ok(account(user, row))
    }

    /// Ends all sessions of a user.
    pub async fn sign_user_out(&self, by: &Administrator, user: UserId) -> Result<Account, Error> {
        let account = self.known(user).await?;
        self.audit(by.actor, "admin.sign_out_user", user, "").await?;
        self.end_all_sessions(user).await?;
        Ok(account)
    }

    /// Sets the hash of a password that somebody else knows: it opens no session without a new one.
    pub async fn reset_password(
        &self,
        by: &Administrator,
        user: UserId,
        hash: String,
    ) -> Result<Account, Error> {
        self.known(user).await?;
        self.audit(by.actor, "admin.reset_password", user, "").await?;
        let change = |row: &mut rows::AccountRow| {
            row.password_hash.clone_from(&hash);
            row.must_change_password = true;
        };
        let row = self.change_account(user, change).await?;
        self.end_all_sessions(user).await?;
        Ok(account(user, row))
    }

    /// Makes a user an administrator of this server, or not any more. Nobody gives up the own right, so that there is
    /// always one who has it.
    pub async fn set_administrator(
        &self,
        by: &Administrator,
        user: UserId,
        administrator: bool,
    ) -> Result<Account, Error> {
        self.known(user).await?;
        if by.actor == crate::Actor::User(user) && !administrator {
            return Err(Rejection::Oneself.into());
        }
        let detail = if administrator { "given" } else { "taken" };
        self.audit(by.actor, "admin.set_administrator", user, detail).await?;
        let row = self.change_account(user, |row| row.admin = administrator).await?;
        Ok(account(user, row))
    }

    /// A user that exists.
    pub async fn inspect_user(&self, _: &Administrator, user: UserId) -> Result<Account, Error> {
        self.known(user).await
    }

    /// Whether a user has a device connected now.
    pub fn is_online(&self, _: &Administrator, user: UserId) -> bool {
        self.0.hub.has(user)
    }

    async fn known(&self, user: UserId) -> Result<Account, Error> {
        self.account(user).await?.ok_or_else(|| Rejection::NoUser.into())
    }

    async fn account_rows(&self, users: &[u64]) -> Result<Vec<Option<rows::AccountRow>>, Error> {
        let wanted: Vec<_> = users.iter().map(|user| keys::account(UserId(*user))).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let row = |row: Option<parlance_store::Row>| match row {
            Some(row) => {
                let row: rows::AccountRow = rows::decode(&row.value)?;
                Ok(Some(row).filter(|row| !row.username.is_empty()))
            }
            None => Ok(None),
        };
        found.into_iter().map(row).collect()
    }
}
