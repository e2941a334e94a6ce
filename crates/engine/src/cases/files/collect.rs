//! Collecting: files that nobody needs any more, uploads that nobody finished, and the bytes they leave.
//!
//! The rows that lead to bytes go last, so whatever is cut short is done again by the next round.

use parlance_proto::{DeleteFile, Done, FileId, UserId};
use parlance_store::{Bound, Durability, Family, Level, Put, Range, RowKey, Store, Write};

use super::uploads::{Beside, expires};
use crate::{Caller, Engine, Error, files, keys, rows};

/// Files looked at in one go.
const PAGE: usize = 100;
/// Bytes that one file may consist of, with room to spare.
const SIZES: usize = 16;

/// A file that is to be looked at.
#[derive(Clone, Debug)]
pub struct Due {
    /// Which.
    pub file_id: FileId,
    /// Who uploaded it.
    owner: UserId,
    /// The row that says so.
    key: bytes::Bytes,
}

/// Whether a file consists of these bytes, by a store that no engine is at work on.
pub async fn has_bytes(store: &dyn Store, digest: &[u8; 32]) -> Result<bool, Error> {
    let range = Range::prefix(Family::Blind, keys::bytes_of(digest), &[], 1);
    Ok(!store.range(range, Level::Serial).await?.is_empty())
}

impl Engine {
    /// The files that are to be looked at now, in pages: those after this one.
    pub async fn due_files(&self, after: Option<&Due>) -> Result<Vec<Due>, Error> {
        let range = Range {
            family: Family::Blind,
            partition: keys::collection(),
            from: after.map_or(Bound::Open, |after| Bound::Excluded(after.key.clone())),
            to: Bound::Excluded(keys::files_due_by(self.0.clock.now_ms())),
            limit: PAGE,
            reverse: false,
        };
        let found = self.0.store.range(range, Level::Serial).await?;
        let due = found.into_iter().map(|row| {
            let file_id = keys::parse_due_file(&row.key).ok_or_else(|| Error::corrupt("a due file"))?;
            let owner = UserId(rows::decode::<rows::DueRow>(&row.value)?.owner);
            Ok(Due { file_id, owner, key: row.key })
        });
        due.collect()
    }

    /// Takes a file that nobody needs, or an upload that has ended, out of the books. The digests of the bytes that it
    /// consisted of; none if it is still needed.
    pub async fn release(&self, due: &Due) -> Result<Vec<[u8; 32]>, Error> {
        let file = due.file_id;
        if self.is_needed(file).await? {
            return Ok(Vec::new());
        }
        if let Some(row) = self.file_row(file).await? {
            let spent = self.is_spent(file).await?;
            if !spent && expires(row.created_ms) > self.0.clock.now_ms() {
                return Ok(Vec::new());
            }
            self.forget(UserId(row.owner), file).await?;
        }
        if due.owner != UserId::SERVER {
            self.end_upload(due.owner, file).await?;
        }
        let range = Range::prefix(Family::Blind, keys::file(file), keys::FILE_BYTES, SIZES);
        let found = self.0.store.range(range, Level::Serial).await?;
        let digest = |key: &[u8]| key.get(keys::FILE_BYTES.len()..)?.try_into().ok();
        let digests = found.iter().map(|row| digest(&row.key).ok_or_else(|| Error::corrupt("a digest")));
        digests.collect()
    }

    /// Whether another file than this one consists of these bytes.
    pub(super) async fn shares_bytes(&self, due: &Due, digest: &[u8; 32]) -> Result<bool, Error> {
        let range = Range::prefix(Family::Blind, keys::bytes_of(digest), &[], 2);
        let found = self.0.store.range(range, Level::Serial).await?;
        Ok(found.iter().any(|row| row.key != keys::bytes_file(due.file_id)))
    }

    /// Forgets that a file consisted of these bytes, which are erased or another file's too.
    pub async fn released(&self, due: &Due, digest: &[u8; 32]) -> Result<(), Error> {
        let deletes = vec![
            Write::Delete { partition: keys::bytes_of(digest), key: keys::bytes_file(due.file_id) },
            Write::Delete { partition: keys::file(due.file_id), key: keys::file_bytes(digest) },
        ];
        self.0.write(deletes).await
    }

    /// A file was looked at.
    pub async fn looked_at(&self, due: &Due) -> Result<(), Error> {
        let delete = Write::Delete { partition: keys::collection(), key: due.key.clone() };
        Ok(self.0.store.write(vec![delete], Durability::Derived).await?)
    }

    /// Gives back an own upload that is not sent, complete or not.
    pub async fn delete_file(&self, caller: Caller, input: DeleteFile) -> Result<Done, Error> {
        let file = input.file_id;
        if !self.upload(caller, file).await?.done {
            self.end_upload(caller.user, file).await?;
        }
        // What there is of it is erased a little later. Whoever sends it at this moment is refused, or it is needed.
        let spent = keys::file_spent(file);
        let put = Put::new(spent.key, bytes::Bytes::new());
        let due_ms = self.0.clock.now_ms().saturating_add(self.0.options.file_grace_ms);
        let due = files::due(due_ms, file, caller.user.0);
        let writes = vec![Write::Put { partition: spent.partition, put }, due];
        self.0.write(writes).await?;
        Ok(Done {})
    }

    /// Takes a file out of the books, with what it takes up.
    async fn forget(&self, owner: UserId, file: FileId) -> Result<(), Error> {
        let kept = keys::kept(owner, file);
        let Some((row, _)) = self.row::<rows::OwnFileRow>(&kept).await? else { return Ok(()) };
        let forgotten = self.change_tally(owner, Some(&kept), |tally| {
            tally.bytes = tally.bytes.saturating_sub(row.bytes);
            let [name, spent] = [keys::file_row(file), keys::file_spent(file)];
            let delete = |key: RowKey| Write::Delete { partition: key.partition, key: key.key };
            Ok(Beside {
                deletes: vec![kept.key.clone()],
                along: vec![delete(name), delete(spent), Write::Erased],
                ..Beside::default()
            })
        });
        forgotten.await.map(|_| ())
    }
}
