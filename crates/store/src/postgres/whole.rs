//! All rows of a database given to another engine, and all rows of another engine taken in.
//!
//! Taking is one transaction into empty tables: a database has all rows of the other store, or none.

use deadpool_postgres::{Pool, Transaction};

use super::{keeper, refused, sql};
use crate::whole::{Giver, Kept, Taker};
use crate::{Error, Family, RowKey};

/// Rows read at once.
const PAGE: i64 = 500;

/// Gives every row that has not expired.
pub(super) async fn give(pool: &Pool, now_ms: i64, to: &mut Giver) -> Result<(), Error> {
    let client = pool.get().await.map_err(|error| refused::away(&error))?;
    for family in [Family::Fenced, Family::Register, Family::Blind] {
        let statement = client.prepare_cached(&sql::select_page(family)).await;
        let statement = statement.map_err(|error| refused::of(&error))?;
        let (mut partition, mut key) = (Vec::<u8>::new(), Vec::<u8>::new());
        loop {
            let page = client.query(&statement, &[&partition, &key, &PAGE, &now_ms]).await;
            let page = page.map_err(|error| refused::of(&error))?;
            let Some(last) = page.last() else { break };
            (partition, key) = (last.get(0), last.get(1));
            for row in page.iter().filter(|row| row.get::<_, &[u8]>(0) != keeper::OWN) {
                to.push(kept(family, row)).await?;
            }
        }
    }
    Ok(())
}

fn kept(family: Family, row: &tokio_postgres::Row) -> Kept {
    let bytes = |at| bytes::Bytes::from(row.get::<_, Vec<u8>>(at));
    Kept {
        name: RowKey { family, partition: bytes(0), key: bytes(1) },
        value: bytes(2),
        version: row.get::<_, i64>(3).unsigned_abs(),
        token: row.get::<_, Option<Vec<u8>>>(4).and_then(|token| token.try_into().ok()),
        expires_at_ms: row.get(5),
    }
}

/// Takes all rows in, or none. Refused where there are any.
pub(super) async fn take(pool: &Pool, rows: &mut Taker) -> Result<(), Error> {
    let mut client = pool.get().await.map_err(|error| refused::away(&error))?;
    let transaction = client.transaction().await.map_err(|error| refused::of(&error))?;
    let holds: bool = transaction
        .query_one(sql::HOLDS_ANY, &[&keeper::OWN])
        .await
        .map_err(|error| refused::of(&error))?
        .get(0);
    if holds {
        return Err(refused::unavailable("the database has rows already: make an empty one"));
    }
    while let Some(batch) = rows.next().await? {
        insert(&transaction, batch).await?;
    }
    transaction.commit().await.map_err(|error| refused::of(&error))
}

async fn insert(transaction: &Transaction<'_>, batch: Vec<Kept>) -> Result<(), Error> {
    for family in [Family::Fenced, Family::Register, Family::Blind] {
        let columns = Columns::of(batch.iter().filter(|row| row.name.family == family))?;
        if columns.keys.is_empty() {
            continue;
        }
        let Columns { partitions, keys, values, versions, tokens, expiries } = &columns;
        let done = async {
            let statement = transaction.prepare_cached(sql::insert_kept(family)).await?;
            transaction.execute(&statement, &[partitions, keys, values, versions, tokens, expiries]).await
        };
        done.await.map_err(|error| refused::of(&error))?;
    }
    Ok(())
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
