//! Whose address counts behind a proxy: the last one in `X-Forwarded-For` that no trusted proxy has.
//! Without trusted proxies the header is never read, and nobody else's is believed: anyone can write it.

use std::net::IpAddr;

use http::HeaderMap;

use crate::config::Networks;

/// The header that proxies add addresses to.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The client's address, as far as trusted proxies tell it.
pub(super) fn client(socket: IpAddr, headers: &HeaderMap, trusted: &Networks) -> IpAddr {
    if !trusted.hold(socket) {
        return socket;
    }
    let values = headers.get_all(FORWARDED_FOR).iter().filter_map(|value| value.to_str().ok());
    let told: Vec<&str> = values.flat_map(|value| value.split(',')).map(str::trim).collect();
    let mut known = socket;
    for text in told.into_iter().rev() {
        // What is no address is not followed any further back.
        let Ok(address) = text.parse::<IpAddr>() else { break };
        known = address.to_canonical();
        if !trusted.hold(known) {
            break;
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(socket: &str, lines: &[&'static str], trusted: &str) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, http::HeaderValue::from_static(line));
        }
        client(socket.parse().unwrap(), &headers, &trusted.parse().unwrap()).to_string()
    }

    #[test]
    fn nobody_is_believed_who_is_not_trusted() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"], ""), "192.0.2.1");
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"], "192.0.2.2"), "192.0.2.1");
    }

    #[test]
    fn the_last_address_that_is_no_proxys_counts() {
        let trusted = "127.0.0.1, 10.0.0.0/8";
        assert_eq!(seen("127.0.0.1", &["198.51.100.7"], trusted), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, 198.51.100.7, 10.1.1.1"], trusted), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1", "198.51.100.7"], trusted), "198.51.100.7");
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, unknown"], trusted), "127.0.0.1");
        assert_eq!(seen("127.0.0.1", &[], trusted), "127.0.0.1");
        assert_eq!(seen("127.0.0.1", &["::ffff:198.51.100.7"], trusted), "198.51.100.7");
    }
}
