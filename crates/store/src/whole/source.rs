//! What a store lets be known of itself while it is copied into a database: pages of its rows, rows by their names, what changed
//! meanwhile, and a moment in which nothing changes.

use std::collections::HashMap;

use async_trait::async_trait;

use super::Kept;
use crate::{Error, Family, RowKey};

/// A page ends at so many rows, or bytes.
pub(crate) const PAGE_ROWS: usize = 500;
pub(crate) const PAGE_BYTES: usize = 4 * 1_024 * 1_024;

/// A store that can be read row by row with all it keeps of them.
#[async_trait]
pub trait Rows: Send + Sync {
    /// The next rows of a family after this one, in the engine's own order, that live at this time; none at the end.
    async fn page(&self, family: Family, after: Option<&RowKey>, now_ms: i64) -> Result<Vec<Kept>, Error>;

    /// Those of these rows that are there and live at this time.
    async fn kept(&self, names: &[RowKey], now_ms: i64) -> Result<HashMap<RowKey, Kept>, Error>;
}

/// A store that is copied, perhaps while it is written to. Where nobody else writes, nothing ever changes.
#[async_trait]
pub trait Source: Rows {
    /// Says which store this is: the same name whenever the same store is copied.
    fn name(&self) -> String;

    /// The rows written or dropped since this was last asked, or since the copying began. Whoever reads a row after it was
    /// named here finds it as it was left.
    fn changed(&self) -> Result<Vec<RowKey>, Error> {
        Ok(Vec::new())
    }

    /// Refuses every write from now on, until this is dropped; returns when those taken before are done and named.
    async fn hold(&self) -> Result<(), Error> {
        Ok(())
    }

    /// Goes on refusing after this is dropped: the rows have another place now.
    fn leave_held(&self) {}
}
