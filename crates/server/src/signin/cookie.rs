//! The cookie that carries a browser's session: out of reach of scripts and of other sites.
//! Under TLS its name makes browsers insist on that; on plain http it has another name and no `Secure`.

use http::header::COOKIE;
use http::{HeaderMap, HeaderValue};

use crate::secret::Secret;

/// The name under TLS; browsers take a `__Host-` cookie only with `Secure`, `Path=/` and without a domain.
const SECURE_NAME: &str = "__Host-parlance";
/// The name on plain http, for development.
const PLAIN_NAME: &str = "parlance";
/// How long a browser keeps it, in seconds: 400 days, the most that browsers allow.
const KEPT_SECONDS: u32 = 400 * 24 * 3_600;

fn name(secure: bool) -> &'static str {
    if secure { SECURE_NAME } else { PLAIN_NAME }
}

/// The token in a request's cookies.
pub fn read(headers: &HeaderMap, secure: bool) -> Option<Secret> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, token) = pairs.find(|(key, _)| *key == name(secure))?;
    (!token.is_empty()).then(|| Secret::new(token))
}

/// The header that gives a browser its token.
pub fn set(token: &Secret, secure: bool) -> Option<HeaderValue> {
    header(token.expose(), KEPT_SECONDS, secure)
}

/// The header that takes it away.
pub fn clear(secure: bool) -> Option<HeaderValue> {
    header("", 0, secure)
}

fn header(token: &str, kept_seconds: u32, secure: bool) -> Option<HeaderValue> {
    let (name, mark) = (name(secure), if secure { "; Secure" } else { "" });
    let text = format!("{name}={token}; Path=/; Max-Age={kept_seconds}; HttpOnly; SameSite=Strict{mark}");
    let mut value = HeaderValue::from_str(&text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_among_other_cookies() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, HeaderValue::from_static("a=b; parlance=ps_1;c=d"));
        headers.append(COOKIE, HeaderValue::from_static("__Host-parlance=ps_2"));
        assert!(read(&headers, false).unwrap().is("ps_1"));
        assert!(read(&headers, true).unwrap().is("ps_2"));
        assert!(read(&HeaderMap::new(), true).is_none());
    }

    #[test]
    fn only_tls_gets_the_secure_name() {
        let secure = set(&Secret::new("ps_1"), true).unwrap();
        let text = secure.to_str().unwrap();
        assert!(text.starts_with("__Host-parlance=ps_1; Path=/;"));
        for attribute in ["; HttpOnly", "; SameSite=Strict", "; Secure"] {
            assert!(text.contains(attribute), "{attribute}");
        }
        let plain = clear(false).unwrap();
        assert_eq!(plain.to_str().unwrap(), "parlance=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
    }
}
