//! Profiles.
//!
//! A profile holds what everybody may see; the password's hash never leaves with it.

use parlance_domain::{Rejection, check_display_name, check_status_text, normal_email, normal_phone};
use parlance_proto::{
    FindUser, GetMe, GetUser, LookUpUsers, Me, Topic, UpdateProfile, User, UserId, Users, limits,
};
use parlance_store::Level;

use super::public;
use crate::follow::{OwnChange, Touched, change_own};
use crate::keys::Holder;
use crate::{Caller, Engine, Error, files, keys, rows};

impl Engine {
    /// Oneself.
    pub async fn get_me(&self, caller: Caller, _: GetMe) -> Result<Me, Error> {
        let account = self.account(caller.user).await?.ok_or(Rejection::NoUser)?;
        let announcement = self.settings().announcement.clone();
        Ok(Me {
            user: account.user,
            admin: account.admin,
            session_id: caller.session,
            announcement,
            phone: account.phone,
            phone_verified: false,
            email: account.email,
            email_verified: false,
        })
    }

    /// Changes one's profile.
    pub async fn update_profile(&self, caller: Caller, input: UpdateProfile) -> Result<User, Error> {
        let display_name = input.display_name.map(|name| name.trim().to_owned());
        let status_text = input.status_text.map(|text| text.trim().to_owned());
        display_name.as_deref().map_or(Ok(()), check_display_name)?;
        status_text.as_deref().map_or(Ok(()), check_status_text)?;
        let photo = match &input.photo {
            Some(named) => Some(self.own_picture(caller, named).await?),
            None => None,
        };
        if let Err(refused) = self.set_reach(caller, input.phone.as_deref(), input.email.as_deref()).await {
            // One of the two may stand.
            self.touch(caller.user, Topic::Profile).await?;
            return Err(refused);
        }
        let now_ms = self.0.clock.now_ms();
        let change = |account: &mut rows::AccountRow| {
            if let Some(name) = &display_name {
                account.display_name.clone_from(name);
            }
            if let Some(text) = &status_text {
                account.status_text.clone_from(text);
            }
            let Some(photo) = photo else { return Vec::new() };
            let before = rows::file_id(&account.photo).ok();
            account.photo = photo.map(rows::file_id_bytes).unwrap_or_default();
            let due_ms = now_ms.saturating_add(self.0.options.file_grace_ms);
            files::exchange(Holder::User(caller.user), (before, caller.user.0), photo, due_ms)
        };
        let user = public(caller.user, self.change_account_with(caller.user, change).await?);
        self.touch(caller.user, Topic::Profile).await?;
        Ok(user)
    }

    /// Tells the user's other devices to read a collection again, now and by `sync`.
    pub(in crate::cases) async fn touch(&self, user: UserId, topic: Topic) -> Result<(), Error> {
        change_own(&self.0, user, &[], |_| {
            let own = OwnChange { touched: vec![Touched::Topic(topic)], ..OwnChange::default() };
            Ok((Some(own), ()))
        })
        .await
    }

    /// A user by id.
    pub async fn get_user(&self, caller: Caller, input: GetUser) -> Result<User, Error> {
        self.seen_users(caller, &[input.user_id]).await?.pop().ok_or_else(|| Rejection::NoUser.into())
    }

    /// A user by name, telephone number or e-mail address. One who is disabled is not found.
    pub async fn find_user(&self, caller: Caller, input: FindUser) -> Result<User, Error> {
        let account = match (input.username, input.phone, input.email) {
            (Some(username), None, None) => self.account_named(&username).await?,
            (None, Some(phone), None) => self.reached(&normal_phone(&phone)?).await?,
            (None, None, Some(email)) => self.reached(&normal_email(&email)?).await?,
            _ => return Err(Rejection::FindByOne.into()),
        };
        let account = account.filter(|account| !account.user.disabled).ok_or(Rejection::NoUser)?;
        self.get_user(caller, GetUser { user_id: account.user.user_id }).await
    }

    /// Several users; unknown ones are left out.
    pub async fn look_up_users(&self, caller: Caller, input: LookUpUsers) -> Result<Users, Error> {
        if input.user_ids.len() > limits::MEMBERS_PER_REQUEST {
            return Err(Rejection::TooManyMembers(input.user_ids.len()).into());
        }
        Ok(Users { users: self.seen_users(caller, &input.user_ids).await? })
    }

    /// Refuses if one of these users does not exist or is disabled.
    pub(in crate::cases) async fn check_users(&self, user_ids: &[UserId]) -> Result<(), Error> {
        let mut known = self.users(user_ids).await?;
        known.retain(|user| !user.disabled);
        let all_known = user_ids.iter().all(|id| known.iter().any(|user| user.user_id == *id));
        if all_known { Ok(()) } else { Err(Rejection::NoUser.into()) }
    }

    pub(in crate::cases) async fn users(&self, user_ids: &[UserId]) -> Result<Vec<User>, Error> {
        let wanted: Vec<_> = user_ids.iter().map(|user| keys::account(*user)).collect();
        let found = self.0.store.multi_get(&wanted, Level::Serial).await?;
        let mut users = Vec::with_capacity(found.len());
        for (user, row) in user_ids.iter().zip(found) {
            let Some(row) = row else { continue };
            let row: rows::AccountRow = rows::decode(&row.value)?;
            if !row.username.is_empty() {
                users.push(public(*user, row));
            }
        }
        Ok(users)
    }
}
