//! Erases expired rows while fjall compacts, so that nothing ever has to scan for them.
//!
//! Reads already treat an expired row as absent; this only gives the space back. A row that does not open is left
//! alone: damage is reported by whoever reads it.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use fjall::compaction::filter::{
    CompactionFilter, CompactionFilterResult, Context, Factory, ItemAccessor, Verdict,
};

use super::envelope;
use crate::Clock;

/// Rows are erased only so long after their end, so that a clock set back finds them whole.
pub(crate) const ERASE_DELAY_MS: i64 = 2 * 60 * 60 * 1000;

/// Makes one filter for each compaction.
pub(crate) struct ExpiryFactory(AssertUnwindSafe<Clock>);

impl ExpiryFactory {
    pub(crate) fn shared(clock: Clock) -> Arc<dyn Factory> {
        Arc::new(ExpiryFactory(AssertUnwindSafe(clock)))
    }
}

impl Factory for ExpiryFactory {
    fn name(&self) -> &'static str {
        "expiry"
    }

    fn make_filter(&self, _: &Context) -> Box<dyn CompactionFilter> {
        Box::new(ExpiryFilter { erase_before_ms: self.0.now_ms().saturating_sub(ERASE_DELAY_MS) })
    }
}

struct ExpiryFilter {
    erase_before_ms: i64,
}

impl CompactionFilter for ExpiryFilter {
    fn filter_item(&mut self, item: ItemAccessor<'_>, _: &Context) -> CompactionFilterResult {
        let value = item.value()?;
        let erase =
            envelope::open(item.key(), &value).is_ok_and(|opened| opened.head.expired(self.erase_before_ms));
        Ok(if erase { Verdict::Remove } else { Verdict::Keep })
    }
}
