//! Where NATS is and how it is connected to: for ever, with pauses that grow, noticing a dead link within seconds.
//!
//! TLS is what one address that begins with `tls://` asks for all of them; the certificate is always checked then.

use std::path::PathBuf;
use std::time::Duration;

use async_nats::{ConnectOptions, ServerAddr};
use percent_encoding::percent_decode_str;

/// Messages of one subject that may wait to be heard; more are lost.
const INCOMING: usize = 16_384;
/// A link is asked for a sign of life this often, and given up after three without.
const PING: Duration = Duration::from_secs(3);
/// How long connecting to one address may take.
const CONNECTING: Duration = Duration::from_secs(3);
/// The first pause between two tries, and the longest.
const PAUSE_MS: u64 = 50;
const PAUSE_MAX_MS: u64 = 2_000;

/// Why NATS cannot be used as the settings say.
#[derive(Debug, thiserror::Error)]
pub enum NatsError {
    /// An address is none.
    #[error("{0}: addresses are like nats://127.0.0.1:4222, or tls://…, with commas between them")]
    Address(String),
    /// What subjects start with cannot stand there.
    #[error("what subjects start with must be letters, digits, '-' or '_', at least one")]
    Prefix,
    /// The client refuses the settings.
    #[error("NATS cannot be used: {0}")]
    Unusable(String),
}

/// How NATS is used.
#[derive(Clone, Debug)]
pub struct NatsOptions {
    /// The servers, with commas between them; any of them will do.
    pub servers: String,
    /// What this node is called in NATS's own lists.
    pub name: String,
    /// What all subjects start with, so that two clusters can share one NATS.
    pub prefix: String,
    /// The authorities that may vouch for the servers, as PEM; the system's if none.
    pub authorities: Option<PathBuf>,
}

/// Addresses, and how to be let in there.
pub(super) struct Place {
    pub servers: Vec<ServerAddr>,
    known_as: Option<Known>,
}

/// User and password, or a token and nothing.
type Known = (String, Option<String>);

impl NatsOptions {
    pub(super) fn place(&self) -> Result<Place, NatsError> {
        let of_subject = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.prefix.is_empty() || !self.prefix.chars().all(of_subject) {
            return Err(NatsError::Prefix);
        }
        let mut place = Place { servers: Vec::new(), known_as: None };
        for text in self.servers.split(',').map(str::trim).filter(|one| !one.is_empty()) {
            let (server, known_as) = address(text)?;
            place.servers.push(server);
            place.known_as = place.known_as.or(known_as);
        }
        if place.servers.is_empty() { Err(NatsError::Address("no address".into())) } else { Ok(place) }
    }

    pub(super) fn connect(&self, place: &Place) -> ConnectOptions {
        // Also for servers that the others tell of.
        let encrypted = place.servers.iter().any(ServerAddr::tls_required);
        let options = ConnectOptions::new()
            .name(&self.name)
            .require_tls(encrypted)
            .no_echo()
            .retry_on_initial_connect()
            .max_reconnects(None)
            .reconnect_delay_callback(pause)
            .connection_timeout(CONNECTING)
            .ping_interval(PING)
            .subscription_capacity(INCOMING);
        let options = match place.known_as.clone() {
            Some((user, Some(password))) => options.user_and_password(user, password),
            Some((token, None)) => options.token(token),
            None => options,
        };
        match &self.authorities {
            Some(path) => options.add_root_certificates(path.clone()),
            None => options,
        }
    }
}

/// An address, and what stands before its `@`, which is no part of it: addresses are told in logs.
fn address(text: &str) -> Result<(ServerAddr, Option<Known>), NatsError> {
    let wrong = || NatsError::Address(text.rsplit('@').next().unwrap_or_default().to_owned());
    let (scheme, rest) = text.split_once("://").ok_or_else(wrong)?;
    let (before, at) = rest.rsplit_once('@').map_or((None, rest), |(before, at)| (Some(before), at));
    let server = format!("{scheme}://{at}").parse::<ServerAddr>().map_err(|_| wrong())?;
    if !matches!(scheme, "nats" | "tls") || server.host().is_empty() {
        return Err(wrong());
    }
    let plain = |text: &str| percent_decode_str(text).decode_utf8().map(Into::into).map_err(|_| wrong());
    let known_as = match before.map(|before| before.split_once(':').ok_or(before)) {
        Some(Ok((user, password))) => Some((plain(user)?, Some(plain(password)?))),
        Some(Err(token)) => Some((plain(token)?, None)),
        None => None,
    };
    Ok((server, known_as))
}

/// How long to wait before the next try.
fn pause(tries: usize) -> Duration {
    let factor = 1 << tries.saturating_sub(1).min(10);
    Duration::from_millis((PAUSE_MS * factor).min(PAUSE_MAX_MS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(servers: &str, prefix: &str) -> NatsOptions {
        NatsOptions { servers: servers.into(), name: "n".into(), prefix: prefix.into(), authorities: None }
    }

    #[test]
    fn addresses_are_a_list_and_mistakes_tell_no_password() {
        let several = options("nats://a:4222, tls://us%40er:w%3Ard@b:4222,", "parlance").place().unwrap();
        assert_eq!(several.servers.len(), 2);
        assert_eq!(several.known_as, Some(("us@er".into(), Some("w:rd".into()))));
        assert!(!format!("{:?}", several.servers).contains("w%3Ard"));
        assert_eq!(options("nats://token@a", "p").place().unwrap().known_as, Some(("token".into(), None)));
        for wrong in ["", "http://u:secret@a", "a:4222", "nats://u:secret@"] {
            let error = options(wrong, "parlance").place().err().unwrap().to_string();
            assert!(error.contains("nats://127.0.0.1:4222") && !error.contains("secret"), "{wrong}: {error}");
        }
        assert!(matches!(options("nats://a", "a.*").place(), Err(NatsError::Prefix)));
    }

    #[test]
    fn pauses_grow_and_stay_short() {
        assert_eq!(pause(1), Duration::from_millis(50));
        assert_eq!(pause(3), Duration::from_millis(200));
        assert_eq!(pause(1_000), Duration::from_millis(PAUSE_MAX_MS));
    }
}
