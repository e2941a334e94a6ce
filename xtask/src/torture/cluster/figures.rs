//! Figures from the acknowledgements: how long a send took, and how long after a fault whoever was struck could send again.
//!
//! Pure. Sends over WebSockets only: HTTP takes another connection each time and would make it look better.

use super::super::record::Answer;

/// Durations in microseconds, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(Vec<u64>);

impl Times {
    /// Durations in any order.
    pub fn new(mut times: Vec<u64>) -> Times {
        times.sort_unstable();
        Times(times)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The duration that so many of a hundred do not exceed, in milliseconds.
    pub fn percentile_ms(&self, percent: usize) -> f64 {
        let place = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0.get(place).map_or(0.0, |micros| *micros as f64 / 1_000.0)
    }
}

/// What sends took that were acknowledged in a stretch of time, from the first attempt of each.
pub fn took(answers: &[Answer], from: u64, to: u64) -> Times {
    let within = answers.iter().filter(|answer| answer.by_socket && (from..to).contains(&answer.acked));
    Times::new(within.map(|answer| answer.acked - answer.began).collect())
}

/// How long after a moment somebody's first attempt since then was acknowledged; nothing if none was.
pub fn back_after(answers: &[Answer], who: &str, at: u64) -> Option<u64> {
    let since = answers.partition_point(|answer| answer.acked < at);
    let mut later = answers[since..].iter();
    let first = later.find(|answer| answer.by_socket && answer.sent >= at && answer.sender == who);
    first.map(|answer| answer.acked - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(sender: &str, began: u64, sent: u64, acked: u64) -> Answer {
        Answer { sender: sender.into(), began, sent, acked, by_socket: true }
    }

    #[test]
    fn percentiles_are_of_the_nearest_rank() {
        let times = Times::new((1..=100).rev().map(|ms| ms * 1_000).collect());
        let at = |times: &Times, percent| format!("{:.1}", times.percentile_ms(percent));
        assert_eq!([1, 50, 99, 100].map(|percent| at(&times, percent)), ["1.0", "50.0", "99.0", "100.0"]);
        assert_eq!(at(&Times::new(vec![7_500]), 99), "7.5");
        assert_eq!(at(&Times::default(), 50), "0.0");
    }

    #[test]
    fn an_attempt_from_before_the_fault_proves_nothing() {
        let answers = [answer("a", 10, 10, 25), answer("b", 22, 22, 30), answer("a", 10, 26, 40)];
        assert_eq!(back_after(&answers, "a", 20), Some(20));
        assert_eq!(back_after(&answers, "b", 20), Some(10));
        assert_eq!(back_after(&answers, "c", 20), None);
        assert_eq!(took(&answers, 26, 100), Times::new(vec![8, 30]));
        let by_http = [Answer { by_socket: false, ..answer("a", 21, 21, 22) }];
        assert_eq!(back_after(&by_http, "a", 20), None);
        assert_eq!(took(&by_http, 0, 100).count(), 0);
    }
}
