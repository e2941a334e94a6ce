//! Work in turns: what many ask for at once is done once for all who came before it began.
//!
//! A result never serves somebody who came after the work had begun: what it saw may be older than the question.

mod together;

pub(crate) use together::Together;

use std::sync::atomic::{AtomicU64, Ordering};

use tokio::sync::Mutex;

use crate::Error;

/// Turns of the same work.
pub(crate) struct Turns<T> {
    /// How many have begun.
    begun: AtomicU64,
    /// The last turn that ended: its number, and what it came to.
    last: Mutex<Option<(u64, Result<T, Error>)>>,
}

impl<T> Default for Turns<T> {
    fn default() -> Turns<T> {
        Turns { begun: AtomicU64::new(0), last: Mutex::new(None) }
    }
}

impl<T: Clone> Turns<T> {
    /// What a turn comes to that began after this was called.
    pub(crate) async fn next<F: Future<Output = Result<T, Error>>>(
        &self,
        work: impl FnOnce() -> F,
    ) -> Result<T, Error> {
        let before = self.begun.load(Ordering::Acquire);
        let mut last = self.last.lock().await;
        if let Some((number, result)) = last.as_ref()
            && *number > before
        {
            return result.clone();
        }
        let number = self.begun.fetch_add(1, Ordering::AcqRel) + 1;
        let result = work().await;
        *last = Some((number, result.clone()));
        result
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_comes_during_a_turn_shares_the_next() {
        let (turns, count) = (Turns::default(), AtomicU64::new(0));
        let ask = || {
            turns.next(|| async {
                tokio::time::sleep(Duration::from_millis(10)).await;
                Ok(count.fetch_add(1, Ordering::Relaxed) + 1)
            })
        };
        let later = async || {
            tokio::time::sleep(Duration::from_millis(5)).await;
            ask().await
        };
        let (first, second, third, fourth) = tokio::join!(ask(), later(), later(), later());
        let all = [first, second, third, fourth].map(Result::unwrap_or_default);
        assert_eq!(all, [1, 2, 2, 2]);
        assert_eq!(count.load(Ordering::Relaxed), 2);
    }
}
