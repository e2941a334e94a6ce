//! Reading. Each question is one statement, so that its answer is of one instant.
//!
//! A row that has expired counts as absent, whether or not it has been swept away.

use bytes::Bytes;
use deadpool_postgres::{Client, ClientWrapper, Pool};
use tokio_postgres::types::ToSql;

use super::{refused, sql};
use crate::{Bound, Compaction, Error, Family, Range, Row, RowKey};

type Params<'a> = Vec<&'a (dyn ToSql + Sync)>;

/// Rows by their names, in the order asked.
pub(super) async fn multi_get(pool: &Pool, keys: &[RowKey], now_ms: i64) -> Result<Vec<Option<Row>>, Error> {
    let client = pool.get().await.map_err(|error| refused::away(&error))?;
    rows(&client, keys, now_ms).await.map_err(|error| refused::of(&error))
}

/// Names of one family, as columns, with their places among those asked.
#[derive(Default)]
struct Asked<'a> {
    partitions: Vec<&'a [u8]>,
    keys: Vec<&'a [u8]>,
    places: Vec<i32>,
}

/// The same on a connection that may be within a transaction.
pub(super) async fn rows(
    client: &Client,
    keys: &[RowKey],
    now_ms: i64,
) -> Result<Vec<Option<Row>>, tokio_postgres::Error> {
    let mut found = vec![None; keys.len()];
    let (mut families, mut asked) = (Vec::new(), Vec::new());
    for family in [Family::Fenced, Family::Register, Family::Blind] {
        let mut of = Asked::default();
        for (key, place) in keys.iter().zip(0..).filter(|(key, _)| key.family == family) {
            of.partitions.push(&key.partition);
            of.keys.push(&key.key);
            of.places.push(place);
        }
        if !of.keys.is_empty() {
            families.push(family);
            asked.push(of);
        }
    }
    if families.is_empty() {
        return Ok(found);
    }
    let statement = client.prepare_cached(&sql::select_many(&families)).await?;
    let mut params: Params<'_> = Vec::new();
    for of in &asked {
        params.extend([&of.partitions as &(dyn ToSql + Sync), &of.keys, &of.places]);
    }
    params.push(&now_ms);
    for row in client.query(&statement, &params).await? {
        let place = row.get::<_, i32>(0) as usize;
        found[place] = Some(of_row(&row));
    }
    Ok(found)
}

/// A stretch of a partition.
pub(super) async fn range(pool: &Pool, range: &Range, now_ms: i64) -> Result<Vec<Row>, Error> {
    let client = pool.get().await.map_err(|error| refused::away(&error))?;
    stretch(&client, range, now_ms).await.map_err(|error| refused::of(&error))
}

async fn stretch(client: &Client, range: &Range, now_ms: i64) -> Result<Vec<Row>, tokio_postgres::Error> {
    let from = match &range.from {
        Bound::Open => Vec::new(),
        Bound::Included(key) => key.to_vec(),
        Bound::Excluded(key) => next_after(key),
    };
    let end = match &range.to {
        Bound::Open => None,
        Bound::Included(key) => Some(next_after(key)),
        Bound::Excluded(key) => Some(key.to_vec()),
    };
    let (partition, limit) = (&range.partition[..], i64::try_from(range.limit).unwrap_or(i64::MAX));
    let text = sql::select_range(range.family, range.reverse, end.is_some());
    let statement = client.prepare_cached(&text).await?;
    let mut params: Params<'_> = vec![&partition, &from, &limit, &now_ms];
    if let Some(end) = &end {
        params.push(end);
    }
    Ok(client.query(&statement, &params).await?.iter().map(of_row).collect())
}

/// The first key after this one: nothing lies between a key and the same with a zero byte.
fn next_after(key: &[u8]) -> Vec<u8> {
    [key, b"\0"].concat()
}

fn of_row(row: &tokio_postgres::Row) -> Row {
    let token = row.get::<_, Option<Vec<u8>>>(4).and_then(|token| token.try_into().ok());
    Row {
        key: row.get::<_, Vec<u8>>(1).into(),
        value: Bytes::from(row.get::<_, Vec<u8>>(2)),
        version: row.get::<_, i64>(3).unsigned_abs(),
        token: token.unwrap_or_default(),
    }
}

/// Rewrites the tables without what was overwritten or deleted. Nobody reads or writes meanwhile.
pub(super) async fn compact(pool: &Pool) -> Result<Compaction, Error> {
    // A connection of its own from now on: its patience without end must not come back to the others, however this ends.
    let client = Client::take(pool.get().await.map_err(|error| refused::away(&error))?);
    let done = async {
        let bytes_before = size(&client).await?;
        client.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0").await?;
        for table in ["parlance_fenced", "parlance_registers", "parlance_blind"] {
            client.batch_execute(&format!("VACUUM FULL {table}")).await?;
        }
        Ok(Compaction { bytes_before, bytes_after: size(&client).await? })
    };
    done.await.map_err(|error: tokio_postgres::Error| refused::of(&error))
}

async fn size(client: &ClientWrapper) -> Result<u64, tokio_postgres::Error> {
    let size = "SELECT (pg_total_relation_size('parlance_fenced') + pg_total_relation_size('parlance_registers') \
                + pg_total_relation_size('parlance_blind'))::bigint";
    Ok(client.query_one(size, &[]).await?.get::<_, i64>(0).unsigned_abs())
}
