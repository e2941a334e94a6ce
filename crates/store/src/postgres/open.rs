//! Opening: the connection, the tables, and the proof that what the database answers is safe.
//!
//! A database that would answer before its data is safe is refused, and so is one of a newer program.

use std::path::PathBuf;
use std::time::Duration;

use deadpool_postgres::{
    Client, ConfigConnectImpl, Connect, Hook, HookError, Manager, ManagerConfig, Pool, RecyclingMethod,
    Runtime,
};
use tokio_postgres::config::{Host, SslMode, TargetSessionAttrs};
use tokio_postgres::{Config, NoTls};

use super::hosts::{self, Hosts};
use super::keeper::Keeper;
use super::tls::Authorities;
use super::whole::filling;
use super::writer::Desk;
use super::{Postgres, refused, schema, sql};
use crate::{Clock, Error};

/// How long a connection may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Where PostgreSQL listens unless it is told otherwise.
const PORT: u16 = 5432;
/// How often expired rows are swept away.
const SWEEP: Duration = Duration::from_secs(60);

/// How a database is used.
#[derive(Clone, Debug)]
pub struct PostgresOptions {
    /// Connections, those of the writers among them.
    pub connections: usize,
    /// Transactions under way at once.
    pub writers: usize,
    /// PEM file of the authorities that may vouch for the server where the URL says `sslmode=require`; none for the system's.
    pub authorities: Option<PathBuf>,
    /// Decides what has expired.
    pub clock: Clock,
    /// Expired rows are swept away this often.
    pub sweep: Duration,
    /// Whether other programs that say so too may work on the database at the same time.
    pub shared: bool,
    /// Opens a database that does not have all rows of another store yet, to fill it.
    pub filling: bool,
}

impl Default for PostgresOptions {
    fn default() -> PostgresOptions {
        PostgresOptions {
            connections: 16,
            writers: 4,
            authorities: None,
            clock: Clock::system(),
            sweep: SWEEP,
            shared: false,
            filling: false,
        }
    }
}

impl Postgres {
    /// Opens the database behind a URL like `postgres://user:password@host/name`, and makes the tables if they are not there.
    /// With `?sslmode=require` the connections are encrypted and the server's certificate is checked. Of several hosts, with commas
    /// between them, the one that can write is used.
    pub async fn open(url: &str, options: PostgresOptions) -> Result<Postgres, Error> {
        let configs = parse(url)?;
        let (name, place) = (configs[0].get_dbname().unwrap_or("postgres").to_owned(), place(&configs));
        let pool = connect(configs, &options)?;
        {
            let mut client = pool.get().await.map_err(|error| refused::away(&error))?;
            check_durable(&client).await?;
            schema::bring_up(&mut client).await?;
            if !options.filling {
                filling::check_filled(&client).await?;
            }
        }
        let keeper = Keeper::start(pool.clone(), &options, &name).await?;
        let desk = || Desk::open(pool.clone(), options.clock.clone());
        let writers = (0..options.writers.max(1)).map(|_| desk()).collect();
        Ok(Postgres { pool, place, clock: options.clock, writers, keeper })
    }
}

/// Reads a URL, once for each of its hosts. Its text holds a password: it is in no message.
pub(super) fn parse(url: &str) -> Result<Vec<Config>, Error> {
    hosts::each(url)
        .map_err(|_| refused::unavailable("the URL must be like postgres://user:password@host/name"))
}

/// Which database this is, in words without a secret.
pub(super) fn place(configs: &[Config]) -> String {
    let host = |config: &Config| {
        let host = match config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            Some(Host::Unix(folder)) => folder.display().to_string(),
            None => String::new(),
        };
        format!("{host}:{}", config.get_ports().first().unwrap_or(&PORT))
    };
    let hosts: Vec<String> = configs.iter().map(host).collect();
    let name = configs.first().and_then(Config::get_dbname).unwrap_or("postgres");
    format!("the database {name} at {}", hosts.join(","))
}

/// What a connection needs whatever its URL says: to a server that can write, and over when nothing comes back any more. The
/// system alone would wait a quarter of an hour.
fn patient(mut config: Config) -> Config {
    config
        .application_name("parlance")
        .target_session_attrs(TargetSessionAttrs::ReadWrite)
        .connect_timeout(PATIENCE)
        .tcp_user_timeout(PATIENCE)
        .keepalives(true)
        .keepalives_idle(PATIENCE)
        .keepalives_interval(Duration::from_secs(1))
        .keepalives_retries(5);
    config
}

fn manager(configs: Vec<Config>, way: impl Connect + 'static) -> Manager {
    let recycled = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let configs: Vec<Config> = configs.into_iter().map(patient).collect();
    Manager::from_connect(configs[0].clone(), Hosts::new(configs, way), recycled)
}

/// Connections as the options say, none of them made yet.
pub(super) fn connect(configs: Vec<Config>, options: &PostgresOptions) -> Result<Pool, Error> {
    let manager = match configs[0].get_ssl_mode() {
        SslMode::Require => {
            let tls = Authorities::open(options.authorities.as_deref())?;
            manager(configs, ConfigConnectImpl { tls })
        }
        _ => manager(configs, ConfigConnectImpl { tls: NoTls }),
    };
    let set_up = Hook::async_fn(|client: &mut deadpool_postgres::ClientWrapper, _| {
        Box::pin(async move {
            client.batch_execute(sql::PATIENCE).await.map_err(HookError::Backend)?;
            if let Err(error) = client.batch_execute(sql::BY_KEY).await {
                tracing::debug!(%error, "plans are the database's own");
            }
            Ok(())
        })
    });
    Pool::builder(manager)
        .max_size(options.connections.max(options.writers + 2))
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .recycle_timeout(Some(PATIENCE))
        .post_create(set_up)
        .build()
        .map_err(|error| refused::away(&error))
}

/// Refuses a database that acknowledges what a power cut can take away.
async fn check_durable(client: &Client) -> Result<(), Error> {
    for (setting, unsafe_value) in
        [("fsync", "off"), ("full_page_writes", "off"), ("synchronous_commit", "off")]
    {
        // What speaks PostgreSQL's protocol without being it has no such setting, and no such danger.
        let Ok(row) = client.query_one(&format!("SHOW {setting}"), &[]).await else { continue };
        if row.get::<_, &str>(0) == unsafe_value {
            return Err(refused::unavailable(format!(
                "{setting} is {unsafe_value}, so a power cut could lose what was acknowledged; set it to on"
            )));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_hears_nothing_is_over_soon_whatever_its_url_says() {
        let asked = "postgres://u@h/n?target_session_attrs=any&tcp_user_timeout=3600";
        let config = patient(asked.parse().unwrap());
        let alone = config.get_keepalives_idle()
            + config.get_keepalives_interval().unwrap() * config.get_keepalives_retries().unwrap();
        assert!(config.get_keepalives() && alone <= Duration::from_secs(10), "{alone:?}");
        assert_eq!(config.get_tcp_user_timeout(), Some(&PATIENCE));
        assert_eq!(config.get_target_session_attrs(), TargetSessionAttrs::ReadWrite);
    }
}
