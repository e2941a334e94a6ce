//! Fetching what strangers link: within a time and a size, from public addresses only, and telling nothing but the address
//! asked for.
//!
//! Each step of a redirect is checked as the first one. There is no proxy, no cookie, no sign-in, no connection kept, and
//! nothing is unpacked.

use std::error::Error as _;
use std::net::IpAddr;
use std::time::Duration;

use http::header::{ACCEPT, CONTENT_ENCODING, CONTENT_TYPE, LOCATION};
use reqwest::{Client, Response, Url};

use super::address::may_ask;
use super::names::Names;

/// What a page or a picture may take, with all redirects.
const PATIENCE: Duration = Duration::from_secs(5);
/// Most bytes taken of an answer.
const BYTES_MAX: usize = 512 * 1_024;
/// Most redirects.
const REDIRECTS: usize = 3;
/// Who asks.
const AGENT: &str = concat!("Parlance/", env!("CARGO_PKG_VERSION"), " (link preview)");

/// Why nothing was fetched.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum Refusal {
    #[error("not an address of the web")]
    Url,
    #[error("a port other than 80 and 443")]
    Port,
    #[error("an address with a name and a password")]
    Credentials,
    #[error("an address that is not public")]
    Address,
    #[error("too many redirects")]
    Redirects,
    #[error("status {0}")]
    Status(u16),
    #[error("another type of content")]
    Type,
    #[error("packed content")]
    Packed,
    #[error("too large")]
    TooLarge,
    #[error("too slow")]
    Slow,
    #[error("it cannot be reached")]
    Unreachable,
}

/// What is wanted of an address.
#[derive(Clone, Copy)]
pub struct Wanted {
    /// Types of content.
    pub types: &'static [&'static str],
    /// Whether a part of it is no use.
    pub whole: bool,
}

/// What came.
pub struct Fetched {
    /// From where, after redirects.
    pub url: Url,
    /// The type of content as it was said.
    pub content_type: String,
    /// The first bytes, or all.
    pub bytes: Vec<u8>,
}

/// Fetches.
pub struct Fetcher {
    client: Client,
    /// Whether only the first step of a redirect is checked: a bug that the attacks must catch.
    #[cfg(test)]
    pub(super) trusts_redirects: bool,
}

impl Fetcher {
    /// With these names.
    pub fn new(names: Names) -> Result<Fetcher, reqwest::Error> {
        // Whoever was first has set the same one.
        _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        let client = Client::builder()
            .user_agent(AGENT)
            .dns_resolver(names)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .http1_only()
            .pool_max_idle_per_host(0)
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .no_zstd();
        let client = client.build()?;
        Ok(Fetcher {
            client,
            #[cfg(test)]
            trusts_redirects: false,
        })
    }

    /// Fetches an address.
    pub async fn get(&self, url: &str, wanted: Wanted) -> Result<Fetched, Refusal> {
        let url = Url::parse(url).map_err(|_| Refusal::Url)?;
        tokio::time::timeout(PATIENCE, self.follow(url, wanted)).await.unwrap_or(Err(Refusal::Slow))
    }

    async fn follow(&self, mut url: Url, wanted: Wanted) -> Result<Fetched, Refusal> {
        for step in 0..=REDIRECTS {
            if !self.planted_trust(step) {
                check(&url)?;
            }
            let request = self.client.get(url.clone()).header(ACCEPT, wanted.types.join(", "));
            let response = request.send().await.map_err(|error| refused(&error))?;
            if !response.status().is_redirection() {
                return read(url, response, wanted).await;
            }
            let next = header(&response, &LOCATION);
            url = url.join(next).map_err(|_| Refusal::Url)?;
        }
        Err(Refusal::Redirects)
    }

    #[cfg(test)]
    fn planted_trust(&self, step: usize) -> bool {
        self.trusts_redirects && step > 0
    }

    #[cfg(not(test))]
    #[allow(clippy::unused_self)] // the same call with and without planted bugs
    fn planted_trust(&self, _: usize) -> bool {
        false
    }
}

/// Refuses an address before anything is asked. A name is looked at again when it is known where it leads.
fn check(url: &Url) -> Result<(), Refusal> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refusal::Url);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Refusal::Credentials);
    }
    if !matches!(url.port_or_known_default(), Some(80 | 443)) {
        return Err(Refusal::Port);
    }
    // Whatever form an address was written in, it is one by now. Nothing is looked up of these.
    let host = url.host_str().unwrap_or_default().trim_matches(['[', ']']);
    match host.parse::<IpAddr>() {
        Ok(address) if !may_ask(address) => Err(Refusal::Address),
        Err(_) if host.is_empty() => Err(Refusal::Url),
        _ => Ok(()),
    }
}

/// What a failure was, if it was one of ours.
fn refused(error: &reqwest::Error) -> Refusal {
    let mut cause = error.source();
    while let Some(one) = cause {
        if let Some(Refusal::Address) = one.downcast_ref::<Refusal>() {
            return Refusal::Address;
        }
        cause = one.source();
    }
    Refusal::Unreachable
}

async fn read(url: Url, mut response: Response, wanted: Wanted) -> Result<Fetched, Refusal> {
    if response.status() != http::StatusCode::OK {
        return Err(Refusal::Status(response.status().as_u16()));
    }
    if !matches!(header(&response, &CONTENT_ENCODING), "" | "identity") {
        return Err(Refusal::Packed);
    }
    let content_type = header(&response, &CONTENT_TYPE).to_ascii_lowercase();
    let kind = content_type.split(';').next().unwrap_or_default().trim();
    if !wanted.types.contains(&kind) {
        return Err(Refusal::Type);
    }
    let mut bytes = Vec::new();
    while let Some(some) = response.chunk().await.map_err(|error| refused(&error))? {
        let room = BYTES_MAX - bytes.len();
        bytes.extend_from_slice(&some[..some.len().min(room)]);
        if some.len() > room {
            if wanted.whole {
                return Err(Refusal::TooLarge);
            }
            break;
        }
    }
    Ok(Fetched { url, content_type, bytes })
}

fn header<'a>(response: &'a Response, name: &http::HeaderName) -> &'a str {
    response.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Wanted = Wanted { types: &["text/html"], whole: false };

    #[tokio::test]
    async fn no_way_of_writing_an_address_leads_inside() {
        let fetcher = Fetcher::new(Names::default()).unwrap();
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://0x7f.1/",
            "http://0177.0.0.1/",
            "http://2130706433/",
            "http://0/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[fe80::1]/",
            "http://10.0.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[fd00:ec2::254]/",
            "http://100.100.100.200/",
            "http://１２７.0.0.1/",
            "https://192.168.1.1/",
            "http://localhost/",
        ] {
            assert_eq!(fetcher.get(url, PAGE).await.err(), Some(Refusal::Address), "{url}");
        }
    }

    #[tokio::test]
    async fn only_the_web_is_asked_and_nobody_is_signed_in() {
        let fetcher = Fetcher::new(Names::default()).unwrap();
        for (url, refusal) in [
            ("ftp://example.org/", Refusal::Url),
            ("file:///etc/passwd", Refusal::Url),
            ("not an address", Refusal::Url),
            ("http://example.org:8080/", Refusal::Port),
            ("https://example.org:22/", Refusal::Port),
            ("https://name:word@example.org/", Refusal::Credentials),
            ("https://name@example.org/", Refusal::Credentials),
        ] {
            assert_eq!(fetcher.get(url, PAGE).await.err(), Some(refusal), "{url}");
        }
    }
}
