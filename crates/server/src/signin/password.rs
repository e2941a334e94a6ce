//! Passwords: the rules for new ones, and their Argon2id hashes made two at a time with a short queue.
//! Checking a password of nobody costs as much as one of somebody.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use parlance_proto::{ErrorCode, limits};
use tokio::sync::Semaphore;

use crate::error::ApiError;
use crate::secret::Secret;

/// Memory of one hash, in KiB: 19 MiB (OWASP's first choice for Argon2id).
const MEMORY_KIB: u32 = 19 * 1_024;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Hashes at work at once; each takes its memory and a core.
const AT_ONCE: usize = 2;
/// Requests that may wait for their turn beside those at work.
const QUEUE: usize = 64;

/// Common passwords of at least the least length, in lower case.
const COMMON: &str = include_str!("common_passwords.txt");
/// The hash of a password that nobody has, made with the same costs.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$cGFybGFuY2Uubm9ib2R5\
                      $sXTtHbWHTeLgbM/jXVvbzLtDsbGvi5tXx5+yfBEAnPQ";

/// Makes and checks hashes.
pub struct Passwords {
    /// Turns to work.
    turns: Arc<Semaphore>,
    /// Places to wait or work.
    places: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Passwords {
        Passwords {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            places: Arc::new(Semaphore::new(AT_ONCE + QUEUE)),
        }
    }
}

impl Passwords {
    /// The hash to keep of a new password.
    pub async fn hash(&self, password: Secret) -> Result<String, ApiError> {
        self.work(move || hash_now(&password)).await?
    }

    /// Whether this is the password behind the hash; without a hash it takes as long and says no.
    pub async fn verify(&self, password: Secret, hash: Option<String>) -> Result<bool, ApiError> {
        self.work(move || {
            let known = hash.is_some();
            let kept = hash.unwrap_or_else(|| NOBODY.to_owned());
            let Ok(kept) = PasswordHash::new(&kept) else {
                return Err(ApiError::Fault("a kept password hash is not legible"));
            };
            let right = Argon2::default().verify_password(password.expose().as_bytes(), &kept).is_ok();
            Ok(right && known)
        })
        .await?
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, ApiError> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| ApiError::busy())?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(|_| ApiError::busy())?;
        // The place and the turn go with the work: giving up on the answer must not let more work start.
        let done = tokio::task::spawn_blocking(move || {
            let result = work();
            drop((place, turn));
            result
        });
        done.await.map_err(|_| ApiError::Fault("hashing a password did not end well"))
    }
}

/// The hash of a new password, on this thread.
pub fn hash_now(password: &Secret) -> Result<String, ApiError> {
    let params =
        Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|_| ApiError::Fault("Argon2 parameters"))?;
    let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let hash = hasher.hash_password(password.expose().as_bytes());
    hash.map(|hash| hash.to_string()).map_err(|_| ApiError::Fault("Argon2 refused a password"))
}

/// Refuses a new password that is too short, too long, common, or the username.
pub fn check_new(password: &Secret, username: &str) -> Result<(), ApiError> {
    let weak = |detail: String| Err(ApiError::new(ErrorCode::WeakPassword, detail));
    let (least, most) = (limits::PASSWORD_CHARS.start(), limits::PASSWORD_CHARS.end());
    let text = password.expose();
    if !limits::PASSWORD_CHARS.contains(&text.chars().count()) {
        return weak(format!("a password has {least} to {most} characters of any kind"));
    }
    let lower = text.to_lowercase();
    if lower == username.to_lowercase() {
        return weak("the password is the username; choose another".to_owned());
    }
    let mut letters = lower.chars();
    let first = letters.next();
    if letters.all(|letter| Some(letter) == first) || COMMON.lines().any(|common| common == lower) {
        return weak(
            "this password is among the first that an attacker tries; four random words are good".to_owned(),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> bool {
        check_new(&Secret::new(password), "some.body").is_err()
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        assert!(weak("nine char"));
        assert!(!weak("ten chars!"));
        assert!(!weak(&"ab".repeat(64)) && weak(&"ab".repeat(65)));
        assert!(weak("1234567890") && weak("Password123") && weak("aaaaaaaaaaaa"));
        assert!(check_new(&Secret::new("Hippopotamus"), "hippopotamus").is_err());
        assert!(!weak("äöüäöüäöüß"));
    }

    #[test]
    fn the_list_of_common_passwords_is_sound() {
        let lines: Vec<&str> = COMMON.lines().collect();
        assert!(lines.len() > 1_000);
        assert!(lines.iter().all(|line| line.chars().count() >= 10 && *line == line.to_lowercase()));
        assert!(lines.is_sorted());
    }

    #[tokio::test]
    async fn a_hash_knows_its_password_and_nobody_has_none() {
        let passwords = Passwords::default();
        let hash = passwords.hash(Secret::new("correct horse")).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(passwords.verify(Secret::new("correct horse"), Some(hash.clone())).await.unwrap());
        assert!(!passwords.verify(Secret::new("wrong horse"), Some(hash)).await.unwrap());
        assert!(!passwords.verify(Secret::new("correct horse"), None).await.unwrap());
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
