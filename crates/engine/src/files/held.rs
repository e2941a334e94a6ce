//! Files of messages under a legal hold: what they consist of stays, whatever becomes of the message and of the file.
//!
//! The hold needs the bytes, not the file: to its uploader and to everybody in the conversation, the file is as gone as without
//! a hold, quota and all.

use bytes::Bytes;
use parlance_proto::{Details, HoldId};
use parlance_store::{Durability, Family, Level, Put, Range, RowKey, Write};

use crate::node::Node;
use crate::{Error, keys, rows};

/// Files let go of at once; each takes up to eleven rows of the 512 of a write.
const PAGE: usize = 32;

/// What keeps the files of a message for these holds. To be durable before the message goes.
pub(crate) async fn keep(node: &Node, holds: &[HoldId], details: &Details) -> Result<Vec<Write>, Error> {
    let names: Vec<RowKey> = super::files_of(details).into_iter().map(keys::file_row).collect();
    let found = node.store.multi_get(&names, Level::Serial).await?;
    let mut writes = Vec::new();
    for (file, found) in super::files_of(details).into_iter().zip(found) {
        let Some(found) = found else { continue };
        let row: rows::FileRow = rows::decode(&found.value)?;
        for hold in holds.iter().copied() {
            let put =
                |RowKey { partition, key, .. }, value| Write::Put { partition, put: Put::new(key, value) };
            writes.push(put(keys::held_file(hold, file), found.value.clone()));
            writes.extend(pieces(&row).map(|digest| put(keys::held_bytes(digest, hold, file), Bytes::new())));
        }
    }
    Ok(writes)
}

/// Lets go of all files that a hold kept. What nobody else needs is erased a little later.
pub(crate) async fn let_go(node: &Node, hold: HoldId) -> Result<(), Error> {
    let partition = keys::held_files(hold);
    loop {
        let range = Range::prefix(Family::Blind, partition.clone(), b"", PAGE);
        let found = node.store.range(range, Level::Serial).await?;
        if found.is_empty() {
            return Ok(());
        }
        let mut writes = Vec::new();
        for row in found {
            let file = keys::parse_held_file(&row.key).ok_or_else(|| Error::corrupt("a held file's key"))?;
            for digest in pieces(&rows::decode(&row.value)?) {
                let held = keys::held_bytes(digest, hold, file);
                // The file may be out of the books by now: what it consisted of is named again, so that it is looked at.
                writes.extend([
                    Write::Put {
                        partition: keys::bytes_of(digest),
                        put: Put::new(keys::bytes_file(file), Bytes::new()),
                    },
                    Write::Put {
                        partition: keys::file(file),
                        put: Put::new(keys::file_bytes(digest), Bytes::new()),
                    },
                    Write::Delete { partition: held.partition, key: held.key },
                ]);
            }
            writes.push(super::due(node.clock.now_ms(), file, 0));
            writes.push(Write::Delete { partition: partition.clone(), key: row.key });
        }
        node.store.write(writes, Durability::Durable).await?;
    }
}

/// The digests of the bytes that a file consists of.
fn pieces(row: &rows::FileRow) -> impl Iterator<Item = &[u8]> {
    [&row.whole].into_iter().chain(&row.small).chain(&row.large).map(|piece| &piece.digest[..])
}
