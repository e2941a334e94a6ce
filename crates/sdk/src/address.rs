//! A server's address, in the forms the two doors need.
//!
//! It refuses paths, so that a copied link is not taken for a server.

use crate::Error;

/// Where the WebSocket door is.
const SOCKET_PATH: &str = "/api/v1/ws";

/// A server: `http://host:port`, `https://…`, `ws://…` or `wss://…`, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Whether the connection is encrypted.
    tls: bool,
    /// Host and port.
    authority: String,
}

impl Address {
    /// Reads an address as a person writes it; a trailing slash is fine.
    pub fn parse(text: &str) -> Result<Address, Error> {
        let bad = || Error::Address(text.to_owned());
        let (scheme, rest) = text.split_once("://").ok_or_else(bad)?;
        let tls = match scheme {
            "http" | "ws" => false,
            "https" | "wss" => true,
            _ => return Err(bad()),
        };
        let authority = rest.strip_suffix('/').unwrap_or(rest);
        if authority.is_empty() || authority.contains(['/', '?', '#', '@', ' ']) {
            return Err(bad());
        }
        Ok(Address { tls, authority: authority.to_owned() })
    }

    /// The URL of a path on the HTTP door.
    pub fn http(&self, path: &str) -> String {
        format!("{}://{}{path}", if self.tls { "https" } else { "http" }, self.authority)
    }

    /// The URL of the WebSocket door, for who has a place in its queue or has none.
    pub fn socket(&self, place: Option<&str>) -> String {
        let scheme = if self.tls { "wss" } else { "ws" };
        // What is no place is no part of an address either.
        let place = place.filter(|place| place.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let query = place.map(|place| format!("?place={place}")).unwrap_or_default();
        format!("{scheme}://{}{SOCKET_PATH}{query}", self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_doors_are_found_from_any_form() {
        let plain = Address::parse("http://127.0.0.1:8080/").unwrap();
        assert_eq!(plain.http("/api/v1/me"), "http://127.0.0.1:8080/api/v1/me");
        assert_eq!(plain.socket(None), "ws://127.0.0.1:8080/api/v1/ws");
        assert_eq!(plain.socket(Some("9f3c")), "ws://127.0.0.1:8080/api/v1/ws?place=9f3c");
        assert_eq!(plain.socket(Some("9 f&")), "ws://127.0.0.1:8080/api/v1/ws");
        assert_eq!(Address::parse("wss://chat.example").unwrap().http("/x"), "https://chat.example/x");
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["", "127.0.0.1:80", "ftp://x", "http://", "http://x/path", "http://user@x"] {
            assert!(Address::parse(text).is_err(), "{text}");
        }
    }
}
