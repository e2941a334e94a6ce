//! All rows of a database, with all that it keeps of them: each once, some after others, or by their names.
//! The engine's own rows are not among them.

pub(super) mod filling;

use std::collections::HashMap;

use deadpool_postgres::Pool;

use super::{keeper, refused, sql};
use crate::whole::{Giver, Kept};
use crate::{Error, Family, RowKey};

/// Rows read at once.
const PAGE: i64 = 500;

/// Gives every row that has not expired.
pub(super) async fn give(pool: &Pool, now_ms: i64, to: &mut Giver) -> Result<(), Error> {
    for family in [Family::Fenced, Family::Register, Family::Blind] {
        let mut after = None;
        loop {
            let rows = page(pool, family, after.as_ref(), now_ms).await?;
            let Some(last) = rows.last() else { break };
            after = Some(last.name.clone());
            for row in rows {
                to.push(row).await?;
            }
        }
    }
    Ok(())
}

/// The next rows after this one; none at the end.
pub(super) async fn page(
    pool: &Pool,
    family: Family,
    after: Option<&RowKey>,
    now_ms: i64,
) -> Result<Vec<Kept>, Error> {
    let client = pool.get().await.map_err(|error| refused::away(&error))?;
    let statement = client.prepare_cached(&sql::select_page(family)).await;
    let statement = statement.map_err(|error| refused::of(&error))?;
    let (mut partition, mut key) =
        after.map_or_else(Default::default, |name| (name.partition.to_vec(), name.key.to_vec()));
    loop {
        let page = client.query(&statement, &[&partition, &key, &PAGE, &now_ms]).await;
        let page = page.map_err(|error| refused::of(&error))?;
        let Some(last) = page.last() else { return Ok(Vec::new()) };
        let theirs = page.iter().filter(|row| row.get::<_, &[u8]>(0) != keeper::OWN);
        let rows: Vec<Kept> = theirs.map(|row| kept(family, row)).collect();
        if !rows.is_empty() {
            return Ok(rows);
        }
        (partition, key) = (last.get(0), last.get(1));
    }
}

/// Those of these rows that are there.
pub(super) async fn by_name(
    pool: &Pool,
    names: &[RowKey],
    now_ms: i64,
) -> Result<HashMap<RowKey, Kept>, Error> {
    let client = pool.get().await.map_err(|error| refused::away(&error))?;
    let mut found = HashMap::new();
    for family in [Family::Fenced, Family::Register, Family::Blind] {
        let names = names.iter().filter(|name| name.family == family);
        let (partitions, keys): (Vec<&[u8]>, Vec<&[u8]>) =
            names.map(|name| (&name.partition[..], &name.key[..])).unzip();
        if keys.is_empty() {
            continue;
        }
        let rows = async {
            let statement = client.prepare_cached(&sql::select_kept(family)).await?;
            client.query(&statement, &[&partitions, &keys, &now_ms]).await
        };
        let rows = rows.await.map_err(|error| refused::of(&error))?;
        let rows = rows.iter().map(|row| kept(family, row));
        found.extend(rows.map(|row| (row.name.clone(), row)));
    }
    Ok(found)
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
