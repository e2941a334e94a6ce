//! What browsers know this server as, and whether a request comes from its own pages.
//! The check is exact: scheme, host and port of `Origin` are those of the request, or of `public_url`.

use http::header::{HOST, ORIGIN};
use http::request::Parts;
use parlance_proto::ErrorCode;

use crate::config::Config;
use crate::error::ApiError;

/// How browsers reach this server.
pub struct Site {
    /// The configured origin, in lower case; empty to take it from each request.
    public_origin: String,
    /// Whether browsers reach it over TLS.
    secure: bool,
}

/// Who vouches for a request, which decides what its origin must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Vouched {
    /// The browser added a cookie by itself: only our own pages may.
    Cookie,
    /// Nobody yet, as in a sign-in: from a browser only our own pages may.
    Nobody,
}

impl Site {
    /// The site that these settings describe.
    pub fn new(config: &Config) -> Site {
        let public_origin = config.public_url.to_lowercase();
        let secure =
            if public_origin.is_empty() { config.tls.is_on() } else { public_origin.starts_with("https://") };
        Site { public_origin, secure }
    }

    /// Whether browsers reach this server over TLS.
    pub fn is_secure(&self) -> bool {
        self.secure
    }

    /// Refuses a request that another site had a browser make.
    pub fn check_origin(&self, parts: &Parts, vouched: Vouched) -> Result<(), ApiError> {
        let Some(origin) = parts.headers.get(ORIGIN) else {
            return if vouched == Vouched::Cookie { Err(foreign()) } else { Ok(()) };
        };
        let own = if self.public_origin.is_empty() {
            self.origin_of(parts)
        } else {
            Some(self.public_origin.clone())
        };
        match (origin.to_str(), own) {
            (Ok(origin), Some(own)) if origin == own => Ok(()),
            _ => Err(foreign()),
        }
    }

    /// The origin of the address that the request was sent to.
    fn origin_of(&self, parts: &Parts) -> Option<String> {
        let authority = parts.uri.authority().map(http::uri::Authority::as_str);
        let host = authority.or_else(|| parts.headers.get(HOST).and_then(|host| host.to_str().ok()))?;
        let scheme = if self.secure { "https" } else { "http" };
        Some(format!("{scheme}://{}", host.to_lowercase()))
    }
}

fn foreign() -> ApiError {
    ApiError::new(
        ErrorCode::ForeignOrigin,
        "with the cookie only the server's own pages may do this; programs send `Authorization: Bearer …`. Behind a \
         proxy, set public_url",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(public_url: &str) -> Site {
        Site::new(&Config { public_url: public_url.to_owned(), ..Config::default() })
    }

    fn allowed(site: &Site, origin: Option<&str>, vouched: Vouched) -> bool {
        let mut request = http::Request::builder().uri("/api").header(HOST, "Chat.example:8080");
        if let Some(origin) = origin {
            request = request.header(ORIGIN, origin);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        site.check_origin(&parts, vouched).is_ok()
    }

    #[test]
    fn a_cookie_needs_the_exact_origin() {
        let own = site("");
        assert!(allowed(&own, Some("http://chat.example:8080"), Vouched::Cookie));
        for foreign in [
            None,
            Some("null"),
            Some("https://chat.example:8080"),
            Some("http://chat.example"),
            Some("http://evil.example"),
            Some("http://chat.example:8080.evil.example"),
        ] {
            assert!(!allowed(&own, foreign, Vouched::Cookie), "{foreign:?}");
        }
    }

    #[test]
    fn without_a_cookie_only_a_foreign_page_is_refused() {
        assert!(allowed(&site(""), None, Vouched::Nobody));
        assert!(!allowed(&site(""), Some("http://evil.example"), Vouched::Nobody));
    }

    #[test]
    fn a_configured_address_is_the_only_one() {
        let behind_proxy = site("https://chat.example");
        assert!(behind_proxy.is_secure());
        assert!(allowed(&behind_proxy, Some("https://chat.example"), Vouched::Cookie));
        assert!(!allowed(&behind_proxy, Some("http://chat.example:8080"), Vouched::Cookie));
    }
}
