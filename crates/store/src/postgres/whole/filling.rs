//! Filling a database with the rows of another store, which takes a while and may break off: what the database is meanwhile,
//! and how rows are put into it.
//!
//! A database that is being filled says so, and does not open for a server. Only the same store may fill it anew.

use std::time::Duration;

use deadpool_postgres::Client;
use tokio::time::timeout;

use crate::postgres::keeper::OWN;
use crate::postgres::{Postgres, refused, sql};
use crate::whole::Kept;
use crate::{Error, Family, RowKey};

/// The row that says which store the database is being filled from.
const FILLED_FROM: &[u8] = b"filled from";
/// The end of the filling is answered within this, or the connection is given up.
const ANSWER: Duration = Duration::from_secs(5);

impl Postgres {
    /// Makes it ready to be filled: it must be empty, or left by an earlier try with the same store, which is dropped.
    pub async fn begin_filling(&self, from: &str) -> Result<(), Error> {
        let client = self.client().await?;
        match filled_from(&client).await? {
            Some(earlier) if earlier == from => {
                let done = async {
                    client.batch_execute(sql::EMPTY[0]).await?;
                    client.execute(sql::EMPTY[1], &[&OWN]).await
                };
                done.await.map_err(|error| refused::of(&error))?;
            }
            Some(earlier) => {
                return Err(refused::unavailable(format!(
                    "the database was to be filled from {earlier}, and is not finished: make another one"
                )));
            }
            None if holds_any(&client).await? => {
                return Err(refused::unavailable("the database has rows already: make an empty one"));
            }
            None => {}
        }
        let noted = client.execute(sql::NOTE, &[&OWN, &FILLED_FROM, &from.as_bytes()]).await;
        noted.map(drop).map_err(|error| refused::of(&error))
    }

    /// Puts these rows in the place of what is there, and drops those.
    pub async fn put(&self, rows: &[Kept], gone: &[RowKey]) -> Result<(), Error> {
        let client = self.client().await?;
        for family in [Family::Fenced, Family::Register, Family::Blind] {
            let columns = Columns::of(rows.iter().filter(|row| row.name.family == family))?;
            if !columns.keys.is_empty() {
                let Columns { partitions, keys, values, versions, tokens, expiries } = &columns;
                let done = async {
                    let statement = client.prepare_cached(&sql::put_kept(family)).await?;
                    let kept: Params<'_> = &[partitions, keys, values, versions, tokens, expiries];
                    client.execute(&statement, kept).await
                };
                done.await.map_err(|error| refused::of(&error))?;
            }
            let names = gone.iter().filter(|name| name.family == family);
            let (partitions, keys): (Vec<&[u8]>, Vec<&[u8]>) =
                names.map(|name| (&name.partition[..], &name.key[..])).unzip();
            if !keys.is_empty() {
                let dropped = client.execute(&sql::drop_kept(family), &[&partitions, &keys]).await;
                dropped.map_err(|error| refused::of(&error))?;
            }
        }
        Ok(())
    }

    /// All is there: servers may open it. If this fails, [`Postgres::is_filled`] says whether it was done all the same.
    pub async fn finish_filling(&self) -> Result<(), Error> {
        let dropped = self.answered(async |client| {
            let Some(noted) = client.query_opt(sql::NUMBER, &[&OWN, &FILLED_FROM]).await? else {
                return Ok(true);
            };
            let noted: i64 = noted.get(0);
            Ok(client.execute(sql::UNNOTE, &[&OWN, &FILLED_FROM, &noted]).await? == 1)
        });
        if dropped.await? {
            return Ok(());
        }
        Err(refused::unavailable("somebody else fills it"))
    }

    /// Whether servers may open it. If not, an end of the filling that was asked for before and is still on its way is none any
    /// more: the note has another number.
    pub async fn is_filled(&self) -> Result<bool, Error> {
        self.answered(async |client| Ok(client.execute(sql::NOTE_AGAIN, &[&OWN, &FILLED_FROM]).await? == 0))
            .await
    }

    /// What the database answers in time. A connection that does not answer is nobody's any more.
    async fn answered<T>(
        &self,
        ask: impl AsyncFnOnce(&Client) -> Result<T, tokio_postgres::Error>,
    ) -> Result<T, Error> {
        let client = self.client().await?;
        if let Ok(answer) = timeout(ANSWER, ask(&client)).await {
            return answer.map_err(|error| refused::of(&error));
        }
        drop(Client::take(client));
        Err(refused::unavailable("it does not answer; a standby that it waits for may be gone"))
    }

    async fn client(&self) -> Result<Client, Error> {
        self.pool.get().await.map_err(|error| refused::away(&error))
    }
}

type Params<'a> = &'a [&'a (dyn tokio_postgres::types::ToSql + Sync)];

/// Refuses a database that is not filled yet.
pub(in crate::postgres) async fn check_filled(client: &Client) -> Result<(), Error> {
    match filled_from(client).await? {
        None => Ok(()),
        Some(from) => Err(refused::unavailable(format!(
            "the database does not have everything yet of {from}: run `parlance migrate` there again, it begins anew"
        ))),
    }
}

/// Which store it is being filled from.
pub(in crate::postgres) async fn filled_from(client: &Client) -> Result<Option<String>, Error> {
    let noted = client.query_opt(sql::NOTED, &[&OWN, &FILLED_FROM]).await;
    let noted = noted.map_err(|error| refused::of(&error))?;
    Ok(noted.map(|row| String::from_utf8_lossy(row.get(0)).into_owned()))
}

/// Whether there is any row of the program's.
pub(in crate::postgres) async fn holds_any(client: &Client) -> Result<bool, Error> {
    let held = client.query_one(sql::HOLDS_ANY, &[&OWN]).await;
    held.map(|row| row.get(0)).map_err(|error| refused::of(&error))
}

/// Rows as columns.
#[derive(Default)]
struct Columns<'a> {
    partitions: Vec<&'a [u8]>,
    keys: Vec<&'a [u8]>,
    values: Vec<&'a [u8]>,
    versions: Vec<i64>,
    tokens: Vec<Option<&'a [u8]>>,
    expiries: Vec<Option<i64>>,
}

impl<'a> Columns<'a> {
    fn of(rows: impl Iterator<Item = &'a Kept>) -> Result<Columns<'a>, Error> {
        let mut columns = Columns::default();
        for row in rows {
            let version = i64::try_from(row.version);
            columns.partitions.push(&row.name.partition);
            columns.keys.push(&row.name.key);
            columns.values.push(&row.value);
            columns
                .versions
                .push(version.map_err(|_| Error::TooLarge(format!("a version of {}", row.version)))?);
            columns.tokens.push(row.token.as_ref().map(|token| &token[..]));
            columns.expiries.push(row.expires_at_ms);
        }
        Ok(columns)
    }
}
