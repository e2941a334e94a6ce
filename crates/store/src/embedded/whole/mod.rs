//! What concerns the whole store: checking every row, backing all of it up, restoring it.
//!
//! All three count alike, so that their reports can be compared.

pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod restore;
pub(crate) mod rows;
mod stream;

use super::read;
use super::rows::{envelope, keys};
use super::tables::{Space, View, table_error};
use crate::{Error, Family};

/// How much a store, or a backup of it, holds. Expired rows count until they are erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows written by commits.
    pub fenced_rows: u64,
    /// Registers.
    pub register_rows: u64,
    /// Blind rows.
    pub blind_rows: u64,
    /// Pieces of values too large for one row; they belong to rows counted above.
    pub parts: u64,
    /// Bytes of all keys and values as stored.
    pub bytes: u64,
}

impl Tally {
    fn count(&mut self, space: Space, key: &[u8], value: &[u8]) {
        let rows = match space {
            Space::Fenced => &mut self.fenced_rows,
            Space::Register => &mut self.register_rows,
            Space::Blind => &mut self.blind_rows,
            Space::Parts | Space::Marks => &mut self.parts,
        };
        *rows += 1;
        self.bytes += (key.len() + value.len()) as u64;
    }
}

/// The keyspaces that hold what callers wrote. Their places in this list are their numbers in a backup.
const HELD: [Space; 4] = [Space::Fenced, Space::Register, Space::Blind, Space::Parts];

/// Visits every stored row of a view, in order, once its checksum and its parts are proven.
fn walk(
    view: &View<'_>,
    mut visit: impl FnMut(Space, &[u8], &[u8]) -> Result<(), Error>,
) -> Result<Tally, Error> {
    let mut tally = Tally::default();
    for space in HELD {
        for item in view.all(space) {
            let (key, value) = item.into_inner().map_err(table_error)?;
            prove(view, space, &key, &value)?;
            tally.count(space, &key, &value);
            visit(space, &key, &value)?;
        }
    }
    Ok(tally)
}

fn prove(view: &View<'_>, space: Space, key: &[u8], value: &[u8]) -> Result<(), Error> {
    let opened = envelope::open(key, value)?;
    let family = match space {
        Space::Fenced => Family::Fenced,
        Space::Register => Family::Register,
        Space::Blind => Family::Blind,
        Space::Parts | Space::Marks => return Ok(()),
    };
    if keys::split(key).is_none() {
        return Err(Error::Corrupt(format!("{} is no row's key", key.escape_ascii())));
    }
    match opened.head.parted_bytes {
        Some(total) => read::assemble(view, family, key, &opened.head, total).map(drop),
        None => Ok(()),
    }
}
