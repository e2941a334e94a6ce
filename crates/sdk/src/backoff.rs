//! How long to wait before the next try: doubling up to a limit, with jitter so that clients do not come back in step.
//!
//! Pure: the caller brings the chance.

use std::time::Duration;

/// Growing pauses between tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backoff {
    /// The first pause, in milliseconds.
    pub first_ms: u64,
    /// The longest pause, in milliseconds.
    pub most_ms: u64,
}

impl Default for Backoff {
    fn default() -> Backoff {
        Backoff { first_ms: 250, most_ms: 30_000 }
    }
}

impl Backoff {
    /// The pause before try number `attempt` (0 is the first repetition), for a chance in `0.0..1.0`: between half
    /// and all of the doubled time. What the server asked for wins if it is longer, and keeps a little jitter.
    pub fn pause(self, attempt: u32, asked_ms: Option<u64>, chance: f64) -> Duration {
        let doubled_ms = self.first_ms.saturating_mul(1 << attempt.min(20)).min(self.most_ms);
        let spread_ms = doubled_ms as f64 * (0.5 + chance / 2.0);
        let asked_ms = asked_ms.map_or(0.0, |asked| asked as f64 * (1.0 + chance / 10.0));
        Duration::from_micros((spread_ms.max(asked_ms) * 1_000.0) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_limit_and_stay_within_their_spread() {
        let backoff = Backoff { first_ms: 100, most_ms: 1_000 };
        let range = |attempt| (backoff.pause(attempt, None, 0.0), backoff.pause(attempt, None, 1.0));
        assert_eq!(range(0), (Duration::from_millis(50), Duration::from_millis(100)));
        assert_eq!(range(1), (Duration::from_millis(100), Duration::from_millis(200)));
        assert_eq!(range(99), (Duration::from_millis(500), Duration::from_secs(1)));
    }

    #[test]
    fn what_the_server_asks_for_wins_if_longer() {
        let backoff = Backoff { first_ms: 100, most_ms: 1_000 };
        assert_eq!(backoff.pause(0, Some(5_000), 0.0), Duration::from_secs(5));
        assert_eq!(backoff.pause(0, Some(1), 1.0), Duration::from_millis(100));
    }
}
