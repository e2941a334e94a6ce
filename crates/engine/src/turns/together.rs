//! The same work asked for by many at once, by what it is about: turns for each thing, as long as somebody waits for it.
//!
//! Nothing is remembered when nobody waits: a result never serves anybody who came after its work had begun.

use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::Turns;
use crate::Error;

/// Work under way, by what it is about.
pub(crate) struct Together<K, T> {
    turns: Mutex<FxHashMap<K, Arc<Turns<T>>>>,
}

impl<K, T> Default for Together<K, T> {
    fn default() -> Together<K, T> {
        Together { turns: Mutex::default() }
    }
}

impl<K: Hash + Eq + Clone, T: Clone> Together<K, T> {
    /// What the work comes to; of those who ask while it is under way, one does it again for all.
    pub(crate) async fn ask<F: Future<Output = Result<T, Error>>>(
        &self,
        about: K,
        work: impl FnOnce() -> F,
    ) -> Result<T, Error> {
        let place = self.place(about);
        let mut own = false;
        let result = place.turns.next(|| {
            own = true;
            work()
        });
        let result = result.await;
        if !own {
            metrics::counter!("parlance_reads_shared_total").increment(1);
        }
        result
    }

    fn place(&self, about: K) -> Place<'_, K, T> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let mine = Arc::clone(turns.entry(about.clone()).or_default());
        drop(turns);
        Place { together: self, about, turns: mine }
    }
}

/// Somebody who asks; the last to go takes the turns along.
struct Place<'a, K: Hash + Eq, T> {
    together: &'a Together<K, T>,
    about: K,
    turns: Arc<Turns<T>>,
}

impl<K: Hash + Eq, T> Drop for Place<'_, K, T> {
    fn drop(&mut self) {
        let mut turns = self.together.turns.lock().unwrap_or_else(PoisonError::into_inner);
        // The table's and this one: others are made under the lock only.
        if Arc::strong_count(&self.turns) == 2 {
            turns.remove(&self.about);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn those_who_ask_for_the_same_share_and_nothing_stays() {
        let (together, count) = (Together::default(), AtomicU64::new(0));
        let ask = |about: &'static str| {
            together.ask(about, || async {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Ok(count.fetch_add(1, Ordering::Relaxed))
            })
        };
        let same = futures_util::future::join_all((0..100).map(|_| ask("tea")));
        let (all, other) = tokio::join!(same, ask("milk"));
        assert!(all.iter().all(Result::is_ok) && other.is_ok());
        // The first reads for itself, the others together.
        assert_eq!(count.load(Ordering::Relaxed), 3);
        assert!(together.turns.lock().unwrap().is_empty());
    }
}
