//! All rows of a folder given to another engine, and all rows of another engine taken into a new folder.
//! What has expired is not given; a folder that is being filled does not open.

use std::path::Path;

use bytes::Bytes;

use super::restore::{Restored, begin, finish, write_group};
use crate::embedded::read;
use crate::embedded::rows::envelope::Head;
use crate::embedded::rows::keys;
use crate::embedded::tables::{Space, Tables, table_error};
use crate::embedded::write::prepare;
use crate::whole::{Kept, Taker};
use crate::{Error, Family, Put, RowKey};

/// Visits every row of this instant that has not expired.
pub(crate) fn each(
    tables: &Tables,
    now_ms: i64,
    mut visit: impl FnMut(Kept) -> Result<(), Error>,
) -> Result<(), Error> {
    let view = tables.view();
    for family in [Family::Fenced, Family::Register, Family::Blind] {
        for item in view.all(Space::from(family)) {
            let (row_key, stored) = item.into_inner().map_err(table_error)?;
            let (partition, key) = keys::split(&row_key)
                .ok_or_else(|| Error::Corrupt(format!("{} is no row's key", row_key.escape_ascii())))?;
            let key = Bytes::copy_from_slice(key);
            let Some(found) = read::unseal(&view, family, &row_key, (key.clone(), &stored), now_ms)? else {
                continue;
            };
            let name = RowKey { family, partition: Bytes::copy_from_slice(partition), key };
            let Head { number, token, expires_at_ms, .. } = found.head;
            visit(Kept { name, value: found.row.value, version: number, token, expires_at_ms })?;
        }
    }
    Ok(())
}

/// Makes a folder of rows, which does not open yet. It blocks.
pub(crate) fn fill(folder: &Path, rows: &mut Taker) -> Result<Restored, Error> {
    let mut opened = begin(folder)?;
    while let Some(batch) = rows.next_blocking()? {
        let mut stored = Vec::new();
        for row in batch {
            let head = Head {
                number: row.version,
                token: row.token,
                expires_at_ms: row.expires_at_ms,
                parted_bytes: None,
            };
            let put = Put { key: row.name.key, value: row.value, expires_at_ms: row.expires_at_ms };
            let op = prepare::put_op(row.name.family, &row.name.partition, &put, head)?;
            stored.extend(op.parts.into_iter().map(|(key, value)| (Space::Parts, key, value)));
            stored.extend(op.value.map(|value| (op.space, op.key, value)));
        }
        write_group(&mut opened, stored)?;
    }
    finish(folder, opened)
}
