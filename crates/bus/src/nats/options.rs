//! Where NATS is and how it is connected to: for ever, with pauses that grow, noticing a dead link within seconds.
//!
//! TLS is what an address that begins with `tls://` asks for, and is always checked then.

use std::path::PathBuf;
use std::time::Duration;

use async_nats::{ConnectOptions, ServerAddr};

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

impl NatsOptions {
    pub(super) fn servers(&self) -> Result<Vec<ServerAddr>, NatsError> {
        let of_subject = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        if self.prefix.is_empty() || !self.prefix.chars().all(of_subject) {
            return Err(NatsError::Prefix);
        }
        let named = self.servers.split(',').map(str::trim).filter(|one| !one.is_empty());
        let servers: Vec<ServerAddr> = named.map(address).collect::<Result<_, _>>()?;
        if servers.is_empty() { Err(NatsError::Address("no address".into())) } else { Ok(servers) }
    }

    pub(super) fn connect(&self) -> ConnectOptions {
        let options = ConnectOptions::new()
            .name(&self.name)
            .no_echo()
            .retry_on_initial_connect()
            .max_reconnects(None)
            .reconnect_delay_callback(pause)
            .connection_timeout(CONNECTING)
            .ping_interval(PING)
            .subscription_capacity(INCOMING);
        match &self.authorities {
            Some(path) => options.add_root_certificates(path.clone()),
            None => options,
        }
    }
}

/// An address. A wrong one is told without what stands before the `@`.
fn address(text: &str) -> Result<ServerAddr, NatsError> {
    let known = ["nats://", "tls://"].iter().any(|scheme| text.starts_with(scheme));
    let parsed = text.parse::<ServerAddr>().ok().filter(|address| known && !address.host().is_empty());
    parsed.ok_or_else(|| NatsError::Address(text.rsplit('@').next().unwrap_or_default().to_owned()))
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
        let several = options("nats://a:4222, tls://user:word@b:4222,", "parlance").servers().unwrap();
        assert_eq!(several.len(), 2);
        for wrong in ["", "http://u:secret@a", "a:4222", "nats://u:secret@"] {
            let error = options(wrong, "parlance").servers().unwrap_err().to_string();
            assert!(error.contains("nats://127.0.0.1:4222") && !error.contains("secret"), "{wrong}: {error}");
        }
        assert!(matches!(options("nats://a", "a.*").servers(), Err(NatsError::Prefix)));
    }

    #[test]
    fn pauses_grow_and_stay_short() {
        assert_eq!(pause(1), Duration::from_millis(50));
        assert_eq!(pause(3), Duration::from_millis(200));
        assert_eq!(pause(1_000), Duration::from_millis(PAUSE_MAX_MS));
    }
}
