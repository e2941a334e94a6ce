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

#[cfg(test)]
mod tests {
    use crate::Clock;
    use crate::embedded::EmbeddedOptions;
    use crate::embedded::rows::envelope::{Head, seal};
    use crate::embedded::tables::{Lookup, Space, Tables};

    #[test]
    fn compaction_erases_what_expired_long_ago() {
        let folder = tempfile::tempdir().unwrap();
        let now_ms = 10 * super::ERASE_DELAY_MS;
        let options = EmbeddedOptions { clock: Clock::new(move || now_ms), ..EmbeddedOptions::default() };
        let tables = Tables::open(folder.path(), &options).unwrap();
        let blind = tables.space(Space::Blind);
        let ends =
            [("kept", None), ("recent", Some(now_ms - 1)), ("old", Some(0)), ("later", Some(now_ms + 1))];
        for (key, expires_at_ms) in ends {
            let head = Head { expires_at_ms, ..Head::default() };
            blind.insert(key, seal(key.as_bytes(), &head, b"value")).unwrap();
        }
        tables.flush().unwrap();
        blind.major_compact().unwrap();
        let left = ends.map(|(key, _)| tables.stored(Space::Blind, key.as_bytes()).unwrap().is_some());
        assert_eq!(left, [true, true, false, true]);
    }
}
