//! Users as administrators see and change them.
//!
//! A change that takes something from a user ends all the user's sessions, so that it holds within a second.

use parlance_domain::{Rejection, check_note};
use parlance_proto::{
    DisableUser, EnableUser, InspectUser, ListUsers, SetAdministrator, SignOutUser, Topic, UserDetails,
    UserId, UserPage, limits,
};
use parlance_store::Level;

use super::Administrator;
use crate::cases::accounts::account;
use crate::cases::page_size;
use crate::{Account, Engine, Error, NewUser, keys, rows};

/// Users looked at for one page of a search; the next page goes on from there.
const LOOKED_AT: usize = 2_000;
/// Users that a search reads at once.
const STEP: usize = 200;

impl Engine {
    /// Users whose names, number or address hold the query, newest first. A page may be short although there are more.
    pub async fn list_users(&self, _: &Administrator, input: ListUsers) -> Result<UserPage, Error> {
        let limit = page_size(input.limit)?;
        let query = input.query.map(|query| query.trim().to_lowercase()).unwrap_or_default();
        let fits = |row: &rows::AccountRow| {
            row.username.contains(&query)
                || row.display_name.to_lowercase().contains(&query)
                || row.phone.contains(&query)
                || row.email.contains(&query)
        };
        // A search looks through many to find few.
        let step = if query.is_empty() { limit } else { limit.max(STEP) };
        let mut page = UserPage { users: Vec::new(), next: input.after };
        let mut looked_at = 0;
        while looked_at < LOOKED_AT {
            let users = self.index_page(keys::Indexed::Users, page.next.map(|user| user.0), step).await?;
            let last = users.len() < step;
            for (user, row) in users.iter().zip(self.account_rows(&users).await?) {
                page.next = Some(UserId(*user));
                looked_at += 1;
                if let Some(row) = row.filter(fits) {
                    page.users.push(self.details_of_user(account(UserId(*user), row)));
                    if page.users.len() == limit {
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
        self.audit(by.actor, "admin.create_user", made.user.user_id, "").await?;
        Ok(made)
    }

    /// Shuts a user out: sessions end, and there are no new ones.
    pub async fn disable_user(&self, by: &Administrator, input: DisableUser) -> Result<UserDetails, Error> {
        let reason = input.reason.unwrap_or_default().trim().to_owned();
        check_note(&reason, limits::INVITE_NOTE_MAX_CHARS)?;
        self.known(input.user_id).await?;
        if by.actor.user() == Some(input.user_id) {
            return Err(Rejection::Oneself.into());
        }
        self.audit(by.actor, "admin.disable_user", input.user_id, reason).await?;
        let now_ms = self.0.clock.now_ms();
        let change = |row: &mut rows::AccountRow| {
            if row.disabled_ms == 0 {
                row.disabled_ms = now_ms;
            }
        };
        let row = self.change_account(input.user_id, change).await?;
        self.end_all_sessions(input.user_id).await?;
        Ok(self.details_of_user(account(input.user_id, row)))
    }

    /// Lets a user in again.
    pub async fn enable_user(&self, by: &Administrator, input: EnableUser) -> Result<UserDetails, Error> {
        self.known(input.user_id).await?;
        self.audit(by.actor, "admin.enable_user", input.user_id, "").await?;
        let row = self.change_account(input.user_id, |row| row.disabled_ms = 0).await?;
        Ok(self.details_of_user(account(input.user_id, row)))
    }

    /// Ends all sessions of a user.
    pub async fn sign_out_user(&self, by: &Administrator, input: SignOutUser) -> Result<UserDetails, Error> {
        let account = self.known(input.user_id).await?;
        self.audit(by.actor, "admin.sign_out_user", input.user_id, "").await?;
        self.end_all_sessions(input.user_id).await?;
        Ok(self.details_of_user(account))
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

    /// Makes a user an administrator of this server, or not any more. Nobody gives up the own right, so that somebody
    /// keeps it.
    pub async fn set_administrator(
        &self,
        by: &Administrator,
        input: SetAdministrator,
    ) -> Result<UserDetails, Error> {
        self.known(input.user_id).await?;
        if by.actor.user() == Some(input.user_id) && !input.administrator {
            return Err(Rejection::Oneself.into());
        }
        let detail = if input.administrator { "given" } else { "taken" };
        self.audit(by.actor, "admin.set_administrator", input.user_id, detail).await?;
        let row = self.change_account(input.user_id, |row| row.admin = input.administrator).await?;
        self.touch(input.user_id, Topic::Profile).await?;
        Ok(self.details_of_user(account(input.user_id, row)))
    }

    /// One user.
    pub async fn inspect_user(&self, _: &Administrator, input: InspectUser) -> Result<UserDetails, Error> {
        Ok(self.details_of_user(self.known(input.user_id).await?))
    }

    fn details_of_user(&self, account: Account) -> UserDetails {
        UserDetails {
            administrator: account.admin,
            created_ms: account.created_ms,
            disabled_ms: account.disabled_ms,
            must_change_password: account.must_change_password,
            online: self.0.is_connected(account.user.user_id),
            phone: account.phone,
            email: account.email,
            user: account.user,
        }
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
