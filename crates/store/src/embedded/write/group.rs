//! A group being built: requests checked one after the other, each seeing what those before it in the group wrote.
//!
//! Every key is in the group once, with its last value, so that fjall's batch never holds a key twice.

use std::collections::HashMap;

use fjall::{OwnedWriteBatch, PersistMode, UserKey, UserValue};

use super::prepare::{Check, ERASED_KEY, Op, Prepared};
use crate::embedded::feed::Name;
use crate::embedded::files::scan::{MARK_KEY, Mark};
use crate::embedded::read;
use crate::embedded::rows::keys;
use crate::embedded::tables::{Lookup, Space, Tables};
use crate::{Error, Outcome, Row};

/// What a group will write.
pub(crate) struct Group<'t> {
    tables: &'t Tables,
    now_ms: i64,
    /// The rows in the order they were first written.
    items: Vec<(Space, UserKey, Option<UserValue>)>,
    /// Where a key is in `items`, by keyspace.
    places: [HashMap<UserKey, usize>; 5],
    /// Something written here is a hint that something must be erased.
    pub(crate) erases: bool,
}

impl Lookup for Group<'_> {
    fn stored(&self, space: Space, key: &[u8]) -> Result<Option<UserValue>, Error> {
        match self.places[space as usize].get(key) {
            Some(place) => Ok(self.items[*place].2.clone()),
            None => self.tables.stored(space, key),
        }
    }
}

impl<'t> Group<'t> {
    pub(crate) fn new(tables: &'t Tables, now_ms: i64, rows: usize) -> Group<'t> {
        Group { tables, now_ms, items: Vec::with_capacity(rows), places: Default::default(), erases: false }
    }

    /// What the group was checked against.
    pub(crate) fn tables(&self) -> &Tables {
        self.tables
    }

    /// Nothing to write: no request applied.
    pub(crate) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Rows to write, and the bytes of their keys and values.
    pub(crate) fn size(&self) -> (usize, usize) {
        let bytes = |(_, key, value): &(Space, UserKey, Option<UserValue>)| {
            key.len() + value.as_ref().map_or(0, |value| value.len())
        };
        (self.items.len(), self.items.iter().map(bytes).sum())
    }

    /// The rows to write or drop. The parts of a value belong to its row.
    pub(crate) fn names(&self) -> Vec<Name> {
        let name =
            |(space, key, _): &(Space, UserKey, Option<UserValue>)| Some((space.family()?, key.clone()));
        self.items.iter().filter_map(name).collect()
    }

    /// Checks a request and, if it applies, adds what it writes. An error means the disk or its bytes failed.
    pub(crate) fn add(&mut self, prepared: Prepared) -> Result<Outcome, Error> {
        match self.conflict(&prepared)? {
            Standing::Conflict(row) => return Ok(Outcome::Conflict(row)),
            Standing::Done => return Ok(Outcome::Applied),
            Standing::Free => {}
        }
        for op in prepared.ops {
            self.put(op)?;
        }
        Ok(Outcome::Applied)
    }

    fn conflict(&self, prepared: &Prepared) -> Result<Standing, Error> {
        let found = |op: usize, key: &bytes::Bytes| {
            let op = &prepared.ops[op];
            read::live(self, op.family, &op.key, key.clone(), self.now_ms)
        };
        Ok(match &prepared.check {
            Check::Nothing => Standing::Free,
            Check::Absent { op, key } => match found(*op, key)? {
                None => Standing::Free,
                Some(found) => Standing::Conflict(Some(found.row)),
            },
            Check::Version { op, key, version } => match found(*op, key)? {
                Some(found) if found.row.version == *version => Standing::Free,
                other => Standing::Conflict(other.map(|found| found.row)),
            },
            Check::Below(n) => match found(0, &bytes::Bytes::new())? {
                Some(found) if found.head.number >= *n => Standing::Done,
                _ => Standing::Free,
            },
        })
    }

    fn put(&mut self, op: Op) -> Result<(), Error> {
        if op.space == Space::Marks {
            self.erases |= *op.key == *ERASED_KEY && op.value.is_some();
            self.set(op.space, op.key, op.value);
            return Ok(());
        }
        let parts = op.parts.len();
        if parts > 0 {
            self.tables.note_parted();
        }
        if self.tables.parted() {
            self.drop_parts_from(&op, parts)?;
        }
        for (key, value) in op.parts {
            self.set(Space::Parts, key, Some(value));
        }
        self.set(op.space, op.key, op.value);
        Ok(())
    }

    /// Drops the parts that a former, larger value left at `place` and behind.
    fn drop_parts_from(&mut self, op: &Op, place: usize) -> Result<(), Error> {
        for place in place..=usize::from(u16::MAX) {
            let key = keys::part_key(op.family, &op.key, place as u16);
            if self.stored(Space::Parts, &key)?.is_none() {
                break;
            }
            self.set(Space::Parts, key, None);
        }
        Ok(())
    }

    fn set(&mut self, space: Space, key: UserKey, value: Option<UserValue>) {
        let next = self.items.len();
        let place = *self.places[space as usize].entry(key.clone()).or_insert(next);
        if place == next {
            self.items.push((space, key, value));
        } else {
            self.items[place].2 = value;
        }
    }

    /// The batch to write, its mark first.
    pub(crate) fn into_batch(self, mark: &Mark) -> OwnedWriteBatch {
        let tables = self.tables;
        let mut batch = OwnedWriteBatch::with_capacity(tables.db.clone(), self.items.len() + 1)
            .durability(Some(PersistMode::SyncData));
        batch.insert(tables.space(Space::Marks), MARK_KEY, mark.bytes());
        for (space, key, value) in self.items {
            match value {
                Some(value) => batch.insert(tables.space(space), key, value),
                None => batch.remove(tables.space(space), key),
            }
        }
        batch
    }
}

/// How a request stands against what is there.
enum Standing {
    /// It applies.
    Free,
    /// It is already so; nothing to write.
    Done,
    /// Another row stands under the guard's key.
    Conflict(Option<Row>),
}
