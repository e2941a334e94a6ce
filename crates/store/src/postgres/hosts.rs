//! A database on several hosts: whichever of them can write is connected to, before and after a fail-over.
//!
//! They are tried side by side, the one that answered last with a short start, so that a host that is silent holds nobody up.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use deadpool_postgres::Connect;
use futures_util::future::{BoxFuture, select_ok};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Config, Error};

/// How long one host may take before the next is tried beside it.
const START: Duration = Duration::from_millis(250);

/// The way to all hosts.
pub(super) struct Hosts<C> {
    each: Vec<Config>,
    way: C,
    /// The place of the one that answered last.
    last: AtomicUsize,
}

impl<C> Hosts<C> {
    pub(super) fn new(each: Vec<Config>, way: C) -> Hosts<C> {
        Hosts { each, way, last: AtomicUsize::new(0) }
    }
}

impl<C: Connect> Connect for Hosts<C> {
    fn connect(&self, _: &Config) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), Error>> {
        Box::pin(async move {
            let first = self.last.load(Ordering::Relaxed);
            let turns = (0..self.each.len()).zip(0..).map(|(turn, starts)| {
                let place = (first + turn) % self.each.len();
                let config = &self.each[place];
                Box::pin(async move {
                    tokio::time::sleep(START * starts).await;
                    self.way.connect(config).await.map(|connected| (place, connected))
                })
            });
            let ((place, connected), _) = select_ok(turns).await?;
            self.last.store(place, Ordering::Relaxed);
            Ok(connected)
        })
    }
}

/// What a URL says, once for each of its hosts: `postgres://user:password@one,two:5433/name`.
pub(super) fn each(url: &str) -> Result<Vec<Config>, Error> {
    let whole: Config = url.parse()?;
    let Some((before, hosts, after)) = parts(url) else { return Ok(vec![whole]) };
    hosts.split(',').map(|host| format!("{before}{host}{after}").parse()).collect()
}

/// What stands before the hosts of a URL, the hosts, and what follows them. Split where the library splits.
fn parts(url: &str) -> Option<(&str, &str, &str)> {
    let rest = url.strip_prefix("postgres://").or_else(|| url.strip_prefix("postgresql://"))?;
    let begin = url.len() - rest.len() + rest.find('@').map_or(0, |at| at + 1);
    let end = url[begin..].find(['/', '?']).map_or(url.len(), |length| begin + length);
    Some((&url[..begin], &url[begin..end], &url[end..]))
}

#[cfg(test)]
mod tests {
    use tokio_postgres::config::Host;

    use super::*;

    #[test]
    fn every_host_has_all_the_rest_of_the_url() {
        let configs = each("postgres://u:p%2Cw@one,two:5433,[::1]:7/name?sslmode=require").unwrap();
        let found: Vec<_> =
            configs.iter().map(|config| (config.get_hosts().to_vec(), config.get_ports().to_vec())).collect();
        let tcp = |name: &str| vec![Host::Tcp(name.into())];
        assert_eq!(found, [(tcp("one"), vec![5432]), (tcp("two"), vec![5433]), (tcp("::1"), vec![7])]);
        for config in configs {
            assert_eq!((config.get_user(), config.get_dbname()), (Some("u"), Some("name")));
            assert_eq!(config.get_password(), Some(&b"p,w"[..]));
        }
    }

    #[test]
    fn one_host_and_other_forms_are_one() {
        for url in ["postgres://u@h/n", "postgresql:///n?host=/run", "host=a,b user=u", "postgres://h"] {
            assert_eq!(each(url).unwrap().len(), 1, "{url}");
        }
        assert!(each("postgres://u@h:port/n").is_err());
    }
}
