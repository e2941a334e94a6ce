//! From a request's headers to who is asking. A Bearer token wins over a cookie.
//! A token that is no session's is an answer of its own, so that clients know to sign in again.

use http::header::AUTHORIZATION;
use http::request::Parts;
use http::{HeaderMap, Method};
use parlance_engine::{Caller, Engine};

use super::site::{Site, Vouched};
use super::token::Kind;
use super::{cookie, token};
use crate::error::ApiError;
use crate::secret::Secret;

/// A token and how it came.
pub enum Credential {
    /// In `Authorization`: a program put it there on purpose.
    Bearer(Secret),
    /// In a cookie: the browser put it there, whoever made it ask.
    Cookie(Secret),
}

impl Credential {
    /// The credential among the headers.
    pub fn find(headers: &HeaderMap, site: &Site) -> Option<Credential> {
        let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()).and_then(bearer);
        let cookie = || cookie::read(headers, site.is_secure()).map(Credential::Cookie);
        bearer.map(Credential::Bearer).or_else(cookie)
    }

    /// Whose session it is.
    pub async fn caller(&self, engine: &Engine) -> Result<Caller, ApiError> {
        let (Credential::Bearer(token) | Credential::Cookie(token)) = self;
        caller(engine, token).await
    }

    /// Whose session it is or was; for who is let in next, which looks whether it still is.
    pub async fn owner(&self, engine: &Engine) -> Result<Caller, ApiError> {
        let (Credential::Bearer(token) | Credential::Cookie(token)) = self;
        owner(engine, token).await
    }
}

async fn owner(engine: &Engine, token: &Secret) -> Result<Caller, ApiError> {
    let hash = token::hash(Kind::Session, token).ok_or_else(ApiError::session_ended)?;
    engine.token_of(hash).await?.ok_or_else(ApiError::session_ended)
}

/// Whose session a token is.
pub async fn caller(engine: &Engine, token: &Secret) -> Result<Caller, ApiError> {
    let hash = token::hash(Kind::Session, token).ok_or_else(ApiError::session_ended)?;
    engine.session(hash).await?.ok_or_else(ApiError::session_ended)
}

/// Whose session a token is or was of, or a ticket, which is used up by it; for who is let in next.
pub async fn resumed(engine: &Engine, secret: &Secret) -> Result<Caller, ApiError> {
    match token::hash(Kind::Ticket, secret) {
        Some(hash) => engine.redeem_ticket(hash).await?.ok_or_else(ApiError::session_ended),
        None => owner(engine, secret).await,
    }
}

/// The token of an `Authorization: Bearer` header.
pub fn bearer(value: &str) -> Option<Secret> {
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| Secret::new(token.trim()))
}

/// Refuses a request whose credential and origin do not go together.
pub fn check_origin(parts: &Parts, credential: Option<&Credential>, site: &Site) -> Result<(), ApiError> {
    let safe = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS);
    match credential {
        Some(Credential::Bearer(_)) => Ok(()),
        Some(Credential::Cookie(_)) if safe => Ok(()),
        Some(Credential::Cookie(_)) => site.check_origin(parts, Vouched::Cookie),
        None => site.check_origin(parts, Vouched::Nobody),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_bearer_in_any_case() {
        assert!(bearer("Bearer ps_1").unwrap().is("ps_1"));
        assert!(bearer("bearer ps_1").unwrap().is("ps_1"));
        assert!(bearer("Basic ps_1").is_none());
        assert!(bearer("ps_1").is_none());
    }
}
