//! Sign-in: who may register, whose password is right, what a session's token is, and where a browser's request
//! may come from. Secrets stop here: the engine is given hashes only.

pub mod cookie;
pub mod credential;
mod password;
mod site;
pub mod token;
mod tries;

pub use password::{check_new, hash_now};
pub use site::{Site, Vouched};

use std::net::IpAddr;
use std::sync::Arc;

use parlance_domain::{Rejection, normal_username};
use parlance_engine::{Account, Actor, Caller, Engine, NewUser};
use parlance_proto::{
    ChangePassword, Done, EndSession, ErrorCode, InviteId, LogIn, Register, RegistrationMode, SignedIn,
    limits,
};

use self::password::Passwords;
use self::token::{Kind, TokenHash};
use self::tries::{Tries, Try};
use crate::config::Config;
use crate::error::ApiError;
use crate::rates::Rates;
use crate::secret::Secret;
use crate::settings::Running;

/// What a device is called that does not say.
const UNNAMED_DEVICE: &str = "unnamed device";

/// The use cases around passwords.
pub struct SignIn {
    engine: Engine,
    passwords: Passwords,
    tries: Tries,
    /// Who may register now.
    settings: Running,
}

impl SignIn {
    /// Sign-in with these settings.
    pub fn new(engine: Engine, config: &Config, settings: Running) -> SignIn {
        let tries = Tries::new(Arc::new(config.limits.clone()));
        SignIn { engine, passwords: Passwords::default(), tries, settings }
    }

    /// Registers a user and signs the device in.
    pub async fn register(
        &self,
        input: Register,
        address: IpAddr,
        rates: &Rates,
    ) -> Result<SignedIn, ApiError> {
        let invite = self.invite(input.invite)?;
        let username = normal_username(&input.username).map_err(parlance_engine::Error::from)?;
        let password = Secret::new(input.password);
        check_new(&password, &username)?;
        let device = device_name(input.device_name)?;
        rates.register(address)?;
        // Slow, so before the invite is taken: who gives up meanwhile has not used it.
        let password_hash = self.passwords.hash(password).await?;
        let taken = match invite {
            Some(code) => Some((code, self.engine.take_invite(code).await?)),
            None => None,
        };
        let new = NewUser { username, display_name: input.display_name, password_hash };
        let account = match self.make(new, address, taken.map(|(_, invite)| invite)).await {
            Ok(account) => account,
            Err(error) => {
                if let Some((code, _)) = taken {
                    self.engine.return_invite(code).await?;
                }
                return Err(error);
            }
        };
        self.open_session(account, &device).await
    }

    /// The hash of the invite to register with, where one is needed.
    fn invite(&self, code: Option<String>) -> Result<Option<TokenHash>, ApiError> {
        match self.settings.registration() {
            RegistrationMode::Open => Ok(None),
            RegistrationMode::Closed => Err(ApiError::new(
                ErrorCode::RegistrationClosed,
                "accounts on this server are made by its administrators; ask one of them",
            )),
            RegistrationMode::Invite => {
                let code = code.filter(|code| !code.is_empty()).map(Secret::new);
                let code = code.ok_or_else(|| {
                    ApiError::new(
                        ErrorCode::InviteNeeded,
                        "registration on this server needs an invite: ask a member or an administrator for one",
                    )
                })?;
                let hash = token::hash(Kind::Invite, &code);
                hash.map(Some).ok_or_else(|| parlance_engine::Error::from(Rejection::NoGoodInvite).into())
            }
        }
    }

    async fn make(
        &self,
        new: NewUser,
        address: IpAddr,
        invite: Option<InviteId>,
    ) -> Result<Account, ApiError> {
        let account = self.engine.create_user(new).await?;
        let user = account.user.user_id;
        let invite = invite.map(|invite| format!(" with {invite}")).unwrap_or_default();
        let detail = format!("from {address}{invite}");
        self.engine.audit(Actor::User(user), "account.register", user, detail).await?;
        Ok(account)
    }

    /// Signs a device in with username and password.
    pub async fn log_in(&self, input: LogIn, address: IpAddr) -> Result<SignedIn, ApiError> {
        let username = normal_username(&input.username).ok();
        let device = device_name(input.device_name)?;
        let begun = self.tries.begin(username.as_deref(), address)?;
        let account = match &username {
            Some(username) => self.engine.account_named(username).await?,
            None => None,
        };
        let hash = account.as_ref().map(|account| account.password_hash.clone());
        let right = self.passwords.verify(Secret::new(input.password), hash).await?;
        match account {
            Some(account) if right => {
                drop(begun);
                let account = self.let_in(account, input.new_password.map(Secret::new)).await?;
                let user = account.user.user_id;
                let detail = format!("from {address}");
                self.engine.audit(Actor::User(user), "session.log_in", user, detail).await?;
                self.open_session(account, &device).await
            }
            account => {
                self.failed(begun, account.as_ref(), address).await?;
                Err(wrong_credentials())
            }
        }
    }

    /// Refuses a disabled user, and has a password changed that somebody else set.
    async fn let_in(&self, account: Account, new: Option<Secret>) -> Result<Account, ApiError> {
        if account.disabled_ms.is_some() {
            return Err(parlance_engine::Error::from(Rejection::Disabled).into());
        }
        match (account.must_change_password, new) {
            (false, None) => Ok(account),
            (false, Some(_)) => {
                let detail = "new_password: this password needs no change; use account.change_password";
                Err(ApiError::new(ErrorCode::InvalidInput, detail))
            }
            (true, None) => Err(ApiError::new(
                ErrorCode::PasswordChangeNeeded,
                "this password was set by an administrator: send the same again with a new_password",
            )),
            (true, Some(new)) => {
                check_new(&new, &account.user.username)?;
                let old = Some(account.password_hash.clone());
                if self.passwords.verify(new.clone(), old).await? {
                    let detail = "the new password is the old one; choose another";
                    return Err(ApiError::new(ErrorCode::WeakPassword, detail));
                }
                let user = account.user.user_id;
                let hash = self.passwords.hash(new).await?;
                self.engine.audit(Actor::User(user), "account.change_password", user, "at sign-in").await?;
                self.engine.set_password_hash(user, hash.clone()).await?;
                Ok(Account { password_hash: hash, ..account })
            }
        }
    }

    /// Counts a wrong password; there is a record when it was the last try for now.
    async fn failed(
        &self,
        begun: Try<'_>,
        account: Option<&Account>,
        address: IpAddr,
    ) -> Result<(), ApiError> {
        if begun.failed() {
            let object = account.map_or("unknown".to_owned(), |account| account.user.user_id.to_string());
            let detail = format!("too many wrong passwords, last from {address}");
            self.engine.audit(Actor::Stranger, "session.guessing", object, detail).await?;
        }
        Ok(())
    }

    /// A password that nobody knew before, and its hash.
    pub async fn one_time_password(&self) -> Result<(String, String), ApiError> {
        let password = token::retry_key();
        let hash = self.passwords.hash(Secret::new(password.clone())).await?;
        Ok((password, hash))
    }

    /// Sets another password and ends the user's other sessions.
    pub async fn change_password(
        &self,
        caller: Caller,
        input: ChangePassword,
        address: IpAddr,
    ) -> Result<Done, ApiError> {
        let account = self.engine.account(caller.user).await?.ok_or_else(ApiError::session_ended)?;
        let new = Secret::new(input.new_password);
        check_new(&new, &account.user.username)?;
        let begun = self.tries.begin(Some(&account.user.username), address)?;
        let kept = Some(account.password_hash.clone());
        if !self.passwords.verify(Secret::new(input.password), kept).await? {
            self.failed(begun, Some(&account), address).await?;
            return Err(wrong_credentials());
        }
        drop(begun);
        let hash = self.passwords.hash(new).await?;
        let user = caller.user;
        self.engine.audit(Actor::User(user), "account.change_password", user, "").await?;
        self.engine.set_password_hash(caller.user, hash).await?;
        self.engine.end_other_sessions(caller).await?;
        Ok(Done {})
    }

    /// Forgets wrong passwords that no longer count.
    pub fn tidy(&self) {
        self.tries.tidy();
    }

    async fn open_session(&self, account: Account, device: &str) -> Result<SignedIn, ApiError> {
        let (token, hash) = token::fresh(Kind::Session);
        let session_id = self.engine.open_session(account.user.user_id, device, hash).await?;
        // Whoever changes a password does so first and ends sessions then: one of the two sees the other.
        let now = self.engine.account(account.user.user_id).await?;
        if now.is_none_or(|now| now.password_hash != account.password_hash) {
            let caller = Caller { user: account.user.user_id, session: session_id };
            self.engine.end_session(caller, EndSession { session_id }).await?;
            return Err(wrong_credentials());
        }
        tracing::info!(user = %account.user.user_id, session = %session_id, "signed in");
        let token = token.expose().to_owned();
        Ok(SignedIn { user: account.user, admin: account.admin, session_id, token })
    }
}

fn wrong_credentials() -> ApiError {
    ApiError::new(ErrorCode::WrongCredentials, "no user has this name and this password; check both")
}

fn device_name(name: Option<String>) -> Result<String, ApiError> {
    let name = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| UNNAMED_DEVICE.to_owned());
    if name.chars().count() > limits::DEVICE_NAME_MAX_CHARS {
        let detail = format!("a device's name has at most {} characters", limits::DEVICE_NAME_MAX_CHARS);
        return Err(ApiError::new(ErrorCode::InvalidInput, detail));
    }
    Ok(name)
}
