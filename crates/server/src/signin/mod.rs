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

use parlance_domain::normal_username;
use parlance_engine::{Account, Caller, Engine, NewUser};
use parlance_proto::{ChangePassword, Done, ErrorCode, LogIn, Register, SignedIn, limits};

use self::password::Passwords;
use self::tries::Tries;
use crate::config::Config;
use crate::error::ApiError;
use crate::rates::Rates;
use crate::secret::Secret;

/// What a device is called that does not say.
const UNNAMED_DEVICE: &str = "unnamed device";

/// The use cases around passwords.
pub struct SignIn {
    engine: Engine,
    passwords: Passwords,
    tries: Tries,
    /// Whether anyone may register.
    open: bool,
}

impl SignIn {
    /// Sign-in with these settings.
    pub fn new(engine: Engine, config: &Config) -> SignIn {
        let tries = Tries::new(Arc::new(config.limits.clone()));
        SignIn { engine, passwords: Passwords::default(), tries, open: config.registration_open() }
    }

    /// Registers a user and signs the device in.
    pub async fn register(
        &self,
        input: Register,
        address: IpAddr,
        rates: &Rates,
    ) -> Result<SignedIn, ApiError> {
        if !self.open {
            return Err(ApiError::new(
                ErrorCode::RegistrationClosed,
                "accounts on this server are made by its administrator: parlance user add",
            ));
        }
        let username = normal_username(&input.username).map_err(parlance_engine::Error::from)?;
        let password = Secret::new(input.password);
        check_new(&password, &username)?;
        let device = device_name(input.device_name)?;
        rates.register(address)?;
        let password_hash = self.passwords.hash(password).await?;
        let new = NewUser { username, display_name: input.display_name, password_hash };
        let account = self.engine.create_user(new).await?;
        self.open_session(account, &device).await
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
                self.open_session(account, &device).await
            }
            _ => {
                begun.failed();
                Err(wrong_credentials())
            }
        }
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
        if !self.passwords.verify(Secret::new(input.password), Some(account.password_hash)).await? {
            begun.failed();
            return Err(wrong_credentials());
        }
        drop(begun);
        let hash = self.passwords.hash(new).await?;
        self.engine.set_password_hash(caller.user, hash).await?;
        self.engine.end_other_sessions(caller).await?;
        Ok(Done {})
    }

    /// Forgets wrong passwords that no longer count.
    pub fn tidy(&self) {
        self.tries.tidy();
    }

    async fn open_session(&self, account: Account, device: &str) -> Result<SignedIn, ApiError> {
        let (token, hash) = token::fresh();
        let session_id = self.engine.open_session(account.user.user_id, device, hash).await?;
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
