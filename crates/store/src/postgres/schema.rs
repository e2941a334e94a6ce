//! The version of the tables: what a database has, what is to be done before this program can use it, and doing it.
//!
//! Each step is one transaction with the note that it was done. A database of a newer program is refused.

use deadpool_postgres::Client;

use super::keeper::OWN;
use super::open::{connect, parse, place};
use super::whole::filling;
use super::{Postgres, PostgresOptions, refused, sql};
use crate::Error;

/// Where the version is noted.
const SCHEMA: &[u8] = b"schema";

/// What stands before the first use of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Which database it is, in words.
    pub database: String,
    /// The version of its tables; 0 where there are none.
    pub found: u64,
    /// The version that this program makes.
    pub known: u64,
    /// The statements that a start would run, a text for each version.
    pub steps: Vec<&'static str>,
    /// Whether anything is kept there.
    pub holds_rows: bool,
    /// The store it is being filled from, if that is not finished.
    pub filled_from: Option<String>,
}

impl Postgres {
    /// What opening the database would change. Nothing is changed.
    pub async fn plan(url: &str, options: &PostgresOptions) -> Result<Plan, Error> {
        let config = parse(url)?;
        let database = place(&config);
        let pool = connect(config, options)?;
        let client = pool.get().await.map_err(|error| refused::away(&error))?;
        let found = version(&client).await.map_err(|error| refused::of(&error))?;
        refuse_newer(found)?;
        let (holds_rows, filled_from) = match found {
            0 => (false, None),
            _ => (filling::holds_any(&client).await?, filling::filled_from(&client).await?),
        };
        Ok(Plan { database, found, known: sql::SCHEMA, steps: due(found).collect(), holds_rows, filled_from })
    }
}

fn due(found: u64) -> impl Iterator<Item = &'static str> {
    sql::STEPS.into_iter().skip(usize::try_from(found).unwrap_or(usize::MAX))
}

/// Brings the tables to the version that this program knows.
pub(super) async fn bring_up(client: &mut Client) -> Result<(), Error> {
    loop {
        let found = version(client).await.map_err(|error| refused::of(&error))?;
        refuse_newer(found)?;
        let Some(step) = due(found).next() else { return Ok(()) };
        if let Err(error) = take(client, step, found + 1).await {
            // Another node may have come first; its step stands in the way of ours.
            let now = version(client).await.map_err(|error| refused::of(&error))?;
            if now == found {
                return Err(refused::of(&error));
            }
        }
    }
}

async fn take(client: &mut Client, step: &str, version: u64) -> Result<(), tokio_postgres::Error> {
    let transaction = client.transaction().await?;
    transaction.batch_execute(step).await?;
    let noted = i64::try_from(version).unwrap_or(i64::MAX);
    transaction.execute(sql::NOTE_SCHEMA, &[&OWN, &SCHEMA, &noted]).await?;
    transaction.commit().await
}

fn refuse_newer(found: u64) -> Result<(), Error> {
    if found <= sql::SCHEMA {
        return Ok(());
    }
    Err(Error::NewerVersion(format!(
        "the database was written by a newer Parlance (tables of version {found}, this one knows {}); start that one again",
        sql::SCHEMA
    )))
}

/// The version noted; 0 where there are no tables, or only some.
async fn version(client: &Client) -> Result<u64, tokio_postgres::Error> {
    if !client.query_one(sql::HAS_TABLES, &[]).await?.get::<_, bool>(0) {
        return Ok(0);
    }
    let noted = client.query_opt(sql::NUMBER, &[&OWN, &SCHEMA]).await?;
    Ok(noted.map_or(0, |row| row.get::<_, i64>(0).unsigned_abs()))
}
